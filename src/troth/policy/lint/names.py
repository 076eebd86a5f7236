"""Who publishes a text: brand names and legal entities that speak of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

_NAME = r"[A-Z][\w&+-]*(?:\.(?:[Cc]om|COM|[Nn]et|io|[Oo]rg|ca|in|gs|co))?(?: (?:[A-Z][\w&+-]*|&|of(?= [A-Z]))){0,5}"
_SUFFIX = (
    r"(?:Inc\.?|INC\.?|LTD\.?|CORP\.?|GMBH|Incorporated|LLC|L\.L\.C\.|Ltd\.?|Limited|LLP|PLC|plc|FZ-?LLC|FZE|FZCO|GmbH(?: & Co\. KG)?|UG|AG|SE|KG|"
    r"S\.?A\.?S?\.?|"
    r"SRL|SARL|S\.R\.L\.|SPRL|S\.?r\.?l\.?|S\.?p\.?A\.?|[Bb]\.?[Vv]\.?|N\.?V\.?|Pty\.?(?: Ltd\.?)?|Pte\.?(?: Ltd\.?)?|Corp\.?|"
    r"Corporation|Co\.,? ?Ltd\.?|Co\.(?=[ ,;)]|$)|"
    r"Oy|AB|ApS|A/S|AS|K\.K\.|e\.V\.|Designated Activity Company|DAC|CLG|Unlimited Company|(?:Private|Pvt\.?) (?:Limited|Ltd\.?)|Sdn\.? Bhd\.?|PTY\.? LTD\.?|PTE\.? LTD\.?|SDN\.? BHD\.?|PVT\.? LTD\.?|"
    r"e\.K\.|e\.U\.|eG|OHG|GbR|Berhad|BERHAD|Cooperative|Co-operative|Co\.,? Limited|[Ss]ole (?:[Tt]rader|[Pp]roprietor)|s\.r\.o\.|d\.o\.o\.|Sp\. z o\.o\.|OÜ|UAB|SIA|Kft\.?|Ltda\.?|"
    # in capitals, at the end of a line or before another script: elsewhere the word may limit something
    r"LIMITED(?= *(?:$|[(（,.\u4e00-\u9fff])))"
)
ENTITY = Phrase(
    rf"((?:{_NAME}|(?<![\w.@-])[a-z]\w{{3,20}}(?= (?:LLC|GmbH|Inc|Ltd|AG)\b))(?:,? \([A-Z][\w ]*\))?),? {_SUFFIX}(?![\w])|((?:(?!我们|委托|"
    rf"运营)[\u4e00-\u9fff（）()]){{2,24}}?(?:有限公司|有限责任公司|股份公司))|"
    # where the form stands before the name
    rf"(?<![\w.])((?:UAB|SIA|OÜ|AS|Stichting|Einzelunternehmen|Einzelfirma|PT|CV|SC|TOV|OOO) [\"“„']?{_NAME})",
)
_CJK_BRAND = Phrase(r"^(?:欢迎使用)?([\u4e00-\u9fffA-Za-z]{2,14}?)(?:（|\()以下(?:简称|称)")
_STRONG = (
    Phrase(rf"\b[Aa]t ({_NAME}(?:,? {_SUFFIX})?),? (?:we|our)\b"),
    Phrase(
        rf"({_NAME}(?:,? {_SUFFIX})?),? (?:\([^()\"“]*\) )?\((?:hereinafter|[^()]{{0,60}}[\"“'‘](?:we|us|"
        rf"our|[Cc]ompany)\b)"
    ),
    Phrase(rf"({_NAME}),? {_SUFFIX},? [^()]{{0,80}}\([\"“'‘](?=[A-Z])"),
    Phrase(
        rf"(?:[Ww]elcome to|team behind|services? of|website of|[Pp]olicy of|[Nn]otice of|operated by|"
        rf"app by|we are|[Ww]e,) ({_NAME})"
        r"(?=[!.,’' ]|$)"
    ),
    _CJK_BRAND,
)
_WEAK = (
    Phrase(
        rf"\b(?:how|[Bb]ecause|that) ({_NAME}(?:,? {_SUFFIX})?) (?:and|collects?|handles?|uses?|processes|"
        rf"may)\b"
    ),
    Phrase(
        rf"^({_NAME})[’']? (?:collects?|uses?|may|will|is (?:committed|an app|dedicated|responsible)|"
        rf"values?|respects?|"
        r"employs?|reserves?|understands?|provides?|limits?|runs?|takes?|disclaims?|have|has|cannot)\b"
    ),
    Phrase(rf"\b(?:to|by|with|from|on) ({_NAME}) (?:is saved|by |directly|to |when )"),
)
_FORMS = (
    "Inc",
    "INC",
    "LTD",
    "GMBH",
    "CORP",
    "LLC",
    "FZ",
    "L.L.C",
    "Ltd",
    "Limited",
    "LLP",
    "PLC",
    "plc",
    "GmbH",
    "UG",
    "AG",
    "SE",
    "KG",
    "SA",
    "S.A",
    "SAS",
    "Srl",
    "S.r",
    "SpA",
    "S.p",
    "BV",
    "B.V",
    "b.v",
    "NV",
    "N.V",
    "Pty",
    "Pte",
    "Corp",
    "Co.",
    "Oy",
    "AB",
    "ApS",
    "A/S",
    "AS",
    "K.K",
    "e.V",
    "Designated",
    "DAC",
    "CLG",
    "Company",
    "Private",
    "Pvt",
    "Sdn",
    "e.K",
    "e.U",
    "eG",
    "OHG",
    "GbR",
    "erhad",
    "BERHAD",
    "LIMITED",
    "ooperative",
    "o-operative",
    "ole trader",
    "ole Trader",
    "ole proprietor",
    "ole Proprietor",
    "Stichting",
    "Einzel",
    "s.r.o",
    "d.o.o",
    "Sp.",
    "OÜ",
    "UAB",
    "SIA",
    "Kft",
    "Ltda",
    "公司",
    "PTY",
    "PTE",
    "SDN",
    "PVT",
    "PT ",
    "CV ",
    "SC ",
    "TOV",
    "OOO",
)
_FORM = re.compile("|".join(map(re.escape, _FORMS)))
_OFTEN = 3
_EARLY = 8
_NOISE = frozenset(
    [
        "This",
        "We",
        "Our",
        "The",
        "These",
        "Those",
        "You",
        "Your",
        "It",
        "If",
        "In",
        "At",
        "For",
        "When",
        "Where",
        "By",
        "Personal",
        "Information",
        "Data",
        "Services",
        "Service",
        "Site",
        "Website",
        "Platform",
        "Please",
        "However",
        "Cookies",
        "Cookie",
        "Google",
        "Users",
        "User",
        "Customers",
        "Customer",
        "Users",
        "Privacy",
        "Policy",
        "Notice",
        "Statement",
        "Children",
        "Log",
        "Material",
        "Each",
        "Such",
        "No",
        "Some",
        "Any",
        "All",
        "Access",
        "To",
        "From",
        "Should",
        "There",
        "They",
        "That",
        "And",
        "Or",
        "As",
        "Legal",
        "Internet",
    ]
)
_OTHERS = Phrase(
    r"(?i)\b(?:share|obtain|from|through|via|tells? us|disclos|provider|processor|service of|partner|analytics|transfer|third part|"
    r"receives?|hosting (?:is|by)|hosted by|payments? (?:is|are|by)|done by|supplied by)|委托|合作|提供给|共享"
)
_OWN = Phrase(
    r"(?i)controller|[\"“](?:we|us|our)|\bwe are (?!paid|not|able|required|obliged|bound|committed|legally|to|told|asked)|^At |responsible (?:for|party)|operated by|"
    r"registered (?:office|in)|is located|"
    r"this (?:privacy )?(?:policy|notice|statement)|is an app|以下简称|我们是|运营"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A name that a text uses for its publisher, and the sentences that use it so."""

    name: str
    entity: bool
    readings: tuple[Reading, ...]


