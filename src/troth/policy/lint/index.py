"""Which units of a text hold a word, as one number: bit N stands for unit N, so that sets meet in one step."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from troth.policy.lint.frames import Frame, tagged
from troth.policy.lint.literals import Clauses
from troth.policy.lint.reading import Reading

_GRAM = 4


def union(sets: Iterable[int]) -> int:
    """The units of any of these sets."""
    found = 0
    for units in sets:
        found |= units
    return found


def places(units: int) -> Iterator[int]:
    """The units of a set in text order."""
    while units:
        lowest = units & -units
        yield lowest.bit_length() - 1
        units ^= lowest


class Index:
    """The units of the body of a text by the words and the kinds of words they hold; each looked for once."""

    __slots__ = ("_body", "_grams", "_kinds", "_low", "_readings", "_starts", "_words")

    def __init__(self, readings: Sequence[Reading], low: str) -> None:
        """Prepare for a text.

        Args:
            readings: its units, headings included.
            low: their words in lower case, a line a unit.
        """
        self._readings = readings
        self._low = low
        self._starts = (0, *accumulate(len(r.low) + 1 for r in readings))
        self._body = union(1 << r.index for r in readings if not r.heading)
        self._grams: dict[str, int] = {}
        for reading in readings:
            if not reading.heading:
                text, bit = reading.low, 1 << reading.index
                for gram in {text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)}:
                    self._grams[gram] = self._grams.get(gram, 0) | bit
        self._words: dict[str, int] = {}
        self._kinds: dict[str, int] | None = None

    def of_clauses(self, clauses: Clauses) -> int:
        """The units that hold a word of each clause."""
        found = self._body
        known = self._words
        for words in clauses:
            held = 0
            for word in words:
                units = known.get(word)
                held |= self._of_word(word) if units is None else units
            found &= held
            if not found:
                break
        return found

    def _of_word(self, word: str) -> int:
        """The units that hold a word; headings may be among them."""
        units = self._of_grams(word) if len(word) >= _GRAM else self._of_short(word)
        self._words[word] = units
        return units

    def _of_grams(self, word: str) -> int:
        """Looks only at the units that hold the first, middle and last letters of a word: mostly none."""
        known = self._grams
        middle = len(word) // 2 - _GRAM // 2
        units = (
            known.get(word[:_GRAM], 0)
            & known.get(word[-_GRAM:], 0)
            & known.get(word[middle : middle + _GRAM], 0)
        )
        if len(word) > _GRAM:
            for place in places(units):
                if word not in self._readings[place].low:
                    units ^= 1 << place
        return units

    def _of_short(self, word: str) -> int:
        low, starts = self._low, self._starts
        units = 0
        at = low.find(word)
        while at >= 0:
            unit = bisect_right(starts, at) - 1
            units |= 1 << unit
            at = low.find(word, starts[unit + 1])
        return units

    def of_frame(self, frame: Frame) -> int:
        """The units that hold a word of each kind of a frame."""
        return self.of_kinds([kinds for kinds, _ in frame.steps])

    def of_kinds(self, several: Iterable[Sequence[str]]) -> int:
        """The units that hold a word of each of some kinds, where one of several names is enough."""
        if self._kinds is None:
            self._kinds = {}
            for reading in self._readings:
                if not reading.heading:
                    for kind in tagged(reading.low).places:
                        self._kinds[kind] = self._kinds.get(kind, 0) | 1 << reading.index
        found = self._body
        for kinds in several:
            found &= union(self._kinds.get(kind, 0) for kind in kinds)
            if not found:
                break
        return found
