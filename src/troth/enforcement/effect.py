"""Whether a write had its effect, where a trigger, a rule or a row policy may have undone it without a word."""

from __future__ import annotations

from collections.abc import Sequence

from troth.enforcement import rowsets
from troth.enforcement.anchors import number
from troth.model.plan import Change
from troth.model.schema import Relation
from troth.stores.errors import StoreRefused
from troth.stores.walk import Row, Store, Value, Walk, Write

_BLANK = frozenset({"", b"", "{}", "[]"})


def kept(relation: Relation, event: str) -> str:
    """What is said of a table whose rows the database keeps as they were; empty where nothing there could do so.

    Args:
        relation: the table.
        event: "delete" or "update".
    """
    if event not in relation.keeps:
        return ""
    what = "deleted rows" if event == "delete" else "values that were emptied"
    return f"the database keeps {what}: a trigger, rule or row policy of {relation.name}"


def ascertain(store: Store, write: Write, rows: Sequence[Row]) -> None:
    """Look at rows that were written, in tables that may keep them as they were; others cost nothing.

    Args:
        store: where they are.
        write: what was to happen to them.
        rows: their keys, with the values that each of them got.

    Raises:
        StoreRefused: a row is still there, or still has a value.
    """
    relation = store.schema.relation(write.table)
    why = kept(relation, "delete" if write.deletes else "update")
    if not why:
        return
    width = len(write.key)
    own = [change for change in write.changes if change.mask in {"null", "empty"}]
    want = write.key if write.deletes else (*(change.column for change in own), *write.each)
    for found in list(
        rowsets.find(
            store,
            Walk(write.table, fixed=write.key, want=want),
            [row[:width] for row in rows],
            several=write.several,
        )
    ):
        given = rows[number(found[0])][width:]
        if write.deletes or not _as_written(own, found[1:], given):
            raise StoreRefused(why)


def _as_written(own: Sequence[Change], cells: Sequence[Value], given: Sequence[Value]) -> bool:
    """Whether cells hold what was put into them."""
    fixed, each = cells[: len(own)], cells[len(own) :]
    emptied = all(
        cell is None if change.mask == "null" else cell in _BLANK
        for change, cell in zip(own, fixed, strict=True)
    )
    return emptied and list(each) == list(given)
