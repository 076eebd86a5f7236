"""A cell that is nothing but the whole name of somebody erased keeps the erasure from being called done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by
from troth.enforcement.erase import erase, plan_erasure

TABLES = (
    "create table people (id integer not null primary key, email varchar(60), first varchar(30), family varchar(30))",
    "create table chats (id integer not null primary key, visitor varchar(60), said varchar(90))",
    "create table staff (id integer not null primary key, name varchar(60))",
    "create table contacts (id integer not null primary key, person_id integer, name varchar(60))",
    "insert into people values (1, 'ada@example.org', 'Ada', 'Lovelace'), (2, 'bob@example.org', 'Bob', 'Builder')",
    "insert into staff values (1, 'Ada Lovelace')",
    "insert into contacts values (1, 2, 'Ada Lovelace')",
)
MAP = "".join(
    (
        scene.table(
            "main.people", "subject", email="contact.email", first="contact.name", family="contact.name"
        ),
        scene.table("main.staff", "staff", name="contact.name"),
        scene.table("main.contacts", "owned", paths=["contacts.person_id => people.id"], name="contact.name"),
    )
)


@pytest.mark.parametrize(
    ("visitor", "said", "left"),
    [
        ("ADA lovelace", "hello", ["main.chats.visitor"]),
        ("Lovelace Ada", "hello", ["main.chats.visitor"]),
        ("Ada  Lovelace ", "hello", ["main.chats.visitor"]),
        ("\uff21da Lovelace", "hello", ["main.chats.visitor"]),
        ("Ada", "I met Ada Lovelace", []),
        ("Bob Builder", "hello", []),
    ],
)
def test_a_name_alone(tmp_path: Path, url: str, visitor: str, said: str, left: list[str]) -> None:
    """A whole name in either order is somebody; first names and long texts are not, nor are names of staff and of contacts."""
    scene.run(url, *TABLES, f"insert into chats values (1, '{visitor}', '{said}')")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    assert (outcome.word, sorted(outcome.residue)) == ("partly" if left else "done", left)
    assert scene.asked(url, "select count(*) from contacts") == 1


def test_a_name_of_two_customers(tmp_path: Path, url: str) -> None:
    """Where another customer has the same name a cell may be about that one, and nobody is asked to take it out."""
    scene.run(
        url, *TABLES, "insert into people values (3, 'other@example.org', 'ada', 'LOVELACE')",
        "insert into chats values (1, 'Ada Lovelace', 'hello')",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    assert (outcome.word, outcome.residue) == ("done", {})


def test_a_name_among_many(tmp_path: Path, url: str) -> None:
    """Of many people erased at once the one whose whole name is left in a cell is told, and nobody else."""
    people = ", ".join(f"({n}, 'person{n}@example.org', 'Person{n}', 'Family{n}')" for n in range(10, 80))
    scene.run(
        url, *TABLES, f"insert into people values {people}",
        "insert into chats values (1, 'Person45 Family45', 'I met Person46 Family46')",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        asked = [by(email=f"person{n}@example.org") for n in range(10, 80)]
        outcomes = erase(project, asked, plan_erasure(project, CITED))
    assert [n for n, one in enumerate(outcomes, 10) if one.word != "done"] == [45]


@pytest.mark.parametrize(
    ("name", "visitor", "left"),
    [
        ("'小明', '王'", "王小明", True),
        ("'小明', '王'", "王 小明", True),
        ("'小明', '王'", "小明", False),
        ("'小明', '王'", "王小明先生来电", False),
        ("'小明', '王'", "王大明", False),
        ("'王小明', null", "王小明", True),
        ("'王 小明', ''", "王小明", True),
        ("'娜娜', '欧阳'", "欧阳娜娜", True),
        ("'明', '王'", "王明", False),
    ],
)
def test_a_chinese_name_alone(tmp_path: Path, url: str, name: str, visitor: str, left: bool) -> None:
    """A Chinese name is written without a blank; two signs are too many people's, and a text is no name."""
    scene.run(
        url, *TABLES, f"insert into people values (3, 'wang@example.org', {name})",
        f"insert into chats values (1, '{visitor}', 'hello')",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = erase(project, [by(email="wang@example.org")], plan_erasure(project, CITED))[0]
    assert (outcome.word, sorted(outcome.residue)) == (
        ("partly", ["main.chats.visitor"]) if left else ("done", [])
    )


@pytest.mark.parametrize("name", ["'小明', '王'", "'王小明', null", "'王 小明', ''"])
def test_a_chinese_name_of_two_customers(tmp_path: Path, url: str, name: str) -> None:
    """Where another customer has the same Chinese name, in one column or in two, a cell may be about that one."""
    scene.run(
        url, *TABLES, "insert into people values (3, 'wang@example.org', '小明', '王')",
        f"insert into people values (4, 'other@example.org', {name})",
        "insert into chats values (1, '王小明', 'hello')",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = erase(project, [by(email="wang@example.org")], plan_erasure(project, CITED))[0]
    assert (outcome.word, outcome.residue) == ("done", {})
