"""Lengths of time that a text says, and whether a length of a rule is among them.

Equal lengths are one: 12 months are a year, 72 hours three days. Months and days are not: a month has no number of days,
and a business day is not a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isclose

from troth.policy.numbers import Numeral, numerals

_LENGTHS: dict[str, tuple[str, float]] = {
    "second": ("clock", 1), "minute": ("clock", 60), "hour": ("clock", 3600), "day": ("clock", 86400),
    "week": ("clock", 604800), "month": ("calendar", 1), "quarter": ("calendar", 3), "year": ("calendar", 12),
    "business-day": ("business", 1),
}  # fmt: skip
# words for units, as a pattern, with the unit and how many of it one is
_ENGLISH: tuple[tuple[str, str, float], ...] = (
    (r"(?:business|working|work|banking|bank|trading)[ -]?days?|weekdays?", "business-day", 1),
    (r"seconds?|secs?", "second", 1),
    (r"minutes?|mins?", "minute", 1),
    (r"hours?|hrs?", "hour", 1),
    (r"days?", "day", 1),
    (r"weeks?|wks?", "week", 1),
    (r"fortnights?", "week", 2),
    (r"months?|mos?|mths?", "month", 1),
    (r"quarters?(?! of an?\b)", "quarter", 1),
    (r"years?|yrs?", "year", 1),
    (r"decades?", "year", 10),
)
_LETTERS = {"h": "hour", "d": "day", "w": "week", "y": "year"}  # "72h", but not "72 h": that may be anything
_HAN: tuple[tuple[str, str, float], ...] = (
    (r"工作日|工作天|营业日|交易日", "business-day", 1),
    (r"秒钟?", "second", 1),
    (r"分钟", "minute", 1),
    (r"小时|钟头", "hour", 1),
    (r"(?:自然|日历|公历)?(?:日(?![志常程报])|天)", "day", 1),
    (r"星期|礼拜|周(?![岁年])", "week", 1),
    (r"季度?", "quarter", 1),
    (r"(?:自然|日历)?月", "month", 1),
    (r"周岁|岁|周年|(?:自然|日历|会计)?年度?", "year", 1),
)
_SIMPLER = str.maketrans(
    "兩個週時鐘歲禮業曆萬營間０１２３４５６７８９\u00a0\u3000\u2010\u2011\u2012\u2013\u2014—",
    "两个周时钟岁礼业历万营间0123456789  ------",
)


def _named(units: Sequence[tuple[str, str, float]], mark: str) -> str:
    return "|".join(f"(?P<{mark}{place}>{words})" for place, (words, _, _) in enumerate(units))


_KIND = r"(?:(?:calendar|full|whole|entire|complete|clear|natural|consecutive|continuous|further|additional|more)[ -])*"
_EN = rf"{_KIND}(?:{_named(_ENGLISH, 'e')})(?![a-z])"
_AFTER = re.compile(
    rf"[)）]?\+? ?(?:or (?:more|fewer|less) )?-?{_EN}(?P<half> and a half\b)?"
    rf"|[)）]? ?(?P<piece>个)?(?P<more>半)?(?:{_named(_HAN, 'h')})(?P<rest>半(?!数))?"
    rf"|(?P<letter>[{''.join(_LETTERS)}])(?![a-z])",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"\b(?:an?|each|every|per|next|(?<=the )following) {_EN}(?P<half> and a half\b)?"
    rf"|(?P<each>[每逐按次翌]|下一)个?(?P<more>半)?个?(?:{_named(_HAN, 'h')})"
    rf"|(?<!个)(?P<part>半)个?(?:{_named(_HAN, 'p')})"
    r"|(?<![\d一二两三四五六七八九十百])(?P<adverbial>年度|月度|季度)",
    re.IGNORECASE,
)
_HALF = re.compile(rf"(?<!and a )(?<!and one )\bhalf[ -](?:an? )?{_EN}", re.IGNORECASE)
_ADVERBS: dict[str, tuple[float, str]] = {
    "semi-annual": (6, "month"), "semiannual": (6, "month"), "half-yearly": (6, "month"), "biannual": (6, "month"),
    "biennial": (2, "year"), "annual": (1, "year"), "yearly": (1, "year"), "per annum": (1, "year"),
    "quarterly": (1, "quarter"), "monthly": (1, "month"), "fortnightly": (2, "week"), "weekly": (1, "week"),
    "daily": (1, "day"), "hourly": (1, "hour"),
}  # fmt: skip
_ADVERB = re.compile(rf"(?<![a-z-])(?P<word>{'|'.join(_ADVERBS)})(?:ly)?\b", re.IGNORECASE)
_OFTEN = re.compile(
    rf" (?:times )?(?:an?|per|each|every|in an?) {_EN}|次?[/每](?:{_named(_HAN, 'h')})", re.IGNORECASE
)
_OFTEN_HAN = re.compile(rf"(?:每一?个?|一个?)(?:{_named(_HAN, 'h')})(?:至少|不少于|不超过|最多)?$")
_JOINED = re.compile(r"(?:[\s,、/()（）~～-]|\b(?:or|and|to|up)\b|[至到或和及])*", re.IGNORECASE)
_SUMMED = re.compile(r"\s*(?:,|and|, and|又|零|、|加)?\s*", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:\b(?:section|article|art\.|clause|paragraph|para\.|annex|appendix|chapter|item|no\.|number|page|part|regulation|rule|"
    r"schedule|version)s? ?|[§#第])$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that a text says with its unit of time; unit "" for a number that stands alone."""

    number: float
    unit: str = ""

    def __str__(self) -> str:
        number = f"{self.number:g}"
        return (
            f"{number} {self.unit.replace('-', ' ')}{'' if self.number == 1 else 's'}"
            if self.unit
            else number
        )


