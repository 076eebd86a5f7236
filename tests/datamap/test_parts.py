"""Persons who have a part in a row by a group of their own, and what hangs on cases, without one declared key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.datamap.test_owners import path, proposed, table
from troth.model.datamap import DataMap
from troth.model.schema import Field, Foreign, Relation

PEOPLE = 40
TICKETS = range(1, 41)
PARTS = ("Requestor", "Cc", "Owner")
FIRST = 2000  # number of the first group; groups and persons are numbered together


def number(name: str, samples: Sequence[int] = ()) -> Field:
    """A column of whole numbers that may not be empty."""
    return Field(name, kind="integer", nullable=False, samples=tuple(samples))


def text(name: str, samples: Sequence[str] = ()) -> Field:
    """A column of texts."""
    return Field(name, length=200, samples=tuple(samples))


def relation(name: str, *fields: Field) -> Relation:
    """A table that was read whole."""
    rows = max(len(one.samples) for one in fields)
    return Relation(name, fields, ("id",), rows=rows)


def desk(**more: Relation) -> dict[str, Relation]:
    """A help desk: tickets, their groups of requestors, watchers and agents, and who is in them."""
    persons = range(101, 101 + PEOPLE)
    named = [(ticket, part) for ticket in TICKETS for part in PARTS]
    queues = [("RT::Queue-Role", "Owner", 1), ("UserDefined", "Support", 0)]
    groups = [("RT::Ticket-Role", part, ticket) for ticket, part in named] + queues
    numbers = range(FIRST, FIRST + len(groups))
    members = [100 + (ticket + PARTS.index(part)) % PEOPLE + 1 for ticket, part in named]
    found = {
        "users": relation(
            "users",
            number("id", persons),
            text("name", [f"u{one}" for one in persons]),
            text("emailaddress", [f"u{one}@example.org" for one in persons]),
            text("realname"),
        ),
        "principals": relation(
            "principals",
            number("id", [*persons, *numbers]),
            text("principaltype", ["User"] * PEOPLE + ["Group"] * len(numbers)),
        ),
        "groups": relation(
            "groups",
            number("id", numbers),
            text("name", [name for _, name, _ in groups]),
            text("description"),
            text("domain", [kind for kind, _, _ in groups]),
            number("instance", [instance for _, _, instance in groups]),
        ),
        "groupmembers": relation(
            "groupmembers",
            number("id", range(1, len(members) + 1)),
            number("groupid", numbers[: len(members)]),
            number("memberid", members),
        ),
        "tickets": relation(
            "tickets",
            number("id", TICKETS),
            text("subject"),
            number("owner", [101] * len(TICKETS)),
            number("creator", [100 + one for one in TICKETS]),
        ),
        "queues": relation("queues", number("id", [1, 2]), text("name", ["General", "Billing"])),
    }
    return found | more


def mapped(**more: Relation) -> DataMap:
    """The proposal for the help desk with further tables."""
    return proposed(*desk(**more).values())


REQUESTORS = (
    "tickets.id => groups.instance ; "
    "groups.id => groupmembers.groupid [domain='RT::Ticket-Role' and name='Requestor'] ; "
    "groupmembers.memberid => principals.id ; principals.id => users.id [principaltype='User']"
)


def test_requestors_are_members_of_a_group_of_the_ticket() -> None:
    """A ticket leads to its requestors over their group; whoever works on it, reads along or entered it is none of them."""
    found = mapped().table("s", "tickets")
    assert [str(one) for one in found.paths] == [REQUESTORS]
    assert "tickets.creator => users.id" in {str(one) for one in found.references}


def test_where_tickets_have_no_requestor_who_made_them_counts_too() -> None:
    """A ticket that no group gives to anybody is found by its maker, so both ways stay where many tickets are such."""
    few = desk()["groupmembers"]
    some = relation(
        "groupmembers", *(Field(one.name, kind="integer", samples=one.samples[:60]) for one in few.fields)
    )
    found = mapped(groupmembers=some).table("s", "tickets")
    assert [str(one) for one in found.paths] == ["tickets.creator => users.id", REQUESTORS]


def test_what_hangs_on_a_ticket_leads_to_its_requestors() -> None:
    """Entries of a ticket take over the way to its requestors, and a mail the ways of the entry it belongs to."""
    count = range(1, 81)
    entries = relation(
        "transactions",
        number("id", count),
        text("objecttype", ["RT::Ticket"] * 40 + ["RT::User"] * 40),
        number("objectid", [*TICKETS, *range(101, 141)]),
        text("data"),
        number("creator", [100 + one % PEOPLE + 1 for one in count]),
    )
    mails = relation(
        "attachments",
        number("id", count),
        number("transactionid", count),
        text("content"),
        number("creator", [100 + one % PEOPLE + 1 for one in count]),
    )
    one = mapped(transactions=entries, attachments=mails)
    assert one.table("s", "transactions").role == "shared"
    hung = "transactions.objectid => tickets.id [objecttype='RT::Ticket'] ; "
    assert f"{hung}{REQUESTORS}" in {str(way) for way in one.table("s", "transactions").paths}
    through = "attachments.transactionid => transactions.id ; "
    ways = [str(way) for way in one.table("s", "attachments").paths]
    assert ways[0] == "attachments.creator => users.id"
    assert f"{through}{hung}{REQUESTORS}" in ways


def test_parties_that_are_groups_are_no_persons() -> None:
    """Where groups are numbered among parties, the type of a party says which of them are persons."""
    assert path(mapped(), "principals") == "principals.id => users.id [principaltype='User']"


def test_type_columns_and_words_of_the_software_are_not_personal() -> None:
    """The type beside a number and a name that comes again and again are nobody's, whatever they are called."""
    rows = range(1, 81)
    notes = relation(
        "notes",
        number("id", rows),
        text("name", ["Start", "Contact"] * 40),
        text("domain", ["RT::Ticket"] * 40 + ["RT::Queue"] * 40),
        number("instance", [*TICKETS, *([1, 2] * 20)]),
        number("user_id", [100 + one % PEOPLE + 1 for one in rows]),
        text("content"),
    )
    found = mapped(notes=notes).table("s", "notes")
    assert {one.name for one in found.columns} == {"user_id", "content"}


