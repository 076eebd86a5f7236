"""Kinds of statements that a single sentence, or two of them, can make."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text

MADE = (
    ("consent-by-use", "Whoever opens a shop with us is understood to have approved of what stands here."),
    ("consent-by-use", "You agree to all of this the moment you power on your first server."),
    ("consent-silence", "No answer within two weeks is read by us as a yes to the new processing."),
    ("consent-silence", "The box for sharing usage figures is already ticked when you open the form."),
    ("marketing-default", "Every new client is put on the list for our monthly offers."),
    ("marketing-default", "You can stop our promotional mailings by writing to the help desk."),
    (
        "partner-marketing",
        "You will receive deals of our partners from time to time. You can unsubscribe from them.",
    ),
    (
        "new-use-optout",
        "We will not use your data for another purpose without informing you and letting you opt out.",
    ),
    (
        "law-misstated",
        "Our clients do not need a data processing agreement with us, since we only rent out machines.",
    ),
    ("law-misstated", "Device identifiers are not personal data."),
    ("right-narrowed", "You have the right to object where we have no lawful ground for the processing."),
    ("right-narrowed", "We let members see their entries and delete inaccurate data."),
    (
        "refusal-broad",
        "You can get a copy of your data, except where the cost of making one is too high for us.",
    ),
    ("credential-shown", "Any operator can see the password of a client on the screen."),
    ("credential-shown", "The answer to your secret question is used by phone agents to verify you."),
    (
        "transfer-loose",
        "When data is transferred to another country we protect it by contract wherever possible.",
    ),
    (
        "never-vs-may",
        "We only use cookies to keep you logged in. We also use cookies to count visits for our affiliates.",
    ),
    (
        "confidentiality-conflict",
        "So we work. We do not in any way share your details. Names of registrants are publicly accessible in whois.",
    ),
    (
        "purpose-conflict",
        "Your data is used solely for running your account. We use it to send news on new services and other offers.",
    ),
    (
        "confidentiality-conflict",
        "So we work. Your records remain between you and us. The courier firm receives your name and address.",
    ),
    (
        "purpose-conflict",
        "All personal data is earmarked for running your shop. What you buy helps us target campaigns.",
    ),
    (
        "access-conflict",
        "We never look into your files. Our operators may view the files of a server that is slow.",
    ),
    (
        "notice-conflict",
        "You will hear of any change of this policy a week before. We may change this policy at any time without notice.",
    ),
    (
        "transfer-conflict",
        "Your data is kept in Norway and nowhere else. Your data is copied to servers in Brazil.",
    ),
    ("purpose-open", "We use your data for invoices and for our general commercial needs."),
    ("recipient-open", "Your address is passed to people who help us in various ways."),
    ("sole-discretion", "Whether a deletion request is met is for our managers to decide."),
    ("right-denied", "We do not grant requests to correct a profile."),
    ("transfer-undisclosed", "Your records may be held in any of several foreign countries."),
    ("business-transfer-unconditional", "If another firm takes us over, the member list becomes theirs."),
    ("unilateral-change", "New wording of this page counts the moment it is posted, and no notice is sent."),
    ("absolute-claim", "Nobody will ever be able to touch your photos here."),
    ("disclaimer-overbroad", "If records leak, you are on your own."),
    ("data-sale", "Twice a year we rent out our list of members."),
)
NOT_MADE = (
    ("consent-by-use", "We do not take the use of this site as consent to anything."),
    ("consent-silence", "If you do not reply, we understand that you do not agree."),
    ("marketing-default", "We send the newsletter only to people who have asked for it."),
    ("partner-marketing", "We never send offers of other companies to our customers."),
    ("new-use-optout", "We ask for your consent before we use your data for another purpose."),
    ("law-misstated", "We sign a data processing agreement with every customer who needs one."),
    ("law-misstated", "We do not collect IP addresses, and no personal data is kept in the logs."),
    ("right-narrowed", "You have the right to object at any time on grounds relating to your situation."),
    ("refusal-broad", "We refuse a request only where it is manifestly unfounded or excessive."),
    ("credential-shown", "Our staff never ask for your password."),
    (
        "transfer-loose",
        "Every transfer to another country rests on contract clauses.",
    ),
    ("never-vs-may", "We only use cookies to keep you logged in. We do not use cookies for statistics."),
    (
        "confidentiality-conflict",
        "So we work. We show your details to nobody. Visitors of other sites share data with those sites.",
    ),
    (
        "purpose-conflict",
        "Your card number is used only to take the payment. With the newsletter we send offers to those who asked.",
    ),
    ("purpose-open", "We use your data for invoices and for no other purpose."),
    ("sole-discretion", "It is up to you which fields you fill in."),
    ("right-denied", "We can not delete invoices before the ten years that tax law asks for have passed."),
    ("transfer-undisclosed", "Your records never leave Norway."),
    ("absolute-claim", "No system is completely secure, and neither is ours."),
    ("disclaimer-overbroad", "We answer for what our subcontractors do with your data."),
    ("data-sale", "We do not sell lists of members, and we rent none out."),
    ("data-ownership", "We do not disclose account data to anyone other than the owner of an account."),
    (
        "data-ownership",
        "You will be notified by e-mail of any such change in ownership or control of your personal information.",
    ),
    (
        "duty-shifted",
        "You acknowledge and agree that any feedback you provide may be shared with third parties.",
    ),
    ("security-lacking", "We do not scan your email in order to display such ads."),
    (
        "optout-burden",
        "Backups are kept for up to 6 months, even after the content has been deleted from the main storage.",
    ),
    (
        "partner-marketing",
        "By posting information online that is publicly accessible, you may receive unsolicited messages from other parties.",
    ),
    (
        "purpose-open",
        "That company will be prohibited from using our users' personally identifiable information for any other purpose.",
    ),
)


def _rules(text: str) -> set[str]:
    parts = [p if p.endswith(".") else p + "." for p in text.split(". ")]
    return {
        f.rule
        for f in lint_text([Sentence(f"s{n}", n, p, "sentence", (), 1) for n, p in enumerate(parts, 1)])
    }


@pytest.mark.parametrize(("rule", "text"), MADE)
def test_made(rule: str, text: str) -> None:
    """A sentence of the kind is reported under its rule."""
    assert rule in _rules(text)


@pytest.mark.parametrize(("rule", "text"), NOT_MADE)
def test_not_made(rule: str, text: str) -> None:
    """Its lawful neighbour is not."""
    assert rule not in _rules(text)
