"""A change between two versions of a policy, with a witness: a concrete case whose answer changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Direction = Literal["wider", "narrower", "weaker", "stronger"]
WEAKENING: frozenset[str] = frozenset({"wider", "weaker"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change of what is allowed or owed.

    Attributes:
        kind: what changed: permission, purpose, recipient, data, verb, basis, condition, exception, retention,
            deadline, duty, hold, channel, measure, notice.
        direction: wider (more is allowed), narrower (less), weaker (persons are owed less), stronger (more).
        effect: in one word: allowed, forbidden, longer, shorter, weaker, stronger; unclear where there were too many cases
            to compare completely.
        promise: the promise it is about, in the new version where it exists there.
        sentences: ids of the sentences the change cites.
        message: the change in plain words.
        witness: a case whose answer changed: the request or situation, with `old` and `new`.
        promise_kind: kind of that promise.
    """

    kind: str
    direction: Direction
    effect: str
    promise: str
    sentences: tuple[str, ...]
    message: str
    witness: dict[str, Any] = field(default_factory=dict)
    promise_kind: str = ""

    def as_json(self) -> dict[str, Any]:
        """The JSON shape that `diff --json` prints."""
        return {
            "kind": self.kind,
            "direction": self.direction,
            "effect": self.effect,
            "promise": self.promise,
            "sentences": list(self.sentences),
            "message": self.message,
            "witness": self.witness,
        }
