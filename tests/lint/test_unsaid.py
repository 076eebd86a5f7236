"""English statements that leave a period, a case, a method or a document unsaid, and neighbours that say it."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text

SAID = (
    ("retention-vague", "Records about you are kept as long as our auditors want to see them."),
    ("retention-vague", "Application forms are shredded in due season."),
    ("retention-vague", "Personal data shall not be kept beyond what is needed for the purpose."),
    ("retention-vague", "The time for which we keep logs varies with the product."),
    ("retention-vague", "Entries stay on file until they fall to the routine deletion of unused accounts."),
    ("retention-vague", "Letters are stored for such reasonable time as a quarrel over them may need."),
    ("retention-indefinite", "Your tickets stay in our system after you have left us."),
    ("retention-indefinite", "Deleted accounts are merely hidden; the data remains."),
    ("retention-indefinite", "There is no date on which we remove your details."),
    ("vague-timer", "Complaints receive our earliest attention."),
    ("vague-timer", "Corrections take effect after a short delay."),
    ("anonymity-undefined", "Data that does not identify you may be sold."),
    ("anonymity-undefined", "Summary data can be shown to investors."),
    ("term-undefined", "In some situations we may hand over your data."),
    ("term-undefined", "Where appropriate, data is shared inside the group."),
    ("term-undefined", "We do not log data that we regard as sensitive."),
    ("reference-unresolved", "Logs are wiped according to our data disposal rules."),
    ("reference-unresolved", "Retention times are listed in our data catalogue."),
    ("reference-unresolved", "The rules for resellers are in a separate agreement."),
    ("reference-unresolved", "See the table on the Storage page."),
)
FINE = (
    ("retention-vague", "Logs are kept for nine days."),
    ("retention-vague", "Free trials run for a limited time."),
    ("retention-indefinite", "After you close your account, invoices stay on file for seven years."),
    ("retention-indefinite", "On request your files are removed for good."),
    ("vague-timer", "Requests are answered within ten days."),
    ("vague-timer", "You must tell us promptly when a key is lost."),
    (
        "anonymity-undefined",
        "Counts below thirty are suppressed, and noise is added before we publish statistics.",
    ),
    ("term-undefined", "In two cases we share data: with the registry, and with the court."),
    ("reference-unresolved", "The law is explained in the act itself."),
    ("reference-unresolved", "Our terms of sale stand at https://frost.example.com/terms."),
)


def _rules(*texts: str) -> set[str]:
    units = [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(texts, 1)]
    return {f.rule for f in lint_text(units)}


@pytest.mark.parametrize(("rule", "text"), SAID)
def test_said(rule: str, text: str) -> None:
    """What is left unsaid is found in unusual words."""
    assert rule in _rules(text)


@pytest.mark.parametrize(("rule", "text"), FINE)
def test_fine(rule: str, text: str) -> None:
    """What is said is not reported."""
    assert rule not in _rules(text)


def test_collected_twice() -> None:
    """What is collected automatically and listed in two places is told once."""
    one = "We automatically gather your IP address, browser type and operating system."
    other = "Our web logs record internet protocol addresses, the browser version and pages you visit."
    between = ("Invoices are sent by mail.", "Parcels come on Monday.", "The desk is closed on Sunday.")
    assert "duplicate-clause" in _rules(one, *between, other)
    assert "duplicate-clause" not in _rules(one, *between)


def test_same_article() -> None:
    """Two sentences that cite one article for two kinds of processing are no duplicate."""
    texts = (
        "Storage of the logs rests on the legitimate interests of the controller, Art. 6(1)(f) GDPR.",
        "Cookies are stored for two days.",
        "Use of the logs rests on the legitimate interests of the controller, Art. 6(1)(f) GDPR.",
    )
    assert "duplicate-clause" not in _rules(*texts)


def test_names_of_data() -> None:
    """One stray synonym is no finding; two names used side by side are."""
    usual = [f"We keep personal data of kind {n} in Lund." for n in range(4)]
    other = [f"Personal information of kind {n} goes to Oslo." for n in range(3)]
    assert "term-inconsistent" not in _rules(*usual, *other[:1])
    assert "term-inconsistent" in _rules(*usual, *other)
