"""Sources, purposes and recipients that one sentence closes and another opens; desks and boxes that nobody can reach; slips."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted
from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(*texts: str, places: tuple[str, ...] = ()) -> set[str]:
    return {f"{f.kind}/{f.rule}" for f in linted(*texts, places=places)}


FOUND = (
    (
        "contradiction/source-conflict",
        (
            "# When do we gather information?",
            "We gather information from you when you place an order or subscribe.",
            "# Use",
            "We use the information we gather from you when you register or surf the website.",
        ),
    ),
    (
        "contradiction/source-conflict",
        (
            "We never collect personal information about visitors without your knowledge.",
            "Our servers automatically record what you look at.",
        ),
    ),
    (
        "contradiction/source-conflict",
        (
            "We collect the personal data that you choose to volunteer, and nothing from other sources.",
            "We never gather data from any other sources.",
            "We may automatically track personal data of customers.",
        ),
    ),
    (
        "contradiction/purpose-conflict",
        (
            "We will not use your data for any purpose other than the one stated at the place where it is collected.",
            "We may automatically gather personal data for research.",
        ),
    ),
    (
        "contradiction/nameless-conflict",
        (
            "We use cookies to learn how the site is used, and that information is not identifiable.",
            "A cookie holds a code that is linked to information about the user.",
        ),
    ),
    (
        "contradiction/nameless-conflict",
        (
            "Traffic data is gathered on a non-personal basis when you visit.",
            "We use cookies to personalise advertisements.",
        ),
    ),
    (
        "contradiction/confidentiality-conflict",
        (
            "We protect the privacy of our customers to the fullest extent.",
            "We may share customer information with advertisers.",
        ),
    ),
    (
        "contradiction/confidentiality-conflict",
        (
            "Our policy is not to share your details for new ends without first giving you a choice.",
            "However, we may disclose them for any reason that we find good.",
        ),
    ),
    (
        "contradiction/children-conflict",
        (
            "We comply with COPPA.",
            "We encourage children to check with their parents before they write to us.",
        ),
    ),
    (
        "contradiction/children-conflict",
        (
            "Our pages are fun for kids.",
            "We suggest that young people ask for permission of their parents.",
        ),
    ),
    (
        "contradiction/cookie-list-conflict",
        (
            "# Data",
            "Your visits are recorded through cookies and similar technologies that follow your activity.",
            "# Cookies",
            "We use the following cookies on our pages:",
            "- SIDX, for the session",
        ),
    ),
    (
        "contradiction/controller-identity",
        (
            "# Privacy at icehosting.com",
            "A contract is made between you and Frost.",
            "Frost will use the data for invoices.",
            "Write to us:",
            "Frost GmbH",
            "Am Eis 1",
            "10115 Berlin",
        ),
    ),
    (
        "undefined-term/disclosure-open",
        ("We disclose data when a court order or any other request from the police asks for it.",),
    ),
    ("open-ended/list-open", ("We collect your name, your age and any other data that you send us.",)),
    ("undefined-term/term-undefined", ("To open an account we ask you for certain personal information.",)),
    ("undefined-term/term-undefined", ("Certain billing information is recorded.",)),
    ("unenforceable/vague-timer", ("We answer requests instantly.",)),
    (
        "unenforceable/others-vouched",
        ("Mouseflow does not store any personal information about visitors.",),
    ),
    (
        "risky-promise/new-use-optout",
        ("We share your data with other firms, and give you a way to opt out of such sharing on the form.",),
    ),
    ("risky-promise/password-encryption", ("Your password is encrypted in our database.",)),
    (
        "risky-promise/retention-excess",
        ("All personal data is stored for 10 (ten) years after the end of the contract.",),
    ),
    (
        "risky-promise/retention-excess",
        ("We keep your data for seven years from the closure of the account.",),
    ),
    ("dangling-contact/contact-invalid", ("To unsubscribe, e-mail us at support at frost.com.",)),
    (
        "dangling-contact/contact-missing",
        (
            "Offers come from news@frost.example.org.",
            "If you have a complaint about privacy, please contact Customer Support and we will look at it.",
        ),
    ),
    (
        "risky-promise/whois-public",
        (
            "We forward registration data to:",
            "- users of the whois database of the domain registry.",
            "Analytics anonymises your IP address.",
        ),
    ),
    (
        "risky-promise/marketing-default",
        (
            "People who subscribed to our services through a promotion are told of it.",
            "We use your address to tell you about services that may be of interest to you.",
        ),
    ),
    (
        "risky-promise/law-foreign",
        ("We comply with the CAN-SPAM Act.", "Write to help@frost.co.za."),
    ),
    (
        "missing-mandatory/effective-date",
        ("Revised: 3 May 2017", "We keep your data safe."),
    ),
    ("drafting-error/typo", ("We use it to:", "- to send you invoices.")),
    ("drafting-error/typo", ("Your data can be easily be found.",)),
    ("drafting-error/typo", ("The Law on Data (hereinafter referred the LD) applies.",)),
    (
        "drafting-error/typo",
        (
            "Frost Hosting sells servers.",
            "You can reach Frost Hosting by mail.",
            "The office of Frost Hosting is open.",
            "It is Frost Hostings practice to ask.",
        ),
    ),
)
QUIET = (
    (
        "contradiction/source-conflict",
        (
            "# When do we gather information?",
            "We gather information from you when you place an order or visit the site, also with cookies.",
            "# Use",
            "We use the information we gather from you when you register or surf the website.",
        ),
    ),
    (
        "contradiction/source-conflict",
        ("We never collect personal information without your knowledge.", "We answer each letter."),
    ),
    (
        "contradiction/nameless-conflict",
        ("Statistics hold no names.", "We use cookies to personalise advertisements."),
    ),
    (
        "contradiction/confidentiality-conflict",
        (
            "We protect the privacy of our customers to the fullest extent.",
            "With your consent we share customer information with partners.",
        ),
    ),
    (
        "contradiction/confidentiality-conflict",
        (
            "Our policy is not to share your details for new ends without first giving you a choice.",
            "However, a court can order us to disclose them.",
        ),
    ),
    (
        "contradiction/children-conflict",
        (
            "We comply with COPPA and collect nothing from children without parental consent.",
            "We encourage children to check with their parents before they write to anybody.",
        ),
    ),
    (
        "contradiction/controller-identity",
        (
            "# Privacy at icehosting.com",
            "icehosting.com is operated by Frost GmbH.",
            "A contract is made between you and Frost.",
            "Frost will use the data for invoices.",
            "Frost GmbH",
            "Am Eis 1",
            "10115 Berlin",
        ),
    ),
    (
        "contradiction/retention-conflict",
        (
            "Your personal data referred to in clause 3.1 is stored for 10 (ten) years after the contract.",
            "Your personal data referred to in clause 3.4 is stored for 1 (one) year after the contract.",
        ),
    ),
    ("undefined-term/disclosure-open", ("We disclose data when a court order asks for it.",)),
    ("open-ended/list-open", ("You may correct any other data that you have sent us.",)),
    ("unenforceable/vague-timer", ("Pages load instantly.",)),
    (
        "unenforceable/others-vouched",
        ("Google does not associate your IP address with other data.",),
    ),
    (
        "risky-promise/retention-excess",
        ("As tax law requires, we keep your invoices data for ten years after the end of the contract.",),
    ),
    (
        "risky-promise/retention-excess",
        ("We keep your data for two years after the closure of the account.",),
    ),
    ("dangling-contact/contact-invalid", ("Meet us at frost.com and at other fairs.",)),
    (
        "dangling-contact/contact-missing",
        (
            "If you have a complaint, please contact Customer Support at help@frost.example.org.",
            "Offers come from news@frost.example.org.",
        ),
    ),
    (
        "risky-promise/law-foreign",
        ("We comply with the CAN-SPAM Act and with POPIA.", "Write to help@frost.co.za."),
    ),
    (
        "risky-promise/law-foreign",
        ("We comply with the CAN-SPAM Act.", "Write to help@frost.com."),
    ),
    (
        "missing-mandatory/effective-date",
        ("In force from 3 May 2017, revised 4 May 2018", "We keep your data safe."),
    ),
    (
        "dangling-reference/reference-unresolved",
        ("The link to this text is found on the page specified above.",),
    ),
    (
        "dangling-contact/contact-missing",
        (
            "If you have questions, please contact our support.",
            "Frost Ltd, 1 Ice Street, London.",
            "Telephone +44 20 7946 0000",
        ),
    ),
    ("drafting-error/typo", ("We use it to:", "- send you invoices.")),
    ("drafting-error/typo", ("These information systems are guarded.",)),
)


@pytest.mark.parametrize(("label", "texts"), FOUND)
def test_what_another_sentence_opens_again_is_found(label: str, texts: tuple[str, ...]) -> None:
    """Closed sources, purposes and circles that another sentence opens are reported, and what leads nowhere."""
    assert label in _rules(*texts)


@pytest.mark.parametrize(("label", "texts"), QUIET)
def test_what_is_closed_and_stays_closed_is_left_alone(label: str, texts: tuple[str, ...]) -> None:
    """A limit that holds, a box that answers and a sentence without slips give no finding."""
    assert label not in _rules(*texts)


def test_consent_that_need_not_be_free_is_no_definition() -> None:
    """A definition of consent that keeps every word of the law but the first is reported."""
    bare = "Consent means any specific, informed and unambiguous indication of the wishes of a person."
    assert "undefined-term/consent-undefined" in _rules(bare, places=("EU",))
    free = "Consent means any freely given, specific and unambiguous indication of the wishes of a person."
    assert "undefined-term/consent-undefined" not in _rules(free, places=("EU",))


def test_rights_in_a_list_and_of_customers_are_offered() -> None:
    """Under "you may have the data:" a single word is a right, and what customers can do is one too."""
    texts = (
        "You may have your data:",
        "- Erased",
        "- Corrected",
        "Customers may revoke their consent at any time and get a copy of the data we hold about them.",
    )
    found = lint_text(
        [
            Sentence(f"s{n}", n, t, "bullet" if t[0] == "-" else "sentence", ("Part",), n)
            for n, t in enumerate(texts, 1)
        ],
        jurisdictions=("SG",),
    )
    assert "rights-missing" not in {f.rule for f in found}
