"""By when a person's request must be answered: the law's clocks and the policy's own promises together.

The earliest counts and all are cited. A number that the house chose because its text gives none stays marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from troth.duties.clocks import clock, clocks_for
from troth.duties.due import due
from troth.duties.life import Life
from troth.duties.workdays import Calendar, Place
from troth.model.clock import Clock, Due, Extension, Part, Stop, Unit
from troth.model.errors import TrothError
from troth.model.policy import Deadline, Span

_DAY = timedelta(days=1)
_WHOLE: dict[str, tuple[int, Unit]] = {
    "hour": (1, "hour"),
    "day": (1, "day"),
    "business-day": (1, "business-day"),
    "week": (1, "week"),
    "month": (1, "month"),
    "quarter": (3, "month"),
    "year": (1, "year"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What happened in the life of a request that moves its deadlines.

    Attributes:
        received: when it came in.
        stops: times in which the person owed an answer.
        extended: the notice that it takes longer.
        now: the moment until which an unanswered stop counts.
    """

    received: datetime
    stops: tuple[Stop, ...] = ()
    extended: Extension | None = None
    now: datetime | None = None


def timing_of(life: Life, now: datetime) -> Timing:
    """What moves the deadlines of a request, as its entries say; unanswered questions count until now."""
    return Timing(received=life.received, stops=life.stops, extended=life.extended, now=now)


@dataclass(frozen=True, slots=True)
class Source:
    """A promise of the policy that gives a time.

    Attributes:
        rule: id of the rule ("hk-31/2").
        sentences: ids of the sentences behind it.
        deadline: its time.
    """

    rule: str
    sentences: tuple[str, ...]
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The times that run for one duty.

    Attributes:
        first: the one that counts: the earliest of those that have a date; None where none has.
        all: all of them, the earliest first, those without a date last.
    """

    first: Due | None
    all: tuple[Due, ...]

    @property
    def cites(self) -> tuple[str, ...]:
        """What they rest on, in the order of `all`, each once."""
        return tuple(dict.fromkeys(cite for one in self.all for cite in one.cites))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may be wrong with any of them, each once."""
        return tuple(dict.fromkeys(warning for one in self.all for warning in one.warnings))


@dataclass(frozen=True, slots=True)
class Alarm:
    """A moment before a deadline at which somebody must look ("half of the time is over")."""

    name: str
    at: datetime


def together(dues: Iterable[Due]) -> Deadlines:
    """Several times for one duty: the earliest counts, all are kept; of equal ones the law's comes first as given."""
    ordered = sorted(
        dues, key=lambda one: (one.moment is None, one.moment or datetime.max.replace(tzinfo=UTC))
    )
    binding = [one for one in ordered if one.moment is not None and one.kind in ("within", "at-once")]
    return Deadlines(binding[0] if binding else None, tuple(ordered))


def answer_by(right: str, where: Place, timing: Timing) -> Deadlines:
    """By when the law wants a request answered; an empty result where no law of the table gives a time."""
    return together(
        _statutory(one, part, where.calendar, timing)
        for one in clocks_for(right, where.code)
        for part in one.parts
        if part.answers
    )


def confirm_by(right: str, where: Place, timing: Timing) -> Deadlines:
    """By when the law wants the receipt of a request confirmed (California: 10 business days)."""
    return together(
        _statutory(one, part, where.calendar, timing)
        for one in clocks_for(right, where.code)
        for part in one.parts
        if part.confirms
    )


def refuse_by(right: str, where: Place, timing: Timing) -> Deadlines:
    """By when a refusal must be told: an extension of the answer does not extend it (GDPR 12(4), PDPO s.21)."""
    plain = replace(timing, extended=None)
    named = dict.fromkeys(one.refusal for one in clocks_for(right, where.code) if one.refusal)
    if not named:
        return answer_by(right, where, plain)
    return together(_statutory(one, one.parts[0], where.calendar, plain) for one in map(clock, named))


