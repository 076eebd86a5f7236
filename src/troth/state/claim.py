"""Work that one process at a time does: a claim ends with its process, however that ends, and says whose it is.

    SQLite        a lock of the kernel on a file beside the state; its text names who has it
    PostgreSQL    an advisory lock of a connection, whose name names who has it

Neither asks a clock, so nobody waits for a process that is dead and nobody takes work from one that is slow.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from troth.model.address import read_address
from troth.model.errors import Taken, TrothError

_TRIES, _PAUSE = (
    20,
    0.05,
)  # a server needs a moment to see that a process is dead, and a look holds the lock for one
_LONGEST = 36  # bytes of a holder: the name of a connection has 63


@dataclass(frozen=True, slots=True)
class Claim:
    """Who does some work.

    Attributes:
        holder: name of the worker, empty where it can not be told.
        since: when it began, RFC 3339; empty where it can not be told.
    """

    holder: str
    since: str

    def __str__(self) -> str:
        who = self.holder or "another process"
        return f"{who} since {self.since}" if self.since else who


def worker() -> str:
    """The name of this process among all workers: its machine and its number there."""
    return f"{socket.gethostname()}-{os.getpid()}"


@contextlib.contextmanager
def claim(
    address: str | Path, name: str, holder: str, at: datetime, *, refusal: str = "another worker is at it"
) -> Iterator[Callable[[], None]]:
    """Do some work alone, among all processes of a state; gives what raises `TrothError` once the claim is lost.

    Args:
        address: of the state.
        name: of the work.
        holder: name of this worker, without blanks.
        at: the time.
        refusal: the message where another process has it; who has it, and since when, is added.

    Raises:
        Taken: another process has it.
        TrothError: the state does not work.
    """
    mine = Claim("".join(holder.split())[-_LONGEST:], _text(at))
    path = read_address(address).path
    with _filed(path, name, mine, refusal) if path else _served(address, name, mine, refusal) as still:
        yield still


def claimed(address: str | Path, name: str) -> Claim | None:
    """Who does some work now; None where nobody does.

    Raises:
        TrothError: the state does not work.
    """
    path = read_address(address).path
    if path is not None:
        return _reader(_file(path, name))
    from troth.state.postgres import PostgresLink  # noqa: PLC0415 - see `troth.state.link.open_link`

    with closing(PostgresLink(read_address(address).url, "the state")) as link:
        return _read(link.holder(name))


@contextlib.contextmanager
def _served(address: str | Path, name: str, mine: Claim, refusal: str) -> Iterator[Callable[[], None]]:
    from troth.state.postgres import PostgresLink  # noqa: PLC0415 - see `troth.state.link.open_link`

    with closing(PostgresLink(read_address(address).url, "the state")) as link:
        label = f"troth {mine.holder} {mine.since}"
        if not _patiently(lambda: link.hold(name, label)):
            raise _taken(refusal, _read(link.holder(name)))
        yield lambda: (link.query("select 1"), None)[1]


@contextlib.contextmanager
def _filed(path: Path, name: str, mine: Claim, refusal: str) -> Iterator[Callable[[], None]]:
    file, held = _file(path, name), -1

    def got() -> bool:
        nonlocal held
        held = _lock(file)
        return held >= 0

    if not _patiently(got):
        raise _taken(refusal, _reader(file))
    try:
        os.ftruncate(held, 0)
        os.pwrite(held, f"troth {mine.holder} {mine.since}".encode(), 0)
        yield lambda: None
    finally:
        with contextlib.suppress(OSError):  # it says nothing once nobody holds it
            file.unlink()
        os.close(held)


def _file(path: Path, name: str) -> Path:
    """The file of a claim; a name that somebody chose is none for a file."""
    plain = name if name.isascii() and name.isalpha() else hashlib.sha256(name.encode()).hexdigest()[:16]
    return path.with_name(f"{path.name}-claim-{plain}")


def _lock(file: Path) -> int:
    """The file, open and locked; -1 where another process has it.

    Whoever lets go takes the file away, so a lock counts only on the file that has the name then.
    """
    while True:
        try:
            held = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise TrothError(
                f"{file.name} can not be made", hint="look at its folder: is it there, may it be written?"
            ) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(held)
            return -1
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(held), file.stat()):
                return held
        os.close(held)


def _reader(file: Path) -> Claim | None:
    """Who holds a file; None where nobody does."""
    try:
        seen = os.open(file, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(seen, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _read(os.pread(seen, 200, 0).decode("utf-8", "replace"))
    finally:
        os.close(seen)
    return None


def _read(label: str | None) -> Claim | None:
    """The claim that a label names; one that names nobody is one all the same."""
    if label is None:
        return None
    words = label.split(" ")
    return Claim(words[1], words[2]) if len(words) == 3 and words[0] == "troth" else Claim("", "")


def _taken(refusal: str, other: Claim | None) -> Taken:
    return Taken(f"{refusal}: {other or Claim('', '')}", hint="wait until it is ready")


def _patiently(got: Callable[[], bool]) -> bool:
    for left in reversed(range(_TRIES)):
        if got():
            return True
        if left:
            time.sleep(_PAUSE)
    return False


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
