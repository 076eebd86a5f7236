"""What should be left, worked out slowly: tables are lists of dicts, paths are followed row by row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from troth.model.datamap import DataMap, Link, Path, Table

Row = dict[str, Any]
Tables = Mapping[tuple[str, str], Sequence[Row]]


def plain(value: Any) -> str:
    """A value in the one spelling that counts."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value)).casefold())


@dataclass
class Expected:
    """What should be left.

    Attributes:
        gone: rows that are not there any more, by table.
        masked: rows whose masked columns hold nothing of the person.
        shared: rows of the person and of somebody else: there, without a way to the person.
        stuck: whether some of them can not be separated.
    """

    gone: dict[tuple[str, str], set[Any]] = field(default_factory=dict)
    masked: dict[tuple[str, str], set[Any]] = field(default_factory=dict)
    shared: dict[tuple[str, str], set[Any]] = field(default_factory=dict)


def steps(tables: Tables, store: str, link: Link, row: Row) -> Iterator[Row]:
    """The rows that a link leads to from a row, without the closure of a link to the same table."""
    if any(str(row.get(one.column)) not in one.values for one in link.conditions):
        return
    here = [row[column] for column in link.columns]
    if any(value is None for value in here):
        return
    for target in tables[link.store or store, link.target]:
        there = [target[column] for column in link.target_columns]
        if any(value is None for value in there):
            continue
        same = plain if link.arrow == "~>" else str
        if [same(value) for value in here] == [same(value) for value in there]:
            yield target


def reached(tables: Tables, store: str, path: Path, row: Row) -> list[Row]:
    """The rows of persons at the end of a path, a link to the same table walked once or more often."""
    current = [row]
    for place, link in enumerate(path.links):
        following: list[Row] = []
        seen: set[int] = set()
        waiting = list(current)
        loops = link.table == link.target and place < len(path.links) - 1
        while waiting:
            one = waiting.pop()
            for target in steps(tables, store, link, one):
                if id(target) not in seen:
                    seen.add(id(target))
                    following.append(target)
                    if loops:
                        waiting.append(target)
        store = link.store or store
        current = following
    return current


def people(one: DataMap, tables: Tables, mail: str) -> tuple[set[int], set[int]]:
    """The rows that are the person, and those that are other people, by identity of the objects."""
    ours = {
        id(row)
        for table in one.subjects()
        for row in tables[table.store, table.name]
        if row.get("email") is not None and plain(row["email"]) == plain(mail)
    }
    everybody = {id(row) for table in one.subjects() for row in tables[table.store, table.name]}
    return ours, everybody - ours


def lead(
    tables: Tables, table: Table, row: Row, who: tuple[set[int], set[int]], mail: str
) -> tuple[bool, bool]:
    """Whether a row leads to the person, and whether it leads to somebody else."""
    ours, others = who
    mine = theirs = strange = keyed = False
    for path in table.paths:
        ends = [id(end) for end in reached(tables, table.store, path, row)]
        mine = mine or any(end in ours for end in ends)
        keyed = keyed or (all(link.arrow != "~>" for link in path.links) and any(end in ours for end in ends))
        theirs = theirs or any(end in others for end in ends)
        link = path.links[-1]
        if (
            link.arrow == "~>" and len(path.links) == 1
        ):  # an address names somebody, with an account or without
            value = row[link.columns[0]]
            if value is not None and plain(value):
                mine = mine or plain(value) == plain(mail)
                strange = strange or plain(value) != plain(mail)
    # What came with a row that is the person's by a key goes with it; an account is in `theirs` already.
    return mine, theirs or (strange and not keyed)


def expected(one: DataMap, tables: Tables, mail: str) -> Expected:
    """What should be left after the erasure of the person with an e-mail address."""
    who = people(one, tables, mail)
    found = Expected()
    for table in one.personal():
        node = (table.store, table.name)
        for row in tables[node]:
            if table.role == "subject":
                if id(row) in who[0]:
                    found.gone.setdefault(node, set()).add(row["id"])
                continue
            mine, theirs = lead(tables, table, row, who, mail)
            if mine and theirs:
                found.shared.setdefault(node, set()).add(row["id"])
            elif mine:
                kind = found.masked if table.role == "shared" else found.gone
                kind.setdefault(node, set()).add(row["id"])
    return found
