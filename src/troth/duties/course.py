"""The life of a person's request as a fold of the ledger's entries.

`follow` is pure: the state before and an entry give the state after. An entry whose step can not follow stays as
evidence and moves nothing. `take` makes the entry of a next step and refuses, in words, one that can not follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from troth.duties.life import Hold, Life
from troth.duties.objection import moment_of, objection
from troth.duties.rights import RIGHTS
from troth.duties.steps import OPEN, PARTLY, RECEIVED, STEPS, outcome
from troth.model.clock import Extension, Stop
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError


def begin(  # noqa: PLR0913 - what makes a request, by name
    request: str,
    *,
    subject: str,
    right: str,
    at: datetime,
    actor: str,
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """The entry of a request that comes in.

    Args:
        request: its name, unique.
        subject: keyed pseudonym of the person it is about.
        right: what is asked for, one of `RIGHTS`.
        at: when it came in.
        actor: role of who took it.
        detail: more for the entry: `about` (hash of what exactly is asked), `due`, `channel`.

    Raises:
        TrothError: the right is unknown, or the entry is malformed.
    """
    if right not in RIGHTS:
        raise TrothError(f"nobody can ask for `{right[:30]}`", hint="people ask for " + ", ".join(RIGHTS))
    return Entry(
        time=utc(at),
        kind="request",
        actor=actor,
        action=right,
        subject=subject,
        outcome="received",
        detail={**(detail or {}), "request": request, "step": "received"},
    )


def take(
    life: Life, step: str, *, at: datetime, actor: str, detail: Mapping[str, Any] | None = None
) -> Entry:
    """The entry of a next step of a request.

    Args:
        life: the request.
        step: one of `steps.STEPS`.
        at: when it happens.
        actor: role of who does it.
        detail: what the step needs, see `steps.STEPS`.

    Raises:
        TrothError: the step can not follow; the message says why.
    """
    given = {**(detail or {}), "request": life.id, "step": step}
    why = objection(life, step, at, actor, given)
    if why:
        raise TrothError(f"`{step[:30]}` can not follow on request {life.id}: {why}")
    return Entry(
        time=utc(at),
        kind="request",
        actor=actor,
        action=life.right,
        subject=life.subject,
        outcome=outcome(step, _next_state(life, step, given)),
        detail=given,
    )


def follow(life: Life | None, entry: Entry) -> Life | None:
    """The state of a request after an entry; `life` as it was where the entry is about something else or can not follow."""
    request, step = entry.detail.get("request"), entry.detail.get("step")
    if entry.kind != "request" or not isinstance(request, str) or not isinstance(step, str):
        return life
    at = datetime.fromisoformat(entry.time)
    if life is None:
        return _born(request, entry, at) if step == "received" and entry.action in RIGHTS else None
    if (request, entry.subject, entry.action) != (life.id, life.subject, life.right):
        return life  # an entry that names another person must not move this one's request
    if objection(life, step, at, entry.actor, entry.detail):
        return life
    at = max(at, life.changed)  # clocks of two machines differ; a stop must not end before it began
    moved = _MOVES.get(step, _unmoved)(life, entry.detail, at)
    state = _next_state(life, step, entry.detail)
    look = str(entry.detail.get("look", "")) if step == PARTLY else life.look if state == PARTLY else ""
    return replace(
        moved,
        state=state,
        changed=at,
        look=look,
        due=str(entry.detail.get("due", life.due)),
        story=(*life.story, _words(step, entry.time, entry.detail)),
        seq=entry.seq,
    )


def lives(entries: Iterable[Entry]) -> dict[str, Life]:
    """All requests that follow from entries in order, by id."""
    found: dict[str, Life] = {}
    for entry in entries:
        request = entry.detail.get("request")
        if entry.kind == "request" and isinstance(request, str):
            life = follow(found.get(request), entry)
            if life is not None:
                found[request] = life
    return {request: found[request] for request in sorted(found)}


def _born(request: str, entry: Entry, at: datetime) -> Life:
    return Life(
        id=request,
        subject=entry.subject,
        right=entry.action,
        about=str(entry.detail.get("about", "")),
        state=RECEIVED,
        received=at,
        changed=at,
        due=str(entry.detail.get("due", "")),
        story=(_words("received", entry.time, entry.detail),),
        seq=entry.seq,
    )


def _next_state(life: Life, step: str, detail: Mapping[str, Any]) -> str:
    if step == "released" and not [hold for hold in life.holds if hold.name != str(detail.get("hold"))]:
        return OPEN
    return STEPS[step].state or life.state


def _unmoved(life: Life, _detail: Mapping[str, Any], _at: datetime) -> Life:
    return life


def _asked(life: Life, detail: Mapping[str, Any], at: datetime) -> Life:
    waiting = any(stop.kind == "identity" and stop.until is None for stop in life.stops)
    stops = life.stops if waiting else (*life.stops, Stop("identity", at))
    return replace(life, challenge=str(detail.get("challenge", "")), asked=(*life.asked, at), stops=stops)


def _failed(life: Life, _detail: Mapping[str, Any], at: datetime) -> Life:
    return replace(life, failed=(*life.failed, at))


def _confirmed(life: Life, detail: Mapping[str, Any], at: datetime) -> Life:
    return replace(_answered(life, detail, at), confirmed=str(detail["method"]), challenge="")


def _unclear(life: Life, _detail: Mapping[str, Any], at: datetime) -> Life:
    return replace(life, stops=(*life.stops, Stop("clarification", at)))


def _answered(life: Life, _detail: Mapping[str, Any], at: datetime) -> Life:
    return replace(life, stops=tuple(stop if stop.until else replace(stop, until=at) for stop in life.stops))


def _extended(life: Life, detail: Mapping[str, Any], at: datetime) -> Life:
    until = datetime.fromisoformat(str(detail["due"])).date()
    return replace(life, extended=life.extended or Extension(at, until))


def _waiting(life: Life, detail: Mapping[str, Any], _at: datetime) -> Life:
    return replace(life, undo=moment_of(detail["until"]))


def _held(life: Life, detail: Mapping[str, Any], _at: datetime) -> Life:
    return replace(life, holds=tuple(_hold(one) for one in detail["holds"]))


def _released(life: Life, detail: Mapping[str, Any], _at: datetime) -> Life:
    return replace(life, holds=tuple(hold for hold in life.holds if hold.name != str(detail["hold"])))


def _refused(life: Life, detail: Mapping[str, Any], at: datetime) -> Life:
    return replace(_answered(life, detail, at), ground=str(detail["ground"]), challenge="")


def _joined(life: Life, detail: Mapping[str, Any], at: datetime) -> Life:
    return replace(_answered(life, detail, at), joined=str(detail["to"]), challenge="")


def _withdrawn(life: Life, detail: Mapping[str, Any], at: datetime) -> Life:
    return replace(_answered(life, detail, at), challenge="")


def _escalated(life: Life, detail: Mapping[str, Any], _at: datetime) -> Life:
    return replace(life, alarms=(*life.alarms, str(detail["alarm"])))


def _reopened(life: Life, _detail: Mapping[str, Any], _at: datetime) -> Life:
    # what was agreed for the first run does not carry over: a new erasure waits anew
    return replace(life, undo=None, holds=(), ground="", alarms=())


_MOVES = {
    "identity asked": _asked,
    "identity failed": _failed,
    "identity confirmed": _confirmed,
    "clarification asked": _unclear,
    "clarified": _answered,
    "extended": _extended,
    "waiting": _waiting,
    "held": _held,
    "undecided": _held,
    "released": _released,
    "refused": _refused,
    "joined": _joined,
    "withdrawn": _withdrawn,
    "escalated": _escalated,
    "reopened": _reopened,
}


def _hold(one: Mapping[str, Any]) -> Hold:
    return Hold(
        str(one["name"]),
        str(one.get("until", "")),
        str(one.get("ends", "")),
        tuple(map(str, one["purposes"])) if isinstance(one.get("purposes"), list | tuple) else (),
    )


def _words(step: str, time: str, detail: Mapping[str, Any]) -> str:
    """The step as a sentence of the story."""
    rule = STEPS[step]
    told = {key: _listed(detail.get(key)) for key in rule.needs}
    reasons = [
        key for key in ("why", "no_undo") if key not in rule.needs and isinstance(detail.get(key), str)
    ]
    more = "".join(f" ({detail[key]})" for key in reasons)
    return f"{time}: {rule.says.format(**told)}{more}"


def _listed(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(one.get("name", "")) if isinstance(one, Mapping) else str(one) for one in value)
    return str(value)
