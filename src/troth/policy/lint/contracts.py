"""Companies that work with people's data, and not a word on what binds them."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

# helpers of whatever kind; a processor of payments is known by its task
_HELPER = (
    r"(?:(?:third[- ]party |outside |external |other |our )(?:service |services )?(?:providers?|vendors?|contractors?|subcontractors?|suppliers?)|service (?:providers?|vendors?)|sub-?processors?|(?<!escrow )agents?(?! of the)|"
    r"(?:third[- ]part(?:y|ies)|companies|firms|organi[sz]ations) (?:that|who|which) (?:\w+ )?(?:provide|perform|help|assist|supply|host|run|process)\w*)"
)
# data goes to those who work for the company
_HANDED = Phrase(
    rf"\b(?:shar|disclos|provid|pass|giv|transfer|releas|send|submit|forward|suppl)\w*\b[^.;]{{0,90}}\b(?:information|data|details)\b[^.;]{{0,60}}\b(?:to|with)\b[^.;]{{0,80}}\b{_HELPER}\b|"
    rf"\b(?:shar|disclos|provid|pass|transfer|releas)\w*\b (?:it|them|this|these) (?:to|with)\b[^.;]{{0,60}}\b{_HELPER}\b|"
    rf"\b{_HELPER}\b[^.;]{{0,60}}\b(?:have|has|get|gets|given|receive|receives|need|obtain) access to\b[^.;]{{0,60}}\b(?:information|data|details)\b"
)
_ITEM = Phrase(rf"^\W*(?:to |with )?[^.;:]{{0,80}}\b{_HELPER}\b")
_LEAD = Phrase(
    r"\b(?:shar|disclos|provid|pass|transfer|releas)\w*\b[^.;]{0,60}\b(?:information|data|details)\b[^.;]{0,40}\b(?:with|to)\b|\brecipients\b"
)
# what binds them: a contract, a duty, a limit on what they may do, orders, or a law
_BOUND = Phrase(
    r"\b(?:contract(?!or)\w*|agree(?:s|d|ing|ment|ments)?\b(?! to (?:this|our|the))|bound|bind(?:s|ing)?|oblig\w+|requir(?:e|es|ed|ing) (?:them|that|these|those|such|all|our|each|any|to|by)|instruct\w*|confidential\w*|authori[sz]ed (?:only )?(?:to|by)|permitted|allowed|prohibit\w*|forbid\w*|restrict\w*|"
    r"clauses|addendum|dpas?|may (?:only|not) (?:use|process|share|disclose|keep|access)|(?<!we )(?<!we may )(?:do|does|will|shall|must|can)(?: not|n't| only) (?:use|share|disclose|sell|process|keep|retain|access)|only (?:use|process|receive|get|have|to the extent|as needed|as necessary|for)|use (?:it|them|this|your \w+) only|for no other|not for (?:any|their)|"
    r"same (?:level|standards?|protection)|appropriate safeguards|adhere|abide|comply|complies|compliant|accordance with (?:this|our|the gdpr|applicable|data)|consistent with (?:this|our)|take (?:\w+ )?(?:steps|measures) to|ensure that)\b"
)
_ABOUT = Phrase(
    rf"\b(?:{_HELPER}|third[- ]part(?:y|ies)|partners?|recipients?|companies|they|affiliates?|these parties|those parties|those who|(?:these|those|such|the|all) (?:\w+ )?(?:providers|vendors|suppliers|firms))\b"
)


# others who use the data for themselves are no helpers
_OWN_ENDS = Phrase(
    r"\btheir (?:own )?(?:products?|services?|purposes|offers?|marketing)\b|\bpromotion of\b|\badvertising partners\b"
)


def unbound(doc: Document) -> Iterator[Finding]:
    """Data goes to helpers, and nothing says that anything binds them (rule contract-missing)."""
    if doc.chinese:
        return
    hits = [
        h
        for h in doc.hits(_HANDED)
        if not h.reading.told
        and not h.reading.refuses & {"share", "sell"}
        and not _OWN_ENDS.search(h.reading.low)
    ]
    hits += [
        Hit(r, r.text)
        for r in doc.body
        if r.sentence.element == "bullet" and _ITEM.search(r.low) and _LEAD.search(r.lead) and not r.refuses
    ]
    if not hits or any(_BOUND.search(r.low) and _ABOUT.search(r.low) and not r.told for r in doc.body):
        return
    unique = list({h.reading.index: h for h in hits}.values())
    yield report(
        "missing-mandatory/contract-missing",
        "warn",
        of(unique),
        f"companies that work with people's data get it, and nothing says that a contract binds them: {quoted(unique)}",
        hint="say that a contract limits them to the task, keeps them to secrecy and ends with deletion",
        law="GDPR Art. 28(3); Cal. Civ. 1798.100(d), 1798.140(ag); PIPL Art. 21; PDPO DPP2(3), DPP4(2)",
    )


DETECTORS = (unbound,)
