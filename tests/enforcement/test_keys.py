"""Keys that do not name one row: such a table is left out and said so, and no store deletes by such a key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.datamap.check import check
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import read_map
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.model.outcome import Outcome
from troth.model.plan import Change
from troth.stores.errors import StoreRefused
from troth.stores.open import open_store
from troth.stores.walk import Write

ADA, BOB = by(email="ada@example.org"), by(email="bob@example.org")
USERS = """
create table users (id integer not null primary key, email varchar(100));
insert into users values (1, 'ada@example.org'), (2, 'bob@example.org'), (3, 'cleo@example.org')
"""
PERSON = table("main.users", "subject", email="contact.email")
DEVICES = [("'d1'", 1), ("null", 1), ("'d2'", 2), ("null", 2), ("null", 3)]


def devices(url: str, key: str) -> str:
    """The map of a table of devices, whose rows have been written."""
    values = ", ".join(f"({name}, {owner})" for name, owner in DEVICES)
    scene.run(
        url,
        USERS,
        f"create table devices (device_id varchar(40){key}, user_id integer not null,"
        " foreign key (user_id) references users (id))",
        f"insert into devices values {values}",
    )
    return PERSON + table(
        "main.devices",
        "owned",
        key=["device_id"],
        paths=["devices.user_id -> users.id"],
        device_id="device",
        user_id="device",
    )


def kept(url: str) -> set[tuple[object, ...]]:
    """The devices that are there."""
    return set(scene.rows(url, "devices", "user_id"))


@pytest.mark.parametrize(
    ("key", "word"),
    [(" unique", "device_id may be NULL"), ("", "device_id may be NULL")],
    ids=["unique", "plain"],
)
def test_key_that_may_be_null(url: str, tmp_path: Path, key: str, word: str) -> None:
    """A key of the map that may be NULL blocks the check and leaves the table out of what writes; rows are given without it."""
    text = devices(url, key)
    found = check(read_map("version = 1\n" + text), scene.described({"main": url}))
    assert [one.severity for one in found if one.rule == "no-key" and word in one.message] == ["block"]
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
        copy = access(project, ADA, plan_access(project, CITED), tmp_path / "ada.zip")
    assert outcome.word == "partly"
    assert [word in reason.why for reason in outcome.reasons if reason.place == "main.devices"] == [True]
    assert (copy.word, copy.counts["main.devices"]["collected"]) == ("done", 2)
    assert len(scene.rows(url, "devices")) == len(DEVICES)


def test_key_that_is_not_unique(url: str, tmp_path: Path) -> None:
    """A key of the map that nothing keeps unique blocks the check and leaves the table out of every request."""
    scene.run(
        url,
        USERS,
        "create table devices (user_id integer not null, label varchar(40) not null)",
        "insert into devices values (1, 'phone'), (2, 'phone')",
    )
    text = PERSON + table(
        "main.devices",
        "owned",
        key=["label"],
        paths=["devices.user_id => users.id"],
        label="device",
        user_id="device",
    )
    found = check(read_map("version = 1\n" + text), scene.described({"main": url}))
    blocking = [one.message for one in found if (one.severity, one.rule) == ("block", "no-key")]
    assert blocking == [
        "the key of main.devices does not name a row: nothing keeps label unique, so other rows may have the same"
    ]
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert outcome.word == "partly"
    assert kept(url) == {(1, "phone"), (2, "phone")}


@pytest.mark.parametrize(
    "index",
    [
        "create unique index one on devices (label)",
        "create unique index one on devices (user_id, label)",
    ],
)
def test_key_that_names_a_row(url: str, tmp_path: Path, index: str) -> None:
    """Columns without NULL that a key or a unique index covers are a key, alone or with more beside them."""
    scene.run(
        url,
        USERS,
        "create table devices (user_id integer not null, label varchar(40) not null)",
        index,
        "insert into devices values (1, 'phone'), (2, 'car')",
    )
    text = PERSON + table(
        "main.devices",
        "owned",
        key=["user_id", "label"],
        paths=["devices.user_id => users.id"],
        label="device",
        user_id="device",
    )
    found = check(read_map("version = 1\n" + text), scene.described({"main": url}))
    assert [one.message for one in found if one.rule == "no-key"] == []
    with scene.project(tmp_path, {"main": url}, text) as project:
        assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"
    assert kept(url) == {(2, "car")}


@pytest.mark.parametrize(
    "index", ["(label) where user_id > 0", "(lower(label))"], ids=["partial", "expression"]
)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_index_that_covers_some_rows(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, index: str
) -> None:
    """A unique index of some rows only, or on an expression, makes no key."""
    url = f"sqlite:///{tmp_path / 'main.db'}"
    (tmp_path / "main.db").touch()
    if kind == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    scene.run(
        url,
        "create table devices (user_id integer not null, label varchar(40) not null)",
        f"create unique index one on devices {index}",
    )
    relation = scene.described({"main": url})["main"].relation("devices")
    assert relation.key_problem(("label",)) != ""
    assert relation.row_key == ()


def pairs(url: str, *further: str) -> str:
    """The map of a table whose primary key holds NULL, as SQLite lets it."""
    scene.run(
        url,
        USERS,
        "create table pairs (k text, j integer, user_id integer, primary key (k, j))",
        "insert into pairs values ('x', 1, 1), (null, null, 1), ('y', 2, 2), (null, null, 2), (null, 3, 3)",
    )
    paths = ["pairs.user_id => users.id", *further]
    return PERSON + table("main.pairs", "owned", key=["k", "j"], paths=paths, user_id="service")


def sqlite(folder: Path) -> str:
    """An empty database of SQLite."""
    (folder / "main.db").touch()
    return f"sqlite:///{folder / 'main.db'}"


def erased(url: str, folder: Path, text: str) -> list[Outcome]:
    """Ada and Bob, erased in one go."""
    with scene.project(folder, {"main": url}, text) as project:
        return list(erase(project, [ADA, BOB], plan_erasure(project, CITED)))


def test_null_in_a_primary_key(tmp_path: Path) -> None:
    """A row of SQLite with NULL in its primary key is refused and told; rows of everybody else stay."""
    url = sqlite(tmp_path)
    outcomes = erased(url, tmp_path, pairs(url))
    for one in outcomes:
        assert one.word == "partly"
        assert "NULL in its key" in {reason.place: reason.why for reason in one.reasons}["main.pairs"]
    assert len([row for row in scene.rows(url, "pairs") if row[0] is None]) == 3
    assert [row[0] for row in scene.rows(url, "users")] == [1, 2, 3]


def test_primary_key_without_null(tmp_path: Path) -> None:
    """A primary key that SQLite would let NULL into, and that holds none, is a key like any other."""
    url = sqlite(tmp_path)
    text = pairs(url)
    scene.run(url, "delete from pairs where k is null")
    assert [one.word for one in erased(url, tmp_path, text)] == ["done", "done"]
    assert scene.rows(url, "pairs") == []


def test_copy_of_rows_with_null_in_the_key(tmp_path: Path) -> None:
    """A copy never leaves rows out in silence because nothing names them."""
    url = sqlite(tmp_path)
    text = pairs(url, "pairs.j => users.id")  # two ways, so that rows are told apart by their keys
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = access(project, ADA, plan_access(project, CITED), tmp_path / "ada.zip")
    assert outcome.word == "partly"
    assert "NULL in its key" in {one.place: one.why for one in outcome.reasons}["main.pairs"]


def test_person_with_null_as_key(tmp_path: Path) -> None:
    """A person whose own row has NULL as its key is found, refused and told, never called done."""
    url = sqlite(tmp_path)
    scene.run(
        url,
        "create table users (id text primary key, email text)",
        "insert into users values (null, 'ada@example.org'), (null, 'bob@example.org')",
    )
    with scene.project(tmp_path, {"main": url}, PERSON) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
        copy = access(project, ADA, plan_access(project, CITED), tmp_path / "ada.zip")
    assert (outcome.word, copy.word) == ("partly", "partly")
    assert len(scene.rows(url, "users")) == 2


def test_sampled_null_in_a_primary_key(tmp_path: Path) -> None:
    """The check blocks a table of SQLite whose primary key is seen to hold NULL."""
    url = sqlite(tmp_path)
    text = pairs(url)
    schemas = {"main": introspect(url, store="main")}
    found = check(read_map("version = 1\n" + text), schemas)
    assert ["NULL in k" in one.message for one in found if one.rule == "no-key"] == [True]


def test_store_refuses_what_a_key_does_not_name(url: str) -> None:
    """A store writes nothing by a key that holds NULL, and nothing that stays by one that names several rows."""
    devices(url, "")
    scene.run(url, "insert into devices values ('d1', 2)")
    before = scene.rows(url, "devices")
    store = open_store(url, scene.described({"main": url})["main"])
    for write in (
        Write("devices", ("device_id",)),
        Write("devices", ("device_id",), (Change("user_id", "zero"),)),
        Write("devices", ("device_id",), each=("user_id",)),
    ):
        for key in (None, "d1"):
            row = (key, 3) if write.each else (key,)
            with pytest.raises(StoreRefused), store.transaction():
                store.run(write, [row])
    store.close()
    assert scene.rows(url, "devices") == before


def test_zero_dates_in_a_key(mariadb_url: str, tmp_path: Path) -> None:
    """Rows whose key holds a zero date, which is the default there, go with their person and nobody else's do."""
    day = "day date not null default '0000-00-00'"
    scene.run(
        mariadb_url,
        "set session sql_mode = ''",
        "create table people (id integer not null primary key, email varchar(60))",
        f"create table uses (person integer not null, {day}, n integer, primary key (person, day))",
        f"create table parts (person integer not null, {day}, n integer not null, primary key (person, day, n))",
        "insert into people values (1, 'ada@example.org'), (2, 'bob@example.org')",
        "insert into uses values (1, '0000-00-00', 5), (1, '2020-01-01', 6), (2, '0000-00-00', 7)",
        "insert into parts values (1, '0000-00-00', 1), (2, '0000-00-00', 1)",
    )
    way = "uses.person => people.id"
    dated = (
        table("main.people", "subject", email="contact.email")
        + table("main.uses", "owned", key=("person", "day"), paths=[way], n="usage")
        + table(
            "main.parts",
            "owned",
            key=("person", "day", "n"),
            paths=[f"parts.(person,day) => uses.(person,day) ; {way}"],
        )
    )
    with scene.project(tmp_path, {"main": mariadb_url}, dated) as project:
        assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"
    left = scene.state({"main": mariadb_url})
    assert [row[0] for name in ("people", "uses", "parts") for row in left[f"main.{name}"]] == ["2", "2", "2"]


