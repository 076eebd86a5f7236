"""Times that a text names: "within thirty (30) days", "三十日内", and the vague ones ("promptly")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from troth.policy.numbers import numbers

_UNITS = {
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "quarter": "quarters",
    "小时": "hours",
    "日": "days",
    "天": "days",
    "周": "weeks",
    "个月": "months",
    "月": "months",
    "年": "years",
}
_SPAN = re.compile(
    r"(?<![0-9a-z.-])(?:[a-z-]+ ?\(|[一二两三四五六七八九十百]+ ?[（(])?"
    r"(?P<number>\d{1,4}|[a-z]+(?:-[a-z]+)?|[一二两三四五六七八九十百]+)[)）]?[\s-]?"
    r"(?P<business>business |working |个?工作)?(?:calendar )?"
    r"(?P<unit>hour|day|week|month|year|quarter|小时|日|天|周|个月|月|年)s?(?![a-z]| of age| old)"
)
_EVERY = re.compile(
    r"\b(?:annual\w*|yearly|every year|once a year|quarterly|every quarter|monthly|weekly|daily)\b"
    r"|每年|每季|每月"
)
_PERIODS = {
    "annual": "1 years",
    "year": "1 years",
    "quarter": "1 quarters",
    "month": "1 months",
    "week": "1 weeks",
}
_VAGUE = (
    (re.compile(r"\bimmediately\b|\bwithout delay\b|立即|立刻"), "~24 hours"),
    (
        re.compile(r"\bas soon as\b|\bwithout undue delay\b|\bpromptly\b|\btimely\b|\bshortly\b|及时|尽快"),
        "~72 hours",
    ),
    (re.compile(r"\breasonable (?:period|time)\b|合理(?:期限|时间)"), "~30 days"),
)


@dataclass(frozen=True, slots=True)
class Times:
    """The times a sentence names, as the rule language writes them.

    Attributes:
        span: "30 days"; "" where the text gives none.
        vague: "~72 hours" for "promptly"; "" where the text is not vague about a time.
        every: "~1 years" for "regularly", "1 quarters" for "quarterly"; "" where nothing comes again.
    """

    span: str = ""
    vague: str = ""
    every: str = ""

    def within(self, default: str) -> str:
        """The time in which something is due: the text's own, the one for its vague word, or the default."""
        return self.span or self.vague or default


def times_in(text: str) -> Times:
    """The first time of each sort that a plain text names."""
    span = next((span for found in _SPAN.finditer(text) if (span := _span(found))), "")
    vague = next((time for pattern, time in _VAGUE if pattern.search(text)), "")
    return Times(span, vague, _every(text))


def _span(found: re.Match[str]) -> str:
    """The span as the rule language writes it; "" where the word before the unit is no number."""
    values = numbers(found["number"])
    if not values:
        return ""
    unit = _UNITS[found["unit"]]
    return f"{int(min(values))} {'business-' if found['business'] and unit == 'days' else ''}{unit}"


def _every(text: str) -> str:
    """The period at which something comes again."""
    named = _EVERY.search(text)
    if named:
        word = named.group()
        key = next((key for key in _PERIODS if key in word), "")
        han = {"每年": "1 years", "每季": "1 quarters", "每月": "1 months"}
        return _PERIODS.get(key) or han.get(word, "1 days")
    return "~12 months" if re.search(r"\b(?:regular|periodic)\w*\b|定期", text) else ""
