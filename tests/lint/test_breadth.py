"""Statements that limit nothing, limits that the next sentence leaves, and harmless sentences that look alike."""

from __future__ import annotations

import pytest

from troth.model.sentence import Element, Sentence
from troth.policy.lint import lint_text

_EU = "Frost BV, Kade 4, 1011 AB Amsterdam, follows the GDPR."
WIDE = (
    ("purpose-open", ("We use your details for:", "- 2.1 carrying on our business and operations;")),
    ("purpose-open", ("We use your details for:", "- commercial purposes;")),
    ("purpose-open", ("我们出于业务需要，使用您的信息。",)),
    ("consent-bundled", ("Data given for one purpose may be used for all the others.",)),
    ("new-use-optout", ("We share your address only if you have agreed or we have informed you.",)),
    ("new-use-optout", ("除非您同意或者我们已告知您，我们不会共享您的地址。",)),
    ("list-open", ("我们收集以下信息：", "- (1) 姓名；", "- (2) 其他信息：服务需要的信息。")),
    ("sensitive-consent", ("我们会收集您的如下信息：", "- (1) 姓名；", "- (2) 位置信息：附近基站；")),
    ("retention-vague", ("我们在您的帐户有效期内保留信息。",)),
    ("term-undefined", ("Frost sets cookies for certain reasons.",)),
    ("credential-in-cookie", ("The account name and password are kept in cookies.",)),
    (
        "confidentiality-conflict",
        (
            "Polaris is not permitted to disclose the figures.",
            "Polaris may also pass figures on to third parties.",
        ),
    ),
    (
        "confidentiality-conflict",
        (
            "We disclose your data only in the ways described here.",
            "In other cases we use reasonable efforts to avoid the disclosure of your data.",
        ),
    ),
    (
        "confidentiality-conflict",
        (
            "We may disclose your data to the following parties:",
            "- courts",
            "- our sister firm in Lund",
            "## Figures",
            "We have a processing agreement with Polaris.",
        ),
    ),
    ("transfer-undisclosed", (_EU, "## Tool: Polaris", "Location: USA")),
    ("rights-missing", ("This notice explains how we work and what the rights are that you have.",)),
    ("typo", ("Dept collection firms get your address.",)),
    ("typo", ("We do not allow IP addresses to be masked.",)),
)
NARROW = (
    ("purpose-open", ("We use your details to run our business with you: invoices and parcels.",)),
    ("consent-bundled", ("You consent to each of the purposes apart.",)),
    ("new-use-optout", ("除非您同意，我们不会共享您的地址。",)),
    ("list-open", ("我们收集以下信息：", "- (1) 姓名；", "- (2) 其他信息：包括电话和邮箱。")),
    ("sensitive-consent", ("我们会收集您的位置信息。", "位置信息用于推荐附近机房，您可以在系统权限中关闭。")),
    ("term-undefined", ("Frost sets cookies for two reasons: language and login.",)),
    ("credential-in-cookie", ("Your password is never kept in cookies.",)),
    (
        "confidentiality-conflict",
        ("Polaris is not permitted to disclose the figures.", "Frost may pass figures on to third parties."),
    ),
    ("transfer-undisclosed", (_EU, "Standard contractual clauses apply.", "Location: USA")),
    ("rights-retaliation", ("If you opt out and close your browser, the cookie ends.",)),
    ("contact-invalid", ("Type: https-only cookie",)),
    (
        "duplicate-clause",
        ("We tell you the news; opt out of these mailings here.", "Users may not opt-out of bills."),
    ),
    (
        "duplicate-sentence",
        (
            "To get a copy, send these:",
            "- a signed form with your full name",
            "To get an entry corrected, send this:",
            "- a signed form with your full name",
        ),
    ),
    ("anonymity-undefined", ("You have the option of not identifying yourself when you deal with us.",)),
    ("source-open", ("Where a third party source is used, you may ask us to name the source.",)),
    (
        "reference-unresolved",
        ("You should review the privacy policies of those websites when you visit them.",),
    ),
    ("punctuation", ("Write to desk@frost.example.com .",)),
    ("punctuation", ("请阅读本条(未成年人请由家长陪同）。",)),
    ("credential-shown", ("Agents ask for documents verifying the credentials of the proxy.",)),
    ("children-missing", ("We collect names and follow the Australian Privacy Principles.",)),
    (
        "sensitive-consent",
        (
            "We may collect your medical records.",
            "We will not collect sensitive information unless we have your consent.",
        ),
    ),
    ("business-transfer-unconditional", ("对于第三方提供的网站，我们无控制权，也不提供您的信息。",)),
    ("dpo-identity", ("The privacy officer and the purposes are listed below.",)),
)


def _findings(texts: tuple[str, ...]) -> dict[str, set[str]]:
    units: list[Sentence] = []
    section: tuple[str, ...] = ()
    for number, line in enumerate(texts, 1):
        element: Element = (
            "heading" if line.startswith("## ") else "bullet" if line.startswith("- ") else "sentence"
        )
        text = line.removeprefix("## ")
        units.append(Sentence(f"s{number}", number, text, element, section, number))
        section = (text,) if element == "heading" else section
    found: dict[str, set[str]] = {}
    for finding in lint_text(units):
        found.setdefault(finding.rule, set()).update(s.id for s in finding.sentences)
    return found


@pytest.mark.parametrize(("rule", "texts"), WIDE)
def test_wide(rule: str, texts: tuple[str, ...]) -> None:
    """The statement is reported, with its sentence."""
    assert _findings(texts).get(rule)


@pytest.mark.parametrize(("rule", "texts"), NARROW)
def test_narrow(rule: str, texts: tuple[str, ...]) -> None:
    """A sentence that only looks like it is not."""
    assert rule not in _findings(texts)