def test_what_joins_two_tickets_is_not_one_persons() -> None:
    """A row that ties two rows of a shared table stays with the other one."""
    far = [one + 5_000_000 for one in TICKETS]
    tickets = relation(
        "tickets", number("id", far), text("subject"), number("creator", [100 + one for one in TICKETS])
    )
    links = relation(
        "links",
        number("id", TICKETS),
        number("localbase", far),
        number("localtarget", [*far[1:], far[0]]),
    )
    assert proposed(*desk(tickets=tickets, links=links).values()).table("s", "links").role == "shared"


def test_ids_of_mails_are_no_addresses() -> None:
    """The id of a mail looks like an address, and neither its column nor a list of such ids leads to a person."""
    ids = [f"<{one}.a@mx.example>" for one in TICKETS]
    held = table("held", Field("messageid", samples=tuple(ids)), Field("key", samples=tuple(ids)))
    found = mapped(held=held).table("s", "held")
    assert not found.paths
    assert all(one.category != "contact.email" for one in found.columns)


def pending(*others: Relation, **samples: Sequence[Any]) -> DataMap:
    """A list server whose requests wait under a token; only a value beside it names the person."""
    rows = range(1, 31)
    tokens = [f"{one:040x}" for one in rows]
    held = [f"<{one}@mx.example>" for one in rows]
    values = [value for one in rows for value in (f'"p{one}@example.org"', f'"Re: question {one}"')]
    return proposed(
        relation(
            "address",
            number("id", rows),
            text("email", [f"p{one}@example.org" for one in rows]),
            text("display_name"),
        ),
        relation("pended", number("id", rows), text("token", tokens)),
        table(
            "pendedkeyvalue",
            text("key", ["sender", "subject"] * len(rows)),
            text("value", values),
            number("pended_id", [one for one in rows for _ in range(2)]),
            foreign=(Foreign(("pended_id",), "pended", ("id",)),),
        ),
        relation(
            "waiting",
            number("id", rows),
            text("ref", samples.get("ref", held)),
            text("data_hash", tokens),
        ),
        relation("message", number("id", rows), text("message_id", held), text("path")),
        *others,
    )


