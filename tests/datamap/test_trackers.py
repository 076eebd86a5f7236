"""Trackers and billing systems: cases and what hangs on them, addresses in a table of their own, what is the house's."""

from __future__ import annotations

import pytest

from tests.datamap.test_owners import proposed, table
from tests.datamap.test_whose import COUNT, LOGINS, MAILS, NAMES, USERS, key, paths
from troth.model.schema import Field, Relation

PEOPLE = Relation(
    "subscribers",
    (
        Field("id", kind="integer", nullable=False, samples=COUNT),
        Field("login", nullable=False, samples=LOGINS),
        Field("first_name", nullable=False, samples=NAMES),
        Field("password_hash"),
    ),
    ("id",),
    unique=(("login",),),
    rows=30,
)
"""Persons without an address."""
PROJECTS = (
    table("projects", Field("name")),
    table("members", key("project_id", samples=(1, 2, 3) * 10), key("user_id")),
)
ISSUES = table(
    "issues",
    key("project_id", samples=(1, 2, 3) * 10),
    key("author_id"),
    key("assigned_to_id", nullable=True, samples=(2,) * 30),
    Field("subject", nullable=False),
    Field("description"),
)


def mails(*more: Field, name: str = "email_addresses", owner: str = "subscriber_id") -> Relation:
    """Addresses, each of one person."""
    return table(name, key(owner), Field("address", nullable=False, samples=MAILS), *more)


def test_number_of_the_plainer_name() -> None:
    """A number is of the table of that name, and not of another whose name says no more besides."""
    details = table("journal_details", key("journal_id"), Field("old_value"), Field("value"))
    journals = table("journals", key("user_id"), Field("notes"))
    one = proposed(USERS, details, journals)
    assert paths(one, "journal_details") == [
        "journal_details.journal_id => journals.id ; journals.user_id => users.id"
    ]
    assert one.table("s", "journal_details").column("old_value") is not None


def test_issue_is_of_whoever_opened_it() -> None:
    """An issue belongs to its author, before all members of its project, and others take part in it."""
    one = proposed(USERS, *PROJECTS, ISSUES)
    assert paths(one, "issues")[0] == "issues.author_id => users.id"
    assert one.table("s", "issues").role == "shared"


def test_hours_of_whoever_worked() -> None:
    """Hours on a case are of whoever worked, where another column says who noted them; an answer is its writer's in the case."""
    hours = table("time_entries", key("issue_id"), key("user_id"), key("author_id"), Field("comments"))
    one = proposed(USERS, *PROJECTS, ISSUES, hours)
    assert paths(one, "time_entries")[0] == "time_entries.user_id => users.id"
    answers = table("issue_answers", key("issue_id"), key("user_id"), Field("comments"))
    one = proposed(USERS, *PROJECTS, ISSUES, answers)
    assert paths(one, "issue_answers")[0].startswith("issue_answers.issue_id => issues.id")


@pytest.mark.parametrize("staffed", [False, True])
def test_word_for_anybody(staffed: bool) -> None:
    """A type that is a word for any person means the persons, unless staff have a table of their own."""
    kinds = tuple("Principal" if n % 2 else "Server" for n in COUNT)
    values = table(
        "field_values",
        Field("owner_type", nullable=False, samples=kinds),
        key("owner_id"),
        key("field_id", samples=(1, 2, 3) * 10),
        Field("value", samples=tuple(f"text {n}" for n in COUNT)),
    )
    staff = table("admins", Field("email"), Field("password"), Field("full_name"))
    one = proposed(
        USERS, table("servers", key("user_id"), Field("hostname")), values, *([staff] if staffed else [])
    )
    said = "field_values.owner_id => users.id [owner_type='Principal']"
    assert (said in paths(one, "field_values")) is not staffed


def test_last_message_owns_nothing() -> None:
    """A board is not of whoever wrote in it last."""
    boards = table("boards", Field("name"), Field("description"), key("last_message_id"))
    messages = table("messages", key("board_id"), key("user_id"), Field("content"))
    one = proposed(USERS, boards, messages)
    assert one.table("s", "boards").role == "none"