def amounts(text: str) -> tuple[Amount, ...]:
    """What a text says in numbers: "thirty (30) days", "half a year", "twice a year" (every 6 months), "两年半", "13"."""
    plain = _simpler(text)
    said, found = _stretches(plain)
    return tuple(dict.fromkeys((*(one.amount for one in found), *_more(plain, said, found))))


def _simpler(text: str) -> str:
    return " ".join(text.translate(_SIMPLER).split())


def placed(text: str) -> tuple[str, tuple[Stretch, ...]]:
    """A text in simple letters, and the amounts that it says with a number, each with its place in it."""
    plain = _simpler(text)
    return plain, tuple(_stretches(plain)[1])


def unplaced(text: str) -> tuple[Amount, ...]:
    """The amounts that a text says without a number of their own: "a year", "twice a month", the sum of two."""
    plain = _simpler(text)
    return tuple(_more(plain, *_stretches(plain)))


def _more(text: str, said: Sequence[Numeral], found: Sequence[Stretch]) -> Iterator[Amount]:
    yield from _sums(text, found)
    for numeral in said:
        yield from _often(text, numeral)
    yield from _uncounted(text)


def says(said: Iterable[Amount], number: float, unit: str, *, bare: bool = False) -> bool:
    """Whether one of the amounts is this one.

    Args:
        said: the amounts of a text.
        number: how many.
        unit: of what, "" for something that is no time.
        bare: a number that stands alone says it too, as in "under 13"; without a unit, any number does.
    """
    for one in said:
        if bare and not unit and isclose(one.number, number):
            return True
        if not one.unit and (bare or not unit) and isclose(one.number, number):
            return True
        if one.unit and unit and _equal(one, Amount(number, unit)):
            return True
    return False


def _equal(one: Amount, other: Amount) -> bool:
    if one.unit == other.unit:
        return isclose(one.number, other.number)
    first, second = _LENGTHS.get(one.unit), _LENGTHS.get(other.unit)
    if first is None or second is None or first[0] != second[0]:
        return False
    return isclose(one.number * first[1], other.number * second[1], rel_tol=1e-6)


@dataclass(frozen=True, slots=True)
class Stretch:
    """An amount with the place of its words."""

    amount: Amount
    start: int
    end: int


