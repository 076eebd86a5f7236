"""Everybody under the version they know of, and, where it takes something away, agreed to: kept once and broken once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.duties.parties import house, later, member
from tests.duties.sighting import shown
from tests.enforcement.scene import NOW
from tests.project.test_versions import KEEPS, version
from troth.app.versions import guard_of
from troth.duties import notices
from troth.duties.post import Outbox
from troth.duties.proofs.sight import Sight
from troth.enforcement.guard import Guard
from troth.model.condition import ALWAYS
from troth.model.entry import Entry, utc
from troth.model.policy import Policy
from troth.policy.bind import compile_file

CHECK = "every-subject-on-accepted-version"
DAY = date(2027, 2, 1)
AFTER = NOW + timedelta(days=80)
MORE = "  may use email-address for analytics on legitimate-interest\n"


def made(name: str, more: str = "", keeps: str = KEEPS) -> tuple[Policy, bytes]:
    """A version of the policy and its file; `more` takes something away."""
    text = version(name, keeps=keeps, more=more).replace("prove version-applied", f"prove {CHECK}")
    compiled = compile_file(text.encode(), "policy.troth.md")
    assert not compiled.problems, compiled.problems
    return compiled.policy, text.encode()


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """The small house."""
    with house(tmp_path) as found:
        yield found


def changed(sight: Sight, new: Policy, *, told: bool = True) -> Sight:
    """The house after a version has come into force, with the guard of a project."""
    old, file = made("1", keeps=KEEPS if notices.keeps(new) else "")
    folder = sight.folder / "policies"
    folder.mkdir()
    (folder / f"{old.hash}.troth.md").write_bytes(file)
    notices.announce(
        sight.project, notices.News(old=old, new=new, effective=DAY, reason="law", owner="legal")
    )
    if told:
        notices.tell(
            sight.project, new, new.version, Outbox(sight.folder / "outbox", "privacy@house.example")
        )
    guard = guard_of(
        new, folder, ledger=sight.project.ledger, ring=sight.project.ring, roles={}, clock=lambda: AFTER
    )  # fmt: skip
    return later(sight, AFTER, policy=new, guard=guard)


def yes(sight: Sight, policy: Policy, mail: str, action: str = "give") -> None:
    """An explicit yes of a person under a version, or what they say of it later."""
    subject = sight.project.pseudonym(member(mail))
    given = Entry(
        time=utc(AFTER), kind="consent", actor="troth", action=action, subject=subject, policy=policy.hash,
        detail={"purpose": "analytics", "form": "explicit"},
    )  # fmt: skip
    sight.project.ledger.append([given])


def test_whoever_has_not_agreed(sight: Sight) -> None:
    """While some have not agreed, what only the new version allows is refused for them, and the promise is kept."""
    policy, _ = made("2", MORE)
    now = changed(sight, policy)
    yes(now, policy, "bo@x.example")
    found = shown(replace(now), "ratchet", CHECK)
    assert (found.status, [one.value for one in found.figures]) == ("kept", [0, 1, 0]), found.why
    assert found.figures[2].of


def test_yes_that_was_taken_back(sight: Sight) -> None:
    """Whoever takes a yes to the new version back has not agreed, and is looked at like everybody else."""
    policy, _ = made("2", MORE)
    now = changed(sight, policy)
    yes(now, policy, "bo@x.example")
    yes(now, policy, "bo@x.example", "withdraw")
    found = shown(replace(now), "ratchet", CHECK)
    assert (found.status, [one.value for one in found.figures]) == ("kept", [0, 2, 0]), found.why


def test_guard_that_forgets_the_old_version(sight: Sight) -> None:
    """A guard that decides for everybody by the new version breaks the promise."""
    policy, _ = made("2", MORE)
    now = changed(sight, policy)
    plain = Guard(policy, ledger=sight.project.ledger, keys=sight.project.ring.pseudonym, clock=lambda: AFTER)
    assert shown(replace(now, guard=plain), "ratchet", CHECK).status == "broken"
    assert now.guard.earlier is not None
    # One that takes anything for a yes is found by its answers.
    now.guard.earlier = replace(now.guard.earlier, until=ALWAYS)
    found = shown(replace(now), "ratchet", CHECK)
    assert (found.status, found.figures[2].value > 0) == ("broken", True), found.why


def test_version_that_nobody_was_told_of(sight: Sight) -> None:
    """A version that came into force before everybody knew of it breaks the promise, until they know."""
    policy, _ = made("2", keeps="")
    now = changed(sight, policy, told=False)
    found = shown(replace(now), "ratchet", CHECK)
    assert (found.status, found.figures[0].value) == ("broken", 2), found.why
    notices.tell(
        now.project, policy, policy.version, Outbox(sight.folder / "outbox", "privacy@house.example")
    )
    assert shown(replace(now), "ratchet", CHECK).status == "kept"


def test_first_version(sight: Sight) -> None:
    """Before any change there is nothing to show."""
    policy, _ = made("1")
    assert shown(replace(sight, policy=policy), "ratchet", CHECK).status == "not shown"