@pytest.mark.parametrize("name", ["group_by", "sorted_by"])
def test_order_is_nobody(name: str) -> None:
    """What rows are ordered by is no person."""
    queries = table("saved_queries", key("user_id"), Field(name), Field("created_by"))
    found = paths(proposed(USERS, queries), "saved_queries")
    assert not any(name in one for one in found)


def test_names_of_attributes_are_no_attributes() -> None:
    """A directory with the names of its attributes is nobody, and no second table of persons."""
    directory = table(
        "doors",
        Field("host"),
        Field("account_password"),
        Field("attr_login", samples=("uid",)),
        Field("attr_firstname", samples=("givenName",)),
        Field("attr_mail", samples=("mail",)),
    )
    found = proposed(USERS, directory).table("s", "doors")
    assert found.role != "subject"
    assert [one.name for one in found.columns] == ["account_password"]
    told = table("answers", key("user_id"), Field("attr_mail", samples=MAILS))
    column = proposed(USERS, told).table("s", "answers").column("attr_mail")
    assert column is not None
    assert column.category == "contact.email"


def test_addresses_in_a_table_of_their_own() -> None:
    """Persons without an address are found and written to by the table that holds theirs alone."""
    flag = Field("is_default", kind="boolean", nullable=False)
    one = proposed(PEOPLE, mails(flag), table("orders", key("subscriber_id"), Field("note")))
    found = one.table("s", "email_addresses")
    assert (found.role, paths(one, "email_addresses")) == (
        "subject",
        ["email_addresses.subscriber_id => subscribers.id"],
    )


@pytest.mark.parametrize(
    "other",
    [
        mails(Field("full_name", samples=NAMES)),
        mails(name="address_book"),
        mails(name="newsletter_emails"),
        table("email_addresses", key("subscriber_id", nullable=True), Field("address", samples=MAILS)),
    ],
)
def test_addresses_of_others(other: Relation) -> None:
    """Contacts of a person, and addresses of nobody in particular, are no further addresses of that person."""
    one = proposed(PEOPLE, other, table("orders", key("subscriber_id"), Field("note")))
    assert one.table("s", other.name).role != "subject"


def test_addresses_beside_those_of_the_persons() -> None:
    """Where persons have an address themselves, further ones go with them as before."""
    one = proposed(USERS, mails(owner="user_id"))
    assert one.table("s", "email_addresses").role == "owned"


@pytest.mark.parametrize(("several", "role"), [(True, "none"), (False, "owned")])
def test_what_several_use_is_the_houses(several: bool, role: str) -> None:
    """What orders of several persons point to is no customer's, whoever has the address that stands in it."""
    gateways = table("gateways", Field("label"), Field("email", samples=MAILS[:3]))
    orders = table(
        "orders",
        key("user_id"),
        key("gateway_id", samples=(1, 2, 3) * 10 if several else COUNT),
        Field("note"),
    )
    assert proposed(USERS, gateways, orders).table("s", "gateways").role == role


@pytest.mark.parametrize("name", ["external_id", "identifier", "legacy_id"])
def test_what_another_system_calls_the_person(name: str) -> None:
    """The number of a person in another system is personal in the table of persons, and means nothing elsewhere."""
    other = Relation("users", (*USERS.fields, Field(name)), USERS.key, unique=USERS.unique, rows=30)
    jobs = table("jobs", key("user_id"), Field(name))
    one = proposed(other, jobs)
    column = one.table("s", "users").column(name)
    assert column is not None
    assert column.category == "ident.id"
    assert one.table("s", "jobs").column(name) is None


