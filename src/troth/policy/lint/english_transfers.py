"""Kinds of statements about data that leaves the country."""

from __future__ import annotations

from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

LACKING = Phrase(
    r"\b(?:not|never|n't|no|without|lack\w*|fail\w*|may not|do not)\b.{0,60}\b(?:adequa\w+|comparable|the same (?:level|protection))"
)
MOVED = Phrase(
    r"\b(?:transfer\w*|(?:stored|processed|sent|maintained|held|hosted|moved) (?:\w+ ){0,4}?(?:outside|abroad|overseas)|other countries|another country|third countr\w+|abroad|overseas|cross-border)\b"
)
LOOSE = (
    Statement(
        r"\b(?:where(?:ver)?|when(?:ever)?|if|as far as|to the extent|insofar as|so far as) (?:it is |this is |we can|we are able|reasonably |commercially |practically )?(?:reasonably |commercially )?(?:possible|practicable|practical|feasible|able|can)\b",
        r"\b(?:protect\w*|secur\w+|safeguard\w*|complie?s?|comply|adequa\w+|measures?|contract\w*|clauses)\b",
        r"\b(?:transfer\w*|countries|country|abroad|overseas|recipients?|jurisdictions?|eea|eu)\b",
    ),
)
