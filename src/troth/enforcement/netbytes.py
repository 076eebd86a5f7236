"""Addresses of a network that a store keeps as bytes, as people write them: beside the bytes, in a copy."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable, Iterator, Mapping

from troth.enforcement.project import Project
from troth.model.plan import Step

NETWORK = "network"
_SHORT, _LONG = 4, 16  # bytes of an address, version 4 and 6


def packed(project: Project, step: Step) -> dict[str, str]:
    """The columns of a step that hold addresses as bytes, each with the name of a further one for people to read."""
    table, relation = (
        project.map.table(step.store, step.table),
        project.schemas[step.store].relation(step.table),
    )
    taken = {one.name for one in relation.fields}
    found: dict[str, str] = {}
    for name in step.columns:
        column, field = table.column(name), relation.field(name)
        if column is None or field is None or column.category != NETWORK or field.kind != "binary":
            continue
        more = f"{name}_address"
        while more in taken:
            more += "_"
        taken.add(more)
        found[name] = more
    return found


def with_addresses(lines: Iterable[bytes], columns: Mapping[str, str]) -> Iterator[bytes]:
    """The same rows, each with the addresses that its bytes mean.

    Args:
        lines: JSON objects.
        columns: see `packed`.
    """
    for line in lines:
        row = json.loads(line)
        more = {name: readable(row.get(column)) for column, name in columns.items()}
        yield line.rstrip()[:-1] + b"," + json.dumps(more, ensure_ascii=False).encode()[1:]


def readable(cell: object) -> str | None:
    """The address that bytes mean, given as hex; None for bytes that are none.

    An address of version 4 in a column of 16 bytes stands there mapped (`::ffff:192.0.2.1`), or with zeros behind it.
    """
    if not isinstance(cell, str):
        return None
    try:
        found = bytes.fromhex(cell.removeprefix("\\x"))
    except ValueError:
        return None
    if len(found) == _LONG and found[:_SHORT].strip(b"\0") and not found[_SHORT:].strip(b"\0"):
        found = found[:_SHORT]
    if len(found) not in {_SHORT, _LONG}:
        return None
    one = ipaddress.ip_address(found)
    mapped = one.ipv4_mapped if isinstance(one, ipaddress.IPv6Address) else None
    return str(mapped or one)
