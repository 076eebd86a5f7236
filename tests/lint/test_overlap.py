"""Findings that say what another one says."""

from __future__ import annotations

from troth.model.finding import Finding
from troth.model.sentence import Sentence
from troth.policy.lint.overlap import distinct

ONE, TWO = Sentence("s1", 1, "One."), Sentence("s2", 2, "Two.")


def _finding(rule: str, *about: Sentence, kind: str = "risky-promise") -> Finding:
    return Finding(kind, rule, "warn", "wrong", "better", about, "")


def test_within() -> None:
    """A finding of the same rule about fewer sentences is left out."""
    wide, narrow = _finding("data-sale", ONE, TWO), _finding("data-sale", ONE)
    assert list(distinct([narrow, wide])) == [wide]


def test_same_sentences() -> None:
    """Of two equal ones the first stays; other classes and findings about the whole text stay too."""
    first, again = _finding("data-sale", ONE), _finding("data-sale", ONE)
    other, whole = _finding("data-sale", ONE, kind="open-ended"), _finding("data-sale")
    assert list(distinct([first, again, other, whole, whole])) == [first, other, whole, whole]


def test_covered() -> None:
    """A conflict of periods says already that one of them has no end."""
    conflict = _finding("retention-conflict", ONE, TWO, kind="contradiction")
    assert list(distinct([conflict, _finding("retention-indefinite", TWO)])) == [conflict]
