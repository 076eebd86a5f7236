"""Proposals for a help desk on MariaDB whose persons have their addresses apart, and which has a mailbox of its own."""

from __future__ import annotations

import pytest

from tests.enforcement import scene
from troth.datamap.introspect import introspect
from troth.datamap.propose import Proposal, propose

DESK = """
create table user (id int unsigned not null auto_increment primary key, default_email_id int not null, name varchar(90) not null);
create table user_email (id int unsigned not null auto_increment primary key, user_id int unsigned not null,
  address varchar(128) not null, unique key (address));
create table email (email_id int unsigned not null auto_increment primary key, email varchar(255) not null, name varchar(255),
  userpass varchar(255) not null)
"""


@pytest.fixture
def proposal(mariadb_url: str) -> Proposal:
    """What is proposed for a desk of nine users."""
    scene.run(mariadb_url, DESK)
    scene.run(mariadb_url, "insert into email values (1, 'support@desk.example', 'Support', 'x')")
    for n in range(1, 10):
        scene.run(
            mariadb_url,
            f"insert into user values ({n + 40}, {n}, 'Ada Hope{n}')",
            f"insert into user_email values ({n}, {n + 40}, 'person{n}@example.org')",
        )
    return propose({"desk": introspect(mariadb_url, store="desk")})


def ways(proposal: Proposal, name: str) -> list[str]:
    """The paths that are proposed for a table."""
    return [str(path) for one in proposal.map.tables if one.name == name for path in one.paths]


def test_the_mailbox_of_the_house_is_nobodys(proposal: Proposal) -> None:
    """The number of a user's first address is one of the addresses of users; the mailbox with that number belongs to nobody."""
    assert ways(proposal, "email") == []
    assert ways(proposal, "user_email")[0] == "user_email.user_id => user.id"
