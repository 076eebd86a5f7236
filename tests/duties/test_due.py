"""Tests of due dates, against a slow oracle that walks from day to day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.duties.oracle import months_later, moved, workdays_later
from troth.duties.clocks import clock, clocks, part_of
from troth.duties.due import due, end_of
from troth.duties.workdays import Calendar, add_workdays, place, workdays_between
from troth.model.clock import Clock, Extension, Part, Stop
from troth.model.errors import NotFound, TrothError
from troth.model.moment import add_months

EU, UK, HK, CN, US, SG = (place(code).calendar for code in ("EU", "UK", "HK", "CN", "US-CA", "SG"))
PLACES = st.sampled_from([EU, UK, HK, CN, US, SG])
DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001 - the bounds
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=40))
WITHIN = [(one, part) for one in clocks().values() for part in one.parts if part.kind == "within"]


def at(text: str) -> datetime:
    """A moment in UTC; noon where only the day is given."""
    return datetime.fromisoformat(f"{text}T12:00Z" if len(text) == 10 else text)


@pytest.mark.parametrize(
    ("name", "part", "start", "last"),
    [
        (
            "EU-DSR",
            "",
            "2026-03-05",
            "2026-04-06",
        ),  # 5 April is a Sunday; Easter Monday is no holiday in some member states
        ("EU-DSR", "", "2027-01-31", "2027-03-01"),  # 28 February 2027 is a Sunday
        ("EU-DSR", "", "2028-01-31", "2028-02-29"),
        ("EU-DSR", "", "2025-12-01", "2026-01-02"),  # 1 January is a holiday
        ("UK-DSR", "", "2026-11-25", "2026-12-29"),  # Christmas, Saturday, Sunday, substitute day
        ("UK-COMPLAINT", "acknowledge", "2026-06-19", "2026-07-18"),
        ("HK-DAR", "", "2026-01-31", "2026-03-12"),
        ("CA-RESPOND", "", "2026-01-01", "2026-02-15"),
        ("CA-KNOW", "", "2026-11-20", "2026-12-07"),  # Thanksgiving in between
        ("CN-RIGHTS", "app rules", "2026-02-12", "2026-03-11"),  # new year off, two Saturdays worked
        ("SG-ACCESS", "answer or tell when", "2026-11-01", "2026-12-01"),
        ("EU-DSA-COMPLAINT", "", "2026-08-31", "2027-02-28"),
        ("CA-REASK", "", "2028-02-29", "2029-02-28"),
        ("HK-DCR", "third parties of the last", "2026-11-22", "2025-11-22"),
        ("ICANN-ERRP", "first reminder", "2026-03-31", "2026-02-28"),
    ],
)
def test_worked_examples(name: str, part: str, start: str, last: str) -> None:
    """Dates that were counted by hand on a calendar."""
    one = clock(name)
    found = due(one, at(start), place(one.jurisdiction).calendar, part=part)
    assert found.date == date.fromisoformat(last)


def test_hours_pass_through_the_change_of_clocks() -> None:
    """72 hours are 72 hours, also over the night in which a day has 23."""
    found = due(clock("EU-BREACH-DPA"), at("2026-03-27T12:00Z"), EU)
    assert found.moment == at("2026-03-30T12:00Z")
    assert "2026-03-30 14:00+02:00" in found.steps[1]


def test_the_day_is_the_day_there() -> None:
    """What comes in at 20:00 in London has come in on the next day in Hong Kong."""
    found = due(clock("HK-DAR"), at("2026-03-01T20:00Z"), HK)
    assert found.date == date(2026, 3, 2) + timedelta(days=40)
    assert found.moment == datetime(2026, 4, 11, 16, tzinfo=UTC)


@given(DAYS, st.integers(0, 60))
def test_months_like_the_oracle(day: date, months: int) -> None:
    """Month arithmetic agrees with a walk from day to day, and never leaves the month."""
    found = add_months(day, months)
    assert found == months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months


@given(DAYS, st.integers(0, 40), PLACES)
def test_workdays_like_the_oracle(day: date, count: int, where: Calendar) -> None:
    """So many working days later agrees with the walk, and counting back gives the number again."""
    found = add_workdays(day, count, where)
    assert found == workdays_later(day, count, where)
    assert workdays_between(day, found, where) == count


@given(MOMENTS)
def test_european_month_like_the_oracle(start: datetime) -> None:
    """A month of European law: the walk, then on while nobody works."""
    local = start.astimezone(EU.tz).date()
    assert due(clock("EU-DSR"), start, EU).date == moved(months_later(local, 1), EU)


@given(st.sampled_from(WITHIN), MOMENTS, st.timedeltas(timedelta(0), timedelta(days=70)))
def test_later_start_is_never_earlier_due(
    pair: tuple[Clock, Part], start: datetime, later: timedelta
) -> None:
    """Every length is monotone in its start and never over before it began."""
    one, part = pair
    where = place(one.jurisdiction).calendar
    first = due(one, start, where, part=part.name)
    second = due(one, start + later, where, part=part.name)
    assert first.moment is not None
    assert second.moment is not None
    assert start < first.moment <= second.moment
    assert all(first.steps)


@given(
    MOMENTS,
    st.lists(st.tuples(LENGTHS, LENGTHS), max_size=4),
    st.lists(st.tuples(LENGTHS, LENGTHS), max_size=2),
)
@settings(max_examples=60)
def test_later_start_with_questions(
    start: datetime, asked: list[tuple[timedelta, timedelta]], more: list[tuple[timedelta, timedelta]]
) -> None:
    """With the same questions a later start is never due earlier, and a further question never makes it earlier."""
    base = start + timedelta(days=1)
    stops = [Stop("identity", base + since, base + since + length) for since, length in asked]
    further = [Stop("clarification", base + since, base + since + length) for since, length in more]
    plain = due(clock("EU-DSR"), start, EU, stops=stops).moment
    later = due(clock("EU-DSR"), base, EU, stops=stops).moment
    longer = due(clock("EU-DSR"), start, EU, stops=[*stops, *further]).moment
    assert plain is not None
    assert later is not None
    assert longer is not None
    assert plain <= later
    assert plain <= longer


@given(MOMENTS, st.integers(0, 27), st.integers(0, 90))
def test_a_stop_adds_exactly_its_days(start: datetime, after: int, days: int) -> None:
    """Before the last day is moved off a weekend, a question of n days makes it n days later."""
    one = replace(clock("EU-DSR"), roll=False)
    since = start + timedelta(days=after)
    plain = due(one, start, HK).date
    stopped = due(one, start, HK, stops=[Stop("identity", since, since + timedelta(days=days))]).date
    assert plain is not None
    assert stopped == plain + timedelta(days=days)


@given(MOMENTS, LENGTHS, LENGTHS)
def test_a_stop_adds_exactly_its_hours(start: datetime, after: timedelta, length: timedelta) -> None:
    """A length in hours grows by exactly the pause, if the pause began in time."""
    one = replace(clock("EU-NIS2-RDDS"), stops=frozenset({"identity"}))
    since = start + after
    grown = due(one, start, EU, stops=[Stop("identity", since, since + length)]).moment
    assert grown == start + timedelta(hours=72) + (length if after <= timedelta(hours=72) else timedelta(0))


@given(MOMENTS, st.integers(0, 7), st.integers(0, 30))
def test_a_stop_adds_its_working_days(start: datetime, after: int, days: int) -> None:
    """A length in working days grows by the working days of the pause."""
    one = replace(clock("CA-KNOW"), stops=frozenset({"identity"}))
    since = start + timedelta(days=after)
    until = since + timedelta(days=days)
    first, last = since.astimezone(US.tz).date(), until.astimezone(US.tz).date()
    plain, stopped = (
        due(one, start, US).date,
        due(one, start, US, stops=[Stop("identity", since, until)]).date,
    )
    assert plain is not None
    assert stopped is not None
    assert workdays_between(plain, stopped, US) == workdays_between(first, last, US)


def test_stops_that_overlap_count_once() -> None:
    """Two questions at the same time stop the clock once, from the first question to the last answer."""
    stops = [
        Stop("identity", at("2026-03-10"), at("2026-03-16")),
        Stop("clarification", at("2026-03-12"), at("2026-03-20")),
    ]
    found = due(clock("EU-DSR"), at("2026-03-05"), EU, stops=stops)
    assert found.date == date(2026, 4, 15)
    assert "10 days" in " ".join(found.steps)


def test_california_does_not_wait_for_identity() -> None:
    """The 45 days run while identity is checked (11 CCR 7021(b)); in Europe the same question stops the clock."""
    stops = [Stop("identity", at("2026-03-10"), at("2026-03-20"))]
    assert due(clock("CA-RESPOND"), at("2026-03-05"), US, stops=stops).date == date(2026, 4, 19)
    assert due(clock("EU-DSR"), at("2026-03-05"), EU, stops=stops).date == date(2026, 4, 15)


def test_a_late_question_stops_nothing() -> None:
    """A question asked after the time is over does not bring it back."""
    stops = [Stop("identity", at("2026-05-01"), at("2026-05-20"))]
    found = due(clock("EU-DSR"), at("2026-03-05"), EU, stops=stops)
    assert found.date == date(2026, 4, 6)
    assert "stops nothing" in found.steps[-2] + found.steps[-1]


def test_an_open_question_moves_the_date_every_day() -> None:
    """While a question is not answered the clock stands, and the date counts until now."""
    stops = [Stop("identity", at("2026-03-10"))]
    first, second = (
        due(clock("EU-DSR"), at("2026-03-05"), EU, stops=stops, now=at(day))
        for day in ("2026-03-12", "2026-03-20")
    )
    assert first.standing
    assert (first.date, second.date) == (date(2026, 4, 7), date(2026, 4, 15))
    with pytest.raises(TrothError, match="not answered yet"):
        due(clock("EU-DSR"), at("2026-03-05"), EU, stops=stops)


@pytest.mark.parametrize(
    ("name", "told", "until", "last", "note"),
    [
        ("EU-DSR", "2026-02-27", None, "2026-04-30", "extended, told on 2026-02-27"),
        ("EU-DSR", "2026-03-02", None, "2026-04-30", "within the first period"),
        ("EU-DSR", "2026-03-03", None, "2026-03-02", "after the first period ended"),
        ("EU-DSR", "2026-02-27", "2026-04-15", "2026-04-15", "extended"),
        ("EU-DSR", "2026-02-27", "2026-12-31", "2026-04-30", "extended"),
        ("CA-RESPOND", "2026-03-01", None, "2026-05-01", "extended"),
        ("HK-DAR", "2026-03-01", "2026-04-20", "2026-04-20", "extended"),
        ("HK-DAR", "2026-03-01", None, "2026-03-12", "names no date"),
        ("CA-KNOW", "2026-02-02", "2026-12-31", "2026-02-13", "knows no extension"),
    ],
)
def test_extension(name: str, told: str, until: str | None, last: str, note: str) -> None:
    """An extension counts if the law knows it and the person was told within the first period; never beyond the law's own."""
    one = clock(name)
    extended = Extension(at(told), date.fromisoformat(until) if until else None)
    found = due(one, at("2026-01-31"), place(one.jurisdiction).calendar, extended=extended)
    assert found.date == date.fromisoformat(last)
    assert note in " ".join(found.steps)


