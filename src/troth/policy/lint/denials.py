"""Sentences that say what is not done, and leave it at that."""

from __future__ import annotations

from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

_DENIAL = Phrase(
    r"^\W*(?:\d+(?:\.\d+)*\W+)?(?:no \w+|nobody|none of|nothing|(?:[\w'-]+ ){0,4}?(?:do(?:es)? not|don't|doesn't|never|will not|won't|cannot|can't|are not|is not|isn't|aren't))\b|"
    r"^\W*(?:\d+(?:\.\d+)*\W+)?[^，。；,;]{0,14}?(?:不会|不得|从不|绝不|没有|不|无须|无需|未)"
)
_BUT = Phrase(
    r"\b(?:but|except|unless|until|only|other than|apart from|besides|however|although|though|save|if|where|when|fewer|longer|possible|able|without|allow\w*)\b|但|除|仅|只|若|如|时|可以|视"
)


def denies(reading: Reading) -> bool:
    """Whether a sentence says that something is not done and makes no exception: what breaks nothing, whatever it speaks of."""
    return _DENIAL.search(reading.low) is not None and _BUT.search(reading.low) is None
