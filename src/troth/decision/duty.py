"""The duties of a policy, each with all that it covers in the vocabulary of its own policy.

What a rule names is only a way to say it: a list of the policy's own, a broad term and its parts written out are the same
duty when they cover the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from troth.decision.norm import TERM_FACTS, expand
from troth.model import verb as verbs
from troth.model.change import Change, Direction
from troth.model.condition import ALWAYS, All, Any_, Condition, Not, Test, both, canonical, tests
from troth.model.policy import Deadline, Exemption, Policy, Promise, Rule, Trigger, vocabulary_of
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

UNCLEAR = "unclear"  # effect of a change that may be one: not every case could be looked at
HANDING = frozenset(
    {"give", "export", "send", "show", "display", "publish", "answer", "confirm"}
)  # what they are about leaves the house
KEPT = frozenset({"retain", "store", "keep"})
OUTSIDE = ("employee", "new-owner", "reseller")  # kinds of persons who are not whose data it is

SETS = ("things", "channels", "recipients", "purposes", "about", "sources", "subjects", "places", "inside")
_FACETS: dict[str, tuple[Facet, ...]] = {
    "channels": ("channel", "recipient", "subject"), "recipients": ("recipient", "subject"), "purposes": ("purpose",),
    "sources": ("recipient", "subject", "thing", "place", "channel", "data"), "subjects": ("subject",),
    "places": ("place", "channel", "thing"), "inside": ("thing", "purpose", "channel"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one policy: its vocabulary and the lists it defines, which cover and are nothing themselves."""

    vocabulary: Vocabulary
    lists: frozenset[str]
    _known: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def covered(self, words: Iterable[str], name: str) -> frozenset[str]:
        """The words of a part of a rule and everything they cover, without the names of lists."""
        found = [self._below(word, name) for word in words]
        return found[0] if len(found) == 1 else frozenset[str]().union(*found)

    def _below(self, word: str, name: str) -> frozenset[str]:
        if (name, word) not in self._known:
            facet, prefix, key = self._place(word, name)
            below = {key} if facet is None else self.vocabulary.covers(facet, key)
            self._known[name, word] = frozenset(f"{prefix}{one}" for one in below if one not in self.lists)
        return self._known[name, word]

    def _place(self, word: str, name: str) -> tuple[Facet | None, str, str]:
        prefix, _, key = word.rpartition(":")
        facets: tuple[Facet, ...] = _FACETS.get(name, ("data",) if not prefix else (prefix,))  # type: ignore[arg-type]
        facet = next((one for one in facets if self.vocabulary.find(one, key) is not None), None)
        return facet, f"{prefix}:" if prefix else "", key

    def missing(self, words: Iterable[str], covered: frozenset[str], name: str, other: Lexicon) -> set[str]:
        """Those of the words that `covered`, which another policy covers, does not hold.

        A term that the other policy does not know counts as the nearest broader one that it knows.
        """
        return {
            word for word in words if word not in covered and not self._refined(word, covered, name, other)
        }

    def _refined(self, word: str, covered: frozenset[str], name: str, other: Lexicon) -> bool:
        facet, prefix, key = self._place(word, name)
        if facet is None or other.vocabulary.find(facet, key) is not None:
            return False
        above = (term.key for term in self.vocabulary.above(facet, key) if term.key not in self.lists)
        near = next((one for one in above if other.vocabulary.find(facet, one) is not None), None)
        return near is not None and f"{prefix}{near}" in covered

    def broadest(self, words: Iterable[str], name: str) -> list[str]:
        """The words without those that another one of them covers, sorted."""
        found = set(words)
        for word in sorted(found):
            if word in found:
                found -= self.covered((word,), name) - {word}
        return sorted(found)


