"""Promises and the sentences that break them in other words."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted
from troth.policy.lint.broken_promises import MATTERS, sides

BROKEN = (
    (
        "never-vs-may",
        "No decision about you is made by a machine alone.",
        "Our order system turns down trial accounts by itself where the score it works out is low.",
    ),
    (
        "purpose-minimisation",
        "You can order with a nickname and any working e-mail, nothing more.",
        "High-risk orders have to pass an identity check: a passport scan and a utility bill are to be uploaded.",
    ),
    (
        "cookie-conflict",
        "ferrylamp.example uses no analytics and no advertising cookies.",
        "The shop pages carry a conversion pixel of a social network, so that our ads there can be measured.",
    ),
    (
        "purpose-conflict",
        "We use edge logs to route traffic and stop attacks, and for nothing else.",
        "We might use your information in new ways as our business grows.",
    ),
    (
        "monitoring-conflict",
        "垃圾邮件过滤只比对发件服务器的信誉，不读正文。",
        "为了训练智能回复功能，我们把用户邮件的标题和正文送入语料库，由外包标注员逐封打标签。",
    ),
)
KEPT = (
    (
        "Personal data are stored in Frankfurt only.",
        "We do not transfer personal data to a country outside Europe.",
    ),
    ("You may withdraw your consent at any time.", "You can tell us to stop at any time, and we stop."),
    ("We never sell your data.", "Invoices are kept for seven years because tax law asks for it."),
    (
        "Passwords are stored as salted hashes.",
        "If you forget yours, we send a link with which you set a new one.",
    ),
    ("我们不会出售您的个人信息。", "发票按照税法的规定保存十年。"),
    ("网站没有广告和分析工具。", "登录后我们设置一个会话Cookie，退出即失效。"),
)
HARMLESS = "The contract names the server that you rent from us."


def contradictions(*lines: str) -> list[tuple[str, frozenset[str]]]:
    """The rules of the contradictions in some lines, each with the sentences that it names."""
    return [
        (one.rule, frozenset(s.text for s in one.sentences))
        for one in linted(*lines)
        if one.kind == "contradiction"
    ]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("rule", "promise", "breach"), BROKEN)
def test_broken(rule: str, promise: str, breach: str, *, turned: bool) -> None:
    """A promise and its breach are named together, whichever comes first, with harmless sentences around them."""
    lines = (breach, HARMLESS, promise) if turned else (promise, HARMLESS, breach)
    assert (rule, frozenset({promise, breach})) in contradictions(*lines, HARMLESS)


@pytest.mark.parametrize(("promise", "other"), KEPT)
def test_kept(promise: str, other: str) -> None:
    """Two promises on one matter, and a limited act beside one, break nothing."""
    assert not contradictions(promise, HARMLESS, other)


def test_one_breach_of_a_promise() -> None:
    """A promise and a breach stand in one pair of a matter at the most, so that one slip does not fill the report."""
    _, promise, breach = BROKEN[0]
    found = contradictions(promise, breach, "A machine is never the one that decides about you.", HARMLESS)
    assert sum(breach in about for _, about in found) == 1


@pytest.mark.parametrize("chinese", [False, True])
def test_labels(chinese: bool) -> None:
    """The tables know each matter from both sides."""
    learned = sides(chinese=chinese)
    assert set(learned.labels) == {"+", "-", *(f"{name}{sign}" for name in MATTERS for sign in "+-")}
    assert len(learned.labels) == len(learned.biases)
