"""Data that goes to nobody and to helpers; partners on the pages whom nobody names."""

from __future__ import annotations

import pytest

from tests.lint.lines import called, rules_of

FOUND = (
    (
        "confidentiality-conflict",
        (
            "We will never reveal your data to anyone except the account holder.",
            "Orders are passed to our fraud detection service provider with your name and address.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We only release customer records in these cases:",
            "- a court order",
            "# Payments",
            "Your card details are transmitted to our payment processor.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We do not disclose your personal information without your written consent.",
            "# Domains",
            "Your contact details are sent to the registrar in Canada.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "Personal data is never shared with others unless you give consent.",
            "# Help desk",
            "Your name and tickets are stored with an external help desk provider.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We do not share personal information with third parties.",
            "# Prizes",
            "Your address will be shared with the sponsors of the contest.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We never share customer data with third parties unless we have your permission.",
            "# Mailing",
            "Names and addresses are forwarded to couriers.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We do not release any customer information except with your permission.",
            "# Hosting",
            "Your files are copied to external backup providers.",
        ),
        (),
    ),
    ("partner-unnamed", ("We work with third party advertising companies to serve ads on our pages.",), ()),
    (
        "partner-unnamed",
        ("Our advertising partners may place cookies to collect information about your visits.",),
        (),
    ),
    ("partner-unnamed", ("We use third-party services for some features, for example our chat.",), ()),
    ("partner-unnamed", ("Card payments are outsourced to an external payment provider.",), ()),
    ("partner-unnamed", ("Our pages contain plug-ins of other companies that receive your IP address.",), ()),
    ("partner-unnamed", ("A third-party ad server delivers banners and collects your IP address.",), ()),
    ("partner-unnamed", ("The retargeting provider tracks which pages you have seen.",), ()),
    ("partner-unnamed", ("We contract with outside ad networks to display advertising.",), ()),
    ("partner-unnamed", ("Some third-party vendors receive your e-mail address.",), ()),
)


@pytest.mark.parametrize(("rule", "lines", "places"), FOUND, ids=called)
def test_found(rule: str, lines: tuple[str, ...], places: tuple[str, ...]) -> None:
    """A promise that helpers break, or a partner without a name, is found."""
    assert rule in rules_of(lines, places)


QUIET = (
    (
        "confidentiality-conflict",
        (
            "We do not disclose your personal information without your consent except to service providers who assist us.",
            "# Domains",
            "Your contact details are sent to the registrar.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We only release customer records in these cases:",
            "- to our payment processor",
            "Card details are transmitted to our payment processor to bill you.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We do not disclose your data without your consent except as described in this policy.",
            "# Domains",
            "Your contact details are sent to the registrar.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We never reveal your data to anyone except the account holder.",
            "# Payments",
            "We do not transmit card details to our payment processor.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We never share data of children without consent of their parents.",
            "# Domains",
            "Your contact details are sent to the registrar.",
        ),
        (),
    ),
    (
        "confidentiality-conflict",
        (
            "We do not share personal information without your consent.",
            "# Statistics",
            "Aggregated data is shared with partners.",
        ),
        (),
    ),
    ("partner-unnamed", ("We use third-party services such as Google Analytics to count visits.",), ()),
    ("partner-unnamed", ("Card payments are outsourced to Stripe, an external payment provider.",), ()),
    ("partner-unnamed", ("We do not use third-party services to help us.",), ()),
    ("partner-unnamed", ("Our ad network (https://ads.example.com/privacy) uses cookies.",), ()),
    (
        "partner-unnamed",
        ("We use third-party services to help us.", "The providers are listed below.", "- Nordwind GmbH"),
        (),
    ),
    ("partner-unnamed", ("Our site links to other companies' pages.",), ()),
    ("partner-unnamed", ("We are not responsible for third-party services.",), ()),
    ("partner-unnamed", ("You may use third-party services with your account.",), ()),
)


@pytest.mark.parametrize(("rule", "lines", "places"), QUIET, ids=called)
def test_quiet(rule: str, lines: tuple[str, ...], places: tuple[str, ...]) -> None:
    """Promises that name the helpers, and partners who are named, are no finding."""
    assert rule not in rules_of(lines, places)
