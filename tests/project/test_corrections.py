"""Corrections that can not be made: refused at once where no column can hold the value, never told as done in part."""

from __future__ import annotations

from tests.project.shop import Shop

ASK = ("request", "rectify", "-s", "email=ada@example.org", "--verified", "session", "--set")


def test_no_column_can_hold_it(shop: Shop) -> None:
    """A value that is too long for every column it is kept in is refused before anything is taken down."""
    refused = shop.troth(*ASK, f"shop.customers.name={'x' * 200}")
    held = shop.urls["shop"].startswith("sqlite")
    assert (refused.code, "longer than the 80 characters of shop.customers.name" in refused.err) == (
        2,
        True,
    ), held
    assert shop.json("requests", "--all")["requests"] == []


def test_taken(shop: Shop) -> None:
    """An address that somebody else has changes nothing; the letter says so, and no round tries it again."""
    before = shop.everything()
    told = shop.troth(*ASK, "shop.customers.email=bob@example.org", "--json")
    assert (told.code, told.json["state"]) == (1, "partly")
    assert shop.everything() == before
    text = shop.letters()[-1][1]
    assert "Nothing was changed" in text
    assert "in part" not in text
    story = shop.json("request", "show", "1")["story"]
    assert shop.json("keep")["done"] == []
    assert shop.json("request", "show", "1")["story"] == story
    assert shop.troth("request", "run", "1").code == 1
    assert shop.troth("request", "refuse", "1", "--ground", "correct", "--why", "it is another's").code == 0
