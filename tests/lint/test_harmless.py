"""Sentences of registrars and delivery networks that only sound like a fault, beside the ones that are one."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def rules(*texts: str) -> set[str]:
    """The rules that report something about these sentences."""
    sentences = [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(texts, 1)]
    return {one.rule for one in lint_text(sentences)}


HARMLESS = [
    (
        "confidentiality-conflict",
        ("We hand your data to the registry.", "Residents can tell us not to sell or share their data."),
    ),
    (
        "confidentiality-conflict",
        ("我们不会将您的个人信息出售或出租给任何人。", "我们与服务提供商共享个人信息，以便提供服务。"),
    ),
    (
        "confidentiality-conflict",
        (
            "我们不会向任何第三方出售您的个人信息。",
            "本公司位于杭州。",
            "我们向支付机构提供您的订单信息，以便付款。",
        ),
    ),
    (
        "never-vs-may",
        ("我们不使用Cookie进行跨站广告跟踪。", "我们使用Cookie记住您的登录状态，并统计访问量。"),
    ),
    (
        "basis-missing",
        (
            "Example Ltd, London, United Kingdom, is the controller under the UK GDPR.",
            "We use your name to manage your account because the contract needs it.",
            "We use your email address for our newsletter if you have consented.",
            "You can withdraw your consent at any time.",
        ),
    ),
    (
        "basis-undefined",
        (
            "We use your email address for our newsletter if you have consented.",
            "You can withdraw consent at any time.",
        ),
    ),
    (
        "retention-conflict",
        (
            "We keep logs of DNS queries for 24 hours.",
            "Of the requests to our network we log one in a hundred, and delete the log after 7 days.",
        ),
    ),
    (
        "consent-silence",
        ("We do not give the name of the reporter to the holder, unless the reporter agrees.",),
    ),
    (
        "consent-by-use",
        ("We do not give the name of the reporter to the holder, unless the reporter agrees.",),
    ),
    ("anonymity-undefined", ("Who reports abuse can stay anonymous, and we do not give their name away.",)),
    ("data-sale", ("我们不出售您的数据。", "加州居民可以告知我们不要出售其数据。")),
    ("data-sale", ("我们不允许我们的服务提供商出售个人信息。",)),
    (
        "purpose-open",
        ("We use information in the aggregate to learn how our users as a group use the site.",),
    ),
    ("right-denied", ("Some services where customer information might not be deleted instantly are ours.",)),
    ("purpose-open", ("我们将信息用于我们征得您同意的其他目的。",)),
    ("retention-indefinite", ("我们可能会无限期地存储汇总数据，以便改进服务。",)),
    (
        "retention-conflict",
        ("我们将 DNS 查询日志保留24小时。", "对请求我们每一百条记录一条，并在7天后删除日志。"),
    ),
    (
        "contact-missing",
        ("The controller is:", "proinity LLC", "Faerberstrasse 9", "CH-8832 Wollerau", "Switzerland"),
    ),
    ("controller-identity", ("Nordwind GmbH（德国汉堡 Speicherstadt 12，20457）决定数据的处理。",)),
]
FAULTS = [
    (
        "confidentiality-conflict",
        ("We hand your data to our partners.", "We do not share your data with anyone."),
    ),
    ("confidentiality-conflict", ("我们不会向任何第三方提供您的个人信息。", "我们与合作伙伴共享个人信息。")),
    ("retention-conflict", ("We keep DNS logs for 24 hours.", "We keep DNS logs for 7 days.")),
    ("consent-by-use", ("By using the site you agree to the processing of your data.",)),
    ("purpose-open", ("我们可能将您的信息用于其他目的。",)),
    ("retention-indefinite", ("我们会无限期地存储您的个人信息。",)),
    ("retention-conflict", ("我们将访问日志保留24小时。", "访问日志在7天后删除。")),
    ("data-sale", ("我们会将您的个人信息出售给广告公司。",)),
    ("right-denied", ("Your data can not be deleted.",)),
    ("contact-missing", ("The controller is Example LLC in Hamburg.", "Faerberstrasse is long.")),
]


@pytest.mark.parametrize(("rule", "texts"), HARMLESS)
def test_harmless(rule: str, texts: tuple[str, ...]) -> None:
    """What only sounds like a fault is not reported as one."""
    assert rule not in rules(*texts)


@pytest.mark.parametrize(("rule", "texts"), FAULTS)
def test_fault(rule: str, texts: tuple[str, ...]) -> None:
    """The fault next to it still is."""
    assert rule in rules(*texts)
