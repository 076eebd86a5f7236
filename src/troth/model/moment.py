"""Pure calendar arithmetic: the same day some months later, and the latest moment whose period is over.

A period runs from the day of its event; that day does not count, and the period ends with the last hour of its last
day (Reg. (EEC, Euratom) 1182/71 art. 3). Hours, minutes and seconds run to the moment.
"""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo

from troth.model.errors import TrothError
from troth.model.policy import Span

_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """The same day of the month some months later; the last day of a month that is too short.

    31 January and one month is 28 or 29 February (Reg. (EEC, Euratom) 1182/71 art. 3(2)(c)). Negative goes back.

    Raises:
        TrothError: the year is beyond 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise TrothError(f"{abs(months):,} months from {day} leads out of the calendar")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def last_day(day: date, span: Span) -> date:
    """The last day of a period that runs from an event on `day`; working days are Monday to Friday.

    Raises:
        TrothError: the period is counted in hours, or leads out of the calendar.
    """
    number = span.number
    if span.unit in _MONTHS:
        months = number * _MONTHS[span.unit]
        whole = int(months)
        return add_months(day, whole) + timedelta(days=-int(-(months - whole) * 30.4375 // 1))
    if span.unit in _DAYS:
        return day + timedelta(days=-int(-number * _DAYS[span.unit] // 1))
    if span.unit == "business-day":
        for _ in range(-int(-number // 1)):
            day += _DAY
            while day.weekday() >= _SATURDAY:
                day += _DAY
        return day
    raise TrothError(f"a period of {span} has no last day")


def over_before(now: datetime, span: Span | None, zone: tzinfo = UTC) -> datetime:
    """The moment for which it holds: the period of every event *before* it is over, that of a later one is not.

    Args:
        now: the time, with its zone.
        span: the length of the period; None for none.
        zone: where days begin and end.

    Returns:
        the moment in UTC; the beginning of a day of the zone for periods counted in days or longer.

    Raises:
        TrothError: the period leads out of the calendar.
    """
    if span is None:
        return now.astimezone(UTC)
    if span.unit in _SECONDS:
        return now.astimezone(UTC) - timedelta(seconds=span.number * _SECONDS[span.unit])
    today = now.astimezone(zone).date()
    # The last day of a period never moves back when its event moves on, so the latest event is found by halving.
    low, high = today - timedelta(days=int(span.days * 1.2) + 40), today + _DAY
    if last_day(low, span) >= today:
        raise TrothError(f"a period of {span} leads out of the calendar")
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        if last_day(middle, span) < today:
            low = middle
        else:
            high = middle
    return datetime.combine(low + _DAY, time(), zone).astimezone(UTC)


def later(start: datetime, span: Span | None, zone: tzinfo = UTC) -> datetime:
    """The moment at which the period of an event at `start` is over, in UTC; the opposite of `over_before`."""
    if span is None:
        return start.astimezone(UTC)
    if span.unit in _SECONDS:
        return start.astimezone(UTC) + timedelta(seconds=span.number * _SECONDS[span.unit])
    return datetime.combine(last_day(start.astimezone(zone).date(), span) + _DAY, time(), zone).astimezone(
        UTC
    )


def typed(text: str) -> datetime:
    """A moment as somebody types it, with its zone.

    Raises:
        TrothError: it is none, or so near to the ends of the calendar that no zone can be told from it.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not MINYEAR < found.year < MAXYEAR:
        raise TrothError(f"`{text[:40]}` is no time with a zone", hint="write it like 2027-01-31T00:00:00Z")
    return found
