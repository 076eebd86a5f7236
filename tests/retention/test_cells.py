"""Cells as applications write them, read by a sweep on every engine as a request reads them one by one."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import column, insert, table

from tests.enforcement import scene
from tests.retention import shop
from tests.retention.oracle import past
from tests.retention.shop import NOW
from troth.enforcement.sweep import dry_run, sweep
from troth.enforcement.sweepdoubt import doubts
from troth.model.instant import is_clock, moment_of
from troth.model.mark import meant, parse_fact
from troth.model.policy import choices_of
from troth.model.term import Term
from troth.model.vocabulary import load
from troth.plan.rowtest import stamp

TEXTS = (
    "2031-01-01", "2031-01-01 12:00", "2031-01-01T12:00:00.5", "2031-01-01T12:00:00+08:00", "2031-01-01T12:00:00-0330",
    "2031-01-01 12:00:00+08", "2031-01-01T12:00:00Z", "1924992000", "1924992000000", " 2031-01-01 ", "9999-12-31",
    "2020-01-01", "2020-01-01T12:00:00+08:00", "1577836800", "1577836800000", "2026-11-22T10:30:00+02:00",
    "2026-11-22T10:30:00+00:30", "2026-11-22 09:30:00", "2026-11-22 09:30:01", "2024-02-29", "0001-01-01",
    "2023-02-29", "1900-02-29", "2031-13-45", "01.01.2031", "31/12/2010", "Jan 1 2031", "2031", "soon", "", "  ", None,
    "2031-01-01T25:00:00", "2031-01-01T12:00:00+99:00", "123456789", "12345678901", "Never", "void", "0000-00-00 00:00:00",
)  # fmt: skip
NUMBERS = (
    1924992000,
    1924992000000,
    1577836800,
    1577836800000,
    0,
    7,
    12_345,
    -1,
    None,
    253_402_300_800_000,
    99_999_999,
)
TABLES = """
create table people (id integer not null primary key, email varchar(60));
create table bills (id integer not null primary key, owner integer, item varchar(20), text_until varchar(40) null,
  number_until bigint null, time_until TIME_TYPE null, state varchar(20) null, issued TIME_TYPE null)
"""
MAP = """
[[table]]
store = "main"
name = "people"
role = "subject"
key = ["id"]
[table.columns]
email = { category = "contact.email", terms = ["email-address"], mask = "token" }
[[table]]
store = "main"
name = "bills"
role = "owned"
key = ["id"]
paths = ["bills.owner => people.id"]
events = { order-completed = "CLOCK" }
facts = { FACTS }
[table.columns]
item = { category = "order", terms = ["order-information"], mask = "null" }
"""
MINIMUM = """\
  must erase order-information ~1 months after order-completed
    hold legal-retention: legal-minimum is running
"""
ORDERS = """\
  must erase order-information ~1 months after order-completed
    hold open-order: order-status in [open, unpaid]
