"""Labels of terms in the language of the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from troth.model.policy import Policy, Rule, vocabulary_of
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

SHARING = frozenset({"share", "disclose", "transfer", "sell", "publish"})
"""Verbs by which data leave the house."""


@dataclass(frozen=True, slots=True)
class Names:
    """Says terms in one language.

    Attributes:
        vocabulary: the words of the policy.
        language: "en" or "zh".
    """

    vocabulary: Vocabulary
    language: str = "en"

    def label(self, key: str, *facets: Facet) -> str:
        """The label of a term; its key in words where no facet knows it."""
        prefix, _, name = key.rpartition(":")
        for facet in (prefix,) if prefix else facets:
            term = self.vocabulary.find(facet, name)  # type: ignore[arg-type]  # a prefix is a facet
            if term is not None:
                return (term.zh or term.en) if self.language == "zh" else _small(term.en)
        return name.replace("-", " ")

    def labels(self, keys: Iterable[str], *facets: Facet) -> tuple[str, ...]:
        """The labels of terms, each once, in the order given."""
        return tuple(dict.fromkeys(self.label(key, *facets) for key in keys))

    def data(self, rule: Rule) -> tuple[str, ...]:
        """The keys of a rule's things that are categories of data."""
        return tuple(key for key in rule.things if self.vocabulary.find("data", key.rpartition(":")[2]))


def names_of(policy: Policy, language: str) -> Names:
    """The names that a report of a policy uses."""
    return Names(vocabulary_of(policy), language)


def _small(label: str) -> str:
    words = label.split(" ")
    return " ".join(
        word if any(letter.isupper() for letter in word[1:]) else word[:1].lower() + word[1:]
        for word in words
    )
