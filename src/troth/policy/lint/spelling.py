"""Slips of the keyboard: a word one letter away from a word that policies use, and two words without a space."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.vocabulary import LOOKALIKES, WORDS

_WORD = Phrase(r"(?<![\w@/.'’_+&-])(?:[A-Za-z][a-z]{4,}|[A-Z]{5,})(?![\w@_+-]|/(?![A-Z])|\.\w|['’]\w)")
_OFTEN = 3
_LONG = 6
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
        if len(word) > _LONG:
            for other, at in _shortened().get(shorter, ()):
                if at == place and _mistaken(word[place], other[place]):
                    return other
    return ""


_VOWELS = frozenset("aeiou")
_KEYS = {a + b for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for a, b in pairwise(row)}


def _mistaken(one: str, other: str) -> bool:
    """Whether one letter is easily written for another: vowels, and keys that lie side by side."""
    return (one in _VOWELS and other in _VOWELS) or one + other in _KEYS or other + one in _KEYS


def _variant(without: str, place: int, letter: str) -> bool:
    """Whether the letter is one that English spells both ways, or belongs to another form of the word."""
    doubled = letter in "lspt" and letter in without[max(0, place - 1) : place + 1]
    colour = letter == "u" and without[place - 1 : place] == "o"
    mute = letter == "e" and without[place : place + 1] in {"m", "a", "i"} and without[place - 1] in "gvtz"
    plural = letter == "s" and place >= len(without) - 1
    return (doubled and letter == "l") or (doubled and place >= len(without) - 4) or colour or mute or plural


def misspelt(doc: Document) -> list[Hit]:
    """English words that are a known word with one slip, and words run together, each with its sentence."""
    if doc.chinese:
        return []
    seen: Counter[str] = Counter()
    first: dict[str, Hit] = {}
    names: set[str] = set()
    capital: dict[str, list[tuple[Reading, re.Match[str]]]] = {}
    for reading in doc.readings:
        for match in _WORD.finditer(reading.text):
            word = match[0].lower()
            if word in WORDS or word in LOOKALIKES:
                continue
            if match[0][0].isupper():
                names.add(word)
                capital.setdefault(word, []).append((reading, match))
                continue
            seen[word] += 1
            first.setdefault(word, Hit(reading, match[0]))
    rare = [w for w, n in seen.items() if n < _OFTEN and w not in names]
    found = [first[w] for w in rare if _slip(w)]
    return found + list(_capital_slips(doc, capital, seen))


def _slip(word: str) -> bool:
    return not _inflected(word) and bool(_one_away(word) or joined(word))


def _capital_slips(
    doc: Document, capital: dict[str, list[tuple[Reading, re.Match[str]]]], seen: Counter[str]
) -> Iterator[Hit]:
    """Words with a capital that stand where a common word does, and are none of the names of the text."""
    own = " ".join(p.name.lower() for p in doc.parties)
    for word, places in capital.items():
        if len(word) < _LONG or len(places) + seen[word] >= _OFTEN or not _slip(word) or word in own:
            continue
        reading, match = places[0]
        if _common(reading, match) and not re.search(rf"[@./-]{word}|{word}[\w-]*\.[a-z]", doc.low):
            yield Hit(reading, match[0])


_AFTER = re.compile(r"[ ,/]+([A-Za-z]+)")
_BEFORE = re.compile(r"([A-Za-z]+)[ ,/]+$")


def _common(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a capital shows no name: in a heading, at the start of a sentence, beside a known word with a capital."""
    after = _AFTER.match(reading.text, match.end())
    before = _BEFORE.search(reading.text[: match.start()])
    near = [m[1] for m in (before, after) if m]
    if match[0].isupper():
        return (reading.heading and reading.text.isupper()) or any(
            w.isupper() and (w.lower() in WORDS or _inflected(w.lower())) for w in near
        )
    if reading.heading or not reading.text[: match.start()].strip(' •-*"“'):
        return True
    return any(w[0].isupper() and w.lower() in WORDS for w in near)


_PREPOSITIONS = ("of", "to", "by", "for", "from", "with", "and", "via")
_POINTERS = ("the", "your", "our", "their", "this", "any", "these")
# Real words that only look like two.
_WHOLE = frozenset("bypassed byproduct byproducts forgiving withholding linkedin yourself ourselves".split())
_ENDS = (
    *(
        "by",
        "and",
        "the",
        "with",
        "from",
        "that",
        "which",
        "your",
        "our",
        "you",
        "will",
        "are",
        "may",
        "for",
        "this",
    ),
    *(
        "their",
        "not",
        "through",
        "when",
        "while",
        "into",
        "about",
        "under",
        "is",
        "in",
        "to",
        "of",
        "on",
        "at",
        "we",
    ),
)


@lru_cache(maxsize=4096)
def joined(word: str) -> str:
    """Two words that lost the space between them ("servicesby", "ofthe"), or nothing."""
    if word in _WHOLE:
        return ""
    for start in (*_PREPOSITIONS, "in", "on"):
        rest = word.removeprefix(start)
        if rest != word and (
            rest in _POINTERS or (start in _PREPOSITIONS and len(rest) >= _LONG and rest in WORDS)
        ):
            return f"{start} {rest}"
    for start in _POINTERS:
        rest = word.removeprefix(start)
        if rest != word and len(rest) >= _LONG and rest in WORDS:
            return f"{start} {rest}"
    for end in _ENDS:
        rest = word.removesuffix(end)
        if rest != word and len(rest) >= _LONG and rest in WORDS:
            return f"{rest} {end}"
    return ""


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
