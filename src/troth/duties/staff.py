"""The register of staff: who is trained until when, who has accepted the security policy, whose access is open.

    registers/staff.toml    [[member]]
                            id = "s-07"                 # a pseudonym, never a name
                            role = "support"
                            joined = 2024-01-08
                            left = 2026-03-31           # absent while the person is here
                            trained_until = 2026-11-30  # absent where never trained
                            accepted = 2024-01-08       # the security policy; absent where not
                            access = "open"             # or "closed"
                            access_closed = 2026-03-31  # the day it was closed

Where the application keeps its staff itself, the register says where, and is read from there each time:

                            [source]
                            store = "accounts"
                            table = "staff"
                            key = "id"
                            role = "role"
                            joined = "joined_at"
                            left = "left_at"
                            accepted = "security_policy_accepted_at"
                            access_closed = "access_closed_at"
                            trainings = "trainings"     # a table with a row for each training
                            trained = "staff_id"        # whose it is
                            trained_until = "expires_at"

`facts` is what the guard is told of whoever acts, so that a training that has run out stops the next read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from troth.duties.deeds import deed, event, every_rule
from troth.enforcement.columns import stream
from troth.enforcement.project import Project
from troth.model.cleartext import looks_personal
from troth.model.entry import Entry
from troth.model.errors import NotFound, TrothError
from troth.model.policy import Policy, Rule

REGISTER = "staff"
OVERDUE = "training-overdue"
_DAYS = ("joined", "left", "accepted", "access_closed")
_KEYS = ("id", "role", "joined", "left", "trained_until", "accepted", "access", "access_closed")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff, by pseudonym.

    Attributes:
        id: the pseudonym.
        role: role in the sense of `troth.toml`.
        joined, left: first and last day; None where not known, or still here.
        trained_until: last day for which the training is good; None where there was none.
        accepted: day on which the security policy was accepted; None where it was not.
        open: whether the access is open.
        closed: the day it was closed.
    """

    id: str
    role: str = ""
    joined: date | None = None
    left: date | None = None
    trained_until: date | None = None
    accepted: date | None = None
    open: bool = True
    closed: date | None = None

    def here(self, today: date) -> bool:
        """Whether the person works here."""
        return (self.joined is None or self.joined <= today) and (self.left is None or today <= self.left)

    def training(self, today: date) -> Literal["current", "overdue", "none"]:
        """State of the training, as the fact `training` says it; none is none, and as bad as overdue."""
        if self.trained_until is None:
            return "none"
        return "current" if today <= self.trained_until else "overdue"


def members(register: Mapping[str, Any]) -> tuple[Member, ...]:
    """Everybody on the register, in its order.

    Raises:
        TrothError: an entry has no pseudonym, a key that nobody knows, a date that is none, or an address for a pseudonym.
    """
    return tuple(_member(number, one) for number, one in enumerate(register.get("member", []), 1))


def _member(number: int, one: Mapping[str, Any]) -> Member:
    for key in one:
        if key not in _KEYS:
            raise TrothError(
                f"`{key[:40]}` is nothing the register of staff can say", hint=f"it says {', '.join(_KEYS)}"
            )
    name = str(one.get("id", "")).strip()
    if not name or looks_personal(name):
        raise TrothError(
            f"entry {number} of the register of staff has no pseudonym",
            hint='write id = "s-07", never a name',
        )
    access = str(one.get("access", "open"))
    if access not in {"open", "closed"}:
        raise TrothError(
            f"the access of entry {number} is neither open nor closed",
            hint='write access = "open" or "closed"',
        )
    days = {key: _day(number, key, one.get(key)) for key in _KEYS if key not in {"id", "role", "access"}}
    return Member(
        name, str(one.get("role", "")), days["joined"], days["left"], days["trained_until"], days["accepted"],
        access == "open", days["access_closed"],
    )  # fmt: skip


