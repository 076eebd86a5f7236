"""Rights that Chinese texts make smaller, choices that are none, and statements that promise more than they say."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(texts: tuple[str, ...]) -> set[str]:
    units = [
        Sentence(f"s{n}", n, text, "bullet" if text.startswith("• ") else "sentence", ("规则",), n)
        for n, text in enumerate(texts, 1)
    ]
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


NARROW = (
    ("对于额外收集的个人信息，您可以随时给予或收回您的授权同意。",),
    ("针对超出基本功能的信息收集，用户有权撤回同意。",),
    ("就附加功能所需的信息，您可随时撤销授权。",),
    ("您撤回同意仅限于营销信息。",),
    ("仅对非必要信息，您可以取消授权同意。",),
    (
        "在以下情形中，您可以请求我们删除信息：",
        "1. 我们违法处理信息；",
        "2. 我们违反与您的约定；",
    ),
    (
        "有下列情况之一的，您有权要求删除：",
        "（一）未经您同意收集信息；",
        "（二）您注销账户。",
    ),
)
WIDE = (
    ("您可以随时撤回您的同意。",),
    ("对于额外收集的个人信息，我们会另行取得您的同意。",),
    ("您有权随时收回全部授权同意。", "对于额外收集的个人信息，您可以随时收回您的授权同意。"),
    (
        "在以下情形中，您可以请求我们删除信息：",
        "1. 处理目的已实现或者无法实现；",
        "2. 保存期限已届满；",
        "3. 您撤回同意；",
        "4. 我们违法处理信息。",
    ),
    (
        "在以下情形中，您可以请求我们删除信息：",
        "1. 我们违法处理信息；",
        "2. 法律、行政法规规定的其他情形。",
    ),
    ("在以下情形中，我们无法删除您的信息：", "1. 法律要求保存；", "2. 涉及诉讼。"),
)


@pytest.mark.parametrize("texts", NARROW)
def test_narrow(texts: tuple[str, ...]) -> None:
    """Withdrawal for surplus data alone, and erasure in fewer cases than the law has, are found."""
    assert "risky-promise/right-narrowed" in _rules(texts)


@pytest.mark.parametrize("texts", WIDE)
def test_wide(texts: tuple[str, ...]) -> None:
    """Rights as wide as the law are not."""
    assert "risky-promise/right-narrowed" not in _rules(texts)


MINORS = (
    "未成年人使用服务应取得监护人同意。",
    "如您是未成年人，请在监护人陪同下提供个人信息。",
    "我们收集未成年人信息时会征得其父母同意。",
    "经监护人同意，我们可使用未成年用户的信息。",
    "未经监护人同意收集的未成年人信息将被删除。",
)
MINORS_TOLD = (
    "未满14周岁的未成年人使用服务应取得监护人同意。",
    "我们不向未成年人提供服务。",
    "我们按儿童信息规则处理不满十四周岁的未成年人信息，并取得监护人同意。",
    "本服务仅面向企业用户，未成年人信息不在收集之列。",
    "用户必须年满18周岁，未成年人应由监护人同意。",
)


@pytest.mark.parametrize("text", MINORS)
def test_minors(text: str) -> None:
    """Minors without a word on children under 14 are found."""
    assert "missing-mandatory/children-incomplete" in _rules((text, "我们重视隐私。"))


@pytest.mark.parametrize("text", MINORS_TOLD)
def test_minors_told(text: str) -> None:
    """A rule for them, or a service without minors, is not."""
    assert "missing-mandatory/children-incomplete" not in _rules((text, "我们重视隐私。"))


CHOICE = (
    ("如您拒绝提供，不会影响您使用其他功能。", "您需要授权我们读取存储权限，拒绝后应用将无法运行。"),
    ("您不提供上述信息，不影响基本业务功能的使用。", "如您不授权位置权限，客户端无法正常打开。"),
    ("关闭权限不会影响您正常使用基础服务。", "拒绝开启电话权限的，您将无法使用本平台。"),
    ("您可以自行决定是否开启权限，关闭后不影响使用。", "附加服务需读取通讯录，否则小程序无法启动。"),
    ("不同意提供的，不影响您使用核心功能。", "拒绝设备信息权限后，本软件将退出，无法进入应用。"),
)
CHOICE_KEPT = (
    ("如您拒绝提供，不会影响您使用其他功能。", "拒绝相机权限后，您将无法使用该扫码功能。"),
    ("您不提供上述信息，不影响基本业务功能的使用。", "如您不提供手机号，将无法注册。"),
    ("关闭权限不会影响您正常使用基础服务。", "关闭位置权限后，部分功能无法使用。"),
    ("我们尊重您的选择。", "您需要授权我们读取存储权限，拒绝后应用将无法运行。"),
    ("不同意提供的，不影响您使用核心功能。", "您可随时关闭权限。"),
)


@pytest.mark.parametrize("texts", CHOICE)
def test_choice(texts: tuple[str, ...]) -> None:
    """A refusal that changes nothing, and an app that then does not run, contradict each other."""
    assert "contradiction/choice-conflict" in _rules(texts)


@pytest.mark.parametrize("texts", CHOICE_KEPT)
def test_choice_kept(texts: tuple[str, ...]) -> None:
    """A single function that needs its permission is no contradiction."""
    assert "contradiction/choice-conflict" not in _rules(texts)


SAID = (
    ("open-ended/purpose-open", "我们的附加服务（包括现有及将来推出的服务）会收集您的信息。"),
    ("open-ended/purpose-open", "今后上线的功能可能收集您的信息。"),
    ("undefined-term/disclosure-open", "我们会根据法律或本平台规则披露您的信息。"),
    ("open-ended/purpose-open", "• To handle any other requests."),
    ("undefined-term/term-undefined", "我们不会把信息交给无关第三方。"),
    ("unenforceable/absolute-claim", "我们将努力确保第三方遵守本声明。"),
    (
        "missing-mandatory/recipients-missing",
        "We may store what you disclose to us by phone, and we send you bills.",
    ),
    ("open-ended/list-open", "From enquirers we record some or all of the above data."),
    ("unenforceable/disclaimer-overbroad", "We cannot accept responsibility for injury to our members."),
    ("dangling-contact/link-dead", "The principles stand at www.privacy.gov.au/act."),
)
UNSAID = (
    ("open-ended/purpose-open", "今后上线新功能的，我们会另行征得您的同意。"),
    ("undefined-term/disclosure-open", "我们会根据法律披露您的信息，并遵守平台规则。"),
    ("open-ended/purpose-open", "• To handle your order."),
    ("undefined-term/term-undefined", "我们不收集与服务无关的个人信息。"),
    ("unenforceable/absolute-claim", "我们与第三方签订合同，要求其遵守本声明。"),
    ("missing-mandatory/recipients-missing", "We disclose to our bank what you disclose to us."),
    (
        "contradiction/confidentiality-conflict",
        "If you are young, please do not provide any person with your name.",
    ),
    ("open-ended/list-open", "We delete some or all of the above details."),
    ("unenforceable/disclaimer-overbroad", "We are responsible for injury to our members."),
    ("dangling-contact/link-dead", "The principles stand at https://www.oaic.gov.au/privacy."),
    ("risky-promise/retention-indefinite", "您关闭权限后，我们将不再基于该权限继续收集信息。"),
    ("risky-promise/consent-by-use", "结合使用时，这些设备信息将被视为个人信息，并取得您授权。"),
    ("open-ended/source-open", "我们对合作伙伴获取信息的接口进行安全检测。"),
    ("undefined-term/disclosure-open", "Frost believes that each member should know how data is disclosed."),
    (
        "unenforceable/absolute-claim",
        "We take all reasonable steps to ensure that data is accurate and up to date.",
    ),
    (
        "risky-promise/marketing-default",
        "You can opt out of targeted advertising here: https://frost.example.",
    ),
)


@pytest.mark.parametrize(("rule", "text"), SAID)
def test_said(rule: str, text: str) -> None:
    """Each is found."""
    assert rule in _rules((text, "我们重视隐私。") if not text.isascii() else (text, "We care."))


@pytest.mark.parametrize(("rule", "text"), UNSAID)
def test_unsaid(rule: str, text: str) -> None:
    """Each neighbour is not."""
    assert rule not in _rules((text, "我们重视隐私。") if not text.isascii() else (text, "We care."))


NARROW_EN = (
    "You can withdraw your consent only for promotional messages.",
    "Consent may be revoked for newsletters only.",
    "Your withdrawal of consent is limited to optional data.",
    "We erase your records only if they were collected unlawfully.",
    "You may request deletion only where the data is wrong.",
    "Data of users is removed only when it is inaccurate.",
)
WIDE_EN = (
    "You can withdraw your consent at any time.",
    "We send newsletters only with your consent, which you can withdraw.",
    "We erase your records when you ask us.",
    "You may request deletion where the data is no longer needed, and only if it is wrong its correction.",
    "Inaccurate data is corrected.",
)


@pytest.mark.parametrize("text", NARROW_EN)
def test_narrow_english(text: str) -> None:
    """Withdrawal for some messages, and erasure of faulty data alone, are found in English."""
    assert "risky-promise/right-narrowed" in _rules((text, "We care."))


@pytest.mark.parametrize("text", WIDE_EN)
def test_wide_english(text: str) -> None:
    """Rights without such limits are not."""
    assert "risky-promise/right-narrowed" not in _rules((text, "We care."))


FREE = (
    (
        "Refusing optional data does not affect your use of the service.",
        "If you deny the location permission, the app will not run.",
    ),
    (
        "If you do not provide it, this will not limit the basic functions.",
        "Camera access is needed; without it the application cannot start.",
    ),
    (
        "Declining to answer will not affect your access to our services.",
        "Unless you allow contacts, and if you decline the permission, the software does not work.",
    ),
    (
        "You may choose not to share your location, which does not change your experience.",
        "Storage is required: if you do not grant it, the client won't open.",
    ),
    (
        "Withholding consent shall not affect the use of other functions.",
        "If you refuse the device identifier, our platform cannot be used.",
    ),
)
FREE_KEPT = (
    (
        "Refusing optional data does not affect your use of the service.",
        "If you deny the location permission, the map is not shown.",
    ),
    (
        "Refusing optional data does not affect your use of the service.",
        "Without your name we cannot open an account.",
    ),
    ("You may refuse.", "If you deny the location permission, the app will not run."),
    (
        "Refusing optional data does not affect your use of the service.",
        "The app will not run on old phones.",
    ),
    (
        "Declining to answer will not affect your access to our services.",
        "You can switch the camera permission off.",
    ),
)


@pytest.mark.parametrize("texts", FREE)
def test_free(texts: tuple[str, ...]) -> None:
    """A refusal without effect, and a service that does not run after it, contradict each other in English."""
    assert "contradiction/choice-conflict" in _rules(texts)


@pytest.mark.parametrize("texts", FREE_KEPT)
def test_free_kept(texts: tuple[str, ...]) -> None:
    """A single function lost, or no promise, is no contradiction."""
    assert "contradiction/choice-conflict" not in _rules(texts)


def test_stranger() -> None:
    """Another domain that acts like the publisher is found, a named partner is not."""
    own = tuple(
        f"{verb} at frost.example.com is logged by frosthost.com." for verb in ("Entry", "Exit", "Sleep")
    )
    assert "drafting-error/name-inconsistent" in _rules(
        (*own, "Keys are not read by icyhost.net or its partners.")
    )
    assert "drafting-error/name-inconsistent" not in _rules(
        (*own, "The payment is handled by a provider, icyhost.net or its partners.")
    )


TWICE = (
    "我们会先核对您的身份（例如要求您出示书面材料），然后才会处理您提出的各项请求。",
    "请求应当写明您的姓名和联系方式。",
    "我们会先核对您的身份，然后才会处理您提出的各项请求。",
)


def test_chinese_twice() -> None:
    """A Chinese sentence that stands twice but for its brackets is found once."""
    assert "duplicate/duplicate-clause" in _rules(TWICE)
    assert "duplicate/duplicate-clause" not in _rules(TWICE[:2])


def test_purpose_twice() -> None:
    """One purpose in two sentences of a section is found, two purposes are not."""
    one = "We use your data for purposes of checking and repairing our internal machines."
    other = "We also use it to check and repair our internal machines and to answer you."
    third = "We also use it to check and repair your broken parcels."
    between = "Tea is free."
    assert "duplicate/duplicate-clause" in _rules((one, between, other))
    assert "duplicate/duplicate-clause" not in _rules((one, between, third))


def test_preferences() -> None:
    """Messages by stated preference, and messages unless refused, contradict each other."""
    one = "We send you promotional offers in line with the preferences you have given us."
    other = "Unless you ask us not to, we may e-mail you about our new products."
    assert "contradiction/optout-vs-consent" in _rules((one, other))
    assert "contradiction/optout-vs-consent" not in _rules((one, "We e-mail you about your order."))


def test_malaysia() -> None:
    """The act of Malaysia is not taken for the one of Singapore."""
    units = [
        Sentence(
            "s1", 1, "We act under the Personal Data Protection Act 2010 (PDPA) of Malaysia.", paragraph=1
        ),
        Sentence("s2", 2, "You may withdraw your consent.", paragraph=2),
    ]
    laws = {f.law for f in lint_text(units) if f.rule == "rights-missing"}
    assert laws == {"PDPA 2010 s. 7, 30, 34, 38"}
