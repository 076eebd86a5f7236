"""A restriction that somebody asked for ends when the house says why, and the person is told before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.project.shop import Shop, make_shop

WHO = ("-s", "email=ada@example.org")
ASK = ("decide", "use", "name", "--for", "account-management", *WHO)


@pytest.fixture
def marked(tmp_path: Path) -> Shop:
    """The shop on SQLite, whose customers have a mark for restricted data."""
    shop = make_shop(tmp_path, {"shop": f"sqlite:///{tmp_path / 'shop.db'}"})
    scene.run(shop.urls["shop"], "alter table customers add column is_restricted integer default 0")
    assert shop.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    return shop


def marks(shop: Shop) -> list[object]:
    """The marks of the customers."""
    return [row[3] for row in shop.rows("customers")]


def test_told_and_ended(marked: Shop) -> None:
    """The person is told why, the mark goes, the data may be used again, and nobody is told twice of one that has ended."""
    restrict = ("request", "restrict", *WHO, "--verified", "session", "--reason")
    assert marked.json(*restrict, "accuracy")["state"] == "done"
    assert (marks(marked)[0], marked.troth(*ASK).code) == (1, 1)
    release = ("request", "release", *WHO, "--why", "the address was corrected")
    assert marked.json(*release, "--reason", "claims")["outcome"]["outcome"] == "nothing found"
    assert (marks(marked)[0], marked.troth(*ASK).code) == (1, 1)
    done = marked.troth(*release, "--reason", "accuracy")
    assert (done.code, "restriction: ended" in done.out) == (0, True)
    assert (marks(marked), marked.troth(*ASK).code) == ([0, 0, 0], 0)
    told = [body for subject, body in marked.letters() if "restriction of your data ends" in subject]
    assert len(told) == 1
    assert "the address was corrected" in told[0]
    assert marked.json(*release)["outcome"]["outcome"] == "nothing found"
    assert len([1 for subject, _ in marked.letters() if "restriction of your data ends" in subject]) == 1


def test_not_without_telling(marked: Shop) -> None:
    """Where the letter can not leave, or nothing says why, the restriction goes on."""
    assert marked.json("request", "restrict", *WHO, "--verified", "session")["state"] == "done"
    assert marked.troth("request", "release", *WHO, "--why", " ").code == 2
    outbox = marked.folder / "outbox"
    outbox.rename(marked.folder / "letters")
    outbox.write_text("no folder", "utf-8")
    done = marked.troth("request", "release", *WHO, "--why", "it is over")
    assert (done.code, "the restriction goes on" in done.err) == (2, True)
    assert (marks(marked)[0], marked.troth(*ASK).code) == (1, 1)
