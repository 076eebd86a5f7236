"""Whose a row is where several persons stand near it: authors, members of groups, names, counters, empty addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.datamap.test_owners import path, proposed, table
from troth.model.datamap import DataMap
from troth.model.schema import Field, Foreign, Kind, Relation

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


def comments(*fields: Field, foreign: tuple[Foreign, ...] = ()) -> Relation:
    """Comments on persons and on other things."""
    kinds = tuple("User" if n % 2 else "Page" for n in COUNT)
    return table(
        "comments",
        Field("commentable_type", nullable=False, samples=kinds),
        key("commentable_id", samples=tuple(reversed(COUNT))),
        Field("body", nullable=False),
        *fields,
        foreign=foreign,
    )


@pytest.mark.parametrize(
    ("author", "declared"),
    [
        (key("author_id"), True),
        (key("author_id"), False),
        (key("author_id", nullable=True), True),
        (key("created_by"), True),
    ],
)
def test_own_words(author: Field, declared: bool) -> None:
    """A comment is its author's, and the person whom it is about neither gets nor deletes it."""
    foreign = (to(author.name, "users"),) if declared else ()
    one = proposed(USERS, comments(author, foreign=foreign))
    arrow = "->" if declared else "=>"
    found = one.table("s", "comments")
    assert paths(one, "comments") == [f"comments.{author.name} {arrow} users.id"]
    assert [str(link) for link in found.references] == [
        "comments.commentable_id => users.id [commentable_type='User']"
    ]
    assert found.role == "shared"
    assert found.column("commentable_id") is None
    assert (
        f"is a row of s.comments that of {author.name}, who wrote it, or that of commentable_id?"
        in one.questions
    )


def test_noted_by_nobody_in_particular() -> None:
    """Who made a row, where that may be empty, stays a reference beside the person whom the row is about."""
    one = proposed(USERS, comments(key("created_by", nullable=True), foreign=(to("created_by", "users"),)))
    assert path(one, "comments") == "comments.commentable_id => users.id [commentable_type='User']"
    assert "comments.created_by -> users.id" in [str(link) for link in one.table("s", "comments").references]


def test_business_rows_are_not_their_makers() -> None:
    """An order is the customer's, whoever of the staff entered it."""
    orders = table(
        "orders",
        key("created_by"),
        key("customer_id"),
        Field("total", kind="number"),
        foreign=(to("created_by", "users"), to("customer_id", "users")),
    )
    one = proposed(USERS, orders)
    assert paths(one, "orders") == ["orders.customer_id -> users.id"]


def test_answer_to_a_post() -> None:
    """A comment below somebody's post is its author's, not that of the post's owner."""
    posts = table("posts", key("user_id"), Field("body"), foreign=(to("user_id", "users"),))
    below = table(
        "comments",
        key("post_id"),
        key("author_id"),
        Field("body"),
        foreign=(to("post_id", "posts"), to("author_id", "users")),
    )
    assert paths(proposed(USERS, posts, below), "comments") == ["comments.author_id -> users.id"]


TEAMS = table("teams", Field("name"), Field("owner_email", samples=MAILS[:10]))
DOCUMENTS = table(
    "documents", key("team_id"), Field("title"), Field("body"), foreign=(to("team_id", "teams"),)
)


def test_lone_group() -> None:
    """A team that shows an address only is shared, keeps its name, owns nothing further, and a question is asked."""
    one = proposed(USERS, TEAMS, DOCUMENTS)
    assert one.table("s", "teams").role == "shared"
    assert [column.name for column in one.table("s", "teams").columns] == ["owner_email"]
    assert paths(one, "documents") == []
    assert (
        "who belongs to a row of s.teams? Only the address in owner_email says so; what hangs on it has no way"
        in one.questions
    )


@pytest.mark.parametrize("name", ["team_members", "team_users", "users_teams", "memberships"])
def test_members_in_a_table(name: str) -> None:
    """A team with a table of members is shared, and what hangs on it leads to the members, not to the address."""
    members = Relation(
        name,
        (key("team_id"), key("user_id")),
        ("team_id", "user_id"),
        foreign=(to("team_id", "teams"), to("user_id", "users")),
    )
    one = proposed(USERS, TEAMS, DOCUMENTS, members)
    back = f"teams.id => {name}.team_id ; {name}.user_id -> users.id"
    assert [one.table("s", name).role for name in ("teams", "documents")] == ["shared", "shared"]
    assert paths(one, "teams") == [back, "teams.owner_email ~> users.email"]
    assert paths(one, "documents") == [f"documents.team_id -> teams.id ; {back}"]


