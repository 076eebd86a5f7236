"""Consent receipts of a person, from the entries of the ledger (ISO/IEC TS 27560:2023 in the terms of the DPV).

One receipt for each purpose and scope, with every event in order. It carries a detached Ed25519 signature (JWS,
RFC 7515 and 7797) over its canonical JSON (RFC 8785) without the member `proof`.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from typing import Any

import rfc8785

from troth.enforcement.about import Notice
from troth.evidence.keyring import KeyRing
from troth.evidence.state import CONSENT_ACTIONS
from troth.model.entry import Entry

_STATUS = {
    "given": "dpv:ConsentGiven", "refused": "dpv:ConsentRefused", "withdrawn": "dpv:ConsentWithdrawn",
    "expired": "dpv:ConsentExpired",
}  # fmt: skip
_HEADER = {"alg": "EdDSA", "b64": False, "crit": ["b64"]}


def receipts(entries: Iterable[Entry], ring: KeyRing, notice: Notice) -> dict[str, bytes]:
    """The receipts of a person: text of each by name of its file.

    Args:
        entries: the ledger's about the person, oldest first.
        ring: its newest signing key signs.
        notice: whose policy it was.
    """
    events: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        purpose = entry.detail.get("purpose")
        if entry.kind == "consent" and isinstance(purpose, str) and entry.action in CONSENT_ACTIONS:
            events.setdefault((purpose, str(entry.detail.get("scope", ""))), []).append(entry)
    found: dict[str, bytes] = {}
    for (purpose, scope), some in sorted(events.items()):
        plain = "".join(c if c.isalnum() else "-" for c in f"{purpose}-{scope}".strip("-").lower())
        name, number = f"receipts/{plain}.json", 2
        while name in found:
            name, number = f"receipts/{plain}-{number}.json", number + 1
        receipt = _receipt((purpose, scope), some, notice)
        receipt["proof"] = {"type": "JsonWebSignature", "jws": _signed(ring, rfc8785.dumps(receipt))}
        found[name] = (json.dumps(receipt, indent=2, ensure_ascii=False) + "\n").encode()
    return found


def _receipt(what: tuple[str, str], events: Sequence[Entry], notice: Notice) -> dict[str, Any]:
    purpose, scope = what
    last = events[-1]
    return {
        "@context": {"dpv": "https://w3id.org/dpv#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dpv:ConsentRecord",
        "schema_version": "27560-2023",
        "receipt_id": f"{last.seq}",
        "pii_principal_id": last.subject,
        "profile": "dpv-27560:receipt-eu-gdpr",
        "processing": {
            "privacy_notice": last.policy,
            "language": notice.language,
            "purpose": purpose,
            "scope": scope,
            "controllers": [notice.controller or notice.provider],
            "withdrawal_method": "tell the controller; it is as easy as giving it",
            "lawful_basis": "dpv:Consent",
        },
        "parties": [{"party_type": "dpv:DataController", "name": notice.controller or notice.provider}],
        "events": [
            {
                "event_time": one.time,
                "event_type": "dpv:Consent",
                "event_state": _STATUS[CONSENT_ACTIONS[one.action]],
                "privacy_notice": one.policy,
                "promise": one.promise,
                "sentences": list(one.sentences),
                "collected_by": one.actor,
                "ledger_entry": one.seq,
            }
            for one in events
        ],
    }


def _signed(ring: KeyRing, payload: bytes) -> str:
    """A detached JWS: header and signature, with nothing between the dots."""
    header = _plain(json.dumps(_HEADER, separators=(",", ":")).encode())
    return f"{header}..{_plain(ring.signer.signature(header.encode() + b'.' + payload))}"


def _plain(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
