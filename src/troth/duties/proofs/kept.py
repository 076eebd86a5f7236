"""The checks of stores, requests and the ledger, by the names that promises use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from troth.duties.proofs import holding, ledgers, periods, reminding, requests, stores
from troth.duties.proofs.sight import Check

KEPT: Mapping[str, Check] = MappingProxyType(
    {
        "no-rows-past-period": periods.no_rows_past_period,
        "sweep": periods.sweep,
        "retention-schedule": periods.retention_schedule,
        "law-table": periods.law_table,
        "reidentification-test": periods.reidentification_test,
        "data-map-complete": stores.data_map_complete,
        "data-map-drift": stores.data_map_drift,
        "provenance-complete": stores.provenance_complete,
        "metering-scope": stores.metering_scope,
        "no-recommendation-after-opt-out": stores.no_recommendation_after_opt_out,
        "domain-reminder-log": reminding.domain_reminder_log,
        "location-register": stores.location_register,
        "request-timeline": requests.request_timeline,
        "complaint-timeline": requests.complaint_timeline,
        "opt-out-timeline": requests.opt_out_timeline,
        "requester-verification": requests.requester_verification,
        "refusal-register": requests.refusal_register,
        "consent-ledger": requests.consent_ledger,
        "rectification-propagated": requests.rectification_propagated,
        "inbox-monitoring": requests.inbox_monitoring,
        "investigation-file": requests.investigation_file,
        "erasure-search": holding.erasure_search,
        "erasure-replay": holding.erasure_replay,
        "erased-after-release": holding.erased_after_release,
        "erased-after-case": holding.erased_after_case,
        "hold-register-complete": holding.hold_register_complete,
        "restriction-effective": holding.restriction_effective,
        "no-read-outside-hold-purposes": holding.no_read_outside_hold_purposes,
        "ledger-complete": ledgers.ledger_complete,
        "access-complete": ledgers.access_complete,
    }
)
