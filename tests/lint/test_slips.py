"""Slips of keyboard, encoding and word choice, and correct words that look alike."""

from __future__ import annotations

import pytest

from troth.model.sentence import Element, Sentence
from troth.policy.lint import lint_text

SLIPS = (
    # broken signs
    "We donâ€™t keep your letters.",
    "Your clientÃ¨le stays yours.",
    "The price isÂ\u00a0fixed in the order.",
    "Our shop&nbsp;keeps a log.",
    "Each company?s own notice applies to its pages.",
    "The sign \ufffd stands for our brand.",
    # misspelt with a capital, in headings
    "# Vistor logs",
    "# COLLECTON OF DATA",
    "Privcay matters to us.",
    "Send it to our Affiilate Partners.",
    "# Informaton we gather",
    # a vowel or a neighbouring key
    "We respect the confidantiality of your letters.",
    "Everything else is kept seperately.",
    "Your brawser sends it.",
    "The racipient is told.",
    # two words without a space
    "You can stop the servicesby a letter.",
    "Copies ofthe invoice are kept.",
    "It is shown toyour colleagues.",
    "We share informationwith our bank.",
    "Our staff sends itfrom our office: details andrecords.",
    # two determiners
    "They must not join in the any forbidden act.",
    "Write to our the desk.",
    "We rely on your their word.",
    "This is part of the this notice.",
    "Each of an our products has a page.",
    # maybe, it's, its
    "Your records which maybe used in court are kept apart.",
    "Cookies maybe set by our bank.",
    "The shop keeps logs on it's machines.",
    "A guest of it's owner may enter.",
    "Its important to read this page.",
    # a word for another
    "Show us a paper to verify your identify.",
    "Please contract us at the desk.",
    "Give your name, address and contract details.",
    "Our shop is complaint with all rules.",
    "The site is in complaint with the law.",
    "You may lodge a compliant with the commissioner.",
    "Only authorised personal can enter the room.",
    "You may loose access to the panel.",
    "We advice you to keep a copy.",
    "This does not effect your other claims.",
    "The change will take affect in May.",
    "Our principle place of business is Lyon.",
    "You can delete there account on request.",
    "What we collected form you is listed here.",
    "Orders go trough our shop.",
    "We will never sale your data.",
    "A security breech is told within three days.",
    "You must exercise you rights by letter.",
    "We act under the GDPR Act.",
    "Write to us a help@frost.example.",
    # words that do not go together
    "Locks protect the misuse of your records.",
    "You will be able to changing it later.",
    "The token is used by a guest to entering the panel.",
    "Should the address you gave has changed, tell us.",
    "Some of the ways we collect data includes forms.",
    "Goods reach you under a contract Via a courier.",
    "This data, helps us to repair the server.",
    "We log the URL's you open.",
    "The transcript of a call maybe copied to our ticket.",
    "Whoever have question about it may call.",
    "Partners give us details such name and street.",
    "We never pass it on for adverts to by any others.",
    "See our terms of sale Terms and Conditions before you order.",
    "Your data of birth is never asked.",
    "The contents oft he box are yours.",
    "The address will shortened before it is sent.",
    "Records can deleted by the owner.",
    "Logs must stored for a week.",
    "We shall informed you by letter.",
    # Chinese
    "您的手机号用于接受验证码。",
    "我们收集的信息包括但不限姓名和电话。",
    "请按照客服的要求进操作。",
    "这些是注册时必须的信息。",
    "您阅读并接收本协议的全部条款。",
    "您可以通过发送邮件至desk@frost.example 我们将在三天内回应您。",
)
FINE = (
    "We don’t keep your letters.",
    "Our clientèle in São Paulo & Århus is small.",
    "Ask: does the company?",
    "See https://frost.example.com/page?s=1 for more.",
    "Research & Development has no access.",
    "# Visitor logs",
    "# COLLECTION OF DATA",
    "Our partner Contoso Clienta keeps no copy.",
    "Peter Parsons answers you.",
    "Our auditor has conformed to the rule and complied with the notice.",
    "Licensees and personas of testers are preset.",
    "We bypassed no lock, and our processor forgives nothing.",
    "The contractor understands the byproduct.",
    "All the data we keep is in each of our rooms.",
    "Class A the first and class B the second are named so.",
    "Maybe you have asked us before.",
    "It's a rule that its owner made.",
    "If you ask about it, it's answered.",
    "We identify you by your identity card.",
    "We sign a contract with you; contract details stand in the order.",
    "You may file a complaint with the law enforcement office.",
    "The complaint with the commissioner is free.",
    "Our site is compliant with the law.",
    "Personal contacts of our personnel are kept apart.",
    "You will not lose access, and no loose ends remain.",
    "We give advice, and we advise you to read it.",
    "This does not affect your claims; it takes effect in May.",
    "The principal place of business is Lyon, and the principle is old.",
    "There personal data is safe: in Lyon.",
    "The form you filled in comes from time to time.",
    "We never sell data, and the sale of the shop is told.",
    "The General Data Protection Regulation and the Data Protection Act apply.",
    "You can write to us at help@frost.example.",
    "Locks protect your records against misuse of the keys.",
    "You will be able to bring something, and we look forward to hearing from you.",
    "Should the address you gave be wrong, tell us.",
    "The ways in which we collect data are these, and the list includes forms.",
    "Read the Terms Of Use before you order.",
    "This data, which our bank needs, helps it, and us.",
    "The URL's owner decides.",
    "The transcript may be copied, or maybe erased.",
    "Whoever has a question about it may call; we have questions ourselves.",
    "Partners give us the details such partners need, such as a name.",
    "The rule is referred to by the court and agreed to by our bank.",
    "See our terms of sale and the Terms and Conditions of the bank.",
    "Your date of birth and the data of births in the register differ.",
    "The address will need a number; it can proceed without one.",
    "Records can be deleted, and we will feed no one with them.",
    "At will, used or not, it must exceed nothing.",
    "您同意接受本政策，并接收验证码。",
    "我们收集的信息包括但不限于姓名和电话。",
    "我们会改进操作，并跟进处理。",
    "这些是注册时必需的信息，您必须提供。",
    "您拒绝接受通知的，可以关闭推送。",
    "您可以通过邮件desk@frost.example联系我们，我们将在三天内回应您。",
)


