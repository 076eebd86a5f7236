"""Two kinds of Chinese claims that can not both be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from troth.model.finding import Severity
from troth.policy.lint.chinese_claims import Claim

# kinds of data, as opposed to other kinds of words
_DATA = (
    "location contacts ip log device cookie content identity phone email contact name city payment browsing password child"
).split()


def data(claim: Claim) -> frozenset[str]:
    """The kinds of data that a claim names."""
    return claim.kinds.intersection(_DATA)


def says(claim: Claim, pattern: str) -> bool:
    """Whether the words of a claim hold a pattern."""
    return re.search(pattern, claim.low) is not None


def _always(one: Claim, other: Claim) -> bool:
    return one.reading.index != other.reading.index


@dataclass(frozen=True, slots=True)
class Clash:
    """Two kinds of claims that can not both be kept.

    Attributes:
        rule: rule of the finding, a contradiction.
        severity: block, warn or info.
        wrong: what the two say, with a place for the words of each.
        one: whether a claim is the promise.
        other: whether a claim breaks it.
        meet: Callable[[Claim, Claim], bool] = field(default=_always)
    """

    rule: str
    severity: Severity
    wrong: str
    one: Callable[[Claim], bool]
    other: Callable[[Claim], bool]
    meet: Callable[[Claim, Claim], bool] = field(default=_always)
