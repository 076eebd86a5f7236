"""When something is due: a start, a length, stops and an extension, with the steps that led there.

The day of the event does not count and the last day counts whole (Reg. (EEC, Euratom) 1182/71 art. 3), unless the
law says that the first day counts. Days begin and end in the time zone of the jurisdiction. Hours are hours that pass,
whatever clocks do in spring and autumn. Where the law of counting is not known, the earlier date is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from troth.duties.clocks import UNSURE, part_of
from troth.duties.workdays import Calendar, add_workdays, next_workday, workdays_between
from troth.model.clock import Clock, Due, Extension, Part, Stop, Unit
from troth.model.errors import TrothError
from troth.model.moment import add_months

_DAY = timedelta(days=1)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Pause = tuple[datetime, datetime]
"""A time in which the clock stands still: from, until."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What is counted, and where."""

    clock: Clock
    part: Part
    where: Calendar


@dataclass(frozen=True, slots=True)
class _Found:
    """The result of counting: the last day or the exact moment, and how it was found."""

    date: date
    moment: datetime
    steps: tuple[str, ...]


def due(  # noqa: PLR0913 - the six things a deadline depends on, four of them by name
    clock: Clock,
    started: datetime,
    where: Calendar,
    *,
    part: str = "",
    stops: Sequence[Stop] = (),
    extended: Extension | None = None,
    now: datetime | None = None,
) -> Due:
    """When a duty is due that began at some moment.

    Args:
        clock: the duty.
        started: when the event happened that starts it, with a time zone.
        where: working days and time zone of the jurisdiction, see `workdays.place`.
        part: which length of the clock; its first where none is named.
        stops: times in which the person owed an answer; those that the law knows stop the clock.
        extended: the notice that it takes longer.
        now: the moment until which an unanswered stop counts.

    Raises:
        TrothError: a time has no zone, an end is before its beginning, or a stop is open and `now` is missing.
    """
    run = _Run(clock, part_of(clock, part), where)
    day = _local(started, where)
    event = run.part.starts if run.part.starts != "-" else "the event"
    steps = (f"{event}: {say(day)}, time of {where.zone}",)
    if run.part.kind != "within":
        return _told(run, day, _plain(run.part, started, where), steps)
    pauses = _pauses(clock, started, stops, now)
    if run.part.unit == "hour":
        found = _hours(run.part, started, pauses, where)
    else:
        dated = [(_local(since, where), _local(until, where)) for since, until in pauses]
        found = _days(run, day, dated)
        found = _longer(run, day, found, dated, extended) if extended else found
    unanswered = [stop for stop in stops if stop.until is None and stop.kind in clock.stops]
    return replace(
        _told(run, day, found, steps), standing=any(stop.since <= found.moment for stop in unanswered)
    )


def _told(run: _Run, day: date, found: _Found, steps: tuple[str, ...]) -> Due:
    """The result with what it rests on and what may be wrong with it."""
    clock, part, where = run.clock, run.part, run.where
    dated = part.kind not in ("open", "age")
    years = unknown_years(part.unit, day, found.date, where)
    if clock.roll and not where.knows(found.date.year):
        years.add(found.date.year)
    doubts = [missing(years, where)] if years else []
    if clock.confidence.startswith(UNSURE):
        doubts.append(f"{clock.law}: {clock.confidence}")
    return Due(
        name=f"{clock.id} {part.name}".strip(),
        kind=part.kind,
        date=found.date if dated else None,
        moment=found.moment if dated else None,
        steps=steps + found.steps,
        cites=(clock.law,),
        warnings=tuple(doubts),
        firm=part.firm,
    )


def say(day: date) -> str:
    """A day as the steps write it: "2026-01-31 (Saturday)"."""
    return f"{day} ({_WEEKDAYS[day.weekday()]})"


def length(number: int, unit: Unit) -> str:
    """A length as the steps write it: "10 business days"."""
    return f"{number} {unit.replace('-', ' ')}{'' if number == 1 else 's'}"


def advance(day: date, number: int, unit: Unit, where: Calendar) -> date:
    """The day that lies a number of units after a day; a negative number of calendar units goes back.

    Raises:
        TrothError: it leads out of the calendar.
    """
    try:
        if unit == "business-day":
            return add_workdays(day, number, where)
        if unit in ("month", "year"):
            return add_months(day, number * (12 if unit == "year" else 1))
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    except OverflowError as error:
        raise TrothError(f"{length(number, unit)} from {day} leads out of the calendar") from error


def end_of(day: date, where: Calendar) -> datetime:
    """The moment a day ends in a time zone, in UTC."""
    return datetime.combine(day + _DAY, time(), where.tz).astimezone(UTC)


def _local(moment: datetime, where: Calendar) -> date:
    if moment.tzinfo is None:
        raise TrothError("the time has no zone", hint="give a time with a zone, such as datetime.now(UTC)")
    return moment.astimezone(where.tz).date()


def _plain(part: Part, started: datetime, where: Calendar) -> _Found:
    """The date of a part that nothing stops or extends."""
    day = _local(started, where)
    if part.kind in ("open", "age", "at-once") or part.number is None:
        words = {
            "open": "the law gives no number: without delay",
            "age": f"an age of {part.number} years, not a time that runs",
            "at-once": "at once",
            "before": "at any time before it",
        }
        return _Found(day, started.astimezone(UTC), (words[part.kind],))
    back = part.kind in ("before", "back")
    sign = -1 if back else 1
    if part.unit == "hour":
        moment = started.astimezone(UTC) + sign * timedelta(hours=part.number)
        return _Found(_local(moment, where), moment, (f"{part.kind} {length(part.number, part.unit)}",))
    reached = advance(day, sign * part.number, part.unit, where)
    step = f"{length(part.number, part.unit)} {'earlier' if back else 'later'}: {say(reached)}"
    return _Found(reached, end_of(reached, where), (step,))


