"""Rows of tables, affiliates nobody knows, placeholders, twin domains, headings, slips; and what only looks like them."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(*texts: str, title: str = "How we share data") -> set[str]:
    units = [Sentence("s0", 1, title, "heading", (), 0)]
    units += [Sentence(f"s{n}", n + 1, text, "sentence", (title,), n) for n, text in enumerate(texts, 1)]
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


SOLD = (
    "Company sales | In the course of a merger or bankruptcy.",
    "Mergers | The assets, data included, pass to the buyer.",
    "Business transfers | If we are bought or restructured.",
    "Acquisitions and mergers | Data is part of what is transferred.",
    "Successors | Whoever takes over the company.",
    "合并与收购 | 信息作为资产转让。",
)
GUARDED = (
    "Mergers | We give notice before data passes to the buyer.",
    "Business transfers | The buyer is bound by this policy.",
    "Acquisitions | Only with your consent.",
    "Payment providers | To take payments.",
    "合并 | 我们会事先告知您。",
)


@pytest.mark.parametrize("row", SOLD)
def test_sold(row: str) -> None:
    """A row on the sale of the company without a guard is found where the table is on recipients."""
    assert "risky-promise/business-transfer-unconditional" in _rules("Recipient | Case", row)


@pytest.mark.parametrize("row", GUARDED)
def test_guarded(row: str) -> None:
    """A row with a guard, or on something else, is not."""
    assert "risky-promise/business-transfer-unconditional" not in _rules("Recipient | Case", row)


RIGHTS = (
    "Protection of rights | To investigate fraud or to enforce our policies.",
    "Own interests | To protect our property and reputation.",
    "Safety | To safeguard the safety of our staff and the rights of others.",
    "Enforcement | To enforce our terms.",
    "Defence | Defending the interests of the company.",
    "维护权益 | 保护我们的权利和财产。",
)
TESTED = (
    "Courts | To protect our rights where a court order asks for it.",
    "Claims | To establish, exercise or defend legal claims, as the law allows.",
    "Banks | To take payments.",
    "Auditors | To check our books.",
    "Safety | To protect your rights with your consent.",
    "法院 | 依法保护我们的权利。",
)


@pytest.mark.parametrize("row", RIGHTS)
def test_own_rights(row: str) -> None:
    """A row on own rights without a test is found where the table is on recipients, and not in one on purposes."""
    assert "undefined-term/disclosure-open" in _rules("Recipient | Case", row)
    assert "undefined-term/disclosure-open" not in _rules("Purpose | Text", row, title="Why we use data")


@pytest.mark.parametrize("row", TESTED)
def test_own_rights_tested(row: str) -> None:
    """A row with a test, or on others, is not."""
    assert "undefined-term/disclosure-open" not in _rules("Recipient | Case", row)


UNKNOWN = (
    "Affiliates | Subject to this policy.",
    "We transfer customer data to our affiliates.",
    "Your details are disclosed to affiliated companies for billing.",
    "We pass your name among our affiliates.",
    "Billing records are provided to our affiliates.",
)
DEFINED = (
    "Affiliates | Companies under common control with us.",
    "We transfer customer data to our affiliates; affiliates are companies that we own.",
    "We do not share your data with affiliates.",
    "We transfer data to our affiliates (Frost Ltd).",
    "You may become one of our affiliates.",
    "我们与关联公司（即本集团控股的公司）共享您的信息。",
)


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown(text: str) -> None:
    """Affiliates that get data and are defined nowhere are found."""
    assert "undefined-term/recipient-undefined" in _rules(text)


@pytest.mark.parametrize("text", DEFINED)
def test_defined(text: str) -> None:
    """Affiliates that are known, or get nothing, are not."""
    assert "undefined-term/recipient-undefined" not in _rules(text)


BLANK = (
    "Writing to us at: Frost Ltd, Your Address",
    "Email us at: your email",
    "E-mail: your e-mail here",
    "Call us on your phone number",
    "Contact: enter address here",
    "Write to <<postal address>>.",
    "邮箱：请填写",
)
FILLED = (
    "Writing to us at: Frost Ltd, 12 Mill Road, Oakham",
    "Email us at: help@frost.example.org",
    "We collect your email.",
    "Please confirm your address.",
    "Contact us to change your phone number.",
    "邮箱：help@frost.cn",
)


@pytest.mark.parametrize("text", BLANK)
def test_blank(text: str) -> None:
    """A contact that a template left blank is found, in whatever notation."""
    assert "dangling-contact/contact-invalid" in _rules(text)


@pytest.mark.parametrize("text", FILLED)
def test_filled(text: str) -> None:
    """A contact that is there, and a mere word for one, are not."""
    assert "dangling-contact/contact-invalid" not in _rules(text)


TWINS = (
    ("Frost is the owner of www.frosthost.com.my.", "We protect the users of www.frosthost.com."),
    ("Our website www.rimecloud.net is for everybody.", "Visitors of www.rimecloud.com are counted."),
    ("By using frostshop.de you agree.", "Frost operates frostshop.com."),
    ("Welcome to hailhost.org!", "Our site hailhost.net uses cookies."),
    ("Members of www.sleetmail.eu can write to us.", "When you visit www.sleetmail.com we count."),
)
SINGLE = (
    ("Frost is the owner of www.frosthost.com.", "We protect the users of www.frosthost.com."),
    ("Our sites are frosthost.com and frosthost.de.", "We protect the users of www.frosthost.de."),
    ("Our website is www.rimecloud.net.", "Write to help@rimecloud.com."),
    ("By using frostshop.de you agree.", "The registry runs www.denic.de."),
    ("Our website is hailhost.org.", "The domain hailhost.net was formerly ours."),
)


@pytest.mark.parametrize("texts", TWINS)
def test_twins(texts: tuple[str, str]) -> None:
    """One website under two domains is found."""
    assert "drafting-error/name-inconsistent" in _rules(*texts)


@pytest.mark.parametrize("texts", SINGLE)
def test_single(texts: tuple[str, str]) -> None:
    """One domain, several sites that are named as such, and mailboxes are not."""
    assert "drafting-error/name-inconsistent" not in _rules(*texts)


ASKING = (
    "Which of the counters need your consent",
    "When do we need your consent",
    "What requires your consent?",
    "How do we ask for permission?",
    "For which purposes is your consent needed?",
    "哪些处理需要征得您的同意",
)


@pytest.mark.parametrize("title", ASKING)
def test_asking(title: str) -> None:
    """A heading that asks which consent is needed must be answered under it."""
    rule = "dangling-reference/heading-unanswered"
    assert rule in _lead(title, "Some cookies are set by others.")
    assert rule not in _lead(title, "Only after you have agreed do we set cookies for statistics (同意).")


def _lead(title: str, text: str) -> set[str]:
    units = (
        Sentence("s1", 1, "Welcome.", "sentence", (), 1),
        Sentence("s2", 2, title, "heading", (), 2),
        Sentence("s3", 3, text, "sentence", (title,), 3),
    )
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


SLIPS = (
    "The form may include, but not limited to, your name.",
    "This can include but not limited to cookies.",
    "Our private policy tells what we do.",
    "Questions about our Private Shield notice go to the office.",
    "Details could include, but not limited to, your address.",
)
RIGHT = (
    "The form may ask for data including but not limited to your name.",
    "The data includes, but is not limited to, names.",
    "Our privacy policy tells what we do.",
    "You may use private cloud servers.",
    "A form tells us about you from you alone.",
)


@pytest.mark.parametrize("text", SLIPS)
def test_slips(text: str) -> None:
    """A verb left out of "but not limited to", and private for privacy, are found."""
    assert "drafting-error/typo" in _rules(text)


@pytest.mark.parametrize("text", RIGHT)
def test_right(text: str) -> None:
    """The right words are not."""
    assert "drafting-error/typo" not in _rules(text)


LETTERS = (
    "For QRST customers we keep plans secret.",
    "Data of VXYZ members is kept apart.",
    "针对QRST服务客户，我们严格保密。",
    "WXQZ会员的信息另行保存。",
    "VXYZ programme members get a letter.",
)
SPELT = (
    "For Quick Response (QRST) customers we keep plans secret.",
    "ICANN members write to us.",
    "For our customers we keep plans secret.",
    "QRST（快速响应）服务客户的信息严格保密。",
    "OUR CUSTOMERS ARE SAFE",
)


@pytest.mark.parametrize("text", LETTERS)
def test_letters(text: str) -> None:
    """Customers named by letters that nobody spells out are found."""
    assert "undefined-term/term-undefined" in _rules(text)


@pytest.mark.parametrize("text", SPELT)
def test_spelt(text: str) -> None:
    """Letters that are spelled out or known are not."""
    assert "undefined-term/term-undefined" not in _rules(text)
