"""Generated schemas and rows: what is left after an erasure is what a slow reading of the map says."""

from __future__ import annotations

import tempfile
from pathlib import Path as Folder
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.enforcement import oracle, scene
from tests.enforcement.scene import CITED, by, table
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import read_map
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure

MAILS = ("ada@example.org", "bob@example.org", "cleo@example.org")
SPELLINGS = (
    "ada@example.org",
    "ADA@example.org",
    " ada@Example.org",
    "ａｄａ@example.org",
    "bob@example.org",
    "cleo@example.org",
)
NAMES = ("orders", "items", "events", "notes")
Case = tuple[list[str], list[str], str]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Statements for two stores and the data map over them."""
    declared = draw(st.booleans())
    count = draw(st.integers(1, len(NAMES)))
    main = ["create table people (id integer not null primary key, email varchar(60), name varchar(30))"]
    logs: list[str] = []
    maps = [table("main.people", "subject", email="contact.email", name="contact.name")]
    many = draw(st.integers(1, 4))
    spelled = [draw(st.sampled_from(SPELLINGS)) for _ in range(many)]
    main += [f"insert into people values ({n}, '{mail}', 'n{n}')" for n, mail in enumerate(spelled, 1)]
    for place in range(count):
        ways = _ways(draw, place, many)
        store, statements = _table(draw, place, ways, declared=declared, many=many)
        (main if store == "main" else logs).extend(statements)
        role = draw(st.sampled_from(("owned", "owned", "shared")))
        maps.append(
            table(
                f"{store}.{NAMES[place]}",
                role,
                paths=[way[1] for way in ways if way[0] == store],
                body="message/null",
            )
        )
    return main, logs, "".join(maps)


def _ways(draw: st.DrawFn, place: int, many: int) -> list[tuple[str, str, str]]:
    """The links of a table: the store, the path, and the kind of the column."""
    name = NAMES[place]
    store = draw(st.sampled_from(("main", "main", "logs")))
    if store == "logs":
        return [("logs", f"{name}.mail ~> ext:main.people.email", "mail")]
    kinds = draw(
        st.lists(
            st.sampled_from(("owner", "mail", "typed", "author", "self")), min_size=1, max_size=2, unique=True
        )
    )
    found = []
    for kind in kinds:
        path = {
            "owner": f"{name}.owner_id => people.id",
            "author": f"{name}.author_id => people.id",
            "mail": f"{name}.mail ~> people.email",
            "typed": f"{name}.what_id => people.id [what='person']",
            "self": f"{name}.parent_id => {name}.id ; {name}.owner_id => people.id",
        }[kind]
        found.append(("main", path, kind))
    return found


def _table(
    draw: st.DrawFn, place: int, ways: list[tuple[str, str, str]], *, declared: bool, many: int
) -> tuple[str, list[str]]:
    """The statements that make and fill a table."""
    name, store = NAMES[place], ways[0][0]
    foreign = ", foreign key (owner_id) references people (id)" if declared and store == "main" else ""
    columns = (
        "id integer not null primary key, owner_id integer, author_id integer, mail varchar(60), what varchar(10), "
        "what_id integer, parent_id integer, body varchar(40)"
    )
    statements = [f"create table {name} ({columns}{foreign})"]
    ids = st.one_of(st.none(), st.integers(1, many))
    for number in range(1, draw(st.integers(0, 6)) + 1):
        values = [
            number, draw(ids), draw(ids), draw(st.one_of(st.none(), st.sampled_from(SPELLINGS))),
            draw(st.sampled_from(("person", "thing"))), draw(ids),
            draw(st.one_of(st.none(), st.integers(1, 6))), f"body {number}",
        ]  # fmt: skip
        said = ", ".join(
            "null" if value is None else f"'{value}'" if isinstance(value, str) else str(value)
            for value in values
        )
        statements.append(f"insert into {name} values ({said})")
    return store, statements


def read(urls: dict[str, str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """All rows of all tables as dicts."""
    found = {}
    for store, url in urls.items():
        for relation in introspect(url, sample=0, store=store).relations:
            names = [one.name for one in relation.fields]
            found[store, relation.name] = [
                dict(zip(names, row, strict=True)) for row in scene.rows(url, relation.name)
            ]
    return found


def judge(case: Case, urls: dict[str, str], folder: Folder) -> None:
    """Erase the first person and compare what is left with the slow reading."""
    main, logs, text = case
    scene.run(urls["main"], *main)
    scene.run(urls["logs"], *logs)
    before = read(urls)
    one = read_map("version = 1\n" + text)
    wanted = oracle.expected(one, before, MAILS[0])
    with scene.project(folder, urls, text) as project:
        copy = access(project, by(email=MAILS[0]), plan_access(project, CITED), folder / "bundle")
        outcome = erase(project, [by(email=MAILS[0])], plan_erasure(project, CITED), residual=False)[0]
    after = read(urls)
    given_rows = sum(map(len, wanted.gone.values())) + sum(map(len, wanted.masked.values()))
    assert copy.total("collected") == given_rows
    assert copy.total("shared") == sum(map(len, wanted.shared.values()))
    assert (outcome.word == "nothing found") == (not given_rows and not wanted.shared)
    for table_ in one.personal():
        node = (table_.store, table_.name)
        left = {row["id"]: row for row in after[node]}
        for row in before[node]:
            key = row["id"]
            if key in wanted.gone.get(node, ()):
                assert key not in left, (node, row)
                continue
            assert key in left, (node, row)
            if key in wanted.masked.get(node, ()):
                assert left[key]["body"] is None
            else:
                same = {
                    name: value
                    for name, value in row.items()
                    if name in {"id", "body", "what", "name", "email"}
                }
                assert {name: left[key][name] for name in same} == same, (node, row)
        if outcome.word == "done":
            separated(one, after, table_, wanted)
    untouched(
        before,
        after,
        wanted,
        {row["id"] for row in before["main", "people"]} - {row["id"] for row in after["main", "people"]},
    )


def separated(one: Any, after: Any, table_: Any, wanted: oracle.Expected) -> None:
    """Check that no row leads to the person any more."""
    who = oracle.people(one, after, MAILS[0])
    for row in after[table_.store, table_.name]:
        if table_.role == "owned":
            assert not oracle.lead(after, table_, row, who, MAILS[0])[0], row


def untouched(before: Any, after: Any, wanted: oracle.Expected, gone: set[int]) -> None:
    """Check that rows which are not the person's are as they were, but for references to who is gone."""
    for node, rows in before.items():
        touched = (
            wanted.gone.get(node, set()) | wanted.masked.get(node, set()) | wanted.shared.get(node, set())
        )
        left = {row["id"]: row for row in after[node]}
        for row in rows:
            if row["id"] not in touched:
                now = left[row["id"]]
                assert {k: v for k, v in now.items() if k not in {"owner_id", "author_id"}} == {
                    k: v for k, v in row.items() if k not in {"owner_id", "author_id"}
                }
                for column in ("owner_id", "author_id"):
                    if column in row and now[column] != row[column]:
                        assert now[column] is None
                        assert row[column] in gone


