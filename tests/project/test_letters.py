"""Every letter that a step owes arrives, whatever happens between the step and the letter, and then the file goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by
from tests.project.shop import Shop
from troth.app.project import open_project
from troth.duties.carry import answer, carry
from troth.duties.desk import Desk
from troth.duties.intake import Asked, receive, refuse, take_back
from troth.duties.post import PostRefused
from troth.settings import environment, load


class StoppedError(Exception):
    """The process ends here."""


@dataclass
class Stopping:
    """A post that takes so many letters away; at the next the process ends, or the letter is refused."""

    post: Any
    takes: int
    error: Exception

    def send(self, *words: Any, **named: Any) -> Any:
        """See `troth.duties.post.Post`."""
        if not self.takes:
            raise self.error
        self.takes -= 1
        return self.post.send(*words, **named)


def asked(right: str, **more: Any) -> Asked:
    """A request of Ada's, who showed who she is."""
    return Asked(right=right, person=by(email="ada@example.org"), **{"method": "session"} | more)


WAYS: dict[str, tuple[Callable[[Desk], object], int]] = {
    "code": (lambda desk: receive(desk, asked("access", method="")), 0),
    "received": (lambda desk: receive(desk, asked("erase")), 0),
    "done": (lambda desk: carry(desk, receive(desk, asked("access"))), 1),
    "erased": (lambda desk: carry(desk, receive(desk, asked("erase", no_undo="a test"))), 1),
    "withdrawn": (lambda desk: take_back(desk, receive(desk, asked("erase")), "session"), 1),
    "refused": (
        lambda desk: refuse(desk, receive(desk, asked("erase")), "excessive", "the tenth this week", actor="dpo"),
        1,
    ),
    "answered": (
        lambda desk: answer(desk, receive(desk, asked("question", text="why?")), "Because.", actor="dpo"), 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "error", [StoppedError(), PostRefused("the mail server is away")], ids=["killed", "refused"]
)
@pytest.mark.parametrize("way", WAYS)
def test_the_letter_arrives(little: Shop, way: str, error: Exception) -> None:
    """The next round sends a letter that did not leave with its step, once, and then nothing of an ended request is kept."""
    work, before = WAYS[way]
    with open_project(load(little.folder, environment())) as opened:
        desk = replace(opened.desk, post=Stopping(opened.desk.post, before, error))
        if isinstance(error, StoppedError):
            with pytest.raises(StoppedError):
                work(desk)
        else:
            work(desk)
        left = len(little.letters())
        assert left == before
    told = little.json("keep", "--once")["done"]
    assert [one["outcome"] for one in told if one["what"].startswith("send")] == ["sent"], told
    sent = little.letters()
    assert len(sent) >= before + 1
    assert len(set(sent)) == len(sent)
    again = little.json("keep", "--once")["done"]
    assert not [one for one in again if one["what"].startswith(("send", "tidy"))]
    assert little.letters() == sent
    with open_project(load(little.folder, environment())) as opened:
        state = opened.desk.life("1")
        assert bool(opened.desk.files.every()) is not state.ended


def test_what_never_came_in_is_forgotten(little: Shop) -> None:
    """The file of a request whose taking down was killed goes after a while, and one that is being taken down stays."""
    with open_project(load(little.folder, environment())) as opened:
        for request, hours in (("7", 2), ("8", 0)):
            at = datetime.now(UTC) - timedelta(hours=hours)
            opened.desk.files.save(request, "01" + "ab" * 32, at, {"person": [["email", "ada@example.org"]]})
    done = little.troth("keep", "--once")
    assert done.code == 0, done.out
    with open_project(load(little.folder, environment())) as opened:
        assert list(opened.desk.files.every()) == ["8"]


def test_a_damaged_file_keeps_nobody_back(little: Shop) -> None:
    """The file of a request that ended and can not be read is told, and everybody else's request is carried out."""
    with open_project(load(little.folder, environment())) as opened:
        late = replace(
            opened.desk, post=Stopping(opened.desk.post, 1, PostRefused("the mail server is away"))
        )
        refuse(late, receive(late, asked("erase")), "excessive", "the tenth", actor="dpo")
        receive(opened.desk, asked("access"))
        change = ("update request_file set sealed = 'AAAA' where request = ?", ("1",))
        opened.project.ledger.write(lambda run: run(*change))
    told = little.json("keep", "--once")["done"]
    outcomes = {one["what"].partition(":")[0]: one["outcome"] for one in told}
    assert outcomes["mend request 1"].startswith("not done")
    assert outcomes["carry out request 2 (access)"] == "done"


def test_address_that_was_asked_for(little: Shop) -> None:
    """Of several addresses on file, the letters go to the one that the request named."""
    scene.run(
        little.urls["shop"],
        "alter table customers add column invoice_email varchar(120)",
        "update customers set invoice_email = 'Ada@Books.example', email = 'a' || email where id = 1",
    )
    assert little.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    told = little.json("request", "access", "-s", "email=ada@books.example")
    assert little.json("request", "confirm", told["request"], little.code())["state"] == "done"
    sent = [path.read_text("utf-8") for path in (little.folder / "outbox").glob("*.eml")]
    assert len(sent) == 3
    assert all("To: Ada@Books.example" in one for one in sent)
