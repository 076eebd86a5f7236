"""The whole provider: the house, then customer after customer with everything they did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samples.hkcloud.provider import accounts, domains, orders, servers, sharing, signins, staff, tickets
from samples.hkcloud.provider.chance import DAY
from samples.hkcloud.provider.world import BEGAN, Customer, Put, Truth, World, opened

NOW = 1_795_338_000  # 2026-11-22 09:00 UTC, the clock of the sample
HEAVY_FROM = 1_000  # customers; smaller providers have nobody with very many rows
HEAVY_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted.

    Attributes:
        customers: how many.
        seed: the same seed gives the same data.
        now: the clock, in seconds since 1970.
        heavy: rows of the one customer that has very many; None for `HEAVY_ROWS` from `HEAVY_FROM` customers on.
        faulty: whether breaches of the policy are made on purpose, besides rows past their period.
    """

    customers: int
    seed: int = 7
    now: int = NOW
    heavy: int | None = None
    faulty: bool = True

    @property
    def heavy_rows(self) -> int:
        """Rows of the heavy customer; 0 when there is none."""
        if self.heavy is not None:
            return self.heavy if self.customers else 0
        return HEAVY_ROWS if self.customers >= HEAVY_FROM else 0


def silent(done: int, total: int) -> None:
    """Nobody is watching."""


def generate(wish: Wish, put: Put, tell: Callable[[int, int], None] = silent) -> Truth:
    """Make all rows, in the order customers came; gives the truth about them.

    Args:
        wish: how many, which seed, which clock.
        put: takes a table and a row, the values in the order of its columns.
        tell: told how many customers are done, of how many.
    """
    world = opened(wish.now, put, faulty=wish.faulty)
    staff.house(world, wish.seed)
    sharing.register(world)
    heavy = min(3, wish.customers) if wish.heavy_rows else 0
    for number in range(1, wish.customers + 1):
        made = accounts.customer(world, wish.seed, (number, wish.customers), stays=number == heavy)
        last, state = signins.visits(world, made), "none"
        if made.lively:
            account = orders.account(world, made)
            state = _business(world, made, account)
            if number == heavy:
                servers.crowd(world, made, account, wish.heavy_rows)
                world.truth.heavy.append(made.customer_no)
        accounts.account(world, made, last, state)
        tell(number, wish.customers)
    staff.incidents(world, wish.seed)
    return world.truth


def _business(world: World, made: Customer, account: int) -> str:
    """What a customer bought, asked, and what was passed on of it; gives the state of the order that is not done."""
    sales, things = orders.purchases(world, made, account)
    waiting = max((one.placed for one in sales if one.status in {"open", "unpaid"}), default=None)
    cases = tickets.tickets(world, made, things, waiting)
    domains.queries(world, made, account)
    sharing.shared(world, made, sales, cases)
    sharing.watched(world, made, account)
    return max((one.status for one in sales if one.status in {"open", "unpaid"}), default="none")


def first_sample(now: int) -> int:
    """A moment before the first sample of usage that can exist, for the partitions of its table."""
    return max(BEGAN, now - servers.REACH - 20 * DAY)
