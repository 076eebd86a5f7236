"""Texts that only resemble a fault, rule by rule, in the wordings of published policies, beside ones that have it."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tests.lint.gold import DATA
from troth.policy.intake import read_text
from troth.policy.lint import lint_text
from troth.policy.split import split


@lru_cache
def _cases(sign: str) -> tuple[tuple[str, str, str], ...]:
    """Rule, places and text of the cases of one sign in `data/unfounded.txt`."""
    lines = (DATA / "unfounded.txt").read_text(encoding="utf-8").splitlines()
    rows = [line[2:].split(" ; ", 2) for line in lines if line.startswith(f"{sign} ")]
    return tuple((rule, places, text) for rule, places, text in rows)


def _rules(places: str, text: str) -> set[str]:
    lines = text.replace("| // |", "|\n|").replace(" // ", "\n\n")
    units = split(read_text(lines.encode(), "policy.md"))
    return {f.rule for f in lint_text(units, jurisdictions=() if places == "-" else places.split())}


@pytest.mark.parametrize(("rule", "places", "text"), _cases("-"), ids=lambda x: x[:40])
def test_unfounded(rule: str, places: str, text: str) -> None:
    """What only resembles a fault is not reported."""
    assert rule not in _rules(places, text)


@pytest.mark.parametrize(("rule", "places", "text"), _cases("+"), ids=lambda x: x[:40])
def test_founded(rule: str, places: str, text: str) -> None:
    """The fault beside it is."""
    assert rule in _rules(places, text)
