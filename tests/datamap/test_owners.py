"""The way from every table to its person."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.datamap.strategies import planted
from troth.datamap.propose import propose
from troth.model.datamap import DataMap
from troth.model.schema import Field, Foreign, Kind, Relation, Schema

PEOPLE = Relation(
    "users", (Field("id", kind="integer"), Field("login", length=40), Field("email", length=200)), ("id",)
)


def proposed(*relations: Relation, **others: tuple[Relation, ...]) -> DataMap:
    """The proposal for a store "s" with these tables, and further stores."""
    schemas = {
        name: Schema(name, "sqlite", tuple(sorted(some, key=lambda one: one.name)))
        for name, some in others.items()
    }
    schemas["s"] = Schema("s", "sqlite", tuple(sorted(relations, key=lambda one: one.name)))
    return propose(schemas).map


def path(one: DataMap, table: str) -> str:
    """The best path of a table of the store "s"."""
    paths = one.table("s", table).paths
    return str(paths[0]) if paths else ""


def table(
    name: str, *fields: Field, foreign: tuple[Foreign, ...] = (), key: tuple[str, ...] = ("id",)
) -> Relation:
    """A table with an integer id and further columns."""
    return Relation(name, (Field("id", kind="integer", nullable=False), *fields), key, foreign=foreign)


@given(planted())
def test_planted_paths(world: tuple[Schema, dict[str, str]]) -> None:
    """Whatever hangs on whatever by declared or implied keys, the path found is the planted one."""
    schema, truth = world
    found = {one.name: str(one.paths[0]) if one.paths else "" for one in propose({"s": schema}).map.tables}
    assert found == truth


@given(planted())
def test_paths_hold_together(world: tuple[Schema, dict[str, str]]) -> None:
    """Every path starts at its table, joins step to step, and ends at a subject."""
    one = propose({"s": world[0]}).map
    subjects = {subject.name for subject in one.subjects()}
    for row in one.tables:
        for way in row.paths:
            assert way.links[0].table == row.name
            assert all(
                before.target == after.table for before, after in zip(way.links, way.links[1:], strict=False)
            )
            assert way.links[-1].target in subjects


def test_self_reference_is_not_an_owner() -> None:
    """A table that points to itself is reached by its own key to the person."""
    servers = table("servers", Field("parent_id", kind="integer"), Field("user_id", kind="integer"), Field("ip_address"),
                    foreign=(Foreign(("parent_id",), "servers", ("id",)),))  # fmt: skip
    assert path(proposed(PEOPLE, servers), "servers") == "servers.user_id => users.id"


def test_cycle() -> None:
    """Person and address point to each other; the address belongs to the person."""
    users = Relation(
        "users",
        (*PEOPLE.fields, Field("main_address_id", kind="integer")),
        ("id",),
        foreign=(Foreign(("main_address_id",), "addresses", ("id",)),),
    )
    addresses = table(
        "addresses",
        Field("street"),
        Field("user_id", kind="integer", nullable=False),
        foreign=(Foreign(("user_id",), "users", ("id",)),),
    )
    one = proposed(users, addresses)
    assert path(one, "addresses") == "addresses.user_id -> users.id"
    assert path(one, "users") == ""


def test_pointed_to_by_the_person() -> None:
    """A row that the person's own row points to is hers, by the key walked backwards."""
    users = Relation(
        "users",
        (*PEOPLE.fields, Field("preferences_id", kind="integer")),
        ("id",),
        foreign=(Foreign(("preferences_id",), "preferences", ("id",)),),
    )
    preferences = table("preferences", Field("language"), Field("hide_address", kind="boolean"))
    assert path(proposed(users, preferences), "preferences") == "preferences.id => users.preferences_id"