@dataclass(frozen=True)
class Duty:
    """A `must` rule with the promise it stands in; its conditions hold every word that their words cover.

    Attributes:
        adverse: it is done with the person's data and not for the person (kept, used, handed to somebody else): the more
            of it, the worse.
    """

    promise: Promise
    rule: Rule
    lexicon: Lexicon
    adverse: bool = False

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """What each list of the rule covers."""
        return {name: self.lexicon.covered(getattr(self.rule, name), name) for name in SETS}

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two duties the same one: event, argument, act and whom it is for."""
        trigger = self.rule.trigger
        event = (trigger.event, trigger.argument) if trigger else ("", "")
        verb = "retain" if self.adverse and _minimum(self.rule) else self.rule.verb
        return (*event, verb, self.adverse)

    @property
    def name(self) -> tuple[str, str, bool]:
        """Its promise and rule, and which part of the rule it is where one is two duties."""
        place = self.rule.trigger.argument if self.rule.trigger else ""
        return f"{self.promise.id} {place}", self.rule.id, self.adverse

    @property
    def condition(self) -> Condition:
        """When it is owed, besides its event."""
        parts = [self.rule.condition]
        if self.rule.trigger:
            parts.append(self.rule.trigger.condition)
        if self.rule.until is not None:
            parts.append(Not(self.rule.until))
        return both(*parts)

    def content(self, without: str = "") -> tuple[object, ...]:
        """All that it says, without the name it has in its promise and the names of lists and cases; maybe without one part."""
        rule = self.rule
        cases = [
            sorted(
                (repr(canonical(one.condition)), repr(one.most), repr(one.record), repr(one.tell))
                for one in some
            )
            for some in (rule.holds, rule.exceptions)
        ]
        return (
            self.key, tuple((name, self.sets[name]) for name in SETS if name != without), canonical(self.condition),
            repr(cases), moment(rule.deadline), frozenset((one.key, one.number) for one in rule.measures),
            frozenset((one.what, one.count) for one in rule.record),
            frozenset((one.who, what) for one in rule.tell for what in one.what),
            rule.no_opt_out, frozenset(rule.bases),
        )  # fmt: skip

    def started(self) -> Duty:
        """The same duty as its event starts it; itself where it counts from none, or something else starts it."""
        rule = self.rule
        if rule.deadline is None or rule.starts is None or rule.deadline.event not in {"", rule.starts.event}:
            return self
        rule = replace(rule, trigger=rule.starts, deadline=replace(rule.deadline, event=""))
        return replace(self, rule=rule)

    def with_words(self, name: str, words: Iterable[str]) -> Duty:
        """The same duty with another list as one of its parts."""
        rule = replace(self.rule, **{name: tuple(words)})  # type: ignore[arg-type]
        return replace(self, rule=rule)


Moment = tuple[str, str, str, float] | None


def moment(deadline: Deadline | None) -> Moment:
    """What a deadline comes to: 30 days are 720 hours, at once is within no time."""
    if deadline is None:
        return None
    kind = "within" if deadline.kind == "at-once" else deadline.kind
    return kind, deadline.event, deadline.table, round(days(deadline), 6)


def days(deadline: Deadline) -> float:
    """The length of a deadline; 0 where it has none."""
    return deadline.span.days if deadline.span else 0.0


def duties(policy: Policy) -> Iterator[Duty]:
    """Every duty of the promises that are no drafts; one that is for the person and against is two."""
    groups = {group.term.key: group.members for group in policy.groups}
    lexicon = Lexicon(vocabulary_of(policy), frozenset(groups))
    for promise in policy.promises:
        if promise.draft is None:
            for rule in promise.rules:
                if rule.mode == "must":
                    for one in (rule, *_followers(rule)):
                        yield from _split(Duty(promise, _expanded(one, lexicon, groups), lexicon))


def _followers(rule: Rule) -> Iterator[Rule]:
    """What is owed after the holds have ended, or instead: duties of their own, started by the same event."""
    event = rule.trigger.event if rule.trigger else ""
    condition = rule.trigger.condition if rule.trigger else ALWAYS
    for name, followers in (("then", rule.then), ("otherwise", rule.otherwise)):
        yield from (
            replace(one, trigger=Trigger(event, name, condition)) for one in followers if one.mode == "must"
        )


def _expanded(rule: Rule, lexicon: Lexicon, groups: Mapping[str, tuple[str, ...]]) -> Rule:
    parts = [rule.condition, *(one.condition for one in (*rule.holds, *rule.exceptions))]
    parts += [rule.until] if rule.until is not None else []
    parts += [rule.trigger.condition] if rule.trigger else []
    if not any(test.fact in TERM_FACTS for part in parts for test in tests(part)):
        return rule

    def wide(condition: Condition) -> Condition:
        return _unlisted(expand(condition, lexicon.vocabulary, groups), lexicon.lists)

    def cases(some: tuple[Exemption, ...]) -> tuple[Exemption, ...]:
        return tuple(replace(one, condition=wide(one.condition)) for one in some)

    trigger = rule.trigger and replace(rule.trigger, condition=wide(rule.trigger.condition))
    until = None if rule.until is None else wide(rule.until)
    return replace(
        rule, condition=wide(rule.condition), trigger=trigger, until=until,
        holds=cases(rule.holds), exceptions=cases(rule.exceptions),
    )  # fmt: skip


def _unlisted(condition: Condition, lists: frozenset[str]) -> Condition:
    match condition:
        case Test() if condition.fact in TERM_FACTS and not lists.isdisjoint(map(str, condition.values)):
            return replace(condition, values=tuple(one for one in condition.values if one not in lists))
        case Test():
            return condition
        case Not():
            return Not(_unlisted(condition.part, lists))
        case All() | Any_():
            return replace(condition, parts=tuple(_unlisted(part, lists) for part in condition.parts))


def _split(duty: Duty) -> Iterator[Duty]:
    """Apart what is done for the person and what is not: data from other things, the person from somebody else."""
    rule, lexicon = duty.rule, duty.lexicon
    verb = verbs.verbs().get(rule.verb)
    if rule.verb in HANDING:
        yield from _apart(duty, "recipients", {one for one in rule.recipients if not _person(one, lexicon)})
    elif verb is not None and (verb.data or _minimum(rule)) and not _manner(rule):
        yield from _apart(duty, "things", {one for one in rule.things if ":" not in one})
    else:
        yield duty


def _apart(duty: Duty, name: str, against: set[str]) -> Iterator[Duty]:
    words = getattr(duty.rule, name)
    if not against:
        yield duty
        return
    if len(against) < len(set(words)):
        yield duty.with_words(name, [one for one in words if one not in against])
    yield replace(duty.with_words(name, [one for one in words if one in against]), adverse=True)


def _manner(rule: Rule) -> bool:
    """Whether a rule says how something is done with data, not that it is ("must store password with strong-hash")."""
    return bool(rule.measures or rule.places) and not (rule.deadline or rule.recipients)


def _minimum(rule: Rule) -> bool:
    """Whether data has to be kept for a time: the same as to retain it ("must keep invoice-information at-least 6 years")."""
    return rule.verb in KEPT and rule.deadline is not None and rule.deadline.kind == "at-least"


def _person(word: str, lexicon: Lexicon) -> bool:
    known = lexicon.vocabulary.find("subject", word)
    outside = (
        lexicon.vocabulary.covers("subject", one)
        for one in OUTSIDE
        if lexicon.vocabulary.find("subject", one) is not None
    )
    return known is not None and not any(known.key in one for one in outside)


def unclear(promise: Promise, kind: str, way: Direction, what: str) -> Change:
    """That a question about a promise has too many cases to be answered."""
    message = (
        f"`{promise.id}`: could not be compared completely: {what}; too many cases, so look at it yourself"
    )
    witness = {"old": "compared", "new": "not compared completely"}
    return Change(kind, way, UNCLEAR, promise.id, promise.sentences, message, witness, promise.kind)
