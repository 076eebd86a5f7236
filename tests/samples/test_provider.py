"""The sample provider: the same everywhere, sensible, of any size, mapped, and erased without a trace."""

from __future__ import annotations

import calendar
import contextlib
import json
import sqlite3
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samples.hkcloud.provider.__main__ import main
from samples.hkcloud.provider.build import Made, build
from samples.hkcloud.provider.chance import cut_off, moment, seconds, stamp
from samples.hkcloud.provider.generate import NOW, Wish
from samples.hkcloud.provider.load import connected, fingerprint
from samples.hkcloud.provider.tables import STORES
from tests import servers
from tests.enforcement.scene import CITED, by, project
from tests.samples.sense import NONSENSE
from troth.datamap.check import check
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import read_map
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.sweep import dry_run
from troth.model.errors import TrothError
from troth.plan.periods import periods_of
from troth.plan.retention import compile_sweep
from troth.plan.rowtest import Today
from troth.policy.bind import compile_file

MAP = Path(__file__).parents[2] / "samples" / "hkcloud" / "map.toml"
ENGINES = ("sqlite", "postgresql", "mariadb")


@dataclass(frozen=True, slots=True)
class Filled:
    """Stores that hold a provider."""

    urls: dict[str, str]
    made: Made


@contextlib.contextmanager
def two_stores(engine: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[dict[str, str]]:
    """Two empty databases on an engine."""
    with contextlib.ExitStack() as opened:
        urls = {}
        for name in STORES:
            if engine == "sqlite":
                urls[name] = f"sqlite:///{folder / name}.db"
            elif engine == "postgresql":
                port = request.getfixturevalue("postgres_port")
                urls[name] = opened.enter_context(servers.postgres_database(port, f"sample_{name}"))
            else:
                port = request.getfixturevalue("mariadb_port")
                urls[name] = opened.enter_context(servers.mariadb_database(port, f"sample_{name}"))
        yield urls


@pytest.fixture(scope="module", params=ENGINES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A small provider on each engine in turn."""
    with two_stores(request.param, request, tmp_path_factory.mktemp(request.param)) as urls:
        yield Filled(urls, build(urls, Wish(60, heavy=800)))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Made]]:
    """Four hundred customers in SQLite, both stores at one connection."""
    folder = tmp_path_factory.mktemp("large")
    urls = {name: f"sqlite:///{folder / name}.db" for name in STORES}
    made = build(urls, Wish(400, heavy=2000))
    with contextlib.closing(sqlite3.connect(folder / "accounts.db")) as link:
        link.execute("attach ? as o", (str(folder / "operations.db"),))
        yield link, made


def test_same_seed_same_data(filled: Filled, tmp_path: Path) -> None:
    """The same seed gives the same rows on every engine, and another seed gives others."""
    urls = {name: f"sqlite:///{tmp_path / name}.db" for name in STORES}
    again = build(urls, Wish(60, heavy=800))
    first = {name: fingerprint(filled.urls[name], tables) for name, tables in STORES.items()}
    assert first == {name: fingerprint(urls[name], tables) for name, tables in STORES.items()}
    assert again.as_json() == filled.made.as_json()
    with pytest.raises(TrothError, match="already"):
        build(urls, Wish(60, seed=8, heavy=800))
    build(urls, Wish(60, seed=8, heavy=800), replace=True)
    assert all(fingerprint(urls[name], tables) != first[name] for name, tables in STORES.items())


def test_same_on_every_machine(tmp_path: Path) -> None:
    """The rows of the seed are those that were written down here once."""
    urls = {name: f"sqlite:///{tmp_path / name}.db" for name in STORES}
    build(urls, Wish(25))
    assert {name: fingerprint(urls[name], tables)[:16] for name, tables in STORES.items()} == {
        "accounts": "f162deb1c0483fbf",
        "operations": "f733e90990569969",
    }


@pytest.mark.parametrize("name", sorted(NONSENSE))
def test_sense(name: str, large: tuple[sqlite3.Connection, Made]) -> None:
    """Nothing stands in the stores that could not have happened."""
    assert large[0].execute(NONSENSE[name]).fetchone() == (0,)


def test_references_hold(large: tuple[sqlite3.Connection, Made]) -> None:
    """Every declared foreign key finds its row."""
    assert large[0].execute("pragma foreign_key_check").fetchall() == []
    assert large[0].execute("pragma o.foreign_key_check").fetchall() == []


def test_texts_fit(large: tuple[sqlite3.Connection, Made]) -> None:
    """No text is longer than its column, so that every engine takes it."""
    for store, tables in STORES.items():
        place = "o" if store == "operations" else "main"
        for table in tables.values():
            for column in table.columns:
                if column.kind == "text":
                    (most,) = (
                        large[0]
                        .execute(f"select max(length({column.name})) from {place}.{table.name}")
                        .fetchone()
                    )
                    assert (most or 0) <= int(column.size), (table.name, column.name)


def test_mess_is_there(large: tuple[sqlite3.Connection, Made]) -> None:
    """The data are as untidy as real ones: shared mailboxes, spellings, soft deletes, people without rows."""
    link, made = large
    for finds in (
        "select 1 from contacts group by email having count(distinct customer_id) > 1 and email is not null",
        "select 1 from customers where email <> lower(email)",
        "select 1 from tickets where requester_email like '%＠%'",
        "select 1 from tickets where customer_id is null",
        "select 1 from customers where deleted_at is not null",
        "select 1 from customers where phone is null",
        "select 1 from customers where json_extract(profile, '$.emergency_contact.name') is not null",
        "select 1 from customers group by phone having count(*) > 1 and phone is not null",
        "select 1 from customers where id not in (select customer_id from o.billing_accounts) and last_login_at is null",
        "select 1 from o.event_log where account_id is null",
        "select 1 from customers where main_contact_id is not null and referred_by is not null",
    ):
        assert link.execute(finds).fetchone() == (1,), finds
    assert made.truth.mentioned
    assert made.truth.open_orders
    assert set(made.truth.abnormal.values()) == {"guessing", "takeover"}


CLOCKS = {
    "usage:usage_samples": ("o.usage_samples", "sampled_at", 13),
    "usage:server_logins": ("o.server_logins", "logged_in_at", 13),
    "domain-query:domain_queries": ("o.domain_queries", "asked_at", 3),
    "domain:domains": ("o.domains", "ended_at", 24),
    "device:sign_ins": ("sign_ins", "signed_in_at", 12),
    "device:devices": ("devices", "last_seen_at", 12),
    "cookie:cookies": ("cookies", "set_at", 6),
    "behaviour:page_views": ("page_views", "viewed_at", 13),
    "server:servers": ("o.servers", "ended_at", 3),
    "ticket:tickets": ("tickets", "closed_at", 24),
    "account:customers": ("customers", "closed_at", 24),
    "account:billing_accounts": ("o.billing_accounts", "closed_at", 24),
}


@pytest.mark.parametrize("rule", sorted(CLOCKS))
def test_truth_of_expired_rows(rule: str, large: tuple[sqlite3.Connection, Made]) -> None:
    """The number of rows past their period is what a count row by row finds."""
    link, made = large
    table, column, months = CLOCKS[rule]
    now = moment(NOW)
    past = [
        1 for (at,) in link.execute(f"select {column} from {table} where {column} is not null")
        if add_months(moment(_read(at)), months) <= now
    ]  # fmt: skip
    assert len(past) == made.truth.expired[rule]


def _read(text: str) -> int:
    return seconds(datetime.fromisoformat(text))


def add_months(at: datetime, months: int) -> datetime:
    """So many calendar months later, on the last day of a shorter month."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return at.replace(year=year, month=month + 1, day=min(at.day, last))


def test_truth_of_orders(large: tuple[sqlite3.Connection, Made]) -> None:
    """Orders past their period are expired or held by an open dispute."""
    link, made = large
    done = link.execute(
        "select r.completed_at, exists (select 1 from o.disputes d where d.brand = r.brand and d.order_no = r.order_no"
        " and d.status = 'open') from o.orders r where completed_at is not null"
    ).fetchall()
    past = [held for at, held in done if add_months(moment(_read(at)), 36) <= moment(NOW)]
    assert (past.count(0), past.count(1)) == (
        made.truth.expired["order:orders"],
        made.truth.held["order:orders"],
    )


def test_tidy_provider(tmp_path: Path) -> None:
    """Without breaches on purpose there are none, and rows past their period are there all the same."""
    urls = {name: f"sqlite:///{tmp_path / name}.db" for name in STORES}
    truth = build(urls, Wish(150, faulty=False)).truth
    assert not truth.faults
    assert truth.expired


@pytest.mark.parametrize("customers", [0, 1, 50])
def test_sizes(customers: int, tmp_path: Path) -> None:
    """Any number of customers works, none at all included."""
    urls = {name: f"sqlite:///{tmp_path / name}.db" for name in STORES}
    made = build(urls, Wish(customers))
    assert made.rows["accounts"]["customers"] == customers
    assert made.rows["accounts"]["policy_versions"] == 4


def test_map_passes(filled: Filled) -> None:
    """The reviewed map survives its check on every engine, and only tables that grew large may lack an index."""
    schemas = {name: introspect(url, store=name) for name, url in filled.urls.items()}
    found = check(read_map(MAP.read_text("utf-8")), schemas)
    assert [one.message for one in found] == []


def test_clocks_of_the_policy(filled: Filled) -> None:
    """Every period of the policy finds the column that starts it, and the switches are named."""
    one = read_map(MAP.read_text("utf-8"))
    events = {event for table in one.tables for event in table.events}
    assert {"account-closed", "order-completed", "ticket-closed", "service-ended", "collection"} <= events
    assert {"personalise", "direct-marketing", "restricted"} <= set(one.table("accounts", "customers").marks)
    for store in STORES:
        facts = {fact for table in one.tables if table.store == store for fact in table.facts}
        assert {"order-status", "dispute-status"} <= facts


def test_sentences_have_columns() -> None:
    """Every sentence that promises something names the columns that show it, or says that no row does."""
    traces = tomllib.loads((MAP.parent / "traces.toml").read_text("utf-8"))
    policy = compile_file((MAP.parent / "policy.troth.md").read_bytes(), "policy.troth.md").policy
    assert set(traces) == {one.sentence.id for one in policy.sentences if one.promises}
    known = {
        f"{store}.{table.name}.{column.name}"
        for store, tables in STORES.items()
        for table in tables.values()
        for column in table.columns
    }
    assert {place for places in traces.values() for place in places} <= known


def _quiet(filled: Filled) -> str:
    """The address of a customer of whom no ticket of another speaks, who did many things."""
    url = filled.urls["accounts"]
    named = {*filled.made.truth.mentioned, *filled.made.truth.twins}
    engine, _ = connected(url)
    with engine.connect() as link:
        rows = link.exec_driver_sql(
            "select c.email, c.customer_no from customers c join sign_ins s on s.customer_id = c.id join tickets t"
            " on t.customer_id = c.id group by c.email, c.customer_no order by count(*) desc, c.customer_no"
        ).fetchall()
    engine.dispose()
    return next(str(email) for email, number in rows if number not in named)


def _rows(filled: Filled) -> Iterator[tuple[str, str]]:
    """Every row of both stores, as one text, with its table."""
    for store, tables in STORES.items():
        engine, _ = connected(filled.urls[store])
        with engine.connect() as link:
            for name in tables:
                for row in link.exec_driver_sql(f"select * from {name}"):
                    yield name, " ".join(map(str, row))
        engine.dispose()


def test_access_and_erasure(filled: Filled, tmp_path: Path) -> None:
    """A customer gets everything, is erased from both stores, and nothing of them is left."""
    email = _quiet(filled)
    text = MAP.read_text("utf-8").replace("version = 1\n", "")
    with project(tmp_path, filled.urls, text) as opened:
        person = by(email=email)
        answer = access(opened, person, plan_access(opened, CITED), tmp_path / "answer")
        assert answer.word == "done"
        outcome = erase(opened, [person], plan_erasure(opened, CITED))[0]
        assert outcome.word == "done", outcome.reasons
        assert access(opened, person, plan_access(opened, CITED), tmp_path / "again").word == "nothing found"
    assert not [
        place for place, row in _rows(filled) if email.lower() in unicodedata.normalize("NFKC", row).lower()
    ]
    assert outcome.counts["accounts.customers"]["deleted"] == 1
    assert "operations.orders" in outcome.counts


def test_everybody_erased(tmp_path: Path) -> None:
    """When all customers are gone, only the house and visitors nobody knows are left; what others wrote is named."""
    urls = {name: f"sqlite:///{tmp_path / name}.db" for name in STORES}
    made = build(urls, Wish(20))
    filled = Filled(urls, made)
    with contextlib.closing(sqlite3.connect(tmp_path / "accounts.db")) as link:
        people = link.execute("select email, customer_no from customers order by id").fetchall()
    text = MAP.read_text("utf-8").replace("version = 1\n", "")
    with project(tmp_path, urls, text) as opened:
        plan = plan_erasure(opened, CITED)
        for email, number in people:
            outcome = erase(opened, [by(email=email)], plan)[0]
            named = {"accounts.ticket_messages.body"} if number in made.truth.mentioned else set()
            places = {one.place for one in outcome.reasons} - named
            assert not places or (
                number in made.truth.twins and all(one.endswith(".phone") for one in places)
            )
    house = {"policy_versions", "staff", "trainings", "incidents", "security_findings", "recipients"}
    strangers = {"cookies", "newsletter_subscribers"}
    assert {place for place, _ in _rows(filled)} - strangers == house


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command fills both stores, writes the truth beside them, and explains a wrong address."""
    stores = [f"--store={name}=sqlite:///{tmp_path / name}.db" for name in STORES]
    truth = tmp_path / "truth.json"
    assert main([*stores, "--customers=30", "--now=2026-03-01", f"--truth={truth}"]) == 0
    assert "30 customers" in capsys.readouterr().out
    assert json.loads(truth.read_text("utf-8"))["rows"]["accounts"]["customers"] == 30
    assert main(["--store=accounts=oracle://x", "--store=operations=oracle://x"]) == 2
    assert "not understood" in capsys.readouterr().err
    assert main([stores[0]]) == 2


def test_missing_store() -> None:
    """A provider without its second store is refused."""
    with pytest.raises(TrothError, match="two stores"):
        build({"accounts": "sqlite://"}, Wish(1))


def test_cut_off() -> None:
    """The cut-off is the last moment that is so many calendar months past, ends of months included."""
    for now in ("2026-05-31 10:00:00", "2026-03-30 00:00:00", "2024-02-29 12:00:00", "2026-11-22 09:00:00"):
        at = _read(now)
        for months in (1, 3, 12, 13, 36):
            cut = cut_off(at, months)
            assert add_months(moment(cut), months) <= moment(at), (now, months)
            assert add_months(moment(cut + 1), months) > moment(at), (now, months, stamp(cut))


def test_sweep_finds_what_is_true(large: tuple[sqlite3.Connection, Made], tmp_path: Path) -> None:
    """A dry run of retention over both stores finds the orders and accounts that are past their period, and those held."""
    link, made = large
    files = {name: row for _, name, row in link.execute("pragma database_list")}
    urls = {"accounts": f"sqlite:///{files['main']}", "operations": f"sqlite:///{files['o']}"}
    policy = compile_file((MAP.parent / "policy.troth.md").read_bytes(), "policy.troth.md").policy
    with project(tmp_path, urls, MAP.read_text("utf-8").replace("version = 1\n", "")) as opened:
        today = Today(moment(NOW).replace(tzinfo=UTC))
        found = dry_run(opened, compile_sweep(periods_of(policy), opened.map, opened.schemas, today))
    most = {
        place: max((one.due, one.free) for one in found if one.sweep.place == place)
        for place in ("operations.orders", "accounts.customers", "operations.billing_accounts")
    }
    expired, held = made.truth.expired, made.truth.held
    assert most["operations.orders"] == (
        expired["order:orders"] + held["order:orders"],
        expired["order:orders"],
    )
    assert most["accounts.customers"][0] == expired["account:customers"]
    assert most["operations.billing_accounts"][0] == expired["account:billing_accounts"]
