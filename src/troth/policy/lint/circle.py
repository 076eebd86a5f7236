"""A closed circle of recipients, and recipients outside of it far away in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_GIVE = r"(?:shar|disclos|sell|sold|mak|provid|pass|releas|giv|transfer|rent|forward|hand|reveal)\w*"
_ANYBODY = r"(?:third[- ]part\w+|anyone|anybody|others?|any (?:other )?(?:part\w+|person|compan\w+|organi[sz]ation|entity)|outsiders?|nobody|no one)"
_HELPERS = r"(?:providers?|contractors?|suppliers?|vendors?|processors?|sub-?contractors?|agents?|(?:contracted|support) services|employees|staff|registrars?|couriers?|banks?|affiliates?|subsidiaries)"
_STEP = r"(?:(?!consent|permission|law|laws|described|following|set|stated|as|where|when|if|in|unless|to comply)[\w'-]+,? ){0,9}?"
_CLOSED = Phrase(
    rf"\b(?:not|never|n't|nor)\b[^.;]{{0,90}}\b{_GIVE}\b[^.;]{{0,120}}\b{_ANYBODY}\b[^.;]{{0,20}}\b(?:other than|except(?:ing)?(?: (?:to|with|for))?|apart from|besides|save (?:for|to)|excluding|but|beyond)\b {_STEP}{_HELPERS}\b|"
    rf"\b(?:nobody|no one|no third[- ]party|no other (?:party|person|company))\b[^.;]{{0,30}}\b(?:but|except|other than|apart from|besides|outside)\b {_STEP}{_HELPERS}\b|"
    rf"\b(?:only|solely|exclusively)\b (?:ever |be |to )?{_GIVE}\b[^.;]{{0,80}}\b(?:to|with)\b (?:our |the |its )?{_STEP}{_HELPERS}\b(?! and [^.;]{{0,40}}\b(?:authorit|court|partner))"
)
# the circle has a door
_DOOR = Phrase(
    r"\b(?:consent\w*|permission|permit\w*|law|laws|legal\w*|court|required|described|following|below|elsewhere|otherwise (?!mak|shar|disclos|provid|transfer|distribut|releas|reveal|giv)\w+|policy|unless|request\w*|authori[sz]e\w*|agree[ds]?|necessary to)\b|:\s*$"
)
# others than those who help: buyers of the business, registers, advertisers, own interests
_OUTSIDE = Phrase(
    r"\b(?:sell|sale of|selling|merg\w+|acqui\w+|purchase|transfer of) (?:(?:all|or|part|parts|our|the|of|any|its|some|substantially|a|portion) )*(?:business|company|assets|division)\b|"
    r"\bwhois\b|\bregistr(?:y|ies)\b|\badvertisers?\b|\b(?:advertising|marketing|business|commercial|promotional|selected|trusted) (?:partners?|networks?|compan(?:y|ies)|affiliates)\b|"
    r"\b(?:credit (?:bureau|agenc|reporting|reference)\w*|debt collect\w*|collection agenc\w+)\b|"
    r"\b(?:protect|defend|enforce|establish)(?: and (?:protect|defend|enforce))? (?:our|its|the company's|crucial|the) (?:\w+ )?(?:rights?|property|terms|agreements?|interests?)\b|\bsuspect\w*\b|\bpublic(?:ly)? (?:available|accessible|director\w+|database|register)\b"
)
_FAR = 3


def _passed(reading: Reading) -> bool:
    return (
        (reading.does("share") or re.search(rf"\b{_GIVE}\b", reading.lead) is not None)
        and not reading.refuses & {"share", "sell"}
        and not reading.told
        and not reading.consented
        and not {"nothing", "no", "never"} & reading.words
    )


def circle(doc: Document) -> Iterator[Finding]:
    """Only helpers get data, and others do (rule confidentiality-conflict)."""
    closed = [h for h in doc.hits(_CLOSED) if not h.reading.told and not _DOOR.search(h.reading.low)]
    if not closed:
        return
    outside = [
        h
        for h in doc.hits(_OUTSIDE)
        if _passed(h.reading) and not any(_near(h, c) or h.words.lower() in c.reading.low for c in closed)
    ]
    if outside:
        yield report(
            "contradiction/confidentiality-conflict",
            "block",
            (*of(closed), *of(outside)),
            f"only those who help may get data ({quoted(closed)}), and others get it ({quoted(outside)})",
            hint="name every recipient in the promise, or leave the promise out",
            law="GDPR Art. 5(1)(a), 13(1)(e); PIPL Art. 7, 17, 23; FTC Act 5",
        )


def _near(hit: Hit, promise: Hit) -> bool:
    """Whether an exception follows the promise at once, so that the two are read as one."""
    one, other = hit.reading, promise.reading
    return abs(one.index - other.index) <= _FAR and one.sentence.section == other.sentence.section


DETECTORS = (circle,)
