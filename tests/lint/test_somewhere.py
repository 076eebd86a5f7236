"""What stands somewhere else: exceptions, rules, disclosures, a copy of the text; what lists and headings cut off."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted


def _found(*texts: str, places: tuple[str, ...] = ()) -> set[str]:
    return {f"{f.kind}/{f.rule}" for f in linted(*texts, places=places)}


EXCEPTED = (
    "We will not sell or disclose your data except as otherwise provided in our Terms of Service.",
    "Frost never shares personal data unless as permitted by the customer agreement.",
    "We do not use your information other than as described in this policy and our other policies.",
    "Except as set out in our agreements, we do not share your data.",
    "Other than as set out in this policy, we shall not disclose data unless this serves the purposes described in this policy.",
)
NOT_EXCEPTED = (
    "We do not share your data except as required by law.",
    "We do not disclose data except to the processors listed below.",
    "We never sell your data.",
    "You may not use the service except as provided in the agreement.",
    "We share data as described in this policy.",
)


@pytest.mark.parametrize("text", EXCEPTED)
def test_excepted(text: str) -> None:
    """A refusal whose exceptions stand in other papers refuses nothing."""
    assert "open-ended/exception-open" in _found(text)


@pytest.mark.parametrize("text", NOT_EXCEPTED)
def test_not_excepted(text: str) -> None:
    """Exceptions that stand there, and papers for readers, are fine."""
    assert "open-ended/exception-open" not in _found(text)


LEANS = (
    "Words have the meaning ascribed to them in the Terms of Service.",
    "We may disclose data to enforce the Acceptable Use Policy.",
    "This policy, together with our Terms of Use, governs what we do.",
    "Data is kept as required under the User Agreement.",
    "We look at traffic after violations of the Customer Agreement.",
)
LEANS_NOT = (
    "We may disclose data to enforce the Acceptable Use Policy at https://frost.example.com/aup.",
    "We enforce the law.",
    "Terms of trade are another matter.",
    "Our Terms of Service are long.",
    "We comply with the General Data Protection Regulation.",
)
REFERENCE = "dangling-reference/reference-unresolved"


@pytest.mark.parametrize("text", LEANS)
def test_leans(text: str) -> None:
    """Rules that decide and that nobody can open."""
    assert REFERENCE in _found(text)


@pytest.mark.parametrize("text", LEANS_NOT)
def test_leans_not(text: str) -> None:
    """Rules with a link, and rules that decide nothing here."""
    assert REFERENCE not in _found(text)


def test_elsewhere_in_the_text() -> None:
    """Disclosures described elsewhere in the text, where nothing else is disclosed."""
    text = "We may also disclose your details as described elsewhere in this privacy policy."
    assert REFERENCE in _found(text)
    others = (
        "We share data with Ember Payments.",
        "We pass names to registries.",
        "We give logs to the police.",
    )
    assert REFERENCE not in _found(text, *others)
    assert REFERENCE not in _found("Your rights are described elsewhere in this policy.")


def test_copied_address() -> None:
    """The text itself at the address of somebody else."""
    mine = ("At Frost Hosting, we respect your privacy.", "Our website is frost-hosting.com.")
    assert REFERENCE in _found(
        *mine, "Please download or print this policy from www.ember-telecom.ca/privacy."
    )
    assert REFERENCE in _found(*mine, "This policy can be found at ember-telecom.ca.")
    assert REFERENCE not in _found(
        *mine, "Please download or print this policy from www.frost-hosting.com/privacy."
    )
    assert REFERENCE not in _found(*mine, "Read the policy of Google at google.com.")


def test_sites() -> None:
    """A text for one website and for several."""
    rule = "contradiction/scope-conflict"
    one = "This policy explains our practices when you visit www.frost-hosting.com."
    many = "This privacy policy covers frost-hosting.com, ember-vps.net and pine-servers.com."
    assert rule in _found(one, many)
    assert rule not in _found(one)
    assert rule not in _found(many)
    assert rule not in _found(one, "This policy covers our brands frost-hosting.com and ember-vps.net.")
    assert rule not in _found(one, "You can visit ember-vps.net and pine-servers.com.")


def test_strayed() -> None:
    """A paragraph that was numbered as the last item of a list."""
    rule = "drafting-error/list-mixed"
    items = (
        "We collect data for these purposes:",
        "- 1. to bill;",
        "- 2. to answer;",
        "- 3. to repair;",
        "- 4. to ship.",
    )
    stray = "- 5. Frost will name every purpose when it collects the information."
    assert rule in _found(*items, stray)
    assert rule not in _found(*items)
    assert rule not in _found(*items, "- 5. to keep the law.")


def test_hanging() -> None:
    """A sentence that a heading cuts off."""
    rule = "drafting-error/sentence-incomplete"
    assert rule in _found("Our policy protects your data by", "# Informing you")
    assert rule in _found("This statement is the place to look for", "# Your rights")
    assert rule not in _found("This is what we stand for.", "# Your rights")
    assert rule not in _found("Write to us at help@frost.example.in", "# Your rights")


HEADLESS = "We send notices about the service. communicates with the user by telephone."


def test_headless() -> None:
    """A sentence that lost its subject."""
    assert "drafting-error/typo" in _found(HEADLESS)
    assert "drafting-error/typo" not in _found("We send notices, e.g. to the user, by telephone.")


def test_role() -> None:
    """A party that is only called by its role."""
    rule = "undefined-term/term-undefined"
    own = "At Frost, we respect your privacy."
    assert rule in _found(own, "Company undertakes to call nobody.")
    assert rule not in _found(
        own, 'Frost Ltd (the "Company") is in Leeds.', "Company undertakes to call nobody."
    )


def test_trade_box() -> None:
    """Questions on privacy that only the sales people read."""
    rule = "dangling-contact/contact-unfit"
    assert rule in _found("Questions about our privacy practices go to sales@frost.com.")
    assert rule not in _found("Questions about our privacy practices go to privacy@frost.com.")
    assert rule not in _found("Orders go to sales@frost.com.", "Your rights: write to us by post.")
