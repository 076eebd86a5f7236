"""Contents that nobody means to look at, and that are reviewed, blocked or removed all the same."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_LOOK = r"(?:monitor|review|screen|inspect|surveil|scan|intercept|eavesdrop|police|examin|read)\w*"
_CUT = r"(?:censor|edit|filter|delet|remov|block|suppress|tak(?:e|ing) down)\w*"
_WATCHING = rf"(?:{_LOOK}|{_CUT})"
_CONTENTS = r"(?:contents?|communications?|messages?|e-?mails?|mail|traffic|files?|postings?|posts?|uploads?|transmissions?|materials?|data (?:stored|transmitted|you (?:store|upload|host))|websites (?:hosted|you host)|stored (?:data|files|information))"

_DISCLAIMED = Phrase(
    rf"\b(?:no intention|no intent|not intend|not the intent\w*|\w+n't intend|disclaims? (?:any|all) inten\w+|not our (?:policy|practice|intention))\b[^.;]{{0,30}}\b{_WATCHING}\b[^.;]{{0,90}}\b{_CONTENTS}\b|"
    rf"\b(?:(?:do(?:es)?|will|shall) (?:not|never)|don't|doesn't|won't) (?:\w+ly )?(?:or \w+ly )?(?:seek to |attempt to |try to )?{_WATCHING}(?:,? (?:\w+,? ){{0,2}}?(?:or|nor|and) {_WATCHING})? (?:\w+ ){{0,6}}?{_CONTENTS}\b|"
    rf"\bnever {_WATCHING} (?:\w+ ){{0,6}}?{_CONTENTS}\b|\brefrains? from {_WATCHING}\b[^.;]{{0,60}}\b{_CONTENTS}\b"
)
# not all the time and not by plan: who acts on a complaint keeps this promise
_LOOSELY = Phrase(
    r"\b(?:actively|routinely|regularly|generally|systematically|proactively|normally|usually|constantly|pre-?screen\w*|in advance|all (?:of )?the|every|each|before)\b"
)
_TAKEN = Phrase(
    rf"\b(?:may|will|can|could|right to|reserves? the right|entitled to|free to|permitted to|shall)\b[^.;]{{0,50}}\b(?:monitor|review|delete|remove|block|screen|inspect|scan|filter|censor|intercept|examine|edit|take down)\b[^.;]{{0,90}}\b{_CONTENTS}\b|"
    rf"\b{_CONTENTS} (?:\w+ ){{0,4}}?(?:may|will|can|could|is|are) (?:be )?(?:\w+ly )?(?:monitored|reviewed|deleted|removed|blocked|screened|inspected|scanned|filtered|intercepted|examined)\b"
)
_LOOKS, _CUTS = Phrase(rf"\b{_LOOK}"), Phrase(rf"\b{_CUT}")
# a named case that the person or a judge has caused, and machines that look for malicious code
_CAUSED = Phrase(
    r"\b(?:at|upon|on) your (?:\w+ )?request\b|\bwith your (?:\w+ )?(?:consent|permission)\b|\bif you (?:ask|request|report|contact|send)\b|\bcourt|\bwarrant|\bsubpoena|\brequired (?:to do so )?by law|\blegal process|"
    r"\bviruses\b|\breport(?:s|ed)?\b|\bflagged\b|\bcomplain\w*|\bon notice\b|\bpatterns?\b|\bmetadata\b|\bvolumes?\b|\bnetwork traffic\b|\bmalware\b|\bspam\b|\bthird[- ]part\w+ (?:sites?|websites?)|\bcookies?\b|\byou (?:may|can|could) (?:\w+ ){0,3}(?:delete|remove|edit|review|block)\b|\bour (?:own )?(?:site|website)\b|\bwhen you (?:ask|report)"
)
_OBLIGED = Phrase(r"\b(?:obligation|duty|obliged|responsib\w+|required|undertake|liab\w+)\b")


def watched(doc: Document) -> Iterator[Finding]:
    """No intention to look at contents, and contents reviewed or removed (rule monitoring-conflict)."""
    promised = [
        h
        for h in doc.hits(_DISCLAIMED)
        if not h.reading.exempted
        and not h.reading.told
        and not _OBLIGED.search(h.words.lower())
        and not _LOOSELY.search(h.words.lower())
    ]
    if not promised:
        return
    chosen = {h.reading.index for h in promised}
    taken = [
        h
        for h in doc.hits(_TAKEN)
        if h.reading.index not in chosen
        and not h.reading.told
        and not _CAUSED.search(h.reading.low)
        and " not " not in h.words.lower()
        and any(
            _same(p.words.lower(), h.words.lower()) and not _apart(p.reading.low, h.reading.low)
            for p in promised
        )
    ]
    if not taken:
        return
    grounds = [n for h in taken for n in doc.near(h.reading, 0, 1)[1:] if _GROUNDS.search(n.low)]
    yield report(
        "contradiction/monitoring-conflict",
        "block",
        (*of(promised), *of(taken), *grounds),
        f"nobody means to look at contents ({quoted(promised)}), and they are looked at or removed ({quoted(taken)})",
        hint="name in the promise itself when contents are looked at, by whom, and who decides",
        law="GDPR Art. 5(1)(a), 12(1); ePrivacy Dir. Art. 5(1); FTC Act 5",
    )


_PRIVATE, _PUBLIC = Phrase(r"\bprivate\b"), Phrase(r"\bpublic(?:ly)?\b")


def _apart(promised: str, taken: str) -> bool:
    """Whether one is about what is private, the other about what is public."""
    return _PRIVATE.search(promised) is not None and _PUBLIC.search(taken) is not None


def _same(promised: str, taken: str) -> bool:
    """Whether both are about looking, or both about taking away."""
    return any(
        acts.search(promised) is not None and acts.search(taken) is not None for acts in (_LOOKS, _CUTS)
    )


_GROUNDS = Phrase(r"\b(?:grounds|reasons|circumstances|cases)\b[^.]{0,40}\b(?:such action|include|are)\b")

DETECTORS = (watched,)
