"""Materialised views keep copies of rows: they are filled again after an erasure, and searched."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.afterwards import unpurged
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.project import Project
from troth.enforcement.rectify import Correction, rectify
from troth.model.outcome import Outcome

TABLES = """
create table clients (id integer primary key, email text not null);
create table orders (id integer primary key, client_id integer not null references clients (id), item text);
create table goods (id integer primary key, name text);
insert into clients values (1, 'ada@example.org'), (2, 'bob@example.org');
insert into orders values (1, 1, 'pen'), (2, 2, 'ink');
create materialized view bought as select o.id, c.email, o.item from orders o join clients c on c.id = o.client_id;
create view plain as select email from bought;
create schema stats;
create materialized view stats."Who bought" as select email from plain;
create materialized view shelf as select name from goods;
create materialized view never as select email from clients with no data
"""
MAP = table("main.clients", "subject", email="contact.email") + table(
    "main.orders", "owned", paths=["orders.client_id -> clients.id"], item="order"
)


def _erased(project: Project) -> Outcome:
    return erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]


@pytest.mark.parametrize("index", ["", "create unique index once on bought (id)"])
def test_views_are_filled_again(postgres_url: str, tmp_path: Path, index: str) -> None:
    """Views made from tables that were written, also by way of other views, hold nothing of the person and are told."""
    scene.run(postgres_url, TABLES, index)
    with scene.project(tmp_path, {"main": postgres_url}, MAP) as project:
        outcome = _erased(project)
        steps = {entry.object: entry.counts for entry in project.ledger.read() if entry.kind == "step"}
        places = unpurged(project)["main"]
    assert outcome.word == "done"
    assert scene.rows(postgres_url, "bought") == [(2, "bob@example.org", "ink")]
    assert scene.rows(postgres_url, 'stats."Who bought"') == [("bob@example.org",)]
    filled = {place for place, counts in steps.items() if counts == {"refreshed": 1}}
    assert filled == {"main.bought", "main.stats.Who bought"}
    assert filled <= set(places)


def test_view_that_can_not_be_filled_again(postgres_url: str, tmp_path: Path) -> None:
    """A view that the user of Troth may not refresh leaves the request open, with the place of what still stands there."""
    scene.run(
        postgres_url,
        TABLES,
        "create role clerk login; grant all on clients, orders, goods, bought, plain, shelf, never to clerk;"
        'drop materialized view stats."Who bought"',
    )
    own = make_url(postgres_url).set(username="clerk").render_as_string(hide_password=False)
    try:
        with scene.project(tmp_path, {"main": own}, MAP) as project:
            outcome = _erased(project)
            told = {one.place: one.why for one in outcome.reasons}
            assert outcome.word == "partly"
            assert told["main.bought"].startswith("the view keeps copies of rows and can not be refreshed: ")
            assert outcome.residue == {"main.bought.email": 1}
            scene.run(postgres_url, "refresh materialized view bought; alter table bought owner to clerk")
            assert _erased(project).word == "done"
    finally:
        scene.run(
            postgres_url, "alter table bought owner to current_user; drop owned by clerk; drop role clerk"
        )


def test_a_correction_reaches_views(postgres_url: str, tmp_path: Path) -> None:
    """A corrected address stands in the views as well, and the old one in none of them."""
    scene.run(postgres_url, TABLES)
    with scene.project(tmp_path, {"main": postgres_url}, MAP) as project:
        done = rectify(project, by(email="ada@example.org"), [Correction("email", "lady@example.org")], CITED)
        filled = {one.object for one in project.ledger.read() if one.counts == {"refreshed": 1}}
    assert done.outcome.word == "done"
    assert sorted(row[1] for row in scene.rows(postgres_url, "bought")) == [
        "bob@example.org",
        "lady@example.org",
    ]
    assert filled == {"main.bought", "main.stats.Who bought"}


def test_view_that_nothing_was_written_for(postgres_url: str, tmp_path: Path) -> None:
    """Where a person is not found nothing is refreshed."""
    scene.run(postgres_url, TABLES)
    with scene.project(tmp_path, {"main": postgres_url}, MAP) as project:
        outcome = erase(project, [by(email="dora@example.org")], plan_erasure(project, CITED))[0]
        steps = [entry for entry in project.ledger.read() if entry.kind == "step"]
    assert (outcome.word, steps) == ("nothing found", [])