def test_unknown_years_are_said() -> None:
    """Where the holidays of a year are not known the result says so; where they do not matter it does not."""
    assert (
        "2031 are not known for Hong Kong"
        in due(clock("HK-UEMO"), at("2031-01-05"), HK, part="honour").warnings[0]
    )
    assert "2030, 2031" in due(clock("CA-KNOW"), at("2030-12-27"), US).warnings[0]
    assert not due(clock("HK-DAR"), at("2031-01-05"), HK).warnings
    assert "2031 are not known" in due(clock("UK-DSR"), at("2031-01-05"), UK).warnings[0]


def test_unsure_rows_are_said() -> None:
    """A date that rests on a row nobody has checked says so."""
    assert any("check the statute" in one for one in due(clock("SG-WITHDRAW"), at("2026-01-05"), SG).warnings)


def test_own_holidays() -> None:
    """The house's own table adds a year, replaces the years it names and leaves the others."""
    own = place("HK", '[HK.2026]\noff = ["01-02"]\n[HK.2031]\noff = ["01-06"]').calendar
    assert not own.works(date(2026, 1, 2))
    assert own.works(date(2026, 1, 1))
    assert not own.works(date(2025, 1, 29))
    assert own.knows(2031)
    for text in ("[HK", '[HK.2031]\noff = ["13-01"]', "[HK.2031]\noff = [1]"):
        with pytest.raises(TrothError, match="table of holidays can not be read"):
            place("HK", text)


