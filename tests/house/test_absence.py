"""What happens on a machine without the servers."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.house.tree import HOUSE

WITHOUT_SERVERS = """
import sys
import pytest
from tests import servers
servers.postgres_folder = servers.mariadb_programs = servers.chromium_path = lambda: None
sys.exit(pytest.main(["tests/house/test_servers.py", "-p", "no:cacheprovider", "-k", "answers or opens"]))
"""


def run(*, ci: str) -> tuple[int, list[str]]:
    """Run tests that need servers as if there were none; return the exit code and the lines at the end."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SERVERS],
        cwd=HOUSE,
        env={**os.environ, "CI": ci},
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout.splitlines()


def test_absence_is_said_last() -> None:
    """A person without the servers sees at the end what was not tested, why, and what to install."""
    code, lines = run(ci="")
    said = next(number for number, line in enumerate(lines) if " not tested here " in line)
    told = [line.partition(" (")[0] for line in lines[said + 1 : -1] if line]
    assert code == 0
    assert told == [f"1 x {name} is not installed" for name in ("Chromium", "MariaDB", "PostgreSQL")]
    assert "3 skipped" in lines[-1]


def test_absence_fails_where_nothing_may_be_left_out() -> None:
    """In continuous integration a missing server is a failure, so that green means that all was tested."""
    code, lines = run(ci="true")
    assert code == 1
    assert "2 failed" in lines[-1]
    assert "1 error" in lines[-1]
