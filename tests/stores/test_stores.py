"""The contract of a store, the same on every engine."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from troth.model.datamap import Condition, Link
from troth.model.errors import TrothError
from troth.model.plan import Change
from troth.model.schema import Schema
from troth.stores.errors import StoreGone, StoreRefused
from troth.stores.open import open_store
from troth.stores.walk import Hints, Store, Taken, Taker, Walk, Write


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        (tmp_path / "main.db").touch()
        return f"sqlite:///{tmp_path / 'main.db'}"
    return str(request.getfixturevalue("postgres_url" if request.param == "postgresql" else "mariadb_url"))


def opened(url: str) -> Store:
    """The store of a database as it is now."""
    return open_store(url, scene.described({"main": url})["main"], patience=1)


def execute(url: str, *statements: str) -> None:
    """Run statements as they are, names in standard quotes."""
    engine = scene.database(url)
    with engine.begin() as link:
        for statement in statements:
            plain = statement if not url.startswith("mysql") else statement.replace('"', "`")
            link.exec_driver_sql(plain.replace("%", "%%") if not url.startswith("sqlite") else plain)
    engine.dispose()


def test_names_that_need_quotes(url: str) -> None:
    """Reserved words, spaces, quotes and per cent signs in names are names and nothing else."""
    execute(
        url,
        'create table "order; drop table x" ("select" integer not null primary key, "50 % off" varchar(20), "it\'s" integer)',
        "insert into \"order; drop table x\" values (1, 'a', 10), (2, 'b', 20)",
    )
    store = opened(url)
    table = "order; drop table x"
    walk = Walk(table, fixed=("it's",), want=("select", "50 % off"))
    assert list(store.find(walk, [(20,)])) == [(0, 2, "b")]
    assert [line.decode().replace(" ", "") for line in store.stream(walk, [(20,)])] == [
        '{"select":2,"50%off":"b"}'
    ]
    assert list(store.guess(Walk(table, fixed=("50 % off",), want=("select",)), Hints(("a",)))) == [(1, "a")]
    assert store.run(Write(table, ("select",), (Change("50 % off", "null"),)), [(1,)]) == 1
    assert store.run(Write(table, ("select",), each=("50 % off",)), [(2, "x' or '1' = '1")]) == 1
    assert sorted(row[1:] for row in store.find(walk, [(10,), (20,)])) == [(1, None), (2, "x' or '1' = '1")]
    assert store.run(Write(table, ("select",)), [(2,)]) == 1
    store.close()


def test_keys_of_every_kind(url: str) -> None:
    """Texts, dates and tuples name exactly their row; a key with a part that is NULL names none and is refused."""
    execute(
        url,
        "create table visits (site varchar(20) not null, day date not null, seat integer, note varchar(20),"
        " unique (site, day, seat))",
        "insert into visits values ('a', '2026-01-01', 1, 'x'), ('a', '2026-01-01', null, 'y'),"
        " ('a', '2026-01-02', 1, 'z'),"
        " ('b', '2026-01-01', 1, 'u')",
    )
    store = opened(url)
    key = ("site", "day", "seat")
    found = {
        row[4]: row[1:4] for row in store.find(Walk("visits", fixed=("site",), want=(*key, "note")), [("a",)])
    }
    assert set(found) == {"x", "y", "z"}
    with pytest.raises(StoreRefused, match="NULL in its key"):
        store.run(Write("visits", key), [found["y"], found["z"]])
    assert store.run(Write("visits", key), [found["x"], found["z"]]) == 2
    assert sorted(row[3] for row in scene.rows(url, "visits")) == ["u", "y"]
    store.close()


def test_walk_over_tables(url: str) -> None:
    """A walk joins tables by tuples and conditions, down to rows and up to whose they are."""
    execute(
        url,
        "create table people (id integer not null primary key, brand varchar(5), no integer)",
        "create table orders (id integer not null primary key, brand varchar(5), no integer, kind varchar(5))",
        "create table items (id integer not null primary key, order_ref varchar(10))",
        "insert into orders values (1, 'a', 1, 'web'), (2, 'a', 2, 'web'), (3, 'b', 1, 'web'), (4, 'a', 1, 'shop')",
        "insert into items values (10, '1'), (20, '2'), (30, '3'), (40, '4'), (50, 'none')",
    )
    store = opened(url)
    join = Link("items", ("order_ref",), "=>", "orders", ("id",))
    web = (Condition("kind", ("web",)),)
    down = Walk("items", (join,), ("brand", "no"), ("id",), conditions=web)
    assert list(store.find(down, [("a", 1), ("b", 1)], [7, 9])) in ([(7, 10), (9, 30)], [(9, 30), (7, 10)])
    up = Walk("items", (join,), ("id",), ("brand", "no"), upward=True)
    assert sorted(store.find(up, [(40,), (50,), (20,)])) == [(0, "a", 1), (2, "a", 2)]
    store.close()


def test_rows_written_where_they_are_found(url: str) -> None:
    """A store that can undo writes the rows of a walk in one pass and tells their keys; undone, they are there again."""
    execute(
        url,
        "create table servers (id integer not null primary key, owner varchar(5))",
        "create table samples (id integer not null primary key, server_id integer, note varchar(5))",
        "insert into servers values (1, 'a'), (2, 'a'), (3, 'b'), (4, 'c')",
        "insert into samples values (10, 1, 'x'), (11, 2, 'x'), (12, 3, 'x'), (13, 4, 'x'), (14, 1, 'x'), (15, null, 'x')",
    )
    store = opened(url)
    assert isinstance(store, Taker) != url.startswith("mysql")
    if isinstance(store, Taker):
        walk = Walk(
            "samples", (Link("samples", ("server_id",), "=>", "servers", ("id",)),), ("owner",), ("id",)
        )
        masked = Write("samples", ("id",), (Change("note", "null"),))
        keys = [("a",), ("b",), ("nobody",)]
        (taken,) = store.take([(masked, walk, keys, [7, 9, 8])])
        assert told(taken) == {7: {10, 11, 14}, 9: {12}}
        assert [row[2] for row in scene.rows(url, "samples")] == [None, None, None, "x", None, "x"]
        with contextlib.suppress(StoreGone), store.transaction():
            gone = Write("samples", ("id",))
            first, second = store.take([(masked, walk, keys, [7, 9, 8]), (gone, walk, keys, [7, 9, 8])])
            assert told(first) == told(second) == {7: {10, 11, 14}, 9: {12}}
            assert not store.remain([(walk, keys)])
            raise StoreGone("undone")
        assert store.remain([(walk, [("nobody",)]), (walk, keys)])
        assert len(scene.rows(url, "samples")) == 6
        many = [(str(n),) for n in range(50)]
        (taken,) = store.take([(Write("samples", ("id",)), walk, [*many, ("a",)], range(51))])
        assert told(taken) == {50: {10, 11, 14}}
        assert store.take([]) == []
        assert [row[0] for row in scene.rows(url, "samples")] == [12, 13, 15]
        assert not store.remain([])
        assert not store.remain([(walk, [])])
    store.close()


def told(taken: list[Taken]) -> dict[int, set[int]]:
    """The keys by number, with their count checked."""
    found = {number: {int(key) for key in keys.split(",")} for number, _, keys in taken}
    assert {number: len(keys) for number, keys in found.items()} == {
        number: rows for number, rows, _ in taken
    }
    return found


def test_values_that_can_not_be(url: str) -> None:
    """A text that is no number equals no number, and is no error."""
    execute(
        url,
        "create table t (id integer not null primary key, n integer)",
        "insert into t values (1, 5), (2, 0)",
    )
    store = opened(url)
    walk = Walk("t", fixed=("n",), want=("id",))
    assert list(store.find(walk, [("five",), ("5",), ("",)])) == [(1, 1)]
    store.close()


def test_transaction_is_whole(url: str) -> None:
    """What an error leaves is undone: a savepoint alone, or the whole transaction."""
    execute(
        url,
        "create table t (id integer not null primary key, a varchar(5) not null)",
        "insert into t values (1, 'x'), (2, 'y')",
    )
    store = opened(url)
    with store.transaction():
        store.run(Write("t", ("id",)), [(1,)])
        with pytest.raises(StoreRefused, match="may not be NULL"), store.savepoint():
            store.run(Write("t", ("id",), (Change("a", "null"),)), [(2,)])
    assert scene.rows(url, "t") == [(2, "y")]

    def fail() -> None:
        with store.transaction():
            store.run(Write("t", ("id",)), [(2,)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert scene.rows(url, "t") == [(2, "y")]
    store.close()


def test_take_refused_in_the_middle(url: str, caplog: pytest.LogCaptureFixture) -> None:
    """One refused write of several takes all of them back, says why, and leaves nothing in a log."""
    execute(
        url,
        "create table t (id integer not null primary key, a varchar(5) not null, b varchar(5))",
        "insert into t values (1, 'x', 'y'), (2, 'x', 'z')",
    )
    store = opened(url)
    if isinstance(store, Taker):
        walk = Walk("t", fixed=("a",), want=("id",))
        fine, bad = (Write("t", ("id",), (Change(name, "null"),)) for name in ("b", "a"))
        for place in range(4):
            writes = [fine, fine, fine]
            writes.insert(place, bad)
            with pytest.raises(StoreRefused, match="column a may not be NULL"), store.transaction():
                store.take([(write, walk, [("x",)], [0]) for write in writes])
        assert scene.rows(url, "t") == [(1, "x", "y"), (2, "x", "z")]
    assert caplog.records == []
    store.close()


def test_error_while_rows_come(url: str) -> None:
    """Whoever reads rows may fail in the middle of them: the transaction ends, and the store goes on."""
    execute(url, "create table t (id integer not null primary key, a varchar(5), b varchar(1000))")
    store = opened(url)
    engine = scene.database(url)
    with engine.begin() as link:
        for start in range(0, 20_000, 1_000):
            some = ", ".join(f"({n}, 'x', '{'y' * 900}')" for n in range(start, start + 1_000))
            link.exec_driver_sql(f"insert into t values {some}")
    engine.dispose()
    walk = Walk("t", fixed=("a",), want=("id", "b"))
    held: list[object] = []

    def fail(*, read: bool, stream: bool) -> None:
        with store.snapshot() if read else store.transaction(), store.savepoint():
            rows = store.stream(walk, [("x",)]) if stream else store.find(walk, [("x",)])
            held.append(rows)  # as a traceback does
            next(rows)
            raise ZeroDivisionError

    for read in (True, False):
        for stream in (True, False):
            with pytest.raises(ZeroDivisionError):
                fail(read=read, stream=stream)
            held.clear()
            with store.snapshot():
                assert len(list(store.find(walk, [("x",)]))) == 20_000
    store.close()


def test_lines_of_json(url: str) -> None:
    """Control characters, quotes, backslashes and other scripts come through as the same text."""
    text = 'a\\b"c\n\t\r 王 \U0001f600 {"x": "\\u0041"}'
    execute(url, "create table t (id integer not null primary key, a varchar(100))")
    store = opened(url)
    execute(url, "insert into t values (1, '')")
    store.run(Write("t", ("id",), each=("a",)), [(1, text)])
    (line,) = store.stream(Walk("t", fixed=("id",), want=("id", "a")), [(1,)])
    assert json.loads(line) == {"id": 1, "a": text}
    store.close()


def test_refusals_in_our_words(url: str) -> None:
    """Why a database refuses is said without any value."""
    execute(
        url,
        "create table p (id integer not null primary key)",
        "create table c (id integer not null primary key, p_id integer not null, mail varchar(40), unique (mail),"
        " foreign key (p_id) references p (id))",
        "insert into p values (1)",
        "insert into c values (1, 1, 'ada@example.org'), (2, 1, 'bob@example.org')",
    )
    store = opened(url)
    with store.transaction():
        with pytest.raises(StoreRefused, match="still point to it"), store.savepoint():
            store.run(Write("p", ("id",)), [(1,)])
        with pytest.raises(StoreRefused, match="unique") as caught, store.savepoint():
            store.run(Write("c", ("id",), each=("mail",)), [(1, "bob@example.org")])
    assert "bob" not in caught.value.message
    store.close()


def test_addresses() -> None:
    """An address of no known database is refused, and one that nobody answers is told so without its password."""
    empty = Schema("main", "postgresql", ())
    with pytest.raises(TrothError, match="names no database that Troth writes"):
        open_store("oracle://x/y", empty)
    for url in ("postgresql://u:topsecret@127.0.0.1:1/x", "mysql://u:topsecret@127.0.0.1:1/x"):
        with pytest.raises(StoreGone) as caught:
            open_store(url, empty)
        assert "topsecret" not in caught.value.message


def test_numbers_shown_with_zeros(mariadb_url: str) -> None:
    """A column that shows zeros before its numbers, a year and bits come as the numbers they are."""
    scene.run(
        mariadb_url,
        "create table padded (id int unsigned zerofill not null primary key, price decimal(8,2) zerofill, share double zerofill, "
        "born year, marks bit(5))",
        "insert into padded values (7, 3.5, 2.25, 0, b'101'), (18446, null, 0, 1999, b'0')",
    )
    walk = Walk("padded", fixed=("id",), want=("id", "price", "share", "born", "marks"))
    rows = [json.loads(line) for line in opened(mariadb_url).stream(walk, [(7,), (18446,)])]
    assert [list(row.values()) for row in rows] == [[7, 3.5, 2.25, 0, 5], [18446, None, 0, 1999, 0]]


def test_zeros_of_addresses(mariadb_url: str) -> None:
    """The zero that stands for an address fits its column, of either kind of address."""
    scene.run(
        mariadb_url,
        "create table ips (id integer not null primary key, a inet4 not null, b inet6 not null)",
        "insert into ips values (1, '192.0.2.1', '2001:db8::1')",
    )
    store = opened(mariadb_url)
    with store.transaction():
        assert store.run(Write("ips", ("id",), (Change("a", "zero"), Change("b", "zero"))), [(1,)]) == 1
    store.close()
    assert [tuple(map(str, row)) for row in scene.rows(mariadb_url, "ips")] == [("1", ".".join("0000"), "::")]


def test_server_with_settings_of_its_own(mariadb_url: str) -> None:
    """A zone of the server does not move what is read of a TIMESTAMP or written to it, and its limits cut nothing off."""
    scene.run(
        mariadb_url,
        "set session time_zone = '+00:00'",
        "create table marks (id integer not null primary key, at timestamp null)",
        "insert into marks values (1, '2026-01-02 03:04:05'), (2, null), (3, null)",
    )
    odd = {"time_zone": "'+08:00'", "sql_select_limit": "1", "sql_safe_updates": "1", "max_join_size": "1"}
    kept = {name: scene.asked(mariadb_url, f"select @@global.{name}") for name in odd}
    try:
        for name, value in odd.items():
            scene.run(mariadb_url, f"set global {name} = {value}")
        store = opened(mariadb_url)
        walk = Walk("marks", fixed=("id",), want=("id", "at"))
        assert json.loads(next(store.stream(walk, [(1,)])))["at"] == "2026-01-02 03:04:05"
        with store.transaction():
            store.run(
                Write("marks", ("id",), each=("at",)),
                [(2, "2026-01-02 03:04:05"), (3, "2026-01-02 03:04:05")],
            )
        assert len(list(store.find(walk, [(1,), (2,), (3,)]))) == 3
        store.close()
    finally:
        for name, value in kept.items():
            said = f"'{value}'" if isinstance(value, str) else value
            scene.run(mariadb_url, f"set global {name} = {said}")
    assert scene.asked(mariadb_url, "select count(distinct unix_timestamp(at)) from marks") == 1