"""


def mapped(facts: str = "", clock: str = "issued") -> str:
    """The map with what a bill shows, and the column of its clock."""
    return MAP.replace("FACTS", facts).replace("CLOCK", clock)


def filled(url: str, cells: tuple[Any, ...], name: str, issued: str | None = "2020-01-01 00:00:00") -> None:
    """The tables, with a bill for each cell of one column."""
    scene.run(url, TABLES.replace("TIME_TYPE", "timestamp" if url.startswith("postgresql") else "datetime"))
    target: Any = table("bills", *(column(one) for one in ("id", "owner", "item", "issued", name)))
    engine = scene.database(url)
    rows = [
        {"id": number, "owner": 1, "item": "i"}
        | ({"issued": issued} if name != "issued" else {})
        | {name: cell}
        for number, cell in enumerate(cells)
    ]
    with engine.begin() as link:
        link.execute(insert(target), rows)
    engine.dispose()


def left(url: str) -> set[int]:
    """The bills that are there."""
    return {row[0] for row in scene.rows(url, "bills")}


@pytest.mark.parametrize(("name", "cells"), [("text_until", TEXTS), ("number_until", NUMBERS)])
@pytest.mark.parametrize(
    "words",
    ["future = running; * = expired", "past = expired; never, 7 = running", "future = running; null = none"],
)
def test_times_of_facts(url: str, tmp_path: Path, name: str, cells: tuple[Any, ...], words: str) -> None:
    """A row goes only where a request would read that its minimum is over, whatever type and form the time has."""
    filled(url, cells, name)
    fact = parse_fact(f"{name}: {words}")
    term = load().get("fact", "legal-minimum")
    read = [meant(fact.read(cell, NOW), term) for cell in cells]
    stays = {number for number, value in enumerate(read) if value not in {"expired", "none"}}
    with scene.project(tmp_path, {"main": url}, mapped(f'legal-minimum = "{name}: {words}"')) as project:
        sweep(project, shop.plan(project, MINIMUM))
    assert left(url) == stays
    assert {"running", None} <= set(read) or name == "number_until"


def test_minimum_of_texts(url: str, tmp_path: Path) -> None:
    """Bills to be kept until a day written as a text, or as a number, stay; those of the past go; what is no day stays."""
    cells = ("2031-01-01", "1924992000", "2020-01-01", "01.01.2031", None)
    filled(url, cells, "text_until")
    facts = 'legal-minimum = "text_until: future = running; * = expired"'
    with scene.project(tmp_path, {"main": url}, mapped(facts)) as project:
        sweep(project, shop.plan(project, MINIMUM))
    assert left(url) == {0, 1, 3}


def test_zero_dates_of_facts(mariadb_url: str, tmp_path: Path) -> None:
    """A zero date shows what an empty cell shows, in a sweep as in a request: with no word for it nothing, so its row stays."""
    filled(
        mariadb_url, ("0000-00-00 00:00:00", None, "2031-01-01 00:00:00", "2020-01-01 00:00:00"), "time_until"
    )
    for words, stay in (
        ("future = running; past = expired", {0, 1, 2}),
        ("future = running; null = none", {2, 3}),
    ):
        told = f"time_until: {words}"
        with scene.project(tmp_path, {"main": mariadb_url}, mapped(f'legal-minimum = "{told}"')) as project:
            counts = [one.free for one in dry_run(project, shop.plan(project, MINIMUM))]
        assert counts == [4 - len(stay)]
        zero = parse_fact(told).read("0000-00-00 00:00:00", NOW)
        assert zero == parse_fact(told).read(None, NOW)


def test_words_of_others(url: str, tmp_path: Path) -> None:
    """Case and blanks do not count, and words that the fact does not know keep a row, as in a request."""
    cells = ("Open", "UNPAID", " open", "completed", "Completed ", "on hold", "", "offen", None)
    filled(url, cells, "state")
    term = load().get("fact", "order-status")
    fact = parse_fact("state")
    read = [meant(fact.read(cell, NOW), term) for cell in cells]
    assert read == ["open", "unpaid", "open", "completed", "completed", None, None, None, None]
    with scene.project(tmp_path, {"main": url}, mapped('order-status = "state"')) as project:
        sweep(project, shop.plan(project, ORDERS))
    assert left(url) == {number for number, one in enumerate(read) if one != "completed"}


def test_others_of_a_translation(url: str, tmp_path: Path) -> None:
    """Where the map says what all other words mean, a word that it does not name means that."""
    filled(url, ("Offen", "fertig", "", None), "state")
    with scene.project(
        tmp_path, {"main": url}, mapped('order-status = "state: offen = open; * = completed"')
    ) as project:
        sweep(project, shop.plan(project, ORDERS))
    assert left(url) == {0}


@pytest.mark.parametrize(("name", "cells"), [("text_until", TEXTS), ("number_until", NUMBERS)])
def test_clocks(url: str, tmp_path: Path, name: str, cells: tuple[Any, ...]) -> None:
    """A text or a number starts a clock where it means a moment, with its zone, and nowhere else."""
    filled(url, cells, name)
    rules = "  must erase order-information ~1 months after order-completed\n"
    with scene.project(tmp_path, {"main": url}, mapped(clock=name)) as project:
        (told,) = [one for one in dry_run(project, shop.plan(project, rules)) if one.sweep.action == "delete"]
        sweep(project, shop.plan(project, rules))
    moments = {number: at for number, cell in enumerate(cells) if (at := moment_of(cell)) and at.year < 9999}
    gone = {n for n, at in moments.items() if past(at.astimezone(UTC), "time", (1, "months"), NOW)}
    assert left(url) == set(range(len(cells))) - gone
    assert (told.free, len(gone)) == (len(gone), 5 if name == "text_until" else 2)


def test_flags_and_unknown_facts() -> None:
    """A flag is yes or no however a column says it; a fact that the vocabulary does not know is taken as it is."""
    flag = Term("approved", "fact", "x:y", (), "", "", "", kind="flag")
    assert [meant(one, flag) for one in ("yes", 1, "F", 0, "maybe", 7)] == [
        True,
        True,
        False,
        False,
        None,
        None,
    ]
    assert meant("anything", None) == "anything"
    assert choices_of(load())["legal-minimum"] == ("running", "expired", "none")


def test_stamp_is_read_back() -> None:
    """What a plan writes as a moment is read as the same moment."""
    assert moment_of(stamp(NOW)) == NOW


@pytest.mark.parametrize(("name", "cells"), [("text_until", TEXTS), ("number_until", NUMBERS)])
def test_unread_clocks_are_told(url: str, tmp_path: Path, name: str, cells: tuple[Any, ...]) -> None:
    """Rows whose clock can not be read are counted by place and told by the sweep, and are not called kept."""
    filled(url, cells, name)
    bad = sum(not is_clock(cell) for cell in cells)
    rules = "  must erase order-information ~1 months after order-completed\n"
    with scene.project(tmp_path, {"main": url}, mapped(clock=name)) as project:
        plan = shop.plan(project, rules)
        (found,) = doubts(project, plan, {})
        sweep(project, plan)
        told = [(one.object, one.counts) for one in project.ledger.read() if one.outcome == "not shown"]
    assert (found.place, found.rows) == (f"main.bills.{name}", bad)
    assert (f"main.bills.{name}", {"unread": bad}) in told


def test_unread_words_are_told(url: str, tmp_path: Path) -> None:
    """Rows that a word keeps which the fact does not know are counted and told; those of other words are not."""
    filled(url, ("Open", "completed", "on hold", "offen", None), "state")
    with scene.project(tmp_path, {"main": url}, mapped('order-status = "state"')) as project:
        plan = shop.plan(project, ORDERS)
        (found,) = doubts(project, plan, {})
    assert (found.place, found.rows, "open-order" in found.why) == ("main.bills", 3, True)


def test_what_the_house_says(url: str, tmp_path: Path) -> None:
    """A fact that the house says of every case counts where no cell says otherwise, and never against one that does."""
    filled(url, ("open", "offen", "", None), "state")
    house = {"order-status": "completed"}
    with scene.project(tmp_path, {"main": url}, mapped('order-status = "state"')) as project:
        sweep(project, shop.plan(project, ORDERS, given=house))
    assert left(url) == {0, 1}
    scene.run(url, "update bills set state = 'open'")
    with scene.project(tmp_path, {"main": url}, mapped()) as project:
        sweep(project, shop.plan(project, ORDERS, given=house))
    assert left(url) == set()
