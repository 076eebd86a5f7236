"""Clocks: how long a law or a promise gives, what stops the time, and when something is therefore due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["within", "at-least", "every", "before", "back", "at-once", "open", "age"]
Unit = Literal["hour", "day", "business-day", "week", "month", "year"]

KINDS: tuple[Kind, ...] = ("within", "at-least", "every", "before", "back", "at-once", "open", "age")
UNITS: tuple[Unit, ...] = ("hour", "day", "business-day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Part:
    """One length of time of a clock.

    Attributes:
        name: which one, where a clock has several ("early warning").
        kind: within (no later than), at-least (not before), every, before (the event; without a number, at any time
            before it), back (so far into the past), at-once, open (the law gives no number), age (of a person).
        number: how many, None where the law gives no number.
        unit: of what; calendar units unless "business-day".
        starts: the event it counts from.
        firm: false for a guideline, a recommendation or a rule of thumb.
        answers: a person's request must be answered by it.
        confirms: receipt of a person's request must be confirmed by it.
        first_day: the day of the event is the first day of the length (UK: "beginning when").
    """

    name: str
    kind: Kind
    number: int | None = None
    unit: Unit = "day"
    starts: str = ""
    firm: bool = True
    answers: bool = False
    confirms: bool = False
    first_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A duty with a time in it.

    Attributes:
        id: name in the table ("EU-DSR").
        jurisdiction: where it holds ("EU", "US-CA").
        duty: what must be done.
        words: the time, in the words of the table.
        starts: the event it counts from.
        extension: how it can be made longer, in words.
        law: the article.
        confidence: how far the row can be trusted, as the table says it.
        parts: its lengths, in the order of the words.
        rights: the requests of people it applies to.
        stops: what the person must answer before the clock goes on ("identity", "clarification").
        roll: a last day that is not a working day moves to the next one.
        extends: how much longer it can be made once, None where it can not or the law gives no number.
        extends_to_named: it can be extended to a date that the notice names.
        refusal: the clock by which a refusal must be told; "" where it is this one.
        counting: where the law of counting comes from, in words.
    """

    id: str
    jurisdiction: str
    duty: str
    words: str
    starts: str
    extension: str
    law: str
    confidence: str
    parts: tuple[Part, ...]
    rights: tuple[str, ...] = ()
    stops: frozenset[str] = frozenset()
    roll: bool = False
    extends: tuple[int, Unit] | None = None
    extends_to_named: bool = False
    refusal: str = ""
    counting: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the person owes an answer, so that some laws stop the clock.

    Attributes:
        kind: "identity" or "clarification".
        since: when the person was asked.
        until: when they answered; None while they have not.
    """

    kind: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A notice that the answer takes longer.

    Attributes:
        told: when the person was told.
        until: the date that the notice names, None where it names none.
    """

    told: datetime
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When something is due, and why.

    Attributes:
        name: the clock and its part ("EU-NIS2-INC early warning"), or the promise ("hk-31/2").
        kind: what the date means, as in `Part`.
        date: the last day (within), the first day it may end (at-least), the next time (every), the last day before
            (before), the first day looked at (back); None where there is no number.
        moment: the end of that day there, or the exact time of a length in hours; in UTC.
        steps: how it was found, one sentence a step.
        cites: what it rests on: the law, or promise, rule and sentences.
        warnings: what may be wrong with it.
        firm: false for a guideline or a rule of thumb.
        chosen: the house chose the number because its text gives none (`~`).
        standing: the clock stands still at the moment, so that the date moves on.
    """

    name: str
    kind: Kind
    date: date | None
    moment: datetime | None
    steps: tuple[str, ...]
    cites: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    firm: bool = True
    chosen: bool = False
    standing: bool = False
