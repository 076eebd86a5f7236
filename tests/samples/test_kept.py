"""The sample provider after one round: what its sentences show, and that a hand in its stores is noticed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samples.hkcloud.provider.build import build
from samples.hkcloud.provider.generate import Wish
from tests.duties.sighting import hkcloud, sighted
from tests.enforcement.scene import run
from troth.duties import reminders, retention
from troth.duties.post import Outbox
from troth.duties.proofs.run import checks
from troth.duties.proofs.sight import Sight
from troth.model.policy import Proof
from troth.model.showing import Shown

SAMPLE = Path("samples/hkcloud")
NAMES = ("laws", "profiling", "provenance", "reminders", "contacts", "access-log")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sight]:
    """A tidy sample provider, swept and reminded once."""
    folder = tmp_path_factory.mktemp("kept")
    urls = {store: f"sqlite:///{folder / f'{store}.db'}" for store in ("accounts", "operations")}
    build(urls, Wish(60, faulty=False))
    text = (SAMPLE / "map.toml").read_text("utf-8")
    registers = {
        name: tomllib.loads((SAMPLE / "registers" / f"{name}.toml").read_text("utf-8")) for name in NAMES
    }
    with sighted(folder, urls, text[text.index("[[table]]") :], registers=registers) as sight:
        retention.sweep(sight.project, retention.planned(sight.project, hkcloud()))
        waiting = reminders.look(sight.project, hkcloud(), registers["reminders"]).waiting
        reminders.send(sight.project, hkcloud(), Outbox(folder / "outbox", "a@house.example"), waiting)
        yield sight


def ends(sight: Sight, promise: str, check: str) -> Shown:
    """How a check ends, looked at anew."""
    return checks()[check](replace(sight), hkcloud().by_id[promise], Proof(check))


KEPT = [
    ("account-cancellation", "no-rows-past-period"), ("order-retention", "sweep"), ("end-of-storage", "reidentification-test"),
    ("retention-schedule", "retention-schedule"), ("holds", "law-table"), ("declared-only", "data-map-complete"),
    ("declared-only", "provenance-complete"), ("usage-records", "metering-scope"),
    ("recommendations-off", "no-recommendation-after-opt-out"), ("access-right", "access-complete"),
    ("holds", "ledger-complete"), ("domain-reminder", "domain-reminder-log"),
    ("profiling-register", "profiling-register-complete"), ("contact-phone", "contact-probe"),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "check"), KEPT)
def test_kept(kept: Sight, promise: str, check: str) -> None:
    """After one round these sentences of the sample are kept."""
    found = ends(kept, promise, check)
    assert found.status == "kept", found.why


BREACHES = [
    (
        ("account-cancellation", "no-rows-past-period"),
        "insert into event_log (id, level, message, happened_at) values (9999999, 'info', 'x', '2020-01-01 00:00:00')",
        "delete from event_log where id = 9999999",
    ),
    (
        ("domain-reminder", "domain-reminder-log"),
        "update domains set expires_at = '2026-12-21 00:00:00' where id = 8",
        "update domains set expires_at = '2027-11-18 10:07:22' where id = 8",
    ),
]


@pytest.mark.parametrize(("named", "breach", "mend"), BREACHES)
def test_hand_in_the_stores(kept: Sight, named: tuple[str, str], breach: str, mend: str) -> None:
    """One row that is wrong breaks the sentence, and is kept again once it is mended."""
    run(kept.urls["operations"], breach)
    assert ends(kept, *named).status == "broken"
    run(kept.urls["operations"], mend)
    assert ends(kept, *named).status == "kept"
