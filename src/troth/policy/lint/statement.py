"""Kinds of statements: things that a sentence must speak of together, in whatever order and words.

Where a `Frame` needs its words in a row, a `Statement` needs them in one sentence: "who ever logs in | agrees" is found in
"you agree to this by logging in" as well as in "logging in is all it takes to agree".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from troth.policy.lint.document import Document, Hit
from troth.policy.lint.index import places, union
from troth.policy.lint.phrase import Part, Phrase, leftmost
from troth.policy.lint.reading import Reading


class Statement:
    """Wordings that meet in one sentence, and what must not stand beside them."""

    __slots__ = ("_needs", "_without")

    def __init__(self, *needs: str, without: str = "") -> None:
        """Name what meets.

        Args:
            needs: regular expressions over lower-case text that must all be found; the rarest first.
            without: one that must not be found.
        """
        self._needs = tuple(Phrase(n) for n in needs)
        self._without = Phrase(without) if without else None

    def found(self, doc: Document) -> Iterator[Hit]:
        """Every sentence that makes the statement."""
        needs = []
        units = -1
        for need in self._needs:
            parts = doc.may_hold(need)
            units &= union(held for held, _ in parts)
            if not units:
                return
            needs.append(parts)
        first, *others = needs
        for place in places(units):
            reading = doc.readings[place]
            match = leftmost((part for held, part in first if held >> place & 1), reading.low)
            if (
                match
                and all(_there(other, place, reading.low) for other in others)
                and not (self._without and _there(doc.may_hold(self._without), place, reading.low))
            ):
                yield Hit(reading, reading.text[match.start() : match.end()].strip())


def _there(parts: tuple[tuple[int, Part], ...], place: int, low: str) -> bool:
    return any(held >> place & 1 and part.search(low) for held, part in parts)


def said(doc: Document, kinds: Iterable[Statement], known: Iterable[Hit | Reading] = ()) -> list[Hit]:
    """Sentences that make a statement of one of these kinds and are not known yet, in text order.

    Sentences that tell the reader what to do are left out; "you agree" tells what the company takes for granted.
    """
    seen = {k.index if isinstance(k, Reading) else k.reading.index for k in known}
    hits: dict[int, Hit] = {}
    for kind in kinds:
        for hit in kind.found(doc):
            if hit.reading.index not in seen and (
                not hit.reading.told or hit.reading.low.startswith("you agree")
            ):
                hits.setdefault(hit.reading.index, hit)
    return [hits[index] for index in sorted(hits)]
