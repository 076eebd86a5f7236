"""The program of a point: what remains to be asked once verb, data, purpose and recipient are known.

A point is settled by at most a handful of norms. Their conditions are specialised to the point (tests on purpose,
recipient and data become constants), so that most points are settled without any fact, and the others by few.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from troth.decision.norm import Lift, Norm
from troth.model.condition import (
    ALWAYS,
    NEVER,
    All,
    Any_,
    Condition,
    Facts,
    FactValue,
    Not,
    Test,
    compare,
    missing,
    tests,
    truth,
)
from troth.model.errors import TrothError
from troth.model.request import Decision

MEMO = 4096  # answers kept for one point; cleared when full, so that numbers with many values can not fill the memory
_POINT = frozenset({"data", "purpose", "recipient"})
REFUSED = Decision(allowed=False, answer="not allowed")


@dataclass(frozen=True, slots=True)
class Program:
    """The norms that are left at one point, and the answers already computed.

    Attributes:
        forbids: prohibitions that touch the point, in the order of the policy.
        allows: permissions that cover it, in the order of the policy.
        facts: the facts the answer depends on, sorted.
        fixed: the answer where it depends on no fact.
        memo: answers by the values of `facts`.
    """

    forbids: tuple[Norm, ...]
    allows: tuple[Norm, ...]
    facts: tuple[str, ...]
    fixed: Decision | None
    memo: dict[tuple[FactValue, ...], Decision]

    def decide(self, facts: Facts) -> Decision:
        """The answer for these facts."""
        if self.fixed is not None:
            return self.fixed
        get = facts.get
        key = tuple(
            [get(name) for name in self.facts]
        )  # a list comprehension is quicker than a generator here
        try:
            found = self.memo.get(key)
        except TypeError:
            wrong = [name for name in self.facts if isinstance(facts.get(name), (list, dict, set))]
            raise TrothError(
                f"the fact `{', '.join(wrong)}` is not a single value",
                hint="give a text, a number or true/false",
            ) from None
        if found is not None:
            return found
        if len(self.memo) >= MEMO:
            self.memo.clear()
        known = dict(zip(self.facts, key, strict=True))
        answer = self.memo[key] = settle(self.forbids, self.allows, known)
        return answer


def program(forbids: Iterable[Norm], allows: Iterable[Norm], point: Mapping[str, str]) -> Program:
    """The program of a point.

    Args:
        forbids: prohibitions that touch it, in the order of the policy.
        allows: permissions that cover it, in the order of the policy.
        point: `data`, `purpose` and `recipient` of the point.
    """
    against = tuple(norm for norm in (_specialise(norm, point) for norm in forbids) if norm is not None)
    given = tuple(norm for norm in (_specialise(norm, point) for norm in allows) if norm is not None)
    names = {test.fact for norm in (*against, *given) for test in tests(norm.condition)}
    names |= {test.fact for norm in against for lift in norm.lifts for test in tests(lift.condition)}
    names -= _POINT  # what is left of these is too broad to tell, and no fact makes it exact
    fixed = None if names else settle(against, given, {})
    return Program(against, given, tuple(sorted(names)), fixed, {})


def _specialise(norm: Norm, point: Mapping[str, str]) -> Norm | None:
    condition = partial(norm.condition, point)
    if condition == NEVER:
        return None
    lifts = [Lift(lift.name, partial(lift.condition, point)) for lift in norm.lifts]
    return replace(norm, condition=condition, lifts=tuple(lift for lift in lifts if lift.condition != NEVER))


def partial(condition: Condition, point: Mapping[str, str]) -> Condition:
    """The condition with the tests that the point settles replaced by ALWAYS or NEVER, and simplified."""
    match condition:
        case Test():
            # A word that is broader than what is tested stays a question: the request would have to be more exact.
            holds = compare(condition, point.get(condition.fact))
            return condition if holds is None else ALWAYS if holds else NEVER
        case Not():
            part = partial(condition.part, point)
            if part == ALWAYS:
                return NEVER
            return ALWAYS if part == NEVER else Not(part)
        case All():
            return _group(All, condition.parts, point, NEVER)
        case Any_():
            return _group(Any_, condition.parts, point, ALWAYS)


def _group(
    kind: type[All | Any_], parts: tuple[Condition, ...], point: Mapping[str, str], decisive: Condition
) -> Condition:
    neutral = ALWAYS if decisive == NEVER else NEVER
    left = []
    for part in parts:
        value = partial(part, point)
        if value == decisive:
            return decisive
        if value != neutral:
            left.append(value)
    if not left:
        return neutral
    return left[0] if len(left) == 1 else kind(tuple(left))


def settle(forbids: Iterable[Norm], allows: Iterable[Norm], facts: Facts) -> Decision:
    """The answer that these norms give, the first of each kind cited.

    A certain prohibition refuses; so does one that may apply as long as a fact is missing. Then the first permission
    that certainly holds is cited; a permission that may hold names the facts that are missing.
    """
    doubt, lifted = None, []
    for norm in forbids:
        bites, names, passed = _bites(norm, facts)
        if bites is True:
            needed = tuple(f"{norm.rule} except {lift.name}" for lift in norm.lifts if norm.derived != "only")
            return Decision(False, "forbidden", norm.promise, norm.rule, norm.sentences, needed=needed)
        if bites is None and doubt is None:
            doubt = Decision(False, "unknown", norm.promise, norm.rule, norm.sentences, missing=names)
        lifted += passed
    if doubt is not None:
        return doubt
    return _permit(allows, facts, tuple(lifted))


def _bites(norm: Norm, facts: Facts) -> tuple[bool | None, tuple[str, ...], list[str]]:
    """Whether a prohibition applies (None: a fact is missing), the missing facts, the exceptions that lift it."""
    applies = truth(norm.condition, facts)
    if applies is False or (applies is None and norm.knowing):
        return False, (), []
    names = dict.fromkeys(missing(norm.condition, facts))
    unsure = applies is None
    for lift in norm.lifts:
        lifts = truth(lift.condition, facts)
        if lifts is True:
            return False, (), [] if norm.derived == "only" else [f"{norm.rule} except {lift.name}"]
        if lifts is None:
            unsure = True
            names.update(dict.fromkeys(missing(lift.condition, facts)))
    return (None if unsure else True), tuple(names), []


def _permit(allows: Iterable[Norm], facts: Facts, lifted: tuple[str, ...]) -> Decision:
    doubt: Norm | None = None
    names: dict[str, None] = {}
    unmet: list[Norm] = []
    for norm in allows:
        holds = truth(norm.condition, facts)
        if holds is True:
            return Decision(
                True, "allowed", norm.promise, norm.rule, norm.sentences, lifted=lifted, basis=norm.basis,
                measures=norm.measures,
            )  # fmt: skip
        if holds is None:
            doubt = doubt or norm
            names.update(dict.fromkeys(missing(norm.condition, facts)))
        else:
            unmet.append(norm)
    if doubt is not None:
        return Decision(False, "unknown", doubt.promise, doubt.rule, doubt.sentences, missing=tuple(names))
    if unmet:
        first = unmet[0]
        needed = tuple(norm.rule for norm in unmet)
        return Decision(False, "not allowed", first.promise, first.rule, first.sentences, needed=needed)
    return REFUSED
