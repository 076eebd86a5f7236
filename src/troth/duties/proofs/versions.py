"""Whether each person is handled under the version that they know of, or, where it takes something away, agreed to.

Who was there when a version was announced must have been told of it, or have accepted it, before it counts for them. Where a
rule lets the last accepted version go on for whoever has not agreed (`must apply last-accepted-version`), the guard is asked, for
each of them, what only the new version allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from troth.decision.compare import compare
from troth.duties.delivery import Addressee, everybody
from troth.duties.delivery import told as told_of
from troth.duties.notices import Version, about, announced, applying, in_force, keeps, versions
from troth.duties.proofs.sight import Sight
from troth.duties.proofs.witness import Trial
from troth.enforcement.agreement import said_yes
from troth.enforcement.guard import Guard
from troth.model.errors import TrothError
from troth.model.policy import Policy, Promise, Proof
from troth.model.showing import Figure, Shown

MOST = 20
"""Questions asked for each person."""


def on_accepted_version(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where nobody is under a version they were never told of, nor under a reduction that they did not agree to."""
    now = applying(sight.entries, sight.now)
    if now is None:
        why = "no version that was announced is in force, so nobody has changed from one to another"
        return Shown(promise.id, proof.check, "not shown", why)
    there = announced(sight.project, sight.entries, sight.now, policy=sight.policy)[about(now.name)][0]
    unknowing = there - _knowing(sight, now)
    asked, wrong, seen = _asked(sight)
    figures = (
        Figure("accounts under a version that they were not told of", len(unknowing), len(there), "accounts", good=0),
        Figure("people who have not agreed to the reduction that holds", seen, unit="persons"),
        Figure("questions answered for them by a version they have not agreed to", wrong, asked, "questions", good=0),
    )  # fmt: skip
    parts = [f"{one.value:,} {one.name}" for one in (figures[0], figures[2]) if one.value]
    if _unguarded(sight):
        parts.append("what a version takes away is taken from everybody: the version before does not go on")
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures)
    why = f"all {len(there):,} accounts know the version in force"
    if seen:
        why += f", and for {seen:,} persons who have not agreed to it the one before goes on"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _knowing(sight: Sight, now: Version) -> set[str]:
    """Whoever was told of the version, or accepted it or was shown it."""
    good, _ = told_of(sight.entries, about(now.name))
    return {
        *good,
        *(one.subject for one in sight.entries if one.kind == "acceptance" and one.policy == now.policy),
    }


def _reduction(sight: Sight) -> Version | None:
    """The newest version in force that takes something away."""
    found = [one for one in versions(sight.entries) if one.weakens and in_force(one) <= sight.now]
    return max(found, key=lambda one: (one.effective, one.seq), default=None)


def _unguarded(sight: Sight) -> bool:
    """Whether the version before a reduction should go on for some and does not."""
    return keeps(sight.policy) is not None and _reduction(sight) is not None and sight.guard.earlier is None


def _asked(sight: Sight) -> tuple[int, int, int]:
    """How many questions were asked for people who have not agreed, how many were answered wrongly, and how many people."""
    earlier = sight.guard.earlier
    if earlier is None or sight.guard.persons is None:
        return 0, 0, 0
    guard = Trial(sight).guard
    new_uses = list(islice(_only_new(sight, earlier.guard.policy), MOST))
    yes = said_yes(sight.project.ledger, earlier.since)
    asked = wrong = people = 0
    for one in everybody(sight.project, open_only=True):
        if yes.isdisjoint(sight.guard.persons.subjects(one.person)):
            people += 1
            asked += len(new_uses)
            wrong += sum(_allowed(guard, one, use) for use in new_uses)
    return asked, wrong, people


def _only_new(sight: Sight, old: Policy) -> Iterator[dict[str, Any]]:
    """Requests that the version which holds allows and the one before does not."""
    for change in compare(old, sight.policy).changes:
        if change.witness.get("new") == "allowed" and change.witness.get("old") != "allowed":
            yield change.witness


def _allowed(guard: Guard, one: Addressee, use: dict[str, Any]) -> bool:
    """Whether any role may do this with the data of a person."""
    try:
        return any(
            guard.decide(
                actor, use["verb"], use["data"], use["purpose"], use["recipient"], person=one.person, facts=use["facts"],
            ).allowed
            for actor in guard.roles or ["system"]
        )  # fmt: skip
    except TrothError:  # an answer that can not be given allows nothing
        return False
