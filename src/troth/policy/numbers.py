"""Numbers that a text says: in digits, in English words, in Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * (place + 2) for place, word in enumerate(_TENS)
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_TIMES = {
    "once": 1, "twice": 2, "hourly": 1, "daily": 1, "weekly": 1, "monthly": 1, "quarterly": 1, "yearly": 1, "annually": 1,
}  # fmt: skip
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_ONE = "|".join(sorted({*_WORDS, *_SCALES}, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# what may stand at a number without a space: "72h", "30days", "13th"; "2FA" and "256bit" are words
_ATTACHED = r"(?:st|nd|rd|th|h|d|w|y|hrs?|mins?|secs?|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|yrs?)\b"
_NUMERAL = re.compile(
    rf"(?<![\w.])(?P<whole>\d+)?(?:(?<=\d)[ -]|(?<!\d))(?P<over>[1-9])/(?P<under>[2-9])(?![\d/])"
    rf"|(?P<digits>(?<![\d.])(?<![a-z])(?:{_DIGITS})(?!\d)(?:(?![a-z])|(?={_ATTACHED})))"
    rf"|\b(?P<words>(?:{_ONE})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_ONE})){{0,8}})\b"
    r"|(?P<times>\b(?:" + "|".join(_TIMES) + r")\b)"
    r"|(?P<chinese>[零〇一二两三四五六七八九十百千万]{1,16})"
    r"|(?P<part>[½¼¾])",
    re.IGNORECASE,
)
_MORE = re.compile(r" ?(?P<part>[½¼¾])|(?P<half> and (?:a|one)[ -]half\b)", re.IGNORECASE)
_ARTICLE = re.compile(
    r"\b(?:an?|each|every|per|one)\s+(?:calendar\s+)?(?:hour|day|week|month|quarter|year)\b", re.IGNORECASE
)
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number where a text says it: its value, and where it begins and ends."""

    value: float
    start: int
    end: int


def numerals(text: str) -> tuple[Numeral, ...]:
    """The numbers of a text in its order: "30", "2 1/2", "two and a half", "one hundred and eighty", "三十"."""
    return tuple(_numerals(text))


def _numerals(text: str) -> Iterator[Numeral]:
    at = 0
    while found := _NUMERAL.search(text, at):
        value, at = _value(found), found.end()
        more = _MORE.match(text, at) if found["digits"] or found["words"] else None
        if more:
            value, at = value + _FRACTIONS.get(more["part"] or "½", 0), more.end()
        yield Numeral(value, found.start(), at)


def numbers(text: str) -> frozenset[float]:
    """Every number that the text says, "a year" and "once" among them."""
    found = {numeral.value for numeral in numerals(text)}
    return frozenset(found | {1.0} if _ARTICLE.search(text) else found)


def _value(found: re.Match[str]) -> float:
    if found["digits"]:
        return float(found["digits"].replace(",", ""))
    if found["over"]:
        return float(found["whole"] or 0) + int(found["over"]) / int(found["under"])
    if found["words"]:
        return float(_english(re.split(r"[\s-]+", found["words"].lower())))
    if found["times"]:
        return float(_TIMES[found["times"].lower()])
    return _FRACTIONS[found["part"]] if found["part"] else float(chinese(found["chinese"]))


def _english(words: list[str]) -> int:
    total, small = 0, 0
    for word in words:
        if word == "thousand":
            total, small = total + (small or 1) * 1000, 0
        elif word in _SCALES:
            small = (small or 1) * _SCALES[word]
        else:
            small += _WORDS.get(word, 0)
    return total + small


def chinese(word: str) -> int:
    """The value of a Chinese numeral: 三百六十五, 两万, and digit by digit 二〇二五."""
    if len(word) > 1 and not set(word) & {*_PLACES, "万"}:
        return int("".join(str(_CHINESE[char]) for char in word))
    total, part, digit = 0, 0, 0
    for char in word:
        if char in _CHINESE:
            digit = _CHINESE[char]
        elif char == "万":
            total, part, digit = total + ((part + digit) or 1) * 10_000, 0, 0
        else:
            part, digit = part + (digit or 1) * _PLACES[char], 0
    return total + part + digit
