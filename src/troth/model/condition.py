"""Conditions: typed expressions over facts, decided with three outcomes (Kleene's strong logic).

`True` and `False` are known; `None` means that a fact the answer depends on is not known. A decision never guesses:
an unknown condition refuses, and the missing fact is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Op = Literal["in", "<", "<=", ">", ">="]
Truth: TypeAlias = bool | None
FactValue: TypeAlias = str | bool | int | float | None
Facts: TypeAlias = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a fact.

    Attributes:
        fact: key of the fact ("order-status", "since-account-closed").
        op: `in` for values, otherwise an order comparison with one number.
        values: the values; booleans for flags, strings for choices and texts, one number for comparisons
            (days for times, the fact's own unit otherwise).
        chosen: true when the number was chosen by the house (`~`), not said by the text.
        broader: words of which the values are a part, such as `direct-marketing` of `newsletter`: a fact that is one of
            them may be one of the values or none, so the outcome is not known. Worked out for decisions, never written.
    """

    fact: str
    op: Op
    values: tuple[str | bool | int | float, ...]
    chosen: bool = False
    broader: frozenset[str] = frozenset()

    __test__ = False  # pytest: this is not a test class


@dataclass(frozen=True, slots=True)
class Not:
    """True where `part` is false."""

    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    """True where every part is true; no part: always true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - `Any` is taken by typing
    """True where one part is true; no part: never true."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Test | Not | All | Any_
NEVER_HAPPENED = "never"
"""The value of a `since-...` fact when the event has not happened yet: no time has passed since, however short or long."""
ALWAYS = All(())
NEVER = Any_(())


def truth(condition: Condition, facts: Facts) -> Truth:
    """Whether `condition` holds: True, False, or None where a fact it depends on is not known."""
    match condition:
        case Test():
            return compare(condition, facts.get(condition.fact))
        case Not():
            part = truth(condition.part, facts)
            return None if part is None else not part
        case All():
            return _join((truth(part, facts) for part in condition.parts), False)
        case Any_():
            return _join((truth(part, facts) for part in condition.parts), True)


def _join(truths: Iterator[Truth], decisive: bool) -> Truth:
    unknown = False
    for value in truths:
        if value is decisive:
            return decisive
        unknown = unknown or value is None
    return None if unknown else not decisive


def compare(test: Test, value: FactValue) -> Truth:
    """Whether one comparison holds for a value; None where the value does not tell."""
    if value is None or value != value:  # noqa: PLR0124 - only NaN differs from itself
        return None
    if test.op == "in":
        return value in test.values or (None if value in test.broader else False)
    bound = test.values[0]
    if value == NEVER_HAPPENED:
        return False
    if isinstance(value, str) or isinstance(bound, str):
        return None
    match test.op:
        case "<":
            return value < bound
        case "<=":
            return value <= bound
        case ">":
            return value > bound
        case _:
            return value >= bound


def tests(condition: Condition) -> Iterator[Test]:
    """Every comparison in `condition`, left to right."""
    match condition:
        case Test():
            yield condition
        case Not():
            yield from tests(condition.part)
        case All() | Any_():
            for part in condition.parts:
                yield from tests(part)


def missing(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """The unknown facts that leave `condition` undecided, in the order they stand in it; none if it is decided."""
    if truth(condition, facts) is not None:
        return ()
    names = dict.fromkeys(
        test.fact for test in tests(condition) if compare(test, facts.get(test.fact)) is None
    )
    return tuple(names)


def both(*conditions: Condition) -> Condition:
    """The conjunction of `conditions`, flattened; ALWAYS for none."""
    parts: list[Condition] = []
    for condition in conditions:
        parts.extend(condition.parts if isinstance(condition, All) else (condition,))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def canonical(condition: Condition) -> Condition:
    """The same condition with flattened, sorted and deduplicated parts, so that order and doubling do not matter."""
    match condition:
        case Test():
            values = tuple(sorted(set(condition.values), key=lambda value: (str(type(value)), value)))
            return Test(condition.fact, condition.op, values, broader=condition.broader)
        case Not(part=Not(part=inner)):
            return canonical(inner)
        case Not():
            return Not(canonical(condition.part))
        case All() | Any_():
            return _canonical_group(condition)


def _canonical_group(group: All | Any_) -> Condition:
    kind = type(group)
    parts: dict[Condition, None] = {}
    for part in map(canonical, group.parts):
        parts.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    ordered = tuple(sorted(parts, key=repr))
    return ordered[0] if len(ordered) == 1 else kind(ordered)


def as_json(condition: Condition) -> dict[str, Any]:
    """The JSON shape of a condition in the compiled policy."""
    match condition:
        case Test():
            return {"fact": condition.fact, "op": condition.op, "values": list(condition.values)}
        case Not():
            return {"not": as_json(condition.part)}
        case All():
            return {"all": [as_json(part) for part in condition.parts]}
        case Any_():
            return {"any": [as_json(part) for part in condition.parts]}


def from_json(value: Mapping[str, Any]) -> Condition:
    """The condition that `as_json` wrote.

    Raises:
        KeyError: a member is missing.
    """
    if "not" in value:
        return Not(from_json(value["not"]))
    if "all" in value:
        return All(tuple(map(from_json, value["all"])))
    if "any" in value:
        return Any_(tuple(map(from_json, value["any"])))
    return Test(value["fact"], value["op"], tuple(value["values"]))
