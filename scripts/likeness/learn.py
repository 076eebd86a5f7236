"""Learn the weights of `troth.policy.lint.likeness` from the sentences beside this script.

    python scripts/likeness/learn.py [en|zh ...]

A line of `en.tsv` or `zh.tsv` holds the kinds of a sentence, parted by blanks, a tab and the sentence: `none` where a reviewer
leaves it alone (with ` ~sale` behind it where it only resembles a kind), `marked` where it is marked and nobody said of which
kind. `cases_en.tsv` and `cases_zh.tsv` are sentences of the annotated policies and of the tests; they count threefold, since a
lint that contradicts its own cases helps nobody. A line of `promises_en.tsv` or `promises_zh.tsv` says what a sentence promises
(`sale+`) or breaks (`sale-`), or `none`. `held_en.tsv` and `held_zh.tsv` are never learned: with them it is tested. The same
sentences always give the same weights: the only random choice, the order in which they are learned, has a fixed seed.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from troth.policy.hanzi import simplified
from troth.policy.lint import broken_promises, likeness
from troth.policy.lint.broken_promises import MATTERS, Sides
from troth.policy.lint.likeness import Likeness, written

HERE = Path(__file__).resolve().parent
TABLES = HERE.parent.parent / "src" / "troth" / "policy" / "lint"
NONE, MARKED = "none", "marked"
_ROUNDS = 30
_STEP = 0.02
_SHRINK = 1.0  # of squared weights against the sum of losses: C = 1
_SEED = 1
_FEW = 2  # sentences in which a feature must stand to have a weight
_SMALL = 0.004  # weights below are left out of the table
_FEW_OF_KIND = 5
_KIND_SMALL = 0.7

_CASES = 3  # how often a case counts

Sentence = tuple[frozenset[str], str]


def read(path: Path) -> list[Sentence]:
    """The sentences of a file with their kinds."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        kinds, _, text = line.partition("\t")
        found.append((frozenset(kinds.split()), text))
    return found


def held(text: str, *, chinese: bool) -> frozenset[str]:
    """The features of a sentence, as the lint reads it."""
    low = text.lower().translate(str.maketrans("‘’“”", "''\"\""))
    return frozenset(likeness.held(simplified(low) if chinese else low, chinese=chinese))


def learn(sentences: Sequence[Sentence], cases: Sequence[Sentence] = (), *, chinese: bool) -> Likeness:
    """The weights that tell marked sentences from those left alone, and the kinds of the marked ones from each other.

    Args:
        sentences: with their kinds.
        cases: sentences that count threefold.
        chinese: whether they are Chinese.
    """
    once = len(sentences)
    sentences = [*sentences, *cases]
    sets = [held(text, chinese=chinese) for _, text in sentences]
    marks = [NONE not in kinds for kinds, _ in sentences]
    count = Counter(name for names in sets for name in names)
    known = sorted(name for name, often in count.items() if often >= _FEW)
    number = {name: n for n, name in enumerate(known)}
    vectors = [sorted(number[name] for name in names if name in number) for names in sets]
    ratios = _ratios(vectors, marks, len(known))
    vectors += vectors[once:] * (_CASES - 1)
    marks += marks[once:] * (_CASES - 1)
    bias, weights = _fit(vectors, marks, ratios)
    kept = {
        known[n]: weight * ratios[n] for n, weight in enumerate(weights) if abs(weight * ratios[n]) >= _SMALL
    }
    return Likeness(bias, kept, _kinds(sentences, sets))


def _ratios(vectors: Sequence[Sequence[int]], marks: Sequence[bool], size: int) -> list[float]:
    """By feature, how much oftener it stands in marked sentences, as a logarithm."""
    yes, no = [1.0] * size, [1.0] * size
    for vector, mark in zip(vectors, marks, strict=True):
        for n in vector:
            (yes if mark else no)[n] += 1
    all_yes, all_no = sum(yes), sum(no)
    return [math.log(one / all_yes) - math.log(other / all_no) for one, other in zip(yes, no, strict=True)]


def _fit(
    vectors: Sequence[Sequence[int]],
    marks: Sequence[bool],
    ratios: Sequence[float],
    rounds: int = _ROUNDS,
) -> tuple[float, list[float]]:
    """Logistic regression over the ratios of the features that a sentence has, by stochastic gradient descent.

    The weights shrink towards zero at each step, all of them at once by one factor.
    """
    weights, bias, factor = [0.0] * len(ratios), 0.0, 1.0
    order = list(range(len(vectors)))
    source = random.Random(_SEED)  # noqa: S311 - an order, not a secret
    for turn in range(rounds):
        source.shuffle(order)
        step = _STEP / (1 + turn / 4)
        for n in order:
            vector = vectors[n]
            score = bias + factor * sum(weights[i] * ratios[i] for i in vector)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - marks[n]
            factor *= 1 - step * _SHRINK / len(vectors)
            for i in vector:
                weights[i] -= step * error * ratios[i] / factor
            bias -= step * error
    return bias, [factor * weight for weight in weights]


