"""Cues: turns of phrase that speak for a kind of promise or for a reason of being information."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from troth.policy.draft.table import read_rows


@dataclass(frozen=True, slots=True)
class Cue:
    """A turn of phrase.

    Attributes:
        label: kind of promise ("collect") or reason of information ("aim").
        weight: how strongly it speaks for the label; 1 is an ordinary cue, 2 nearly decides.
        pattern: regular expression over the plain sentence.
        why: the cue in a few words, for people.
        information: whether the label is a reason of information.
    """

    label: str
    weight: float
    pattern: re.Pattern[str]
    why: str
    information: bool


@cache
def cues(language: str) -> tuple[Cue, ...]:
    """The cues of a language ("en" or "zh"), from the table beside this file."""
    found: list[Cue] = []
    information = False
    for row in read_rows(f"cues_{language}.txt", 4):
        if len(row) == 1:
            information = row[0] == "[information]"
            continue
        label, weight, why, pattern = row
        found.append(Cue(label, float(weight), re.compile(pattern), why, information))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Score:
    """How strongly a sentence speaks for a label, and the cues that say so."""

    label: str
    weight: float
    why: tuple[str, ...]


def scores(text: str, language: str, *, information: bool) -> dict[str, Score]:
    """The scores of a plain sentence by label; a second cue for the same label counts half."""
    found: dict[str, list[Cue]] = {}
    for cue in cues(language):
        if cue.information == information and cue.pattern.search(text):
            found.setdefault(cue.label, []).append(cue)
    return {label: _score(label, hits) for label, hits in found.items()}


def _score(label: str, hits: list[Cue]) -> Score:
    ordered = sorted(hits, key=lambda cue: (-cue.weight, cue.why))
    weight = ordered[0].weight + sum(cue.weight for cue in ordered[1:]) / 2
    return Score(label, weight, tuple(cue.why for cue in ordered[:2]))
