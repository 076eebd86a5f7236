"""What is shown of a promise: how a check ended, the figures behind it, and the entries of the ledger behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Status = Literal["kept", "broken", "attested", "not shown", "information"]
GRAVITY: tuple[Status, ...] = ("broken", "not shown", "attested", "kept", "information")
"""The gravest first: a promise is as its gravest check is."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts.

    Attributes:
        name: what is counted, in words ("rows past their period").
        value: how many.
        of: out of how many; None where there is no whole.
        unit: of what ("rows", "requests").
        entries: numbers of the entries that show it.
        good: the number as it should be; None where any is fine.
    """

    name: str
    value: int
    of: int | None = None
    unit: str = ""
    entries: tuple[int, ...] = ()
    good: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a figure."""
        return {
            "name": self.name,
            "value": self.value,
            "of": self.of,
            "unit": self.unit,
            "entries": list(self.entries),
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """How a check of a promise ended.

    Attributes:
        promise: the promise.
        check: the check, as `prove` names it; "duty" for the duties of the promise themselves.
        status: kept, broken, attested or not shown.
        why: in one sentence, without personal data: what was looked at, or what is missing.
        figures: the numbers behind it.
        entries: the entries it rests on.
        places: tables or columns it is about.
    """

    promise: str
    check: str
    status: Status
    why: str
    figures: tuple[Figure, ...] = ()
    entries: tuple[int, ...] = ()
    places: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a check's end."""
        return {
            "promise": self.promise,
            "check": self.check,
            "status": self.status,
            "why": self.why,
            "figures": [one.as_json() for one in self.figures],
            "entries": list(self.entries),
            "places": list(self.places),
        }


def gravest(statuses: list[Status]) -> Status:
    """The status of a whole: broken where one part is, then not shown, then attested; kept only where all parts are.

    A part that is not shown does not hide one that is broken, and does not count as kept.
    """
    return min(statuses, key=GRAVITY.index, default="not shown")
