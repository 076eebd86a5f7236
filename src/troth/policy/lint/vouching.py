"""What the company says of others and can not know, and what it lets others do and will not answer for."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_OTHERS = (
    r"(?:payment (?:gateways?|processors?|providers?|services?|partners?)|(?:card|credit card) processors?|(?:web )?hosting (?:providers?|compan(?:y|ies))|hosts?|isps?|internet service providers?|data cent(?:er|re)s?|upstream (?:providers?|carriers?)|carriers?|"
    r"(?:service |network |cloud |e-?mail |upstream )?providers?|suppliers?|advertisers?|advertising (?:networks?|partners?)|partners?|registrars?|registries|third part(?:y|ies))"
)
# the others neither record nor keep anything, as a fact
_VOUCHED = Phrase(
    rf"\b(?:the|our|its|their|any|these|those|'s?|s'|and|external) (?:\w+ )?{_OTHERS}(?: and (?:our |its |the )?(?:\w+ )?(?:{_OTHERS}))? (?:do(?:es)? not|don't|doesn't|never|will (?:not|never)) (?:and (?:will|do) not )?(?:\w+ )?"
    r"(?:collect|log|record|track|store|keep|retain|monitor|save|see)s?\b[^.;]{0,60}\b(?:data|information|details|traffic|logs?|activity|visits|records|connections|addresses)\b"
)
# the same of a service by its name
_NAMED = Phrase(
    r"\b(?:google(?: analytics)?|hotjar|mixpanel|matomo|facebook|clicky|yandex(?:\.metrica)?|paypal|stripe|cloudflare|zendesk|mailchimp|crazy ?egg|mouseflow|fullstory|intercom) (?:do(?:es)? not|doesn't|never|will (?:not|never)) (?:\w+ )?(?:collect|log|record|track|store|keep|retain|monitor|save)s?\b[^.;]{0,60}\b(?:data|information|details|traffic|activity|visits|records|addresses|habits|you)\b"
)
_BOUND = Phrase(
    r"\b(?:contract\w*|agree(?:d|s|ment\w*)|bound|oblig\w+|require[sd]?|instruct\w*|prohibit\w*|must|may not|shall not|terms|audited|certif\w+|on (?:our|your) (?:website|site)|unless|except|without|other than|beyond|longer than|for (?:their|its) own)\b"
)


def vouched(doc: Document) -> Iterator[Finding]:
    """A fact about other companies' records that the company can not ensure (rule others-vouched)."""
    hits = [h for h in doc.hits(_VOUCHED) if not h.reading.told and not _BOUND.search(h.reading.low)]
    known = {h.reading.index for h in hits}
    hits += [h for h in doc.hits(_NAMED) if h.reading.index not in known and not h.reading.told]
    if hits:
        yield report(
            "unenforceable/others-vouched",
            "warn",
            of(hits),
            f"what other companies record is stated as a fact: {quoted(hits)}",
            hint="say what the contract with them requires, and name them",
            law="GDPR Art. 5(1)(a), 28; FTC Act 5",
        )


_NO_CONTROL = Phrase(
    r"\b(?:over|on) which (?:we|\w+) (?:have|has|exercise) no control\b|\b(?:no|not have (?:any )?|without) (?:\w+ )?(?:control|influence) (?:over|on|of)\b|\b(?:can ?not|do not|does not|are unable to) (?:\w+ )?(?:control|influence)\b"
)
_PLACED = Phrase(
    r"\bcookies?\b[^.;]{0,60}\b(?:third part\w+|partners?|suppliers?|advertisers?)\b|\b(?:third part\w+|partners?|suppliers?|advertisers?|networks?)\b[^.;]{0,60}\bcookies?\b"
)


