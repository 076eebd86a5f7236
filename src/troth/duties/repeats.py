"""Requests that repeat an earlier one, and limits on codes and tries that count a person and not a request.

A repeat is joined to the earlier request, which answers it. Nothing of either passes to the other: a joined request
was never confirmed by the earlier one's code, can not be taken up again, and never confirms it. Only a request whose
identity was confirmed has repeats, so a stranger's request can not swallow the person's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from troth.duties.course import take
from troth.duties.life import Life
from troth.duties.steps import DONE, NOTHING
from troth.model.entry import Entry
from troth.model.errors import TrothError

REPEAT_DAYS = 30
"""So many days after an answer the same request of the same person is still a repeat."""

CODES_A_DAY = 5
"""Identity questions one person is sent in 24 hours, over all their requests."""

TRIES_A_DAY = 10
"""Wrong answers to identity questions about one person in 24 hours, over all their requests."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Excess:
    """A sign that requests may be excessive; a person decides, and says why.

    Attributes:
        count: requests of this kind answered in the period, with this one.
        days: the period.
    """

    count: int
    days: int

    def __str__(self) -> str:
        return f"{self.count} requests of this kind in {self.days} days"


def repeat_of(
    life: Life, others: Iterable[Life], *, subjects: Collection[str] = (), days: int = REPEAT_DAYS
) -> Life | None:
    """The earlier request that a request repeats; the oldest where there are several, None where there is none.

    Same person, same right, same `about`; identity confirmed; still open, or answered at most `days` before this one
    came in.

    Args:
        life: the request.
        others: other requests, of anybody.
        subjects: the person's pseudonyms under every key of the ring, where there is more than one.
        days: see `REPEAT_DAYS`.
    """
    same = {life.subject, *subjects}
    earlier = [
        one
        for one in others
        if one.id != life.id
        and one.subject in same
        and (one.right, one.about) == (life.right, life.about)
        and one.confirmed
        and (one.received, one.id) < (life.received, life.id)
        and (not one.ended or (one.state in (DONE, NOTHING) and life.received - one.changed <= days * _DAY))
    ]
    return min(earlier, key=lambda one: (one.received, one.id), default=None)


def join(life: Life, earlier: Life, *, at: datetime, actor: str, subjects: Collection[str] = ()) -> Entry:
    """The entry that joins a request to the earlier one it repeats.

    Raises:
        TrothError: it does not repeat that one.
    """
    if repeat_of(life, [earlier], subjects=subjects) is None:
        raise TrothError(f"request {life.id} does not repeat request {earlier.id}")
    return take(life, "joined", at=at, actor=actor, detail={"to": earlier.id})


def excess_of(life: Life, others: Iterable[Life], *, most: int = 2, days: int = 365) -> Excess | None:
    """Whether a person asks for the same so often that somebody should look; refuses nothing by itself.

    Args:
        life: the request.
        others: other requests of the same person.
        most: so many answers in the period are due in any case (Civ. 1798.130(b): two in twelve months).
        days: the period before the request came in.
    """
    since = life.received - days * _DAY
    answered = [
        one
        for one in others
        if (one.subject, one.right) == (life.subject, life.right)
        and one.id != life.id
        and one.state in (DONE, NOTHING)
        and since <= one.received <= life.received
    ]
    return Excess(len(answered) + 1, days) if len(answered) + 1 > most else None


def may_ask(person: Iterable[Life], at: datetime) -> bool:
    """Whether another identity question may be sent; `person` are all requests about one person."""
    return _recent((moment for life in person for moment in life.asked), at) < CODES_A_DAY


def may_try(person: Iterable[Life], at: datetime) -> bool:
    """Whether another answer may be tried; opening more requests gives no more tries."""
    return _recent((moment for life in person for moment in life.failed), at) < TRIES_A_DAY


def _recent(moments: Iterable[datetime], at: datetime) -> int:
    return sum(at - _DAY < moment <= at for moment in moments)
