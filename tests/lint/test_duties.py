"""What the law of a country asks for, rights made harder than the law, old laws and offices, security left out."""

from __future__ import annotations

import pytest

from tests.lint.lines import called, rules_of

FOUND = (
    (
        "right-narrowed",
        ("To receive a copy of your data, send us your PGP key to receive it by e-mail.",),
        (),
    ),
    ("right-narrowed", ("You must attach your OpenPGP public key in order to obtain the copy.",), ()),
    ("right-narrowed", ("Customers can view the personal information stored in their billing profile.",), ()),
    ("right-narrowed", ("You may request deletion of inaccurate data.",), ()),
    ("right-narrowed", ("Requests for erasure of incorrect data are handled by support.",), ()),
    ("right-narrowed", ("Access requests are subject to our internal approval.",), ()),
    ("right-narrowed", ("Your rights depend on the company's conditions.",), ()),
    ("right-narrowed", ("A request for access must be made by registered letter.",), ()),
    ("right-narrowed", ("We need a notarized copy of your passport before we grant access.",), ()),
    ("right-narrowed", ("We will never confirm to any customer the existence of any warrant.",), ()),
    ("right-narrowed", ("您的请求须经我们审核同意。",), ()),
    ("right-narrowed", ("不符合本公司流程的申请将不予受理。",), ()),
    ("right-narrowed", ("我们会存档您的信息，且不会按您的要求删除。",), ()),
    ("grievance-missing", ("Frost Private Limited, Pune 411001, India", "We collect your name."), ()),
    (
        "representative-missing",
        ("We follow the GDPR.", "Frost LLC", "Dorfstrasse 4", "8001 Zurich", "Switzerland"),
        (),
    ),
    (
        "representative-missing",
        (
            "Frost Inc. is a company registered in Canada.",
            "Your data is processed under the General Data Protection Regulation.",
        ),
        (),
    ),
    ("officer-missing", ("We respect the PDPA.", "Write to us at info@example.sg."), ("SG",)),
    ("signals-missing", ("Our advertising partner sets cookies on your computer.",), ("US",)),
    (
        "signals-missing",
        ("Cookies count advertisement impressions.", "We do not track what individual users read."),
        ("US",),
    ),
    ("children-missing", ("儿童：指不满十四周岁的自然人。", "我们收集您的姓名和电话。"), ("CN",)),
    ("children-missing", ("會員註冊時，我們蒐集您的姓名和電話。",), ("TW",)),
    (
        "law-misstated",
        ("We never take data of children under 13 without asking for parental consent.",),
        ("US",),
    ),
    ("stale-date", ("# Data Protection Directive 95/46/EC", "We follow it."), ()),
    ("stale-date", ("您可以向网信、工商、公安等部门投诉。",), ("CN",)),
    ("stale-date", ("您可向当地工商行政管理部门举报。",), ("CN",)),
    ("security-missing", ("# 三、我们如何储存和保护您的信息", "我们在必要的时间内保留信息。"), ("CN",)),
    ("breach-missing", ("# 三、我们如何储存和保护您的信息", "我们在必要的时间内保留信息。"), ("CN",)),
    (
        "security-missing",
        (
            "We collect your name, address and phone number.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
            "We are glad that you visit us.",
        ),
        ("SG",),
    ),
    ("retention-indefinite", ("Log records stored for statistical purposes may be kept indefinitely.",), ()),
    ("retention-indefinite", ("本公司于经营期间持续保存您的个人信息。",), ()),
    ("rights-missing", ("Write to us to correct your data.",), ("SG",)),
    (
        "transfer-missing",
        ("We keep your name and address.", "Our providers are Privacy Shield certified."),
        (),
    ),
    ("transfer-missing", ("我们保存您的姓名。", "本产品由杭州北风科技有限公司提供服务。"), ("CN",)),
    ("transfer-undisclosed", ("利用地区为台湾及合作厂商所在地。",), ()),
    ("transfer-undisclosed", ("服务器位置可能变动，我们无须另行通知您。",), ()),
    ("disclosure-open", ("在下列情形，我们会提供您的信息：", "其他合理情形。"), ()),
    ("disclaimer-overbroad", ("您应负一切责任。",), ()),
    ("disclaimer-overbroad", ("使用该账号的一切行为均视为您本人的行为。",), ()),
    (
        "credential-collected",
        ("We ask for the password of your e-mail account to import your contacts.",),
        (),
    ),
    (
        "encryption-scope",
        ("We collect your credit card number.", "We encrypt the transmission of such data."),
        (),
    ),
    (
        "optout-useless",
        (
            "# Your choices",
            "You have the option to not register.",
            "You may choose not to participate in polls.",
        ),
        (),
    ),
    ("contact-invalid", ("Read https://help.example.com/close-your- account",), ()),
    ("whois-missing", ("Frost Domain Names", "We collect your name to register a domain for you."), ()),
    ("list-open", ("We record personal data by means such as scripts.",), ()),
    ("absolute-claim", ("Only you can sign in to your account.",), ()),
    ("absolute-claim", ("You are always informed when others collect your data.",), ()),
    ("disclaimer-overbroad", ("You must check this yourself.",), ()),
    (
        "duplicate-clause",
        (
            "You may stop receiving our e-mails by following the link.",
            "We log visits.",
            "We keep orders.",
            "Users can unsubscribe from our newsletter by contacting us.",
        ),
        (),
    ),
    (
        "scope-conflict",
        (
            "This policy applies to www.frost.com.",
            "This policy describes how we use data that you give on our website: www.frost.com, www.frost.in, www.frost.co.uk.",
        ),
        (),
    ),
    ("data-surplus", ("# 收集类别", "家庭情形：如婚姻、子女。"), ()),
    ("sensitive-consent", ("# 蒐集類別", "健康紀錄：如醫療報告。"), ("TW",)),
)


