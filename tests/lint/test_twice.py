"""Subjects, channels and items that a text treats twice."""

from __future__ import annotations

import pytest

from troth.model.finding import Finding
from troth.model.sentence import Element, Sentence
from troth.policy.lint import lint_text


def _found(*parts: tuple[str, tuple[str, ...]]) -> list[Finding]:
    units: list[Sentence] = []
    for title, texts in parts:
        units.append(Sentence(f"s{len(units) + 1}", len(units) + 1, title, "heading", (title,), len(units)))
        for text in texts:
            number = len(units) + 1
            element: Element = "bullet" if text.startswith("• ") else "sentence"
            units.append(Sentence(f"s{number}", number, text, element, (title,), number))
    return [f for f in lint_text(units) if f.kind == "duplicate"]


def _about(word: str, *parts: tuple[str, tuple[str, ...]]) -> list[Finding]:
    return [f for f in _found(*parts) if word in f.message]


ASK = "You have the right to access your data, to have it corrected and to have it erased."
AGAIN = (
    "Your rights are these:",
    "• access to what we hold about you;",
    "• correction of what is wrong;",
    "• deletion of what we no longer need;",
    "• portability of what you gave us.",
)


def test_rights_twice() -> None:
    """Two lists of rights are one finding, which names the right that only one of them has."""
    found = _about("rights of people", ("Your account", (ASK,)), ("What you can ask for", AGAIN))
    assert len(found) == 1
    assert "portability" in found[0].message
    assert len(found[0].sentences) > 3


def test_rights_elsewhere() -> None:
    """Rights of people of one place, or two sentences of one section, are no second list."""
    assert not _about("rights of people", ("Your rights", (ASK,)), ("California", AGAIN))
    assert not _about("rights of people", ("Your rights", (ASK, "We answer within a month.", *AGAIN)))


SUBJECTS = (
    (
        "public areas",
        "Be careful: what you write in our forum can be read by everybody.",
        "You post on our message boards at your own risk.",
    ),
    (
        "measures of security",
        "We take technical measures to protect what you tell us against loss.",
        "Our company maintains organisational safeguards to prevent unauthorised use.",
    ),
    (
        "limit on what is collected",
        "We only collect the details that are necessary for your order.",
        "Our collection of details is limited to what the service needs.",
    ),
    (
        "measures of security",
        "我们采取加密等技术措施，防止您的信息泄露。",
        "公司建立了完善的管理制度，以保护您的资料不被滥用。",
    ),
)


@pytest.mark.parametrize(("word", "one", "other"), SUBJECTS)
def test_subject_twice(word: str, one: str, other: str) -> None:
    """A subject treated in two sections is a duplicate, in one section it is not."""
    assert len(_about(word, ("First", (one,)), ("Second", (other,)))) == 1
    assert not _about(word, ("First", (one, other)))


def test_measures_of_others() -> None:
    """Measures for card payments or at recipients are not the general clause again."""
    general = "We take technical measures to protect what you tell us against loss."
    cards = "We use suitable technology to protect card numbers against misuse."
    assert not _about("measures of security", ("Security", (general,)), ("Payment", (cards,)))


def test_channels() -> None:
    """Correction by the panel here and by letter there is told; the same way twice is not."""
    panel = "You can change your contact details by logging in to the control panel."
    letter = "To rectify your personal data, call us."
    assert _about("corrected by", ("Account", (panel,)), ("Contact", (letter,)))
    assert not _about("corrected by", ("Account", (panel,)), ("Help", ("Log in to edit your profile data.",)))


ITEMS = (
    "We collect your name, phone number, street, town, postal code, e-mail address and phone number.",
    "我们收集您的姓名、手机号码、住址、邮箱地址、性别、手机号码。",
)
DISTINCT = (
    "We collect your name, phone number, street, town, postal code and e-mail address.",
    "We collect the name, phone number, street and town of the owner; the name, phone number, street and town of the payer.",
    "We record devices (model, version), systems (name, version), apps (name, version), pages, times and errors.",
    "我们收集设备（型号、版本）、系统（名称、版本）、应用（名称、版本）、网络、语言、时区。",
)


@pytest.mark.parametrize("text", ITEMS)
def test_item_twice(text: str) -> None:
    """An item that stands twice in the list of a sentence is reported."""
    assert [f.rule for f in _found(("Data", (text,)))] == ["duplicate-item"]


@pytest.mark.parametrize("text", DISTINCT)
def test_items_distinct(text: str) -> None:
    """Items of two persons, or of two things in brackets, are not the same item."""
    assert _found(("Data", (text,))) == []


def test_list_of_lines() -> None:
    """A line that stands twice in one list is reported, and in two lists it is not."""
    first = ("To open an account we collect:", "• your town", "• your street", "• your town")
    assert [f.rule for f in _found(("Data", first))] == ["duplicate-item"]
    longer = (
        "To help you we keep:",
        "• invoices, orders and tickets about your account",
        "• orders, tickets, invoices and calls about your account",
    )
    assert [f.rule for f in _found(("Data", longer))] == ["duplicate-item"]
    second = ("For an invoice we ask for the following:", "• your town", "• your tax office")
    assert _found(("Data", first[:3]), ("Invoices", second)) == []


def test_authorities() -> None:
    """Authorities that stand twice among the recipients are reported; one item of them is not."""
    lead = "We may disclose data to:"
    once = "• Government bodies that supervise us"
    other = "• Banks and auditors"
    again = "• The police, when we think it right"
    assert len(_about("authorities", ("Recipients", (lead, once, other, again)))) == 1
    assert not _about("authorities", ("Recipients", (lead, once, other)))
