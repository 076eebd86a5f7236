"""The compiled decision table of a policy: any point to its program, in one dictionary look-up.

Points are compiled when they are first asked; after that a decision costs one look-up and, where it depends on facts,
a second one by their values. `bench/decide.py` measures it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isfinite

from troth.decision.norm import ANY, NOBODY, TERM_FACTS, Known, Norm, norms
from troth.decision.program import Program, program
from troth.model import verb as verbs
from troth.model.condition import Facts, FactValue, tests
from troth.model.errors import NotFound, TrothError
from troth.model.policy import Policy, vocabulary_of
from troth.model.request import Decision, Request
from troth.model.term import Facet, Term
from troth.model.vocabulary import Vocabulary

Point = tuple[str, str, str, str]
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
DIMENSIONS = ("verbs", "data", "purposes", "recipients")
_NO_FACTS: Facts = {}


@dataclass
class Marks:
    """The norms of one dimension as bits.

    Attributes:
        everywhere: norms that hold for every word.
        holding: by word, the norms whose set holds it.
        named: by word, the norms that a broader word touches through it; none for verbs, since a request names its act.
    """

    everywhere: int = 0
    holding: dict[str, int] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)

    def of(self, word: str, below: Iterable[str]) -> tuple[int, int]:
        """The norms that hold for all of a word, and those that touch any of it; `below` is all that it covers."""
        cover = self.everywhere | self.holding.get(word, 0)
        touch = cover
        for one in below:
            touch |= self.named.get(one, 0)
        return cover, touch


def marks(norms: Iterable[Norm], bits: Iterable[int]) -> dict[str, Marks]:
    """The marks of each dimension, in one pass over the norms; `bits` gives each norm its bit."""
    found = {name: Marks() for name in DIMENSIONS}
    sets: dict[tuple[str, frozenset[str]], int] = {}
    for norm, bit in zip(norms, bits, strict=True):
        for name in DIMENSIONS:
            key = (name, getattr(norm, name))
            sets[key] = sets.get(key, 0) | bit
        for top in norm.tops:
            name, _, word = top.partition(":")
            if name in found:
                named = found[name].named
                named[word] = named.get(word, 0) | bit
    for (name, values), together in sets.items():
        one = found[name]
        if values == ANY:
            one.everywhere |= together
            continue
        for word in values:
            one.holding[word] = one.holding.get(word, 0) | together
    found["data"].named = found["data"].holding
    return found


class Table:
    """The decisions of one policy.

    Args:
        norms: permissions and prohibitions in the order of the policy.
        vocabulary: the vocabulary the norms are written in, with the policy's own terms.
        lists: terms that the policy defines as lists of others.
    """

    def __init__(
        self, norms: Iterable[Norm], vocabulary: Vocabulary, lists: frozenset[str] = frozenset()
    ) -> None:
        self.norms = tuple(norms)
        self.lists = lists
        self.vocabulary = vocabulary
        self._programs: dict[Point, Program] = {}
        self._masks: dict[tuple[str, str], tuple[int, int]] = {}

    def decide(
        self, verb: str, data: str, purpose: str, recipient: str = NOBODY, facts: Facts = _NO_FACTS
    ) -> Decision:
        """The answer for one data category; words are canonical keys.

        Raises:
            NotFound: the vocabulary does not know one of the words.
        """
        found = self._programs.get((verb, data, purpose, recipient))
        if found is None:
            found = self.program((verb, data, purpose, recipient))
        fixed = found.fixed
        return found.decide(facts) if fixed is None else fixed

    def answer(self, request: Request) -> tuple[Decision, ...]:
        """One decision for each data category of a request, in its order; words may be synonyms.

        Raises:
            NotFound: the vocabulary does not know one of the words.
        """
        verb, purpose, recipient = self.resolve(request.verb, request.purpose, request.recipient)
        facts = self.canonical(request.facts)
        return tuple(
            self.decide(verb, self.category(word), purpose, recipient, facts) for word in request.data
        )

    def resolve(self, verb: str, purpose: str, recipient: str) -> tuple[str, str, str]:
        """The canonical keys of a verb, purpose and recipient.

        Raises:
            NotFound: the vocabulary does not know one of the words.
        """
        return self.word("verbs", verb), self.word("purposes", purpose), self._who(recipient)

    def word(self, dimension: str, said: str) -> str:
        """The canonical key of a word of a dimension.

        Raises:
            NotFound: the vocabulary does not know it.
        """
        if dimension == "verbs":
            known = verbs.find(said)
            if known is None:
                raise NotFound(f"`{said}` is not a known verb", hint=f"verbs are {', '.join(verbs.verbs())}")
            return known.key
        if dimension == "data":
            return self.category(said)
        return self.vocabulary.get("purpose", said).key if dimension == "purposes" else self._who(said)

    def canonical(self, facts: Facts) -> Facts:
        """The facts with the terms among their values as canonical keys ("self" as the source is the data subject)."""
        known = {self._fact(name): self._typed(name, value) for name, value in facts.items()}
        for name, facets in TERM_FACTS.items():
            value = known.get(name)
            if isinstance(value, str):
                found = next((term for facet in facets if (term := self.vocabulary.find(facet, value))), None)
                known[name] = found.key if found else value
        return known

    def _typed(self, name: str, value: FactValue) -> FactValue:
        """The value as its fact declares it; None (unknown) for what the fact can not be."""
        term = self.vocabulary.find("fact", name)
        if term is None or value is None:
            return value
        if term.kind == "flag":
            return value if isinstance(value, bool) else _FLAGS.get(str(value).casefold())
        if term.kind == "choice" and term.values and name not in TERM_FACTS:
            word = str(value).strip().casefold()
            return word if word in term.values else None
        if term.kind in {"number", "time"}:
            known = isinstance(value, int) or (isinstance(value, float) and isfinite(value))
            return value if known else None
        return value

    def _fact(self, name: str) -> str:
        """The name of a fact with the argument of its event as a canonical key ("opt-out.recommendations")."""
        event, dot, word = name.partition(".")
        facets: tuple[Facet, ...] = ("purpose", "data", "thing", "channel", "subject")
        found = next((term for facet in facets if dot and (term := self.vocabulary.find(facet, word))), None)
        return f"{event}.{found.key}" if found else name

    def _who(self, word: str) -> str:
        if word == NOBODY:
            return NOBODY
        found = self.vocabulary.find("recipient", word) or self.vocabulary.find("subject", word)
        return (found or self.vocabulary.get("recipient", word)).key

    def category(self, word: str) -> str:
        """The canonical key of a data category, or of a thing such as `thing:aggregate-statistics`.

        Raises:
            NotFound: the vocabulary does not know the word.
        """
        facet, _, key = word.rpartition(":")
        if facet == "thing" or (not facet and self.vocabulary.find("data", key) is None):
            thing = self.vocabulary.find("thing", key)
            if thing is not None:
                return f"thing:{thing.key}"
        return self.vocabulary.get("data", key).key

    def program(self, point: Point) -> Program:
        """The program of a point, compiled on first use."""
        found = self._programs.get(point)
        if found is not None:
            return found
        verb, data, purpose, recipient = point
        cover, touch = -1, -1
        for name, word in (("verbs", verb), ("data", data), ("purposes", purpose), ("recipients", recipient)):
            covers, touches = self.masks(name, word)
            cover &= covers
            touch &= touches
        forbids = [norm for norm in self._picked(touch) if not norm.allow]
        allows = [norm for norm in self._picked(cover) if norm.allow]
        made = program(forbids, allows, {"data": data, "purpose": purpose, "recipient": recipient})
        self._programs[point] = made
        return made

    def permits(self, point: Point) -> bool:
        """Whether what a point asks is permitted in some case: by some permission, and forbidden by nothing that is certain."""
        found = self.program(point)
        return bool(found.allows) and found.decide(_NO_FACTS).answer != "forbidden"

    def _picked(self, mask: int) -> Iterable[Norm]:
        while mask:
            low = mask & -mask
            yield self.norms[low.bit_length() - 1]
            mask ^= low

    def masks(self, dimension: str, word: str) -> tuple[int, int]:
        """Which norms hold for all of a word, and which touch any of it, as bit masks by the norms' places.

        Raises:
            NotFound: the vocabulary does not know the word.
        """
        found = self._masks.get((dimension, word))
        if found is None:
            found = self._masks[(dimension, word)] = self._marks[dimension].of(
                word, self.below(dimension, word)
            )
        return found

    @cached_property
    def _marks(self) -> dict[str, Marks]:
        return marks(self.norms, [1 << place for place in range(len(self.norms))])

    def below(self, dimension: str, word: str) -> frozenset[str]:
        """The word and everything it covers.

        Raises:
            NotFound: the vocabulary does not know the word.
        """
        if dimension == "verbs":
            return verbs.covers(verbs.verbs()[word].key)
        if dimension == "recipients":
            if word == NOBODY:
                return frozenset((NOBODY,))
            known = self.vocabulary.find("recipient", word) is not None
            return self.vocabulary.covers("recipient" if known else "subject", word)
        if dimension == "data" and word.startswith("thing:"):
            return frozenset(
                f"thing:{key}" for key in self.vocabulary.covers("thing", word.removeprefix("thing:"))
            )
        facet: Facet = "data" if dimension == "data" else "purpose"
        return self.vocabulary.covers(facet, word)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact that some norm depends on, sorted."""
        conditions = [norm.condition for norm in self.norms]
        conditions += [lift.condition for norm in self.norms for lift in norm.lifts]
        return tuple(
            sorted(
                {test.fact for condition in conditions for test in tests(condition)}
                - {"data", "purpose", "recipient"}
            )
        )


