"""Reading a store, and saying plainly why it can not be read."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.datamap.hosting import build, driver
from troth.datamap.introspect import introspect
from troth.datamap.mask import fitting_mask
from troth.model.errors import TrothError
from troth.plan.fit import fitting


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "not a database URL"),
        ("oracle://host/db", "does not read oracle"),
        ("postgresql://host:port/db", "port that is not a number"),
        ("postgresql://host", "names no database"),
        ("sqlite:////nowhere/at/all.db", "no such file"),
        ("postgresql://user:hunter2@127.0.0.1:1/db", "nothing answers"),
        ("mysql://user:hunter2@127.0.0.1:1/db", "nothing answers"),
    ],
)
def test_wrong_address(url: str, said: str) -> None:
    """A wrong address gives one clear message and never the password."""
    with pytest.raises(TrothError) as caught:
        introspect(url)
    assert said in caught.value.message
    assert "hunter2" not in caught.value.message + caught.value.hint


def test_missing_file_is_not_made(tmp_path: Path) -> None:
    """A SQLite file that is not there stays away instead of being made empty."""
    with pytest.raises(TrothError):
        introspect(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.iterdir()) == []


def test_not_a_database(tmp_path: Path) -> None:
    """A file that is no database is said to be none."""
    (tmp_path / "text.db").write_text("this is a long text and certainly not a database " * 50)
    with pytest.raises(TrothError, match="not a SQLite database"):
        introspect(f"sqlite:///{tmp_path / 'text.db'}")


def test_wrong_database(postgres_url: str, mariadb_url: str) -> None:
    """A server without the named database says so."""
    for url in (postgres_url, mariadb_url):
        with pytest.raises(TrothError, match="no such database"):
            introspect(url.rpartition("/")[0] + "/never_made")


def test_missing_permission(postgres_url: str) -> None:
    """Tables that may not be read are described without rows, and the schema says which."""
    build(postgres_url)
    engine = create_engine(driver(postgres_url))
    with engine.begin() as connection:
        connection.execute(text("drop role if exists half_blind"))
        connection.execute(text("create role half_blind login"))
        connection.execute(text("grant select on all tables in schema public to half_blind"))
        connection.execute(text("revoke select on customers from half_blind"))
    limited = engine.url.set(drivername="postgresql", username="half_blind")
    schema = introspect(limited.render_as_string(hide_password=False))
    assert schema.problems == ("the rows of customers can not be read: this user may not read it",)
    assert not schema.relation("customers").readable
    assert schema.relation("servers").rows == 8
    with engine.begin() as connection:
        connection.execute(text("drop owned by half_blind"))
        connection.execute(text("drop role half_blind"))
    engine.dispose()


def test_locked_table(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that somebody has locked is an error: nobody may take its whole schema for gone."""
    monkeypatch.setattr("troth.datamap.connect.LOCK_SECONDS", 1)
    engine = create_engine(driver(postgres_url))
    with engine.begin() as connection:
        connection.execute(text("create schema crm"))
        connection.execute(
            text("create table crm.addresses (id serial primary key, street text default 'x')")
        )
        connection.execute(text("create table crm.disputes (id serial primary key, state text)"))
    assert {one.name for one in introspect(postgres_url).relations} == {"crm.addresses", "crm.disputes"}
    with engine.begin() as connection:
        connection.execute(text("lock table crm.addresses in access exclusive mode"))
        with pytest.raises(TrothError, match="tables of crm can not be described: it did not answer in time"):
            introspect(postgres_url, sample=0)
    engine.dispose()


def test_partitions_and_schemas(postgres_url: str) -> None:
    """Partitions are parts of their table; tables of other schemas carry the schema's name."""
    engine = create_engine(driver(postgres_url))
    with engine.begin() as connection:
        connection.execute(
            text("create table visits (id int, day date, email text) partition by range (day)")
        )
        connection.execute(
            text(
                "create table visits_2024 partition of visits for values from ('2024-01-01') to ('2025-01-01')"
            )
        )
        connection.execute(text("create schema billing"))
        connection.execute(
            text(
                "create table billing.invoices "
                "(id int primary key, email text, tags text[], kind text check (kind in ('a', 'b')))"
            )
        )
        connection.execute(text("create materialized view copies as select email from visits"))
    schema = introspect(postgres_url)
    engine.dispose()
    assert [one.name for one in schema.relations] == ["billing.invoices", "visits"]
    assert schema.copies == ("copies",)
    kind = schema.relation("billing.invoices").field("kind")
    tags = schema.relation("billing.invoices").field("tags")
    assert kind is not None
    assert tags is not None
    assert (kind.labels, tags.kind) == (("a", "b"), "array")


