"""How the rows of a table show that one of the staff wrote them: an answer in a case names its agent.

id  ticket_id  customer_id  admin_id  body           ip
1   7          3            NULL      it is broken   203.0.113.9      the customer's
2   7          NULL         2         we mend it     NULL             the agent's, so withheld
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from troth.model.datamap import DataMap, Link, Table

WORKING = frozenset({"network", "device", "login", "ident.username"})
"""Categories that say how somebody was connected, and are the writer's whoever the row is about."""


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

    @property
    def telling(self) -> frozenset[str]:
        """The columns by which a row says who wrote it."""
        kinds = {one.column for link in self.written for one in link.conditions}
        return frozenset({name for link in self.written for name in link.columns} | kinds)


def _anybody(_: str) -> bool:
    return True


def clerk_of(one: DataMap, table: Table, wrote: Callable[[str], bool] = _anybody) -> Clerk | None:
    """How rows of a table show that one of the staff wrote them; None where nothing does, or nothing is to be withheld.

    Args:
        one: the map, which says who is staff.
        table: the table.
        wrote: whether a column that names one of the staff names the writer by its own name ("closed_by" does not).
    """
    columns = tuple(column.name for column in table.columns if column.category in WORKING)
    staff = {(each.store, each.name) for each in one.tables if each.role == "staff"}
    written = tuple(
        link
        for link in table.references
        if (link.store or table.store, link.target) in staff
        and len(link.columns) == 1
        and not link.inside
        and wrote(link.columns[0])
    )
    if not columns or not written or table.role not in {"owned", "shared"}:
        return None
    firsts = [path.links[0] for path in table.paths if len(path.links) == 1]
    own = tuple(name for link in firsts if not link.conditions and not link.inside for name in link.columns)
    return Clerk(written, own, tuple(name for name in columns if name not in own))
