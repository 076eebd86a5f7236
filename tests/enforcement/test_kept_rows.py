"""Databases that keep a row which is deleted, or a value that is emptied, and say nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.datamap.check import check
from troth.enforcement.erase import erase, plan_erasure
from troth.model.outcome import Outcome

TABLES = """
create table clients (id integer not null primary key, email varchar(90) not null unique, gone integer not null default 0);
create table orders (id integer not null primary key, client_id integer, note varchar(40), gone integer not null default 0,
 foreign key (client_id) references clients (id) on delete set null);
insert into clients values (1, 'ada@example.org', 0), (2, 'bob@example.org', 0);
insert into orders values (1, 1, 'a', 0), (2, 2, 'b', 0), (3, 1, 'c', 0)
"""
MAP = table("main.clients", "subject", email="contact.email") + table(
    "main.orders", "owned", paths=["orders.client_id -> clients.id"], note="message"
)
SQLITE = "create trigger soft before delete on {0} begin update {0} set gone = 1 where id = old.id; select raise(ignore); end"
FUNCTION = (
    "create function soft() returns trigger language plpgsql as $$ begin"
    " execute format('update %I set gone = 1 where id = $1', tg_table_name) using old.id; return {1}; end $$"
)
TRIGGER = "create trigger soft before delete on {0} for each row execute function soft()"
RULE = "create rule soft as on delete to {0} do instead update {0} set gone = 1 where id = old.id"


def _engine_run(url: str, *statements: str) -> None:
    """Run statements that hold semicolons of their own."""
    engine = scene.database(url)
    with engine.begin() as link:
        for statement in statements:
            link.exec_driver_sql(statement)
    engine.dispose()


def _erased(url: str, folder: Path, text: str = MAP) -> Outcome:
    with scene.project(folder, {"main": url}, text) as project:
        return erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]


def _kept(url: str, folder: Path, place: str) -> None:
    """Ada can not be erased, is told why, and nothing of what is kept has changed."""
    outcome = _erased(url, folder)
    assert outcome.word == "partly"
    why = f"the database keeps deleted rows: a trigger, rule or row policy of {place}"
    assert (f"main.{place}", why) in {(one.place, one.why) for one in outcome.reasons}
    assert scene.rows(url, "clients") == [(1, "ada@example.org", 0), (2, "bob@example.org", 0)]
    left = [(1, 1, "a", 0), (2, 2, "b", 0), (3, 1, "c", 0)]
    assert scene.rows(url, "orders") == (left if place == "orders" else left[1:2])
    assert place not in "".join(outcome.counts)


@pytest.mark.parametrize("place", ["orders", "clients"])
def test_trigger_that_ignores_a_delete(tmp_path: Path, place: str) -> None:
    """A row that a trigger of SQLite marks instead of deleting it is never called erased, and the person can be found."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    scene.run(url, TABLES)
    _engine_run(url, SQLITE.format(place))
    _kept(url, tmp_path, place)


@pytest.mark.parametrize("place", ["orders", "clients"])
@pytest.mark.parametrize("given", ["null", "new"])
def test_trigger_that_returns_nothing(postgres_url: str, tmp_path: Path, place: str, given: str) -> None:
    """A row whose trigger of PostgreSQL gives back nothing to delete is never called erased."""
    scene.run(postgres_url, TABLES)
    _engine_run(postgres_url, FUNCTION.format(place, given).replace("%", "%%"), TRIGGER.format(place))
    _kept(postgres_url, tmp_path, place)


@pytest.mark.parametrize("place", ["orders", "clients"])
def test_rule_instead_of_a_delete(postgres_url: str, tmp_path: Path, place: str) -> None:
    """A row that a rule of PostgreSQL changes instead of deleting it is never called erased."""
    scene.run(postgres_url, TABLES)
    _engine_run(postgres_url, RULE.format(place))
    _kept(postgres_url, tmp_path, place)


