"""Others: what they are said to record, what they may set, whose visitors are read, and what national laws ask for."""

from __future__ import annotations

import pytest

from troth.model.sentence import Element, Sentence
from troth.policy.lint import lint_text


def _rules(*texts: str, places: tuple[str, ...] = ()) -> set[str]:
    units = []
    for n, text in enumerate(texts, 1):
        element: Element = "sentence"
        if text.startswith(("# ", "- ")):
            element = "heading" if text.startswith("# ") else "bullet"
        units.append(Sentence(f"s{n}", n, text, element, ("Part",), n))
    return {f"{f.kind}/{f.rule}" for f in lint_text(units, jurisdictions=places)}


VOUCHED = (
    "Our payment processor does not store any personal information.",
    "The payment gateway never records your details.",
    "Our hosting provider does not log any traffic.",
    "Our upstream carriers do not keep records of your connections.",
    "The data center will never monitor your traffic.",
    "Our partners do not collect data about your activity.",
)
NOT_VOUCHED = (
    "Our payment processor must not store your data.",
    "By contract our providers do not keep any data.",
    "We do not log your traffic.",
    "Third parties do not collect data on our website.",
    "Our provider does not keep logs longer than a day.",
    "Providers are prohibited from using the data.",
)


@pytest.mark.parametrize("text", VOUCHED)
def test_vouched(text: str) -> None:
    """What other companies record can not be stated as a fact."""
    assert "unenforceable/others-vouched" in _rules(text)


@pytest.mark.parametrize("text", NOT_VOUCHED)
def test_not_vouched(text: str) -> None:
    """Contracts, own practice and one's own website can be."""
    assert "unenforceable/others-vouched" not in _rules(text)


UNAWARE = (
    "We reserve the right to process personal information without the knowledge of the individuals concerned.",
    "Frost may collect data about you without your knowledge.",
    "The provider can monitor sessions without the user's knowledge.",
    "We may disclose profiles without your awareness.",
    "Frost is entitled to use such data without the prior knowledge of its customers.",
)
AWARE = (
    "In an investigation we may collect data without your knowledge.",
    "We will not collect data without your knowledge.",
    "The law lets us share data without your knowledge.",
    "Third parties may learn of it with your knowledge.",
    "Without knowledge of your address we can not deliver.",
)


@pytest.mark.parametrize("text", UNAWARE)
def test_unaware(text: str) -> None:
    """Nobody may handle data behind people's backs."""
    assert "risky-promise/unaware-processing" in _rules(text)


@pytest.mark.parametrize("text", AWARE)
def test_aware(text: str) -> None:
    """Investigations, refusals and the law are another matter."""
    assert "risky-promise/unaware-processing" not in _rules(text)


HOSTED = (
    "We collect information about visitors to websites hosted by us.",
    "Frost gathers IP addresses of users who open sites we host.",
    "Data is stored when you visit our site or the websites hosted by us.",
    "We record the browser of all visitors of pages hosted with us.",
    "We receive details of people on the websites of our customers.",
)
NOT_HOSTED = (
    "On behalf of our customers we collect data of visitors to websites hosted by us.",
    "We never collect data of visitors to sites we host.",
    "We collect data of visitors to our website.",
    "Our customers are the controllers for visitors of the websites we host, and we only store their data.",
    "Websites hosted by us are backed up every day.",
)


@pytest.mark.parametrize("text", HOSTED)
def test_hosted(text: str) -> None:
    """A host that reads the visitors of its customers has to say on whose behalf."""
    assert "risky-promise/role-unclear" in _rules(text)


@pytest.mark.parametrize("text", NOT_HOSTED)
def test_not_hosted(text: str) -> None:
    """Who says so, reads nothing or has a website of its own needs not."""
    assert "risky-promise/role-unclear" not in _rules(text)


def test_no_control() -> None:
    """In Europe a site answers for the cookies that it lets others set."""
    rule = "unenforceable/disclaimer-overbroad"
    text = "Advertisers may place cookies on our site, over which we have no control."
    assert rule in _rules(text, places=("EU",))
    assert rule in _rules("Partners set cookies here.", "We do not control what they read.", places=("UK",))
    assert rule not in _rules(text, places=("US",))
    assert rule not in _rules("We have no control over linked websites.", places=("EU",))
    assert rule not in _rules(
        "Our cookies are listed below.", "You control them in your browser.", places=("EU",)
    )


def test_india() -> None:
    """Where Indian law is named, an officer for grievances is due."""
    rule = "missing-mandatory/grievance-missing"
    named = "Card numbers are sensitive under the Information Technology Act, 2000."
    assert rule in _rules(named)
    assert rule in _rules("We follow the Digital Personal Data Protection Act.")
    assert rule not in _rules(named, "Grievance officer: R. Rao, rao@frost.example.in")
    assert rule not in _rules("Our office is in Pune.")


def test_canada() -> None:
    """Where PIPEDA is named, the commissioner and the time for an answer are due."""
    named = "Frost complies with PIPEDA."
    asked = "Upon written request we share your personal information with you."
    assert {"missing-mandatory/authority-missing", "missing-mandatory/answer-time-missing"} <= _rules(
        named, asked
    )
    told = "You may complain to the Privacy Commissioner of Canada."
    timed = "We answer every request within 30 days."
    found = _rules(named, asked, told, timed)
    assert not {"missing-mandatory/authority-missing", "missing-mandatory/answer-time-missing"} & found


LISTED = (
    "We use the following cookies:",
    "- session: keeps you logged in, one day",
    "- lang: your language, one year",
)
LEFT_OUT = (
    "Our partners may also set cookies.",
    "Advertisers use cookies on our pages too.",
    "Cookies of Google Analytics count the visits.",
    "Hotjar places cookies to record visits.",
    "Third parties may store cookies on your device.",
)
NOT_LEFT_OUT = (
    "Google Analytics is not used, and sets no cookies.",
    "You can delete cookies in your browser.",
    "Our partners receive no data.",
    "We never let third parties set cookies.",
    "Cookies are small files.",
)


@pytest.mark.parametrize("text", LEFT_OUT)
def test_left_out(text: str) -> None:
    """A list of the cookies, and cookies that it leaves out."""
    assert "contradiction/cookie-list-conflict" in _rules(text, "# Our cookies", *LISTED)


@pytest.mark.parametrize("text", NOT_LEFT_OUT)
def test_not_left_out(text: str) -> None:
    """What is not set needs not be listed."""
    assert "contradiction/cookie-list-conflict" not in _rules(text, "# Our cookies", *LISTED)


def test_cookie_rows() -> None:
    """A session cookie that lasts for years, and a cookie named after a password."""
    head = "# Cookies"
    assert "undefined-term/cookie-period" in _rules(head, "PHPSESSID | 2 years | keeps the cookie session")
    assert "undefined-term/cookie-period" not in _rules(
        head, "PHPSESSID | Session | keeps the cookie session"
    )
    assert "undefined-term/cookie-period" not in _rules(head, "_ga | 2 years | counts visits with a cookie")
    assert "risky-promise/credential-in-cookie" in _rules(head, "SHOPPW | 1 year | cookie to remember you")
    assert "risky-promise/credential-in-cookie" not in _rules(
        head, "SHOPID | 1 year | cookie to remember you"
    )