def test_choices_of_persons_and_of_memberships() -> None:
    """Choices that memberships have, too, are found for the person's own row as well: they are other rows."""
    users = Relation(
        "users",
        (*PEOPLE.fields, Field("preferences_id", kind="integer")),
        ("id",),
        foreign=(Foreign(("preferences_id",), "preferences", ("id",)),),
    )
    members = table(
        "members", Field("user_id", kind="integer"), Field("preferences_id", kind="integer"), Field("list_id"),
        foreign=(Foreign(("user_id",), "users", ("id",)), Foreign(("preferences_id",), "preferences", ("id",))),
    )  # fmt: skip
    preferences = table("preferences", Field("language"), Field("hide_address", kind="boolean"))
    found = [str(one) for one in proposed(users, members, preferences).table("s", "preferences").paths]
    assert sorted(found) == [
        "preferences.id => members.preferences_id ; members.user_id -> users.id",
        "preferences.id => users.preferences_id",
    ]


def test_agent_is_not_the_customer() -> None:
    """The declared key to the agent is a reference; the customer is the address in the ticket."""
    tickets = table("tickets", Field("requester_email"), Field("assigned_to_id", kind="integer"), Field("subject"),
                    foreign=(Foreign(("assigned_to_id",), "users", ("id",)),))  # fmt: skip
    one = proposed(PEOPLE, tickets)
    assert path(one, "tickets") == "tickets.requester_email ~> users.email"
    assert [str(link) for link in one.table("s", "tickets").references] == [
        "tickets.assigned_to_id -> users.id"
    ]


def test_polymorphic_by_labels() -> None:
    """The labels of an enumeration say which rows belong to a person."""
    grants = table(
        "grants",
        Field("type", labels=("UserProject", "GroupProject")),
        Field("actor_id", kind="integer"),
        Field("target_id", kind="integer"),
    )
    one = proposed(PEOPLE, grants, table("projects", Field("name")), table("groups", Field("name")))
    assert path(one, "grants") == "grants.actor_id => users.id [type='UserProject']"
    assert path(one, "projects").startswith(
        "projects.id => grants.target_id [type in ('UserProject','GroupProject')] ; grants"
    ) or path(one, "projects").startswith("projects.id => grants.target_id ; grants")


def test_json_member() -> None:
    """An address that stands only inside JSON leads to the person."""
    state = table(
        "states",
        Field("payload", samples=tuple(f'{{"email": "p{n}@example.org", "step": {n}}}' for n in range(5))),
    )
    assert path(proposed(PEOPLE, state), "states") == "states.payload ~> users.email [inside JSON $.email]"


def test_array_of_logins() -> None:
    """A list of addresses leads to each of its persons."""
    watch = table(
        "watchlists",
        Field("emails", kind="array", samples=(["a@example.org"], ["b@example.org", "c@example.org"])),
    )
    assert path(proposed(PEOPLE, watch), "watchlists") == "watchlists.emails ~> users.email [inside array]"


@pytest.mark.parametrize(
    ("kind", "samples"),
    [
        ("array", [[f"p{n}@example.org", f"p{n + 1}@example.org"] for n in range(5)]),
        ("json", [f'["p{n}@example.org"]' for n in range(5)]),
        ("text", [f"p{n}@example.org, p{n + 1}@example.org" for n in range(5)]),
        ("text", [f"Pat <p{n}@example.org>; Kim <p{n + 1}@example.org>" for n in range(5)]),
    ],
)
def test_lists_of_addresses(kind: Kind, samples: list[object]) -> None:
    """A column of lists of addresses leads to each of their persons, whatever its name and notation."""
    sent = table("mailings", Field("involved", kind=kind, samples=tuple(samples)))
    found = proposed(PEOPLE, sent)
    assert path(found, "mailings") == "mailings.involved ~> users.email [inside array]"
    names = table("products", Field("involved", kind=kind, samples=tuple(f"part {n}, red" for n in range(5))))
    assert path(proposed(PEOPLE, names), "products") == ""


def test_value_inclusion() -> None:
    """A column whose name says nothing is joined by its values."""
    ids = tuple(f"{number:08d}-aaaa" for number in range(40))
    people = Relation(
        "users",
        (
            Field("id", length=36, samples=ids),
            Field("email", samples=tuple(f"{n}@example.org" for n in range(40))),
        ),
        ("id",),
        rows=40,
    )
    visits = Relation(
        "visits",
        (Field("nr", kind="integer"), Field("v7", length=36, samples=ids[:20]), Field("ip_address")),
        ("nr",),
    )
    assert path(proposed(people, visits), "visits") == "visits.v7 => users.id"


