"""What speaks against a step in the life of a request: the one place where it is decided what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from troth.duties.life import Life
from troth.duties.rights import GROUNDS, METHODS, UNCHECKED
from troth.duties.steps import RUNNING, STEPS
from troth.model.entry import utc

AUTOMATIC = frozenset({"keep", "sweep", "troth"})
"""Actors that are jobs: none of them may decide that a request is unfounded, excessive or without right."""


def objection(life: Life, step: str, at: datetime, actor: str, detail: Mapping[str, Any]) -> str:
    """Why a step can not follow, in words; empty where it can."""
    rule = STEPS.get(step)
    if rule is None:
        return "there is no such step"
    if life.state not in rule.after:
        return f"it stands at `{life.state}`"
    absent = [key for key in rule.needs if not detail.get(key)]
    if absent:
        return f"it does not say {' and '.join(f'`{key}`' for key in absent)}"
    check = _CHECKS.get(step)
    return check(life, at, actor, detail) if check else ""


def _check_confirmed(life: Life, _at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    method = str(detail["method"])
    if method not in METHODS:
        return f"the ways to confirm who somebody is are {', '.join(METHODS)}"
    if method == "not needed" and life.right not in UNCHECKED:
        return f"identity must be confirmed for `{life.right}`"
    if method == "code" and (not life.challenge or detail.get("challenge") != life.challenge):
        return "the code was not the one asked for this request"
    return ""


def _check_asked(_life: Life, _at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    if detail["method"] == "code" and not detail.get("challenge"):
        return "it does not say which code"
    return ""


def _check_running(life: Life, at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    if not life.confirmed:
        return "identity was never confirmed"
    if life.undo is not None and at < life.undo:
        return f"it can be taken back until {utc(life.undo)}"
    if life.right == "erase" and life.undo is None and not detail.get("no_undo"):
        return "an erasure waits first, or says in `no_undo` why it need not"
    return ""


def _check_waiting(_life: Life, at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    until = moment_of(detail["until"])
    return "" if until and until >= at else "`until` is not a later time with a zone"


def _check_held(_life: Life, _at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    holds = detail["holds"]
    named = isinstance(holds, list | tuple) and all(
        isinstance(one, Mapping) and one.get("name") for one in holds
    )
    return "" if named else "every hold needs a name"


def _check_released(life: Life, _at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    return "" if str(detail["hold"]) in {hold.name for hold in life.holds} else "no such hold is open"


def _check_refused(life: Life, _at: datetime, actor: str, detail: Mapping[str, Any]) -> str:
    ground = GROUNDS.get(str(detail["ground"]))
    if ground is None:
        return f"the grounds are {', '.join(GROUNDS)}"
    if detail["ground"] == "identity" and life.confirmed:
        return "identity was confirmed"
    if ground.judged and actor in AUTOMATIC:
        return "a person must decide this, not a job"
    if life.state == RUNNING:
        # what was begun may have changed something: a person ends it, and says so to whom it is about
        if actor in AUTOMATIC:
            return "it was begun, so a person must decide this, not a job"
        return (
            ""
            if detail.get("why")
            else "it was begun, and it does not say `why` it ends and what was done of it"
        )
    return "" if not ground.judged or detail.get("why") else "it does not say `why`"


def _check_withdrawn(life: Life, _at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    # a stranger must not be able to take back somebody's request
    method = str(detail.get("method"))
    if life.confirmed and (method not in METHODS or (method == "not needed" and life.right not in UNCHECKED)):
        return "it does not say by which `method` the person showed who they are"
    return ""


def _check_joined(life: Life, _at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    return "" if isinstance(detail["to"], str) and detail["to"] != life.id else "it can not join itself"


def _check_reopened(life: Life, _at: datetime, _actor: str, _detail: Mapping[str, Any]) -> str:
    return "" if life.confirmed else "identity was never confirmed: take a new request"


def _check_extended(_life: Life, _at: datetime, _actor: str, detail: Mapping[str, Any]) -> str:
    try:
        datetime.fromisoformat(str(detail["due"]))
    except ValueError:
        return "`due` is not a date"
    return ""


_CHECKS = {
    "identity asked": _check_asked,
    "identity confirmed": _check_confirmed,
    "extended": _check_extended,
    "waiting": _check_waiting,
    "running": _check_running,
    "held": _check_held,
    "undecided": _check_held,
    "released": _check_released,
    "refused": _check_refused,
    "withdrawn": _check_withdrawn,
    "joined": _check_joined,
    "reopened": _check_reopened,
}


def moment_of(value: object) -> datetime | None:
    """The moment a text stands for; None where it stands for none or names no zone."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None
