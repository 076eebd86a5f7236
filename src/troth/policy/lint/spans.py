"""Lengths of time in a sentence: "thirty (30) days", "twelve months", "30日内", "六个月"."""

from __future__ import annotations

from functools import lru_cache

from troth.policy.lint.phrase import Phrase

_NUMBERS = {
    word: number
    for number, words in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
    for word in [words]
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "seventy": 70,
    "eighty": 80,
    "forty-five": 45,
    "sixty": 60,
    "seventy-two": 72,
    "ninety": 90,
    "hundred": 100,
}
_NUMBERS |= {
    f"{tens}-{ones}": _NUMBERS[tens] + _NUMBERS[ones]
    for tens in ("twenty", "thirty", "forty", "sixty", "seventy", "ninety")
    for ones in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    if tens in _NUMBERS
}
_CJK = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"百": 100, "十": 10}
_UNITS = {
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.0,
    "quarter": 91.0,
    "year": 365.0,
    "日": 1.0,
    "天": 1.0,
    "个月": 30.0,
    "年": 365.0,
    "小时": 1 / 24,
}
_LENGTH = Phrase(
    rf"\b(\d{{1,9}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|an?)(?:[ -]?\((?:\d{{1,4}}|[a-z]{{3,9}}(?:-[a-z]{{3,5}})?)\))?(?:[ -]to[ -]\d+|"
    rf"[- ]\d+)?[ -](?:(?:full|calendar|business|working|consecutive) )?"
    r"(hour|day|week|fortnight|month|quarter|year)s?\b(?! (?:of age|old))|(?<!\d)(\d{1,9}|[零一二三四五六七八九十百两]{1,9}) ?个?(?:工作)?(日|天|个月|月|"
    r"年|小时)"
)


_HALF_YEAR = Phrase(r"(?<![\d一二三四五六七八九十两每隔前后上下])半年(?![度报])")


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    if word in {"a", "an"}:
        return 1
    return _NUMBERS[word] if word in _NUMBERS else _chinese(word)


def _chinese(word: str) -> int:
    """The value of a number below a thousand in Chinese characters."""
    value, digit = 0, 0
    for sign in word:
        if sign in _TENS:
            value += max(digit, 1) * _TENS[sign]
            digit = 0
        else:
            digit = digit * 10 + _CJK[sign] if digit else _CJK[sign]
    return value + digit


@lru_cache(maxsize=4096)
def spans(low: str) -> frozenset[float]:
    """The lengths of time a lower-case sentence names, in days; a year is 365 and a month 30 days.

    Dates ("2025年5月1日") are no lengths.
    """
    if not any(c.isdigit() for c in low) and not any(u in low for u in _UNITS):
        return frozenset()
    found: set[float] = set()
    for match in _LENGTH.finditer(low):
        if match[1]:
            if match[1] in {"a", "an"} and match[2] in {"day", "hour"}:
                continue
            found.add(_number(match[1]) * _UNITS[match[2]])
        elif not (
            match[4] in {"年", "月", "日"}
            and match[3].isdigit()
            and (int(match[3]) > 999 or (match[4] != "日" and not _counted(low, match.end())))
        ):
            half = match[4] == "年" and low[match.end() : match.end() + 1] == "半"
            found.add((_number(match[3]) + half / 2) * _UNITS.get(match[4], 30.0))
    if _HALF_YEAR.search(low):
        found.add(6 * _UNITS["个月"])
    return frozenset(found)


def _counted(low: str, end: int) -> bool:
    """Whether a Chinese month or year is a count and not part of a date."""
    return not low[end : end + 1].isdigit()
