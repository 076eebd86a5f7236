"""What the parts of the generator share: the clock, the rows, the numbers, and the truth about what was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from samples.hkcloud.provider.chance import Chance, cut_off
from samples.hkcloud.provider.network import Device, Network
from samples.hkcloud.provider.people import Person

Row = tuple[object, ...]
Put = Callable[[str, Row], None]
BEGAN = 1_425_200_400  # the provider opens: 2015-03-01 09:00 UTC

# Months after the event, as the retention promises of the policy say them.
PERIODS = {
    "usage": 13, "domain-query": 3, "domain": 24, "device": 12, "cookie": 6, "behaviour": 13, "server": 3,
    "ticket": 24, "alert": 12, "consent": 36, "order": 36, "account": 24, "card": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of the data and stands nowhere in it.

    Attributes:
        expired: rows past their period, by rule and table; without those that wait for a dispute.
        held: rows past their period that wait for an open dispute.
        faults: other breaches put there on purpose, by name.
        open_orders: customer numbers with an order that is open or unpaid.
        mentioned: customer numbers that a ticket of somebody else names.
        twins: customer numbers of persons who have a second account, which keeps their telephone and address.
        abnormal: sign-ins by number with what they are ("takeover", "guessing").
        unusual: sign-ins by number that look strange and are harmless ("trip", "new-device").
        heavy: the customer number with very many rows, empty when there is none.
    """

    expired: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    open_orders: list[str] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    abnormal: dict[int, str] = field(default_factory=dict)
    unusual: dict[int, str] = field(default_factory=dict)
    heavy: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The truth as a JSON object, in a stable order."""
        return {
            "expired": dict(sorted(self.expired.items())),
            "held": dict(sorted(self.held.items())),
            "faults": dict(sorted(self.faults.items())),
            "open_orders": sorted(set(self.open_orders)),
            "mentioned": sorted(set(self.mentioned)),
            "twins": sorted(set(self.twins)),
            "heavy": self.heavy,
            "abnormal_sign_ins": {str(key): one for key, one in sorted(self.abnormal.items())},
            "unusual_sign_ins": {str(key): one for key, one in sorted(self.unusual.items())},
        }


@dataclass(frozen=True, slots=True)
class World:
    """The clock in seconds, where rows go, the last number given in each table, and the truth.

    `cuts` holds for each period of `PERIODS` the last moment that is past it; `recent` the last customers made,
    `some` one of twenty, `arguing` the numbers of those with an open dispute;
    `faulty` says whether breaches are made on purpose; `team` the staff: number, role, the time they work here.
    """

    now: int
    put: Put
    truth: Truth = field(default_factory=Truth)
    numbers: Counter[str] = field(default_factory=Counter)
    cuts: dict[str, int] = field(default_factory=dict)
    recent: list[Customer] = field(default_factory=list)
    arguing: set[int] = field(default_factory=set)
    some: list[Customer] = field(default_factory=list)
    faulty: bool = True
    team: list[tuple[int, str, int, int]] = field(default_factory=list)

    def next(self, table: str) -> int:
        """The next number of a table, from 1."""
        self.numbers[table] += 1
        return self.numbers[table]

    def add(self, table: str, *values: object) -> int:
        """Put a row with the next number of its table in front; gives the number."""
        number = self.next(table)
        self.put(table, (number, *values))
        return number

    def expires(self, rule: str, table: str, event: int | None) -> bool:
        """Count a row of a table whose clock began at `event`, when its period is over; says whether it is."""
        over = event is not None and event <= self.cuts[rule]
        if over:
            self.truth.expired[f"{rule}:{table}"] += 1
        return over

    def staff_at(self, luck: Chance, at: int, role: str = "support") -> int:
        """Somebody of the staff who works here at that moment and has the role."""
        return luck.pick([one for one, has, joined, left in self.team if has == role and joined < at <= left])

    def fault(self, name: str, luck: Chance, share: float) -> bool:
        """Whether a breach of the policy is made here on purpose, in this share of cases; made ones are counted."""
        made = luck.happens(share) and self.faulty
        if made:
            self.truth.faults[name] += 1
        return made


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as the other parts need to know them; times in seconds.

    `end` is the moment their account was closed, or now. `lively` says how much they do, 1 on average, 0 for those who
    only signed up.
    """

    number: int
    customer_no: str
    brand: str
    person: Person
    email: str
    company: str | None
    status: str
    created: int
    closed: int | None
    end: int
    lively: float
    personalisation: bool
    marketing: bool
    analytics: bool
    restricted: bool
    home: Network
    devices: tuple[Device, ...]
    luck: Chance = field(repr=False)

    @property
    def mail(self) -> str:
        """The address in its one spelling."""
        return self.email.lower()


@dataclass(frozen=True, slots=True)
class Thing:
    """A server or domain that a customer has from `start` to `end`."""

    kind: str
    name: str
    start: int
    end: int


def opened(now: int, put: Put, *, faulty: bool = True) -> World:
    """A world at a moment, with nobody in it."""
    cuts = {rule: cut_off(now, months) for rule, months in PERIODS.items()}
    return World(now, put, cuts=cuts, faulty=faulty)


def within(customer: Customer, reach: int) -> int:
    """A moment of the customer's time, at most `reach` seconds before its end."""
    return customer.luck.between(max(customer.created, customer.end - reach), customer.end)
