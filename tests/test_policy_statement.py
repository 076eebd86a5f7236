"""Lines that state something are told from lines that name what stands below them."""

from __future__ import annotations

import pytest

from troth.policy.statement import is_statement


@pytest.mark.parametrize(
    "line",
    [
        "We sell your personal data to advertising partners",
        "(2) You agree to everything",
        "They don’t delete it",
        "Nobody reads your mail",
        "Your data is shared with insurers",
        "The information we collect is passed on",
        "Countries we send data to may not protect it",
        "Our partners receive your e-mail address",
        "Acme shares data with partners",
        "If you close your account, we keep your records",
        "Note: we track you across sites",
        "This data is sold to insurers",
        "我们会把您的信息出售给广告商",
        "我们出售您的数据",
        "您的个人信息会被传输至境外",
        "第三方会获得您的信息",
        "本公司有权使用您的照片",
    ],
)
def test_statements(line: str) -> None:
    """A subject with its verb is a statement, with any subject, tense of the modal verb or number before it."""
    assert is_statement(line)


@pytest.mark.parametrize(
    "line",
    [
        "How We Collect Personal Information",
        "Information we may collect",
        "Parties With Whom Information May Be Shared",
        "Service providers who process your data for us",
        "If you are under 13",
        "What happens when you leave?",
        "Q: Do you sell data?",
        "International transfers of data",
        "Permitted uses of data",
        "Changes to this policy",
        "(III) Delete Information",
        "Do Not Sell My Personal Information",
        "Effective May 14, 2025",
        "Your Rights",
        "我们如何收集信息",
        "我们可能收集的信息",
        "我们保存您的信息的期限",
        "会员权益",
        "不良信息处理",
        "一、信息的收集与使用",
    ],
)
def test_headings(line: str) -> None:
    """Names, questions and clauses that hang on another one state nothing, also with a verb in them."""
    assert not is_statement(line)
