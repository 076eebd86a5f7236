"""Ends of retention that do not fit together, and a version date under a name that the text does not bear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quote, quoted, report
from troth.policy.lint.spans import spans

_KEEP = r"(?:keep|keeps|kept|retain\w*|stor(?:e|es|ed)|hold|held|maintain(?:s|ed)?|preserv\w*)"
_ALL = (
    r"(?:your|personal|customers?'?|users?'?|all|the|any) (?:\w+ ){0,2}?(?:data|information|details|records)"
)
_GONE = r"(?:clos(?:e[sd]?|ing|ure)|cancel\w*|terminat\w*|end(?:s|ed)?|expir\w*|left|leave)"
# while the contract runs
_WHILE = Phrase(
    rf"\b{_KEEP}\b[^.;]{{0,20}}\b{_ALL}\b[^.;]{{0,40}}\b(?:for (?:as long as|the (?:duration|term|length|period|time))|as long as|while|whilst|until)\b[^.;]{{0,40}}\b(?:customers?|clients?|account|contract|relationship|membership|subscription|agreement|services?)\b"
)
# as long as something needs it
_NEED = Phrase(
    rf"\bonly (?:for )?as long as (?:\w+ ){{0,3}}?(?:necessary|needed|required)\b|\b{_KEEP}\b[^.;]{{0,60}}\b(?:no|not) longer than (?:\w+ ){{0,3}}?(?:necessary|needed|required)\b|"
    rf"\b{_KEEP}\b[^.;]{{0,20}}\b{_ALL}\b[^.;]{{0,20}}\b(?:only )?(?:for )?as long as (?:\w+ ){{0,3}}?(?:necessary|needed|required)\b"
)
# and years after it
_AFTER = Phrase(
    rf"\b(?:after|following|upon|on|from|beyond|since)\b[^.;]{{0,40}}\b{_GONE}\b|\b{_GONE}\b[^.;]{{0,60}}\bwe (?:may|will|shall)\b"
)
_PART = Phrase(
    r"\b(?:invoices?|invoicing|billing|accounting|bookkeeping|tax|financial|payment|transaction|order|logs?|backups?|tickets?|correspondence|contracts|(?:some|certain|limited|minimum|necessary|basic|those|such|these|this) (?:\w+ )?(?:data|information|records|details)|in order to|claims?)\b"
)


def ends(doc: Document) -> Iterator[Finding]:
    """Data kept for the contract, or as long as necessary, and all of it for years after (rule retention-conflict)."""
    later = [
        r
        for r in doc.body
        if ("retain" in r.acts or "erase" in r.acts)
        and spans(r.low)
        and _AFTER.search(r.low)
        and _GENERAL.search(r.low)
        and not _PART.search(r.low)
        and not r.refuses
        and not r.told
    ]
    if not later:
        return
    known = {r.index for r in later}
    during = [h for h in doc.hits(_WHILE) if h.reading.index not in known and not spans(h.reading.low)]
    need = [h for h in doc.hits(_NEED) if h.reading.index not in known and not spans(h.reading.low)]
    if during and need:
        about = list({h.reading.index: h for h in (*during, *need)}.values())
        yield report(
            "contradiction/retention-conflict",
            "block",
            (*of(about), *later),
            f"data is kept for the contract and only as long as needed ({quoted(about)}), and all of it for years after: "
            f"{quote(r.text for r in later)}",
            hint="give each kind of data one period: what ends with the contract, and what a law keeps for how long",
            law="GDPR Art. 5(1)(e), 13(2)(a); PDPO DPP2(2); PIPL Art. 19",
        )


_GENERAL = Phrase(
    rf"\b{_KEEP}\b (?:all )?(?:of )?(?:your|personal|customers?'?|users?'?|all|the|any) (?:personal )?(?:data|information|details|records)\b"
)

_DATE_NAMED = re.compile(
    r"[\"“']((?:last|latest|most recent|date of last|date last)? ?(?:updated?|revis(?:ed|ion)|modified|modification|amended|amendment|effective(?: date)?|reviewed|changed))(?: date)?[.,]?[\"”'](?: date| label| legend| line)?[^.;]{0,40}\b(?:above|below|top|beginning|bottom|end|foot|head)\b|"
    r"\b(?:top|beginning|bottom|end|foot|head)\b[^.;]{0,60}[\"“']((?:last|latest|most recent)? ?(?:updated?|revis(?:ed|ion)|modified|amended|effective(?: date)?|reviewed|changed))(?: date)?[.,]?[\"”']",
    re.IGNORECASE,
)


def dates(doc: Document) -> Iterator[Finding]:
    """A date under a name that stands nowhere (rule reference-unresolved)."""
    for reading in doc.body:
        match = _DATE_NAMED.search(reading.text) if '"' in reading.low else None
        name = " ".join((match[1] or match[2]).lower().split()) if match else ""
        if name and not any(name in r.low for r in doc.readings if r.index != reading.index):
            yield report(
                "dangling-reference/reference-unresolved",
                "info",
                (reading,),
                f'the text points to a date called "{name}", and none bears that name',
                hint="call the date above the same",
            )


DETECTORS = (ends, dates)
