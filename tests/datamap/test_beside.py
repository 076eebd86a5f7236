"""Whose a row is beside others: tenants and users of another system, writers in a case, logs of staff, keys of sessions."""

from __future__ import annotations

from dataclasses import replace

from tests.datamap.test_owners import proposed, table
from tests.datamap.test_whose import USERS, key, paths, to
from troth.model.schema import Field, Relation


def numbered(name: str, *columns: str) -> Relation:
    """A table with the numbers of others, which are texts."""
    return table(name, *(Field(one) for one in columns), Field("name", nullable=False))


def test_project_before_the_user() -> None:
    """A server is its project's before the user's who made it, where neither stands in the store; a key is the user's."""
    one = proposed(numbered("servers", "user_id", "project_id"), numbered("key_pairs", "user_id"))
    assert paths(one, "servers") == [
        "servers.project_id ~> ext:elsewhere.project.id",
        "servers.user_id ~> ext:elsewhere.user.id",
    ]
    assert paths(one, "key_pairs") == ["key_pairs.user_id ~> ext:elsewhere.user.id"]


def test_tenant_is_a_project() -> None:
    """Tables that say project mean what others call tenant, unless one says both."""
    some = (
        numbered("zones", "tenant_id"),
        numbered("records", "tenant_id"),
        numbered("quotas", "project_id"),
    )
    assert paths(proposed(*some), "quotas") == ["quotas.project_id ~> ext:elsewhere.tenant.id"]
    both = numbered("grants", "tenant_id", "project_id")
    assert paths(proposed(*some, both), "quotas") == ["quotas.project_id ~> ext:elsewhere.project.id"]


def test_keys_of_a_zone() -> None:
    """Keys go with the row they belong to; those of no row are the system's."""
    zones = numbered("domains", "account")
    keys = table("cryptokeys", key("domain_id"), Field("content"), foreign=(to("domain_id", "domains"),))
    one = proposed(zones, keys, table("tsigkeys", Field("secret")))
    assert one.table("s", "cryptokeys").role == "owned"
    assert one.table("s", "tsigkeys").role != "owned"


def test_writers_of_a_case() -> None:
    """Where persons are told from staff, another customer who wrote in a ticket is named as its writer, an agent is not."""
    users = replace(USERS, fields=(*USERS.fields, Field("is_staff", kind="boolean", nullable=False)))
    tickets = table("tickets", Field("submitter_email", samples=USERS.fields[2].samples), Field("title"))
    entries = table(
        "followups", key("ticket_id"), key("user_id", nullable=True), Field("comment"),
        foreign=(to("ticket_id", "tickets"), to("user_id", "users")),
    )  # fmt: skip
    assert paths(proposed(users, tickets, entries), "followups") == [
        "followups.ticket_id -> tickets.id ; tickets.submitter_email ~> users.email",
        "followups.user_id -> users.id [is_staff in ('0','false')]",
    ]
    assert len(paths(proposed(USERS, tickets, entries), "followups")) == 1


def test_log_of_staff_about_persons() -> None:
    """A log of what staff did to objects of any content type is about the persons among them, and who did it is staff."""
    types = table(
        "content_types",
        Field("app_label", nullable=False, samples=("auth", "shop")),
        Field("model", nullable=False, samples=("user", "order")),
    )
    types = replace(types, fields=(replace(types.fields[0], samples=(7, 8)), *types.fields[1:]), rows=2)
    log = table(
        "admin_log", Field("object_id"), Field("object_repr", nullable=False), key("content_type_id"), key("user_id"),
        foreign=(to("content_type_id", "content_types"), to("user_id", "auth_user")),
    )  # fmt: skip
    one = proposed(replace(USERS, name="auth_user"), types, log).table("s", "admin_log")
    assert [str(way) for way in one.paths] == ["admin_log.object_id => auth_user.id [content_type_id='7']"]
    assert one.role == "shared"
    assert [str(link) for link in one.references] == ["admin_log.user_id -> auth_user.id"]


def test_sessions_by_their_key() -> None:
    """A session that is only a key and packed data is that of the row which has the same key and a person."""
    sessions = Relation(
        "sessions", (Field("session_key", nullable=False), Field("session_data"), Field("expires", kind="time")),
        ("session_key",),
    )  # fmt: skip
    seen = replace(
        table(
            "user_sessions",
            key("user_id"),
            Field("session_key", nullable=False),
            foreign=(to("user_id", "users"),),
        ),
        unique=(("session_key",),),
    )
    assert paths(proposed(USERS, sessions, seen), "sessions") == [
        "sessions.session_key => user_sessions.session_key ; user_sessions.user_id -> users.id"
    ]
    assert paths(proposed(USERS, sessions), "sessions") == []


