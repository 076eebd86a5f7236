"""Addresses that stand elsewhere, periods that are told twice, and names that nothing explains."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text

BETWEEN = ("Our office is in Bonn.", "We sell servers.")


def _rules(*texts: str) -> set[str]:
    return {
        f.rule for f in lint_text([Sentence(f"s{n}", n, text, "sentence") for n, text in enumerate(texts, 1)])
    }


@pytest.mark.parametrize(
    "text",
    [
        "The officer's telephone number is printed on the inside cover of your contract folder.",
        "Requests go to the person whose particulars are given on the card enclosed with the first letter.",
        "Complaints can be left with the person in charge, whom our reception will name.",
        "Our officer is the person listed in the welcome kit.",
        "Write to the address given at the top of this notice.",
        "个人信息保护负责人的联系方式见随机附送的服务卡。",
        "意见请发送至本页顶部所示的邮箱。",
    ],
)
def test_address_elsewhere(text: str) -> None:
    """Whom to turn to has to stand in the text itself."""
    assert "contact-elsewhere" in _rules(*BETWEEN, text)


@pytest.mark.parametrize(
    "texts",
    [
        ("Call the number on the back of your card.",),
        ("The contact details of our officer are given in section 9.",),
        ("Contact: privacy@lamphost.example", "Write to the address given at the top of this notice."),
        ("The officer listed in the welcome kit also reads privacy@lamphost.example.",),
        ("Information about a person may appear in a small number of backups.",),
        ("We keep the phone number that is shown on the printed invoice for ten years.",),
        ("The person named in the enclosed order may be a child.",),
        ("You can change your e-mail address at the top of the page.",),
        ("Check that the address at the top of the page begins with a lock.",),
        ("Use the contact form at the bottom of this page.",),
        ("Write to the address at the top of this notice (privacy@lamphost.example).",),
        ("我们会将产品资料写在手册中。",),
        ("您可在页面下方的地址栏填写收货地址。",),
        ("本页顶部显示您的登录状态。",),
        ("联系邮箱：privacy@lamphost.example", "意见请发送至本页顶部所示的邮箱。"),
    ],
)
def test_address_at_hand(texts: tuple[str, ...]) -> None:
    """An address in the text, or one that every customer has, is enough."""
    assert "contact-elsewhere" not in _rules(*texts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Tickets are erased twelve months after they were closed.",
            "A year after closure, support correspondence is removed.",
        ),
        (
            "Correspondence is destroyed two years after the last message.",
            "Two years from the final exchange, e-mails and chats with us are done away with.",
        ),
        ("工单自办结之日起满一年删除。", "办结满十二个月的客服单据会被清除。"),
        ("反馈意见在处理完成六个月后删除。", "反馈页的内容满半年即予清除。"),
    ],
)
def test_period_twice(one: str, other: str) -> None:
    """The same records that go after the same time are told of twice, in whatever words."""
    assert "duplicate-clause" in _rules(one, *BETWEEN, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Server logs are deleted after 14 days.", "Backups are erased after 14 days."),
        (
            "Tickets are erased after twelve months.",
            "Tickets of free accounts are erased after twelve months.",
        ),
        (
            "Backups are erased after 30 days.",
            "You can restore what you removed from our backups for 30 days.",
        ),
        ("Feedback is deleted after 12 months.", "Employees' feedback is erased after 12 months."),
        ("工单一年半后删除。", "客服单据满一年即予清除。"),
        ("工单满半年后删除。", "客服单据满一年半即予清除。"),
    ],
)
def test_period_once(one: str, other: str) -> None:
    """Other records, other customers and other matters have periods of their own."""
    assert "duplicate-clause" not in _rules(one, *BETWEEN, other)


@pytest.mark.parametrize(
    "text",
    [
        "Data may be handed to Qualified Ecosystem Participants.",
        "Residual copies vanish within the Standard Fade-out Window.",
        "“星云共济体”成员可以取得相应字段。",
        "伙伴满足“贰级约定”后，可以读取您的部分记录。",
    ],
)
def test_coined_names(text: str) -> None:
    """A coined name on which something depends needs a definition."""
    assert "term-undefined" in _rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "Microsoft Windows is supported.",
        "您可在“我的”页面点击“设置”后关闭推送。",
        "请根据“账户安全”页面的提示操作。",
    ],
)
def test_known_names(text: str) -> None:
    """Products that everybody knows, words on buttons and conditions in plain words need none."""
    assert "term-undefined" not in _rules(text)


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        (("If we are sold, customer records pass to the buyer.",), "business-transfer-unconditional"),
        (
            ("In a sale of the business your data passes to the buyer, who will not notify you.",),
            "business-transfer-unconditional",
        ),
        (
            ("Whoever acquires us acquires your records too, without your consent.",),
            "business-transfer-unconditional",
        ),
        (("Data is kept for as long as our purposes require.",), "retention-vague"),
        (
            ("Promotional messages cannot be switched off, and neither can service-related ones.",),
            "right-denied",
        ),
    ],
)
def test_marked(texts: tuple[str, ...], rule: str) -> None:
    """What nothing beside it answers is marked, and a denial is no answer."""
    assert rule in _rules(*texts)


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        (
            (
                "If we are sold, customer records pass to the buyer.",
                "You are told a month before, and the buyer stays bound by this notice.",
            ),
            "business-transfer-unconditional",
        ),
        (("我们可能会按政府主管部门的强制性要求提供您的信息。",), "disclosure-open"),
        (("We obtain the customer's consent by e-mail before posting a testimonial.",), "consent-by-use"),
        (("We recommend that children ask a parent before they send anything.",), "children-consent"),
    ],
)
def test_answered(texts: tuple[str, ...], rule: str) -> None:
    """What the sentence itself or the next one answers is left alone."""
    assert rule not in _rules(*texts)
