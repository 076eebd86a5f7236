"""A round of everything that is due, when one request of it can not be carried out."""

from __future__ import annotations

from datetime import timedelta

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