@pytest.mark.parametrize(
    ("field", "category"),
    [
        (Field("custom_3"), "message"),
        (Field("totp_key"), "secret"),
        (Field("last_login_on", kind="time"), "login"),
        (Field("coordinates_lat", kind="number"), "location"),
        (
            Field(
                "client",
                kind="json",
                samples=tuple(f'{{"ip_address": "192.0.2.{n}", "user_agent": "Mozilla {n}"}}' for n in COUNT),
            ),
            "blob",
        ),
    ],
)
def test_columns_of_panels(field: Field, category: str) -> None:
    """Fields that a house gives a name, keys of second factors, sign-ins, coordinates and JSON of requests are personal."""
    other = Relation("users", (*USERS.fields, field), USERS.key, unique=USERS.unique, rows=30)
    column = proposed(other).table("s", "users").column(field.name)
    assert column is not None
    assert column.category == category


def test_names_of_staff() -> None:
    """The name of one of the staff who sign in is a name."""
    staff = table(
        "admin",
        Field("email", samples=MAILS[:3]),
        Field("pass"),
        Field("name", samples=("Ada Hope", "Bo Li")),
    )
    column = proposed(USERS, staff).table("s", "admin").column("name")
    assert column is not None
    assert column.category == "contact.name"


def test_login_of_a_directory() -> None:
    """A login with its password beside it is that of the row, and no user's; users who sign in by a directory do not own it."""
    directory = table("auth_sources", Field("host"), Field("account"), Field("account_password"))
    users = Relation("users", (*USERS.fields, key("auth_source_id", nullable=True)), USERS.key, rows=30)
    one = proposed(users, directory)
    assert one.table("s", "auth_sources").role == "none"
    readers = table("readers", Field("host"), Field("account"), Field("api_password"))
    assert paths(proposed(USERS, readers), "readers") == ["readers.account ~> users.login"]


def test_what_several_use_and_hangs_on_something() -> None:
    """What rows of several persons point to is no house's where it hangs on a row of somebody by key."""
    orders = table("orders", key("user_id"), Field("note"))
    labels = table("labels", key("order_id"), Field("email", samples=MAILS))
    parcels = table("parcels", key("user_id"), key("label_id", samples=(1, 2, 3) * 10))
    found = proposed(USERS, orders, labels, parcels)
    assert found.table("s", "labels").role == "owned"
    assert paths(found, "labels") == ["labels.order_id => orders.id ; orders.user_id => users.id"]


def test_pages_that_persons_wrote() -> None:
    """Whether a page that all share is its writer's is asked, where the numbers of writers are those of persons."""
    wiki = table("wiki_contents", key("author_id"), Field("text"), key("version"))
    found = proposed(USERS, wiki)
    assert found.table("s", "wiki_contents").role == "none"
    assert any("s.wiki_contents.text its writer's" in one for one in found.questions)
    few = table("wiki_contents", key("author_id", samples=(1,) * 30), Field("text"))
    assert not any("its writer's" in one for one in proposed(USERS, few).questions)


def test_addresses_of_their_own_before_there_are_any() -> None:
    """A table of mail addresses is known by its name where it is empty, and one of streets is none."""
    empty = table("email_addresses", key("subscriber_id", samples=()), Field("address", nullable=False))
    one = proposed(PEOPLE, empty, table("orders", key("subscriber_id"), Field("note")))
    assert one.table("s", "email_addresses").role == "subject"
    post = table("email_addresses", key("subscriber_id", samples=()), Field("address"), Field("city"))
    assert proposed(PEOPLE, post).table("s", "email_addresses").role == "owned"


@pytest.mark.parametrize(
    "hosts",
    [
        table(
            "database_hosts",
            Field("host"),
            Field("port", kind="integer"),
            Field("username"),
            Field("password"),
        ),
        table("mailings", Field("from_email"), Field("from_name"), Field("subject"), Field("content")),
    ],
)
def test_what_the_house_connects_and_writes_with(hosts: Relation) -> None:
    """The login of a connection to a machine and the sender of a mailing lead to no customer who happens to have them too."""
    assert paths(proposed(USERS, hosts), hosts.name) == []


def test_login_at_a_machine_of_a_person() -> None:
    """A login with a password and no machine beside it still leads to the user of that name."""
    accounts = table("ftp_logins", Field("login"), Field("password"), Field("folder"))
    assert paths(proposed(USERS, accounts), "ftp_logins") == ["ftp_logins.login ~> users.login"]
