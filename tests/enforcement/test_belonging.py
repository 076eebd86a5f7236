"""Random schemas and people: what is given, erased, corrected and restricted is exactly what belongs to whom."""

from __future__ import annotations

import contextlib
import json
import random
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path as Folder
from typing import Any

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.enforcement import scene
from tests.enforcement.oracle import plain
from tests.enforcement.scene import CITED, by
from tests.enforcement.shapes import (
    NATURAL,
    WHO,
    Choose,
    Key,
    Row,
    Rows,
    Shape,
    addresses,
    belonging,
    ends,
    map_text,
    shapes,
    spelled,
    statements,
)
from troth.enforcement.access import access, plan_access
from troth.enforcement.choices import restrict
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.enforcement.rectify import Correction, rectify
from troth.model.outcome import Outcome

Whose = dict[Key, set[int | str]]
NEW = "countess@new.example"


def mail(number: int) -> str:
    """The address of a person."""
    return f"{WHO[number]}@example.org"


def read(url: str, found: Sequence[Shape]) -> Rows:
    """All rows, with the number of the person in rows of people."""
    engine = scene.database(url)
    rows: Rows = {}
    who = {found[0].named(row): row["who"] for row in found[0].rows}
    with engine.connect() as link:
        for one in found:
            some = link.exec_driver_sql(f"select * from {one.name}").mappings()
            rows[one.name] = [{name: _cell(value) for name, value in row.items()} for row in some]
    engine.dispose()
    for row in rows["people"]:
        row["who"] = who[found[0].named(row)]
    return rows


