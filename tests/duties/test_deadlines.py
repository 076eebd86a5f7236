"""Tests of the law's and the policy's times together, and of the alarms before they end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.duties.deadlines import (
    Source,
    Timing,
    alarms,
    answer_by,
    confirm_by,
    overdue_alarms,
    promised,
    refuse_by,
    request_due,
)
from troth.duties.workdays import place
from troth.model.clock import Extension, Stop
from troth.model.errors import TrothError
from troth.model.policy import Deadline, Span

EU, HK, CA, CN, UK = (place(code) for code in ("EU", "HK", "US-CA", "CN", "UK"))
START = datetime(2026, 3, 5, 12, tzinfo=UTC)


def source(number: float, unit: str, *, chosen: bool = False, kind: str = "within") -> Source:
    """A promise with a time."""
    deadline = Deadline(kind, Span(number, unit, chosen))  # type: ignore[arg-type]  # a word of the policy
    return Source("hk-31/2", ("hkc-072", "hkc-073"), deadline)


def test_the_earlier_wins_and_both_are_cited() -> None:
    """A policy that promises 30 days beats a law of 40, and a law of 40 beats a policy of 60; both are named."""
    thirty = request_due("access", [HK], Timing(received=START), [source(30, "day")], HK.calendar)
    assert thirty.first is not None
    assert (thirty.first.name, thirty.first.date) == ("hk-31/2", date(2026, 4, 4))
    assert thirty.cites == ("hk-31/2", "hkc-072", "hkc-073", "PDPO s.19")
    sixty = request_due("access", [HK], Timing(received=START), [source(60, "day")], HK.calendar)
    assert sixty.first is not None
    assert (sixty.first.name, sixty.first.date) == ("HK-DAR", date(2026, 4, 14))
    assert sixty.cites == ("PDPO s.19", "hk-31/2", "hkc-072", "hkc-073")


def test_a_chosen_number_stays_marked() -> None:
    """A number with `~` says that the house chose it; one of the text says so too."""
    marked = promised(source(30, "day", chosen=True), START, HK.calendar)
    plain = promised(source(30, "day"), START, HK.calendar)
    assert marked is not None
    assert plain is not None
    assert (marked.chosen, plain.chosen) == (True, False)
    assert "the house chose" in marked.steps[-1]
    assert plain.steps[-1] == "as the text says"


@pytest.mark.parametrize(
    ("number", "unit", "moment"),
    [
        (1, "quarter", datetime(2026, 6, 5, 16, tzinfo=UTC)),
        (2, "week", datetime(2026, 3, 19, 16, tzinfo=UTC)),
        (3, "business-day", datetime(2026, 3, 10, 16, tzinfo=UTC)),
        (1, "month", datetime(2026, 4, 5, 16, tzinfo=UTC)),
        (1.5, "month", datetime(2026, 4, 19, 16, tzinfo=UTC)),
        (24, "hour", START + timedelta(hours=24)),
        (0.5, "hour", START + timedelta(minutes=30)),
        (90, "second", START + timedelta(seconds=90)),
        (1.5, "day", START + timedelta(hours=36)),
    ],
)
def test_spans_of_policies(number: float, unit: str, moment: datetime) -> None:
    """Every unit of the policy language has a date, a part of a day its exact time."""
    found = promised(source(number, unit), START, HK.calendar)
    assert found is not None
    assert found.moment == moment


def test_promises_without_a_last_day() -> None:
    """`at once` is due at once; `before`, `at least` and `every` give a request no last day."""
    once = promised(Source("r", (), Deadline("at-once")), START, HK.calendar)
    assert once is not None
    assert once.moment == START
    assert promised(source(30, "day", kind="before"), START, HK.calendar) is None
    assert promised(source(30, "day", kind="at-least"), START, HK.calendar) is None


def test_all_jurisdictions_count() -> None:
    """Who is protected by two laws is answered by the earlier one; what has no number comes last and does not decide."""
    both = request_due("access", [CA, EU], Timing(received=START), [], HK.calendar)
    assert [one.name for one in both.all] == ["EU-DSR", "CA-RESPOND"]
    china = answer_by("erase", CN, Timing(received=START))
    assert china.first is not None
    assert china.first.name == "CN-RIGHTS app rules"
    assert china.all[-1].date is None
    assert len(china.warnings) == 1
    nothing = answer_by("erase", HK, Timing(received=START))
    assert nothing.first is None
    assert len(nothing.all) == 1


def test_confirmation_has_its_own_time() -> None:
    """California and the British complaint want receipt confirmed; Europe does not."""
    timing = Timing(received=START)
    california, complaint = confirm_by("erase", CA, timing), confirm_by("complaint", UK, timing)
    assert california.first is not None
    assert complaint.first is not None
    assert california.first.date == date(2026, 3, 19)
    assert complaint.first.date == date(2026, 4, 3)
    assert confirm_by("erase", EU, timing).all == ()


def test_a_refusal_can_not_be_extended() -> None:
    """Reasons for not acting are due within the first month, also where the answer was extended (GDPR 12(4))."""
    timing = Timing(received=START, extended=Extension(START + timedelta(days=3)))
    answered, refused = answer_by("erase", EU, timing), refuse_by("erase", EU, timing)
    assert answered.first is not None
    assert refused.first is not None
    assert (answered.first.date, refused.first.date) == (date(2026, 6, 5), date(2026, 4, 6))
    assert refused.first.name == "EU-REFUSE"
    british = refuse_by("erase", UK, timing)
    assert british.first is not None
    assert british.first.date == date(2026, 4, 7)


def test_no_deadlines_stop_the_promise() -> None:
    """A question stops the law's clock and not the policy's, which says nothing of the kind."""
    timing = Timing(received=START, stops=(Stop("identity", START, START + timedelta(days=9)),))
    both = request_due("access", [EU], timing, [source(1, "month")], EU.calendar)
    assert [(one.name, one.date) for one in both.all] == [
        ("hk-31/2", date(2026, 4, 5)),
        ("EU-DSR", date(2026, 4, 14)),
    ]


@given(st.timedeltas(timedelta(0), timedelta(days=400)))
def test_alarms_lie_in_the_time(length: timedelta) -> None:
    """Alarms come in order, after the start, before the end; and half of the time is always one of them."""
    found = alarms(START, START + length)
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert all(START < one.at <= START + length for one in found)
    assert len(found) == (0 if not length else 3 if length > timedelta(days=1) else 2)


def test_alarms_of_a_month() -> None:
    """A deadline of ten days rings after five, after eight and on the day before; each once."""
    end = START + timedelta(days=10)
    assert [one.at - START for one in alarms(START, end)] == [timedelta(days=n) for n in (5, 8, 9)]
    one = promised(source(10, "day"), START, HK.calendar)
    assert one is not None
    assert one.moment is not None
    first = overdue_alarms(one, START, START + timedelta(days=6), [])
    assert [alarm.name for alarm in first] == ["half of the time is over"]
    later = overdue_alarms(one, START, one.moment, [alarm.name for alarm in first])
    assert [alarm.name for alarm in later] == ["80 % of the time is over", "one day is left"]
    assert overdue_alarms(one, START, START, []) == ()
    with pytest.raises(TrothError, match="before the start"):
        alarms(end, START)


def test_no_alarm_while_the_clock_stands() -> None:
    """Nobody is alarmed about a deadline that waits for the person."""
    timing = Timing(received=START, stops=(Stop("identity", START),), now=START + timedelta(days=60))
    found = answer_by("access", EU, timing).first
    assert found is not None
    assert found.standing
    assert overdue_alarms(found, START, START + timedelta(days=60), []) == ()
