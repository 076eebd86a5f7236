"""Terms: quoted or capitalised without a definition, several names for one thing, one name for several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.english_cases import UNSAID
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report
from troth.policy.lint.statement import said

LAW = "GDPR Art. 12(1)"

_QUOTED = Phrase(r"[\"“‘']([A-Z][\w&-]*(?: [A-Z&][\w&-]*){0,3})[\"”’'](?!\w)")
_DEFINING = Phrase(
    r"(?:\(|we say|when we (?:say|write|use)|, or|by|collectively,?|referred to as|known as|called|the term|hereinafter|hereafter|meaning of|"
    r"defined as|or|and|is an?|,) ?(?:the |our |as |each,? |together,? )*[\"“‘']$|^\W*(?:the )?[\"“‘']?$"
)
_DOCUMENT = Phrase(
    r"(?:Policy|Terms|Agreement|Directory|Procedure|Schedule|Statement|Notice|Guidelines|Charter|Handbook|Manual|List|Rules)$"
)
_SAID = Phrase(r"(?:we say|when we (?:say|write|use)|, or|known as|called|referred to as) (?:the )?[\"“‘']$")
_AFTER = Phrase(
    r"^[\"”’'] ?(?:,? ?(?:we|is meant|stands for|has the|have the|denotes|shall)|means?|refers?|is|are|includes?|shall|also|\)|,? ?(?:or|and) [\"“]|may also include)"
)
_CLICKED = Phrase(
    r"(?i)\b(?:click\w*|hit|select\w*|press\w*|button|tap\w*|choos\w+|mark\w*|tick\w*|titled|entitled|"
    r"labell?ed|named|heading|section|under|see|setting|menu|option|link|subject|in)\W*$"
)
_PLACED = Phrase(
    r"(?i)^[\"”’'] ?(?:button|link|tab|(?:account )?(?:functionality|function|feature|utility|tool|control)|option|section|menu|date|banner|heading|icon|checkbox|form|at the|"
    r"pages?\b|(?:within|in|on|at|under) (?:the|your|our))"
)
_CAPITAL = Phrase(
    r"(?<=[a-z,’'] )(Website|Site|Services?|Software|Platform|Application|App|Products?|Customers?|"
    r"Clients?|Users?|Affiliates?|Subscribers?|Content|Customer Data|Account|Registrants?|Group|"
    r"Partners?)(?=[ ,.;’')]|$)(?! (?:of\b|[A-Z]))"
)
_DATA_NAMES = (
    ("personal data", Phrase(r"\bpersonal data\b")),
    (
        "personal information",
        Phrase(r"\bpersonal(?:,? \w+)? information\b|\bbusiness, and personal information\b"),
    ),
    (
        "personally identifiable information",
        Phrase(r"(?<!non-)\bpersonal(?:ly)?[ -]?identif\w+ (?:data|information)\b|\bpii\b"),
    ),
    ("personal details", Phrase(r"\bpersonal details\b")),
    ("private information", Phrase(r"\bprivate (?:data|information)\b")),
    (
        "identifying information",
        Phrase(
            r"(?<!non-personally )(?<!personally )(?<!personally-)\b(?:identifiable|"
            r"identifying) information\b",
        ),
    ),
)
_OWN_TEXT = Phrase(
    r"\b(?:this|our|the|its|updated|revised)\s(?:updated |revised |current |above |"
    r"following )?(privacy policy|privacy notice|privacy statement|privacy protection policy|"
    r"data protection policy|data protection notice|privacy (?:and|&) cookies? (?:policy|notice|statement)|privacy agreement|data privacy policy|"
    r"privacy declaration)(?! of (?:the|these|that))\b"
)
# an exception is made to a practice as well as to a text
_SHORT_TEXT = Phrase(r"(?<!exception to )(?<!exceptions to )\bthis (notice|statement|policy|declaration)\b")
_TERMS = Phrase(r"\b(terms of use|terms of service|terms and conditions|user agreement)\b")
_THEIRS = Phrase(
    r"\b(?:third|their|those|these|other) (?:part\w+|sites?|websites?)?.{0,30}polic|google's|review their|"
    r"every website",
)
_NOT_DEFINED_NEEDED = frozenset(
    {
        "California",
        "Cookie",
        "Cookies",
        "Do Not Track",
        "DNT",
        "GPC",
        "GDPR",
        "CCPA",
        "EU",
        "UK",
        "PIPL",
        "PDPO",
        "WHOIS",
        "Whois",
        "RDAP",
        "DNS",
        "ICANN",
        "Internet Protocol",
        "SPAM",
    }
)


# a program, a bot or a wall of that name; a switch that is turned on; a step of a path through menus
_NAMED_THING = Phrase(
    r"(?i)\b(?:software|program|programme|tool|app|application|plug-?in|bot|cookie|script|wall|service|panel|font|product|brand|project|newsletter|game|association|society|paper|page|magazine|reads?|shows?|reply|replying|answer\w*|leave at any time with|via|through|UAB|SIA|OÜ|GmbH|words?|(?:switch|turn)\w* (?:on|off)|on the|ticks?|checks?|choices?|go to|goes to|open|opens|into|inbox|folder|quote|quoting)\W*$|[\"”’'] ?(?:,|>|→|-|–|/|then|and|or) ?(?:then |and |or )?(?:click |press |choose |select )?[\"“‘']$"
)
_PATH = Phrase(
    r"(?i)\b(?:click|select|press|choos|tick|open|go to|under|find|switch|tap)\w*\b[^.;]{0,80}[\"“‘']$"
)
# the law explains these words: "have the meaning in the Act"
_MEANING_OF = Phrase(
    r"(?i)[\"”’'] (?:have|has|bears?|carry|carries) the (?:same )?meanings?\b|[\"”’'] (?:are|is) (?:used )?as (?:defined )?(?:in|by)\b"
)


def _known(doc: Document, term: str) -> bool:
    spot = Phrase(
        rf"\((?:hereinafter|hereafter|further|below|collectively|together|in the following)\b[^()]{{0,40}}\b{re.escape(term)}\)|"
        rf"(?:\(|collectively,? |referred to as |known as |hereinafter |"
        rf"the term )[^()]{{0,50}}[\"“‘']{re.escape(term)}s?[\"”’']|"
        rf"[\"“‘']{re.escape(term)}[\"”’'] (?:means?|refers?|is|are|may also|includes?|shall|we mean|has the meaning|denotes|stands)|"
        rf"^\W*{re.escape(term)}\W{{0,3}} ?(?:means|refers to)\b|^\W*{re.escape(term)}:"
    )
    titled = any(
        term.lower() in r.low and not re.search(r"\b(?:other|third|external|linked|links)\b", r.low)
        for r in doc.readings
        if r.heading
    )
    return titled or any(
        (term in r.text and spot.search(r.text)) or (term.upper() in r.text and _named_aloud(r, term))
        for r in doc.readings
    )


def _named_aloud(reading: Reading, term: str) -> bool:
    """Whether a term is defined in capitals throughout: (the "SITE")."""
    return re.search(rf"[\"“‘'](?:the )?{re.escape(term.upper())}S?[\"”’']", reading.text) is not None


_LISTED = Phrase(r"\"(?:,| and| or) \".{0,80}\" means?\b")


def undefined_quotes(doc: Document) -> Iterator[Finding]:
    """A quoted name that is never explained (rule term-undefined)."""
    missing: dict[str, list[Reading]] = {}
    for r in doc.body:
        if ('"' not in r.low and "'" not in r.low) or _LISTED.search(r.low):
            continue
        for match in _QUOTED.finditer(r.text):
            before, after = r.text[: match.start(1)], r.text[match.end(1) :]
            if (
                match[1] in _NOT_DEFINED_NEEDED
                or _CLICKED.search(before)
                or _PLACED.match(after)
                or _NAMED_THING.search(before)
                or _PATH.search(before)
                or _MEANING_OF.search(r.text)
                or (_DEFINING.search(before) and ("(" in before[-40:] or _SAID.search(before)))
            ):
                continue
            if _DOCUMENT.search(match[1]) or (
                match[1].isupper() and "cookie" in r.low
            ):  # the name of a cookie
                continue
            if (_AFTER.match(after) and not _place_of(after)) or _known(doc, match[1]):
                continue
            if _part_of_longer(doc, r, match[1]):
                continue
            missing.setdefault(match[1], []).append(r)
    if missing:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            [r for rs in missing.values() for r in rs],
            f"a term in quotes that is never explained: {quote(missing)}",
            hint="define the term where it is first used, or describe where to find it",
            law=LAW,
        )


def _part_of_longer(doc: Document, reading: Reading, term: str) -> bool:
    """Whether an earlier sentence has it as a part of a longer term in quotes."""
    longer = re.compile(rf"\"[^\"]*(?:\w {re.escape(term.lower())}|{re.escape(term.lower())} \w)[^\"]*\"")
    return any(longer.search(r.low) for r in doc.readings[: reading.index])


def _place_of(after: str) -> bool:
    """Whether the words after the closing quote use the term as the name of a place or thing."""
    return bool(re.match(r"^[\"”’'] (?:page|area|panel|portal|account)", after))


# the last word of a longer name, as in "Acme Availability Services"
_IN_NAME = re.compile(
    r"[A-Z][\w&-]+ (?!(?:Our|The|These|Your|Any|All|Such|Each|Other|Certain) $)[A-Z][\w&-]+ $"
)


def undefined_capitals(doc: Document) -> Iterator[Finding]:
    """Capitalised words used like defined terms without a definition (rule term-undefined)."""
    used: dict[str, list[Reading]] = {}
    for r in doc.body:
        for match in _CAPITAL.finditer(r.text):
            if not _IN_NAME.search(r.text[: match.start()]):
                used.setdefault(match[1].rstrip("s"), []).append(r)
    missing = {
        t: rs
        for t, rs in used.items()
        if len(rs) > 2 and not _known(doc, t) and not _known(doc, t + "s") and len({r.index for r in rs}) > 2
    }
    if missing:
        yield report(
            "undefined-term/term-undefined",
            "info",
            [r for rs in missing.values() for r in rs],
            f"capitalised like a defined term, without a definition: {quote(missing)}",
            hint="define the term or write it small",
            law=LAW,
        )


_BARE_ROLE = re.compile(
    r"(?:^|[.;:] )(?:\d+\. )?(?:The )?(Company|Provider|Operator|Host|Registrar) (?:undertakes|shall|will|may|agrees|reserves|does|is|has|can|cannot|collects|uses)\b"
)


def undefined_roles(doc: Document) -> Iterator[Finding]:
    """A party named by its role alone, and nothing says who that is (rule term-undefined)."""
    used: dict[str, list[Reading]] = {}
    for r in doc.body:
        for match in _BARE_ROLE.finditer(r.text):
            # "the Company" is who publishes the text, where no other name stands in it
            if doc.parties or "The " not in match[0]:
                used.setdefault(match[1], []).append(r)
    missing = {
        role: rs
        for role, rs in used.items()
        if not _known(doc, role)
        and not any(re.search(rf"[\"“‘'(]{role}[\"”’')]", r.text) for r in doc.readings)
        and not any(role in p.name.split() for p in doc.parties)
    }
    if missing:
        yield report(
            "undefined-term/term-undefined",
            "info",
            [r for rs in missing.values() for r in rs],
            f"a party by its role, and nothing says who it is: {quote(missing)}",
            hint="write the name, or define the role where it is first used",
            law=LAW,
        )


_PLACE = Phrase(r"\blocation(?:s|[- ]related)?(?: (?:data|information))?\b|\bgeolocation\b")
_PRECISE = Phrase(
    r"\b(?:precise|exact|approximate|coarse|general|gps|city|country|region|postcode|zip|ip-based|"
    r"derived from|while (?:a|the|you)|storage|server|data cent)\w*\b",
)


def imprecise_location(doc: Document) -> Iterator[Finding]:
    """Location data without its precision (rule term-undefined)."""
    hits = [
        h
        for h in doc.hits(_PLACE)
        if h.reading.acts & {"collect", "use"}
        or h.reading.lead
        or "data" in h.words
        or "includes" in h.reading.words
    ]
    hits = [h for h in hits if not h.reading.refuses and not _identifier(h.reading)]
    bare = [h for h in hits if not _PRECISE.search(h.reading.low)]
    if len(bare) >= 2 or (len(bare) == 1 and len(hits) > 1 and "related" in bare[0].words):
        yield report(
            "undefined-term/term-undefined",
            "info",
            of(hits),
            f"the precision of the location is not stated: {quoted(hits)}",
            hint="say whether it is the city from the IP address or a measured position, and how precise",
            law="GDPR Art. 13(1), 5(1)(c); Cal. Civ. 1798.140(w)",
        )


def _identifier(reading: Reading) -> bool:
    return "identifiable" in reading.words and "natural" in reading.words


_UNLISTED = Phrase(
    r"\b(?:information|data|fields|details)\b (?:that|which) (?:can(?:not)?|may(?: not)?|"
    r"could) (?:be )?(?:\w+ )?(?:modified|changed|edited|corrected|updated|deleted|"
    r"accessed) by (?:yourself|you|the user)|\b(?:in|under) (?:certain|some|particular|"
    r"limited) (?:situations|circumstances|cases|conditions)\b(?!.{0,6}(?:\(|such as|e\.g|for example|"
    r"including|for instance))",
)
_RIGHT = Phrase(
    r"\b(?:right|refuse|request|delet|eras|correct|modif|access|object)\w*\b",
)


_TOLD_NEXT = Phrase(
    r"^\W*(?:this|these|such|the|that|it|they|examples?)\b[^.;]{0,60}\b(?:includ\w+|consists?|comprises?|contains?|is|are|may be|can be)\b|^\W*(?:for example|such as|for instance)\b"
)


# "information we record may include", "we gather and keep track of:", a few sentences later
_TOLD_SOON = Phrase(
    r"^\W*(?:the |this |these |such )?(?:\w+ )?(?:information|data|details)\b[^.;,]{0,40}\b(?:includ\w+|consists?|comprises?|contains?)\b|"
    r"\b(?:collects?|gathers?|records?|logs?|keeps? track of|obtains?|stores?|asks? for|need)\b[^.;]{0,60}:$"
)
_SOON = 3


def told_next(doc: Document, reading: Reading) -> bool:
    """Whether the next unit, or a list, says what is meant."""
    after = doc.readings[reading.index + 1 : reading.index + 2]
    if any(r.sentence.element in {"bullet", "label"} or _TOLD_NEXT.search(r.low) for r in after):
        return True
    soon = doc.readings[reading.index + 1 : reading.index + 1 + _SOON]
    return any(_TOLD_SOON.search(r.low) for r in soon if not r.refuses)


# the article that is cited lists the cases
_CITED = Phrase(r"\b(?:art(?:icle|\.)|§) ?\d")


def unlisted(doc: Document) -> Iterator[Finding]:
    """Rights for "certain" data or cases that are not listed (rule term-undefined)."""
    hits = [
        h
        for h in doc.hits(_UNLISTED)
        if _RIGHT.search(h.reading.low)
        and not _CITED.search(h.reading.low)
        and not re.search(
            r"such as|e\.g|for example|for instance|\b(?:request|obtain|receive|ask for) certain information",
            h.reading.low,
        )
    ]
    hits = [
        h
        for h in hits
        if not any(
            re.match(r"^(?:for example|such as|these include)", r.low)
            for r in doc.readings[h.reading.index + 1 : h.reading.index + 2]
        )
    ]
    other = [h for h in said(doc, UNSAID, hits) if not told_next(doc, h.reading)]
    if other:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(other),
            f"cases or data that nobody can know: {quoted(other)}",
            hint="say which cases, which data, and by which test",
            law=LAW,
        )
    if hits:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(hits),
            f"a right depends on cases that are not listed: {quoted(hits)}",
            hint="list the data or the cases",
            law="GDPR Art. 12(1), 13(2)(b); PIPL Art. 17(1)(3)",
        )


_OFTEN = 3  # a name used less often is a slip into ordinary English, unless the text defines one of the names
_DATA_DEFINED = Phrase(
    r"\"[^\"]*personal (?:data|information)[^\"]*\"|\bpersonal (?:data|information)\"? (?:means|is any|refers)\b|^\W*personal (?:data|information)\W* (?:is|means|any)\b"
)


def _many(names: dict[str, Reading], second: int) -> bool:
    """Whether three names stand side by side, and not just one beside slips."""
    return len(names) > 2 and (second > 1 or "personally identifiable information" in names)


def data_names(doc: Document) -> Iterator[Finding]:
    """Several names for personal data (rule term-inconsistent)."""
    first: dict[str, Reading] = {}
    counts: dict[str, int] = {}
    for r in doc.body:
        if (
            {"california", "ccpa"} & r.words
            or any("california" in s.lower() for s in r.sentence.section)
            or _THEIRS.search(r.low)
        ):
            continue
        low = r.low
        for name, pattern in _DATA_NAMES:
            if pattern.search(low):
                low = pattern.sub(" ", low) if name != "personal information" else low
                first.setdefault(name, r)
                counts[name] = counts.get(name, 0) + 1
    tied = any(
        sum(bool(p.search(r.low)) for _, p in _DATA_NAMES) > 1 and ("(" in r.low or '"' in r.low)
        for r in doc.body
    )
    second = sorted(counts.values())[-2] if len(counts) > 1 else 0
    stray = second < _OFTEN and not _many(first, second) and not doc.says(_DATA_DEFINED)
    mixed = len(first) > 2 or (len(first) == 2 and min(counts.values()) > 1)
    if mixed and not stray and not (tied and len(first) == 2):
        yield report(
            "undefined-term/term-inconsistent",
            "info",
            first.values(),
            f"several names for the same data: {quote(first)}",
            hint="use one defined term throughout",
            law=LAW,
        )


_OF_OTHERS = Phrase(
    r"\b(?:privacy|cookie|data) (?:policy|statement|notice)s? (?:of|from|by|published by) (?!this|the (?:website|site|service|company)\b|our)\w+|"
    r"\b(?:google|facebook|meta|paypal|stripe|microsoft|twitter|linkedin|cloudflare|amazon|apple)(?:'s| analytics'?s?)? (?:privacy|cookie) (?:policy|statement|notice)s?\b"
)


def document_names(doc: Document) -> Iterator[Finding]:
    """Several names for the text itself or for the terms (rule term-inconsistent)."""
    own: dict[str, list[Reading]] = {}
    terms: dict[str, list[Reading]] = {}
    short: dict[str, list[Reading]] = {}
    for r in doc.body:
        if "third" in r.words or ("their" in r.words and "our" not in r.words and "this" not in r.words):
            continue
        for match in _OWN_TEXT.finditer(_OF_OTHERS.sub(" ", r.low)):
            own.setdefault(match[1], []).append(r)
        for match in _TERMS.finditer(r.low):
            terms.setdefault(match[1], []).append(r)
    if len(own) == 1:
        kind = next(iter(own)).rsplit(" ", 1)[-1]
        for r in doc.body:
            for match in _SHORT_TEXT.finditer(r.low):
                if match[1] != kind:
                    short.setdefault(match[1], []).append(r)
        # one "this statement" in passing is no second name
        own |= {name: rs for name, rs in short.items() if len(rs) > 1 or len(short) > 1}
    for names, what in ((own, "this document"), (terms, "the terms")):
        if len(names) > 1:
            yield report(
                "undefined-term/term-inconsistent",
                "info",
                [r for rs in names.values() for r in rs],
                f"several names for {what}: {quote(names)}",
                hint="use one name throughout",
                law=LAW,
            )


_SCOPE = Phrase(
    r"\b(?:our|the) ((?:(?:[\w-]+ ){0,2}(?:services?|products?|websites?|sites?|apps?|applications?|"
    r"software|platforms?)(?:, | and |, and | or )){1,5}(?:[\w-]+ ){0,2}(?:services?|products?|websites?|"
    r"sites?|apps?|applications?|software|platforms?))"
)
_NOUNS = Phrase(r"\b(service|product|website|site|app|application|software|platform)s?\b")
_SAME = {"site": "website", "app": "application"}


def _nouns(words: str) -> set[str]:
    return {_SAME.get(n, n) for n in _NOUNS.findall(words)}


def shifting_scope(doc: Document) -> Iterator[Finding]:
    """A defined "Services" that covers more elsewhere (rule term-inconsistent)."""
    defined = [
        r for r in doc.body if re.search(r"[\"“](?:the )?Services?[\"”]", r.text) and _SCOPE.search(r.low)
    ]
    if not defined:
        return
    covered: set[str] = set().union(*(_nouns(r.low) for r in defined))
    other = [(r, m[1]) for r in doc.body if r not in defined for m in _SCOPE.finditer(r.low)]
    wider = [(r, words) for r, words in other if _nouns(words) - covered - {"service"}]
    if wider:
        listed = [r for r, words in other if len(_nouns(words)) > 1 and r not in [w for w, _ in wider]]
        yield report(
            "undefined-term/term-inconsistent",
            "info",
            (*defined, *(r for r, _ in wider), *listed[:1]),
            f'"Services" is defined as {quote([", ".join(sorted(covered))])} and used for more: '
            f"{quote(w for _, w in wider)}",
            hint="list everything the term covers in its definition",
            law=LAW,
        )


_HARDWARE = Phrase(
    r"\b(?:imei|imsi|iccid|mac address|sim (?:card )?(?:number|serial)|android id|installed app\w*|"
    r"call log|contact list|sms content)\b|imei|imsi|mac ?地址|应用(?:程序)?列表",
)
_BROWSING = Phrase(
    r"\b(?:your|the|user'?s?'?|visitors?'?) (?:web |internet |online |full )?(?:browsing|browser|search|surfing) history\b(?! (?:on|of|in|within|at|across) (?:our|the|this|these|your (?:use|visit)))|(?:浏览器|上网|网络浏览)(?:历史|记录)"
)
_VISITING = Phrase(r"\b(?:web ?sites?|web pages?|our site)\b|网站|网页")
_APP = Phrase(
    r"\b(?:mobile app\w*|android|ios|our app\b|the app\b|sdks?|applets?|mini[- ]programs?|client software|"
    r"wi-?fi hotspot|router|is an app)\b|客户端|小程序|应用程序|安卓|本(?:软件|应用|app)|(?:下载|安装)[^。；，]{0,8}(?:软件|应用|app)|软件及服务",
)


def implausible(doc: Document) -> Iterator[Finding]:
    """Device identifiers that a website can not read (rule data-item-implausible)."""
    hits = [
        h for h in doc.hits(_HARDWARE) if h.reading.does("collect", "use") and not doc.explains(h.reading)
    ]
    # a site knows its own pages only, whatever apps there are beside it
    pages = [
        h
        for h in doc.hits(_BROWSING)
        if h.reading.does("collect")
        and not doc.explains(h.reading)
        and _VISITING.search(h.reading.low)
        and not _APP.search(h.reading.low)
    ]
    if not hits and not pages:
        return
    app = any(_APP.search(_HARDWARE.regex.sub(" ", r.low)) for r in doc.readings)
    hits = pages + [h for h in hits if not app and h.reading not in {p.reading for p in pages}]
    if hits:
        yield report(
            "undefined-term/data-item-implausible",
            "warn",
            of(hits),
            f"a website can not read this: {quoted(hits)}; either an app is not declared or the item is "
            f"declared for nothing",
            hint="name the app that reads it, or remove the item",
            law="GDPR Art. 5(1)(c); PIPL Art. 6, 17(1)(2)",
        )


def doubled(doc: Document) -> Iterator[Finding]:
    """The same legal condition twice in a sentence (rule condition-doubled)."""
    hits = [Hit(r, r.text) for r in doc.body if _ALLOWED.search(r.low) and _FORBIDDEN.search(r.low)]
    if hits:
        yield report(
            "contradiction/condition-doubled",
            "info",
            of(hits),
            f"one condition said twice: {quoted(hits)}",
            hint="keep one of the two, and say when an exception ends",
        )


_ALLOWED = Phrase(
    r"\b(?:extent|where|when|if|as|unless) (?:permitted|allowed|permissible)\b.{0,12}\blaw",
)
_FORBIDDEN = Phrase(
    r"\b(?:unless|except|if not|where not|save)\b.{0,20}\b(?:prohibited|forbidden|restricted|"
    r"not permitted)\b.{0,12}\blaw",
)

DETECTORS = (
    undefined_quotes,
    undefined_capitals,
    undefined_roles,
    imprecise_location,
    unlisted,
    data_names,
    document_names,
    shifting_scope,
    implausible,
    doubled,
)