def _cell(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def made(choose: Choose, url: str) -> list[Shape]:
    """A schema with its rows, in the database."""
    found = shapes(choose)
    engine = scene.database(url)
    with engine.begin() as link:
        if server := "postgresql" in url:
            link.exec_driver_sql("drop schema public cascade; create schema public")
        for statement in statements(found, server=server):
            link.exec_driver_sql(statement.replace("%", "%%") if server else statement)
    engine.dispose()
    return found


def judge(choose: Choose, url: str, folder: Folder) -> None:
    """Make a schema, ask for one of the rights of somebody in it, and look at every row."""
    found = made(choose, url)
    before = read(url, found)
    who = choose(range(len(found[0].rows)))
    right = choose(("erase", "erase", "erase several", "rectify", "restrict"))
    with scene.project(folder, {"main": url}, map_text(found)) as project:
        asked = by(email=spelled(choose, WHO[who]))
        copy = access(project, asked, plan_access(project, CITED), folder / "copy")
        check_copy(found, before, belonging(found, before, {who}), who, (copy, folder / "copy"))
        if right.startswith("erase"):
            some = sorted({who, *(choose(range(len(found[0].rows))) for _ in range(2) if right != "erase")})
            people = [by(email=spelled(choose, WHO[one])) for one in some]
            outcomes = erase(project, people, plan_erasure(project, CITED), residual=False)
            told = dict(zip(some, outcomes, strict=True))
            check_erased(found, (before, read(url, found)), belonging(found, before, set(some)), told)
        elif right == "rectify":
            outcome = rectify(project, by(email=mail(who)), [Correction("email", NEW)], CITED).outcome
            after = read(url, found)
            check_corrected(found, (before, after), belonging(found, before, {who}), who, outcome)
            copy = access(project, by(email=NEW), plan_access(project, CITED), folder / "again")
            check_copy(found, after, belonging(found, after, {who}), who, (copy, folder / "again"))
        else:
            assert restrict(project, asked, CITED, reason="accuracy").word == "done"
            for row in before["people"]:
                row["marked"] = int(row["who"] == who)
            after = read(url, found)
            assert {n: sorted(map(str, some)) for n, some in after.items()} == {
                n: sorted(map(str, some)) for n, some in before.items()
            }


class KilledError(Exception):
    """The process ends here."""


def judge_killed(choose: Choose, url: str, folder: Folder) -> None:
    """Erase some people, end in the middle of it, go on, and look at every row."""
    found = made(choose, url)
    before = read(url, found)
    some = sorted({choose(range(len(found[0].rows))) for _ in range(choose((1, 2, 3)))})
    people = [by(email=spelled(choose, WHO[one])) for one in some]
    left = iter(range(choose(range(1, 40))))

    def watch(_: str) -> None:
        if next(left, None) is None:
            raise KilledError

    with (
        contextlib.suppress(KilledError),
        scene.project(folder, {"main": url}, map_text(found), watch=watch) as project,
    ):
        erase(project, people, plan_erasure(project, CITED))
    with scene.project(folder, {"main": url}, map_text(found)) as project:
        if choose((True, False)):
            resume(project)
        outcomes = erase(project, people, plan_erasure(project, CITED))
    # Who was gone before the end came is not found again.
    told = {
        who: replace(one, word="done") if one.word == "nothing found" else one
        for who, one in zip(some, outcomes, strict=True)
    }
    check_erased(found, (before, read(url, found)), belonging(found, before, set(some)), told)


def check_copy(
    found: Sequence[Shape], rows: Rows, whose: Whose, who: int, given_: tuple[Outcome, Folder]
) -> None:
    """A copy holds every row of the person alone, with its very values, counts those of others too, and is complete."""
    copy, folder = given_
    assert copy.word == "done", copy.reasons
    files = {
        path.stem.rpartition(".")[2]: json.loads(path.read_text()) for path in folder.rglob("data/*/*.json")
    }
    parts = belonging(found, rows, {who}, parts=True)
    for one in found:
        mine = [row for row in rows[one.name] if whose[one.named(row)] == {who}]
        both = [row for row in rows[one.name] if who in parts[one.named(row)] and row not in mine]
        counts = copy.counts.get(f"main.{one.name}", {})
        assert (counts.get("collected", 0), counts.get("shared", 0)) == (len(mine), len(both)), one.name
        told = {one.named(row): row for row in files.get(one.name, [])}
        assert len(told) == len(mine), one.name
        for row in mine:
            for name, value in told[one.named(row)].items():
                wanted = json.loads(row[name]) if name == "lists" and row[name] else row[name]
                assert (
                    json.loads(value) if name == "lists" and isinstance(value, str) else value
                ) == wanted, name


def check_erased(
    found: Sequence[Shape], seen: tuple[Rows, Rows], whose: Whose, told: dict[int, Outcome]
) -> None:
    """What was theirs alone is gone or masked, rows of others stand as they were, and what is left has a reason."""
    before, after = seen
    some = set(told)
    done = {who for who, outcome in told.items() if outcome.word == "done"}
    now = {one.named(row): row for one in found for row in after[one.name]}
    for one in found:
        for row in before[one.name]:
            key, mine = one.named(row), whose[one.named(row)]
            if not mine & some:
                _others(found, one, row, (now, whose), some)
            elif not mine <= some:
                assert key in now, ("a row of others too is gone", key)
                assert now[key]["body"] == row["body"], ("a row of others too was masked", key)
            elif mine <= done and key in now:
                _masked(found, one, row, now)
            elif mine <= done:
                assert one.role != "shared", ("a row that should stay is gone", key)
    for who, outcome in told.items():
        if outcome.word == "done":
            assert not any(
                mail(who) in addresses(link, row)
                for one in found for row in after[one.name] for link in one.links if link.kind in NATURAL
            )  # fmt: skip
        else:
            assert outcome.word == "partly"
            assert outcome.reasons
            assert _excused(found, before, whose, some), outcome.reasons
            assert any(row["who"] == who for row in after["people"]), "the rest can not be found any more"


def _others(
    found: Sequence[Shape], one: Shape, row: Row, seen: tuple[dict[Key, Row], Whose], some: set[int]
) -> None:
    """A row of others is as it was, but for references to rows of those who leave."""
    now, whose = seen
    key = one.named(row)
    if key not in now:
        assert not whose[key], ("a row of somebody else is gone", key)
        assert any(link.on_delete == "cascade" for link in one.links), ("a row of nobody is gone", key)
        return
    for name, value in row.items():
        if now[key][name] != value:
            assert now[key][name] is None, (key, name)
            links = [link for link in one.links if name in link.columns and link.kind not in NATURAL]
            targets = [
                whose[link.target.named(end)]
                for link in links
                for end in link.target.rows
                if [end[there] for there in link.there] == [row[here] for here in link.columns]
            ]
            assert not targets or any(named & some for named in targets), ("emptied for nothing", key, name)


def _masked(found: Sequence[Shape], one: Shape, row: Row, now: dict[Key, Row]) -> None:
    """A row of theirs that is still there has lost its values, and has to stay."""
    left = now[one.named(row)]
    if one.role == "subject":
        assert plain(left["email"]) != plain(row["email"])
        assert left["name"] is None
    else:
        assert row["body"] in {None, ""} or left["body"] != row["body"], one.named(row)
    if one.role != "shared":
        pinned = [(other, link) for other in found for link in other.links if link.target is one]
        assert any(link.required or link.on_delete == "cascade" for _, link in pinned), (
            "left",
            one.named(row),
        )
        assert any(
            [end[here] for here in link.columns] == [left[there] for there in link.there]
            for other, link in pinned
            if link.kind not in NATURAL
            for (name, _), end in now.items()
            if name == other.name
        ), ("left although nothing points to it", one.named(row))


def _excused(found: Sequence[Shape], rows: Rows, whose: Whose, some: set[int]) -> bool:
    """Whether a row that stays has a link to a row of theirs that can not be emptied."""
    return any(
        whose[link.target.named(end)] & some
        for one in found
        for row in rows[one.name]
        for link in one.links
        if link.required or (link.kind not in NATURAL and set(link.columns) & set(one.key))
        if not whose[one.named(row)] <= some or one.role == "shared" or not link.owns
        for end in ends(link, row, rows)
    )


def check_corrected(
    found: Sequence[Shape], seen: tuple[Rows, Rows], whose: Whose, who: int, outcome: Outcome
) -> None:
    """Every copy of the address in rows of the person alone is the new one, and nothing else has changed."""
    before, after = seen
    left = False
    for one in found:
        now = {one.named(row): row for row in after[one.name]}
        for row in before[one.name]:
            again = now[one.named(row)]
            held = {link.columns[0]: addresses(link, row) for link in one.links if link.kind in NATURAL}
            held |= {"email": {plain(row["email"])}} if one.role == "subject" else {}
            for name, value in row.items():
                if mail(who) not in held.get(name, ()):
                    assert _same(again[name], value), (one.named(row), name)
                elif whose[one.named(row)] == {who}:
                    wanted = {NEW if each == mail(who) else each for each in held[name]}
                    link = next((link for link in one.links if link.columns == [name]), None)
                    assert (addresses(link, again) if link else {again[name]}) == wanted
                else:
                    left = left or _same(again[name], value)
    assert outcome.word == ("partly" if left else "done"), outcome.reasons


def _same(one: Any, other: Any) -> bool:
    listed = (
        isinstance(one, str) and isinstance(other, str) and one.startswith("[{") and other.startswith("[{")
    )
    return one == other or (listed and json.loads(one) == json.loads(other))


def chooser(seed: int) -> Choose:
    """What chooses, from a seed: drawn one by one, hundreds of choices are too much alike to meet in odd ways."""
    return random.Random(seed).choice


@settings(max_examples=80, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(seed=st.integers(0, 2**64))
def test_sqlite(seed: int) -> None:
    """On an SQLite file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(place)
        (folder / "main.db").touch()
        judge(chooser(seed), f"sqlite:///{folder / 'main.db'}", folder)


def test_postgresql(postgres_url: str) -> None:
    """On PostgreSQL, which compares types that SQLite does not have."""

    @settings(max_examples=20, deadline=None, phases=[Phase.reuse, Phase.generate])
    @given(seed=st.integers(0, 2**64))
    def check(seed: int) -> None:
        with tempfile.TemporaryDirectory() as place:
            judge(chooser(seed), postgres_url, Folder(place))

    check()


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(seed=st.integers(0, 2**64))
@example(seed=8139420)
@example(seed=1000979)
def test_kill(seed: int) -> None:
    """After an end at any moment the same rows are gone, masked and left as without one."""
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(place)
        (folder / "main.db").touch()
        judge_killed(chooser(seed), f"sqlite:///{folder / 'main.db'}", folder)
