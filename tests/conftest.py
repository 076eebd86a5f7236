"""What every test may ask for: empty databases on real servers, a browser, and Hypothesis profiles."""

from __future__ import annotations

import itertools
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests import servers

CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
QUIET_BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Two shared cores make times swing, so no example fails for being slow.
slow_machine = [HealthCheck.too_slow]
settings.register_profile("dev", deadline=None, suppress_health_check=slow_machine)
settings.register_profile(
    "ci", deadline=None, suppress_health_check=slow_machine, derandomize=True, database=None, print_blob=True
)
settings.load_profile("ci" if CI else "dev")

numbers = itertools.count(1)


def absent(name: str) -> None:
    """Skip the test that needs the program `name`, or fail it where nothing may be left out."""
    packages = " ".join(servers.PACKAGES[name])
    reason = f"{name} is not installed (Debian, Ubuntu: apt-get install {packages})"
    if CI:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)  # a machine without the program still runs all other tests


@pytest.fixture(scope="session")
def postgres_port() -> Iterator[int]:
    """The port of a PostgreSQL server that runs until the tests end; superuser `troth`, no password."""
    if servers.postgres_folder() is None:
        absent("PostgreSQL")
    with servers.postgres() as port:
        yield port


@pytest.fixture(scope="session")
def mariadb_port() -> Iterator[int]:
    """The port of a MariaDB server that runs until the tests end; superuser `root`, no password."""
    if servers.mariadb_programs() is None:
        absent("MariaDB")
    with servers.mariadb() as port:
        yield port


@pytest.fixture
def postgres_url(postgres_port: int) -> Iterator[str]:
    """The URL of an empty PostgreSQL database; for psycopg and for SQLAlchemy as it is."""
    with servers.postgres_database(postgres_port, f"test_{next(numbers)}") as url:
        yield url


@pytest.fixture
def mariadb_url(mariadb_port: int) -> Iterator[str]:
    """The URL of an empty MariaDB database; for SQLAlchemy as it is."""
    with servers.mariadb_database(mariadb_port, f"test_{next(numbers)}") as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of the browser."""
    path = servers.chromium_path()
    if path is None:
        absent("Chromium")
    assert path is not None
    return path


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """A browser without a window.

    It lives as long as one module: while Playwright is open, asyncio.run does not work in the same thread.
    """
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium, args=list(QUIET_BROWSER))
        yield window
        window.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """An empty page with its own cookies and storage."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Say last, and once for each reason, what was not tested here."""
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [str(report.longrepr[2]) for report in skipped]
    if reasons:
        terminalreporter.section("not tested here", "-")
    for reason in sorted(set(reasons)):
        terminalreporter.write_line(f"{reasons.count(reason)} x {reason.removeprefix('Skipped: ')}")
