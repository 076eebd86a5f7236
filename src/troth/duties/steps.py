"""The steps in the life of a request: which may follow which, what each needs, and how each explains itself.

A step is an entry of kind `request`. Its `outcome` is one of the words that the ledger's table of requests knows, its
`detail.step` the exact step. The table's status is `open` or beyond only for a request whose identity was confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

RECEIVED, ASKED, OPEN, UNCLEAR = "received", "identity asked", "open", "clarification asked"
WAITING, RUNNING, HELD, PARTLY = "waiting", "running", "held", "partly"
DONE, NOTHING, REFUSED, WITHDRAWN, JOINED = "done", "nothing found", "refused", "withdrawn", "joined"

ALIVE = frozenset({RECEIVED, ASKED, OPEN, UNCLEAR, WAITING, RUNNING, HELD, PARTLY})
"""The states in which something is left to do."""

ENDED = frozenset({DONE, NOTHING, REFUSED, WITHDRAWN, JOINED})
"""The states in which nothing is."""

UNCONFIRMED = frozenset({RECEIVED, ASKED})
"""The states of a living request before anybody knows who is asking."""

STATES: Mapping[str, str] = MappingProxyType(
    {
        RECEIVED: "it came in; nobody knows yet who is asking",
        ASKED: "the person was asked to show who they are",
        OPEN: "identity confirmed; to be worked on",
        UNCLEAR: "the person was asked what exactly they mean",
        WAITING: "the time in which an erasure can be taken back",
        RUNNING: "being carried out",
        HELD: "data must be kept for named reasons and is restricted, or somebody must say first whether it must",
        PARTLY: "carried out in part; the rest failed and is tried again",
        DONE: "carried out",
        NOTHING: "no data about the person was found",
        REFUSED: "refused, with ground and remedy",
        WITHDRAWN: "taken back by the person",
        JOINED: "the same as an earlier request, which answers it",
    }
)
"""Every state with its meaning."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step.

    Attributes:
        after: states it may follow.
        state: the state it leads to; "" where it changes none.
        needs: keys that its `detail` must have.
        says: what happened, in words; `{key}` stands for a value of `detail`.
    """

    after: frozenset[str]
    state: str
    needs: tuple[str, ...]
    says: str


def _after(*states: str) -> frozenset[str]:
    return frozenset(states)


STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "received": Step(frozenset(), RECEIVED, (), "the request came in"),
        "identity asked": Step(
            UNCONFIRMED, ASKED, ("method",), "the person was asked to show who they are: {method}"
        ),
        "identity failed": Step(_after(ASKED), ASKED, ("why",), "identity was not confirmed: {why}"),
        "identity confirmed": Step(UNCONFIRMED, OPEN, ("method",), "identity confirmed: {method}"),
        "clarification asked": Step(
            _after(OPEN, PARTLY), UNCLEAR, ("what",), "the person was asked to be clearer: {what}"
        ),
        "clarified": Step(_after(UNCLEAR), OPEN, (), "the person made it clear"),
        "extended": Step(ALIVE, "", ("why", "due"), "the person was told that it takes until {due}: {why}"),
        "waiting": Step(_after(OPEN), WAITING, ("until",), "it can be taken back until {until}"),
        "running": Step(_after(OPEN, WAITING, PARTLY), RUNNING, (), "it is being carried out"),
        "held": Step(
            _after(OPEN, WAITING, RUNNING, HELD, PARTLY),
            HELD,
            ("holds",),
            "data must be kept and is restricted: {holds}",
        ),
        "undecided": Step(
            _after(OPEN, WAITING, RUNNING, HELD, PARTLY),
            HELD,
            ("holds",),
            "nobody has said yet whether data must be kept: {holds}",
        ),
        "released": Step(_after(HELD), HELD, ("hold",), "the reason to keep data ended: {hold}"),
        "partly": Step(_after(RUNNING), PARTLY, ("why",), "carried out in part: {why}"),
        "done": Step(_after(RUNNING), DONE, (), "carried out"),
        "nothing found": Step(_after(RUNNING), NOTHING, (), "no data about the person was found"),
        "refused": Step(
            _after(RECEIVED, ASKED, OPEN, UNCLEAR, WAITING, RUNNING, HELD, PARTLY),
            REFUSED,
            ("ground", "remedy"),
            "refused: {ground}; the person was told where to complain: {remedy}",
        ),
        "withdrawn": Step(
            _after(RECEIVED, ASKED, OPEN, UNCLEAR, WAITING, HELD),
            WITHDRAWN,
            (),
            "the person took it back",
        ),
        "joined": Step(_after(RECEIVED, ASKED, OPEN), JOINED, ("to",), "the same as request {to}"),
        "escalated": Step(ALIVE, "", ("alarm",), "somebody was told to look: {alarm}"),
        "reopened": Step(_after(DONE, NOTHING, REFUSED, WITHDRAWN), OPEN, ("why",), "taken up again: {why}"),
    }
)
"""Every step by name."""

_OUTCOMES = {
    "received": "received",
    "identity confirmed": "verified",
    "reopened": "reopened",
    "escalated": "escalated",  # the table of requests has no such word, so this moves nothing there
}
_OUTCOME_OF_STATE = {
    RECEIVED: "paused",
    ASKED: "paused",
    OPEN: "resumed",
    UNCLEAR: "paused",
    WAITING: "paused",
    RUNNING: "resumed",
    HELD: "held",
    PARTLY: "partly",
    DONE: "done",
    NOTHING: "nothing found",
    REFUSED: "refused",
    WITHDRAWN: "cancelled",
    JOINED: "cancelled",
}


def outcome(step: str, state: str) -> str:
    """The word of an entry's `outcome` for a step that leads to a state; an extension shows only while it runs on."""
    if step == "extended" and state in (OPEN, RUNNING):
        return "extended"
    return _OUTCOMES.get(step) or _OUTCOME_OF_STATE[state]
