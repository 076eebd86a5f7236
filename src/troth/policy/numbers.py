"""Numbers in words: does a text say the number that a rule uses?"""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * (place + 2) for place, word in enumerate(_TENS)
}
_WORDS |= {
    "hundred": 100,
    "once": 1,
    "twice": 2,
    "annually": 1,
    "yearly": 1,
    "monthly": 1,
    "quarterly": 1,
    "daily": 1,
    "weekly": 1,
    "dozen": 12,
}
_ENGLISH = re.compile(
    r"\b("
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")(?:[\s-]("
    + "|".join(_ONES[1:10])
    + r"))?\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![A-Za-z\d])\d+(?:\.\d+)?(?![A-Za-z\d])")
_ARTICLE = re.compile(
    r"\b(?:an?|each|every|per|one)\s+(?:calendar\s+)?(?:hour|day|week|month|quarter|year)\b", re.IGNORECASE
)
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CHINESE_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千]+")


def numbers(text: str) -> frozenset[float]:
    """Every number that the text says: digits, English words up to ninety-nine, "a year", Chinese numerals."""
    found = {float(match[0].replace(",", "")) for match in _DIGITS.finditer(text)}
    for match in _ENGLISH.finditer(text):
        tens = _WORDS[match[1].lower()]
        ones = _WORDS[match[2].lower()] if match[2] else 0
        found.add(float(tens + ones if tens >= 20 else tens))
    if _ARTICLE.search(text):
        found.add(1.0)
    return frozenset(found | {float(chinese(match[0])) for match in _CHINESE_NUMBER.finditer(text)})


def chinese(word: str) -> int:
    """The value of a Chinese numeral up to 9,999."""
    total, digit = 0, 0
    for char in word:
        if char in _CHINESE:
            digit = _CHINESE[char]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return total + digit


_FAMILIES = ({"month": 1, "quarter": 3, "year": 12}, {"minute": 1, "hour": 60, "day": 1440, "week": 10080})


def ways(value: float, unit: str) -> frozenset[float]:
    """The numbers in which a text may say a length: 24 months are two years, a day is 24 hours."""
    found = {value}
    for family in _FAMILIES:
        if unit in family:
            found |= {value * family[unit] / other for other in family.values()}
    return frozenset(found)
