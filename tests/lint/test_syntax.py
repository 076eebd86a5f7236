"""Sentences that fell apart, Chinese slips, numbers without a parent, promises taken back; and what looks alike."""

from __future__ import annotations

import pytest

from troth.model.finding import Finding
from troth.model.sentence import Sentence
from troth.policy.lint import lint_text

BROKEN = (
    "If do not agree with a charge, tell our desk.",
    "A record is made when visit our shop.",
    "For a copy please send email us at any hour.",
    "Access of your records is free.",
    "You may ask any or our clerks for help.",
    "Your data is never shared by any vendors.",
    "It is read on the our website.",
    "A clerk may go to court to defend your property or rights, or the safety of others.",
    "The purpose of this notice to explain our files.",
    "While we try to be exact; we make mistakes.",
    "We use them to count visits, monitoring our pages, measure clicks.",
    "You may [view, mend or erase it] in the panel.",
    "您可以使用手机登陆账户。",
    "我们收集您的姓名、电话、和地址。",
    "请您注意，。",
    "为完成发货，需要使用的收件人资料。",
    "我们尊重用户的权力。",
)
SOUND = (
    "If you do not agree with a charge, tell our desk.",
    "A record is made when you visit our shop.",
    "Please send us an email at any hour.",
    "Access to your records is free.",
    "You may ask any or all of our clerks for help.",
    "Your data is never shared with any vendors.",
    "We act to protect your rights and ours.",
    "The purpose of this notice is to explain our files.",
    "While we try to be exact, we make mistakes.",
    "We use them to count visits, monitor our pages and measure clicks.",
    "Backup data is stored with Exampla in Oslo.",
    "您可以使用手机登录账户。",
    "本公司计划登陆市场。",
    "我们收集您的姓名、电话和地址。",
    "为完成发货，我们需要使用收件人资料。",
    "权力机关可以要求我们提供资料。",
    "我们说明收集目的的范围。",
    "您现在在线。",
    "该信息由我们继承但不使用。",
)
CHANGED = (
    "Data law will change on 25 May 2018.",
    "The privacy act will take effect on January 1, 2020.",
    "个人信息保护法将于2021年11月1日施行。",
)
TAKEN_BACK = (
    (
        "We will never share your data without your written permission.",
        "Names may be shared with our vendors.",
    ),
    (
        "IP addresses are not linked to personal data.",
        "We store your IP address with your account.",
    ),
    (
        "Customer data is not reachable from the Internet.",
        "You can change it in your account.",
    ),
)


def _units(*texts: str) -> list[Sentence]:
    return [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(texts, 1)]


def _found(rule: str, *texts: str) -> list[Finding]:
    return [f for f in lint_text(_units(*texts)) if f.rule == rule]


@pytest.mark.parametrize("text", BROKEN)
def test_broken(text: str) -> None:
    """A sentence that fell apart is reported."""
    assert _found("typo", text)


@pytest.mark.parametrize("text", SOUND)
def test_sound(text: str) -> None:
    """A sound sentence is not."""
    assert not _found("typo", text)


@pytest.mark.parametrize("text", CHANGED)
def test_to_come(text: str) -> None:
    """A law that is in force is no longer to come."""
    assert _found("stale-date", text)


def test_changed() -> None:
    """A law that changed on that day is spoken of rightly."""
    assert not _found("stale-date", "The law changed on 25 May 2018.")


def test_parent() -> None:
    """2.2.1 needs a 2.2 where 2.1 has a place of its own."""
    assert _found("numbering", "2.1 Names", "2.1.1 Given names", "2.2.1 Family names")
    assert not _found("numbering", "2.1 Names", "2.1.1 Given names", "2.2 Families", "2.2.1 Family names")


@pytest.mark.parametrize(("promise", "opposite"), TAKEN_BACK)
def test_taken_back(promise: str, opposite: str) -> None:
    """A promise that another sentence takes back is a contradiction; alone it is none."""
    assert any(f.kind == "contradiction" for f in lint_text(_units(promise, opposite)))
    assert not any(f.kind == "contradiction" for f in lint_text(_units(promise)))


def test_nameless() -> None:
    """Companies described by their being of help are anybody."""
    assert _found(
        "recipient-open",
        "We give your data to businesses which supply services that assist us in daily trade.",
    )
