"""Customers and staff who are counted apart, and a help desk whose mails are called articles."""

from __future__ import annotations

import sqlite3

import pytest

from troth.datamap.introspect import introspect
from troth.datamap.propose import propose
from troth.model.datamap import DataMap, Table

_PANEL = """
create table panel_admins (adminid integer primary key, loginname varchar(50) not null unique, password varchar(99) not null,
  name varchar(99) not null, email varchar(99) not null);
create table panel_customers (customerid integer primary key, loginname varchar(50) not null unique,
  password varchar(99) not null, adminid integer not null, name varchar(99) not null, firstname varchar(99) not null,
  street varchar(99) not null, email varchar(99) not null);
create table panel_domains (id integer primary key, domain varchar(99) not null, customerid integer not null);
create table panel_activation (id integer primary key, userid integer not null, admin boolean not null,
  activationcode varchar(50));
create table panel_members (id integer primary key, userid integer not null, is_admin boolean not null, note varchar(50))
"""
_DESK = """
create table users (id integer primary key, login varchar(99) not null unique, firstname varchar(99), lastname varchar(99),
  email varchar(99), created_by_id integer not null references users (id));
create table ticket_states (id integer primary key, name varchar(99) not null, note varchar(99),
  created_by_id integer not null references users (id));
create table tickets (id integer primary key, title varchar(99) not null, state_id integer not null references ticket_states (id),
  owner_id integer not null references users (id), customer_id integer not null references users (id),
  created_by_id integer not null references users (id));
create table ticket_articles (id integer primary key, ticket_id integer not null references tickets (id), subject varchar(99),
  body text not null, origin_by_id integer references users (id), created_by_id integer not null references users (id));
create table articles (id integer primary key, title varchar(99), body text, created_by_id integer not null references users (id))
"""
PEOPLE = 9


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DataMap]:
    """What is proposed for a panel with two administrators and for a help desk with two agents."""
    folder = tmp_path_factory.mktemp("apart")
    links = {name: sqlite3.connect(folder / f"{name}.db") for name in ("panel", "desk")}
    links["panel"].executescript(_PANEL)
    links["desk"].executescript(_DESK)
    for n in range(1, PEOPLE + 1):
        _customer(links["panel"], n)
        _requester(links["desk"], n)
    for link in links.values():
        link.commit()
        link.close()
    return {
        name: propose({name: introspect(f"sqlite:///{folder / name}.db", store=name)}).map for name in links
    }


def _customer(panel: sqlite3.Connection, n: int) -> None:
    name, mail = f"Lovelace{n}", f"ada{n}@example.org"
    who = (n, f"web{n}", f"$5$abcdefgh{n}", 1 + n % 2, name, "Ada", f"Main Street {n}", mail)
    panel.execute("insert into panel_customers values (?, ?, ?, ?, ?, ?, ?, ?)", who)
    panel.execute("insert into panel_domains values (?, ?, ?)", (n, f"shop{n}.example", n))
    panel.execute("insert into panel_activation values (?, ?, 0, ?)", (n, n, f"code{n}abcdef"))
    panel.execute("insert into panel_members values (?, ?, ?, ?)", (n, n, n > 2, f"note {n}"))
    if n <= 2:
        admin = (n, f"admin{n}", f"$5$ijklmnop{n}", f"Grace Hopper{n}", f"admin{n}@example.com")
        panel.execute("insert into panel_admins values (?, ?, ?, ?, ?)", admin)
        panel.execute("insert into panel_activation values (?, ?, 1, ?)", (100 + n, n, f"code{n}ghijkl"))


def _requester(desk: sqlite3.Connection, n: int) -> None:
    mail = f"alan{n}@example.org"
    agent = 1 + n % 2
    desk.execute("insert into users values (?, ?, 'Alan', ?, ?, 1)", (n, mail, f"Turing{n}", mail))
    desk.execute("insert into ticket_states values (?, ?, null, 1)", (n, f"state {n}"))
    desk.execute("insert into tickets values (?, 'help', ?, ?, ?, ?)", (n, n, agent, n, agent))
    for number, writer in ((n, n), (100 + n, agent)):
        words = (number, n, "re: help", f"dear Alan, this is letter {number}", writer)
        desk.execute("insert into ticket_articles values (?, ?, ?, ?, null, ?)", words)
    desk.execute(
        "insert into articles values (?, 'how to', 'read this before you write to us', ?)", (n, agent)
    )


def _table(found: dict[str, DataMap], store: str, name: str) -> Table:
    return next(one for one in found[store].tables if one.name == name)


def test_a_flag_says_who_of_two_is_meant(found: dict[str, DataMap]) -> None:
    """What stands beside an administrator's number is not the customer's who has the same number by chance."""
    paths = [str(one) for one in _table(found, "panel", "panel_activation").paths]
    assert paths == ["panel_activation.userid => panel_customers.customerid [admin in ('0','false')]"]


def test_a_customer_who_leads_stays_one(found: dict[str, DataMap]) -> None:
    """A flag on rows whose numbers no administrator has says something of the customer, and hides no row."""
    paths = [str(one) for one in _table(found, "panel", "panel_members").paths]
    assert paths == ["panel_members.userid => panel_customers.customerid"]


def test_a_name_beside_a_first_name_is_the_last_one(found: dict[str, DataMap]) -> None:
    """Nobody is looked for by a last name as by a login, because others have it as well."""
    columns = {one.name: one.category for one in _table(found, "panel", "panel_customers").columns}
    assert columns["name"] == "contact.name"
    assert columns["loginname"] == "ident.username"


def test_articles_of_a_ticket_are_its_mails(found: dict[str, DataMap]) -> None:
    """What is called an article goes with its ticket's customer, but for pages that staff write for everybody."""
    mails = _table(found, "desk", "ticket_articles")
    assert mails.role == "shared"
    assert str(mails.paths[0]) == (
        "ticket_articles.ticket_id -> tickets.id ; tickets.customer_id -> users.id"
    )
    assert _table(found, "desk", "articles").role == "staff"


def test_states_of_tickets_are_the_houses(found: dict[str, DataMap]) -> None:
    """A list that tickets choose from keeps its words when the one who made it leaves."""
    assert _table(found, "desk", "ticket_states").role == "none"