def _typos(text: str) -> list[str]:
    element: Element = "heading" if text.startswith("# ") else "sentence"
    units = [
        Sentence("s1", 1, text.removeprefix("# "), element, paragraph=1),
        Sentence(
            "s2", 2, "我们重视隐私。" if not text.isascii() and "。" in text else "We care.", paragraph=2
        ),
    ]
    return [f.message for f in lint_text(units) if f.rule == "typo"]


@pytest.mark.parametrize("text", SLIPS)
def test_slip(text: str) -> None:
    """A slip is reported."""
    assert _typos(text)


@pytest.mark.parametrize("text", FINE)
def test_fine(text: str) -> None:
    """A correct sentence is not."""
    assert not _typos(text)


NUMBERED = ("6.1 您可以查阅信息。", "6.2 您可以更正信息。", "6.3 您可以删除信息。", "6.3 您可以注销账户。")


def _numbering(*texts: str) -> list[str]:
    units = [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(texts, 1)]
    return [f.message for f in lint_text(units) if f.rule == "numbering"]


def test_number_twice() -> None:
    """One number before two paragraphs of a section is found."""
    assert _numbering(*NUMBERED)
    assert _numbering("4.1 We log visits.", "4.2 We keep logs.", "4.2 We delete logs.", "4.3 We tell you.")


def test_number_again() -> None:
    """A second part that counts from the beginning again repeats no number."""
    assert not _numbering(*NUMBERED[:3])
    assert not _numbering(
        "1.1 We log visits.", "1.2 We keep logs.", "1.1 You may ask.", "1.2 You may object."
    )


POLICIES = (
    "This privacy statement is ours.",
    "Read our privacy statement again.",
    "This privacy policy is new.",
)


def test_two_names() -> None:
    """A text that calls itself policy and, more than once, statement is told to choose."""
    units = [
        Sentence(f"s{n}", n, text, paragraph=n)
        for n, text in enumerate(
            (*POLICIES, "Our privacy policy ends here.", "This privacy policy binds us."), 1
        )
    ]
    told = {"name-inconsistent", "term-inconsistent"}
    assert sum(f.rule in told for f in lint_text(units)) == 1
    assert not any(f.rule == "name-inconsistent" for f in lint_text(units[1:]))


def test_owner() -> None:
    """A name that owns something without an apostrophe is found; a plural of the trade is not."""
    texts = ("Frost keeps the tickets.", "Frost is in Lyon.", "Tickets lie on Frosts servers.")
    units = [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(texts, 1)]
    assert any("Frosts servers" in f.message for f in lint_text(units))
    plain = ("Cookie files are small.", "Cookie banners too.", "See the Cookies policy at https://a.example.")
    units = [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(plain, 1)]
    assert not any("Cookies policy" in f.message for f in lint_text(units))


def _listed(*items: str) -> list[str]:
    lead = Sentence("s1", 1, "By ordering you allow us to:", paragraph=1)
    units = [Sentence(f"s{n}", n, item, "bullet", paragraph=n) for n, item in enumerate(items, 2)]
    return [f.message for f in lint_text([lead, *units]) if f.rule == "list-mixed"]


def test_doubled_to() -> None:
    """A lead-in with "to" and items that repeat it now and then are found; all alike they are not."""
    assert _listed("keep your address;", "to send you a bill;", "call you.")
    assert not _listed("keep your address;", "send you a bill;", "call you.")


def _numbers(text: str) -> list[str]:
    units = [
        Sentence("s1", 1, "We work in the United Kingdom under the UK GDPR.", paragraph=1),
        Sentence("s2", 2, text, paragraph=2),
    ]
    return [f.message for f in lint_text(units) if f.rule == "contact-invalid"]


@pytest.mark.parametrize(
    "number", ["0303 123 113", "0345 123 45678", "07700 90012", "0330 12 34 56", "0370 123"]
)
def test_british_number(number: str) -> None:
    """A British number with a digit too few or too many is found."""
    assert _numbers(f"You can contact them on {number}.")


@pytest.mark.parametrize(
    "number", ["0303 123 1113", "0345 123 4567", "07700 900123", "020 7946 0018", "116 123"]
)
def test_british_number_whole(number: str) -> None:
    """A whole one, or one of another range, is not."""
    assert not _numbers(f"You can contact them on {number}.")