ODD: Case = (
    [
        "create table people (id integer not null primary key, email varchar(60), name varchar(30))",
        "insert into people values (1, 'bob@example.org', 'n1'), (2, 'ada@example.org', 'n2')",
        (
            "create table orders (id integer not null primary key, owner_id integer, mail varchar(60),"
            " parent_id integer, body varchar(40))"
        ),
        "insert into orders values (2, null, 'bob@example.org', 3, 'body 2'), (3, 2, null, null, 'body 3')",
    ],
    [],
    table("main.people", "subject", email="contact.email", name="contact.name")
    + table(
        "main.orders", "shared", body="message/null",
        paths=["orders.parent_id => orders.id ; orders.owner_id => people.id", "orders.mail ~> people.email"],
    ),
)  # fmt: skip
"""A row of two people that leads to one of them over a row which no path finds for itself."""


@settings(max_examples=90)
@given(case=cases())
@example(case=ODD)
def test_sqlite(case: Case) -> None:
    """On two SQLite files."""
    with tempfile.TemporaryDirectory() as made:
        folder = Folder(made)
        urls = {name: f"sqlite:///{folder / name}.db" for name in ("main", "logs")}
        for name in urls:
            (folder / f"{name}.db").touch()
        judge(case, urls, folder)


@pytest.mark.slow
@pytest.mark.parametrize("server", ["postgres_url", "mariadb_url"])
def test_servers(request: pytest.FixtureRequest, server: str) -> None:
    """On a server and an SQLite file."""
    url = str(request.getfixturevalue(server))

    @settings(max_examples=18)
    @given(case=cases())
    def check(case: Case) -> None:
        with tempfile.TemporaryDirectory() as made:
            folder = Folder(made)
            (folder / "logs.db").touch()
            scene.run(url, *(f"drop table if exists {name}" for name in (*NAMES, "people")))
            judge(case, {"main": url, "logs": f"sqlite:///{folder / 'logs.db'}"}, folder)

    check()
