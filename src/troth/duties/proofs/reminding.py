"""Reminders that the policy promises around a day that the stores know, and whether each was sent."""

from __future__ import annotations

from troth.duties.proofs.sight import Sight
from troth.duties.reminders import GRACE, look, reminding
from troth.model.policy import Promise, Proof
from troth.model.showing import Figure, Shown


def domain_reminder_log(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where for every row whose day is near the newest reminder that is due was sent, by Troth or an older system.

    A reminder has a day to be sent; one whose day is more than a month past is not looked for any more.
    """
    if not any(one.id == promise.id for one, _ in reminding(sight.policy)):
        return Shown(promise.id, proof.check, "not shown", "the promise has no reminder around a day")
    found = look(sight.project, sight.policy, sight.registers.get("reminders"))
    mine = [one for one in found.owed if one.promise.id == promise.id]
    sent = [one for one in found.sent if one.promise.id == promise.id]
    late = [one for one in found.waiting if one.promise.id == promise.id and sight.now > one.due + GRACE]
    ids = {rule.id for rule in promise.rules}
    deeds = tuple(one.seq for one in sight.entries if one.kind == "deed" and one.detail.get("rule") in ids)
    figures = (
        Figure("reminders that were not sent in time", len(late), len(mine), "reminders", good=0),
        Figure("reminders sent", len(sent), len(mine), "reminders", deeds[-20:]),
        Figure("rows with such a day", found.rows, unit="rows"),
        Figure("rows whose reminder is due and that lead to nobody", found.nobody, unit="rows"),
    )
    if late:
        rules = sorted({one.rule.id for one in late})
        places = tuple(sorted({one.table.place for one in late}))
        why = f"{len(late):,} reminders were not sent in time: {', '.join(rules)}"
        return Shown(promise.id, proof.check, "broken", why, figures, deeds[-3:], places)
    if not found.rows:
        return Shown(promise.id, proof.check, "not shown", "no column of the map shows such a day", figures)
    why = f"{len(sent):,} of {len(mine):,} reminders that are due were sent, and none is late"
    return Shown(promise.id, proof.check, "kept", why, figures, deeds[-3:])
