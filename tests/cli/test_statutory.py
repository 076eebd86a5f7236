"""Duties that give themselves more time than the law of the places that a policy names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small import small
from tests.cli.terminal import policy

BREACH = """
promise breach notify "Breach"
  when breach-confirmed
    must notify data-protection-authority within {}
    must notify data-subject within ~9 days
  prove breach-timeline
```
"""


def late(tmp_path: Path, places: str, answer: str, notice: str = "72 hours") -> list[tuple[str, str]]:
    """Rule and law of each finding about the small policy, with its answer to an erasure and a notice of breaches."""
    file = small(
        tmp_path, "policy.troth.md",
        ('language = "en"', f'language = "en"\njurisdictions = [{places}]'),
        ("within 30 days. {", f"within {answer}. {{"), ("within 30 days\n", f"within {answer}\n"),
        ("  prove request-timeline\n```\n", "  prove request-timeline\n" + BREACH.format(f"~{notice}")),
    )  # fmt: skip
    found = policy("check", file, "--json").json["findings"]
    return [(one["promise"], one["law"]) for one in found if one["rule"] == "deadline-over-law"]


@pytest.mark.parametrize(
    ("places", "answer", "found"),
    [
        ('"eu"', "30 days", []),
        ('"eu"', "1 months", []),
        ('"eu"', "31 days", []),
        ('"eu"', "5 weeks", [("erase", "GDPR 12(3)")]),
        ('"eu", "uk"', "2 months", [("erase", "GDPR 12(3)"), ("erase", "UK GDPR 12, 12A")]),
        ('"us-ca"', "45 days", []),
        ('"hk"', "2 years", []),
        ("", "2 years", []),
    ],
)
def test_answers(tmp_path: Path, places: str, answer: str, found: list[tuple[str, str]]) -> None:
    """An answer later than a law of the declared places gives is told with that law; a law without a number binds to none."""
    assert sorted(late(tmp_path, places, answer)) == found


def test_notices_of_a_breach(tmp_path: Path) -> None:
    """The authority is told within the law's hours; persons are told without a number in the law."""
    assert late(tmp_path, '"eu"', "30 days", "3 days") == []
    assert late(tmp_path, '"eu"', "30 days", "5 days") == [("breach", "GDPR 33(1),(4)")]
