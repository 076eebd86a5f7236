"""Retention, slow and obvious: row by row in Python, with a calendar of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from ipaddress import ip_address
from typing import Any

Amount = tuple[int, str]
"""A number and a unit, as in the policy: (24, "months")."""


def over(start: datetime, amount: Amount) -> datetime:
    """The moment at which a period is over: the end of its last day; hours run to the moment."""
    number, unit = amount
    if unit == "hours":
        return start + timedelta(hours=number)
    day = start.date()
    if unit == "days":
        day += timedelta(days=number)
    elif unit == "weeks":
        day += timedelta(days=7 * number)
    else:
        day = months_later(day, number * (12 if unit == "years" else 1))
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of that month."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for wanted in range(day.day, 0, -1):
        try:
            return date(year, month, wanted)
        except ValueError:
            continue
    raise AssertionError(day)


def moment(cell: Any, kind: str) -> datetime | None:
    """The moment a cell means; a day counts as its beginning; None for what is no moment."""
    if cell is None:
        return None
    if kind == "number":
        if cell < 100_000_000:
            return None
        return datetime.fromtimestamp(cell / (1000 if cell >= 100_000_000_000 else 1), UTC)
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=UTC)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), UTC)
    try:
        found = datetime.fromisoformat(str(cell))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def past(cell: Any, kind: str, amount: Amount, now: datetime) -> bool:
    """Whether the period that a cell starts is over."""
    start = moment(cell, kind)
    return start is not None and over(start, amount) <= now


def coarse_network(address: str | None) -> str | None:
    """The first address of the network: three bytes of four, six of sixteen."""
    if address is None:
        return None
    found = ip_address(address)
    kept = 3 if found.version == 4 else 6
    return str(ip_address(found.packed[:kept] + bytes(len(found.packed) - kept)))


def coarse_month(cell: Any) -> date | None:
    """The first day of the month of a cell."""
    start = moment(cell, "time")
    return None if start is None else date(start.year, start.month, 1)


def alike(rows: list[Mapping[str, Any]], columns: tuple[str, ...], k: int) -> list[Mapping[str, Any]]:
    """The rows that look like fewer than k, themselves included."""
    return [
        one for one in rows if sum(all(one[name] == other[name] for name in columns) for other in rows) < k
    ]
