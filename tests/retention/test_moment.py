"""Cut-off moments against a calendar that walks month by month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.retention.oracle import months_later, over
from troth.model.errors import TrothError
from troth.model.moment import add_months, last_day, later, over_before
from troth.model.policy import Span

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
UNITS = st.sampled_from(["hours", "days", "weeks", "months", "years"])


@given(MOMENTS, st.integers(0, 60), UNITS, st.integers(-200_000, 200_000))
def test_cut_off_is_exact(now: datetime, number: int, unit: str, seconds: int) -> None:
    """A period is over exactly for events before the cut-off."""
    bound = over_before(now, Span(number, unit.rstrip("s")))
    event = bound + timedelta(seconds=seconds)
    if event != bound or unit != "hours":
        assert (over(event, (number, unit)) <= now) == (event < bound)


@given(MOMENTS, st.integers(0, 60), UNITS)
def test_end_of_a_period(start: datetime, number: int, unit: str) -> None:
    """The end of a period is that of a calendar that walks month by month."""
    assert later(start, Span(number, unit.rstrip("s"))) == over(start, (number, unit))


@given(st.dates(datetime(1950, 1, 1).date(), datetime(2100, 1, 1).date()), st.integers(0, 300))  # noqa: DTZ001
def test_months(day: datetime, months: int) -> None:
    """The same day some months later is that of a calendar that walks."""
    assert add_months(day, months) == months_later(day, months)


def test_days_of_a_place() -> None:
    """A day ends when it ends at the place, not in Greenwich."""
    now = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)  # already 2 March in Hong Kong
    assert over_before(now, Span(1, "day"), ZoneInfo("Asia/Hong_Kong")) == datetime(
        2026, 2, 28, 16, tzinfo=UTC
    )
    assert over_before(now, Span(1, "day")) == datetime(2026, 2, 28, tzinfo=UTC)


def test_working_days() -> None:
    """Working days leave out Saturday and Sunday."""
    assert last_day(datetime(2026, 11, 20).date(), Span(1, "business-day")).isoformat() == "2026-11-23"  # noqa: DTZ001


def test_beyond_the_calendar() -> None:
    """A period that leads out of the calendar is refused."""
    with pytest.raises(TrothError, match="out of the calendar"):
        add_months(datetime(2026, 1, 1).date(), 12 * 9000)  # noqa: DTZ001


def test_no_period_is_over_at_once() -> None:
    """Without a period the cut-off is now."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert over_before(now, None) == now
    assert later(now, None) == now
