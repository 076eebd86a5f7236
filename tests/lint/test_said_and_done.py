"""Promises that practice takes back: anonymous visits, opt-outs from everything, protection as an option."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted


def _rules(*texts: str, places: tuple[str, ...] = ()) -> set[str]:
    found = linted(*texts, places=places)
    return {f.rule for f in found} | {f"{f.kind}/{f.rule}" for f in found}


FOUND = (
    (
        "nameless-conflict",
        ("Guests may browse our shop anonymously.", "Our cookies recognise your browser on the next visit."),
    ),
    (
        "nameless-conflict",
        (
            "You can visit our website without telling us who you are.",
            "Our servers log the IP address of every request.",
        ),
    ),
    (
        "nameless-conflict",
        (
            "Anyone can explore the portal without revealing personal information.",
            "We track visitors to learn which pages they like.",
        ),
    ),
    ("nameless-conflict", ("您可以匿名访问本网站。", "我们收集您的IP地址和设备标识。")),
    (
        "optout-scope",
        (
            "Write to us and we take you out: we will remove your address from all mailings.",
            "Security notices are sent to every customer.",
        ),
    ),
    (
        "optout-scope",
        (
            "On request we delete you from any correspondence.",
            "Users will be notified of each change by e-mail.",
        ),
    ),
    (
        "never-vs-may",
        (
            "If your browser sends Do Not Track, we do not place any cookies.",
            "A cookie keeps the items of your shopping cart.",
        ),
    ),
    (
        "security-lacking",
        ("You have the choice of an encrypted connection for your card number and password.",),
    ),
    ("security-lacking", ("Our shop does not perform any malware scans.",)),
    ("security-lacking", ("Backups are stored unencrypted.",)),
    ("security-lacking", ("我们不进行漏洞扫描。",)),
    ("breach-promise", ("Should a data breach occur:", "We will inform all users within 12 hours.")),
    (
        "duty-shifted",
        (
            "You warrant that other persons whose details you enter have been informed and have given their consent.",
        ),
    ),
    (
        "duty-shifted",
        ("The customer guarantees that the data subjects named in an order have consented to this.",),
    ),
    ("duty-shifted", ("您保证已取得第三人的同意。",)),
    (
        "unilateral-change",
        ("Data we hold is governed by the privacy policy in force at that time.",),
    ),
    (
        "unilateral-change",
        ("Each revision also applies to information that was collected earlier, in the past.",),
    ),
    ("unilateral-change", ("Our privacy practices are subject to change.",)),
    ("optout-burden", ("Consent may be revoked at any time in written form.",)),
    ("optout-burden", ("You can withdraw your consent only in writing.",)),
    (
        "placeholder",
        ("After this policy has been created, we will place a link to it in the footer.",),
    ),
    (
        "optout-vs-consent",
        (
            "We need your permission to send you marketing e-mails.",
            "Messages that are not needed for the service always hold an option to not receive more of them.",
        ),
    ),
    (
        "contact-missing",
        ("You can contact the billing department by phone.", "Our mailbox is help@frost.example.org."),
    ),
    (
        "retention-missing",
        (
            "When you register we collect your name, address and card number.",
            "Unsuccessful applications are kept for six months.",
        ),
    ),
    (
        "retention-missing",
        (
            "On registration we collect your name and e-mail address.",
            "# Log files",
            "They are deleted after 14 days.",
        ),
    ),
    (
        "retention-missing",
        (
            "We collect your name and e-mail address when you order.",
            "On request we provide you with a copy of what we keep about you within 30 days.",
        ),
    ),
    (
        "retention-vague",
        ("If you cancel your membership, your details may be kept in our archive.",),
    ),
    (
        "retention-vague",
        ("Should you leave the service, your messages can be stored in our backups.",),
    ),
    (
        "rights-missing",
        ("You may remove yourself from our mailing list.", "You can correct your address in your profile."),
    ),
    (
        "whois-public",
        ("We run a Whois database that is accessible to all, with the name of the registrant.",),
    ),
    (
        "confidentiality-conflict",
        (
            "We do not share your details with other companies except where we are ordered by a court.",
            "Registrant names are published in the whois register.",
        ),
    ),
    ("term-undefined", ("Children may not register for the forum.",)),
    (
        "cookie-consent-missing",
        ("We set cookies for two reasons:", "- To track which pages you read.", "- To keep you logged in."),
    ),
    ("cookie-consent-missing", ("Persistent cookies store usage information and statistics.",)),
)
QUIET = (
    (
        "nameless-conflict",
        ("Guests may browse our shop anonymously.", "We do not track visitors and store no IP address."),
    ),
    (
        "nameless-conflict",
        ("You can visit our site without an account.", "Our servers log the IP address of every request."),
    ),
    (
        "optout-scope",
        ("We remove you from all marketing mailings.", "Security notices are sent to every customer."),
    ),
    (
        "optout-scope",
        ("We remove you from our newsletter.", "Users will be notified of each change by e-mail."),
    ),
    (
        "never-vs-may",
        (
            "If your browser sends Do Not Track, we set no cookies except those that are necessary.",
            "A cookie keeps the items of your shopping cart.",
        ),
    ),
    ("security-lacking", ("Our SSL certificates give your own site a secure connection option.",)),
    ("security-lacking", ("E-mail is not encrypted, so send no card number that way.",)),
    ("security-lacking", ("All card data travels over an encrypted connection.",)),
    (
        "breach-promise",
        (
            "In case of a data breach we inform the supervisory authority within 72 hours.",
            "We tell you within 24 hours after we have confirmed it.",
        ),
    ),
    ("breach-promise", ("Our support answers and will contact you within 8 hours.",)),
    (
        "duty-shifted",
        ("If you enter the details of other persons, please show them this notice; we inform them as well.",),
    ),
    ("duty-shifted", ("You are responsible for keeping your password secret.",)),
    (
        "unilateral-change",
        ("Changes never apply to data that was collected earlier unless you consent.",),
    ),
    ("optout-burden", ("You can withdraw your consent in writing or by e-mail.",)),
    ("optout-burden", ("Consent may be revoked at any time with one click.",)),
    ("placeholder", ("Once this policy is accepted, your account is opened.",)),
    (
        "retention-missing",
        (
            "When you register we collect your name and address.",
            "Account data is deleted 30 days after closure.",
            "Unsuccessful applications are kept for six months.",
        ),
    ),
    (
        "retention-missing",
        (
            "When you register we collect your name and address.",
            "Your data is deleted when you close your account.",
            "Log files are deleted after 14 days.",
        ),
    ),
    (
        "retention-missing",
        (
            "When you register we collect your name and address.",
            "We store your data while your account is active.",
            "Log files are deleted after 14 days.",
        ),
    ),
    (
        "retention-missing",
        (
            "When you register we collect your name and address.",
            "Your details are kept for the duration of the contract.",
            "Log files are deleted after 14 days.",
        ),
    ),
    (
        "retention-missing",
        (
            "When you register we collect your name and address.",
            "Your details are kept until you unsubscribe.",
            "Log files are deleted after 14 days.",
        ),
    ),
    (
        "retention-vague",
        ("After you close your account, invoices are kept for ten years as tax law requires.",),
    ),
    ("retention-vague", ("A cookie may be stored on your computer after you leave the site.",)),
    ("term-undefined", ("Children under 16 may not register for the forum.",)),
    (
        "cookie-consent-missing",
        ("With your consent we set cookies:", "- To track which pages you read."),
    ),
)


@pytest.mark.parametrize(("rule", "texts"), FOUND)
def test_a_promise_that_practice_takes_back_is_found(rule: str, texts: tuple[str, ...]) -> None:
    """What one sentence promises and another one, or its own words, take back is reported."""
    assert rule in _rules(*texts, places=("EU",) if rule == "cookie-consent-missing" else ())


@pytest.mark.parametrize(("rule", "texts"), QUIET)
def test_a_promise_that_holds_is_left_alone(rule: str, texts: tuple[str, ...]) -> None:
    """A promise with its exception, or one that nothing contradicts, is no finding."""
    assert rule not in _rules(*texts)
