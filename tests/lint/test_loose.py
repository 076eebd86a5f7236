"""What hangs loose in a text: degrees, headings, rules, lists and promises that nothing holds; beside each what holds."""

from __future__ import annotations

import pytest

from troth.model.finding import Finding
from troth.model.sentence import Element, Sentence
from troth.policy.lint import lint_text

_SALE = "If Fjordhost is sold or merged, personal data passes to the buyer."
_CLOSED = "Fjordhost uses personal data only for the following purposes:"
_NAMED = "## How we share, transfer and disclose records"
_PERSONAL = "- To show you personalised content."
LOOSE = (
    ("term-undefined", ("Customers hear from us about substantial amendments to this notice.",)),
    ("term-undefined", ("A change that matters gets a more conspicuous announcement.",)),
    ("term-undefined", ("隐私政策有重大修订时，我们会通知您。",)),
    ("term-undefined", ("修订后我们会以更醒目的方式告诉用户。",)),
    ("term-undefined", ("In some cases, for example after a move, you can request a copy.",)),
    ("term-undefined", ("在某些情形下（例如搬家后），您有权要求我们更正。",)),
    ("term-undefined", ("Corrections are made through the Help Desk.",)),
    ("term-undefined", ("To cancel, contact our Billing Desk.",)),
    ("heading-unanswered", ("## Notes", "Read on.", "## Cookies and pixel tags", "Cookies keep the basket.")),
    ("heading-unanswered", ("## Notes", "Read on.", "## Kids and schools", "Schools get a rebate.")),
    ("heading-unanswered", ("## Notes", "Read on.", _NAMED, "Records are shared with the bank.")),
    (
        "heading-unanswered",
        ("## 说明", "请阅读。", "## 共享、转让、公开披露", "我们与银行共享账单，不转让。"),
    ),
    ("reference-unresolved", ("Old files are burnt in accordance with established procedures.",)),
    ("reference-unresolved", ("We close accounts in violation of our policies and keep a list.",)),
    ("reference-unresolved", ("A mail goes out with every change to our terms of service.",)),
    ("reference-unresolved", ("违反我们的用户协议的账号会被记录。",)),
    ("purpose-open", (_CLOSED, "- billing", "- support", "- market research")),
    ("purpose-open", ("我们仅将信息用于以下目的：", "- 开具发票", "- 客户支持", "- 内部管理")),
    ("compliance-partial", ("Fjordhost is largely in line with the GDPR.",)),
    ("compliance-partial", ("We do our best to comply with privacy laws.",)),
    ("compliance-partial", ("我们基本符合个人信息保护法的要求。",)),
    ("whois-public", ("Your registrant details are published for everyone.",)),
    ("whois-public", ("域名注册人的资料会在网上公开。",)),
    (
        "optout-scope",
        ("We contact you with invoices, promotions and surveys; opt out of all these messages at any time.",),
    ),
    ("optout-scope", ("Unsubscribe as you like, but you may miss important outage mails.",)),
    (
        "suppression-scope",
        ("If you opt out, we keep your personal information to make sure that nobody writes again.",),
    ),
    ("business-transfer-unconditional", (_SALE, "We will notify you of the sale.")),
    (
        "business-transfer-unconditional",
        ("If Fjordhost is sold, personal data passes to the buyer, who is bound by this notice.",),
    ),
    ("business-transfer-unconditional", ("公司合并时，您的个人信息将转移，新主体继续受本政策约束。",)),
    ("profiling-undisclosed", ("You have a right to be informed about automated decisions.",)),
    ("profiling-undisclosed", (_PERSONAL, "- To run our fraud prevention system.")),
    ("profiling-undisclosed", ("我们会向您推送个性化推荐。",)),
    ("disclosure-open", ("We hand over data as required by law or requested by government bodies.",)),
    ("disclosure-open", ("Records are disclosed when requested by the police.",)),
    ("disclosure-open", ("我们在以下情形披露您的信息：", "- 有权机关的查询")),
    ("data-item-implausible", ("On our website we collect your full browsing history.",)),
    ("sentence-incomplete", ("We restrict the use of account data that we need to:", "- send invoices")),
    (
        "list-mixed",
        (
            "Data is collected:",
            "- from order forms",
            "- through the shop",
            "- When you call, we note your number.",
        ),
    ),
)
HELD = (
    ("term-undefined", ("We mail you ten days before a material change.",)),
    (
        "term-undefined",
        ("We notify you of material changes.", "A change is material if it adds a purpose or a recipient."),
    ),
    ("term-undefined", ("重大变更时我们会通知您。", "重大变更包括：新的目的。")),
    ("term-undefined", ("A more visible notice, a banner on the home page, tells of changes.",)),
    ("term-undefined", ("In some cases, for example at night, the gate is shut.",)),
    ("term-undefined", ("Corrections are made at the Help Desk, https://fjord.example.com/me.",)),
    ("heading-unanswered", ("## Notes", "Read on.", "## Cookies and pixel tags", "No pixel is used.")),
    ("heading-unanswered", ("## Notes", "Read on.", "## Kids", "You must have finished school.")),
    (
        "heading-unanswered",
        ("## Notes", "Read on.", _NAMED, "Records are shared and moved to nobody and never published."),
    ),
    ("reference-unresolved", ("Old files are burnt in accordance with the procedures of the law.",)),
    ("reference-unresolved", ("Our terms of service stand at https://fjord.example.com/terms.",)),
    ("purpose-open", (_CLOSED, "- billing", "- support", "- invitations to take part in market research")),
    ("purpose-open", ("We use personal data for:", "- billing", "- support", "- market research")),
    ("compliance-partial", ("Fjordhost complies with the GDPR.",)),
    ("compliance-partial", ("We require vendors to comply with privacy laws.",)),
    (
        "whois-public",
        ("Registrant details are public in WHOIS.", "A privacy service hides them without charge."),
    ),
    ("whois-public", ("We read expiry dates from the public WHOIS register.",)),
    ("optout-scope", ("We contact you with promotions; opt out of these messages at any time.",)),
    ("optout-scope", ("If you unsubscribe, security mails still reach you.",)),
    (
        "suppression-scope",
        ("If you opt out, we keep your e-mail address only, to make sure that nobody writes again.",),
    ),
    (
        "business-transfer-unconditional",
        (_SALE, "We notify you of the sale, and the buyer must honour this notice."),
    ),
    ("business-transfer-unconditional", (_SALE, "We notify you 30 days before, and you can object.")),
    (
        "profiling-undisclosed",
        ("You have a right to be informed about automated decisions.", "We do not make automated decisions."),
    ),
    ("profiling-undisclosed", (_PERSONAL, "- To pay suppliers.")),
    ("profiling-undisclosed", ("我们会向您推送个性化推荐，您可以随时关闭。",)),
    ("disclosure-open", ("We hand over data when a court order asks for it.",)),
    ("disclosure-open", ("政府部门强制性要求时，我们会提供您的信息。",)),
    ("absolute-claim", ("Mail is encrypted with TLS 1.3.", "No mail server is 100% secure.")),
    ("data-item-implausible", ("On our website we collect your browsing history on our pages.",)),
    ("data-item-implausible", ("On our website we collect the pages that you open.",)),
    ("sentence-incomplete", ("We restrict the use of account data to what we need to:", "- send invoices")),
    ("list-mixed", ("Data is collected:", "- when you order", "- when you call", "- from public registers")),
)


def _read(*texts: str) -> tuple[Finding, ...]:
    units: list[Sentence] = []
    section: tuple[str, ...] = ()
    for number, text in enumerate(texts, 1):
        element: Element = (
            "heading" if text.startswith("## ") else "bullet" if text.startswith("- ") else "sentence"
        )
        words = text if element == "sentence" else text.split(" ", 1)[1]
        section = (words,) if element == "heading" else section
        paragraph = 1 if element == "sentence" else number
        units.append(Sentence(f"s{number}", number, words, element, section, paragraph))
    return lint_text(units)


@pytest.mark.parametrize(("rule", "texts"), LOOSE, ids=lambda v: v if isinstance(v, str) else v[-1][:40])
def test_loose(rule: str, texts: tuple[str, ...]) -> None:
    """What hangs loose is reported."""
    assert rule in {f.rule for f in _read(*texts)}


@pytest.mark.parametrize(("rule", "texts"), HELD, ids=lambda v: v if isinstance(v, str) else v[-1][:40])
def test_held(rule: str, texts: tuple[str, ...]) -> None:
    """What is held by a definition, an answer, a link or a second duty is not reported."""
    assert rule not in {f.rule for f in _read(*texts)}
