"""What a draft holds: a suggestion a sentence, and the promises that the suggestions name."""

from __future__ import annotations

from dataclasses import dataclass

from troth.model.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a sentence seems to be; nobody has accepted it.

    Attributes:
        sentence: the sentence.
        confidence: how sure the patterns are, 0 to 1.
        why: the patterns that spoke for it, in a few words.
        kind: kind of promise ("collect"), "" for information.
        reason: why it is information ("define"), "" for a promise.
        promise: name of the drafted promise that would keep it, "" for information.
        repeats: whether it says again what an earlier sentence of the promise says.
    """

    sentence: Sentence
    confidence: float
    why: str
    kind: str = ""
    reason: str = ""
    promise: str = ""
    repeats: bool = False

    @property
    def operational(self) -> bool:
        """Whether the sentence obliges the company to do or refuse something."""
        return bool(self.kind)


@dataclass(frozen=True, slots=True)
class DraftedPromise:
    """A promise as it would be written below the sentences it keeps.

    Attributes:
        name: its name, unique in the draft.
        kind: kind of promise.
        title: what it is about, in the words of the text.
        lines: its rules, one a line, indented by two spaces a step below the promise.
        confidence: how sure the patterns are, 0 to 1.
        why: the patterns that spoke for it.
        proofs: the checks that would show that it is kept.
        sentences: ids of its sentences, in text order.
    """

    name: str
    kind: str
    title: str
    lines: tuple[str, ...]
    confidence: float
    why: str
    proofs: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted policy: one suggestion a sentence, in text order, and the promises they name."""

    suggestions: tuple[Suggestion, ...]
    promises: tuple[DraftedPromise, ...]
