"""Payment card numbers in texts, told from order numbers, telephone numbers and device numbers.

A run of 13 to 19 digits is a card where the ranges of the networks know it (ISO/IEC 7812, lengths by network), its check
digit is right (Luhn) and nothing around it says that it is something else. One of ten numbers passes Luhn by chance, so
a column in which most numbers of a card's length fail it is a column of other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn

_RUN = re.compile(r"(?<![A-Za-z0-9_.+#-])\d(?:[ -]?\d){11,18}(?![A-Za-z0-9_-]|\.\d)")
_GROUPED = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{5}")
_CARD = re.compile(
    r"card|visa|master|amex|unionpay|credit|debit|\bpan\b|cvv|cvc|卡号|银行卡|信用卡", re.IGNORECASE
)
_OTHER = re.compile(
    r"order|invoice|ticket|case|tracking|parcel|waybill|imei|serial|reference|\bref\b|phone|tel|mobile|account|iccid"
    r"|\bid\b|number of|订单|发票|单号|运单|电话|手机|序列",
    re.IGNORECASE,
)
_NEAR = 32  # characters before a number that say what it is
_RANGES: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    (34, 34, (15,)), (37, 37, (15,)), (4, 4, (13, 16, 19)), (51, 55, (16,)), (2221, 2720, (16,)),
    (62, 62, (16, 17, 18, 19)), (81, 81, (16, 17, 18, 19)), (6011, 6011, (16, 19)), (644, 649, (16, 19)),
    (65, 65, (16, 19)), (3528, 3589, (16, 17, 18, 19)), (36, 36, (14,)), (300, 305, (14,)), (38, 39, (14, 16)),
    (50, 50, (16, 19)), (56, 58, (16, 19)), (6304, 6304, (16, 19)), (6759, 6763, (16, 19)), (2200, 2204, (16,)),
)  # fmt: skip
_CHANCE = 0.3  # of numbers of a card's length: below, the right check digits are chance
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of a card's length in a text.

    Attributes:
        runs: how many have a length and range of a card.
        valid: how many of them have a right check digit.
        sure: how many of those are cards by what stands around them or by how they are grouped.
        other: how many of those are something else by what stands around them.
    """

    runs: int = 0
    valid: int = 0
    sure: int = 0
    other: int = 0

    def __add__(self, more: Numbers) -> Numbers:
        return Numbers(
            self.runs + more.runs, self.valid + more.valid, self.sure + more.sure, self.other + more.other
        )

    @property
    def cards(self) -> int:
        """How many are card numbers, judged over a whole column."""
        open_ = self.valid - self.sure - self.other
        if self.runs >= _ENOUGH and self.valid < _CHANCE * self.runs:
            open_ = 0
        return self.sure + open_


NONE = Numbers()


def numbers(text: str, *, heading: str = "") -> Numbers:
    """The numbers of a text that may be payment cards.

    Args:
        text: what stands in a cell or a file.
        heading: the name of its column, which also says what a number is.
    """
    found = NONE
    for run, before in _runs(text):
        digits = re.sub(r"\D", "", run)
        if not known(digits):
            continue
        if not luhn.is_valid(digits) or len(set(digits)) == 1:
            found += Numbers(1)
            continue
        card = bool(_CARD.search(before)) or bool(_GROUPED.fullmatch(run)) or bool(_CARD.search(heading))
        other = not card and bool(_OTHER.search(before) or _OTHER.search(heading.replace("_", " ")))
        found += Numbers(1, 1, int(card), int(other))
    return found


def known(digits: str) -> bool:
    """Whether a network issues card numbers that begin so and are so long."""
    return any(
        len(digits) in lengths and low <= int(digits[: len(str(low))]) <= high
        for low, high, lengths in _RANGES
    )


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for match in _RUN.finditer(text):
        yield match.group(), text[max(0, match.start() - _NEAR) : match.start()]
