"""Tests of the keys of people: what is sealed, and that a destroyed key takes it away."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.lines import OTHER, SUBJECT, counting, entries, entry, ring
from troth.evidence.errors import KeyMissing, LedgerDamaged
from troth.evidence.keyring import retire, rotate
from troth.evidence.keys import KEYS, SubjectKeys, destroy
from troth.evidence.open import open_ledger
from troth.evidence.sqlite import SqliteLedger
from troth.evidence.verify import verify

FIELDS = {"name": "Jo Doe", "note": "搬家", "tickets": [1, 2]}
TEMPLATE = entry(action="destroy", counts={})


def clock() -> datetime:
    """The time of the second entry."""
    return datetime(2026, 11, 22, 9, 31, tzinfo=UTC)


def test_seal_and_open(address: str) -> None:
    """Fields come back to the person and table that they were sealed for, and to no other."""
    with open_ledger(address, signer=ring().signer, projections=[KEYS]) as ledger:
        keys = SubjectKeys(ledger, ring())
        sealed = keys.seal(SUBJECT, "crm.ticket", FIELDS)
        assert keys.open(SUBJECT, "crm.ticket", sealed) == FIELDS
        assert keys.seal(SUBJECT, "crm.ticket", FIELDS) != sealed
        assert b"Jo Doe" not in sealed
        with pytest.raises(LedgerDamaged, match="another person or table"):
            keys.open(SUBJECT, "crm.order", sealed)
        keys.make([OTHER])
        with pytest.raises(KeyMissing):
            keys.open(OTHER, "crm.ticket", sealed)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 80), flip=st.integers(1, 255))
def test_changed_details_do_not_open(tmp_path: Path, at: int, flip: int) -> None:
    """No changed byte of sealed details goes unnoticed, whichever it is."""
    with SqliteLedger(tmp_path / "l.db", signer=ring().signer, projections=[KEYS]) as ledger:
        keys = SubjectKeys(ledger, ring())
        sealed = bytearray(keys.seal(SUBJECT, "crm.ticket", FIELDS))
        at = 1 + at % (len(sealed) - 1)
        sealed[at] ^= flip
        with pytest.raises((LedgerDamaged, KeyMissing)):
            keys.open(SUBJECT, "crm.ticket", bytes(sealed))


def test_destroy(address: str) -> None:
    """A destroyed key takes its details away, others' stay, and both events have evidence."""
    with open_ledger(address, signer=ring().signer, projections=[KEYS]) as ledger:
        keys = SubjectKeys(ledger, ring())
        gone, stays = (keys.seal(person, "crm.ticket", FIELDS) for person in (SUBJECT, OTHER))
        first, left = destroy(ledger, [SUBJECT, "01" + "ee" * 32], TEMPLATE, clock)
        with pytest.raises(KeyMissing, match="nobody can read"):
            keys.open(SUBJECT, "crm.ticket", gone)
        assert keys.open(OTHER, "crm.ticket", stays) == FIELDS
        evidence = list(ledger.read(first))
    assert [(e.kind, e.outcome) for e in evidence[:2]] == [
        ("key-destroyed", "done"),
        ("key-destroyed", "nothing found"),
    ]
    assert (evidence[2].kind, evidence[2].counts, evidence[2].time) == (
        "purged",
        {"keys": 1},
        "2026-11-22T09:31:00Z",
    )
    assert evidence[2].outcome == ("partly" if left else "done")
    assert bool(left) == address.startswith("postgresql")


def test_a_key_made_again_is_another_key(address: str) -> None:
    """A person who comes back gets a new key; what the old one sealed stays unreadable."""
    with open_ledger(address, signer=ring().signer, projections=[KEYS]) as ledger:
        keys = SubjectKeys(ledger, ring())
        old = keys.seal(SUBJECT, "crm.ticket", FIELDS)
        destroy(ledger, [SUBJECT], TEMPLATE, clock)
        new = keys.seal(SUBJECT, "crm.ticket", FIELDS)
        assert keys.open(SUBJECT, "crm.ticket", new) == FIELDS
        with pytest.raises(KeyMissing, match="sealed with a key that is destroyed"):
            keys.open(SUBJECT, "crm.ticket", old)


