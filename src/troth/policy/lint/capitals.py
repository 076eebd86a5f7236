"""Names in capitals that read like defined terms and are defined nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.names import own_entities
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

LAW = "GDPR Art. 12(1)"

# The last word says what kind of thing is named: a role, a group, a product, a state of an account, a kind of data.
_ROLES = (
    r"(?:Partners?|Compan(?:y|ies)|Entit(?:y|ies)|Part(?:y|ies)|Sellers?|Buyers?|Members?|Customers?|Clients?|Users?|Subscribers?|"
    r"Resellers?|Representatives?|Affiliates?|Agents?|Vendors?|Contractors?|Personnel|Persons?|Providers?|Participants?|Contacts?|"
    r"Administrators?|Operators?|Recipients?|Associates?|Collaborators?|Sponsors?|Merchants?|Holders?|Owners?|Visitors?|Guests?|"
    r"Beneficiar(?:y|ies)|Data|Information|Content|Material|Materials|Records?|Logs?|Orders?|Plans?|Tiers?|Accounts?|Services?|"
    r"Products?|Features?|Programs?|Programmes?|Facilit(?:y|ies)|Events?|Purposes?|Period|Date|Incidents?|Zones?|Regions?|Network|"
    r"Jurisdictions?|Countr(?:y|ies)|Territor(?:y|ies)|Sites?|Items?|Fees?|Requests?|Matters?|Circumstances|Interests?|Activit(?:y|ies)|"
    r"Operations?|Sources?|Technolog(?:y|ies)|Means|Measures|Standards?|Conditions?|Status|Level|Mode|Suite|Ecosystem|Alliance|Circle|"
    r"Club|Family|Group|Pool|Portal|Hub|Vault|Sets?|Panel|Cell|Add-ons?|Committee|Board|Unit|Council|Bureau|Schemes?|Packages?|Options?|Bundles?|Shield|Guard|Roles?|Staff|Wall|Register|"
    r"Telemetry|Metadata|Profiles?|Scores?|Signals?|Insights?|Footprint|Mates?|Friends?|Guardians?|Cardholders?|"
    r"Window|Baselines?|Criteria|Confidants?|Thresholds?|Stewards?)"
)
_TERM = Phrase(
    rf"(?<![\w.\"“‘'-])((?:(?:[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?|[A-Z]{{2,5}}) ){{1,2}}{_ROLES})(?![\w\"”’]|-[A-Z]| [A-Z][a-z]+)"
)
_LEADING = frozenset(
    "The This That These Those Our Your Their Its His Her Any All Each Every Some Such No If When Where While Once After Before Upon "
    "For From With Without Under By In On At To As And Or But So Because Since Should May Other Certain Both Most Many Only Old Former "
    "New Personal Additional What Which Who How We You They It Please See Via Per Whether Until Unless Than Then Also Not Never "
    "Individual Sensitive Private Using Site Web Website Card Payment Billing Account Contact Technical Usage Log Log-in Support "
    "Customer User Device Cookie Email E-mail Server Order Third Child Edge Raw Legal Free General Automatic Data Security Two Three".split()
)
_KNOWN_NAMES = Phrase(
    r"(?:Do Not|Global Privacy|Privacy Shield(?! (?!Frame|Princip)[A-Z])|Safe Harbou?r|Privacy Framework|Interactive Advertising|Network Advertising|Digital Advertising|Data Protection|Privacy (?:Commissioner|Act|Officer|Policy|Notice|Statement|Ordinance|Team|Rule|Principles|Control)|Attorney|Supervisory|Information Commissioner|Economic Area|European|Standard "
    r"Contractual|Standard Contract|Federal|National|Supreme|High Court|Ministry|Department|Commission|Authority|Google|Amazon|Microsoft|"
    r"Facebook|Meta|Apple|Cloudflare|Stripe|PayPal|Adobe|Oracle|Web Services|Hong Kong|United|Mainland|Real Name|Cyberspace|Internet|"
    r"IP|DNS|URL|API|SDK|TLS|SSL|HTTP|VAT|ISO|ICP|GDPR|USB|PDF|Certificate|Trade|Domain Name|Personal Identif|Personally Identif|Personal Information|Personal Data|Protection Law|Secure Sockets|"
    r"Transport Layer|Play Services|App Store|Companies House|Amtsgericht|Registrar|Level \d|Service Type|Chamber|Control Panel|Common Criteria|Safety|Dispute Resolution|Better Business)"
)
# a heading that stands in bold before its paragraph
_BOLD = re.compile(r"\*\*[^*]+\*\*")
_OWN_NAME = Phrase(r"(?: Inc| LLC| Ltd| GmbH| Limited| Corp| Pty| B\.V| S\.A| Co\.)")
_LINKED = Phrase(r"https?://|www\.|\"[^\"]*$|“[^”]*$")


def _defined(doc: Document, term: str) -> bool:
    singular = re.sub(r"ies$", "y", term) if term.endswith("ies") else term.removesuffix("s")
    name = re.escape(singular)
    spot = Phrase(
        rf"[\"“‘'](?:[^\"”]{{0,40}} )?{name}(?:s|ies)?[,.]?[\"”’']|\b{name}(?:s|ies)?(?:\*\*|__)?:? (?:means?|refers?|includes?|shall (?:mean|refer|include|be (?:understood|taken|construed)|have the)|is defined|are defined|"
        rf"is the|are the|is an?|are (?:companies|persons|those|entities|people|organi[sz]ations|businesses))\b|^\W*{name}s?:|"
        rf"\b{name}s? ?[(（]|[(（][^)）]*{name}|\b{name}s?,? (?:such as|for example|like|e\.g\.)"
    )
    titled = any(singular.lower() in r.low for r in doc.readings if r.heading)
    return titled or any(singular in r.text and spot.search(r.text) for r in doc.readings)


def _candidates(reading: Reading) -> Iterator[str]:
    for match in _TERM.finditer(_BOLD.sub(lambda bold: " " * len(bold[0]), reading.text)):
        words = match[1].split()
        start = 0
        while start < len(words) and words[start] in _LEADING:
            start += 1
        chosen = words[start:]
        if len(chosen) < 2 or _KNOWN_NAMES.search(" ".join(words)):
            continue
        opening = not reading.text[: match.start()].strip(" •-–*·0123456789.()") and start == 0
        if opening and not re.match(r"[A-Z]", words[1]):
            continue
        yield " ".join(chosen)


# a title with its number that is set like a sentence: "11. How to Reach Our Service Team."
_TITLE = re.compile(
    r"^\W*\d{1,2}(?:\.\d{1,2})*[.)]? (?:[\"“‘]?[A-Z][\w'’-]*[\"”’]?[,:]? ?|(?:and|or|to|of|the|a|an|in|for|on|with|by|from|about|we|is|are|do) )+[.?]?$"
)


# the end of a company's name, and a department behind it
_FORM = re.compile(r"(?:LLC|Inc|Ltd|Limited|GmbH|Corp|LLP|PLC|BV|AG|SA)\b")


# a page or button of the product, by the words that stand on it
_PATH = re.compile(r"(?:>|→|»|\b(?:[Cc]lick(?: on)?|[Tt]ap|[Pp]ress|[Ss]elect|menu|button|tab))\s*[\"“]?$")
# the end of the name of a ministry, law, school or court, which stands before it
_PART_OF_NAME = re.compile(
    r"\b(?:Ministry|Department|Office|Institute|Bureau|Act|Law|Ordinance|School|Faculty|Bank|Court|Health) (?:of|on|for|and) (?:the )?(?:[A-Z][\w-]+,? (?:and |of |for )?)*$"
)
# bodies that the state or a trade sets up
_BODY = re.compile(
    r"\b(?:Committee|Council|Commission|Board|Review Board|Bureau|Register|Ombudsman Scheme|Registration Scheme|System|Activities|(?:Revenue|Ombudsman|Tax|Customs|Directory) Service|Enforcement Network)$"
)
_OFFICIAL = Phrase(
    r"\b(?:complain\w*|guid(?:ance|elines)|standards? of|ombudsman|authorit\w+|act|regulat\w+|requires?|required|statut\w+|tax|mediation|supervis\w+|registry|network operator|librarian|ferpa|subpoena)\b"
)


def _of_others(reading: Reading, term: str, place: int) -> bool:
    """Whether a term is a page of the product, part of a longer name, or a public body, which need no definition."""
    before, after = reading.text[:place], reading.text[place + len(term) :]
    return (
        _PATH.search(before) is not None
        or after.lstrip('"” ').startswith((">", "→", "»"))
        or _PART_OF_NAME.search(before) is not None
        or re.match(r" \d", after) is not None  # "PCI DSS Level 1"
        or (_BODY.search(term) is not None and _OFFICIAL.search(reading.low) is not None)
    )


def undefined_names(doc: Document) -> Iterator[Finding]:
    """A role, group or product in capitals that is defined nowhere (rule term-undefined)."""
    own = {word for p in (*doc.parties, *own_entities(doc.readings)) for word in p.name.split()}
    missing: dict[str, list[Reading]] = {}
    titles = {s for r in doc.readings for s in r.sentence.section} | {
        r.text for r in doc.readings if r.heading
    }
    for r in doc.body:
        if ("@" in r.low and len(r.words) < 15) or r.sentence.element == "label" or " | " in r.text:
            continue
        if _TITLE.match(r.text):
            continue
        for term in _candidates(r):
            place = r.text.find(term) + len(term)
            if own & set(term.split()) or _FORM.match(term) or _OWN_NAME.match(r.text[place : place + 6]):
                continue
            if _LINKED.search(r.text[max(0, place - len(term) - 40) : place]) or any(
                term in t for t in titles
            ):
                continue
            if not _of_others(r, term, place - len(term)):
                missing.setdefault(term, []).append(r)
    missing = {t: rs for t, rs in missing.items() if not _defined(doc, t)}
    if missing:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            [r for rs in missing.values() for r in rs],
            f"a name in capitals that is defined nowhere: {quote(missing)}",
            hint="define it where it is first used, or say in plain words who or what is meant",
            law=LAW,
        )


DETECTORS = (undefined_names,)
