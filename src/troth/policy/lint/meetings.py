"""Kinds of words that meet near each other in one sentence, in whatever order: the same matter in many syntaxes.

A `Frame` needs its kinds in a row and a `Statement` anywhere in a sentence. A `Meeting` needs them within some words of each other
and in one clause, so "to stop these messages you have to send a letter" and "a letter to us ends the messages" are one.
"""

from __future__ import annotations

from collections.abc import Iterator

from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Tagged, tagged
from troth.policy.lint.index import places
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

_WITHIN = 14


class Meeting:
    """Kinds of words within some words of each other, and what must not stand beside them."""

    __slots__ = ("_kinds", "_unless", "_within", "_without")

    def __init__(self, spec: str, *, within: int = _WITHIN, unless: str = "", without: str = "") -> None:
        """Name the kinds.

        Args:
            spec: kinds ("deciding|thinking" is either), each to be met by a word of its own; the rarest first.
            within: how many words the whole may take.
            unless: kinds that must not stand in the sentence.
            without: a regular expression that must not be found in the sentence.
        """
        self._kinds = tuple(tuple(part.split("|")) for part in spec.split())
        self._within = within
        self._unless = tuple(unless.split())
        self._without = Phrase(without) if without else None

    def found(self, doc: Document) -> Iterator[Hit]:
        """Every sentence in which they meet."""
        for place in places(doc.hold_kinds(self._kinds)):
            hit = self._met(doc.readings[place])
            if hit:
                yield hit

    def _met(self, reading: Reading) -> Hit | None:
        sentence = tagged(reading.low)
        if any(kind in sentence.places for kind in self._unless):
            return None
        span = self._closest(sentence)
        if span is None or (self._without and self._without.search(reading.low)):
            return None
        return Hit(reading, reading.text[sentence.spans[span[0]][0] : sentence.spans[span[1]][1]].strip())

    def _closest(self, sentence: Tagged) -> tuple[int, int] | None:
        rows = [sorted({n for kind in kinds for n in sentence.places.get(kind, ())}) for kinds in self._kinds]
        breaks = sentence.places.get("break", ())
        best: tuple[int, int] | None = None
        for start in rows[0]:
            first = last = start
            taken = {start}
            for row in rows[1:]:
                near = min((n for n in row if n not in taken), key=lambda n: abs(n - start), default=None)
                if near is None:
                    break
                taken.add(near)
                first, last = min(first, near), max(last, near)
            else:
                wide = last - first >= self._within * sentence.step
                if (
                    not wide
                    and not any(first < b < last for b in breaks)
                    and (best is None or last - first < best[1] - best[0])
                ):
                    best = (first, last)
        return best
