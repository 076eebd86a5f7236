"""Said to tell nothing about anybody, and one person followed; said to be all that people give, and more taken."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(*texts: str) -> set[str]:
    units = [Sentence(f"s{n}", n, text, "sentence", ("Part",), n) for n, text in enumerate(texts, 1)]
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


CONFLICT = "contradiction/nameless-conflict"
COOKIE_CLAIMS = (
    "Our cookies do not contain personal information.",
    "Cookies set by Frost will never collect any personally identifiable data.",
    "The cookies we place hold no personal data.",
    "Cookies cannot store identifying information.",
    "No personal information is stored in our cookies.",
    "Cookies let us recognise visitors only anonymously.",
)
FOLLOWED = "Each cookie carries a unique identifier by which our server knows the returning browser."


@pytest.mark.parametrize("claim", COOKIE_CLAIMS)
def test_cookies(claim: str) -> None:
    """Cookies that hold nothing personal, and a number for every visitor."""
    assert CONFLICT in _rules(claim, FOLLOWED)
    assert CONFLICT not in _rules(claim)


LOGS = "Our web server writes log files with IP addresses. These logs are not linked to personal information."
ONES = (
    "We track each user's movements through the client area.",
    "Traffic is correlated with data about individual customers.",
    "We record user-specific information about the pages that are opened.",
    "From the visits we build a profile of each user.",
    "The tracking ID is unique to your account.",
    "Cookies may remember your password.",
    "We follow trends and track user's movements.",
    "A cookie is a file containing information about the user.",
    "Browsing data is combined with your account.",
)
NOT_ONES = (
    "We count unique visitors in aggregate.",
    "We never combine traffic with your account.",
    "We track users' movements in the aggregate.",
    "Each invoice carries a unique number.",
    "Your account is linked to your personal data so that we can bill you.",
    "Cookies are small text files.",
)


@pytest.mark.parametrize("text", ONES)
def test_one(text: str) -> None:
    """Logs that are linked to nobody, and one person followed."""
    assert CONFLICT in _rules(*LOGS.split(". "), "We use cookies.", text)


@pytest.mark.parametrize("text", NOT_ONES)
def test_many(text: str) -> None:
    """Counts, refusals and numbers of other things follow nobody."""
    found = _rules(*LOGS.split(". "), "Our office is in Leeds.", "We sell hosting.", text)
    assert CONFLICT not in found


ADDRESSES = "We log IP addresses for statistics. Visitors will remain anonymous at all times."


def test_listed_address() -> None:
    """Addresses that leave everybody anonymous, and an address among what identifies people."""
    listed = "Personal data includes your name, your e-mail address and your IP address."
    assert CONFLICT in _rules(*ADDRESSES.split(". "), listed)
    assert CONFLICT not in _rules(*ADDRESSES.split(". "), "Personal data includes your name.")


def test_sent_logs() -> None:
    """Logs with addresses go to a service, and nothing personal is said to be in them."""
    sent = "The log data with all IP addresses is also passed to a statistics service."
    assert CONFLICT in _rules(sent, "No personally identifying information is included in these reports.")
    assert CONFLICT not in _rules(sent)


def test_hedged() -> None:
    """Cookies that are nameless by themselves are another matter."""
    assert CONFLICT not in _rules("Cookies by themselves do not identify you.", FOLLOWED)
    assert CONFLICT not in _rules("Cookies contain no personal data unless you register.", FOLLOWED)


SOURCE = "contradiction/source-conflict"
ONLY = (
    "We only collect personal information that you voluntarily provide.",
    "Frost only collects data if you choose to give it.",
    "We collect personal data from users only when you register for an account.",
    "We never collect any personal information unless you provide it.",
    "We only gather information you knowingly submit.",
)
MORE = (
    "We may obtain information about you from credit agencies.",
    "Your personal information may be collected without your knowledge in special cases.",
    "We evaluate your credit standing before we open an account.",
    "We collect IP addresses of everybody who opens our pages.",
    "We receive credit reports from Ember Ratings.",
)
NO_MORE = (
    "We collect non-personal data such as IP addresses.",
    "We never collect information about you from third parties.",
    "We collect aggregated statistics.",
    "Children should not send us data.",
    "You may provide information by telephone.",
)


@pytest.mark.parametrize("only", ONLY)
def test_only_given(only: str) -> None:
    """Only what people give, and what others tell."""
    assert SOURCE in _rules(only, MORE[0])
    assert SOURCE not in _rules(only)


@pytest.mark.parametrize("more", MORE)
def test_more(more: str) -> None:
    """Every other source takes the promise back."""
    assert SOURCE in _rules(ONLY[0], more)


@pytest.mark.parametrize("text", NO_MORE)
def test_no_more(text: str) -> None:
    """What is nameless, refused or given by the people themselves does not."""
    assert SOURCE not in _rules(ONLY[0], text)


def test_personal_and_not() -> None:
    """Personal data that is not identifiable contradicts itself; a list of both kinds does not."""
    rule = "contradiction/definition-conflict"
    assert rule in _rules("We also keep non-identifiable personal information.")
    assert rule in _rules("Anonymous personal data is shared with partners.")
    assert rule not in _rules("We keep personal data and anonymous statistics.")
    assert rule not in _rules("We do not call anything anonymous personal data.")
