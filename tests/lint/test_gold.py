"""Findings on whole policies against their annotation."""

from __future__ import annotations

import pytest

from tests.lint.gold import load, names, score
from troth.policy.lint import lint_text

CLEAN = ("good_hk", "good_sg", "good_us", "good_zh", "hoster_de")
FAULTY = tuple(name for name in names() if name not in CLEAN)
ASKED = 0.9


@pytest.mark.parametrize("name", FAULTY)
def test_recall(name: str) -> None:
    """At least nine in ten annotated findings of a policy are reported."""
    gold = load(name)
    result = score(gold, lint_text(gold.sentences))
    assert result.recall >= ASKED, result.missed


@pytest.mark.parametrize("name", FAULTY)
def test_precision(name: str) -> None:
    """At least nine in ten reported findings of a policy are annotated."""
    gold = load(name)
    result = score(gold, lint_text(gold.sentences))
    assert result.precision >= ASKED, result.extra


@pytest.mark.parametrize("name", CLEAN)
def test_clean(name: str) -> None:
    """A well-drafted policy gets no finding that blocks or warns."""
    findings = [f for f in lint_text(load(name).sentences) if f.severity != "info"]
    assert findings == []


@pytest.mark.parametrize("name", FAULTY)
def test_severity(name: str) -> None:
    """Most findings carry the severity that the annotation gives them."""
    gold = load(name)
    pairs = [
        (finding.severity, expected.severity)
        for finding in lint_text(gold.sentences)
        for expected in gold.expected
        if expected.rule == finding.rule and {s.id for s in finding.sentences} & expected.sentences
    ]
    assert sum(a == b for a, b in pairs) >= 0.8 * len(pairs)
