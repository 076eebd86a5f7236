"""Who answers for the data: the controller's name and address, the data protection officer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from troth.model.finding import Finding
from troth.policy.lint.contacts import ADDRESS, EMAIL
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.gazetteer import place_alone
from troth.policy.lint.names import ENTITY, Party, own_entities
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

LAW = "GDPR Art. 13(1)(a); PIPL Art. 17(1)(1); PDPO DPP1(3)(b)(ii); PDPA s. 11(5)"

_RELATED = Phrase(
    r"\b(?:operated|owned|run|provided|offered) by\b|\btrading as\b|\bdoing business as\b|\bd/b/a\b|"
    r"\bdba\b|\bbrand (?:name )?of\b|"
    r"\bsubsidiary of\b|\bpart of\b|\bhereinafter\b|\btrade name\b|\bformerly\b|\bknown as\b|"
    r"\bparent company\b|\bproduct of\b|\bapp by\b",
)
_OFFICER = Phrase(
    r"data protection officer|\bdpo\b|privacy officer|个人信息保护负责人|数据保护官",
)
_OWN_BOX = Phrase(r"(?i)dpo|privacy|data-?protection|datenschutz|gdpr|compliance|legal")
_PERSON = Phrase(
    r"\b(?:[Mm]r|[Mm]s|[Mm]rs|[Dd]r|Prof)\.? [A-Z]|[Oo]fficer(?: is|,|:) (?:[A-Z][\w'-]+ ){1,3}[A-Z]?"
)
_CONTACTED = Phrase(r"@|\b(?:phone|tel|telephone|hotline)\b|电话|邮箱")


def _squeeze(name: str) -> str:
    return re.sub(r"\W", "", name).lower()


def _same(one: str, other: str) -> bool:
    a, b = _squeeze(one), _squeeze(other)
    return a in b or b in a or one.lower().split()[0] in b


def _brands(doc: Document) -> tuple[Party, ...]:
    return tuple(p for p in doc.parties if not p.entity)


# who represents the controller in a place answers for nothing himself
_REPRESENTS = Phrase(r"\b(?:eu|uk|eea|gdpr|european|article 27|controller's|our) representative\b")

# a recipient that answers for what it does itself
_RECEIVES = Phrase(
    r"\b(?:(?:its|their|his) own|own|independent|separate) (?:data )?controllers?\b|\bcontrollers? (?:in (?:its|their) own right|of (?:its|their) own)\b"
)


def _strangers(doc: Document, found: tuple[Party, ...]) -> tuple[Party, Party] | None:
    entities = [
        e
        for e in found
        if not all(_REPRESENTS.search(r.low) for r in e.readings)
        and not any(_RECEIVES.search(r.low) for r in e.readings)
    ]
    for entity in entities:
        others = [b for b in (*_brands(doc), *entities) if not _same(b.name, entity.name)]
        for other in sorted(others, key=lambda b: -len(b.readings)):
            together = any(
                other.name.lower() in r.low and (entity.name.lower() in r.low or _RELATED.search(r.low))
                for r in doc.readings
            )
            if not together:
                return entity, other
    return None


_CALLED = Phrase(
    r"\b(?:At|[Ww]elcome to|hosting .{0,20} with|team at|here at) ((?:[A-Z]\w+ ?){1,3})|^((?:[A-Z]\w+ ){1,3})(?:is|are) an? "
)
_COMMON = frozenset(
    "The This Our We You Your It If In At For When Any All No Each Article Section Personal Policy Privacy Data Cookies".split()
)


_SITE_NAME = Phrase(
    r"^([A-Z][\w-]*\.(?:com|net|org|io|co|cn|hk|sg|eu|de|in|ca|us|info|biz|cloud)(?:\.\w\w)?) (?:collects?|uses?|operates?|works?|keeps?|will|may|does|is|has|"
    r"reserves?|respects?|considers?|stores?|shares?|takes?|values?|provides?)\b"
)


_FIRST_PARTS = 12


def _listed(reading: Reading, name: str) -> bool:
    """Whether a name heads its own section further down: one of the companies that the text lists."""
    title = _squeeze(reading.sentence.section[-1]) if reading.sentence.section else ""
    return reading.index > _FIRST_PARTS and bool(title) and _squeeze(name) in title


def _slip(name: str, known: str) -> bool:
    """Whether a name is another one of the text with letters in the wrong order."""
    one, other = _squeeze(name), _squeeze(known.split(maxsplit=1)[0])
    return one != other and len(one) > _SHORT and sorted(one) == sorted(other)


_SHORT = 5


def _brand_pair(doc: Document) -> tuple[Hit, Hit] | None:
    """Two names in which the text speaks for itself, that never stand together."""
    found: dict[str, Hit] = {}
    for r in doc.body:
        match = _CALLED.search(r.text)
        name = (match[1] or match[2] or "").strip() if match else ""
        site = _SITE_NAME.match(r.text)
        if site:
            found.setdefault(site[1], Hit(r, site[1]))
        elif (
            name
            and not _listed(r, name)
            and name.split()[0] not in _COMMON
            and ({"we", "our", "us", "shop", "provider", "company", "host", "service"} & r.words)
        ):
            found.setdefault(name, Hit(r, name))
    hits = list(found.values())
    for place, one in enumerate(hits):
        for other in hits[place + 1 :]:
            together = any(one.words in r.text and other.words in r.text for r in doc.readings)
            if not together and not _same(one.words, other.words) and not _same(other.words, one.words):
                if any(_slip(name.words, p.name) for name in (one, other) for p in doc.parties):
                    continue
                return one, other
    return None


def two_brands(doc: Document) -> Iterator[Finding]:
    """A text that speaks for two names (rule controller-identity)."""
    pair = _brand_pair(doc)
    if pair and not _strangers(doc, own_entities(doc.body)):
        yield report(
            "contradiction/controller-identity",
            "block",
            of(pair),
            f"the text speaks for two names, and nothing says how they belong together: {quoted(pair)}",
            hint="name the one legal entity that is responsible, and use that name throughout",
            law=LAW,
        )


def two_controllers(doc: Document) -> Iterator[Finding]:
    """Two publishers whose relation is not told (rule controller-identity)."""
    pair = _strangers(doc, own_entities(doc.body))
    if pair:
        entity, other = pair
        about = (*entity.readings, *other.readings)
        yield report(
            "contradiction/controller-identity",
            "block",
            about,
            f"two names answer for the data, and nothing says how they belong together: "
            f"{quote([entity.name, other.name])}",
            hint="name the one legal entity that is responsible, with its address, and use that name throughout",
            law=LAW,
        )


_OFFICE = Phrase(
    r"\b(?:federal trade commission|department of commerce|better business|information commissioner|supervisory authority|"
    r"attorney general|privacy commissioner)\b"
)


_HOUSE = Phrase(r"^\d{1,4}[a-z]?,? (?:[a-z]{1,2}-)?\d{4,6}\b")
_CUT = Phrase(r"\b[a-z]{1,4}\.$")


_FEW_WORDS, _LINES = 8, 4


def _lines_of_address(doc: Document, country: Reading) -> bool:
    """Whether a country alone on its line closes an address: short lines above it, one with a number, one with a company."""
    if place_alone(country.low) is None:
        return False
    above = doc.readings[max(0, country.index - _LINES) : country.index]
    short = [r for r in above if len(r.text.split()) <= _FEW_WORDS and not r.heading and "@" not in r.low]
    numbered = [r for r in short if any(map(str.isdigit, r.low))]
    return bool(numbered) and any(ENTITY.search(r.text) for r in short)


_CANADIAN = Phrase(r"\b\d{1,5}[a-z]?,? [^;|]{4,80}\b[a-ceghj-nprstvxy]\d[a-z] ?\d[a-z]\d\b")
_STREET_LINE = Phrase(r"^\W*[^\W\d][^\d,;:]{2,40} \d{1,4} ?[a-z]?$")
_TOWN_LINE = Phrase(r"^\W*(?:[a-z]{1,2}-)?\d{3,6}(?:[ -]\d{2,3})?(?: [a-z]{2})? [^\W\d][^\d]{2,40}$")


def has_address(doc: Document) -> bool:
    """Whether a postal address stands in the text."""
    # a full stop after a short form ("g.", "str.") cuts an address in two
    cut = [
        f"{one.low} {other.low}"
        for one, other in pairwise(doc.readings)
        if _HOUSE.match(other.low) and _CUT.search(one.low)
    ]
    # street and number on a line, post code and town below it
    if any(
        _STREET_LINE.match(one.low) and _TOWN_LINE.match(other.low) for one, other in pairwise(doc.readings)
    ):
        return True
    if any(_CANADIAN.search(r.low) for r in doc.readings if not _OFFICE.search(r.low)):
        return True
    lows = [r.low for r in doc.readings if not _OFFICE.search(r.low)]
    if any(_lines_of_address(doc, r) for r in doc.readings):
        return True
    return any(any(map(str.isdigit, low)) and ADDRESS.search(low) for low in (*lows, *cut))


_SAID = Phrase(
    r"\bdata (?:controller|user)\b|\bwe are (?:based|located)\b|\band we are\b|\bresponsible for (?:the|your) (?:processing|data)\b"
)


_REGISTERED = Phrase(
    r"\b(?:company|registration|registered|commercial register|incorporation|business|tax|vat) (?:no\b|number|id\b)|\bhrb ?\d|\b(?:reg|co)\. ?no\b"
)


def _registered(reading: Reading) -> bool:
    """Whether a sentence is a company with its number in a register and its address, wherever it stands."""
    low = reading.low
    return bool(_REGISTERED.search(low) and ADDRESS.search(low) and ENTITY.search(reading.text))


def no_entity(doc: Document) -> Iterator[Finding]:
    """No legal entity or no address (rule controller-identity)."""
    entities = own_entities(doc.body) or own_entities(doc.readings)
    named = bool(entities) or any(_registered(r) for r in doc.body)
    lacking = [
        what for what, there in (("legal entity", named), ("postal address", has_address(doc))) if not there
    ]
    if not lacking or _strangers(doc, entities):
        return
    defined = [
        r
        for r in doc.body
        if any(re.search(rf"{re.escape(p.name)},? ?[(（][\"“‘']", r.text) for p in doc.parties)
    ]
    naming = [
        *doc.body[:1],
        *defined[:1],
        *[r for p in (*entities, *_brands(doc)) for r in p.readings[:2]][:2],
    ]
    reached = [h.reading for h in doc.hits(_CONTACTED)]
    contacts = [*reached[:1], *reached[-2:], *[h.reading for h in doc.hits(_SAID)][:1]]
    yield report(
        "missing-mandatory/controller-identity",
        "block" if "legal entity" in lacking else "warn",
        (*naming, *contacts),
        f"the text does not name the responsible company completely: no {' and no '.join(lacking)}",
        hint=(
            "state the full legal name, the legal form, the postal address and the country of the company that decides "
            "about the data"
        ),
        law=LAW,
    )


_DOMAIN = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.)?([a-z0-9-]{4,})\.(?:com|net|org|io|eu|de|info|biz|co\.[a-z]{2}|[a-z]{2})(?![\w.-])",
    re.IGNORECASE,
)
_TITLE = 2
_OFTEN = 2


def unintroduced(doc: Document) -> Iterator[Finding]:
    """A site in the title, and another name that acts in the text (rule controller-identity)."""
    sites = {m[1].lower(): r for r in doc.readings[:_TITLE] for m in _DOMAIN.finditer(r.text)}
    entities = own_entities(doc.readings)
    if not sites or any(_same(site, e.name) or _same(e.name, site) for site in sites for e in entities):
        return
    for entity in entities:
        first = entity.name.split()[0]
        acting = [
            r
            for r in doc.body
            if re.search(rf"\b{re.escape(first)}(?! (?:\w+ )?(?:Inc|INC|GmbH|GMBH|Ltd|LTD|LLC)\b)", r.text)
        ]
        tied = any(
            first in r.text and (_RELATED.search(r.low) or any(site in r.low for site in sites))
            for r in doc.readings
        )
        if len(acting) >= _OFTEN and not tied and len(first) > _TITLE:
            yield report(
                "contradiction/controller-identity",
                "warn",
                (*sites.values(), *acting),
                f"the text is that of {quote(sites)}, and {quote([first])} acts in it; nothing says how they belong together",
                hint="say in the first sentence which company runs the site and answers for the data",
                law=LAW,
            )
            return


# who is announced "below" and missing is a dangling reference
_LISTED = Phrase(r"\bofficers?\b[^.;]{0,40}\b(?:is|are) (?:listed|named|given|set out|shown) below\b")


_NONE = Phrase(
    r"\b(?:not|no|n't)\b[^.;]{0,40}\b(?:appoint\w*|designat\w*|obliged|required|need)\b|\bno (?:data protection|privacy) officer"
)


def officer(doc: Document) -> Iterator[Finding]:
    """A data protection officer without an own address (rule dpo-identity)."""
    mentions = [
        h for h in doc.hits(_OFFICER) if not _LISTED.search(h.reading.low) and not _NONE.search(h.reading.low)
    ]
    if not mentions:
        return
    near = [r for h in mentions for r in doc.near(h.reading, 1, 2)]
    boxes = [m[0] for r in near for m in EMAIL.finditer(r.text)]
    own = any(_OWN_BOX.search(box) for box in boxes)
    if own or any("dpo@" in r.low or _PERSON.search(r.text) or ADDRESS.search(r.low) for r in near):
        return
    about = [*of(mentions), *(r for r in near if "@" in r.low)]
    yield report(
        "missing-mandatory/dpo-identity",
        "warn",
        about,
        "a data protection officer is announced without an own address"
        + (f"; the box given is {quote(boxes)}" if boxes else ""),
        hint="give the officer a mailbox or postal address that only the officer reads",
        law="GDPR Art. 13(1)(b), 37(7), 38(4)-(5); PDPA s. 11(5); PIPL Art. 52",
    )


DETECTORS = (two_controllers, two_brands, unintroduced, no_entity, officer)
