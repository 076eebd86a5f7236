"""What erasure puts in place of a value where the row stays, and whether the column can hold it."""

from __future__ import annotations

from troth.model.datamap import Mask, Role
from troth.model.schema import Field, Relation

TOKEN = 12  # characters of the random text that replaces a value which must stay unique (60 bits in base 32)
EMPTIED = frozenset({"text", "binary", "json", "array"})  # '', no bytes, {} and an empty list
ZEROED = frozenset(
    {"integer", "number", "boolean", "time", "date", "uuid", "network"}
)  # 0, false, 1970-01-01, nil UUID, 0.0.0.0
KEEPING = frozenset({"shared", "subject"})


def fitting_mask(relation: Relation, column: str, role: Role) -> Mask:
    """The weakest sufficient mask that the column can hold; empty where the row is deleted and needs none.

    NULL where it is allowed; otherwise an empty value or a zero (`EMPTIED`, `ZEROED`); a random text where
    values must be unique; `keep` for
    parts of the key, which other rows point to, and for what the database computes from other columns.
    """
    field = relation.field(column)
    if role not in KEEPING or field is None:
        return ""
    order: tuple[Mask, ...] = ("null", "empty", "zero", "token", "keep")
    return next(mask for mask in order if not mask_problem(relation, field, mask))


def mask_problem(relation: Relation, field: Field, mask: Mask) -> str:
    """Why the column can not hold the mask, in words; empty when it can."""
    if mask in {"", "keep"}:
        return ""
    if field.computed:
        return "the database computes it from other columns"
    if field.name in relation.key:
        return "it is part of the primary key"
    if mask == "null" and relation.bound_with(field.name):
        return "it is NULL together with the rest of its foreign key only"
    if mask == "null":
        return "" if field.nullable else "it may not be NULL"
    if mask in field.refuses:
        return "a check of the database refuses it"
    if mask == "token":
        return _token_problem(field)
    if not relation.repeats(field.name):
        return "its values must be unique"
    if mask == "empty":
        return _empty_problem(field)
    if field.kind not in ZEROED:
        return f"it holds {field.kind}, which has no zero"
    target = next((one.relation for one in relation.foreign if field.name in one.columns), "")
    return f"it must point to a row of {target}, and zero points to none" if target else ""


def _empty_problem(field: Field) -> str:
    if field.labels and "" not in field.labels:
        return "it takes only listed values"
    return "" if field.kind in EMPTIED else f"it holds {field.kind}, which is never empty"


def _token_problem(field: Field) -> str:
    if field.kind != "text":
        return f"it holds {field.kind}, not text"
    if field.labels:
        return "it takes only listed values"
    if field.length is not None and field.length < TOKEN + len(field.tail):
        return f"it holds {field.length} characters, a random text needs {TOKEN + len(field.tail)}"
    return ""
