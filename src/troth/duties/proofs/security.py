"""The checks of security, by the names that promises use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from troth.duties.proofs import attested, evaluation, grants, stored, training, transport
from troth.duties.proofs.sight import Check

SECURITY: Mapping[str, Check] = MappingProxyType(
    {
        "password-hash-scan": stored.password_hash_scan,
        "encryption-scan": stored.encryption_scan,
        "card-scan": stored.card_scan,
        "credential-hygiene": stored.credential_hygiene,
        "transport-scan": transport.transport_scan,
        "encrypted-channel-only": transport.encrypted_channel_only,
        "location-check": transport.location_check,
        "grant-review": grants.grant_review,
        "access-log-review": grants.access_log_review,
        "authentication-test": grants.authentication_test,
        "training-register": training.training_register,
        "training-and-acceptance": training.training_and_acceptance,
        "staff-access-suspended": training.staff_access_suspended,
        "detector-run-log": evaluation.detector_run_log,
        "probe": evaluation.probe,
        "finding-timeline": evaluation.finding_timeline,
        "pentest-report": evaluation.pentest_report,
        "security-attestation": evaluation.security_attestation,
        "incident-exercise": attested.attested,
    }
)
