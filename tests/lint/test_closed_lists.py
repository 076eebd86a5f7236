"""Lists that are said to be closed, and who or what stands elsewhere in the text."""

from __future__ import annotations

import pytest

from tests.lint.lines import called, rules, rules_of

WHO = "confidentiality-conflict"
WHY = "purpose-conflict"

NOBODY = (
    "# Recipients",
    "We do not share your personal information with anybody except the following:",
    "- our payment processor Stripe",
    "- courts that order it",
)
ONLY = (
    "# Purposes",
    "We use your personal data only for the following purposes:",
    "- to set up your server",
    "- to send invoices",
)
ELSEWHERE = ("# Domains", "We disclose your personal data to the registry and to ICANN.")
AIM = ("# Account", "We also use your personal data for credit checks.")

FOUND = (
    (WHO, (*NOBODY, *ELSEWHERE)),
    (WHO, (*NOBODY, "# Group", "We share your personal information with our affiliates.")),
    (
        WHO,
        (
            "# Recipients",
            "We only disclose your personal data to the following:",
            "- banks",
            "# Sale",
            "When we merge with another company we transfer your personal data to it.",
        ),
    ),
    (WHY, (*ONLY, *AIM)),
    (WHY, (*ONLY, "# Ads", "We use your personal data to show you interest-based ads.")),
)
SILENT = (
    # who is on the list may be spoken of elsewhere
    (WHO, (*NOBODY, "- registries such as ICANN", *ELSEWHERE)),
    (WHO, (*NOBODY, "# Domains", "We never disclose your personal data to a registry or to ICANN.")),
    (WHO, (*NOBODY, "# Figures", "We share aggregated data with our affiliates.")),
    (WHO, (*NOBODY, "# Group", "With your consent we share your personal information with our affiliates.")),
    # the list says that other parts go on with it
    (
        WHO,
        (
            "# Recipients",
            "Except as described in this policy, we only share your personal information with the following:",
            "- our payment processor Stripe",
            *ELSEWHERE,
        ),
    ),
    (WHY, (*ONLY, "- to check your credit", *AIM)),
    (WHY, (*ONLY, "# Account", "We do not use your personal data for credit checks.")),
    (
        WHY,
        (
            "# Purposes",
            "We use your personal data, among others, for these purposes:",
            "- to send invoices",
            *AIM,
        ),
    ),
)


@pytest.mark.parametrize(("rule", "lines"), FOUND, ids=called)
def test_what_a_closed_list_does_not_have_is_found(rule: str, lines: tuple[str, ...]) -> None:
    """Whoever gets data, or whatever it is used for, outside the list takes back that the list is closed."""
    assert rule in rules_of(lines, ())


@pytest.mark.parametrize(("rule", "lines"), SILENT, ids=called)
def test_what_agrees_with_a_closed_list_is_left_alone(rule: str, lines: tuple[str, ...]) -> None:
    """What the list has, what is refused or agreed to, and open lists contradict nothing."""
    assert rule not in rules_of(lines, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "我们仅将您的个人信息用于以下目的：//- 开通主机//- 开具发票//我们使用您的个人信息进行信用评估。",
            True,
        ),
        (
            "我们仅将您的个人信息用于以下目的：//- 开通主机//- 信用评估//我们使用您的个人信息进行信用评估。",
            False,
        ),
    ],
)
def test_closed_purposes_in_chinese(text: str, found: bool) -> None:
    """A Chinese list of purposes that is closed is read against the rest in the same way."""
    assert (WHY in rules(text)) is found
