"""What a text announces and does not give, what it gives twice and unlike, and what was left in it by mistake."""

from __future__ import annotations

import pytest

from troth.model.sentence import Element, Sentence
from troth.policy.lint import lint_text

_DESK = "Write to desk@frost.example.com."
GIVEN = (
    (
        "name-inconsistent",
        ("The Harbour Records Act 1997 applies.", "We follow the Harbour Records Act 1987."),
    ),
    (
        "duplicate-sentence",
        ("This notice was last amended on 03-19-2021.", "Last amendment of this notice: 19 March 2021."),
    ),
    ("date-conflict", ("Last updated: 4 May 2021", "This page was last revised on 5 June 2022.")),
    ("date-conflict", ("更新日期：2021年5月4日", "本政策最近更新于2022年6月5日。")),
    ("contact-missing", (_DESK, "Complaints may be lodged by fax.")),
    ("contact-missing", (_DESK, "You can withdraw your consent by telephone.")),
    (
        "contact-missing",
        (_DESK, "Frost Pty Ltd, ABN 11 222 333 444.", "Complaints may be made by telephone."),
    ),
    ("contact-missing", ("邮箱：desk@frost.example.com", "您可以拨打客服热线与我们联系。")),
    ("contact-invalid", ("Phone: +65 6123 4567, fax: +65 612 4567.",)),
    ("contact-invalid", ("Write to desk@frosthaven.com.", "Visitors write to door@frosthavn.com.")),
    ("name-inconsistent", ("The General Data Protection Regulation (EU) 2016/697 applies.",)),
    ("placeholder", ("Write to (company name) at any time.",)),
    ("placeholder", ("Logs are kept for [number of days] days.",)),
    ("list-missing", ("We delete logs.", "The rules below hold on condition that:")),
    ("list-missing", ("## 2. Keys", "我们收集的信息包括：", "## 3. Locks", "锁由我们保管。")),
    (
        "reference-unresolved",
        ("Both firms and the responsible data officer are named below.", "That is all."),
    ),
    (
        "reference-unresolved",
        ("The following links show how to block them:", "- Northfox", "- Seabrowser"),
    ),
    (
        "reference-unresolved",
        (
            "Please see section 2 for details on shareholder dividends.",
            "## 1. Keys",
            "Keys are kept.",
            "## 2. Locks",
            "Locks are shut.",
        ),
    ),
    (
        "reference-unresolved",
        ("We answer within the period stated in this policy.", "## Access", "Ask us for a copy."),
    ),
    ("placeholder", ("We log the pages that you read (if you collect this).",)),
    ("placeholder", ("Backups are kept for a month; delete if not applicable.",)),
    ("placeholder", ("This is where you explain which cookies are set.",)),
    ("typo", ("The loss is told to the owner. and the disk is locked away.",)),
    ("typo", ("We keep the log for to find faults.", "We use cookies for to find faults.")),
    ("typo", ("We store data about from members.",)),
    ("typo", ("## How we keep the keys we hold?", "In a safe.")),
    ("typo", ("## What is Server Keys?", "Small strings.")),
)
FINE = (
    (
        "name-inconsistent",
        (
            "The Harbour Records Act 1998 was followed by a new one.",
            "We follow the Harbour Records Act 2018.",
        ),
    ),
    ("date-conflict", ("Last updated: 4 May 2021", "Effective date: 1 June 2021")),
    ("date-conflict", ("Last updated: 4 May 2021", "The previous version was last updated on 2 May 2020.")),
    ("contact-missing", (_DESK, "Complaints may be lodged by fax.", "Fax: +49 30 1234567")),
    ("contact-missing", (_DESK, "We may call you by telephone about your order.")),
    ("contact-invalid", ("Phone: +65 6123 4567, fax: +65 6123 4568.",)),
    ("contact-invalid", ("Write to desk@frosthaven.com.", "Visitors write to door@northhaven.com.")),
    ("name-inconsistent", ("The General Data Protection Regulation (EU) 2016/679 applies.",)),
    ("list-missing", ("The rules hold on condition that:", "- you are of age", "- you have a key")),
    ("list-missing", ("We collect the following:", "## Names", "First and last name.")),
    ("placeholder", ("We advise you to read this page before you order.",)),
    ("typo", ("The loss is told to the owner. And the disk is locked away.",)),
    ("typo", ("## How do we keep the keys?", "In a safe.")),
    ("typo", ("## What is your address?", "Lund.")),
    ("typo", ("We sell parts by Frost Inc. and the like.",)),
    ("typo", ("The place where you are is not recorded.",)),
    ("typo", ("We use it in of course two ways.",)),
)


def _rules(texts: tuple[str, ...]) -> set[str]:
    units: list[Sentence] = []
    section: tuple[str, ...] = ()
    for number, line in enumerate(texts, 1):
        element: Element = (
            "heading" if line.startswith("## ") else "bullet" if line.startswith("- ") else "sentence"
        )
        text = line.removeprefix("## ")
        units.append(Sentence(f"s{number}", number, text, element, section, number))
        section = (text,) if element == "heading" else section
    return {f.rule for f in lint_text(units)}


@pytest.mark.parametrize(("rule", "texts"), GIVEN)
def test_given(rule: str, texts: tuple[str, ...]) -> None:
    """The flaw is reported."""
    assert rule in _rules(texts)


@pytest.mark.parametrize(("rule", "texts"), FINE)
def test_fine(rule: str, texts: tuple[str, ...]) -> None:
    """Its sound neighbour is not."""
    assert rule not in _rules(texts)
