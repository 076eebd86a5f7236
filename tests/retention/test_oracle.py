"""Sweeps of generated rows under generated rules, on every engine, against reading row by row."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import column, insert, table

from tests.enforcement import scene
from tests.retention import oracle, shop
from tests.retention.oracle import Amount, past
from tests.retention.shop import NOW
from troth.enforcement.sweep import Swept, dry_run, sweep

SEEDS = range(6)
UNITS = ("days", "weeks", "months", "years")
KINDS = {
    "timed": ("time", "id integer not null primary key, at TIME_TYPE null"),
    "dated": ("time", "id varchar(20) not null primary key, at date null"),
    "counted": ("number", "a integer not null, id varchar(9) not null, at bigint null, primary key (a, id)"),
    "written": ("time", "id integer not null primary key, at varchar(40) null"),
}
"""Tables by how a row is named and how its clock is written: the kind of the clock, and the columns."""


def amount(chance: random.Random) -> Amount:
    """A period of up to three years or so."""
    unit = chance.choice(UNITS)
    return chance.randint(0, {"days": 900, "weeks": 120, "months": 36, "years": 3}[unit]), unit


def moment(chance: random.Random) -> datetime:
    """A moment of the last four years or the next months, sometimes at a border of a day."""
    found = NOW - timedelta(days=chance.randint(-60, 1460), seconds=chance.randint(0, 86399))
    return found.replace(hour=0, minute=0, second=0) if chance.random() < 0.3 else found


def fill(url: str, name: str, rows: list[dict[str, Any]]) -> None:
    """Put rows into a table in place of those that were there."""
    engine = scene.database(url)
    target: Any = table(name, *(column(one) for one in rows[0])) if rows else None
    with engine.begin() as link:
        link.exec_driver_sql(f"delete from {name}")
        if rows:
            link.execute(insert(target), rows)
    engine.dispose()


def cell(chance: random.Random, name: str, *, sqlite: bool) -> Any:
    """A moment as the clock of a table is written, or nothing, or nonsense where the type lets it."""
    if chance.random() < 0.1:
        return None
    found = moment(chance).replace(tzinfo=None)
    match name:
        case "timed":
            return found.isoformat(" ") if sqlite else found
        case "dated":
            return found.date().isoformat() if sqlite else found.date()
        case "counted":
            seconds = int(found.replace(tzinfo=UTC).timestamp())
            return chance.choice([seconds, seconds * 1000, 0, 12_345, seconds])
        case _:
            written = [
                found.isoformat(),
                found.isoformat(" "),
                found.isoformat() + "Z",
                found.date().isoformat(),
            ]
            return chance.choice([*written, "soon", "", "2019", *written])


def mapped(name: str, key: str) -> str:
    """The lines of the map for one of the tables."""
    return f"""
