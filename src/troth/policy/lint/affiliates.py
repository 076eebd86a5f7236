"""Affiliates that get data, where nothing says who or where they are."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

# a subsidiary is owned, and a group has a name; an affiliate can be anybody
_WHO = r"(?:(?:parent|sister|related|associated) compan(?:y|ies)|parent and sister compan\w+|affiliate(?:s|d (?:compan(?:y|ies)|entit(?:y|ies)|organi[sz]ations|businesses|parties))|group of companies|group companies)"
_GET = Phrase(
    rf"\b(?:shar\w*|transfer\w*|disclos\w*|provid\w*|pass(?:es|ed)?|send|sent|giv(?:e|es|en)|releas\w*|made available)\b[^.;|]{{0,80}}\b(?:to|with|among(?:st)?|between)\b[^.;|]{{0,50}}\b{_WHO}\b|"
    rf"^\W*(?:our )?{_WHO}(?: (?:and|&|or) (?:our )?[a-z]+)?(?: \| |: )"
)
# who they are: a definition, names, a common owner, or a list to be read
_KNOWN = Phrase(
    rf"\b{_WHO}\b[\"”')]*,? ?(?:means?|refers? to|include[sd]?|are (?:companies|entities|those|any)|is any|being|namely|such as|in the|within|\(|[“\"(]|whose|which|that (?:control|are|we)|we (?:own|control)|under (?:our |common )?(?:control|ownership)|controlled|owned|listed|named)|"
    rf"\b(?:means?|definition of|called|collectively|together,?) [^.;]{{0,60}}\b{_WHO}\b|[\"“(]{_WHO}[\"”)]|\b(?:part of|member of|subsidiary of|owned by|belongs? to)\b[^.;]{{0,30}}\b(?:group|inc|ltd|limited|llc|gmbh|ag|b\.?v|plc|corp\w*)\b|\bcommon (?:control|ownership)\b|\blist of (?:our )?{_WHO}|"
    r"(?:关联公司|关联方|关联企业|集团公司|附属公司)[”\"』」]?(?:是指|指|包括|即|为|[:：（(])|(?:控股|控制)[^。；]{0,20}(?:公司|企业|实体)|共同控制"
)
_REFUSED = Phrase(r"\b(?:not|never|no|n't)\b|不(?:会|得)|未经")
_OWN_USE = Phrase(r"\b(?:trusted|selected|partners?|sponsors?|third[- ]part\w+)\b")


def affiliates(doc: Document) -> Iterator[Finding]:
    """Affiliates get data and are defined nowhere (rule recipient-undefined)."""
    hits = [
        h
        for h in doc.hits(_GET)
        if not h.reading.told and not _REFUSED.search(h.reading.low) and not _OWN_USE.search(h.reading.low)
    ]
    if hits and not any(_KNOWN.search(r.low) for r in doc.readings):
        yield report(
            "undefined-term/recipient-undefined",
            "info",
            of(hits),
            f"affiliates get data, and nothing says who or where they are: {quoted(hits)}",
            hint="define them, or link a list with names and countries",
            law="GDPR Art. 12(1), 13(1)(e); PIPL Art. 17, 23; PDPO DPP1(3)(b)",
        )


DETECTORS = (affiliates,)
