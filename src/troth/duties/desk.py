"""The desk: what a person's request needs from the moment it comes in until its answer has left."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from troth.duties import letters
from troth.duties.citing import citation_for, sources_for
from troth.duties.course import follow, take
from troth.duties.deadlines import Deadlines, request_due, timing_of
from troth.duties.docket import life_of
from troth.duties.life import Life
from troth.duties.objection import objection
from troth.duties.post import Post, PostRefused
from troth.duties.requestfile import RequestFiles
from troth.duties.retention import Former
from troth.duties.steps import ASKED
from troth.duties.workdays import Calendar, Place
from troth.enforcement.project import Project
from troth.evidence.ledger import Run
from troth.model.condition import FactValue
from troth.model.entry import Entry, utc
from troth.model.errors import Taken, TrothError
from troth.model.outcome import Identity, Person
from troth.model.policy import Policy, vocabulary_of


class Owed(NamedTuple):
    """A letter that has to be sent, and its kind, one of `letters.KINDS`."""

    kind: str
    letter: letters.Letter


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
        copy_days: so many days after the answer a copy of somebody's data lies; 0 for ever.
        random: gives so many random bytes.
        told: facts that the house says of every case, where neither a row nor a request says otherwise.
        formers: gives the versions of the policy before it that go on for whoever has not agreed to what came since.
    """

    project: Project
    policy: Policy
    files: RequestFiles
    places: tuple[Place, ...]
    post: Post
    answers: Path
    language: str = "en"
    undo_hours: int = 72
    copy_days: int = 30
    random: Callable[[int], bytes] = os.urandom
    told: Mapping[str, FactValue] = field(default_factory=dict)
    formers: Callable[[], tuple[Former, ...]] = tuple

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
        self,
        life: Life,
        step: str,
        detail: Mapping[str, Any] | None = None,
        *,
        actor: str = "",
        letter: Callable[[Life], Owed] | None = None,
    ) -> Life:
        """Take the next step of a request; durable when it returns.

        Args:
            life: where it stands.
            step: what happens.
            detail: what the step says.
            actor: who takes it; empty for whoever acts here.
            letter: the letter that the step owes, made of where the request stands after it; sent before this returns.

        Raises:
            Taken: another process took the request further meanwhile, so that the step can not follow any more.
            TrothError: the step can not follow.
        """
        entry = take(life, step, at=self.now, actor=actor or self.project.actor, detail=detail)
        after = follow(life, entry) if letter else None
        return self.steps(life, [entry], [letter(after)] if letter and after else ())

    def steps(
        self,
        life: Life,
        entries: Sequence[Entry],
        owed: Sequence[Owed] = (),
        change: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    ) -> Life:
        """Write the next steps of a request, all or none of them, with the letters that they owe; then send these.

        A kill after the steps leaves the letters in the file of the request, and the next round sends them.

        Args:
            life: where it stands.
            entries: the steps.
            owed: the letters.
            change: what else becomes of the file of the request in the same transaction.
        """
        cited = citation_for(self.policy, life.right)
        some = [self._under(one, cited.promise, cited.sentences) for one in entries]
        simple = not owed and change is dict

        def both(run: Run) -> None:
            self._still(run, life, some, before=self.project.ledger.join(run, some))
            if not simple:
                self.files.amend(run, life.id, lambda file: _with(change(file), life.id, owed))

        self.project.ledger.write(both)
        life = self.life(life.id)
        if owed:
            self.send_waiting(life)
        return life

    def _still(self, run: Run, life: Life, entries: Sequence[Entry], *, before: int) -> None:
        """Refuse steps that can not follow any more, because another process went on with the request meanwhile.

        Asked once the steps stand in the transaction: from then on nobody else can write.
        """
        sql = "select max(seq) from request_entry where id = ? and seq < ?"
        newest = run(sql, (life.id, before))[0][0]
        if newest is None or newest == life.seq:
            return
        now = self.life(life.id)
        for entry in entries:
            at = datetime.fromisoformat(entry.time)
            if objection(now, str(entry.detail["step"]), at, entry.actor, entry.detail):
                raise Taken(
                    f"another process went on with request {life.id}: it is {now.state}",
                    hint=f"troth request show {life.id}",
                )
            now = follow(now, entry) or now

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
        file = self.files.open(request)
        name = Identity(*file["name"]) if file.get("name") else None
        return Person(tuple(Identity(kind, value) for kind, value in file["person"]), name)

    def facts(self, life: Life, **more: Any) -> letters.Facts:
        """What a letter about a request says."""
        first = self.due(life).first
        known: dict[str, Any] = {
            "request": life.id, "right": life.right, "provider": self.policy.provider, "received": life.received,
            "place": self.places[0], "due": first.date if first else None,
            "standing": bool(first and first.standing), "undo": life.undo, "holds": life.holds, "ground": life.ground,
        }  # fmt: skip
        return letters.Facts(**known | more)

    def owed(self, life: Life, kind: str, **more: Any) -> Owed:
        """The letter of a kind about a request, in the language of the request."""
        language, purpose = self.language_of(life), str(self.files.open(life.id).get("purpose") or "")
        if purpose:
            term = vocabulary_of(self.policy).get("purpose", purpose)
            more["purpose"] = (term.zh if language == "zh" else "") or term.en
        return Owed(kind, letters.letter(kind, language, self.facts(life, **more)))

    def language_of(self, life: Life) -> str:
        """The language of letters about a request."""
        return str(self.files.open(life.id).get("language") or self.language)

    def send_waiting(self, life: Life) -> int:
        """Send the letters that wait in the file of a request, with evidence that each left or why it did not.

        A letter has left the file when the ledger says that it was sent; one whose process was killed in between is
        sent again under the same name, which mail programs take for the same message. A code that is not good any more
        is not sent.

        Returns:
            How many left now.
        """
        return sum(self._sent(life, waiting) for waiting in self.files.open(life.id).get("unsent", ()))

    def _sent(self, life: Life, waiting: Sequence[str]) -> bool:
        kind, subject, body, *named = waiting
        name = named[0] if named else f"troth-{life.id}-0-{kind.replace(' ', '-')}"  # of an older file
        file = self.files.open(life.id)
        addresses = [Identity(*one) for one in file.get("addresses", ())]
        outcome, more = "no address", dict[str, Any]()
        if kind == "code" and not self._good(life, file, waiting):
            outcome, more = "not sent", {"why": "the code was not good any more"}
        elif addresses:
            try:
                sent = self.post.send(addresses[0], letters.Letter(subject, body), at=self.now, name=name)
                outcome, more = "sent", {"channel": sent.channel, "proof": sent.proof}
            except PostRefused as refused:
                outcome, more = "failed", {"why": refused.message}
        if outcome == "failed" and file.get("failed", {}).get(name) == more["why"]:
            return False  # this was noted before
        entry = self._notice(life, kind, outcome, more)

        def both(run: Run) -> None:
            self.project.ledger.join(run, [entry])
            if outcome == "failed":
                self.files.amend(run, life.id, lambda file: _failed(file, name, more["why"]))
            else:
                self.files.amend(run, life.id, lambda file: _without(file, waiting))

        self.project.ledger.write(both)
        return outcome == "sent"

    def _good(self, life: Life, file: Mapping[str, Any], waiting: Sequence[str]) -> bool:
        """Whether a code that waits to be sent can still be answered: the newest one, of a request that asks for it."""
        codes = [one for one in file.get("unsent", ()) if one[0] == "code"]
        expires = datetime.fromisoformat(file["challenge"]["expires"])
        return life.state == ASKED and list(waiting) == list(codes[-1]) and self.now < expires

    def tell_otherwise(self, life: Life, how: str) -> Life:
        """Note that the person was told another way what letters that can not leave would have said; these go.

        Raises:
            TrothError: no letter waits, or it does not say how.
        """
        if not how.strip():
            raise TrothError("it does not say how the person was told", hint='say it: --by "letter by post"')
        unsent = self.files.open(life.id).get("unsent", ()) if self.files.known(life.id) else ()
        if not unsent:
            raise TrothError(f"no letter of request {life.id} waits", hint=f"troth request show {life.id}")
        entries = [self._notice(life, one[0], "told another way", {"why": how}) for one in unsent]

        def both(run: Run) -> None:
            self.project.ledger.join(run, entries)
            self.files.amend(run, life.id, lambda file: {**file, "unsent": []})

        self.project.ledger.write(both)
        self.close(life)
        return self.life(life.id)

    def close(self, life: Life) -> None:
        """Destroy the file of a request that has ended, once every letter has left."""
        if life.ended and not self.files.open(life.id).get("unsent"):
            self.files.destroy(life.id)

    def undo_until(self) -> datetime:
        """Until when an erasure that is confirmed now can be taken back."""
        return self.now + timedelta(hours=self.undo_hours)

    def _notice(self, life: Life, kind: str, outcome: str, more: Mapping[str, Any]) -> Entry:
        cited = citation_for(self.policy, life.right)
        entry = Entry(
            time=utc(self.now), kind="notice", actor=self.project.actor, action=kind, subject=life.subject,
            outcome=outcome, detail={"about": f"request {life.id}", **more},
        )  # fmt: skip
        return self._under(entry, cited.promise, cited.sentences)


def _with(file: dict[str, Any], request: str, owed: Sequence[Owed]) -> dict[str, Any]:
    """The file of a request with letters that wait, each under a name of its own."""
    count = int(file.get("sent", 0))
    new = [
        [one.kind, one.letter.subject, one.letter.body, f"troth-{request}-{n}-{one.kind.replace(' ', '-')}"]
        for n, one in enumerate(owed, count + 1)
    ]
    return {**file, "sent": count + len(new), "unsent": [*file.get("unsent", ()), *new]}


def _failed(file: dict[str, Any], name: str, why: str) -> dict[str, Any]:
    """The file of a request with why a letter did not leave."""
    return {**file, "failed": {**file.get("failed", {}), name: why}}


def _without(file: dict[str, Any], waiting: Sequence[str]) -> dict[str, Any]:
    """The file of a request without a letter that has left."""
    return {**file, "unsent": [one for one in file.get("unsent", ()) if list(one) != list(waiting)]}
