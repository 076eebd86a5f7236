"""Registration data of domain names that becomes public, and people's choice about it."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quote, report
from troth.policy.lint.statement import Statement

# the register, that all can read it, and whose data stand in it
_PUBLIC = Statement(
    r"\bwhois\b|\bregistr(?:y|ies)\b|\bregistration (?:data|information|details|records?|database)\b|\bregistrant (?:data|information|details)\b|域名",
    r"\baccessible (?:by|to) (?:any|every|all)\b|\bvisible (?:to|for) (?:any|every|all)\w*|\busers? of the (?:\w+ ){0,4}whois\b|\bother internet users?\b|\bpublic(?:ly)?\b|\bpublish(?:ed|es)?\b|\banyone\b|\beveryone\b|\beverybody\b|\bsearchable\b|公开|公布|公示|任何人",
    r"\b(?:data|information|details|records?|databases?)\b|信息|资料|数据",
    r"\bwhois\b|\bdomains?\b|\bregistra(?:tion|nts?)\b|域名|注册人",
)
_CHOICE = Phrase(
    r"\b(?:redact\w*|mask\w*|hid(?:e|es|den)|proxy|withh(?:eld|old\w*)|id protect\w*|whois (?:privacy|protection|guard)|(?:domain|registration|identity) (?:privacy|protection)|privacy (?:service|protection (?:service|option|add-?on|for your domain)|option|add-?on|shield)|"
    r"private registration|not (?:be )?(?:public|published|shown|displayed)|anonymi[sz]\w+|opt(?:ing)?[- ]?out of (?:the )?(?:whois|publication)|only with your consent|suppress\w*|tiered access|gated)\b|隐私保护|隐藏|脱敏|遮蔽|屏蔽|不公开|不会公开"
)


_SOURCE = Phrase(
    r"\bfrom (?:the |a |any )?(?:public\w*|whois|registr\w+)\b|\b(?:search|query|look up|lookup)\b|来自|查询"
)


def public(doc: Document) -> Iterator[Finding]:
    """Registration data that is public without redaction or choice (rule whois-public)."""
    hits = [
        h
        for h in _PUBLIC.found(doc)
        if not h.reading.refuses & {"share"}
        and (not h.reading.told or "note that" in h.reading.low)
        and not _SOURCE.search(h.reading.low)
    ]
    if hits and not any(
        "ip" not in h.reading.words and "ip-" not in h.reading.low for h in doc.hits(_CHOICE)
    ):
        yield report(
            "risky-promise/whois-public",
            "warn",
            of(hits),
            f"registration data is public, and the text offers neither redaction nor a choice: {quote(h.reading.text for h in hits)}",
            hint="say which fields are published and for whom the registry redacts them, and offer a privacy service",
            law="GDPR Art. 5(1)(c), 25; PIPL Art. 25; ICANN Registration Data Policy",
        )


_SELLS = Phrase(
    r"\bdomain (?:name )?(?:registrations?|names?|orders?)\b|\bregister(?:s|ed|ing)? (?:a |your |the )?domains?\b|\bdomain names?\b"
)
_TOLD = Phrase(
    r"\bregistr(?:y|ies|ars?)\b|\bicann\b|\bescrow\b|\bwhois\b|\bpublic (?:director|databas|record)\w*"
)
# the rules of one ending are not those of the others
_ONE_ENDING = Phrase(r"\bfor \.[a-z]{2,12} (?:domains?|names?|registrations?)\b")


def untold(doc: Document) -> Iterator[Finding]:
    """Domains are sold, and nothing says that registries get and publish the data of owners (rule whois-missing)."""
    if doc.chinese or not doc.readings:
        return
    titled = _SELLS.search(doc.readings[0].low) is not None
    sold = [r for r in doc.body if _SELLS.search(r.low) and r.does("collect", "use", "share")]
    told = [r for r in doc.body if _TOLD.search(r.low)]
    partly = [r for r in told if _ONE_ENDING.search(r.low)]
    if titled and (not told or len(partly) == len(told)) and (partly or sold):
        yield report(
            "missing-mandatory/whois-missing",
            "warn",
            partly or sold[:2],
            "domains are sold, and nothing says which registries get the data of owners and what is published",
            hint="name the registries, registrars and escrow agents, what WHOIS shows, and how it can be hidden",
            law="GDPR Art. 13(1)(e); Cal. Bus. & Prof. 22575(b)(1); APP 5.2(f); ICANN RAA 3.7.7.4",
        )


DETECTORS = (public, untold)
