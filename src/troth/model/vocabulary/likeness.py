"""How much two words are alike, for suggestions after a word that nobody knows."""

from __future__ import annotations

from functools import lru_cache

_NEARLY = 0.6


def likeness(wanted: str, known: str) -> float:
    """From 0 (nothing in common) to 1 (the same): the better of shared letters and shared parts.

    Both words are kebab-case. Letters are compared by edit distance with swaps of neighbours; parts (such as
    "address" in "email-address") by how many are shared, also when they are only nearly spelled the same.
    """
    if wanted == known:
        return 1.0
    return max(_letters(wanted, known), 0.95 * _parts(wanted, known))


def _letters(one: str, other: str) -> float:
    longest = max(len(one), len(other))
    # No alignment keeps more letters than the words have in common: most pairs are told apart here already.
    common = sum(min(one.count(letter), other.count(letter)) for letter in set(one))
    if common < _NEARLY * longest:
        return 0.0
    return 1.0 - distance(one, other) / longest


def _parts(one: str, other: str) -> float:
    ours = one.split("-")
    theirs = other.split("-")
    if len(ours) == len(theirs) == 1:
        return 0.0
    shared = sum(max(_part(part, candidate) for candidate in theirs) for part in ours)
    return shared / (len(ours) + 0.2 * abs(len(theirs) - len(ours)))


@lru_cache(maxsize=1 << 14)
def _part(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) < 4:
        return 0.0
    if long.startswith(short) and 2 * len(short) >= len(long):
        return 0.9
    same = _letters(one, other)
    return same if same >= _NEARLY else 0.0


def distance(one: str, other: str) -> int:
    """Fewest insertions, deletions, changes and swaps of neighbours that make one word the other."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, candidate in enumerate(other, 1):
            cost = letter != candidate
            least = min(above[column] + 1, here[column - 1] + 1, above[column - 1] + cost)
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == candidate:
                least = min(least, before[column - 2] + 1)
            here.append(least)
        before, above = above, here
    return above[-1]
