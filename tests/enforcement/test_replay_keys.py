"""A restored backup after keys of the ring were replaced: whoever was erased is known again, or it is said that nobody can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.afterwards import replay
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.rectify import Correction, rectify
from troth.evidence import keyring
from troth.model.plan import Hold

MAP = (
    table("main.users", "subject", email="contact.email", name="contact.name", phone="contact.phone")
    + table("main.orders", "owned", paths=["orders.user_id => users.id"], what="order")
)  # fmt: skip
TABLES = """
create table users (id integer not null primary key, email varchar(40) not null, name varchar(20), phone varchar(30));
create table orders (id integer not null primary key, user_id integer, what varchar(20))
"""
ROWS = """
insert into users values (1, 'ada@example.org', 'Ada', '+442079460001'), (2, 'bob@example.org', 'Bob', null);
insert into orders values (1, 1, 'x'), (2, 2, 'y')
"""
ADA, ZOE = by(email="ada@example.org"), by(email="zoe@example.com")


def replaced(folder: Path, *, retired: bool = False) -> None:
    """A new pseudonym key in the ring of a project, beside the older ones or instead of them."""
    place = folder / "keys.json"
    ring = keyring.rotate(keyring.load(place, {}), "pseudonym")
    keyring.save(keyring.retire(ring, "pseudonym") if retired else ring, place)


@pytest.mark.parametrize("when", ["before the erasure", "after it"])
@pytest.mark.parametrize("corrected", [False, True])
def test_who_was_erased_is_known(url: str, tmp_path: Path, when: str, *, corrected: bool) -> None:
    """A key that was replaced in between hides nobody, also where a backup from before a correction has another address."""
    scene.run(url, TABLES, ROWS)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        if corrected:
            changes = [Correction("email", "zoe@example.com"), Correction("phone", None)]
            assert rectify(project, ADA, changes, CITED).outcome.word == "done"
    if when == "before the erasure":
        replaced(tmp_path)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = erase(project, [ZOE if corrected else ADA], plan_erasure(project, CITED))[0]
        assert outcome.word == "done"
    if when == "after it":
        replaced(tmp_path)
    scene.run(url, "delete from orders", "delete from users", ROWS)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert [one.word for one in replay(project, plan_erasure(project, CITED))] == ["done"]
    assert [row[0] for row in scene.rows(url, "users")] == [2]
    assert [row[0] for row in scene.rows(url, "orders")] == [2]


def test_key_that_is_gone(url: str, tmp_path: Path) -> None:
    """Without the key under which they are noted nobody is known again; that is said, and proved, and never called done."""
    scene.run(url, TABLES, ROWS)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"
    replaced(tmp_path, retired=True)
    scene.run(url, "delete from orders", "delete from users", ROWS)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        (outcome,) = replay(project, plan_erasure(project, CITED))
        told = [one for one in project.ledger.read() if one.kind == "restored"]
    assert (outcome.word, [one.place for one in outcome.reasons]) == ("partly", ["key ring"])
    assert [one.outcome for one in told] == ["partly"]
    assert len(scene.rows(url, "users")) == 2


def test_open_job_of_an_older_key(url: str, tmp_path: Path) -> None:
    """An erasure that waits under an older key goes on when it is asked for under the newer one, and ends once."""
    scene.run(url, TABLES, ROWS)
    held = [Hold("main.orders", "an open order")]
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert erase(project, [ADA], plan_erasure(project, CITED, held))[0].word == "partly"
    replaced(tmp_path)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"
        assert project.journal.jobs() == []
