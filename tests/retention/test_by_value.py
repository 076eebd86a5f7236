"""Tables from whose rows nothing leads to a person: their periods run all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by
from tests.retention import shop
from troth.enforcement.sweep import dry_run, sweep

RULES = "  must erase usage-log ~12 months after collection\n"
TABLES = """
create table customers (id integer not null primary key, email varchar(100) not null);
create table visits (id integer not null primary key, who varchar(100), page varchar(80), ts TIME_TYPE null);
insert into customers values (1, 'ada@example.org'), (2, 'bob@example.org');
insert into visits values (1, 'ada@example.org', '/a', '2020-01-01 00:00:00'),
 (2, 'BOB@example.org', '/b', '2020-01-01 00:00:00'), (3, null, '/c', '2020-01-01 00:00:00'),
 (4, 'ada@example.org', '/d', '2026-11-01 00:00:00'), (5, null, '/e', null)
"""
MAP = """
[[table]]
store = "main"
name = "customers"
role = "subject"
key = ["id"]
[table.columns]
email = { category = "contact.email", terms = ["email-address"], mask = "token" }
[[table]]
store = "main"
name = "visits"
role = "owned"
key = ["id"]
found = "by value"
events = { collection = "ts" }
[table.columns]
who = { category = "contact.email", terms = ["usage-log"] }
page = { category = "web", terms = ["usage-log"] }
"""


def swept(url: str, folder: Path, text: str, *restricted: str) -> list[int]:
    """The numbers of the visits that are left."""
    scene.run(url, TABLES.replace("TIME_TYPE", shop.moment(url)))
    with scene.project(folder, {"main": url}, text) as project:
        plan = shop.plan(project, RULES)
        assert not [gap for gap in plan.gaps if gap.place.startswith("main.visits")]
        whom = {project.pseudonym(by(email=one)) for one in restricted}
        told = {one.sweep.table: one.free for one in dry_run(project, plan, whom)}
        assert all(one.kept for one in sweep(project, plan, whom))
    left = [row[0] for row in scene.rows(url, "visits")]
    assert told["visits"] == 5 - len(left)
    return left


def test_period_needs_no_person(url: str, tmp_path: Path) -> None:
    """Rows that no path leads from go when their period is over, by the column that says since when."""
    assert swept(url, tmp_path, MAP) == [4, 5]


def test_restricted_person_is_spared(url: str, tmp_path: Path) -> None:
    """Rows in which the address of a restricted person stands stay, however it is written; all others go."""
    assert swept(url, tmp_path, MAP, "bob@example.org") == [2, 4, 5]


@pytest.mark.parametrize(
    "who", ['{ category = "web", terms', '{ category = "contact.email", form = "free", terms']
)
def test_nothing_tells_whose(url: str, tmp_path: Path, who: str) -> None:
    """Where no column says whose a row is, all rows wait while anybody is restricted."""
    text = MAP.replace('who = { category = "contact.email", terms', f"who = {who}")
    assert swept(url, tmp_path, text, "bob@example.org") == [1, 2, 3, 4, 5]
