"""Learn the weights of `troth.policy.lint.likeness` from the sentences beside this script.

    python scripts/likeness/learn.py [en|zh ...]

A line of `en.tsv` or `zh.tsv` holds the kinds of a sentence, parted by blanks, a tab and the sentence: `none` where a reviewer
leaves it alone (with ` ~sale` behind it where it only resembles a kind), `marked` where it is marked and nobody said of which
kind. `cases_en.tsv` and `cases_zh.tsv` are sentences of the annotated policies and of the tests; they count threefold, since a
lint that contradicts its own cases helps nobody. A line of `promises_en.tsv` or `promises_zh.tsv` says what a sentence promises
(`sale+`) or breaks (`sale-`), or `none`. `policies_en.tsv` and `policies_zh.tsv` are whole invented policies, each below a line
with `#` before it: their sentences have kinds and, behind an `@`, what they promise or break; `other` is a defect that no kind
is about. Cases may say it, too, and `@none` where they do neither. `published_en.tsv` and `published_zh.tsv` have the same form:
what companies have published, told again in other words and under other names, with defects as subtle as real ones. Weights of
their own are learned from them, and those that all sentences give together count twice as much: the sum finds more than either
alone, in published policies as well as in invented ones. What begins with `held_` is never learned: with it the rest is tested.
Nothing is left to chance: the same sentences give the same weights, on another machine but for the last digit.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from troth.policy.hanzi import simplified
from troth.policy.lint.broken_promises import MATTERS
from troth.policy.lint.learned import Weights, made, written
from troth.policy.lint.likeness import traits

HERE = Path(__file__).resolve().parent
TABLES = HERE.parent.parent / "src" / "troth" / "policy" / "lint"
NONE, MARKED, OTHER = "none", "marked", "other"
_ROUNDS = 150
_REMEMBERED = 9  # steps, besides the last one
_NO_BETTER = 1e-6  # of the loss in one round: nothing is gained any more
_SHORTEST = 1e-6  # part of a step
_SHRINK = 3.3  # of squared weights against the sum of losses: C = 0.3
_FEW = 2  # sentences in which a feature must stand to have a weight
_SMALL = 0.004  # weights below are left out of the table
_OF_KIND = 3  # how often a sentence of a published policy counts where kinds are told from each other
_FEW_OF_KIND = 3
_KIND_SMALL = 0.05

_CASES = 3  # how often a case counts
_TWICE = 2  # and a sentence of a published policy, among all others
_SHARE = 2 / 3  # of the weights that all give, the rest are those of published policies alone

Sentence = tuple[frozenset[str], str]
Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def read(path: Path) -> list[Sentence]:
    """The sentences of a file with their kinds."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        kinds, _, text = line.partition("\t")
        found.append((frozenset(kinds.split()), text))
    return found