def table(policy: Policy) -> Table:
    """The decision table of a compiled policy."""
    return _table(policy, {})


def tables(old: Policy, new: Policy) -> tuple[Table, Table]:
    """The decision tables of two versions of a policy; what stands in both is read once.

    A version also knows the terms that only the other one declares, as a part of what they stand below: a prohibition
    of the broader word still forbids them.
    """
    old, new = _knowing(old, new), _knowing(new, old)
    before = table(old)
    if (old.vocabulary, old.terms, old.groups) != (new.vocabulary, new.terms, new.groups):
        return before, table(new)
    some: dict[str, list[Norm]] = {}
    for norm in before.norms:
        some.setdefault(norm.promise, []).append(norm)
    kept = {one.id: (one, tuple(some.get(one.id, ()))) for one in old.promises if one.draft is None}
    return before, _table(replace(new, lexicon=before.vocabulary), kept)


def _knowing(policy: Policy, other: Policy) -> Policy:
    """A policy with the terms of its other version that it lacks, each below words that it knows."""
    vocabulary, more = vocabulary_of(policy), list[Term]()
    for term in other.terms if other.terms != policy.terms else ():
        if term.facet == "fact" or vocabulary.find(term.facet, term.key) is not None:
            continue
        try:
            vocabulary = vocabulary.extend((term,))
        except TrothError:
            continue  # below a word, or called by one, that means something else here
        more.append(term)
    return replace(policy, terms=(*policy.terms, *more), lexicon=vocabulary) if more else policy


def _table(policy: Policy, known: Known) -> Table:
    vocabulary = vocabulary_of(policy)
    lists = frozenset(group.term.key for group in policy.groups)
    return Table(norms(policy, vocabulary, known), vocabulary, lists)
