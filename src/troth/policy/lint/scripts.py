"""Simplified characters in a text of traditional ones, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.hanzi import SIMPLIFIED, TRADITIONAL
from troth.policy.lint.document import Document
from troth.policy.lint.report import quote, report

_MOST = 5  # characters of the script of the text for one of the other
_AROUND = 4
_EITHER = frozenset("雇届覆")  # written in both scripts, by some


def scripts(doc: Document) -> Iterator[Finding]:
    """Characters of the other script in a text (rule mixed-language)."""
    if not doc.chinese:
        return
    counted = [sum(c in script for r in doc.readings for c in r.text) for script in (TRADITIONAL, SIMPLIFIED)]
    if min(counted) * _MOST > max(counted) or not min(counted):
        return
    other = SIMPLIFIED if counted[0] > counted[1] else TRADITIONAL
    odd = [(r, [n for n, c in enumerate(r.text) if c in other and c not in _EITHER]) for r in doc.body]
    odd = [(r, places) for r, places in odd if places]
    if odd:
        yield report(
            "drafting-error/mixed-language",
            "info",
            [r for r, _ in odd],
            "characters of the other script: "
            + quote(r.text[max(0, places[0] - _AROUND) : places[0] + _AROUND] for r, places in odd),
            hint="write simplified or traditional characters throughout",
        )


DETECTORS = (scripts,)
