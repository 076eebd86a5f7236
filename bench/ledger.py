"""The evidence ledger beside the bare work: durable appends, verification, proofs.

    python bench/ledger.py [ROUNDS]

Durable means: on the disk before the caller goes on. The references do no more than the disk or the hash asks: a
plain file with fdatasync after every entry or every 1,000, and a hash chain in memory. Ours and the reference
take turns in every round; printed is the median of the rounds and the ratio of the medians.
"""

from __future__ import annotations

import asyncio
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.servers import postgres, postgres_database, postgres_folder
from troth.evidence import merkle
from troth.evidence.appender import Appender
from troth.evidence.keyring import create
from troth.evidence.ledger import prove_entry
from troth.evidence.postgres import PostgresLedger
from troth.evidence.sqlite import SqliteLedger
from troth.evidence.verify import verify
from troth.model.entry import Entry, encode, numbered

CALLERS = 256
EACH = 200  # entries of each caller in a round
ALONE = 2_000
BULK = 100_000
PROOFS = 2_000
RING = create("bench.example/troth")


def entry(number: int) -> Entry:
    """An entry as an erasure writes it: about 370 bytes."""
    return Entry(
        time="2026-11-22T09:30:00Z",
        kind="erased",
        actor="keep",
        action="erase",
        subject=f"01{number:064x}",
        policy="cd" * 32,
        promise="erase-on-request",
        sentences=("hkc-057",),
        object="billing.invoice",
        counts={"deleted": number},
        outcome="done",
    )


ENTRIES = [entry(number) for number in range(2_000)]


def timed(work: Callable[[], int]) -> float:
    """Pieces of work in a second."""
    start = time.perf_counter()
    count = work()
    return count / (time.perf_counter() - start)


