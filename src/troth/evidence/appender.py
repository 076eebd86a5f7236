"""Group commit: many callers, one writer thread, one durable transaction for all that is waiting.

A disk makes a few thousand writes durable in a second, however small they are. So the writer takes whatever
is waiting, commits it as one batch, and then answers every caller at once. A caller alone waits for a commit
of its own; 256 callers share one.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol, Self

from troth.evidence.errors import LedgerBusy
from troth.evidence.ledger import Prepared
from troth.model.entry import Entry, encode
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Sequence

_Waiting = tuple[Prepared, Future[int] | None, asyncio.Future[int] | None]


class Committer(Protocol):
    """What the appender needs of a ledger."""

    def commit(self, batch: Sequence[Prepared]) -> int:
        """Write a batch durably and give the number of its first entry."""
        ...


class Appender:
    """Appends entries of many callers, from threads and from coroutines of any event loop.

    Args:
        ledger: where they go.
        most_waiting: entries that may wait; more are refused with `LedgerBusy`, so memory stays bounded.
        most_batch: entries in one transaction at the most, so that nobody waits for a giant one.
    """

    def __init__(self, ledger: Committer, *, most_waiting: int = 65_536, most_batch: int = 4_096) -> None:
        self._ledger = ledger
        self._most_waiting, self._most_batch = most_waiting, most_batch
        self._waiting: list[_Waiting] = []
        self._lock = threading.Lock()
        self._bell = threading.Lock()  # held while nothing waits; who puts something there lets go of it
        self._bell.acquire()
        self._asleep = self._closed = False
        self._thread = threading.Thread(target=self._work, name="ledger-writer", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is waiting, then stop."""
        with self._lock:
            self._closed = True
            self._wake_writer()
        self._thread.join()

    async def append(self, entry: Entry) -> int:
        """The number of the entry, once it is durable; for coroutines.

        A caller that is cancelled while it waits may still find its entry in the ledger.

        Raises:
            TrothError: the entry is refused; nothing was written.
            LedgerBusy: too many entries are waiting; nothing was written.
        """
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._put(((entry, encode(entry)), None, answer))
        return await answer

    def wait(self, entry: Entry) -> int:
        """The number of the entry, once it is durable; for threads. Raises as `append` does."""
        return self.submit(entry).result()

    def submit(self, entry: Entry) -> Future[int]:
        """A future for the number of the entry, for callers that append several and wait later."""
        answer: Future[int] = Future()
        self._put(((entry, encode(entry)), answer, None))
        return answer

    def _put(self, waiting: _Waiting) -> None:
        with self._lock:
            if self._closed:
                raise TrothError("the ledger is closed; nothing was written")
            if len(self._waiting) >= self._most_waiting:
                raise LedgerBusy(
                    f"{self._most_waiting:,} entries are waiting for the ledger; this one was not taken",
                    hint="wait a moment and append it again; if it stays so, the disk is too slow",
                )
            self._waiting.append(waiting)
            if self._asleep:
                self._wake_writer()

    def _wake_writer(self) -> None:
        if self._asleep:
            self._asleep = False
            self._bell.release()

    def _work(self) -> None:
        while batch := self._take():
            try:
                first = self._ledger.commit([waiting[0] for waiting in batch])
            except BaseException as error:  # noqa: BLE001 - every caller is told, the thread lives on
                _answer(batch, error)
            else:
                _answer(batch, first)

    def _take(self) -> list[_Waiting]:
        """What is waiting, all of it or as much as a batch may hold, at least one; empty at the end."""
        while True:
            with self._lock:
                if self._waiting:
                    batch, self._waiting = self._waiting, []
                    if len(batch) > self._most_batch:
                        self._waiting = batch[self._most_batch :]
                        del batch[self._most_batch :]
                    return batch
                if self._closed:
                    return []
                self._asleep = True
            self._bell.acquire()


def _answer(batch: Sequence[_Waiting], outcome: int | BaseException) -> None:
    """Tell every caller; one wake-up for each event loop, not one for each caller."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[int, asyncio.Future[int]]]] = {}
    for offset, (_, threaded, awaited) in enumerate(batch):
        if awaited is not None:
            loops.setdefault(awaited.get_loop(), []).append((offset, awaited))
        elif threaded is not None and threaded.set_running_or_notify_cancel():
            if isinstance(outcome, int):
                threaded.set_result(outcome + offset)
            else:
                threaded.set_exception(outcome)
    for loop, answers in loops.items():
        try:
            loop.call_soon_threadsafe(_wake, answers, outcome)
        except RuntimeError:  # the loop was closed: nobody is left to tell
            continue


def _wake(answers: Sequence[tuple[int, asyncio.Future[int]]], outcome: int | BaseException) -> None:
    failed = outcome if isinstance(outcome, BaseException) else None
    first = outcome if isinstance(outcome, int) else 0
    for offset, answer in answers:
        if answer.done():  # cancelled while it waited
            continue
        if failed is None:
            answer.set_result(first + offset)
        else:
            answer.set_exception(failed)
