"""What one sentence of a policy promises and another takes back: nameless data, watching, cookies, changes, erasure."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(sentences: tuple[str, ...], section: str = "Rules") -> set[str]:
    units = [
        Sentence(f"s{n}", n, text, "bullet" if text.startswith("• ") else "sentence", (section,), n)
        for n, text in enumerate(sentences, 1)
    ]
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


CONFLICTS = (
    (
        "definition-conflict",
        "Personal data is whatever tells us directly or indirectly who somebody is, an IP address included.",
        "Anonymous data cannot by itself be traced to a customer, and we share it with whom we like.",
    ),
    (
        "definition-conflict",
        "“Personal information” includes your name, your e-mail address and your device identifier.",
        "Non-personal information, such as your IP address and the browser you use, may be sold.",
    ),
    (
        "definition-conflict",
        "个人信息是指单独或者与其他信息结合能够识别您身份的信息。",
        "非个人信息是指单独无法识别您身份的数据，我们可将其用于任何用途。",
    ),
    (
        "monitoring-conflict",
        "It is not our intention to read or scan the mail that passes our servers.",
        "We reserve the right to inspect messages that might break our house rules.",
    ),
    (
        "monitoring-conflict",
        "We never censor postings of our members.",
        "Postings may be removed when the team dislikes them.",
    ),
    (
        "monitoring-conflict",
        "本平台无意审查您存放在主机上的内容。",
        "管理组有权删除或屏蔽其认为不妥的内容。",
    ),
    (
        "cookie-choice-conflict",
        "You are free to decline cookies, for instance those that measure how popular a page is (analytics cookies).",
        "Whoever declines cookies cannot use our website.",
    ),
    (
        "cookie-choice-conflict",
        "您有权选择是否接受用于统计分析的Cookie。",
        "如您拒绝Cookie，将无法使用本平台的任何服务。",
    ),
    (
        "cookie-conflict",
        "Cookies are used to keep you logged in while you shop.",
        "You can opt out of behavioural advertising on the page of the advertising industry.",
    ),
    (
        "change-consent-conflict",
        "Your rights under this notice will never be limited: we will not restrict your rights without your consent.",
        "If you keep using the panel after a revision, you have accepted it.",
    ),
    (
        "change-consent-conflict",
        "未取得您的单独同意，我们绝不缩减您在本声明下的权益。",
        "声明更新后您仍继续使用本站的，视为接受更新后的声明。",
    ),
    (
        "retention-conflict",
        "We keep customer data for the period prescribed by law and then anonymise it.",
        "You may ask us at any time to erase your profile.",
    ),
    (
        "confidentiality-conflict",
        "Your mail is treated with the utmost confidentiality.",
        "We disclose mail where this serves to protect our own business interests.",
    ),
)
HARMLESS = (
    (
        "definition-conflict",
        "Personal data is whatever tells us directly or indirectly who somebody is, an IP address included.",
        "Anonymous data identifies nobody, neither directly nor indirectly, and we share it.",
    ),
    (
        "definition-conflict",
        "Personal data is whatever tells us directly or indirectly who somebody is, an IP address included.",
        "Non-personal data cannot by itself be traced to you; combined with your account it is treated as personal data.",
    ),
    (
        "definition-conflict",
        "个人信息是指单独或者与其他信息结合能够识别您身份的信息。",
        "非个人信息单独无法识别您的身份，与其他信息结合使用时视为个人信息。",
    ),
    (
        "monitoring-conflict",
        "We have no obligation to monitor the postings of our members.",
        "We may remove postings that break the law.",
    ),
    (
        "monitoring-conflict",
        "We do not monitor the messages of our customers.",
        "We may delete files that contain malware.",
    ),
    (
        "monitoring-conflict",
        "We do not routinely review content on our servers.",
        "We may review content after a complaint.",
    ),
    (
        "monitoring-conflict",
        "We do not read the messages of our members.",
        "We may review messages that a member has reported.",
    ),
    ("monitoring-conflict", "本平台没有审查内容的义务。", "管理组有权删除违法内容。"),
    (
        "cookie-choice-conflict",
        "You are free to decline cookies, for instance those that measure how popular a page is (analytics cookies).",
        "Whoever declines cookies may find that some parts of our website do not work.",
    ),
    (
        "cookie-choice-conflict",
        "您有权选择是否接受用于统计分析的Cookie。",
        "如您拒绝Cookie，部分功能可能无法使用。",
    ),
    (
        "cookie-conflict",
        "Cookies are used to keep you logged in, and cookies of advertising partners follow your interests.",
        "You can opt out of behavioural advertising on the page of the advertising industry.",
    ),
    (
        "change-consent-conflict",
        "We will not restrict your rights without your consent.",
        "If you keep using the panel, please keep your password to yourself.",
    ),
    (
        "change-consent-conflict",
        "未取得您的单独同意，我们绝不缩减您在本声明下的权益。",
        "声明更新后，我们会再次征求您的同意。",
    ),
    (
        "retention-conflict",
        "We keep customer data for the period prescribed by law and then anonymise it.",
        "You may ask us at any time to erase your profile, except where the law makes us keep it.",
    ),
    (
        "confidentiality-conflict",
        "Your mail is treated with the utmost confidentiality.",
        "We disclose mail to a court that orders it.",
    ),
)


@pytest.mark.parametrize(("rule", "one", "other"), CONFLICTS)
def test_taken_back(rule: str, one: str, other: str) -> None:
    """The two sentences contradict each other in either order, and neither of them alone is a contradiction."""
    between = ("Our office is in Leeds.", "It opens at nine.")
    assert f"contradiction/{rule}" in _rules((one, *between, other))
    assert f"contradiction/{rule}" not in _rules((one, *between))
    assert f"contradiction/{rule}" not in _rules((*between, other))


@pytest.mark.parametrize(("rule", "one", "other"), HARMLESS)
def test_kept(rule: str, one: str, other: str) -> None:
    """A promise with its limit in it, or with a mild consequence, is kept."""
    assert f"contradiction/{rule}" not in _rules((one, other))


def test_choice_on_the_next_line() -> None:
    """The price of a refusal needs no second mention of cookies, and is not sought far away."""
    choice = "You have a right to accept or refuse cookies, which we also set for marketing."
    price = "If you do not accept them, you will not be able to use the Service."
    rule = "contradiction/cookie-choice-conflict"
    assert rule in _rules((choice, price))
    assert rule not in _rules((choice, "One.", "Two.", "Three.", "Four.", price))


SIGNALS = (
    "You can stop the measuring of visits by switching on Do Not Track in your browser.",
    "Turn on the Do Not Track setting to opt out of our statistics.",
    "如果您开启浏览器的Do Not Track功能，我们会尊重您的选择。",
)
UNHEARD = (
    "We do not respond to Do Not Track signals.",
    "How do we respond to Do Not Track signals?",
    "Some browsers let you enable Do Not Track.",
    "We honour Global Privacy Control.",
    "目前我们不会响应Do Not Track请求。",
)


@pytest.mark.parametrize("text", SIGNALS)
def test_signal_promised(text: str) -> None:
    """A signal of the browser that is offered as a refusal must be obeyed, so the promise is a risk."""
    assert "risky-promise/dnt-promise" in _rules((text,))


@pytest.mark.parametrize("text", UNHEARD)
def test_signal_unheard(text: str) -> None:
    """A signal that is refused, explained or demanded by law is no risky promise."""
    assert "risky-promise/dnt-promise" not in _rules((text, "We use Google Analytics."))


def test_signal_and_trackers() -> None:
    """To obey a signal is a risk where others track, and none where nobody does."""
    obeyed = "Our site honours Do Not Track requests."
    assert "risky-promise/dnt-promise" in _rules((obeyed, "We use Google Analytics and remarketing."))
    assert "risky-promise/dnt-promise" not in _rules((obeyed, "There is nothing on our site that measures."))


AGES = (
    (13, ("Children under 13 may not register.", "Persons over the age of 13 may register.")),
    (16, ("Nobody below the age of 16 may order.", "Customers older than 16 order by themselves.")),
    (14, ("未满14周岁的用户须由监护人同意。", "超过十四周岁的用户可以自行注册。")),
    (18, ("You must be at least 18 to order.", "Persons aged 18 and under need a parent.")),
    (
        18,
        ("Accounts are for people above the age of eighteen.", "Under eighteen nobody of this age can sign."),
    ),
    (14, ("14周岁以下的儿童须由监护人同意。", "14周岁以上的用户可以自行注册。")),
)
WHOLE = (
    ("Children under 13 may not register.", "Persons aged 13 or older may register."),
    (
        "Children under 13 may not register.",
        "From 13 to 17 a parent has to agree.",
        "People over 13 are welcome.",
    ),
    ("A user is under 16 years of age.", "Users who are at least 16 and under 18 need a parent."),
    ("不满14周岁的用户须由监护人同意。", "14周岁以上的用户可以自行注册。"),
    ("Children under 13 may not register.", "Invoices are kept for more than 13 months."),
    ("We keep the books of persons under 12 years.", "The archive holds records over 12 years old."),
)


@pytest.mark.parametrize(("age", "sentences"), AGES)
def test_age_between(age: int, sentences: tuple[str, ...]) -> None:
    """An age that no rule holds, or two rules hold, is told, once, with both sentences."""
    units = [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(sentences, 1)]
    found = [f for f in lint_text(units) if f.rule == "age-gap"]
    assert [len(f.sentences) for f in found] == [2]
    assert f"exactly {age} " in found[0].message


@pytest.mark.parametrize("sentences", WHOLE)
def test_age_whole(sentences: tuple[str, ...]) -> None:
    """Limits that meet, ages within a span and numbers that are no ages leave no gap."""
    assert "contradiction/age-gap" not in _rules(sentences)
