"""Every letter that a step owes arrives, whatever happens between the step and the letter, and then the file goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by
from tests.project.shop import POLICY, Shop
from troth.app.project import open_project
from troth.app.rounds import keep_once
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
        for request, hours in (("7", 13), ("8", 2)):
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


def later(shop: Shop, **time: float) -> list[str]:
    """What a round that much later did with letters."""
    with open_project(load(shop.folder, {}), clock=lambda: datetime.now(UTC) + timedelta(**time)) as opened:
        report = keep_once(opened, "a test")
    return [word for title, word, _ in report.done if title.startswith("send")]


def refusing(shop: Shop, *, on: bool) -> None:
    """Make a letter impossible: a file stands where the outbox should be."""
    outbox = shop.folder / "outbox"
    if on:
        outbox.write_text("", "utf-8")
    else:
        outbox.unlink()


def test_code_that_left_too_late(little: Shop) -> None:
    """A code that could not leave while it was good is not sent; the command and the status say so, and a new one goes out."""
    refusing(little, on=True)
    said = little.troth("request", "access", "-s", "email=ada@example.org")
    assert "the letter `code` has not left" in said.out
    assert "on its way" not in said.out
    refusing(little, on=False)
    assert later(little, minutes=11) == ["not sent any more"]
    assert little.letters() == []
    (problem,) = little.json("status")["problems"]
    assert "troth request code 1" in problem
    little.json("request", "code", "1")
    assert little.json("request", "confirm", "1", little.code())["state"] == "done"
    assert little.json("status")["problems"] == []


def test_letter_that_never_leaves(little: Shop) -> None:
    """A letter that is refused every day is noted once, named by the status, and goes with the file when the person was told."""
    refusing(little, on=True)
    erase = (
        "request",
        "erase",
        "-s",
        "email=ada@example.org",
        "--verified",
        "session",
        "--no-undo",
        "a test",
    )
    assert "the letter `done` has not left" in little.troth(*erase).out
    for days in range(1, 4):
        assert later(little, days=days) == ["not done: it could not be sent"]
    letters = little.json("request", "show", "1")["letters"]
    assert [(one["letter"], one["outcome"]) for one in letters] == [
        ("received", "failed"),
        ("done", "failed"),
    ]
    assert any("troth request told 1" in one for one in little.json("status")["problems"])
    assert little.troth("request", "told", "1", "--by", " ").code == 2
    assert little.json("request", "told", "1", "--by", "a letter by post")["state"] == "done"
    assert later(little, days=4) == []
    assert little.json("status")["problems"] == []
    with open_project(load(little.folder, environment())) as opened:
        assert opened.desk.files.every() == {}
    assert little.troth("request", "told", "1", "--by", "again").code == 2


def test_question_of_a_stranger(little: Shop) -> None:
    """Who is not on file gets the answer to a question where they wrote from; a copy of data is sent to no such address."""
    text = little.folder / "text.txt"
    text.write_text("Do you know me?", "utf-8")
    told = little.json("request", "ask", "-s", "email=eve@example.org", "--text", text)
    assert any("waits for an answer" in one for one in little.json("status")["problems"])
    text.write_text("No.", "utf-8")
    little.json("request", "answer", told["request"], "--text", text)
    assert little.letters()[-1][1].strip() == "No."
    count = len(little.letters())
    said = little.troth("request", "access", "-s", "email=eve@example.org", "--verified", "document")
    assert "nobody was told" in said.out
    assert len(little.letters()) == count


def test_letters_name_the_purpose(little: Shop) -> None:
    """Who objects is told to what, in the language of the letter."""
    for language, word in (("en", "(Direct marketing)"), ("zh", "直接营销")):
        ada = ("-s", "email=ada@example.org", "--verified", "session", "--lang", language)
        little.json("request", "object", *ada, "--purpose", "direct-marketing")
        assert word in little.letters()[-1][1], little.letters()[-1]


def test_refused_in_time(little: Shop, tmp_path: Path) -> None:
    """Who does not show who they are is refused before the deadline, also where that is less than 30 days."""
    (tmp_path / "policy.troth.md").write_text(POLICY.replace("within ~30 days", "within ~28 days"), "utf-8")
    told = little.json("request", "access", "-s", "email=ada@example.org")
    later(little, days=26.9)
    assert little.json("request", "show", told["request"])["state"] == "identity asked"
    later(little, days=28.1)
    assert little.json("request", "show", told["request"])["state"] == "refused"
