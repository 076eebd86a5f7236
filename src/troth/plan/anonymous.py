"""What makes a row anonymous: names and links go, what is left is made coarse, and the rest must look alike k times.

Recital 26 GDPR; Opinion 05/2014 of the Art. 29 Working Party on generalisation and k-anonymity. Numbers that were
measured (bytes, amounts) stay: they are what an anonymous row is kept for, and do not count among the columns by
which somebody would be recognised.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from troth.model.datamap import Column, Table
from troth.model.schema import Field, Relation
from troth.model.sweep import Alter, How
from troth.plan.fit import fitting, misfit

_MEASURES = frozenset({"usage", "order"})
_KEPT_NUMBERS = frozenset({"integer", "number"})
_BROAD_PLACES = frozenset({"country", "region"})
_TIMES = frozenset({"time", "date"})


@dataclass(frozen=True, slots=True)
class Anonymous:
    """How the rows of a table become anonymous.

    Attributes:
        alters: what columns become.
        measure: columns by which rows could still be told apart.
        problem: why it can not be done, in words; empty where it can.
    """

    alters: tuple[Alter, ...] = ()
    measure: tuple[str, ...] = ()
    problem: str = ""


def anonymous(table: Table, relation: Relation, covered: Collection[str]) -> Anonymous:
    """How the rows of a table become anonymous.

    Args:
        table: what the map says.
        relation: what the database says.
        covered: the personal columns that are meant; where they are not all, the way to the person stays.
    """
    whole = {one.name for one in table.columns if one.name not in _linking(table)} <= set(covered)
    alters: dict[str, Alter] = {}
    measure: list[str] = []
    for name in _linking(table) if whole else ():
        how, problem = _cut(relation, name)
        if problem:
            return Anonymous(problem=f"the column {name} leads to the person and stays: {problem}")
        alters[name] = Alter(name, how)
    for column in table.columns:
        field = relation.field(column.name)
        if column.name not in covered or column.name in alters or field is None:
            continue
        if field.computed:
            continue  # the database computes it again from what is left
        kept, coarse = _treated(column, field, relation)
        if coarse is not None:
            alters[column.name] = coarse
        elif not kept:
            how, problem = _masked(relation, column.name)
            if problem:
                return Anonymous(problem=f"the column {column.name} names the person and stays: {problem}")
            alters[column.name] = Alter(column.name, how)
        if kept == "measure":
            measure.append(column.name)
    if whole:
        if stuck := next(
            (one.name for one in relation.fields if one.kind in _TIMES and _rigid(one, relation)), ""
        ):
            return Anonymous(problem=f"the column {stuck} holds an exact moment and is part of a key")
        for one in _moments(table, relation, alters):
            alters[one.column] = one
            measure.append(one.column)
    return Anonymous(tuple(alters.values()), tuple(dict.fromkeys(measure)))


def _linking(table: Table) -> tuple[str, ...]:
    """The columns by which a row leads to its person."""
    firsts = [path.links[0].columns for path in table.paths]
    return tuple(dict.fromkeys(name for columns in firsts for name in columns))


def _cut(relation: Relation, name: str) -> tuple[How, str]:
    """How the way to the person is cut; a declared reference can only be emptied."""
    field = relation.field(name)
    if field is None:
        return "null", "it is not in the database"
    if any(name in one.columns for one in relation.foreign) or not misfit(relation, field, "null"):
        return "null", misfit(relation, field, "null")
    return _masked(relation, name)


def _masked(relation: Relation, name: str) -> tuple[How, str]:
    mask, problem = fitting(relation, name, "")
    if mask in {"", "keep"}:
        return "null", problem or "no mask fits it"
    return _how(mask), problem


def _how(mask: str) -> How:
    return "null" if mask == "null" else "empty" if mask == "empty" else "zero" if mask == "zero" else "token"


def _treated(column: Column, field: Field, relation: Relation) -> tuple[str, Alter | None]:
    """Whether a column may stay ("measure": it counts for k; "kept": it does not), and what it becomes if coarser."""
    rigid = _rigid(field, relation)
    category = column.category
    coarse: How | None = None
    if category == "network" and field.kind in {"text", "network"} and (field.length or 45) >= 15:
        coarse = "network"
    elif field.kind in _TIMES:
        coarse = "year" if category == "ident.birthdate" else "month"
    elif category == "location" and field.kind == "number":
        coarse = "place"
    if coarse is not None and not rigid:
        return "measure", Alter(column.name, coarse)
    if category == "contact.address" and _BROAD_PLACES.intersection(column.terms):
        return "measure", None
    if field.kind == "boolean" or (field.labels and not rigid):
        return "measure", None
    if category in _MEASURES and field.kind in _KEPT_NUMBERS and not rigid:
        return "kept", None
    return "", None


def _moments(table: Table, relation: Relation, done: Collection[str]) -> Iterator[Alter]:
    """Moments that the map calls harmless: an exact one tells who it was as well as a name does."""
    for field in relation.fields:
        new = field.name not in done and not field.computed and table.column(field.name) is None
        if field.kind in _TIMES and new:
            yield Alter(field.name, "month")


def _rigid(field: Field, relation: Relation) -> bool:
    """Whether a column has to keep its value, because it names the row."""
    return field.name in relation.key or not relation.repeats(field.name)
