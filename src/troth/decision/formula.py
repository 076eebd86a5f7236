"""Formulas over facts that have a few values each, and the search for values that meet one.

A condition has three outcomes, so it gives two formulas: where it certainly holds and where it certainly fails. Both are
built of "this fact has one of these values", `and` and `or`; `not` is carried down to the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

LIMIT = 1_000
"""Branches looked at for one question; conditions that people write need some dozens."""
TOTAL = 5_000
"""Branches looked at for all questions of one comparison."""


@dataclass(frozen=True, slots=True)
class Literal:
    """The fact has one of the values whose bits are set."""

    fact: str
    mask: int


@dataclass(frozen=True, slots=True)
class Both:
    """Every part is met; no part: always."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One part is met; no part: never."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = Literal | Both | Either
MET = Both(())
UNMET = Either(())


class Unsettled(Exception):  # noqa: N818 - no error: the search was given up
    """The search looked at as many branches as it may and knows no answer."""


@dataclass(slots=True)
class Budget:
    """The branches that may still be looked at for all questions together."""

    left: int = TOTAL


def every(parts: Iterable[Formula]) -> Formula:
    """The formula that is met where every part is."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == UNMET:
            return UNMET
        found.update(dict.fromkeys(part.parts if isinstance(part, Both) else (part,)))
    return next(iter(found)) if len(found) == 1 else Both(tuple(found))


def some(parts: Iterable[Formula]) -> Formula:
    """The formula that is met where one part is."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == MET:
            return MET
        found.update(dict.fromkeys(part.parts if isinstance(part, Either) else (part,)))
    return next(iter(found)) if len(found) == 1 else Either(tuple(found))


def negated(formula: Formula, full: Mapping[str, int]) -> Formula:
    """The formula that is met where this one is not; `full` holds all values of each fact."""
    match formula:
        case Literal():
            mask = full[formula.fact] & ~formula.mask
            return Literal(formula.fact, mask) if mask else UNMET
        case Both():
            return some(negated(part, full) for part in formula.parts)
        case Either():
            return every(negated(part, full) for part in formula.parts)


def solve(formula: Formula, full: Mapping[str, int], budget: Budget | None = None) -> dict[str, int] | None:
    """For each fact values that meet the formula whatever is chosen among them; None where nothing meets it.

    Raises:
        Unsettled: it was given up before all branches were looked at.
    """
    budget = budget or Budget()
    question = Budget(min(LIMIT, budget.left))
    before = question.left
    try:
        return _search(dict(full), [formula], question)
    finally:
        budget.left -= before - max(question.left, 0)


def _search(domains: dict[str, int], formulas: list[Formula], budget: Budget) -> dict[str, int] | None:
    budget.left -= 1
    if budget.left < 0:
        raise Unsettled
    clauses = _settled(domains, formulas)
    if clauses is None:
        return None
    if not clauses:
        return domains
    # the clause with the fewest ways to meet it is the first to fail
    choice = min(clauses, key=lambda clause: len(clause.parts))
    others: list[Formula] = [clause for clause in clauses if clause is not choice]
    for place, part in enumerate(choice.parts):
        earlier = [negated(one, domains) for one in choice.parts[:place]]
        found = _search(dict(domains), [part, *earlier, *others], budget)
        if found is not None:
            return found
    return None


def _settled(domains: dict[str, int], formulas: list[Formula]) -> list[Either] | None:
    """Narrows the domains by all that must hold; gives the choices that are left, None for a contradiction."""
    todo, clauses = formulas, list[Either]()
    while True:
        narrowed = False
        while todo:
            one = todo.pop()
            match one:
                case Literal():
                    mask = domains[one.fact] & one.mask
                    if not mask:
                        return None
                    narrowed = narrowed or mask != domains[one.fact]
                    domains[one.fact] = mask
                case Both():
                    todo.extend(one.parts)
                case Either():
                    clauses.append(one)
        known = set(clauses)
        left: list[Either] = []
        for clause in dict.fromkeys(clauses):
            reduced = _without(_reduced(clause, domains), known - {clause}, domains)
            if reduced == UNMET:
                return None
            if isinstance(reduced, Either):
                left.append(reduced)
            elif reduced != MET:
                todo.append(reduced)
        if not todo and not narrowed and left == clauses:
            return left
        clauses = left


def _reduced(formula: Formula, domains: Mapping[str, int]) -> Formula:
    """The formula with what the domains have already decided left out."""
    match formula:
        case Literal():
            mask = domains[formula.fact] & formula.mask
            return (
                UNMET if not mask else MET if mask == domains[formula.fact] else Literal(formula.fact, mask)
            )
        case Both():
            return every(_reduced(part, domains) for part in formula.parts)
        case Either():
            return some(_reduced(part, domains) for part in formula.parts)


def _without(formula: Formula, known: set[Either], domains: Mapping[str, int]) -> Formula:
    """A choice without the ways that contradict what is known; two versions of a condition share most of their parts."""
    if not isinstance(formula, Either):
        return formula
    left = []
    for part in formula.parts:
        if isinstance(part, Both):
            against = negated(part, domains)
            if isinstance(against, Either) and against in known:
                continue
        left.append(part)
    return formula if len(left) == len(formula.parts) else some(left)
