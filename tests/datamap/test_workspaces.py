"""Help desks of several workspaces: who the customers are, who works there, and what is the workspace's own."""

from __future__ import annotations

import pytest

from tests.datamap.test_owners import proposed, table
from tests.datamap.test_whose import COUNT, MAILS, NAMES, key, paths
from troth.datamap.propose import propose
from troth.model.datamap import DataMap
from troth.model.schema import Field, Relation, Schema

FEW = (1, 2, 3) * 10
ACCOUNTS = table("accounts", Field("name"), Field("support_email"))
MEMBERS = table(
    "account_users", key("account_id", samples=(1,) * 3), key("user_id", samples=(1, 2, 3)), key("inviter_id")
)
USERS = Relation(
    "users",
    (
        Field("id", kind="integer", nullable=False, samples=(1, 2, 3)),
        Field("email", nullable=False, samples=("a@desk.example", "b@desk.example", "c@desk.example")),
        Field("name", samples=NAMES[:3]),
        Field("encrypted_password", nullable=False),
    ),
    ("id",),
    rows=3,
)
CONTACTS = Relation(
    "contacts",
    (
        Field("id", kind="integer", nullable=False, samples=COUNT),
        Field("email", samples=MAILS),
        Field("name", samples=NAMES),
        Field("phone_number"),
        key("account_id", samples=(1,) * 30),
    ),
    ("id",),
    rows=30,
)
CASES = table(
    "conversations", key("account_id", samples=(1,) * 30), key("contact_id"), key("assignee_id", samples=FEW)
)
DESK = (ACCOUNTS, MEMBERS, USERS, CONTACTS, CASES)


def roles(one: DataMap) -> dict[str, str]:
    """The role of every table."""
    return {each.name: each.role for each in one.tables}


def test_workspace_is_nobody() -> None:
    """An account that users belong to by a table of pairs is theirs; whoever writes to it is the customer."""
    channels = table("channels", key("account_id", samples=(1,)), Field("name"), Field("api_secret"))
    found = propose({"s": Schema("s", "sqlite", (*DESK, channels))})
    assert {name: role for name, role in roles(found.map).items() if role != "none"} == {
        "accounts": "staff",
        "account_users": "staff",
        "channels": "staff",
        "users": "staff",
        "contacts": "subject",
        "conversations": "shared",
    }
    assert paths(found.map, "conversations") == ["conversations.contact_id => contacts.id"]
    assert any("your own staff" in one for one in found.map.questions)


@pytest.mark.parametrize(
    "accounts",
    [
        table("accounts", Field("name"), Field("email"), Field("password_hash")),
        table("accounts", Field("name"), Field("email"), Field("username")),
    ],
)
def test_account_that_signs_in(accounts: Relation) -> None:
    """An account with a login of its own is a person, whoever else may use it."""
    members = table("account_users", key("account_id"), key("user_id"))
    orders = table("orders", key("account_id"), Field("note"))
    users = table("users", Field("email"), Field("full_name"), key("account_id"))
    assert roles(proposed(accounts, members, users, orders))["accounts"] == "subject"


def test_contacts_beside_users_with_cases() -> None:
    """Where users open cases too, they are no staff because there are contacts."""
    cases = table("conversations", key("contact_id"), key("user_id", samples=FEW))
    assert roles(proposed(USERS, CONTACTS, cases))["users"] == "subject"


@pytest.mark.parametrize("column", ["created_by_id", "author_id", "inviter_id", "sender_id"])
def test_who_never_signs_in_does_nothing(column: str) -> None:
    """Who made, wrote or sent what the house has is one of its people where the persons never sign in."""
    campaigns = table("campaigns", key(column, samples=(2, 3, 3)), Field("title"), Field("description"))
    one = proposed(*DESK, campaigns)
    assert not any("contacts" in each for each in paths(one, "campaigns"))
    messages = table(
        "messages", key("conversation_id"), key("sender_id", samples=(1, 2, 3)), Field("content")
    )
    assert any(
        "messages.sender_id => contacts.id" in one for one in paths(proposed(*DESK, messages), "messages")
    )


def test_who_follows_a_case() -> None:
    """That one of the staff follows a case says nothing of its customer, and stays with the case."""
    mentions = table("mentions", key("conversation_id"), key("user_id", samples=FEW))
    assert roles(proposed(*DESK, mentions))["mentions"] == "none"


def test_mail_of_staff_leads_to_no_customer() -> None:
    """What staff did is no customer's because one of the staff may have a customer's address."""
    notes = table("remarks", key("user_id", samples=FEW), Field("body"))
    assert not any("contacts" in one for one in paths(proposed(*DESK, notes), "remarks"))


@pytest.mark.parametrize(("own", "asked"), [("desk@house.example", False), (MAILS[0], True)])
def test_address_of_what_several_use(own: str, asked: bool) -> None:
    """Where the address of what several use is a person's, it is asked about, and an erasure does not take it along."""
    boxes = table("inboxes", Field("label"), Field("email", samples=(own,)))
    uses = table("contact_inboxes", key("contact_id"), key("inbox_id", samples=(1,) * 30), Field("source"))
    found = propose({"s": Schema("s", "sqlite", (*DESK, boxes, uses))}).map
    assert found.table("s", "inboxes").role == "none"
    assert any("s.inboxes.email a person's own" in one for one in found.questions) is asked


def test_inboxes_before_there_are_any() -> None:
    """What a workspace is set up with is its own where nothing is sampled; those who only have an address there are not."""
    boxes = table("inboxes", key("account_id", samples=()), Field("label"), Field("email"))
    uses = table(
        "contact_inboxes", key("contact_id", samples=()), key("inbox_id", samples=()), Field("source")
    )
    readers = table(
        "list_readers",
        key("account_id", samples=()),
        Field("email"),
        Field("confirmed", kind="boolean"),
    )
    hours = table("opening_hours", key("inbox_id", samples=()), Field("note"))
    found = roles(proposed(*DESK, boxes, uses, readers, hours))
    assert (found["inboxes"], found["opening_hours"], found["list_readers"]) == (
        "staff",
        "staff",
        "owned",
    )
