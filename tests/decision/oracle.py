"""The slow, obvious interpreter of docs/semantics.md: no sets prepared, no masks, no memory, one sentence of it at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from troth.model import verb as verbs
from troth.model.condition import All, Any_, Condition, FactValue, Not, Test
from troth.model.policy import Policy, Promise, Rule
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

Ask = tuple[str, str, str, str]
NO, MAYBE, YES = 0, 1, 2
CONSENTS = {"consent": {"given", "explicit"}, "explicitly-expressed-consent": {"explicit"}}
FACETS: dict[str, tuple[Facet, ...]] = {
    "purpose": ("purpose",), "recipient": ("recipient", "subject"), "channel": ("channel", "recipient", "subject"),
    "place": ("place", "channel", "thing"), "source": ("recipient", "subject", "thing", "place", "channel", "data"),
    "basis": ("basis",), "data": ("data", "thing"), "subject": ("subject",), "inside": ("thing", "purpose", "channel"),
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the oracle says: the answer and the rule it cites."""

    answer: str
    rule: str = ""


@dataclass
class Oracle:
    """An interpreter of one policy."""

    policy: Policy
    vocabulary: Vocabulary
    vague: bool = False  # whether a broader word leaves a test open: in what a prohibition applies to

    def decide(self, ask: Ask, facts: Mapping[str, FactValue]) -> Answer:
        """The answer to a request for one data category."""
        known = {**facts, "data": ask[1], "purpose": ask[2], "recipient": ask[3]}
        doubtful: str | None = None
        for rule, verdict in self.prohibitions(ask, known):
            if verdict == YES:
                return Answer("forbidden", rule)
            if verdict == MAYBE and doubtful is None:
                doubtful = rule
        if doubtful is not None:
            return Answer("unknown", doubtful)
        verdicts = list(self.permissions(ask, known))
        for wanted, answer in ((YES, "allowed"), (MAYBE, "unknown"), (NO, "not allowed")):
            for rule, verdict in verdicts:
                if verdict == wanted:
                    return Answer(answer, rule)
        return Answer("not allowed")

    def prohibitions(self, ask: Ask, known: Mapping[str, FactValue]) -> Iterator[tuple[str, int]]:
        """Every prohibition that touches the request, in the order of the policy, with whether it applies."""
        for promise in self.accepted():
            for rule in promise.rules:
                if rule.mode in {"never", "block"} and self.touches(rule, ask):
                    yield rule.id, self.forbids(rule, known)
                if rule.mode == "must" and rule.verb == "stop" and rule.trigger and self.stops(rule, ask):
                    event = f"{rule.trigger.event}.{rule.trigger.argument}".rstrip(".")
                    happened = self.holds(Test(event, "in", (True,)), known) if event else YES
                    self.vague = True
                    applies = min(
                        happened, self.holds(rule.trigger.condition, known), self.holds(rule.condition, known)
                    )
                    self.vague = False
                    yield rule.id, min(applies, self.unlifted(rule, known))
                for held in rule.held if rule.mode == "must" else ():
                    if self.held_touches(held, ask):
                        yield (
                            held.id,
                            min(
                                self.holds(Test("held", "in", (True,)), known),
                                self.not_hold_purpose(held, known),
                            ),
                        )
            only = [rule for rule in promise.rules if rule.mode == "only"]
            for rule in only:
                if self.about(rule, ask):
                    fits = [self.fits(other, ask, known) for other in only if other.verb == rule.verb]
                    yield rule.id, YES - max(fits)

    def permissions(self, ask: Ask, known: Mapping[str, FactValue]) -> Iterator[tuple[str, int]]:
        """Every permission that covers the request, with whether it holds."""
        for promise in self.accepted():
            for rule in promise.rules:
                if rule.mode in {"may", "only"} and self.covers(rule, ask):
                    verdict = self.permits(rule, known)
                    if not self.impossible(rule, ask, known):
                        yield rule.id, verdict

    def accepted(self) -> list[Promise]:
        """Drafts decide nothing."""
        return [promise for promise in self.policy.promises if promise.draft is None]

    # what a rule is about

    def below(self, dimension: str, word: str) -> set[str]:
        """The word and everything below it."""
        if dimension == "verb":
            return set(verbs.covers(word))
        if dimension == "recipient":
            if word == "":
                return {""}
            facet: Facet = "recipient" if self.vocabulary.find("recipient", word) else "subject"
            return set(self.vocabulary.covers(facet, word))
        if dimension == "data" and ":" in word:
            facet_, _, key = word.partition(":")
            return {f"{facet_}:{one}" for one in self.vocabulary.covers(facet_, key)}  # type: ignore[arg-type]
        return set(self.vocabulary.covers("data" if dimension == "data" else "purpose", word))

    def parts(self, rule: Rule) -> list[tuple[str, set[str] | None]]:
        """The sets of a rule by dimension; None where it names none."""
        named = [
            ("verb", [rule.verb]),
            ("data", list(rule.things)),
            ("purpose", list(rule.purposes)),
            ("recipient", list(rule.recipients)),
        ]
        return [
            (name, set().union(*(self.below(name, word) for word in words)) if words else None)
            for name, words in named
        ]

    def covers(self, rule: Rule, ask: Ask) -> bool:
        """A permission must cover all of what is asked."""
        return all(
            points is None or word in points for word, (_, points) in zip(ask, self.parts(rule), strict=True)
        )

    def touches(self, rule: Rule, ask: Ask) -> bool:
        """A prohibition bites when it touches any part of the data; a vague purpose or recipient does not help."""
        for word, (name, points) in zip(ask, self.parts(rule), strict=True):
            below = {word} if name == "verb" else self.below(name, word)
            vague = (
                bool(below & self.named(name, rule))
                if name in {"purpose", "recipient"}
                else bool(points and points & below)
            )
            if points is not None and word not in points and not vague:
                return False
        return True

    def named(self, name: str, rule: Rule) -> set[str]:
        """The purposes or recipients that a rule names; a list the policy defines stands for its members too."""
        words = list(rule.purposes if name == "purpose" else rule.recipients)
        for word in words:
            words += [
                member for group in self.policy.groups if group.term.key == word for member in group.members
            ]
        return set(words)

    def about(self, rule: Rule, ask: Ask) -> bool:
        """The rest of an `only` is about the same verb and data, whatever purpose and recipient."""
        return all(
            points is None or points & ({word} if name == "verb" else self.below(name, word))
            for word, (name, points) in list(zip(ask, self.parts(rule), strict=True))[:2]
        )

    def fits(self, rule: Rule, ask: Ask, known: Mapping[str, FactValue]) -> int:
        """Whether a request lies inside a permission."""
        inside = all(
            points is None or word in points
            for word, (_, points) in list(zip(ask, self.parts(rule), strict=True))[1:]
        )
        return self.permits(rule, known) if inside else NO

    def stops(self, rule: Rule, ask: Ask) -> bool:
        """Whether an opt-out is about the request."""
        purposes = [t.removeprefix("purpose:") for t in rule.things if t.startswith("purpose:")] + list(
            rule.purposes
        )
        things = tuple(t for t in rule.things if not t.startswith("purpose:"))
        return self.touches(
            Rule("", "never", "process", things, purposes=tuple(purposes), recipients=rule.recipients), ask
        )

    def held_touches(self, held: Rule, ask: Ask) -> bool:
        """Whether a restriction while held is about the request."""
        acts = ("use", "share", "collect") if held.mode == "only" else (held.verb,)
        return any(self.touches(Rule("", "never", act, held.things), ask) for act in acts)

    # whether it applies

    def forbids(self, rule: Rule, known: Mapping[str, FactValue]) -> int:
        """Whether a prohibition applies."""
        self.vague = True
        applies = self.applies(rule, known)
        self.vague = False
        if applies == MAYBE and rule.knowingly:
            return NO
        released = self.holds(rule.until, known) if rule.until is not None else NO
        if rule.mode == "never" and rule.knowingly and min(applies, YES - released) == MAYBE:
            return NO
        return min(applies, self.unlifted(rule, known), YES - released)

    def unlifted(self, rule: Rule, known: Mapping[str, FactValue]) -> int:
        """Whether no exception lifts it."""
        return YES - max((self.holds(one.condition, known) for one in rule.exceptions), default=NO)

    def not_hold_purpose(self, held: Rule, known: Mapping[str, FactValue]) -> int:
        """Whether the purpose is none that the hold allows."""
        if held.mode != "only" or not held.purposes:
            return YES
        return YES - self.holds(Test("purpose", "in", held.purposes), known)

    def permits(self, rule: Rule, known: Mapping[str, FactValue]) -> int:
        """Whether a permission holds."""
        verdicts = [self.applies(rule, known)]
        verdicts += [YES - self.holds(one.condition, known) for one in rule.exceptions]
        if rule.until is not None:
            verdicts.append(YES - self.holds(rule.until, known))
        if rule.bases and all(basis in CONSENTS for basis in rule.bases):
            accepted = set().union(*(CONSENTS[basis] for basis in rule.bases))
            verdicts.append(self.holds(Test("consent", "in", tuple(sorted(accepted))), known))
        return min(verdicts)

    def impossible(self, rule: Rule, ask: Ask, known: Mapping[str, FactValue]) -> bool:
        """A permission that the point itself rules out is not worth citing."""
        only_point = {"data": ask[1], "purpose": ask[2], "recipient": ask[3]}
        del known
        return self.permits(rule, only_point) == NO

    def applies(self, rule: Rule, known: Mapping[str, FactValue]) -> int:
        """Whether a rule applies: its conditions, its trigger and its parts."""
        verdicts = [self.holds(rule.condition, known)]
        if rule.trigger:
            verdicts.append(self.holds(rule.trigger.condition, known))
            if rule.trigger.event:
                event = f"{rule.trigger.event}.{rule.trigger.argument}".rstrip(".")
                verdicts.append(self.holds(Test(event, "in", (True,)), known))
        for fact, keys in (
            ("channel", rule.channels), ("place", rule.places), ("source", rule.sources),
            ("subject", rule.subjects), ("inside", rule.inside),
        ):  # fmt: skip
            if keys:
                verdicts.append(self.holds(Test(fact, "in", keys), known))
        return min(verdicts)

    def holds(self, condition: Condition, known: Mapping[str, FactValue]) -> int:
        """Whether a condition holds."""
        match condition:
            case Not():
                return YES - self.holds(condition.part, known)
            case All():
                return min((self.holds(part, known) for part in condition.parts), default=YES)
            case Any_():
                return max((self.holds(part, known) for part in condition.parts), default=NO)
            case Test():
                return self.compare(condition, known.get(condition.fact))

    def among(self, test: Test, value: FactValue) -> int:
        """Whether a value is one of those tested; a word that is broader than one of them may be it or not."""
        words = [str(key) for key in test.values]
        for word in words:
            words += [
                member for group in self.policy.groups if group.term.key == word for member in group.members
            ]
        broader = False
        for word in words:
            prefix, _, bare = word.rpartition(":")
            for facet in FACETS.get(test.fact, ()):
                if prefix in {"", facet} and self.vocabulary.find(facet, bare):
                    mark = "thing:" if facet == "thing" and test.fact == "data" else ""
                    plain = str(value).removeprefix(mark)
                    if str(value).startswith(mark) and plain in self.vocabulary.covers(facet, bare):
                        return YES
                    known = self.vocabulary.find(facet, plain) if str(value).startswith(mark) else None
                    broader |= known is not None and bool(
                        {self.vocabulary.get(facet, bare).key} & self.vocabulary.covers(facet, known.key)
                    )
                    break
        if value in test.values:
            return YES
        return MAYBE if broader and self.vague else NO

    def compare(self, test: Test, value: FactValue) -> int:
        """Whether a comparison holds."""
        if value is None:
            return MAYBE
        if test.op == "in":
            return self.among(test, value)
        bound = test.values[0]
        if value == "never":
            return NO
        if isinstance(value, str) or isinstance(bound, str):
            return MAYBE
        return (
            YES
            if {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}[test.op]
            else NO
        )
