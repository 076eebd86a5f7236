"""Requests as a person looks at them: where each stands, by when it is due, and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from troth import settings as said
from troth.app.project import State, places_of, policy_of
from troth.duties.citing import sources_for
from troth.duties.deadlines import request_due, timing_of
from troth.duties.docket import entries_of, every_life, life_of, sendings_of
from troth.duties.life import Life
from troth.duties.rights import JUDGED
from troth.duties.steps import ASKED, PARTLY
from troth.model.clock import Due
from troth.model.entry import utc
from troth.model.errors import TrothError


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A request at a glance.

    Attributes:
        life: where it stands.
        first: the deadline that counts.
        entries: numbers of its entries in the ledger.
        now: when the card was drawn.
        needs: what of it waits for a person, one sentence each.
    """

    life: Life
    first: Due | None
    entries: tuple[int, ...]
    now: datetime
    needs: tuple[str, ...] = ()

    @property
    def due(self) -> str:
        """The last day for the answer; empty where there is none."""
        return self.first.date.isoformat() if self.first and self.first.date else ""

    @property
    def cites(self) -> tuple[str, ...]:
        """What the deadline rests on."""
        return self.first.cites if self.first else ()

    @property
    def steps(self) -> tuple[str, ...]:
        """How the deadline was found."""
        return self.first.steps if self.first else ()

    @property
    def standing(self) -> bool:
        """Whether the clock stands still."""
        return bool(self.first and self.first.standing)

    @property
    def late(self) -> bool:
        """Whether the deadline has passed."""
        moment = self.first.moment if self.first else None
        over = bool(moment and moment <= self.now and not self.standing)
        return over and not self.life.ended and not self.life.answered

    @property
    def left(self) -> str:
        """How much time is left, in words."""
        moment = self.first.moment if self.first else None
        if moment is None or self.life.ended:
            return ""
        if self.life.answered:
            return "the person knows why"
        if self.standing:
            return "stands still"
        days = abs(moment - self.now).days
        length = "less than a day" if not days else "1 day" if days == 1 else f"{days} days"
        return f"{length} late" if self.late else length

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a request."""
        life = self.life
        return {
            "request": life.id, "right": life.right, "state": life.state, "subject": life.subject,
            "received": utc(life.received), "due": self.due, "late": self.late, "cites": list(self.cites),
            "confirmed": life.confirmed, "undo": utc(life.undo) if life.undo else "",
            "holds": [one.as_json() for one in life.holds], "ground": life.ground, "joined": life.joined,
            "needs": list(self.needs), "story": list(life.story), "entries": list(self.entries),
        }  # fmt: skip


def cards(state: State, request: str = "") -> tuple[Card, ...]:
    """The named request, or all of them, the most urgent first and those that have ended last.

    Raises:
        NotFound: there is no such request.
        TrothError: the policy can not be read.
    """
    policy, now = policy_of(state.settings), said.now()
    places = places_of(state.settings, policy)
    lives = [life_of(state.ledger, request)] if request else list(every_life(state.ledger))
    waiting, found = needs(state, lives), []
    for life in lives:
        timing, sources = timing_of(life, now), sources_for(policy, life.right)
        first = request_due(life.right, places, timing, sources, places[0].calendar).first
        entries = tuple(entry.seq for entry in entries_of(state.ledger, life.id)) if request else (life.seq,)
        found.append(Card(life=life, first=first, entries=entries, now=now, needs=waiting.get(life.id, ())))
    return tuple(
        sorted(found, key=lambda card: (card.life.ended, card.due == "", card.due, card.life.received))
    )


def needs(state: State, lives: Iterable[Life]) -> dict[str, tuple[str, ...]]:
    """What of requests waits for a person, one sentence each, by request; requests of which nothing does are left out."""
    files = state.files.all_open()
    found = {life.id: tuple(_needs(state, life, files.get(life.id, {}))) for life in lives}
    return {request: some for request, some in found.items() if some}


def _needs(state: State, life: Life, file: Mapping[str, Any] | TrothError) -> Iterator[str]:
    """A fact, an answer in words, a look at what was left or can not be corrected, letters that do not leave."""
    if not life.ended:
        for hold in life.holds:
            if hold.ends:
                yield f"request {life.id} waits until {hold.ends}: troth request fact {life.id} NAME=VALUE"
    if isinstance(file, TrothError):
        yield f"request {life.id}: its file can not be read"
        return
    if life.right in JUDGED and not life.ended:
        yield f"request {life.id} ({life.right}) waits for an answer: troth request answer {life.id} --text FILE"
    if life.state == PARTLY and file.get("refused"):
        yield f"request {life.id} ({life.right}) can not be carried out and waits for somebody to look: {file['refused']}"
    elif life.state == PARTLY and life.look:
        yield f"request {life.id} ({life.right}) is carried out in part and waits for somebody to look: {life.look}"
    if unsent := file.get("unsent"):
        kinds = ", ".join(f"`{one[0]}`" for one in unsent)
        yield f"request {life.id}: letters that have not left: {kinds}; if it stays so: troth request told {life.id} --by ..."
    sent = sendings_of(state.ledger, life.id) if life.state == ASKED and not unsent else ()
    if sent and (sent[-1].kind, sent[-1].outcome) == ("code", "not sent"):
        yield f"request {life.id}: its code never left: troth request code {life.id}"
