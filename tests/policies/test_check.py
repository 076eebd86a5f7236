"""`check` on policies that are right, and on each thing that can be wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import policy
from tests.policies.cases import Case, cases, policy_file
from troth.model.finding import Finding
from troth.policy.bind import compile_file
from troth.policy.check import accept, check, idle

ALL = cases("check.cases")


def findings(case: Case) -> list[Finding]:
    """What `check` says about a case, without the note that nobody has sealed it."""
    compiled = compile_file(policy_file(case.parts[0]).encode(), "case.troth.md")
    found = accept(check(compiled), compiled.policy)
    return [one for one in (*found, *idle(found, compiled.policy)) if one.rule != "unsealed"]


@pytest.mark.parametrize("case", ALL, ids=[case.title for case in ALL])
def test_findings(case: Case) -> None:
    """The findings are exactly the expected ones, each with its words and a place."""
    found = findings(case)
    wanted = [row for row in case.parts[1].split("\n") if row.strip()]
    plain = [row for row in wanted if " hint: " not in row]
    assert sorted(one.rule for one in found) == sorted(row.split(":")[0] for row in plain)
    for row in wanted:
        rule, _, words = row.partition(": ")
        texts = [
            one.hint if rule.endswith(" hint") else one.message
            for one in found
            if one.rule == rule.removesuffix(" hint")
        ]
        assert any(words in text for text in texts), (words, texts)
    assert all(one.line or one.sentences for one in found)
    assert all(one.hint for one in found)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('jurisdictions = ["eu", "atlantis"]', "lint knows no law of `atlantis`"),
        ('jurisdictions = "eu"', "`jurisdictions` is no list"),
        ('language = "english"', "`english` is no tag of a language"),
    ],
)
def test_front_matter(line: str, said: str) -> None:
    """Laws that lint does not know and languages that are none are told; before, they were passed over."""
    text = f'+++\nprovider = "X"\nversion = "1"\n{line}\n+++\n\nWe greet you. {{#s1 i:greeting}}\n'
    found = check(compile_file(text.encode(), "case.troth.md"))
    assert [one.message for one in found] == [said]


def test_a_minimum_over_a_maximum(tmp_path: Path) -> None:
    """`check` blocks where data has to be gone before the least time for which it has to be kept, and names the broadest."""
    rules = (
        "  must retain order-information at-least ~10 years after order-completed\n"
        "  must erase order-information ~1 months after order-completed\n"
    )
    file = tmp_path / "policy.troth.md"
    file.write_text(policy_file(f'promise p retain "Keep"\n{rules}  prove timer\n'), "utf-8")
    outcome = policy("check", file, "--json")
    (found,) = [one for one in outcome.json["findings"] if one["rule"] == "minimum-over-maximum"]
    assert (outcome.code, found["severity"], found["promise"]) == (1, "block", "p")
    assert found["message"].startswith("order-information is kept for at least 10 years")
    assert found["sentences"]


@pytest.mark.parametrize(
    ("line", "pointed"),
    [
        ("  may use name until 45 days after account-closed", "45 days after account-closed"),
        ('  covers "every promise"\n  covers "no such words"\n  may use name', '"no such words"'),
        ('  covers s1 "no such words"\n  covers s1 "every promise"\n  may use name', '"no such words"'),
        (
            "  may use name\n  first means minor or second\n  second means first",
            "first means minor or second",
        ),
    ],
)
def test_place(line: str, pointed: str) -> None:
    """A finding about a part of a promise points at it, to line and column, not at the promise."""
    rules = f'define aside means minor\n\npromise p use "Use"\n{line}\n  prove timer\n'
    (found,) = findings(Case("", (rules, "")))
    row = policy_file(rules).split("\n")[found.line - 1]
    assert row[found.column - 1 :] == pointed


def test_a_sentence_that_is_shown_otherwise_than_it_is_written() -> None:
    """A turn of direction (CVE-2021-42574) shows readers other words than the ones that were reviewed."""
    for sign in "\u202e\u2066":
        text = policy_file(f"We delete it within {sign}30 days. {{#s1 i:statement}}\n")
        found = [one for one in check(compile_file(text.encode(), "p.troth.md")) if one.rule == "hidden-turn"]
        assert [one.severity for one in found] == ["block"]
        assert f"U+{ord(sign):04X}" in found[0].message
