"""A request whose command is stopped in the middle: the same command goes on with it, and nothing stays behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.enforcement.scene import by
from tests.project.shop import Shop
from troth.app.project import open_project
from troth.duties.carry import carry
from troth.duties.intake import Asked, receive
from troth.settings import environment, load


class StoppedError(Exception):
    """The process ends here."""


class Stopping:
    """A ledger whose process ends when it was written to in so many goes."""

    def __init__(self, ledger: Any, goes: int) -> None:
        self._ledger, self._left = ledger, goes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    def append(self, entries: Any) -> int:
        """As the ledger does; then the process ends."""
        number: int = self._ledger.append(entries)
        self._stop()
        return number

    def write(self, work: Any) -> Any:
        """As the ledger does; then the process ends."""
        done = self._ledger.write(work)
        self._stop()
        return done

    def _stop(self) -> None:
        self._left -= 1
        if not self._left:
            raise StoppedError


@pytest.mark.parametrize("goes", range(1, 6))
@pytest.mark.parametrize("right", ["access", "erase"])
def test_same_command_again(little: Shop, right: str, goes: int) -> None:
    """Wherever the first command was stopped, the second carries the request out, and no request stays open."""
    more = ("--no-undo", "a test") if right == "erase" else ()
    with open_project(load(little.folder, environment())) as opened:
        ledger: Any = Stopping(opened.project.ledger, goes)
        desk = replace(opened.desk, project=replace(opened.project, ledger=ledger))
        asked = Asked(
            right=right, person=by(email="ada@example.org"), method="session", no_undo="a test" * bool(more)
        )
        with pytest.raises(StoppedError):
            carry(desk, receive(desk, asked))
    told = little.json("request", right, "-s", "email=ada@example.org", "--verified", "session", *more)
    assert told["state"] in {"done", "nothing found"}  # nothing, where the first was over when it was stopped
    assert little.json("request", "show", "1")["state"] == "done"
    assert little.json("requests")["requests"] == []


def test_an_erasure_that_can_be_taken_back(little: Shop) -> None:
    """An erasure stopped after its first entries waits for its time like any other."""
    with open_project(load(little.folder, environment())) as opened:
        ledger: Any = Stopping(opened.project.ledger, 1)
        desk = replace(opened.desk, project=replace(opened.project, ledger=ledger))
        with pytest.raises(StoppedError):
            receive(desk, Asked(right="erase", person=by(email="ada@example.org"), method="session"))
    assert little.json("request", "show", "1")["state"] == "waiting"


@pytest.mark.parametrize(("right", "no_undo"), [("erase", "a test"), ("rectify", "")])
def test_end_between_evidence_and_answer(
    little: Shop, monkeypatch: pytest.MonkeyPatch, right: str, no_undo: str
) -> None:
    """What was done and proved before the end is answered with `done`, though nobody is found by that address any more."""

    def stop(*_: Any, **__: Any) -> None:
        raise StoppedError

    changes = {"email": "countess@example.org"} if right == "rectify" else {}
    asked = Asked(
        right=right, person=by(email="ada@example.org"), method="session", changes=changes, no_undo=no_undo
    )
    with open_project(load(little.folder, environment())) as opened, monkeypatch.context() as patched:
        life = receive(opened.desk, asked)
        patched.setattr("troth.duties.carry._ended", stop)
        with pytest.raises(StoppedError):
            carry(opened.desk, life)
    assert little.troth("keep").code == 0
    assert little.json("request", "show", "1")["state"] == "done"
    assert len(little.rows("customers")) == (2 if right == "erase" else 3)
