"""Tests of claims: one process at a time does some work, a dead one has it no longer, and who has it can be told."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from troth.model.errors import Taken, TrothError
from troth.state.claim import Claim, claim, claimed
from troth.state.migrate import migrate
from troth.state.task import last_done, note_done

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HELD = """
import sys, time
from datetime import UTC, datetime
from troth.state.claim import claim
with claim(sys.argv[1], "keep", "other 7", datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_claim_ends_with_its_process(address: str) -> None:
    """A process that works is named with the time it began; after a kill its work is free at once."""
    with subprocess.Popen([sys.executable, "-c", HELD, address], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert claimed(address, "keep") == Claim("other7", "2026-11-24T09:00:00Z")
        with (
            pytest.raises(Taken, match="busy: other7 since 2026-11-24T09:00:00Z"),
            claim(address, "keep", "me", AT, refusal="busy"),
        ):
            pass
        process.kill()
    began = time.monotonic()
    with claim(address, "keep", "me", AT):
        assert claimed(address, "keep") == Claim("me", "2026-11-24T09:30:00Z")
    assert time.monotonic() - began < 5
    assert claimed(address, "keep") is None


def test_works_do_not_meet(address: str) -> None:
    """Each work has a claim of its own, whatever it is called, and letting go of one leaves the others."""
    names = ["keep", "incident A/1", "incident A/2", "../keep"]
    with claim(address, names[0], "one", AT):
        for name in names[1:]:
            with claim(address, name, "two", AT):
                assert claimed(address, name) == Claim("two", "2026-11-24T09:30:00Z")
            assert claimed(address, name) is None
        with pytest.raises(Taken), claim(address, names[0], "two", AT):
            pass
        assert claimed(address, names[0]) == Claim("one", "2026-11-24T09:30:00Z")


def test_nothing_stays_beside_the_state(tmp_path: Path) -> None:
    """The file of a claim goes with it, also after an error, and one that a kill left behind is in nobody's way."""
    left = tmp_path / "state.db-claim-keep"
    left.write_text("troth dead 2026-01-01T00:00:00Z")
    assert claimed(str(tmp_path / "state.db"), "keep") is None
    with contextlib.suppress(ZeroDivisionError), claim(str(tmp_path / "state.db"), "keep", "me", AT):
        assert left.read_text() == "troth me 2026-11-24T09:30:00Z"
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_claim_that_was_lost(postgres_url: str) -> None:
    """Where the server ended the connection of a claim, its worker is told before it goes on."""
    with claim(postgres_url, "keep", "me", AT) as still:
        still()
        with psycopg.connect(postgres_url, autocommit=True) as other:
            other.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'troth me %'"
            )
        with pytest.raises(TrothError, match="does not"):
            still()


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    """Where the lock can not be made the message says so, instead of working without one."""
    with (
        pytest.raises(TrothError, match="can not be made"),
        claim(tmp_path / "gone" / "state.db", "keep", "me", AT),
    ):
        pass


def test_when_it_was_last_done(address: str) -> None:
    """The newest note counts, and before the first there is none."""
    migrate(address)
    assert last_done(address, "keep") == ""
    note_done(address, "keep", AT)
    note_done(address, "keep", AT.replace(hour=10))
    assert last_done(address, "keep") == "2026-11-24T10:30:00Z"