def _day(number: int, key: str, value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise TrothError(
            f"`{key}` of entry {number} of the register of staff is no day", hint="write 2026-11-30"
        ) from None


def everybody(register: Mapping[str, Any], project: Project) -> tuple[Member, ...]:
    """Everybody on the register, then everybody in the table that it names; these are called by the table and their key.

    Raises:
        TrothError: the register can not be read, or the table has not the columns that it names.
    """
    source = register.get("source")
    return (*members(register), *(_from_store(source, project) if source else ()))


def _from_store(source: Mapping[str, Any], project: Project) -> Iterator[Member]:
    store, table = str(source.get("store", "")), str(source.get("table", ""))
    wanted = {name: str(source[name]) for name in ("key", "role", *_DAYS) if source.get(name)}
    until: dict[str, date] = {}
    if source.get("trainings"):
        names = [str(source.get("trained", "")), str(source.get("trained_until", ""))]
        for who, end in stream(project, store, str(source["trainings"]), names):
            day = _date(end)
            if day is not None:
                until[str(who)] = max(day, until.get(str(who), day))
    for row in stream(project, store, table, list(wanted.values())):
        said = dict(zip(wanted, row, strict=True))
        key = str(said.get("key"))
        days = {name: _date(said.get(name)) for name in _DAYS}
        yield Member(
            f"{table}-{key}", str(said.get("role") or ""), days["joined"], days["left"], until.get(key), days["accepted"],
            days["access_closed"] is None, days["access_closed"],
        )  # fmt: skip


def _date(value: object) -> date | None:
    """The day of a time as a store gives it; None where it is none."""
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        return None


def member(register: Mapping[str, Any], name: str, project: Project | None = None) -> Member:
    """The member of that pseudonym; where the staff stands in a store, the project is needed to look there.

    Raises:
        NotFound: the register has none.
    """
    known = everybody(register, project) if project else members(register)
    found = next((one for one in known if one.id == name), None)
    if found is None:
        raise NotFound(
            f"nobody on the register of staff is `{name[:40]}`", hint="staff stand in registers/staff.toml"
        )
    return found


def facts(
    register: Mapping[str, Any], name: str, today: date, project: Project | None = None
) -> dict[str, str | bool]:
    """What the guard is told of a member of staff who acts: `training`, `security-policy-accepted`.

    Who never was trained is told as overdue: a policy that stops the one means the other.

    Raises:
        NotFound: the register has nobody of that pseudonym; nothing is known, so nothing is allowed.
    """
    one = member(register, name, project)
    state = one.training(today)
    return {
        "training": "overdue" if state == "none" else state,
        "security-policy-accepted": one.accepted is not None and one.accepted <= today,
    }


def overdue(people: Iterable[Member], today: date) -> tuple[Member, ...]:
    """Members who work here, whose access is open and whose training has run out or never was."""
    return tuple(one for one in people if one.here(today) and one.open and one.training(today) != "current")


def note_overdue(project: Project, register: Mapping[str, Any]) -> tuple[int, ...]:
    """Write `training-overdue` for everybody whose training has run out and of whom it was not written; gives the entries.

    The events start the duty to suspend the access, where the policy has one.
    """
    now = project.clock()
    known = {
        (str(one.detail.get("actor")), str(one.detail.get("until")))
        for one in project.ledger.read()
        if one.kind == "event" and one.action == OVERDUE
    }
    entries = []
    for one in overdue(everybody(register, project), now.date()):
        until = one.trained_until.isoformat() if one.trained_until else "never"
        if (one.id, until) not in known:
            entries.append(
                event(OVERDUE, at=now, actor=project.actor, detail={"actor": one.id, "until": until})
            )
    if not entries:
        return ()
    first = project.ledger.append(entries)
    return tuple(range(first, first + len(entries)))


def suspended(project: Project, policy: Policy, number: int, *, actor: str) -> tuple[int, ...]:
    """Note that the access behind an event `training-overdue` or `staff-left` was closed; gives the entries.

    Args:
        project: the open project.
        policy: the policy whose duty it keeps.
        number: the event.
        actor: role of who closed it.

    Raises:
        NotFound: there is no such event, or the policy has no duty for it.
    """
    started = next(iter(project.ledger.read(number, number + 1)), None)
    if started is None or started.kind != "event":
        raise NotFound(f"entry {number} is no event", hint="events are entries such as `training-overdue`")
    rules = [
        rule
        for rule in _rules(policy, ("suspend", "close"))
        if rule.trigger and rule.trigger.event == started.action
    ]
    if not rules:
        raise NotFound(f"the policy asks for nothing when `{started.action}`")
    record = {"actor": str(started.detail.get("actor", actor)), "access": "closed"}
    return _written(project, [
        deed(policy, rule.id, at=project.clock(), actor=actor, of=number, record=_asked(rule, record)) for rule in rules
    ])  # fmt: skip


def trained(  # noqa: PLR0913 - what a training says, by name
    project: Project, policy: Policy, name: str, *, actor: str, training: str, digest: str = ""
) -> tuple[int, ...]:
    """Note that a member of staff was trained; gives the entries that keep the recurring duty to train.

    Args:
        project: the open project.
        policy: the policy.
        name: pseudonym of who was trained.
        actor: role of who says so.
        training: which training ("information security 2026").
        digest: SHA-256 of the attendance list or certificate.

    Raises:
        NotFound: the policy asks for no training.
    """
    rules = _rules(policy, ("train",))
    if not rules:
        raise NotFound("the policy asks for no training of staff")
    record = {"actor": name, "training": training}
    return _written(project, [
        deed(policy, rule.id, at=project.clock(), actor=actor, record=_asked(rule, record), digest=digest) for rule in rules
    ])  # fmt: skip


def _rules(policy: Policy, verbs: Sequence[str]) -> list[Rule]:
    every: Iterator[Rule] = (rule for promise in policy.promises for rule in every_rule(promise.rules))
    return [rule for rule in every if rule.mode == "must" and rule.verb in verbs and _about_staff(rule)]


def _about_staff(rule: Rule) -> bool:
    return any(thing in {"subject:employee", "thing:access", "subject:staff"} for thing in rule.things)


def _asked(rule: Rule, known: Mapping[str, str]) -> dict[str, str | int | bool]:
    return {**{item.what: known[item.what] for item in rule.record if item.what in known}, **known}


def _written(project: Project, entries: list[Entry]) -> tuple[int, ...]:
    first = project.ledger.append(entries)
    return tuple(range(first, first + len(entries)))
