"""Sentences that look like a promise taken back, and that a text can well make together."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted

BETWEEN = "We have been offering hosting and domains since 2009."
PAIRS = (
    (
        "retention-conflict",
        "When you close your account, we delete your data.",
        "Invoices are kept for ten years because tax law obliges us to do so.",
    ),
    (
        "retention-conflict",
        "We delete your account data within 30 days of cancellation, except for records that we must keep by law.",
        "Invoices and accounting records are kept for seven years as required by law.",
    ),
    (
        "retention-conflict",
        "We keep personal data only for as long as necessary for the purposes set out above.",
        "To decide what is necessary we look at the amount, nature and sensitivity of the data.",
    ),
    (
        "controller-identity",
        "Northline Hosting Ltd and its sister company Northline Cloud GmbH are joint controllers.",
        "The controller can be reached at privacy@northline.example.",
    ),
    (
        "controller-identity",
        'Northline Hosting Ltd ("Northline") is the controller.',
        "Northline is responsible for your data.",
    ),
    (
        "notice-conflict",
        "We may update this policy from time to time.",
        "The date of the last revision stands at the top of the page.",
    ),
    (
        "notice-conflict",
        "We may suspend the service without notice.",
        "We will give you 30 days' notice of changes to this policy.",
    ),
    (
        "purpose-conflict",
        "We use your e-mail address only to deliver your order and, if you subscribe, to send you our newsletter.",
        "You can unsubscribe from the newsletter at any time.",
    ),
    (
        "purpose-conflict",
        "Card data is processed only for payment.",
        "We use your order history to recommend products to you.",
    ),
    (
        "purpose-conflict",
        "We use your data only for the purposes described in this policy.",
        "These purposes include marketing of our own services.",
    ),
    (
        "confidentiality-conflict",
        "We keep your data confidential and disclose it only to our processors and where the law requires it.",
        "Our processors are listed in Annex A.",
    ),
    (
        "confidentiality-conflict",
        "We do not disclose your data without your consent.",
        "With your consent we pass your name to the organiser of the event.",
    ),
    (
        "confidentiality-conflict",
        "We do not sell personal data.",
        "If our company is sold, customer data may pass to the buyer.",
    ),
    (
        "thirdparty-marketing",
        "We will not let other companies market to you unless you agree.",
        "If you tick the box, our partners may send you offers.",
    ),
    (
        "thirdparty-marketing",
        "Third parties do not get your data for marketing.",
        "Our mailing provider sends our newsletter on our behalf.",
    ),
    (
        "thirdparty-marketing",
        "We do not share your data for marketing by others.",
        "Partners that process payments get your name.",
    ),
    (
        "disclosure-conflict",
        "We disclose your data only if required by law or to protect our rights.",
        "We inform you of such disclosures where we may.",
    ),
    (
        "disclosure-conflict",
        "We disclose content only under a court order.",
        "We disclose account data to our payment provider so that it can collect payment.",
    ),
    (
        "disclosure-conflict",
        "We hand over data only if a court orders us to.",
        "A court order must name the account.",
    ),
    (
        "optout-scope",
        "You may opt out of marketing e-mails at any time.",
        "You cannot opt out of notices about your account.",
    ),
    (
        "optout-scope",
        "You may opt out of all communications from us, except those that are needed for the service.",
        "Service messages concern outages and invoices only.",
    ),
    (
        "optout-scope",
        "Unsubscribing takes up to three days.",
        "During this time you may still get a newsletter.",
    ),
    (
        "optout-vs-consent",
        "We send you marketing e-mails only with your consent.",
        "You can withdraw your consent at any time.",
    ),
    (
        "optout-vs-consent",
        "We send the newsletter only if you subscribe.",
        "Invoices are sent to every customer automatically.",
    ),
    (
        "optout-vs-consent",
        "We send existing customers offers for similar products unless they object.",
        "Everybody else gets offers only with consent.",
    ),
    (
        "transfer-conflict",
        "Your data is stored on servers in Germany.",
        "Our office is in Switzerland, where our director lives.",
    ),
    (
        "transfer-conflict",
        "Content of EU customers stays in the EU.",
        "Content of US customers is stored in Virginia.",
    ),
    (
        "transfer-conflict",
        "Your data is stored in Hong Kong and, as a copy, in Singapore.",
        "No data is transferred to other places.",
    ),
    (
        "children-conflict",
        "Our services are not meant for children under 16.",
        "Parents who believe that their child has given us data may contact us.",
    ),
    (
        "children-conflict",
        "You must be 18 to open an account.",
        "We ask for your date of birth to check this.",
    ),
    (
        "children-conflict",
        "We do not collect data from children under 13.",
        "Users from 13 to 17 need the consent of their parents.",
    ),
    (
        "children-age-conflict",
        "The service is not meant for children under 13.",
        "Users from 13 to 17 need their parents' consent.",
    ),
    (
        "children-age-conflict",
        "You must be 18 to buy alcohol in our shop.",
        "You must be 16 to open an account.",
    ),
    ("children-age-conflict", "You must be at least 16.", "In the USA the minimum age is 13."),
    (
        "never-vs-may",
        "This website does not use tracking cookies.",
        "A cookie is placed on your computer to remember your shopping cart.",
    ),
    (
        "never-vs-may",
        "We do not use cookies unless you agree.",
        "With your consent we set analytics cookies.",
    ),
    (
        "never-vs-may",
        "We do not make automated decisions with legal effect.",
        "A spam filter sorts incoming mail automatically.",
    ),
    (
        "period-conflict",
        "We answer access requests within 30 days.",
        "In complex cases we may extend this period by two further months.",
    ),
    (
        "period-conflict",
        "Support tickets are answered within one day.",
        "Access requests are answered within one month.",
    ),
    ("period-conflict", "Unsubscribing takes up to two days.", "Erasure takes up to 30 days."),
    (
        "purpose-minimisation",
        "We collect only what we need.",
        "We ask for your name, e-mail address and payment details.",
    ),
    (
        "purpose-minimisation",
        "We collect only what we need for each service.",
        "For domains the registry requires your postal address and phone number.",
    ),
    (
        "purpose-minimisation",
        "We ask only for what we need.",
        "Optional details, such as your company name, can be left out.",
    ),
    (
        "access-conflict",
        "Our staff can see your files only if you invite them.",
        "If you open a ticket and give us access, our staff looks at your files.",
    ),
    (
        "access-conflict",
        "Access is restricted to employees who need it.",
        "All employees have signed a confidentiality agreement.",
    ),
    (
        "access-conflict",
        "We do not look at your files except where the law requires it.",
        "If a court orders us to, we open the account named in the order.",
    ),
    (
        "logging-conflict",
        "We do not log the content of your traffic.",
        "We log when the connection began and ended.",
    ),
    ("logging-conflict", "We do not log DNS queries.", "Invoices are stored for seven years."),
    ("logging-conflict", "We do not log passwords.", "Access logs are held for two weeks."),
    (
        "password-conflict",
        "We never know your password.",
        "Please choose a password with at least ten characters.",
    ),
    (
        "password-conflict",
        "Passwords are hashed.",
        "A first password is generated and sent to you; you must change it when you log in.",
    ),
    (
        "password-conflict",
        "Passwords are stored hashed.",
        "You are responsible for keeping your password secret.",
    ),
    (
        "scope-conflict",
        "This policy covers only data that we collect as a controller.",
        "Data that we process for our customers is governed by a separate agreement.",
    ),
    (
        "scope-conflict",
        "This policy applies solely to our website.",
        "Our website links to other websites to which this policy does not apply.",
    ),
    ("scope-conflict", "This policy covers our website.", "Our app has its own policy."),
    (
        "nameless-conflict",
        "Session cookies contain no personal data.",
        'If you tick "remember me", another cookie holds your user number.',
    ),
    (
        "nameless-conflict",
        "We anonymise IP addresses before we use them in statistics.",
        "Full IP addresses are kept in the security log for seven days.",
    ),
    ("nameless-conflict", "Aggregate data identifies nobody.", "Account data identifies you."),
    (
        "source-conflict",
        "We collect the data you give us in the order form.",
        "We also collect technical data automatically.",
    ),
    ("source-conflict", "We do not buy data from brokers.", "We collect your IP address automatically."),
    (
        "source-conflict",
        "You give us your data voluntarily.",
        "Fields marked with an asterisk are needed for the order.",
    ),
    (
        "cookie-list-conflict",
        "We use these cookies: session, lang and _ga.",
        "Google Analytics sets the cookie _ga.",
    ),
    ("cookie-list-conflict", "Necessary cookies: session, lang.", "Analytics cookies: _ga, _gid."),
    (
        "security-conflict",
        "We use TLS to protect data in transit.",
        "No transmission over the internet is completely secure.",
    ),
    (
        "security-conflict",
        "We take reasonable measures to protect your data.",
        "We cannot guarantee absolute security.",
    ),
    (
        "security-conflict",
        "All connections to our website are encrypted.",
        "E-mail you send us from your own provider may not be encrypted.",
    ),
    (
        "choice-conflict",
        "You may refuse the use of your location.",
        "Without your location the map cannot show where you are.",
    ),
    (
        "choice-conflict",
        "You do not have to accept analytics cookies.",
        "Without necessary cookies you cannot log in.",
    ),
    ("choice-conflict", "Giving us your phone number is voluntary.", "Your e-mail address is mandatory."),
    (
        "language-conflict",
        "The English version of this policy prevails.",
        "The German version of our terms of service prevails over its translations.",
    ),
    ("language-conflict", "The English version prevails.", "Support is offered in English and German."),
    (
        "definition-conflict",
        '"Personal data" means any information about an identifiable person.',
        '"Anonymous data" means data from which nobody can be identified by any means.',
    ),
    (
        "definition-conflict",
        '"Personal data" includes IP addresses.',
        "Aggregated statistics contain no IP addresses.",
    ),
    (
        "monitoring-conflict",
        "We have no duty to monitor content.",
        "We may remove content that breaks our rules.",
    ),
    (
        "monitoring-conflict",
        "We do not monitor the content of private messages.",
        "Public posts are reviewed by moderators.",
    ),
    (
        "monitoring-conflict",
        "We do not monitor your content.",
        "We monitor the load and the temperature of our servers.",
    ),
    (
        "cookie-choice-conflict",
        "You can decline optional cookies.",
        "If you block necessary cookies, some parts of the site may not work.",
    ),
    (
        "cookie-choice-conflict",
        "You can block cookies in your browser.",
        "Without cookies the shopping cart may not remember your items.",
    ),
    (
        "cookie-choice-conflict",
        "You can choose which analytics cookies you accept.",
        "Necessary cookies are always set.",
    ),
    (
        "cookie-conflict",
        "We use cookies for convenience and for advertising.",
        "You can opt out of advertising cookies.",
    ),
    (
        "cookie-conflict",
        "Session cookies are gone when you close the browser.",
        "Persistent cookies remain for two years.",
    ),
    (
        "cookie-conflict",
        "We use cookies only for technical reasons.",
        "You can delete cookies in your browser.",
    ),
    (
        "change-consent-conflict",
        "We will not reduce your rights without your explicit consent.",
        "Minor changes are posted here.",
    ),
    (
        "change-consent-conflict",
        "Material changes need your consent.",
        "If you do not consent, you can go on using the service under the old version.",
    ),
    (
        "change-consent-conflict",
        "We will not reduce your rights without your consent.",
        "By using the service you accept our terms of payment.",
    ),
    ("age-gap", "Children under 13 may not use our service.", "Users aged 13 and over can open an account."),
    ("age-gap", "Children under 13 may not use our service.", "Users over 18 may buy credits."),
    (
        "x-anonymous-visit",
        "You do not have to give us personal data to read our pages.",
        "To comment you must give us your name.",
    ),
    (
        "x-access-fee",
        "Access to your data is free of charge.",
        "If your requests are excessive, we may charge a reasonable fee.",
    ),
    ("x-access-fee", "Access to your data is free of charge.", "Additional copies cost 5 euros."),
    (
        "x-no-third-parties",
        "No third party has access to your encryption keys.",
        "We use Stripe for payments.",
    ),
    ("x-no-third-parties", "We do not work with advertisers.", "We work with a payment provider."),
    (
        "x-no-profiling-ads",
        "We show no personalised advertising.",
        "Banners on our site are the same for all visitors.",
    ),
    ("x-ai-training", "We do not use your content to train AI.", "We train our staff every year."),
    ("x-card-data", "We do not store your full card number.", "We keep the last four digits of your card."),
    ("x-card-data", "We do not store card numbers.", "Our payment provider stores your card for renewals."),
    (
        "x-told-ahead",
        "We inform you before we change this policy.",
        "We may suspend spammers without notice.",
    ),
    (
        "x-consent-only",
        "We use your location only with your consent.",
        "We use your address to deliver the order.",
    ),
    (
        "x-withdraw",
        "You can withdraw your consent at any time.",
        "If you withdraw it, we can no longer send you the newsletter.",
    ),
    (
        "x-account-delete",
        "You can delete your account at any time.",
        "Invoices remain until the legal period ends.",
    ),
    ("x-sensitive", "We do not collect sensitive data.", "We collect your name and your address."),
    (
        "x-combine",
        "We do not combine analytics data with your account.",
        "We link your orders to your account.",
    ),
    (
        "x-processor-own-use",
        "Vendors may not use your data for themselves.",
        "We check our vendors each year.",
    ),
    ("x-phone", "You will not get marketing text messages.", "We send log-in codes by text message."),
    ("x-no-ads", "The paid version has no ads.", "The free version shows ads."),
    ("x-merger", "We never transfer your files to others.", "If we are acquired, you will be told."),
    (
        "x-published",
        "We do not publish your data unless you choose to.",
        "You can choose to make your profile public.",
    ),
    (
        "x-retro",
        "A change does not affect data we already have.",
        "The new version applies to data collected after that day.",
    ),
    (
        "x-breach",
        "We notify every affected user of a breach.",
        "If there is no risk, the law does not require a notice.",
    ),
    ("x-dnt", "We honour Do Not Track signals.", "Other sites may not respond to such signals."),
    ("x-binding", "All of our staff is bound by confidentiality.", "Customers are bound by our terms."),
    (
        "x-verification",
        "We never disclose account data over the phone.",
        "Our hotline is open from nine to five.",
    ),
    ("x-portability", "You can export all of your content.", "Content of other users cannot be exported."),
    ("x-backup", "We keep no copies of your identity card.", "We keep copies of invoices."),
    (
        "x-complete",
        "We use your data only as described in this policy.",
        "Changes to this policy are announced ahead.",
    ),
    ("x-review-human", "You can ask for a human review.", "The fraud system warns our staff, who decide."),
    # sentences of published policies, put side by side
    (
        "confidentiality-conflict",
        "We do not sell your personal information to third parties.",
        "We will share your personal information with third parties only in the ways that are described in this statement.",
    ),
    (
        "confidentiality-conflict",
        "We do not disclose any personal information obtained about you from this website to third parties.",
        "We may from time to time provide information of a general nature to third parties, for example the number of visitors.",
    ),
    (
        "confidentiality-conflict",
        "We will not send you unsolicited e-mail messages from third parties.",
        "We may share e-mail you report as spam with third parties for the purpose of controlling undesirable e-mail.",
    ),
    (
        "never-vs-may",
        "Deleting your account will not delete records of your activities.",
        "We keep records of the activity that takes place on our website.",
    ),
    (
        "never-vs-may",
        "The payment gateway does not collect or store personal details.",
        "The personal data collected from you through the service is processed according to this policy.",
    ),
    (
        "nameless-conflict",
        "Registration is not required in order to visit our site.",
        "We may also need to give out your information in rare situations.",
    ),
    (
        "choice-conflict",
        "We do this so our users can make an informed choice as to whether or not they should proceed.",
        "We may need to disclose personal information when required by law.",
    ),
    (
        "thirdparty-marketing",
        "Frost never shares newsletter mailing lists with any third parties, including advertisers.",
        "Frost creates aggregate reports on user demographics for advertisers.",
    ),
    (
        "purpose-conflict",
        "We do not analyze your email for the purpose of displaying advertisements.",
        "Reporting email as spam improves the filter's ability to detect email as spam.",
    ),
    (
        "purpose-conflict",
        "We only use and process personal information for the purposes described in this policy.",
        "We may retain the messages you send in order to respond to your requests and improve our services.",
    ),
)


@pytest.mark.parametrize(("rule", "one", "other"), PAIRS)
def test_promise_kept(rule: str, one: str, other: str) -> None:
    """Nothing contradicts anything, neither by the rule that comes nearest nor by another one."""
    assert rule
    for first, second in ((one, other), (other, one)):
        assert [found.rule for found in linted(first, BETWEEN, second) if found.kind == "contradiction"] == []