def _hours(part: Part, started: datetime, pauses: Sequence[Pause], where: Calendar) -> _Found:
    """A length in hours: each pause adds exactly its length, if it began before the time was over."""
    assert part.number is not None  # noqa: S101 - the table is checked when it is read
    moment = started.astimezone(UTC) + timedelta(hours=part.number)
    steps = [
        f"{length(part.number, part.unit)} later: {moment.astimezone(where.tz).isoformat(' ', 'minutes')}"
    ]
    for since, until in pauses:
        if since <= moment:
            moment += until - since
            steps.append(f"the clock stood still for {until - since}")
    return _Found(_local(moment, where), moment, tuple(steps))


def _days(
    run: _Run, day: date, pauses: Sequence[tuple[date, date]], more: tuple[int, Unit] | None = None
) -> _Found:
    """A length in days, months or working days: each pause adds its days, if it began before the time was over."""
    part, where = run.part, run.where
    assert part.number is not None  # noqa: S101 - the table is checked when it is read
    number = part.number + (more[0] if more and more[1] == part.unit else 0)
    last = advance(day, number, part.unit, where)
    steps = [f"{length(number, part.unit)} later: {say(last)}"]
    if more and more[1] != part.unit:
        last = advance(last, *more, where)
        steps.append(f"and {length(*more)}: {say(last)}")
    if part.first_day and part.unit == "day":
        last -= _DAY
        steps.append(f"the day of {part.starts} counts as the first: {say(last)}")
    for since, until in pauses:
        if since > (next_workday(last, where) if run.clock.roll else last):
            steps.append(f"the question of {since} came after the end and stops nothing")
            continue
        if part.unit == "business-day":
            added = workdays_between(since, until, where)
            last = add_workdays(last, added, where)
        else:
            added = (until - since).days
            last += added * _DAY
        unit: Unit = "business-day" if part.unit == "business-day" else "day"
        steps.append(f"the clock stood still from {since} to {until}, {length(added, unit)}: {say(last)}")
    if run.clock.roll and not where.works(last):
        rolled = next_workday(last, where)
        steps.append(f"{say(last)} is not a working day; the next one is {say(rolled)}")
        last = rolled
    return _Found(last, end_of(last, where), tuple(steps))


def _longer(
    run: _Run, day: date, found: _Found, pauses: Sequence[tuple[date, date]], extended: Extension
) -> _Found:
    """The same with an extension, if the law knows one and the person was told within the first period."""
    clock, where = run.clock, run.where
    told = _local(extended.told, where)
    if told < day:
        raise TrothError(f"the extension was told on {told}, before the clock began on {day}")
    if clock.extends is None and not clock.extends_to_named:
        return _noted(found, "the law knows no extension: the notice changes nothing")
    if told > found.date:
        return _noted(found, f"told on {told}, after the first period ended: the extension does not count")
    if clock.extends is None and extended.until is None:
        return _noted(found, "the notice names no date by which it will be done: it changes nothing")
    longer = _days(run, day, pauses, clock.extends) if clock.extends else found
    until = extended.until or longer.date
    last = min(until, longer.date) if clock.extends else until
    if last <= found.date:
        return _noted(found, f"the notice names {until}, which is no later")
    note = f"extended, told on {told} within the first period that ended on {found.date}: {say(last)}"
    return _Found(last, end_of(last, where), (*longer.steps, note))


def _noted(found: _Found, note: str) -> _Found:
    return _Found(found.date, found.moment, (*found.steps, note))


def _pauses(clock: Clock, started: datetime, stops: Iterable[Stop], now: datetime | None) -> list[Pause]:
    """The times in which the clock stood still, in order, overlaps joined."""
    spans: list[Pause] = []
    for stop in stops:
        until = stop.until or now
        if until is None:
            raise TrothError(
                f"the question about {stop.kind} is not answered yet", hint="say until which moment to count"
            )
        if stop.until is None:
            until = max(until, stop.since)
        if stop.since < started:
            raise TrothError(f"the question about {stop.kind} was asked before the clock began")
        if until < stop.since:
            raise TrothError(f"the question about {stop.kind} was answered before it was asked")
        if stop.kind in clock.stops:
            spans.append((stop.since.astimezone(UTC), until.astimezone(UTC)))
    return _joined(sorted(spans))


def _joined(spans: list[Pause]) -> list[Pause]:
    joined: list[Pause] = []
    for since, until in spans:
        if joined and since <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], until)
        else:
            joined.append((since, until))
    return joined


def unknown_years(unit: Unit, start: date, end: date, where: Calendar) -> set[int]:
    """The years whose holidays would matter for a count and are not known."""
    if unit != "business-day":
        return set()
    return {year for year in range(start.year, end.year + 1) if not where.knows(year)}


def missing(years: Iterable[int], where: Calendar) -> str:
    """The warning about years whose holidays are not known."""
    listed = ", ".join(map(str, sorted(years)))
    return (
        f"the holidays of {listed} are not known for {where.name or where.zone}: only weekends were left out; "
        "supply them"
    )
