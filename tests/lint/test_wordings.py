"""Wordings of published policies by rule: those that the rule must find, and harmless ones beside them."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tests.lint.gold import DATA
from troth.policy.intake import read_text
from troth.policy.lint import lint_text
from troth.policy.split import split


@lru_cache
def _wordings() -> dict[str, dict[str, tuple[str, ...]]]:
    """The texts of `data/wordings.txt` by rule and sign."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    rule = ""
    for line in (DATA / "wordings.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            rule = line[3:]
            found[rule] = {"+": (), "-": ()}
        elif line[:2] in {"+ ", "- "}:
            found[rule][line[0]] += (line[2:],)
    return found


def _rules(text: str) -> set[str]:
    lines = text.replace(" // ", "\n\n")
    file = "policy.md" if lines.startswith("# ") else "policy.txt"
    return {finding.rule for finding in lint_text(split(read_text(lines.encode(), file)))}


@pytest.mark.parametrize("rule", list(_wordings()))
def test_found(rule: str) -> None:
    """What a lawyer marks is found, whatever its syntax and voice."""
    assert [text for text in _wordings()[rule]["+"] if rule not in _rules(text)] == []


@pytest.mark.parametrize("rule", list(_wordings()))
def test_left_alone(rule: str) -> None:
    """What looks alike and is harmless is left alone."""
    assert [text for text in _wordings()[rule]["-"] if rule in _rules(text)] == []
