"""Rows of persons that an erasure left without a name because others point to them: they are nobody, and share no row."""

from __future__ import annotations

from collections.abc import Iterable

from troth.enforcement.anchors import Anchor, number
from troth.enforcement.drawn import drawn
from troth.enforcement.meaning import IDENTITIES, NAME
from troth.enforcement.project import Node, Project
from troth.enforcement.returning import key_name
from troth.evidence.pseudonym import pseudonyms
from troth.stores.walk import Row, Walk


def nameless(project: Project, node: Node, keys: Iterable[Row]) -> set[Row]:
    """Those of some rows of persons that were erased and still stand there masked, whose number was given to nobody else.

    The journal knows them by their keys, and no column that names people holds anything but a random text drawn for it.

    Args:
        project: the stores and the journal.
        node: a table of persons.
        keys: the keys of the rows.
    """
    table = project.map.table(*node)
    columns = tuple(one.name for one in table.columns if one.category in IDENTITIES | {NAME})
    if table.role != "subject" or not columns or node[0] not in project.stores:
        return set()
    names = {key: key_name(table, key) for key in dict.fromkeys(keys)}
    known = {
        key: pseudonyms(project.ring.pseudonym, *name) for key, name in names.items() if name is not None
    }
    erased = project.journal.among_erased({one for some in known.values() for one in some})
    wanted = [key for key, some in known.items() if not erased.isdisjoint(some)]
    if not wanted:
        return set()
    found = set()
    walk = Walk(table.name, fixed=table.key, want=columns)
    for row in list(project.stores[node[0]].find(walk, wanted)):
        key, values = wanted[number(row[0])], dict(zip(columns, row[1:], strict=True))
        random = drawn(project, node, Anchor(0, key, values))
        if all(value is None or value == "" or value in random for value in values.values()):
            found.add(key)
    return found
