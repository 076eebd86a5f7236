"""Access and erasure of persons beside hand-written set-based SQL, on the same data and server in the same run.

    python bench/requests.py                     SQLite and PostgreSQL, 20,000 customers, 400,000 usage rows
    python bench/requests.py --customers 200000 --usage 10000000 --rows 300000 --engines postgresql

Persons of 10, 1,000 and 10,000 rows (`--rows` adds another size), rows scattered in time order; then 1,000 erasures in one
batch, or a tenth of the customers where there are fewer than 10,000. Every figure is the median of five (21 up to 1,000 rows,
four of the largest), the best of them behind it; the hand-written SQL runs in turn with it, on other persons of the same
size, and every second time first. The search of every text is measured apart.
Ledger and journal stand in one SQLite file, as in a project.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, make_url, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import servers
from troth.app.project import PROJECTIONS
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import read_map
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.journal import Journal
from troth.enforcement.meaning import Wanted
from troth.enforcement.project import Project
from troth.enforcement.residue import residue
from troth.evidence import keyring
from troth.evidence.sqlite import SqliteLedger
from troth.model.outcome import Identity, Person
from troth.model.plan import Citation
from troth.plan.advice import advise
from troth.state.migrate import migrate
from troth.stores.open import open_store

DRIVERS = {"postgresql": "postgresql+psycopg", "sqlite": "sqlite"}
TIMES = 5
SHORT, SHORT_TIMES = 1_000, 21  # what takes milliseconds is measured more often
MANY_ROWS = 100_000
BATCH = 1_000
CITED = Citation("erase-on-request", ("s1",))
TABLES = """
create table customers (id integer not null primary key, email varchar(100) not null, name varchar(60), phone varchar(30));
create table invoices (id integer not null primary key, customer_id integer, name varchar(60), total integer);
create table servers (id integer not null primary key, customer_id integer not null, ip varchar(45));
create table usage_records (id integer not null primary key, server_id integer not null, bytes_in bigint,
  bytes_out bigint, measured_at integer);
create table arrivals (id integer not null, server_id integer not null, bytes_in bigint, bytes_out bigint,
  measured_at integer);
