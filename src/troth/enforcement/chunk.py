"""Keys of rows that one step of a job works on, as the journal keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from troth.stores.walk import Row, Taken

_CHUNKS_TOGETHER, _ROWS_TOGETHER = 20, 5_000  # saved by one statement; more rows would need more memory
NO_STEP = -1
"""The step of rows that were written along with those of a step, in another table; behind its key each names what was emptied."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Keys of rows that one step works on.

    Attributes:
        id: its number, 0 until it is saved.
        round: the search that found them.
        step: number of the step in the plan, or `NO_STEP`.
        kind: what happens to the rows: "deleted", "masked", "unlinked", "separated".
        place: `store.table`.
        rows: for each row the number of the person, then its key.
        changed: by person, how many of the rows the write changed; None where that is all of them, or not known yet.
        taken: instead of rows, as the database put them together: see `troth.stores.walk.Taken`.
    """

    id: int
    round: int
    step: int
    kind: str
    place: str
    rows: tuple[Row, ...] = ()
    taken: tuple[Taken, ...] = ()
    changed: Mapping[int, int] | None = None

    def size(self) -> int:
        """How many rows it holds."""
        return sum(rows for _, rows, _ in self.taken) if self.taken else len(self.rows)

    def counts(self) -> dict[int, int]:
        """Rows by number of the person."""
        if self.changed is not None:
            return dict(self.changed)
        if self.taken:
            return {person: rows for person, rows, _ in self.taken}
        return Counter(map(number_of, self.rows))

    def columns(self) -> dict[str, Any]:
        """The keys as JSON, for the journal."""
        return {"taken": self.taken} if self.taken else {"columns": packed(self.rows)}


def number_of(row: Row) -> int:
    """The number of the person that a row begins with."""
    return row[0] if isinstance(row[0], int) else 0


def packed(rows: Sequence[Row]) -> list[list[Any]]:
    """Rows as columns of JSON; bytes become an object, which no other value is."""
    found = []
    for column in zip(*rows, strict=True):
        held = list(column)
        if bytes in set(map(type, held)):
            held = [{"hex": value.hex()} if isinstance(value, bytes) else value for value in held]
        found.append(held)
    return found


def unpacked(columns: Sequence[Sequence[Any]]) -> list[Row]:
    """The rows that `packed` wrote."""
    found = []
    for column in columns:
        plain = column
        if dict in set(map(type, column)):
            plain = [bytes.fromhex(value["hex"]) if isinstance(value, dict) else value for value in column]
        found.append(plain)
    return list(zip(*found, strict=True))


def together(chunks: Iterable[Chunk]) -> Iterator[list[Chunk]]:
    """Chunks that are saved at once: some small ones, or a large one."""
    some: list[Chunk] = []
    rows = 0
    for chunk in chunks:
        size = chunk.size()
        if some and (len(some) == _CHUNKS_TOGETHER or rows + size > _ROWS_TOGETHER):
            yield some
            some, rows = [], 0
        some.append(chunk)
        rows += size
    if some:
        yield some
