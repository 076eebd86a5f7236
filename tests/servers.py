"""Real PostgreSQL and MariaDB servers for tests, each with its own folder and port, gone when the tests end.

    python -m tests.servers    let apt-get add the programs that are missing; needs root, starts no service

Nothing of the machine's own servers is touched: no configuration is read, no service is started or stopped.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import playwright
import psycopg
import pymysql

START_SECONDS = 60.0
STOP_SECONDS = 20.0
FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/local/mysql/bin")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = {
    "PostgreSQL": ("postgresql",),
    "MariaDB": ("mariadb-server-core", "mariadb-client-core"),
    "Chromium": ("chromium", "libatomic1"),
}


class ServerError(Exception):
    """A server that was found but did not start; the message ends with the last lines of its log."""


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged user that runs a server, because neither server likes to be root."""

    name: str
    user: int
    group: int


def postgres_folder() -> Path | None:
    """Return the folder of the newest PostgreSQL server programs, or None."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda program: float(program.parent.parent.name),
        reverse=True,
    )
    found = shutil.which("initdb")
    programs = [*versions, *([Path(found).resolve()] if found else [])]
    return next((program.parent for program in programs if (program.parent / "postgres").exists()), None)


def program(*names: str) -> Path | None:
    """Return the first of the named programs on PATH or in the folders of servers, or None."""
    path = os.pathsep.join((os.environ.get("PATH", ""), *FOLDERS))
    found = (shutil.which(name, path=path) for name in names)
    return next((Path(place) for place in found if place), None)


def mariadb_programs() -> tuple[Path, Path] | None:
    """Return the MariaDB server and the program that makes its data folder, or None."""
    server, installer = program("mariadbd", "mysqld"), program("mariadb-install-db", "mysql_install_db")
    return (server, installer) if server and installer and program("my_print_defaults") else None


def chromium_path() -> Path | None:
    """Return the browser for tests of pages, or None when it or what drives it can not run."""
    driver = Path(playwright.__file__).parent / "driver" / "node"  # needs a library that small systems lack
    if subprocess.run([driver, "--version"], check=False, capture_output=True).returncode != 0:
        return None
    return program(*BROWSERS)


def missing() -> list[str]:
    """Return the names, as in PACKAGES, of what this machine lacks."""
    finders: dict[str, Callable[[], object]] = {
        "PostgreSQL": postgres_folder,
        "MariaDB": mariadb_programs,
        "Chromium": chromium_path,
    }
    return [name for name, find in finders.items() if find() is None]


def account(*names: str) -> Account | None:
    """Return who shall run a server: the first known name for root, and nobody else for anybody else."""
    if os.geteuid() != 0:
        return None
    for name in (*names, "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise ServerError("no unprivileged user was found to run a server: add the user `nobody`")


def free_port() -> int:
    """Return a TCP port of the local machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_with_parent() -> None:
    """Ask Linux to end this process when the tests die, so that a killed run leaves no server behind."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Workshop:
    """A temporary folder and the account that owns it and runs programs in it."""

    folder: Path
    owner: Account | None

    def start(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """Start a program whose output goes to the log in the folder."""
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(word) for word in command],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.owner.user if self.owner else None,
                group=self.owner.group if self.owner else None,
                extra_groups=[] if self.owner else None,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - no threads yet, and it only sets a flag
            )

    def run(self, command: Sequence[str | Path]) -> None:
        """Run a program to its end; raises ServerError when it fails."""
        if self.start(command).wait() != 0:
            raise ServerError(f"{Path(command[0]).name} failed: {self.last_words()}")

    def last_words(self) -> str:
        """Return the end of the log."""
        return (self.folder / "log").read_text("utf-8", "replace")[-2000:]


@contextlib.contextmanager
def workshop(name: str, owner: Account | None) -> Iterator[Workshop]:
    """Make a temporary folder that belongs to `owner`, and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"troth-{name}-"))
    try:
        if owner:
            os.chown(folder, owner.user, owner.group)
        yield Workshop(folder, owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    """Return whether the server became ready before it ended or the time was over."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if ready():
            return True
        time.sleep(0.05)
    return False


def stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """End a server: first by the signal that it understands, then by force."""
    process.send_signal(how)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def running(
    place: Workshop,
    command: Callable[[int], Sequence[str | Path]],
    ready: Callable[[int], bool],
    how: signal.Signals,
) -> Iterator[int]:
    """Run the server that `command` builds for a port, and yield the port when it answers."""
    for _ in range(3):  # a free port can be taken by somebody else before the server gets it
        port = free_port()
        process = place.start(command(port))
        if wait_until(lambda port=port: ready(port), process):  # type: ignore[misc]  # mypy: default in lambda
            break
        stop(process, signal.SIGKILL)
    else:
        raise ServerError(f"the server did not start: {place.last_words()}")
    try:
        yield port
    finally:
        stop(process, how)


def postgres_ready(port: int) -> bool:
    """Return whether PostgreSQL answers on the port."""
    try:
        psycopg.connect(f"postgresql://troth@127.0.0.1:{port}/postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def mariadb_ready(port: int) -> bool:
    """Return whether MariaDB answers on the port."""
    try:
        pymysql.connect(host="127.0.0.1", port=port, user="root").close()
    except pymysql.err.OperationalError:
        return False
    return True


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[int]:
    """Run a PostgreSQL server and yield its port; the superuser is `troth`, without a password.

    Args:
        durable: Keep fsync on, for tests that pull the plug. Off is several times faster.

    Raises:
        ServerError: The programs are missing or the server does not start.
    """
    programs = postgres_folder()
    if programs is None:
        raise ServerError("no PostgreSQL server programs were found")
    with workshop("pg", account("postgres")) as place:
        data = place.folder / "data"
        make = ["-U", "troth", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        place.run([programs / "initdb", "-D", data, *make])
        switch = "on" if durable else "off"
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(place.folder),
            "max_connections": "60",
            "fsync": switch,
            "synchronous_commit": switch,
            "full_page_writes": switch,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

        def command(port: int) -> Sequence[str | Path]:
            return [programs / "postgres", "-D", data, "-p", str(port), *options]

        with running(place, command, postgres_ready, signal.SIGINT) as port:
            yield port


@contextlib.contextmanager
def mariadb(*, durable: bool = False) -> Iterator[int]:
    """Run a MariaDB server and yield its port; the superuser is `root`, without a password.

    Args:
        durable: Flush the log at each commit, for tests that pull the plug. Off is several times faster.

    Raises:
        ServerError: The programs are missing or the server does not start.
    """
    programs = mariadb_programs()
    if programs is None:
        raise ServerError("no MariaDB server programs were found")
    server, installer = programs
    with workshop("my", account("mysql")) as place:
        data = place.folder / "data"
        small = ["--innodb-log-file-size=32M", "--innodb-buffer-pool-size=96M"]
        make = ["--auth-root-authentication-method=normal", "--skip-test-db", *small]
        place.run([installer, "--no-defaults", f"--datadir={data}", *make])
        options = [
            *small,
            "--bind-address=127.0.0.1",
            f"--socket={place.folder / 'sock'}",
            f"--pid-file={place.folder / 'pid'}",
            f"--tmpdir={place.folder}",
            "--character-set-server=utf8mb4",
            "--skip-log-bin",
            f"--innodb-flush-log-at-trx-commit={int(durable)}",
        ]

        def command(port: int) -> Sequence[str | Path]:
            return [server, "--no-defaults", f"--datadir={data}", f"--port={port}", *options]

        with running(place, command, mariadb_ready, signal.SIGTERM) as port:
            yield port


@contextlib.contextmanager
def postgres_database(port: int, name: str) -> Iterator[str]:
    """Make an empty database, yield its URL, and drop it with whatever is still connected."""
    with psycopg.connect(f"postgresql://troth@127.0.0.1:{port}/postgres", autocommit=True) as link:
        link.execute(f'create database "{name}"'.encode())
        try:
            yield f"postgresql://troth@127.0.0.1:{port}/{name}"
        finally:
            link.execute(f'drop database if exists "{name}" with (force)'.encode())


@contextlib.contextmanager
def mariadb_database(port: int, name: str) -> Iterator[str]:
    """Make an empty database, yield its URL, and drop it with whatever is still connected."""
    with (
        pymysql.connect(host="127.0.0.1", port=port, user="root", autocommit=True) as link,
        link.cursor() as cursor,
    ):
        cursor.execute(f"create database `{name}`")
        try:
            yield f"mysql+pymysql://root@127.0.0.1:{port}/{name}"
        finally:
            # An open transaction would make the drop wait for ever.
            cursor.execute("select id from information_schema.processlist where db = %s", (name,))
            for (connection,) in cursor.fetchall():
                with contextlib.suppress(pymysql.err.OperationalError):  # it may have ended by itself
                    cursor.execute(f"kill {connection}")
            cursor.execute(f"drop database if exists `{name}`")


@contextlib.contextmanager
def services_at_rest() -> Iterator[None]:
    """Keep Debian from starting a server that was just installed."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n", "utf-8")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def add_missing() -> None:
    """Let apt-get add what is missing, as far as that is possible without asking anybody."""
    names = missing()
    if not names or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"installing with apt-get, for tests only: {', '.join(names)}", flush=True)  # noqa: T201 - a script's word
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with services_at_rest():
        subprocess.run([*apt, "update"], env=environment, check=False, capture_output=True)
        for name in names:
            words = [*apt, "install", "--no-install-recommends", *PACKAGES[name]]
            subprocess.run(words, env=environment, check=False, capture_output=True)


if __name__ == "__main__":
    add_missing()