@pytest.mark.parametrize(
    ("start", "stops", "told", "match"),
    [
        (datetime(2026, 1, 1), (), None, "no zone"),  # noqa: DTZ001 - meant
        (
            at("2026-01-05"),
            (Stop("identity", at("2026-01-01"), at("2026-01-09")),),
            None,
            "before the clock began",
        ),
        (
            at("2026-01-05"),
            (Stop("identity", at("2026-01-09"), at("2026-01-08")),),
            None,
            "before it was asked",
        ),
        (at("2026-01-05"), (), at("2026-01-01"), "before the clock began"),
        (at("9999-12-20"), (), None, "out of the calendar"),
    ],
)
def test_impossible_times(
    start: datetime, stops: tuple[Stop, ...], told: datetime | None, match: str
) -> None:
    """Times that can not be are refused in words."""
    with pytest.raises(TrothError, match=match):
        due(clock("EU-DSR"), start, EU, stops=stops, extended=Extension(told) if told else None)


def test_names_that_are_not_there() -> None:
    """A clock, a part or a place that is not in the table is answered with the nearest names."""
    with pytest.raises(NotFound) as found:
        clock("EU-DRS")
    assert "EU-DSR" in found.value.hint
    with pytest.raises(NotFound) as found:
        part_of(clock("EU-NIS2-INC"), "last")
    assert "final report" in found.value.hint
    with pytest.raises(NotFound, match="no clocks of `XX`"):
        place("XX")


def test_end_of_day_is_the_end_there() -> None:
    """The last day counts whole, in the time of the place."""
    assert end_of(date(2026, 3, 12), HK) == datetime(2026, 3, 12, 16, tzinfo=UTC)
