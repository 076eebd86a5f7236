"""Duties against their time: every event that started one, and what was done about it."""

from __future__ import annotations

from collections import Counter

from troth.duties.deeds import never_done, recurs
from troth.duties.proofs.reminding import domain_reminder_log
from troth.duties.proofs.sight import Sight
from troth.duties.reminders import reminding
from troth.model.policy import Promise, Proof
from troth.model.showing import Figure, Shown


def timer(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept while every duty of the promise that began was done in time or still has time.

    Broken by one that is overdue or was done late. Not shown where a recurring duty was never done, or where a fact that
    decides whether something is owed is not known. While no event has started a duty, nothing is owed.
    """
    if any(one.id == promise.id for one, _ in reminding(sight.policy)):
        return domain_reminder_log(
            sight, promise, proof
        )  # its time runs from the day of each row, not from an event
    mine = [one for one in sight.owed if one.promise == promise.id]
    states = Counter(one.state for one in mine)
    begun = tuple(sorted({one.event for one in mine if one.event >= 0}))
    done = tuple(sorted({one.deed for one in mine if one.deed >= 0}))
    figures = (
        Figure("done in time", states["kept"], len(mine), "duties", done),
        Figure("overdue or late", states["overdue"] + states["late"], len(mine), "duties", begun, good=0),
    )
    wrong = sorted({one.rule for one in mine if one.state in {"overdue", "late"}})
    if wrong:
        why = f"not done in time: {', '.join(wrong)}"
        return Shown(promise.id, proof.check, "broken", why, figures, (*begun, *done))
    unsure = sorted(
        {name for one in mine for name in one.missing} | {one.rule for one in mine if one.state == "unknown"}
    )
    if unsure:
        why = f"it is not known whether something is owed: {', '.join(unsure)}"
        return Shown(promise.id, proof.check, "not shown", why, figures, begun)
    ids = {rule.id for rule in promise.rules}
    never = [rule for _, rule in never_done(sight.policy, sight.project.ledger) if rule in ids]
    if never:
        return Shown(promise.id, proof.check, "not shown", f"never done yet: {', '.join(never)}", figures)
    if not mine and not any(
        rule.starts is not None or recurs(rule) for rule in promise.rules if rule.mode == "must"
    ):
        return Shown(promise.id, proof.check, "not shown", "the promise has no duty with a time", figures)
    why = "nothing is owed yet" if not mine else f"{len(mine)} duties, none overdue or late"
    return Shown(promise.id, proof.check, "kept", why, figures, (*begun, *done))
