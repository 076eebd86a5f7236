"""Who was erased and is a customer again by their own will: not the account that a restored backup brings back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from troth.enforcement.meaning import CATEGORIES, kind_of, normal
from troth.enforcement.project import Node, Project
from troth.evidence.pseudonym import pseudonyms
from troth.model.datamap import Table
from troth.model.entry import Entry
from troth.model.errors import TrothError
from troth.model.outcome import Identity
from troth.stores.walk import Row

KEYED = "keys of"
"""Kind of the name by which an erasure says that it noted the keys of a table of persons."""


def key_name(table: Table, key: Row) -> tuple[str, str] | None:
    """By what the row of a person is known again: the kind and the value of a name; None where the key says nothing."""
    parts = [normal("text", part) for part in key]
    if not parts or not all(parts):
        return None
    return f"{table.place}.{'.'.join(table.key)}", str(key[0]) if len(parts) == 1 else "\n".join(parts)


def names_of(project: Project, one: Identity) -> set[str]:
    """The pseudonyms under which evidence may know an identity that stands in a store, under every key of the ring."""
    category = CATEGORIES.get(one.kind)
    named = [(one.kind, one.value)]
    if category is not None:
        named = [(kind, one.value) for kind, each in CATEGORIES.items() if each == category]
        named.append(("value", normal(kind_of(category), one.value)))
    names: set[str] = set()
    for kind, value in named:
        try:
            names |= set(pseudonyms(project.ring.pseudonym, kind, value))
        except TrothError:  # nothing of the value is left in normal form
            continue
    return names


def before_corrections(
    project: Project, erased: Mapping[int, set[str]], corrections: Iterable[Entry]
) -> dict[int, set[str]]:
    """By job, the pseudonyms that those it erased had before they were corrected: a backup may know them by these alone.

    A correction counts for the erasure that came after it. Who took the same address later is somebody else.

    Args:
        project: the stores and the journal.
        erased: by job, the pseudonyms of what it erased.
        corrections: the entries of corrections since the backup, in any order.
    """
    at = project.journal.erased_at()
    newest_first = sorted(corrections, key=lambda one: one.seq, reverse=True)
    found: dict[int, set[str]] = {}
    for job, names in erased.items():
        known = set(names)
        for one in newest_first:
            if (one.time, int(one.detail.get("job", 0))) < (at[job], job):
                known |= {old for old, new in one.detail.get("renamed", ()) if new in known}
        if known > names:
            found[job] = known - names
    return found


def anew(
    project: Project,
    erased: Mapping[int, set[str]],
    names: Iterable[str],
    rows: Iterable[tuple[Node, Row]],
    *,
    doubted: bool = False,
) -> set[tuple[Node, Row]]:
    """Which rows that a name of somebody erased leads to are of a new customer: their keys are none of those erased with it.

    Args:
        project: the stores.
        erased: by job, the pseudonyms of what it erased.
        names: the pseudonyms of the name.
        rows: the rows of persons that the name leads to.
        doubted: count a row of which nothing tells whose it is as a new customer's.
    """
    keys, wanted = project.ring.pseudonym, set(names)
    jobs = [some for some in erased.values() if not wanted.isdisjoint(some)]
    found: set[tuple[Node, Row]] = set()
    for node, row in rows:
        table = project.map.table(*node)
        noted = set(pseudonyms(keys, KEYED, table.place))
        name = key_name(table, row)
        if name is None or not jobs or any(noted.isdisjoint(some) for some in jobs):
            found.update({(node, row)} if doubted else ())
            continue  # nothing tells
        own = set(pseudonyms(keys, *name))
        if all(own.isdisjoint(some) for some in jobs):
            found.add((node, row))
    return found
