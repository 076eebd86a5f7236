"""What nobody can compute about two versions of a policy, so that a person has to compare it.

The rules are compared as rules. Words that changed while the rules of their sentence did not, and sentences that are bound
to something else, change no rule, and may still change what people are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from troth.model.policy import Binding, Policy
from troth.policy.prose import Edit, pairs


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence whose words were changed, added or removed, and the promises it is bound to, whose rules are as they were."""

    id: str
    promises: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The JSON shape that `diff --json` prints."""
        return {"id": self.id, "promises": list(self.promises)}


@dataclass(frozen=True, slots=True)
class Rebound:
    """A sentence that is bound to something else now; `old` and `new` as the tag says it, without the id."""

    id: str
    old: str
    new: str

    def as_json(self) -> dict[str, Any]:
        """The JSON shape that `diff --json` prints."""
        return {"id": self.id, "old": self.old, "new": self.new}


def unread(edits: Iterable[Edit], old: Policy, new: Policy) -> tuple[Unread, ...]:
    """The edits that no rule followed, in their order."""
    found = []
    for edit in edits:
        if edit.new is not None:
            bound = new.by_sentence[edit.new.id]
        elif edit.old is not None:
            bound = old.by_sentence[edit.old.id]
        else:
            continue
        same = tuple(one for one in (*bound.promises, *bound.limits) if _unchanged(one, old, new))
        if same and len(same) == len(bound.promises) + len(bound.limits):
            found.append(Unread(bound.sentence.id, same))
    return tuple(found)


def _unchanged(promise: str, old: Policy, new: Policy) -> bool:
    was, now = old.by_id.get(promise), new.by_id.get(promise)
    return was is not None and now is not None and was.rules == now.rules


def rebound(old: Policy, new: Policy) -> tuple[Rebound, ...]:
    """The sentences of both versions that are bound to something else, in the order of the new text."""
    homes = pairs([one.sentence for one in old.sentences], [one.sentence for one in new.sentences])
    found = []
    for binding in new.sentences:
        home = homes.get(binding.sentence.id)
        if home is not None:
            was, now = _said(old.by_sentence[home.id]), _said(binding)
            if was != now:
                found.append(Rebound(binding.sentence.id, was, now))
    return tuple(found)


def _said(binding: Binding) -> str:
    """What a tag binds its sentence to: its promises, or why it is information, and whether that is a suggestion."""
    reason = [] if binding.reason is None else [f"i:{binding.reason}" if binding.reason else "i"]
    words = [*(["?"] if binding.suggested is not None else []), *reason]
    return " ".join([*words, *sorted((*binding.promises, *binding.limits))]) or "nothing"
