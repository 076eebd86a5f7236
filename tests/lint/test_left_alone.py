"""What careful readers of nine published policies did not mark, in other words; and what they marked in these detectors."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted


def _rules(*texts: str, places: tuple[str, ...] = ()) -> set[str]:
    found = linted(*texts, places=places)
    return {f.rule for f in found} | {f"{f.rule}-conflict" for f in found if f.kind == "contradiction"}


QUIET = (
    ("marketing-default", ("We may use your name, phone number and mailing address.",)),
    ("sole-discretion", ("We will never share your personal data for any reason.",)),
    (
        "access-conflict",
        ("Subjects are not encrypted and may be viewed by staff.", "Our staff may read messages."),
    ),
    (
        "access-conflict",
        ("Our web server does not collect your e-mail address.", "We may read e-mail on the server."),
    ),
    ("recording-without-consent", ("Our system records the date and length of your calls.",)),
    (
        "right-denied",
        ("Your e-mail address will not be used for any other purpose or disclosed without your consent.",),
    ),
    ("data-sale", ("Your information is not monetized.",)),
    ("data-sale", ("A cookie keeps the customer information that is required for products sold online.",)),
    (
        "confidentiality-conflict",
        ("Data is not shared with any company.", "Customers see their records in the world wide web."),
    ),
    (
        "law-misstated",
        ("This cookie contains no personal data and only your language, not your IP address.",),
    ),
    (
        "never-vs-may",
        ("Cookies are used only for the following purposes:", "- To show each visitor new ads."),
    ),
    ("reference-unresolved", ("You should consult the privacy policy of the party being advertised.",)),
    ("typo", ("This is done to prevent theft of bandwidth.",)),
    ("placeholder", ("This policy is final and published.",)),
    ("business-transfer-unconditional", ("Of course your email won't be sold or given to anyone by us.",)),
    (
        "recipient-open",
        (
            "This notice describes how Frost and its subsidiaries collect and use data provided by our customers.",
        ),
    ),
    (
        "reference-unresolved",
        ("This notice does not form part of any contract such as a Master Services Agreement.",),
    ),
    ("law-misstated", ("No personal data beyond the IP address used for routing is shared.",)),
    ("absolute-claim", ("Some partners have partial or total access to your information.",)),
    (
        "disclosure-open",
        (
            "We choose vendors with whom we share data and require them to meet standards we consider adequate.",
        ),
    ),
    (
        "marketing-optout",
        ("We offer users choices regarding the use of their data and contact them as they prefer.",),
    ),
    (
        "controller-identity-conflict",
        (
            "The data controller is Frost Hosting Ltd.",
            "The data controller's representative is Ember Representatives Ltd.",
        ),
    ),
    ("marketing-default", ("Correct your data by electronically mailing our support.",)),
    (
        "jurisdiction-unspecified",
        ("We share data as required by law.", "We follow the Privacy and Electronic Documents Act."),
    ),
    (
        "jurisdiction-unspecified",
        ("Data is kept as permitted by law.", "We process it according to the laws of Norway."),
    ),
    ("vague-timer", ("Data is used where consent cannot be obtained in a timely way.",)),
    ("data-sale", ("If our company is sold, customer data goes to the buyer.",)),
    (
        "access-conflict",
        ("A cookie cannot read files on your disk.", "Our staff may read files on the servers."),
    ),
    (
        "logging-conflict",
        ("Our hosting provider does not log any traffic.", "Mail logs are stored for a week."),
    ),
    ("consent-by-use", ("When you order, you agree to provide accurate and complete details.",)),
    ("consent-by-use", ("If you have set your browser to warn you before accepting cookies, it will.",)),
    ("consent-bundled", ("By submitting data of others you must ensure that you have their consent.",)),
    ("sole-discretion", ("Other information may be given at your discretion and is collected as optional.",)),
    ("recipient-open", ("What you post in a public forum may be seen by anyone else who visits it.",)),
    ("recipient-open", ("Do not give us anyone else's data.",)),
    ("password-resend", ("We use your address to give you a new password.",)),
    ("right-denied", ("As a Swiss company we are not subject to the principles of that agreement.",)),
    (
        "disclosure-open",
        ("We must disclose the domain to the appropriate registry in order to register it.",),
    ),
    (
        "disclosure-open",
        (
            "We disclose data when required by law, if we believe that this is necessary to comply with a court order.",
        ),
    ),
    ("absolute-claim", ("We take steps to help ensure that your data remains accurate.",)),
    ("term-inconsistent", ("This privacy statement is ours.", "Read the privacy policy of Google.")),
    (
        "optout-vs-consent",
        ("We send offers to customers by e-mail.", "Minors get no offers without parental consent."),
    ),
    (
        "purpose-conflict",
        ("We do not sell or exchange your data for marketing.", "We use your data to send you offers."),
    ),
)


@pytest.mark.parametrize(("rule", "texts"), QUIET)
def test_quiet(rule: str, texts: tuple[str, ...]) -> None:
    """Nobody marks this."""
    assert rule not in _rules(*texts, places=("UK",) if rule == "consent-by-use" else ())


LOUD = (
    ("marketing-default", ("We send you mailings with special offers.", "Customers get mailings.")),
    ("jurisdiction-unspecified", ("Data is kept as permitted by law.",)),
    ("data-sale", ("Customer data is sold to advertisers.",)),
    ("access-conflict", ("Nobody can read files on your disk.", "Our staff may read files on the servers.")),
    ("logging-conflict", ("We do not log any traffic.", "Mail logs are stored for a week.")),
    ("consent-by-use", ("By using this website, you agree to our use of your data.",)),
    ("sole-discretion", ("We disclose data at our sole discretion.",)),
    ("password-resend", ("If you forgot it, we e-mail you your password.",)),
    ("term-inconsistent", ("This privacy statement is ours.", "Our privacy policy may change.")),
    ("purpose-conflict", ("We do not use your data for marketing.", "We use your data to send you offers.")),
    ("retention-indefinite", ("We keep your messages for future use.",)),
    ("retention-indefinite", ("We retain your order information until you ask us to delete it.",)),
    ("retention-vague", ("We retain correspondence to answer any future inquiries.",)),
    ("retention-vague", ("Account information is kept in case claims are raised.",)),
    ("retention-vague", ("Mail logs are stored for a week, while web logs might be stored longer.",)),
    (
        "retention-conflict",
        (
            "On request we delete your mails immediately.",
            "Backups are kept for 6 months, even after the content has been deleted.",
        ),
    ),
    (
        "transfer-conflict",
        (
            "All your account information is stored in Norway.",
            "Your data is stored with a registrar in the US.",
        ),
    ),
    ("transfer-safeguard-invalid", ("# Safe Harbor", "We fulfil the requirements of these principles.")),
    ("law-repealed", ("We comply with the Personal Data Act of Norway.",)),
    ("purpose-open", ("Cookies are used for a variety of purposes including advertising.",)),
    (
        "disclaimer-overbroad",
        ("You should not expect that data will never be disclosed in ways not described here.",),
    ),
    ("absolute-claim", ("Any personal data that we transmit is encrypted.",)),
    ("absolute-claim", ("We are the world's leading registrar.",)),
    (
        "unilateral-change",
        ("Changes to this policy will be posted here and, where appropriate, notified to you.",),
    ),
    (
        "optout-vs-consent",
        ("We will not send you unsolicited e-mail.", "We may send customers newsletters by e-mail."),
    ),
    (
        "whois-public",
        ("We keep a publicly accessible registration database with registrant names and data of domains.",),
    ),
    (
        "confidentiality-conflict",
        (
            "We do not share data with third parties except as required by law.",
            "We share data with selected business partners.",
        ),
    ),
    ("placeholder", ("This policy explains how YOUR_SERVER_NAME collects information.",)),
    (
        "retention-vague",
        ("Messages may be retained in accordance with operational and compliance requirements.",),
    ),
    ("placeholder", ("This privacy policy is work in progress.",)),
    ("typo", ("This privacy policy are new.",)),
    ("never-vs-may", ("Cookies are used only to keep you logged in.", "We use cookies to show you ads.")),
    (
        "transfer-undisclosed",
        ("Copies may exist on cloud services where it is not possible to determine where such copies are.",),
    ),
    (
        "definition-conflict",
        ("We collect anonymous demographic information, which is not unique to you, such as your age.",),
    ),
    ("messages-unprotected", ("All communications sent to us will be treated as non-confidential.",)),
    (
        "messages-unprotected",
        ("Any e-mail or material that you send is deemed not confidential and free for us to use.",),
    ),
    ("typo", ("No personal information will not be sold to anybody.",)),
    ("typo", ("The form is stored in a safe. are the sole owners of it.",)),
    ("typo", ("If you loose your password, write to us.",)),
    ("purpose-open", ("Personal data is used for billing and other business activities related to it.",)),
    (
        "nameless-conflict",
        ("Our cookies do not collect personal information.", "A cookie may hold a user identification code."),
    ),
    ("security-missing", ("We collect your passport and a copy of your id card.",)),
)


@pytest.mark.parametrize(("rule", "texts"), LOUD)
def test_loud(rule: str, texts: tuple[str, ...]) -> None:
    """This they do."""
    assert rule in _rules(*texts)


MAIL_KEPT = (
    "All communications are treated as confidential.",
    "What you post in our forum is treated as non-confidential.",
    "Ideas and feedback are treated as non-confidential.",
    "Aggregated statistics are not confidential.",
    "We treat your messages confidentially.",
)


@pytest.mark.parametrize("text", MAIL_KEPT)
def test_mail_kept(text: str) -> None:
    """Public posts, ideas and statistics need no secrecy."""
    assert "messages-unprotected" not in _rules(text)


def test_signals() -> None:
    """Advertising across websites in the United States wants a word on signals."""
    ads = "Cookies help us to show ads on other websites."
    assert "signals-missing" in _rules(ads, places=("US",))
    assert "signals-missing" not in _rules(ads, places=("EU",))
    assert "signals-missing" not in _rules(ads, "We ignore Do Not Track.", places=("US",))


def test_credit_agencies() -> None:
    """Who asks credit agencies has to say what follows from the answer."""
    asked = "We may request information from credit reference agencies."
    assert "profiling-undisclosed" in _rules(asked, places=("UK",))
    assert "profiling-undisclosed" not in _rules(asked, "No automated decisions are made.", places=("UK",))


def test_legal_basis_heading() -> None:
    """A heading that names the legal basis, and nothing under it that is one."""
    texts = (
        "# Legal basis",
        "We follow the law of Norway.",
        "# Use",
        "We use your personal data to bill you.",
    )
    assert "basis-missing" in _rules(*texts, places=("EU",))
    named = (
        "# Legal basis",
        "We rely on the contract with you.",
        "# Use",
        "We use your personal data to bill you.",
    )
    assert "basis-missing" not in _rules(*named, places=("EU",))


def test_silent_site() -> None:
    """A service on the web without a word on cookies or logs."""
    rest = [f"We answer question number {n} of our customers by letter." for n in range(20)]
    assert "visitors-missing" in _rules("You can order on our website.", *rest, places=("US",))
    assert "visitors-missing" not in _rules(
        "You can order on our website.", "We set no cookies.", *rest, places=("US",)
    )
    assert "visitors-missing" not in _rules(*rest, places=("US",))


def test_items_keep_their_records() -> None:
    """Periods in a list are about what the lead-in names."""
    texts = (
        "Mailbox contents are stored while the account is active and:",
        "- up to 3 months after closure of trial accounts;",
        "- up to 6 months after closure of paid accounts.",
    )
    assert "retention-conflict" not in _rules(
        *texts, "Invoices are kept for ten years after closure of the account."
    )
