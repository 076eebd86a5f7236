"""Materialised views after a sweep: filled again, and tried again by the next sweep where that was refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from tests.enforcement import scene
from tests.retention import shop
from troth.enforcement.sweep import sweep

OLD, NEW = "2020-01-01 00:00:00", "2026-11-01 00:00:00"
RULES = "  must erase order-information ~36 months after order-completed\n"
ROWS = (
    "insert into customers values (1, 'ada@example.org', 'Ada', 'x', null)",
    f"insert into orders values (1, 1, 1, 'a', '{OLD}'), (2, 1, 2, 'b', '{NEW}')",
    "create materialized view bought as select id, item from orders",
    "create materialized view named as select id, name from customers",
)


def test_views_are_filled_again(postgres_url: str, tmp_path: Path) -> None:
    """A view of a table that was swept holds none of its old rows; a view of another one is left alone."""
    scene.run(postgres_url, shop.tables(postgres_url), *ROWS)
    with scene.project(tmp_path, {"main": postgres_url}, shop.MAP) as project:
        found = sweep(project, shop.plan(project, RULES))
        entries = [one for one in project.ledger.read() if one.kind == "sweep" and one.action == "refresh"]
    assert all(one.kept for one in found)
    assert scene.rows(postgres_url, "bought") == [(2, "b")]
    assert [(one.object, one.counts) for one in entries] == [("main.bought", {"refreshed": 1})]


def test_a_view_that_can_not_be_filled(postgres_url: str, tmp_path: Path) -> None:
    """It is told, the promise is not kept, and the next sweep fills it although nothing is due any more."""
    scene.run(
        postgres_url,
        shop.tables(postgres_url),
        *ROWS,
        "create role sweeper login; grant all on all tables in schema public to sweeper",
    )
    own = make_url(postgres_url).set(username="sweeper").render_as_string(hide_password=False)
    try:
        with scene.project(tmp_path, {"main": own}, shop.MAP) as project:
            found = sweep(project, shop.plan(project, RULES))
            assert [view.place for one in found for view in one.stale] == ["main.bought"]
            assert not all(one.kept for one in found)
            finding = [one for one in project.ledger.read() if one.kind == "finding"]
            assert list(finding[0].detail["places"]) == ["main.bought"]
            scene.run(postgres_url, "alter materialized view bought owner to sweeper")
            again = sweep(project, shop.plan(project, RULES))
            assert all(one.kept and not one.tally.due for one in again)
            assert scene.rows(postgres_url, "bought") == [(2, "b")]
            scene.run(postgres_url, "alter materialized view bought owner to current_user")
            assert all(one.kept for one in sweep(project, shop.plan(project, RULES)))
    finally:
        scene.run(postgres_url, "drop owned by sweeper; drop role sweeper")
