"""Retention beside the best plain SQL, on the same data and server in the same run, with a writer that waits.

    python bench/retention.py                        SQLite, PostgreSQL and MariaDB, 400,000 rows, 100,000 past
    python bench/retention.py --rows 3000000 --past 250000 --engines postgresql

Three jobs: rows that go by key ranges, rows that are made anonymous, a period that is dropped whole. "By hand" is
the fastest statement loop that we know for the job, without plan, holds, counts or evidence; on a server a second line
has the loop in ranges of 1,000 rows, which keeps a writer waiting as little as a sweep may. Meanwhile a writer touches
rows that are past, one after another, and notes its longest wait. Figures are medians of `--times` runs, each on fresh
data and all ways in turn; the best times stand behind them.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import servers
from tests.enforcement import scene
from tests.retention import shop
from troth.enforcement.sweep import sweep

NOW = shop.NOW
CUT = datetime(2025, 11, 22, tzinfo=UTC)
CHUNK = 10_000
"""Rows of a range by hand on a server, for speed."""
GENTLE = 1_000
"""Rows of a range by hand on a server that lets no writer wait for long, as a sweep has to."""
CHUNK_FILE = 2_000
"""Rows of a range by hand in a file, where a writer waits for the whole transaction."""
ERASE = "  must erase usage-log ~12 months after collection\n"
ANONYMISE = """\
  may store usage-log until ~12 months after collection
  when storage-period-end
    must anonymise usage-log with drop-identifiers within ~24 hours
