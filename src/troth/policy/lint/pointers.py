"""Things said to stand above or below, and links said to be given, that stand nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

# What can be pointed to, with the words by which its place is known.
_THINGS: dict[str, Phrase] = {
    "interest": Phrase(r"\binterests?\b"),
    "purpose": Phrase(
        r"\bpurposes?\b|\bwe (?:may |will |also )?(?:use|process|collect) (?:your|the|this|that|personal|such|any|it|them|information)\b|\bhow (?:we|do we) use|\bwhy (?:we|do we)\b|\bus(?:e|es) of (?:your|personal|the)|\bwhat (?:we|do we) use\b"
    ),
    "right": Phrase(r"\brights?\b|\b(?:access|correct\w*|delet\w+|eras\w+|object)\b"),
    "countr": Phrase(r"\bcountr(?:y|ies)\b|\bjurisdictions?\b|\blocations?\b|\boffices?\b|\btransfer\w*"),
    "safeguard": Phrase(r"\bsafeguards?\b|\bclauses\b|\badequacy\b|\bmeasures?\b|\bsecur\w+|\bprotect\w*"),
    "period": Phrase(
        r"\bperiods?\b|\bdays\b|\bmonths?\b|\byears?\b|\bas long as\b|\bretention\b|\bretain\w*"
    ),
    "criteri": Phrase(r"\bcriteri(?:a|on)\b|\btak\w+ into account\b|\bconsider\w*|\bdepend\w*"),
    "contact": Phrase(r"@|\+?\d{3,}|\bcontact\b|https?:|www\."),
    "instruction": Phrase(
        r"\binstructions?\b|\bunsubscrib\w+|\bopt\w*[- ]?(?:ing )?out|\bsettings?\b|\bby \w+ing\b"
    ),
}
_NOUN = (
    r"((?:business |legitimate )*interests?|purposes?|(?:privacy |legal )?rights|countries|safeguards|(?:retention |storage )?periods?|criteria|"
    r"contact (?:details|information|persons?)|(?:opt-?out )?instructions)"
)
_TOLD = r"(?:outlined|listed|described|set out|set forth|mentioned|stated|specified|identified|named|detailed|explained|enumerated|given|provided|shown|laid out)"
_POINTED = Phrase(
    rf"\b{_NOUN}(?:,? (?:that|which) (?:is|are|were|we|have been))?(?: (?:have|we|as|previously|further|already|more fully|otherwise|for processing|of (?:the )?\w+))*(?: {_TOLD})(?: (?:previously|further|in (?:more|greater) detail))? (above|below|hereinbelow|hereunder|hereinabove)\b"
)
_OPENS = Phrase(r":\s*$|\bfollowing\b|\b(?:are|include|includes|mean|means)\b|\bsuch as\b|\bnamely\b")
_OTHER_LIST = Phrase(
    r"\bfollowing (?:third|part|recipient|compan|provider|person|categor|data|information|kind|type)\w*"
)


def _names(reading: Reading, thing: Phrase) -> bool:
    return thing.search(reading.low) is not None


def _stands(doc: Document, hit: Hit, thing: Phrase, *, below: bool) -> bool:
    """Whether the thing is in the part of the text that is pointed to."""
    here = hit.reading.index
    if not below:
        return any(_names(r, thing) for r in doc.readings[:here])
    after = doc.readings[here + 1 :]
    if hit.reading.low.rstrip()[-1:] == ":" and after and not _OTHER_LIST.search(hit.reading.low):
        return True
    return any(_names(r, thing) and (r.heading or _OPENS.search(r.low) or _own(r, thing)) for r in after)


def _own(reading: Reading, thing: Phrase) -> bool:
    """Whether more than the bare noun shows that the sentence deals with the thing."""
    found = thing.search(reading.low)
    return found is not None and not found[0].startswith(("purpose", "interest"))


def _missing(doc: Document) -> Iterator[Hit]:
    for hit in doc.hits(_POINTED):
        match = _POINTED.search(hit.reading.low)
        if not match:
            continue
        thing = next((p for key, p in _THINGS.items() if key in match[1]), None)
        if thing and not _stands(doc, hit, thing, below=match[2] not in {"above", "hereinabove"}):
            yield hit


_LINK = Phrase(
    r"\b(?:click(?:ing)?(?: on)?|us(?:e|ing)|follow(?:ing)?|visit(?:ing)?|through|via|at|see|with) (?:on )?(?:one of )?(?:the |these |any of the |our )?(?:\w+ )?(?:opt-?out )?(?:links?|url|hyperlinks?)(?: (?:that|which) (?:is|are|we))? "
    r"(?:provided|given|listed|supplied|set out|shown|offered|included)(?: (?:here|below|above|in this (?:section|policy|notice|paragraph|statement)))?(?=[.,;)]|$| (?:or|and|to (?:opt|stop|refuse|disable|do|learn|read|find|get))\b)|"
    r"\b(?:links?|hyperlinks?) (?:below|above)(?=[.,;)]|$| (?:or|and|to)\b)"
)
_IN_MESSAGES = Phrase(
    r"\b(?:e-?mails?|messages?|newsletters?|mailings?|communications?|footer|bottom of|top of|materials?|text us|sms|banner|menu|each|every)\b"
)
_ADDRESS = Phrase(r"https?:|www\.|\b[\w-]+\.(?:com|net|org|io|eu|info|co|cn|hk|uk|de)\b")


def _unlinked(doc: Document) -> Iterator[Hit]:
    """Links that are announced, where no address stands nearby."""
    for hit in doc.hits(_LINK):
        near: Iterable[Reading] = doc.near(hit.reading, 3, 4)
        if not _IN_MESSAGES.search(hit.reading.low) and not any(_ADDRESS.search(r.low) for r in near):
            yield hit


_LINE = 160  # characters of a line that can be the date of the text
_CJK_PART = Phrase(
    r"(?:下文|上文|下述|上述|后文|前文|本政策|本声明|本协议)(?:中)?(?:的)?[“\"「『]([^”\"」』]{2,20})[”\"」』](?:部分|章节|一节|一章|条款|一条|的?(?:规定|说明|内容|约定|描述))"
)


_TOP_DATE = Phrase(
    r"\b(?:last (?:updated|modified|revised)|effective|revision|updated?)\b\W* date\b[^.;]{0,30}\b(?:at|on|near|in) (?:the )?(?:top|beginning|start|head|bottom|end)\b|"
    r"\bdate (?:at|on|near|indicated at|shown at|stated at) (?:the )?(?:top|beginning|start|bottom|end) of (?:this|the)\b|"
    r"(?:顶部|开头|页首|首页|上方|文首|底部|文末)[^。；，,]{0,8}(?:最后更新|更新|修订|生效)[^。；，,]{0,4}(?:日期|时间)"
)
_DATE = Phrase(r"\b(?:19|20)\d\d\b|\d{4} ?年|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")


def _undated(doc: Document) -> Iterator[Hit]:
    """A date that is said to stand at the top or bottom of the text, where no date stands at all."""
    if doc.says(_TOP_DATE) and not any(_DATE.search(r.low) and len(r.text) < _LINE for r in doc.readings):
        yield from doc.hits(_TOP_DATE)


def _chinese(doc: Document) -> Iterator[Hit]:
    """Titles that Chinese sentences point to within the text."""
    for hit in doc.hits(_CJK_PART):
        match = _CJK_PART.search(hit.reading.low)
        if match and not any(match[1] in r.low for r in doc.readings if r is not hit.reading):
            yield hit


_SOMEWHERE = Phrase(
    r"\b(?:described|set out|explained|stated|provided|mentioned|specified|outlined|disclosed) elsewhere in (?:this|our|the) (?:[\w&]+ ){0,4}?(?:policy|notice|statement)\b"
)


def _somewhere(doc: Document) -> Iterator[Hit]:
    """Disclosures said to be described elsewhere in the text, where nothing else says to whom."""
    for hit in doc.hits(_SOMEWHERE):
        other = [r for r in doc.body if r is not hit.reading and r.does("share") and not r.exempted]
        if hit.reading.does("share") and len(other) < _SEVERAL:
            yield hit


_SEVERAL = 3


def pointers(doc: Document) -> Iterator[Finding]:
    """What is said to stand in the text and does not (rule reference-unresolved)."""
    lost = [*_missing(doc), *_unlinked(doc), *_undated(doc), *_chinese(doc), *_somewhere(doc)]
    if lost:
        yield report(
            "dangling-reference/reference-unresolved",
            "warn",
            of(lost),
            f"what is pointed to does not stand there: {quoted(lost)}",
            hint="add it, correct above and below, or give the address",
            law="GDPR Art. 12(1); PIPL Art. 17(1)",
        )


DETECTORS = (pointers,)
