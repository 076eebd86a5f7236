"""Links whose table depends on a row of another table, where the type of an object stands by its name.

histories.(object_lookup_id, o_id)    object_lookups: 1 User, 2 Ticket
o_id => users.id     where object_lookup_id is 1
o_id => tickets.id   where object_lookup_id is 2
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from troth.datamap.edge import Edge
from troth.datamap.names import tokens
from troth.datamap.person import Persons
from troth.datamap.polymorphic import ANY_STEMS, ID_LAST, MOST_LABELS, TYPE_WORDS, labelled, named_edge
from troth.datamap.survey import LETTERS, NUMERIC, Place, Survey, key_of
from troth.model.schema import Field

_SAID = TYPE_WORDS | {"object", "entity", "lookup", "resource"}
"""What such a table, or the column that points to it, is called after."""
_NAMES = frozenset({"name", "class", "model", "object", "type", "label", "title", "key"})


@dataclass(frozen=True, slots=True)
class Lookup:
    """An id whose table another row names.

    Attributes:
        ids: the column of the id.
        kind: the column that says which row names the table.
        types: the table of these rows.
        name: the column there that holds the name.
    """

    ids: Field
    kind: Field
    types: Place
    name: Field


def looked_up(survey: Survey, place: Place) -> Iterator[Lookup]:
    """The ids of a table that mean a row of whatever table another row names."""
    relation = survey.relations[place]
    declared = {one.columns[0]: one for one in relation.foreign if len(one.columns) == 1}
    for kind in relation.fields:
        words = tokens(kind.name)
        if kind.kind not in NUMERIC or words[-1:] != ("id",):
            continue
        key = declared.get(kind.name)
        types = Place(place.store, key.relation) if key is not None else survey.named(place.store, words[:-1])
        if types is None or types == place or types not in survey.relations:
            continue
        if not _SAID & {*words, *survey.words[types]}:
            continue
        name, ids = _named(survey, types), _ids(survey, place, kind)
        if name is not None and ids is not None:
            yield Lookup(ids, kind, types, name)


def find_looked_up(survey: Survey, persons: Persons) -> list[Edge]:
    """Every step that holds only for rows whose type, by its name in a table of types, is that of the target."""
    found: list[Edge] = []
    for place in survey.relations:
        for one in looked_up(survey, place):
            for there, numbers in _tables(survey, place, one).items():
                found += named_edge(survey, (place, one.ids), (there, one.kind, tuple(numbers)), persons)
    return found


def unseen(survey: Survey) -> Iterator[str]:
    """One question a table whose types nobody can see yet, because the table that names them is empty."""
    for place in sorted(survey.relations):
        for one in looked_up(survey, place):
            if not one.name.samples:
                yield (
                    f"which rows does {place.store}.{place.table}.{one.ids.name} mean? The table of each is named by the row of"
                    f" {one.types.table} that {one.kind.name} points to, and {one.types.table} shows none;"
                    f" give it a path for each, such as [{one.kind.name}='1']"
                )


def _named(survey: Survey, types: Place) -> Field | None:
    """The column of a table of types that holds their names: it is small, and has a key of one number."""
    relation = survey.relations[types]
    key = key_of(relation)
    number = relation.field(key[0]) if len(key) == 1 else None
    texts = [one for one in relation.fields if one.kind == "text" and set(tokens(one.name)[-1:]) & _NAMES]
    if number is None or number.kind not in NUMERIC or relation.rows > MOST_LABELS or not texts:
        return None
    return min(texts, key=lambda one: (len(tokens(one.name)), one.name))


def _ids(survey: Survey, place: Place, kind: Field) -> Field | None:
    """The id beside the column of a type: one that is named after no table, and most like that column."""
    relation, said = survey.relations[place], set(tokens(kind.name))
    bound = {name for one in relation.foreign for name in one.columns}
    found = []
    for field in relation.fields:
        words = tokens(field.name)
        stem = words[:-1]
        if field is kind or field.name in bound or relation.key == (field.name,) or not stem:
            continue
        if words[-1] not in ID_LAST or field.kind not in LETTERS | NUMERIC:
            continue
        if stem[-1] in ANY_STEMS or len(stem[-1]) == 1:
            found.append(field)
    return min(
        found, key=lambda one: (-len(said & set(tokens(one.name))), len(tokens(one.name))), default=None
    )


def _tables(survey: Survey, place: Place, one: Lookup) -> dict[Place, list[str]]:
    """By table that is named, the numbers of the rows that name it."""
    number = survey.relations[one.types].field(key_of(survey.relations[one.types])[0])
    found: dict[Place, list[str]] = {}
    if number is None or len(number.samples) != len(one.name.samples):
        return found
    for row, label in zip(number.samples, one.name.samples, strict=True):
        there = labelled(survey, place, str(label), second=True) if label else None
        if there is not None and there not in {place, one.types}:
            found.setdefault(there, []).append(str(row))
    return found
