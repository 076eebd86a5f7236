"""The space of facts that conditions can tell apart: a few values stand for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from troth.model.condition import NEVER_HAPPENED, Condition, FactValue, Test, tests, truth

OTHER = "(other)"  # stands for every value that no condition names


def regions(conditions: Iterable[Condition]) -> dict[str, tuple[FactValue, ...]]:
    """For every fact in `conditions`, values that reach every outcome its comparisons can have; sorted by fact."""
    by_fact: dict[str, list[Test]] = {}
    for condition in conditions:
        for test in tests(condition):
            by_fact.setdefault(test.fact, []).append(test)
    return {fact: _values(found) for fact, found in sorted(by_fact.items())}


def _values(found: list[Test]) -> tuple[FactValue, ...]:
    bounds = sorted({float(test.values[0]) for test in found if test.op != "in"})
    named = list(dict.fromkeys(value for test in found if test.op == "in" for value in test.values))
    if bounds or all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in named):
        bounds = sorted({*bounds, *(float(value) for value in named)})
        between = [(low + high) / 2 for low, high in pairwise(bounds)]
        numbers = sorted({bounds[0] - 1, *bounds, *between, bounds[-1] + 1})
        return (*numbers, NEVER_HAPPENED) if found[0].fact.startswith("since-") else tuple(numbers)
    if all(isinstance(value, bool) for value in named):
        return (True, False)
    return (*_representatives(named, found), OTHER)


def _representatives(named: Sequence[FactValue], found: list[Test]) -> list[FactValue]:
    """One value for each way of being in or out of the tested sets."""
    seen: dict[tuple[bool, ...], FactValue] = {}
    for value in named:
        seen.setdefault(tuple(value in test.values for test in found), value)
    return list(seen.values())


def cases(conditions: Iterable[Condition]) -> Iterator[dict[str, FactValue]]:
    """Every combination of the values that `conditions` can tell apart."""
    space = regions(conditions)
    for values in product(*space.values()):
        yield dict(zip(space, values, strict=True))


def beyond(wide: Condition, narrow: Condition) -> dict[str, FactValue] | None:
    """Facts for which `wide` holds and `narrow` does not; None if there are none (then `wide` implies `narrow`)."""
    for case in cases((wide, narrow)):
        if truth(wide, case) is True and truth(narrow, case) is not True:
            return case
    return None