create table logins (id integer not null primary key, customer_id integer not null, ip varchar(45), agent varchar(80));
create table tickets (id integer not null primary key, customer_id integer not null, subject varchar(80));
create table messages (id integer not null primary key, ticket_id integer not null, body varchar(200))
"""
INDEXES = (
    ("customers", "email"), ("invoices", "customer_id"), ("servers", "customer_id"), ("usage_records", "server_id"),
    ("logins", "customer_id"), ("tickets", "customer_id"), ("messages", "ticket_id"),
)  # fmt: skip
MAP = """version = 1
[[table]]
store = "shop"
name = "customers"
role = "subject"
key = ["id"]
[table.columns]
email = { category = "contact.email" }
name = { category = "contact.name" }
phone = { category = "contact.phone" }
[[table]]
store = "shop"
name = "invoices"
role = "shared"
key = ["id"]
paths = ["invoices.customer_id => customers.id"]
[table.columns]
name = { category = "contact.name", mask = "null" }
[[table]]
store = "shop"
name = "servers"
role = "owned"
key = ["id"]
paths = ["servers.customer_id => customers.id"]
[table.columns]
ip = { category = "network" }
[[table]]
store = "shop"
name = "usage_records"
role = "owned"
key = ["id"]
paths = ["usage_records.server_id => servers.id ; servers.customer_id => customers.id"]
[table.columns]
bytes_in = { category = "usage" }
[[table]]
store = "shop"
name = "logins"
role = "owned"
key = ["id"]
paths = ["logins.customer_id => customers.id"]
[table.columns]
ip = { category = "network" }
[[table]]
store = "shop"
name = "tickets"
role = "owned"
key = ["id"]
paths = ["tickets.customer_id => customers.id"]
[table.columns]
subject = { category = "message" }
[[table]]
store = "shop"
name = "messages"
role = "owned"
key = ["id"]
paths = ["messages.ticket_id => tickets.id ; tickets.customer_id => customers.id"]
[table.columns]
body = { category = "message" }
"""
ERASE = (
    "delete from usage_records where server_id in (select id from servers where customer_id in ({ids}))",
    "delete from logins where customer_id in ({ids})",
    "delete from messages where ticket_id in (select id from tickets where customer_id in ({ids}))",
    "delete from tickets where customer_id in ({ids})",
    "update invoices set name = null, customer_id = null where customer_id in ({ids})",
    "delete from servers where customer_id in ({ids})",
    "delete from customers where id in ({ids})",
)
READ = (
    "select * from usage_records where server_id in (select id from servers where customer_id = {id})",
    "select * from logins where customer_id = {id}",
    "select * from messages where ticket_id in (select id from tickets where customer_id = {id})",
    "select * from tickets where customer_id = {id}",
    "select id, name from invoices where customer_id = {id}",
    "select * from servers where customer_id = {id}",
    "select * from customers where id = {id}",
)


def times(size: int) -> int:
    """How often a request of this size is measured; the largest make up much of the data."""
    if size <= SHORT:
        return SHORT_TIMES
    return TIMES if size < MANY_ROWS else 4


def fill(engine: Engine, customers: int, usage: int, sizes: Sequence[int]) -> dict[int, list[int]]:
    """Make the tables and give the customers of each size, some of every size; they are numbered from the end."""
    special: dict[int, list[int]] = {}
    last = customers
    for size in sizes:
        special[size] = [last - one for one in range(2 * times(size) + 2)]
        last = special[size][-1] - 1
    series = "with recursive n(i) as (select 1 union all select i + 1 from n where i < {}) "
    if engine.dialect.name == "postgresql":
        series = "with n(i) as (select generate_series(1, {})) "

    def rows(link: Connection, table: str, count: int, columns: str) -> None:
        link.execute(text(f"insert into {table} {series.format(count)} select {columns} from n"))

    with engine.begin() as link:
        for statement in TABLES.split(";"):
            link.execute(text(statement))
        rows(
            link,
            "customers",
            customers,
            "i, 'person' || i || '@example.org', 'Person ' || i, '+49 30 ' || (1000000 + i)",
        )
        rows(
            link,
            "invoices",
            customers * 3,
            f"i, i % {customers} + 1, 'Person ' || (i % {customers} + 1), i % 900",
        )
        rows(link, "servers", customers, "i, i, '192.0.2.' || (i % 250)")
        rows(link, "logins", customers * 4, f"i, i % {customers} + 1, '192.0.2.' || (i % 250), 'Mozilla/5.0'")
        rows(link, "tickets", customers, "i, i, 'please help'")
        rows(
            link,
            "messages",
            customers * 3,
            f"i, i % {customers} + 1, 'a message of some length that says what is wrong'",
        )
        weights = [(size, person) for size, people in special.items() for person in people]
        heavy = sum(size for size, _ in weights)
        ordinary = customers - len(weights)
        rows(link, "arrivals", max(usage - heavy, ordinary), f"i * 2, i % {ordinary} + 1, i, i, i")
        step = 1
        for size, person in weights:
            # Odd numbers, spread over the whole time, so that no two rows of a person are neighbours.
            gap = max(1, usage // max(size, 1)) * 2
            link.execute(
                text(
                    f"insert into arrivals {series.format(size)} "
                    f"select i * {gap * len(weights)} + {2 * step - 1}, {person}, i, i, i from n"
                )
            )
            step += 1
        # In the order of time, as a meter writes them: the rows of one person lie on different pages.
        link.execute(text("insert into usage_records select * from arrivals order by id"))
        link.execute(text("drop table arrivals"))
        for table, column in INDEXES:
            link.execute(text(f"create index {table}_{column} on {table} ({column})"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
        link.execute(text("vacuum analyze" if engine.dialect.name == "postgresql" else "analyze"))
    return special


@contextlib.contextmanager
def project(folder: Path, url: str) -> Iterator[Project]:
    """The project that is measured; ledger and journal in one file, as `troth init` has it."""
    ring = keyring.create("bench.example/troth")
    migrate(str(folder / "state.db"))
    schema = introspect(url, sample=1, store="shop")
    engine = create_engine(make_url(url).set(drivername=DRIVERS[make_url(url).get_backend_name()]))
    with engine.begin() as link:
        for advice in advise(read_map(MAP), {"shop": schema}):
            link.exec_driver_sql(advice.statement)
            print(f"offered before the run: {advice.statement}")
        # An index on an expression has no statistics until the table is read for them.
        link.exec_driver_sql("analyze")
    engine.dispose()
    with (
        SqliteLedger(folder / "state.db", signer=ring.signer, projections=PROJECTIONS) as ledger,
        Journal(folder / "state.db", ring) as journal,
    ):
        store = open_store(url, schema)
        yield Project(
            map=read_map(MAP),
            schemas={"shop": schema},
            stores={"shop": store},
            journal=journal,
            ledger=ledger,
            ring=ring,
        )
        store.close()


def seconds(work: Callable[[], object]) -> float:
    """How long work takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def person(number: int) -> Person:
    """The person of a customer number."""
    return Person((Identity("email", f"person{number}@example.org"),))


