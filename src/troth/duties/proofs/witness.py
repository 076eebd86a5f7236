"""Requests made up to try the guard: what a rule must refuse, what it must allow, and the facts that make it so.

What must be refused is worked out from the rules as they are written, one by one, without the guard's own tables; so a
guard that forgot a rule is noticed. Nothing is written: the guard is asked without its recorder.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from troth.decision.norm import expand
from troth.decision.program import Program, partial
from troth.decision.space import OTHER, cases, regions
from troth.duties.proofs.sight import Sight
from troth.enforcement.guard import Guard
from troth.enforcement.ruling import Ruling
from troth.model import verb as verbs
from troth.model.condition import Condition, Facts, FactValue, Test, both, tests, truth
from troth.model.errors import NotFound
from troth.model.policy import Policy, Promise, Rule, vocabulary_of
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

NARROWER = 6  # terms below a term that are tried too, those that the policy names first
OTHERS = 8  # purposes or recipients that are tried where a rule names none
CASES = 12  # cases of facts tried at one point
BRANCHES = 4_000  # cases looked at to find one that is allowed
_POINT = ("data", "purpose", "recipient")


@dataclass(frozen=True, slots=True)
class Point:
    """What is asked, without its facts; canonical words."""

    verb: str
    data: str
    purpose: str
    recipient: str = ""

    @property
    def facts(self) -> dict[str, FactValue]:
        """The point as facts, for conditions that test it."""
        return {"data": self.data, "purpose": self.purpose, "recipient": self.recipient or None}


class Words:
    """The words of a policy that made-up requests are made of."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.vocabulary: Vocabulary = vocabulary_of(policy)
        self._lists = {group.term.key: group.members for group in policy.groups}
        self.rules: tuple[tuple[Promise, Rule], ...] = tuple(
            (promise, rule) for promise in policy.promises if promise.draft is None for rule in promise.rules
        )
        permits = [rule for _, rule in self.rules if rule.mode in {"may", "only"}]
        self.named = {
            "data": frozenset(one for _, rule in self.rules for one in self.members(rule.things)),
            "purpose": tuple(dict.fromkeys(one for rule in permits for one in self.members(rule.purposes))),
            "recipient": tuple(
                dict.fromkeys(one for rule in permits for one in self.members(rule.recipients))
            ),
        }

    def members(self, words: Iterable[str]) -> Iterator[str]:
        """Words with the policy's own lists taken apart."""
        for word in words:
            if word in self._lists:
                yield from self.members(self._lists[word])
            else:
                yield word

    def narrower(self, facet: Facet, word: str) -> tuple[str, ...]:
        """A word and some of those below it, those that the policy names first."""
        try:
            below = sorted(self.vocabulary.covers(facet, word) - {word} - self._lists.keys())
        except NotFound:
            return (word,)
        below.sort(key=lambda one: one not in self.named.get(facet, ()))
        return (word, *below[:NARROWER])

    def data(self, rule: Rule) -> tuple[str, ...]:
        """What a rule is about, and some of what stands below it."""
        found: dict[str, None] = {}
        for word in self.members(rule.things):
            if ":" in word:
                found[word] = None
            else:
                found.update(dict.fromkeys(self.narrower("data", word)))
        return tuple(found)

    def purposes(self, rule: Rule) -> tuple[str, ...]:
        """The purposes of a rule; where it names none, some that the policy permits."""
        named = tuple(self.members(rule.purposes))
        return named or self._every("purpose") or ("purpose",)

    def recipients(self, rule: Rule, verb: str) -> tuple[str, ...]:
        """The recipients of a rule; where it names none, some that the policy permits, or nobody."""
        if named := tuple(self.members(rule.recipients)):
            return named
        known = verbs.verbs().get(verb)
        return (self._every("recipient") if known and known.outward else ()) or ("",)

    def _every(self, facet: str) -> tuple[str, ...]:
        return tuple(self.named[facet])[:OTHERS]

    def touches(self, rule: Rule, point: Point) -> bool:
        """Whether a point lies within what a rule names, read from the rule itself."""
        if point.verb not in verbs.covers(rule.verb):
            return False
        return (
            self._within("data", rule.things, point.data)
            and self._within("purpose", rule.purposes, point.purpose)
            and self._within("recipient", rule.recipients, point.recipient)
        )

    def _within(self, facet: Facet, words: tuple[str, ...], word: str) -> bool:
        if not words:
            return True
        return any(word in _below(self.vocabulary, facet, one) for one in words)

    def condition(self, rule: Rule) -> Condition:
        """When a rule applies, with what its other words say as tests of facts."""
        parts = [rule.condition, *([rule.trigger.condition] if rule.trigger else [])]
        if rule.trigger and rule.trigger.event:
            event = rule.trigger.event + (f".{rule.trigger.argument}" if rule.trigger.argument else "")
            parts.append(Test(event, "in", (True,)))
        for fact, keys in (
            ("channel", rule.channels), ("place", rule.places), ("source", rule.sources),
            ("subject", rule.subjects), ("inside", rule.inside),
        ):  # fmt: skip
            parts += [Test(fact, "in", tuple(sorted(keys)))] if keys else []
        return expand(both(*parts), self.vocabulary)

    def real(self, case: Facts, conditions: Iterable[Condition]) -> dict[str, FactValue] | None:
        """A case with a value of the vocabulary where it stands for every other one; None where there is no other."""
        found = dict(case)
        for name, value in case.items():
            if value == OTHER:
                named = {
                    one
                    for part in conditions
                    for test in tests(part)
                    if test.fact == name
                    for one in test.values
                }
                other = self.other(name, frozenset(named))
                if other is None:
                    return None
                found[name] = other
        return found

    def other(self, fact: str, named: frozenset[FactValue]) -> FactValue:
        """A value of a fact that no condition names; None where it has none."""
        term = self.vocabulary.find("fact", fact)
        if term is None or not term.values:
            return OTHER
        return next((one for one in term.values if one not in named), None)

    def bites(self, rule: Rule, point: Point, facts: Facts) -> bool:
        """Whether a prohibition certainly forbids a request."""
        known = {**facts, **point.facts}
        if not self.touches(rule, point) or truth(self.condition(rule), known) is not True:
            return False
        return all(truth(expand(one.condition, self.vocabulary), known) is False for one in rule.exceptions)

    def forbidden(self, point: Point, facts: Facts) -> bool:
        """Whether some prohibition of the policy certainly forbids a request."""
        return any(rule.mode == "never" and self.bites(rule, point, facts) for _, rule in self.rules)

    def permits(self, point: Point, promise: str = "") -> bool:
        """Whether some permission speaks of a point at all, whatever its condition."""
        return any(
            rule.mode in {"may", "only"} and self.touches(rule, point)
            for one, rule in self.rules
            if not promise or one.id == promise
        )


