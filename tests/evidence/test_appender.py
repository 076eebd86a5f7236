"""Tests of group commit: many callers, one order, and every caller told the truth."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.evidence.lines import entries, entry, ring
from troth.evidence.appender import Appender
from troth.evidence.errors import LedgerBusy
from troth.evidence.keyring import load, save
from troth.evidence.open import open_ledger
from troth.evidence.sqlite import SqliteLedger
from troth.evidence.verify import verify
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.evidence.ledger import Prepared


class Gate:
    """A ledger whose commits wait until the gate is opened; it can be told to fail."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.entered = threading.Event()
        self.sizes: list[int] = []
        self.fault: Exception | None = None

    def commit(self, batch: Sequence[Prepared]) -> int:
        """Take a batch once the gate is open."""
        self.entered.set()
        assert self.open.wait(20)
        if self.fault:
            raise self.fault
        first = sum(self.sizes)
        self.sizes.append(len(batch))
        return first


def test_many_callers_of_every_sort(address: str) -> None:
    """Coroutines of two event loops and threads all get the number of their own entry."""

    def own(start: int) -> list[tuple[int, int]]:
        async def call(number: int) -> tuple[int, int]:
            return number, await appender.append(entry(counts={"deleted": number}))

        async def calls() -> list[tuple[int, int]]:
            return await asyncio.gather(*(call(number) for number in range(start, start + 100)))

        return asyncio.run(calls())

    with open_ledger(address, signer=ring().signer) as ledger, Appender(ledger) as appender:
        with ThreadPoolExecutor(10) as threads:
            loops = [threads.submit(own, start) for start in (0, 100)]
            alone = [
                (n, threads.submit(appender.wait, entry(counts={"deleted": n}))) for n in range(200, 260)
            ]
            numbers = [pair for loop in loops for pair in loop.result()] + [(n, f.result()) for n, f in alone]
        assert sorted(seq for _, seq in numbers) == list(range(260))
        written = {e.seq: e.counts["deleted"] for e in ledger.read()}
        assert written == {seq: number for number, seq in numbers}
        assert len(list(ledger.heads())) < 260


def test_those_who_wait_share_a_commit() -> None:
    """Whoever comes while a commit is under way goes into the next one together."""
    gate = Gate()
    with Appender(gate, most_batch=50) as appender:
        first = appender.submit(entry())
        assert gate.entered.wait(20)
        rest = [appender.submit(each) for each in entries(70)]
        gate.open.set()
        assert [f.result() for f in (first, *rest)] == list(range(71))
    assert gate.sizes == [1, 50, 20]


def test_back_pressure_has_a_name() -> None:
    """Where too much waits, the next caller is refused and what waits is written."""
    gate = Gate()
    with Appender(gate, most_waiting=3) as appender:
        taken = [appender.submit(entry())]
        assert gate.entered.wait(20)
        taken += [appender.submit(entry()) for _ in range(3)]
        with pytest.raises(LedgerBusy, match="3 entries are waiting") as error:
            appender.wait(entry())
        assert "append it again" in error.value.hint
        gate.open.set()
        assert [f.result() for f in taken] == [0, 1, 2, 3]


def test_a_bad_entry_hurts_nobody_else(address: str) -> None:
    """A refused entry is refused to its own caller only."""

    async def both() -> tuple[int | BaseException, ...]:
        bad = entry(outcome="jo@mail.example.org")
        calls = (appender.append(bad), appender.append(entry()))
        return await asyncio.gather(*calls, return_exceptions=True)

    with open_ledger(address, signer=ring().signer) as ledger, Appender(ledger) as appender:
        refused, number = asyncio.run(both())
        assert isinstance(refused, TrothError)
        assert number == 0


def test_a_failed_commit_is_told_to_everybody() -> None:
    """When a commit fails, everybody in it is told, and the next one works."""
    gate = Gate()
    gate.open.set()
    gate.fault = TrothError("the disk is full")
    with Appender(gate) as appender:
        with pytest.raises(TrothError, match="the disk is full"):
            appender.wait(entry())
        with pytest.raises(TrothError, match="the disk is full"):
            asyncio.run(appender.append(entry()))
        gate.fault = None
        assert appender.wait(entry()) == 0


def test_a_caller_that_gives_up() -> None:
    """A caller that is cancelled while it waits does not disturb the others."""
    gate = Gate()

    async def calls() -> int:
        gone = asyncio.create_task(appender.append(entry()))
        stays = asyncio.create_task(appender.append(entry()))
        await asyncio.sleep(0.05)
        gone.cancel()
        gate.open.set()
        return await stays

    with Appender(gate) as appender:
        assert asyncio.run(calls()) in (0, 1)


def test_close_writes_what_waits() -> None:
    """Closing waits for everything that was taken, and afterwards nothing is taken."""
    gate = Gate()
    appender = Appender(gate)
    taken = [appender.submit(each) for each in entries(5)]
    threading.Timer(0.05, gate.open.set).start()
    appender.close()
    appender.close()
    assert [f.result(0) for f in taken] == list(range(5))
    with pytest.raises(TrothError, match="the ledger is closed"):
        appender.submit(entry())


CALLERS = 16


def write_until_killed(folder: Path) -> None:
    """Append from many coroutines and print every number once it is acknowledged."""

    async def caller(appender: Appender, name: int) -> None:
        for count in range(1_000_000):
            seq = await appender.append(entry(counts={"caller": name, "count": count}))
            os.write(1, f"{seq} {name} {count}\n".encode())

    async def callers(appender: Appender) -> None:
        await asyncio.gather(*(caller(appender, name) for name in range(CALLERS)))

    keys = load(folder / "keys.json", {})
    with SqliteLedger(folder / "ledger.db", signer=keys.signer) as ledger, Appender(ledger) as appender:
        asyncio.run(callers(appender))


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """After each of 20 kills in the middle of appends every acknowledged entry is there and the tree fits."""
    save(ring(), tmp_path / "keys.json")
    acknowledged: dict[int, tuple[int, int]] = {}
    before = 0
    for kill in range(20):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.evidence.test_appender", str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert process.stdout is not None
        lines = [process.stdout.readline()]  # it runs
        time.sleep(0.003 * kill)
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout.readlines()
        process.stdout.close()
        process.wait()
        for line in lines:
            if line.endswith(b"\n"):  # the last one may be torn
                seq, name, count = map(int, line.split())
                acknowledged[seq] = (name, count)
        with SqliteLedger(tmp_path / "ledger.db", signer=ring().signer) as ledger:
            assert ledger.size() > before
            before = ledger.size()
            assert before > max(acknowledged)
    with open_ledger(str(tmp_path / "ledger.db")) as ledger:
        written = {e.seq: (e.counts["caller"], e.counts["count"]) for e in ledger.read()}
    assert sorted(written) == list(range(before))
    assert written | acknowledged == written
    assert verify(tmp_path / "ledger.db", keys=ring().verifiers).ok


if __name__ == "__main__":
    write_until_killed(Path(sys.argv[1]))
