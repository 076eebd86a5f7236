"""Others write while a sweep runs: what they write is never lost, and what is locked is left and told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.enforcement import scene
from tests.retention import shop
from troth.enforcement.sweep import sweep
from troth.stores.sqlite import SqliteStore

RULES = "  must erase order-information ~12 months after order-completed\n"
OLD, RECENT = "2020-01-01 00:00:00", "2026-11-01 00:00:00"
ROWS = 4_000


def stock(url: str) -> None:
    """Orders of which all but some are past."""
    scene.run(url, shop.tables(url), "insert into customers values (1, 'ada@example.org', 'Ada', 'x', null)")
    engine = scene.database(url)
    with engine.begin() as link:
        for start in range(0, ROWS, 500):
            values = ", ".join(
                f"({n}, 1, {n}, 'a', '{RECENT if n % 10 == 0 else OLD}')" for n in range(start, start + 500)
            )
            link.exec_driver_sql(f"insert into orders values {values}")
    engine.dispose()


def until(
    stop: threading.Event, engine: Engine, work: Callable[[Engine, int], None], done: list[int]
) -> None:
    """Write again and again, until told to stop; what is locked is tried again."""
    number = 0
    while not stop.is_set():
        try:
            work(engine, number)
        except Exception:  # noqa: BLE001 - every driver has its own word for a lock
            time.sleep(0.002)
            continue
        done.append(number)
        number += 1
        time.sleep(0.001)


def test_writers_lose_nothing(url: str, tmp_path: Path) -> None:
    """Orders that arrive or are opened again during a sweep stay, and everything else that is past goes."""
    stock(url)
    engine = scene.database(url)
    stop, added, opened = threading.Event(), list[int](), list[int]()

    def add(link: Engine, number: int) -> None:
        with link.begin() as one:
            one.exec_driver_sql(f"insert into orders values ({100_000 + number}, 1, 1, 'new', '{RECENT}')")

    def reopen(link: Engine, number: int) -> None:
        with link.begin() as one:
            # From the far end, so that some are caught before the sweep comes to them.
            one.exec_driver_sql(f"update orders set completed_at = null where id = {ROWS - 1 - number}")

    threads = [
        threading.Thread(target=until, args=(stop, engine, add, added)),
        threading.Thread(target=until, args=(stop, engine, reopen, opened)),
    ]
    schemas = scene.described({"main": url})
    for one in threads:
        one.start()
    try:
        with scene.project(tmp_path, {"main": url}, shop.MAP, schemas=schemas) as project:
            found = sweep(project, shop.plan(project, RULES))
    finally:
        stop.set()
        for one in threads:
            one.join()
    engine.dispose()
    left = {row[0] for row in scene.rows(url, "orders")}
    assert {100_000 + number for number in added} <= left
    assert {number for number in range(ROWS) if number % 10 == 0} <= left
    surely_past = {n for n in range(ROWS) if n % 10} - {ROWS - 1 - number for number in opened}
    assert not surely_past & left
    assert found[0].counts["deleted"] <= ROWS - ROWS // 10


def test_a_locked_row_is_left_and_told(url: str, tmp_path: Path) -> None:
    """Rows that somebody else holds too long are left, named as the reason, and a finding stands in the ledger."""
    scene.run(url, shop.tables(url), "insert into customers values (1, 'ada@example.org', 'Ada', 'x', null)")
    scene.run(url, f"insert into orders values (1, 1, 1, 'a', '{OLD}'), (2, 1, 1, 'a', '{OLD}')")
    engine = scene.database(url)
    with engine.connect() as link:
        link.exec_driver_sql(
            "begin immediate" if url.startswith("sqlite") else "update orders set total = 9 where id = 1"
        )
        with scene.project(tmp_path, {"main": url}, shop.MAP) as project:
            found = sweep(project, shop.plan(project, RULES))
            findings = [entry for entry in project.ledger.read(0) if entry.kind == "finding"]
        link.rollback()
    engine.dispose()
    assert found[0].left
    assert "locked" in found[0].why
    assert not found[0].kept
    assert [(entry.outcome, entry.counts["rows"]) for entry in findings] == [("broken", found[0].left)]


def test_what_the_database_refuses_is_left_alone(tmp_path: Path) -> None:
    """A row that a trigger protects is left and told, and its neighbours go."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    stock(url)
    engine = scene.database(url)
    with engine.begin() as link:
        link.exec_driver_sql(
            "create trigger kept before delete on orders when old.id = 777 begin select raise(abort, 'kept'); end"
        )
    engine.dispose()
    with scene.project(tmp_path, {"main": url}, shop.MAP) as project:
        found = sweep(project, shop.plan(project, RULES))
    past = {n for n in range(ROWS) if n % 10}
    assert {row[0] for row in scene.rows(url, "orders")} & past == {777}
    assert (found[0].left, found[0].why) == (1, "a trigger of the database refuses it")