@pytest.mark.parametrize("which", ["sqlite", "postgres_url", "mariadb_url"])
def test_sample_is_spread(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The sample of a big table reaches beyond its first rows, is bounded, and is the same on every run."""
    url = f"sqlite:///{tmp_path / 'big.db'}" if which == "sqlite" else str(request.getfixturevalue(which))
    engine = create_engine(driver(url))
    with engine.begin() as connection:
        connection.execute(text("create table readings (id integer not null primary key, reading integer)"))
        rows = [{"a": number, "b": number} for number in range(20_000)]
        connection.execute(text("insert into readings values (:a, :b)"), rows)
    if which == "postgres_url":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("analyze readings"))
            connection.close()
    engine.dispose()
    first, second = introspect(url, sample=400), introspect(url, sample=400)
    samples = first.relation("readings").fields[0].samples
    assert first == second
    assert 200 <= len(samples) <= 400
    assert max(int(str(one)) for one in samples) > 2_000
    assert first.relation("readings").rows >= 10_000


def test_odd_names(tmp_path: Path) -> None:
    """Names with quotes, colons, blanks and Chinese characters are read like others."""
    url = f"sqlite:///{tmp_path / 'odd.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql('create table "a ""b"":c" ("x:y" text, "客户 名" text)')
        connection.exec_driver_sql('insert into "a ""b"":c" values (\'1\', \'2\')')
    engine.dispose()
    relation = introspect(url).relations[0]
    assert relation.name == 'a "b":c'
    assert [one.samples for one in relation.fields] == [("1",), ("2",)]


@pytest.mark.parametrize("which", ["sqlite", "postgresql"])
def test_unique_by_an_expression(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A column that is unique in lower case, or in some rows only, gets no mask that would stand in two rows."""
    (tmp_path / "a.db").touch()
    url = f"sqlite:///{tmp_path / 'a.db'}" if which == "sqlite" else request.getfixturevalue("postgres_url")
    engine = create_engine(driver(url))
    with engine.begin() as connection:
        for statement in (
            (
                'create table "Members" (id integer primary key, "E Mail" text not null, login text not null, code text not null,'
                " gone integer, note text not null, lower text not null)"
            ),
            'create unique index m1 on "Members" (lower("E Mail"))',
            'create unique index m2 on "Members" (login) where gone is null',
            'create unique index m3 on "Members" (gone, upper(code))',
            'create index m4 on "Members" (upper(note))',
        ):
            connection.execute(text(statement))
    engine.dispose()
    relation = introspect(url, sample=0).relation("Members")
    fits = {name: fitting_mask(relation, name, "subject") for name in ("E Mail", "login", "code", "note")}
    assert fits == {"E Mail": "token", "login": "token", "code": "token", "note": "empty"}
    assert {name: fitting(relation, name, "")[0] for name in fits} == fits
    assert fitting(relation, "E Mail", "empty")[1] == "its values must be unique"
    assert not relation.identifies(("login",))
    assert relation.row_key == ("id",)


def test_types_the_inspector_does_not_know(mariadb_url: str) -> None:
    """Addresses, places and sets of MariaDB are known as what they are, and a mask fits them."""
    engine = create_engine(driver(mariadb_url))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "create table seen (id integer primary key, ip4 inet4 not null, ip6 inet6 not null, spot point, "
            "tags set('a', 'b') not null, note varchar(20) invisible)"
        )
        connection.exec_driver_sql(
            "insert into seen values (1, '192.0.2.1', '2001:db8::1', point(1, 2), 'a,b')"
        )
    engine.dispose()
    relation = introspect(mariadb_url).relation("seen")
    told = {one.name: (one.kind, one.length) for one in relation.fields}
    assert told["ip4"] == told["ip6"] == ("network", None)
    assert (told["tags"], told["note"]) == (("text", None), ("text", 20))
    assert relation.fields[3].type == "POINT"
    assert {name: fitting(relation, name, "")[0] for name in ("ip4", "ip6", "spot", "tags")} == {
        "ip4": "zero", "ip6": "zero", "spot": "null", "tags": "empty",
    }  # fmt: skip


def test_hidden_trigger(mariadb_url: str) -> None:
    """A trigger whose text the user may not read is taken as one that may undo a change; reading goes on."""
    engine = create_engine(driver(mariadb_url))
    with engine.begin() as connection:
        connection.exec_driver_sql("create table quotes (id integer primary key, email varchar(60))")
        connection.exec_driver_sql(
            "create trigger still before update on quotes for each row signal sqlstate '45000'"
        )
        for host in ("localhost", "127.0.0.1"):
            connection.exec_driver_sql(f"create or replace user reader@'{host}'")
            connection.exec_driver_sql(f"grant select, update on * to reader@'{host}'")
    engine.dispose()
    assert introspect(mariadb_url).relation("quotes").keeps == ()
    assert introspect(mariadb_url.replace("//root@", "//reader@")).relation("quotes").keeps == ("update",)


def test_parts_of_a_composite_type(postgres_url: str) -> None:
    """The parts of a composite value are read, through a domain and in another schema too."""
    engine = create_engine(driver(postgres_url))
    for statement in (
        "create schema bill; create type bill.postal as (street text, city text); create domain bill.home as bill.postal",
        "create table people (id integer primary key, a bill.postal, b bill.home, c text)",
    ):
        with engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
    fields = introspect(postgres_url, sample=5).relation("people").fields
    assert [one.parts for one in fields] == [(), ("street", "city"), ("street", "city"), ()]


def test_a_file_whose_writer_was_killed(tmp_path: Path) -> None:
    """A file beside the journal of a process that was killed is read as it was before that process began."""
    file = tmp_path / "shop.db"
    with contextlib.closing(sqlite3.connect(file)) as link:
        link.execute("create table people (id integer not null primary key, mail text)")
        link.executemany(
            "insert into people values (?, ?)", [(n, f"p{n}@example.org" * 40) for n in range(200)]
        )
        link.commit()
    script = (
        "import os, sqlite3, sys; link = sqlite3.connect(sys.argv[1], isolation_level=None);"
        " link.execute('pragma cache_size = 2'); link.execute('begin');"
        " link.execute('delete from people where id < 150'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=False)
    assert file.with_name("shop.db-journal").stat().st_size
    assert introspect(f"sqlite:///{file}", store="s").relation("people").rows == 200
