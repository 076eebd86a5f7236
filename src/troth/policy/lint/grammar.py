"""Slips of grammar that every reader sees: apostrophes, number, lost and doubled words, mixed alphabets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.policy.lint.chinese_slips import chinese
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.syntax import broken

_PERSONS = r"(?:members|users|customers|clients|visitors|subscribers|individuals|parents|employees|guests|registrants|resellers|companys)"
_OWNED = (
    r"(?:permission|consent|accounts?|approval|identity|passwords?|e-?mail address|devices?|browsers?|computers?|preferences|privacy|choices?|"
    r"requests?|wishes|instructions|behaviou?r|behalf|convenience|discretion|satisfaction|experience|needs)"
)
_VERB = r"(?:update|delete|select|follow|choose|enter|complete|submit|edit|remove|provide|send|write|fill|adjust|modify|uncheck|untick|tick|type)"
_ONE = r"(?:customer|user|client|visitor|member|subscriber|partner|vendor|supplier|cookie|website|purpose|employee|individual|registrar|affiliate)"
_NEXT = r"(?= (?:on|in|to|at|for|and|or|with|who|that|which|may|will|can|are|have|from|by|of|as)\b|[.,;])"
_SLIPS = Phrase(
    r"\bcommitted in \w+ing\b|\bstriv(?:e|es|ing) in \w+ing\b|\b(?:page|order|able|wish|us|site) to (?:establishing|providing|collecting|using|improving|sharing|processing|contacting) (?:the|our|your|a|you)\b|\bexempt of\b|\bgiven out our\b|"
    r"\b(?:sell|use|uses|collect|collects|store|stores|protect|protects|disclose|discloses|rent|delete|keep|keeps|access|process|update|of|about|change|changing) you (?:data|information|account|personal|details|name|privacy|e-?mail|password|records?|browser|computer|device|preferences|identity)\b|"
    r"\b(?:are|is|be|been|being) (?:collect|store|share|transfer|retain|delete|encrypt|protect|disclose|provide|receive|obtain|gather|require|send|keep|publish|record)\b(?! (?:of|and|or|rate|plans?)\b)|"
    r"\b(?:are|be|been|being) (?:process|use)\b(?= (?:in|by|for|to|only|when|with|as|on)\b)|"
    r"\b[a-z]{2,}[b-df-hj-np-tv-xz]ys\b(?<!says)|"
    r"\b(?:a|an|this|each|every|another) (?:informations|datas|cookies policy|persons)\b|\b(?:more|further|additional|any|all|such) (?:informations|datas)\b|"
    r"\b(?:has|have|had) (?:collect|store|share|receive|provide|obtain|disclose|delete|use|agree|consent to be)\b(?! (?:of|and))|"
    r"\b(?:you|we|they) (?:wants|needs|agrees|provides|visits|uses|registers|submits)\b|\bwe (?:be|been) \w+ing\b|\bin order (?:that|for) to\b|\bwish(?:es)? no longer receive\b|"
    rf"\b(?:the|our|each|every|with|without|with the|of the|by the) {_PERSONS} {_OWNED}\b|"
    r"\b(?:here|there|these|those|following|below) are an? (?!number|few|lot|couple|variety|range|series|handful|host|wide|total|"
    r"multitude|great|good|large|set|small|growing|vast|maximum|minimum|limited|dozen|hundred|million|thousand|plethora|myriad|bunch|bit)\w+|"
    r"\bthere is (?:many|several|various|numerous|different|two|three|four|five|a few) \w+s\b|\bthere are (?:no )?(?:an?|one|any) \w+[^s\W]\b(?= (?:that|which|to|for|in|on)\b)|"
    rf"\bby \w+ing\b(?! to \w+ and)[^.;:]{{3,70}}\band {_VERB} (?:your|the|an?|any|this|that|our|us|it|them|in)\b|"
    r"\bby \w+ing,? or (?:e-?mail|write|call|phone|send|fax|mail|visit) (?:us|to|our|an?|the)\b|"
    r"\b(?:affiliates|partners|vendors|providers|advertisers|suppliers),? (?:or|and) (?:analytics|advertising|marketing|hosting|payments?)(?=[.;]|$)|"
    rf"\b(?:many|several|various|numerous|multiple|these|those) {_ONE}{_NEXT}|"
    rf"\b(?:of|from|by) (?:satisfied|happy|existing|registered|former|prospective|potential) (?:customer|user|client|visitor|member|subscriber){_NEXT}|"
    r"\blog(?:ging|s|ged)? to (?:your|the|our|my|their) (?:\w+ )?(?:account|panel|profile|control|client|member|area|portal|dashboard)|"
    r"\b(?:inform|informs|informing|notify|notifies|notifying|remind) (?:you|users|customers|them|the user|our users|the customer) (?:any|our|your|the|all|such|these) "
    r"(?:\w+ )?(?:changes?|updates?|purposes?|rights?|modifications?|amendments?|results?|reasons?|policy|details|information|breach)\b|"
    r"\bart(?:icle|\.)? ?\d+ (?:gdpr|dsgvo) \d+[.)]? ?[a-z]\)|"
    r"\b(?:can|may|will|must|should|shall|could|would) (?:be )?(?:not )?(?:to|for) (?:collect|use|share|store|process|provide|contact|disclose)\b|"
    r"\b(?:allow|allows|enable|enables|help|helps) (?:us|you|them) (?:for|of) (?:provide|improve|use|collect|access)\b|"
    r"\b(?:we|they|you) (?:are|is) (?:collect|use|share|store|process|provide|respect|keep|take)\b|\bwe (?:has|have) not any\b|"
    r"\b(?:don't|doesn't|didn't|do not|does not|did not|can't|cannot|will not|won't|may not) (?:collects|uses|shares|sells|stores|keeps|collected|shared|sold|discloses|disclosed)\b|"
    r"\bdoesn't (?:have|has) no\b|\bpersonal informations\b|\b(?:each|every) (?:users|customers|cookies|visitors|members|countries|services)\b|"
    r"\b(?:an?|another) (?:cookies|customers|users|visitors|websites|countries|third parties|purposes|companies|services)(?=[ .,;])(?! (?:provider|agreement|company|team|policy|notice|banner|settings?|level|desk))"
)
_TWICE = Phrase(r"\b([a-z]{2,}) \1\b(?![-'])")
_RIGHTLY = frozenset({"that", "had", "very", "bye", "so", "in", "is", "her", "you", "no", "bla", "blah"})
_GIVING = Phrase(
    r"\b(?:giv|offer|grant|allow|provid|send|sent|ask|assign|show|den|afford|tell|issu|get|let|mak|gain)\w*\b[^.;,]{0,12}$"
)
_ALPHABETS = re.compile(
    r"[A-Za-z][\u0370-\u03a9\u03b1-\u03bb\u03bd-\u03ff\u0400-\u04ff]|[\u0370-\u03a9\u03b1-\u03bb\u03bd-\u03ff\u0400-\u04ff][A-Za-z]"
)
_WORD = re.compile(r"[\w.-]*$")
_BESIDE = re.compile(r"([\u4e00-\u9fff]{2,8})、\1(?=[、，；）)。])")
_LIST = re.compile(r"[^，。；：:;()（）]*、[^，。；：:;()（）]*")
_NAMED = Phrase(r"\b(?:gdpr|dsgvo|rgpd)\b")


def slips(doc: Document) -> Iterator[Hit]:
    """Every slip of grammar, with the words that show it."""
    for hit in doc.hits(_SLIPS):
        if not _given(hit):
            yield hit
    for reading in doc.body:
        yield from _one(reading)
    yield from _law_names(doc)
    yield from broken(doc)
    yield from chinese(doc)


def _one(reading: Reading) -> Iterator[Hit]:
    for match in _TWICE.finditer(reading.low):
        name = reading.text[match.start() : match.start() + 1].isupper() and match.start() > 0
        if match[1] not in _RIGHTLY and not name:
            yield Hit(reading, match[0])
            break
    if not reading.text.isascii():
        mixed = _ALPHABETS.search(reading.text)
        if mixed:
            before = _WORD.search(reading.text[: mixed.start()])
            yield Hit(
                reading,
                (before[0] if before else "") + reading.text[mixed.start() : mixed.end() + 8].split()[0],
            )
    item = _named_twice(reading)
    if item:
        yield Hit(reading, item)


def _named_twice(reading: Reading) -> str:
    """An item that stands twice in one list."""
    if reading.cjk:
        beside = _BESIDE.search(reading.text)
        if beside:
            return beside[1]
        lists = [[i.strip() for i in m[0].split("、")] for m in _LIST.finditer(reading.text)]
    else:
        lists = [_items(part) for part in re.split(r"[.;:()]| - ", reading.low)]
    for items in lists:
        seen: set[str] = set()
        for item in items:
            if item in seen and len(item) > 1:
                return item
            seen.add(item)
    return ""


_SHORT = 4
_FEW = 4


def _items(part: str) -> list[str]:
    """The short items of a list with commas; nothing where the commas part clauses."""
    items = [re.sub(r"^(?:and|or|your|the|a|an) ", "", i.strip()) for i in part.split(",")]
    inner = [*items[1:-1], re.split(r" (?:and|or) ", items[-1])[0]]
    if len(items) < _FEW or any(len(i.split()) > _SHORT for i in inner):
        return []
    return [i for i in inner if i and i not in {"however", "or", "and", "if any"}]


def _given(hit: Hit) -> bool:
    """Whether the persons are those who get the thing, as in "gives the users choices"."""
    if not re.search(_PERSONS, hit.words.lower()):
        return False
    place = hit.reading.low.find(hit.words.lower())
    return _GIVING.search(hit.reading.low[:place]) is not None


def _law_names(doc: Document) -> Iterator[Hit]:
    """One law under its names in several languages, where nothing says that they are one."""
    found = [(h, set(_NAMED.findall(h.reading.low))) for h in doc.hits(_NAMED)]
    names = set().union(*(n for _, n in found)) if found else set()
    if len(names) > 1 and not any(len(n) > 1 for _, n in found):
        odd = names - {"gdpr"}
        yield from (Hit(h.reading, h.words) for h, n in found if n & odd)
