"""What of a row is about whoever of the staff wrote it: the network and device that an answer in a case came from.

id  ticket_id  customer_id  admin_id  body           ip
1   7          3            NULL      it is broken   203.0.113.9      the customer's
2   7          NULL         2         we mend it     NULL             the agent's, so withheld
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from troth.datamap.names import tokens
from troth.datamap.sense import sense_of
from troth.enforcement import exactjson
from troth.model.datamap import DataMap, Link, Table

WORKING = frozenset({"network", "device", "login", "ident.username"})
"""Categories that say how somebody was connected, and are the writer's whoever the row is about."""
_LATER = frozenset(
    "assigned assignee approved approver closed locked resolved verified accepted granted processed handled blocked".split()
)
"""Who dealt with a row later did not write it."""
_NOBODY = (None, 0, "", "0")


@dataclass(frozen=True, slots=True)
class Clerk:
    """How the rows of a table show that one of the staff wrote them.

    Attributes:
        written: links from a row to whoever of the staff wrote it.
        own: columns that name the person by themselves; where one is filled, the row is of the person's own doing.
        columns: what is withheld in the other rows.
    """

    written: tuple[Link, ...]
    own: tuple[str, ...]
    columns: tuple[str, ...]


def clerk_of(one: DataMap, table: Table) -> Clerk | None:
    """How rows of a table show that one of the staff wrote them; None where nothing does, or nothing is to be withheld."""
    columns = tuple(column.name for column in table.columns if column.category in WORKING)
    staff = {(each.store, each.name) for each in one.tables if each.role == "staff"}
    written = tuple(
        link
        for link in table.references
        if (link.store or table.store, link.target) in staff
        and len(link.columns) == 1
        and not link.inside
        and sense_of(tokens(link.columns[0])) != "audit"
        and not _LATER & set(tokens(link.columns[0]))
    )
    if not columns or not written or table.role not in {"owned", "shared"}:
        return None
    firsts = [path.links[0] for path in table.paths if len(path.links) == 1]
    own = tuple(name for link in firsts if not link.conditions and not link.inside for name in link.columns)
    return Clerk(written, own, tuple(name for name in columns if name not in own))


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
