"""What goes out of the sample provider: kept as it is made, broken by rows changed by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from samples.hkcloud.provider.build import build
from samples.hkcloud.provider.generate import Wish
from tests.duties.sighting import shown, sighted
from tests.enforcement.scene import run
from troth.duties.proofs.sight import Sight
from troth.duties.sharing import take_up

SAMPLE = Path("samples/hkcloud")
NAMES = ("recipients", "demands", "incidents", "messages", "versions")


@pytest.fixture
def tidy(tmp_path: Path) -> Iterator[Sight]:
    """A sample provider without breaches on purpose, whose disclosures were taken up."""
    urls = {}
    for store in ("accounts", "operations"):
        (tmp_path / f"{store}.db").touch(mode=0o600)
        urls[store] = f"sqlite:///{tmp_path / f'{store}.db'}"
    build(urls, Wish(60, faulty=False))
    registers = {
        name: tomllib.loads((SAMPLE / "registers" / f"{name}.toml").read_text("utf-8")) for name in NAMES
    }
    text = (SAMPLE / "map.toml").read_text("utf-8")
    with sighted(tmp_path, urls, text[text.index("[[table]]") :], registers=registers) as sight:
        assert take_up(sight.project, registers["recipients"], sight.policy) > 0
        yield sight


JADE = " where recipient_id = 1"
ROW = (
    "insert into exports (id, recipient_id, account_id, purpose, categories, exported_at) values"
    " (9001, 1, 1, 'payment', 'payment-information', '2026-10-01 00:00:00')"
)
DEMAND = (
    "insert into legal_requests (id, document_no, authority, document, account_id, scope, decision, approved_by, received_at,"
    " decided_at) values (9001, 'LR-9', 'Court', 'warrant', 1, 'name', 'granted', 'legal', '2026-01-05 00:00:00',"
    " '2026-01-06 00:00:00')"
)


@pytest.mark.parametrize(
    ("promise", "check", "store", "breach"),
    [
        ("disclosure-log", "sharing-ledger", "operations", ROW),
        (
            "payment-sharing",
            "sharing-ledger",
            "operations",
            f"update exports set purpose = 'marketing'{JADE}",
        ),
        ("payment-sharing", "egress-fields", "operations", f"update exports set categories = 'name'{JADE}"),
        (
            "registered-recipients",
            "recipient-register-complete",
            "operations",
            f"update exports set recipient_id = 99{JADE}",
        ),
        (
            "necessary-sharing",
            "agreement-gate",
            "operations",
            f"update exports set exported_at = '2014-01-01 00:00:00'{JADE}",
        ),
        ("told-of-disclosure", "disclosure-notice-log", "operations", DEMAND),
        ("incident-response", "breach-timeline", "accounts", "update incident_persons set told_at = null"),
        (
            "change-notice",
            "notice-before-effective",
            "accounts",
            "update policy_acceptances set notified_at = null",
        ),
        (
            "no-consent-by-use",
            "version-applied",
            "accounts",
            "update policy_acceptances set first_use_at = '2010-01-01 00:00:00'",
        ),
        ("no-consent-by-use", "acceptance-records", "accounts", "delete from policy_acceptances"),
        (
            "policy-versions",
            "version-register",
            "accounts",
            "update policy_versions set effective_at = '2020-01-01 00:00:00'",
        ),
        (
            "service-messages",
            "message-classes",
            "accounts",
            "update messages_sent set message_class = 'newsletter' where id = 1",
        ),
    ],
)
def test_hand_in_the_stores(tidy: Sight, promise: str, check: str, store: str, breach: str) -> None:
    """Each check holds on the tidy sample, and rows changed by hand break it at the next look."""
    before = shown(tidy, promise, check)
    assert before.status == "kept", before.why
    run(tidy.urls[store], breach)
    assert shown(tidy, promise, check).status == "broken"
