"""Norms: the permissions and prohibitions of a policy as sets of points.

A norm says, for a set of verbs x data x purposes x recipients and a condition, "this may be done" or "this must not".
Duties that change what may be done are norms too: an opt-out forbids the purpose it stops, a hold forbids every use but
those it names, `only` forbids the rest of its verb and data, `block` forbids until released. Norms are what decisions,
conflicts and comparisons of versions are computed from; docs/semantics.md says it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from troth.model import verb as verbs
from troth.model.condition import ALWAYS, All, Any_, Condition, Not, Test, both, canonical
from troth.model.policy import Policy, Promise, Rule
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

NOBODY = ""  # the recipient of a request that sends data to nobody
ANY = frozenset({"*"})  # a set that holds everything, also what no vocabulary knows

_NO_GROUPS: Mapping[str, tuple[str, ...]] = {}

CONSENT = (
    ("explicit-consent", ("explicit",)),
    ("implied-consent", ("explicit", "given", "implied")),
    ("consent", ("explicit", "given")),
)
"""Bases that need a state of consent, the narrower before the wider."""


@dataclass(frozen=True, slots=True)
class Lift:
    """A named exception of a prohibition."""

    name: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Norm:
    """One permission or prohibition; sets are closed downwards (a term stands with everything below it).

    Attributes:
        allow: whether it allows or forbids.
        verbs, data, purposes, recipients: the points it is about; ANY where the rule names none.
        condition: when it applies.
        tops: the purposes and recipients as the rule names them: being vague about them does not help, but a request
            is not touched for sharing some narrower term with them.
        lifts: named exceptions; they lift this norm only.
        promise, rule, sentences: what it cites.
        basis: the legal bases a permission rests on.
        measures: what has to be done with it ("pseudonymisation"); it is told, and whoever acts owes it.
        knowing: binds only what is done knowingly: an unknown condition does not forbid.
        order: place in the policy; the first norm that settles a request is the one cited.
        derived: how it came from a rule that is not itself a norm ("" for a plain one).
    """

    allow: bool
    verbs: frozenset[str]
    data: frozenset[str]
    purposes: frozenset[str]
    recipients: frozenset[str]
    condition: Condition
    tops: frozenset[str] = ANY
    lifts: tuple[Lift, ...] = ()
    promise: str = ""
    rule: str = ""
    sentences: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    knowing: bool = False
    order: int = 0
    derived: str = ""


Known = Mapping[str, tuple[Promise, tuple[Norm, ...]]]
"""Accepted promises by id with their norms, read with the same words."""
_NOTHING: Known = {}


def norms(policy: Policy, vocabulary: Vocabulary, known: Known = _NOTHING) -> tuple[Norm, ...]:
    """The norms of every accepted promise, in the order of the policy; drafts decide nothing.

    Args:
        policy: the policy.
        vocabulary: its words.
        known: the norms of promises of another version, which are taken over where a promise is the same.
    """
    found: list[Norm] = []
    groups = {group.term.key: group.members for group in policy.groups}
    for promise in policy.promises:
        if promise.draft is None:
            before, some = known.get(promise.id, (None, ()))
            if before is None or (before.sentences, before.rules) != (promise.sentences, promise.rules):
                some = tuple(_of_promise(_Reader(promise, vocabulary, groups, count(len(found)))))
            elif some and some[0].order != len(found):
                some = tuple(replace(norm, order=order) for order, norm in enumerate(some, len(found)))
            found += some
    return tuple(found)


def _of_promise(reader: _Reader) -> Iterator[Norm]:
    for rule in reader.promise.rules:
        yield from reader.rule(rule)
    yield from reader.rest_of_only()


@dataclass(frozen=True, slots=True)
class _Reader:
    promise: Promise
    vocabulary: Vocabulary
    groups: Mapping[str, tuple[str, ...]]
    orders: Iterator[int]

    def rule(self, rule: Rule) -> Iterator[Norm]:
        verb = verbs.verbs().get(rule.verb)
        if verb is None:
            return
        match rule.mode:
            case "may" | "only":
                yield self._norm(rule, allow=True, order=next(self.orders))
            case "never":
                yield self._norm(rule, allow=False, order=next(self.orders))
            case "block":
                yield self._block(rule)
            case "must":
                yield from self._duty(rule)

    def _norm(self, rule: Rule, *, allow: bool, order: int = 0) -> Norm:
        data = [thing for thing in rule.things if not thing.startswith(("subject:", "recipient:"))]
        condition = self._expand(both(*self._conditions(rule, allow=allow)), vague=not allow)
        if rule.until is not None:  # a broader word ends nothing, as it lifts nothing
            condition = both(condition, self._expand(Not(rule.until)))
        return Norm(
            allow,
            verbs.covers(rule.verb),
            self._things(data) if data else ANY,
            self._covers("purpose", rule.purposes),
            self._recipients(rule.recipients),
            condition,
            self._tops(rule.purposes, rule.recipients),
            () if allow else tuple(Lift(e.name, self._expand(e.condition)) for e in rule.exceptions),
            self.promise.id,
            rule.id,
            self.promise.sentences,
            rule.bases,
            tuple(one.key for one in rule.measures),
            rule.knowingly,
            order,
        )

    def _conditions(self, rule: Rule, *, allow: bool) -> Iterator[Condition]:
        yield rule.condition
        if rule.trigger:
            yield rule.trigger.condition
            if rule.trigger.event:
                yield happened(rule.trigger.event, rule.trigger.argument, self.vocabulary)
        if allow:
            consents = [consent_for(basis, self.vocabulary) for basis in rule.bases]
            if consents and all(consents):
                yield Test("consent", "in", tuple(sorted({value for values in consents for value in values})))
            # an exception to a permission is a case in which it does not hold
            yield from (Not(exception.condition) for exception in rule.exceptions)
        for fact, keys in (
            ("channel", rule.channels),
            ("place", rule.places),
            ("source", rule.sources),
            ("subject", rule.subjects),
            ("inside", rule.inside),
        ):
            if keys:
                yield Test(fact, "in", tuple(sorted(keys)))

    def _block(self, rule: Rule) -> Norm:
        released = (Lift("released", self._expand(rule.until)),) if rule.until is not None else ()
        norm = self._norm(replace(rule, until=None), allow=False, order=next(self.orders))
        return replace(norm, lifts=(*norm.lifts, *released), derived="blocked until released")

    def _duty(self, rule: Rule) -> Iterator[Norm]:
        if rule.verb == "stop" and rule.trigger is not None:
            yield self._stop(rule)
        if rule.verb == "restrict" and rule.trigger is None and not rule.held:
            return
        for held in rule.held:
            yield self._held(rule, held)

    def _stop(self, rule: Rule) -> Norm:
        """`when opt-out ... must stop X`: from the event on, X is forbidden."""
        trigger = rule.trigger
        assert trigger is not None  # noqa: S101 - only called for rules with a trigger
        purposes = [t.removeprefix("purpose:") for t in rule.things if t.startswith("purpose:")] + list(
            rule.purposes
        )
        data = [t for t in rule.things if not t.startswith("purpose:")]
        started: Condition = ALWAYS
        if trigger.event:
            started = happened(trigger.event, trigger.argument, self.vocabulary)
        condition = self._expand(both(started, trigger.condition, rule.condition), vague=True)
        lifts = tuple(Lift(e.name, self._expand(e.condition)) for e in rule.exceptions)
        return Norm(
            False, verbs.covers("process"), self._things(data) if data else ANY, self._covers("purpose", tuple(purposes)),
            self._recipients(rule.recipients), condition, self._tops(purposes, rule.recipients), lifts,
            self.promise.id, rule.id, self.promise.sentences, order=next(self.orders), derived="stopped",
        )  # fmt: skip

    def _held(self, rule: Rule, held: Rule) -> Norm:
        """`while held only use for [...]`: while the person is held, everything else is forbidden."""
        allowed = Test("purpose", "in", tuple(sorted(held.purposes)))
        data = [thing for thing in held.things if not thing.startswith(("subject:", "purpose:", "event:"))]
        everything = verbs.covers("use") | verbs.covers("share") | verbs.covers("collect")
        lifts = (
            (Lift("hold-purpose", self._expand(allowed)),) if held.mode == "only" and held.purposes else ()
        )
        scope = self._things(data) if data else ANY
        return Norm(
            False, everything if held.mode == "only" else verbs.covers(held.verb), scope, ANY, ANY,
            Test("held", "in", (True,)), ANY, lifts, self.promise.id, held.id or rule.id, self.promise.sentences,
            order=next(self.orders), derived="restricted while held",
        )  # fmt: skip

    def rest_of_only(self) -> Iterator[Norm]:
        """What the `only` rules of the promise leave: the same verb and data in any other way."""
        limits = [rule for rule in self.promise.rules if rule.mode == "only"]
        for rule in limits:
            norm = self._norm(rule, allow=True)
            siblings = [self._norm(other, allow=True) for other in limits if other.verb == rule.verb]
            lifts = tuple(Lift(f"only {index}", inside(sibling)) for index, sibling in enumerate(siblings, 1))
            yield replace(
                norm,
                allow=False,
                purposes=ANY,
                recipients=ANY,
                tops=ANY,
                condition=ALWAYS,
                lifts=lifts,
                basis=(),
                measures=(),
                order=next(self.orders),
                derived="only",
            )

    def _expand(self, condition: Condition, *, vague: bool = False) -> Condition:
        return expand(condition, self.vocabulary, self.groups, vague=vague)

    def _covers(self, facet: Facet, keys: Iterable[str]) -> frozenset[str]:
        sets = [self.vocabulary.covers(facet, key) for key in keys]
        return frozenset().union(*sets) if sets else ANY

    def _recipients(self, keys: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        for key in keys:
            known = self.vocabulary.find("recipient", key) is not None
            found |= self.vocabulary.covers("recipient" if known else "subject", key)
        return frozenset(found) if found else ANY

    def _tops(self, purposes: Iterable[str], recipients: Iterable[str]) -> frozenset[str]:
        """The named purposes and recipients, a policy's own lists as their members."""
        named = [f"purposes:{key}" for key in self._members(purposes)]
        return frozenset((*named, *(f"recipients:{key}" for key in self._members(recipients))))

    def _members(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            yield key
            yield from self._members(self.groups.get(key, ()))

    def _things(self, things: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        for thing in things:
            facet, _, key = thing.rpartition(":")
            if facet:
                found |= {f"{facet}:{one}" for one in self.vocabulary.covers(facet, key)}  # type: ignore[arg-type]
            else:
                found |= self.vocabulary.covers("data", key)
        return frozenset(found)


def consent_for(basis: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The states of consent that a basis needs; none for a basis that is not consent."""
    for word, states in CONSENT:
        known = vocabulary.find("basis", word)
        if known is not None and basis in vocabulary.covers("basis", known.key):
            return states
    return ()


def happened(event: str, argument: str, vocabulary: Vocabulary) -> Condition:
    """The condition that an event (with its argument) has happened and stands: the fact `event` or `event.argument`.

    Where the vocabulary has another kind of fact of that name (`policy-change` is material or minor), `since-event` tells it.
    """
    name = f"{event}.{argument}" if argument else event
    fact = vocabulary.find("fact", event)
    if fact is not None and fact.kind != "flag":
        return Test(f"since-{name}", ">=", (0,))
    return Test(name, "in", (True,))


def inside(norm: Norm) -> Condition:
    """The condition that a request lies inside a permission, so that it can lift the rest of an `only`."""
    parts: list[Condition] = [norm.condition]
    for fact, values in (("data", norm.data), ("purpose", norm.purposes), ("recipient", norm.recipients)):
        if values is not ANY:
            parts.append(Test(fact, "in", tuple(sorted(values))))
    return both(*parts)


TERM_FACTS: dict[str, tuple[Facet, ...]] = {
    "purpose": ("purpose",), "recipient": ("recipient", "subject"), "channel": ("channel", "recipient", "subject"),
    "place": ("place", "channel", "thing"), "source": ("recipient", "subject", "thing", "place", "channel", "data"),
    "basis": ("basis",), "subject": ("subject",), "inside": ("thing", "purpose", "channel"), "data": ("data", "thing"),
}  # fmt: skip


def expand(
    condition: Condition,
    vocabulary: Vocabulary,
    groups: Mapping[str, tuple[str, ...]] = _NO_GROUPS,
    *,
    vague: bool = False,
) -> Condition:
    """The condition with every term it tests replaced by the term and everything below it.

    Args:
        condition: as the policy has it.
        vocabulary: of the policy.
        groups: the members of the terms that the policy defines as lists.
        vague: whether a broader term leaves it open, as for a prohibition; otherwise it is another term.
    """
    match condition:
        case Test() if condition.fact in TERM_FACTS and condition.op == "in":
            keys, above = set[str](), set[str]()
            for value in condition.values:
                below, broader = _around(str(value), TERM_FACTS[condition.fact], vocabulary, groups)
                keys |= below
                above |= broader
            return Test(
                condition.fact,
                "in",
                tuple(sorted(keys)),
                broader=frozenset(above - keys) if vague else frozenset(),
            )
        case Test():
            return condition
        case Not():
            return Not(expand(condition.part, vocabulary, groups, vague=vague))
        case All():
            return All(tuple(expand(part, vocabulary, groups, vague=vague) for part in condition.parts))
        case Any_():
            return Any_(tuple(expand(part, vocabulary, groups, vague=vague) for part in condition.parts))


def _around(
    word: str, facets: tuple[Facet, ...], vocabulary: Vocabulary, groups: Mapping[str, tuple[str, ...]]
) -> tuple[frozenset[str], frozenset[str]]:
    """A word with everything below it, and what is broader than the word, or than a member where it is a list."""
    prefix, _, bare = word.rpartition(":")
    for facet in facets:
        known = vocabulary.find(facet, bare) if prefix in {"", facet} else None
        if known is not None:
            below = vocabulary.covers(facet, known.key)
            above = frozenset[str]().union(
                *(_broader(vocabulary, facet, key) for key in _unlisted(known.key, groups))
            )
            if facets[0] == "data" and facet == "thing":
                return frozenset(f"thing:{one}" for one in below), frozenset(f"thing:{one}" for one in above)
            return below, above
    return frozenset((word,)), frozenset()


@lru_cache(maxsize=4096)
def _broader(vocabulary: Vocabulary, facet: Facet, key: str) -> frozenset[str]:
    """The words that a term is a part of."""
    return frozenset(one.key for one in vocabulary.above(facet, key))


def _unlisted(key: str, groups: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield key
    for member in groups.get(key, ()):
        yield from _unlisted(member, groups)


def same(norm: Norm) -> tuple[object, ...]:
    """What a norm says, without where it stands: equal for norms that decide alike."""
    lifts = tuple(sorted(repr(canonical(lift.condition)) for lift in norm.lifts))
    return (
        norm.allow,
        norm.knowing,
        norm.verbs,
        norm.data,
        norm.purposes,
        norm.recipients,
        canonical(norm.condition),
        lifts,
    )
