"""Notices: the key of a row says whose it is, and a type and a number beside it whom it is about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from tests.enforcement.test_probes import erased, given
from troth.datamap.check import check
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import write_map
from troth.datamap.propose import propose
from troth.enforcement.erase import erase, plan_erasure

ADA, BOB = by(email="ada@example.org"), by(email="bob@example.org")
PEOPLE = """
create table users (id integer not null primary key, email varchar(60) not null unique, name varchar(40));
insert into users values (1, 'ada@example.org', 'Ada Byron'), (2, 'bob@example.org', 'Bob Hope')
"""
NOTICES = """
create table type_lookups (id integer not null primary key, name varchar(40) not null unique);
create table tickets (id integer not null primary key, user_id integer, title varchar(40),
  foreign key (user_id) references users (id));
create table notifications (id integer not null primary key, user_id integer not null, type_lookup_id integer not null,
  o_id integer{null}, body varchar(80), seen integer, foreign key (user_id) references users (id){rule},
  foreign key (type_lookup_id) references type_lookups (id));
insert into type_lookups values (1, 'User'), (2, 'Ticket');
insert into tickets values (1, 1, 'a'), (2, 2, 'b');
insert into notifications values (1, 1, 2, 1, 'hers', 0), (2, 1, 1, 2, 'bob did something', 0), (3, 2, 2, 1, 'a ticket', 0),
  (4, 2, 1, 1, 'ada@example.org joined', 0), (5, 2, 2, 2, 'his', 0), (6, 1, 1, 1, 'of herself', 0)
"""


def proposed(url: str) -> str:
    """The map as it is proposed, without its head."""
    text = write_map(propose({"main": introspect(url, store="main")}).map)
    return text[text.index("[[table]]") :]


@pytest.mark.parametrize(("null", "rule"), [("", ""), (" not null", ""), (" not null", " on delete cascade")])
def test_erasure(url: str, tmp_path: Path, null: str, rule: str) -> None:
    """A person's own notices go whomever they are about, and another's notice about the person stays without what names them."""
    scene.run(url, PEOPLE, NOTICES.format(null=null, rule=rule))
    with scene.project(tmp_path, {"main": url}, proposed(url)) as project:
        blocked = [one.message for one in check(project.map, project.schemas) if one.severity == "block"]
        plan = plan_erasure(project, CITED)
        outcome = erase(project, [ADA], plan)[0]
    assert blocked == []
    (step,) = (one for one in plan.as_json()["steps"] if one["place"] == "main.notifications")
    assert (step["action"], step["about"]) == ("delete", [1])
    assert (outcome.word, outcome.reasons) == ("done", ())
    assert outcome.counts["main.notifications"] == {"deleted": 3, "separated": 1}
    left = {row[0]: row[3:5] for row in scene.rows(url, "notifications")}
    assert sorted(left) == [3, 4, 5]
    assert left[4][0] == (1 if null else None)
    assert "ada" not in left[4][1]
    assert [row[0] for row in scene.rows(url, "users")] == [2]


def test_copies(url: str, tmp_path: Path) -> None:
    """Everybody gets the notices that are addressed to them, those about somebody else too, and none of another's."""
    scene.run(url, PEOPLE, NOTICES.format(null=" not null", rule=""))
    for who, own in ((ADA, [1, 2, 6]), (BOB, [3, 4, 5])):
        folder = tmp_path / str(own[0])
        folder.mkdir()
        outcome, found = given(folder, {"main": url}, proposed(url), who)
        rows = found["notifications"]
        assert [row["id"] for row in rows] == own  # type: ignore[attr-defined]
        assert outcome.word == "done"