def promised(source: Source, started: datetime, where: Calendar) -> Due | None:
    """When a promise of the policy is due; None where it gives no last day ("before", "at-least", "every", a table).

    Nothing stops or extends it and nothing moves its last day: the text says nothing of the kind. A part of a day is
    counted exactly, a part of a month or year as whole days, rounded down.

    Args:
        source: the promise.
        started: when the event happened that it counts from.
        where: the working days and time zone of the house.

    Raises:
        TrothError: `started` has no time zone.
    """
    deadline = source.deadline
    cites = (source.rule, *source.sentences)
    if deadline.kind == "at-once":
        clock_ = _own(source.rule, Part("", "at-once", starts=deadline.event or "the event"))
        return replace(due(clock_, started, where), name=source.rule, cites=cites)
    if deadline.kind != "within" or deadline.span is None:
        return None
    part = _part(deadline.span, deadline.event or "the event")
    found = _counted(source.rule, part, deadline.span, started, where)
    note = (
        "the text gives no number; the house chose this one" if deadline.span.chosen else "as the text says"
    )
    return replace(
        found, name=source.rule, cites=cites, steps=(*found.steps, note), chosen=deadline.span.chosen
    )


def request_due(
    right: str,
    places: Sequence[Place],
    timing: Timing,
    promises: Sequence[Source],
    home: Calendar,
) -> Deadlines:
    """By when a request must be answered, whoever says so: every jurisdiction that applies and every promise.

    Args:
        right: what the person asked for ("erase").
        places: the jurisdictions that apply.
        timing: what happened to the request.
        promises: the rules of the policy that give a time for it.
        home: working days and time zone of the house, for its promises.
    """
    dues = [one for where in places for one in answer_by(right, where, timing).all]
    dues += [one for source in promises if (one := promised(source, timing.received, home))]
    return together(dues)


def alarms(started: datetime, deadline: datetime) -> tuple[Alarm, ...]:
    """When to look before a deadline is missed, in order: at 50 %, at 80 % and one day before.

    Those that would lie before the start are left out, so a length under a day has two.

    Raises:
        TrothError: the deadline lies before the start.
    """
    if deadline < started:
        raise TrothError("the deadline lies before the start")
    whole = deadline - started
    named = [
        Alarm("half of the time is over", started + whole / 2),
        Alarm("80 % of the time is over", started + whole * 0.8),
        Alarm("one day is left", deadline - _DAY),
    ]
    return tuple(sorted((one for one in named if one.at > started), key=lambda one: (one.at, one.name)))


def overdue_alarms(one: Due, started: datetime, now: datetime, raised: Iterable[str]) -> tuple[Alarm, ...]:
    """The alarms of a deadline that are due and were not raised yet; none while the clock stands still."""
    if one.moment is None or one.standing or one.moment < started:
        return ()
    before = set(raised)
    return tuple(
        alarm for alarm in alarms(started, one.moment) if alarm.at <= now and alarm.name not in before
    )


def _statutory(one: Clock, part: Part, where: Calendar, timing: Timing) -> Due:
    return due(
        one,
        timing.received,
        where,
        part=part.name,
        stops=timing.stops,
        extended=timing.extended,
        now=timing.now,
    )


def _own(rule: str, part: Part) -> Clock:
    """A promise as a clock, so that there is one arithmetic."""
    return Clock(
        id=rule,
        jurisdiction="",
        duty="",
        words="",
        starts=part.starts,
        extension="none",
        law=rule,
        confidence="the policy",
        parts=(part,),
    )


def _part(span: Span, event: str) -> Part:
    """A span of the policy as a part in whole units; number 0 for an exact length shorter than an hour or a day."""
    whole, unit = _WHOLE.get(span.unit, (0, "hour"))
    if whole and span.number == int(span.number):
        return Part("", "within", int(span.number) * whole, unit, event)
    exact = span.days < 1 or span.unit in ("day", "hour", "minute", "second")
    return Part("", "within", 0 if exact else int(span.days), "hour" if exact else "day", event)


def _counted(rule: str, part: Part, span: Span, started: datetime, where: Calendar) -> Due:
    if part.number:
        return due(_own(rule, part), started, where)
    found = due(_own(rule, replace(part, kind="at-once", number=None)), started, where)
    moment = started.astimezone(UTC) + timedelta(days=span.days)
    local = moment.astimezone(where.tz)
    steps = (*found.steps[:1], f"{span} later: {local.isoformat(' ', 'seconds')}")
    return replace(found, kind="within", moment=moment, date=local.date(), steps=steps)
