"""Declared foreign keys by which rows hang on a table, and whether what goes with a row has the same owner."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from troth.model.datamap import Link, Table
from troth.model.schema import Foreign, Relation, Schema
from troth.plan.fit import detachable, misfit
from troth.plan.order import Node

_Way = tuple[object, ...]
_MERE = frozenset({"time", "date", "boolean"})
_PART = re.compile(
    r"(?:^|_)(?:permissions?|roles?|rights?|scopes?|privileges?|abilit(?:y|ies)|capabilit(?:y|ies)|access)(?:_|$)"
)
"""What a part in something is called."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A foreign key of `source` by which its rows hang on rows of `target`.

    Attributes:
        source: the table that has the foreign key.
        target: the table whose rows are asked about.
        relation: the source as the database has it.
        foreign: the foreign key; it points to the target, or to a table that goes with the target by itself.
        links: the way from the source to the target; one link where the key points to the target.
    """

    source: Node
    target: Node
    relation: Relation
    foreign: Foreign
    links: tuple[Link, ...]

    @property
    def cascades(self) -> bool:
        """Whether the database deletes the row together with what it points to."""
        return self.foreign.on_delete.upper() == "CASCADE"

    @property
    def empties(self) -> bool:
        """Whether the database sets the reference to NULL by itself, and can."""
        fields = [self.relation.field(name) for name in self.foreign.columns]
        return self.foreign.on_delete.upper() == "SET NULL" and all(
            one is not None and not misfit(self.relation, one, "null") for one in fields
        )


def ties(schemas: Mapping[str, Schema], nobodys: Collection[Node], node: Node) -> Iterator[Tie]:
    """The foreign keys by which rows hang on a table, those of tables that go with it by themselves among them.

    Args:
        schemas: the live schemas by name of store.
        nobodys: tables that hold nothing of anybody; what hangs on their rows is asked too where they go with them.
        node: the table.
    """
    store = node[0]
    relations = schemas[store].relations if store in schemas else ()
    waiting: list[tuple[str, tuple[Link, ...]]] = [(node[1], ())]
    seen = {node}
    while waiting:
        name, onward = waiting.pop(0)
        for relation in relations:
            for foreign in relation.foreign:
                if foreign.relation != name:
                    continue
                source = (store, relation.name)
                links = (Link(relation.name, foreign.columns, "->", name, foreign.target), *onward)
                tie = Tie(source, node, relation, foreign, links)
                yield tie
                if tie.cascades and source in nobodys and source not in seen:
                    seen.add(source)
                    waiting.append((relation.name, links))


def owned_along(tie: Tie, source: Table, target: Table) -> bool:
    """Whether no row that a tie takes along can be somebody else's.

    Either every way of the source to a person leads over the row that goes, or the map finds all rows that hang on it,
    so that those of two people are let go before.

    Args:
        tie: the foreign key.
        source: what the map says of its table.
        target: what the map says of the table it leads to.
    """
    ends = [path.links for path in target.paths]
    if target.role == "subject":
        ends = [(), *ends]
    ways = [set(_along(tie, end)) for end in ends]
    paths = [tuple(_shape(link) for link in path.links) for path in source.paths]
    over = [
        (_shape(replace(path.links[0], conditions=())), *way[1:])
        for path, way in zip(source.paths, paths, strict=True)
    ]
    if over and set(over) <= set().union(*ways):
        return True
    needed = ways[:1] if target.role == "subject" else ways
    found = bool(needed) and all(not way.isdisjoint(paths) for way in needed)
    return found and bool(detachable(tie.relation, tie.foreign.columns))


def _along(tie: Tie, end: tuple[Link, ...]) -> Iterator[_Way]:
    """The ways of a row to the person of the row that it hangs on by one path: over that row, or by a copy of its link."""
    yield tuple(_shape(link) for link in (*tie.links, *end))
    if not end or len(tie.links) > 1:
        return
    copied = dict(zip(tie.foreign.target, tie.foreign.columns, strict=True))
    first = end[0]
    if not first.conditions and all(name in copied for name in first.columns):
        own = replace(first, table=tie.source[1], columns=tuple(copied[name] for name in first.columns))
        yield tuple(_shape(link) for link in (own, *end[1:]))


def _shape(link: Link) -> tuple[object, ...]:
    """What a link compares, whoever vouches for it and in whichever order its columns stand."""
    pairs = frozenset(zip(link.columns, link.target_columns, strict=True))
    natural = link.arrow == "~>"
    return link.table, pairs, natural, link.store, link.target, link.conditions, link.inside


def pairing(tie: Tie, owned: Collection[Node]) -> bool:
    """Whether rows only tie two things of these, and the database lets them go with either: a contact in a group."""
    relation = tie.relation
    bound = {name for one in relation.foreign for name in one.columns}
    rest = [one for one in relation.fields if one.name not in bound and (one.name,) != relation.key]
    return (
        len(relation.foreign) > 1
        and all(one.on_delete.upper() == "CASCADE" for one in relation.foreign)
        and all((tie.source[0], one.relation) in owned for one in relation.foreign)
        and all(one.kind in {"time", "date"} for one in rest)
    )


def parting(table: Table, relation: Relation) -> bool:
    """Whether rows say who has a part in something and which, and nothing more of anybody: the guests of a server.

    They have no life without what they hang on, so they go with it by the word of the schema (ON DELETE CASCADE).
    """
    if table.role != "owned" or any(column.category != "ident.id" for column in table.columns):
        return False
    links = [*(path.links[0] for path in table.paths), *table.references]
    bound = {name for link in links for name in link.columns} | {
        name for one in relation.foreign for name in one.columns
    }
    bound |= {one.column for link in links for one in link.conditions}
    rest = [one for one in relation.fields if one.name not in bound and (one.name,) != relation.key]
    return not any(one.inside or one.arrow == "~>" for one in links) and all(
        one.kind in _MERE or one.labels or _PART.search(one.name.lower()) is not None for one in rest
    )
