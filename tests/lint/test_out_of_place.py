"""Items and sentences in the wrong place, words explained twice or never used, sentences that lack a part."""

from __future__ import annotations

import pytest

from tests.lint.lines import called, rules_of

FOUND = (
    (
        "list-misfit",
        (
            "We may share your information in the following cases:",
            "- to comply with a subpoena",
            "- If our company is sold, you will be informed by e-mail of the new owner.",
        ),
        (),
    ),
    (
        "list-misfit",
        (
            "Your data may be disclosed in these circumstances:",
            "- under a court order",
            "- In the event of a takeover, we will notify you on our site.",
        ),
        (),
    ),
    (
        "list-misfit",
        (
            "Personal data may be used for the following purposes:",
            "- billing",
            "- If you do not want mail, you can opt out in your account.",
        ),
        (),
    ),
    (
        "list-misfit",
        (
            "在以下情形中，披露您的个人信息无需征得您的同意：",
            "1. 与公共安全直接相关的；",
            "2. 我们接入微信登录SDK，用于登录。",
        ),
        (),
    ),
    ("list-misfit", ("下列情形除外，可能将您的信息提供给第三方使用：", "查询或请求阅览。", "请求删除。"), ()),
    ("section-misfit", ("# Sensitive data", "Personal information is used for billing."), ()),
    (
        "section-misfit",
        ("# Non-personal information", "We may publish your comments and testimonials on our pages."),
        (),
    ),
    ("section-misfit", ("# Your choices", "We encrypt all traffic of our pages."), ()),
    ("section-misfit", ("# Opt-out", "The service allows you to open an account."), ()),
    ("section-misfit", ("# 信息的类别", "本公司有权停止您的账号。"), ()),
    (
        "definition-conflict",
        (
            "个人信息：指能够识别自然人身份的各种信息。",
            "我们收集姓名。",
            "个人信息是指与已识别或可识别自然人有关的、以电子方式记录的内容，不含匿名数据。",
        ),
        (),
    ),
    (
        "definition-conflict",
        (
            '"Customer" means a person who buys hosting from us.',
            "We keep names.",
            '"Customer" means any visitor who opens one of our pages.',
        ),
        (),
    ),
    (
        "term-unused",
        ("设备：指手机和电脑等装置。", "儿童：指不满十四周岁的自然人。", "我们记录设备的型号。"),
        (),
    ),
    (
        "term-unused",
        (
            '"Account" means what you open with us.',
            '"Reseller" means a person who sells our plans.',
            "Your account is deleted.",
        ),
        (),
    ),
    (
        "reference-unresolved",
        (
            "本政策帮助您了解以下内容：",
            "- 一、收集的信息",
            "- 二、如何使用信息",
            "- 三、如何存储信息",
            "- 四、如何联系我们",
            "- 五、争议解决",
            "# 一、收集的信息",
            "我们收集姓名。",
            "# 二、如何使用信息",
            "我们用于服务。",
            "# 三、如何存储信息",
            "我们存储三年。",
            "# 四、如何联系我们",
            "请写信。",
        ),
        (),
    ),
    ("sentence-incomplete", ("基于对各项业务的整体考量。",), ()),
    ("sentence-incomplete", ("我们收集下列资料。", "包括姓名、电话、住址等必要资料。"), ()),
    ("sentence-incomplete", ("您事先告知我们的情形外，账号内的操作均由您负责。",), ()),
    ("sentence-incomplete", ("该此资料亦受本政策保护。",), ()),
    (
        "term-undefined",
        (
            "We will never share your service data.",
            "Service data is stored here.",
            "We do not sell service data.",
            "Service data lies in Bonn.",
            "You may ask for service data.",
        ),
        (),
    ),
    ("term-inconsistent", ("请阅读使用条款。", "其余依服务条款办理。"), ()),
)


@pytest.mark.parametrize(("rule", "lines", "places"), FOUND, ids=called)
def test_found(rule: str, lines: tuple[str, ...], places: tuple[str, ...]) -> None:
    """What stands in the wrong place or lacks a part is found."""
    assert rule in rules_of(lines, places)


QUIET = (
    (
        "list-misfit",
        (
            "We may share your information in the following cases:",
            "- to comply with a subpoena",
            "- if our company is sold, to the buyer",
        ),
        (),
    ),
    ("list-misfit", ("We may share your information with:", "- couriers", "- banks"), ()),
    (
        "list-misfit",
        (
            "We may disclose your information if the law requires it.",
            "If the company is sold, you will be notified.",
        ),
        (),
    ),
    (
        "list-misfit",
        (
            "在以下情形中，披露您的个人信息无需征得您的同意：",
            "1. 与公共安全直接相关的；",
            "2. 法律法规规定的其他情形。",
        ),
        (),
    ),
    ("list-misfit", ("您可以行使下列权利：", "查询或请求阅览。", "请求删除。"), ()),
    ("section-misfit", ("# Sensitive data", "Sensitive data is used for billing only with consent."), ()),
    ("section-misfit", ("# Your choices", "You can choose to encrypt your messages."), ()),
    ("section-misfit", ("# Use", "Personal information is used for billing."), ()),
    (
        "section-misfit",
        (
            "# Non-personal information",
            "Anonymous feedback is counted; your comments stay without your name.",
        ),
        (),
    ),
    (
        "definition-conflict",
        (
            "个人信息：指能够识别自然人身份的各种信息。",
            "我们收集姓名。",
            "个人信息是指能够识别自然人身份的各种信息。",
        ),
        (),
    ),
    ("definition-conflict", ("个人信息：指能够识别自然人身份的各种信息。", "设备是指手机和电脑等装置。"), ()),
    (
        "term-unused",
        (
            "设备：指手机和电脑等装置。",
            "儿童：指不满十四周岁的自然人。",
            "我们记录设备的型号。",
            "我们不收集儿童的信息。",
        ),
        (),
    ),
    (
        "reference-unresolved",
        (
            "本政策帮助您了解以下内容：",
            "- 一、收集的信息",
            "- 二、如何使用信息",
            "- 三、如何存储信息",
            "- 四、如何联系我们",
            "# 一、收集的信息",
            "我们收集姓名。",
            "# 二、如何使用信息",
            "我们用于服务。",
            "# 三、如何存储信息",
            "我们存储三年。",
            "# 四、如何联系我们",
            "请写信。",
        ),
        (),
    ),
    ("sentence-incomplete", ("基于业务考量，我们会更新本政策。",), ()),
    ("sentence-incomplete", ("如您发现信息有误，您可以要求我们更正。",), ()),
    ("sentence-incomplete", ("除您事先告知我们的情形外，账号内的操作均由您负责。",), ()),
    ("sentence-incomplete", ("此外，我们不收集其他信息。",), ()),
    (
        "term-undefined",
        (
            "Service data means your name and address.",
            "We will never share service data.",
            "We do not sell service data.",
            "Service data lies in Bonn.",
            "You may ask for service data.",
        ),
        (),
    ),
    ("term-inconsistent", ("请阅读使用条款。", "其余依使用条款办理。"), ()),
)


@pytest.mark.parametrize(("rule", "lines", "places"), QUIET, ids=called)
def test_quiet(rule: str, lines: tuple[str, ...], places: tuple[str, ...]) -> None:
    """What fits its place, and whole sentences, are no finding."""
    assert rule not in rules_of(lines, places)