@pytest.mark.parametrize(("rule", "lines", "places"), FOUND, ids=called)
def test_found(rule: str, lines: tuple[str, ...], places: tuple[str, ...]) -> None:
    """What the law asks for and the text leaves out, or makes harder, is found."""
    assert rule in rules_of(lines, places)


QUIET = (
    ("right-narrowed", ("You may provide your PGP key if you wish to receive the copy encrypted.",), ()),
    ("right-narrowed", ("You can access all personal data held about you by writing to us.",), ()),
    ("right-narrowed", ("You may request correction of inaccurate data and deletion of your data.",), ()),
    ("right-narrowed", ("Your rights are subject to the law.",), ()),
    ("right-narrowed", ("A request for access can be made by letter or by e-mail.",), ()),
    ("right-narrowed", ("您的请求须符合法律规定。",), ()),
    (
        "grievance-missing",
        ("Frost Private Limited, Pune 411001, India", "Our grievance officer answers within a month."),
        (),
    ),
    (
        "representative-missing",
        (
            "We follow the GDPR.",
            "Our representative in the Union is Frost GmbH.",
            "Frost LLC",
            "Dorfstrasse 4",
            "8001 Zurich",
            "Switzerland",
        ),
        (),
    ),
    (
        "representative-missing",
        ("We follow the GDPR.", "Frost GmbH", "Dorfstrasse 4", "53111 Bonn", "Germany"),
        (),
    ),
    ("representative-missing", ("Frost Inc. is a company registered in Canada.", "We keep your name."), ()),
    ("officer-missing", ("Our data protection officer reads info@example.sg.",), ("SG",)),
    (
        "signals-missing",
        ("Our advertising partner sets cookies.", "We answer Do Not Track signals."),
        ("US",),
    ),
    ("children-missing", ("我们不收集儿童的信息。", "我们收集您的姓名和电话。"), ("CN",)),
    (
        "law-misstated",
        ("We never take data of children under 13 without verified parental consent.",),
        ("US",),
    ),
    ("stale-date", ("Directive 95/46/EC was repealed.",), ()),
    ("stale-date", ("您可以向网信、市场监管、公安等部门投诉。",), ("CN",)),
    ("stale-date", ("我们会核对工商登记信息。",), ("CN",)),
    ("security-missing", ("# 三、我们如何储存和保护您的信息", "我们采用加密措施。"), ("CN",)),
    ("security-missing", ("We collect your name, address and phone number.",), ("SG",)),
    (
        "retention-indefinite",
        ("Anonymous records stored for statistical purposes may be kept indefinitely.",),
        (),
    ),
    ("retention-indefinite", ("本公司在经营期间收集您的个人信息。",), ()),
    ("transfer-undisclosed", ("纠纷由合作厂商所在地法院管辖。",), ()),
    ("disclosure-open", ("在下列情形，我们会提供您的信息：", "法律规定的其他情形。"), ()),
    ("disclaimer-overbroad", ("请妥善保管您的账号。",), ()),
    (
        "encryption-scope",
        (
            "We collect your credit card number.",
            "We encrypt the transmission of such data.",
            "Stored cards are encrypted.",
        ),
        (),
    ),
    (
        "optout-useless",
        ("# Your choices", "You may choose not to participate in polls.", "You can unsubscribe at any time."),
        (),
    ),
    ("contact-invalid", ("Read https://help.example.com/close-your-account",), ()),
    (
        "whois-missing",
        (
            "Frost Domain Names",
            "We collect your name to register a domain for you.",
            "It is sent to the registry.",
        ),
        (),
    ),
    (
        "duplicate-clause",
        (
            "You may stop receiving our e-mails by following the link.",
            "You can also unsubscribe by writing to us.",
        ),
        (),
    ),
)


@pytest.mark.parametrize(("rule", "lines", "places"), QUIET, ids=called)
def test_quiet(rule: str, lines: tuple[str, ...], places: tuple[str, ...]) -> None:
    """Texts that say what the law asks for get no such finding."""
    assert rule not in rules_of(lines, places)
