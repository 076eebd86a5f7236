"""One assurance given twice in a row, in nearly the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.lexicon import STOPWORDS, stem
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_WORD = re.compile(r"[a-z][a-z'-]+")
_FIGURES = re.compile(r"(?<![\w.])\d+(?! ?\.\d)(?:st|nd|rd|th)?\b")
# two cases of one rule: "for the same purposes ...", "for different purposes ..."
_OPPOSED = re.compile(
    r"\b(?:same|different|first|second|new|existing|paid|free|inside|outside|before|after|with|without)\b"
)
_RUN = 4  # content words in a row
_SHARE = 0.6  # of the shorter sentence
_FEWEST = 5


def _content(reading: Reading) -> list[str]:
    return [stem(w) for w in _WORD.findall(reading.low) if w not in STOPWORDS]


def _run(one: list[str], other: list[str]) -> bool:
    """Whether the two share some content words in a row."""
    runs = {tuple(one[n : n + _RUN]) for n in range(len(one) - _RUN + 1)}
    return any(tuple(other[n : n + _RUN]) in runs for n in range(len(other) - _RUN + 1))


def twice(doc: Document) -> Iterator[Finding]:
    """Two sentences in a row that assure the same (rule duplicate-clause)."""
    for one, other in pairwise(doc.body):
        if (
            one.cjk
            or one.heading
            or other.index != one.index + 1
            or one.sentence.paragraph != other.sentence.paragraph
            or one.sentence.element == "bullet"
            or one.refuses != other.refuses
            or one.acts != other.acts
            or _FIGURES.findall(one.low) != _FIGURES.findall(other.low)
            or one.low == other.low
            or (
                _OPPOSED.search(one.low) is not None
                and _OPPOSED.search(other.low) is not None
                and _OPPOSED.findall(one.low) != _OPPOSED.findall(other.low)
            )
        ):
            continue
        first, second = _content(one), _content(other)
        shorter = min(len(set(first)), len(set(second)))
        # a sentence that begins like the one before and ends like it says the same of the same
        if (
            shorter >= _FEWEST
            and first[:2] == second[:2]
            and len(set(first) & set(second)) >= _SHARE * shorter
            and _run(first, second)
        ):
            yield report(
                "duplicate/duplicate-clause",
                "info",
                (one, other),
                f"the same is said twice in a row: {quote([one.text, other.text])}",
                hint="keep one of them",
            )


DETECTORS = (twice,)