def hand_erase(engine: Engine, numbers: Sequence[int]) -> None:
    """Erase by hand: one statement a table, one transaction; many ids in a table of their own."""
    with engine.begin() as link:
        if len(numbers) == 1:
            found = link.execute(
                text("select id from customers where email = :mail"),
                {"mail": f"person{numbers[0]}@example.org"},
            ).scalar_one()
            ids = str(found)
        else:
            link.execute(text("create temp table wanted (id integer primary key)"))
            mails: object = [f"person{number}@example.org" for number in numbers]
            listed = "any(:mails)"
            if engine.dialect.name == "sqlite":
                mails, listed = json.dumps(mails), "(select value from json_each(:mails))"
            same = "=" if engine.dialect.name == "postgresql" else "in"
            link.execute(
                text(f"insert into wanted select id from customers where email {same} {listed}"),
                {"mails": mails},
            )
            if engine.dialect.name == "postgresql":
                link.execute(text("analyze wanted"))
            ids = "select id from wanted"
        for statement in ERASE:
            link.execute(text(statement.format(ids=ids)))
        if len(numbers) > 1:
            link.execute(text("drop table wanted"))


def hand_access(engine: Engine, number: int, target: Path) -> None:
    """Read by hand: one statement a table, rows as JSON into one file."""
    with engine.connect() as link, target.open("w", encoding="utf-8") as file:
        found = link.execute(
            text("select id from customers where email = :mail"), {"mail": f"person{number}@example.org"}
        ).scalar_one()
        for statement in READ:
            for row in link.execute(text(statement.format(id=found))).mappings():
                file.write(json.dumps(dict(row)) + "\n")


def line(name: str, ours: Sequence[float], hand: Sequence[float], rows: int) -> None:
    """Print one comparison."""
    mine, theirs = statistics.median(ours), statistics.median(hand)
    best = f"(best {min(ours) * 1000:.1f} / {min(hand) * 1000:.1f}, {min(ours) / min(hand):.2f}x)"
    print(
        f"{name:<34}{mine * 1000:>10.1f} ms{theirs * 1000:>10.1f} ms{mine / theirs:>7.2f}x{rows / mine:>12,.0f} rows/s  {best}",
        flush=True,
    )


def one_engine(name: str, url: str, folder: Path, options: argparse.Namespace) -> None:
    """All measurements on one engine."""
    parsed = make_url(url)
    engine = create_engine(parsed.set(drivername=DRIVERS[name]))
    if name == "sqlite":
        with engine.connect() as link:
            link.exec_driver_sql("pragma journal_mode=wal")
    sizes = [10, 1_000, 10_000, *([options.rows] if options.rows else [])]
    print(f"\n{name}: {options.customers:,} customers, {options.usage:,} usage rows")
    special = fill(engine, options.customers, options.usage, sizes)
    with project(folder, url) as opened:
        print(f"{'':<34}{'Troth':>13}{'by hand':>13}{'ratio':>8}")
        measure(engine, opened, folder, special)
        batch(engine, opened, options.customers - 200)
        leftovers(engine, opened)
    missing_index(engine, url)
    engine.dispose()


