"""The space of facts that conditions can tell apart: a few values stand for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product
from math import ceil, floor

from troth.decision.formula import (
    UNMET,
    Budget,
    Formula,
    Literal,
    Unsettled,
    every,
    negated,
    solve,
    some,
)
from troth.decision.norm import TERM_FACTS
from troth.model.condition import (
    NEVER_HAPPENED,
    All,
    Any_,
    Condition,
    Facts,
    FactValue,
    Not,
    Test,
    compare,
    tests,
    truth,
)
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

OTHER = "any-other"
"""A word that no condition names, for facts that can be any word: it stands for all others."""


class Space:
    """The values that stand for all, of every fact in some conditions.

    Args:
        conditions: the conditions whose outcomes the values must reach.
        vocabularies: those of the versions compared, in their order. A fact with a list of values is one of those; one
            that a version does not list is unknown to that version.
        unknown: facts that may also be missing.
        without: facts that stay open.
        lists: words that are lists of others and no value themselves.
    """

    def __init__(
        self,
        conditions: Iterable[Condition],
        vocabularies: Sequence[Vocabulary] = (),
        unknown: frozenset[str] = frozenset(),
        without: frozenset[str] = frozenset(),
        lists: frozenset[str] = frozenset(),
    ) -> None:
        self.values: dict[str, tuple[FactValue, ...]] = {}
        self._known: list[dict[str, frozenset[FactValue]]] = [{} for _ in vocabularies]
        for fact, found in _by_fact(conditions).items():
            if fact not in without:
                values = _values(found, vocabularies, lists, whole=_whole(fact, vocabularies))
                self.values[fact] = (*values, None) if fact in unknown else values
                declared = [_listed(fact, one) for one in vocabularies]
                if len(set(map(frozenset, declared))) > 1:
                    for known, one in zip(self._known, declared, strict=True):
                        if one:
                            known[fact] = frozenset(one)
        self.full = {fact: (1 << len(values)) - 1 for fact, values in self.values.items()}
        self._tested: dict[tuple[int, int, bool], tuple[Test, Formula]] = {}

    def holds(self, condition: Condition, side: int = 0) -> Formula:
        """Where a condition of one version (its place among the vocabularies) certainly holds."""
        return self._outcome(condition, side, wanted=True)

    def fails(self, condition: Condition, side: int = 0) -> Formula:
        """Where it certainly does not hold."""
        return self._outcome(condition, side, wanted=False)

    def _outcome(self, condition: Condition, side: int, *, wanted: bool) -> Formula:
        match condition:
            case Test():
                key = (id(condition), side, wanted)
                found = self._tested.get(key)
                if found is None:  # kept with its formula, so that no other test gets its id
                    found = self._tested[key] = (condition, self._literal(condition, side, wanted=wanted))
                return found[1]
            case Not():
                return self._outcome(condition.part, side, wanted=not wanted)
            case All() | Any_():
                parts = (self._outcome(part, side, wanted=wanted) for part in condition.parts)
                return every(parts) if isinstance(condition, All) is wanted else some(parts)

    def _literal(self, test: Test, side: int, *, wanted: bool) -> Formula:
        seen = (self._seen(test.fact, value, side) for value in self.values.get(test.fact, ()))
        mask = sum(1 << place for place, value in enumerate(seen) if compare(test, value) is wanted)
        return Literal(test.fact, mask) if mask else UNMET

    def _seen(self, fact: str, value: FactValue, side: int) -> FactValue:
        known = self._known[side].get(fact) if self._known else None
        return value if known is None or value in known else None

    def seen(self, facts: Facts, side: int) -> Facts:
        """The facts as one version knows them."""
        if not self._known or not self._known[side]:
            return facts
        return {fact: self._seen(fact, value, side) for fact, value in facts.items()}

    def chosen(self, domains: Mapping[str, int], names: Iterable[str]) -> Iterator[dict[str, FactValue]]:
        """Values out of a solution: those of the facts that matter in it, then those of all facts named."""
        narrowed = [fact for fact, full in self.full.items() if domains[fact] != full]
        yield self._picked(domains, narrowed)
        yield self._picked(domains, sorted({*narrowed, *names} & self.values.keys()))

    def _picked(self, domains: Mapping[str, int], facts: Iterable[str]) -> dict[str, FactValue]:
        found = {fact: self.values[fact][(domains[fact] & -domains[fact]).bit_length() - 1] for fact in facts}
        return {fact: value for fact, value in found.items() if value is not None}


def regions(
    conditions: Iterable[Condition], vocabulary: Vocabulary | None = None
) -> dict[str, tuple[FactValue, ...]]:
    """For every fact in `conditions`, values that reach every outcome its comparisons can have; sorted by fact.

    With a vocabulary, what it counts in whole numbers has no other values.
    """
    words = (vocabulary,) if vocabulary else ()
    return {fact: _values(found, whole=_whole(fact, words)) for fact, found in _by_fact(conditions).items()}


def _by_fact(conditions: Iterable[Condition]) -> dict[str, list[Test]]:
    by_fact: dict[str, list[Test]] = {}
    for condition in conditions:
        for test in tests(condition):
            by_fact.setdefault(test.fact, []).append(test)
    return dict(sorted(by_fact.items()))


def _values(
    found: list[Test],
    vocabularies: Sequence[Vocabulary] = (),
    lists: frozenset[str] = frozenset(),
    *,
    whole: bool = False,
) -> tuple[FactValue, ...]:
    fact = found[0].fact
    bounds = sorted({float(test.values[0]) for test in found if test.op != "in"})
    named = list(dict.fromkeys(value for test in found if test.op == "in" for value in test.values))
    if bounds or (named and all(_number(value) for value in named)):
        if whole:
            return _whole_numbers(found)
        bounds = sorted({*bounds, *(float(value) for value in named if _number(value))})
        between = [(low + high) / 2 for low, high in pairwise(bounds)]
        numbers = sorted({bounds[0] - 1, *bounds, *between, bounds[-1] + 1})
        if fact.startswith("since-"):  # no time before the event
            return (*(number for number in numbers if number >= 0), NEVER_HAPPENED)
        return tuple(numbers)
    if all(isinstance(value, bool) for value in named):
        return (True, False)
    declared = [_listed(fact, one) for one in vocabularies]
    listed = list(dict.fromkeys(value for one in declared for value in one))
    if listed:
        # named values first: they make the clearest witnesses
        first = sorted(listed, key=lambda value: value not in named)
        return tuple(_representatives(first, found, declared))
    if fact in TERM_FACTS:
        named = [value for value in named if value not in lists]
    return (*_representatives(named, found), _other(fact, found, vocabularies, lists))


def _whole(fact: str, vocabularies: Sequence[Vocabulary]) -> bool:
    """Whether every version that knows a fact counts it in whole numbers."""
    known = [term for one in vocabularies if (term := one.find("fact", fact)) is not None]
    return bool(known) and all(term.whole for term in known)


def _whole_numbers(found: Iterable[Test]) -> tuple[FactValue, ...]:
    """The first whole number of each stretch that the tests tell apart; nothing is counted below zero."""
    starts = {0}
    for test in found:
        for value in filter(_number, test.values):
            bound = float(value)
            starts |= {ceil(bound)} if test.op in {"in", "<", ">="} else set()
            starts |= {floor(bound) + 1} if test.op in {"in", "<=", ">"} else set()
    return tuple(sorted(one for one in starts if one >= 0))


def _number(value: FactValue) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _listed(fact: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The values that a fact can have; none where it can be any word."""
    if fact in TERM_FACTS:
        return ()
    term = vocabulary.find("fact", fact)
    return term.values if term is not None and term.kind == "choice" else ()


