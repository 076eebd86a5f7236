"""Tables, charts and lists that a text says to stand above, below or at its end, and that stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_SHOWN = r"(?:set out|listed|shown|given|provided|described|named|printed|reproduced|specified)"
_TABLE = r"(?:tables?|charts?|matrix|grids?|diagrams?|box(?:es)?|schedule|overview|summary|chart|figure)"
_BELOW = r"(?:below|overleaf|hereunder|underneath|at the (?:end|bottom|foot) of (?:this|the|our) \w+)"
# a table whose place is told
_TABLED = Phrase(
    rf"\b(?:the|this|a|each|our|as the) (?:\w+ )?{_TABLE} (?:{_SHOWN} )?(?P<below>{_BELOW})\b|\b(?:the|this|our|as the) (?:\w+ )?{_TABLE} (?:{_SHOWN} )?above\b|"
    rf"\b(?:the )?following (?:\w+ )?(?:tables?|charts?|matrix|grid|diagram)\b|"
    rf"(?:见|如|参考|参见|按照|依照|列于|载于)?(?:下表|文末附表|文后附表|附表(?![一二三四五六七八九十\d])|(?:以下|下列|下述|下方|文末)(?:的)?(?:表格|图表))(?!示|明|达|现|决|格中填|格填)|(?<![网線线網])上表(?!格|单|單)|(?:上述|上方|前述|前列)(?:的)?(?:表格|图表)"
)
_UP = Phrase(r"\babove\b|上表(?!格|单)|上述|上方|前述|前列")
_WHO = (
    r"(?:companies|partners|suppliers|providers|vendors|processors|recipients|third parties|organi[sz]ations)"
)
_WHAT = r"(?:categories|kinds|types|items|fields|cookies|data elements)"
# people and things that a list is said to name
_LISTED = Phrase(
    rf"\b{_WHO} (?:(?:that|which) (?:are|we have) |we have )?(?:listed|named|enumerated) (?:above|earlier|previously)\b|\b{_WHAT} (?:(?:that|which) are )?(?:listed|enumerated) (?:above|below)\b|"
    rf"(?:上述|上列|前述|前列)(?:的)?(?:列表|清单|名单)|(?:以下|下列|下述)(?:的)?(?:列表|清单|名单)"
)
_SEVERAL = 3
_ROW = re.compile(r"\|\s*\S|\t\S")
_COUNTED = re.compile(r"^\W*(?:\(?[a-z\d]{1,2}[.)]|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])\s*\S")
_OPENS = Phrase(
    r"[:：]\s*$|\b(?:includ(?:e|es|ing)|such as|namely|e\.g\.|as follows|following)\b|包括|例如|如下|分别(?:为|是)"
)
_NAMED = re.compile(r"(?<=[a-z,(] )[A-Z][\w.-]*[a-z]\w*")
_KNOWN = frozenset(
    "Personal Data Privacy Ordinance Act Law Policy Notice Statement General Protection Regulation Cap California Consumer Limited Commissioner Hong Kong Singapore".split()
)
_FORMS = Phrase(r"\b(?:form|fill|complete)\b|填写|申请表")


def _table(readings: Sequence[Reading]) -> bool:
    labels = sum(r.sentence.element == "label" for r in readings)
    return labels >= _SEVERAL or any(_ROW.search(r.text) for r in readings)


def _list(readings: Sequence[Reading]) -> bool:
    return _table(readings) or any(
        not r.heading and (r.sentence.element == "bullet" or _COUNTED.match(r.text) or _OPENS.search(r.low))
        for r in readings
    )


def _names(doc: Document, readings: Sequence[Reading]) -> bool:
    """Whether some company is named there that is not the publisher."""
    own = {word for party in doc.parties for word in party.name.split()} | _KNOWN
    return any(word not in own for r in readings if not r.heading for word in _NAMED.findall(r.text))


# without one of these no place is told
_PLACES = (
    "below",
    "above",
    "overleaf",
    "hereunder",
    "underneath",
    "following",
    " at the ",
    "earlier",
    "previously",
    "表",
    "单",
)
_EXHIBITS = (
    "table",
    "chart",
    "matrix",
    "grid",
    "diagram",
    "box",
    "schedule",
    "overview",
    "summary",
    "figure",
    "listed",
    "named",
    "enumerated",
    "表",
    "单",
)


def _found(doc: Document, phrase: Phrase) -> Iterator[Hit]:
    """The sentences that hold a wording and the words without which it has no place."""
    for reading in doc.body:
        low = reading.low
        if any(word in low for word in _EXHIBITS) and any(word in low for word in _PLACES):
            match = phrase.search(low)
            if match:
                yield Hit(reading, reading.text[match.start() : match.end()])


def _lost(doc: Document) -> Iterator[Hit]:
    for hit in _found(doc, _TABLED):
        here = hit.reading.index
        up = _UP.search(hit.words.lower()) is not None
        side = doc.readings[:here] if up else doc.readings[here:]
        # a text that was pasted may have its table as lines of a list
        if not _table(side) and not _bullets(side) and not _FORMS.search(hit.reading.low):
            yield hit
    for hit in _found(doc, _LISTED):
        here = hit.reading.index
        up = _UP.search(hit.words.lower()) is not None or "earlier" in hit.words or "previously" in hit.words
        side = doc.readings[:here] if up else doc.readings[here + 1 :]
        if not _list(side) and not _names(doc, side):
            yield hit


def _bullets(readings: Sequence[Reading]) -> bool:
    return any(r.sentence.element == "bullet" or (not r.heading and _COUNTED.match(r.text)) for r in readings)


def exhibits(doc: Document) -> Iterator[Finding]:
    """What is said to stand in a table or list that is not there (rule reference-unresolved)."""
    lost = list(_lost(doc))
    if lost:
        yield report(
            "dangling-reference/reference-unresolved",
            "block",
            of(lost),
            f"no such table or list stands there: {quoted(lost)}",
            hint="add the table or list, or correct above and below",
            law="GDPR Art. 12(1), 13(1); PIPL Art. 17(1); PDPO DPP1(3)",
        )


DETECTORS = (exhibits,)