def test_refuted_name() -> None:
    """A key that only its name suggests and whose values are not there is doubted."""
    people = Relation(
        "users",
        (Field("id", kind="integer", samples=tuple(range(1, 30))), *PEOPLE.fields[1:]),
        ("id",),
        rows=29,
    )
    other = table(
        "readings",
        Field("user_id", kind="integer", samples=tuple(range(90_000, 90_020))),
        Field("ip_address"),
    )
    one = proposed(people, other)
    assert one.table("s", "readings").confidence <= 0.5


def test_shadow_table() -> None:
    """An archive without keys leads to its person as its original does."""
    servers = table(
        "servers",
        Field("user_id", kind="integer"),
        Field("ip_address"),
        foreign=(Foreign(("user_id",), "users", ("id",)),),
    )
    shadow = table("shadow_servers", Field("user_id", kind="integer"), Field("ip_address"))
    one = proposed(PEOPLE, servers, shadow)
    assert path(one, "shadow_servers") == "shadow_servers.user_id => users.id"
    assert one.table("s", "shadow_servers").role == "owned"


def test_other_store() -> None:
    """Ids of a person who lives in another store lead there."""
    people = Relation("user", (Field("id", length=64), Field("name", length=64), Field("email")), ("id",))
    servers = table("servers", Field("user_id", length=255), Field("ip_address"))
    assert path(proposed(servers, accounts=(people,)), "servers") == "servers.user_id ~> ext:accounts.user.id"


def test_unknown_store_is_asked_for() -> None:
    """When no given store holds the person, the path says so and a question is asked."""
    one = proposed(table("servers", Field("user_id", length=255), Field("ip_address")))
    assert path(one, "servers") == "servers.user_id ~> ext:elsewhere.user.id"
    assert any("which store holds the user" in question for question in one.questions)


def test_no_table_of_persons() -> None:
    """Where a login text is all there is, the table that defines logins is the person."""
    login = Field("username", length=64, nullable=False)
    check = table("logincheck", login, Field("attribute"), Field("value"))
    sessions = table("sessions", login, Field("started", kind="time"), Field("client_ip"))
    posts = table("authlog", login, Field("pass"), Field("authdate", kind="time"))
    one = proposed(check, sessions, posts)
    assert [subject.name for subject in one.subjects()] == ["logincheck"]
    assert path(one, "sessions") == "sessions.username ~> logincheck.username"


def test_composite_key_is_a_tuple() -> None:
    """A composite key is joined as a whole, declared or not."""
    people = Relation("users", (Field("brand"), Field("id", kind="integer"), Field("email")), ("brand", "id"))
    orders = table("orders", Field("brand"), Field("user_id", kind="integer"), Field("total", kind="number"))
    assert path(proposed(people, orders), "orders") == "orders.(brand,user_id) => users.(brand,id)"


def test_settings_written_by_staff_are_not_personal() -> None:
    """A table that only notes who made and changed a row is nobody's."""
    queues = table(
        "queues", Field("name"), Field("creator", kind="integer"), Field("lastupdatedby", kind="integer")
    )
    assert proposed(PEOPLE, queues).table("s", "queues").role == "none"


def test_registrant_lives_somewhere() -> None:
    """The address of a contact of a domain is where somebody lives; one of a zone without contacts is of a network."""
    domains = table(
        "domains", Field("user_id", kind="integer"), Field("name", length=60),
        foreign=(Foreign(("user_id",), "users", ("id",)),),
    )  # fmt: skip
    hangs = (Foreign(("domain_id",), "domains", ("id",)),)
    own = Field("domain_id", kind="integer")
    contacts = table(
        "domain_contacts",
        own,
        Field("name", length=60),
        Field("email", length=90),
        Field("address", length=200),
        foreign=hangs,
    )
    records = table("dns_records", own, Field("address", length=60), foreign=hangs)
    found = proposed(PEOPLE, domains, contacts, records)
    address = found.table("s", "domain_contacts").column("address")
    assert address is not None
    assert (address.category, address.terms) == ("contact.address", ("physical-address",))
    other = found.table("s", "dns_records").column("address")
    assert other is None or other.category == "network"
