"""Chinese sentences without a main part: grounds without a rule, lists without a verb, exceptions without their first word."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_GROUND = Phrase(
    r"^\W*(?:出于|基于|鉴于|为了|由于|考虑到|根据|依据|除了)[^，,。；：:]{3,40}(?:考虑|考量|目的|需要|原因|因素|情况|要求|规定)[。；]?$"
)
_LIST = Phrase(r"^\W*(?:包括|包含|例如|比如)[^。；，:：]{0,12}、[^。；]{4,80}(?:等[^。；，]{0,12})?[。]$")
_WHOLE = Phrase(r"[。！？；!?;）)]\W*$")
# "we will carry out, on your log-ins." has no noun for what is done
_HELPING = Phrase(
    r"对[^，。；：]{2,16}(?:进行|予以|加以|作出)[。；]?$|[\u4e00-\u9fff，]{8,}(?:将|把|以及|并且|或者|因为|由于)$"
)
# "what happens after the notice excepted," without the word that opens an exception
_EXCEPTED = Phrase(
    r"^(?!.*(?:除|排除|例外))[^。；，]{4,40}(?:行为|情形|情况|规定|约定|用途|事项|目的|部分)(?:以|之)?外[，,]"
)
_DOUBLED = Phrase(r"该此|此该|该这|这该|若该此|如若如|若如若|并且并|或者或|因为由于")


def fragments(doc: Document) -> Iterator[Finding]:
    """A sentence that lacks its main part or the word that opens it (rule sentence-incomplete)."""
    hits: list[Hit] = []
    for r in doc.body:
        if not r.cjk or r.lead or r.sentence.element != "sentence":
            continue
        before = doc.readings[r.index - 1] if r.index else None
        ground = _GROUND.search(r.low)
        listed = _LIST.search(r.low) if before and not before.heading and _WHOLE.search(before.low) else None
        found = (
            ground or listed or _EXCEPTED.search(r.low) or _DOUBLED.search(r.low) or _HELPING.search(r.low)
        )
        if found:
            hits.append(Hit(r, r.text[found.start() : found.end()].strip()))
    if hits:
        yield report(
            "drafting-error/sentence-incomplete",
            "warn",
            of(hits),
            f"a word or the main part of the sentence is missing: {quoted(hits)}",
            hint="write the sentence to its end, or join it to the one before",
            law="PIPL Art. 17(1); PDPA (TW) Art. 8",
        )


DETECTORS = (fragments,)
