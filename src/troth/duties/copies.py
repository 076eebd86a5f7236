"""The copies of data that a request is answered with: one file, and earlier ones that hold rows which are gone since."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from troth.model.outcome import Outcome

_NAME = re.compile(r"request-([0-9]+)(?:-earlier-[0-9]+)?\.zip")
EARLIER = "an earlier copy holds rows that are gone since; give both"


def made(target: Path, make: Callable[[Path], Outcome]) -> tuple[Outcome, tuple[Path, ...]]:
    """Make a copy, and keep those made for the same request before where they hold more of any table.

    Args:
        target: the file.
        make: writes it, and says what became of it; a file of a person who is not found is taken away.

    Returns:
        The outcome, `done` instead of `nothing found` where an earlier copy is kept; and the earlier copies that are kept.
    """
    if target.exists():
        number = len(_earlier(target)) + 1
        target.replace(target.with_name(f"{target.stem}-earlier-{number}.zip"))
    outcome = make(target)
    if outcome.word == "nothing found":
        target.unlink()
    rows = {place: counts.get("collected", 0) for place, counts in outcome.counts.items()}
    kept = []
    for one in _earlier(target):
        if any(held > rows.get(place, 0) for place, held in _rows(one).items()):
            kept.append(one)
        else:
            one.unlink()
    if kept and outcome.word == "nothing found":
        outcome = replace(outcome, word="done")
    return outcome, tuple(kept)


def _earlier(target: Path) -> list[Path]:
    return sorted(target.parent.glob(f"{target.stem}-earlier-*.zip"))


def _rows(copy: Path) -> dict[str, int]:
    """How many rows of which table a copy holds."""
    with zipfile.ZipFile(copy) as bundle:
        files = json.loads(bundle.read("index.json"))["files"]
    return {one["source"]: one["rows"] for one in files}


def lying(folder: Path) -> dict[str, list[Path]]:
    """The copies in a folder by the request that they answer."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("request-*.zip")):
        if named := _NAME.fullmatch(path.name):
            found.setdefault(named[1], []).append(path)
    return found
