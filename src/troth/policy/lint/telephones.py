"""Telephone numbers that can not be right: too short for their country, left to fill in, counted through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

_CUE = Phrase(
    r"\bcontact (?:us|them|him|her|it|the \w+) (?:on|at) (?=[+\d(]|$)|\breach(?:ed)? [^.;\d]{0,24}\b(?:on|at|under)\b|"
    r"\b(?:phone|telephone|telefon|tel|call|dial|ring|hotline|helpline|toll[- ]?free|fax|mobile|whatsapp|viber)\b(?! (?:number|numbers|phone|app|device)s?[,;. )])|"
    r"电话|热线|固话|座机|致电|拨打|手机[:：]|传真|联系方式[:：]",
)
# a number may follow a Chinese character without a blank
_NUMBER = Phrase(r"(?:\+|\(|\b|(?<=[\u4e00-\u9fff]))[\dxX][\dxX ()./-]{2,}[\dxX]")
_FIGURES = re.compile(r"[\dxX][\dxX ()./-]{2,}[\dxX]")
_BACK = 28
_POSTCODE = ("singapore ", "s(")
# the beginnings of numbers that are known to be numbers without a word before them
_PLAIN = ("+", "(", "400", "800")
_LEFT_OPEN = Phrase(
    r"[xX]{3,}|^0{3,}|\(?0{3}\)?[ -]?0{3}|(\d)\1{6,}|^\+?1?[ -]?\(?123\)?[ -]?456|^\+(?:852|853|65)[ -]?(?:1234[ -]?5678|8765[ -]?4321)$"
)
_DIGITS = 5
_SERVICE_DIGITS = 10
_MOST_DIGITS = 15
# the fewest digits that a number has after the code of its country
_FEWEST = {
    "1": 10, "7": 10, "20": 8, "27": 9, "30": 10, "31": 9, "32": 8, "33": 9, "34": 9, "36": 8, "39": 6, "40": 9, "41": 9, "43": 6, "44": 9,
    "45": 8, "46": 7, "47": 8, "48": 9, "49": 6, "55": 10, "60": 8, "61": 9, "62": 8, "63": 8, "64": 8, "65": 8, "66": 8, "81": 9, "82": 8,
    "84": 9, "86": 9, "91": 10, "234": 8, "254": 9, "351": 9, "353": 7, "358": 6, "370": 8, "371": 8, "372": 7, "380": 9, "420": 9, "421": 9,
    "852": 8, "853": 8, "886": 8, "971": 8, "972": 8,
}  # fmt: skip
# Companies of small territories write their numbers without a code, and all of these have eight digits.
_LOCAL = {"HK": 8, "SG": 8}
_BRITISH = Phrase(r"^(?:03[0347]\d|07\d\d)[ -]?\d")
_BRITISH_DIGITS = 11
_FREE = re.compile(r"^\(?(?:1[ -]?)?\(?8(?:00|88|77|66|55|44|33)\b")
_FREE_DIGITS = 10
# mainland: an area code and what follows it, or a mobile number
_MAINLAND = re.compile(r"^\(?0(?:10|2\d|[3-9]\d\d)\)?[ -]|^1[3-9]\d")
_MAINLAND_DIGITS = 10


def numbers(reading: Reading) -> Iterator[str]:
    """The telephone numbers that a sentence gives."""
    if "collect" in reading.acts or not _FIGURES.search(reading.text):
        return
    cue = _CUE.search(reading.low) is not None
    if not cue and "+" not in reading.low:
        return
    for match in _NUMBER.finditer(reading.text):
        before = reading.low[max(0, match.start() - _BACK) : match.start()]
        if reading.low[match.end() : match.end() + 1].isalpha() or before.endswith(_POSTCODE):
            continue
        if (cue and (match[0].startswith(_PLAIN) or _CUE.search(before))) or _coded(match[0]):
            yield match[0].strip()


def _coded(number: str) -> bool:
    """Whether it begins with the code of a country, so that it needs no word before it."""
    return number.startswith("+") and _code(_digits(number)) is not None and " " in number.strip()


def wrong(doc: Document, number: str, after: str = "") -> bool:
    """Whether nobody can be reached under a number.

    Args:
        doc: the text, whose place tells the length of a number without a code.
        number: the number as it stands.
        after: what follows it; a number that goes on in letters is whole.
    """
    count = len(_digits(number))
    if after[:1].isalpha() or after[:1] == "-":
        return False
    if number.startswith(("400", "800")) and count < _SERVICE_DIGITS:
        return "SG" not in doc.places
    if not (_DIGITS <= count <= _MOST_DIGITS) or _LEFT_OPEN.search(number):
        return not _emergency(number)
    return _short(number) or _short_here(doc, number)


def _emergency(number: str) -> bool:
    """Whether it is one of the short numbers of an office, a bank or a carrier."""
    return number.isdigit() and len(number) in {3, 4, 5} and number[0] in "19"


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())


def _code(digits: str) -> str | None:
    return next((digits[:n] for n in (3, 2, 1) if digits[:n] in _FEWEST), None)


def _short(number: str) -> bool:
    """Whether a number with the code of a country is shorter than every number of that country."""
    if "+" not in number:
        return bool(_FREE.match(number)) and len(_digits(number).removeprefix("1")) < _FREE_DIGITS
    digits = _digits(number)
    code = _code(digits)
    return code is not None and len(digits.removeprefix(code).lstrip("0")) < _FEWEST[code]


def _short_here(doc: Document, number: str) -> bool:
    """Whether a number without a code lacks digits where the company is."""
    count = len(_digits(number))
    if "+" in number or not number[0].isdigit():
        return False
    if "UK" in doc.places and _BRITISH.search(number):
        return count != _BRITISH_DIGITS
    if "CN" in doc.places and _MAINLAND.match(number):
        return count < _MAINLAND_DIGITS + (number[0] == "1")
    local = {length for place, length in _LOCAL.items() if place in doc.places}
    return len(local) == 1 and doc.places <= {"HK", "SG"} and max(local) - 2 <= count < max(local)
