"""A second address of somebody, in a table of the application's own, is no answer by itself."""

from __future__ import annotations

from pathlib import Path

from tests.enforcement import scene
from tests.enforcement.scene import by, table
from tests.enforcement.test_probes import CUSTOMERS, PEOPLE, given

MAP = CUSTOMERS + table(
    "main.addresses",
    "owned",
    paths=["addresses.customer_id -> customers.id", "addresses.mail ~> customers.email"],
    mail="contact.email",
)


def test_copy_with_nothing_in_it(url: str, tmp_path: Path) -> None:
    """Who asks by an address that only a row of somebody's account has gets no empty copy that is called done."""
    scene.run(
        url, PEOPLE,
        "create table addresses (id integer not null primary key, customer_id integer not null references customers (id),"
        " mail varchar(60) not null)",
        "insert into addresses values (1, 1, 'ada@example.org'), (2, 1, 'second@example.org')",
    )  # fmt: skip
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    outcome, _ = given(tmp_path / "one", {"main": url}, MAP, by(email="second@example.org"))
    assert (outcome.word, [one.place for one in outcome.reasons]) == ("partly", ["main.addresses"])
    assert "ask by their account too" in outcome.reasons[0].why
    outcome, found = given(tmp_path / "two", {"main": url}, MAP, by(email="ada@example.org"))
    assert outcome.word == "done"
    assert len(found["addresses"]) == 2  # type: ignore[arg-type]
