"""What a request needs: the map, the open stores, the journal and the ledger. Wired once, by who starts the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from troth.enforcement.journal import Journal
from troth.evidence.keyring import KeyRing
from troth.evidence.ledger import Kept
from troth.evidence.pseudonym import pseudonym, pseudonyms
from troth.model.datamap import DataMap
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Person
from troth.model.schema import Schema
from troth.stores.walk import Store

T = TypeVar("T")
Node = tuple[str, str]
"""A store and a table."""


def _now() -> datetime:
    return datetime.now(UTC)


def _quiet(event: str) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything that carries out a request.

    Attributes:
        map: the reviewed data map.
        schemas: the live schemas by name of store.
        stores: the open stores by name.
        journal: what is under way, so that a kill loses nothing.
        ledger: where evidence goes.
        ring: the keys of pseudonyms and of the journal.
        actor: role or job that acts, as evidence names it.
        clock: gives the time, with its zone.
        watch: told the name of every write, before it (`+ name`) and after it (`- name`); shows progress.
        patience: seconds between two tries of a store that is locked.
        tries: how often a store that is locked is tried.
        tables: the texts of the tables of legal periods that the policy names, by file name.
        away: by name, why a store can not be reached; it is none of `stores`, and `map` has none of its tables.
        beyond: the map with the tables of those stores as well; None where there are none.
        shapes: what was worked out of plans before, by their digest; see `troth.enforcement.shape`.
    """

    map: DataMap
    schemas: Mapping[str, Schema]
    stores: Mapping[str, Store]
    journal: Journal
    ledger: Kept
    ring: KeyRing = field(repr=False)
    actor: str = "troth"
    clock: Callable[[], datetime] = _now
    watch: Callable[[str], None] = _quiet
    patience: float = 0.2
    tries: int = 3
    tables: Mapping[str, str] = field(default_factory=dict, repr=False)
    away: Mapping[str, str] = field(default_factory=dict)
    beyond: DataMap | None = field(default=None, repr=False)
    shapes: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def together(self) -> bool:
        """Whether journal and ledger stand in one database, and so can share a transaction."""
        return self.journal.beside(self.ledger)

    def pseudonym(self, person: Person) -> str:
        """The pseudonym that evidence knows a person by: that of their name, or of the first identity.

        Raises:
            TrothError: nothing names them.
        """
        first = _first(person)
        return pseudonym(self.ring.pseudonym, first.kind, first.value)

    def pseudonyms(self, person: Person) -> tuple[str, ...]:
        """The same under every key of the ring, newest first.

        Raises:
            TrothError: nothing names them.
        """
        first = _first(person)
        return pseudonyms(self.ring.pseudonym, first.kind, first.value)

    def write(self, name: str, work: Callable[[], T]) -> T:
        """Do one write and tell who is watching, before and after."""
        self.watch(f"+ {name}")
        done = work()
        self.watch(f"- {name}")
        return done


def _first(person: Person) -> Identity:
    """What evidence knows a person by: their name, or the first identity."""
    if not person.identities and not person.name:
        raise TrothError("nobody is named", hint="give at least one identity, such as an e-mail address")
    return person.name or person.identities[0]
