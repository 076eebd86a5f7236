"""Two lengths of time for one duty, or for the records of one kind, whatever the words are.

What is done, or what is kept, is read from the kinds of words of the clause (`assertion_words`); two sentences of the same
kind with different numbers, and without a reason for the longer one, can not both hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report
from troth.policy.lint.spans import spans

_WORKING = re.compile(r"\b(?:working|business) days?\b")
_WEEK = 1.4
_NEAR = 1.25
_LONGEST_DUTY = 200.0

# each duty: what is done, and for what
_DUTIES: tuple[tuple[str, Phrase, Phrase], ...] = (
    (
        "an answer to a request",
        Phrase(
            r"\b(?:answer|respon|repl|dealt|deal|handl|process|comply|complet|provid|carried out|fulfil|honou?r)\w*"
        ),
        Phrase(
            r"\b(?:access requests?|requests? for (?:access|a copy|copies|information)|copy of your (?:personal )?(?:data|information)|"
            r"(?:privacy|data protection) (?:enquir|inquir|request|question)\w*|data requests?|subject access|copy of (?:the|your) data)\b"
        ),
    ),
    (
        "an answer to a complaint",
        Phrase(r"\b(?:answer|respon|repl|dealt|deal|resolve|decid|acknowledg|reach)\w*"),
        Phrase(r"\bcomplaints?\b"),
    ),
    (
        "a correction",
        Phrase(r"\b(?:made|make|carried|complet|process|take|takes|correct|rectif|updat|implement)\w*"),
        Phrase(r"\b(?:corrections?|rectif\w+|inaccura\w+|incorrect)\b"),
    ),
    (
        "the end of mailings",
        Phrase(r"\b(?:carried|process|take|takes|remov|stop|effect|honou?r|complet|unsubscrib)\w*"),
        Phrase(r"\b(?:unsubscrib\w*|mailing lists?|opt[- ]?outs?|opting out|newsletter list)\b"),
    ),
    (
        "an erasure on request",
        Phrase(r"\b(?:delet|eras|remov|wip|destroy|clos)\w*"),
        Phrase(r"\b(?:requests?|requested|ask(?:ed)?|upon request|requests? for (?:erasure|deletion))\b"),
    ),
    (
        "word of a breach",
        Phrase(r"\b(?:notif|inform|tell|told|report|announc|alert|contact)\w*"),
        Phrase(r"\b(?:breach|data leak|security incident|incident)\w*\b"),
    ),
)
_REASON = Phrase(
    r"\b(?:exten[ds]\w*|further|complex\w*|additional|longer|another|complicated|numerous|retain\w*|kept|keep|stor(?:e|ed)|archiv\w+|"
    r"backups?|unless|except|renew\w*|invoices?|between|every|once|per|cookies?|logs?)\b"
)
_OFFICE = Phrase(r"\b(?:authorit\w+|commission\w*|regulator\w*|supervisory)\b")

# the records whose period is told
_RECORDS: tuple[tuple[str, Phrase], ...] = (
    (
        "applications",
        Phrase(r"\b(?:applicants?|candidates?|application documents?|cvs?|resum[eé]s?|job applications?)\b"),
    ),
    ("enquiries", Phrase(r"\b(?:contact[- ]forms?|enquir(?:y|ies)|inquir(?:y|ies))\b")),
    ("support tickets", Phrase(r"\b(?:support )?tickets?\b|\bsupport requests?\b")),
    ("chats", Phrase(r"\b(?:live )?chats?\b|\bchat transcripts?\b")),
    (
        "call recordings",
        Phrase(r"\b(?:call|telephone|phone) recordings?\b|\brecord(?:ed|ings?)\b[^.;]{0,20}\bcalls\b"),
    ),
    ("video recordings", Phrase(r"\b(?:cctv|video (?:recordings?|surveillance)|camera)\b")),
    ("backups", Phrase(r"\bback-?ups?(?: cop\w+)?\b")),
    (
        "deleted e-mails",
        Phrase(r"\b(?:deleted (?:e-?mails|messages)|(?:messages|e-?mails) (?:that )?you delete)\b"),
    ),
    ("server logs", Phrase(r"\b(?:server|access|web server) logs?\b|\blog ?files?\b|\blogs (?:with|of)\b")),
    (
        "accounts",
        Phrase(r"\b(?:account data|personal details|customer (?:data|information|records))\b"),
    ),
)
_KEPT = Phrase(
    r"\b(?:ke(?:ep|pt|eps)|retain\w*|stor(?:e|ed|es)|hold|held|sav(?:e|ed)|archiv\w+|preserv\w+|remain\w*|stays?|on file|delet\w+|eras\w+|"
    r"destroy\w*|discard\w*|wiped?|purg\w+|overwritten|rotat\w+|removed|dispos\w+)\b"
)
_TABLED = Phrase(r"^[^:.]{3,60}: [^:]{0,40}$")
_LAWFUL = Phrase(
    r"\b(?:laws?|legal\w*|tax|statut\w*|unless|except|invoices?|accounting|claims?|disputes?|anonym\w+|attack|abuse|fraud|security log|"
    r"error|debug|mail log|free|trial|inactive|unused|idle|not confirmed|incomplete|warning|notice|notif\w+|before|consent|cookies?|minors?|child\w*)\b"
)


@dataclass(frozen=True, slots=True)
class _Term:
    what: str
    days: float
    reading: Reading


def _days(reading: Reading) -> float | None:
    """The one length of time of a sentence in calendar days, or None."""
    found = spans(reading.low)
    if len(found) != 1:
        return None
    days = next(iter(found))
    return days * _WEEK if _WORKING.search(reading.low) else days


def _duties(doc: Document) -> Iterator[_Term]:
    for reading in doc.body:
        days = None if reading.cjk or reading.told else _days(reading)
        if not days or days > _LONGEST_DUTY or _REASON.search(reading.low) or reading.refuses:
            continue
        for what, act, matter in _DUTIES:
            if matter.search(reading.low) and act.search(reading.low):
                yield _Term(
                    f"{what}{' to the authority' if _OFFICE.search(reading.low) else ''}", days, reading
                )
                break


def _records(doc: Document) -> Iterator[_Term]:
    for reading in doc.body:
        days = None if reading.cjk or reading.told else _days(reading)
        if not days or _LAWFUL.search(reading.low):
            continue
        if not _KEPT.search(reading.low) and not (
            _TABLED.search(reading.low) and "retention" in " ".join(reading.sentence.section).lower()
        ):
            continue
        named = [what for what, phrase in _RECORDS if phrase.search(reading.low)]
        if len(named) == 1:
            yield _Term(named[0], days, reading)


def _pairs(terms: Iterable[_Term]) -> Iterator[tuple[_Term, _Term]]:
    known: dict[str, list[_Term]] = {}
    for term in terms:
        for other in known.setdefault(term.what, []):
            if max(term.days, other.days) >= _NEAR * min(term.days, other.days):
                yield other, term
        known[term.what].append(term)


def compared(doc: Document) -> Iterator[Finding]:
    """Two deadlines for one duty (rule period-conflict), two periods for one kind of record (rule retention-conflict)."""
    for pair in _pairs(_duties(doc)):
        yield _finding("period-conflict", f"two deadlines for {pair[0].what}", pair, "GDPR Art. 12(3)")
    for pair in _pairs(_records(doc)):
        yield _finding(
            "retention-conflict", f"two periods for {pair[0].what}", pair, "GDPR Art. 5(1)(e), 13(2)(a)"
        )


def _finding(rule: str, says: str, pair: tuple[_Term, _Term], law: str) -> Finding:
    readings = [term.reading for term in pair]
    return report(
        f"contradiction/{rule}",
        "block",
        readings,
        f"{says}: {quote(r.text for r in readings)}",
        hint="keep one, or say which cases each of them is for",
        law=law,
    )
