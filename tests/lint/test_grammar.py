"""Slips of grammar that every reader sees, and correct sentences that look alike."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text

SLIPS = (
    "With the subscribers consent we may send a bulletin.",
    "Here are a summary of what we log.",
    "There is several ways to reach our desk.",
    "You can stop it by opening your profile and untick the box.",
    "Reach us by phoning or email us at any time.",
    "Figures are seen by us, our vendors or analytics.",
    "Quotes of happy client on our front page are shown by permission.",
    "You may correct it by logging to your control panel.",
    "We shall inform you the changes of this notice.",
    "The ground is Art. 6 GDPR 1. f) in each case.",
    "The paper is kept kept in a locked room.",
    "We record your name, phone, e-mail, phone and company.",
    "We do not shares anything with resellers.",
    "Our bank is in \u0421yprus.",
    "我们会发出公告您并说明原因。",
    "我们收集您的姓名、电话、电话、地址。",
)
FINE = (
    "We give the users choices in the panel.",
    "There are a number of ways to reach us.",
    "You can stop it by opening your profile and unticking the box.",
    "By continuing to access and use the panel you reach your files.",
    "We notify you of any changes in this notice.",
    "We know that that rule is strict.",
    "The subscribers' consent is recorded.",
    "We record your name, phone, e-mail and company.",
    "我们收集您的姓名、电话、地址。",
)


def _typos(*texts: str) -> list[str]:
    units = [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(texts, 1)]
    return [f.message for f in lint_text(units) if f.rule == "typo"]


@pytest.mark.parametrize("text", SLIPS)
def test_slip(text: str) -> None:
    """A slip is reported."""
    assert _typos(text)


@pytest.mark.parametrize("text", FINE)
def test_fine(text: str) -> None:
    """A correct sentence is not."""
    assert not _typos(text)


def test_law_names() -> None:
    """One law under two names is a slip, unless the text says that they are one."""
    assert _typos("The basis is Art. 6 GDPR.", "Storage rests on Art. 6 DSGVO.")
    assert not _typos("The basis is the GDPR (in German: DSGVO).", "Storage rests on the DSGVO.")
