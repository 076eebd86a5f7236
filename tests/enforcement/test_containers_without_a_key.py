"""Lists, arrays and JSON in tables in which nothing names a single row: what names the person goes, the rest stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.datamap.check import check
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.rectify import Correction, rectify

ADA = by(email="ada@example.org")
PEOPLE = """
create table users (id integer not null primary key, email varchar(60) not null unique, name varchar(40));
insert into users values (1, 'ada@example.org', 'Ada Byron'), (2, 'bob@example.org', 'Bob Hope'), (3, 'cy@example.org', 'Cy')
"""
USERS = table("main.users", "subject", email="contact.email", name="contact.name")
CELLS = (
    ("ada@example.org",),
    ("ada@example.org",),
    ("ada@example.org", "bob@example.org"),
    ("ada@example.org", "bob@example.org"),
    ("bob@example.org",),
    ("cy@example.org", "ada@example.org"),
    (),
)
NOTES = ("one", "twin", "of ada@example.org", "other", "his", "mixed", "nobody")


INSIDE = {"text": "array", "json": "$.to[*]", "text[]": "array", "jsonb": "$.to[*]"}
"""Types of columns that hold several values, with what the map calls the place inside of them."""
TYPES = [
    ("sqlite", "text"), ("sqlite", "json"), ("mariadb_url", "text"), ("mariadb_url", "json"),
    ("postgres_url", "text"), ("postgres_url", "json"), ("postgres_url", "text[]"), ("postgres_url", "jsonb"),
]  # fmt: skip


def database(request: pytest.FixtureRequest, folder: Path, engine: str) -> str:
    """The URL of an empty database."""
    (folder / "main.db").touch()
    return f"sqlite:///{folder / 'main.db'}" if engine == "sqlite" else str(request.getfixturevalue(engine))


def written(kind: str, some: tuple[str, ...]) -> str:
    """A cell as such a column writes it."""
    if kind == "text[]":
        return "{" + ",".join(some) + "}"
    return ", ".join(some) if kind == "text" else json.dumps({"to": list(some)})


def filled(url: str, kind: str) -> None:
    """A log of mails without a key, with cells of one kind."""
    scene.run(url, PEOPLE, f"create table mails (target {kind}, note varchar(60), size integer)")
    pool = scene.database(url)
    with pool.begin() as link:
        for size, (some, note) in enumerate(zip(CELLS, NOTES, strict=True)):
            cell = written(kind, some).replace(":", "\\:").replace("'", "''")
            link.exec_driver_sql(
                f"insert into mails values ('{cell.replace(chr(92), '')}', '{note}', {size})"
            )
        link.exec_driver_sql("insert into mails values (null, 'empty', 7)")
    pool.dispose()


def mails(role: str, place: str) -> str:
    """The map of the log."""
    path = f"mails.target ~> users.email [inside {'JSON ' if place.startswith('$') else ''}{place}]"
    form = "json" if place.startswith("$") else ""
    return USERS + table(
        "main.mails", role, key=[], paths=[path], target=f"contact.email/{'null' if role == 'shared' else ''}/{form}",
        note="message/keep" if role == "shared" else "message",
    )  # fmt: skip


def left(url: str) -> dict[str, list[str] | None]:
    """By note, who still stands in a cell."""
    found: dict[str, list[str] | None] = {}
    for cell, note, _ in scene.rows(url, "mails", "3"):
        if cell is None or isinstance(cell, list):
            found[note] = cell
        elif isinstance(cell, dict) or cell.startswith("{"):
            found[note] = (cell if isinstance(cell, dict) else json.loads(cell))["to"]
        else:
            found[note] = cell.split(", ") if cell else []
    return found


@pytest.mark.parametrize("role", ["owned", "shared"])
@pytest.mark.parametrize(("engine", "kind"), TYPES)
def test_erasure(request: pytest.FixtureRequest, tmp_path: Path, engine: str, kind: str, role: str) -> None:
    """Rows of the person alone go or are emptied, and of those of several people their address is taken, twins alike."""
    url = database(request, tmp_path, engine)
    filled(url, kind)
    with scene.project(tmp_path, {"main": url}, mails(role, INSIDE[kind])) as project:
        blocked = [one.message for one in check(project.map, project.schemas) if one.severity == "block"]
        plan = plan_erasure(project, CITED)
        outcome = erase(project, [ADA], plan)[0]
    assert blocked == []
    (step,) = (one for one in plan.as_json()["steps"] if one["place"] == "main.mails")
    assert (step["key"], step["several"]) == (["target"], True)
    assert (outcome.word, outcome.reasons, outcome.residue) == ("done", (), {})
    what = "deleted" if role == "owned" else "masked"
    assert outcome.counts["main.mails"] == {what: 2, "separated": 3}
    stay: dict[str, list[str] | None] = {"one": None, "twin": None} if role == "shared" else {}
    bob = ["bob@example.org"]
    text = next(note for note in left(url) if note.startswith("of "))
    assert "ada" not in text
    rest = {text: bob, "other": bob, "his": bob, "mixed": ["cy@example.org"], "nobody": [], "empty": None}
    assert left(url) == stay | rest


@pytest.mark.parametrize(("engine", "kind"), TYPES)
def test_copy(request: pytest.FixtureRequest, tmp_path: Path, engine: str, kind: str) -> None:
    """A person gets the rows that are theirs alone, twins too, and is told how many others they share."""
    url = database(request, tmp_path, engine)
    filled(url, kind)
    with scene.project(tmp_path, {"main": url}, mails("owned", INSIDE[kind])) as project:
        copy = access(project, ADA, plan_access(project, CITED), tmp_path / "out")
    (file,) = (tmp_path / "out" / "data").rglob("*mails*.json")
    assert sorted(row["note"] for row in json.loads(file.read_text("utf-8"))) == ["one", "twin"]
    assert copy.counts["main.mails"]["shared"] == 3


def test_correction(url: str, tmp_path: Path) -> None:
    """A new address goes to every copy in rows that nothing names, twins and rows with two links to the person alike."""
    cells = "'{}', '{}', '{}'"
    some = [
        ("ada@example.org", "ada@example.org", "a"),
        ("ada@example.org", "ada@example.org", "a"),
        ("ADA@example.org", "bob@example.org", "b"),
        ("bob@example.org", "cy@example.org", "c"),
    ]
    scene.run(
        url,
        PEOPLE,
        "create table mails (sender varchar(60), target varchar(60), note varchar(20))",
        *("insert into mails values (" + cells.format(*row) + ")" for row in some),
        "insert into mails values (null, 'ada@example.org', 'd')",
        "create table watched (members varchar(90), topic varchar(20))",
        "insert into watched values ('bob@example.org, ada@example.org', 'x'), ('ada@example.org', 'y'), ('cy@example.org', 'z')",
    )
    paths = ["mails.sender ~> users.email", "mails.target ~> users.email"]
    text = USERS + table(
        "main.mails", "owned", key=[], paths=paths, sender="contact.email", target="contact.email", note="message"
    )  # fmt: skip
    inside = "watched.members ~> users.email [inside array]"
    text += table("main.watched", "owned", key=[], paths=[inside], members="contact.email", topic="message")
    with scene.project(tmp_path, {"main": url}, text) as project:
        done = rectify(project, ADA, [Correction("email", "zoe@example.com")], CITED)
    zoe = "zoe@example.com"
    assert scene.rows(url, "users")[0][1] == zoe
    assert scene.rows(url, "mails", "3") == [
        (zoe, zoe, "a"), (zoe, zoe, "a"), (zoe, "bob@example.org", "b"), some[3], (None, zoe, "d"),
    ]  # fmt: skip
    lists = [(f"bob@example.org, {zoe}", "x"), (zoe, "y"), ("cy@example.org", "z")]
    assert scene.rows(url, "watched", "2") == lists
    assert (done.outcome.word, done.outcome.reasons) == ("done", ())
    places = {
        "main.users.email": 1,
        "main.mails.sender": 3,
        "main.mails.target": 3,
        "main.watched.members": 2,
    }
    assert done.outcome.counts == {place: {"rectified": rows} for place, rows in places.items()}
