"""The words of two versions compared, sentence by sentence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from troth.model.policy import Policy
from troth.model.sentence import Sentence

_COUNTED = re.compile(r"s\d+")  # the name of a sentence that the file gives none
_LIKE = 0.5
_ALIKE = 0.75
_MOST = 40_000  # pairs of sentences that are measured against each other


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
    homes = pairs(before, after)
    found = []
    for sentence in after:
        home = homes.get(sentence.id)
        if home is None:
            found.append(Edit("added", None, sentence))
        elif home.text != sentence.text:
            found.append(Edit("changed", home, sentence))
    kept = {home.id for home in homes.values()}
    found += [Edit("removed", sentence, None) for sentence in before if sentence.id not in kept]
    return tuple(found)


def pairs(before: Sequence[Sentence], after: Sequence[Sentence]) -> dict[str, Sentence]:
    """The old sentence of each new one that has one, by the id of the new one: by words first, then by id, then by likeness."""
    found: dict[str, Sentence] = {}
    matcher = difflib.SequenceMatcher(None, [s.text for s in before], [s.text for s in after], autojunk=False)
    for one, other, size in matcher.get_matching_blocks():
        found |= {after[other + step].id: before[one + step] for step in range(size)}
    used = {sentence.id for sentence in found.values()}
    left = {sentence.id: sentence for sentence in before if sentence.id not in used}
    by_text = {sentence.text: sentence for sentence in left.values()}
    fresh = [sentence for sentence in after if sentence.id not in found]
    few = len(fresh) * len(left) <= _MOST
    for sentence in fresh:
        home = by_text.get(sentence.text)
        if home is None or home.id not in left:
            home = _namesake(sentence, left) or (_alike(sentence, left) if few else None)
        if home is not None:
            found[sentence.id] = left.pop(home.id)
    return found


def _namesake(sentence: Sentence, left: dict[str, Sentence]) -> Sentence | None:
    """The old sentence with the same id; an id that only counts ("s12") must have like words beside it."""
    home = left.get(sentence.id)
    if home is None or not _COUNTED.fullmatch(sentence.id):
        return home
    return home if difflib.SequenceMatcher(None, home.text, sentence.text).ratio() >= _LIKE else None


def _alike(sentence: Sentence, left: dict[str, Sentence]) -> Sentence | None:
    near = difflib.get_close_matches(sentence.text, [one.text for one in left.values()], 1, _ALIKE)
    return next((one for one in left.values() if near and one.text == near[0]), None)