def _stretches(text: str) -> tuple[Sequence[Numeral], list[Stretch]]:
    """The numbers of a text, and the amounts that they say."""
    found: list[Stretch] = []
    said = numerals(text)
    for numeral in reversed(said):
        one = _with_unit(text, numeral)
        if not one.amount.unit and found and not _referred(text, numeral):
            following = found[-1]
            if _JOINED.fullmatch(text, numeral.end, following.start):  # "24 to 36 months"
                one = Stretch(Amount(numeral.value, following.amount.unit), numeral.start, numeral.end)
        found.append(one)
    found.reverse()
    return said, found


def _with_unit(text: str, numeral: Numeral) -> Stretch:
    after = _AFTER.match(text, numeral.end)
    bare = Stretch(Amount(numeral.value), numeral.start, numeral.end)
    if after is None or _referred(text, numeral):
        return bare
    if after["letter"]:
        digits = text[numeral.end - 1].isdigit()
        unit, size = _LETTERS[after["letter"].lower()], 1.0
        return Stretch(Amount(numeral.value, unit), numeral.start, after.end()) if digits else bare
    unit, size = _unit(after)
    if _a_date(text, numeral, after, unit):
        return bare
    value = numeral.value + (0.5 if after["half"] or after["more"] or after["rest"] else 0)
    return Stretch(Amount(value * size, unit), numeral.start, after.end())


def _referred(text: str, numeral: Numeral) -> bool:
    """Whether the number names a place of a text ("Section 30", 第三十条)."""
    return bool(_REFERENCE.search(text, max(0, numeral.start - 12), numeral.start))


def _a_date(text: str, numeral: Numeral, after: re.Match[str], unit: str) -> bool:
    """Whether the unit belongs to a date (2025年5月14日): that is no length."""
    if after["piece"] or not re.search(r"[年月日]", after[0]):
        return False
    if unit == "year":
        return numeral.value >= 1900
    if unit == "month":
        inside = re.match(r"[以之]?内", text[after.end() :])
        return numeral.value <= 12 and not inside
    before = text[: numeral.start].rstrip()
    return before.endswith("月") and not before.endswith("个月")


def _unit(found: re.Match[str]) -> tuple[str, float]:
    """The unit that a match names, and how many of it one is."""
    for name, value in found.groupdict().items():
        if value is not None and name[1:].isdigit():
            table = _ENGLISH if name[0] == "e" else _HAN
            _, unit, size = table[int(name[1:])]
            return unit, size
    return "", 1.0


def _sums(text: str, found: Sequence[Stretch]) -> Iterator[Amount]:
    """Lengths said in two parts: "2 years and 6 months"."""
    for one, other in pairwise(found):
        first, second = _LENGTHS.get(one.amount.unit), _LENGTHS.get(other.amount.unit)
        if first is None or second is None or first[0] != second[0] or first[1] <= second[1]:
            continue
        if _SUMMED.fullmatch(text, one.end, other.start):
            yield Amount(one.amount.number * first[1] / second[1] + other.amount.number, other.amount.unit)


def _often(text: str, numeral: Numeral) -> Iterator[Amount]:
    """How far apart is what comes several times in a unit: "twice a year", "每年两次"."""
    if not numeral.value:
        return
    after = _OFTEN.match(text, numeral.end)
    if after:
        unit, size = _unit(after)
        yield Amount(size / numeral.value, unit)
    before = (
        _OFTEN_HAN.search(text, max(0, numeral.start - 12), numeral.start)
        if text[numeral.end :].startswith("次")
        else None
    )
    if before:
        unit, size = _unit(before)
        yield Amount(size / numeral.value, unit)


def _uncounted(text: str) -> Iterator[Amount]:
    """The amounts that are said without a number: "a year", "annually", "half a year", "每月", "半年"."""
    for found in _ONE.finditer(text):
        if found["adverbial"]:
            yield Amount(1, {"年": "year", "月": "month", "季": "quarter"}[found["adverbial"][0]])
            continue
        unit, size = _unit(found)
        half = 0.5 if found["half"] else 0
        value = 0.5 if found["part"] or found["more"] else 1 + half
        yield Amount(value * size, unit)
    for found in _HALF.finditer(text):
        unit, size = _unit(found)
        yield Amount(size / 2, unit)
    for found in _ADVERB.finditer(text):
        yield Amount(*_ADVERBS[found["word"].lower()])