def test_rows_that_nothing_names_are_given(url: str, tmp_path: Path) -> None:
    """A log without a key is given whole, row for row, and erased so."""
    scene.run(
        url,
        USERS,
        "create table hits (user_id integer not null, page varchar(40), foreign key (user_id) references users (id))",
        "insert into hits values (1, '/a'), (1, '/a'), (2, '/b'), (1, '/c')",
    )
    text = PERSON + table("main.hits", "owned", key=[], paths=["hits.user_id -> users.id"], page="web")
    with scene.project(tmp_path, {"main": url}, text) as project:
        copy = access(project, ADA, plan_access(project, CITED), tmp_path / "out")
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert (copy.word, copy.counts["main.hits"]) == ("done", {"collected": 3, "shared": 0})
    (file,) = (tmp_path / "out" / "data").rglob("*hits*.json")
    assert sorted(row["page"] for row in json.loads(file.read_text("utf-8"))) == ["/a", "/a", "/c"]
    assert (outcome.word, outcome.counts["main.hits"]) == ("done", {"deleted": 3})
    assert scene.rows(url, "hits", "page") == [(2, "/b")]


def test_rows_of_several_people_without_a_key(url: str, tmp_path: Path) -> None:
    """Of rows without a key that may be of two people those are given that lead to one of them alone."""
    scene.run(
        url,
        USERS,
        "create table calls (caller integer, callee integer, said varchar(40))",
        "insert into calls values (1, 2, 'hello'), (1, null, 'alone'), (1, null, 'alone'), (2, null, 'theirs')",
    )
    paths = ["calls.caller => users.id", "calls.callee => users.id"]
    text = PERSON + table("main.calls", "shared", key=[], paths=paths, said="message")
    with scene.project(tmp_path, {"main": url}, text) as project:
        copy = access(project, ADA, plan_access(project, CITED), tmp_path / "ada")
    assert (copy.word, copy.counts["main.calls"]) == ("done", {"collected": 2, "shared": 1})
    (file,) = (tmp_path / "ada" / "data").rglob("*calls*.json")
    assert [row["said"] for row in json.loads(file.read_text("utf-8"))] == ["alone", "alone"]
