"""The vocabulary: every word that rules, conditions and proofs are written with.

Terms come from the W3C Data Privacy Vocabulary 2.3 (`dpv.tsv`, see NOTICE) and from Troth's own vocabulary for cloud,
hosting, domain and content-delivery providers (`cloud.tsv`). Each facet is a tree, or rather a graph without cycles, with
one root that covers everything in it; a rule about a term is a rule about every term below it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from troth.model.errors import NotFound, TrothError
from troth.model.term import FACETS, Facet, Term
from troth.model.vocabulary.likeness import likeness
from troth.model.vocabulary.table import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Vocabulary", "fold", "load"]

_LEAST_LIKENESS = 0.45


def fold(word: str) -> str:
    """The form words are looked up in: case-folded, spaces and underscores as hyphens ("Email_Address": "email-address")."""
    return word.strip().casefold().replace(" ", "-").replace("_", "-")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An immutable set of terms, looked up by facet and word.

    Attributes:
        names: the vocabularies it was made of ("dpv-2.3"), then "local" when a policy added terms.
        by_key: facet to key to term.
        by_word: facet to canonical key or alias to term.
    """

    names: tuple[str, ...]
    by_key: Mapping[Facet, Mapping[str, Term]] = field(repr=False)
    by_word: Mapping[Facet, Mapping[str, Term]] = field(repr=False)
    _covered: dict[tuple[Facet, str], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _below: dict[Facet, dict[str, list[str]]] = field(default_factory=dict, repr=False, compare=False)

    def find(self, facet: Facet, word: str) -> Term | None:
        """The term called `word` in a facet, or None."""
        words = self.by_word[facet]
        return words.get(word) or words.get(fold(word))

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
        """Keys of the terms whose key, aliases or labels are most like `word`, best first; empty when none is like it."""
        wanted = fold(word)
        best: dict[str, float] = {}
        for known, term in self.by_word[facet].items():
            best[term.key] = max(best.get(term.key, 0.0), likeness(wanted, known))
        for term in self.by_key[facet].values():
            label = max(
                likeness(wanted, fold(term.en)), 1.0 if word.strip() and word.strip() == term.zh else 0.0
            )
            best[term.key] = max(best[term.key], label)
        ranked = sorted((-score, len(key), key) for key, score in best.items() if score >= _LEAST_LIKENESS)
        return tuple(key for _, _, key in ranked[:count])

    def covers(self, facet: Facet, key: str) -> frozenset[str]:
        """Keys of the term and of everything below it; `key` may be an alias.

        Raises:
            NotFound: the facet has no such term.
        """
        covered = self._covered.get((facet, key))
        if covered is None:
            covered = self._walk(facet, self.get(facet, key).key)
            self._covered[facet, key] = covered
        return covered

    def terms(self, facet: Facet) -> tuple[Term, ...]:
        """All terms of a facet, sorted by key."""
        return tuple(term for _, term in sorted(self.by_key[facet].items()))

    def root(self, facet: Facet) -> Term:
        """The one term of a facet that covers all others."""
        return next(term for term in self.by_key[facet].values() if not term.parents)

    def above(self, facet: Facet, key: str) -> tuple[Term, ...]:
        """Broader terms of a term, the nearest first and the root last, without the term itself."""
        found: dict[str, Term] = {}
        level = list(self.get(facet, key).parents)
        while level:
            found |= {parent: self.by_key[facet][parent] for parent in level if parent not in found}
            level = [
                above
                for parent in level
                for above in self.by_key[facet][parent].parents
                if above not in found
            ]
        return tuple(found.values())

    def extend(self, terms: Iterable[Term]) -> Vocabulary:
        """A vocabulary with more terms, such as the definitions of one policy; this one stays as it is.

        Raises:
            TrothError: a word is taken, a parent is missing, a second root appears, or terms are broader than themselves.
        """
        new = tuple(terms)
        keys = {facet: dict(known) for facet, known in self.by_key.items()}
        words = {facet: dict(known) for facet, known in self.by_word.items()}
        for term in new:
            for word in (term.key, *term.aliases):
                taken = words[term.facet].get(fold(word))
                if taken is not None:
                    raise TrothError(
                        f'"{word}" already means {taken.facet} "{taken.key}"',
                        hint=f"{taken.definition}; choose another word",
                    )
                words[term.facet][fold(word)] = term
            keys[term.facet][term.key] = term
        return self._checked(keys, words, {term.facet for term in new})

    def group(self, term: Term, members: Iterable[str]) -> Vocabulary:
        """A vocabulary with a new term that covers the members too, as in `define server-data = cpu-usage, dns-record`.

        Raises:
            NotFound: a member is not a known term of the facet.
            TrothError: as for `extend`.
        """
        wider = self.extend([term])
        keys = {facet: dict(known) for facet, known in wider.by_key.items()}
        words = {facet: dict(known) for facet, known in wider.by_word.items()}
        for member in members:
            old = wider.get(term.facet, member)
            new = replace(old, parents=(*keys[term.facet][old.key].parents, term.key))
            keys[term.facet][old.key] = new
            words[term.facet] |= {fold(word): new for word in (new.key, *new.aliases)}
        return self._checked(keys, words, {term.facet})

    def _hint(self, facet: Facet, word: str) -> str:
        near = self.nearest(facet, word)
        told = ["did you mean " + " or ".join(f'"{key}"' for key in near)] if near else []
        others = [other for other in FACETS if other != facet and self.find(other, word)]
        if others:
            told.append(f"{' and '.join(others)} has that word, {facet} has not")
        return "; ".join(told) or f"`troth terms {facet}` lists the words there are"

    def _walk(self, facet: Facet, key: str) -> frozenset[str]:
        below = self._below.get(facet)
        if below is None:
            below = {}
            for term in self.by_key[facet].values():
                for parent in term.parents:
                    below.setdefault(parent, []).append(term.key)
            self._below[facet] = below
        seen = {key}
        stack = [key]
        while stack:
            fresh = [child for child in below.get(stack.pop(), ()) if child not in seen]
            seen.update(fresh)
            stack += fresh
        return frozenset(seen)

    def _checked(
        self,
        keys: dict[Facet, dict[str, Term]],
        words: dict[Facet, dict[str, Term]],
        touched: set[Facet],
    ) -> Vocabulary:
        for facet in sorted(touched):
            _check_tree(facet, keys[facet])
        names = self.names if self.names[-1:] == ("local",) else (*self.names, "local")
        return Vocabulary(names, keys, words)


def _check_tree(facet: Facet, terms: Mapping[str, Term]) -> None:
    for term in terms.values():
        for parent in term.parents:
            if parent not in terms:
                raise TrothError(
                    f'{facet} "{term.key}" names the broader term "{parent}", which does not exist',
                    hint="a broader term is a key of the same facet",
                )
    roots = sorted(term.key for term in terms.values() if not term.parents)
    if len(roots) > 1:
        raise TrothError(
            f"{facet} has terms without a broader term: {', '.join(roots)}",
            hint="give each term of your own at least one broader term",
        )
    try:
        TopologicalSorter({term.key: term.parents for term in terms.values()}).prepare()
    except CycleError as error:
        circle = " is below ".join(error.args[1])
        raise TrothError(
            f"{facet} terms go in a circle: {circle}", hint="remove one of these broader terms"
        ) from None


@cache
def _load(names: tuple[str, ...]) -> Vocabulary:
    by_key: dict[Facet, dict[str, Term]] = {facet: {} for facet in FACETS}
    by_word: dict[Facet, dict[str, Term]] = {facet: {} for facet in FACETS}
    for term in read_terms(names):
        by_key[term.facet][term.key] = term
        words = by_word[term.facet]
        words[term.key] = term
        for alias in term.aliases:
            words[alias] = term
    return Vocabulary(names, by_key, by_word)


def load(names: Sequence[str] = ("dpv-2.3", "troth-cloud-1")) -> Vocabulary:
    """The vocabularies that ship with Troth, read once.

    Args:
        names: which ones, in any order; the cloud vocabulary always stands on the Data Privacy Vocabulary.

    Raises:
        NotFound: there is no vocabulary of that name.
    """
    return _load(tuple(sorted(set(names))))