def _named(reading: Reading, patterns: tuple[Phrase, ...]) -> Iterator[str]:
    for pattern in patterns:
        for match in pattern.finditer(reading.text):
            name = match[1].strip(" ,.")
            if not name:
                continue
            if name.split()[0] not in _NOISE and len(name) > 2:
                yield name


def parties(readings: Sequence[Reading]) -> tuple[Party, ...]:
    """Names the text uses for its publisher, most used first.

    A name counts when the text introduces it (At X, we; X ("we")) or lets it act again and again.
    """
    strong: set[str] = set()
    found: dict[str, dict[int, Reading]] = {}
    for reading in readings:
        if reading.heading and reading.index > 1:
            continue
        sure = set(_named(reading, _STRONG))
        strong |= sure
        for name in (*sorted(sure), *_named(reading, _WEAK)):
            found.setdefault(name, {})[reading.index] = reading
    kept = [
        Party(name, ENTITY.search(name) is not None, tuple(rs.values()))
        for name, rs in found.items()
        if name in strong or len(rs) >= _OFTEN
    ]
    return tuple(sorted(kept, key=lambda p: (-len(p.readings), p.readings[0].index, p.name)))


def _alone(reading: Reading, name: re.Match[str], below: Sequence[Reading]) -> bool:
    """Whether a name fills its line, with a department behind it, and a figure stands below, as in the lines of an address."""
    head, rest = reading.text[: name.start()].strip(" .,"), reading.text[name.end() :].strip(" .,")
    addressed = head.lower() in {"", "c/o", "attn:", "attn"} and len(rest.split()) <= _DEPARTMENT
    return addressed and any(any(map(str.isdigit, r.low)) and len(r.text) < _LINE for r in below)


_LINE, _DEPARTMENT = 60, 3


def own_entities(readings: Sequence[Reading]) -> tuple[Party, ...]:
    """Legal entities ("... Ltd", "... GmbH", "...有限公司") that the text presents as its publisher."""
    found: dict[str, list[Reading]] = {}
    for place, reading in enumerate(readings):
        if not _FORM.search(reading.text):
            continue
        below = readings[place + 1 : place + 3]
        for match in ENTITY.finditer(reading.text):
            # an address block names nobody else: the name stands alone, the street under it
            own = _OWN.search(reading.text) is not None or _alone(reading, match, below)
            if own or (not _OTHERS.search(reading.low) and (reading.index < _EARLY or "@" in reading.low)):
                found.setdefault((match[1] or match[2] or match[3]).strip(" ,"), []).append(reading)
    return tuple(Party(name, True, tuple(rs)) for name, rs in found.items())
