"""Telling a person that it takes longer: only until a day that counts, and once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.project.shop import Shop
from troth.app.project import here, open_state
from troth.app.requests import cards


def due(shop: Shop, number: str) -> date:
    """By when a request is due."""
    with open_state(here(shop.folder)) as state:
        return date.fromisoformat(cards(state, number)[0].due)


@pytest.fixture
def asked(little: Shop) -> Shop:
    """The shop in the European Union, under a policy that promises no day itself, with a question that is open."""
    policy = little.folder.parent / "policy.troth.md"
    policy.write_text(
        policy.read_text("utf-8").replace(" within ~30 days", "").replace('["hk"]', '["eu"]'), "utf-8"
    )
    told = little.json("request", "access", "-s", "email=ada@example.org")
    assert told["state"] == "identity asked"
    return little


def test_beyond_what_counts(asked: Shop) -> None:
    """A day beyond the law's own maximum, or before the day that holds anyway, is refused and no letter leaves."""
    first, letters = due(asked, "1"), len(asked.letters())
    for day, word in ((first + timedelta(days=300), "beyond"), (first, "no extension"), ("soon", "no date")):
        refused = asked.troth("request", "extend", "1", "--until", str(day), "--why", "it is much")
        assert (refused.code, word in refused.err) == (2, True), refused.err
    assert (due(asked, "1"), len(asked.letters())) == (first, letters)


def test_once(asked: Shop) -> None:
    """An extension moves the day as the letter says, and a second one is refused."""
    first = due(asked, "1")
    until = first + timedelta(days=30)
    told = asked.troth("request", "extend", "1", "--until", str(until), "--why", "it is much")
    assert told.code == 0, told.err
    assert due(asked, "1") == until
    letters = len(asked.letters())
    again = asked.troth(
        "request", "extend", "1", "--until", str(until - timedelta(days=5)), "--why", "sooner"
    )
    assert (again.code, "extended already" in again.err) == (2, True)
    assert (due(asked, "1"), len(asked.letters())) == (until, letters)
