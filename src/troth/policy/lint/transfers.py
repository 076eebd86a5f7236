"""Where data is kept and sent: countries, safeguards, contradictions."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

LAW = "GDPR Art. 13(1)(f), 44-49; PIPL Art. 38-40, 55; PDPO DPP5, s. 33; PDPA s. 26"

_EEA = (
    "germany|france|netherlands|ireland|austria|spain|italy|belgium|denmark|sweden|finland|poland|norway|iceland|portugal|"
    "luxembourg|estonia|latvia|lithuania|czech|greece|hungary|romania|bulgaria|frankfurt|amsterdam|hamburg|berlin|munich|"
    "dublin|paris|stockholm|helsinki|falkenstein|nuremberg"
)
_ADEQUATE = "switzerland|united kingdom|japan|israel|canada|new zealand|south korea|london|leeds"
_THIRD = (
    "singapore|united states|usa|u\\.s\\.|india|bangalore|china|hong kong|australia|brazil|russia|philippines|vietnam|"
    "malaysia|indonesia|thailand|taiwan|mexico|south africa|uae|dubai|ukraine|turkey|oregon|california|virginia|texas|"
    "colorado|new york"
)
_COUNTRY = Phrase(
    rf"\b(?:{_EEA}|{_ADEQUATE}|{_THIRD}|eea|eu|european union|european economic area|mainland)\b|境内|中国|香港|新加坡"
)
_THIRD_PLACE = Phrase(rf"\b(?:{_THIRD})\b")
_STORED = Phrase(
    r"\b(?:go(?:es)? out|hosting|providers?|e-?mails)\b|"
    r"\b(?:stor(?:e|ed|age|ing)|kept|hosted|located|process(?:ed)?|servers?|data ?cent(?:er|re)s?|transfer\w*|handled|sent|"
    r"maintained|leaves?|stays?|remains?|see|view|contractor|subsidiary|branch|desk|accessed)\b|存储|保存|传输|提供",
    "go|hosting|provider|mail|"
    "stor|kept|hosted|located|process|server|data|transfer|handled|sent|maintained|leave|stay|remain|see|view|contractor|"
    "subsidiary|branch|desk|accessed|存储|保存|传输|提供",
)
_ABROAD = Phrase(
    r"\b(?:cross[- ]border|international(?:ly)? transfer|third countr(?:y|ies)|outside (?:of )?(?:the |your |mainland |"
    r"hong kong|singapore|china)(?:\w+ )?|other (?:countries|jurisdictions|places)|overseas|abroad|within (?:the )?(?:eea|"
    r"eu|hong kong)|your (?:home )?country)\b|境外|出境|跨境",
    "cross|international|third countr|outside|other countries|other jurisdictions|other places|overseas|abroad|within|"
    "country|境外|出境|跨境",
)
_GLOBAL = Phrase(
    r"\b(?:across|around|throughout|all over) (?:the )?(?:globe|world|continents)\b|\bany country\b|\b(?:other|multiple|"
    r"several|various) regions\b|\bwherever we\b|"
    r"\bglobal (?:infrastructure|network|company|operations|data|team|business)|\bglobally\b|\bworldwide\b|\baround the "
    r"world\b|\b(?:other|various|several|multiple|different) countries\b|\binternationally\b|\bmaintained directly or "
    r"indirectly\b",
    "globe|world|continents|any country|regions|wherever|global|world|countries|international|indirectly",
)
_SAFE = Phrase(
    r"\bstandard contractual clauses\b|\bsccs?\b|\badequa(?:cy|te) (?:decision|level|protection)|\bbinding corporate "
    r"rules\b|\bdata privacy framework\b|\bstandard (?:of protection )?comparable|\bmodel clauses\b|\bcertif\w+ under the "
    r"(?:eu|data privacy|dpf)|"
    r"\bstandard contract\b|\bsecurity assessment\b|\bidta\b|\bby contract\b|\bsafeguards?\b.{0,30}\b(?:transfer|chapter v|"
    r"art)|标准合同|安全评估",
    "clauses|scc|adequa|binding corporate|framework|comparable|certif|standard contract|assessment|idta|by contract|"
    "safeguard|标准合同|安全评估",
)
_NEVER = Phrase(
    r"\b(?:not|never|no)\b.{0,40}\b(?:transfer\w*|leaves?|sent|stored|processed)\b.{0,60}\b(?:outside|abroad|third countr|"
    r"other countr|other places|overseas)|\bnever leaves?\b|\b(?:always|only) (?:stays?|remains?|kept) (?:in|within|on)\b|"
    r"\b(?:stays?|remains?) (?:in|within) (?:the )?(?:eu|eea|european|united|uk|germany|switzerland)|\b(?:stored|processed|"
    r"hosted|kept|remains?|stays?)\b.{0,20}\b(?:exclusively|only|solely)\b.{0,20}\b(?:in|within)\b|\b(?:exclusively|only|"
    r"solely)\b.{0,20}\b(?:stored|processed|hosted)\b.{0,20}\b(?:in|within)\b|不会向境外",
    "not|never|no|exclusively|only|solely|always|stay|remain|境外",
)


def _find_placed(doc: Document) -> tuple[Reading, ...]:
    return tuple(
        r
        for r in doc.body
        if _STORED.search(r.low)
        and (_COUNTRY.search(doc.bare(r)) or _ABROAD.search(r.low))
        and (r.personal or r.acts & {"retain", "share", "use"} or _SENT.search(r.low))
        and not _scope(r)
    )


def _placed(doc: Document) -> tuple[Reading, ...]:
    """Sentences that say in which country data is kept or where it goes."""
    return doc.once(_find_placed)


def _scope(reading: Reading) -> bool:
    rights = {
        "residents",
        "resident",
        "rights",
        "opt",
        "commissioner",
        "complain",
        "authority",
        "gdpr",
        "offered",
        "visitors",
        "registered",
    } & reading.words
    return (
        bool(rights) and not {"transfer", "transferred", "stored", "servers"} & reading.words
    ) or "located at" in reading.low


def _storage(doc: Document) -> list[Reading]:
    told = [
        r
        for r in doc.body
        if "retain" in r.acts
        and not r.heading
        and (
            {"store", "stored", "storage", "servers", "databases", "retain"} & r.words
            or (r.cjk and "保存" in r.low)
            or "存储" in r.low
        )
        and "cookie" not in r.low
        and "cookies" not in r.words
    ]
    return [r for r in told if r.personal or r.cjk][:2]


def undisclosed(doc: Document) -> Iterator[Finding]:
    """Signs of a transfer without countries or safeguards (rule transfer-undisclosed)."""
    safe = doc.says(_SAFE)
    wide = [h for h in doc.hits(_GLOBAL) if not _THIRD_PLACE.search(h.reading.low) and not h.reading.refuses]
    third = [r for r in _placed(doc) if _outside(doc, r) and not r.refuses and not _NEVER.search(r.low)]
    named = [r for r in _placed(doc) if _COUNTRY.search(r.low)]
    moved = [h for h in wide if h.reading.acts & {"retain", "share"} and not h.reading.told]
    if (wide and not safe and not named) or (moved and not safe):
        wide = moved or wide
        yield report(
            "risky-promise/transfer-undisclosed",
            "warn",
            (*of(wide), *_elsewhere(doc, wide)),
            f"data is handled in several countries ({quoted(wide)}), and neither the countries nor the safeguards are named",
            hint="name the countries, the recipients there and the safeguards",
            law=LAW,
        )
    elif third and not safe:
        yield report(
            "risky-promise/transfer-undisclosed",
            "warn",
            third,
            f"data goes to another country without a named safeguard: {quoted([Hit(r, r.text) for r in third])}",
            hint="name the adequacy decision, the contract clauses or the other safeguard, and where to get a copy",
            law=LAW,
        )


def _elsewhere(doc: Document, wide: list[Hit]) -> list[Reading]:
    known = {h.reading.index for h in wide}
    return [
        r
        for r in doc.body
        if ("indirectly" in r.words or "databases" in r.words) and r.index not in known and "retain" in r.acts
    ]


def _outside(doc: Document, reading: Reading) -> bool:
    if not doc.places & {"EU", "UK"} or ("US" in doc.named and not doc.named & {"EU", "UK"}):
        return False
    return _SENT.search(reading.low) is not None


_SENT = Phrase(
    r"\b(?:stor\w+|host\w*|providers?|go|goes|run|located|transfer\w*|process\w*|servers?|sent|send|data ?cent\w+|handled|"
    r"team|staff|office|"
    r"contractors?|subsidiary|branch|desk|see|view|kept|accessed?|provided?)\b"
    rf".{{0,40}}\b(?:in|to|at|from|within)\b (?:[\w,]+ ){{0,4}}?(?:{_THIRD})\b",
    "stor|host|provider|go|run|located|transfer|process|server|sen|data|handled|team|staff|office|contractor|subsidiary|"
    "branch|desk|see|"
    "view|kept|access|provide",
)


def _home(doc: Document, stays: Hit) -> list[str]:
    """The countries in which data is said to stay, from the sentence or, where it names none, from its neighbours."""
    own = _COUNTRY.findall(stays.reading.low)
    return own or [m for r in doc.near(stays.reading, 2, 2) for m in _COUNTRY.findall(r.low)]


def conflict(doc: Document) -> Iterator[Finding]:
    """Data that stays, and data that leaves (rule transfer-conflict)."""
    stays = [
        h
        for h in doc.hits(_NEVER)
        if _STORED.search(h.reading.low)
        and not h.reading.exempted
        and (_COUNTRY.search(h.reading.low) or _ABROAD.search(h.reading.low))
        and not {"salted", "hashes"} & h.reading.words
    ]
    known = {h.reading.index for h in stays}
    homes = {m for h in stays for m in _home(doc, h)}
    leaves = [
        r
        for r in _placed(doc)
        if r.index not in known
        and (set(_COUNTRY.findall(r.low)) & set(_THIRD_PLACE.findall(r.low)) - homes or _GLOBAL.search(r.low))
        and not r.refuses
    ]
    leaves += [
        h.reading for h in doc.hits(_GLOBAL) if h.reading.index not in known | {r.index for r in leaves}
    ]
    if stays and leaves:
        yield report(
            "contradiction/transfer-conflict",
            "block",
            (*of(stays), *leaves),
            f"data stays in one place ({quoted(stays)}) and is handled elsewhere: {quoted([Hit(r, r.text) for r in leaves])}",
            hint="name every place where data is stored or can be read from",
            law=LAW,
        )


def missing(doc: Document) -> Iterator[Finding]:
    """Nothing on countries or transfers (rule transfer-missing)."""
    if _placed(doc) or doc.says(_GLOBAL) or doc.says(_SAFE) or doc.says(_ABROAD):
        return
    yield report(
        "missing-mandatory/transfer-missing",
        "block",
        _storage(doc),
        "nothing says in which country the data is stored and whether it is transferred across borders",
        hint="name the countries of storage and of access, and the safeguards for transfers; say so if there are none",
        law=LAW,
    )


DETECTORS = (undisclosed, conflict, missing)
