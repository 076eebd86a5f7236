"""A round of everything that is due, when one request of it can not be carried out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from tests.project.shop import Shop
from troth.app.project import open_project
from troth.app.rounds import keep_once
from troth.settings import environment, load

ASK = ("request", "erase", "--verified", "session", "-s")


def test_one_bad_request(little: Shop) -> None:
    """A request on which Troth itself stumbles is noted there and fails the round, and all others are carried out."""
    bad = little.json(*ASK, "email=ada@example.org")["request"]
    good = little.json(*ASK, "email=bob@example.org")["request"]
    with open_project(load(little.folder, environment())) as opened:
        files = opened.desk.files
        kept = files.open(bad)
        files.write(bad, {"no_undo": "", "facts": None})
        later = opened.desk.now + timedelta(hours=73)
    plan = little.troth("plan", "--at", later.isoformat(), "--json")
    assert plan.code == 0
    assert [(one["what"], one["request"]) for one in plan.json["items"] if one["request"]] == [
        ("mend", bad), ("carry out", good),
    ]  # fmt: skip
    with open_project(load(little.folder, environment()), clock=lambda: later) as opened:
        report = keep_once(opened, "a test")
    words = [word for title, word, _ in report.done if "request" in title]
    assert (words[0].startswith("not done: "), words[1], report.failed) == (True, "done", True)
    assert [row[0] for row in little.rows("customers")] == [1, 3]
    assert "fault of Troth itself (KeyError" in str(little.json("request", "show", bad)["story"])
    with open_project(load(little.folder, environment()), clock=lambda: later) as opened:
        opened.desk.files.write(bad, kept)
        assert [word for title, word, _ in keep_once(opened, "a test").done if bad in title][-1] == "done"


KEEPING = """
import sys, time
from datetime import datetime
from pathlib import Path
from troth.app.project import open_project
from troth.app.rounds import keep_once
from troth.settings import environment, load

def stuck(event):
    print("working", flush=True)
    time.sleep(60)

later = datetime.fromisoformat(sys.argv[2])
with open_project(load(Path(sys.argv[1]), environment()), watch=stuck, clock=lambda: later) as opened:
    keep_once(opened, "the-other-one")
"""


def test_a_round_that_was_killed(little: Shop) -> None:
    """While a process is at it others name it and end with 3; after `kill -9` the next round does the work at once."""
    request = little.json(*ASK, "email=ada@example.org")["request"]
    with open_project(load(little.folder, environment())) as opened:
        later = (opened.desk.now + timedelta(hours=73)).replace(microsecond=0)
    since = later.isoformat().replace("+00:00", "Z")
    words = [sys.executable, "-c", KEEPING, str(little.folder), since]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"working\n"
        told = little.troth("keep")
        assert (told.code, told.out) == (
            3, f"another worker is at it: the-other-one since {since}; nothing was done here\n",
        )  # fmt: skip
        assert little.troth("keep", "--json").json == {
            "done": [], "changed": [], "purged": [], "busy": True, "holder": "the-other-one", "since": since,
        }  # fmt: skip
        assert f"a round is running: the-other-one since {since}" in little.troth("status").out
        process.kill()
    assert "round" not in little.troth("status").out
    with open_project(load(little.folder, environment()), clock=lambda: later) as opened:
        assert [word for title, word, _ in keep_once(opened, "me").done if f"request {request}" in title] == [
            "done"
        ]
    assert [row[0] for row in little.rows("customers")] == [2, 3]
    assert f"last round: {since}" in little.troth("status").out


def test_rounds_go_on_when_a_store_is_away(little: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is away for a while ends no `keep --every`: it is told, and the next round does the work."""
    place, away = little.folder.parent / "shop.db", little.folder.parent / "away.db"
    pauses: Iterator[Callable[[], object]] = iter(
        [lambda: place.rename(away), lambda: away.rename(place), lambda: sys.exit(0)]
    )
    monkeypatch.setattr("troth.cli.keep.time.sleep", lambda _: next(pauses)())
    told = little.troth("keep", "--every", "1h")
    assert (told.code, told.err.count("this round was not done, the next one is in 1h")) == (0, 1)
    assert told.out.count("nothing was due") == 2
    away.touch()
    place.unlink()
    assert little.troth("keep", "--every", "1h").code == 2
