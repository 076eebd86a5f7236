"""A translation of a policy: another file whose sentences have the ids of the original's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from troth.model.sentence import Sentence
from troth.policy.amounts import Amount, amounts, says
from troth.policy.direction import directed, turned_round
from troth.policy.source import Source

_SHOWN = 8  # ids in a message; the rest is counted


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a translation and its original part.

    Attributes:
        missing: sentences and headings of the original that are not translated.
        extra: sentences and headings of the translation that the original does not have.
    """

    missing: tuple[Sentence, ...] = ()
    extra: tuple[Sentence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra)

    def __str__(self) -> str:
        parts = [f"lacks {_ids(self.missing)}"] if self.missing else []
        parts += [f"has {_ids(self.extra)}, which the policy does not have"] if self.extra else []
        return ", and ".join(parts)


def gap(original: Source, translated: Source) -> Gap:
    """What is missing in a translation, and what it says that the original does not."""
    ours = {line.sentence.id: line.sentence for line in original.lines}
    theirs = {line.sentence.id: line.sentence for line in translated.lines}
    return Gap(
        tuple(one for name, one in ours.items() if name not in theirs),
        tuple(one for name, one in theirs.items() if name not in ours),
    )


def told_otherwise(original: Source, translated: Source) -> Iterator[tuple[Sentence, str, str]]:
    """Sentences whose translation names other lengths of time: the sentence, what it says, what the translation says.

    Only where both sides have one that the other lacks: what is written out in words may not be read. Also where the same
    length counts the other way ("within 30 days", 30天后).
    """
    theirs = {line.sentence.id: line.sentence for line in translated.lines}
    for line in original.lines:
        sentence = line.sentence
        other = theirs.get(sentence.id)
        if other is None:
            continue
        ours, yours = amounts(sentence.text), amounts(other.text)
        lost, new = _lacking(ours, yours), _lacking(yours, ours)
        if lost and new:
            yield sentence, lost, new
        elif turned := turned_round(directed(sentence.text), directed(other.text)):
            yield sentence, str(turned[0]), str(turned[1])


def _lacking(some: tuple[Amount, ...], others: tuple[Amount, ...]) -> str:
    """The lengths of time that the others do not say, in words; a number without a unit may be one."""
    found = [one for one in some if one.unit and not says(others, one.number, one.unit, bare=True)]
    return ", ".join(map(str, found))


def _ids(sentences: tuple[Sentence, ...]) -> str:
    shown = ", ".join(f"`{one.id}`" for one in sentences[:_SHOWN])
    more = len(sentences) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
