"""Announcements that nothing follows: lead-ins, roles, links, sections, periods."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.lexicon import STOPWORDS, stem
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report
from troth.policy.lint.spans import spans

_LAW = "GDPR Art. 12(1); PIPL Art. 17(1)"
_OPEN = re.compile(
    r"\b(?:that|if|when|where|unless|to|for|by|and|or|including|because|of|with|assumption that|provided that|may|will|shall|can|must)\s*:\s*$"
)
_OPEN_CJK = re.compile(r"(?:包括|如下|以下|下列|若|如果|即)[^。：]{0,60}[:：]\s*$")
_ORDER = re.compile(r"^\W*(?:第)?(\d{1,2}|[一二三四五六七八九十]{1,2})(?:[.、)）:：条章节 ](?!\d)|\s)")
_CJK = {c: n for n, c in enumerate("零一二三四五六七八九十")}


def _order(title: str) -> int:
    match = _ORDER.match(title)
    if not match:
        return 0
    return int(match[1]) if match[1].isdigit() else _CJK.get(match[1], 0)


# a list is announced, and the heading of the next part follows
_ANNOUNCED = re.compile(
    r"\b(?:following (?:data|information|personal|categories|types|kinds|details|rights|purposes|ways|cases|measures|partners|third)|as follows)\b[^.]{0,30}:\s*$"
)


def _ends_there(doc: Document, reading: Reading) -> bool:
    """Whether a lead-in is the last unit of its section, so that no list can follow."""
    if reading.index + 1 >= len(doc.readings):
        return True
    after = doc.readings[reading.index + 1]
    if not after.heading:
        return False
    own = _order(reading.sentence.section[-1]) if reading.sentence.section else 0
    number = _order(after.text)
    # under the title of a Chinese text a list begins with one
    numbered = (bool(own) and number == own + 1) or (not own and reading.cjk and number > 1)
    later = doc.readings[after.index + 1 : after.index + 2]
    if _ANNOUNCED.search(reading.low) and len(after.sentence.section) <= len(reading.sentence.section) + 1:
        return (
            bool(later)
            and later[0].sentence.element == "sentence"
            and not later[0].heading
            and later[0].low[-1:] == "."
        )
    prose = bool(later) and later[0].sentence.element == "sentence" and not later[0].heading
    return numbered or (bool(_OPEN.search(reading.low)) and (prose or after.text[:1].isdigit()))


def lists(doc: Document) -> Iterator[Finding]:
    """A lead-in with a colon before the end of its section (rule list-missing)."""
    bare = [
        r
        for r in doc.body
        if r.low.rstrip().endswith((":", "："))
        and (_OPEN.search(r.low) or _OPEN_CJK.search(r.low) or {"following", "follows"} & r.words)
        and _ends_there(doc, r)
    ]
    if bare:
        yield report(
            "drafting-error/list-missing",
            "warn",
            bare,
            f"a list is announced and does not follow: {quote(r.text[-60:] for r in bare)}",
            hint="add the list, or end the sentence",
            law=_LAW,
        )


_ROLE = Phrase(
    r"\b(officers?|representatives?|custodians?|contact persons?|ombudsm[ae]n|administrators?|controllers?)\b[^.;]{0,40}\b(?:is|are) "
    r"(?:listed|named|identified|set out|given|shown|specified|stated|introduced) (?:below|hereunder|at the end)\b"
)


def _roles(doc: Document) -> Iterator[Hit]:
    """A role "listed below" that is not spoken of below."""
    for hit in doc.hits(_ROLE):
        match = _ROLE.search(hit.reading.low)
        word = match[1].removesuffix("s") if match else ""
        if word and not any(word in r.low for r in doc.readings[hit.reading.index + 1 :]):
            yield hit


_LINKS = Phrase(
    r"\b(?:the )?following (?:web )?(?:links|pages|urls?)\b|\b(?:links|urls) below\b|(?:以下|下列|下述)(?:的)?(?:链接|网址)"
)
_WHERE = re.compile(r"https?:|www\.|\.(?:com|org|net|cn|io|eu|co)\b", re.IGNORECASE)


def _links(doc: Document) -> Iterator[Hit]:
    """Links announced where only a list of names follows."""
    for hit in doc.hits(_LINKS):
        items = []
        for reading in doc.readings[hit.reading.index + 1 : hit.reading.index + 12]:
            if reading.sentence.element != "bullet":
                break
            items.append(reading)
        if items and not any(_WHERE.search(r.text) for r in (hit.reading, *items)):
            yield hit
            yield from (Hit(r, r.text) for r in items)


_SUBJECT = re.compile(
    r"\b(?:see|refer to|consult) (?:section|chapter|part|clause) (\d{1,2}) (?:below |above )?(?:for|regarding|about|concerning|on) ([^.;()]{4,80})"
)
_EMPTY = frozenset(
    {
        "detail",
        "details",
        "information",
        "inform",
        "regarding",
        "regard",
        "about",
        "more",
        "further",
        "concerning",
        "concern",
    }
)


def _subjects(doc: Document) -> Iterator[Hit]:
    """A numbered section the reader is sent to for a subject it does not speak of."""
    for reading in doc.body if "see " in doc.low or "refer to" in doc.low or "consult" in doc.low else ():
        for match in _SUBJECT.finditer(reading.low):
            words = {
                stem(w) for w in re.findall(r"[a-z]{4,}", match[2]) if w not in STOPWORDS and w not in _EMPTY
            }
            held = [h for h in doc.readings if h.heading and _order(h.text) == int(match[1])]
            if not words or not held:
                continue
            stems = set(held[0].stems)
            for other in doc.readings[held[0].index + 1 :]:
                if other.heading and _order(other.text):
                    break
                stems |= other.stems
            # the first word is what the reader looks for; a word all policies hold proves nothing
            rare = {w for w in words if w not in _COMMON} or words
            if not rare & stems:
                yield Hit(reading, match[0])


_COMMON = frozenset(
    stem(w)
    for w in ("inquiries", "requests", "personal", "data", "privacy", "policy", "handling", "processing")
)


def pointers(doc: Document) -> Iterator[Finding]:
    """Roles, links and subjects that are not where the text sends the reader (rule reference-unresolved)."""
    for hits in (list(_roles(doc)), list(_links(doc)), list(_subjects(doc))):
        if hits:
            yield report(
                "dangling-reference/reference-unresolved",
                "warn",
                of(hits),
                f"the text announces what is not there: {quoted(hits)}",
                hint="add it, or correct the reference",
                law=_LAW,
            )


_STATED = Phrase(
    r"\bwithin the (?:time|periods?|time ?limits?|deadlines?|time ?frames?) (?:stated|set out|set|specified|given|indicated|laid down|mentioned|described) in (?:this|our|the) (?:privacy )?(?:policy|notice|statement)\b|"
    r"(?:本(?:隐私)?(?:政策|声明|指引|协议)|本隐私权政策)[^。；，,]{0,6}(?:列明|规定|载明|约定|说明|明确|承诺)的?(?:期限|时限|时间)内"
)
_ANSWER = Phrase(
    r"\b(?:respond|answer|reply|complete|handle|process|act on)\w*\b|答复|回复|完成|响应|处理|反馈"
)
_RIGHT = Phrase(
    r"\b(?:access|correct\w*|rectif\w+|delet\w+|eras\w+|portab\w+|withdraw\w*|object\w*|cop(?:y|ies)|clos\w+)\b|访问|查阅|查询|更正|删除|撤回|撤销|注销|副本|转移"
)


def periods(doc: Document) -> Iterator[Finding]:
    """Rights answered "within the period stated in this policy", where none is stated (rule reference-unresolved)."""
    for hit in doc.hits(_STATED):
        titles = [
            r
            for r in doc.readings[hit.reading.index + 1 :]
            if r.heading and _RIGHT.search(r.low) and len(r.text) < 40
        ]
        silent = [t for t in titles if not _timed(doc, t)]
        anywhere = any(_timed(doc, r) for r in doc.readings if r.heading)
        if (silent and len(silent) * 2 >= len(titles)) or not anywhere:
            yield report(
                "dangling-reference/reference-unresolved",
                "warn",
                (hit.reading, *silent),
                f"a period is said to be stated in the text, and is not: {quote([hit.words, *(t.text for t in silent)])}",
                hint="give the days for every right",
                law="GDPR Art. 12(3); PIPL Art. 50; PDPO s. 19",
            )


def _timed(doc: Document, title: Reading) -> bool:
    """Whether the section under a heading says in how many days somebody answers."""
    for reading in doc.readings[title.index + 1 :]:
        if reading.heading:
            return False
        if spans(reading.low) and _ANSWER.search(reading.low):
            return True
    return False


DETECTORS = (lists, pointers, periods)
