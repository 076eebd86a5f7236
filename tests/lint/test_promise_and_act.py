"""A general promise and an act elsewhere in the text that takes it back, by the rule that finds them."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted

BETWEEN = "We have been offering hosting and domains since 2009."
PAIRS = (
    (
        "retention-conflict",
        "When you close your account, everything we hold about you is wiped from our systems straight away.",
        "Billing records, support tickets and access logs of former customers are held for six years.",
    ),
    (
        "retention-conflict",
        "We will hold on to your personal details for as long as your account is open and for twelve months thereafter.",
        "Account data of customers who have left is archived for a period of three years.",
    ),
    (
        "retention-conflict",
        "Upon termination of the service, all customer data is irretrievably deleted within 24 hours.",
        "Following cancellation we keep a copy of your files for 90 days in case you change your mind.",
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
        "notice-conflict",
        "Any amendment takes effect the moment it is posted on this page.",
        "You will always be told about changes in advance, so that you have time to object.",
    ),
    (
        "notice-conflict",
        "This notice can be changed from time to time in our sole discretion with no obligation to inform users.",
        "We will notify you before we make any material change to how we use your information.",
    ),
    (
        "notice-conflict",
        "The company may alter, add to or delete from this policy at any moment without warning.",
        "We promise to give you reasonable advance warning of changes.",
    ),
    (
        "purpose-conflict",
        "The e-mail address you enter is used to deliver your order and for nothing else.",
        "We will also use your e-mail address to tell you about our latest offers.",
    ),
    (
        "purpose-conflict",
        "Under no circumstances do we use customer data for marketing.",
        "From time to time you will receive promotional e-mails about products that might interest you.",
    ),
    (
        "purpose-conflict",
        "Personal data is processed exclusively for the performance of the contract.",
        "We use purchase histories to compile interest profiles and to show you personalised advertisements.",
    ),
    (
        "purpose-conflict",
        "Your phone number is needed for delivery only.",
        "Our sales team may ring you about upgrades and special deals.",
    ),
    (
        "confidentiality-conflict",
        "We do not sell, trade or rent your personal data.",
        "We may exchange our customer list with other companies in return for payment.",
    ),
    (
        "confidentiality-conflict",
        "It is our policy not to disclose customer records to outside parties.",
        "Customer records are disclosed to credit agencies, list brokers and business partners.",
    ),
    (
        "confidentiality-conflict",
        "Nobody outside our company ever gets to see your data.",
        "Our subcontractors in India process customer data on our behalf and have full access to it.",
    ),
    (
        "confidentiality-conflict",
        "We only share your information with our payment provider.",
        "Your information is also shared with analytics companies, insurers and our parent company.",
    ),
    (
        "thirdparty-marketing",
        "We will not let other companies market to you.",
        "You may receive mailings from carefully screened partner companies.",
    ),
    (
        "thirdparty-marketing",
        "You will never receive advertising from anybody but us.",
        "Our partners may contact you with offers by post or e-mail.",
    ),
    (
        "thirdparty-marketing",
        "Your address is not handed out for promotional mailings by others.",
        "Selected sponsors may send you information about their services.",
    ),
    (
        "thirdparty-marketing",
        "Sponsors and advertisers have no way of contacting you through us.",
        "We may pass your e-mail address to sponsors so that they can send you their offers.",
    ),
    (
        "disclosure-conflict",
        "Law enforcement gets nothing from us without a valid warrant.",
        "We cooperate with law enforcement and will provide user data upon request.",
    ),
    (
        "disclosure-conflict",
        "No data is released except under a subpoena.",
        "We may release account information when we think it is advisable to prevent fraud or to defend our reputation.",
    ),
    (
        "disclosure-conflict",
        "Disclosure takes place only in response to a binding legal order.",
        "We disclose personal information to private parties who claim that you infringe their rights.",
    ),
    (
        "disclosure-conflict",
        "We will not give out your details unless required to do so by law.",
        "Your details may be given out to debt collectors, rights holders and other companies if we deem it reasonable.",
    ),
    (
        "optout-scope",
        "Click the link and we will never write to you again.",
        "Administrative messages go to every customer, including those who opted out.",
    ),
    (
        "optout-scope",
        "You may request not to be contacted by us for any reason.",
        "Notices about outages, price changes and renewals are sent to everyone.",
    ),
    (
        "optout-scope",
        "You may opt out of any future contacts from us at any time.",
        "From time to time we must send you notices concerning your account, regardless of your preferences.",
    ),
    (
        "optout-scope",
        "Customers can choose not to receive any e-mail whatsoever.",
        "Certain e-mails, such as those on billing, are mandatory.",
    ),
    (
        "optout-vs-consent",
        "Marketing messages require your prior opt-in.",
        "Unless you tell us otherwise, we will keep you informed about our offers by e-mail.",
    ),
    (
        "optout-vs-consent",
        "You will not get any newsletter that you did not sign up for.",
        "All customers receive our monthly newsletter by default.",
    ),
    (
        "optout-vs-consent",
        "It is our policy not to send unsolicited commercial mail.",
        "We will, from time to time, e-mail you about new products unless you opt out.",
    ),
    (
        "optout-vs-consent",
        "No advertising reaches you unless you tick the box.",
        "The box for our newsletter is ticked in advance; remove the tick if you do not want it.",
    ),
    (
        "never-vs-may",
        "Advertising by e-mail takes place solely on the basis of your consent.",
        "We may send you advertising for similar products without your consent unless you object.",
    ),
    (
        "never-vs-may",
        "This website does not use cookies.",
        "A cookie is placed on your computer to remember what is in your shopping cart.",
    ),
    (
        "never-vs-may",
        "We do not make any decisions about you by automated means.",
        "New orders are scored by software, and orders with a high risk score are declined automatically.",
    ),
    (
        "never-vs-may",
        "We do not profile our users.",
        "Based on your purchases we assign you to a customer segment.",
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
        "cookie-conflict",
        "Cookies are only used to keep you logged in.",
        "Our advertising partners set cookies to show you ads that match your interests.",
    ),
    (
        "cookie-conflict",
        "We use cookies merely to make our site more convenient for you.",
        "To opt out of being tracked by our advertising cookies, click here.",
    ),
    (
        "cookie-conflict",
        "Our cookies are used solely to keep the site running.",
        "You may refuse the cookies that we use to measure the success of our advertising.",
    ),
    (
        "cookie-conflict",
        "Cookies are placed for technical reasons only.",
        "You can switch off remarketing cookies in your Google settings.",
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
        "purpose-minimisation",
        "It is our policy to gather no more data than necessary.",
        "We collect as much information as possible about our customers in order to know them better.",
    ),
    (
        "purpose-minimisation",
        "Collection is limited to the minimum.",
        "The app reads your complete contact list, your photos and your text messages.",
    ),
    (
        "purpose-minimisation",
        "We collect only data that is strictly required for web hosting.",
        "We also collect demographic information, such as age, income and interests.",
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
        "access-conflict",
        "Access to personal data is restricted to our own employees.",
        "External contractors and freelancers work in our customer database.",
    ),
    (
        "access-conflict",
        "Only employees who need the information to perform a specific job are granted access.",
        "All staff and partner companies can see the customer records in our CRM.",
    ),
    (
        "logging-conflict",
        "We do not keep any logs of your online activity.",
        "For troubleshooting we store connection timestamps, the IP address assigned and the amount of data transferred.",
    ),
    (
        "logging-conflict",
        "We operate a strict no-logging policy.",
        "Access logs with IP addresses are held for two weeks.",
    ),
    (
        "logging-conflict",
        "IP addresses of visitors are not stored.",
        "The server log contains the visitor's IP address, the date and the page requested.",
    ),
    (
        "logging-conflict",
        "Your activity is not logged.",
        "We monitor your activity and keep a record of the sites you visit.",
    ),
    (
        "password-conflict",
        "Passwords are encrypted and not visible to us.",
        "Our support staff can tell you your current password over the phone.",
    ),
    (
        "password-conflict",
        "We never know your password.",
        "Lost your password? Enter your address and we will send you the password you chose.",
    ),
    (
        "password-conflict",
        "We store passwords in hashed form only.",
        "Your welcome letter contains your user name and the password you selected, which we keep on file.",
    ),
    (
        "password-conflict",
        "Staff will under no circumstances request your password by phone or e-mail.",
        "To verify your identity on the phone, our staff asks for your account password.",
    ),
    (
        "scope-conflict",
        "This statement covers only www.kite.example.",
        "This statement applies to all websites, apps and services of the Kite group.",
    ),
    (
        "scope-conflict",
        "This privacy policy applies only to our online activities.",
        "We collect information when you call us or visit our booth at a trade fair, as described in this policy.",
    ),
    (
        "nameless-conflict",
        "Cookies do not contain any personal information.",
        "The cookie holds a number by which we recognise you and link your visits to your account.",
    ),
    (
        "nameless-conflict",
        "Our statistics are completely anonymous.",
        "For our statistics we store the IP address of each visitor together with the pages viewed.",
    ),
    (
        "nameless-conflict",
        "You can visit our site anonymously.",
        "We identify returning visitors by a unique identifier and keep a history of what they looked at.",
    ),
    (
        "nameless-conflict",
        "We only collect anonymous usage data.",
        "Usage data includes your user ID, your device ID and your approximate location.",
    ),
    (
        "source-conflict",
        "We do not collect data from other sources.",
        "We supplement what you tell us with information from public databases and marketing partners.",
    ),
    (
        "source-conflict",
        "Nothing is collected without your knowledge.",
        "Certain information is gathered without you noticing it, by means of pixels and scripts.",
    ),
    (
        "source-conflict",
        "The only data we process is what you type into the order form.",
        "While you browse we record mouse movements, clicks and scrolling.",
    ),
    (
        "source-conflict",
        "We know nothing about you except what you tell us yourself.",
        "Social networks send us your profile data, your list of friends and your photograph when you log in with them.",
    ),
    (
        "cookie-list-conflict",
        "Our site sets two cookies, one for the cart and one for your log-in.",
        "With a third cookie, from our chat provider, we recognise you on your next visit.",
    ),
    (
        "security-conflict",
        "Your data is completely secure with us.",
        "We cannot guarantee the security of your data, and you transmit it at your own risk.",
    ),
    (
        "security-conflict",
        "Every connection to our servers is protected by TLS.",
        "The FTP access and the web mail are unencrypted.",
    ),
    (
        "security-conflict",
        "All customer data is stored in encrypted form.",
        "Only card numbers and passwords are stored in encrypted form.",
    ),
    (
        "security-conflict",
        "Nobody can get unauthorised access to your information.",
        "We are unable to rule out that third parties gain access to your information.",
    ),
    (
        "choice-conflict",
        "Providing optional data is up to you and leaving it out has no consequences.",
        "If you do not provide all of the data requested, we cannot supply the service.",
    ),
    (
        "choice-conflict",
        "Consent to analytics is voluntary, and the service works just the same without it.",
        "Users who do not accept analytics cannot create an account.",
    ),
    (
        "choice-conflict",
        "You are free to turn off notifications and data sharing; nothing changes for you.",
        "If you disable data sharing, your account will be closed.",
    ),
    (
        "choice-conflict",
        "Giving us your phone number is voluntary.",
        "All fields of the form, including your phone number, are mandatory.",
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
        "definition-conflict",
        "Personal data is anything that relates to an identified or identifiable person, including online identifiers.",
        "Data such as IP addresses and cookie identifiers does not identify you and is therefore not personal data.",
    ),
    (
        "monitoring-conflict",
        "It is not our policy to screen or edit what users post.",
        "Posts are reviewed by our moderators before they appear, and unsuitable ones are removed.",
    ),
    ("monitoring-conflict", "We do not censor.", "We may delete any content we find objectionable."),
    (
        "monitoring-conflict",
        "We have no intention of controlling the messages you send.",
        "Messages are filtered for offensive words, and those that contain them are not delivered.",
    ),
    (
        "cookie-choice-conflict",
        "You can decide freely which cookies you accept.",
        "If you do not accept all cookies, you cannot use our website.",
    ),
    (
        "cookie-choice-conflict",
        "We give you a real choice on advertising cookies.",
        "If you do not consent to advertising cookies, access to our contents is denied.",
    ),
    (
        "cookie-choice-conflict",
        "You are free to block cookies.",
        "If you are not happy with the cookies we use, then you should not use this site.",
    ),
    (
        "change-consent-conflict",
        "We will not reduce your rights under this policy without your explicit consent.",
        "By continuing to use the service after a change you accept the new policy.",
    ),
    (
        "change-consent-conflict",
        "A new use of your data always requires your prior approval.",
        "We may put your data to new uses by posting them here.",
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
)


@pytest.mark.parametrize(("rule", "promise", "act"), PAIRS)
def test_promise_and_act(rule: str, promise: str, act: str) -> None:
    """One finding of the rule names both sentences, whichever of them stands first."""
    for first, second in ((promise, act), (act, promise)):
        found = [one for one in linted(first, BETWEEN, second) if one.rule == rule]
        assert any({"s1", "s3"} <= {s.id for s in one.sentences} for one in found)
