"""The vocabulary: every word that rules, conditions and proofs are written with.

Terms come from the W3C Data Privacy Vocabulary 2.3 (`dpv.tsv`, see NOTICE) and from Troth's own vocabulary
for cloud, hosting, domain and content-delivery providers (`cloud.tsv`). Each facet is a graph without cycles,
with one root that covers everything in it; a rule about a term is a rule about every term below it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from troth.model.errors import NotFound
from troth.model.term import FACETS, Facet, Term
from troth.model.vocabulary.likeness import likeness
from troth.model.vocabulary.shipped import Shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from troth.model.vocabulary.table import Table

__all__ = ["Vocabulary", "fold", "load"]

_LEAST_LIKENESS = 0.6


def fold(word: str) -> str:
    """The form words are looked up in: case-folded, hyphens for spaces and underscores ("Email_Address")."""
    return word.strip().casefold().replace(" ", "-").replace("_", "-")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """An immutable set of terms, looked up by facet and word; equal to itself only.

    Attributes:
        names: the vocabularies it was made of ("dpv-2.3"), then "local" when a policy added terms.
    """

    names: tuple[str, ...]
    _tables: Mapping[Facet, Table] = field(repr=False)

    def find(self, facet: Facet, word: str) -> Term | None:
        """The term called `word` in a facet, or None."""
        table = self._tables[facet]
        key = table.words.get(word) or table.words.get(fold(word))
        return None if key is None else table.term(key)

    def get(self, facet: Facet, word: str) -> Term:
        """The term called `word` in a facet.

        Raises:
            NotFound: there is none; the hint names the nearest words, and the facets that do know the word.
        """
        term = self.find(facet, word)
        if term is None:
            raise NotFound(f'"{word}" is not a known {facet}', hint=self._hint(facet, word))
        return term

    def nearest(self, facet: Facet, word: str, count: int = 3) -> tuple[str, ...]:
        """Keys of the terms whose key, aliases or labels are most like `word`, best first; maybe none."""
        wanted = fold(word)
        table = self._tables[facet]
        best = dict.fromkeys(table.rows, 0.0)
        for known, key in table.words.items():
            best[key] = max(best[key], likeness(wanted, known))
        for term in self.terms(facet):
            label = 1.0 if term.zh and term.zh == word.strip() else likeness(wanted, fold(term.en))
            best[term.key] = max(best[term.key], label)
        ranked = sorted((-score, len(key), key) for key, score in best.items() if score >= _LEAST_LIKENESS)
        return tuple(key for _, _, key in ranked[:count])

    def covers(self, facet: Facet, key: str) -> frozenset[str]:
        """Keys of the term and of everything below it; `key` may be an alias.

        Raises:
            NotFound: the facet has no such term.
        """
        table = self._tables[facet]
        return table.covers(key if key in table.rows else self.get(facet, key).key)

    def terms(self, facet: Facet) -> tuple[Term, ...]:
        """All terms of a facet, sorted by key."""
        table = self._tables[facet]
        return tuple(table.term(key) for key in sorted(table.rows))

    def root(self, facet: Facet) -> Term:
        """The one term of a facet that covers all others."""
        return self._tables[facet].term(self._tables[facet].root())

    def above(self, facet: Facet, key: str) -> tuple[Term, ...]:
        """Broader terms of a term, the nearest first and the root last, without the term itself."""
        found: dict[str, Term] = {}
        level = self.get(facet, key).parents
        while level:
            fresh = [self.get(facet, parent) for parent in dict.fromkeys(level) if parent not in found]
            found |= {term.key: term for term in fresh}
            level = tuple(parent for term in fresh for parent in term.parents)
        root = self.root(facet)
        return (*(term for term in found.values() if term != root), *([root] if root.key in found else []))

    def extend(self, terms: Iterable[Term]) -> Vocabulary:
        """A vocabulary with more terms, such as the definitions of one policy; this one stays as it is.

        A new key may be what was an alias before: in that policy the word then has the policy's own meaning.

        Raises:
            TrothError: a word is taken, a broader term is missing, a second root appears, or terms go in a
                circle.
        """
        new: dict[Facet, list[Term]] = {}
        for term in terms:
            new.setdefault(term.facet, []).append(term)
        return self._with({facet: self._tables[facet].with_terms(added) for facet, added in new.items()})

    def group(self, term: Term, members: Iterable[str]) -> Vocabulary:
        """A vocabulary with a new term that covers the members too, as in `define "Server Data" = cpu-usage`.

        Raises:
            NotFound: a member is not a known term of the facet.
            TrothError: as for `extend`.
        """
        keys = dict.fromkeys(self.get(term.facet, member).key for member in members)
        table = self._tables[term.facet].with_terms([term]).with_parent(keys, term.key)
        return self._with({term.facet: table})

    def _with(self, tables: Mapping[Facet, Table]) -> Vocabulary:
        names = self.names if self.names[-1:] == ("local",) else (*self.names, "local")
        return Vocabulary(names, {facet: tables.get(facet) or self._tables[facet] for facet in FACETS})

    def _hint(self, facet: Facet, word: str) -> str:
        near = self.nearest(facet, word)
        told = ["did you mean " + " or ".join(f'"{key}"' for key in near)] if near else []
        others = [other for other in FACETS if other != facet and self.find(other, word)]
        if others:
            told.append(f"{' and '.join(others)} has that word, {facet} has not")
        return "; ".join(told) or f"no {facet} has a name like it; docs/vocabulary.md says how to add a word"


@cache
def _load(names: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(names, Shipped(names))


def load(names: Sequence[str] = ("dpv-2.3", "troth-cloud-1")) -> Vocabulary:
    """The vocabularies that ship with Troth, read once.

    Args:
        names: which ones, in any order; the cloud vocabulary always stands on the Data Privacy Vocabulary.

    Raises:
        NotFound: there is no vocabulary of that name.
    """
    return _load(tuple(sorted(set(names))))
