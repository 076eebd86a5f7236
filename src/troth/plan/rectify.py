"""Compile a correction: which column is meant, and everywhere else the same value of the person may stand.

A copy is a personal column of the same category, a column that a link of the map compares with it (equal ids or
equal natural values, over any number of tables and stores), and a JSON value, list or text that such a link looks
into. Everything found must be changed together, or the links of the map would break.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from troth.model.datamap import CATEGORIES, Column, DataMap, Link, Path, Table
from troth.model.errors import TrothError
from troth.model.plan import Citation, Skipped, Step
from troth.model.rowset import UNEQUAL
from troth.model.schema import Relation, Schema
from troth.plan.aside import aside
from troth.plan.table import exclusive, live, relation_of, sets, unerased, unfit

WORDS = {
    "email": "contact.email", "phone": "contact.phone", "name": "contact.name", "address": "contact.address",
    "company": "contact.company", "login": "ident.username", "username": "ident.username",
    "official": "ident.official", "birthdate": "ident.birthdate",
}  # fmt: skip
"""Everyday words for categories."""

_UNREADABLE = {
    "hash": "hashed",
    "enc": "encrypted",
    "pickle": "packed",
    "php": "packed",
    "serialized": "packed",
}
_TELLING = frozenset({"contact.email", "contact.phone", "contact.name", "ident.username", "ident.official"})
_SPOT = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A column that may hold the value.

    Attributes:
        step: how its rows are found; `columns` holds the column alone.
        category: its category in the map; empty where the map calls it harmless.
        inside: "json", "array" or "text" where the value stands inside the cell; empty for the whole cell.
        linked: whether a link of the map compares it, so that it must change too.
        depth: how many tables its rows must point to through declared foreign keys; the least goes first.
    """

    step: Step
    category: str
    inside: str = ""
    linked: bool = False
    depth: int = 0

    @property
    def column(self) -> str:
        """Its name."""
        return self.step.columns[0]

    @property
    def place(self) -> str:
        """Store, table and column in one word."""
        return f"{self.step.place}.{self.column}"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to correct: where it is kept, and where copies of it may stand.

    Attributes:
        what: as the request names it.
        category: of the columns it is kept in.
        origins: the columns it is kept in.
        copies: every other column.
        skipped: copies that can not be changed, and why.
        searched: the tables that are only looked through for the old value, `store.table`.
    """

    what: str
    category: str
    origins: tuple[Spot, ...]
    copies: tuple[Spot, ...]
    skipped: tuple[Skipped, ...] = ()
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rectification:
    """The plan of a correction; it holds no value of anybody.

    Attributes:
        targets: in the order asked.
        citation: the sentence that gives the right.
        deferred: a declared foreign key compares one of the columns, so it is checked at the end.
    """

    targets: tuple[Target, ...]
    citation: Citation
    deferred: bool = False

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of the plan."""
        return {
            "purpose": "rectification",
            "promise": self.citation.promise,
            "sentences": list(self.citation.sentences),
            "targets": [
                {
                    "what": one.what,
                    "kept": [spot.place for spot in one.origins],
                    "copies": [spot.place for spot in one.copies],
                    "skipped": [{"place": skip.place, "reason": skip.reason} for skip in one.skipped],
                }
                for one in self.targets
            ],
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the plan, hex."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()


def compile_rectification(
    one: DataMap, schemas: Mapping[str, Schema], whats: Sequence[str], citation: Citation
) -> Rectification:
    """The plan of a correction.

    Args:
        one: the reviewed data map.
        schemas: the live schemas by name of store.
        whats: what to correct: a word ("email", "name"), a category ("contact.email") or a column ("company",
            "customers.company", "shop.customers.company").
        citation: the sentence that gives the right (GDPR Art. 16).

    Raises:
        TrothError: a word names nothing, several columns, a secret, or part of a composite reference.
    """
    targets = tuple(_target(one, schemas, what, citation) for what in whats)
    foreign = {
        (name, relation.name, column)
        for name, schema in schemas.items()
        for relation in schema.relations
        for key in relation.foreign
        for column in key.columns
    }
    changed = {
        (spot.step.store, spot.step.table, spot.column)
        for target in targets
        for spot in (*target.origins, *target.copies)
    }
    return Rectification(targets, citation, deferred=not changed.isdisjoint(foreign))


def _target(one: DataMap, schemas: Mapping[str, Schema], what: str, citation: Citation) -> Target:
    origins = _named(one, what)
    if any(column.category == "secret" for _, column in origins):
        raise TrothError(f"`{what}` is a secret; its owner changes it in the application itself")
    if any(column.form == "third" for _, column in origins):
        raise TrothError(f"`{what}` is about somebody else, so it is not this person's to correct")
    spots = [(table.store, table.name, column.name) for table, column in origins]
    for node in spots:
        _refuse_composite(one, node)
    if computed := [sources for node in spots if (sources := _sources(schemas, node))]:
        origins = [pair for pair, node in zip(origins, spots, strict=True) if not _sources(schemas, node)]
        spots = [node for node in spots if not _sources(schemas, node)]
        if not spots:
            named = ", ".join(sorted(computed[0]))
            raise TrothError(
                f"the database computes `{what}` from {named}", hint="correct what it is computed from"
            )
    linked = _component(one, spots)
    kept: list[Spot] = []
    copies: list[Spot] = []
    skipped: list[Skipped] = []
    searched: set[str] = set()
    categories = {column.category for _, column in origins}
    tables = {(table.store, table.name): table for table in one.personal()}
    for table in one.personal():
        relation = live(schemas, table)
        problem, beside = unerased(table, relation), aside(table, tables, schemas)
        for column, inside in _columns(table, relation, linked, categories):
            node = (table.store, table.name, column.name)
            place = f"{table.place}.{column.name}"
            if relation is not None and table.searched:
                searched.add(table.place)
            elif problem or relation is None:
                skipped.append(Skipped(place, problem))
            elif _untold(table, relation, column.name):
                skipped.append(Skipped(place, unfit(table, relation)))
            elif _sources(schemas, node):
                continue  # the database computes it again
            elif column.form in _UNREADABLE and node not in linked:
                skipped.append(
                    Skipped(place, f"its values are {_UNREADABLE[column.form]}; the application has to do it")
                )
            else:
                spot = _spot((table, column), schemas, inside, linked=node in linked, citation=citation)
                spot = replace(spot, step=replace(spot.step, about=beside))
                (kept if node in spots else copies).append(spot)
    if not kept:
        raise TrothError(f"no table can be corrected where `{what}` is kept", hint="run `troth map check`")
    kept, copies = (sorted(spots, key=lambda spot: (spot.depth, spot.place)) for spots in (kept, copies))
    return Target(
        what, origins[0][1].category, tuple(kept), tuple(copies), tuple(skipped), tuple(sorted(searched))
    )


def _untold(table: Table, relation: Relation, name: str) -> bool:
    """Whether nothing names a row, and a cell of the column can not be compared with what was read from it."""
    field = relation.field(name)
    return sets(table, relation).key != table.key and field is not None and field.kind in UNEQUAL


def _sources(schemas: Mapping[str, Schema], spot: _SPOT) -> frozenset[str]:
    """The columns that the database computes a column from; none where it is written."""
    store, table, name = spot
    relation = relation_of(schemas, store, table)
    return relation.sources(name) if relation is not None else frozenset()


def _named(one: DataMap, what: str) -> list[tuple[Table, Column]]:
    """The columns that a word names: of the tables of persons first, else of every table."""
    category = WORDS.get(what, what if what in CATEGORIES else "")
    if category:
        found = [
            (table, column)
            for table in one.personal()
            for column in table.columns
            if column.category == category
        ]
        plain = [
            (table, column) for table, column in found if column.form not in {"third", "json", *_UNREADABLE}
        ]
        own = [(table, column) for table, column in plain if table.role == "subject"]
        if not plain:
            raise TrothError(f"the data map has no column for `{what}`", hint="name a column of the map")
        return own or plain
    place, _, name = what.rpartition(".")
    found = [
        (table, column)
        for table in one.personal()
        for column in table.columns
        if column.name == name and (not place or place in {table.name, table.place})
    ]
    if not found:
        hint = "use " + ", ".join(sorted(WORDS)) + ", or a personal column of the map"
        raise TrothError(f"the data map has no personal column `{what}`", hint=hint)
    if len(found) > 1:
        places = ", ".join(f"{table.place}.{name}" for table, _ in found)
        raise TrothError(f"several tables have a column `{what}`", hint=f"name one of {places}")
    return found


def _links(one: DataMap) -> Iterator[tuple[str, Link]]:
    """Every link of the map with the store it starts in."""
    for table in one.tables:
        for path in (*table.paths, *(Path((link,)) for link in table.references)):
            store = table.store
            for link in path.links:
                yield store, link
                store = link.store or store


def _component(one: DataMap, spots: Iterable[_SPOT]) -> dict[_SPOT, str]:
    """Everything that links of one column compare with the spots, and where in the cell it stands."""
    edges: dict[_SPOT, dict[_SPOT, str]] = {}
    for store, link in _links(one):
        if len(link.columns) == 1:
            here = (store, link.table, link.columns[0])
            there = (link.store or store, link.target, link.target_columns[0])
            inside = "json" if link.inside.startswith("$") else link.inside
            edges.setdefault(there, {})[here] = inside
            if not inside:
                edges.setdefault(here, {})[there] = ""
    found = dict.fromkeys(spots, "")
    waiting = list(found)
    while waiting:
        for other, inside in edges.get(waiting.pop(), {}).items():
            if other not in found:
                found[other] = inside
                if not inside:
                    waiting.append(other)
    return found


def _refuse_composite(one: DataMap, spot: _SPOT) -> None:
    for store, link in _links(one):
        ends = [(store, link.table, column) for column in link.columns]
        ends += [(link.store or store, link.target, column) for column in link.target_columns]
        if len(link.columns) > 1 and spot in ends:
            raise TrothError(
                f"`{spot[2]}` is part of a reference of several columns",
                hint="the application has to change it",
            )


def _columns(
    table: Table, relation: Relation | None, linked: Mapping[_SPOT, str], categories: set[str]
) -> Iterator[tuple[Column, str]]:
    """The columns of a table that may hold the value, and where in the cell."""
    names = {column.name: column for column in table.columns}
    for node in linked:
        if node[:2] == (table.store, table.name):
            names.setdefault(node[2], Column(node[2], ""))
    for column in names.values():
        field = relation.field(column.name) if relation else None
        inside = linked.get((table.store, table.name, column.name))
        if inside is not None:
            yield column, inside
        elif column.form == "third" or column.category == "secret" or (relation and field is None):
            continue
        elif column.form == "json" or (field is not None and field.kind == "json"):
            yield column, "json"
        elif column.form == "eav" and categories & _TELLING:
            yield column, ""  # the value of any attribute, so it may be this one
        elif column.category in categories:
            yield column, "array" if field is not None and field.kind == "array" else ""


def _spot(
    place: tuple[Table, Column],
    schemas: Mapping[str, Schema],
    inside: str,
    *,
    linked: bool,
    citation: Citation,
) -> Spot:
    table, column = place
    # Where nothing names a single row, those that hold the same value are written at once.
    relation = schemas[table.store].relation(table.name)
    together = sets(table, relation).key
    several = together != table.key
    step = Step(
        table.store, table.name, "collect", tuple(dict.fromkeys((*together, column.name))) if several else together,
        paths=table.paths,
        columns=(column.name,),
        identity=table.role == "subject",
        exclusive=exclusive(table, schemas),
        several=several,
        citation=citation,
        reason=column.reason,
    )  # fmt: skip
    depth = _depths(schemas[table.store])[table.name] if linked else 0
    return Spot(step, column.category, inside, linked, depth)


def _depths(schema: Schema) -> dict[str, int]:
    """By table, how many stand above it, the longest way; in a circle the order is any."""
    parents = {one.name: {key.relation for key in one.foreign} - {one.name} for one in schema.relations}
    found = dict.fromkeys(parents, 0)
    for _ in parents:
        deeper = {
            name: 1 + max((found[parent] for parent in above if parent in found), default=-1)
            for name, above in parents.items()
        }
        if deeper == found:
            break
        found = deeper
    return found
