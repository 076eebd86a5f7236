"""What detectors took for a defect in ten published policies and no reader did, in other words."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted


def _found(*texts: str, places: tuple[str, ...] = ()) -> dict[str, str]:
    return {f.rule: f.message for f in linted(*texts, places=places)}


QUIET = (
    ("consent-by-use", ("As a reader you would still have to give us your permission before we write.",)),
    ("consent-by-use", ("If we use your data for a new end, we offer you the opportunity to agree to it.",)),
    ("purpose-open", ("A cookie is kept on your phone or other end device that you use.",)),
    (
        "purpose-open",
        ("We process the data that you provide by ordering our services in other ways.",),
    ),
    (
        "purpose-open",
        ("Processors handle data on behalf of Frost and for the benefit of Frost.",),
    ),
    (
        "purpose-conflict",
        (
            "We only use processors who protect your personal data.",
            "We use your address for marketing.",
        ),
    ),
    (
        "purpose-conflict",
        (
            "Your personal data is used only to provide the service.",
            "Direct marketing takes place only with your prior consent.",
            "We use your e-mail address for direct marketing.",
        ),
    ),
    (
        "stale-date",
        ("We follow Regulation (EU) 2016/679, repealing Directive 95/46/EC.",),
    ),
    (
        "sensitive-consent",
        ("Personal data means any information about a person, such as a name or identification number.",),
    ),
    ("sensitive-consent", ("Access requires proof of your identity.",)),
    (
        "interest-unspecified",
        ("Data is collected for specified, explicit and legitimate purposes.",),
    ),
    (
        "basis-undefined",
        (
            "Customers can revoke their consent at any time.",
            "We use the data for advertising with the customer's prior consent.",
        ),
    ),
    (
        "duplicate-clause",
        (
            "Your personal data named in clause 2.1 is stored during our contract and for ten years afterwards.",
            "Other text stands here.",
            "Your personal data named in clause 2.4 is stored during our contract and for a time afterwards.",
        ),
    ),
    (
        "duplicate-clause",
        (
            "Where we pass your data on for the same purposes as stated on the form, we let you opt out on the form.",
            "Where we pass your data on for different purposes than stated on the form, we let you consent on the form.",
        ),
    ),
    (
        "deadline-too-long",
        ("Traffic data is not kept longer than six months, unless you request statistics in time.",),
    ),
    (
        "data-sale",
        ("We may use aggregated information to sell advertisements on our pages, based on customer data.",),
    ),
    (
        "access-conflict",
        (
            "Here is a list of things that a cookie can't do:",
            "- it can't be read by other websites",
            "- it can't let us read files on your disk",
        ),
    ),
    (
        "transfer-undisclosed",
        ("By sending information about one or more other persons you confirm that they know.",),
    ),
    (
        "transfer-undisclosed",
        ("What you disclose to others outside of the Frost system can be collected by them.",),
    ),
    (
        "duplicate-item",
        (
            "You give your name, address (or that of somebody else), phone, e-mail, address, fax and the holder's address.",
        ),
    ),
    (
        "sole-discretion",
        ("Applications are kept for six months after applicants learn of our decision on the hiring.",),
    ),
    (
        "confidentiality-conflict",
        (
            "The site does not allow visitors to chat with other visitors or to post what others can access.",
            "We disclose personal data to our processors.",
        ),
    ),
    (
        "disclosure-open",
        ("Where we disclose your personal data, we offer you the opportunity to consent in a box.",),
    ),
    (
        "term-undefined",
        ("7. How to Reach Our Service Team.", "Write to us."),
    ),
    (
        "term-undefined",
        (
            "Visitors of www.frost.example (hereinafter referred to as the Website) are informed here.",
            "You can order on the Website at any time.",
            "We keep the Website safe, and the Website is ours.",
            "Please use the Website with care.",
        ),
    ),
    ("term-undefined", ("We use one cookie on our pages: “SIDX” for the session.",)),
    (
        "link-insecure",
        (
            "Write to help@frost.example.org.",
            "A browser add-on stops the analysis: http://tools.other.example.com/addon.",
        ),
    ),
    (
        "term-inconsistent",
        (
            "This privacy statement tells what we do.",
            "The only exception to this policy is a warrant.",
        ),
    ),
)


@pytest.mark.parametrize(("rule", "texts"), QUIET)
def test_what_no_reader_marks_is_left_alone(rule: str, texts: tuple[str, ...]) -> None:
    """Sentences that look like a defect and are none give no finding of that rule."""
    assert rule not in _found(*texts, places=("EU",))


@pytest.mark.parametrize(
    "texts",
    [
        ("The data controller is UAB Frost Ice, Ledo g. 6, 01100 Vilnius.",),
        ("Please write to us:", "Frost Systems GmbH", "Am Eis 1", "10115 Berlin"),
        ("This policy is that of Frost Hosting PTY LTD (“Frost”), 1 Ice Street, Perth.",),
        ("We are Frost Hosting SDN BHD, 12 Jalan Road, Ipoh.",),
    ],
)
def test_an_entity_is_recognised_however_its_form_is_written(texts: tuple[str, ...]) -> None:
    """A legal form before the name, in capitals or alone on a line of an address names the company."""
    assert "no legal entity" not in _found(*texts).get("controller-identity", "")


def test_rights_in_other_words_are_not_missed() -> None:
    """Limiting, disagreeing and a computer-readable copy are the rights that the law calls otherwise."""
    texts = (
        "You have the right to access, correct and delete your data.",
        "You can require us to limit the processing of your data.",
        "You may disagree with the processing of your data.",
        "You can get your data in a computer-readable format and complain to a supervisory authority.",
    )
    assert "rights-missing" not in _found(*texts, places=("EU",))


def test_a_link_to_log_in_stays_a_finding_on_a_foreign_site() -> None:
    """Where people log in over an open line it matters little whose site it is."""
    texts = ("Write to help@frost.example.org.", "Log in to your account at http://panel.other.example.com.")
    assert "link-insecure" in _found(*texts)


def test_databases_somewhere_stay_a_finding() -> None:
    """Data in "one or more databases" that nobody places is still a transfer that is not disclosed."""
    assert "transfer-undisclosed" in _found("Your data is stored in one or more databases of our partners.")


def test_a_basis_that_may_exist_is_none_that_is_named() -> None:
    """The words "no other legal basis" and "when there is a legal basis" name no basis for any purpose."""
    texts = (
        "We use your personal data to run the service.",
        "We erase it when you object and there is no other legal basis for it.",
        "It goes to the police when there is a legal basis.",
    )
    assert "basis-missing" in _found(*texts, places=("EU",))


def test_consent_to_a_transfer_to_nowhere_is_found() -> None:
    """Data that goes to "other countries" with consent alone, which nobody names, is reported."""
    texts = ("Your data may be passed to other countries, but only with your consent.",)
    assert "transfer-undisclosed" in _found(*texts, places=("EU",))


def test_what_an_act_says_is_no_rule_of_the_company() -> None:
    """A text that explains an act on children and does nothing itself is incomplete."""
    texts = (
        "The COPPA rule puts parents in control of what is collected from children under 13.",
        "We do not market to children under 13.",
    )
    assert "children-incomplete" in _found(*texts, places=("US",))