def test_refused_row_beside_a_new_one(tmp_path: Path) -> None:
    """A row that a trigger protects is told too where another one became past meanwhile, so that as many went as were counted."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    stock(url)
    trigger = (
        "create trigger kept before delete on orders when old.id = 777 begin select raise(abort, 'kept'); end"
    )
    engine = scene.database(url)
    with engine.begin() as link:
        link.exec_driver_sql(trigger)
    engine.dispose()
    late: list[str] = []

    def watch(event: str) -> None:
        if event == "+ deleted main.orders" and not late:
            late.append(event)
            scene.run(url, f"update orders set completed_at = '{OLD}' where id = {ROWS - 10}")

    with scene.project(tmp_path, {"main": url}, shop.MAP, watch=watch) as project:
        found = sweep(project, shop.plan(project, RULES))
    assert late
    assert (found[0].left, found[0].why) == (1, "a trigger of the database refuses it")


@pytest.mark.parametrize("pending", [True, False])
def test_progress_is_told(pending: bool, tmp_path: Path) -> None:
    """Whoever watches hears of every chunk and every note."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    stock(url)
    heard: list[str] = []
    with scene.project(tmp_path, {"main": url}, shop.MAP, watch=heard.append) as project:
        assert isinstance(project.stores["main"], SqliteStore)
        sweep(
            project,
            shop.plan(project, RULES if pending else "  must erase passport ~1 months after collection\n"),
        )
    assert ("- deleted main.orders" in heard) == pending
    assert {"- ledger plan", "- journal finish"} <= set(heard)


KEEPING = {
    "sqlite": [
        (
            "create trigger soft before delete on orders begin update orders set item = 'gone' where id = old.id;"
            " select raise(ignore); end"
        )
    ],
    "postgresql": ["create rule soft as on delete to orders do instead nothing"],
}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_rows_that_the_database_keeps(request: pytest.FixtureRequest, tmp_path: Path, engine: str) -> None:
    """Rows that are still there because a trigger or rule keeps them are told with that reason, and are not counted as gone."""
    (tmp_path / "main.db").touch()
    sqlite = engine == "sqlite"
    url = f"sqlite:///{tmp_path / 'main.db'}" if sqlite else request.getfixturevalue("postgres_url")
    stock(url)
    link = scene.database(url)
    with link.begin() as opened:
        for statement in KEEPING[engine]:
            opened.exec_driver_sql(statement)
    link.dispose()
    with scene.project(tmp_path, {"main": url}, shop.MAP) as project:
        found = sweep(project, shop.plan(project, RULES))
    assert found[0].left == ROWS * 9 // 10
    assert found[0].why == "the database keeps deleted rows: a trigger, rule or row policy of orders"
    assert "deleted" not in found[0].counts or not found[0].counts["deleted"]
    assert len(scene.rows(url, "orders")) == ROWS
