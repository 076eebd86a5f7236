"""What a check may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from troth.duties.deeds import Owed, owed
from troth.duties.workdays import Calendar
from troth.enforcement.guard import Guard
from troth.enforcement.project import Project
from troth.model.condition import FactValue
from troth.model.entry import Entry
from troth.model.policy import Policy, Promise, Proof
from troth.model.showing import Shown


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a check may look at; nothing is changed through it.

    Attributes:
        project: map, schemas, stores, ledger, clock; stores are read through functions of `enforcement`.
        policy: the policy that holds.
        guard: decides requests, with what the ledger says of persons.
        folder: the folder of the project: registers and attestations stand there.
        urls: the addresses of the stores, for checks of transport; never shown.
        where: working days and time zone of the house.
        registers: the declared registers by name ("recipients"), from `registers/NAME.toml`.
        told: facts that the house says of every case where no row says otherwise.
        memo: what checks have worked out and others need too; a changed copy starts empty.
    """

    project: Project
    policy: Policy
    guard: Guard
    folder: Path
    where: Calendar
    urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    registers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    told: Mapping[str, FactValue] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.project.clock()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of the ledger, read once for all checks."""
        return tuple(self.project.ledger.read())

    @cached_property
    def owed(self) -> tuple[Owed, ...]:
        """Every duty that began, with where it stands."""
        return owed(self.policy, self.project.ledger, self.now, self.where)


class Check(Protocol):
    """One check; a pure reading of what `Sight` shows."""

    def __call__(self, sight: Sight, promise: Promise, proof: Proof) -> Shown:
        """How the check ends for a promise.

        Args:
            sight: what may be looked at.
            promise: the promise it is for.
            proof: the check as the promise names it, with its arguments.
        """
        ...
