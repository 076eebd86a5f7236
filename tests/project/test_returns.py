"""Somebody who comes back after an erasure is a new customer, whatever is still left of the old one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.project.shop import Shop, make_shop
from troth.app.project import open_project
from troth.duties.agenda import agenda, keep_round
from troth.settings import load

ERASE = ("request", "erase", "--verified", "session", "-s", "email=ada@example.org")
BACK = (
    "insert into customers values (7, 'ada@example.org', 'Ada Lovelace')",
    "insert into orders values (9, 7, 5, 'a new contract')",
)


def test_back_while_something_is_left(shop: Shop) -> None:
    """Rounds that try the rest of an erasure again plan nothing for the account that has the address by now, and leave it."""
    scene.run(
        shop.urls["shop"],
        "create table pages (id integer not null primary key, slug varchar(80))",
        "insert into pages values (1, 'see ada@example.org')",
    )
    assert shop.json(*ERASE, "--no-undo", "a test")["state"] == "partly"
    scene.run(shop.urls["shop"], *BACK)
    assert [one["steps"] for one in shop.json("plan")["items"] if one["request"]] == [[]]
    shop.troth("keep")
    assert [row[0] for row in shop.rows("customers")] == [2, 3, 7]
    assert [row[0] for row in shop.rows("orders")] == [2, 9]


def test_back_before_anything_was_erased(little: Shop) -> None:
    """An account that the application deletes and that is made anew meanwhile is not taken for the one that was asked about."""
    assert little.json(*ERASE)["state"] == "waiting"
    scene.run(
        little.urls["shop"],
        "delete from orders where customer_id = 1",
        "delete from customers where id = 1",
        *BACK,
    )
    refused = little.troth("request", "run", "1")
    assert (refused.code, "another account's now" in refused.err) == (2, True)
    assert [row[0] for row in little.rows("customers")] == [2, 3, 7]


@pytest.mark.parametrize("corrected", [False, True])
def test_number_given_to_somebody_else(little: Shop, *, corrected: bool) -> None:
    """A request that waits is not about the customer who has got the number since, but is where the account was corrected."""
    assert little.json(*ERASE)["state"] == "waiting"
    if corrected:
        new = ("--set", "email=ada@new.example", "--set", "name=Ada King", "--verified", "session")
        assert little.json("request", "rectify", "-s", "email=ada@example.org", *new)["state"] == "done"
    else:
        scene.run(
            little.urls["shop"],
            "delete from orders where customer_id = 1",
            "delete from customers where id = 1",
            "insert into customers values (1, 'dora@example.org', 'Dora New')",
        )
    with open_project(load(little.folder, {}), clock=lambda: datetime.now(UTC) + timedelta(days=5)) as opened:
        words = [one.word for one in keep_round(opened.desk, agenda(opened.desk)) if one.item.request == "1"]
    assert ["may be another's" in one for one in words] == [not corrected]
    assert [row[0] for row in little.rows("customers")] == ([2, 3] if corrected else [1, 2, 3])


COMPOSITE = (
    "drop table orders",
    "drop table customers",
    (
        "create table customers (brand varchar(9) not null, no integer not null, email varchar(90), name varchar(90),"
        " primary key (brand, no))"
    ),
    "insert into customers values ('a', 1, 'ada@example.org', 'Ada Lovelace'), ('a', 2, 'bob@example.org', 'Bob Hope')",
)


def test_killed_erasure_of_such_an_account(tmp_path: Path) -> None:
    """An erasure goes on after a kill although the account is gone and the notes that it was written are lost."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    little = make_shop(tmp_path, {"shop": url})
    scene.run(
        url,
        *COMPOSITE,
        "create table pages (id integer not null primary key, slug varchar(80))",
        "insert into pages values (1, 'see ada@example.org')",
    )
    assert little.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    assert little.json(*ERASE, "--no-undo", "a test")["state"] == "partly"
    scene.run(
        f"sqlite:///{little.folder / 'state.db'}",
        "update chunk set state = 'saved'",
        "update tally set done = 0",
    )
    scene.run(url, "delete from pages")
    assert [one["outcome"] for one in little.json("keep")["done"]] == ["done"]


@pytest.mark.parametrize("taken", [False, True])
def test_account_without_a_single_key(tmp_path: Path, *, taken: bool) -> None:
    """Where a key has several columns, a request that waits is about nobody else who has got the address, and is not lost."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    little = make_shop(tmp_path, {"shop": url})
    scene.run(url, *COMPOSITE)
    assert little.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    assert little.json(*ERASE)["state"] == "waiting"
    scene.run(url, "update customers set email = 'ada@new.example' where no = 1")
    if taken:
        scene.run(url, "insert into customers values ('b', 1, 'ada@example.org', 'Ada Other')")
    with open_project(load(little.folder, {}), clock=lambda: datetime.now(UTC) + timedelta(days=5)) as opened:
        words = [one.word for one in keep_round(opened.desk, agenda(opened.desk)) if one.item.request == "1"]
    assert [("another account's" if taken else "nobody's any more") in one for one in words] == [True]
    assert len(little.rows("customers")) == 2 + taken
