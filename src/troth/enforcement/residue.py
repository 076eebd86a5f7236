"""Search every text of every table of every store for what is left of persons, also where the map says harmless."""

from __future__ import annotations

import re

from troth.enforcement.meaning import Wanted
from troth.enforcement.project import Project
from troth.stores.walk import Value, Walk

_KNOWN = 50_000  # cells whose meaning is remembered: what stands in a million rows is read once
_TEXTS = frozenset({"text", "json", "array"})
_LOOSE = _TEXTS | {"other", "number", "time", "date"}  # what may hold a text in SQLite, whatever was declared
_TYPED = _TEXTS | {"other", "vector"}  # composite values, XML and words to search by, in PostgreSQL
_WORDLESS = re.compile(r"(?:INTERVAL|TIME|MONEY|OID|BIT|VARBIT|\w*RANGE)\b.*")


def residue(project: Project, wanted: Wanted) -> dict[int, dict[str, int]]:
    """Where values of persons still stand.

    Args:
        project: the stores.
        wanted: the values.

    Returns:
        By person: the rows that hold one, by `store.table.column`.
    """
    found: dict[int, dict[str, int]] = {}
    looked = wanted.hints()
    if not looked.words and not looked.tails:
        return found
    for name in sorted(project.stores):
        store = project.stores[name]
        for relation in (*store.schema.relations, *store.schema.copied):
            kinds = {"sqlite": _LOOSE, "postgresql": _TYPED}.get(store.schema.engine, _TEXTS)
            columns = tuple(
                field.name
                for field in relation.fields
                if field.kind in kinds and not (kinds is _TYPED and _WORDLESS.fullmatch(field.type))
            )
            if not columns or not relation.readable:
                continue
            known: dict[Value, frozenset[int]] = {}
            for row in store.guess(Walk(relation.name, fixed=columns, ever=True), looked):
                for column, cell in zip(columns, row, strict=True):
                    people = known.get(cell)
                    if people is None:
                        people = frozenset(wanted.inside(cell))
                        if len(known) < _KNOWN:
                            known[cell] = people
                    for person in people:
                        places = found.setdefault(person, {})
                        place = f"{name}.{relation.name}.{column}"
                        places[place] = places.get(place, 0) + 1
    return found
