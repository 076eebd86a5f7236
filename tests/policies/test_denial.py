"""Sentences that deny what their rules permit."""

from __future__ import annotations

import pytest

from tests.policies.cases import policy_file
from troth.policy.bind import compile_file
from troth.policy.check import check


def _found(sentence: str, *rules: str) -> list[str]:
    lines = "\n".join(f"  {rule}" for rule in rules)
    text = policy_file(f'{sentence} {{#s1 p}}\n\npromise p share "P"\n{lines}\n  prove timer\n')
    return [one.rule for one in check(compile_file(text.encode(), "p.troth.md")) if one.severity == "block"]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("We do not sell your personal data.", "may sell personal-data"),
        ("We never share or disclose your name.", "may disclose name to partner"),
        ("We will never sell, rent or trade your data.", "may sell personal-data"),
        ("We don’t collect your location.", "may collect location"),
        ("我们不会出售您的个人信息。", "may sell personal-data"),
        ("我们绝不向任何人披露您的姓名。", "may disclose name"),
    ],
)
def test_a_sentence_that_denies_what_its_rule_permits(sentence: str, rule: str) -> None:
    """The opposite of a plain denial is no way to keep it."""
    assert _found(sentence, rule) == ["sentence-denies"]
    assert _found(sentence, rule.replace("may ", "never ", 1)) == []


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("We do not sell your data without your consent.", ["may sell personal-data on consent"]),
        ("We do not keep logs longer than we need them.", ["may retain usage-log"]),
        ("We do not sell your data.", ["may share personal-data to partner"]),
        ("We do not sell your data.", ["never sell personal-data", "may sell aggregate-statistics"]),
        ("We collect data that you do not give us.", ["may collect name"]),
        ("We do not share your data.", ["may share name if opted-in"]),
        ("除法律规定外，我们不会披露您的信息。", ["may disclose personal-data"]),
        ("我们不会收集超过必要范围的信息。", ["may collect name"]),
    ],
)
def test_a_limited_denial_is_none(sentence: str, rules: list[str]) -> None:
    """What limits its denial, or speaks of another act, may well permit something."""
    assert "sentence-denies" not in _found(sentence, *rules)