def read_policies(path: Path) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences of whole policies, with their kinds, and with what they promise or break."""
    marked, promises = [], []
    for labels, text in read(path):
        if not text:
            continue  # the head of a policy
        kinds = frozenset(label for label in labels if not label.startswith("@"))
        sides = frozenset(label[1:] for label in labels if label.startswith("@"))
        if OTHER not in kinds:
            marked.append((kinds or frozenset({NONE}), text))
        promises.append((sides | _broken_by(kinds) or frozenset({NONE}), text))
    return marked, promises


def _broken_by(kinds: frozenset[str]) -> frozenset[str]:
    """What a sentence breaks that is marked as one of these kinds."""
    return frozenset(f"{matter}-" for kind in kinds for matter in _BREAKS.get(kind, "").split())


def held(text: str, *, chinese: bool) -> frozenset[str]:
    """The features of a sentence, as the lint reads it."""
    low = text.lower().translate(str.maketrans("‘’“”", "''\"\""))
    return frozenset(traits(simplified(low) if chinese else low, chinese=chinese))


def learn(
    sentences: Sequence[Sentence],
    cases: Sequence[Sentence] = (),
    published: Sequence[Sentence] = (),
    *,
    chinese: bool,
) -> Weights:
    """The weights that tell marked sentences from those left alone, and the kinds of the marked ones from each other.

    Args:
        sentences: with their kinds.
        cases: sentences that count threefold.
        published: sentences of published policies.
        chinese: whether they are Chinese.
    """
    groups = [_Group(some, chinese=chinese) for some in (sentences, cases, published)]
    every = (1, _CASES, _TWICE)
    bias, found = _marked(groups, every)
    if published:
        own_bias, own = _marked(groups, (0, 0, 1))
        bias = own_bias + _SHARE * (bias - own_bias)
        found = {
            name: (1 - _SHARE) * own.get(name, 0.0) + _SHARE * found.get(name, 0.0) for name in {*own, *found}
        }
    kinds = _kinds(groups)
    weights: dict[str, list[tuple[int, float]]] = {}
    for name in sorted(found):
        if abs(found[name]) >= _SMALL:
            weights.setdefault(name, []).append((0, found[name]))
    for label, (_, own_weights) in enumerate(kinds.values(), 1):
        for name, weight in own_weights.items():
            weights.setdefault(name, []).append((label, weight))
    return made((MARKED, *kinds), (bias, *(own for own, _ in kinds.values())), weights)


class _Group:
    """Sentences and their features."""

    def __init__(self, sentences: Sequence[Sentence], *, chinese: bool) -> None:
        self.sentences = sentences
        self.sets = [held(text, chinese=chinese) for _, text in sentences]
        self.marks = [NONE not in kinds for kinds, _ in sentences]


def _marked(groups: Sequence[_Group], often: Sequence[int]) -> tuple[float, dict[str, float]]:
    """The weights of marked sentences, where those of each group count so often."""
    chosen = [(group, count) for group, count in zip(groups, often, strict=True) if count]
    count = Counter(name for group, _ in chosen for names in group.sets for name in names)
    known = sorted(name for name, many in count.items() if many >= _FEW)
    number = {name: n for n, name in enumerate(known)}
    vectors, marks, repeated = list[list[int]](), list[bool](), list[int]()
    for group, times in chosen:
        vectors += [sorted(number[name] for name in names if name in number) for names in group.sets]
        marks += group.marks
        repeated += [times] * len(group.sets)
    ratios = _ratios(vectors, marks, len(known))
    bias, found = _fit(
        [vector for vector, times in zip(vectors, repeated, strict=True) for _ in range(times)],
        [mark for mark, times in zip(marks, repeated, strict=True) for _ in range(times)],
        ratios,
    )
    return bias, {name: weight * ratios[n] for n, (name, weight) in enumerate(zip(known, found, strict=True))}


def _ratios(vectors: Sequence[Sequence[int]], marks: Sequence[bool], size: int) -> list[float]:
    """By feature, how much oftener it stands in marked sentences, as a logarithm."""
    yes, no = [1.0] * size, [1.0] * size
    for vector, mark in zip(vectors, marks, strict=True):
        for n in vector:
            (yes if mark else no)[n] += 1
    all_yes, all_no = sum(yes), sum(no)
    return [math.log(one / all_yes) - math.log(other / all_no) for one, other in zip(yes, no, strict=True)]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The features of sentences, one after another: the numbers of all of them, and where each sentence begins."""

    features: Numbers
    starts: Numbers
    lengths: Numbers


def _rows(vectors: Sequence[Sequence[int]], bias: int) -> _Rows:
    """The rows of sentences, each with the feature that every sentence has."""
    lengths = np.array([len(vector) + 1 for vector in vectors], dtype=np.int64)
    flat = np.array([n for vector in vectors for n in (bias, *vector)], dtype=np.int64)
    return _Rows(flat, np.cumsum(lengths) - lengths, lengths)