def test_erased_when_the_trigger_is_gone(tmp_path: Path) -> None:
    """The same request asked for again, after the trigger was dropped, ends what was left."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    scene.run(url, TABLES)
    _engine_run(url, SQLITE.format("orders"))
    _kept(url, tmp_path, "orders")
    _engine_run(url, "drop trigger soft")
    assert _erased(url, tmp_path).word == "done"
    assert scene.rows(url, "orders") == [(2, 2, "b", 0)]


HARMLESS = {
    "sqlite": ("create trigger seen after delete on orders begin insert into log values (old.id); end",),
    "postgresql": (
        (
            "create function seen() returns trigger language plpgsql as $$ begin"
            " insert into log values (old.id); return old; end $$"
        ),
        "create trigger seen before delete on orders for each row execute function seen()",
    ),
    "mysql": ("create trigger seen before delete on orders for each row insert into log values (old.id)",),
}


def test_trigger_that_only_looks_on(url: str, tmp_path: Path) -> None:
    """A trigger that notes a delete and lets it happen is no reason to doubt, and nothing warns of it."""
    scene.run(url, TABLES, "create table log (id integer)")
    _engine_run(url, *HARMLESS[url.split(":", 1)[0].split("+", maxsplit=1)[0]])
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert not [one for one in check(project.map, project.schemas) if one.rule == "writes-undone"]
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    assert outcome.word == "done"
    assert [row[0] for row in scene.rows(url, "log")] == [1, 3]


RESTORING = {
    "sqlite": ("create trigger back before update on orders begin select raise(ignore); end",),
    "postgresql": (
        (
            "create function back() returns trigger language plpgsql as $$ begin"
            " new.note := old.note; return new; end $$"
        ),
        "create trigger back before update on orders for each row execute function back()",
    ),
    "mysql": ("create trigger back before update on orders for each row set new.note = old.note",),
}


def test_trigger_that_restores_a_value(url: str, tmp_path: Path) -> None:
    """A value that a trigger puts back where it was emptied is never called masked, and the map says so before."""
    scene.run(url, TABLES)
    _engine_run(url, *RESTORING[url.split(":", 1)[0].split("+", maxsplit=1)[0]])
    text = table("main.clients", "subject", email="contact.email") + table(
        "main.orders", "shared", paths=["orders.client_id -> clients.id"], note="message/null"
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        assert [one.rule for one in check(project.map, project.schemas) if one.rule == "writes-undone"]
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    assert outcome.word == "partly"
    why = "the database keeps values that were emptied: a trigger, rule or row policy of orders"
    assert ("main.orders", why) in {(one.place, one.why) for one in outcome.reasons}
    assert [row[:3] for row in scene.rows(url, "orders")] == [(1, 1, "a"), (2, 2, "b"), (3, 1, "c")]


def test_row_policy_that_hides_a_row_from_deletes(postgres_url: str, tmp_path: Path) -> None:
    """Rows that a policy of PostgreSQL shows and does not let go are never called erased."""
    scene.run(
        postgres_url,
        TABLES,
        "create role clerk login; grant all on clients, orders to clerk; alter table orders enable row level security;"
        "create policy seen on orders for select using (true); create policy none on orders for delete using (false)",
    )
    own = make_url(postgres_url).set(username="clerk").render_as_string(hide_password=False)
    try:
        _kept(own, tmp_path, "orders")
    finally:
        scene.run(postgres_url, "drop owned by clerk; drop role clerk")


def test_map_of_a_table_that_keeps_rows(tmp_path: Path) -> None:
    """A map whose table keeps deleted rows is warned of, with the name of the table."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    scene.run(url, TABLES)
    _engine_run(url, SQLITE.format("orders"))
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        found = [one for one in check(project.map, project.schemas) if one.rule == "writes-undone"]
    assert [(one.severity, "main.orders" in one.message) for one in found] == [("warn", True)]