def _other(fact: str, found: list[Test], vocabularies: Sequence[Vocabulary], lists: frozenset[str]) -> str:
    """A word that none of the tests names: one of the vocabulary where there is one, so that it can be asked."""
    named = {value for test in found for value in (*test.values, *test.broader)} | lists
    for vocabulary in vocabularies:
        for facet in TERM_FACTS.get(fact, ()):
            for word in _words(vocabulary, facet):
                if word not in named:
                    return word
    word = OTHER
    while word in named:
        word += "-word"
    return word


@lru_cache(maxsize=32)
def _words(vocabulary: Vocabulary, facet: Facet) -> tuple[str, ...]:
    return tuple(term.key for term in vocabulary.terms(facet) if term.parents)


def _representatives(
    named: Sequence[FactValue], found: list[Test], known: Sequence[tuple[str, ...]] = ()
) -> list[FactValue]:
    """One value for each way of being in or out of the tested sets, and known to the versions."""
    sets = [*(test.values for test in found), *known]
    seen: dict[tuple[bool, ...], FactValue] = {}
    for value in named:
        seen.setdefault(tuple(value in one for one in sets), value)
    return list(seen.values())


def cases(
    conditions: Iterable[Condition], vocabulary: Vocabulary | None = None
) -> Iterator[dict[str, FactValue]]:
    """Every combination of the values that `conditions` can tell apart."""
    space = regions(conditions, vocabulary)
    for values in product(*space.values()):
        yield dict(zip(space, values, strict=True))


def exceeding(
    wide: Condition,
    narrow: Condition,
    vocabularies: tuple[Vocabulary, Vocabulary] | None = None,
    budget: Budget | None = None,
) -> dict[str, FactValue] | None:
    """Facts for which `wide` holds and `narrow` does not; None if there are none (then `wide` implies `narrow`).

    Args:
        wide: the condition that holds.
        narrow: the condition that does not.
        vocabularies: those they are written in, where their versions have their own.
        budget: what may still be looked at.

    Raises:
        Unsettled: there are too many cases to look at.
    """
    space = Space((wide, narrow), vocabularies or ())
    formula = every((space.holds(wide, 0), negated(space.holds(narrow, 1), space.full)))
    found = solve(formula, space.full, budget)
    if found is None:
        return None
    facts: dict[str, FactValue] = {}
    for facts in space.chosen(found, space.values):
        if truth(wide, space.seen(facts, 0)) is True and truth(narrow, space.seen(facts, 1)) is not None:
            break
    return facts


def beyond(wide: Condition, narrow: Condition) -> dict[str, FactValue] | None:
    """As `exceeding`, for who only claims what is shown: no facts (`{}`) where there are too many cases to look at."""
    try:
        return exceeding(wide, narrow)
    except Unsettled:
        return {}