def measure(engine: Engine, opened: Project, folder: Path, special: dict[int, list[int]]) -> None:
    """Access and erasure of one person of each size."""
    reading, erasing = plan_access(opened, CITED), plan_erasure(opened, CITED)
    for size, people in special.items():
        pairs = list(zip(people[: times(size)], people[times(size) : 2 * times(size)], strict=True))
        ours, hand = in_turn(
            [
                (
                    partial(access, opened, person(mine), reading, folder / f"ours{mine}.zip"),
                    partial(hand_access, engine, theirs, folder / f"hand{theirs}"),
                )
                for mine, theirs in pairs
            ]
        )
        line(f"access, {size:,} usage rows", ours, hand, size)
    for size, people in special.items():
        # The first write after a checkpoint pays for whole pages, whoever makes it.
        erase(opened, [person(people[-1])], erasing, residual=False)
        hand_erase(engine, [people[-2]])
        pairs = list(zip(people[: times(size)], people[times(size) : 2 * times(size)], strict=True))
        ours, hand = in_turn(
            [
                (
                    partial(erase, opened, [person(mine)], erasing, residual=False),
                    partial(hand_erase, engine, [theirs]),
                )
                for mine, theirs in pairs
            ]
        )
        line(f"erasure, {size:,} usage rows", ours, hand, size)


def in_turn(
    pairs: Sequence[tuple[Callable[[], object], Callable[[], object]]],
) -> tuple[list[float], list[float]]:
    """Seconds of Troth and of SQL by hand, which take turns in going first, as the first one finds less in memory."""
    ours, hand = list[float](), list[float]()
    for number, (mine, theirs) in enumerate(pairs):
        if number % 2:
            hand.append(seconds(theirs))
        ours.append(seconds(mine))
        if not number % 2:
            hand.append(seconds(theirs))
    return ours, hand


def batch(engine: Engine, opened: Project, most: int) -> None:
    """Many erasures at once, of customers from everywhere, beside the same many by hand."""
    erasing = plan_erasure(opened, CITED)
    everybody = list(range(1, most))
    random.Random(7).shuffle(everybody)
    many = min(BATCH, len(everybody) // (2 * TIMES))  # nobody twice, however few customers there are
    parts = [everybody[start : start + many] for start in range(0, 2 * TIMES * many, many)]
    ours, hand = in_turn(
        [
            (
                partial(erase, opened, [person(number) for number in mine], erasing, residual=False),
                partial(hand_erase, engine, theirs),
            )
            for mine, theirs in zip(parts[::2], parts[1::2], strict=True)
        ]
    )
    line(f"{many:,} erasures in one batch", ours, hand, many)


def leftovers(engine: Engine, opened: Project) -> None:
    """The search of every text for the address and the number of one person, beside LIKE by hand; then for many."""
    columns = [("customers", "email"), ("customers", "name"), ("customers", "phone"), ("invoices", "name"), ("servers", "ip"),
               ("logins", "ip"), ("logins", "agent"), ("tickets", "subject"), ("messages", "body")]  # fmt: skip

    def wanted(count: int) -> Wanted:
        values = Wanted()
        for one in range(count):
            values.add(one, "email", f"person{9000 + one}@example.org")
            values.add(one, "phone", f"+49 30 {1_009_000 + one}")
        return values

    def by_hand() -> None:
        with engine.connect() as link:
            for table in sorted({table for table, _ in columns}):
                some = " or ".join(
                    f"lower({c}) like '%person9000@example.org%' or replace(replace({c}, ' ', ''), '-', '') like '%1009000%'"
                    for t, c in columns
                    if t == table
                )
                link.execute(text(f"select count(*) from {table} where {some}")).scalar_one()

    ours = [seconds(partial(residue, opened, wanted(1))) for _ in range(TIMES)]
    line("search of all texts, one person", ours, [seconds(by_hand) for _ in range(TIMES)], 1)
    print(
        f"search of all texts, {BATCH:,} people {seconds(partial(residue, opened, wanted(BATCH))):>20.1f} s"
    )


def missing_index(engine: Engine, url: str) -> None:
    """A path without an index is found before anything runs."""
    with engine.begin() as link:
        link.execute(text("drop index usage_records_server_id"))
    schema = introspect(url, sample=1, store="shop")
    found = [
        advice.statement for advice in advise(read_map(MAP), {"shop": schema}) if "usage" in advice.place
    ]
    print(f"missing index, found before the run: {'; '.join(found) or 'NOT FOUND'}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--usage", type=int, default=400_000)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--engines", nargs="*", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    for name in options.engines:
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as opened:
            place = Path(folder)
            if name == "sqlite":
                url = f"sqlite:///{place / 'shop.db'}"
            else:
                port = opened.enter_context(servers.postgres(durable=True))
                url = opened.enter_context(servers.postgres_database(port, "bench"))
            one_engine(name, url, place, options)
    print(f"\nmost memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
