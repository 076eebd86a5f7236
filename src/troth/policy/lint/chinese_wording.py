"""A kind of Chinese statement: how it is worded, and what makes it harmless."""

from __future__ import annotations

from dataclasses import dataclass, field

from troth.model.finding import Severity
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind of statement.

    Attributes:
        label: kind and rule of the finding.
        severity: block, warn or info.
        wrong: what is wrong, in plain words.
        hint: what to do.
        law: the article that asks for it.
        said: its wordings; one is enough.
        spared: wordings beside which it is harmless.
    """

    label: str
    severity: Severity
    wrong: str
    hint: str
    law: str
    said: Phrase
    spared: Phrase = field(default=Phrase(r"(?!)"))

    def found(self, doc: Document) -> tuple[Hit, ...]:
        """The Chinese sentences that say it."""
        return tuple(
            h
            for h in doc.hits(self.said)
            if h.reading.cjk
            and not self.spared.search(h.reading.low)
            and "不适用" not in h.reading.lead
            and not doc.explains(h.reading)
            and not _title(doc, h.reading)
        )


_LABEL = 8
_ENDS = "：:；;。.？? "


def _title(doc: Document, reading: Reading) -> bool:
    """Whether it only announces: a line of the table of contents, or a label with its sentences behind it."""
    low = reading.low.strip(_ENDS)
    if any(r.heading and r.low.strip(_ENDS).replace(" ", "") == low.replace(" ", "") for r in doc.readings):
        return True
    after = doc.readings[reading.index + 1 : reading.index + 2]
    return len(low) < _LABEL and any(r.sentence.paragraph == reading.sentence.paragraph for r in after)
