"""What the documents say is there."""

from __future__ import annotations

import re

import pytest

from scripts import pages
from tests.house.tree import HOUSE, SOURCE


def test_links_lead_somewhere() -> None:
    """Every link inside the project leads to a file and a heading that exist."""
    found, dead = pages.read()
    assert found
    assert dead == []


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("docs/house.md", "docs/house.html"),
        ("docs/house.md#rooms", "docs/house.html#rooms"),
        ("LICENSE", "../LICENSE"),
        ("https://example.org/a", "https://example.org/a"),
        ("docs/house.md#cellar", None),
        ("docs/nowhere.md", None),
        ("../elsewhere.md", None),
    ],
)
def test_link_rule(link: str, place: str | None) -> None:
    """A link is followed into the site, out of it to a file of the project, or reported."""
    found = {page: pages.parse(page) for page in pages.pages()}
    assert pages.follow(link, HOUSE / "README.md", found) == place


def test_every_room_is_described() -> None:
    """The page of the house names every room and no other."""
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    text = (HOUSE / "docs" / "house.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE)) == rooms
