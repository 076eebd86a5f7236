"""Whose a row is where several persons stand near it: authors, members of groups, names, counters, empty addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.datamap.test_owners import path, proposed, table
from troth.model.datamap import DataMap
from troth.model.schema import Field, Foreign, Relation

LOGINS = tuple(f"login{n}" for n in range(1, 31))
MAILS = tuple(f"p{n}@example.org" for n in range(1, 31))
NAMES = tuple(f"{name} Lovelace" for name in ("Ada", "Grace", "Mary", "Emily", "Ruth", "Alice")) * 5
COUNT = tuple(range(1, 31))
USERS = Relation(
    "users",
    (
        Field("id", kind="integer", nullable=False, samples=COUNT),
        Field("login", nullable=False, samples=LOGINS),
        Field("email", nullable=False, samples=MAILS),
        Field("full_name", samples=NAMES),
    ),
    ("id",),
    unique=(("login",), ("email",)),
    rows=30,
)


def key(name: str, *, nullable: bool = False, samples: tuple[object, ...] = COUNT) -> Field:
    """A column of numbers that may point somewhere."""
    return Field(name, kind="integer", nullable=nullable, samples=samples)


def to(column: str, target: str) -> Foreign:
    """A declared foreign key."""
    return Foreign((column,), target, ("id",))


def paths(one: DataMap, name: str) -> list[str]:
    """All paths of a table of the store "s"."""
    return [str(way) for way in one.table("s", name).paths]


def test_addresses_of_nobody() -> None:
    """A column of addresses that no person has is doubted; one that some have, in any case, is not."""
    guests = tuple(f"guest{n}@example.net" for n in range(10))
    found = [
        proposed(users, table("signups", Field("email", samples=cells))).table("s", "signups").paths[0]
        for users, cells in (
            (USERS, guests),
            (USERS, (*guests, MAILS[0].upper())),
            (replace(USERS, exact=False), guests),
        )
    ]
    assert [one.confidence for one in found] == [0.3, 0.7, 0.7]


@pytest.mark.parametrize(
    ("column", "beside"),
    [
        (Field("author", samples=NAMES), Field("score", kind="integer")),
        (Field("author", samples=tuple(f"Stranger{n}" for n in COUNT)), Field("score", kind="integer")),
        (Field("author"), Field("author_email")),
        (Field("agent"), Field("ip")),
        (Field("member_ids"), Field("score", kind="integer")),
    ],
)
def test_names_are_no_logins(column: Field, beside: Field) -> None:
    """What persons are called, the program they use and lists of keys are not compared with logins."""
    one = proposed(USERS, table("comments", key("user_id"), column, beside, Field("body")))
    links = [*paths(one, "comments"), *(str(link) for link in one.table("s", "comments").references)]
    assert [link for link in links if "comments.user_id " in link]
    assert not [link for link in links if f"comments.{column.name} " in link]


def test_logins_by_role() -> None:
    """A column named after a role that holds logins still leads to their persons."""
    notes = table("comments", Field("author", samples=LOGINS[:20]), Field("body"))
    assert path(proposed(USERS, notes), "comments") == "comments.author ~> users.login"


@pytest.mark.parametrize("name", ["visitors", "users", "members", "customers"])
def test_counters_are_no_keys(name: str) -> None:
    """How many there were is no key of a person, whatever numbers there are."""
    rows = table("affiliates", key("user_id"), key(name), Field("balance", kind="number"))
    assert paths(proposed(USERS, rows), "affiliates") == ["affiliates.user_id => users.id"]


def test_counting_numbers_confirm_nothing() -> None:
    """Small numbers confirm a key that says it is one, and not a bare name that may be a count."""
    found = [
        proposed(USERS, table("devices", key(name), Field("ip_address"))).table("s", "devices").paths[0]
        for name in ("owner_id", "owner")
    ]
    assert [one.confidence for one in found] == [0.95, 0.8]


def test_agent_in_a_composite_key() -> None:
    """Of two keys that share the tenant, the one of the agent at work is a reference."""
    people = Relation(
        "people",
        (key("tenant_id"), key("person_no"), Field("full_name"), Field("email"), Field("phone")),
        ("tenant_id", "person_no"),
    )
    pair = ("tenant_id", "person_no")
    tickets = table(
        "tickets",
        key("tenant_id"),
        key("assigned_to", nullable=True),
        key("opened_by"),
        Field("title"),
        foreign=(
            Foreign(("tenant_id", "assigned_to"), "people", pair),
            Foreign(("tenant_id", "opened_by"), "people", pair),
        ),
    )
    one = proposed(people, tickets)
    assert paths(one, "tickets") == ["tickets.(tenant_id,opened_by) -> people.(tenant_id,person_no)"]
    assert [str(link) for link in one.table("s", "tickets").references] == [
        "tickets.(tenant_id,assigned_to) -> people.(tenant_id,person_no)"
    ]