def test_former_rows_hang_as_the_original() -> None:
    """A shadow table leads by the key that its original declares, before one that is only named after a table."""
    snapshots = numbered("snapshots", "project_id")
    servers = replace(numbered("servers", "project_id"), unique=(("id",),))
    disks = table(
        "disks",
        key("snapshot_id"),
        key("server_id"),
        Field("connection"),
        foreign=(to("server_id", "servers"),),
    )
    shadows = tuple(
        replace(one, name=f"shadow_{one.name}", foreign=()) for one in (snapshots, servers, disks)
    )
    one = proposed(snapshots, servers, disks, *shadows)
    assert paths(one, "shadow_disks")[0].startswith("shadow_disks.server_id => shadow_servers.id")


def test_clients_are_no_programs() -> None:
    """Where the persons are called clients, a client_id beside a password is theirs and no program's."""
    clients = replace(USERS, name="client")
    hosting = table("service_hosting", key("client_id"), Field("username"), Field("pass"), Field("domain"))
    assert paths(proposed(clients, hosting), "service_hosting")[0] == "service_hosting.client_id => client.id"
    grants = table("oauth_grants", Field("client_id"), Field("client_secret"))
    assert paths(proposed(USERS, grants), "oauth_grants") == []


def test_identities_numbered_apart() -> None:
    """The identities of a mail user have numbers of their own, and lead by the user beside them."""
    own = Relation(
        "identities", (key("identity_id"), key("user_id"), Field("name"), Field("email")), ("identity_id",),
        foreign=(to("user_id", "users"),),
    )  # fmt: skip
    assert paths(proposed(USERS, own), "identities")[0] == "identities.user_id -> users.id"
    assert all("identity_id" not in one for one in paths(proposed(USERS, own), "identities"))


def test_seller_of_an_invoice() -> None:
    """The seller's address on a customer's invoice is the house's: the invoice goes with the customer."""
    invoices = table(
        "invoices", key("user_id"), Field("seller_email"), Field("buyer_email"), Field("total", kind="number"),
        foreign=(to("user_id", "users"),),
    )  # fmt: skip
    one = proposed(USERS, invoices)
    assert one.table("s", "invoices").role == "owned"
    assert paths(one, "invoices") == ["invoices.user_id -> users.id", "invoices.buyer_email ~> users.email"]
    mails = table(
        "mails", key("user_id"), Field("sender_email"), Field("body"), foreign=(to("user_id", "users"),)
    )
    assert "mails.sender_email ~> users.email" in paths(proposed(USERS, mails), "mails"), (
        "another customer wrote it"
    )


def test_answers_of_agents() -> None:
    """An entry that names no customer is found by the customer's ticket."""
    tickets = table("tickets", key("user_id"), Field("subject"), foreign=(to("user_id", "users"),))
    entries = table("ticket_messages", key("ticket_id"), key("user_id", nullable=True), Field("content"))
    assert "ticket_messages.ticket_id => tickets.id ; tickets.user_id -> users.id" in paths(
        proposed(USERS, tickets, entries), "ticket_messages"
    )


def test_names_of_contacts() -> None:
    """The name of a contact is a name, also beside its parts; a thread in a cache is no case of several persons."""
    contacts = table(
        "contacts", key("user_id"), Field("name"), Field("firstname"), foreign=(to("user_id", "users"),)
    )
    cache = table("cache_thread", key("user_id"), Field("data"), foreign=(to("user_id", "users"),))
    one = proposed(USERS, contacts, cache)
    assert {each.category for each in one.table("s", "contacts").columns if each.name.endswith("name")} == {
        "contact.name"
    }
    assert one.table("s", "cache_thread").role == "owned"


def test_addresses_that_are_lent() -> None:
    """Addresses that go to the next project stay, without the one that had them; those that a project wrote down go."""
    pool = replace(numbered("floating_ips", "project_id", "address"), fields=(
        *numbered("floating_ips", "project_id", "address").fields, Field("auto_assigned", kind="boolean"),
    ))  # fmt: skip
    one = proposed(pool, numbered("access_ips", "project_id", "address"))
    assert one.table("s", "floating_ips").role == "shared"
    assert {each.name: each.mask for each in one.table("s", "floating_ips").columns}["address"] == "keep"
    assert one.table("s", "access_ips").role == "owned"
