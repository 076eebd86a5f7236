"""Sentences that look like a fault and are none: limits on others, lists that follow, boilerplate; near ones that are."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted


def _found(*texts: str, places: tuple[str, ...] = ()) -> set[str]:
    return {f.rule for f in linted(*texts, places=places)}


ADS = "We use your purchase history to show you advertising of our partners."
HARMLESS = (
    (
        "purpose-conflict",
        ("These carriers are permitted to use your data only as needed for the delivery.", ADS),
    ),
    ("purpose-conflict", ("Such firms may only use the personal data to render their services to us.", ADS)),
    ("purpose-conflict", ("Frostbyte is the sole owner of the information collected on this site.", ADS)),
    (
        "purpose-conflict",
        ("We only collect personal data that is relevant to the purposes mentioned above.", ADS),
    ),
    (
        "purpose-conflict",
        (
            "# Recommend us",
            "If you want to recommend a page, enter the e-mail address of your friend.",
            "This address is used only to deliver that one message.",
            "# Advertising",
            ADS,
        ),
    ),
    ("purpose-conflict", ("We will only use your passwords to import your contacts.", ADS)),
    ("term-undefined", ("We collect certain types of information.", "We gather:", "- names", "- addresses")),
    (
        "term-undefined",
        (
            "When you log in we record certain information.",
            "We do so to help you.",
            "Data we record may include your IP address and the time.",
        ),
    ),
    ("list-open", ("The information, including opinions and other submitted information, is aggregated.",)),
    ("list-open", ("Without limitation, registration data is kept on a separate machine.",)),
    (
        "list-open",
        ("We log IP addresses for actions (changing details, ordering goods, etc.) of customers.",),
    ),
    (
        "marketing-optout",
        (
            "We send you newsletters with offers.",
            "Readers are free to remove themselves from this list at any time.",
        ),
    ),
    (
        "optout-scope",
        (
            "We occasionally send users news about their account.",
            "Generally, users may not opt out of these messages.",
            "However, these messages are not promotional in nature.",
        ),
    ),
    (
        "disclosure-open",
        ("We share information with people about topics we think will be of interest to them.",),
    ),
    (
        "disclosure-open",
        (
            "We will publish such changes here and in other places we deem appropriate, and disclose what we hold.",
        ),
    ),
    ("data-sale", ("On selling a portion of its assets, customer data may be part of them.",)),
    ("notice-conflict", ("We may change this policy at any time with 30 days prior notice to you.",)),
    ("retention-indefinite", ("The records we keep are permanently deleted after eighteen months.",)),
    ("reference-unresolved", ("More about it can be found here:", "https://www.example.com/press/12")),
    (
        "never-vs-may",
        ("We use cookies for sessions.", "We never share cookie information with other websites."),
    ),
    (
        "retention-conflict",
        (
            "Your mail may stay in backups for three weeks after it is deleted.",
            "Mail in the account is deleted 12 months after the account was deactivated.",
        ),
    ),
    (
        "password-resend",
        (
            "We collect the username and password for the e-mail accounts from which you import contacts.",
            "We send the invitations at once.",
        ),
    ),
    (
        "marketing-default",
        (
            "If you wish to subscribe to our newsletter, we use your address to send it.",
            "You may stop receiving our newsletter or marketing e-mails by following the link in them.",
        ),
    ),
    ("marketing-default", ("We use this information to analyze market trends of our customers.",)),
    (
        "duplicate-item",
        (
            "We use data of visitors for:",
            "- Statistics",
            "- Marketing",
            "We log data of customers.",
            "We use data of visitors for:",
            "- Administration",
            "- Marketing",
        ),
    ),
    (
        "partner-marketing",
        ("Users receive advertisements that are tailored to their needs by our advertisers.",),
    ),
    ("term-inconsistent", ("This privacy policy is ours.", "Write to us about this statement.")),
    ("transfer-missing", ("Frost LLC is a company of Texas, USA.", "We keep your name and address.")),
    (
        "basis-missing",
        (
            "You consent to the collection and use of your data.",
            "PIPEDA protects data that comes from the European Union.",
            "We use your data to bill you.",
        ),
    ),
)


@pytest.mark.parametrize(("rule", "texts"), HARMLESS, ids=lambda x: x if isinstance(x, str) else x[0][:40])
def test_left_alone(rule: str, texts: tuple[str, ...]) -> None:
    """A limit on others, what is listed next and the like is no finding."""
    assert rule not in _found(*texts)


FAULTY = (
    ("purpose-conflict", ("We use your personal data only to deliver your order.", ADS)),
    (
        "purpose-conflict",
        (
            "We collect your name, postal address, phone number and age when you register.",
            "This information is used only to provide the service.",
            ADS,
        ),
    ),
    ("term-undefined", ("When you log in we record certain information.", "We do so to help you.")),
    ("list-open", ("We collect names, addresses and other submitted information.",)),
    ("list-open", ("We collect names, telephone numbers, etc. of customers.",)),
    ("marketing-optout", ("We send you newsletters with offers.", "Readers are free to write to us.")),
    ("data-sale", ("We sell your personal data to advertisers.",)),
    (
        "notice-conflict",
        (
            "We may change this policy at any time without notice.",
            "We announce changes to this policy by e-mail 30 days in advance.",
        ),
    ),
    ("retention-indefinite", ("The records we keep of customers stay with us permanently.",)),
    ("reference-unresolved", ("More about your data can be found here.", "We keep names.")),
    ("never-vs-may", ("We use cookies for sessions.", "We do not use cookies.")),
    (
        "duplicate-item",
        ("We use data of visitors for:", "- Statistics", "- Marketing", "- Marketing"),
    ),
)


@pytest.mark.parametrize(("rule", "texts"), FAULTY, ids=lambda x: x if isinstance(x, str) else x[0][:40])
def test_still_found(rule: str, texts: tuple[str, ...]) -> None:
    """What the company itself limits, leaves open or repeats is found as before."""
    assert rule in _found(*texts)


CHINESE = (
    (
        "purpose-conflict",
        ("我们仅在实现目的所需的时间内保留您的个人信息。", "我们集成广告组件，用于广告投放。"),
    ),
    ("contact-invalid", ("如有疑问请发邮件至 kefu2020@example-cn.com,与我们联系。",)),
    ("right-denied", ("如您不接受本隐私政策，请勿使用本网站。",)),
    ("term-undefined", ("这些信息可能由不受我们控制的非关联第三方保存。",)),
    (
        "duplicate-clause",
        (
            "地图组件的主体为：北风软件有限公司，收集IMEI、IDFA、OAID、IMSI、MAC地址。",
            "我们会通知您。",
            "我们还使用下面的组件。",
            "广告组件的主体为：南岸网络有限公司，收集IMEI、IDFA、OAID、IMSI、MAC地址。",
        ),
    ),
    (
        "duplicate-clause",
        (
            "了解此情形中目前涉及的公司和个人，请点击 https：//a.example.com/privacy。",
            "我们会通知您这些变化。",
            "了解此情形中目前涉及的公司和个人，请点击 https：//b.example.com/privacy。",
        ),
    ),
    (
        "rights-missing",
        (
            "# 四、您的权利",
            "您可以请求行使以下权利：",
            "1.查询或请求阅览。",
            "2.请求补充或更正。",
            "3.请求删除。",
            "4.请求制给复制本。",
            "我们在十五日内答复您的请求。",
            "您可以撤回同意。",
        ),
    ),
    ("cookie-consent-missing", ("# 三、名词解释", "标识符可在不能使用 Cookie 时用以提供广告。")),
)


@pytest.mark.parametrize(("rule", "texts"), CHINESE, ids=lambda x: x if isinstance(x, str) else x[0][:20])
def test_chinese_left_alone(rule: str, texts: tuple[str, ...]) -> None:
    """Chinese storage times, addresses before a comma, two recipients and explained words are no finding."""
    assert rule not in _found(*texts)


def test_widget_is_no_applet() -> None:
    """The "mini-programs" of a boilerplate on widgets do not bring in Chinese law."""
    lines = ("Our site has widgets, which are interactive mini-programs.", "We ask for your credit card.")
    assert not any("PIPL" in f.law and f.rule == "sensitive-consent" for f in linted(*lines))


def test_india() -> None:
    """A company whose address ends with India is read under Indian rules, which ask for consent to card data."""
    lines = ("Frost Private Limited, Pune 411001, India", "We collect your credit card number.")
    assert any(f.rule == "sensitive-consent" for f in linted(*lines))


def test_address_in_lines() -> None:
    """Lines of an address that end with a country are a postal address."""
    lines = (
        "Frost Private Limited collects your name.",
        "Write to us at:",
        "- Frost Private Limited",
        "- C-4/11, Lake Garden",
        "- Pune 411001",
        "- India",
    )
    assert "controller-identity" not in _found(*lines)
    assert "controller-identity" in _found(*lines[:3], lines[5])
