"""Several processes work on one project at once: nobody is answered twice, kept waiting for nothing, or told what is not so."""

from __future__ import annotations

import email
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by
from tests.project.shop import Shop
from troth.app.project import open_project
from troth.duties.agenda import agenda, keep_round
from troth.duties.carry import carry
from troth.duties.intake import Asked, receive
from troth.enforcement import erase
from troth.model.errors import Taken, TrothError
from troth.settings import environment, load

ADA = by(email="ada@example.org")
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
ERASE = ("request", "erase", "-s", "email=ada@example.org", "--verified", "session", "--no-undo", "a test")


def ahead(hours: int) -> Callable[[], datetime]:
    """A clock that is so many hours ahead."""
    return lambda: NOW + timedelta(hours=hours)


@pytest.mark.parametrize("right", ["access", "erase", "restrict"])
def test_two_at_the_same_request(little: Shop, right: str) -> None:
    """A process that took a request up at the same moment as another writes no second letter and no second step."""
    with open_project(load(little.folder, environment())) as opened:
        desk = opened.desk
        stale = receive(
            desk, Asked(right=right, person=ADA, method="session", no_undo="a" * (right == "erase"))
        )
        carry(desk, stale)
        letters, size = little.letters(), desk.project.ledger.size()
        with pytest.raises(TrothError, match=r"request `?1"):
            carry(desk, stale)
        assert (little.letters(), desk.project.ledger.size()) == (letters, size)


def test_a_letter_of_two_processes(little: Shop) -> None:
    """The step that ends a request is written once, also where its file is not gone yet when the second one comes."""
    with open_project(load(little.folder, environment())) as opened:
        desk = opened.desk
        life = desk.step(
            receive(desk, Asked(right="erase", person=ADA, method="session", no_undo="a")),
            "running",
            {"no_undo": "a"},
        )
        file = desk.files.open(life.id)
        carry(desk, life)
        desk.files.save(
            life.id, life.subject, desk.now, file
        )  # as it was while the first one sent its letter
        letters = little.letters()
        with pytest.raises(Taken, match="it is done"):
            carry(desk, life)
        assert little.letters() == letters


def test_a_round_beside_a_command(little: Shop) -> None:
    """What somebody else has ended since a round was planned is said to be so, and the round has not failed."""
    with open_project(load(little.folder, environment())) as opened:
        desk = opened.desk
        life = receive(desk, Asked(right="access", person=ADA, method="session"))
        items = [one for one in agenda(desk, folder=little.folder) if one.request]
        carry(desk, life)
        assert [one.word for one in keep_round(desk, items)] == ["another process has ended it meanwhile"]


def test_told_what_is_taken_down(little: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that can not be carried out because another one is, is taken down once, and its number is told."""
    monkeypatch.setattr("troth.enforcement.journal.WAIT", 0.1)
    with open_project(load(little.folder, environment())) as opened, opened.project.journal.alone():
        told = little.troth(*ERASE)
    assert told.code == 3
    assert "another process is carrying out a request" in told.err
    assert "request 1 is taken down" in told.err
    assert "enter it again" not in told.err
    assert little.troth("keep").code == 0
    assert little.json("request", "show", "1")["state"] == "done"


def test_clocks_an_hour_apart(little: Shop) -> None:
    """A round whose clock is an hour ahead leaves the file of a request that somebody takes down at this moment."""
    with open_project(load(little.folder, environment())) as opened:
        desk = opened.desk
        desk.files.save("7", "", NOW, {"person": [["email", "ada@example.org"]]})
        for hours, left in ((2, []), (24, ["7"])):
            later = replace(desk, project=replace(desk.project, clock=ahead(hours)))
            assert [one.request for one in agenda(later, folder=little.folder) if one.what == "tidy"] == left


def test_searching_keeps_nobody_from_the_state(little: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """While an erasure still searches, and perhaps waits for a lock of a store, other processes write to the state."""
    with open_project(load(little.folder, environment())) as opened:
        saving, seen = erase._save, []

        def save(work: Any, chunks: Any) -> int:
            def slowly() -> Iterator[Any]:
                for chunk in chunks:
                    with closing(sqlite3.connect(little.folder / "state.db", timeout=0)) as other:
                        other.execute("begin immediate")
                        seen.append(chunk)
                    yield chunk

            return saving(work, slowly())

        monkeypatch.setattr(erase, "_save", save)
        life = receive(opened.desk, Asked(right="erase", person=ADA, method="session", no_undo="a"))
        assert carry(opened.desk, life).life.state == "done"
        assert len(seen) > 1


def test_nobody_is_told_again_and_again(little: Shop) -> None:
    """That nobody could be told, because no address is on file, is noted once and not in every round."""
    scene.run(little.urls["shop"], "insert into tickets values (9, null, 'call zoe@example.org')")
    ask = ("request", "erase", "-s", "email=zoe@example.org", "--verified", "session", "--no-undo", "a test")
    told = little.troth(*ask)
    assert told.code == 1
    assert "take the value out there by hand" in told.out
    counts = []
    for _ in range(2):
        little.troth("keep")
        with open_project(load(little.folder, environment())) as opened:
            notices = [one for one in opened.project.ledger.read() if one.kind == "notice"]
        counts.append([(one.action, one.outcome) for one in notices])
    assert counts[0] == counts[1] == [("received", "no address"), ("partly", "no address")]
    scene.run(little.urls["shop"], "delete from tickets where id = 9")
    assert little.troth("keep").code == 0
    assert little.json("requests")["requests"] == []


FRIENDS = (
    "create table friends (id integer primary key, of_id integer not null references customers(id), note varchar(9))",
    "insert into friends values (1, 2, 'x')",
)


def written_to(shop: Shop) -> set[str]:
    """The addresses of all letters."""
    letters = [email.message_from_bytes(one.read_bytes()) for one in (shop.folder / "outbox").iterdir()]
    return {str(one["To"]) for one in letters}


def test_what_stays_of_somebody_erased_names_nobody(little: Shop) -> None:
    """A row that stays without a name is erased once more: its random texts are no values of theirs, and no address."""
    scene.run(little.urls["shop"], *FRIENDS)
    ask = ("request", "erase", "-s", "customers.id=2", "--verified", "session", "--no-undo", "a test")
    assert little.json(*ask)["state"] == "done"
    assert little.rows("customers")[1][1:] not in {(None, None), ("bob@example.org", "Bob Hope")}
    again = little.troth(*ask)
    assert (again.code, "still stands" in again.out) == (0, False)
    assert written_to(little) == {"bob@example.org"}


def test_told_where_they_were_before(little: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose erasure was stopped before its answer is told at their own address, and not at the random text in its place."""
    scene.run(little.urls["shop"], *FRIENDS)
    with open_project(load(little.folder, environment())) as opened, monkeypatch.context() as stopped:
        bob = Asked(right="erase", person=by(email="bob@example.org"), method="session", no_undo="a test")
        life = receive(opened.desk, bob)
        opened.desk.step(life, "running", {"no_undo": "a test"})
        stopped.setattr("troth.duties.carry._ended", stop)
        with pytest.raises(KeyboardInterrupt):
            carry(opened.desk, opened.desk.life(life.id))
        opened.desk.step(opened.desk.life(life.id), "partly", {"why": "a test"})
    assert little.troth("keep").code == 0
    assert [subject for subject, _ in little.letters()][-1] == "Your request 1 is done"
    assert written_to(little) == {"bob@example.org"}


def stop(*_: object, **__: object) -> None:
    """The process ends here."""
    raise KeyboardInterrupt
