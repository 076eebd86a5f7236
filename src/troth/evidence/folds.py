"""Whether the tables beside a ledger say what its entries say: every fold is made anew in memory and compared."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from troth.evidence.ledger import Kept, Projection
from troth.model.entry import Entry

_DIFFERENCES = 20  # named of one table
_SOME = 1_000  # entries taken up at a time
_TABLE = re.compile(r"create table if not exists (\w+)")


def contradicting(kept: Kept, projections: Iterable[Projection]) -> list[str]:
    """Where the tables of projections do not say what the entries say, at most 20 of each table; empty where they agree.

    Nobody else must be appending meanwhile.

    Args:
        kept: a ledger opened with these projections.
        projections: those to compare; one that does not follow from the entries alone is left out.
    """
    folds = [one for one in projections if one.folds]
    with sqlite3.connect(":memory:") as link:

        def run(sql: str, values: Sequence[Any]) -> list[Any]:
            return link.execute(sql, tuple(values)).fetchall()

        for statement in (statement for one in folds for statement in one.tables):
            run(statement, ())
        for some in _in_parts(kept.read()):
            for one in folds:
                if mine := [entry for entry in some if entry.kind in one.kinds]:
                    one.apply(run, mine)
        names = [name for one in folds for text in one.tables for name in _TABLE.findall(text)]
        found = [line for name in names for line in _differing(kept, link, name)]
    link.close()
    return found


def _in_parts(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    some: list[Entry] = []
    for entry in entries:
        some.append(entry)
        if len(some) == _SOME:
            yield some
            some = []
    yield some


def _differing(kept: Kept, link: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1] for row in link.execute(f"pragma table_info({table})")]
    named = ", ".join(f'"{name}"' for name in columns)
    sql = f"select {named} from {table}"  # noqa: S608 - names of our own
    expected, actual = set(map(tuple, link.execute(sql))), set(map(tuple, kept.query(sql)))
    place = columns.index("seq")
    notes = [(row[place], "is missing") for row in expected - actual]
    notes += [(row[place], "does not follow from the entries") for row in actual - expected]
    for seq, what in sorted(notes)[:_DIFFERENCES]:
        yield f"{table}: the row of entry {seq} {what}"