@cache
def _below(vocabulary: Vocabulary, facet: Facet, word: str) -> frozenset[str]:
    name, _, key = word.rpartition(":")
    if name:
        return frozenset(f"{name}:{one}" for one in vocabulary.covers(name, key))  # type: ignore[arg-type]
    if facet == "recipient" and vocabulary.find("recipient", word) is None:
        return vocabulary.covers("subject", word)
    return vocabulary.covers(facet, word)


def points(words: Words, rule: Rule) -> Iterator[Point]:
    """Every combination of verb, data, purpose and recipient that a rule is tried with."""
    for verb in sorted(verbs.covers(rule.verb)):
        yield from (
            Point(verb, *one)
            for one in product(words.data(rule), words.purposes(rule), words.recipients(rule, verb))
        )


def refused_cases(words: Words, rule: Rule, point: Point) -> Iterator[Facts]:
    """Cases of facts in which a prohibition certainly forbids a point."""
    parts = [partial(words.condition(rule), _settled(point))]
    parts += [partial(expand(one.condition, words.vocabulary), _settled(point)) for one in rule.exceptions]
    real = (words.real(case, parts) for case in cases(parts, words.vocabulary))
    return islice((case for case in real if case is not None and words.bites(rule, point, case)), CASES)


def lifted_cases(words: Words, rule: Rule) -> Iterator[tuple[str, Point, Facts]]:
    """For each exception of a prohibition, requests that it lifts: its name, the point and the facts."""
    for one in rule.exceptions:
        lift = expand(one.condition, words.vocabulary)
        own = {name: _tested(one.condition, name) for name in _POINT}
        for verb in sorted(verbs.covers(rule.verb)):
            every = product(
                own["data"] or words.data(rule)[:2],
                own["purpose"] or words.purposes(rule)[:2],
                own["recipient"] or words.recipients(rule, verb)[:2],
            )
            for data, purpose, recipient in every:
                point = Point(verb, data, purpose, recipient)
                applies = words.condition(rule)
                if not words.touches(rule, point):
                    continue
                parts = (partial(applies, _settled(point)), partial(lift, _settled(point)))
                for case in (words.real(one, parts) for one in cases(parts, words.vocabulary)):
                    known = {**(case or {}), **point.facts}
                    if case is not None and truth(applies, known) is True and truth(lift, known) is True:
                        yield one.name, point, case
                        break


