"""What keeps rows: restricted people, minima, legal tables, facts that nobody tells; and what a plan can not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by
from tests.retention import shop
from tests.retention.shop import HEAD, MAP
from troth.datamap.mapfile import read_map
from troth.enforcement.sweep import Tally, dry_run, sweep
from troth.model.errors import TrothError
from troth.plan.periods import contradictions, periods_of
from troth.plan.retention import compile_sweep
from troth.plan.rowtest import Today
from troth.policy.bind import compile_file

OLD = "2020-01-01 00:00:00"
PEOPLE = f"""insert into customers values (1, 'ada@example.org', 'Ada', 'x', '{OLD}'),
  (2, 'bob@example.org', 'Bob', 'y', '{OLD}')"""
ORDERS = f"insert into orders values (1, 1, 1, 'a', '{OLD}'), (2, 2, 2, 'b', '{OLD}')"


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The URL of a shop with two customers whose orders are long past."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(url, shop.tables(url), PEOPLE, ORDERS)
    return url


def told(url: str, folder: Path, rules: str, more: str = MAP) -> dict[str, Tally]:
    """What a dry run says, by table and action."""
    with scene.project(folder, {"main": url}, more) as project:
        return {
            f"{one.sweep.table} {one.sweep.action}": one
            for one in dry_run(project, shop.plan(project, rules))
        }


def test_restricted_person(url: str, tmp_path: Path) -> None:
    """Rows of a person whose data is restricted stay, in all her tables, however her address is written."""
    scene.run(url, shop.tables(url), PEOPLE, ORDERS)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        restricted = {project.pseudonym(by(email="ADA@example.org "))}
        found = sweep(project, shop.plan(project), restricted)
    assert scene.rows(url, "orders") == [row for row in scene.rows(url, "orders") if row[0] == 1]
    assert [(row[0], row[2]) for row in scene.rows(url, "customers")] == [(1, "Ada")]
    held = {one.tally.sweep.place: one.tally.stays["held"] for one in found if one.tally.due}
    assert held == {"main.orders": 1, "main.customers": 1}


def test_restricted_person_of_another_store(url: str, tmp_path: Path) -> None:
    """Rows that a log ties to a restricted person by an address stay however it is spelled there, and all others go."""
    (tmp_path / "people.db").touch()
    people = f"sqlite:///{tmp_path / 'people.db'}"
    scene.run(
        people,
        "create table people (id integer not null primary key, email varchar(60))",
        "insert into people values (1, 'ada@example.org'), (2, 'bob@example.org')",
    )
    spelled = [
        "ada@example.org",
        "ADA@example.org",
        " Ａda@example.org",
        "bob@example.org",
        "BOB@example.org",
    ]
    rows = ", ".join(f"({number}, '{one}', '{OLD}')" for number, one in enumerate(spelled))
    scene.run(
        url,
        f"create table log (id integer not null primary key, rcpt varchar(60), at {shop.moment(url)})",
        f"insert into log values {rows}",
    )
    owned = scene.table(
        "main.log", "owned", paths=["log.rcpt ~> ext:people.people.email"], rcpt="contact.email"
    )
    owned = owned.replace("[table.columns]", 'events = { collection = "at" }\n[table.columns]').replace(
        'category = "contact.email"', 'category = "contact.email", terms = ["usage-log"]'
    )
    text = owned + scene.table("people.people", "subject", email="contact.email")
    with scene.project(tmp_path, {"main": url, "people": people}, text) as project:
        restricted = {project.pseudonym(by(email="ada@example.org"))}
        sweep(project, shop.plan(project, "  must erase usage-log ~12 months after collection\n"), restricted)
    assert [row[0] for row in scene.rows(url, "log")] == [0, 1, 2]


def test_marked_row(file: str, tmp_path: Path) -> None:
    """A row that the application marks as restricted stays, and so do rows below it."""
    scene.run(
        file, "alter table customers add column stopped integer", "update customers set stopped = id = 1"
    )
    marked = MAP.replace(
        'events = { account-closed = "closed_at" }',
        'events = { account-closed = "closed_at" }\nmarks = { restricted = "stopped" }',
    )
    found = told(file, tmp_path, shop.RULES, marked)
    assert (found["orders delete"].free, found["orders delete"].stays["held"]) == (1, 1)


def test_minimum_comes_first(file: str, tmp_path: Path) -> None:
    """A row within its minimum stays although its time is up, and counts as such."""
    rules = (
        "  must erase order-information ~1 months after order-completed\n"
        "  must retain order-information at-least ~10 years after order-completed\n"
    )
    found = told(file, tmp_path, rules)["orders delete"]
    assert (found.due, found.free, found.stays["minimum"]) == (2, 0, 2)


def test_minimum_of_another_column_keeps_the_row(file: str, tmp_path: Path) -> None:
    """A row does not go while a column of it that has no period of its own must be kept; the columns that are past do."""
    other = MAP.replace('item = { category = "order", terms = ["order-information"] }',
                        'item = { category = "payment", terms = ["payment-information"] }')  # fmt: skip
    rules = (
        "  must erase order-information ~1 months after order-completed\n"
        "  must retain payment-information at-least ~10 years after order-completed\n"
    )
    found = told(file, tmp_path, rules, other)
    assert (found["orders delete"].free, found["orders delete"].stays["minimum"]) == (0, 2)
    assert {one.column for one in found["orders alter"].sweep.alters} == {"total"}


def test_ban_on_another_column_keeps_the_row(file: str, tmp_path: Path) -> None:
    """A rule that forbids erasing one column keeps the row also where another column is past."""
    other = MAP.replace('item = { category = "order", terms = ["order-information"] }',
                        'item = { category = "payment", terms = ["payment-information"] }')  # fmt: skip
    rules = (
        "  must erase order-information ~1 months after order-completed\n"
        "  must erase name, email-address ~24 months after account-closed\n"
        "  never erase payment-information\n"
    )
    found = told(file, tmp_path, rules, other)
    assert found["orders delete"].free == 0


def test_minimum_over_maximum_is_a_finding() -> None:
    """A minimum that is longer than the maximum is told before anything runs."""
    rules = (
        "  must erase order-information ~1 months after order-completed\n"
        "  must retain order-information at-least ~10 years after order-completed\n"
        "  may store order-information until ~2 years after order-completed\n"
    )
    found = contradictions(shop.periods(rules))
    assert [(one.rule, one.severity) for one in found] == [("minimum-over-maximum", "block")] * 2
    assert "at least 10 years" in found[0].message


@pytest.mark.parametrize(
    "rules",
    [
        (
            "  must erase order-information 1 months after order-completed if minor\n"
            "  must retain order-information at-least 10 years after order-completed if not minor\n"
        ),
        (
            "  must erase order-information 1 months after order-completed\n    hold law: litigation\n"
            "  must retain order-information at-least 10 years after order-completed\n"
        ),
    ],
)
def test_other_rows_and_holds_are_no_contradiction(rules: str) -> None:
    """A minimum of other rows, or beside a hold, crosses no maximum."""
    assert contradictions(shop.periods(rules)) == ()


TABLE = "data,period,event,law\norder-information,36 months,order-completed,E-Commerce Law art. 31\n"


def looked_up(text: str | None) -> str:
    """A rule that looks its period up, and the CSV it stands in."""
    compiled = compile_file(
        f"{HEAD}  must erase order-information after legal-minimum from periods.csv\n```\n".encode(),
        "policy.troth.md",
    )
    assert not compiled.problems, compiled.problems
    periods = periods_of(compiled.policy, {"periods.csv": text} if text is not None else {})
    return " ".join([*(str(one.span) for one in periods.minima), *(why for _, _, why in periods.unheard)])


def test_table_of_legal_periods(file: str, tmp_path: Path) -> None:
    """A period that a law sets is looked up by data category, and rows go when it is over."""
    assert looked_up(TABLE) == "36 months"
    assert "is not there" in looked_up(None)
    compiled = compile_file(
        f"{HEAD}  must erase order-information after legal-minimum from periods.csv\n```\n".encode(),
        "policy.troth.md",
    )
    scene.run(file, "insert into orders values (3, 2, 2, 'b', '2024-11-01 00:00:00')")
    with scene.project(tmp_path, {"main": file}, MAP) as project:
        periods = periods_of(compiled.policy, {"periods.csv": TABLE})
        plan = compile_sweep(periods, project.map, project.schemas, Today(shop.NOW))
        sweep(project, plan)
    assert [row[0] for row in scene.rows(file, "orders")] == [3]


@pytest.mark.parametrize(
    "text", ["data,period,event\nname,soon,\n", "data,period,event\nname,3 moons,\n", "data\nname\n"]
)
def test_table_that_is_none(text: str) -> None:
    """A table of legal periods that can not be read is refused with its line."""
    with pytest.raises(TrothError, match=r"line 2 of periods\.csv"):
        looked_up(text)


def test_unknown_fact_keeps_rows(file: str, tmp_path: Path) -> None:
    """A hold that nothing tells of keeps every row and is a gap; told by the caller it keeps none."""
    rules = (
        "  must erase order-information ~1 months after order-completed\n    hold litigation: litigation\n"
    )
    with scene.project(tmp_path, {"main": file}, MAP) as project:
        plan = shop.plan(project, rules)
        assert any("litigation" in gap.reason and gap.place == "main.orders" for gap in plan.gaps)
        assert dry_run(project, plan)[0].free == 0
        assert dry_run(project, shop.plan(project, rules, given={"litigation": False}))[0].free == 2


def test_clock_that_no_column_shows(file: str, tmp_path: Path) -> None:
    """A rule whose clock stands in no column is a gap that names the event, the table and the sentence."""
    with scene.project(tmp_path, {"main": file}, MAP) as project:
        plan = shop.plan(project, "  must erase name ~1 months after last-sign-in\n")
        gap = next(one for one in plan.gaps if "last-sign-in" in one.reason)
        sweep(project, plan)
        entries = [one for one in project.ledger.read(0) if one.outcome == "not shown"]
    assert (gap.place, gap.citation.sentences) == ("main.customers", ("s1",))
    assert any("last-sign-in" in one.detail["why"] and one.sentences == ("s1",) for one in entries)


def test_due_and_overdue(file: str, tmp_path: Path) -> None:
    """A limit comes due a day before it is over, a deed at once, and both are overdue when their time is up."""
    scene.run(
        file, "delete from orders",
        "insert into orders values (1, 1, 1, 'a', '2025-11-21 00:00:00'), (2, 1, 1, 'a', '2025-11-22 12:00:00'), "
        "(3, 1, 1, 'a', '2025-11-23 12:00:00')",
    )  # fmt: skip
    found = told(file, tmp_path, "  must erase order-information within ~12 months of order-completed\n")
    assert (found["orders delete"].due, found["orders delete"].overdue) == (2, 1)
    promptly = "  when account-closed\n    must erase password within ~30 days\n"
    scene.run(file, "update customers set closed_at = '2026-11-01 00:00:00' where id = 1")
    found = told(file, tmp_path, promptly)
    assert (found["customers alter"].due, found["customers alter"].overdue) == (2, 1)


def test_staff_and_other_tables_are_left_alone(file: str, tmp_path: Path) -> None:
    """Tables that hold no customers are in no plan."""
    text = MAP.replace(
        'role = "owned"\nkey = ["id"]\npaths = ["orders', 'role = "staff"\nkey = ["id"]\npaths = ["orders'
    )
    assert "orders delete" not in told(file, tmp_path, shop.RULES, text)


def test_ban_keeps_rows(file: str, tmp_path: Path) -> None:
    """A rule that forbids to erase keeps rows while it holds."""
    rules = (
        "  must erase order-information ~1 months after order-completed\n"
        "  never erase order-information if dispute-status is open\n"
    )
    scene.run(file, "insert into disputes values (1, 1, 'open')")
    found = told(file, tmp_path, rules)["orders delete"]
    assert (found.due, found.free, found.stays["held"]) == (2, 1, 1)


def test_moving_on_the_way_of_a_person(file: str, tmp_path: Path) -> None:
    """A clock of the account starts the period of the rows below it."""
    text = MAP.replace(
        'events = { order-completed = "completed_at" }', 'events = { account-closed = "customers.closed_at" }'
    )
    scene.run(file, "update customers set closed_at = null where id = 2")
    found = told(file, tmp_path, "  must erase order-information ~12 months after account-closed\n", text)
    assert (found["orders delete"].due, found["orders delete"].free) == (1, 1)


def test_map_reads() -> None:
    """The map of these tests is a map."""
    assert read_map("version = 1\n" + MAP).table("main", "orders").events == {
        "order-completed": "completed_at"
    }


def test_reopened_account(url: str, tmp_path: Path) -> None:
    """An account in use keeps its data though it was closed once, where a rule permits storing it while it is in use."""
    scene.run(url, shop.tables(url), PEOPLE, "alter table customers add column state varchar(20)")
    scene.run(
        url,
        "update customers set state = 'Active' where id = 1",
        "update customers set state = 'closed' where id = 2",
    )
    shows = MAP.replace(
        'events = { account-closed = "closed_at" }',
        'events = { account-closed = "closed_at" }\nfacts = { account-status = "state" }',
    )
    rules = (
        "  may store name, email-address if account-status in [active, suspended]\n"
        "  must erase name, email-address ~24 months after account-closed\n"
    )
    with scene.project(tmp_path, {"main": url}, shows) as project:
        found = dry_run(project, shop.plan(project, rules))
        sweep(project, shop.plan(project, rules))
    assert {(one.due, one.free, one.stays["excepted"]) for one in found} == {(2, 1, 1)}
    assert [row[0] for row in scene.rows(url, "customers") if row[2] == "Ada"] == [1]
    assert [row[0] for row in scene.rows(url, "customers") if row[2] == "Bob"] == []
