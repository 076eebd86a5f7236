"""A hold keeps its own rows and what they are found by: rows beside them, and persons in other stores, go at once."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from tests.enforcement.test_held import policy
from troth.enforcement.held import erase_or_hold, erase_waiting, finish_held, look, untold
from troth.enforcement.project import Project
from troth.evidence.restriction import running
from troth.model.policy import Policy
from troth.policy.bind import compile_file

SHOP = """
create table customers (id integer not null primary key, email varchar(60));
create table orders (id integer not null primary key, customer_id integer, what varchar(20),
 foreign key (customer_id) references customers (id));
create table invoices (id integer not null primary key, order_id integer, customer_id integer, name varchar(20),
 keep_until varchar(30), state varchar(20));
create table parts (id integer not null primary key, invoice_id integer, what varchar(20));
create table tickets (id integer not null primary key, customer_id integer, body varchar(20));
insert into customers values (1, 'ada@example.org'), (2, 'bob@example.org');
insert into orders values (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c'), (4, 1, 'd');
insert into invoices values (1, 1, 1, 'a', '2027-03-01', 'paid'), (2, 2, 1, 'b', '2020-01-01', 'paid'),
 (3, 3, 2, 'c', '2027-03-01', 'paid');
insert into parts values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c');
insert into tickets values (1, 1, 'help'), (2, 2, 'help')
"""
CRM = """
create table contacts (id integer not null primary key, mail varchar(60), phone varchar(20));
create table notes (id integer not null primary key, contact_id integer, body varchar(20));
insert into contacts values (7, 'Ada@Example.org', '+49 30 5550101'), (8, 'bob@example.org', '+49 30 5550102');
insert into notes values (1, 7, 'x'), (2, 8, 'y')
"""
ADA = by(email="ada@example.org")
DIRECT = ("invoices.customer_id => customers.id",)
VIA = ("invoices.order_id -> orders.id ; orders.customer_id -> customers.id",)
KEPT = {"legal-minimum": "keep_until: future = running; past = expired"}
NOTHING = {"dispute-status": "none", "order-status": "completed"}
POLICY = policy()
TEXT = """+++
provider = "Example"
version = "2026-01-01"
language = "en"
vocab = ["dpv-2.3", "troth-cloud-1"]
+++

If you ask us we delete your data, but for orders within their statutory period. {#s1 erasure}

```troth
promise erasure erase "Erasure"
  when request-erase
    must erase all-of-subject within 30 days
      hold tax: data is order-information and legal-minimum is running
  prove request-timeline
```
"""


def mapped(way: tuple[str, ...], facts: dict[str, str]) -> str:
    """A shop and, in another store, its address book."""
    invoices = table("shop.invoices", "owned", paths=way, facts=facts, name="contact.name")
    terms = 'category = "contact.name", terms = ["order-information"]'
    below = tuple(f"parts.invoice_id => invoices.id ; {one}" for one in way)
    return (
        table("shop.customers", "subject", email="contact.email")
        + table("shop.orders", "owned", paths=["orders.customer_id -> customers.id"], what="order")
        + invoices.replace('category = "contact.name"', terms)
        + table("shop.parts", "owned", paths=below, what="order")
        + table("shop.tickets", "owned", paths=["tickets.customer_id => customers.id"], body="message")
        + table("crm.contacts", "subject", mail="contact.email", phone="contact.phone")
        + table("crm.notes", "owned", paths=["notes.contact_id => contacts.id"], body="message")
    )


def left(shop: str, crm: str) -> dict[str, list[int]]:
    """The rows that are there."""
    places = {"customers": shop, "orders": shop, "invoices": shop, "parts": shop, "tickets": shop}
    places |= {"contacts": crm, "notes": crm}
    return {name: [row[0] for row in scene.rows(url, name)] for name, url in places.items()}


def bobs(**hers: list[int]) -> dict[str, list[int]]:
    """What is left: everything of Bob's, and some rows of Ada's."""
    his = {
        "customers": 2, "orders": 3, "invoices": 3, "parts": 3, "tickets": 2, "contacts": 8, "notes": 2,
    }  # fmt: skip
    return {name: sorted([*hers.get(name, ()), number]) for name, number in his.items()}


def test_other_stores_go_at_once(url: str, other_url: str, tmp_path: Path) -> None:
    """An invoice that a law keeps keeps its customer, and neither the address book of another store nor other rows."""
    scene.run(url, SHOP)
    scene.run(other_url, CRM)
    with scene.project(tmp_path, {"shop": url, "crm": other_url}, mapped(DIRECT, KEPT)) as project:
        outcome = erase_or_hold(project, ADA, policy(), CITED, facts=NOTHING)
        assert outcome.word == "partly"
        assert {one.place for one in outcome.reasons} == {"shop.customers", "shop.invoices", "shop.parts"}
        assert left(url, other_url) == bobs(customers=[1], invoices=[1], parts=[1])
        assert {one.reason for one in running(project.ledger)} == {"legal-retention"}
        assert [one.word for one in finish_held(project, policy(), CITED)] == ["partly"]
        scene.run(url, "update invoices set keep_until = '2020-01-01'")
        assert [one.word for one in finish_held(project, policy(), CITED)] == ["done"]
        assert running(project.ledger) == []
        assert project.journal.jobs() == []
    assert left(url, other_url) == bobs()


def test_rows_that_nothing_kept_leads_to(url: str, other_url: str, tmp_path: Path) -> None:
    """Of the orders by which invoices are found only those of kept invoices stay."""
    scene.run(url, SHOP)
    scene.run(other_url, CRM)
    with scene.project(tmp_path, {"shop": url, "crm": other_url}, mapped(VIA, KEPT)) as project:
        assert erase_or_hold(project, ADA, policy(), CITED, facts=NOTHING).word == "partly"
        assert left(url, other_url) == bobs(customers=[1], orders=[1], invoices=[1], parts=[1])
        scene.run(url, "update invoices set keep_until = '2020-01-01'")
        assert [one.word for one in finish_held(project, policy(), CITED)] == ["done"]
    assert left(url, other_url) == bobs()


def test_persons_found_by_another_store_alone(url: str, other_url: str, tmp_path: Path) -> None:
    """Where only the address book has the number that a request names, it stays, for the customer is found by it."""
    scene.run(url, SHOP)
    scene.run(other_url, CRM)
    asked = by(phone="+49305550101")
    with scene.project(tmp_path, {"shop": url, "crm": other_url}, mapped(DIRECT, KEPT)) as project:
        assert erase_or_hold(project, asked, policy(), CITED, facts=NOTHING).word == "partly"
        assert left(url, other_url) == bobs(customers=[1], invoices=[1], parts=[1], contacts=[7])
        scene.run(url, "update invoices set keep_until = '2020-01-01'")
        assert [one.word for one in finish_held(project, policy(), CITED)] == ["done"]
    assert left(url, other_url) == bobs()


def test_two_columns_tell(url: str, other_url: str, tmp_path: Path) -> None:
    """Rows that two holds keep by two columns stay, and the others of their table go."""
    scene.run(url, SHOP, "insert into invoices values (4, 4, 1, 'd', '2020-01-01', 'due')")
    scene.run(url, "insert into invoices values (5, 4, 1, 'e', '2020-01-02', 'paid')")
    scene.run(other_url, CRM)
    facts = {**KEPT, "order-status": "state: due = unpaid; * = completed"}
    with scene.project(tmp_path, {"shop": url, "crm": other_url}, mapped(DIRECT, facts)) as project:
        assert erase_or_hold(project, ADA, policy(), CITED, facts=NOTHING).word == "partly"
        assert left(url, other_url)["invoices"] == [1, 3, 4]
        scene.run(url, "update invoices set state = 'paid'")
        assert [one.word for one in finish_held(project, policy(), CITED)] == ["partly"]
        assert left(url, other_url)["invoices"] == [1, 3]


def _erased(project: Project, facts: dict[str, str], usual: frozenset[str], one: Policy) -> set[str]:
    seen = look(project, ADA, one, facts={**NOTHING, **facts}, usual=usual)
    assert not seen.undecided
    return {reason.place for reason in erase_waiting(project, ADA, CITED, seen).reasons}


def test_house_words_fill_empty_cells(url: str, other_url: str, tmp_path: Path) -> None:
    """What the house says of every case counts for the rows whose cells are empty, and not for all data of the person."""
    scene.run(url, SHOP, "update invoices set keep_until = null where id = 1")
    scene.run(other_url, CRM)
    with scene.project(tmp_path, {"shop": url, "crm": other_url}, mapped(DIRECT, KEPT)) as project:
        usual = frozenset({"legal-minimum", *NOTHING})
        _erased(project, {"legal-minimum": "running"}, usual, policy())
    assert left(url, other_url) == bobs(customers=[1], invoices=[1], parts=[1])


def test_words_of_a_case_fill_empty_cells(url: str, other_url: str, tmp_path: Path) -> None:
    """What somebody says of a case counts for the rows that leave it open; where none does, they know more: all data wait."""
    scene.run(url, SHOP, "update invoices set keep_until = null where id = 1")
    scene.run(other_url, CRM)
    with scene.project(tmp_path, {"shop": url, "crm": other_url}, mapped(DIRECT, KEPT)) as project:
        _erased(project, {"legal-minimum": "running"}, frozenset(), policy())
        assert left(url, other_url) == bobs(customers=[1], invoices=[1], parts=[1])
        scene.run(url, "update invoices set keep_until = '2020-01-01'")
        _erased(project, {"legal-minimum": "running"}, frozenset(), policy())
    assert left(url, other_url) == bobs(customers=[1], invoices=[1], parts=[1])


def test_hold_that_names_its_data(url: str, other_url: str, tmp_path: Path) -> None:
    """A hold about a category keeps the tables of that category and what hangs on them, where no row shows more."""
    scene.run(url, SHOP)
    scene.run(other_url, CRM)
    tax = compile_file(TEXT.encode(), "policy.troth.md").policy
    with scene.project(tmp_path, {"shop": url, "crm": other_url}, mapped(DIRECT, {})) as project:
        assert untold(project.map, tax, {}) == {"tax": ("legal-minimum",)}
        assert look(project, ADA, tax).undecided == {"tax": ("legal-minimum",)}
        places = _erased(project, {"legal-minimum": "running"}, frozenset(), tax)
        assert places == {"shop.customers", "shop.invoices", "shop.parts"}
        assert left(url, other_url) == bobs(customers=[1], invoices=[1, 2], parts=[1, 2])
        seen = look(project, ADA, tax, facts={"legal-minimum": "expired"})
        assert erase_waiting(project, ADA, CITED, seen).word == "done"
    assert left(url, other_url) == bobs()


@settings(max_examples=30, deadline=None)
@given(
    owners=st.lists(st.sampled_from((1, 1, 1, 2)), min_size=1, max_size=6),
    made=st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=7),
)
def test_what_stays(owners: list[int], made: list[tuple[int, bool]]) -> None:
    """Generated orders and invoices: what stays is what a slow reading says, and at the end nothing of hers does."""
    orders = dict(enumerate(owners, 1))
    invoices = {number: one for number, one in enumerate(made, 1) if one[0] in orders}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        urls = {store: f"sqlite:///{folder / store}.db" for store in ("shop", "crm")}
        for store in urls:
            (folder / f"{store}.db").touch()
        scene.run(urls["shop"], SHOP, "delete from parts", "delete from invoices", "delete from orders")
        scene.run(urls["crm"], CRM)
        for number, owner in orders.items():
            scene.run(urls["shop"], f"insert into orders values ({number}, {owner}, 'x')")
        for number, (order, kept) in invoices.items():
            end = "2027-03-01" if kept else "2020-01-01"
            scene.run(
                urls["shop"],
                f"insert into invoices values ({number}, {order}, 0, 'x', '{end}', 'paid')",
                f"insert into parts values ({number}, {number}, 'x')",
            )
        hers = {number for number, owner in orders.items() if owner == 1}
        stay = [number for number, (order, kept) in invoices.items() if kept or order not in hers]
        on = {invoices[number][0] for number in stay}
        held = any(order in hers for order in on)
        with scene.project(folder, urls, mapped(VIA, KEPT)) as project:
            outcome = erase_or_hold(project, ADA, POLICY, CITED, facts=NOTHING)
            assert outcome.word == ("partly" if held else "done")
            assert left(urls["shop"], urls["crm"]) == {
                "customers": [1, 2] if held else [2],
                "orders": [number for number in orders if number not in hers or number in on],
                "invoices": stay, "parts": stay, "tickets": [2], "contacts": [8], "notes": [2],
            }  # fmt: skip
            scene.run(urls["shop"], "update invoices set keep_until = '2020-01-01'")
            assert [one.word for one in finish_held(project, POLICY, CITED)] == ["done"] * held
            assert running(project.ledger) == []
        rest = left(urls["shop"], urls["crm"])
        assert rest["orders"] == [number for number in orders if number not in hers]
        assert rest["customers"] == [2]


def _kept_by_law() -> str:
    """Orders and invoices of customers, each with its own clock."""
    text = table("shop.customers", "subject", email="contact.email")
    for name, column, term in (
        ("orders", "what", "order-information"),
        ("invoices", "name", "invoice-information"),
    ):
        text += (
            f'[[table]]\nstore = "shop"\nname = "{name}"\nrole = "owned"\nkey = ["id"]\n'
            f'paths = ["{name}.customer_id -> customers.id"]\n'
            'events = { order-completed = "due", invoice-issued = "due" }\n'
            f'[table.columns]\n{column} = {{ category = "order", terms = ["{term}"] }}\n'
        )
    return text


KEPT_BY_LAW = _kept_by_law()


@pytest.mark.parametrize("action", ["no action", "set null", "cascade"])
def test_rows_to_which_kept_rows_point_stay(url: str, tmp_path: Path, action: str) -> None:
    """Past orders go with their past invoices; one to which a kept invoice points stays, whatever the key does on delete."""
    scene.run(
        url,
        "create table customers (id integer not null primary key, email varchar(60))",
        "create table orders (id integer not null primary key, customer_id integer not null, what varchar(20),"
        " due varchar(30), foreign key (customer_id) references customers (id))",
        "create table invoices (id integer not null primary key, order_id integer, customer_id integer not null,"
        f" name varchar(20), due varchar(30), foreign key (order_id) references orders (id) on delete {action},"
        " foreign key (customer_id) references customers (id))",
        "insert into customers values (1, 'ada@example.org'), (2, 'bob@example.org')",
        "insert into orders values (1, 1, 'a', '2020-01-01'), (2, 1, 'b', '2020-02-01'), (3, 1, 'c', '2027-01-01'),"
        " (4, 2, 'd', '2020-01-01')",
        "insert into invoices values (1, 1, 1, 'a', '2020-03-01'), (2, 2, 1, 'b', '2027-03-01'),"
        " (3, 3, 1, 'c', '2027-04-01'), (4, 4, 2, 'd', '2020-03-01')",
    )
    with scene.project(tmp_path, {"shop": url}, KEPT_BY_LAW) as project:
        outcome = erase_or_hold(project, ADA, compile_file(MINIMA.encode(), "policy.troth.md").policy, CITED)
    assert outcome.word == "partly"
    assert not any("point" in one.why for one in outcome.reasons)
    assert [row[0] for row in scene.rows(url, "orders")] == [2, 3, 4]
    assert [row[:2] for row in scene.rows(url, "invoices")] == [(2, 2), (3, 3), (4, 4)]


def test_order_beside_what_is_kept(url: str, tmp_path: Path) -> None:
    """Rows that nothing keeps go in the order of their own keys, also where past rows of another table have to go in order."""
    scene.run(
        url,
        "create table customers (id integer not null primary key, email varchar(60))",
        "create table orders (id integer not null primary key, customer_id integer not null, what varchar(20),"
        " due varchar(30), foreign key (customer_id) references customers (id))",
        "create table invoices (id integer not null primary key, order_id integer, customer_id integer not null,"
        " name varchar(20), due varchar(30), foreign key (order_id) references orders (id),"
        " foreign key (customer_id) references customers (id))",
        "create table a_usage (id integer not null primary key, customer_id integer not null, used integer)",
        "create table b_claims (id integer not null primary key, usage_id integer not null, customer_id integer not null,"
        " size integer, foreign key (usage_id) references a_usage (id))",
        "insert into customers values (1, 'ada@example.org'), (2, 'bob@example.org')",
        "insert into orders values (1, 1, 'a', '2020-01-01'), (2, 1, 'b', '2027-01-01')",
        "insert into invoices values (1, 1, 1, 'a', '2020-03-01'), (2, 2, 1, 'b', '2027-03-01')",
        "insert into a_usage values (1, 1, 5), (2, 2, 5)",
        "insert into b_claims values (1, 1, 1, 5), (2, 2, 2, 5)",
    )
    text = (
        KEPT_BY_LAW
        + table("shop.a_usage", "owned", paths=["a_usage.customer_id => customers.id"], used="usage")
        + table("shop.b_claims", "owned", paths=["b_claims.customer_id => customers.id"], size="usage")
    )
    with scene.project(tmp_path, {"shop": url}, text) as project:
        outcome = erase_or_hold(project, ADA, compile_file(MINIMA.encode(), "policy.troth.md").policy, CITED)
    assert not any("point" in one.why for one in outcome.reasons)
    left = {
        name: [row[0] for row in scene.rows(url, name)]
        for name in ("orders", "invoices", "a_usage", "b_claims")
    }
    assert left == {"orders": [2], "invoices": [2], "a_usage": [2], "b_claims": [2]}


MINIMA = TEXT.replace("      hold tax: data is order-information and legal-minimum is running\n", "").replace(
    'promise erasure erase "Erasure"',
    'promise bills retain "Bills"\n'
    "  must retain invoice-information at-least ~3 years after invoice-issued\n"
    "  must retain order-information at-least ~1 years after order-completed\n"
    "  prove request-timeline\n\n"
    'promise erasure erase "Erasure"',
)
