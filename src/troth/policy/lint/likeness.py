"""How much a sentence is like those that reviewers marked in policies, and of which kind it is.

Detectors find wordings and structures that somebody thought of. What they do not know is compared with thousands of sentences
that were marked, or left alone, one by one: every run of one to three words has a weight, learned by logistic regression over
log-count ratios (Wang and Manning, Baselines and Bigrams, ACL 2012). The weights are tables in this package, which
`scripts/likeness/learn.py` makes from the sentences beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

_LINK = re.compile(r"\S+@\S+|https?:\S+|www\.\S+")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|[;:?!,.()@]")
_SIGN = re.compile(r"[a-z]+|\d+|[\u4e00-\u9fff]|[；：？！，。、（）@]")
_RUN = 3  # words, or Chinese signs, of a feature at the most
_REMEMBERED = 500  # sentences
_SCALE = 1000  # weights stand in the tables as whole numbers
_LONGEST = {False: 12, True: 24}  # words, or signs, of the part that is shown


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign, with its place in the text."""

    text: str
    start: int
    end: int


def tokens(low: str, *, chinese: bool) -> list[Token]:
    """The words, numbers and signs of a lower-case sentence; every number is one and the same, and so is every address."""
    bare = _LINK.sub(lambda found: "@".ljust(len(found[0])), low)
    found = []
    for match in (_SIGN if chinese else _WORD).finditer(bare):
        word = "#" if match[0][0].isdigit() else match[0]
        found.append(Token(word, match.start(), match.end()))
    return found


def features(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The runs of one to three words, each with the place of its first word and the one after its last."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _RUN, len(words)) + 1):
            yield " ".join(words[start:end]), start, end


@dataclass(frozen=True, slots=True)
class Likeness:
    """The learned weights of a language.

    Attributes:
        bias: the odds, as a logarithm, of a sentence without any known word.
        weights: by feature, what it adds to the odds.
        kinds: by kind, its own bias and weights, which tell marked sentences of one kind from those of the others.
    """

    bias: float
    weights: Mapping[str, float]
    kinds: Mapping[str, tuple[float, Mapping[str, float]]]

    def odds(self, low: str, *, chinese: bool) -> float:
        """The odds, as a natural logarithm, that a reviewer marks a sentence: 0 is one to one, 2.2 nine to one.

        Args:
            low: the sentence in lower case with straight quotes, Chinese in simplified characters.
            chinese: whether it is Chinese.
        """
        return self.bias + sum(self.weights.get(name, 0.0) for name in held(low, chinese=chinese))

    def kinds_of(self, low: str, *, chinese: bool) -> list[tuple[str, float]]:
        """The kinds that were learned with how likely each is, as a logarithm without a zero point; the likeliest first."""
        names = held(low, chinese=chinese)
        found = [
            (kind, bias + sum(weights.get(name, 0.0) for name in names))
            for kind, (bias, weights) in sorted(self.kinds.items())
        ]
        return sorted(found, key=lambda one: -one[1])

    def telling(self, low: str, *, chinese: bool) -> tuple[int, int]:
        """Where in a sentence the words stand that speak most for a mark: the place of the first letter and after the last."""
        found = tokens(low, chinese=chinese)
        gains = [0.0] * len(found)
        for name, start, end in features([one.text for one in found]):
            for place in range(start, end):
                gains[place] += self.weights.get(name, 0.0) / (end - start)
        best, first, last = 0.0, 0, len(found)
        for start in range(len(found)):
            total = 0.0
            for end in range(start, min(start + _LONGEST[chinese], len(found))):
                total += gains[end]
                if total > best:
                    best, first, last = total, start, end + 1
        return (found[first].start, found[last - 1].end) if found else (0, len(low))


@lru_cache(_REMEMBERED)
def held(low: str, *, chinese: bool) -> tuple[str, ...]:
    """The features of a lower-case sentence, each once and in its order, so that sums are the same in every process.

    They are remembered, since a text is weighed several times.
    """
    bare = _LINK.sub(" @ ", low)
    words = ["#" if one[0].isdigit() else one for one in (_SIGN if chinese else _WORD).findall(bare)]
    twos = [f"{one} {two}" for one, two in pairwise(words)]
    threes = [f"{one} {two}" for one, two in zip(twos, words[2:], strict=False)]
    return tuple(dict.fromkeys((*words, *twos, *threes)))


@cache
def likeness(*, chinese: bool) -> Likeness:
    """The weights of a language, from the table in this package."""
    name = f"likeness_{'zh' if chinese else 'en'}.tsv"
    return parsed(files("troth.policy.lint").joinpath(name).read_text("utf-8"))


def parsed(table: str) -> Likeness:
    """The weights of a table: lines of a feature, its weight, and its weights for kinds as `kind=weight`, parted by tabs.

    The line of the empty feature holds the biases; lines that begin with `# ` are remarks.
    """
    weights: dict[str, float] = {}
    kinds: dict[str, dict[str, float]] = {}
    for line in table.splitlines():
        if not line.startswith("# "):
            name, weight, *own = line.split("\t")
            weights[name] = int(weight) / _SCALE
            for kind, _, value in (one.partition("=") for one in own):
                kinds.setdefault(kind, {})[name] = int(value) / _SCALE
    bias = weights.pop("", 0.0)
    return Likeness(bias, weights, {kind: (own.pop("", 0.0), own) for kind, own in kinds.items()})


def written(learned: Likeness, remark: str) -> str:
    """The table of learned weights, with a remark in its first line."""
    lines = [f"# {remark}"]
    biases = {"": learned.bias, **learned.weights}
    kinds = {kind: {"": bias, **weights} for kind, (bias, weights) in sorted(learned.kinds.items())}
    for name in sorted({*biases, *(name for weights in kinds.values() for name in weights)}):
        own = [
            f"{kind}={round(weights[name] * _SCALE)}" for kind, weights in kinds.items() if name in weights
        ]
        lines.append("\t".join([name, str(round(biases.get(name, 0.0) * _SCALE)), *own]))
    return "\n".join(lines) + "\n"
