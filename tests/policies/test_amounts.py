"""Lengths of time in words: which lengths of a rule a sentence says, and which it does not."""

from __future__ import annotations

import time

import pytest

from troth.policy.amounts import amounts, says
from troth.policy.numbers import chinese, numbers

SAID = """
within 30 days | 30 day
within thirty (30) calendar days | 30 day
a 30-day period | 30 day
30 or more days | 30 day
1,000 days | 1000 day
one hundred and eighty days | 180 day
one hundred eighty (180) days | 180 day
within 72h | 72 hour
within 72h | 3 day
within 48hrs of it | 2 day
in 24 hours | 1 day
24-48 hours | 1 day
24 to 36 months | 2 year
between 30 and 60 days | 30 day
seven days | 1 week
a fortnight | 14 day
two fortnights | 28 day
half a year | 6 month
a half-year | 2 quarter
2 1/2 years | 30 month
2½ years | 30 month
two and a half years | 30 month
a year and a half | 18 month
2 years and 6 months | 30 month
three months | 1 quarter
a decade | 10 year
each day | 24 hour
per year | 12 month
an annual review | 1 year
quarterly | 3 month
semi-annually | 6 month
once a year | 1 year
twice a year | 6 month
once every two years | 24 month
10 working days | 10 business-day
the next business day | 1 business-day
十五日内 | 15 day
三十日期满后 | 30 day
３０日 | 30 day
一百八十天 | 180 day
十五（15）個工作日 | 15 business-day
5至7个工作日 | 5 business-day
三、五年 | 3 year
12 个月 | 1 year
3月内 | 3 month
36月 | 3 year
半年内 | 6 month
一年半 | 18 month
兩年半 | 30 month
一个半月 | 1.5 month
两个半小时 | 150 minute
1年3个月 | 15 month
每年一次 | 1 year
每年至少两次 | 6 month
每半年 | 6 month
次日 | 1 day
年满十四周岁 | 14 year
"""
NOT_SAID = """
within 30 days | 30 month
within 30 days | 30 year
within 30 days | 30 business-day
within 30 days | 1 month
10 business days | 10 day
within 24 months | 24 hour
Section 30 | 30 day
Sections 12 to 30 and 7 days | 12 day
30 Main Street | 30 day
30 per cent of the days | 30 day
30 minutes | 30 month
two and a half years | 6 month
twice a year | 2 year
每年两次 | 2 year
两个半月 | 15 day
2025年5月14日 | 14 day
2025年5月14日 | 5 month
2025年5月14日 | 2025 year
二〇二五年五月十四日 | 14 day
第三十条 | 30 day
周一至周五 | 1 week
2FA | 2 day
"""


def rows(table: str) -> list[tuple[str, float, str]]:
    """The rows of a table: text, number, unit."""
    found = []
    for row in table.strip().split("\n"):
        text, _, length = row.rpartition(" | ")
        number, unit = length.split()
        found.append((text, float(number), unit))
    return found


@pytest.mark.parametrize(("text", "number", "unit"), rows(SAID))
def test_said(text: str, number: float, unit: str) -> None:
    """A text says a length in digits, words and Chinese numerals, in any unit that makes it equally long."""
    assert says(amounts(text), number, unit)


@pytest.mark.parametrize(("text", "number", "unit"), rows(NOT_SAID))
def test_not_said(text: str, number: float, unit: str) -> None:
    """The same number of something else, a date, a section or a house number is not that length."""
    assert not says(amounts(text), number, unit)


@pytest.mark.parametrize("text", ["under 13", "under the age of thirteen", "13 years of age", "未满十三周岁"])
def test_ages(text: str) -> None:
    """What is compared with a fact may stand without its unit, and is not another length."""
    assert says(amounts(text), 13, "year", bare=True)
    assert not says(amounts("13 months"), 13, "year", bare=True)


def test_counts() -> None:
    """What counts no time is said by a number that stands alone, not by a length."""
    assert says(amounts("two approvers"), 2, "")
    assert says(amounts("at least ten people"), 10, "")
    assert not says(amounts("within ten days"), 10, "")
    assert says(amounts("within ten days"), 10, "", bare=True)


def test_numbers() -> None:
    """Numbers up to thousands are read in both languages, and a year digit by digit."""
    assert numbers("two thousand, fifty-five, 72h, 2FA, a year") == {2000.0, 55.0, 72.0, 1.0}
    assert [chinese(word) for word in ("二〇二五", "三百六十五", "两万", "一万二千", "十")] == [
        2025,
        365,
        20000,
        12000,
        10,
    ]


@pytest.mark.parametrize("text", ["hundred ", "9", "30 or ", "三", "万", "一 ", "1/", "half a ", "two 1/2 "])
def test_long_texts(text: str) -> None:
    """The longest sentence is read in moments, whatever numerals it is made of."""
    start = time.perf_counter()
    amounts((text * 10_000)[:10_000])
    assert time.perf_counter() - start < 5
