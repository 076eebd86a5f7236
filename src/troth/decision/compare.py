"""Two versions of a policy compared by what they mean: what became allowed, forbidden, longer, shorter, weaker, stronger.

Computed over the complete decision table and the duties, each change with a witness. A change is material by the
definition of either version (`material means ...`), so that none can be hidden by defining it away; for a version without
one when it touches what is collected, used, shared, transferred, retained, erased or a right, or weakens anybody's
rights. It weakens when more is allowed or less is owed: new permitted use, weaker basis, longer retention or deadline,
new hold or exception, lost duty, new recipient (Easycloud: "We will not diminish your rights"; Hetacloud: "Material
changes will be communicated").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from troth.decision.duty import UNCLEAR, unclear
from troth.decision.footing import Footing, Step, footings, steps
from troth.decision.norm import ANY, Norm
from troth.decision.owed import owed
from troth.decision.points import Grid, Pairing, Shift, Witness, shifts
from troth.decision.table import tables
from troth.model.change import WEAKENING, Change, Direction
from troth.model.condition import Condition, FactValue, Test, tests, truth
from troth.model.policy import Policy

MATERIAL_KINDS = frozenset(
    {"collect", "use", "share", "transfer", "retain", "erase", "right", "consent", "choice", "child"}
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rule changes between two versions, and what they amount to."""

    changes: tuple[Change, ...]
    material: bool
    weakens: bool

    def as_json(self) -> dict[str, Any]:
        """The JSON shape that `diff --json` prints, without the prose."""
        return {
            "material": self.material,
            "weakens": self.weakens,
            "changes": [change.as_json() for change in self.changes],
        }


def compare(old: Policy, new: Policy) -> Comparison:
    """The comparison of two compiled policies."""
    before, after = tables(old, new)
    said = (footings(old, before), footings(new, after))
    grid = Grid(Pairing(before, after, said))
    found_shifts = shifts(grid)
    found = [(shift, change) for shift in found_shifts for change in _permissions(shift, old, new)]
    plain = {(change.promise, change.direction in WEAKENING) for shift, change in found if not _rest(shift)}
    # the refusal of the rest of an `only` follows its permission: one change, not two
    changes = [
        c for shift, c in found if not _rest(shift) or (c.promise, c.direction in WEAKENING) not in plain
    ]
    changes += _footing(grid, said, (old, new), found_shifts)
    changes += owed(old, new, grid.budget)
    ordered = tuple(
        sorted(changes, key=lambda c: (c.direction not in WEAKENING, c.promise, c.kind, c.message))
    )
    weakens = any(change.direction in WEAKENING for change in ordered)
    # people were promised what the old version calls material, and are promised what the new one calls so
    material = any(_material(ordered, weakens, one) for one in (old, new))
    return Comparison(ordered, material, weakens)


def _rest(shift: Shift) -> bool:
    return (shift.new or shift.old).derived == "only"  # type: ignore[union-attr]


def _material(changes: Iterable[Change], weakens: bool, policy: Policy) -> bool:
    if any(change.effect == UNCLEAR for change in changes):
        return True  # what could not be looked at may be anything
    kinds = sorted({change.promise_kind for change in changes})
    if policy.material is None:
        return weakens or any(kind in MATERIAL_KINDS for kind in kinds)
    facts: list[dict[str, FactValue]] = [
        {"changed-kind": kind, "weakens": weakens, "policy-change": "material"} for kind in kinds
    ]
    return any(truth(policy.material, case) is True for case in facts)


def _permissions(shift: Shift, old: Policy, new: Policy) -> Iterator[Change]:
    kind = _kind(shift)
    norm = shift.new or shift.old
    assert norm is not None  # noqa: S101 - a shift has one side at least
    home = new if shift.new is not None else old
    promise = home.by_id[norm.promise]
    for witness, direction in ((shift.wider, "wider"), (shift.narrower, "narrower")):
        if witness is None:
            continue
        way, effect = _way(kind, direction, shift)
        message = f"`{norm.promise}`: {_told(shift, direction)}"
        yield Change(
            kind,
            way,
            effect,
            norm.promise,
            promise.sentences,
            message,
            _as_json(witness, silent=shift.silent),
            promise.kind,
        )
    for wider in sorted(shift.unclear):
        way = "weaker" if wider else "narrower"
        yield unclear(
            promise, kind, way, f"whether `{norm.rule}` now {'allows more' if wider else 'refuses more'}"
        )


def _way(kind: str, direction: str, shift: Shift) -> tuple[Direction, str]:
    wider = direction == "wider"
    if shift.silent:
        return ("weaker", "weaker") if wider else ("stronger", "stronger")
    if kind == "retention":
        return ("wider" if wider else "narrower"), ("longer" if wider else "shorter")
    if kind in {"basis", "exception"} and shift.old is not None and shift.new is not None:
        return ("weaker" if wider else "stronger"), ("allowed" if wider else "forbidden")
    return ("wider" if wider else "narrower"), ("allowed" if wider else "forbidden")


