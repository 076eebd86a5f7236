"""What whole policies that nobody had read before showed: faults passed over, and sentences taken for a fault."""

from __future__ import annotations

import pytest

from tests.lint.lines import called, rules, rules_of

ADS = "We use your purchase history to show you advertising of our partners."
FOUND = (
    ("typo", ("We use data to (a) bill you; (b) (b) contact you.",)),
    ("typo", ("We ask for your express content before we send it.",)),
    ("typo", ("We act on behalf your registrar.",)),
    ("punctuation", ("We keep your name.The rest is deleted after a month.", "We care.")),
    ("punctuation", ("We use cookies &amp; pixels on our website.",)),
    (
        "placeholder",
        (
            "Develop and implement data protection policies.",
            "Conduct data protection impact assessments where needed.",
            "Appoint a data protection officer and document the legal basis.",
        ),
    ),
    (
        "disclosure-conflict",
        (
            "We disclose your data to government authorities to comply with our legal obligations.",
            "We may disclose your personal data whenever we believe that it is appropriate.",
        ),
    ),
    (
        "optout-scope",
        ("You can opt out of all communications.", "We send service notices about your account."),
    ),
    (
        "optout-scope",
        ("You may opt out of any future communications.", "You cannot opt out of account messages."),
    ),
    ("compliance-partial", ("As far as we know, our suppliers comply with the GDPR.",)),
    (
        "transfer-undisclosed",
        ("We share your information with suppliers, some of whom may be operating outside the EEA.",),
    ),
    ("partner-unnamed", ("We use a third party to gather figures about how you use our website.",)),
    ("source-open", ("We use third-party services to gather demographic information about you.",)),
)
SILENT = (
    (
        "purpose-conflict",
        (
            "We only use your data for billing.",
            "Our policy forbids suppliers from using your data for their marketing.",
        ),
    ),
    (
        "purpose-conflict",
        (
            "We collect credit card details when you pay.",
            "This information is used only to charge you.",
            "We use your purchase history to show you advertising of our partners.",
        ),
    ),
    ("absolute-claim", ("We protect your data with industry-standard SSL encryption.",)),
    ("vague-timer", ("Copies in caches of others may not be removed instantly.",)),
    (
        "disclosure-open",
        (
            "We may have to disclose personal data in response to lawful requests by public authorities for national security.",
        ),
    ),
    (
        "duplicate-clause",
        (
            "# Stripe",
            "If you choose to use Stripe to finalize and pay for your order, Stripe receives your card number and your name.",
            "# Paypal",
            "If you choose to use Paypal to finalize and pay for your order, Paypal receives your card number and your name.",
        ),
    ),
    ("right-denied", ("You may refuse advertising, but this will not completely remove all advertising.",)),
    ("right-narrowed", ("We delete (at least once a year) what is no longer needed.",)),
    (
        "reference-unresolved",
        ("Your card is subject to the privacy and data retention policies of the payment processor.",),
    ),
    ("reference-unresolved", ("All such data is handled according to the above stated policy.",)),
    (
        "consent-by-use",
        ("If you wish to access or update your data, you may do so by using the account page.",),
    ),
    ("list-open", ("Each time you and others visit our site we log the IP address.",)),
    ("retention-vague", ("Please review this policy periodically to stay informed of how we store data.",)),
    ("contact-invalid", ("Read more at [www.allaboutcookies.org].",)),
    (
        "rights-fee",
        ("If you pay through a payment provider, they only have access to the information that they need.",),
    ),
    ("law-misstated", ("Hashes do not give us access to your personal information.",)),
    ("term-undefined", ("Write to:", "Frostbyte LLC Privacy Matters", "12 Main Street")),
)
FOUND_CHINESE = (
    ("placeholder", "本政策由[运营方名称]发布。"),
    ("breach-narrowed", "如发生个人信息安全的事件，我们会采取补救措施，并在必要时向你通知。"),
    ("duty-hedged", "政策变更时，我们将尽量以显著的方式提示。"),
    (
        "sdk-incomplete",
        "我们的产品接入以下第三方SDK：//- 微信支付//- 友盟统计//我们保护您在中国境内的个人信息。",
    ),
)
SILENT_CHINESE = (
    (
        "logging-conflict",
        "我们采取安全措施，包括但不限于访问控制、日志审计、加密传输。//我们会记录 API 调用日志。",
    ),
    ("sensitive-consent", "我们不会自行保存您的完整银行卡号。//我们收集您的邮箱。"),
    ("credential-collected", "我们不会主动保存完整银行卡号、支付密码。"),
    ("retention-indefinite", "账号信息在账号存续期间保存，注销后删除。"),
    ("data-sale", "我们会保存您有偿服务之交易记录。"),
    ("list-open", "您向我们提供任何信息时，请确认其正确。"),
    ("sensitive-consent", "我们记录浏览器的类型、访问日期、软硬件特征信息。"),
    ("retention-conflict", "订单信息：保留至订单完成后3年。//支付信息：保留至订单完成后5年。"),
    ("recipient-open", "位置信息：授权后获取，用于推荐附近服务商。"),
    ("right-narrowed", "撤回同意后，我们将停止使用您的信息。"),
)


@pytest.mark.parametrize(("rule", "lines"), FOUND, ids=called)
def test_faults_that_were_passed_over_are_found(rule: str, lines: tuple[str, ...]) -> None:
    """Slips of the pen, leftovers of a guide, and two sentences that do not go together."""
    assert rule in rules_of(lines, ("EU",))


@pytest.mark.parametrize(("rule", "lines"), SILENT, ids=called)
def test_sentences_that_look_like_a_fault_are_left_alone(rule: str, lines: tuple[str, ...]) -> None:
    """Limits on others, named techniques, rows under their own names and duties of others are no faults."""
    assert rule not in rules_of(lines, ("EU",))


@pytest.mark.parametrize(("rule", "text"), FOUND_CHINESE)
def test_chinese_faults_that_were_passed_over_are_found(rule: str, text: str) -> None:
    """Names in brackets, duties that are only tried, and packages of others that are listed by name."""
    assert rule in rules(text)


@pytest.mark.parametrize(("rule", "text"), SILENT_CHINESE)
def test_chinese_sentences_that_look_like_a_fault_are_left_alone(rule: str, text: str) -> None:
    """What is refused, what belongs to somebody else, and rows with their own labels are no faults."""
    assert rule not in rules(text)
