"""Protection that is left to people's choice, or that the text says is not there, and news of a breach at a speed nobody keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

LAW = "GDPR Art. 5(1)(f), 32; PIPL Art. 51; PDPO DPP4; PDPA s. 24; FTC Act 5; PCI DSS 4, 6, 11"

_SENT = r"(?:transmission|transfer|connections?|channels?|methods?|modes?|forms?|servers?|pages?|checkout)"
_CHOICE = Phrase(
    rf"\b(?:option|choice|possibility|opportunity|able|choose|may (?:wish|prefer|choose)|can (?:choose|opt)|if you (?:wish|prefer|like))\b[^.;]{{0,60}}\b(?:secured?|encrypted|ssl|https|safe) (?:\w+ ){{0,3}}?{_SENT}\b|"
    rf"\b(?:secured?|encrypted|ssl|https) (?:\w+ ){{0,3}}?{_SENT}\b[^.;]{{0,40}}\b(?:is|are|as an?) (?:\w+ )?(?:option(?:al)?|available (?:on|upon) request)\b|"
    rf"(?:可(?:以)?选择|选择是否)[^。；]{{0,12}}(?:加密|安全)(?:的)?(?:传输|连接|方式|通道)"
)
_VALUABLE = Phrase(
    r"\b(?:cards?|passwords?|personal|payment|financial|bank|account|sensitive|private|identifiers?|contact)\b|密码|银行卡|信用卡|个人信息|支付"
)
_PHYSICAL = Phrase(
    r"\b(?:sell|buy|order|upgrade|certificates?|products?|plans?|packages?|for your (?:web)?sites?)\b"
)
_NOT_DONE = Phrase(
    r"\b(?:do|does) not (?:currently )?(?:use|perform|carry out|run|employ|conduct|do|have|apply|undertake|need) (?:any |an |a |regular )?(?:vulnerability|malware|virus|penetration|intrusion|security|pci|network) ?(?:\w+ )?(?:scan\w*|test\w*|detection|audits?|assessments?|reviews?|protection|software|checks?)\b|"
    r"\b(?:not|never) (?:\w+ )?scann?ed (?:for|to) (?:\w+ ){0,3}?(?:malware|vulnerabilit\w+|security holes|virus\w*|pci)|"
    r"\b(?:passwords?|data|information|details|cards?|records|backups|databases?) (?:\w+ ){0,3}?(?:is|are) (?:stored |kept |sent |transmitted )?(?:not encrypted|unencrypted|in (?:plain|clear) ?text)\b|"
    r"不(?:进行|使用|做)(?:任何)?(?:漏洞|恶意软件|病毒|渗透|安全)(?:扫描|检测|测试)"
)


def optional(doc: Document) -> Iterator[Finding]:
    """Safe transmission as an option, and scans or encryption that are said to be missing (rule security-lacking)."""
    hits = [h for h in doc.hits(_CHOICE) if _protects(doc, h) and not _PHYSICAL.search(h.reading.low)]
    hits += [h for h in doc.hits(_NOT_DONE) if "e-mail" not in h.reading.low and "email" not in h.reading.low]
    if hits:
        yield report(
            "risky-promise/security-lacking",
            "block",
            of(hits),
            f"what the law expects of everybody who keeps such data is optional or missing: {quoted(hits)}",
            hint="encrypt what people send in any case, scan and patch what stores it, and write what is done",
            law=LAW,
        )


def _protects(doc: Document, hit: Hit) -> bool:
    """Whether personal data, cards or passwords go over what is left to choice, told there or in the list below."""
    return any(_VALUABLE.search(r.low) for r in doc.near(hit.reading, 0, 3))


_TOLD = Phrase(r"\b(?:notif(?:y|ied)|inform|tell|alert|contact|e-?mail)\b")
_HOURS = re.compile(r"\bwithin (?:(\d{1,2})|(one|two|three|four|six|eight|twelve|twenty-four)) (hours?)\b")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "twelve": 12, "twenty-four": 24}
_BREACH = Phrase(
    r"\b(?:(?:data|security|privacy) (?:breach|incident|leak)|breach(?:es)?|hacked|compromised|intrusion)\b"
)
_AFTER = Phrase(
    r"\b(?:of (?:discover|becom|learn|detect|confirm|notic|being aware)\w*|after (?:we|discover|becom|learn|detect|confirm|notic)\w*|from (?:the )?(?:discovery|detection|moment)|once we)\b"
)
_STATUTORY = 72


def _hours(reading: Reading) -> int | None:
    match = _HOURS.search(reading.low)
    return int(match[1] or _NUMBERS[match[2]]) if match else None


def too_fast(doc: Document) -> Iterator[Finding]:
    """Every user told of a breach within some hours, and from no stated moment (rule breach-promise)."""
    hits = [
        Hit(r, match[0])
        for r in doc.body
        if "hour" in r.low
        for match in (_HOURS.search(r.low),)
        if match
        and (_hours(r) or 0) < _STATUTORY
        and _TOLD.search(r.low)
        and any(_BREACH.search(n.low) for n in doc.near(r, 2, 0))
        and not any(_AFTER.search(n.low) for n in doc.near(r, 1, 0))
        and not {"authority", "commissioner", "regulator", "controller", "support"} & r.words
    ]
    if hits:
        yield report(
            "risky-promise/breach-promise",
            "warn",
            of(hits),
            f"users are told of every breach {quoted(hits)}, counted from no stated moment; hardly anybody keeps that",
            hint="say from when the time runs, which breaches are told, and take the time that the law gives",
            law="GDPR Art. 33-34; Cal. Civ. 1798.82; PIPL Art. 57; FTC Act 5",
        )


DETECTORS = (optional, too_fast)
