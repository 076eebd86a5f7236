"""A slow second opinion on dates: it walks from day to day and knows no formula."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from troth.duties.workdays import Calendar

DAY = timedelta(days=1)


def off(day: date, where: Calendar) -> bool:
    """Whether nobody works on a day, read from the plain lists."""
    if day in where.work:
        return False
    return day.isoweekday() in (6, 7) or day in where.off or (day.month, day.day) in where.yearly


def months_later(day: date, months: int) -> date:
    """Walk on until so many months began; then to the same day of the month, or to the month's end."""
    walk, begun = day, 0
    while begun < months:
        walk += DAY
        begun += walk.day == 1
    while walk.day != day.day and walk.day != calendar.monthrange(walk.year, walk.month)[1]:
        walk += DAY
    return walk


def workdays_later(day: date, count: int, where: Calendar) -> date:
    """Walk on until so many working days have passed."""
    seen = 0
    while seen < count:
        day += DAY
        seen += not off(day, where)
    return day


def moved(day: date, where: Calendar) -> date:
    """Walk on while nobody works."""
    while off(day, where):
        day += DAY
    return day