[[table]]
store = "main"
name = "{name}"
role = "owned"
key = {key}
paths = ["{name}.owner => people.id"]
events = {{ order-completed = "at" }}
facts = {{ dispute-status = "state: open = open; closed = closed; null = none" }}
[table.columns]
note = {{ category = "order", terms = ["order-information"] }}
"""


MAP = """
[[table]]
store = "main"
name = "people"
role = "subject"
key = ["id"]
[table.columns]
email = { category = "contact.email", terms = ["email-address"], mask = "token" }
""" + "".join(mapped(name, '["a", "id"]' if name == "counted" else '["id"]') for name in KINDS)


@pytest.fixture
def kinds(url: str) -> str:
    """A database with a table of each kind."""
    timed = "timestamp" if url.startswith("postgresql") else "datetime"
    statements = ["create table people (id integer not null primary key, email varchar(60))"]
    for name, (_, columns) in KINDS.items():
        own, _, keys = columns.partition(", primary key")
        more = f", primary key{keys}" if keys else ""
        statements.append(
            f"create table {name} ({own.replace('TIME_TYPE', timed)}, owner integer, state varchar(9), "
            f"note varchar(20){more})"
        )
    statements += ["create index timed_at on timed (at)", "create index counted_at on counted (at)"]
    scene.run(url, *statements)
    return url


def test_any_key_and_any_clock(kinds: str, tmp_path: Path) -> None:
    """Rows go if and only if their period is over and no dispute is open, however keys and clocks are written."""
    schemas = scene.described({"main": kinds})
    for seed in SEEDS:
        chance = random.Random(seed)
        most, least = amount(chance), amount(chance) if seed % 2 else (0, "days")
        rules = f"  must erase order-information ~{most[0]} {most[1]} after order-completed\n"
        rules += "    hold dispute: dispute-status is open\n"
        if least[0]:
            rules += (
                f"  must retain order-information at-least ~{least[0]} {least[1]} after order-completed\n"
            )
        rows = {name: generated(chance, name, sqlite=kinds.startswith("sqlite")) for name in KINDS}
        for name in KINDS:
            fill(kinds, name, rows[name])
        folder = tmp_path / str(seed)
        folder.mkdir()
        with scene.project(folder, {"main": kinds}, MAP, schemas=schemas) as project:
            plan = shop.plan(project, rules)
            told = {one.sweep.table: one for one in dry_run(project, plan)}
            done = {one.tally.sweep.table: one for one in sweep(project, plan)}
        for name in KINDS:
            expect(kinds, name, rows[name], (most, least), (told[name].free, done[name]))


def generated(chance: random.Random, name: str, *, sqlite: bool) -> list[dict[str, Any]]:
    """Rows of one of the tables."""
    found = []
    for number in range(chance.randint(0, 60)):
        row: dict[str, Any] = {"a": number % 7} if name == "counted" else {}
        row["id"] = number if name in {"timed", "written"} else f"k{number}"
        row |= {"at": cell(chance, name, sqlite=sqlite), "owner": 1, "note": "x"}
        row["state"] = chance.choice(["open", "OPEN", "closed", None, "strange", "closed", "closed"])
        found.append(row)
    return found


def expect(
    url: str, name: str, rows: list[dict[str, Any]], periods: tuple[Amount, Amount], told: tuple[int, Swept]
) -> None:
    """Compare what is left of a table with what should be."""
    (most, least), kind = periods, KINDS[name][0]
    stays = set()
    for row in rows:
        due = past(row["at"], kind, most, NOW)
        free = str(row["state"]).lower() in {"closed", "none"} and (
            not least[0] or past(row["at"], kind, least, NOW)
        )
        if not (due and free):
            stays.add((row.get("a"), row["id"]))
    engine = scene.database(url)
    with engine.connect() as link:
        left = {
            (one.get("a"), one["id"])
            for one in link.exec_driver_sql(f"select * from {name}").mappings().all()
        }
    engine.dispose()
    assert left == stays
    assert told[0] == told[1].counts.get("deleted", 0) == len(rows) - len(stays)
    assert told[1].kept


def test_shop(url: str, tmp_path: Path) -> None:
    """Whole rows, masked columns, rows that wait for others and anonymous rows are those of a slow reading."""
    scene.run(url, shop.tables(url))
    schemas = scene.described({"main": url})
    for seed in SEEDS:
        chance = random.Random(100 + seed)
        rows = goods(chance)
        for name in ("orders", "disputes", "samples", "tickets", "customers"):
            fill_empty(url, name)
        for name in ("customers", "orders", "disputes", "samples", "tickets"):
            fill(url, name, [dict(one) for one in rows[name]])
        folder = tmp_path / str(seed)
        folder.mkdir()
        with scene.project(folder, {"main": url}, shop.MAP, schemas=schemas) as project:
            swept = sweep(project, shop.plan(project))
            again = dry_run(project, shop.plan(project))
        assert all(one.kept for one in swept)
        assert [one.free for one in again if one.sweep.action == "delete"] == [0, 0, 0]
        compare(url, expected(rows))


def fill_empty(url: str, name: str) -> None:
    """Empty a table."""
    fill(url, name, [])


def goods(chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    """Customers with what hangs on them."""

    def at(share: float) -> datetime | None:
        return moment(chance).replace(tzinfo=None, microsecond=0) if chance.random() < share else None

    people = range(1, 9)
    customers = [
        {"id": n, "email": f"p{n}@example.org", "name": "N", "pass_word": "x", "closed_at": at(0.6)}
        for n in people
    ]
    orders = [
        {"id": n, "customer_id": chance.choice(people), "total": n, "item": "i", "completed_at": at(0.8)}
        for n in range(1, chance.randint(2, 30))
    ]
    disputes = [
        {"id": n, "order_id": chance.choice(orders)["id"], "state": chance.choice(["open", "closed"])}
        for n in range(chance.randint(0, 6))
    ]
    samples = [
        {
            "id": n, "customer_id": chance.choice(people), "bytes": n, "plan": "p", "ts": at(0.9),
            "ip": chance.choice(["10.1.2.3", "10.1.2.77", "10.8.0.1", "2001:db8:1:2::5", "2001:db8:1:9::1", None]),
        }
        for n in range(1, 80)
    ]  # fmt: skip
    tickets = [
        {"customer_id": n % 8 + 1, "number": n, "subject": "s", "resolved_at": at(0.7)} for n in range(20)
    ]
    return {
        "customers": customers,
        "orders": orders,
        "disputes": disputes,
        "samples": samples,
        "tickets": tickets,
    }


def expected(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """What the rules of the shop leave, row by row."""

    def is_past(cell: Any, number: int) -> bool:
        return past(cell, "time", (number, "months"), NOW)

    found: dict[str, list[dict[str, Any]]] = {"disputes": rows["disputes"], "orders": [], "samples": []}
    for one in rows["orders"]:
        states = [each["state"] for each in rows["disputes"] if each["order_id"] == one["id"]]
        if not is_past(one["completed_at"], 36) or "open" in states:
            found["orders"].append(one)
        elif states:  # a row points to it, so it stays without what is personal
            found["orders"].append(one | {"total": None, "item": None})
    old = [one for one in rows["samples"] if is_past(one["ts"], 13)]
    coarse: list[Mapping[str, Any]] = [
        one | {
            "customer_id": None, "ip": oracle.coarse_network(one["ip"]), "ts": oracle.coarse_month(one["ts"]),
        }
        for one in old
    ]  # fmt: skip
    rare = [one["id"] for one in oracle.alike(coarse, ("ip", "ts"), 3)]
    found["samples"] = [one for one in rows["samples"] if one not in old]
    found["samples"] += [dict(one) for one in coarse if one["id"] not in rare]
    found["tickets"] = [one for one in rows["tickets"] if not is_past(one["resolved_at"], 12)]
    found["customers"] = []
    for one in rows["customers"]:
        pointing = [*found["orders"], *found["samples"], *found["tickets"]]
        used = any(each["customer_id"] == one["id"] for each in pointing)
        if is_past(one["closed_at"], 24) and not used:
            continue
        closed = one["closed_at"] is not None and one["closed_at"].replace(tzinfo=UTC) < NOW
        kept = one | ({"pass_word": None} if closed else {})
        found["customers"].append(
            kept | ({"email": "~", "name": None} if is_past(one["closed_at"], 24) else {})
        )
    return found


def compare(url: str, wanted: Mapping[str, list[dict[str, Any]]]) -> None:
    """Compare all tables with what should be in them."""
    engine = scene.database(url)
    with engine.connect() as link:
        for name, rows in wanted.items():
            found = [dict(one) for one in link.exec_driver_sql(f"select * from {name}").mappings().all()]
            assert sorted(map(plain, found)) == sorted(map(plain, rows)), name
    engine.dispose()


def plain(row: Mapping[str, Any]) -> list[str]:
    """A row as text, with moments in one form and random texts without their letters."""
    told: dict[str, Callable[[Any], str]] = {
        "closed_at": when, "completed_at": when, "ts": when, "resolved_at": when,
        "email": lambda value: "~" if str(value).startswith("~") else str(value),
    }  # fmt: skip
    return [f"{name}={told.get(name, str)(row[name])}" for name in sorted(row)]


def when(value: Any) -> str:
    """A moment in one form, a day as its beginning."""
    found = oracle.moment(value, "time")
    return "" if found is None else found.isoformat()