def _kinds(
    sentences: Sequence[Sentence], sets: Sequence[frozenset[str]]
) -> dict[str, tuple[float, dict[str, float]]]:
    """By kind, how much oftener its sentences hold each feature than the other marked ones: naive Bayes."""
    rows = [n for n, (kinds, _) in enumerate(sentences) if not kinds & {NONE, MARKED}]
    often = Counter(name for n in rows for name in sets[n])
    found = {}
    for kind in sorted({kind for n in rows for kind in sentences[n][0]}):
        own = [n for n in rows if kind in sentences[n][0]]
        inside = Counter(name for n in own for name in sets[n])
        others = len(rows) - len(own)
        weights = {}
        for name, total in often.items():
            if total >= _FEW_OF_KIND:
                here = (inside[name] + 0.2) / (len(own) + 1)
                there = (total - inside[name] + 0.2) / (others + 1)
                weight = math.log(here / there)
                if abs(weight) >= _KIND_SMALL and (weight > 0 or total * len(own) > 8 * len(rows)):
                    weights[name] = weight
        found[kind] = (math.log(len(own) / len(rows)), weights)
    return found


def learn_promises(promises: Sequence[Sentence], marked: Sequence[Sentence], *, chinese: bool) -> Sides:
    """The weights that tell promises and breaches of them, and what they are about.

    Args:
        promises: sentences with what they promise or break.
        marked: sentences with their kinds, of which many break something (`_BREAKS`).
        chinese: whether they are Chinese.
    """
    rows = [(held(text, chinese=chinese), kinds, False) for kinds, text in promises]
    for kinds, text in marked:
        broken = {f"{matter}-" for kind in kinds for matter in _BREAKS.get(kind, "").split()}
        likes = any(kind.startswith("~") for kind in kinds)
        rows.append((held(text, chinese=chinese), frozenset(broken or {NONE}), likes))
    count = Counter(name for names, _, _ in rows for name in names)
    known = sorted(name for name, often in count.items() if often >= _FEW)
    number = {name: n for n, name in enumerate(known)}
    vectors = [sorted(number[name] for name in names if name in number) for names, _, _ in rows]
    labels, biases = list[str](), list[float]()
    weights: dict[str, list[tuple[int, float]]] = {}

    def add(label: str, chosen: Sequence[int], marks: Sequence[bool], rounds: int, small: float) -> None:
        own = [vectors[n] for n in chosen]
        ratios = _ratios(own, marks, len(known))
        bias, found = _fit(own, marks, ratios, rounds)
        for n, weight in enumerate(found):
            if abs(weight * ratios[n]) >= small:
                weights.setdefault(known[n], []).append((len(labels), weight * ratios[n]))
        labels.append(label)
        biases.append(bias)

    for sign in "+-":
        # what resembles a breach is often a promise, and nobody has said so of it
        chosen = [n for n, (_, _, likes) in enumerate(rows) if sign == "-" or not likes]
        ours = [any(kind.endswith(sign) for kind in rows[n][1]) for n in chosen]
        add(sign, chosen, ours, 15, _SMALL_SIDE)
    for sign in "+-":
        chosen = [n for n, (_, kinds, _) in enumerate(rows) if any(kind.endswith(sign) for kind in kinds)]
        for matter in MATTERS:
            add(matter + sign, chosen, [matter + sign in rows[n][1] for n in chosen], 15, _SMALL_MATTER)
    return Sides(tuple(labels), tuple(biases), {name: tuple(own) for name, own in weights.items()})


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
    """The files that are learned for a language: sentences, cases, and promises."""
    return tuple(HERE / f"{name}{language}.tsv" for name in ("", "cases_", "promises_"))


def digest(language: str) -> str:
    """SHA-256 of what is learned for a language, hex."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources(language))).hexdigest()


def main() -> None:
    """Write the tables of the languages that are named, or of all."""
    for language in sys.argv[1:] or ("en", "zh"):
        sentences, cases, promises = map(read, sources(language))
        remark, chinese = f"learned from sentences {digest(language)}", language == "zh"
        kinds = learn(sentences, cases, chinese=chinese)
        sides = learn_promises(promises, sentences, chinese=chinese)
        for name, text in (
            ("likeness", written(kinds, remark)),
            ("promises", broken_promises.written(sides, remark)),
        ):
            (TABLES / f"{name}_{language}.tsv").write_text(text, "utf-8")
            print(f"{name}, {language}: {len(text.splitlines())} features, {len(text.encode()) // 1024} KiB")


if __name__ == "__main__":
    main()
