"""Partitions and tables of a period that are past go whole; what is held in them keeps them."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.enforcement import scene
from tests.enforcement.test_kill import in_child
from tests.retention import shop
from tests.retention.test_kill import Fuse
from troth.enforcement.sweep import Swept, resume, sweep

RULES = "  must erase usage-log ~12 months after collection\n"
RECENT = "2026-10-05 00:00:00"


def mapped(*names: str) -> str:
    """The map of tables of usage."""
    people = """
[[table]]
store = "main"
name = "people"
role = "subject"
key = ["id"]
marks = { restricted = "stopped" }
[table.columns]
email = { category = "contact.email", terms = ["email-address"], mask = "token" }
"""
    return people + "".join(
        f"""
[[table]]
store = "main"
name = "{name}"
role = "owned"
key = ["id", "ts"]
paths = ["{name}.person => people.id"]
events = {{ collection = "ts" }}
[table.columns]
line = {{ category = "log", terms = ["usage-log"] }}
"""
        for name in names
    )


def parted(url: str, *, default: bool = False) -> tuple[str, ...]:
    """Make usage by months, two of them past, one half past, one recent; gives the names of the tables of the map."""
    kind = url.partition(":")[0].partition("+")[0]
    flag = "boolean" if kind == "postgresql" else "integer"
    false = "false" if kind == "postgresql" else "0"
    scene.run(
        url, f"create table people (id integer not null primary key, email varchar(60), stopped {flag})",
        f"insert into people values (1, 'ada@example.org', {false}), (2, 'bob@example.org', {false})",
    )  # fmt: skip
    months = [("2025_01", "2025-01-01", "2025-02-01"), ("2025_02", "2025-02-01", "2025-03-01"),
              ("2025_11", "2025-11-01", "2025-12-01"), ("2026_10", "2026-10-01", "2026-11-01")]  # fmt: skip
    columns = (
        "id integer not null, person integer not null, line varchar(20), ts {} not null, primary key (id, ts)"
    )
    if kind == "postgresql":
        scene.run(url, f"create table usage ({columns.format('timestamp')}) partition by range (ts)")
        for name, start, end in months:
            scene.run(
                url, f"create table usage_{name} partition of usage for values from ('{start}') to ('{end}')"
            )
        if default:
            scene.run(url, "create table usage_rest partition of usage default")
    elif kind == "mysql":
        listed = ", ".join(f"partition p{name} values less than ('{end}')" for name, _, end in months)
        scene.run(
            url,
            f"create table usage_lines ({columns.format('datetime')}) partition by range columns (ts) ({listed})",
        )
    else:
        for name, _, _ in months:
            scene.run(url, f"create table usage_{name} ({columns.format('datetime')})")
    names = {"postgresql": ("usage",), "mysql": ("usage_lines",)}.get(
        kind, tuple(f"usage_{name}" for name, _, _ in months)
    )
    for number, (moment, person) in enumerate((
        ("2025-01-10 00:00:00", 1), ("2025-01-11 00:00:00", 2), ("2025-02-10 00:00:00", 1),
        ("2025-11-05 00:00:00", 1), ("2025-11-25 00:00:00", 2), (RECENT, 1),
    )):  # fmt: skip
        name = names[0] if len(names) == 1 else f"usage_{moment[:4]}_{moment[5:7]}"
        scene.run(url, f"insert into {name} values ({number}, {person}, 'line', '{moment}')")
    return names


def left(url: str) -> set[int]:
    """The numbers of the lines that are left."""
    engine = scene.database(url)
    found: set[int] = set()
    with engine.connect() as link:
        for name in inspect(link).get_table_names():
            if name in {"usage", "usage_lines"} or (name.startswith("usage_2") and url.startswith("sqlite")):
                found |= {row[0] for row in link.exec_driver_sql(f"select id from {name}")}
    engine.dispose()
    return found


def totals(swept: tuple[Swept, ...]) -> dict[str, int]:
    """Rows by what happened to them, over all tables."""
    found: dict[str, int] = {}
    for one in swept:
        for what, rows in one.counts.items():
            found[what] = found.get(what, 0) + rows
    return found


def swept_once(url: str, folder: Path, names: tuple[str, ...]) -> dict[str, int]:
    """Sweep and give the totals."""
    with scene.project(folder, {"main": url}, mapped(*names)) as project:
        return totals(sweep(project, shop.plan(project, RULES)))


def test_past_parts_go_whole(url: str, tmp_path: Path) -> None:
    """Two months that are past are dropped, of a month that is half past the rows go one by one."""
    names = parted(url)
    assert swept_once(url, tmp_path, names) == {"dropped": 3, "partitions": 2, "deleted": 1}
    assert left(url) == {4, 5}


def lesser(url: str) -> str:
    """The URL of a user who may do what a sweep is documented to need, and nothing to the tables themselves."""
    user = f"sweeper_{url.rpartition('/')[2]}"
    tables = "on all tables in schema public" if url.startswith("postgresql") else "on *"
    if url.startswith("postgresql"):
        scene.run(url, f"create role {user} login", f"grant select, update, delete {tables} to {user}")
        return url.replace("//troth@", f"//{user}@")
    for host in ("localhost", "127.0.0.1"):
        grants = "select, update, delete, create temporary tables"
        scene.run(
            url, f"create or replace user {user}@'{host}'", f"grant {grants} {tables} to {user}@'{host}'"
        )
    return url.replace("//root@", f"//{user}@")


@pytest.mark.parametrize("which", ["postgres_url", "mariadb_url"])
def test_parts_that_may_not_be_dropped(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A user who may delete rows and not drop partitions deletes the rows of the past ones, and nothing is refused."""
    url = str(request.getfixturevalue(which))
    names = parted(url)
    user = lesser(url)
    try:
        assert swept_once(user, tmp_path, names) == {"deleted": 4}
        assert left(url) == {4, 5}
    finally:
        name = user.partition("//")[2].partition("@")[0]
        if which == "postgres_url":
            scene.run(url, f"drop owned by {name}", f"drop role {name}")


