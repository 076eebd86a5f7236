"""What one sentence says and another one takes apart: nameless addresses, complete access, scope, ends of retention."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(*texts: str) -> set[str]:
    units = [
        Sentence(f"s{n}", n, text, "bullet" if text.startswith("- ") else "sentence", ("Part",), n)
        for n, text in enumerate(texts, 1)
    ]
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


LISTED = ("We collect non-personally identifiable data such as:", "- your IP address;", "- your browser.")
LEADS = (
    "From an IP address our servers can automatically identify your computer.",
    "The IP address lets us trace the user in case of misuse.",
    "IP addresses are kept so that we can find the visitor who attacked us.",
    "We may identify you by your IP address.",
    "The Internet Protocol address is logged to recognise individual users.",
    "我们通过IP地址追踪用户。",
)
LEADS_NOT = (
    "The IP address does not identify you.",
    "From the IP address we derive the approximate location of the visitor.",
    "We use IP addresses to administer the site.",
    "Cookies identify your computer.",
    "We treat an IP address as personal data once it can identify you.",
)


@pytest.mark.parametrize("text", LEADS)
def test_leads(text: str) -> None:
    """An address listed as nameless that leads to the user is found."""
    assert "contradiction/definition-conflict" in _rules(*LISTED, text)
    assert "contradiction/definition-conflict" not in _rules(text)


@pytest.mark.parametrize("text", LEADS_NOT)
def test_leads_not(text: str) -> None:
    """An address that leads to nobody is not."""
    assert "contradiction/definition-conflict" not in _rules(*LISTED, text)


WHOLE = (
    "You have complete access to your personal data.",
    "Members enjoy full and direct access to their records.",
    "We give you unrestricted access to all your personal data.",
    "You retain full control over your personal data.",
    "We grant you unlimited access to your own data.",
)
LESS = "People can access, correct or delete their data, except where the expense would be too high."
LESS_NOT = (
    "Staff have full access to your personal data.",
    "You may access your data.",
    "You have complete access to your personal data unless the law forbids it.",
    "We have full control over our servers.",
    "You have full access to our support.",
)


@pytest.mark.parametrize("text", WHOLE)
def test_whole(text: str) -> None:
    """Complete access and access with exceptions contradict each other."""
    assert "contradiction/access-conflict" in _rules(text, LESS)
    assert "contradiction/access-conflict" not in _rules(text)


@pytest.mark.parametrize("text", LESS_NOT)
def test_less(text: str) -> None:
    """Access that nobody called complete may have exceptions."""
    assert "contradiction/access-conflict" not in _rules(text, LESS)


NARROW = (
    "This notice does not govern data that reaches us over other channels.",
    "This notice applies only to information collected through our website.",
    "This policy does not apply to data we get from other sources.",
    "This statement covers only information gathered via our platform.",
    "The policy will not apply to information collected offline or by other means.",
    "本政策不适用于其他渠道收集的信息。",
)
OTHERS = "We collect information from you and from third parties."
WIDE = (
    "This policy does not apply to third-party websites.",
    "This policy applies to all information that we collect.",
    "This notice applies only to our customers.",
    "This policy does not cover information of companies.",
    "This statement is about our website.",
)


@pytest.mark.parametrize("text", NARROW)
def test_scope(text: str) -> None:
    """A text for what comes through the site alone must not speak of data from others."""
    assert "contradiction/scope-conflict" in _rules(text, OTHERS)
    assert "contradiction/scope-conflict" not in _rules(text, "We collect information from you.")


@pytest.mark.parametrize("text", WIDE)
def test_scope_not(text: str) -> None:
    """A text that covers every source may speak of all of them."""
    assert "contradiction/scope-conflict" not in _rules(text, OTHERS)


DURING = (
    "Your contract decides: we retain customer data while the contract runs.",
    "We keep your data no longer than necessary.",
)
LATER = (
    "We may keep your data for seven years after you have cancelled the service.",
    "After your account is closed we retain your information for 6 years.",
    "On termination we will keep all data for five years.",
    "We store your personal data for ten years following the end of the contract.",
    "When you leave we may retain your details for up to 7 years after closure.",
)
LATER_NOT = (
    "We keep invoices for seven years after you have cancelled the service.",
    "After your account is closed we keep certain data for 6 years to defend claims.",
    "We keep your data for 30 days.",
    "We answer within a month after you have closed the account.",
    "After your account is closed we do not keep your data for years.",
)


@pytest.mark.parametrize("text", LATER)
def test_ends(text: str) -> None:
    """Data kept for the contract, only as long as needed, and all of it for years after is found."""
    assert "contradiction/retention-conflict" in _rules(*DURING, text)


@pytest.mark.parametrize("text", LATER_NOT)
def test_ends_not(text: str) -> None:
    """A period for some of the records is no contradiction."""
    assert "contradiction/retention-conflict" not in _rules(*DURING, text)


NAMED = (
    'This policy is in force as of the "Last Updated" date above.',
    'Check the "Last Revised" date at the top of this page.',
    'The "Effective Date" stands at the bottom of the page.',
    'We change the "Last Modified" line above.',
    'See the "Date of last amendment" below.',
)


@pytest.mark.parametrize("text", NAMED)
def test_dates(text: str) -> None:
    """A date under a name that stands nowhere is found, under its own name it is not."""
    name = text.split('"')[1]
    rule = "dangling-reference/reference-unresolved"
    assert rule in _rules("Latest version: 4 May 2024.", text)
    assert rule not in _rules(f"{name}: 4 May 2024.", text)


WHOLLY = (
    "Frost complies with all recommendations of the GDPR.",
    "We follow every requirement of the General Data Protection Regulation.",
    "Frost is run in full compliance with the GDPR.",
    "We at all times comply with the applicable laws.",
    "Our shop strictly observes the Data Protection Act.",
    "我们符合GDPR的所有要求。",
)
WHOLLY_NOT = (
    "We aim to tell you what the GDPR requires.",
    "Our suppliers are required to comply with all requirements of the GDPR.",
    "We process data in accordance with the GDPR.",
    "You must comply with all applicable laws.",
    "We keep records as the GDPR asks.",
)


@pytest.mark.parametrize("text", WHOLLY)
def test_wholly(text: str) -> None:
    """The law said to be kept in every point is found."""
    assert "unenforceable/absolute-claim" in _rules(text)


@pytest.mark.parametrize("text", WHOLLY_NOT)
def test_wholly_not(text: str) -> None:
    """The law named, or asked of others, is not."""
    assert "unenforceable/absolute-claim" not in _rules(text)


def _paragraph(*texts: str) -> set[str]:
    units = [Sentence(f"s{n}", n, text, "sentence", ("Part",), 1) for n, text in enumerate(texts, 1)]
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


TWICE = (
    (
        "Frost guards your data from unauthorized access, use or disclosure.",
        "Frost guards the data you give us on safe servers, protected from unauthorized access, use or disclosure.",
    ),
    (
        "We value the privacy of every visitor of our shop.",
        "We value the privacy of every visitor and customer of our shop greatly.",
    ),
    (
        "Our staff handles customer records carefully and in confidence.",
        "Our staff handles customer records carefully and in confidence in every office.",
    ),
    (
        "Frost protects stored payment details against loss and misuse.",
        "Frost protects stored payment details against loss, misuse and theft.",
    ),
    (
        "The company checks every supplier for security standards.",
        "The company checks every supplier for security standards and certificates.",
    ),
)
ONCE = (
    ("We delete visit records after 30 days.", "We delete visit records after 13 months."),
    ("Frost guards your data from loss.", "Frost does not guard your data from loss."),
    ("We keep your name and address for invoices.", "We keep your password as a hash."),
    ("You may access your data.", "You may correct your data."),
    ("We use cookies to count visits.", "We use cookies to keep you logged in."),
)


@pytest.mark.parametrize("texts", TWICE)
def test_again(texts: tuple[str, str]) -> None:
    """An assurance given twice in a row is found."""
    assert "duplicate/duplicate-clause" in _paragraph(*texts)


@pytest.mark.parametrize("texts", ONCE)
def test_once(texts: tuple[str, str]) -> None:
    """Two sentences that begin alike and say different things are not."""
    assert "duplicate/duplicate-clause" not in _paragraph(*texts)
