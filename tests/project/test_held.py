"""Erasure that must wait: restricted, named to the person, and finished by itself when its hold ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.project.shop import POLICY, Shop

HOLDS = POLICY.replace(
    "    must erase all-of-subject within 30 days\n",
    "    must erase all-of-subject within 30 days\n"
    "      hold open-order: order-status in [open, unpaid]\n"
    "      hold dispute: dispute-status is open\n"
    "      while held only use for [order-processing, payment]\n"
    "      then erase within ~24 hours\n",
)


@pytest.fixture
def waiting(shop: Shop, tmp_path: Path) -> Shop:
    """The shop under a policy with holds; the orders have a state, and Ada's second order is open."""
    assert HOLDS != POLICY
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    scene.run(
        shop.urls["shop"],
        "alter table orders add column state varchar(20)",
        "update orders set state = 'paid'",
        "update orders set state = 'new' where id = 3",
    )
    assert shop.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    place = shop.folder / "map.toml"
    text = place.read_text("utf-8")
    head, found, rest = text.partition('name = "orders"\n')
    assert found
    fact = 'facts = { order-status = "state: new = open; * = completed" }\n'
    place.write_text(
        head + found + fact + rest if "facts" not in rest.partition("[[table]]")[0] else text, "utf-8"
    )
    return shop


def test_waits_for_the_open_order(waiting: Shop) -> None:
    """What is not held goes at once; the order that is open stays, restricted, until it is paid; then all of it goes."""
    told = waiting.json(
        "request", "erase", "-s", "email=ada@example.org", "--verified", "session", "--no-undo", "a test"
    )
    assert told["state"] == "held"
    assert [row[0] for row in waiting.rows("orders")] == [2, 3]
    assert "Ada@Example.org" not in str(waiting.rows("tickets"))
    shown = waiting.json("request", "show", told["request"])
    assert [hold["name"] for hold in shown["holds"]] == ["open-order"]
    assert any("must be kept" in subject for subject, _ in waiting.letters())
    ask = ("decide", "use", "name", "--for", "account-management", "-s", "email=ada@example.org")
    assert waiting.troth(*ask).code == 1
    assert waiting.json("plan")["items"] == []
    scene.run(waiting.urls["shop"], "update orders set state = 'paid' where id = 3")
    (item,) = waiting.json("plan")["items"]
    assert (item["what"], item["why"]) == ("release", "open-order")
    assert [one["outcome"] for one in waiting.json("keep")["done"]] == ["done"]
    assert [row[0] for row in waiting.rows("customers")] == [2, 3]
    assert [row[0] for row in waiting.rows("orders")] == [2]
    assert "is done" in waiting.letters()[-1][0]


def test_waits_for_a_dispute(little: Shop, tmp_path: Path) -> None:
    """A fact of the case that somebody enters holds everything, and lets it go when it is settled."""
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    told = little.json(
        "request", "erase", "-s", "email=bob@example.org", "--verified", "session", "--no-undo", "a test",
        "--fact", "dispute-status=open",
    )  # fmt: skip
    assert told["state"] == "held"
    assert len(little.rows("customers")) == 3
    little.json("request", "fact", told["request"], "dispute-status=none")
    assert [one["outcome"] for one in little.json("keep")["done"]] == ["done"]
    assert [row[0] for row in little.rows("customers")] == [1, 3]
