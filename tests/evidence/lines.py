"""Entries and keys for the tests of evidence; nothing here is about a real person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from troth.evidence.keyring import KeyRing, create
from troth.model.entry import Entry

ORIGIN = "test.example/troth"
SUBJECT = "01" + "ab" * 32
OTHER = "01" + "cd" * 32


def counting() -> Callable[[int], bytes]:
    """Bytes that look random and are the same in every run."""
    state = [0]

    def random(count: int) -> bytes:
        state[0] += 1
        return bytes((state[0] * 37 + place * 11) % 256 for place in range(count))

    return random


def ring() -> KeyRing:
    """The same key ring in every run."""
    return create(ORIGIN, counting())


def entry(**fields: Any) -> Entry:
    """An entry about an erasure, with some fields changed."""
    given: dict[str, Any] = {
        "time": "2026-11-22T09:30:00Z",
        "kind": "erased",
        "actor": "keep",
        "action": "erase",
        "subject": SUBJECT,
        "policy": "cd" * 32,
        "promise": "erase-on-request",
        "sentences": ("hkc-057",),
        "object": "billing.invoice",
        "counts": {"deleted": 12},
        "outcome": "done",
    }
    return Entry(**(given | fields))


def entries(count: int, start: int = 0) -> list[Entry]:
    """Entries that differ from each other."""
    return [entry(counts={"deleted": number}) for number in range(start, start + count)]
