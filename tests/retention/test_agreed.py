"""A version that keeps data longer, under a policy that lets the one before go on for whoever has not agreed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import NOW as CLOCK
from tests.enforcement.scene import by
from tests.retention import shop
from tests.retention.shop import MAP
from troth.enforcement import spared
from troth.enforcement.project import Project
from troth.enforcement.sweep import dry_run, sweep
from troth.enforcement.sweepcode import read, written
from troth.model.entry import Entry, utc
from troth.model.sweep import SweepPlan
from troth.plan.retention import beside

OLD = "  must erase order-information ~12 months after order-completed\n"
NEW = OLD.replace("~12", "~60")
HASH, LATER, OTHER = "ab" * 32, "ac" * 32, "ad" * 32
PEOPLE = """insert into customers values (1, 'ada@example.org', 'Ada', 'x', null), (2, 'bob@example.org', 'Bob', 'y', null),
 (3, 'cleo@example.org', 'Cleo', 'z', null)"""
ORDERS = """insert into orders values (1, 1, 1, 'a', '2024-01-01 00:00:00'), (2, 2, 2, 'b', '2024-01-01 00:00:00'),
 (3, 1, 1, 'new', '2026-10-01 00:00:00'), (4, 2, 2, 'old', '2020-01-01 00:00:00'), (5, 3, 3, 'c', '2024-01-01 00:00:00')"""


def planned(project: Project) -> SweepPlan:
    """The plan of the new version with that of the old one, as a journal gives it back."""
    both = beside(shop.plan(project, NEW), shop.plan(project, OLD), {HASH, LATER})
    return read(written(both))


def said(project: Project, name: str, kind: str, action: str, **detail: Any) -> Entry:
    """What somebody said about a version."""
    policy = str(detail.pop("policy", HASH))
    subject = project.pseudonym(by(email=f"{name}@example.org"))
    return Entry(
        time=utc(CLOCK), kind=kind, actor="a", action=action, subject=subject, policy=policy, detail=detail
    )


def left(url: str, folder: Path, *words: tuple[str, str, str, dict[str, Any]]) -> list[int]:
    """The numbers of the orders that are left after people have said something."""
    scene.run(url, shop.tables(url), PEOPLE, ORDERS)
    with scene.project(folder, {"main": url}, MAP) as project:
        entries = [said(project, name, kind, action, **detail) for name, kind, action, detail in words]
        if entries:
            project.ledger.append(entries)
        plan = planned(project)
        told = sum(one.free for one in dry_run(project, plan) if one.sweep.table == "orders")
        assert all(one.kept for one in sweep(project, plan))
    rows = [row[0] for row in scene.rows(url, "orders")]
    assert told >= 5 - len(rows)
    return rows


EXPLICIT = {"purpose": "purpose", "form": "explicit"}


@pytest.mark.parametrize("policy", [HASH, LATER])
def test_only_who_agreed_is_kept_longer(url: str, tmp_path: Path, policy: str) -> None:
    """A yes to everything under the version or a later one, or its acceptance, begins the longer period; nothing else does."""
    words = (
        ("bob", "consent", "give", {**EXPLICIT, "policy": policy}),
        ("cleo", "acceptance", "accept", {"policy": policy}),
        ("ada", "acceptance", "show", {"policy": policy}),
    )
    assert left(url, tmp_path, *words) == [2, 3, 5]


@pytest.mark.parametrize(
    "word",
    [
        ("give", {"purpose": "newsletter", "form": "explicit"}),
        ("give", {"purpose": "purpose"}),
        ("give", {**EXPLICIT, "policy": OTHER}),
        ("give", {**EXPLICIT, "scope": "email"}),
        ("refuse", EXPLICIT),
    ],
)
def test_what_is_no_yes_to_it(tmp_path: Path, word: tuple[str, dict[str, Any]]) -> None:
    """A yes to one purpose, one that is not explicit, one under the old version, and a no leave the old period."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    assert left(url, tmp_path, ("bob", "consent", *word)) == [3]


def test_yes_taken_back(tmp_path: Path) -> None:
    """From the withdrawal on the old period counts again."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    words = (("bob", "consent", "give", EXPLICIT), ("bob", "consent", "withdraw", {"purpose": "purpose"}))
    assert left(url, tmp_path, *words) == [3]


@pytest.mark.parametrize("back", [False, True])
def test_the_newest_word_counts(tmp_path: Path, *, back: bool) -> None:
    """Who accepts the version after taking a yes back has agreed, and who then accepts the old one has not."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    words = [
        ("bob", "consent", "give", EXPLICIT), ("bob", "consent", "withdraw", {"purpose": "purpose"}),
        ("bob", "acceptance", "accept", {}), *([("bob", "acceptance", "accept", {"policy": OTHER})] if back else []),
    ]  # fmt: skip
    assert left(url, tmp_path, *words) == ([3] if back else [2, 3])


def test_who_agreed_is_asked_of_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who agreed is known without reading the ledger from its beginning, as long as that may be."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(url, shop.tables(url), PEOPLE, ORDERS)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        project.ledger.append([said(project, "bob", "consent", "give", **EXPLICIT)])
        plan = planned(project)
        monkeypatch.setattr(type(project.ledger), "read", None)
        found = spared.spared(project, plan, ())
    assert [rows for rows in found.values() if rows]


def test_more_people_than_a_statement_can_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many agreed to be named, no row goes early."""
    monkeypatch.setattr(spared, "MOST", 1)
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    words = [(name, "acceptance", "accept", dict[str, Any]()) for name in ("bob", "cleo")]
    scene.run(url, shop.tables(url), PEOPLE, ORDERS)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        project.ledger.append(
            [said(project, name, kind, action, **detail) for name, kind, action, detail in words]
        )
        sweep(project, planned(project))
    assert [row[0] for row in scene.rows(url, "orders")] == [1, 2, 3, 5]


def test_minimum_of_the_new_version(url: str, tmp_path: Path) -> None:
    """What the version that holds has to keep by a minimum is kept for everybody."""
    scene.run(url, shop.tables(url), PEOPLE, ORDERS)
    least = "  must retain order-information at-least ~24 months after order-completed\n"
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        old = shop.plan(project, OLD.replace("~12", "~1"))
        sweep(project, beside(shop.plan(project, NEW + least), old, {HASH}))
    assert [row[0] for row in scene.rows(url, "orders")] == [3]