def _kind(shift: Shift) -> str:
    """What changed between the two versions of a norm."""
    was, now = shift.old, shift.new
    if was is None or now is None:
        return "permission" if (was or now).allow else "prohibition"  # type: ignore[union-attr]
    for name, kind in (
        ("recipients", "recipient"),
        ("purposes", "purpose"),
        ("data", "data"),
        ("verbs", "verb"),
    ):
        if getattr(was, name) != getattr(now, name):
            return kind
    if was.basis != now.basis:
        return "basis"
    if {lift.name for lift in was.lifts} != {lift.name for lift in now.lifts} or was.lifts != now.lifts:
        return "exception"
    changed = set(_since(was.condition)) ^ set(_since(now.condition))
    return "retention" if changed else "condition"


def _since(condition: Condition) -> Iterator[Test]:
    return (test for test in tests(condition) if test.fact.startswith("since-"))


def _told(shift: Shift, direction: str) -> str:
    was, now = shift.old, shift.new
    verdict = "now allowed" if direction == "wider" else "now refused"
    if shift.silent:
        verdict = "no longer expressly forbidden" if direction == "wider" else "now expressly forbidden"
    witness = shift.wider if direction == "wider" else shift.narrower
    assert witness is not None  # noqa: S101
    to = f" to {witness.recipient}" if witness.recipient else ""
    facts = ", ".join(f"{name} = {value}" for name, value in witness.facts.items())
    purpose = "any purpose" if witness.purpose == "purpose" else witness.purpose
    example = f"{witness.verb} {witness.data} for {purpose}{to}" + (f" where {facts}" if facts else "")
    if was is not None and now is not None:
        parts = [_difference(was, now, name) for name in ("data", "purposes", "recipients")]
        said = "; ".join(part for part in parts if part)
        return f"{verdict}: {example}" + (f" ({said})" if said else "")
    return f"{verdict}: {example}"


def _difference(was: Norm, now: Norm, name: str) -> str:
    before, after = getattr(was, name), getattr(now, name)
    if before == after:
        return ""
    gained = "anything else" if after == ANY else ", ".join(sorted(after - before)[:4])
    lost = "anything else" if before == ANY else ", ".join(sorted(before - after)[:4])
    shown = [f"{name} + {gained}" if gained else "", f"{name} - {lost}" if lost else ""]
    return ", ".join(part for part in shown if part)


def _as_json(witness: Witness, *, silent: bool) -> dict[str, Any]:
    answers: list[str] = [one.answer for one in (witness.old, witness.new)]
    if silent:
        answers = ["not expressly forbidden" if one == "allowed" else one for one in answers]
    return {
        "verb": witness.verb,
        "data": witness.data,
        "purpose": witness.purpose,
        "recipient": witness.recipient,
        "facts": dict(witness.facts),
        "old": answers[0],
        "new": answers[1],
        "old_rule": witness.old.rule,
        "new_rule": witness.new.rule,
    }


_PARTS = {
    "record": "duty", "tell": "notice", "opt-out": "condition", "basis": "basis", "list": "condition",
    "measure": "measure",
}  # fmt: skip


def _footing(
    grid: Grid,
    said: tuple[Sequence[Footing], Sequence[Footing]],
    policies: tuple[Policy, Policy],
    found: Iterable[Shift],
) -> Iterator[Change]:
    """Permissions that rest on another basis, can not be switched off any more, or are recorded or told otherwise."""
    told = {
        (norm.order, wider)
        for shift in found
        if _kind(shift) == "basis"
        for norm, witness, wider in ((shift.new, shift.wider, True), (shift.old, shift.narrower, False))
        if norm is not None and witness is not None
    }
    for step in steps(grid, said):
        if step.part == "basis" and (step.norm.order, step.worse) in told:
            continue  # consent that is no longer asked for is told with a witness already
        # a permission that got better is an old one; its promise may be gone
        home = next(one for one in reversed(policies) if step.norm.promise in one.by_id)
        promise = home.by_id[step.norm.promise]
        way: Direction = "weaker" if step.worse else "stronger"
        sides = {"old": sorted(step.old), "new": sorted(step.new)}
        if step.part in {"record", "tell", "measure", "list"}:
            sides = {name: ", ".join(words) for name, words in sides.items()}  # type: ignore[misc]
        witness = {"verb": step.verb, "data": step.data, "part": step.part, **sides}
        message = f"`{promise.id}`: {_stepped(step)}"
        yield Change(
            _PARTS[step.part], way, way, promise.id, promise.sentences, message, witness, promise.kind
        )


def _stepped(step: Step) -> str:
    what = f"{step.verb} {step.data}"
    if step.part == "basis":
        old, new = (", ".join(sorted(one)) or "no basis named" for one in (step.old, step.new))
        return f"{what} rests on {new} (was: {old})"
    if step.part == "opt-out":
        return f"{what} can {'no longer' if step.worse else 'now'} be switched off"
    if step.part == "list":
        return f"{what}: its list is {'open' if step.worse else 'closed'} now (`and similar`)"
    if step.part == "measure":
        old, new = (", ".join(sorted(one)) for one in (step.old, step.new))
        if old and new:
            return f"{what} asks for {new} (was: {old})"
        return f"{what} now also asks for {new}" if new else f"{what} no longer asks for {old}"
    covers = "no longer covers" if step.worse else "now also covers"
    return f"{what} {covers} {', '.join(sorted(step.old or step.new))} ({step.part})"
