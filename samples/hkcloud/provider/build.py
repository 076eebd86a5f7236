"""Generator and stores together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from samples.hkcloud.provider.chance import DAY
from samples.hkcloud.provider.generate import Wish, first_sample, generate, silent
from samples.hkcloud.provider.load import Loader
from samples.hkcloud.provider.tables import STORES
from samples.hkcloud.provider.world import Put, Row, Truth
from troth.model.errors import TrothError


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the rows of each table by store, and the truth about them."""

    wish: Wish
    rows: Mapping[str, Mapping[str, int]]
    truth: Truth

    def as_json(self) -> dict[str, Any]:
        """The truth file."""
        about = {"seed": self.wish.seed, "customers": self.wish.customers, "now": self.wish.now}
        return {**about, "rows": self.rows, **self.truth.as_json()}


def build(
    stores: Mapping[str, str], wish: Wish, tell: Callable[[int, int], None] = silent, *, replace: bool = False
) -> Made:
    """Fill the stores.

    Args:
        stores: the address of each store by name; both may be the same database.
        wish: what is wanted.
        tell: told how many customers are done, of how many.
        replace: whether tables of an earlier run are dropped.

    Raises:
        TrothError: a store is missing, unknown, not empty or can not be opened.
    """
    if set(stores) != set(STORES):
        raise TrothError(
            "the sample provider has two stores, accounts and operations",
            hint="--store accounts=sqlite:///accounts.db --store operations=sqlite:///operations.db",
        )
    with ExitStack() as left:
        loaders = {}
        for name, tables in STORES.items():
            loaders[name] = Loader(stores[name], tables)
            left.callback(loaders[name].abandon)
            loaders[name].open(first_sample(wish.now), wish.now + 31 * DAY, replace=replace)
        puts = {table: _counted(loader) for loader in loaders.values() for table in loader.tables}
        truth = generate(wish, lambda table, row: puts[table](table, row), tell)
        for loader in loaders.values():
            loader.close()
        left.pop_all()
    return Made(wish, {name: dict(loader.counts) for name, loader in loaders.items()}, truth)


def _counted(loader: Loader) -> Put:
    """Take rows, and refuse one that has not as many values as its table has columns."""
    widths = {name: len(table.columns) for name, table in loader.tables.items()}

    def put(name: str, row: Row) -> None:
        if len(row) != widths[name]:
            raise ValueError(name, len(row), widths[name])
        loader.put(name, row)

    return put
