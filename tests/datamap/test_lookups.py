"""Ids whose table another row names: the type of an object stands by its name in a table of types."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.datamap.test_owners import proposed, table
from tests.datamap.test_whose import COUNT, USERS, key, paths, to
from tests.enforcement import scene
from tests.enforcement.scene import CITED, by
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import write_map
from troth.datamap.propose import propose
from troth.enforcement.erase import erase, plan_erasure
from troth.model.schema import Field, Relation

TICKETS = table("tickets", key("customer_id"), Field("title"), foreign=(to("customer_id", "users"),))
HALVES = tuple(1 + n % 2 for n in COUNT)


def types(name: str, labels: tuple[str, ...] = ("User", "Ticket", "Ticket::Article", "Group")) -> Relation:
    """A table of types with a row each."""
    return Relation(
        name,
        (
            Field("id", kind="integer", nullable=False, samples=tuple(range(1, len(labels) + 1))),
            Field("name", nullable=False, samples=labels),
        ),
        ("id",),
        unique=(("name",),),
        rows=len(labels),
    )


def histories(kind: str, ids: str = "o_id", *, types_of: str = "") -> Relation:
    """What happened to any object."""
    return table(
        "histories",
        key(kind, samples=HALVES),
        key(ids),
        Field("value_from"),
        foreign=(to(kind, types_of),) if types_of else (),
    )


@pytest.mark.parametrize(
    ("name", "kind", "ids", "declared"),
    [
        ("object_lookups", "history_object_id", "o_id", True),
        ("object_types", "object_type_id", "object_id", False),
        ("history_objects", "history_object_id", "o_id", True),
        ("entity_classes", "entity_class_id", "entity_id", False),
    ],
)
def test_type_by_name(name: str, kind: str, ids: str, declared: bool) -> None:
    """The path holds for the rows whose type has the name of its target, and each type has its own."""
    one = proposed(USERS, TICKETS, types(name), histories(kind, ids, types_of=name if declared else ""))
    assert paths(one, "histories") == [
        f"histories.{ids} => users.id [{kind}='1']",
        f"histories.{ids} => tickets.id [{kind}='2'] ; tickets.customer_id -> users.id",
    ]
    assert one.table("s", "histories").role == "owned"


def test_two_ids_with_types_of_their_own() -> None:
    """Each id goes with the type that is named like it."""
    relation = table(
        "histories",
        key("object_type_id", samples=HALVES),
        key("o_id"),
        key("related_object_type_id", samples=HALVES, nullable=True),
        key("related_o_id", nullable=True),
        foreign=(to("object_type_id", "object_types"), to("related_object_type_id", "object_types")),
    )
    found = paths(proposed(USERS, types("object_types"), relation), "histories")
    assert found[0] == "histories.o_id => users.id [object_type_id='1']"
    assert not any("related_o_id => users.id [object_type_id" in one for one in found)
    assert not any("histories.o_id => users.id [related" in one for one in found)


def test_table_of_types_without_rows() -> None:
    """Where the table of types is empty a question asks what its rows mean."""
    empty = replace(types("object_types"), rows=0)
    empty = replace(empty, fields=tuple(replace(one, samples=()) for one in empty.fields))
    one = proposed(USERS, empty, histories("object_type_id", "object_id"))
    (asked,) = (question for question in one.questions if "object_types" in question)
    assert asked.startswith("which rows does s.histories.object_id mean?")


def test_roles_name_no_tables() -> None:
    """A role that is called like a table says nothing of an id beside it."""
    rights = table(
        "rights", key("role_id", samples=HALVES), key("object_id"), foreign=(to("role_id", "roles"),)
    )
    one = proposed(USERS, types("roles", ("User", "Admin")), rights)
    assert paths(one, "rights") == []
    assert not any("which rows" in question for question in one.questions)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "mariadb"])
def test_erasure(request: pytest.FixtureRequest, tmp_path: Path, engine: str) -> None:
    """An erasure by the proposed map takes what happened to the person, and to nobody and nothing else with the same number."""
    (tmp_path / "main.db").touch()
    fixtures = {"postgresql": "postgres_url", "mariadb": "mariadb_url"}
    url = (
        str(request.getfixturevalue(fixtures[engine]))
        if engine in fixtures
        else f"sqlite:///{tmp_path / 'main.db'}"
    )
    scene.run(
        url,
        "create table users (id integer not null primary key, email varchar(60) not null, name varchar(30))",
        "create table goods (id integer not null primary key, title varchar(30))",
        "create table object_lookups (id integer not null primary key, name varchar(50) not null unique)",
        "create table histories (id integer not null primary key, object_lookup_id integer not null, o_id integer not null,"
        " value varchar(40), foreign key (object_lookup_id) references object_lookups (id))",
        "insert into users values (1, 'ada@example.org', 'Ada Byron'), (2, 'bob@example.org', 'Bob Hope'), (3, '', '')",
        "insert into goods values (1, 'a'), (2, 'b')",
        "insert into object_lookups values (7, 'User'), (8, 'Good')",
        "insert into histories values (1, 7, 1, 'x'), (2, 7, 2, 'y'), (3, 8, 1, 'z'), (4, 7, 3, 'w')",
    )
    known = propose({"main": introspect(url, store="main")}).map
    text = write_map(known).partition("\n[[")
    with scene.project(tmp_path, {"main": url}, text[1] + text[2]) as project:
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    assert outcome.word == "done"
    assert [row[0] for row in scene.rows(url, "histories")] == [2, 3, 4]
