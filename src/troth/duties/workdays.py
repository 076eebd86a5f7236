"""Working days: weekends, public holidays and moved working days of a place, with the years that are known.

Weekends are Saturday and Sunday. Holidays come from a table that the house keeps current; a year that is not in it
counts with weekends only, and whoever relies on it is told.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from troth.model.errors import NotFound, TrothError

_DAY = timedelta(days=1)
_SATURDAY = 5
_MOST_OFF = 366  # a calendar with no working day in a year is a mistake, not a calendar


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are working days at a place, and what time it is there.

    Attributes:
        name: whose holidays ("Hong Kong"); empty where only weekends are known.
        zone: IANA time zone.
        off: public holidays.
        work: weekend days that the state made working days (China).
        years: the years that `off` and `work` are complete for.
        yearly: holidays of every year, as (month, day); with these every year is known.
    """

    name: str
    zone: str
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    def works(self, day: date) -> bool:
        """Whether a day is a working day."""
        if day in self.work:
            return True
        return day.weekday() < _SATURDAY and day not in self.off and (day.month, day.day) not in self.yearly

    def knows(self, year: int) -> bool:
        """Whether the holidays of a year are known."""
        return bool(self.yearly) or year in self.years

    @property
    def tz(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction: its working days, and to whom a person may complain there.

    Attributes:
        code: as in the table of clocks ("HK").
        name: "Hong Kong".
        calendar: its working days and time zone.
        authority: the authority that takes complaints, by language ("en", "zh").
        court: a person may also go to court there.
        basis: the law that grants it.
    """

    code: str
    name: str
    calendar: Calendar
    authority: Mapping[str, str]
    court: bool
    basis: str


def next_workday(day: date, where: Calendar) -> date:
    """The day itself if it is a working day, else the first working day after it.

    Raises:
        TrothError: the calendar has no working day for a year.
    """
    for ahead in range(_MOST_OFF):
        later = day + ahead * _DAY
        if where.works(later):
            return later
    raise TrothError(f"the calendar of {where.name or where.zone} has no working day in the year after {day}")


def add_workdays(day: date, count: int, where: Calendar) -> date:
    """The day `count` working days after a day, which itself does not count."""
    for _ in range(count):
        day = next_workday(day + _DAY, where)
    return day


def workdays_between(start: date, end: date, where: Calendar) -> int:
    """How many working days lie after `start`, up to and with `end`."""
    return sum(where.works(start + ahead * _DAY) for ahead in range(1, (end - start).days + 1))


def place(jurisdiction: str, own: str = "") -> Place:
    """The place of a jurisdiction.

    Args:
        jurisdiction: code as in the table of clocks ("EU", "US-CA").
        own: the house's own table of holidays, TOML of the shipped form; it replaces the years it names.

    Raises:
        NotFound: the table has no such jurisdiction.
        TrothError: the house's table is malformed.
    """
    known = _places()
    if jurisdiction not in known:
        hint = "the jurisdictions are " + ", ".join(sorted(known))
        raise NotFound(f"no clocks of `{jurisdiction[:20]}` are known", hint=hint)
    row = known[jurisdiction]
    where = Calendar("", row["zone"])
    if row["holidays"]:
        where = replace(_calendar(_shipped()[row["holidays"]], where), zone=row["zone"])
        supplied = read_holidays(own).get(row["holidays"]) if own else None
        where = _calendar(supplied, where) if supplied else where
    authority = {"en": row["authority_en"], "zh": row["authority_zh"]}
    return Place(jurisdiction, row["en"], where, authority, row["court"], row["basis"])


def read_holidays(text: str) -> dict[str, Any]:
    """The tables of a file of holidays, by jurisdiction.

    Raises:
        TrothError: it is not TOML, or a year or a day is none.
    """
    try:
        tables = {name: table for name, table in tomllib.loads(text).items() if isinstance(table, dict)}
        for name, table in tables.items():
            _calendar(table, Calendar(name, "UTC"))
    except (ValueError, TypeError, AttributeError) as error:
        raise TrothError(
            f"the table of holidays can not be read: {error}",
            hint='for example [HK.2028] and below it off = ["01-01", "01-26"]',
        ) from error
    return tables


def _calendar(table: Mapping[str, Any], before: Calendar) -> Calendar:
    """A calendar with the years of a table taken up; a year that was known before is replaced."""
    years = {int(year): days for year, days in table.items() if year.isdigit()}
    kept_off = {day for day in before.off if day.year not in years}
    kept_work = {day for day in before.work if day.year not in years}
    return Calendar(
        name=table.get("name", before.name),
        zone=before.zone,
        off=frozenset(kept_off.union(*(_days(year, row.get("off", ())) for year, row in years.items()))),
        work=frozenset(kept_work.union(*(_days(year, row.get("work", ())) for year, row in years.items()))),
        years=before.years | frozenset(years),
        yearly=before.yearly | frozenset(_month_days(table.get("every_year", ()))),
    )


def _days(year: int, days: list[str]) -> Iterator[date]:
    for month, day in _month_days(days):
        yield date(year, month, day)


def _month_days(days: list[str]) -> Iterator[tuple[int, int]]:
    for word in days:
        month, _, day = word.partition("-")
        yield int(month), int(day)


@cache
def _shipped() -> dict[str, Any]:
    return read_holidays(files("troth.duties").joinpath("law", "holidays.toml").read_text("utf-8"))


@cache
def _places() -> dict[str, Any]:
    return tomllib.loads(files("troth.duties").joinpath("law", "places.toml").read_text("utf-8"))
