"""Staff are trained, have accepted the security policy, and lose their access where they are not."""

from __future__ import annotations

from datetime import date

from troth.duties import staff
from troth.duties.proofs.attested import attested
from troth.duties.proofs.sight import Sight
from troth.duties.staff import Member
from troth.model.condition import tests
from troth.model.policy import Promise, Proof
from troth.model.showing import Figure, Shown

_NONE = "there is no register of staff: registers/staff.toml"
_STAFF_FACTS = frozenset({"training", "security-policy-accepted"})


def training_register(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested where everybody whose access is open has a training that is good today; the register is somebody's word."""
    people = _open(sight)
    if not people:
        return _without(sight, promise, proof)
    bad = [one for one in people if one.training(_today(sight)) != "current"]
    deeds = tuple(one.seq for one in sight.entries if one.kind == "deed" and one.action == "train")
    figures = (
        Figure(
            "members of staff with access whose training has run out",
            len(bad),
            len(people),
            "people",
            deeds,
            0,
        ),
    )
    if bad:
        why = f"{len(bad)} of {len(people)} members of staff with access are not trained: {_names(bad)}"
        return Shown(promise.id, proof.check, "broken", why, figures, deeds)
    soonest = min(one.trained_until for one in people if one.trained_until)
    why = f"the register says that all {len(people)} members of staff with access are trained, the first until {soonest}"
    return Shown(promise.id, proof.check, "attested", why, figures, deeds)


def training_and_acceptance(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested where everybody with access was trained and has accepted the security policy."""
    people = _open(sight)
    if not people:
        return _without(sight, promise, proof)
    today = _today(sight)
    untrained = [one for one in people if one.training(today) != "current"]
    without = [one for one in people if one.accepted is None or one.accepted > today]
    figures = (
        Figure(
            "members of staff with access whose training has run out",
            len(untrained),
            len(people),
            "people",
            good=0,
        ),
        Figure(
            "members of staff with access who have not accepted", len(without), len(people), "people", good=0
        ),
    )
    if untrained or without:
        why = f"{len(untrained)} of {len(people)} are not trained and {len(without)} have not accepted the security policy"
        return Shown(promise.id, proof.check, "broken", why, figures)
    why = (
        f"the register says that all {len(people)} members of staff with access are trained and have accepted"
    )
    return Shown(promise.id, proof.check, "attested", why, figures)


def staff_access_suspended(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where nobody whose training has run out, or who has left, has open access, and the guard would refuse them."""
    register = sight.registers.get(staff.REGISTER, {})
    people = staff.everybody(register, sight.project)
    if not people:
        return Shown(promise.id, proof.check, "not shown", _NONE)
    today = _today(sight)
    late = staff.overdue(people, today)
    gone = [one for one in people if one.open and one.left is not None and one.left < today]
    asked = [one for one in people if one.training(today) != "current"] or [
        Member("somebody", trained_until=date.min)
    ]
    let = [one for one in asked if not _refused(sight, promise, one)]
    figures = (
        Figure(
            "members of staff with open access whose training has run out",
            len(late),
            len(people),
            "people",
            good=0,
        ),
        Figure("people who have left and whose access is open", len(gone), len(people), "people", good=0),
        Figure("of them the guard would let read", len(let), len(asked), "people", good=0),
    )
    if late or gone or let:
        parts = [f"{len(late)} whose training has run out have open access: {_names(late)}"] if late else []
        parts += [f"{len(gone)} who have left have open access: {_names(gone)}"] if gone else []
        parts += ["the guard does not refuse a training that has run out"] if let else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures)
    why = (
        f"nobody of {len(people)} has open access without training, and the guard refuses whoever is overdue"
    )
    return Shown(promise.id, proof.check, "kept", why, figures)


def _refused(sight: Sight, promise: Promise, one: Member) -> bool:
    """Whether the guard refuses a read that only the training speaks against: a rule of this promise must say no."""
    for rule in promise.rules:
        named = {test.fact for test in tests(rule.condition)}
        if rule.mode != "never" or not named & _STAFF_FACTS or "training" not in named:
            continue
        register = {"member": [{"id": one.id, "trained_until": one.trained_until}]}
        known = staff.facts(register, one.id, _today(sight)) | {"security-policy-accepted": True}
        data = next(iter(_some_data(sight)), "personal-data")
        ruling = sight.guard.decide(one.role or "support", rule.verb, data, "support", facts=known)
        if (
            not (ruling.decisive.answer == "forbidden" and ruling.decisive.rule == rule.id)
            and not ruling.limit
        ):
            return False
    return True


def _some_data(sight: Sight) -> list[str]:
    return [
        thing
        for promise in sight.policy.promises
        for rule in promise.rules
        if rule.mode == "may"
        for thing in rule.things
    ]


def _open(sight: Sight) -> list[Member]:
    people = staff.everybody(sight.registers.get(staff.REGISTER, {}), sight.project)
    return [one for one in people if one.here(_today(sight)) and one.open]


def _without(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Without a register an attestation does; without either it is not shown."""
    found = attested(sight, promise, proof)
    if found.status == "attested":
        return found
    if staff.everybody(sight.registers.get(staff.REGISTER, {}), sight.project):
        return Shown(
            promise.id, proof.check, "kept", "nobody has access", (Figure("members of staff with access", 0),)
        )
    return Shown(promise.id, proof.check, "not shown", _NONE)


def _today(sight: Sight) -> date:
    return sight.now.astimezone(sight.where.tz).date()


def _names(people: list[Member] | tuple[Member, ...]) -> str:
    more = f" and {len(people) - 5} more" if len(people) > 5 else ""
    return ", ".join(one.id for one in people[:5]) + more
