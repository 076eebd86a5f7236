"""The desk: what a person's request needs from the moment it comes in until its answer has left."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from troth.duties import letters
from troth.duties.citing import citation_for, sources_for
from troth.duties.course import take
from troth.duties.deadlines import Deadlines, request_due, timing_of
from troth.duties.docket import life_of
from troth.duties.life import Life
from troth.duties.post import Post, PostRefused
from troth.duties.requestfile import RequestFiles
from troth.duties.workdays import Calendar, Place
from troth.enforcement.project import Project
from troth.model.condition import FactValue
from troth.model.entry import Entry, utc
from troth.model.outcome import Identity, Person
from troth.model.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What carries requests out.

    Attributes:
        project: map, stores, journal, ledger (opened with the projections of consents, requests, docket and keys), clock.
        policy: the compiled policy that holds.
        files: sealed details of requests.
        places: the jurisdictions whose clocks count; the first gives the dates in letters.
        post: takes letters away.
        answers: folder for copies of data.
        language: "en" or "zh", where a request names none.
        undo_hours: so long an erasure can be taken back.
        random: gives so many random bytes.
        told: facts that the house says of every case, where neither a row nor a request says otherwise.
    """

    project: Project
    policy: Policy
    files: RequestFiles
    places: tuple[Place, ...]
    post: Post
    answers: Path
    language: str = "en"
    undo_hours: int = 72
    random: Callable[[int], bytes] = os.urandom
    told: Mapping[str, FactValue] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.project.clock()

    @property
    def home(self) -> Calendar:
        """The working days of the house."""
        return self.places[0].calendar

    def life(self, request: str) -> Life:
        """Where a request stands.

        Raises:
            NotFound: there is no such request.
        """
        return life_of(self.project.ledger, request)

    def step(
        self, life: Life, step: str, detail: Mapping[str, Any] | None = None, *, actor: str = ""
    ) -> Life:
        """Take the next step of a request; durable when it returns.

        Raises:
            TrothError: the step can not follow.
        """
        entry = take(life, step, at=self.now, actor=actor or self.project.actor, detail=detail)
        return self.steps(life, [entry])

    def steps(self, life: Life, entries: Sequence[Entry]) -> Life:
        """Write the next steps of a request, all or none of them."""
        cited = citation_for(self.policy, life.right)
        self.project.ledger.append([self._under(one, cited.promise, cited.sentences) for one in entries])
        return self.life(life.id)

    def append(self, entry: Entry, promise: str = "", sentences: tuple[str, ...] = ()) -> int:
        """Write an entry under the policy that holds."""
        return self.project.ledger.append([self._under(entry, promise, sentences)])

    def _under(self, entry: Entry, promise: str, sentences: tuple[str, ...]) -> Entry:
        return replace(entry, policy=self.policy.hash, promise=promise, sentences=sentences)

    def due(self, life: Life) -> Deadlines:
        """By when a request must be answered, whoever says so."""
        timing = timing_of(life, self.now)
        return request_due(life.right, self.places, timing, sources_for(self.policy, life.right), self.home)

    def person(self, request: str) -> Person:
        """Whom a request is about."""
        named = self.files.open(request)["person"]
        return Person(tuple(Identity(kind, value) for kind, value in named))

    def facts(self, life: Life, **more: Any) -> letters.Facts:
        """What a letter about a request says."""
        first = self.due(life).first
        known: dict[str, Any] = {
            "request": life.id, "right": life.right, "provider": self.policy.provider, "received": life.received,
            "place": self.places[0], "due": first.date if first else None,
            "standing": bool(first and first.standing), "undo": life.undo, "holds": life.holds, "ground": life.ground,
        }  # fmt: skip
        return letters.Facts(**known | more)

    def tell(self, life: Life, kind: str, **more: Any) -> bool:
        """Send the letter of a kind to the first address that the file of the request names; whether it left."""
        file = self.files.open(life.id)
        language = str(file.get("language") or self.language)
        return self.send(life, kind, letters.letter(kind, language, self.facts(life, **more)))

    def send(self, life: Life, kind: str, letter: letters.Letter) -> bool:
        """Send a letter about a request, with evidence that it left or why it did not; a letter that stays is kept."""
        file = self.files.open(life.id)
        addresses = [Identity(*one) for one in file.get("addresses", ())]
        if not addresses:
            self._noted(life, kind, "no address", {})
            return False
        count = int(file.get("sent", 0)) + 1
        name = f"troth-{life.id}-{count}-{kind.replace(' ', '-')}"
        try:
            sent = self.post.send(addresses[0], letter, at=self.now, name=name)
        except PostRefused as refused:
            kept = [*file.get("unsent", ()), [kind, letter.subject, letter.body]]
            self.files.write(life.id, {**file, "sent": count, "unsent": kept})
            self._noted(life, kind, "failed", {"why": refused.message})
            return False
        self.files.write(life.id, {**file, "sent": count})
        self._noted(life, kind, "sent", {"channel": sent.channel, "proof": sent.proof})
        return True

    def send_again(self, life: Life) -> int:
        """Try the letters that could not be sent; gives how many left now."""
        file = self.files.open(life.id)
        waiting = file.get("unsent", ())
        if not waiting:
            return 0
        self.files.write(life.id, {**file, "unsent": []})
        return sum(self.send(life, kind, letters.Letter(subject, body)) for kind, subject, body in waiting)

    def close(self, life: Life) -> None:
        """Destroy the file of a request that has ended, once every letter has left."""
        if life.ended and not self.files.open(life.id).get("unsent"):
            self.files.destroy(life.id)

    def undo_until(self) -> datetime:
        """Until when an erasure that is confirmed now can be taken back."""
        return self.now + timedelta(hours=self.undo_hours)

    def _noted(self, life: Life, kind: str, outcome: str, more: Mapping[str, Any]) -> None:
        cited = citation_for(self.policy, life.right)
        entry = Entry(
            time=utc(self.now), kind="notice", actor=self.project.actor, action=kind, subject=life.subject,
            outcome=outcome, detail={"about": f"request {life.id}", **more},
        )  # fmt: skip
        self.append(entry, cited.promise, cited.sentences)
