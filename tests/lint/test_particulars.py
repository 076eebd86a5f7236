"""What the law of a place asks a notice to say: found where it is left out, silent where it is said in whatever words."""

from __future__ import annotations

import pytest

from tests.lint.lines import called, rules_of

LEFT_OUT = (
    (
        "choice-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "We collect your name and telephone number when you order.",
        ),
    ),
    (
        "choice-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "Our shop collects names and addresses for delivery. The Data Protection Officer answers requests.",
        ),
    ),
    (
        "choice-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "We collect identity card numbers of registrants to register .hk domains.",
        ),
    ),
    (
        "choice-missing",
        ("MY",),
        (
            "This notice is given under the Personal Data Protection Act 2010.",
            "We collect your name and MyKad number when you order.",
        ),
    ),
    (
        "choice-missing",
        ("MY",),
        (
            "This notice is given under the Personal Data Protection Act 2010.",
            "We collect your e-mail address to run the account.",
        ),
    ),
    (
        "choice-missing",
        ("EU",),
        ("Accounts rest on Art. 6(1)(b) GDPR.", "We collect your name and address when you order."),
    ),
    (
        "choice-missing",
        ("EU",),
        ("Accounts rest on Art. 6(1)(b) GDPR.", "We collect your e-mail address to run the account."),
    ),
    (
        "officer-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "Requests for access go to privacy@harbourbyte.hk.",
        ),
    ),
    (
        "officer-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "Write to us at 8/F, 100 Canton Road to correct your data.",
        ),
    ),
    ("officer-missing", (), ("We comply with PIPEDA.", "Requests go to privacy@maplehost.ca.")),
    (
        "officer-missing",
        (),
        ("We comply with PIPEDA.", "We answer requests within 30 days; write to info@maplehost.ca."),
    ),
    (
        "language-missing",
        ("MY",),
        (
            "This notice is given under the Personal Data Protection Act 2010.",
            "We collect your name to run the account.",
        ),
    ),
    (
        "language-missing",
        ("MY",),
        (
            "This notice is given under the Personal Data Protection Act 2010.",
            "The Bahasa Malaysia version prevails in case of conflict.",
        ),
    ),
    (
        "authority-missing",
        (),
        (
            "We follow the Australian Privacy Principles in the Privacy Act 1988.",
            "If you have a complaint, write to us and we answer within 30 days.",
        ),
    ),
    (
        "authority-missing",
        (),
        (
            "We follow the Australian Privacy Principles in the Privacy Act 1988.",
            "Complaints go to privacy@gumhost.com.au.",
        ),
    ),
    (
        "authority-missing",
        ("IN",),
        (
            "We follow the Digital Personal Data Protection Act, 2023.",
            "Our Grievance Officer answers within a month.",
        ),
    ),
    (
        "authority-missing",
        ("IN",),
        (
            "We follow the Digital Personal Data Protection Act, 2023.",
            "A breach is reported to the Data Protection Board of India.",
        ),
    ),
    (
        "grievance-missing",
        ("IN",),
        (
            "We follow the Digital Personal Data Protection Act, 2023.",
            "Our Grievance Officer can be reached as follows.",
            "Name: ____________",
            "E-mail: grievance@nimbus.in",
        ),
    ),
    (
        "grievance-missing",
        ("IN",),
        (
            "We follow the Digital Personal Data Protection Act, 2023.",
            "Grievance Officer",
            "Name: [name]",
            "Phone: +91 40 1234 5678",
        ),
    ),
    (
        "categories-missing",
        ("US-CA",),
        (
            "This section is for Californians under the CCPA.",
            "We collect identifiers and commercial information.",
        ),
    ),
    (
        "transfer-consent",
        (),
        ("北京蓝云科技有限公司遵守《个人信息保护法》。", "您的日志会同步至新加坡的服务器。"),
    ),
    (
        "transfer-consent",
        (),
        (
            "北京蓝云科技有限公司遵守《个人信息保护法》。",
            "为提供全球加速，我们将您的账号信息传输至境外节点处理。",
        ),
    ),
    (
        "transfer-consent",
        (),
        ("北京蓝云科技有限公司遵守《个人信息保护法》。", "我们会把工单内容提供给境外的服务商。"),
    ),
    (
        "transfer-consent",
        (),
        ("北京蓝云科技有限公司遵守《个人信息保护法》。", "为排查故障，账户资料将跨境传输至美国。"),
    ),
)
SAID = (
    (
        "choice-missing",
        ("HK",),
        ("We follow the Personal Data (Privacy) Ordinance.", "We collect your name; giving it is voluntary."),
    ),
    (
        "choice-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "We collect your name when you order. Fields marked with an asterisk are needed for the order.",
        ),
    ),
    (
        "choice-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "We collect your name. If you choose not to provide it, we cannot open an account.",
        ),
    ),
    (
        "choice-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "We collect your name; you are not obliged to give a telephone number.",
        ),
    ),
    (
        "choice-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "We collect your address, which we must have; without it we cannot send an invoice.",
        ),
    ),
    (
        "choice-missing",
        ("MY",),
        (
            "This notice is given under the Personal Data Protection Act 2010.",
            "We collect your name; it is obligatory for you to supply it.",
        ),
    ),
    (
        "choice-missing",
        ("MY",),
        (
            "This notice is given under the Personal Data Protection Act 2010.",
            "We collect your name. Failure to provide it means that we cannot serve you.",
        ),
    ),
    (
        "choice-missing",
        ("EU",),
        (
            "Accounts rest on Art. 6(1)(b) GDPR.",
            "We collect your name and address, which are required for the contract.",
        ),
    ),
    (
        "choice-missing",
        ("EU",),
        (
            "Accounts rest on Art. 6(1)(b) GDPR.",
            "We collect your address because we cannot deliver without it.",
        ),
    ),
    (
        "officer-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "Requests for access go to our Data Protection Officer, privacy@harbourbyte.hk.",
        ),
    ),
    (
        "officer-missing",
        ("HK",),
        (
            "We follow the Personal Data (Privacy) Ordinance.",
            "Write to the Office Manager at 8/F, 100 Canton Road to correct your data.",
        ),
    ),
    (
        "officer-missing",
        (),
        ("We comply with PIPEDA.", "Our Privacy Officer answers requests at privacy@maplehost.ca."),
    ),
    (
        "officer-missing",
        (),
        ("We comply with PIPEDA.", "Jane Roe is accountable for our compliance; write to jane@maplehost.ca."),
    ),
    (
        "language-missing",
        ("MY",),
        (
            "This notice is given under the Personal Data Protection Act 2010.",
            "The Bahasa Malaysia version is at https://klhost.my/notis.",
        ),
    ),
    (
        "language-missing",
        ("MY",),
        (
            "This notice is given under the Personal Data Protection Act 2010.",
            "Notis ini: kami mengumpul data peribadi anda untuk akaun.",
        ),
    ),
    (
        "authority-missing",
        (),
        (
            "We follow the Australian Privacy Principles in the Privacy Act 1988.",
            "If our answer does not satisfy you, complain to the OAIC at www.oaic.gov.au.",
        ),
    ),
    (
        "authority-missing",
        (),
        (
            "We follow the Australian Privacy Principles in the Privacy Act 1988.",
            "You can complain to the Office of the Australian Information Commissioner.",
        ),
    ),
    (
        "authority-missing",
        ("IN",),
        (
            "We follow the Digital Personal Data Protection Act, 2023.",
            "If you are not satisfied, you may complain to the Data Protection Board of India.",
        ),
    ),
    (
        "grievance-missing",
        ("IN",),
        (
            "We follow the Digital Personal Data Protection Act, 2023.",
            "Grievance Officer",
            "Name: Asha Rao",
            "E-mail: grievance@nimbus.in",
        ),
    ),
    (
        "categories-missing",
        ("US-CA",),
        (
            "This section is for Californians under the CCPA.",
            "We collect identifiers from you and from card processors.",
        ),
    ),
    (
        "categories-missing",
        ("US-CA",),
        (
            "This section is for Californians under the CCPA.",
            "We collect identifiers; you provide them when you order.",
        ),
    ),
    (
        "transfer-consent",
        (),
        ("北京蓝云科技有限公司遵守《个人信息保护法》。", "我们不会将您的信息传输至境外。"),
    ),
    (
        "transfer-consent",
        (),
        (
            "北京蓝云科技有限公司遵守《个人信息保护法》。",
            "经您单独同意，我们将账号信息提供给境外接收方Lanyun Pte. Ltd.（联系方式：dpo@lanyun.sg）。",
        ),
    ),
    ("transfer-consent", (), ("北京蓝云科技有限公司遵守《个人信息保护法》。", "您的信息仅存储于中国境内。")),
    (
        "transfer-consent",
        (),
        (
            "北京蓝云科技有限公司遵守《个人信息保护法》。",
            "如确需向境外提供信息，我们会取得您的单独同意并告知接收方名称。",
        ),
    ),
)


@pytest.mark.parametrize(("rule", "places", "lines"), LEFT_OUT, ids=called)
def test_left_out(rule: str, places: tuple[str, ...], lines: tuple[str, ...]) -> None:
    """A particular of a law that the text names, and does not give, is missed."""
    assert rule in rules_of(lines, places)


@pytest.mark.parametrize(("rule", "places", "lines"), SAID, ids=called)
def test_said(rule: str, places: tuple[str, ...], lines: tuple[str, ...]) -> None:
    """A particular that is given is not missed."""
    assert rule not in rules_of(lines, places)
