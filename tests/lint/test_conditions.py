"""Rights under conditions that the law does not have, accounts that only the company closes, marketing in Hong Kong."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(*texts: str) -> set[str]:
    units = [Sentence(f"s{n}", n, text, "sentence", ("Part",), n) for n, text in enumerate(texts, 1)]
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


SELDOM = (
    "Access requests are only handled if more than twelve months have passed since your last request.",
    "You can ask for a copy of your data no more than once per year.",
    "Requests for information are limited to one every 6 months.",
    "We answer requests for access at most once in a calendar year.",
    "You may access your records, but you must show a special interest in them.",
    "A copy of your data is given only if you can substantiate a legitimate interest.",
    "For a copy of your records you need to include copies of all invoices.",
    "用户每年仅可一次查阅其个人信息。",
    "查阅个人信息的申请，一年内最多一次。",
    "您查阅信息时须说明正当理由。",
)
OFTEN = (
    "You can ask for one copy of your data per year free of charge.",
    "You have the right to object at any time, on grounds that relate to a special reason of yours.",
    "Californian residents may send two requests in any 12-month period.",
    "You may request access without giving a reason.",
    "We answer your access request within one month.",
    "To get access you must send us a copy of your passport or another identity card.",
    "Backups are made once per day and give access to your files.",
    "您可以随时查阅您的个人信息，无需说明理由。",
    "每年我们审查一次访问日志。",
    "我们在一个月内答复您的查阅申请。",
)


@pytest.mark.parametrize("text", SELDOM)
def test_seldom(text: str) -> None:
    """A right with an interval, a reason or a strange proof is found."""
    assert "risky-promise/right-narrowed" in _rules(text)


@pytest.mark.parametrize("text", OFTEN)
def test_often(text: str) -> None:
    """A right as the law gives it is not."""
    assert "risky-promise/right-narrowed" not in _rules(text)


BY_HAND = (
    "You cannot currently close your account yourself; please call us.",
    "Accounts cannot be deleted online, so write to our support.",
    "There is no button to delete your account.",
    "Users are not able to cancel their account in the app.",
    "We offer no self-service function for closing accounts.",
    "用户暂不能自行注销账号，请联系客服。",
    "目前无法在线注销账户。",
    "注销账号只能联系我们的客服办理。",
)
THEMSELVES = (
    "You can close your account at any time in your settings.",
    "You cannot close your account while invoices are unpaid.",
    "You may not delete the account of someone else.",
    "We cannot close your account without your request.",
    "Accounts can be deleted online.",
    "您可以在设置中自行注销账号。",
    "存在未结清订单时，您无法自行注销账号。",
)


@pytest.mark.parametrize("text", BY_HAND)
def test_by_hand(text: str) -> None:
    """An account that only the company can close is found."""
    assert "risky-promise/optout-burden" in _rules(text)


@pytest.mark.parametrize("text", THEMSELVES)
def test_themselves(text: str) -> None:
    """An account that people close themselves, and a reason to wait, are not."""
    assert "risky-promise/optout-burden" not in _rules(text)


LEFT = (
    "After your account is closed we will no longer use your information for commercial ends.",
    "Once the account has been deleted we stop using your data for marketing.",
    "Following the cancellation of your account we do not use your details for promotions.",
    "We will not use your details for advertising after you have closed your account.",
    "账号注销之后，平台不再将资料作商业用途。",
    "账号关闭之后，我们停止将您的资料用于营销。",
)
GONE = (
    "After your account is closed we delete your data and no longer use it for marketing.",
    "Once the account has been deleted we stop using your data for marketing within 30 days.",
    "After you opt out we no longer use your information for marketing.",
    "Following the cancellation of your account your data is erased.",
    "账户注销后，我们将删除您的信息，不再用于商业用途。",
)


@pytest.mark.parametrize("text", LEFT)
def test_left(text: str) -> None:
    """Data that stays after the account is closed, and is only used less, is found."""
    assert "risky-promise/retention-indefinite" in _rules(text)


@pytest.mark.parametrize("text", GONE)
def test_gone(text: str) -> None:
    """Data that goes with the account is not."""
    assert "risky-promise/retention-indefinite" not in _rules(text)


ORDINANCE = "We act under the Personal Data (Privacy) Ordinance (Cap. 486) of Hong Kong."
BARE = (
    "We may send you newsletters and promotions.",
    "Marketing | Sending promotional messages to members (with your consent where required).",
    "You will receive special offers from time to time.",
    "We contact you with advertising that may interest you.",
    "Your data is used for direct marketing.",
)
TOLD = (
    "If you agree we use your e-mail to send promotions of our hosting services; you can stop it free of charge.",
    "We do not send newsletters or promotions.",
    "You may at any time ask us to cease using your data for direct marketing.",
    "We provide your invoices by e-mail.",
    "We will not use your personal data in direct marketing.",
)


@pytest.mark.parametrize("text", BARE)
def test_bare(text: str) -> None:
    """Direct marketing in Hong Kong without the kinds of data and goods is found, and only there."""
    assert "missing-mandatory/marketing-particulars" in _rules(ORDINANCE, text)
    assert "missing-mandatory/marketing-particulars" not in _rules("We act under the GDPR.", text)


@pytest.mark.parametrize("text", TOLD)
def test_told(text: str) -> None:
    """Marketing with its particulars, or none, is not."""
    assert "missing-mandatory/marketing-particulars" not in _rules(ORDINANCE, text)


def test_where_required() -> None:
    """Consent to marketing only where it is required is found in Hong Kong, where it always is."""
    assert "undefined-term/consent-undefined" in _rules(ORDINANCE, BARE[1])
    assert "undefined-term/consent-undefined" not in _rules(
        ORDINANCE, "We send newsletters with your consent."
    )


BASES = (
    "The basis for processing your data includes your consent, a contract or a legal obligation.",
    "Our grounds for using personal data are consent, contract and legitimate interests.",
    "We process data under one of these legal bases: it may be consent or the performance of a contract.",
    "The legal basis may be your consent, our contract, or a legal obligation.",
    "The reasons for which we may use your data include consent and contracts.",
)
ASSIGNED = (
    "We keep invoices on the basis of a legal obligation.",
    "We send news with your explicit consent.",
    "Orders are processed as this is necessary for the contract with you.",
    "Logs are kept for our legitimate interest in security.",
    "Our newsletter is based on your consent.",
)


@pytest.mark.parametrize("text", BASES)
def test_bases(text: str) -> None:
    """Legal bases in one sentence, none of them tied to a purpose, are found."""
    assert "missing-mandatory/basis-missing" in _rules("We act under the GDPR.", text)


@pytest.mark.parametrize("text", ASSIGNED)
def test_assigned(text: str) -> None:
    """A basis that a purpose has is enough."""
    assert "missing-mandatory/basis-missing" not in _rules("We act under the GDPR.", BASES[0], text)
