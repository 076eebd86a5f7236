"""Proposals for the tables of billing software on MariaDB: glued names, zero dates, attributes, partners of customers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from troth.datamap.check import check
from troth.datamap.introspect import introspect
from troth.datamap.propose import Proposal, propose
from troth.model.datamap import Table

BILLING = """
create table tblclients (id int unsigned not null auto_increment primary key, uuid char(36) not null, firstname varchar(40),
  lastname varchar(40), email varchar(60) not null, datecreated date not null default '0000-00-00',
  dateclosed datetime not null default '0000-00-00 00:00:00');
create table tblcontacts (id int unsigned not null primary key, userid int unsigned not null, firstname varchar(40),
  lastname varchar(40), email varchar(60) not null, pwresetexpiry datetime not null, unique key (email),
  foreign key (userid) references tblclients (id));
create table tbltickets (id int unsigned not null primary key, userid int unsigned not null, email varchar(60) not null,
  title text not null, date datetime not null);
create table tblticketreplies (id int unsigned not null primary key, tid int unsigned not null, userid int unsigned not null,
  admin varchar(20) not null, message text not null, date datetime not null, foreign key (tid) references tbltickets (id));
create table tblsessions (id char(40) not null primary key, userid int unsigned, ip_address varbinary(16), user_agent text);
create table tblaffiliates (id int unsigned not null primary key, clientid int unsigned not null, visitors int not null,
  foreign key (clientid) references tblclients (id));
create table tblaffiliates_hits (id int unsigned not null primary key, affiliate_id int unsigned not null, ip varchar(45));
create table tblclients_audit (audit_id int unsigned not null primary key, client_id int unsigned not null,
  old_email varchar(60), new_email varchar(60), old_name varchar(80), changed_at datetime not null);
create table tblcredit_pools (brand char(4) not null, poolno int unsigned not null, clientid int unsigned not null,
  label varchar(40), primary key (brand, poolno), foreign key (clientid) references tblclients (id));
create table tblcredit (brand char(4) not null, poolno int unsigned not null, seq int unsigned not null, description text,
  primary key (brand, poolno, seq), foreign key (brand, poolno) references tblcredit_pools (brand, poolno));
create table tblcustomfields (id int unsigned not null primary key, type enum('client', 'product'), fieldname varchar(30));
create table tblcustomfieldsvalues (fieldid int unsigned not null, relid int unsigned not null, value text,
  primary key (fieldid, relid), foreign key (fieldid) references tblcustomfields (id))
