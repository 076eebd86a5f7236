"""What of a row is about whoever of the staff wrote it, taken out: the network and device that an answer in a case came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from troth.datamap.names import tokens
from troth.datamap.sense import sense_of
from troth.enforcement import exactjson
from troth.model.clerk import Clerk

_LATER = frozenset(
    "assigned assignee approved approver closed locked resolved verified accepted granted processed handled blocked".split()
)
"""Who dealt with a row later did not write it."""
_NOBODY = (None, 0, "", "0")


def wrote(column: str) -> bool:
    """Whether a column that names one of the staff names who wrote the row, not who touched or dealt with it later."""
    words = tokens(column)
    return sense_of(words) != "audit" and not _LATER & set(words)


def without_clerks(lines: Iterator[bytes], clerk: Clerk, found: dict[str, None]) -> Iterator[bytes]:
    """The rows, lines of JSON, with NULL in place of what is about the staff.

    Args:
        lines: the rows.
        clerk: how they show it.
        found: takes the columns that were withheld.
    """
    for line in lines:
        row = exactjson.read(line.decode())
        hidden = (
            [name for name in clerk.columns if row.get(name) not in (None, "")]
            if _of_staff(clerk, row)
            else []
        )
        if not hidden:
            yield line
            continue
        for name in hidden:
            row[name] = None
            found[f"{name} (of staff)"] = None
        yield exactjson.write(row).encode()


def _of_staff(clerk: Clerk, row: Mapping[str, object]) -> bool:
    if any(row.get(name) not in _NOBODY for name in clerk.own):
        return False
    return any(
        row.get(link.columns[0]) not in _NOBODY
        and all(_shown(row.get(one.column)) in one.values for one in link.conditions)
        for link in clerk.written
    )


def _shown(cell: object) -> str:
    """A cell of JSON as the databases show it as text, which conditions are compared with."""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
