"""A round of everything that is due, when one request of it can not be carried out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.project.shop import Shop
from troth.app.policies import save
from troth.app.project import open_project
from troth.app.rounds import keep_once, planned, read_plan
from troth.model.errors import TrothError
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


KEPT = """
promise leave retain "Old accounts"
  must erase name, email-address 12 months after account-closed
  prove no-rows-past-period
"""


def test_what_the_map_names_and_the_store_lost(little: Shop) -> None:
    """A table, column or path that is gone keeps no period: every round names it and ends with 1, and does the rest."""
    policy, map_file = little.folder.parent / "policy.troth.md", little.folder / "map.toml"
    text = policy.read_text("utf-8")
    text = text.replace(
        "{#s4 object}", "{#s4 object}\nWe delete them 12 months after you close your account. {#s5 leave}"
    )
    policy.write_text(
        text.replace("promise object choice", KEPT.strip() + "\n\npromise object choice"), "utf-8"
    )
    scene.run(little.urls["shop"], "alter table customers add column closed_at varchar(30)")
    map_file.unlink()
    assert little.troth("map", "propose", "--person", "shop.customers").code == 0
    assert little.troth("keep").code == 0
    for change, back, gone in (
        ("alter table customers rename to clients", "alter table clients rename to customers", "does not have it"),
        ("alter table customers rename column name to label", "alter table customers rename column label to name", "column name"),
        ("alter table customers rename column id to no", "alter table customers rename column no to id", "customers"),
    ):  # fmt: skip
        scene.run(little.urls["shop"], change)
        assert gone in little.troth("plan").out
        for _ in range(2):
            told = little.troth("keep")
            assert (told.code, gone in told.out, told.err) == (1, True, "")
        scene.run(little.urls["shop"], back)
        assert little.troth("keep").code == 0


@pytest.mark.parametrize("rounds", [0, 1])
def test_a_clock_that_is_years_ahead(little: Shop, tmp_path: Path, rounds: int) -> None:
    """A round whose clock is more than 12 months after the last one erases nothing until somebody looked at its plan."""
    for _ in range(rounds):
        assert little.troth("keep").code == 0
    little.json(*ASK, "email=ada@example.org")
    before, settings = little.everything(), load(little.folder, environment())
    with open_project(settings, clock=lambda: datetime(2100, 3, 1, tzinfo=UTC)) as opened:
        with pytest.raises(TrothError, match="the clock of this machine says 2100-03-01"):
            keep_once(opened, "a test")
        assert little.everything() == before
        save(tmp_path / "plan.json", json.dumps(planned(opened, exact=True).as_json()))
        keep_once(opened, "a test", read_plan(tmp_path / "plan.json"))
    assert [row[0] for row in little.rows("customers")] == [2, 3]
