"""Two lengths of time for one duty, whatever the words are: answers, notices, corrections, the end of mailings and consents."""

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
from troth.policy.lint.topics import TOPICS

_WORKING = re.compile(r"\b(?:working|business) days?\b")
_WEEK = 1.4
_NEAR = 1.25
_LONGEST = 200.0
_LONGEST_IDLE = 4000.0

# each duty: what is done, and for what
_DUTIES: tuple[tuple[str, Phrase, Phrase], ...] = (
    (
        "an answer to a request",
        Phrase(
            r"\b(?:answer|respon|repl|dealt|deal|handl|process|comply|complet|provid|carried out|fulfil|honou?r)\w*"
        ),
        Phrase(
            r"\b(?:access requests?|requests? for (?:access|a copy|copies|information)|copy of your (?:personal )?(?:data|information)|"
            r"(?:privacy|data protection) (?:enquir|inquir|request|question)\w*|data requests?|subject access|copy of (?:the|your) data|requests? (?:from|of|by) data subjects|requests? (?:about|concerning|under|to exercise) your rights|rights requests?)\b"
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
        Phrase(r"\b(?:notif|inform|tell|told|report|announc|alert|contact|hear from us|word from us)\w*"),
        Phrase(r"\b(?:breach|data leak|security incident|incident)\w*\b"),
    ),
)
_AHEAD = Phrase(r"\b(?:before|ahead|in advance|prior)\b|前")
# what is told before it happens, and how long before
_NOTICES: tuple[tuple[str, Phrase, Phrase], ...] = (
    (
        "word of a change",
        Phrase(
            r"\b(?:notif|inform|tell|told|announc|e-?mail|publish|notice|warn)\w*|通知|告知|公告|公示|提示"
        ),
        TOPICS["policy change"],
    ),
    (
        "word before unused accounts end",
        Phrase(r"\b(?:notif|inform|tell|told|warn|remind|e-?mail|write)\w*|通知|告知|提醒"),
        TOPICS["idle accounts"],
    ),
)
# how long an account may lie idle
_IDLE = (
    "how long an account may lie unused",
    Phrase(r"\b(?:clos|delet|remov|cancel|terminat|expir|deactivat)\w*|注销|删除|关闭|停用"),
    Phrase(
        r"\b(?:inactive|idle|dormant|unused)\b[^.;]{0,30}\b(?:for|after)\b|\b(?:not (?:been )?used|not log(?:ged)? in|nobody (?:has logged|logs) in|no log-?ins?|without (?:a |any )?log-?in)\b|"
        r"(?:未|没有)(?:登录|使用)"
    ),
)
_FETCH = (
    "the time to fetch one's data",
    Phrase(r"\b(?:download|export|retriev|fetch)\w*|导出|下载|取回"),
    Phrase(
        r"\b(?:after|following)\b[^.;]{0,20}\b(?:end|ends|terminat\w+|cancel\w+|clos\w+)\b|(?:终止|到期|结束|注销)后"
    ),
)
_WITHDRAWN = (
    "the end of a consent",
    Phrase(r"\b(?:effect|effective|until|put into|processed|carried out|implement\w*)\b|生效|停止"),
    TOPICS["withdrawal of consent"],
)
_AT_ONCE = Phrase(
    r"\b(?:immediate(?:ly)?|at once|instantly|without delay|straight away)\b|立即|即时|即刻|当即"
)
_TRIAL = Phrase(r"\b(?:free|trial|test|price|prices|domain|domains|maintenance)\b|试用|免费|价格|域名")
_REASON = Phrase(
    r"\b(?:exten[ds]\w*|further|complex\w*|additional|longer|another|complicated|numerous|retain\w*|kept|keep|stor(?:e|ed)|archiv\w+|"
    r"backups?|unless|except|renew\w*|invoices?|between|every|once|per|cookies?|logs?)\b|延长|复杂|另行延|保留|保存"
)
_OFFICE = Phrase(r"\b(?:authorit\w+|commission\w*|regulator\w*|supervisory)\b")


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
        if reading.told or reading.heading:
            continue
        low = reading.low
        days = _days(reading)
        if days is None:
            if _AT_ONCE.search(low) and not spans(low) and _said(_WITHDRAWN, low):
                yield _Term(_WITHDRAWN[0], 0.0, reading)
            continue
        what = _duty(low, days, refused=bool(reading.refuses))
        if what:
            yield _Term(f"{what}{' to the authority' if _OFFICE.search(low) else ''}", days, reading)


def _said(duty: tuple[str, Phrase, Phrase], low: str) -> bool:
    return duty[2].search(low) is not None and duty[1].search(low) is not None


def _duty(low: str, days: float, *, refused: bool) -> str:
    """For which duty a sentence gives its length of time, or nothing."""
    trial = days > _LONGEST_IDLE or _TRIAL.search(low) is not None
    if not trial and _said(_IDLE, low):
        return "" if _AHEAD.search(low) else _IDLE[0]
    if not trial and _AHEAD.search(low):
        return next((duty[0] for duty in _NOTICES if _said(duty, low)), "")
    if not trial and not refused and _said(_FETCH, low):
        return _FETCH[0]
    if days > _LONGEST or _REASON.search(low) or refused:
        return ""
    if _said(_WITHDRAWN, low):
        return _WITHDRAWN[0]
    return next((duty[0] for duty in _DUTIES if _said(duty, low)), "")


def _pairs(terms: Iterable[_Term]) -> Iterator[tuple[_Term, _Term]]:
    known: dict[str, list[_Term]] = {}
    for term in terms:
        for other in known.setdefault(term.what, []):
            low, high = sorted((term.days, other.days))
            if high > low and high >= _NEAR * low:
                yield other, term
        known[term.what].append(term)


def duties(doc: Document) -> Iterator[Finding]:
    """Two deadlines for one duty (rule period-conflict)."""
    for pair in _pairs(_duties(doc)):
        readings = [term.reading for term in pair]
        yield report(
            "contradiction/period-conflict",
            "block",
            readings,
            f"two deadlines for {pair[0].what}: {quote(r.text for r in readings)}",
            hint="keep one, or say which cases each of them is for",
            law="GDPR Art. 12(3)",
        )
