"""How far rights, promises and pointers reach: to some people only, to some data only, to nothing at all."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(texts: tuple[str, ...], *, apart: bool = False) -> set[str]:
    units: list[Sentence] = []
    title = "Start"
    for text in texts:
        number = len(units) + 1
        if text.startswith("# "):
            title = text[2:]
            units.append(Sentence(f"s{number}", number, title, "heading", (title,), number))
            continue
        section = f"{title} {number}" if apart else title
        bullet = text.startswith("• ")
        units.append(
            Sentence(f"s{number}", number, text, "bullet" if bullet else "sentence", (section,), number)
        )
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


def _messages(texts: tuple[str, ...]) -> list[str]:
    return [
        f.message for f in lint_text([Sentence(f"s{n}", n, t, paragraph=n) for n, t in enumerate(texts, 1)])
    ]


LOCAL = (
    ("If you live in the European Union, you may ask us for a copy of your data and have it erased.",),
    ("Users who are residents of the EEA have the right to access and delete their records.",),
    ("European citizens can request access to the data we store about them.",),
    ("Where you are based in the United Kingdom, you are entitled to request erasure of your records.",),
    ("For customers in Germany: you have the right to object and to obtain a copy.",),
    ("As a resident of Switzerland you enjoy the following rights:", "• access to your data;", "• erasure."),
    ("Only EU residents have a right of access, rectification and portability.",),
)
EVERYWHERE = (
    (
        "If you live in the European Union, you may ask us for a copy of your data and have it erased.",
        "Everybody else has the right to access, correct and delete data in the same way.",
    ),
    ("You have the right to access and delete your records, wherever you live.",),
    ("If you live in the European Union, you may complain to your supervisory authority.",),
    ("If you are a resident of the EEA, our representative answers your questions.",),
    ("Data of users in Germany is stored in Frankfurt; users may access the panel at any time.",),
    (
        "If you are a resident of the EEA, you have the right to access and erasure.",
        "California residents have the right to know and to delete.",
    ),
    ("When you live in the EU, cookies are set only after you agree.",),
)


@pytest.mark.parametrize("texts", LOCAL)
def test_local_rights(texts: tuple[str, ...]) -> None:
    """Rights for people of one place only are found."""
    assert "risky-promise/rights-territorial" in _rules(texts)


@pytest.mark.parametrize("texts", EVERYWHERE)
def test_rights_for_all(texts: tuple[str, ...]) -> None:
    """Rights for all, or a statement that only names a place, are not."""
    assert "risky-promise/rights-territorial" not in _rules(texts)


LOST = (
    ("We act in our legitimate interests listed above.", "Logs are kept for nine days."),
    ("You can stop the counter of our partner by using the links provided.", "Logs are short."),
    ("To refuse the pixel, follow the link given below.", "Logs are kept for nine days."),
    ("Data is passed on for the purposes set out below.", "Logs are short."),
    ("Recipients may be in the countries named above.", "Logs are kept for nine days."),
    ("We keep it for the periods stated below.", "Our desk is open on Monday."),
    ("You may use the rights described below.", "Our desk is open on Monday."),
    ("如下文“信息的出境”部分所述，我们会采取措施。", "我们重视隐私。"),
)
THERE = (
    ("We have a legitimate interest in safe servers.", "We act in our legitimate interests listed above."),
    ("You can stop it by using the links provided:", "https://frost.example.com/stop"),
    ("You can stop mailings by using the link provided in each message.",),
    ("Data is passed on for the purposes set out below.", "# How we use data", "We bill you."),
    ("Data is passed on for the purposes set out below:", "• to bill you;", "• to help you."),
    ("You may use the rights described below.", "You can have your data erased."),
    ("We keep it for the periods stated below.", "Logs are kept for nine days."),
    ("如下文“信息的出境”部分所述，我们会采取措施。", "# 信息的出境", "我们不出境。"),
)


@pytest.mark.parametrize("texts", LOST)
def test_lost(texts: tuple[str, ...]) -> None:
    """What is said to stand above, below or behind a link, and does not, is found."""
    assert "dangling-reference/reference-unresolved" in _rules(texts)


@pytest.mark.parametrize("texts", THERE)
def test_there(texts: tuple[str, ...]) -> None:
    """What stands where the text says is not reported."""
    assert "dangling-reference/reference-unresolved" not in _rules(texts)


BETWEEN = ("Logs are short.", "Our desk is open on Monday.", "Parcels come on Friday.", "Tea is free.")
CIRCLE = (
    (
        "We do not hand customer data to third parties other than the suppliers who repair our servers.",
        "Your name may be disclosed to protect our rights.",
    ),
    (
        "No third party except our payment provider gets your details.",
        "We share your details with business partners.",
    ),
    (
        "Your records are only shared with contractors who work for us.",
        "We pass records on when we sell our business.",
    ),
    (
        "We never give your information to anybody but our own agents.",
        "Names and addresses are disclosed in the WHOIS database.",
    ),
    (
        "Your data will not be sold or made available to other companies or third parties, besides our vendors.",
        "We disclose your data to advertisers.",
    ),
    (
        "We will not transfer personal data to anyone apart from our subcontractors.",
        "We release personal data to a credit agency when we suspect fraud.",
    ),
)
OPEN_CIRCLE = (
    (
        "We do not hand data to third parties other than suppliers, except as described in this policy.",
        "Your name may be disclosed to protect our rights.",
    ),
    (
        "We share your details with our payment provider.",
        "We share your details with business partners.",
    ),
    (
        "Your records are only shared with contractors, or with your consent.",
        "We pass records on when we sell our business.",
    ),
    (
        "We never give your information to anybody but our own agents.",
        "Our agents do not talk to advertisers.",
    ),
    (
        "We never give your information to anybody but the registrar.",
        "We pass your name on to the registrar.",
    ),
    (
        "We will not transfer personal data to anyone apart from our subcontractors.",
        "With your consent we share personal data with business partners.",
    ),
)


@pytest.mark.parametrize(("promise", "taken"), CIRCLE)
def test_circle(promise: str, taken: str) -> None:
    """A closed circle of helpers and somebody outside of it contradict each other."""
    rules = _rules((promise, *BETWEEN, taken), apart=True)
    assert "contradiction/confidentiality-conflict" in rules


@pytest.mark.parametrize(("promise", "taken"), OPEN_CIRCLE)
def test_open_circle(promise: str, taken: str) -> None:
    """A promise with a door, or a recipient inside of the circle, is no contradiction."""
    rules = _rules((promise, *BETWEEN, taken), apart=True)
    assert "contradiction/confidentiality-conflict" not in rules


def test_exception_at_once() -> None:
    """An exception in the next sentence belongs to the promise."""
    assert "contradiction/confidentiality-conflict" not in _rules((CIRCLE[0][0], CIRCLE[0][1]))


STAFF = (
    ("Access to the machines is limited to our own staff.", "Access to your data by contractors is logged."),
    (
        "Only trained employees have access to customer files.",
        "Suppliers have access to your files at night.",
    ),
    ("Nobody but our personnel has access.", "Third parties may have access to customer records."),
    ("Access is given to authorised personnel only.", "Our consultants get access to your data."),
    (
        "Access shall be restricted to company employees.",
        "Resellers are given access to the accounts, and any partner has access to your invoices.",
    ),
)
STAFF_TOO = (
    ("Access is limited to our own staff and contractors.", "Access to your data by contractors is logged."),
    ("Only trained employees have access to customer files.", "Suppliers have no access to your files."),
    ("Access is limited to our own staff.", "Locks prevent access to your data by third parties."),
    ("Access is limited to our own staff.", "You have access to your data."),
    ("Our staff has access to customer files.", "Suppliers have access to your files at night."),
)


@pytest.mark.parametrize("texts", STAFF)
def test_staff_only(texts: tuple[str, ...]) -> None:
    """A door for staff only, and others who go through it, contradict each other."""
    assert any("only staff" in m for m in _messages(texts))


@pytest.mark.parametrize("texts", STAFF_TOO)
def test_staff_and_others(texts: tuple[str, ...]) -> None:
    """A door for others too, or others kept out, is none."""
    assert not any("only staff" in m for m in _messages(texts))


SAFE = (
    ("We keep all your records in a secure place.", "Most of your records are held on guarded servers."),
    ("We store the information securely.", "Some of your information is on safe disks."),
    ("All customer data is encrypted.", "We encrypt most of the backups."),
    ("Every connection to the panel is encrypted.", "Part of our pages is encrypted."),
    ("Any data that we hold is stored securely.", "The majority of your data stands behind a firewall."),
)
SAFE_ENOUGH = (
    ("We keep all your records in a secure place.", "All your records are held on guarded servers."),
    ("We store the information securely.", "Some of your information is stored in Lyon."),
    ("All customer data is encrypted.", "Some of your data is kept for a year."),
    ("Passwords are encrypted.", "We encrypt most of the backups."),
    ("Most of your records are held on guarded servers.", "Cards are encrypted."),
)


@pytest.mark.parametrize("texts", SAFE)
def test_all_and_most(texts: tuple[str, ...]) -> None:
    """A measure for everything, and elsewhere for a part, is a contradiction."""
    assert "contradiction/security-conflict" in _rules(texts)


@pytest.mark.parametrize("texts", SAFE_ENOUGH)
def test_all_or_most(texts: tuple[str, ...]) -> None:
    """Another measure, or a part of another thing, is none."""
    assert "contradiction/security-conflict" not in _rules(texts)


REGISTER = (
    ("Your details are visible in the public WHOIS.", "All WHOIS data is anonymised by the registry."),
    ("The name is published in WHOIS.", "No whois records are shown to anybody."),
    ("Your address is searchable through whois.", "All personal whois information will be hidden."),
    (
        "WHOIS shows your name.",
        "The WHOIS data of our members is not public. All whois entries are redacted.",
    ),
    ("Registrant data is publicly accessible in WHOIS.", "Any whois details are masked since May."),
)
REGISTER_FINE = (
    ("Your details are visible in the public WHOIS.", "If you choose privacy, all WHOIS data is anonymised."),
    ("Your details are visible in the public WHOIS.", "All WHOIS data is published."),
    ("Your invoices are visible in the panel.", "All WHOIS data is anonymised by the registry."),
    ("WHOIS is a protocol.", "All WHOIS data is anonymised by the registry."),
    ("Your details are visible in the public WHOIS.", "Invoices are anonymised."),
)


@pytest.mark.parametrize("texts", REGISTER)
def test_register(texts: tuple[str, ...]) -> None:
    """A register that shows everybody and nobody is a contradiction."""
    assert any("a register hides" in m for m in _messages(texts))


@pytest.mark.parametrize("texts", REGISTER_FINE)
def test_register_fine(texts: tuple[str, ...]) -> None:
    """A choice, or another kind of record, is none."""
    assert not any("a register hides" in m for m in _messages(texts))


VISITED = (
    ("This policy applies to visitors to our website.", "You give us your name when you order."),
    ("This notice covers everyone who visits our site.", "Orders hold a name and an address."),
    ("The statement explains what we collect from people who browse our site.", "We ask for a name."),
    ("This document sets out how we handle data on persons who use our website.", "We ask for a name."),
    ("We hold data about customers and about users who access our website.", "We ask for a name."),
    ("本政策适用于网站访客。", "您下单时提供姓名和地址。"),
)
VISITED_TOLD = (
    ("This policy applies to visitors to our website.", "Our server logs your IP address."),
    ("This notice covers everyone who visits our site.", "We set no cookies."),
    ("Visitors to our website are welcome.", "We ask for a name."),
    ("This policy applies to customers who order servers.", "We ask for a name."),
    ("This notice covers everyone who visits our site.", "Statistics of visits are kept for a day."),
    ("本政策适用于网站访客。", "我们使用Cookie。"),
)


@pytest.mark.parametrize("texts", VISITED)
def test_visitors(texts: tuple[str, ...]) -> None:
    """Visitors who are covered, and of whom nothing is told, are missed."""
    assert "missing-mandatory/visitors-missing" in _rules(texts)


@pytest.mark.parametrize("texts", VISITED_TOLD)
def test_visitors_told(texts: tuple[str, ...]) -> None:
    """Who hears of logs or cookies, or is not covered, is not."""
    assert "missing-mandatory/visitors-missing" not in _rules(texts)


ABROAD = (
    "Your data goes to parties who may be located inside or outside the country.",
    "Data is disclosed to persons located within or outside Malaysia.",
    "Your records may be transferred to entities situated outside Singapore.",
    "We send data to merchants that are based in other countries.",
    "Personal data is passed on to third parties located in and outside the European Union.",
)
AT_HOME = (
    "Your data goes to parties who are located in Lyon.",
    "Data is disclosed to persons located within Malaysia.",
    "No records are transferred to entities outside Singapore.",
    "We send data to merchants in Germany under standard contractual clauses.",
    "Third parties outside of our company repair the servers.",
)


@pytest.mark.parametrize("text", ABROAD)
def test_abroad(text: str) -> None:
    """Recipients abroad without country and safeguard are found."""
    assert "risky-promise/transfer-undisclosed" in _rules((text, "We care for you."))


@pytest.mark.parametrize("text", AT_HOME)
def test_at_home(text: str) -> None:
    """Recipients at home, refused transfers and named safeguards are not."""
    assert "risky-promise/transfer-undisclosed" not in _rules((text, "We care for you."))
