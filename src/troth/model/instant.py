"""A moment as applications write it: a time, a text of ISO 8601, or seconds or milliseconds since 1970.

Requests and sweeps read a cell by the same rules; the databases are given the patterns below. What none of them
fits is no moment: it starts no clock, and shows nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

LEAST, MILLI, MOST = 100_000_000, 100_000_000_000, 253_402_300_800_000
"""Numbers from the first on are seconds, from the second on milliseconds, and from the last on no moments."""
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)"
_DAY = (
    "([1-9][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    f"|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
)
_TIME = "[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?"
PLAIN = f"^{_DAY}({_TIME})?$"
"""A day or a time without a zone, which is UTC; a regular expression that every engine reads alike."""
ZONED = f"^{_DAY}{_TIME}(Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)$"
"""A time with its zone, less than 16 hours off."""
COUNTED = "^([1-9][0-9]{9}|[1-9][0-9]{12})$"
"""Seconds (10 digits) or milliseconds (13 digits) since 1970, as a text."""
_WRITTEN = re.compile(f"{PLAIN}|{ZONED}")
_NUMBER = re.compile(COUNTED)


def moment_of(cell: object) -> datetime | None:
    """The moment that a cell means, with its zone; one without a zone is UTC. None where it means none."""
    match cell:
        case None | bool():
            return None
        case datetime():
            return cell if cell.tzinfo else cell.replace(tzinfo=UTC)
        case date():
            return datetime.combine(cell, time(), UTC)
        case int() | float() | Decimal():
            return _since(cell)
    text = str(cell).strip()
    if _NUMBER.match(text):
        return _since(int(text))
    if not _WRITTEN.match(text):
        return None
    head, point, rest = text.partition(".")
    digits = re.match("[0-9]*", rest)
    found = datetime.fromisoformat(
        head + (f".{digits.group()[:6]:0<6}{rest[digits.end() :]}" if point and digits else "")
    )
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def micros(moment: datetime) -> int:
    """The microseconds since 1970 of a moment with its zone."""
    past = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds


def is_clock(cell: object) -> bool:
    """Whether a cell starts a clock or says that there is nothing to start: a moment, NULL, or the number 0."""
    return cell is None or (not isinstance(cell, str | bool) and cell == 0) or moment_of(cell) is not None


def is_nil_date(cell: object) -> bool:
    """Whether a cell is the day of the year 0 that MariaDB and MySQL keep where nothing has happened and NULL is not allowed."""
    return isinstance(cell, str) and cell.startswith("0000-00-00")


def _since(number: float | Decimal) -> datetime | None:
    if not LEAST <= number < MOST:
        return None
    span = timedelta(milliseconds=float(number)) if number >= MILLI else timedelta(seconds=float(number))
    return datetime(1970, 1, 1, tzinfo=UTC) + span
