"""Tests of the connection to Troth's own tables: transactions, threads, one process alone, a server that went away."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from troth.model.address import read_address
from troth.model.errors import Taken, TrothError
from troth.state.link import Link, Run, open_link


def _make(run: Run) -> None:
    run("create table pair (a text primary key, b bigint)", ())


def test_work_inside_of_work_is_one_transaction(address: str) -> None:
    """What fails in the middle takes all of it back, and a connection of its own sees nothing before the end."""
    with closing(open_link(address)) as link, closing(open_link(address)) as other:
        link.write(_make)

        def inner(run: Run) -> None:
            run("insert into pair values (?, ?)", ("inner", 1))
            link.executemany("insert into pair values (?, ?)", [("x", 2), ("y", 3)])
            assert other.query("select * from pair") == []

        def outer(run: Run) -> None:
            link.write(inner)
            run("insert into pair values (?, ?)", ("x", 4))

        with pytest.raises(TrothError, match="does not work"):
            link.write(outer)
        assert link.query("select * from pair") == []
        link.write(inner)
        assert other.query("select a from pair where b > ? order by a", (1,)) == [("x",), ("y",)]


def test_percent_signs_are_signs(address: str) -> None:
    """A `%` in a statement is no mark of a driver, beside values and without."""
    with closing(open_link(address)) as link:
        link.write(_make)
        link.write(lambda run: run("insert into pair values ('50% off', ?)", (1,)))
        assert link.query("select a from pair where a like '50%' and b = ?", (1,)) == [("50% off",)]
        assert link.query("select a from pair where a like '%off'") == [("50% off",)]


def test_waiting_to_be_alone(address: str) -> None:
    """Who is patient gets the database when the other one is ready, and is told who has it when the patience is over."""
    with closing(open_link(address)) as link, closing(open_link(address)) as other:
        with other.alone("no"), pytest.raises(Taken, match="busy"), link.alone("busy", 0.2):
            pass  # pragma: no cover
        begun, ready = threading.Event(), threading.Event()

        def hold() -> None:
            with other.alone("no"):
                begun.set()
                time.sleep(0.3)
                ready.set()

        thread = threading.Thread(target=hold)
        thread.start()
        begun.wait()
        with link.alone("busy", 20):
            assert ready.is_set()
        thread.join()


def test_threads_take_turns(address: str) -> None:
    """Threads that share a connection do not come into each other's transactions."""
    with closing(open_link(address)) as link:
        link.write(_make)
        link.write(lambda run: run("insert into pair values ('sum', 0)", ()))

        def add() -> None:
            for _ in range(20):
                link.write(_add)

        threads = [threading.Thread(target=add) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert link.query("select b from pair") == [(100,)]


def _add(run: Run) -> None:
    before = run("select b from pair", ())[0][0]
    run("update pair set b = ?", (before + 1,))


def test_alone(address: str) -> None:
    """One process holds the state; another is refused, gets it afterwards, and gets it from one that died."""
    held = (
        "import sys, time; from troth.state.link import open_link\n"
        "with open_link(sys.argv[1]).alone('no'): print('held', flush=True); time.sleep(60)"
    )
    with closing(open_link(address)) as link:
        with (
            closing(open_link(address)) as other,
            other.alone("no"),
            pytest.raises(TrothError, match="somebody is here"),
            link.alone("somebody is here"),
        ):
            pass
        with subprocess.Popen([sys.executable, "-c", held, address], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            assert not free(link)
            process.kill()
        for _ in range(100):  # a server needs a moment to see that a process is dead
            if free(link):
                break
            time.sleep(0.05)
        assert free(link)


def test_alone_until_it_is_closed(address: str) -> None:
    """A state that is closed in the middle has let go, and leaving is no error."""
    link = open_link(address)
    with link.alone("no"):
        link.close()
    with closing(open_link(address)) as other:
        assert free(other)


def free(link: Link) -> bool:
    """Whether nobody holds the state."""
    with contextlib.suppress(TrothError), link.alone("somebody is here"):
        return True
    return False


def test_a_server_that_went_away(postgres_url: str) -> None:
    """After the server ended a connection the next statement works again, but never while a lock would be lost."""
    with closing(open_link(postgres_url)) as link:

        def cut() -> None:
            own = link.query("select pg_backend_pid()")[0][0]
            with psycopg.connect(postgres_url, autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s)", (own,))
            with pytest.raises(TrothError, match="does not"):
                link.query("select 1")

        cut()
        assert link.query("select 1") == [(1,)]
        with link.alone("no"):
            cut()
            with pytest.raises(TrothError, match="does not"):
                link.query("select 1")
        assert link.query("select 1") == [(1,)]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("state.db", "state.db"),
        ("sqlite:///state.db", "state.db"),
        ("sqlite:////var/state.db", "/var/state.db"),
        (Path("a/b.db"), "a/b.db"),
    ],
)
def test_addresses_of_files(given: str | Path, path: str) -> None:
    """A file is named by its path or by an address of SQLAlchemy's form."""
    assert read_address(given).path == Path(path)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_of_servers(scheme: str) -> None:
    """A server is named by any of the usual words, and its address is never shown."""
    found = read_address(f"{scheme}://ann:geheim@db.example/x?sslmode=require")
    assert (found.path, found.url) == (None, "postgresql://ann:geheim@db.example/x?sslmode=require")
    assert "geheim" not in repr(found)