def test_members_in_the_persons() -> None:
    """An organisation that persons point to leads to all of them before the one who is billed."""
    users = replace(
        USERS,
        fields=(*USERS.fields, key("organization_id", nullable=True, samples=(1, 2, 3) * 10)),
        foreign=(to("organization_id", "organizations"),),
    )
    firms = table("organizations", Field("name"), Field("billing_email", samples=MAILS[:3]))
    one = proposed(users, firms)
    assert one.table("s", "organizations").role == "shared"
    assert paths(one, "organizations") == [
        "organizations.id => users.organization_id",
        "organizations.billing_email ~> users.email",
    ]


def test_memberships_are_enough() -> None:
    """Where memberships tell who belongs to an organisation, the persons' own choice of one is no further way."""
    users = replace(
        USERS,
        fields=(*USERS.fields, key("organization_id", nullable=True)),
        foreign=(to("organization_id", "organizations"),),
    )
    ties = (to("organization_id", "organizations"), to("user_id", "users"))
    members = table("memberships", key("organization_id"), key("user_id"), foreign=ties)
    projects = table("projects", key("organization_id"), Field("name"), foreign=ties[:1])
    one = proposed(users, members, projects, table("organizations", Field("name")))
    back = "organizations.id => memberships.organization_id ; memberships.user_id -> users.id"
    assert paths(one, "organizations") == [back]
    assert paths(one, "projects") == [f"projects.organization_id -> organizations.id ; {back}"]


def test_members_beside_an_owner() -> None:
    """A team with an owner by key and members is shared all the same, and its documents lead to all of them."""
    teams = table("teams", key("owner_id"), Field("name"), foreign=(to("owner_id", "users"),))
    members = table(
        "memberships",
        key("team_id"),
        key("user_id"),
        foreign=(to("team_id", "teams"), to("user_id", "users")),
    )
    one = proposed(USERS, teams, DOCUMENTS, members)
    assert one.table("s", "teams").role == "shared"
    assert len(paths(one, "documents")) == 2
    alone = proposed(USERS, teams, DOCUMENTS)
    assert alone.table("s", "teams").role == "owned"


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("array", tuple([n, n + 1] for n in range(1, 11))),
        ("text", tuple(f"[{n}, {n + 1}]" for n in range(1, 11))),
        ("text", tuple(f"{n},{n + 1}" for n in range(1, 11))),
    ],
)
def test_members_in_a_list(kind: Kind, cells: tuple[object, ...]) -> None:
    """A list of keys leads to each of its members and is no login."""
    teams = table("teams", Field("name"), Field("member_ids", kind=kind, samples=cells))
    one = proposed(USERS, teams)
    assert paths(one, "teams") == ["teams.member_ids => users.id [inside array]"]
    assert one.table("s", "teams").role == "shared"
    strange = tuple(str(cell).replace("1", "9000") for cell in cells)
    other = table("teams", Field("name"), Field("member_ids", samples=strange[:1]))
    assert paths(proposed(USERS, other), "teams") == []


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


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("empty", [None, ""])
def test_address_that_may_be_empty(declared: bool, empty: str | None) -> None:
    """An address of an order is reached over the order, which every row has, before its e-mail, which not every row has."""
    orders = table("orders", key("customer_id"), foreign=(to("customer_id", "users"),) if declared else ())
    fields = (
        key("order_id"),
        Field("street"),
        Field("email", nullable=empty is None, samples=(*MAILS[:29], empty)),
    )
    places = table("order_addresses", *fields, foreign=(to("order_id", "orders"),) if declared else ())
    arrow = "->" if declared else "=>"
    assert paths(proposed(USERS, replace(orders, rows=30), places), "order_addresses") == [
        f"order_addresses.order_id {arrow} orders.id ; orders.customer_id {arrow} users.id",
        "order_addresses.email ~> users.email",
    ]


def test_readers_are_not_the_list_owner() -> None:
    """An address on somebody's list is its own person's, though the cell may be empty and the list is always there."""
    lists = table("mailing_lists", key("owner_id"), Field("title"), foreign=(to("owner_id", "users"),))
    readers = table("readers", key("mailing_list_id"), Field("email", samples=MAILS))
    assert path(proposed(USERS, lists, readers), "readers") == "readers.email ~> users.email"


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
