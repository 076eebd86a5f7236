"""What PostgreSQL hides from the user of a store, what that user may not do, and tables that inherit others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.enforcement import scene
from tests.enforcement.scene import by, table
from tests.enforcement.test_probes import erased, given
from troth.datamap.check import check

TABLES = """
create table people (id integer primary key, email text);
insert into people values (1, 'ada@example.org'), (2, 'bob@example.org');
create table visits (id integer primary key, person_id integer references people (id), page text);
insert into visits values (1, 1, 'a'), (2, 2, 'b'), (3, 1, 'c');
alter table visits enable row level security
"""
MAP = table("main.people", "subject", email="contact.email") + table(
    "main.visits", "owned", paths=["visits.person_id -> people.id"], page="content"
)
ADA = by(email="ada@example.org")


@pytest.fixture
def clerk(postgres_url: str) -> Iterator[str]:
    """The address of a database for a user who owns nothing in it and may do everything with its tables."""
    scene.run(
        postgres_url,
        TABLES,
        "create role clerk login; create role desk; grant all on people, visits to clerk",
    )
    yield make_url(postgres_url).set(username="clerk").render_as_string(hide_password=False)
    scene.run(postgres_url, "drop owned by clerk; drop role clerk; drop owned by desk; drop role desk")


@pytest.mark.parametrize(
    ("policies", "hidden"),
    [
        ("", True),
        ("create policy own on visits using (page <> 'c')", True),
        ("create policy own on visits to desk using (true)", True),
        ("create policy own on visits for update using (true)", True),
        ("create policy own on visits using (true)", False),
        ("create policy own on visits to clerk using (true)", False),
        ("create policy own on visits to desk using (true); grant desk to clerk", False),
        ("create policy own on visits using (true); create policy cut on visits as restrictive using (page <> 'c')", True),
        ("create policy own on visits using (true); create policy cut on visits as restrictive to desk using (false)", False),
    ],
)  # fmt: skip
def test_rows_that_a_policy_hides(
    postgres_url: str, clerk: str, tmp_path: Path, policies: str, hidden: bool
) -> None:
    """A table whose rows a policy may hide is never called complete; one with a policy of its own for the user is."""
    if policies:
        scene.run(postgres_url, policies)
    copy, _ = given(tmp_path, {"main": clerk}, MAP, ADA)
    outcome = erased(tmp_path, {"main": clerk}, MAP, ADA)
    with scene.project(tmp_path, {"main": clerk}, MAP) as project:
        found = [one.severity for one in check(project.map, project.schemas) if one.rule == "rows-hidden"]
    assert (copy.word, outcome.word, found) == (
        ("partly", "partly", ["block"]) if hidden else ("done", "done", [])
    )
    assert [row[0] for row in scene.rows(postgres_url, "visits")] == ([1, 2, 3] if hidden else [2])
    assert [row[0] for row in scene.rows(postgres_url, "people")] == ([1, 2] if hidden else [2])


def test_what_the_user_may_not_do(postgres_url: str, clerk: str, tmp_path: Path) -> None:
    """The check names what a request will need and the user of the store may not do."""
    scene.run(
        postgres_url,
        "alter table visits disable row level security; revoke delete on visits from clerk; "
        "revoke update on people from clerk; grant update (email) on people to clerk",
    )
    with scene.project(tmp_path, {"main": clerk}, MAP) as project:
        found = [one for one in check(project.map, project.schemas) if one.rule == "no-permission"]
    assert [one.severity for one in found] == ["warn"]
    assert "may not delete in main.visits" in found[0].message


HEIRS = """
create table people (id integer primary key, email text);
insert into people values (1, 'ada@example.org'), (2, 'bob@example.org');
create table devices (id integer primary key, person_id integer not null references people (id), name text);
create table phones (imei text, primary key (id)) inherits (devices);
insert into devices values (1, 1, 'a'), (2, 2, 'b'), (3, 1, 'c');
insert into phones values (1, 2, 'd', '490154203237518'), (2, 1, 'e', '490154203237518')
"""
DEVICES = table("main.devices", "owned", paths=["devices.person_id -> people.id"], name="content")
PHONES = table("main.phones", "owned", paths=["phones.person_id => people.id"], name="content", imei="device")
PEOPLE = table("main.people", "subject", email="contact.email")


def test_table_and_its_heir(postgres_url: str, tmp_path: Path) -> None:
    """A row of a table that inherits another is given and erased once, and keys that both have are two rows."""
    scene.run(postgres_url, HEIRS)
    text = PEOPLE + DEVICES + PHONES
    copy, found = given(tmp_path, {"main": postgres_url}, text, ADA)
    assert copy.counts["main.devices"] == {"collected": 2, "shared": 0}
    assert copy.counts["main.phones"] == {"collected": 1, "shared": 0}
    assert [row["name"] for row in found["devices"]] == ["a", "c"]  # type: ignore[attr-defined]
    outcome = erased(tmp_path, {"main": postgres_url}, text, ADA)
    assert outcome.word == "done"
    assert outcome.counts["main.devices"] == {"deleted": 2}
    assert scene.rows(postgres_url, "devices") == [(1, 2, "d"), (2, 2, "b")]
    assert scene.rows(postgres_url, "phones") == [(1, 2, "d", "490154203237518")]


def test_heir_that_the_map_leaves_out(postgres_url: str, tmp_path: Path) -> None:
    """Rows of a table that inherits another and is not in the map are reached by the one that it inherits."""
    scene.run(postgres_url, HEIRS)
    copy, _ = given(tmp_path, {"main": postgres_url}, PEOPLE + DEVICES, ADA)
    assert copy.counts["main.devices"] == {"collected": 3, "shared": 0}


def test_schema_that_is_closed(postgres_url: str, clerk: str, tmp_path: Path) -> None:
    """A schema that the user may not use stops nothing else; its tables are named, and requests there are not complete."""
    scene.run(
        postgres_url,
        "alter table visits disable row level security; create schema vault;"
        "create table vault.cards (id integer primary key, person_id integer, number text);"
        "insert into vault.cards values (1, 1, 'x')",
    )
    cards = table("main.vault.cards", "owned", paths=["vault.cards.person_id => people.id"], number="payment")
    copy, found = given(tmp_path, {"main": clerk}, MAP + cards, ADA)
    assert copy.word == "partly"
    assert [row["id"] for row in found["visits"]] == [1, 3]  # type: ignore[attr-defined]
    assert erased(tmp_path, {"main": clerk}, MAP + cards, ADA).word == "partly"
    with scene.project(tmp_path, {"main": clerk}, MAP + cards) as project:
        (told,) = [one for one in check(project.map, project.schemas) if one.rule == "drift"]
        assert (told.severity, told.hint) == ("block", "grant usage on schema vault to USER")
        assert project.schemas["main"].problems == (
            "the user of the store may not use the schema vault: grant usage on schema vault",
        )
    assert scene.rows(postgres_url, "vault.cards") == [(1, 1, "x")]
