"""The checks of decisions, choices, contacts and cookies, by the names that promises use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from troth.duties.proofs import attested, cookies, decisions, reaching
from troth.duties.proofs.sight import Check

DECIDED: Mapping[str, Check] = MappingProxyType(
    {
        "refusal-test": decisions.refusal_test,
        "access-decision": decisions.access_decision,
        "consent-required": decisions.consent_required,
        "content-access-per-case": decisions.content_access_per_case,
        "no-implied-consent": decisions.no_implied_consent,
        "switch-test": decisions.switch_test,
        "collection-refusal": decisions.collection_refusal,
        "purpose-register": decisions.purpose_register,
        "balancing-record": attested.attested,
        "cookie-register": cookies.cookie_register,
        "cookie-scan": cookies.cookie_scan,
        "cookie-content-scan": cookies.cookie_content_scan,
        "cookie-gate": cookies.cookie_gate,
        "profiling-register-complete": cookies.profiling_register_complete,
        "contact-probe": reaching.contact_probe,
        "self-service-test": reaching.self_service_test,
        "withdrawal-parity": reaching.withdrawal_parity,
        "withdrawal-effective": reaching.withdrawal_effective,
    }
)
