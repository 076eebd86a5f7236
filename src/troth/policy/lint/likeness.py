"""How much a sentence is like those that reviewers marked in policies, and of which kind it is.

Detectors find wordings and structures that somebody thought of. What they do not know is compared with thousands of sentences
that were marked, or left alone, one by one: every run of one to three stems has a weight, learned by logistic regression over
log-count ratios (Wang and Manning, Baselines and Bigrams, ACL 2012). The weights are files in this package, which
`scripts/likeness/learn.py` makes from the sentences beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from troth.policy.lint.learned import Numbers, Weights, numbered, shipped

_LINK = re.compile(r"\S+@\S+|https?:\S+|www\.\S+")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|[;:?!,.()@]")
_SIGN = re.compile(r"[a-z]+|\d+|[\u4e00-\u9fff]|[；：？！，。、（）@]")
_ENDINGS = tuple("ations ation ingly ments ment ings ing edly ies ied ers er ed es ly s e y".split())
_STEM = 3  # letters of a stem at the least
_RUN = 3  # words, or Chinese signs, of a feature at the most
_REMEMBERED = 500  # sentences
_LONGEST = {False: 12, True: 24}  # words, or signs, of the part that is shown


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign, with its place in the text."""

    text: str
    start: int
    end: int


def tokens(low: str, *, chinese: bool) -> list[Token]:
    """The stems of words, numbers and signs of a lower-case sentence; all numbers are one and the same, and so are all addresses."""
    bare = _LINK.sub(lambda found: "@".ljust(len(found[0])), low)
    found = []
    for match in (_SIGN if chinese else _WORD).finditer(bare):
        word = "#" if match[0][0].isdigit() else match[0] if chinese else stem(match[0])
        found.append(Token(word, match.start(), match.end()))
    return found


@lru_cache(20_000)
def stem(word: str) -> str:
    """A word without its ending, so that "shares", "shared" and "sharing" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


def features(words: Sequence[str], *, chinese: bool) -> Iterator[tuple[str, int, int]]:
    """What is weighed of the words of a sentence, each with the place of its first word and the one after its last.

    Runs of one to three words or Chinese signs; of an English sentence also words with one between them, how it begins and ends,
    and how long it is.
    """
    for start in range(len(words)):
        for end in range(start + 1, min(start + _RUN, len(words)) + 1):
            yield " ".join(words[start:end]), start, end
    if chinese or not words:
        return
    for start in range(len(words) - 2):
        yield f"{words[start]} * {words[start + 2]}", start, start + 3
    yield f"^ {words[0]}", 0, 1
    yield f"^ {' '.join(words[:2])}", 0, min(2, len(words))
    yield f"{' '.join(words[-2:])} $", max(0, len(words) - 2), len(words)
    yield f"^ {_length(words)} $", 0, len(words)


def _length(words: Sequence[str]) -> int:
    """How long a sentence is, in steps of six words, up to eight."""
    return min(len(words) // 6, 8)


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """The learned weights of a language.

    Attributes:
        weights: of a mark, then of each kind, which tell marked sentences of one kind from those of the others.
    """

    weights: Weights

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that were learned."""
        return self.weights.labels[1:]

    def odds(self, low: str, *, chinese: bool) -> float:
        """The odds, as a natural logarithm, that a reviewer marks a sentence: 0 is one to one, 2.2 nine to one.

        Args:
            low: the sentence in lower case with straight quotes, Chinese in simplified characters.
            chinese: whether it is Chinese.
        """
        return float(self.weights.scores(held(low, chinese=chinese))[0])

    def kinds_of(self, low: str, *, chinese: bool) -> list[tuple[str, float]]:
        """The kinds that were learned with the odds of each among marked sentences, as a natural logarithm; the likeliest first."""
        scores = self.weights.scores(held(low, chinese=chinese))[1:].tolist()
        return sorted(zip(self.kinds, scores, strict=True), key=lambda one: -one[1])

    def telling(self, low: str, *, chinese: bool) -> tuple[int, int]:
        """Where in a sentence the words stand that speak most for a mark: the place of the first letter and after the last."""
        found = tokens(low, chinese=chinese)
        gains = [0.0] * len(found)
        spans = list(features([one.text for one in found], chinese=chinese))
        weights = self.weights.of(numbered(name for name, _, _ in spans), 0)
        for (_, start, end), weight in zip(spans, weights, strict=True):
            for place in range(start, end):
                gains[place] += weight / (end - start)
        best, first, last = 0.0, 0, len(found)
        for start in range(len(found)):
            total = 0.0
            for end in range(start, min(start + _LONGEST[chinese], len(found))):
                total += gains[end]
                if total > best:
                    best, first, last = total, start, end + 1
        return (found[first].start, found[last - 1].end) if found else (0, len(low))


def traits(low: str, *, chinese: bool) -> dict[str, None]:
    """The features of a lower-case sentence, each once and in its order; quicker than `features`, which knows their places."""
    bare = _LINK.sub(" @ ", low)
    words = ["#" if one[0].isdigit() else one for one in (_SIGN if chinese else _WORD).findall(bare)]
    if not chinese:
        words = [stem(word) for word in words]
    twos = [f"{one} {two}" for one, two in pairwise(words)]
    threes = [f"{one} {two}" for one, two in zip(twos, words[2:], strict=False)]
    if chinese or not words:
        return dict.fromkeys((*words, *twos, *threes))
    apart = [f"{one} * {two}" for one, two in zip(words, words[2:], strict=False)]
    ends = f"^ {words[0]}", f"^ {' '.join(words[:2])}", f"{' '.join(words[-2:])} $", f"^ {_length(words)} $"
    return dict.fromkeys((*words, *twos, *threes, *apart, *ends))


@lru_cache(_REMEMBERED)
def held(low: str, *, chinese: bool) -> Numbers:
    """The numbers of the features of a lower-case sentence; they are remembered, since a text is weighed several times."""
    return numbered(traits(low, chinese=chinese))


def likeness(*, chinese: bool) -> Likeness:
    """The weights of a language, from the file in this package."""
    return Likeness(shipped("likeness", chinese=chinese))
