"""Lists of data named by abbreviations only, which the text spells out nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

# What every reader of a policy knows, or the trade never spells out.
_KNOWN = frozenset(
    "AES AML API ASN BIC CCPA CDN CPRA CPU CSS CVV DKIM DMARC DNS DSS EEA FAQ FTP GAID GDPR GPS GPU GUID HIPAA HTML HTTP HTTPS IBAN ICANN "
    "ICCID ICP IDFA IDFV IMAP IMEI IMSI IP ISO ISP KYC MAC MEID MMS NFC OAID PCI PDF PHP PIN POP POP3 RAM RDAP RSA SDK SFTP SHA SIM SMS SMTP SOC SPF SSD "
    "SSH SSL SWIFT TCP TLD TLS UDP URI URL USA USB UTC UUID VAT VIN VPN VPS WHOIS WIFI XML JSON PIPL PDPO PDPA".split()
)
_RUN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]{1,7}(?:\s?(?:[、,/，]| and | or |和|及|或)\s?[A-Z][A-Z0-9]{1,7})+(?![A-Za-z0-9])"
)
_NAME = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_ABOUT = re.compile(
    r"identif|\bids?\b|numbers?|codes?|tokens?|keys?|识别码|标识|编号|代码|号码", re.IGNORECASE
)
_FEW = 2


def abbreviations(doc: Document) -> Iterator[Finding]:
    """Identifiers that only their inventors can read (rule term-undefined)."""
    found: dict[str, list[Reading]] = {}
    for reading in doc.body:
        run = _RUN.search(reading.text)
        if not run or not _ABOUT.search(reading.text):
            continue
        strange = [
            n for n in _NAME.findall(run[0]) if n not in _KNOWN and len(n) > _FEW and not _spelt_out(doc, n)
        ]
        if len(strange) >= _FEW and any(n.endswith("ID") for n in strange):
            for name in strange:
                found.setdefault(name, []).append(reading)
    yield from _unread(found, "abbreviations that are", "what each of them is")


_CUSTOMERS = re.compile(
    r"(?<![A-Za-z0-9-])([A-Z]{4,6}) ?(?:服务|业务|产品|计划|项目)?(?:的)?(?:客户|用户|会员)|(?<![A-Za-z0-9-])([A-Z]{4,6}) (?:service |programme? |plan )?(?:customers|clients|members|subscribers|users)\b"
)
_NAMED = Phrase(
    r"\b[a-z]{4,6} (?:service |programme? |plan )?(?:customers|clients|members|subscribers|users)\b|[a-z]{4,6} ?(?:服务|业务|产品|计划|项目)?的?(?:客户|用户|会员)"
)
_LOUD = re.compile(r"^[^a-z\u4e00-\u9fff]*$")


def customers(doc: Document) -> Iterator[Finding]:
    """A group of customers named by letters, for whom something else holds (rule term-undefined)."""
    found: dict[str, list[Reading]] = {}
    own = " ".join(p.name for p in doc.parties)
    for hit in doc.hits(_NAMED):
        reading = hit.reading
        match = _CUSTOMERS.search(reading.text)
        name = (match[1] or match[2]) if match else ""
        if (
            name
            and name not in _KNOWN
            and name not in own
            and not _spelt_out(doc, name)
            and not _LOUD.search(reading.text)
        ):
            found.setdefault(name, []).append(reading)
    yield from _unread(found, "customers named by letters that are", "who they are")


def _unread(found: dict[str, list[Reading]], what: str, meant: str) -> Iterator[Finding]:
    if found:
        yield report(
            "undefined-term/term-undefined",
            "info",
            [r for rs in found.values() for r in rs],
            f"{what} spelled out nowhere: {quote(found)}",
            hint=f"say in plain words {meant}",
            law="GDPR Art. 12(1); PIPL Art. 17(1)",
        )


def _spelt_out(doc: Document, name: str) -> bool:
    spot = re.compile(
        rf"[(（][^)）]*\b{name}\b[^)）]*[)）]|(?<![A-Za-z0-9]){name} ?(?:[(（:：]|means\b|stands\b|is\b|refers\b|是指|即|为)"
    )
    return any(name in r.text and spot.search(r.text) for r in doc.readings)


DETECTORS = (abbreviations, customers)
