"""Rows of two people whose accounts are named by bytes: who is somebody else is seen all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.erase import erase, plan_erasure


@pytest.mark.parametrize("engine", ["sqlite", "mariadb", "postgresql"])
def test_row_of_two(request: pytest.FixtureRequest, tmp_path: Path, engine: str) -> None:
    """A row that leads to somebody else as well stays, and lets go of the one who leaves."""
    (tmp_path / "main.db").touch()
    fixtures = {"mariadb": "mariadb_url", "postgresql": "postgres_url"}
    url = (
        str(request.getfixturevalue(fixtures[engine]))
        if engine in fixtures
        else f"sqlite:///{tmp_path / 'main.db'}"
    )
    kind = {"sqlite": "blob", "mariadb": "binary(2)", "postgresql": "bytea"}[engine]
    hers, his = (r"'\x00ff'", r"'\x00fe'") if engine == "postgresql" else ("x'00ff'", "x'00fe'")
    pool = scene.database(url)
    with pool.begin() as link:
        for statement in (
            f"create table people (id {kind} not null primary key, email varchar(60) not null)",
            f"create table talks (id integer not null primary key, one {kind}, other {kind}, body varchar(20))",
            f"insert into people values ({hers}, 'ada@example.org'), ({his}, 'bob@example.org')",
            f"insert into talks values (1, {hers}, {his}, 'both'), (2, {hers}, {hers}, 'hers'), (3, {his}, null, 'his')",
        ):
            link.exec_driver_sql(statement)
    pool.dispose()
    text = table("main.people", "subject", email="contact.email") + table(
        "main.talks", "owned", paths=["talks.one => people.id", "talks.other => people.id"], body="message"
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    assert (outcome.word, outcome.counts["main.talks"]) == ("done", {"deleted": 1, "separated": 1})
    left = scene.rows(url, "talks")
    assert [(row[0], row[1], row[3]) for row in left] == [(1, None, "both"), (3, left[1][1], "his")]
