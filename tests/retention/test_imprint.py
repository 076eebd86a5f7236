"""Imprints: a set of rows as one number, the same for the same rows however they come, and for no others."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from tests.enforcement import scene
from tests.enforcement.scene import by
from tests.retention import shop
from tests.retention.shop import MAP
from troth.enforcement.imprint import both, imprint, of_sweeps, rows_of
from troth.enforcement.sweep import dry_run
from troth.stores.sift import Sweeping

OLD = "2020-01-01 00:00:00"
PEOPLE = f"""insert into customers values (1, 'ada@example.org', 'Ada', 'x', '{OLD}'),
  (2, 'bob@example.org', 'Bob', 'y', '{OLD}')"""
ORDERS = f"insert into orders values (1, 1, 1, 'a', '{OLD}'), (2, 2, 2, 'b', '{OLD}'), (3, 2, 2, 'c', null)"
TICKETS = f"insert into tickets values (1, 1, 'a', '{OLD}'), (1, 2, 'b', '{OLD}'), (2, 1, 'c', null)"
KEY = b"k" * 32
SETS = some.sets(some.tuples(some.integers(0, 9), some.sampled_from(["1", "12", "2"])))


@given(SETS, SETS)
def test_imprints_name_sets(one: set[tuple[int, str]], other: set[tuple[int, str]]) -> None:
    """Order and pieces make no difference; other rows, another action and another key do."""
    found = imprint(KEY, "erase a", sorted(one))
    assert found == imprint(KEY, "erase a", sorted(one, reverse=True))
    assert both(found, imprint(KEY, "erase a", other - one)) == imprint(KEY, "erase a", one | other)
    assert (found == imprint(KEY, "erase a", other)) == (one == other)
    if one:
        assert found not in {imprint(KEY, "mask a", one), imprint(b"l" * 32, "erase a", one)}


def told(folder: Path, url: str, *people: str) -> dict[str, tuple[int, int]]:
    """By table and action: how many rows, and their imprint."""
    with scene.project(folder, {"main": url}, MAP) as project:
        plan = shop.plan(project)
        held = {project.pseudonym(by(email=one)) for one in people}
        which = dict(of_sweeps(project, plan, held))
        return {
            f"{one.sweep.table} {one.sweep.rule}": (one.free, which[one.sweep])
            for one in dry_run(project, plan, held)
            if one.due
        }


def test_same_count_other_rows(url: str, tmp_path: Path) -> None:
    """Where as many rows are due but others, the imprint of that step differs and those of all others stay."""
    scene.run(url, shop.tables(url), PEOPLE, ORDERS, TICKETS)
    before = told(tmp_path, url)
    assert told(tmp_path, url) == before
    scene.run(
        url,
        "update orders set completed_at = null where id = 1",
        f"update orders set completed_at = '{OLD}' where id = 3",
        "update tickets set resolved_at = null where customer_id = 1 and number = 2",
        f"update tickets set resolved_at = '{OLD}' where customer_id = 2",
    )
    after = told(tmp_path, url)
    assert {step: rows for step, (rows, _) in before.items()} == {
        step: rows for step, (rows, _) in after.items()
    }
    changed = {step.split()[0] for step in before if before[step] != after[step]}
    assert changed == {"orders", "tickets"}


def test_rows_that_stay(url: str, tmp_path: Path) -> None:
    """Rows of a person whose data may not be erased are no part of it: to spare one and then another is told apart."""
    scene.run(url, shop.tables(url), PEOPLE, ORDERS)
    ada, bob = told(tmp_path, url, "ada@example.org"), told(tmp_path, url, "bob@example.org")
    orders = next(step for step in ada if step.startswith("orders"))
    assert (ada[orders][0], bob[orders][0]) == (1, 1)
    assert ada[orders] != bob[orders]


def test_keys_are_those_that_are_swept(url: str, tmp_path: Path) -> None:
    """The keys of a step are one by one the rows that it counts as free."""
    scene.run(url, shop.tables(url), PEOPLE, ORDERS, TICKETS)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        store = project.stores["main"]
        assert isinstance(store, Sweeping)
        for one in dry_run(project, shop.plan(project)):
            found = list(store.keys(rows_of(one.sweep)))
            assert len(found) == len(set(found)) == one.free
