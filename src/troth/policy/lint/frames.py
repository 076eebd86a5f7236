"""Wordings by meaning: kinds of words that follow each other at a distance, whatever the words are.

A frame such as "visiting 12 meaning 8 agreeing" finds "opening an account amounts to approval" and "whoever logs in shall
be taken to have accepted"; the kinds of words are sorted in `meanings`. A number is how many words may stand between
two kinds, 3 where none is given. In Chinese the distance is counted in pairs of characters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from troth.policy.lint.meanings import CHINESE, PHRASES, labels

_TOKEN = re.compile(r"[a-z][a-z'-]*|\d+|%|\.(?=\s)|[;:]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WHOLE = re.compile(r"(?s:.*)")
_GAP = 3
_BEFORE = 3

Spot = tuple[int, int]


class Tagged:
    """The words of a sentence by kind: at which words, and at which characters they stand."""

    __slots__ = ("places", "spans", "step")

    def __init__(self, low: str) -> None:
        """Sort the words of a lower-case sentence."""
        self.spans: list[Spot] = [m.span() for m in _TOKEN.finditer(low)]
        self.places: dict[str, list[int]] = {}
        self.step = 1
        if not low.isascii() and _HAN.search(low):
            self._chinese(low)
            return
        words = [low[a:b] for a, b in self.spans]
        for place, word in enumerate(words):
            for label in labels(word):
                self.places.setdefault(label, []).append(place)
            for phrase, label in PHRASES.get(word, ()):
                if words[place : place + len(phrase)] == phrase:
                    self.places.setdefault(label, []).append(place)
        for found in self.places.values():
            found.sort()

    def _chinese(self, low: str) -> None:
        self.step = 2
        self.spans = [(n, n + 1) for n in range(len(low))]
        for label, words in CHINESE.items():
            found = sorted({n for word in words for n in _all(low, word)})
            if found:
                self.places[label] = found


def _all(low: str, word: str) -> list[int]:
    found, place = [], low.find(word)
    while place >= 0:
        found.append(place)
        place = low.find(word, place + 1)
    return found


@lru_cache(maxsize=4096)
def tagged(low: str) -> Tagged:
    """The words of a lower-case sentence by kind."""
    return Tagged(low)


class Frame:
    """Kinds of words in a row; searched for like one alternative of a `Phrase`."""

    __slots__ = ("_after", "_spec", "_steps", "_without")

    def __init__(self, spec: str, without: str = "", after: str = "") -> None:
        """Name the kinds.

        Args:
            spec: kinds ("deciding|thinking" is either), with the number of words that may stand between them.
            without: kinds that must not stand within the match or up to three words before it.
            after: kinds that must not stand in the three words before it.
        """
        self._spec = spec
        self._steps: tuple[tuple[tuple[str, ...], int], ...] | None = None
        self._without = tuple(without.split())
        self._after = tuple(after.split())

    @property
    def steps(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """The kinds, each with the largest distance from the one before."""
        if self._steps is None:
            steps, gap = [], _GAP
            for part in self._spec.split():
                if part.isdigit():
                    gap = int(part)
                else:
                    steps.append((tuple(part.split("|")), gap))
                    gap = _GAP
            self._steps = tuple(steps)
        return self._steps

    def search(self, low: str) -> re.Match[str] | None:
        """The first place in a lower-case sentence, or None."""
        sentence = tagged(low)
        places = sentence.places
        steps = self._steps or self.steps
        for kinds, _ in steps:
            for kind in kinds:
                if kind in places:
                    break
            else:
                return None
        rows = [
            places[kinds[0]] if len(kinds) == 1 else sorted(n for kind in kinds for n in places.get(kind, ()))
            for kinds, _ in steps
        ]
        for start in rows[0]:
            end = self._follow(rows, 1, start, sentence.step)
            if end is not None and not self._excluded(sentence, start, end):
                return _WHOLE.match(low, sentence.spans[start][0], sentence.spans[end][1])
        return None

    def _follow(self, rows: list[list[int]], place: int, last: int, step: int) -> int | None:
        if place == len(rows):
            return last
        reach = last + (self.steps[place][1] + 1) * step
        for here in rows[place]:
            if last < here <= reach:
                end = self._follow(rows, place + 1, here, step)
                if end is not None:
                    return end
        return None

    def _excluded(self, sentence: Tagged, start: int, end: int) -> bool:
        first = start - _BEFORE * sentence.step
        places = sentence.places
        return any(first <= n <= end for kind in self._without for n in places.get(kind, ())) or any(
            first <= n < start for kind in self._after for n in places.get(kind, ())
        )
