"""Matters of discretion: recipients, purposes and exceptions that are whatever the company thinks fit."""

from __future__ import annotations

from troth.policy.lint.matters import Matter
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

_WE = r"(?:we|our (?:\w+ )?(?:directors?|management|board|staff)|the (?:company|management|directors?|board|operator|provider|administrators?)|management)(?: (?:may|might|from time to time|at any time|in our (?:sole |absolute )?(?:opinion|view|judge?ment)))*"
_THINK = r"(?:thinks?|deems?|considers?|believes?|judges?|sees?|finds?|selects?|chooses?|approves?|regards?|feels?|determines?|likes?|wish(?:es)?|nominates?|designates?|appoints?)"
_FIT = r"(?:fit|suitable|appropriate|useful|proper|necessary|worthwhile|desirable|expedient|convenient|helpful|right|good|sensible|advisable|to have an interest)"
_SOMEBODY = r"(?:whoever(?: else)?|whomever|anyone|anybody|any(?: other)? (?:person|persons|party|parties|third part\w+|organi[sz]ations?|company|companies|body|bodies)|(?:such|those|these)(?: other)? (?:persons?|people|parties|third parties|bodies|organi[sz]ations|companies|recipients)|other (?:persons|parties|recipients|organi[sz]ations)|others|third parties|persons)"
_GIVES = r"\b(?:shar\w+|disclos\w+|provid\w+|giv\w+|pass\w*|releas\w+|transfer\w*|sell|sold|hand\w*|goes?|recipients?|tell|told|send|sent|distribut\w+|available|affiliates|associates)\b"
_REFUSED = r"\b(?:not|never|no|neither|nor|without|court|law|legal|consent|permission|your request|prove|on our behalf|under contract|listed|named in|able to keep)\b"

ANYONE = Matter(
    "open-ended/recipient-open",
    "warn",
    "whoever the company thinks of can be a recipient",
    "name the recipients or their trades, with the purpose of each",
    "GDPR Art. 13(1)(e); PIPL Art. 23; PDPO DPP1(3)(b)(i)(B)",
    (
        Statement(
            rf"\b{_SOMEBODY}\b(?:(?! when| if| where| as far| to the extent)[^.;]){{0,24}}\b{_WE} {_THINK}\b(?! (?:able|bound|that|who|carefully|on the basis))|\b{_SOMEBODY},? (?:who|which|that) in our (?:opinion|view|judge?ment)\b|\b(?:others|parties|persons|partners) of (?:our|its|the company's) (?:own )?(?:choosing|choice)\b",
        ),
        Statement(
            rf"\b{_SOMEBODY}\b[^.;]{{0,40}}\bas (?:is |are )?(?:thought|deemed|considered|seen) {_FIT}\b"
        ),
    ),
    harmless=Phrase(_REFUSED),
)
SOMETHING = Matter(
    "open-ended/purpose-open",
    "warn",
    "a use for whatever the company thinks of",
    "name each purpose; ask again before a new one",
    "GDPR Art. 5(1)(b), 13(1)(c); PIPL Art. 6, 17; PDPO DPP1(3), DPP3",
    (
        Statement(
            r"\b(?:and|or|for|to do) (?:\w+ )?what(?:ever|soever)(?: else)? (?:\w+ ){0,2}?(?:makes? sense|helps?|seems?|is (?:useful|good|helpful)|benefits?|serves?|we)\b"
        ),
        Statement(
            rf"\b(?:any|such|whichever|whatever|other)(?: other)? (?:ends?|uses?|purposes?|reasons?|ways?)\b[^.;]{{0,16}}\b{_WE} {_THINK}\b"
        ),
        Statement(
            r"\b(?:to|for) (?:\w+ )?(?:build\w*|develop\w*|creat\w+|invent\w*|plan\w*) (?:whatever|what) (?:comes|is|we|will)\b|\bfor (?:any|all) (?:ends|uses) (?:that )?(?:the )?business\b"
        ),
    ),
    harmless=Phrase(_REFUSED),
)
SEEMING = Matter(
    "open-ended/disclosure-open",
    "warn",
    "what is disclosed, and to whom, is left to what seems right",
    "name the data, the recipient and the test for each disclosure",
    "GDPR Art. 5(1)(a)-(b), 6(1), 13(1)(e); PIPL Art. 13, 23; PDPO DPP3, s. 58",
    (
        Statement(
            rf"\b(?:what|whatever|as much as|anything|everything) (?:\w+ )?(?:seems?|appears?|looks?|we (?:\w+ )?{_THINK}(?: (?:is|it))?) (?:to be )?{_FIT}\b",
            r"\b(?:shar\w+|disclos\w+|giv\w+|pass\w*|releas\w+|transfer\w*|hand\w*|tell|send|forward\w*|report\w*)\b",
        ),
        Statement(
            r"\b(?:committee|board|management|directors?|executives?|management team|owner|founders?)\b[^.;]{0,24}\b(?:may|can|might|is free to|are free to) (?:always )?(?:decide|rule|order|direct|determine|act) (?:otherwise|differently)\b|"
            r"\b(?:committee|board|management|directors?|executives?)\b[^.;]{0,24}\b(?:may|can|might) (?:\w+ )?(?:waive|set aside|override|dispense with|suspend|lift) (?:this|these|the|any|all)\b[^.;]{0,24}\b(?:rules?|requirements?|limits?|tests?|conditions?|checks?|periods?)\b"
        ),
    ),
    harmless=Phrase(r"\b(?:not|never|no|court|law|consent|price|terms|written reasons)\b"),
)
MATTERS = (ANYONE, SOMETHING, SEEMING)
