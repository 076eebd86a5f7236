"""Generated rows and links: after a correction the stores are what a slow reading of the map says."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path as Folder
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.enforcement import scene
from tests.enforcement.oracle import plain
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.rectify import Correction, rectify

OLD, NEW = "ada@example.org", "countess@example.com"
MAILS = (OLD, "ADA@example.org", " ada@Example.org", "ａｄａ@example.org", "bob@example.org", "", None)
TABLES = """
create table people (id integer not null primary key, email varchar(60));
create table orders (id integer not null primary key, owner integer, second integer, mail varchar(60));
create table letters (id integer not null primary key, mail varchar(60), extra varchar(200));
create table stamps (id integer not null primary key, letter_mail varchar(60))
"""
LOGS = "create table hits (id integer not null primary key, login varchar(60))"
MAP = (
    table("main.people", "subject", email="contact.email")
    + table(
        "main.orders", "owned", paths=["orders.owner => people.id", "orders.second => people.id"], mail="contact.email",
    )
    + table("main.letters", "shared", paths=["letters.mail ~> people.email"], mail="contact.email",
            extra="content//json")
    + table("main.stamps", "owned", paths=["stamps.letter_mail ~> letters.mail ; letters.mail ~> people.email"])
    + table("logs.hits", "owned", paths=["hits.login ~> ext:main.people.email"])
)  # fmt: skip
Row = dict[str, Any]
Stores = dict[str, list[Row]]


@st.composite
def filled(draw: st.DrawFn) -> Stores:
    """Rows of every table; exactly one person is known by the address, however it is spelled."""
    mails = st.sampled_from(MAILS)
    ids = st.one_of(st.none(), st.integers(1, 3))
    people = [
        draw(st.sampled_from(MAILS[:4])),
        "bob@example.org",
        draw(st.sampled_from(("cleo@example.org", None))),
    ]
    extra = st.one_of(
        st.none(),
        st.just("no json"),
        st.builds(lambda a, b: json.dumps({"to": a, "cc": [b, 7]}, ensure_ascii=False), mails, mails),
    )

    def some(**columns: st.SearchStrategy[Any]) -> list[Row]:
        count = draw(st.integers(0, 5))
        return [
            {"id": n, **{name: draw(what) for name, what in columns.items()}} for n in range(1, count + 1)
        ]

    return {
        "people": [{"id": n, "email": mail} for n, mail in enumerate(people, 1)],
        "orders": some(owner=ids, second=ids, mail=mails),
        "letters": some(mail=mails, extra=extra),
        "stamps": some(letter_mail=mails),
        "hits": some(login=mails),
    }


def hers(value: object) -> bool:
    """Whether a value means the old address."""
    return value is not None and plain(value) == OLD


def corrected(rows: Stores) -> Stores:
    """What should stand there afterwards, worked out row by row."""
    found = {name: [dict(row) for row in some] for name, some in rows.items()}
    for name, column in (("people", "email"), ("letters", "mail"), ("hits", "login")):
        for row in found[name]:
            row[column] = NEW if hers(row[column]) else row[column]
    for old, row in zip(rows["letters"], found["letters"], strict=True):
        if hers(old["mail"]) and old["extra"] and old["extra"].startswith("{"):
            value = json.loads(old["extra"])
            again = {"to": swapped(value["to"]), "cc": [swapped(one) for one in value["cc"]]}
            row["extra"] = json.dumps(again, ensure_ascii=False) if again != value else row["extra"]
    if any(hers(row["mail"]) for row in rows["letters"]):
        for row in found["stamps"]:
            row["letter_mail"] = NEW if hers(row["letter_mail"]) else row["letter_mail"]
    for row in found["orders"]:
        owners = {row["owner"], row["second"]} - {None}
        if owners == {1} and hers(row["mail"]):
            row["mail"] = NEW
    return found


def swapped(value: object) -> object:
    """A member of JSON afterwards."""
    return NEW if isinstance(value, str) and hers(value) else value


def literal(value: object) -> str:
    """A value in SQL."""
    return "null" if value is None else str(value) if isinstance(value, int) else f"'{value}'"


def fill(urls: dict[str, str], rows: Stores) -> None:
    """Empty all tables and write these rows."""
    for name, some in rows.items():
        url = urls["logs" if name == "hits" else "main"]
        values = [f"({', '.join(map(literal, row.values()))})" for row in some]
        insert = [f"insert into {name} values {', '.join(values)}"] if values else []
        scene.run(url, f"delete from {name}", *insert)


def compare(folder: Folder, urls: dict[str, str], rows: Stores, schemas: Any) -> None:
    """Correct the address and compare everything with the slow reading."""
    fill(urls, rows)
    with scene.project(folder, urls, MAP, schemas=schemas) as project:
        outcome = rectify(project, by(email=OLD), [Correction("email", NEW)], CITED).outcome
        assert project.journal.jobs() == []
    expected = corrected(rows)
    for name, some in expected.items():
        url = urls["logs" if name == "hits" else "main"]
        assert scene.rows(url, name) == [tuple(row.values()) for row in some], name
    shared = any(
        hers(row["mail"])
        and 1 in {row["owner"], row["second"]}
        and len({row["owner"], row["second"]} - {None}) > 1
        for row in rows["orders"]
    )
    assert outcome.word == ("partly" if shared else "done")
    changed = sum(
        before[column] != after[column]
        for name in rows
        for before, after in zip(rows[name], expected[name], strict=True)
        for column in before
    )
    assert outcome.total("rectified") == changed


@settings(max_examples=30, deadline=None)
@given(filled())
def test_sqlite(rows: Stores) -> None:
    """On two SQLite stores every copy that is hers is changed, and nothing else."""
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(name)
        urls = {}
        for store, text in (("main", TABLES), ("logs", LOGS)):
            (folder / f"{store}.db").touch()
            urls[store] = f"sqlite:///{folder / store}.db"
            scene.run(urls[store], text)
        compare(folder, urls, rows, None)


@pytest.mark.parametrize("server", ["postgres_url", "mariadb_url"])
def test_servers(request: pytest.FixtureRequest, tmp_path: Folder, server: str) -> None:
    """The same on a server together with an SQLite store."""
    (tmp_path / "logs.db").touch()
    urls = {"main": str(request.getfixturevalue(server)), "logs": f"sqlite:///{tmp_path / 'logs.db'}"}
    scene.run(urls["main"], TABLES)
    scene.run(urls["logs"], LOGS)
    schemas = scene.described(urls)

    @settings(max_examples=9, deadline=None)
    @given(filled())
    def check(rows: Stores) -> None:
        compare(tmp_path, urls, rows, schemas)

    check()
