"""Logins that differ in case alone, where one column tells them apart and the one that points to it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by, table
from tests.enforcement.test_probes import erased, given

KEYS = {"sqlite": "varchar(60)", "postgresql": "varchar(60)", "mysql": "varchar(60) collate utf8mb4_bin"}
FOLDED = {
    "sqlite": "varchar(60) collate nocase",
    "postgresql": "citext",
    "mysql": "varchar(60) collate utf8mb4_general_ci",
}
MAP = table("main.users", "subject", key=["login"], login="ident.username", email="contact.email")


@pytest.mark.parametrize("far", [False, True])
def test_case_that_one_column_folds(url: str, other_url: str, tmp_path: Path, *, far: bool) -> None:
    """What a column takes for equal is somebody else's where their key says so; alone it leads on as the database has it."""
    engine = url.split(":", maxsplit=1)[0].split("+", maxsplit=1)[0]
    if engine == "postgresql":
        scene.run(url, "create extension if not exists citext")
    logs = other_url if far else url
    column = FOLDED["sqlite" if far else engine]
    scene.run(
        url,
        f"create table users (login {KEYS[engine]} not null primary key, email varchar(90))",
        "insert into users values ('Bob', 'bob@one.example'), ('bob', 'bob@two.example'), ('Eve', 'eve@one.example')",
    )
    scene.run(
        logs,
        f"create table logs (id integer not null primary key, login {column} not null, what varchar(20))",
        "insert into logs values (1, 'Bob', 'a'), (2, 'bob', 'b'), (3, 'eve', 'c')",
    )
    urls = {"main": url, **({"far": logs} if far else {})}
    place, ext = ("far.logs", "ext:main.") if far else ("main.logs", "")
    text = MAP + table(
        place, "owned", paths=[f"logs.login => {ext}users.login"], login="ident.id", what="log"
    )
    _, found = given(tmp_path, urls, text, by(email="bob@one.example"))
    assert [row["id"] for row in found["logs"]] == [1]  # type: ignore[attr-defined]
    assert erased(tmp_path, urls, text, by(email="bob@one.example")).word == "done"
    assert [row[0] for row in scene.rows(logs, "logs")] == [2, 3]
    assert [row[0] for row in scene.rows(url, "users")] in (["Eve", "bob"], ["bob", "Eve"])


def test_phones_in_a_collation_that_folds(postgres_url: str, tmp_path: Path) -> None:
    """Somebody is found by a telephone number, and so are their calls, where the collation knows no regular expressions."""
    column = "varchar(40) collate folding"
    scene.run(
        postgres_url,
        "create collation folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        f"create table people (id integer not null primary key, phone {column}, email {column})",
        f"create table calls (id integer not null primary key, caller {column})",
        "insert into people values (1, '+442079460001', 'ada@example.org'), (2, '+442079460002', 'bob@example.org')",
        "insert into calls values (1, '00442079460001'), (2, '+44 20 7946 0001'), (3, '+442079460002')",
    )
    text = table("main.people", "subject", phone="contact.phone", email="contact.email")
    text += table("main.calls", "owned", paths=["calls.caller ~> people.phone"], caller="contact.phone")
    urls, ada = {"main": postgres_url}, by(phone="+44 (20) 7946 0001")
    _, found = given(tmp_path, urls, text, ada)
    assert [row["id"] for row in found["people"]] == [1]  # type: ignore[attr-defined]
    assert [row["id"] for row in found["calls"]] == [1, 2]  # type: ignore[attr-defined]
    assert erased(tmp_path, urls, text, ada).word == "done"
    assert [row[0] for row in scene.rows(postgres_url, "calls")] == [3]
    assert [row[0] for row in scene.rows(postgres_url, "people")] == [2]
