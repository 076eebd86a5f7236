"""The geometry of the pictures: where boxes, bars and curves stand; nothing here knows how they are coloured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from troth.model.showing import GRAVITY, Status
from troth.report.labels import span
from troth.report.pictures import Age, Course, Flow
from troth.report.report import Report

WIDTH = 960
"""Of the drawings, in their own units."""
_BOX = 30
_SPACE = 18
_LEFT, _MIDDLE, _RIGHT = (0, 270), (345, 270), (690, 270)
"""Left edge and width of the three columns of the flows."""
_LETTERS = 36
"""So many letters fit into a box."""
REACH = 2.0
"""A bar of the ages ends at so many times its limit."""
TIMELINE = 24
"""So many requests are drawn, the newest."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the bar of all sentences: from x, so wide, in hundredths of the whole."""

    status: Status
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Box:
    """A box with a text; `y` is its upper edge. `link` leads to a sentence, empty where there is none."""

    x: int
    y: float
    width: int
    height: int
    text: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line between two boxes as the path of an SVG; `made` where something really went along it."""

    path: str
    made: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The flows: boxes and curves, and how high the drawing is."""

    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A table's oldest row: `share` of the drawing (0 to 1), the limit stands at 1 / `REACH`.

    Attributes:
        age: the age; `state`: within, beyond, waits or empty; `cut`: the bar would be longer than the drawing.
        oldest, limit: in words.
    """

    age: Age
    share: float
    state: str
    cut: bool
    oldest: str
    limit: str


@dataclass(frozen=True, slots=True)
class Track:
    """A request on the time line: from, to and due as shares of the drawing; `due` may be None."""

    course: Course
    start: float
    end: float
    due: float | None
    late: bool


def parts(report: Report) -> tuple[Part, ...]:
    """The bar of the sentences that promise something: a piece for each status that occurs, the gravest first."""
    lines = report.operational
    found, x = [], 0.0
    for status in GRAVITY:
        count = sum(line.status == status for line in lines)
        if count:
            width = 100 * count / len(lines)
            found.append(Part(status, count, round(x, 3), round(width, 3)))
            x += width
    return tuple(found)


def chart(flows: Sequence[Flow], nothing: str = "") -> Chart:
    """The flows in three columns: data, purpose, recipient; a purpose stands once for each recipient.

    Args:
        flows: in the order of the policy.
        nothing: what stands where a flow names no purpose.
    """
    ordered = sorted(flows, key=lambda one: [other.recipient for other in flows].index(one.recipient))
    data = tuple(dict.fromkeys(label for one in ordered for label in one.data))
    height = max(_tall(len(data)), _tall(len(ordered)), _BOX)
    left = {label: _spread(place, len(data), height) for place, label in enumerate(data)}
    middle = [_spread(place, len(ordered), height) for place in range(len(ordered))]
    right: dict[str, float] = {}
    for recipient in dict.fromkeys(one.recipient for one in ordered):
        mine = [y for one, y in zip(ordered, middle, strict=True) if one.recipient == recipient]
        right[recipient] = sum(mine) / len(mine)
    boxes = [Box(*_at(_LEFT, y), _short(label)) for label, y in left.items()]
    curves = []
    for one, y in zip(ordered, middle, strict=True):
        boxes.append(Box(*_at(_MIDDLE, y), _short(one.purpose or nothing), link=one.sentence))
        made = bool(one.entries)
        curves += [Curve(_curve(_LEFT, left[label], _MIDDLE, y), made) for label in one.data]
        curves.append(Curve(_curve(_MIDDLE, y, _RIGHT, right[one.recipient]), made))
    for recipient, y in right.items():
        count = sum(len(one.entries) for one in ordered if one.recipient == recipient)
        boxes.append(Box(*_at(_RIGHT, y), _short(recipient), note=f"{count:,}" if count else ""))
    return Chart(tuple(boxes), tuple(curves), height)


def bars(ages: Sequence[Age], now: datetime, language: str) -> tuple[Bar, ...]:
    """The bars of the ages, those beyond their limit first and then the nearest to it."""
    found = []
    for age in ages:
        limit = now - age.limit
        if age.oldest is None:
            found.append(Bar(age, 0.0, "empty", False, "", span(limit, language)))
            continue
        old = max(now - age.oldest, timedelta())
        ratio = old / limit if limit else REACH
        state = "within" if not age.past else "beyond" if age.alone else "waits"
        found.append(
            Bar(
                age,
                round(min(ratio / REACH, 1.0), 4),
                state,
                ratio > REACH,
                span(old, language),
                span(limit, language),
            )
        )
    return tuple(sorted(found, key=lambda bar: (bar.state != "beyond", bar.state != "waits", -bar.share)))


def tracks(courses: Sequence[Course], now: datetime) -> tuple[Track, ...]:
    """The newest requests on one time line, in the order they came."""
    shown = sorted(courses, key=lambda one: one.received)[-TIMELINE:]
    if not shown:
        return ()
    first = shown[0].received
    last = max(now, *(one.due or now for one in shown))
    whole = max(last - first, timedelta(days=1))

    def at(moment: datetime) -> float:
        return round(min(max((moment - first) / whole, 0.0), 1.0), 4)

    return tuple(
        Track(one, at(one.received), at(one.ended or now), at(one.due) if one.due else None, one.late(now))
        for one in shown
    )


def _tall(count: int) -> float:
    return count * _BOX + max(count - 1, 0) * _SPACE


def _spread(place: int, count: int, height: float) -> float:
    """The upper edge of a box among others that are spread over the height."""
    if count == 1:
        return (height - _BOX) / 2
    return place * (height - _BOX) / (count - 1)


def _at(column: tuple[int, int], y: float) -> tuple[int, float, int, int]:
    return column[0], round(y, 1), column[1], _BOX


def _curve(one: tuple[int, int], y: float, other: tuple[int, int], to: float) -> str:
    start, end = one[0] + one[1], other[0]
    bend = (start + end) / 2
    first, last = round(y + _BOX / 2, 1), round(to + _BOX / 2, 1)
    return f"M{start} {first}C{bend:g} {first} {bend:g} {last} {end} {last}"


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1].rstrip()}…"
