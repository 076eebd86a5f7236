"""Numbers of lists as they are shown: 3, c, C, iii, III."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LAST_ROMAN = 3999


def ordinal(number: int, kind: str) -> str:
    """The number as a list of that kind shows it; decimal where the kind has no sign for it.

    Args:
        number: the number.
        kind: "1", "a", "A", "i" or "I", as in the attribute `type` of HTML lists.
    """
    shown = ""
    if kind in {"a", "A"}:
        shown = _letters(number)
    elif kind in {"i", "I"} and 0 < number <= _LAST_ROMAN:
        shown = _roman(number)
    if not shown:
        return str(number)
    return shown.upper() if kind.isupper() else shown


def _letters(number: int) -> str:
    """a, b, ... z, aa, ab, ...; empty for what is no count."""
    shown = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        shown = chr(ord("a") + rest) + shown
    return shown


def _roman(number: int) -> str:
    shown = ""
    for value, sign in _ROMAN:
        shown += sign * (number // value)
        number %= value
    return shown
