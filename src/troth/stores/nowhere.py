"""A store of persons that no database of the project holds: it has their tables, and never a row in them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from troth.model.schema import Schema
from troth.stores.walk import Asked, Hints, Row, Take, Taken, Walk, Write


class NowhereStore:
    """See `troth.stores.walk.Store`; nothing is ever found here, and nothing can be written.

    Args:
        schema: the tables that links of the map lead to.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema, self.name = schema, schema.store

    @contextlib.contextmanager
    def transaction(self, *, deferred: bool = False) -> Iterator[None]:  # noqa: ARG002 - see `Store`
        """See `Store.transaction`."""
        yield

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`."""
        yield

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """See `Store.savepoint`."""
        yield

    def find(self, walk: Walk, given: Sequence[Row], numbers: Sequence[int] | None = None) -> Iterator[Row]:  # noqa: ARG002
        """See `Store.find`."""
        return iter(())

    def guess(self, walk: Walk, hints: Hints) -> Iterator[Row]:  # noqa: ARG002 - see `Store`
        """See `Store.guess`."""
        return iter(())

    def stream(self, walk: Walk, given: Sequence[Row]) -> Iterator[bytes]:  # noqa: ARG002 - see `Store`
        """See `Store.stream`."""
        return iter(())

    def run(self, write: Write, rows: Sequence[Row]) -> int:  # noqa: ARG002 - see `Store`
        """See `Store.run`."""
        return 0

    def take(self, takes: Sequence[Take]) -> list[list[Taken]]:
        """See `Taker.take`."""
        return [[] for _ in takes]

    def remain(self, asked: Sequence[Asked]) -> bool:  # noqa: ARG002 - see `Taker`
        """See `Taker.remain`."""
        return False

    def purge(self, tables: Sequence[str]) -> str:  # noqa: ARG002 - see `Store`
        """See `Store.purge`."""
        return ""

    def close(self) -> None:
        """See `Store.close`."""
