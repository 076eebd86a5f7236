"""Slips of the keyboard: a word one letter away from a word that policies use."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.vocabulary import LOOKALIKES, WORDS

_WORD = Phrase(r"(?<![\w@/.'’_+&-])[A-Za-z][a-z]{4,}(?![\w@/_+-]|\.\w|['’]\w)")
_OFTEN = 3
# "cancelled" and "canceled", "behaviour" and "behavior", "judgement" and "judgment" are both right.
_VARIANTS = Phrase(r"ll|l|our|or|ement|ment|eable|able|ageing|aging|ss|s")


@lru_cache(maxsize=1)
def _shortened() -> dict[str, tuple[tuple[str, int], ...]]:
    """Every known word with one inner letter left out, with the word and the place of the letter."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for word in sorted(WORDS):
        for place in range(1, len(word) - 1):
            short = word[:place] + word[place + 1 :]
            found[short] = (*found.get(short, ()), (word, place))
    return found


@lru_cache(maxsize=4096)
def _one_away(word: str) -> str:
    """The known word that this one misses by one typical slip, or nothing."""
    for place in range(1, len(word) - 1):
        if word[place] != word[place + 1]:
            swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            if swapped in WORDS:
                return swapped
    for longer, place in _shortened().get(word, ()):
        if not _variant(word, place, longer[place]):
            return longer
    for place in range(1, len(word) - 1):
        shorter = word[:place] + word[place + 1 :]
        if shorter in WORDS and len(shorter) > 5 and not _variant(shorter, place, word[place]):
            return shorter
    return ""


def _variant(without: str, place: int, letter: str) -> bool:
    """Whether the letter is one that English spells both ways, or belongs to another form of the word."""
    doubled = letter in "lspt" and letter in without[max(0, place - 1) : place + 1]
    colour = letter == "u" and without[place - 1 : place] == "o"
    mute = letter == "e" and without[place : place + 1] in {"m", "a", "i"} and without[place - 1] in "gvtz"
    plural = letter == "s" and place >= len(without) - 1
    return (doubled and letter == "l") or (doubled and place >= len(without) - 4) or colour or mute or plural


def misspelt(doc: Document) -> list[Hit]:
    """English words that are a known word with one slip, each with its sentence."""
    if doc.chinese:
        return []
    seen: Counter[str] = Counter()
    first: dict[str, Hit] = {}
    names: set[str] = set()
    for reading in doc.readings:
        for match in _WORD.finditer(reading.text):
            word = match[0].lower()
            if word in WORDS or word in LOOKALIKES:
                continue
            if match[0][0].isupper():
                names.add(word)
                continue
            seen[word] += 1
            first.setdefault(word, Hit(reading, match[0]))
    rare = [w for w, n in seen.items() if n < _OFTEN and w not in names]
    return [first[w] for w in rare if not _inflected(w) and _one_away(w)]


def _inflected(word: str) -> bool:
    """Whether it is a known word with an ending."""
    for ending in (
        "s",
        "es",
        "ed",
        "d",
        "ing",
        "ly",
        "er",
        "ers",
        "or",
        "ors",
        "r",
        "rs",
        "al",
        "n",
        "y",
        "able",
    ):
        base = word.removesuffix(ending)
        if base != word and (
            base in WORDS
            or base + "e" in WORDS
            or (
                len(base) > 3
                and base[-1] == base[-2]
                and base[:-1] in WORDS
                and base[:-1] + ending not in WORDS
            )
        ):
            return True
    return (
        bool(re.match(r"(?:un|re|non|pre|de|sub|over|mis|dis|in)", word))
        and re.sub(r"^(?:un|re|non|pre|de|sub|over|mis|dis|in)", "", word) in WORDS
    )
