"""Proposals for a control panel on MariaDB: customers, the users by which they sign in, and what both of them own."""

from __future__ import annotations

import pytest

from tests.enforcement import scene
from troth.datamap.introspect import introspect
from troth.datamap.propose import Proposal, propose
from troth.model.datamap import Table

PANEL = """
create table client (client_id int unsigned not null auto_increment primary key, contact_name varchar(64), email varchar(255),
  telephone varchar(32), street varchar(255), username varchar(64), password varchar(200));
create table panel_user (userid int unsigned not null auto_increment primary key, panel_userid int unsigned not null default 1,
  username varchar(64) not null, passwort varchar(200) not null, client_id int unsigned not null default 0);
create table box_user (box_id int unsigned not null auto_increment primary key, panel_userid int unsigned not null default 0,
  email varchar(255) not null, login varchar(255) not null, password varchar(200) not null, name varchar(255) not null);
create table shop_user (shop_user_id int unsigned not null auto_increment primary key, panel_userid int unsigned not null,
  username varchar(64), password varchar(200));
create table support_message (id int unsigned not null auto_increment primary key, panel_userid int unsigned not null,
  recipient_id int unsigned not null, sender_id int unsigned not null, subject varchar(255), message text);
create table installs (id int unsigned not null auto_increment primary key, panel_userid int unsigned not null,
  customer_id int unsigned not null, notes text);
create table mail_queue (id int unsigned not null auto_increment primary key, client_id int unsigned,
  sender varchar(255) not null, recipient varchar(255) not null, content text not null)
"""
OVER = "panel_user.userid ; panel_user.client_id => client.client_id"


def rows() -> list[str]:
    """Twelve customers, each with the user of the next number, because the first user is the house."""
    found = ["insert into panel_user values (1, 1, 'root', '$6$root', 0)"]
    for n in range(1, 13):
        mail, user, secret = f"person{n}@example.org", n + 1, f"$6$rounds=5000$abcdefgh{n:04d}"
        found += [
            f"insert into client values ({n}, 'Hope{n}', '{mail}', '+49 30 12345{n:02d}', 'Lane {n}', 'login{n}', '{secret}')",
            f"insert into panel_user values ({user}, 1, 'login{n}', '{secret}', {n})",
            f"insert into box_user values ({n}, {user}, 'box{n}@shop.example', 'box{n}@shop.example', 'x', 'Ada Hope')",
            f"insert into shop_user values ({n}, {user}, 'shop{n}', 'x')",
            f"insert into support_message values ({2 * n}, {user}, 1, {user}, 'Help', 'It is slow')",
            f"insert into support_message values ({2 * n + 1}, 1, {user}, 1, 'Re: Help', 'We look at it')",
            f"insert into installs values ({n}, {user}, {n}, 'a blog')",
            f"insert into mail_queue values ({n}, if({n} % 2, {n}, null), 'office@house.example', '{mail}', 'Dear Ada')",
        ]
    return found


@pytest.fixture
def proposal(mariadb_url: str) -> Proposal:
    """What is proposed for the panel."""
    scene.run(mariadb_url, PANEL)
    scene.run(mariadb_url, *rows())
    return propose({"panel": introspect(mariadb_url, store="panel")})


def table(proposal: Proposal, name: str) -> Table:
    """The proposal for a table."""
    return next(one for one in proposal.map.tables if one.name == name)


def ways(proposal: Proposal, name: str) -> list[str]:
    """The paths that are proposed for a table."""
    return [str(one) for one in table(proposal, name).paths]


def test_a_number_of_its_own_points_to_nobody(proposal: Proposal) -> None:
    """A user belongs to the customer it names, not to the one who happens to have its number, its maker's or its password."""
    assert ways(proposal, "panel_user")[0] == "panel_user.client_id => client.client_id"
    told = " ".join(ways(proposal, "panel_user"))
    assert "panel_user.userid =>" not in told
    assert "panel_user.panel_userid" not in told
    assert "passwort" not in told


def test_a_sender_is_the_user_where_only_users_have_all_numbers(proposal: Proposal) -> None:
    """Messages lead to their customer over the users, who are counted apart from the customers."""
    found = ways(proposal, "support_message")
    assert f"support_message.panel_userid => {OVER}" in found
    assert not [
        one
        for one in found
        if one.startswith(("support_message.sender_id => c", "support_message.recipient_id => c"))
    ]


def test_a_customer_is_no_user(proposal: Proposal) -> None:
    """A number called customer is the customer's, also beside the user who made the row."""
    assert "installs.customer_id => client.client_id" in ways(proposal, "installs")
    assert f"installs.customer_id => {OVER}" not in ways(proposal, "installs")


def test_what_hangs_on_a_user_is_owned(proposal: Proposal) -> None:
    """Mailboxes and logins of a shop that name the user of their customer are hers, and no persons of their own."""
    assert [one.name for one in proposal.map.subjects()] == ["client"]
    for name in ("box_user", "shop_user"):
        assert table(proposal, name).role == "owned"
        assert f"{name}.panel_userid => {OVER}" in ways(proposal, name)


def test_the_house_that_writes_is_nobodys_address(proposal: Proposal) -> None:
    """One sender of all letters who is no customer makes no letter somebody else's; the recipients lead to customers."""
    assert ways(proposal, "mail_queue") == [
        "mail_queue.client_id => client.client_id",
        "mail_queue.recipient ~> client.email",
    ]
