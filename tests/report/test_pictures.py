"""What is drawn: the flows of the rules, bars against limits, requests on a line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.report import sample
from troth.model.entry import Entry
from troth.report import drawing
from troth.report.labels import span
from troth.report.pictures import Age, Course, flows

NOW = sample.NOW
_DAYS = st.integers(-10, 4000).map(lambda number: timedelta(days=number))


def test_flows_of_the_rules() -> None:
    """Every recipient and purpose of a rule by which data may leave the house is a flow, and nothing else."""
    wanted = {
        (recipient, promise.id)
        for promise in sample.policy().promises
        for rule in promise.rules
        if rule.mode == "may" and rule.verb in {"share", "disclose", "transfer"}
        for recipient in rule.recipients
    }
    found = flows(sample.policy(), ())
    assert {(one.key, one.promise) for one in found} == wanted
    assert ("payment information",) in {one.data for one in found}
    assert not any(one.entries for one in found)


def test_disclosures_are_counted() -> None:
    """A disclosure goes to the flow of its recipient and purpose, and one to a stranger to none."""
    details = (
        {"recipient": "public-authority", "purpose": "legal-compliance"},
        {"recipient": "payment-processor"},
        {"recipient": "nobody"},
    )
    given_ = [
        Entry(
            time="2026-01-01T00:00:00Z", kind="disclosed", actor="x", action="share", detail=detail, seq=seq
        )
        for seq, detail in enumerate(details)
    ]
    found = {(one.key, one.purpose): one.entries for one in flows(sample.policy(), given_) if one.entries}
    assert found == {
        ("public-authority", "legal compliance"): (0,),
        ("payment-processor", "billing and payment"): (1,),
    }


def test_boxes_do_not_touch() -> None:
    """The boxes of the flows stand inside the drawing, and no two lie over each other."""
    chart = drawing.chart(sample.pictures().flows)
    boxes = sorted(chart.boxes, key=lambda box: (box.x, box.y))
    for one, other in pairwise(boxes):
        assert one.x != other.x or one.y + one.height <= other.y
    assert all(box.y >= 0 and box.y + box.height <= chart.height + 0.1 for box in boxes)
    assert any(curve.made for curve in chart.curves)
    assert any(not curve.made for curve in chart.curves)


def test_parts_are_the_whole() -> None:
    """The pieces of the bar of all sentences are as many as the sentences that promise something."""
    report = sample.sample()
    parts = drawing.parts(report)
    assert sum(part.count for part in parts) == 67
    assert abs(sum(part.width for part in parts) - 100) < 0.01
    assert parts[0].status == "broken"


@given(_DAYS, st.integers(1, 2000), st.booleans())
def test_bar_says_what_its_age_says(old: timedelta, limit: int, alone: bool) -> None:
    """A bar crosses the line exactly where the oldest row is older than the limit."""
    age = Age("a.b", "c", NOW - old, NOW - timedelta(days=limit), "r/1", alone)
    (bar,) = drawing.bars([age], NOW, "en")
    assert 0 <= bar.share <= 1
    assert (bar.state == "within") == (old <= timedelta(days=limit))
    if bar.state == "within":
        assert bar.share <= 1 / drawing.REACH + 0.001
    else:
        assert bar.share >= 1 / drawing.REACH - 0.001
        assert (bar.state == "beyond") == alone


@given(st.lists(st.tuples(_DAYS, _DAYS, st.none() | _DAYS), max_size=40))
def test_tracks(cases: list[tuple[timedelta, timedelta, timedelta | None]]) -> None:
    """Requests stand on one line in the order they came, the newest, and late is what ended or stays open after its date."""
    courses = [
        Course(
            str(number),
            "access",
            NOW - ago,
            NOW - ago + allowed,
            None if took is None else NOW - ago + took,
            "open",
        )
        for number, (ago, allowed, took) in enumerate(cases)
    ]
    found = drawing.tracks(courses, NOW)
    assert len(found) == min(len(courses), drawing.TIMELINE)
    for track in found:
        assert 0 <= track.start <= 1
        assert 0 <= track.end <= 1
        course = track.course
        assert course.due is not None
        assert track.late == ((course.ended or NOW) > course.due)
    starts = [track.start for track in found]
    assert starts == sorted(starts)


def test_spans_in_words() -> None:
    """Lengths of time are said in the unit that people would use."""
    said = [span(timedelta(days=days), "en") for days in (0.5, 1 / 24, 30, 61, 396, 3000)]
    assert said == ["12 hours", "1 hour", "30 days", "2 months", "13 months", "8.2 years"]
    assert span(timedelta(days=30), "zh") == "30 天"
    assert span(datetime(2026, 1, 1, tzinfo=UTC) - datetime(2026, 1, 2, tzinfo=UTC), "en") == "0 hours"
