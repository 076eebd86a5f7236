"""Rows of tables that say how long something is kept: "Invoices | tax law | 10 years" under "Data | Why | Kept for"."""

from __future__ import annotations

import re

from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.spans import spans

_STROKE = re.compile(r"\s*\|\s*")
_KEPT = Phrase(
    r"\b(?:kept|keep|held|hold|retain\w*|retention|how long|until when|stored (?:for|until)|storage (?:period|time|duration|limit|term)|deleted|deletion|eras(?:ed|ure)|periods?|duration|time limit)\b|"
    r"(?:保存|保留|存储|储存|留存|利用)(?:的)?(?:期限|期间|时间|时长|期)|期限|删除(?:时间|期限)"
)
# under a heading on keeping, any column with a length of time says it
_ON_KEEPING = Phrase(
    r"\b(?:retention|retain|keep|kept|how long|storage period|deletion)\b|保存|保留|存储期|留存"
)
_UNTIL = Phrase(
    r"\b(?:until|till|after|while|as long as|life(?:time)?|session|during|term|for ever|indefinite\w*|permanent\w*)\b|直到|直至|为止|之前|期间|终止|注销|永久"
)
# how long a cookie lasts says nothing on the records of customers
_COOKIE = Phrase(r"\bcookies?\b|cookie")


def _cells(reading: Reading) -> list[str]:
    return _STROKE.split(reading.low.strip().strip("|").strip())


def _border(reading: Reading) -> bool:
    return "|" in reading.low and not any(c.isalnum() for c in reading.low)


def _find(doc: Document) -> tuple[Reading, ...]:
    found: list[Reading] = []
    head: Reading | None = None
    for reading in doc.readings:
        if "|" not in reading.low:
            head = None
        elif head is None:
            head = reading
        elif not _border(reading) and _says(head, reading):
            found.append(reading)
    return tuple(found)


def _says(head: Reading, row: Reading) -> bool:
    """Whether a row names a time in a column on keeping."""
    title = " ".join(row.sentence.section[-1:]).lower()
    if _COOKIE.search(title) or _COOKIE.search(row.low) or _COOKIE.search(head.low):
        return False
    names, cells = _cells(head), _cells(row)
    if _ON_KEEPING.search(title) and any(spans(cell) for cell in cells[1:]):
        return True
    return any(
        _KEPT.search(name) is not None and (spans(cell) or _UNTIL.search(cell) is not None)
        for name, cell in zip(names, cells, strict=False)
    )


def kept_rows(doc: Document) -> tuple[Reading, ...]:
    """The rows of tables that say how long something is kept."""
    return doc.once(_find)
