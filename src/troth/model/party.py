"""A recipient: somebody outside who may receive data, what for, which fields, and under which agreement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

State = Literal["in-force", "expired", "missing"]
Clauses = Literal["complete", "incomplete", "missing"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with a recipient.

    Attributes:
        kind: what it is ("data-processing-agreement"); empty where there is none.
        since, until: first and last day; an agreement without an end goes on.
        clauses: what it binds to, in the words of the policy's measures, and "this-policy" and "law".
        missing: clauses that the policy asks for and that it has not.
        digest: SHA-256 of the signed paper, hex.
        reviewed: the day the recipient last showed that it keeps the agreement.
    """

    kind: str = ""
    since: date | None = None
    until: date | None = None
    clauses: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    digest: str = ""
    reviewed: date | None = None

    def state(self, today: date) -> State:
        """The fact `agreement` on a day; one that begins later is missing."""
        if not self.kind or self.since is None or today < self.since:
            return "missing"
        return "expired" if self.until is not None and self.until < today else "in-force"

    @property
    def complete(self) -> Clauses:
        """The fact `agreement-clauses`."""
        if not self.kind:
            return "missing"
        return "incomplete" if self.missing else "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A recipient as the register names it.

    Attributes:
        id: its name in commands and evidence.
        name: what people are told.
        kind: a recipient of the policy's words ("payment-processor").
        role: "processor", "third-party", "authority" ...: a value of the fact `recipient-kind`.
        country: where it is, ISO 3166.
        purposes: what it receives data for, in canonical words.
        data: the necessary fields, in canonical words; nothing else leaves.
        contact: where it is written to; never shown.
        safeguard: what protects data abroad ("standard-contractual-clauses").
        transport: how files reach it ("tls"), a value of the fact `transport`; "" where nobody said.
        known_as: what the application's own tables call it.
        agreement: what it has signed.
    """

    id: str
    name: str
    kind: str
    role: str = "processor"
    country: str = ""
    purposes: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    contact: str = field(default="", repr=False)
    safeguard: str = ""
    transport: str = ""
    known_as: tuple[str, ...] = ()
    agreement: Agreement = Agreement()