def file_appends(folder: Path, count: int, batch: int) -> int:
    """Append lines to a file and wait for the disk after every `batch`."""
    line = numbered(encode(entry(1)), 1)
    file = os.open(folder / "plain.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for _ in range(count // batch):
        os.write(file, line * batch)
        os.fdatasync(file)
    os.close(file)
    return count // batch * batch


def chain(count: int) -> int:
    """Hash as many lines, each with the hash before."""
    line, last = numbered(encode(entry(1)), 1), b""
    for _ in range(count):
        last = sha256(last + line).digest()
    return count


def alone(ledger: SqliteLedger | PostgresLedger) -> int:
    """One caller that waits for each entry."""
    for number in range(ALONE):
        ledger.append([ENTRIES[number]])
    return ALONE


def together(ledger: SqliteLedger | PostgresLedger) -> int:
    """Many coroutines that each wait for each of their entries."""

    async def caller(appender: Appender) -> None:
        for number in range(EACH):
            await appender.append(ENTRIES[number])

    async def callers() -> None:
        with Appender(ledger) as appender:
            await asyncio.gather(*(caller(appender) for _ in range(CALLERS)))

    asyncio.run(callers())
    return CALLERS * EACH


def checked(path: Path, size: int) -> int:
    """Verify a whole ledger."""
    verdict = verify(path, keys=RING.verifiers)
    assert verdict.ok
    assert verdict.size == size
    return size


def bare_leaves(count: int) -> int:
    """Hash as many pairs as the proofs of so many entries have, and no more."""
    left, right = bytes(32), bytes(32)
    for _ in range(count * (BULK - 1).bit_length()):
        left = sha256(b"\x01" + left + right).digest()
    return count


def proofs(folder: Path, rounds: int) -> list[tuple[str, str, list[float], list[float]]]:
    """Making and checking inclusion proofs in a ledger of 100,000 entries."""
    make: list[float] = []
    check: list[float] = []
    bare: list[float] = []
    with SqliteLedger(folder / "bulk.db") as ledger:
        head, step = ledger.head(), BULK // PROOFS
        wanted = [number * step for number in range(PROOFS)]
        leaves = [merkle.leaf_hash(next(ledger.bodies(number, number + 1))) for number in wanted]
        made: list[list[bytes]] = []
        for _ in range(rounds):
            made.clear()
            make.append(timed(lambda: _make(ledger, wanted, made)))
            check.append(timed(lambda: _check(wanted, leaves, made, head.root)))
            bare.append(timed(lambda: bare_leaves(PROOFS)))
    return [
        ("make inclusion proofs, 100,000 entries", "the same hashes in memory", make, bare),
        ("check inclusion proofs", "the same hashes in memory", check, bare),
    ]


def _make(ledger: SqliteLedger, wanted: list[int], made: list[list[bytes]]) -> int:
    made.extend(prove_entry(ledger, number, BULK) for number in wanted)
    return len(wanted)


def _check(wanted: list[int], leaves: list[bytes], made: list[list[bytes]], root: bytes) -> int:
    for number, leaf, proof in zip(wanted, leaves, made, strict=True):
        assert merkle.included(leaf, (number, BULK), proof, root)
    return len(wanted)


def measure(folder: Path, rounds: int) -> list[tuple[str, str, list[float], list[float]]]:
    """Ours and the reference, in turns."""
    figures: dict[str, list[float]] = {}

    def note(name: str, work: Callable[[], int]) -> None:
        figures.setdefault(name, []).append(timed(work))

    with SqliteLedger(folder / "bulk.db", signer=RING.signer) as bulk:
        for start in range(0, BULK, 256):
            bulk.append([entry(number) for number in range(start, min(start + 256, BULK))])
    for number in range(rounds):
        with SqliteLedger(folder / f"{number}.db", signer=RING.signer) as ledger:
            note("alone", lambda: alone(ledger))
            note("file", lambda: file_appends(folder, ALONE, 1))
            note("together", lambda: together(ledger))
            note("blocks", lambda: file_appends(folder, 200_000, 1_000))
        note("chain", lambda: chain(BULK))
        note("verify", lambda: checked(folder / "bulk.db", BULK))
    return [
        ("append, one caller", "file, fdatasync each", figures["alone"], figures["file"]),
        ("append, 256 callers", "file, fdatasync per 1,000", figures["together"], figures["blocks"]),
        ("verify, 100,000 entries", "hash chain in memory", figures["verify"], figures["chain"]),
        *proofs(folder, rounds),
    ]


def on_server(rounds: int) -> list[tuple[str, str, list[float], list[float]]]:
    """The same on a PostgreSQL server that waits for the disk, beside one insert and commit after the other."""
    if postgres_folder() is None:
        return []
    single: list[float] = []
    many: list[float] = []
    plain: list[float] = []
    line = numbered(encode(ENTRIES[1]), 1).decode()

    def inserts(connection: psycopg.Connection[tuple[object, ...]]) -> int:
        for _ in range(ALONE):
            connection.execute("insert into plain values (%s)", (line,))
        return ALONE

    with postgres(durable=True) as port:
        for number in range(rounds):
            with postgres_database(port, f"round_{number}") as url:
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute("create table plain (line text)")
                    plain.append(timed(lambda: inserts(connection)))
                with PostgresLedger(url, signer=RING.signer) as ledger:
                    single.append(timed(lambda: alone(ledger)))
                    many.append(timed(lambda: together(ledger)))
    return [
        ("PostgreSQL: append, one caller", "insert and commit each", single, plain),
        ("PostgreSQL: append, 256 callers", "insert and commit each", many, plain),
    ]


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        rows = [*measure(Path(folder), rounds), *on_server(rounds)]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'per second, median (best)':42} {'ours':>20}   {'reference':>20}  ratio")
    for name, reference, ours, theirs in rows:
        mine, other = statistics.median(ours), statistics.median(theirs)
        print(
            f"{name:42} {mine:10,.0f} ({max(ours):,.0f})"
            f"   {other:10,.0f} ({max(theirs):,.0f})  {mine / other:.2f}  {reference}"
        )


if __name__ == "__main__":
    main()
