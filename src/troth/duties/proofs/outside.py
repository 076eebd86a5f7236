"""The checks of sharing, disclosure, incidents and notices, by the names that promises use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from troth.duties.proofs import sharing
from troth.duties.proofs.sight import Check

OUTSIDE: Mapping[str, Check] = MappingProxyType(
    {
        "recipient-register": sharing.recipient_register,
        "recipient-register-complete": sharing.recipient_register_complete,
        "sharing-ledger": sharing.sharing_ledger,
        "egress-fields": sharing.egress_fields,
        "agreement-gate": sharing.agreement_gate,
        "agreement-register": sharing.agreement_register,
        "recipient-assurance": sharing.recipient_assurance,
    }
)