def _fit(
    vectors: Sequence[Sequence[int]], marks: Sequence[bool], ratios: Sequence[float]
) -> tuple[float, list[float]]:
    """Logistic regression over the ratios of the features that a sentence has: the least sum of losses and squared weights.

    Found by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5), which uses no random choice.
    """
    rows = _rows(vectors, len(ratios))
    values = np.append(np.array(ratios), 1.0)[rows.features]
    signs = np.where(np.array(marks), 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * np.add.reduceat(weights[rows.features] * values, rows.starts)
        sloping = -signs / (1 + np.exp(np.clip(margins, -30, 30)))
        slope = np.bincount(rows.features, np.repeat(sloping, rows.lengths) * values, len(ratios) + 1)
        total = np.logaddexp(0, -margins).sum() + _SHRINK * (weights @ weights) / 2
        return float(total), slope + _SHRINK * weights

    weights = _least(loss, np.zeros(len(ratios) + 1))
    return float(weights[-1]), weights[:-1].tolist()


def _least(loss: Callable[[Floats], tuple[float, Floats]], weights: Floats) -> Floats:
    """Where a function of weights, given with its slope, is least."""
    total, slope = loss(weights)
    steps: list[tuple[Floats, Floats]] = []
    for _ in range(_ROUNDS):
        way, shares = -slope, []
        for moved, turned in reversed(steps):
            share = (moved @ way) / (moved @ turned)
            shares.append(share)
            way = way - share * turned
        if steps:
            moved, turned = steps[-1]
            way = way * (moved @ turned) / (turned @ turned)
        else:
            way = way / max(1.0, float(np.linalg.norm(slope)))
        for (moved, turned), share in zip(steps, reversed(shares), strict=True):
            way = way + (share - (turned @ way) / (moved @ turned)) * moved
        far, downhill = 1.0, float(slope @ way)
        while True:
            there = weights + far * way
            after, sloping = loss(there)
            if after <= total + 1e-4 * far * downhill or far < _SHORTEST:
                break
            far /= 2
        if (there - weights) @ (sloping - slope) > 0:
            steps = [*steps[-_REMEMBERED:], (there - weights, sloping - slope)]
        done = total - after < _NO_BETTER * max(1.0, abs(after))
        weights, total, slope = there, after, sloping
        if done:
            break
    return weights


def _kinds(groups: Sequence[_Group]) -> dict[str, tuple[float, dict[str, float]]]:
    """By kind, the weights that tell its sentences from the other marked ones."""
    often = (1, 1, _OF_KIND)
    rows = [
        (kinds, names)
        for group, times in zip(groups, often, strict=True)
        for (kinds, _), names in zip(group.sentences, group.sets, strict=True)
        for _ in range(times)
        if not kinds & {NONE, MARKED}
    ]
    count = Counter(name for _, names in rows for name in names)
    known = sorted(name for name, many in count.items() if many >= _FEW_OF_KIND)
    number = {name: n for n, name in enumerate(known)}
    vectors = [sorted(number[name] for name in names if name in number) for _, names in rows]
    found = {}
    for kind in sorted({kind for kinds, _ in rows for kind in kinds}):
        marks = [kind in kinds for kinds, _ in rows]
        ratios = _ratios(vectors, marks, len(known))
        bias, fitted = _fit(vectors, marks, ratios)
        weights = {
            name: weight * ratios[n] for n, (name, weight) in enumerate(zip(known, fitted, strict=True))
        }
        found[kind] = bias, {name: weight for name, weight in weights.items() if abs(weight) >= _KIND_SMALL}
    return found


def learn_promises(promises: Sequence[Sentence], marked: Sequence[Sentence], *, chinese: bool) -> Weights:
    """The weights that tell promises and breaches of them, and what they are about.

    Args:
        promises: sentences with what they promise or break.
        marked: sentences with their kinds, of which many break something (`_BREAKS`).
        chinese: whether they are Chinese.
    """
    rows = [(held(text, chinese=chinese), kinds) for kinds, text in promises]
    rows += [(held(text, chinese=chinese), _broken_by(kinds) or frozenset({NONE})) for kinds, text in marked]
    count = Counter(name for names, _ in rows for name in names)
    known = sorted(name for name, often in count.items() if often >= _FEW)
    number = {name: n for n, name in enumerate(known)}
    vectors = [sorted(number[name] for name in names if name in number) for names, _ in rows]
    labels, biases = list[str](), list[float]()
    weights: dict[str, list[tuple[int, float]]] = {}

    def add(label: str, chosen: Sequence[int], marks: Sequence[bool], small: float) -> None:
        own = [vectors[n] for n in chosen]
        ratios = _ratios(own, marks, len(known))
        bias, found = _fit(own, marks, ratios)
        for n, weight in enumerate(found):
            if abs(weight * ratios[n]) >= small:
                weights.setdefault(known[n], []).append((len(labels), weight * ratios[n]))
        labels.append(label)
        biases.append(bias)

    for sign in "+-":
        ours = [any(kind.endswith(sign) for kind in kinds) for _, kinds in rows]
        add(sign, range(len(rows)), ours, _SMALL_SIDE)
    for sign in "+-":
        chosen = [n for n, (_, kinds) in enumerate(rows) if any(kind.endswith(sign) for kind in kinds)]
        for matter in MATTERS:
            add(matter + sign, chosen, [matter + sign in rows[n][1] for n in chosen], _SMALL_MATTER)
    return made(labels, biases, weights)


# what a sentence breaks that is marked as one of these kinds
_BREAKS = {
    "authority-informal": "court",
    "automated-alone": "machine",
    "breach-late": "breach",
    "change-unnoticed": "notice",
    "consent-implied": "assent",
    "content-read": "content",
    "credential-sent": "passwords",
    "optout-denied": "optout",
    "purpose-open": "purpose",
    "recipient-open": "share",
    "retention-excess": "erased",
    "rights-obstacle": "free optout",
    "rights-penalty": "penalty",
    "sale": "sale",
    "security-weak": "encrypted",
    "sharing-unlimited": "share",
    "source-open": "sources",
    "succession-unlimited": "buyer",
    "tracking-unasked": "trackers",
    "transfer-unsafe": "place",
}
_SMALL_SIDE = 0.03
_SMALL_MATTER = 0.25


def sources(language: str) -> tuple[Path, ...]:
    """The files that are learned for a language: sentences, cases, promises, invented policies and published ones."""
    return tuple(
        HERE / f"{name}{language}.tsv" for name in ("", "cases_", "promises_", "policies_", "published_")
    )


def digest(language: str) -> str:
    """SHA-256 of what is learned for a language, hex."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources(language))).hexdigest()


def main() -> None:
    """Write the tables of the languages that are named, or of all."""
    for language in sys.argv[1:] or ("en", "zh"):
        single, certain, parts, whole, real = sources(language)
        sentences, promises = read(single), read(parts)
        cases, case_promises = read_policies(certain)
        more, more_promises = read_policies(whole)
        published, published_promises = read_policies(real)
        remark, chinese = f"learned from sentences {digest(language)}", language == "zh"
        kinds = learn([*sentences, *more], cases, published, chinese=chinese)
        told = {text for labels, text in read(certain) if any(label.startswith("@") for label in labels)}
        promises += [one for one in case_promises if one[1] in told] * _CASES
        promises += [*more_promises, *published_promises * _TWICE]
        sides = learn_promises(promises, sentences, chinese=chinese)
        for name, weights in (("likeness", kinds), ("promises", sides)):
            data = written(weights, remark)
            (TABLES / f"{name}_{language}.npz").write_bytes(data)
            print(f"{name}, {language}: {len(weights.keys)} features, {len(data) // 1024} KiB")


if __name__ == "__main__":
    main()
