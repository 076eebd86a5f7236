"""What people would rather look at than read: what flows where, ages of data against their limits, requests against theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from troth.model.entry import Entry, utc
from troth.model.policy import Policy
from troth.report.naming import SHARING, names_of


@dataclass(frozen=True, slots=True)
class Flow:
    """Data that may leave the house.

    Attributes:
        data: what, as labels.
        purpose: for which purpose, as a label.
        recipient: to whom, as a label.
        key: the recipient's word in the policy.
        promise: the promise that permits it.
        sentence: the first sentence of that promise; empty where it has none.
        entries: numbers of the entries that say it happened.
    """

    data: tuple[str, ...]
    purpose: str
    recipient: str
    key: str
    promise: str
    sentence: str
    entries: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a flow."""
        return {
            "data": list(self.data), "purpose": self.purpose, "recipient": self.recipient,
            "promise": self.promise, "disclosures": len(self.entries), "evidence": list(self.entries),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Age:
    """The oldest row of a table against the limit of its data.

    Attributes:
        place: `store.table`.
        clock: the column the age is counted from.
        oldest: the earliest moment in it; None where no row has one.
        limit: what began before this moment is past its period.
        rule: the rule that gives the limit.
        alone: nothing else decides; otherwise another rule may keep such a row longer.
    """

    place: str
    clock: str
    oldest: datetime | None
    limit: datetime
    rule: str
    alone: bool = True

    @property
    def past(self) -> bool:
        """Whether a row is older than the limit."""
        return self.oldest is not None and self.oldest < self.limit

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of an age."""
        return {
            "place": self.place, "clock": self.clock, "oldest": utc(self.oldest) if self.oldest else None,
            "limit": utc(self.limit), "rule": self.rule, "alone": self.alone, "past": self.past,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """A request of a person against its deadline.

    Attributes:
        request: its name.
        right: what was asked for.
        received: when.
        due: by when it must be answered; None where there is no date.
        ended: when it ended; None while it is open.
        state: where it stands, in words.
        entry: number of its newest entry.
    """

    request: str
    right: str
    received: datetime
    due: datetime | None
    ended: datetime | None
    state: str
    entry: int = -1

    def late(self, now: datetime) -> bool:
        """Whether it ended after its date, or is still open after it."""
        return self.due is not None and (self.ended or now) > self.due

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a course."""
        return {
            "request": self.request, "right": self.right, "received": utc(self.received),
            "due": utc(self.due) if self.due else None, "ended": utc(self.ended) if self.ended else None,
            "state": self.state, "entry": self.entry,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pictures:
    """Everything that is drawn.

    Attributes:
        flows: what may leave the house; ages: data against their limits; courses: requests against theirs.
    """

    flows: tuple[Flow, ...] = ()
    ages: tuple[Age, ...] = ()
    courses: tuple[Course, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of the pictures."""
        return {
            "flows": [one.as_json() for one in self.flows],
            "ages": [one.as_json() for one in self.ages],
            "requests": [one.as_json() for one in self.courses],
        }


def flows(policy: Policy, entries: Iterable[Entry], language: str = "en") -> tuple[Flow, ...]:
    """What may leave the house: each purpose and recipient that a rule permits, with the disclosures that were made.

    A disclosure belongs to the flow whose recipient it names; to that of its purpose where several name the recipient.

    Args:
        policy: the policy.
        entries: entries of the ledger; those of kind `disclosed` count.
        language: of the labels.
    """
    names = names_of(policy, language)
    found: dict[tuple[str, str], Flow] = {}
    for promise in policy.promises:
        for rule in promise.rules:
            if rule.mode not in {"may", "only"} or rule.verb not in SHARING:
                continue
            data = names.labels(names.data(rule), "data")
            for recipient in rule.recipients:
                for purpose in rule.purposes or ("",):
                    known = found.get((purpose, recipient))
                    both = tuple(dict.fromkeys((*(known.data if known else ()), *data)))
                    found[purpose, recipient] = Flow(
                        both,
                        names.label(purpose, "purpose") if purpose else "",
                        names.label(recipient, "recipient", "subject"),
                        recipient,
                        known.promise if known else promise.id,
                        known.sentence if known else next(iter(promise.sentences), ""),
                    )
    return _made(found, entries)


def _made(found: dict[tuple[str, str], Flow], entries: Iterable[Entry]) -> tuple[Flow, ...]:
    made: dict[tuple[str, str], list[int]] = {}
    for entry in entries:
        if entry.kind != "disclosed":
            continue
        for recipient in _listed(entry.detail.get("recipient")):
            purposes = _listed(entry.detail.get("purpose"))
            fitting = [key for key in found if recipient in {key[1], found[key].recipient}]
            exact = [key for key in fitting if key[0] in purposes or found[key].purpose in purposes]
            for key in (exact or fitting)[:1]:
                made.setdefault(key, []).append(entry.seq)
    return tuple(replace(flow, entries=tuple(made.get(key, ()))) for key, flow in found.items())


def _listed(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value if one]
    return [str(value)] if value else []
