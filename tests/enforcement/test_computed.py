"""Columns that the database computes from others: nobody writes them, and they follow what they are computed from."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from tests.retention import shop
from troth.datamap.check import check
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import read_map
from troth.enforcement.access import Style, access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.rectify import Correction, rectify
from troth.enforcement.sweep import dry_run, sweep
from troth.model.errors import TrothError

ADA, BOB = by(email="ada@example.org"), by(email="bob@example.org")
MAP = """
[[table]]
store = "main"
name = "customers"
role = "subject"
key = ["id"]
events = { account-closed = "closed_at" }
[table.columns]
email = { category = "contact.email", terms = ["email-address"], mask = "token" }
mail_key = { category = "contact.email", form = "copy", terms = ["email-address"], mask = "keep" }
first = { category = "contact.name", terms = ["name"], mask = "empty" }
last = { category = "contact.name", terms = ["name"], mask = "empty" }
whole = { category = "contact.name", terms = ["name"], mask = "null" }
"""
LEDGERS = table("main.ledgers", "none")


def made(url: str) -> None:
    """Two closed accounts whose rows have to stay, because entries of the books point to them."""
    kind = url.partition(":")[0]
    whole = "concat(first, ' ', last)" if kind.startswith("mysql") else "first || ' ' || last"
    moment = "timestamp" if kind == "postgresql" else "datetime"
    scene.run(
        url,
        "create table customers (id integer not null primary key, email varchar(60) not null, "
        "first varchar(30) not null, last varchar(30) not null, "
        f"whole varchar(70) generated always as ({whole}) stored, "
        f"mail_key varchar(60) generated always as (lower(email)) stored, closed_at {moment}, unique (mail_key))",
        "create table ledgers (id integer not null primary key, customer_id integer not null, "
        "foreign key (customer_id) references customers (id))",
        "insert into customers (id, email, first, last, closed_at) values "
        "(1, 'Ada@example.org', 'Ada', 'Lovelace', '2020-01-01 00:00:00'), "
        "(2, 'bob@example.org', 'Bob', 'Hope', '2020-01-01 00:00:00')",
        "insert into ledgers values (1, 1), (2, 2)",
    )


def people(url: str) -> list[tuple[object, ...]]:
    """What stands in the rows of the persons."""
    return [(row[1], row[2], row[3], row[4], row[5]) for row in scene.rows(url, "customers")]


def test_corrected_with_its_source(url: str, tmp_path: Path) -> None:
    """A correction of a computed column is refused with the columns to correct instead, and these carry it along."""
    made(url)
    with scene.project(tmp_path, {"main": url}, MAP + LEDGERS) as project:
        with pytest.raises(TrothError, match=r"computes `customers\.whole` from first, last"):
            rectify(project, ADA, [Correction("customers.whole", "Ada King")], CITED)
        assert project.journal.jobs() == []
        done = rectify(project, ADA, [Correction("customers.last", "King")], CITED)
        assert (done.outcome.word, list(done.outcome.counts)) == ("done", ["main.customers.last"])
        moved = rectify(project, ADA, [Correction("email", "Ada.King@example.org")], CITED)
        assert (moved.outcome.word, list(moved.outcome.counts)) == ("done", ["main.customers.email"])
    assert people(url)[0] == ("Ada.King@example.org", "Ada", "King", "Ada King", "ada.king@example.org")
    assert people(url)[1] == ("bob@example.org", "Bob", "Hope", "Bob Hope", "bob@example.org")


def test_erased_with_its_source(url: str, tmp_path: Path) -> None:
    """Where the rows of two people stay, computed columns lose their value as well, unique ones among them."""
    made(url)
    with scene.project(tmp_path, {"main": url}, MAP + LEDGERS) as project:
        outcomes = erase(project, [ADA, BOB], plan_erasure(project, CITED))
    assert [one.word for one in outcomes] == ["done", "done"]
    for email, *names, whole, mail_key in people(url):
        assert (names, str(whole).strip()) == (["", ""], "")
        assert "@" not in f"{email}{mail_key}"
        assert email.lower() == mail_key  # type: ignore[attr-defined]


def test_swept_once(url: str, tmp_path: Path) -> None:
    """A sweep that masked what a column is computed from has nothing more to do there, and leaves no gap."""
    made(url)
    rules = "  must erase name, email-address ~24 months after account-closed\n"
    with scene.project(tmp_path, {"main": url}, MAP + LEDGERS) as project:
        plan = shop.plan(project, rules)
        assert [gap.reason for gap in plan.gaps if "mask" in gap.reason] == []
        assert sum(one.counts.get("altered", 0) for one in sweep(project, plan)) == 2
        assert [one.due for one in dry_run(project, shop.plan(project, rules)) if one.sweep.alters] == [0]
    assert all(str(row[3]).strip() == "" for row in people(url))


def test_card_says_it_once(url: str, tmp_path: Path) -> None:
    """The contact card of a copy does not repeat a name and an address that the database computes from others."""
    made(url)
    with scene.project(tmp_path, {"main": url}, MAP + LEDGERS) as project:
        access(project, ADA, plan_access(project, CITED), tmp_path / "out.zip", Style())
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        card = archive.read("data/contact/customers.vcf").decode()
    assert "FN:Ada Lovelace\r\n" in card
    assert card.count("EMAIL") == 1


def test_check_looks_at_the_source(url: str) -> None:
    """A mask of a computed column, and one computed from columns that the map calls harmless, are found by the check."""
    made(url)
    schemas = {"main": introspect(url, sample=0, store="main")}
    bare = "\n".join(line for line in MAP.splitlines() if not line.startswith(("first", "last")))
    told = [one.message for one in check(read_map("version = 1\n" + bare), schemas) if one.rule == "mask"]
    assert any("whole can not hold the mask null: the database computes it" in one for one in told)
    kept = bare.replace('mask = "null"', 'mask = "keep"')
    told = [one.message for one in check(read_map("version = 1\n" + kept), schemas) if one.rule == "mask"]
    assert any("whole is computed by the database from first, last" in one for one in told)