def test_what_hangs_on_a_notice(url: str, tmp_path: Path) -> None:
    """Deliveries of a notice are its reader's too: they go with it, and stay when the one leaves whom it is about."""
    scene.run(
        url,
        PEOPLE,
        NOTICES.format(null=" not null", rule=""),
        "create table deliveries (id integer not null primary key, notice_id integer, said varchar(60),"
        " foreign key (notice_id) references notifications (id) on delete cascade)",
        "insert into deliveries values (1, 2, 'to her'), (2, 4, 'about ada@example.org'), (3, 5, 'to him')",
    )
    text = proposed(url).partition("[none.main]")[0].replace("deliveries", "unmapped")
    ways = ["notifications.user_id -> users.id", "notifications.o_id => users.id [type_lookup_id='1']"]
    text = "".join(f"[[table]]{one}" for one in text.split("[[table]]") if one and "unmapped" not in one)
    text += table(
        "main.deliveries",
        "owned",
        paths=[f"deliveries.notice_id -> notifications.id ; {way}" for way in ways],
        said="message",
    )
    text += table("main.type_lookups", "none")
    outcome = erased(tmp_path, {"main": url}, text, ADA)
    assert (outcome.word, outcome.reasons) == ("done", ())
    left = {row[0]: row[2] for row in scene.rows(url, "deliveries")}
    assert sorted(left) == [2, 3]
    assert "ada" not in left[2]
    assert [row[0] for row in scene.rows(url, "notifications")] == [3, 4, 5]
    assert [row[0] for row in scene.rows(url, "users")] == [2]


def test_killed_between(tmp_path: Path) -> None:
    """A job that is resumed knows from its plan whom rows are only about."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(url, PEOPLE, NOTICES.format(null=" not null", rule=""))

    def watch(event: str) -> None:
        if event == "+ commit main":
            raise RuntimeError(event)

    text = proposed(url)
    with scene.project(tmp_path, {"main": url}, text, watch=watch) as project, pytest.raises(RuntimeError):
        erase(project, [ADA], plan_erasure(project, CITED))
    assert erased(tmp_path, {"main": url}, text, ADA).word == "done"
    assert [row[0] for row in scene.rows(url, "notifications")] == [3, 4, 5]


def test_guessed_keys_are_asked_about(url: str, tmp_path: Path) -> None:
    """Where only its name makes a column the key of a person, nobody knows whose the row is, and the check says so."""
    scene.run(url, PEOPLE, NOTICES.format(null="", rule=""))
    text = proposed(url).replace("notifications.user_id -> users.id", "notifications.user_id => users.id")
    with scene.project(tmp_path, {"main": url}, text) as project:
        blocked = {one.rule for one in check(project.map, project.schemas) if one.severity == "block"}
    assert blocked == {"ambiguous-owner"}


def test_rows_of_two_beside_an_account_that_stays(url: str, tmp_path: Path) -> None:
    """An account that stays without a name for a case is nobody in a row of two people too, which need not let go of it."""
    scene.run(
        url,
        PEOPLE,
        "create table tickets (id integer not null primary key, user_id integer not null, title varchar(40),"
        " foreign key (user_id) references users (id))",
        "create table calls (id integer not null primary key, caller_id integer not null, callee_id integer not null,"
        " note varchar(60))",
        "insert into tickets values (1, 1, 'of ada')",
        "insert into calls values (1, 1, 2, 'ada@example.org asked'), (2, 2, 2, 'his'), (3, 1, 1, 'hers')",
    )
    text = table("main.users", "subject", email="contact.email/token", name="contact.name/null")
    text += table("main.tickets", "shared", paths=["tickets.user_id -> users.id"], title="message/null")
    paths = ["calls.caller_id => users.id", "calls.callee_id => users.id"]
    text += table("main.calls", "owned", paths=paths, note="message")
    outcome = erased(tmp_path, {"main": url}, text, ADA)
    assert (outcome.word, outcome.reasons) == ("done", ())
    assert outcome.counts["main.calls"] == {"deleted": 1, "separated": 1}
    assert [row[:3] for row in scene.rows(url, "calls")] == [(1, 1, 2), (2, 2, 2)]
    assert "ada" not in json.dumps(scene.rows(url, "calls"))
    assert scene.rows(url, "users")[0][2] is None
