"""Pools of addresses: rows that are lent to persons and go to the next one."""

from __future__ import annotations

from dataclasses import replace

from tests.datamap.test_owners import PEOPLE, proposed, table
from troth.datamap.check import check
from troth.datamap.propose import propose
from troth.model.schema import Field, Foreign, Relation, Schema


def test_addresses_of_a_pool_stay() -> None:
    """What a pool lends goes to the next person, so the proposal keeps it, and a confirmed line is not warned of again."""
    people = Relation(
        "users",
        (Field("id", kind="integer", nullable=False), Field("username", nullable=False), Field("email")),
        ("id",),
    )
    pool = Relation(
        "ippool",
        (
            Field("id", kind="integer", nullable=False),
            Field("framedipaddress", kind="network", nullable=False),
            Field("nasipaddress", nullable=False),
            Field("username"),
        ),
        ("id",),
    )
    schema = Schema("s", "postgresql", (people, pool))
    one = propose({"s": schema}).map
    masks = {column.name: column.mask for column in one.table("s", "ippool").columns}
    assert one.table("s", "ippool").role == "shared"
    assert (masks["framedipaddress"], masks["username"]) == ("keep", "null")

    def warned(confidence: float) -> list[str]:
        pooled = one.table("s", "ippool")
        columns = tuple(replace(column, confidence=confidence) for column in pooled.columns)
        tables = tuple(replace(pooled, columns=columns) if table is pooled else table for table in one.tables)
        findings = check(replace(one, tables=tables), {"s": schema})
        return [finding.message for finding in findings if finding.rule == "mask"]

    assert ["framedipaddress" in message for message in warned(0.9)] == [True]
    assert warned(1.0) == []


def test_slots_by_their_keys() -> None:
    """An address that stands once, beside a key that is emptied when what has it goes, is lent whatever the table is called."""
    free = Field("server_id", kind="integer")
    fields = (
        Field("node", kind="integer", nullable=False),
        Field("ip", nullable=False),
        free,
        Field("notes"),
    )
    lent = Foreign(("server_id",), "servers", ("id",), "SET NULL")
    servers = table("servers", Field("user_id", kind="integer", nullable=False), Field("hostname"))
    slots = replace(table("allocations", *fields, foreign=(lent,)), unique=(("node", "ip"),))
    found = proposed(PEOPLE, servers, slots).table("s", "allocations")
    ip, notes = found.column("ip"), found.column("notes")
    assert (found.role, ip and ip.mask, notes and notes.mask) == ("shared", "keep", "null")
    owned = replace(slots, foreign=(replace(lent, on_delete="CASCADE"),))
    assert proposed(PEOPLE, servers, owned).table("s", "allocations").role == "owned"
