"""How a request ended, in three words that are never confused: done, nothing found, partly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Word = Literal["done", "nothing found", "partly"]


@dataclass(frozen=True, slots=True)
class Identity:
    """One thing that names a person: `kind` is "email", "phone", "login" or the name of a column."""

    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a request names them.

    Attributes:
        identities: one or several that all are theirs.
        name: the identity that evidence knows them by; the first of `identities` where it is None.
    """

    identities: tuple[Identity, ...]
    name: Identity | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was not done: the place (`store.table`, or `store.table.column`) and words without values."""

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request of one person ended.

    Attributes:
        word: `done`: everything that was asked; `nothing found`: no row of this person anywhere; `partly`:
            something is left, and `reasons` says what.
        subject: keyed pseudonym of the person.
        counts: rows by place and by what happened to them ("deleted", "masked", "separated", "kept", "collected",
            "shared").
        reasons: what was not done; empty unless `partly`, or where what was done needs a word.
        residue: columns where a value of the person still stands, with the number of rows.
        job: number of the job in the journal.
        entries: numbers of the entries in the ledger.
    """

    word: Word
    subject: str
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    residue: Mapping[str, int] = field(default_factory=dict)
    job: int = 0
    entries: tuple[int, ...] = ()

    def total(self, what: str) -> int:
        """Rows of all places that something happened to."""
        return sum(counts.get(what, 0) for counts in self.counts.values())

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of an outcome."""
        return {
            "outcome": self.word,
            "subject": self.subject,
            "counts": {place: dict(sorted(some.items())) for place, some in sorted(self.counts.items())},
            "reasons": [{"place": one.place, "why": one.why} for one in self.reasons],
            "residue": dict(sorted(self.residue.items())),
            "job": self.job,
            "entries": list(self.entries),
        }