"""


def rows() -> list[str]:
    """Rows of eight customers; staff answers their tickets, a row each with nobody as its writer."""
    found = ["set session sql_mode = ''", "insert into tblcustomfields values (1, 'client', 'Birthday')"]
    for n in range(1, 9):
        closed = "2021-05-05 00:00:00" if n % 2 else "0000-00-00 00:00:00"
        mail = f"person{n}@example.org"
        found += [
            f"insert into tblclients values ({n}, uuid(), 'Ada', 'Hope', '{mail}', '2019-02-03', '{closed}')",
            f"insert into tblcontacts values ({n}, {n}, 'Bob', 'Hope', 'helper{n}@example.net', '0000-00-00')",
            f"insert into tbltickets values ({n}, {n}, '{mail}', 'It is slow', '2026-01-01')",
            f"insert into tblticketreplies values ({2 * n}, {n}, 0, 'tom', 'We look at it', '2026-01-02')",
            f"insert into tblticketreplies values ({2 * n + 1}, {n}, {n}, '', 'thank you', '2026-01-03')",
            f"insert into tblsessions values ('s{n}', {n}, inet6_aton('192.0.2.{n}'), 'Mozilla')",
            f"insert into tblaffiliates values ({100 + n}, {n}, 7)",
            f"insert into tblaffiliates_hits values ({n}, {100 + n}, '192.0.2.{n}')",
            f"insert into tblclients_audit values ({n}, {n}, 'old{n}@example.org', '{mail}', 'Ada Hope', now())",
            f"insert into tblcredit_pools values ('HOST', {n}, {n}, 'pool')",
            f"insert into tblcredit values ('HOST', {n}, 1, 'a gift')",
            f"insert into tblcustomfieldsvalues values (1, {n}, '1970-01-0{n}')",
        ]
    return found


@pytest.fixture
def proposal(mariadb_url: str, tmp_path: Path) -> Proposal:
    """What is proposed for the billing tables and for the page views of a second store."""
    scene.run(mariadb_url, BILLING)
    scene.run(mariadb_url, *rows())
    (tmp_path / "web.db").touch()
    web = f"sqlite:///{tmp_path / 'web.db'}"
    scene.run(
        web,
        "create table visitors (visitor_id text primary key, client_id integer, user_agent text)",
        "create table pageviews (id integer primary key, visitor_id text not null references visitors (visitor_id), "
        "url text, referrer text)",
        *(f"insert into visitors values ('v{n}', {n}, 'Mozilla')" for n in range(1, 9)),
        *(f"insert into pageviews values ({n}, 'v{n}', '/prices', '')" for n in range(1, 9)),
    )
    urls = {"billing": mariadb_url, "web": web}
    return propose({name: introspect(url, store=name) for name, url in urls.items()})


def found(proposal: Proposal, name: str) -> Table:
    """The proposal for a table."""
    return next(one for one in proposal.map.tables if one.name == name)


def ways(proposal: Proposal, name: str) -> list[str]:
    """The paths that are proposed for a table."""
    return [str(one) for one in found(proposal, name).paths]


def test_everything_leads_to_its_customer(proposal: Proposal) -> None:
    """Pools and what is in them, hits of an affiliate, entries of a ticket and page views lead to the customer by their keys."""
    pool = "tblcredit_pools.clientid -> tblclients.id"
    assert ways(proposal, "tblcredit_pools") == [pool]
    assert ways(proposal, "tblcredit") == [
        f"tblcredit.(brand,poolno) -> tblcredit_pools.(brand,poolno) ; {pool}"
    ]
    assert [found(proposal, name).role for name in ("tblcredit_pools", "tblcredit")] == ["owned", "owned"]
    hits = "tblaffiliates_hits.affiliate_id => tblaffiliates.id ; tblaffiliates.clientid -> tblclients.id"
    assert ways(proposal, "tblaffiliates_hits") == [hits]
    assert ways(proposal, "tblticketreplies")[0].startswith("tblticketreplies.tid -> tbltickets.id")
    views = "pageviews.visitor_id -> visitors.visitor_id ; visitors.client_id ~> ext:billing.tblclients.id"
    assert ways(proposal, "pageviews")[0] == views


def test_a_log_of_changes_is_no_former_row(proposal: Proposal) -> None:
    """A table of what changed at customers is theirs by key, with the former name; it is no second table of customers."""
    audit = found(proposal, "tblclients_audit")
    assert (audit.role, ways(proposal, "tblclients_audit")[0]) == (
        "owned",
        "tblclients_audit.client_id => tblclients.id",
    )
    assert {one.name for one in audit.columns} == {"client_id", "old_email", "new_email", "old_name"}


def test_addresses_as_bytes(proposal: Proposal) -> None:
    """An IP address that is kept as bytes is one."""
    column = found(proposal, "tblsessions").column("ip_address")
    assert column is not None
    assert column.category == "network"


def test_what_is_asked(proposal: Proposal) -> None:
    """Attributes by a number that no name explains, and contacts with addresses of their own, are asked about."""
    told = " ".join(proposal.questions)
    assert (
        "does a row of billing.tblcustomfieldsvalues belong to somebody? All sampled numbers of relid" in told
    )
    assert "is a row of billing.tblcontacts a person of its own?" in told


def test_zero_dates_have_not_happened(proposal: Proposal, mariadb_url: str) -> None:
    """A zero date is no unreadable moment, an expiry starts no collection, and a date that says created does."""
    assert found(proposal, "tblclients").events == {
        "account-closed": "dateclosed",
        "collection": "datecreated",
    }
    assert "collection" not in found(proposal, "tblcontacts").events
    schemas = {"billing": introspect(mariadb_url, store="billing")}
    told = [one.message for one in check(proposal.map, schemas) if one.rule == "clock"]
    assert not [one for one in told if "no moment" in one]