def test_the_bytes_of_a_destroyed_key_are_gone(tmp_path: Path) -> None:
    """After destruction no byte of the wrapped key is left in the file or its log, and a copy does not help."""
    path = tmp_path / "ledger.db"
    with SqliteLedger(path, signer=ring().signer, projections=[KEYS]) as ledger:
        keys = SubjectKeys(ledger, ring())
        people = [f"01{number:064x}" for number in range(200)]
        keys.make(people)
        ledger.append(entries(50))
        sealed = keys.seal(people[7], "crm.ticket", FIELDS)
        rows = ledger.query("select subject, wrapped from subject_key")
        doomed = {wrapped for subject, wrapped in rows if subject in people[5:15]}
        assert any(wrapped.encode() in content(tmp_path) for wrapped in doomed)
        _, left = destroy(ledger, people[5:15], TEMPLATE, clock)
        assert left == ""
        assert not any(wrapped.encode() in content(tmp_path) for wrapped in doomed)
        assert not any(bytes.fromhex(wrapped) in content(tmp_path) for wrapped in doomed)
        kept = [wrapped for _, wrapped in rows if wrapped not in doomed]
        assert all(wrapped.encode() in content(tmp_path) for wrapped in kept)
    copy = Path(shutil.copytree(tmp_path, tmp_path.with_name("copy")))
    with (
        SqliteLedger(copy / "ledger.db", signer=ring().signer, projections=[KEYS]) as ledger,
        pytest.raises(KeyMissing),
    ):
        SubjectKeys(ledger, ring()).open(people[7], "crm.ticket", sealed)
    assert verify(path).ok


def content(folder: Path) -> bytes:
    """All bytes of all files of a ledger."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("ledger.db*")))


def test_somebody_who_reads_delays_the_purge(tmp_path: Path) -> None:
    """While an old reader needs the log, the purge is reported as partly, with what is left."""
    path = tmp_path / "ledger.db"
    with SqliteLedger(path, signer=ring().signer, projections=[KEYS], patience=0.05) as ledger:
        SubjectKeys(ledger, ring()).make([SUBJECT])
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("begin")
        reader.execute("select count(*) from subject_key").fetchall()
        first, left = destroy(ledger, [SUBJECT], TEMPLATE, clock)
        reader.execute("rollback")
        reader.close()
        assert left == "the log of ledger.db, while somebody reads it"
        purged = list(ledger.read(first))[-1]
        assert (purged.outcome, purged.detail["left"]) == ("partly", left)
        assert ledger.scrub() == ""


def test_rotating_the_wrapping_key(address: str) -> None:
    """Keys wrapped again open under the new ring alone; keys in an older copy do not."""
    older, newer = ring(), rotate(ring(), "wrapping", counting())
    with open_ledger(address, signer=ring().signer, projections=[KEYS]) as ledger:
        sealed = SubjectKeys(ledger, older).seal(SUBJECT, "crm.ticket", FIELDS)
        copy = ledger.query("select version, wrapped from subject_key")[0]
        assert SubjectKeys(ledger, newer).rewrap() == 1
        assert SubjectKeys(ledger, newer).rewrap() == 0
        lean = SubjectKeys(ledger, retire(newer, "wrapping"))
        assert lean.open(SUBJECT, "crm.ticket", sealed) == FIELDS
        ledger.write(lambda run: run("update subject_key set version = ?, wrapped = ?", copy))
        with pytest.raises(KeyMissing, match="no wrapping key of version 1"):
            lean.open(SUBJECT, "crm.ticket", sealed)


def test_a_wrapped_key_that_was_changed(address: str) -> None:
    """A wrapped key that was changed is noticed."""
    with open_ledger(address, signer=ring().signer, projections=[KEYS]) as ledger:
        keys = SubjectKeys(ledger, ring())
        sealed = keys.seal(SUBJECT, "crm.ticket", FIELDS)
        ledger.write(lambda run: run("update subject_key set wrapped = ?", ("00" * 40,)))
        with pytest.raises(LedgerDamaged, match="a wrapped key was changed"):
            keys.open(SUBJECT, "crm.ticket", sealed)


def test_randomness_is_an_argument(tmp_path: Path) -> None:
    """The same randomness gives the same bytes, so nothing else is random."""
    sealed = []
    for name in ("a.db", "b.db"):
        with SqliteLedger(tmp_path / name, signer=ring().signer, projections=[KEYS]) as ledger:
            sealed.append(SubjectKeys(ledger, ring(), counting()).seal(SUBJECT, "crm.ticket", FIELDS))
    assert sealed[0] == sealed[1]