def _settled(point: Point) -> dict[str, str]:
    return {"data": point.data, "purpose": point.purpose, "recipient": point.recipient}


def _tested(condition: Condition, fact: str) -> tuple[str, ...]:
    return tuple(str(value) for test in tests(condition) if test.fact == fact for value in test.values)


class Trial:
    """The real guard, asked without leaving a trace."""

    def __init__(self, sight: Sight) -> None:
        self.guard: Guard = copy.copy(sight.guard)
        self.guard.recorder = None
        self.words = Words(sight.policy)
        self.asked = 0

    def ask(self, point: Point, facts: Facts) -> Ruling:
        """The answer to a request, as a role that its own limits do not stop, where there is one.

        Raises:
            NotFound: the guard does not know one of the words.
        """
        self.asked += 1
        role = str(facts.get("role") or "")
        actors = [name for name, one in self.guard.roles.items() if not role or one.known_as == role] or [
            role or "system"
        ]
        ruling = None
        for actor in actors:
            ruling = self.guard.decide(
                actor, point.verb, point.data, point.purpose, point.recipient, facts=facts
            )
            if not ruling.limit:
                break
        assert ruling is not None  # noqa: S101 - there is always an actor
        return ruling

    def refuses(self, point: Point, facts: Facts) -> bool:
        """Whether a request that some prohibition forbids is refused, and refused as forbidden."""
        ruling = self.ask(point, facts)
        return not ruling.allowed and (bool(ruling.limit) or ruling.decisive.answer == "forbidden")

    def opening(self, point: Point, fixed: Mapping[str, FactValue]) -> Facts | None:
        """Facts with which the guard allows a point, among them some that are fixed; None where there are none."""
        table = self.guard.table
        verb, purpose, recipient = table.resolve(point.verb, point.purpose, point.recipient)
        program = table.program((verb, table.category(point.data), purpose, recipient))
        conditions = [norm.condition for norm in (*program.forbids, *program.allows)]
        conditions += [lift.condition for norm in program.forbids for lift in norm.lifts]
        space: dict[str, tuple[FactValue, ...]] = {}
        for name, values in regions(conditions, self.words.vocabulary).items():
            if name in _POINT:  # the request names them
                continue
            other = self.words.other(name, frozenset(values))
            space[name] = tuple(other if value == OTHER else value for value in values)
            if values == (True, False) and name in _RISKS:
                space[name] = (False, True)
        if self.guard.roles and "role" in space:
            space["role"] = tuple(dict.fromkeys(one.known_as for one in self.guard.roles.values()))
        found = _opened(program, {**fixed}, space, [BRANCHES])
        return found if found is not None and self.ask(point, found).allowed else None


_RISKS = frozenset({"held", "restricted", "opted-out"})


def _opened(
    program: Program, facts: dict[str, FactValue], space: Mapping[str, tuple[FactValue, ...]], left: list[int]
) -> Facts | None:
    """Branch on facts that are missing, until an answer allows; a refusal that is certain stays one."""
    left[0] -= 1
    decision = program.decide(facts)
    if decision.allowed:
        return facts
    if decision.answer != "unknown" or left[0] <= 0:
        return None
    name = next((one for one in decision.missing if facts.get(one) is None and one in space), "")
    for value in space.get(name, ()):
        found = _opened(program, {**facts, name: value}, space, left)
        if found is not None:
            return found
    return None
