"""The checks of sharing, disclosure, incidents and notices, by the names that promises use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from troth.duties.proofs import demands, incidents, notices, sharing, versions
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
        "legal-review-record": demands.legal_review_record,
        "disclosure-notice-log": demands.disclosure_notice_log,
        "undertaking-record": demands.undertaking_record,
        "transfer-manifest": demands.transfer_manifest,
        "breach-timeline": incidents.breach_timeline,
        "incident-exercise": incidents.incident_exercise,
        "notice-delivery": incidents.notice_delivery,
        "version-register": notices.version_register,
        "publication-gate": notices.publication_gate,
        "publication-crawl": notices.publication_crawl,
        "notice-before-effective": notices.notice_before_effective,
        "acceptance-records": notices.acceptance_records,
        "version-applied": notices.version_applied,
        "every-subject-on-accepted-version": versions.on_accepted_version,
        "message-classes": notices.message_classes,
        "send-refusal": notices.send_refusal,
        "service-notice-template-review": notices.template_review,
    }
)
