"""The demo, as a new user runs it: every step works, and what is broken by hand is said."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

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
