"""The fixtures that other tests stand on."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page
from sqlalchemy import create_engine, text

from tests import servers

HOUSE = Path(__file__).resolve().parents[2]
URLS = pytest.mark.parametrize("fixture", ["postgres_url", "mariadb_url"])


@URLS
def test_server_answers(fixture: str, request: pytest.FixtureRequest) -> None:
    """A server fixture gives the URL of a database that answers."""
    engine = create_engine(request.getfixturevalue(fixture))
    with engine.connect() as link:
        assert link.execute(text("select 1")).scalar_one() == 1
    engine.dispose()


@URLS
@pytest.mark.parametrize("turn", [1, 2])
def test_database_starts_empty(fixture: str, turn: int, request: pytest.FixtureRequest) -> None:
    """Each test gets a database of its own, so a table of the test before is not there."""
    engine = create_engine(request.getfixturevalue(fixture))
    with engine.begin() as link:
        link.execute(text("create table mark (n integer primary key)"))
        assert link.execute(text("select count(*) from mark")).scalar_one() == 0
    engine.dispose()


@URLS
def test_databases_hold_unicode(fixture: str, request: pytest.FixtureRequest) -> None:
    """Text of any script comes back as it went in."""
    engine = create_engine(request.getfixturevalue(fixture))
    with engine.begin() as link:
        link.execute(text("create table mark (word varchar(20))"))
        link.execute(text("insert into mark values (:word)"), {"word": "隐私 \U0001f512"})
        assert link.execute(text("select word from mark")).scalar_one() == "隐私 \U0001f512"
    engine.dispose()


@pytest.mark.parametrize("make", [servers.postgres_database, servers.mariadb_database])
def test_forgotten_transaction(make: object, request: pytest.FixtureRequest) -> None:
    """A database is dropped even when a test forgot to close its transaction."""
    if make is servers.postgres_database:
        context = servers.postgres_database(request.getfixturevalue("postgres_port"), "forgotten")
    else:
        context = servers.mariadb_database(request.getfixturevalue("mariadb_port"), "forgotten")
    with context as url:
        engine = create_engine(url)
        link = engine.connect()
        link.execute(text("create table mark (n integer)"))
        link.execute(text("select * from mark"))
    link.invalidate()
    link.close()
    engine.dispose()


@pytest.mark.parametrize(
    ("kind", "fixture", "asked"),
    [
        ("postgres", "postgres_port", "select current_setting('data_directory') || '/postmaster.pid'"),
        ("mariadb", "mariadb_port", "select @@pid_file"),
    ],
)
def test_no_server_outlives_its_tests(
    kind: str, fixture: str, asked: str, request: pytest.FixtureRequest
) -> None:
    """A server ends with the process that started it, even when that process is killed."""
    shared = request.getfixturevalue(fixture)
    script = (
        "import time\n"
        "from tests import servers\n"
        f"with servers.{kind}() as port, servers.{kind}_database(port, 'mark') as url:\n"
        "    print(port, url, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=HOUSE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        port, url = process.stdout.readline().decode().split()
        engine = create_engine(url)
        with engine.connect() as link:
            mark = Path(link.execute(text(asked)).scalar_one())
        engine.dispose()
        process.kill()
    assert int(port) != shared
    deadline = time.monotonic() + 30
    while mark.exists() and time.monotonic() < deadline:  # the last thing that a server removes
        time.sleep(0.05)
    assert not mark.exists()
    ready = {"postgres": servers.postgres_ready, "mariadb": servers.mariadb_ready}[kind]
    assert not ready(int(port))
    shutil.rmtree(next(folder for folder in mark.parents if folder.name.startswith("troth-")))


def test_postgres_is_fast_on_purpose(postgres_url: str) -> None:
    """The shared server does not wait for the disk."""
    with psycopg.connect(postgres_url) as link:
        assert link.execute("show fsync").fetchone() == ("off",)


def test_page_opens(browser_page: Page) -> None:
    """A page of the browser shows what it is given."""
    browser_page.set_content("<h1>promise</h1>")
    assert browser_page.inner_text("h1") == "promise"
