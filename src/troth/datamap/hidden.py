"""Columns of JSON and other packed values whose members hold what no term of the column says: rules do not reach them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from troth.datamap.classify import by_member, spoken
from troth.datamap.inner import Inner, distinct, inner_places
from troth.datamap.names import tokens
from troth.datamap.terms import terms_of
from troth.datamap.values import inner_keys, is_person
from troth.model.datamap import Column, Table
from troth.model.schema import Field, Relation

_PACKED = frozenset({"json", "php", "serialized"})
_NUMBERED = "ident.id"  # the number of a row is held with the row; no rule is about it alone


def unsaid(
    table: Table, relation: Relation, promised: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The place of each such column, what its members hold in words, and the terms that say so.

    Args:
        table: the table of the map.
        relation: its live schema, with sampled rows.
        promised: terms of the policy, each with all terms it covers; a column may have a narrower one, and of what the policy
            does not speak no rule is.
    """
    spoken_of = set().union(*promised.values())
    for column in table.columns:
        field = relation.field(column.name)
        if field is None or not (column.form in _PACKED or field.kind == "json"):
            continue
        left = [one for one in _held(field) if one[1] in spoken_of and not _says(column, *one, promised)]
        if left:
            held, terms = zip(*left, strict=True)
            yield f"{table.place}.{column.name}", tuple(map(spoken, held)), terms


def _held(field: Field) -> Iterator[tuple[str, str]]:
    """The categories of the sampled members, each with its term."""
    found: dict[str, str] = {}
    cells = distinct(field.samples)
    kinds = [by_member(name) for name in inner_keys(cells)]
    kinds += ["contact.name" for one in inner_places(cells) if _persons(one)]
    for category in kinds:
        if category and category != _NUMBERED:
            for term in terms_of(category, ""):
                found.setdefault(category, term)
    yield from sorted(found.items())


def _persons(one: Inner) -> bool:
    """Whether a member that is called `name`, as a product may be, holds names of persons."""
    return tokens(one.name)[-1:] == ("name",) and 2 * sum(map(is_person, one.values)) > len(one.values)


def _says(column: Column, category: str, term: str, promised: Mapping[str, Collection[str]]) -> bool:
    return column.category == category or not set(column.terms).isdisjoint({term, *promised.get(term, ())})
