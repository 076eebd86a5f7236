"""Numbers of sections, in figures, Roman and Chinese numerals, and in words."""

from __future__ import annotations

_ROMAN = dict(
    zip(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(),
        range(1, 21),
        strict=True,
    )
)
_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
_WORDS = {w: n for n, w in enumerate((*_UNITS, *_TEENS), 1)} | {
    f"twenty{sign}{w}": 20 + n for n, w in enumerate(_UNITS, 1) for sign in "- "
}
# the longest first, so that "seventeen" is not read as "seven"
IN_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))
CHINESE = "[一二三四五六七八九十]{1,3}"
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}


def chinese(number: str) -> int:
    """The value of a Chinese numeral below a hundred; 0 for what is none."""
    tens, ten, units = number.partition("十")
    if not ten:
        return _DIGITS.get(number, 0)
    head = _DIGITS.get(tens, 0) if tens else 1
    last = _DIGITS.get(units, 0) if units else 0
    return head * 10 + last if head and (last or not units) else 0


def value(number: str) -> int:
    """The value of a number as sections have it; 0 for what is none."""
    number = number.lower()
    if number.isdigit() and number.isascii():
        return int(number)
    return _ROMAN.get(number) or _WORDS.get(number) or chinese(number)
