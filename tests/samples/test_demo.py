"""The demo, as a new user runs it: every step works, and what is broken by hand is said."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cli.terminal import troth
from tests.house.tree import HOUSE


@pytest.mark.slow
def test_demo(tmp_path: Path) -> None:
    """The demo ends with the report; nothing is broken before a hand breaks it, and afterwards the right sentences are."""
    done = subprocess.run(
        ["sh", str(HOUSE / "scripts" / "demo.sh")],
        env={**os.environ, "OUT": str(tmp_path / "demo"), "CUSTOMERS": "120", "CI": "true"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "nothing was touched" in done.stdout
    page = (tmp_path / "demo" / "report.html").read_text("utf-8")
    assert "hkc-080" in page
    found = json.loads((tmp_path / "demo" / "report.json").read_text("utf-8"))
    statuses = {one["id"]: one["status"] for one in found["sentences"]}
    operational = [status for status in statuses.values() if status != "information"]
    assert len(operational) == 67
    assert operational.count("broken") == 0, [name for name, one in statuses.items() if one == "broken"]
    assert operational.count("kept") >= 45
    broken = (tmp_path / "demo" / "broken.txt").read_text("utf-8")
    assert "are stored as plain" in broken
    assert "past their period" in broken
    assert list((tmp_path / "demo" / "letters").glob("*.eml"))
    _deleted_consent(tmp_path / "demo")


def _deleted_consent(demo: Path) -> None:
    """A consent that somebody takes back and whose entry is deleted by hand: the next report and `verify` both say so."""
    cloud = demo / "cloud"
    with contextlib.closing(sqlite3.connect(demo / "accounts.db")) as link:
        sql = "select email from customers where email is not null and closed_at is null order by id"
        email = link.execute(sql).fetchone()[0]
    purpose = ("--purpose", "personalised-recommendations")
    troth("request", "withdraw", "-s", f"email={email}", *purpose, "-p", cloud)
    words = "the table of consents do not follow"
    assert words not in troth("report", "--json", "-p", cloud).out
    with contextlib.closing(sqlite3.connect(cloud / "state.db")) as link, link:
        sql = 'select max(seq) from ledger_entry where body like \'%"kind":"consent"%\''
        seq = link.execute(sql).fetchone()[0]
        link.execute("delete from ledger_entry where seq = ?", (seq,))
    report = troth("report", "--json", "-p", cloud)
    assert report.code == 1
    assert words in report.out
    checked = troth("verify", "-p", cloud)
    assert (checked.code, f"entry {seq} is missing" in checked.out + checked.err) == (1, True)
