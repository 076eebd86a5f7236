"""A restored backup has lost choices: marks are set again as the ledger says they stand, and nothing else is touched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.enforcement import scene
from tests.enforcement.scene import CITED, NOW, by, table
from troth.enforcement.agree import say
from troth.enforcement.choices import object_to, release, restrict, withdraw
from troth.enforcement.held import Standing, place
from troth.enforcement.project import Project
from troth.enforcement.restored import remark
from troth.model.entry import utc
from troth.model.outcome import Outcome
from troth.model.vocabulary import load

PEOPLE = """
create table people (id integer not null primary key, mail varchar(60), phone varchar(20), frozen boolean,
  letters integer, left_at timestamp null, calls varchar(9));
insert into people values (1, 'ada@example.org', '+852 2123 4567', false, 1, null, 'wanted'),
  (2, 'bob@example.org', '+852 2123 4567', false, 1, null, 'wanted'),
  (3, 'cleo@example.org', null, false, 1, null, 'wanted'), (4, 'dan@example.org', null, false, 1, null, 'wanted')
"""
BACKUP = "update people set frozen = false, letters = 1, left_at = null, calls = 'wanted'"
MARKS = {
    "restricted": "frozen",
    "newsletter": "letters",
    "analytics": "not left_at",
    "survey-research": "calls = wanted | no",
}
MAP = table("main.people", "subject", mail="contact.email", phone="contact.phone", marks=MARKS)
ADA, BOB, CLEO, DAN = (by(email=f"{name}@example.org") for name in ("ada", "bob", "cleo", "dan"))
BEFORE = utc(NOW - timedelta(days=1))


def marks(url: str) -> list[tuple[int, int, bool, str]]:
    """Of each person: frozen, letters, whether a time of leaving stands there, calls."""
    return [(int(row[3]), int(row[4]), row[5] is not None, row[6]) for row in scene.rows(url, "people")]


def again(project: Project, since: str = BEFORE) -> tuple[Outcome, ...]:
    """What is set again on a backup of that time."""
    return remark(project, load(), dict.fromkeys(("restrict", "object", "withdraw"), CITED), since=since)


def test_lost_marks_are_set_again(url: str, tmp_path: Path) -> None:
    """A restriction, an objection, a withdrawal and a refusal that a backup lost stand again, with evidence, and once."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        restrict(project, ADA, CITED, reason="accuracy")
        object_to(project, BOB, "direct-marketing", CITED)
        withdraw(project, CLEO, "analytics", CITED)
        say(project, CLEO, "refuse", "survey-research", CITED)
        should = [
            (1, 1, False, "wanted"),
            (0, 0, False, "wanted"),
            (0, 1, True, "no"),
            (0, 1, False, "wanted"),
        ]
        assert marks(url) == should
        assert again(project) == ()
        scene.run(url, BACKUP)
        size = project.ledger.size()
        done = again(project)
        assert marks(url) == should
        assert [(one.word, sum(sum(rows.values()) for rows in one.counts.values())) for one in done] == [
            ("done", 1), ("done", 1), ("done", 2),
        ]  # fmt: skip
        told = [(one.kind, one.action) for one in project.ledger.read(size)]
        assert sorted(set(told)) == [("restored", "mark"), ("step", "mark")]
        assert len(told) == 6
        assert again(project) == ()
        assert project.ledger.size() == size + 6


def test_what_a_hold_switched_off(url: str, tmp_path: Path) -> None:
    """Data that is held for an erasure serves its hold alone again, also where the application keeps a switch of its own."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        places, serves = ("main.people",), ("survey-research",)
        hold = Standing("open-order", places, serves, None, "an order is open", CITED, {})
        place(project, ADA, [hold], CITED)
        should = [(1, 0, True, "wanted")] + [(0, 1, False, "wanted")] * 3
        assert marks(url) == should
        scene.run(url, BACKUP)
        assert [one.word for one in again(project)] == ["done"]
        assert marks(url) == should
        assert again(project) == ()


def test_what_no_longer_stands(url: str, tmp_path: Path) -> None:
    """What was released, given again, has run out or was said before the backup is not set."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        restrict(project, ADA, CITED, reason="accuracy")
        release(project, ADA, CITED, reason="accuracy")
        restrict(project, BOB, CITED, reason="accuracy", until=NOW - timedelta(hours=1))
        say(project, CLEO, "refuse", "newsletter", CITED)
        say(project, CLEO, "give", "newsletter", CITED)
        withdraw(project, DAN, "newsletter", CITED)
        scene.run(url, BACKUP)
        assert again(project, utc(NOW + timedelta(days=1))) == ()
        done = again(project)
    assert len(done) == 1
    assert marks(url) == [(0, 1, False, "wanted")] * 3 + [(0, 0, False, "wanted")]


def test_a_mark_that_can_not_be_set(url: str, tmp_path: Path) -> None:
    """A column that is not there any more after the restore is named, and makes it partly."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        withdraw(project, DAN, "newsletter", CITED)
    scene.run(url, "alter table people drop column letters")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        (one,) = again(project)
    assert one.word == "partly"
    assert "letters" in one.reasons[0].why
