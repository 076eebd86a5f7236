"""Which mask a column can hold, decided from the live schema before anything runs."""

from __future__ import annotations

from troth.model.datamap import Mask
from troth.model.schema import Field, Relation

TOKEN = 12  # characters of the random text in place of a value that must stay unique
COMPUTED = "the database computes it from other columns"
BOUND = "it is NULL together with the rest of its foreign key only"
_EMPTY = frozenset({"text", "binary", "json", "array"})
_ZERO = frozenset({"integer", "number", "boolean", "time", "date", "uuid", "network"})
_ORDER: tuple[Mask, ...] = ("null", "empty", "zero", "token")


def fitting(relation: Relation, column: str, wanted: Mask) -> tuple[Mask, str]:
    """The mask for a column: the wanted one, or the weakest that fits where none is wanted.

    Returns:
        The mask and, where it does not fit, why not in words; the words are empty where it does. What the database
        computes is kept: it changes with the columns it is computed from.
    """
    field = relation.field(column)
    if field is None:
        return wanted, "it is not in the database"
    if field.computed:
        return "keep", ""
    if wanted:
        return wanted, misfit(relation, field, wanted)
    for mask in _ORDER:
        if not misfit(relation, field, mask):
            return mask, ""
    return "keep", "no mask fits it"


def misfit(relation: Relation, field: Field, mask: Mask) -> str:
    """Why the column can not hold the mask, in words; empty where it can."""
    if mask in {"", "keep"}:
        return ""
    if mask == "null":
        return _null(relation, field) or (BOUND if relation.bound_with(field.name) else "")
    if field.computed:
        return COMPUTED
    if field.name in relation.key:
        return "it is part of the primary key"
    if mask in field.refuses:
        return "a check of the database refuses it"
    if mask == "token":
        return _token(field)
    if not relation.repeats(field.name):
        return "its values must be unique"
    if mask == "empty":
        if field.labels and "" not in field.labels:
            return "it takes only listed values"
        return "" if field.kind in _EMPTY else f"it holds {field.kind}, which is never empty"
    if field.kind not in _ZERO:
        return f"it holds {field.kind}, which has no zero"
    target = next((one.relation for one in relation.foreign if field.name in one.columns), "")
    return f"it must point to a row of {target}, and zero points to none" if target else ""


def _null(relation: Relation, field: Field) -> str:
    """Why the column can not be NULL, as far as it alone goes."""
    if field.computed:
        return COMPUTED
    if field.name in relation.key:
        return "it is part of the primary key"
    return "" if field.nullable else "it may not be NULL"


def _token(field: Field) -> str:
    if field.kind != "text":
        return f"it holds {field.kind}, not text"
    if field.labels:
        return "it takes only listed values"
    if field.length is not None and field.length < TOKEN + len(field.tail):
        return f"it holds {field.length} characters, a random text needs {TOKEN + len(field.tail)}"
    return ""


def detachable(relation: Relation, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a reference that are set to NULL to end it: the last one that can be, with those bound to it."""
    for name in reversed(columns):
        together = relation.bound_with(name) or (name,)
        fields = [relation.field(one) for one in together]
        if all(field is not None and not _null(relation, field) for field in fields):
            return together
    return ()
