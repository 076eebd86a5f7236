"""Search every text of every table of every store for what is left of persons, also where the map says harmless."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from troth.enforcement.base64s import FORMS, pieces, plain
from troth.enforcement.fullnames import said, silent
from troth.enforcement.meaning import Wanted
from troth.enforcement.project import Node, Project
from troth.stores.walk import Hints, Value, Walk

_KNOWN = 50_000  # cells whose meaning is remembered: what stands in a million rows is read once
_TEXTS = frozenset(
    {"text", "json", "array", "binary"}
)  # letters stand in columns of bytes, too, and pickled lists
_BYTES = frozenset({"binary"})
_BARE = frozenset({"other"})  # what no type was declared for, in SQLite
_LOOSE = _TEXTS | {"other", "number", "time", "date"}  # what may hold a text in SQLite, whatever was declared
_TYPED = _TEXTS | {"other", "vector"}  # composite values, XML and words to search by, in PostgreSQL
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f\ufffd]")  # what stands between the texts in bytes
_LENGTHS = re.compile(r"[^\w.@-]")  # how long a text is stands before it, as a sign that may be one of a word
_WORDLESS = re.compile(r"(?:INTERVAL|TIME|MONEY|OID|BIT|VARBIT|\w*RANGE)\b.*")


def residue(
    project: Project,
    wanted: Wanted,
    only: Collection[str] | None = None,
    names: Mapping[str, Collection[int]] | None = None,
) -> dict[int, dict[str, int]]:
    """Where values of persons still stand.

    Args:
        project: the stores.
        wanted: the values.
        only: the tables to look through, `store.table`; None for all of them.
        names: whole names, in normal form, with whose they are: they count where a cell is one and nothing else.

    Returns:
        By person: the rows that hold one, by `store.table.column`.
    """
    found: dict[int, dict[str, int]] = {}
    looked = wanted.hints()
    looked = replace(looked, alone=tuple(sorted(names))) if names else looked
    quiet = silent(project) if names else frozenset[str]()
    if not looked.words and not looked.tails and not looked.alone:
        return found
    for name in sorted(project.stores):
        store = project.stores[name]
        for relation in (*store.schema.relations, *store.schema.copied):
            kinds = {"sqlite": _LOOSE, "postgresql": _TYPED}.get(store.schema.engine, _TEXTS)
            fields = tuple(
                field
                for field in relation.fields
                if field.kind in kinds and not (kinds is _TYPED and _WORDLESS.fullmatch(field.type))
            )
            columns = tuple(field.name for field in fields)
            bytes_ = _BYTES | (_BARE if store.schema.engine == "sqlite" else set())
            packed = tuple(field.kind in bytes_ for field in fields)
            apart = only is not None and f"{name}.{relation.name}" not in only
            if apart or not columns or not relation.readable:
                continue
            known: tuple[dict[Value, frozenset[int]], ...] = ({}, {})
            for row in store.guess(Walk(relation.name, fixed=columns, ever=True), looked):
                for column, cell, bare in zip(columns, row, packed, strict=True):
                    people = known[bare].get(cell)
                    if people is None:
                        people = _in_bytes(wanted, cell) if bare else frozenset(wanted.inside(cell))
                        if len(known[bare]) < _KNOWN:
                            known[bare][cell] = people
                    place = f"{name}.{relation.name}.{column}"
                    if names and place not in quiet:
                        people = people | said(cell, names)
                    for person in people:
                        _note(found, person, place)
            for column, people in _coded(project, wanted, (name, relation.name), columns):
                for person in people:
                    _note(found, person, f"{name}.{relation.name}.{column}")
    return found


def _note(found: dict[int, dict[str, int]], person: int, place: str) -> None:
    places = found.setdefault(person, {})
    places[place] = places.get(place, 0) + 1


def _coded(
    project: Project, wanted: Wanted, node: Node, columns: Collection[str]
) -> Iterator[tuple[str, frozenset[int]]]:
    """The columns that a program filled, as the map knows, by row that names somebody in base64."""
    known = next((one for one in project.map.tables if (one.store, one.name) == node), None)
    coded = [one.name for one in known.columns if one.form in FORMS and one.name in columns] if known else []
    words = pieces(wanted.words)
    for column in coded if words else ():
        walk = Walk(node[1], fixed=(column,), ever=True)
        for cell, *_ in project.stores[node[0]].guess(walk, Hints(words, whole=False)):
            texts = plain(cell) if isinstance(cell, str) else ()
            people = frozenset[int]().union(*(_in_bytes(wanted, one) for one in texts))
            if people and not (_in_bytes(wanted, cell)):
                yield column, people


def _in_bytes(wanted: Wanted, cell: Value) -> frozenset[int]:
    """The persons that bytes name, also where a program packed them: texts with signs for their length between them."""
    people = wanted.inside(cell)
    if people or not isinstance(cell, str):
        return frozenset(people)
    plain = _UNPRINTED.sub(" ", cell)
    return frozenset(wanted.inside(plain) or wanted.inside(_LENGTHS.sub(" ", plain)))
