"""Time to read and classify a database of a hundred tables, on SQLite and on the servers named by URL.

    python bench/propose.py [postgresql://... mysql://...]

Each named database must be empty; its tables are made, measured and dropped. The reference is reading the same rows and
running the e-mail pattern alone over them: what a proposal can not be faster than.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, make_url, text

from troth.datamap.introspect import introspect
from troth.datamap.mapfile import write_map
from troth.datamap.propose import propose

TABLES, ROWS, RUNS = 100, 3_000, 3
DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
    "sqlite": "sqlite",
}
COLUMNS = (
    ("email", "varchar(200)"), ("full_name", "varchar(100)"), ("phone", "varchar(40)"), ("client_ip", "varchar(45)"),
    ("note", "text"), ("payload", "text"), ("amount", "integer"), ("status", "varchar(20)"), ("changed", "varchar(40)"),
)  # fmt: skip
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def names() -> list[str]:
    """A hundred table names: one of persons, the others hang on it or on each other."""
    nouns = (
        "servers",
        "volumes",
        "domains",
        "tickets",
        "invoices",
        "sessions",
        "snapshots",
        "logs",
        "orders",
        "messages",
    )
    return ["customers", *(f"{nouns[number % 10]}_{number:02}" for number in range(1, TABLES))]


def fill(connection: Connection, chance: random.Random) -> None:
    """Make and fill all tables."""
    for number, name in enumerate(names()):
        parent = (
            ""
            if not number
            else ", customer_id integer" + (" references customers(id)" if number % 2 else "")
        )
        columns = ", ".join(f"{column} {kind}" for column, kind in COLUMNS)
        connection.execute(text(f"create table {name} (id integer not null primary key{parent}, {columns})"))
        keys = ["id", *(["customer_id"] if number else []), *(column for column, _ in COLUMNS)]
        marks = ", ".join(f":{key}" for key in keys)
        statement = text(f"insert into {name} ({', '.join(keys)}) values ({marks})")
        connection.execute(statement, [row(at, chance) for at in range(1, ROWS + 1)])


def row(number: int, chance: random.Random) -> dict[str, object]:
    """One row of any table."""
    return {
        "id": number, "customer_id": chance.randint(1, ROWS),
        "email": f"p{number}@example.org", "full_name": f"Ada Number{number}", "phone": f"+49 30 {number:06}",
        "client_ip": f"192.0.2.{number % 250}", "note": "please call back " * chance.randint(1, 20),
        "payload": f'{{"email": "p{number}@example.org", "step": {number}}}',
        "amount": number, "status": "open", "changed": "2024-01-01",
    }  # fmt: skip


def engine_for(url: str) -> Engine:
    """An engine with the driver that Troth ships."""
    parsed = make_url(url)
    return create_engine(parsed.set(drivername=DRIVERS[parsed.get_backend_name()]))


def floor(engine: Engine) -> float:
    """Seconds to read 2,000 rows of every table and run one pattern over their texts."""
    start = time.perf_counter()
    found = 0
    with engine.connect() as connection:
        for name in names():
            for values in connection.execute(text(f"select * from {name} limit 2000")):
                found += sum(1 for value in values if isinstance(value, str) and EMAIL.search(value))
    assert found
    return time.perf_counter() - start


def measure(url: str) -> None:
    """Print the times of one database."""
    engine = engine_for(url)
    with engine.begin() as connection:
        fill(connection, random.Random(7))
    reads, proposals = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        schema = introspect(url, store="bench")
        reads.append(time.perf_counter() - start)
        start = time.perf_counter()
        found = propose({"bench": schema}).map
        proposals.append(time.perf_counter() - start)
        assert len(found.personal()) == TABLES, "every table of the benchmark is personal"
        assert all(one.paths for one in found.personal() if one.role != "subject")
        assert write_map(found)
    reading, proposing, base = statistics.median(reads), statistics.median(proposals), floor(engine)
    total = reading + proposing
    print(
        f"{engine.dialect.name:11} {TABLES} tables x {ROWS} rows: read {reading:.2f} s, classify {proposing:.2f} s, "
        f"together {total:.2f} s; reading and one pattern alone {base:.2f} s; ratio {total / base:.2f}"
    )
    with engine.begin() as connection:
        for name in reversed(names()):
            connection.execute(text(f"drop table {name}"))
    engine.dispose()


def main() -> None:
    """Measure SQLite and every URL on the command line."""
    with tempfile.TemporaryDirectory() as folder:
        measure(f"sqlite:///{Path(folder) / 'bench.db'}")
    for url in sys.argv[1:]:
        measure(url)


if __name__ == "__main__":
    main()
