"""Random tables in which nothing names a row: what is left after an erasure is what one reads off the rows one by one."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.erase import erase, plan_erasure

MAILS = {1: "ada@example.org", 2: "bob@example.org", 3: "cleo@example.org"}
OWNERS = {1: 1, 2: 2, 3: None, 4: 1}
TYPES = {
    "owner": "integer",
    "other": "integer",
    "mail": "varchar(60)",
    "project": "integer",
    "cc": "varchar(90)",
}
PATHS = {
    "owner": "t.owner => users.id",
    "other": "t.other => users.id",
    "mail": "t.mail ~> users.email",
    "project": "t.project => projects.id ; projects.owner => users.id",
    "cc": "t.cc ~> users.email [inside array]",
}
CELLS: Mapping[str, Sequence[int | str]] = {
    "owner": (1, 2, 3, 9), "other": (1, 2, 3, 9), "project": (1, 2, 3, 4),
    "mail": (*MAILS.values(), "ADA@example.org", "guest@nowhere.example"),
    "cc": ("ada@example.org", "ADA@example.org, bob@example.org", "bob@example.org|ada@example.org", "cleo@example.org", ""),
}  # fmt: skip
Cell = int | str | None


@dataclass(frozen=True)
class Case:
    """A table: its ways to persons, those that may not be NULL, its role, whether rows say more, its rows, who leaves."""

    ways: list[str]
    required: frozenset[str]
    role: str
    says: bool
    rows: list[tuple[Cell, ...]]
    leaving: list[int]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any such table; some rows stand there twice."""
    ways = draw(st.lists(st.sampled_from(tuple(TYPES)), min_size=1, max_size=3, unique=True))
    required = frozenset(way for way in ways if draw(st.booleans()))
    says = draw(st.booleans())
    cells = [st.sampled_from(CELLS[way] if way in required else (*CELLS[way], None, None)) for way in ways]
    more = [st.sampled_from(("a", "b", None))] if says else []
    some = draw(st.lists(st.tuples(*cells, *more), max_size=6))
    twins = [row for row in some if draw(st.integers(0, 3)) == 0]
    leaving = draw(st.sampled_from(([1], [1], [1, 2])))
    return Case(ways, required, draw(st.sampled_from(("owned", "shared"))), says, [*some, *twins], leaving)


def ends(case: Case, row: Sequence[Cell], owners: Mapping[int, int | None]) -> dict[str, set[int | str]]:
    """By way, the persons that a row leads to, or the address of somebody without an account."""
    found: dict[str, set[int | str]] = {}
    known = {mail: number for number, mail in MAILS.items()}
    for way, cell in zip(case.ways, row, strict=False):
        if way in {"mail", "cc"} and isinstance(cell, str) and cell:
            found[way] = {known.get(one.lower(), one) for one in re.split("[,| ]+", cell)}
        elif way == "project" and isinstance(cell, int) and (owner := owners[cell]) is not None:
            found[way] = {owner}
        elif way in {"owner", "other"} and cell in MAILS:
            found[way] = {int(cell)}
    return found


def others(case: Case, row: Sequence[Cell]) -> bool:
    """Whether a row of somebody who leaves is another's as well; an address without an account came with the row's owner."""
    found = ends(case, row, OWNERS)
    keyed = any(led(case, found, way) for way in ("owner", "other", "project"))
    return any(
        one not in case.leaving and not (keyed and isinstance(one, str) and "@" in one)
        for some in found.values()
        for one in some
    )


def led(case: Case, found: Mapping[str, set[int | str]], way: str) -> bool:
    """Whether a way leads to somebody who leaves."""
    return not found.get(way, set()).isdisjoint(case.leaving)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_rows_one_by_one(case: Case) -> None:
    """Rows of nobody who leaves are as they were, theirs alone go or are masked, and no row leads to them any more."""
    ties = (
        case.role == "owned" and not case.says and not {"mail", "cc"} & set(case.ways) and len(case.ways) > 1
    )
    straight = {"owner", "other"}  # a project stays, and who is in it besides
    same: Counter[tuple[Cell, ...]] = Counter()
    stays = 0
    for row in case.rows:
        found = ends(case, row, OWNERS)
        if not any(led(case, found, way) for way in found):
            same[row] += 1
        elif case.role == "shared" or (
            others(case, row) and not (ties and any(led(case, found, way) for way in straight))
        ):
            stays += 1
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "main.db").touch()
        url = f"sqlite:///{folder / 'main.db'}"
        scene.run(url, *_statements(case))
        with scene.project(folder, {"main": url}, _map(case)) as project:
            plan = plan_erasure(project, CITED)
            told = erase(project, [by(email=MAILS[one]) for one in case.leaving], plan)
        left = scene.rows(url, "t")
        accounts = {row[0] for row in scene.rows(url, "users") if row[1] in MAILS.values()}
        owners = {row[0]: row[1] for row in scene.rows(url, "projects")}
    assert plan.skipped == ()
    assert {one.word for one in told} == {"done"}
    assert all(Counter(left)[row] >= times for row, times in same.items())
    assert len(left) == sum(same.values()) + stays
    assert accounts == set(MAILS) - set(case.leaving)
    gone = {MAILS[one] for one in case.leaving}
    assert not any(
        isinstance(cell, str) and any(one in cell.lower() for one in gone) for row in left for cell in row
    )
    # A way that may not be NULL goes on leading to an account without a name.
    if not case.required:
        leads = {one for row in left for some in ends(case, row, owners).values() for one in some}
        assert leads.isdisjoint(case.leaving)


def _statements(case: Case) -> list[str]:
    columns = [f"{way} {TYPES[way]}{' not null' if way in case.required else ''}" for way in case.ways]
    columns += ["body varchar(40)"] if case.says else []
    return [
        "create table users (id integer not null primary key, email varchar(60) not null, name varchar(30))",
        "create table projects (id integer not null primary key, owner integer, title varchar(20))",
        f"create table t ({', '.join(columns)})",
        *(f"insert into users values ({number}, '{mail}', 'N{number}')" for number, mail in MAILS.items()),
        *(
            f"insert into projects values ({_listed((number, owner, 'p'))})"
            for number, owner in OWNERS.items()
        ),
        *(f"insert into t values ({_listed(row)})" for row in case.rows),
    ]


def _listed(cells: Sequence[Cell]) -> str:
    return ", ".join("null" if one is None else repr(one) for one in cells)


def _map(case: Case) -> str:
    shared = case.role == "shared"
    columns = {}
    for way in {"mail", "cc"} & set(case.ways):
        mask = ("/empty" if way in case.required else "/null") if shared else ""
        columns[way] = f"contact.email{mask}"
    if case.says:
        columns["body"] = "message/null" if shared else "message"
    return (
        table("main.users", "subject", email="contact.email/token", name="contact.name/null")
        + table("main.projects", "shared", paths=["projects.owner => users.id"], title="message/null")
        + table(
            "main.t", case.role,
            key=[], paths=[PATHS[way] for way in case.ways], marks=None, facts=None, **columns,
        )
    )  # fmt: skip
