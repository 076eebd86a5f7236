"""Decisions as evidence: every refusal an entry, allowed questions counted, in batches, never personal data.

What is lost when the process is killed is at most one batch; with `every=0` a refusal is durable before it is answered.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime
from typing import Self

from troth.enforcement.ruling import Ruling
from troth.evidence.ledger import Ledger
from troth.model.entry import Entry, encode, utc

_Same = tuple[str, str, str, str, tuple[str, ...], str, tuple[str, ...]]


class Recorder:
    """Notes rulings and writes them to the ledger in batches; safe to share between threads.

    Args:
        ledger: where the entries go.
        policy: hash of the policy that the rulings are made with.
        every: seconds between two batches; 0 writes each refusal at once.
        most: entries that may wait before a batch is written.
    """

    def __init__(self, ledger: Ledger, policy: str, *, every: float = 1.0, most: int = 256) -> None:
        self._ledger, self._policy = ledger, policy
        self._every, self._most = every, most
        self._lock = threading.Lock()
        self._refused: list[Entry] = []
        self._allowed: Counter[_Same] = Counter()
        self._since: datetime | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()

    def note(self, ruling: Ruling, subject: str, now: datetime) -> None:
        """Note a ruling.

        Args:
            ruling: the ruling.
            subject: pseudonym of the person; "" where it is about nobody.
            now: when it was made.

        Raises:
            TrothError: no entry can say this ruling (the role is a person's address), and nothing is noted of it; or the
                batch can not be written: what waits is kept and tried again with the next ruling.
        """
        with self._lock:
            self._since = self._since or now
            if ruling.allowed:
                one = ruling.decisive
                same = (
                    ruling.actor,
                    ruling.verb,
                    ruling.purpose,
                    ruling.recipient,
                    ruling.categories,
                    one.promise,
                    one.sentences,
                )
                if same not in self._allowed:
                    # What can not be written must not wait among the others.
                    encode(self._count(same, 1, now))
                self._allowed[same] += 1
            else:
                refusal = self._refusal(ruling, subject, now)
                encode(refusal)
                self._refused.append(refusal)
            waiting = len(self._refused) + len(self._allowed)
            due = (now - self._since).total_seconds() >= self._every and (self._every > 0 or self._refused)
            if due or waiting >= self._most:
                self._write(now)

    def flush(self, now: datetime | None = None) -> None:
        """Write what waits."""
        with self._lock:
            if self._since is not None:
                self._write(now or self._since)

    def _write(self, now: datetime) -> None:
        entries = [*self._refused, *(self._count(same, count, now) for same, count in self._allowed.items())]
        if entries:
            self._ledger.append(entries)
        self._refused.clear()
        self._allowed.clear()
        self._since = None

    def _refusal(self, ruling: Ruling, subject: str, now: datetime) -> Entry:
        one = ruling.decisive
        detail = {"purpose": ruling.purpose, "data": ruling.category, "answer": one.answer}
        detail |= {"recipient": ruling.recipient} if ruling.recipient else {}
        detail |= {"limit": ruling.limit} if ruling.limit else {}
        detail |= {"missing": ", ".join(one.missing)} if one.missing else {}
        return Entry(
            time=utc(now),
            kind="decision",
            actor=ruling.actor or "unknown",
            action=ruling.verb,
            subject=subject,
            policy=self._policy,
            promise=one.promise,
            sentences=one.sentences,
            outcome="refused",
            detail=detail,
        )

    def _count(self, same: _Same, count: int, now: datetime) -> Entry:
        actor, verb, purpose, recipient, data, promise, sentences = same
        detail = {"purpose": purpose, "data": ", ".join(data)} | (
            {"recipient": recipient} if recipient else {}
        )
        return Entry(
            time=utc(now),
            kind="decision",
            actor=actor or "unknown",
            action=verb,
            policy=self._policy,
            promise=promise,
            sentences=sentences,
            outcome="allowed",
            counts={"decisions": count},
            detail=detail,
        )
