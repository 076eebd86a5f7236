"""A general promise and an act elsewhere in the text that takes it back, by the rule that finds them."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted

BETWEEN = "We have been offering hosting and domains since 2009."
PAIRS = (
    (
        "retention-conflict",
        "We will hold on to your personal details for as long as your account is open and for twelve months thereafter.",
        "Account data of customers who have left is archived for a period of three years.",
    ),
    (
        "retention-conflict",
        "Application documents of unsuccessful candidates are destroyed after six months.",
        "CVs of applicants we did not hire stay on file for up to five years.",
    ),
    (
        "controller-identity",
        "The controller of your personal data is Northline Hosting Ltd, 4 Quay Street, Dublin.",
        "Responsible for the processing of your data under the GDPR is Northline Cloud GmbH, Torstrasse 9, Berlin.",
    ),
    (
        "controller-identity",
        'Bluepeak Inc. ("we", "us") is the data controller for this website.',
        "For the purposes of the Data Protection Act 2018 the data controller is Bluepeak Europe Limited.",
    ),
    (
        "controller-identity",
        "This Privacy Policy is issued by Sable Networks B.V., which decides why and how your data is processed.",
        "All personal data collected on this site is controlled by Sable Media LLC.",
    ),
    (
        "controller-identity",
        "Data controller: Kite Domains SARL, 12 rue Haute, Luxembourg",
        "If you have a complaint about how Kite Registrar AG, the data controller, handles your data, write to us.",
    ),
    (
        "notice-conflict",
        "We may revise this Privacy Policy at any time and without prior notice.",
        "Should we change the policy, we will inform you by e-mail at least 30 days before the new version takes effect.",
    ),
    (
        "purpose-conflict",
        "The e-mail address you enter is used to deliver your order and for nothing else.",
        "We will also use your e-mail address to tell you about our latest offers.",
    ),
    (
        "purpose-conflict",
        "Personal data is processed exclusively for the performance of the contract.",
        "We use purchase histories to compile interest profiles and to show you personalised advertisements.",
    ),
    (
        "disclosure-conflict",
        "We will not give out your details unless required to do so by law.",
        "Your details may be given out to debt collectors, rights holders and other companies if we deem it reasonable.",
    ),
    (
        "optout-vs-consent",
        "It is our policy not to send unsolicited commercial mail.",
        "We will, from time to time, e-mail you about new products unless you opt out.",
    ),
    (
        "never-vs-may",
        "Advertising by e-mail takes place solely on the basis of your consent.",
        "We may send you advertising for similar products without your consent unless you object.",
    ),
    (
        "transfer-conflict",
        "Your data is stored on servers in Germany and never leaves the European Union.",
        "Our support is provided by a team in the Philippines, which can see customer records.",
    ),
    (
        "transfer-conflict",
        "We do not transfer personal data outside the EEA.",
        "We use Mailchimp, Google Analytics and Zendesk, all located in the United States.",
    ),
    (
        "transfer-conflict",
        "All information stays in Hong Kong.",
        "Backups are replicated to our data centre in Singapore.",
    ),
    (
        "transfer-conflict",
        "Personal data is processed exclusively in Switzerland.",
        "Payment details are processed by a provider in Ireland, and tickets are handled by our office in Manila.",
    ),
    (
        "children-conflict",
        "We do not collect information from children under 13.",
        "When a child registers, we ask for the child's first name, age and a parent's e-mail address.",
    ),
    (
        "children-conflict",
        "We never knowingly accept data about children.",
        "Student accounts for schools include the name, class and grades of pupils.",
    ),
    (
        "children-conflict",
        "This site does not allow anyone under sixteen to register.",
        "Users younger than sixteen are asked for the consent of their guardian when they register.",
    ),
    (
        "children-conflict",
        "We do not gather data from kids.",
        "Kids' profiles show a nickname and an avatar, and we record how long they play.",
    ),
    (
        "children-age-conflict",
        "You must be at least 18 years old to use our services.",
        "Our services may be used by anyone aged 16 or over.",
    ),
    (
        "children-age-conflict",
        "The service is not intended for anyone under the age of 13.",
        "Children below the age of 16 may not use the service.",
    ),
    (
        "period-conflict",
        "We answer access requests within 30 days.",
        "Requests for a copy of your data are dealt with within 45 days.",
    ),
    (
        "period-conflict",
        "Unsubscribe requests are carried out within two working days.",
        "It may take up to ten business days until you are removed from our mailing list.",
    ),
    (
        "period-conflict",
        "We delete your account within 14 days of your request.",
        "Following a request for erasure your account is deleted after 60 days.",
    ),
    (
        "period-conflict",
        "Corrections are made within one week.",
        "Rectification requests take up to one month.",
    ),
    (
        "access-conflict",
        "Nobody at our company can read your files.",
        "Our administrators may open files in your account to check that our rules are kept.",
    ),
    (
        "access-conflict",
        "Your e-mails are end-to-end encrypted, so that not even we can see their content.",
        "Messages are scanned for spam and illegal content on our servers, and suspicious ones are read by our staff.",
    ),
    (
        "logging-conflict",
        "We do not keep any logs of your online activity.",
        "For troubleshooting we store connection timestamps, the IP address assigned and the amount of data transferred.",
    ),
    (
        "password-conflict",
        "Passwords are encrypted and not visible to us.",
        "Our support staff can tell you your current password over the phone.",
    ),
    (
        "nameless-conflict",
        "Cookies do not contain any personal information.",
        "The cookie holds a number by which we recognise you and link your visits to your account.",
    ),
    (
        "nameless-conflict",
        "You can visit our site anonymously.",
        "We identify returning visitors by a unique identifier and keep a history of what they looked at.",
    ),
    (
        "language-conflict",
        "This policy is drawn up in French, and only the French text is binding.",
        "The English language version governs in the event of any discrepancy.",
    ),
    (
        "language-conflict",
        "The Chinese version prevails over all translations.",
        "Should there be any inconsistency between the English and Chinese versions, the English version shall apply.",
    ),
    (
        "language-conflict",
        "The Polish text is decisive.",
        "In case of discrepancies between language versions, the English text is decisive.",
    ),
    (
        "definition-conflict",
        '"Personal information" means any information by which you can be identified, directly or indirectly.',
        '"Non-personal information" means information such as your IP address, device ID and location.',
    ),
    (
        "monitoring-conflict",
        "It is not our policy to screen or edit what users post.",
        "Posts are reviewed by our moderators before they appear, and unsuitable ones are removed.",
    ),
    (
        "change-consent-conflict",
        "We will not reduce your rights under this policy without your explicit consent.",
        "By continuing to use the service after a change you accept the new policy.",
    ),
    ("change-consent-conflict", "You can withdraw your consent at any time.", "Your consent is irrevocable."),
    (
        "change-consent-conflict",
        "A change of this policy does not affect data we already have.",
        "The new policy applies to all data in our possession, including data collected earlier.",
    ),
    ("age-gap", "We do not collect data from anyone 16 and under.", "You must be at least 16 to register."),
    (
        "age-gap",
        "Persons under the age of 18 need the consent of a parent.",
        "If you are over 18 you may enter into a contract yourself.",
    ),
    ("age-gap", "Kids aged 13 and younger are not allowed.", "Anybody of 13 years or more may join."),
    (
        "confidentiality-conflict",
        "We do not share personal information with third parties.",
        "In the event of a merger, users' personal information will, in most instances, be part of the assets transferred.",
    ),
    (
        "confidentiality-conflict",
        "Personal data held by the company will be kept confidential.",
        "The company may provide your personal data to its business partners.",
    ),
    (
        "never-vs-may",
        "IP addresses are not linked to personally identifiable information.",
        "Collected information is tied to the users' personally identifiable information to improve the site.",
    ),
    (
        "purpose-conflict",
        "If you supply us with your postal address, we will only use it for the purposes for which it was provided.",
        "From time to time, we may use customer information for new, unanticipated uses not previously disclosed.",
    ),
)


@pytest.mark.parametrize(("rule", "promise", "act"), PAIRS)
def test_promise_and_act(rule: str, promise: str, act: str) -> None:
    """One finding of the rule names both sentences, whichever of them stands first."""
    for first, second in ((promise, act), (act, promise)):
        found = [one for one in linted(first, BETWEEN, second) if one.rule == rule]
        assert any({"s1", "s3"} <= {s.id for s in one.sentences} for one in found)
