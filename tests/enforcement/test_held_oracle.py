"""Generated orders and holds: what is left after an erasure that must wait is what a slow reading says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.enforcement import scene
from tests.enforcement.scene import CITED
from tests.enforcement.test_held import ADA, MAP, PEOPLE, ids, policy
from troth.enforcement.held import erase_or_hold, finish_held

POLICY = policy()
STATES = st.sampled_from(("pending", "new", "DUE", "shipped", "cancelled", "odd", None))
OPEN = {"pending", "new", "due"}
Order = tuple[int, int | None, str | None]


def waits(order: Order) -> bool:
    """Whether an order of hers is open or unpaid."""
    return order[1] == 1 and order[2] is not None and order[2].lower() in OPEN


def kept(order: Order) -> bool:
    """Whether an order is still there: another's, or open; one without a state is held by nothing, also beside one that is."""
    return order[1] != 1 or waits(order)


@settings(max_examples=40, deadline=None)
@given(
    states=st.lists(st.tuples(st.sampled_from((1, 1, 2, None)), STATES), max_size=7),
    lines=st.lists(st.integers(1, 8), max_size=8),
)
def test_rows_that_wait(states: list[tuple[int | None, str | None]], lines: list[int]) -> None:
    """Open orders of hers stay with their items, everything else of hers goes, and at the end all of it."""
    orders: list[Order] = [(number, *one) for number, one in enumerate(states, 1)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.db").touch()
        url = f"sqlite:///{folder / 'main.db'}"
        scene.run(url, PEOPLE, "delete from orders", "delete from items")
        for number, owner, state in orders:
            said = "null" if state is None else f"'{state}'"
            scene.run(
                url,
                f"insert into orders values ({number}, {'null' if owner is None else owner}, {said}, null)",
            )
        for number, order in enumerate(lines, 1):
            scene.run(url, f"insert into items values ({number}, {order}, 'x')")
        with scene.project(folder, {"main": url}, MAP) as project:
            outcome = erase_or_hold(project, ADA, POLICY, CITED)
            left = {order[0] for order in orders if kept(order)}
            held = any(map(waits, orders))
            hers = {order[0] for order in orders if order[1] == 1}
            assert outcome.word == ("partly" if held else "done")
            assert ids(url) == {
                "customers": [1, 2] if held else [2],
                "orders": sorted(left),
                "items": [n for n, order in enumerate(lines, 1) if order not in hers - left],
                "tickets": [2],
            }
            scene.run(url, "update orders set state = 'shipped'")
            assert [one.word for one in finish_held(project, POLICY, CITED)] == ["done"] * held
            assert project.journal.jobs() == []
        assert ids(url) == {
            "customers": [2],
            "orders": [order[0] for order in orders if order[1] != 1],
            "items": [n for n, order in enumerate(lines, 1) if order not in hers],
            "tickets": [2],
        }
