"""Advertising and new uses that people can stop where they should have been asked."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import confidentiality, marketing, purposes
from troth.policy.lint import english_marketing as kinds
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

_ASKED = r"(?:consent\w*|opt(?:ed|ing)?[- ]in|permission|agree(?:d|ing)? to|ticked|sign(?:ed)? up (?:for|to)|regist(?:er|ers|ered|ering) (?:for|to|on) (?:our|the) (?:\w+ )?(?:mailing list|newsletter|mailings?|list)|subscrib(?:e|ed|ing)(?! to (?:the|our) services?)|if you (?:wish|want|choose)|asked for|(?:have|you) request\w*)"
_MESSAGES = r"(?:marketing|promotion\w*|offers|mailings?|advertis\w+)"
_INVITED = Phrase(rf"\b{_ASKED}\b.{{0,80}}\b{_MESSAGES}\b|\b{_MESSAGES}\b.{{0,80}}\b{_ASKED}\b")
_SUBSCRIBED = Phrase(rf"\b{_ASKED}\b.{{0,80}}\bnewsletters?\b|\bnewsletters?\b.{{0,80}}\b{_ASKED}\b")
_OTHERS = Phrase(rf"\b{_MESSAGES}\b|\b(?:deals|campaigns?|discounts?|bulletins?|products)\b")
# advertisements on pages are no messages; cookies have rules of their own
_SHOWN = Phrase(r"\b(?:targeted|interest-based|behaviou?ral|personali[sz]ed|tailored) (?:ads?|advertis\w+)\b")
# the newsletter that people asked for, and how to stop it
_STOPPED = Phrase(
    r"\b(?:stop|cease|discontinue)\b[^.;]{0,30}\bnewsletters?(?:\(s\))? (?:or|and) (?:\w+ )?(?:marketing|promotional) (?:e-?mails?|messages|communications)\b"
)
# analysis, what customers say about the company, and its own efforts reach nobody's inbox
_NO_MESSAGE = Phrase(
    r"\bmarket (?:trends?|analys[ei]s|conditions|data)\b|\btestimonials?\b|\b(?:improv\w*|develop\w*|measur\w*|analy\w*) (?:our |the |its )?(?:\w+ )?marketing\b"
)
_ON_PAGES = Phrase(
    r"\b(?:ads?|advertis\w+) (?:(?:that|which) (?:are|is) )?(?:better |more )?(?:tailored|targeted|relevant|adapted|matched)\b"
)
# what people have allowed, and advertisements on pages that they can refuse
_ALLOWED = Phrase(
    r"\b(?:where|if|when|once|after) (?:we|you) (?:have|gave|give|get|obtain)(?: your| us)? (?:\w+ )?(?:approv|permi|author|agree|consent)\w*"
)
_ADS_STOPPED = Phrase(
    r"\bopt(?:ing)?[- ]?out of (?:\w+ )?(?:targeted|interest-based|behaviou?ral|personali[sz]ed|tailored) (?:ads?|advert\w+)\b"
)
_AMERICAN = frozenset({"US", "US-CA"})


def _untold(doc: Document, hits: list[Hit]) -> list[Hit]:
    """Those in sentences that no contradiction and no missing opt-out names already."""
    told = hits and {
        s.id
        for find in (
            marketing.no_way_out,
            marketing.by_default,
            purposes.broken_limits,
            confidentiality.others_marketing,
        )
        for finding in find(doc)
        for s in finding.sentences
    }
    return [h for h in hits if h.reading.sentence.id not in told]


def by_default(doc: Document) -> Iterator[Finding]:
    """Marketing that nobody asked for (rule marketing-default).

    American law lets people opt out; elsewhere they have to be asked first.
    """
    if doc.places and doc.places <= _AMERICAN:
        return
    if doc.says(_INVITED):
        return
    hits = [h for h in _untold(doc, said(doc, kinds.DEFAULT)) if not _SHOWN.search(h.words.lower())]
    if doc.says(_SUBSCRIBED):
        hits = [h for h in hits if _OTHERS.search(h.reading.low) and not _STOPPED.search(h.reading.low)]
    hits = [
        h for h in hits if not any(p.search(h.reading.low) for p in (_NO_MESSAGE, _ALLOWED, _ADS_STOPPED))
    ]
    if hits:
        yield report(
            "risky-promise/marketing-default",
            "warn",
            of(hits),
            f"marketing is sent to people who did not ask for it: {quoted(hits)}",
            hint="ask first, or keep to own similar products for customers, with a way to refuse at sign-up and in each message",
            law="ePrivacy Dir. Art. 13; GDPR Art. 6(1)(a), 21(2); PDPO s. 35C-35G; PIPL Art. 13",
        )


def of_partners(doc: Document) -> Iterator[Finding]:
    """Offers of others sent without consent (rule partner-marketing)."""
    hits = [h for h in _untold(doc, said(doc, kinds.PARTNERS)) if not _ON_PAGES.search(h.reading.low)]
    if hits and not doc.says(_INVITED):
        yield report(
            "risky-promise/partner-marketing",
            "warn",
            of(hits),
            f"offers of others are sent, and nobody is asked: {quoted(hits)}",
            hint="ask for consent that names the kinds of goods and the senders",
            law="ePrivacy Dir. Art. 13; GDPR Art. 6(1)(a); PDPO s. 35J-35K; PIPL Art. 23",
        )


# disclosure that goes on until somebody stops it
_UNLESS_STOPPED = Phrase(
    r"\b(?:disclos|shar|pass|sell|rent|provid)\w*\b[^.;]{0,180}\b(?:means|option|opportunity|possibility|way|chance|box|able|can|may) (?:to|of) opt(?:ing)?[- ]?out (?:of|from) (?:\w+ )?(?:disclosures?|sharing)\b"
)


def new_uses(doc: Document) -> Iterator[Finding]:
    """Sale, sharing or a new purpose after notice and an opt-out (rule new-use-optout)."""
    hits = said(doc, kinds.NEW_USES)
    known = {h.reading.index for h in hits}
    hits += [h for h in doc.hits(_UNLESS_STOPPED) if h.reading.index not in known and not h.reading.refuses]
    if hits:
        yield report(
            "risky-promise/new-use-optout",
            "warn",
            of(hits),
            f"data can be sold, shared or used for something new unless people object: {quoted(hits)}",
            hint="ask for consent before a purpose or recipient that is not compatible with the first one",
            law="GDPR Art. 5(1)(b), 6(4), 7; PIPL Art. 14, 23; PDPO DPP3",
        )


DETECTORS = (by_default, of_partners, new_uses)
