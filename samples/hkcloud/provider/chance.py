"""Chance that falls the same way on every machine, and time as whole seconds of UTC.

Only `Random.random` is used, whose numbers Python promises to keep, and no function of the C library.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import TypeVar

HOUR = 3600
DAY = 24 * HOUR
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Chance:
    """One stream of chance; each customer has one, so that what one does changes nothing for the others."""

    random: Random

    def happens(self, share: float) -> bool:
        """Whether something that happens in this share of cases happens now."""
        return self.random.random() < share

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self.random.random() * (most - least + 1))

    def few(self, mean: float) -> int:
        """A number of things: mostly small, sometimes large, `mean` on average."""
        drawn = self.random.random()
        return int(drawn * drawn * drawn * 4 * mean + self.random.random())

    def pick(self, choices: Sequence[One]) -> One:
        """One of them, all alike."""
        return choices[int(self.random.random() * len(choices))]

    def weigh(self, choices: Sequence[tuple[One, float]]) -> One:
        """One of them by weight; the weights sum to 1."""
        left = self.random.random()
        for one, weight in choices:
            left -= weight
            if left < 0:
                return one
        return choices[-1][0]

    def between(self, first: int, last: int) -> int:
        """A moment from `first` to `last`, or `first` when that is later."""
        return first + int(self.random.random() * max(0, last - first))

    def letters(self, length: int, alphabet: str = "abcdefghijkmnpqrstuvwxyz23456789") -> str:
        """A word without meaning."""
        size, random = len(alphabet), self.random.random
        return "".join([alphabet[int(random() * size)] for _ in range(length)])

    def digits(self, length: int) -> str:
        """A row of digits."""
        return self.letters(length, "0123456789")

    def uuid(self) -> str:
        """A random UUID of version 4 (RFC 9562)."""
        drawn = self.letters(32, "0123456789abcdef")
        return f"{drawn[:8]}-{drawn[8:12]}-4{drawn[13:16]}-a{drawn[17:20]}-{drawn[20:]}"


def chance(*names: object) -> Chance:
    """The stream of that name."""
    return Chance(Random("/".join(map(str, names))))  # noqa: S311 - invented data


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 of a moment; one without a zone is UTC."""
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def moment(at: int) -> datetime:
    """The moment of so many seconds, in UTC without a zone, as the stores keep it."""
    return datetime(1970, 1, 1) + timedelta(seconds=at)  # noqa: DTZ001 - the stores keep UTC without a zone


@lru_cache(maxsize=8192)
def _day(number: int) -> str:
    return moment(number * DAY).strftime("%Y-%m-%d")


def stamp(at: int) -> str:
    """A moment as every engine reads it ("2026-11-22 09:00:00")."""
    day, rest = divmod(at, DAY)
    return f"{_day(day)} {rest // HOUR:02}:{rest % HOUR // 60:02}:{rest % 60:02}"


def maybe(at: int | None) -> str | None:
    """The same; nothing for a moment that has not come."""
    return None if at is None else stamp(at)


def cut_off(now: int, months: int) -> int:
    """The last moment that lies so many calendar months or more before `now`."""
    today = moment(now)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    if today.day > last:
        return seconds(datetime(year, month + 1, last, 23, 59, 59, tzinfo=UTC))
    return seconds(today.replace(year=year, month=month + 1, day=today.day))


def months_of(first: int, last: int) -> tuple[str, ...]:
    """The first days of all months from that of `first` to the one after that of `last`."""
    start, end = moment(first), moment(last)
    numbers = range(start.year * 12 + start.month - 1, end.year * 12 + end.month + 1)
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}-01" for number in numbers)