BY_VALUE = "pended.id => pendedkeyvalue.pended_id ; pendedkeyvalue.value ~> address.email [inside text]"


def test_what_is_pending_goes_whole() -> None:
    """Every value of a pending request goes with it, not only the one in which the address stands."""
    one = pending()
    assert path(one, "pended") == BY_VALUE
    beside = f"pendedkeyvalue.pended_id -> pended.id ; {BY_VALUE}"
    assert beside in {str(way) for way in one.table("s", "pendedkeyvalue").paths}


def test_what_waits_under_a_token_and_what_it_names() -> None:
    """A row that holds the token of a pending request is its person's, and so is the one mail that this row names."""
    one = pending()
    assert path(one, "waiting") == f"waiting.data_hash => pended.token ; {BY_VALUE}"
    named = "message.message_id => waiting.ref ; waiting.data_hash => pended.token"
    assert path(one, "message") == f"{named} ; {BY_VALUE}"


def test_a_mail_that_many_rows_name_is_not_one_persons() -> None:
    """Where several rows point to one, no row says whose that is."""
    held = [f"<{one}@mx.example>" for one in range(1, 31)]
    assert path(pending(ref=[held[one // 2] for one in range(30)]), "message") == ""


def test_a_mail_that_two_tables_name_is_not_one_persons() -> None:
    """What rows of another table use as well does not go with a request."""
    held = [f"<{one}@mx.example>" for one in range(1, 31)]
    archive = relation("archive", number("id", range(1, 31)), text("message", held))
    assert path(pending(archive), "message") == ""


def test_preferences_of_a_membership_are_its_persons() -> None:
    """Choices that a membership points to are not a group whose row stays."""
    one = proposed(
        table("users", Field("email", length=200), Field("login", length=40)),
        table("preferences", Field("language"), Field("digest", kind="boolean")),
        table(
            "member",
            Field("user_id", kind="integer"),
            Field("preferences_id", kind="integer"),
            foreign=(
                Foreign(("user_id",), "users", ("id",)),
                Foreign(("preferences_id",), "preferences", ("id",)),
            ),
        ),
    )
    assert one.table("s", "preferences").role == "owned"


def test_words_that_are_all_key_go() -> None:
    """A tag of a shared project can hold no mask, so it goes with the only member; a tag with more to it stays."""
    memberships = table(
        "project_member",
        Field("user_id", kind="integer"),
        Field("project_id", kind="integer"),
        foreign=(
            Foreign(("user_id",), "users", ("id",)),
            Foreign(("project_id",), "project", ("id",)),
        ),
    )
    people = table("users", Field("email", length=200), Field("login", length=40))
    tags = Relation(
        "project_tag",
        (number("project_id"), Field("name", length=60, nullable=False)),
        ("project_id", "name"),
        foreign=(Foreign(("project_id",), "project", ("id",)),),
    )
    noted = Relation("project_note", (*tags.fields, Field("weight")), tags.key, foreign=tags.foreign)
    one = proposed(people, table("project", Field("name")), memberships, tags, noted)
    assert one.table("s", "project_tag").role == "owned"
    assert one.table("s", "project_note").role == "shared"


def test_bans_are_asked_about() -> None:
    """Whether a ban or a wish for no more mail outlives the account is for a person to say; a plain list of addresses is not."""
    people = table("users", Field("email", length=200), Field("login", length=40))
    for name, asked in (
        ("ban", True),
        ("mail_suppressions", True),
        ("opt_outs", True),
        ("bounce_event", False),
    ):
        one = proposed(people, table(name, Field("email", length=200)))
        assert one.table("s", name).role == "owned"
        assert any(f"row of s.{name} outlive" in question for question in one.questions) == asked