def unanswered(doc: Document) -> Iterator[Finding]:
    """Cookies of others that the site lets in and will not answer for (rule disclaimer-overbroad)."""
    if not doc.places & {"EU", "UK"}:
        return
    hits: list[Hit] = []
    for hit in doc.hits(_NO_CONTROL):
        near = [r for r in doc.near(hit.reading, 1, 0) if _PLACED.search(r.low)]
        if near and not hit.reading.told and "link" not in hit.reading.low:
            hits.append(hit)
    if hits:
        yield report(
            "unenforceable/disclaimer-overbroad",
            "warn",
            of(hits),
            f"who lets others set cookies answers for the collection with them, and disclaims it: {quoted(hits)}",
            hint="name the others and their purposes, ask for consent before, and say who answers for what",
            law="GDPR Art. 26, 82; CJEU C-40/17 (Fashion ID); ePrivacy 5(3)",
        )


# the right to handle data behind people's backs
_UNAWARE = Phrase(
    r"\b(?:reserves? (?:the|our|its) right|may|entitled|free|can|will)\b[^.;]{0,60}\b(?:process|collect|use|monitor|record|disclose|share|access|gather)\w*\b[^.;]{0,90}\bwithout (?:the |your |their |any |prior )*(?:(?:users?|customers?|individuals?|persons?|visitors?)(?:'s?)? )?(?:knowledge|awareness)\b"
)
_EXCUSED = Phrase(
    r"\b(?:law|laws|legal|court|investigat\w+|emergency|compromise|crime|criminal|fraud|statut\w+|permitted by|not (?:be )?(?:collected|used|shared))\b"
)


def unaware(doc: Document) -> Iterator[Finding]:
    """Data handled without the knowledge of those concerned (rule unaware-processing)."""
    hits = [
        h
        for h in doc.hits(_UNAWARE)
        if not _EXCUSED.search(h.reading.low) and not h.reading.refuses and not h.reading.told
    ]
    if hits:
        yield report(
            "risky-promise/unaware-processing",
            "block",
            of(hits),
            f"data is handled behind people's backs: {quoted(hits)}",
            hint="tell people, or say that the customer who sends the data tells them",
            law="GDPR Art. 5(1)(a), 13-14, 28; PIPL Art. 7, 17; PDPO DPP1(3)",
        )


# a host that reads the visitors of its customers' sites for itself
_HOSTED = Phrase(
    r"\b(?:collect|gather|obtain|receive|record|use|store)\w*\b[^.;]{0,120}\b(?:visitors?|users?|you|people|those)\b[^.;]{0,60}\b(?:websites?|sites|domains|pages)\b(?: (?:that|which))? (?:(?:are |is )?hosted (?:by|with|at|on) (?:us|our)|we host|of our (?:customers|clients))|"
    r"\bwhen (?:you|they|people|users) (?:visit|access|browse)\b[^.;]{0,60}\b(?:those|the|any|other)? ?(?:websites?|sites) (?:(?:that )?(?:are |is )?hosted (?:by|with) us|we host|of our (?:customers|clients))"
)
_FOR_THEM = Phrase(
    r"\b(?:on behalf|processors?|instruct\w*|operators?|mandate|contract|not|never|our customers? (?:is|are)|responsible party|controllers?)\b"
)


def hosted(doc: Document) -> Iterator[Finding]:
    """Visitors of customers' websites read for the host's own ends (rule role-unclear)."""
    hits = [h for h in doc.hits(_HOSTED) if not _FOR_THEM.search(h.reading.low) and not h.reading.told]
    if hits and not doc.says(_ROLE):
        yield report(
            "risky-promise/role-unclear",
            "warn",
            of(hits),
            f"visitors of customers' websites are read, and nothing says on whose behalf: {quoted(hits)}",
            hint="say that the customer decides and the host acts on instructions, or inform these visitors too",
            law="GDPR Art. 4(7)-(8), 14, 28; POPIA s. 20-21",
        )


_ROLE = Phrase(
    r"\b(?:on behalf of (?:our|the) (?:customers?|clients?)|as (?:a |their |your )?(?:data )?processor|acts? (?:only )?on (?:their|your|the customer's) instructions)\b"
)

DETECTORS = (vouched, unanswered, unaware, hosted)
