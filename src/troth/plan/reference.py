"""Steps that empty references of rows which stay, and what ends a link that no key of the database holds."""

from __future__ import annotations

from collections.abc import Iterable

from troth.model.datamap import Column, Link, Mask, Path, Table
from troth.model.plan import Change, Step
from troth.model.rowset import link_key
from troth.model.schema import Relation
from troth.plan.fit import detachable, fitting
from troth.plan.order import Node


def reference(
    relation: Relation,
    node: Node,
    paths: tuple[Path, ...],
    link: Link | None = None,
    ending: tuple[Change, ...] = (),
) -> Step:
    """The step that empties references of a table.

    Args:
        relation: the table as the database has it.
        node: its store and name.
        paths: from the reference on to the person.
        link: the reference; the first step of the first path where none is given.
        ending: what is put into its columns where they can not be NULL.
    """
    first = link or paths[0].links[0]
    emptied = tuple(Change(name, "null") for name in detachable(relation, first.columns)) or ending
    last = first.columns[-1]
    return Step(
        node[0], node[1], "mask", relation.row_key or link_key(relation, first),
        paths=paths,
        changes=emptied or (Change(last, fitting(relation, last, "")[0]),),
        reference=True,
        exclusive=True,
        several=not relation.row_key,
        reason=f"it points to a row of {first.target} that goes",
    )  # fmt: skip


def free(relation: Relation, link: Link) -> bool:
    """Whether a reference can be emptied in rows that stay."""
    if detachable(relation, link.columns) and link_key(relation, link):
        return True
    if not relation.row_key:
        return False
    return bool(link.inside) or (link.arrow == "~>" and not fitting(relation, link.columns[-1], "")[1])


def cuttable(paths: Iterable[Path], relation: Relation) -> tuple[str, ...]:
    """The columns by which a row names its person and which may be emptied."""
    firsts = [path.links[0] for path in paths if not path.links[0].inside]
    return tuple(dict.fromkeys(name for link in firsts for name in detachable(relation, link.columns)))


def to_itself(step: Step) -> bool:
    """Whether a reference leads from a table to the same table."""
    link = step.paths[0].links[0]
    return link.target == step.table and link.store in {"", step.store}


def ending(table: Table, relation: Relation, link: Link) -> tuple[Change, ...]:
    """The masks of personal columns that end a link which no key of the database holds."""
    if link.arrow != "=>" or link.inside:
        return ()
    masks = [
        (one.name, fitting(relation, one.name, wanted(table, one)))
        for one in table.columns
        if one.name in link.columns
    ]
    return tuple(Change(name, mask) for name, (mask, problem) in masks if mask != "keep" and not problem)


def wanted(table: Table, column: Column) -> Mask:
    """The mask that the map asks for; empty where the row was to go, so that the weakest is taken that fits."""
    return column.mask if table.role in {"shared", "subject"} else ""
