"""Columns with a check of the database: a mask that it refuses is not tried, and a random text gets the end it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by, table
from tests.enforcement.test_probes import erased
from troth.datamap.check import check
from troth.datamap.mask import fitting_mask
from troth.model.schema import Field

TABLES = """
create table people (id integer not null primary key, email varchar(60) not null unique check (email like '%@%'),
    code varchar(20) not null unique check (length(code) = 3), name varchar(30) not null check (name <> ''));
insert into people values (1, 'ada@example.org', 'abc', 'Ada'), (2, 'bob@example.org', 'def', 'Bob');
create table deals (id integer not null primary key, person_id integer not null references people (id), note varchar(20));
insert into deals values (1, 1, 'x')
"""


def column(url: str, name: str) -> Field:
    """What was read of a column of the persons."""
    field = scene.described({"main": url})["main"].relation("people").field(name)
    assert field is not None
    return field


def test_what_a_check_refuses(url: str) -> None:
    """An address may be a random text with the end of one, a code of three letters may not, a name not be empty."""
    scene.run(url, TABLES)
    assert (column(url, "email").refuses, column(url, "email").tail) == (("empty",), "@erased.invalid")
    assert column(url, "code").refuses == ("empty", "token")
    assert (column(url, "name").refuses, column(url, "name").tail) == (("empty",), "")
    people = scene.described({"main": url})["main"].relation("people")
    masks = {name: fitting_mask(people, name, "subject") for name in ("email", "code", "name")}
    assert masks == {"email": "token", "code": "keep", "name": "token"}


def test_person_whose_row_stays(url: str, tmp_path: Path) -> None:
    """A person's row that has to stay gets an address of nobody, which the check takes."""
    scene.run(url, TABLES)
    people = table("main.people", "subject", email="contact.email/token", name="contact.name/token")
    deals = table("main.deals", "shared", paths=["deals.person_id -> people.id"], note="message/null")
    outcome = erased(tmp_path, {"main": url}, people + deals, by(email="ada@example.org"))
    assert outcome.word == "done", outcome.reasons
    (ada, bob) = scene.rows(url, "people")
    assert ada[1].endswith("@erased.invalid")
    assert len(ada[1]) == 12 + len("@erased.invalid")
    assert bob[1] == "bob@example.org"


def test_mask_that_a_check_refuses_is_told_before(url: str, tmp_path: Path) -> None:
    """The check of the map refuses a mask that the database would refuse."""
    scene.run(url, TABLES)
    text = table("main.people", "subject", email="contact.email/token", name="contact.name/empty")
    with scene.project(tmp_path, {"main": url}, text) as project:
        found = [one.message for one in check(project.map, project.schemas) if "name" in one.message]
    assert any("a check of the database refuses it" in one for one in found), found


@pytest.mark.parametrize("inner", ["text", "citext"])
def test_domain_that_wants_an_address(postgres_url: str, inner: str) -> None:
    """The check of a domain of PostgreSQL, in any schema, counts as one of the column."""
    scene.run(
        postgres_url,
        "create schema iam; create extension if not exists citext",
        f"create domain iam.mail as {inner} check (value ~ '^[^@ ]+@[a-z.]+$')",
        "create table people (id integer primary key, email iam.mail not null unique)",
    )
    assert (column(postgres_url, "email").refuses, column(postgres_url, "email").tail) == (
        ("empty",), "@erased.invalid",
    )  # fmt: skip