"""
MAP = """
[[table]]
store = "main"
name = "people"
role = "subject"
key = ["id"]
[table.columns]
email = { category = "contact.email", terms = ["email-address"], mask = "token" }
"""
LOGINS = """
[[table]]
store = "main"
name = "NAME"
role = "owned"
key = [KEY]
paths = ["NAME.person => people.id"]
events = { collection = "ts" }
[table.columns]
ip = { category = "network", terms = ["usage-log"] }
agent = { category = "device", terms = ["usage-log"] }
"""
Hand = Callable[[Any], int]
Figures = tuple[float, float, float, int]
"""Seconds, longest and 99th-percentile wait of the writer in milliseconds, rows."""


class Writer(threading.Thread):
    """Touches rows that are past, one after another, until it is stopped; notes how long each write took."""

    def __init__(self, engine: Engine, name: str, past: int) -> None:
        super().__init__()
        self.engine, self.name_, self.past = engine, name, past
        self.done, self.waits = threading.Event(), list[float]()

    def run(self) -> None:
        """Write."""
        chance = random.Random(1)
        link = self.engine.connect()
        raw: Any = link.connection.dbapi_connection
        while not self.done.is_set():
            key = chance.randrange(self.past)
            began = time.perf_counter()
            with contextlib.suppress(Exception):  # a partition that is dropped meanwhile
                cursor = raw.cursor()
                cursor.execute(f"update {self.name_} set bytes = bytes + 1 where id = {key}")
                raw.commit()
                self.waits.append(time.perf_counter() - began)
            time.sleep(0.002)
        link.close()


def moments(rows: int, past: int) -> list[str]:
    """Moments in time order, so many of them before the cut-off."""
    old, new = timedelta(days=300) / max(past, 1), timedelta(days=300) / max(rows - past, 1)
    found = [CUT - timedelta(days=301) + old * n for n in range(past)]
    found += [CUT + timedelta(days=1) + new * n for n in range(rows - past)]
    return [one.strftime("%Y-%m-%d %H:%M:%S") for one in found]


def build(url: str, rows: int, past: int, *, parts: bool) -> None:
    """A table of log-ins, by periods where a period is to be dropped."""
    kind = url.partition(":")[0].partition("+")[0]
    stamp = "timestamp" if kind == "postgresql" else "datetime"
    key = "primary key (id, ts)" if parts and kind != "sqlite" else "primary key (id)"
    columns = f"id integer not null, person integer, ip varchar(45), agent varchar(80), bytes integer, ts {stamp} not null, {key}"
    names = ["logins"]
    if parts and kind == "postgresql":
        scene.run(url, f"create table logins ({columns}) partition by range (ts)",
                  f"create table logins_old partition of logins for values from (minvalue) to ('{CUT:%Y-%m-%d}')",
                  f"create table logins_new partition of logins for values from ('{CUT:%Y-%m-%d}') to (maxvalue)")  # fmt: skip
    elif parts and kind == "mysql":
        scene.run(url, f"create table logins ({columns}) partition by range columns (ts) "
                  f"(partition old values less than ('{CUT:%Y-%m-%d}'), partition new values less than (maxvalue))")  # fmt: skip
    elif parts:
        names = ["logins_2025_01", "logins_2026_01"]
        for name in names:
            scene.run(url, f"create table {name} ({columns})")
    else:
        scene.run(url, f"create table logins ({columns})")
    scene.run(url, "create table people (id integer not null primary key, email varchar(60))")
    load(url, names, moments(rows, past), past)
    for name in names:
        scene.run(
            url, f"create index {name}_ts on {name} (ts)", f"create index {name}_person on {name} (person)"
        )
    engine = scene.database(url)
    with engine.connect() as link:
        if kind == "postgresql":
            link.commit()
            raw: Any = link.connection.dbapi_connection
            raw.autocommit = True
            raw.execute("vacuum analyze")
            raw.execute("checkpoint")
        elif kind == "sqlite":
            link.exec_driver_sql("pragma wal_checkpoint(truncate)")
    engine.dispose()


def load(url: str, names: list[str], stamps: list[str], past: int) -> None:
    """Fill the tables."""
    engine = scene.database(url)
    kind = url.partition(":")[0].partition("+")[0]
    link: Any = engine.raw_connection()
    cursor = link.cursor()
    if kind == "sqlite":
        cursor.execute("pragma journal_mode=wal")
    for place, name in enumerate(names):
        some = stamps if len(names) == 1 else (stamps[:past], stamps[past:])[place]
        first = 0 if place == 0 else past
        data = (
            (first + n, n % 5_000, f"10.{n % 9}.{n % 200}.{n % 250}", f"agent {n % 97}", n % 999, at)
            for n, at in enumerate(some)
        )
        if kind == "postgresql":
            with cursor.copy(f"copy {name} from stdin") as copy:
                for row in data:
                    copy.write_row(row)
        else:
            mark = "?" if kind == "sqlite" else "%s"
            cursor.executemany(f"insert into {name} values ({', '.join([mark] * 6)})", list(data))
    link.commit()
    link.close()
    engine.dispose()


def hand(kind: str, job: str, past: int, size: int) -> Hand:
    """The best plain SQL for a job on an engine in ranges of a size, as a function of an open connection."""
    day = f"{CUT:%Y-%m-%d}"

    def ranges(link: Any) -> int:
        done, cursor = 0, link.cursor()
        for start in range(0, past, size):
            began = time.perf_counter()
            bound = f"id >= {start} and id < {start + size} and ts < '{day}'"
            if job == "delete":
                cursor.execute(f"delete from logins where {bound}")
            else:
                cursor.execute(f"update logins set {COARSE[kind]} where {bound}")
            link.commit()
            done += cursor.rowcount
            if kind == "sqlite":  # otherwise a writer would never find the file free
                time.sleep(min(0.02, time.perf_counter() - began))
        return done

    def drop(link: Any) -> int:
        cursor = link.cursor()
        name = "logins_2025_01" if kind == "sqlite" else "logins_old"
        source = "logins partition (old)" if kind == "mysql" else name
        cursor.execute(f"select count(*) from {source}")
        rows = int(cursor.fetchone()[0])
        if kind == "mysql":
            cursor.execute("alter table logins drop partition old")
        else:
            cursor.execute(f"drop table {name}")
        link.commit()
        return rows

    return drop if job == "drop" else ranges


COARSE = {
    "postgresql": "person = null, agent = null, ts = date_trunc('month', ts), "
    "ip = regexp_replace(ip, '^(\\d+\\.\\d+\\.\\d+)\\.\\d+$', '\\1.0')",
    "mysql": "person = null, agent = null, ts = cast(date_format(ts, '%%Y-%%m-01') as datetime), "
    "ip = inet6_ntoa(concat(left(inet6_aton(ip), 3), unhex('00')))",
    "sqlite": "person = null, agent = null, ts = substr(ts, 1, 7) || '-01 00:00:00', "
    "ip = rtrim(rtrim(ip, '0123456789'), '.') || '.0'",
}
COARSE["mysql"] = COARSE["mysql"].replace("%%", "%")


def by_hand(url: str, job: str, past: int, size: int) -> tuple[Any, Callable[[], int]]:
    """The hand-written job, ready to run."""
    kind = url.partition(":")[0].partition("+")[0]
    engine = scene.database(url)
    link: Any = engine.raw_connection()
    if kind == "sqlite":
        link.execute("pragma secure_delete=on")
        link.execute("pragma busy_timeout=5000")
        link.execute("pragma cache_size=-65536")
    return link, lambda: hand(kind, job, past, size)(link)


def swept(job: str, project: Any) -> Callable[[], int]:
    """Our sweep, ready to run: count, sweep, count again, evidence."""
    plan = shop.plan(project, ANONYMISE if job == "anonymise" else ERASE)

    def run() -> int:
        found = sweep(project, plan)
        assert all(one.kept for one in found), [(one.left, one.why) for one in found]
        return sum(one.counts.get(what, 0) for one in found for what in ("deleted", "altered", "dropped"))

    return run


def measure(url: str, name: str, past: int, work: Callable[[], int]) -> Figures:
    """Run work beside a writer: seconds, longest and 99th-percentile wait of the writer in ms, rows."""
    engine = scene.database(url)
    writer = Writer(engine, name, past)
    writer.start()
    time.sleep(0.2)
    writer.waits.clear()
    began = time.perf_counter()
    rows = work()
    took = time.perf_counter() - began
    writer.done.set()
    writer.join()
    engine.dispose()
    waits = sorted(writer.waits) or [0.0]
    return took, waits[-1] * 1000, waits[int(len(waits) * 0.99)] * 1000, rows


def mapped(kind: str, *, parts: bool) -> str:
    """The map of the log-ins."""
    names = ("logins_2025_01", "logins_2026_01") if parts and kind == "sqlite" else ("logins",)
    key = '"id", "ts"' if parts and kind != "sqlite" else '"id"'
    return MAP + "".join(LOGINS.replace("NAME", name).replace("KEY", key) for name in names)


def one_job(
    fresh: Callable[[], contextlib.AbstractContextManager[str]],
    job: str,
    rows: int,
    past: int,
    sizes: Sequence[int],
) -> list[Figures]:
    """One job by hand, in ranges of each of the sizes, and at last by us, each on fresh data: the figures of all."""
    found = []
    for size in (*sizes, 0):
        with fresh() as url, tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as opened:
            kind = url.partition(":")[0].partition("+")[0]
            build(url, rows, past, parts=job == "drop")
            name = "logins_2026_01" if job == "drop" and kind == "sqlite" else "logins"
            if not size:
                text = mapped(kind, parts=job == "drop")
                project = opened.enter_context(scene.project(Path(folder), {"main": url}, text))
                work = swept(job, project)
            else:
                link, work = by_hand(url, job, past, size)
                opened.callback(link.close)
            # In a table of a period, the writer works on the one that stays.
            touched = past if job != "drop" else rows
            found.append(measure(url, name, touched, work))
            assert found[-1][3] >= past, (job, size, found[-1][3], past)
    return found


@contextlib.contextmanager
def server(kind: str) -> Iterator[Callable[[], contextlib.AbstractContextManager[str]]]:
    """Fresh databases of an engine; the server waits for the disk."""
    if kind == "sqlite":

        @contextlib.contextmanager
        def file() -> Iterator[str]:
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "main.db").touch()
                yield f"sqlite:///{folder}/main.db"

        yield file
        return
    run, database = {
        "postgresql": (servers.postgres, servers.postgres_database),
        "mariadb": (servers.mariadb, servers.mariadb_database),
    }[kind]
    with run(durable=True) as port:
        yield lambda: database(port, "bench")


def main() -> None:
    """Measure and print one line a job."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--rows", type=int, default=400_000)
    asked.add_argument("--past", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--engines", nargs="+", default=["sqlite", "postgresql", "mariadb"])
    asked.add_argument("--jobs", nargs="+", default=["delete", "anonymise", "drop"])
    options = asked.parse_args()
    print(
        f"{options.past:,} of {options.rows:,} rows are past; seconds by hand (rows of a range) / ours, waits of a writer in ms"
    )
    for kind in options.engines:
        with server(kind) as fresh:
            for job in options.jobs:
                sizes = [CHUNK_FILE] if kind == "sqlite" else [CHUNK] if job == "drop" else [CHUNK, GENTLE]
                runs = [one_job(fresh, job, options.rows, options.past, sizes) for _ in range(options.times)]
                for place, size in enumerate(sizes):
                    ways = [(run[place], run[-1]) for run in runs]
                    compared(f"{kind:11} {job:10} {'' if job == 'drop' else f'{size:,}':>6}", ways)


def compared(name: str, runs: Sequence[tuple[Figures, Figures]]) -> None:
    """Print a job by hand beside ours."""
    (by, stall, often), (we, our_stall, our_often) = (
        [statistics.median(run[who][what] for run in runs) for what in range(3)] for who in range(2)
    )
    best = [min(run[who][0] for run in runs) for who in range(2)]
    print(
        f"{name} {by:7.3f} / {we:7.3f} s = {we / by:4.2f}x   "
        f"best {best[0]:7.3f} / {best[1]:7.3f} s = {best[1] / best[0]:4.2f}x   "
        f"longest {stall:6.1f} / {our_stall:6.1f} ms   99 % {often:5.1f} / {our_often:5.1f} ms",
        flush=True,
    )


if __name__ == "__main__":
    main()
