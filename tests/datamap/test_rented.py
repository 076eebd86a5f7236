"""What belongs to a project that persons share: domains with an address of a contact, attributes, names that mislead."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from troth.datamap.introspect import introspect
from troth.datamap.propose import propose
from troth.model.datamap import DataMap
from troth.model.schema import Field, Foreign, Relation, Schema

_IDENTITY = """
create table "user" (id varchar(64) not null primary key, extra text, domain_id varchar(64) not null);
create table project (id varchar(64) not null primary key, name varchar(64) not null, description text);
create table assignment (type varchar(20) not null, actor_id varchar(64) not null, target_id varchar(64) not null,
  role_id varchar(64) not null, primary key (type, actor_id, target_id, role_id))
"""
_BILLING = """
create table customers (id integer not null primary key, email varchar(80) not null unique, login varchar(40) not null unique,
  name varchar(60), user_id varchar(64))
"""
_DNS = """
create table zones (id char(32) not null primary key, tenant_id varchar(36), name varchar(255) not null,
  email varchar(255) not null);
create table zone_attributes (id char(32) not null primary key, key varchar(50), value varchar(255) not null,
  zone_id char(32) not null references zones (id));
create table domains (id integer not null primary key, name varchar(255) not null, account varchar(40));
create table comments (id integer not null primary key, domain_id integer not null, account varchar(40), comment text not null)
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> DataMap:
    """What is proposed for an identity service, a billing database and a name server of twelve persons."""
    folder = tmp_path_factory.mktemp("rented")
    links = {}
    for store, tables in (("identity", _IDENTITY), ("billing", _BILLING), ("dns", _DNS)):
        links[store] = sqlite3.connect(folder / f"{store}.db")
        links[store].executescript(tables)
    for n in range(12):
        user, project = f"{n:02x}" * 16, f"{n + 100:02x}" * 16
        login, mail = f"login.{n}x", f"person{n}@example.org"
        links["identity"].execute(
            'insert into "user" values (?, ?, ?)', (user, f'{{"email": "{mail}"}}', "default")
        )
        links["identity"].execute("insert into project values (?, ?, '')", (project, f"project-{n}"))
        for one in {project, f"{100:02x}" * 16}:
            links["identity"].execute("insert into assignment values ('UserProject', ?, ?, 'r')", (user, one))
        links["billing"].execute(
            "insert into customers values (?, ?, ?, ?, ?)", (1000 + n, mail, login, f"Ada Name{n}", user)
        )
        zone = f"{n + 200:02x}" * 16
        links["dns"].execute("insert into zones values (?, ?, ?, ?)", (zone, project, f"z{n}.example.", mail))
        links["dns"].execute(
            "insert into zone_attributes values (?, 'owner', ?, ?)", (f"{n + 220:02x}" * 16, mail, zone)
        )
        links["dns"].execute("insert into domains values (?, ?, ?)", (n + 1, f"d{n}.example", login))
        links["dns"].execute("insert into comments values (?, ?, ?, 'x')", (n + 1, 12 - n, login))
    for link in links.values():
        link.commit()
        link.close()
    return propose({store: introspect(f"sqlite:///{folder / store}.db", store=store) for store in links}).map


def test_what_several_may_own_is_shared() -> None:
    """A domain that a table of pairs gives to its owners stays when the last of them leaves: everybody's lists are on it."""
    users = Relation(
        "users", (Field("id", kind="integer", nullable=False), Field("email", nullable=False)), ("id",)
    )
    domains = Relation("domain", (Field("id", kind="integer", nullable=False), Field("mail_host")), ("id",))
    fields = tuple(Field(name, kind="integer", nullable=False) for name in ("user_id", "domain_id"))
    keys = (Foreign(("user_id",), "users", ("id",)), Foreign(("domain_id",), "domain", ("id",)))
    pairs = Relation("domain_owner", fields, ("user_id", "domain_id"), foreign=keys)
    single = replace(pairs, key=("domain_id",))
    for tie, role in ((pairs, "shared"), (single, "owned")):
        found = propose({"s": Schema("s", "sqlite", (users, domains, tie))}).map
        assert found.table("s", "domain").role == role
        assert found.table("s", "domain_owner").role == "owned"


def _paths(found: DataMap, table: str) -> list[str]:
    return [str(one) for one in found.table("dns", table).paths]


def test_a_domain_is_the_projects_before_its_contacts(found: DataMap) -> None:
    """A domain that names its project leads to the members first, and to whoever its address is of besides."""
    first, second = _paths(found, "zones")[:2]
    assert first.startswith("zones.tenant_id ~> ext:identity.project.id ; ")
    assert second == "zones.email ~> ext:billing.customers.email"


def test_attributes_are_of_the_row_that_they_hang_on(found: DataMap) -> None:
    """An attribute goes with its domain, also where its value happens to be an address of somebody."""
    first, *more = _paths(found, "zone_attributes")
    assert first.startswith("zone_attributes.zone_id -> zones.id ; zones.tenant_id ~> ")
    assert "zone_attributes.value ~> ext:billing.customers.email" in more


@pytest.mark.parametrize("table", ["domains", "comments"])
def test_values_correct_what_a_name_misleads_to(found: DataMap, table: str) -> None:
    """A column called after accounts whose values are logins leads to the logins, not to projects where none occurs."""
    assert _paths(found, table)[0] == f"{table}.account ~> ext:billing.customers.login"
