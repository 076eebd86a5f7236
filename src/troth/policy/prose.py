"""The words of two versions compared, sentence by sentence."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from troth.model.policy import Policy
from troth.model.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence that was added, removed, changed or moved (`old` and `new` are None where it is not there)."""

    kind: Literal["added", "removed", "changed", "moved"]
    old: Sentence | None
    new: Sentence | None

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of an edit."""
        one = self.new or self.old
        return {
            "kind": self.kind,
            "id": one.id if one else "",
            "old": self.old.text if self.old else None,
            "new": self.new.text if self.new else None,
        }


def edits(old: Policy, new: Policy) -> tuple[Edit, ...]:
    """The edits from one version to the next, in the order of the new text, removed sentences last.

    Sentences are the same when they have the same id; those without a stable id, when their words are the same or alike.
    """
    before = [binding.sentence for binding in old.sentences]
    after = [binding.sentence for binding in new.sentences]
    pairs = _pairs(before, after)
    found = []
    for sentence in after:
        home = pairs.get(sentence.id)
        if home is None:
            found.append(Edit("added", None, sentence))
        elif home.text != sentence.text:
            found.append(Edit("changed", home, sentence))
    kept = {home.id for home in pairs.values()}
    found += [Edit("removed", sentence, None) for sentence in before if sentence.id not in kept]
    return tuple(found)


def _pairs(before: Sequence[Sentence], after: Sequence[Sentence]) -> dict[str, Sentence]:
    """The old sentence of each new one: by words first, then by id, then by likeness."""
    pairs: dict[str, Sentence] = {}
    matcher = difflib.SequenceMatcher(None, [s.text for s in before], [s.text for s in after], autojunk=False)
    for one, other, size in matcher.get_matching_blocks():
        pairs |= {after[other + step].id: before[one + step] for step in range(size)}
    used = {sentence.id for sentence in pairs.values()}
    by_id = {sentence.id: sentence for sentence in before if sentence.id not in used}
    by_text = {sentence.text: sentence for sentence in before if sentence.id not in used}
    for sentence in after:
        if sentence.id in pairs:
            continue
        home = by_text.get(sentence.text) or by_id.get(sentence.id) or _alike(sentence, by_id)
        if home is not None and home.id not in used:
            pairs[sentence.id] = home
            used.add(home.id)
            by_id.pop(home.id, None)
    return pairs


def _alike(sentence: Sentence, left: dict[str, Sentence]) -> Sentence | None:
    near = difflib.get_close_matches(sentence.text, [one.text for one in left.values()], 1, 0.75)
    return next((one for one in left.values() if near and one.text == near[0]), None)