def test_default_partition(postgres_url: str, tmp_path: Path) -> None:
    """A default partition stays, and the others go although it is there."""
    names = parted(postgres_url, default=True)
    assert swept_once(postgres_url, tmp_path, names) == {"dropped": 3, "partitions": 2, "deleted": 1}
    assert left(postgres_url) == {4, 5}


def test_what_is_held_keeps_its_part(url: str, tmp_path: Path) -> None:
    """A part that holds a row of somebody who is restricted stays, and its other rows go."""
    names = parted(url)
    scene.run(
        url, f"update people set stopped = {'true' if url.startswith('postgresql') else '1'} where id = 2"
    )
    assert swept_once(url, tmp_path, names) == {"dropped": 1, "partitions": 1, "deleted": 2}
    assert left(url) == {1, 4, 5}


def test_view_keeps_the_table_of_a_period(tmp_path: Path) -> None:
    """A table of a period that a view reads is emptied and not dropped."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    names = parted(url)
    scene.run(url, "create view recent as select * from usage_2025_01")
    assert swept_once(url, tmp_path, names) == {"dropped": 1, "partitions": 1, "deleted": 3}
    assert scene.rows(url, "recent") == []


def test_a_period_that_lies_is_not_believed(tmp_path: Path) -> None:
    """A table whose name says a past month and that holds a recent row is not dropped."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    names = parted(url)
    scene.run(url, f"insert into usage_2025_01 values (99, 1, 'line', '{RECENT}')")
    assert swept_once(url, tmp_path, names) == {"dropped": 1, "partitions": 1, "deleted": 3}
    assert 99 in left(url)


def test_killed_around_a_drop(url: str, tmp_path: Path) -> None:
    """A kill before or after a part is dropped loses neither rows nor their count."""
    names = parted(url)
    schemas = scene.described({"main": url})
    whole = tmp_path / "whole"
    whole.mkdir()
    heard: list[str] = []
    with scene.project(whole, {"main": url}, mapped(*names), watch=heard.append, schemas=schemas) as project:
        sweep(project, shop.plan(project, RULES))
    near = {number for number, event in enumerate(heard) if "dropped" in event}
    for number in sorted({one + step for one in near for step in (-1, 0, 1)}):
        again(url)
        folder = tmp_path / str(number)
        folder.mkdir()

        def killed(folder: Path = folder, number: int = number) -> None:
            with scene.project(
                folder, {"main": url}, mapped(*names), watch=Fuse(number), schemas=schemas
            ) as project:
                sweep(project, shop.plan(project, RULES))

        assert in_child(killed) == signal.SIGKILL
        with scene.project(folder, {"main": url}, mapped(*names), schemas=schemas) as project:
            found = resume(project)
        assert left(url) == {4, 5}, number
        assert totals(found) == {"dropped": 3, "partitions": 2, "deleted": 1}, number


def again(url: str) -> None:
    """Everything as it was."""
    kind = url.partition(":")[0].partition("+")[0]
    drop = " cascade" if kind == "postgresql" else ""
    engine = scene.database(url)
    with engine.connect() as link:
        names = inspect(link).get_table_names()
    engine.dispose()
    scene.run(url, *(f"drop table if exists {name}{drop}" for name in names))
    parted(url)


def test_a_reader_is_waited_for(postgres_url: str, tmp_path: Path) -> None:
    """A part that somebody is reading goes when the reader is ready, and the reader is not disturbed."""
    names = parted(postgres_url)
    engine = scene.database(postgres_url)
    with engine.connect() as link:
        read = link.exec_driver_sql("select count(*) from usage").scalar_one()
        ready = threading.Timer(0.5, link.rollback)
        ready.start()
        assert swept_once(postgres_url, tmp_path, names) == {"dropped": 3, "partitions": 2, "deleted": 1}
        ready.join()
    engine.dispose()
    assert read == 6
    assert left(postgres_url) == {4, 5}
