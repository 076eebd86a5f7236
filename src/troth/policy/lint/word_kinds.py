"""A vocabulary: words sorted by kind, looked up word by word.

A word with a star stands for all words that begin with it; words joined by "_" stand in that order. Kinds are kept as
numbers, a bit for each kind, so that the kinds of a whole clause are one number and are compared in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

_SHORTEST = 3
_HEAD = 2


class Vocabulary:
    """Words by kind; each word is looked up once a process."""

    __slots__ = ("_bits", "_exact", "_known", "_phrases", "_stems")

    def __init__(self, table: Mapping[str, str]) -> None:
        """Sort a table of kinds, each with its words."""
        self._bits = {kind: 1 << place for place, kind in enumerate(table)}
        self._exact: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        # by the first word, then by the beginning of the second
        self._phrases: dict[str, dict[str, list[tuple[list[str], int]]]] = {}
        self._known: dict[str, int] = {}
        for kind, listed in table.items():
            bit = self._bits[kind]
            for word in listed.split():
                if "_" in word:
                    first, *others = word.split("_")
                    rows = self._phrases.setdefault(first, {}).setdefault(others[0][:_HEAD], [])
                    rows.append((others, bit))
                elif word.endswith("*"):
                    self._stems[word[:-1]] = self._stems.get(word[:-1], 0) | bit
                else:
                    self._exact[word] = self._exact.get(word, 0) | bit

    def mask(self, kinds: Iterable[str]) -> int:
        """The number of several kinds.

        Raises:
            KeyError: one of them is not in the table.
        """
        found = 0
        for kind in kinds:
            found |= self._bits[kind]
        return found

    def names(self, mask: int) -> frozenset[str]:
        """The kinds of a number."""
        return frozenset(kind for kind, bit in self._bits.items() if bit & mask)

    def _of(self, word: str) -> int:
        found = self._exact.get(word, 0)
        for end in range(_SHORTEST, len(word) + 1):
            found |= self._stems.get(word[:end], 0)
        self._known[word] = found
        return found

    def of(self, words: Sequence[str]) -> list[int]:
        """The kinds of each word in a row, with those of the phrases that begin with it."""
        known, phrases = self._known, self._phrases
        found = []
        for place, word in enumerate(words):
            kinds = known.get(word)
            if kinds is None:
                kinds = self._of(word)
            if word in phrases and place + 1 < len(words):
                for others, bit in phrases[word].get(words[place + 1][:_HEAD], ()):
                    end = place + 1 + len(others)
                    if end <= len(words) and all(map(_fits, words[place + 1 : end], others)):
                        kinds |= bit
            found.append(kinds)
        return found


def _fits(word: str, part: str) -> bool:
    return word == part or (part[-1] == "*" and word.startswith(part[:-1]))
