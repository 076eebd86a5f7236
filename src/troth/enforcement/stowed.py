"""The rows that are persons as JSON, for the journal, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from troth.enforcement.anchors import Anchor, Anchors
from troth.model.outcome import Person
from troth.stores.walk import Row


def packed(anchors: Anchors) -> list[Any]:
    """The anchors as JSON, for the journal."""
    return [
        [
            store,
            name,
            anchor.person,
            coded(anchor.key),
            {key: coded((value,)) for key, value in anchor.values.items()},
        ]
        for (store, name), rows in sorted(anchors.rows.items())
        for anchor in rows.values()
    ]


def unpacked(people: tuple[Person, ...], given: Iterable[Any]) -> Anchors:
    """The anchors that `packed` wrote."""
    anchors = Anchors(people)
    for store, name, person, key, values in given:
        plain = {column: decoded(value)[0] for column, value in values.items()}
        anchors.add((store, name), Anchor(person, decoded(key), plain))
    return anchors


def coded(row: Row) -> list[Any]:
    """A row as JSON."""
    if bytes not in set(map(type, row)):
        return list(row)
    return [{"hex": value.hex()} if isinstance(value, bytes) else value for value in row]


def decoded(row: Iterable[Any]) -> Row:
    """The row that `coded` wrote."""
    return tuple(bytes.fromhex(value["hex"]) if isinstance(value, dict) else value for value in row)
