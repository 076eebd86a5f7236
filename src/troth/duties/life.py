"""Where a person's request stands: the values that follow from its entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from troth.duties.steps import ENDED, HELD
from troth.model.clock import Extension, Stop


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason to keep data that should be erased.

    Attributes:
        name: what it is called ("open order").
        until: expected end, ISO 8601 date; "" where it is not known.
        ends: the event that ends it ("the dispute is settled"); "" where only the date does.
        purposes: what the data may still be used for meanwhile.
    """

    name: str
    until: str = ""
    ends: str = ""
    purposes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The hold as it stands in the `detail` of an entry."""
        return {
            "name": self.name,
            "until": self.until,
            "ends": self.ends,
            "purposes": list(self.purposes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Where a request stands and how it got there.

    Attributes:
        id: its name.
        subject: keyed pseudonym of the person.
        right: what they asked for, one of `RIGHTS`.
        about: hash of what exactly was asked, hex; "" where the right says it all.
        state: one of `steps.STATES`.
        received: when it came in.
        changed: when the newest step was.
        confirmed: how the person showed who they are; "" while they have not.
        challenge: name of the newest identity question; "" where none is open.
        asked: when identity was asked, each time.
        failed: when an answer was wrong, each time.
        stops: times in which the person owed an answer.
        extended: the notice that it takes longer.
        undo: until when it can be taken back.
        holds: reasons to keep data that have not ended.
        ground: why it was refused.
        joined: the request that answers this one.
        alarms: the alarms that were raised.
        due: date by which it must be answered, ISO 8601, as the newest entry that names one says.
        look: what of a request that was carried out in part somebody has to look at, because it does not pass by itself.
        story: every step in words, oldest first.
        seq: the newest entry about it.
    """

    id: str
    subject: str
    right: str
    about: str
    state: str
    received: datetime
    changed: datetime
    confirmed: str = ""
    challenge: str = ""
    asked: tuple[datetime, ...] = ()
    failed: tuple[datetime, ...] = ()
    stops: tuple[Stop, ...] = ()
    extended: Extension | None = None
    undo: datetime | None = None
    holds: tuple[Hold, ...] = ()
    ground: str = ""
    joined: str = ""
    alarms: tuple[str, ...] = ()
    due: str = ""
    look: str = ""
    story: tuple[str, ...] = ()
    seq: int = -1

    @property
    def answered(self) -> bool:
        """The person has an answer while the request stays open: what is kept, and why; nothing is late then."""
        return self.state == HELD and bool(self.holds) and not any(one.ends for one in self.holds)

    @property
    def ended(self) -> bool:
        """Nothing is left to do."""
        return self.state in ENDED
