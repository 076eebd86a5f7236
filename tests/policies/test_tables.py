"""The parser's tables are kept between runs, and only where nobody else could have put them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
from troth.policy.parse import parse_block
print(parse_block("define a = name\\n", "f", 1).data)
"""


def parse(cache: Path) -> str:
    """What a process of its own prints, with this cache folder."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_tables_are_kept_and_used(tmp_path: Path) -> None:
    """The first run writes them for this user only; the second reads them and parses alike."""
    assert parse(tmp_path) == "start\n"
    kept = tmp_path / "troth" / "grammar.tables"
    assert kept.exists()
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert parse(tmp_path) == "start\n"


def test_damaged_tables_are_made_again(tmp_path: Path) -> None:
    """What can not be read is built anew."""
    parse(tmp_path)
    (tmp_path / "troth" / "grammar.tables").write_bytes(b"nonsense")
    assert parse(tmp_path) == "start\n"


def test_a_folder_of_others_is_not_used(tmp_path: Path) -> None:
    """A folder that others can write to, or none at all, keeps nothing and still parses."""
    folder = tmp_path / "troth"
    folder.mkdir()
    folder.chmod(0o777)
    assert parse(tmp_path) == "start\n"
    assert list(folder.iterdir()) == []
    assert parse(Path("/dev/null/nowhere")) == "start\n"
