"""What is wrong with a set of rules, computed from its norms and duties: nothing here looks at the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from troth.decision.norm import ANY, TERM_FACTS, Norm, consent_for, same
from troth.decision.program import partial
from troth.decision.space import beyond
from troth.decision.table import Table
from troth.model import verb as verbs
from troth.model.condition import ALWAYS, NEVER, Condition, Not, both, tests
from troth.model.finding import Finding, Severity
from troth.model.policy import Policy, Promise, Rule
from troth.model.sentence import Sentence

_SHOWN = 6  # data terms named in a finding
_RELATIVE = "third-country"  # which countries these are depends on the law, so that it covers none
SPECIAL = frozenset({"biometric", "sensitive", "children"})


def conflicts(table: Table, policy: Policy) -> tuple[Finding, ...]:
    """The findings about the rules of a policy, in the order of the policy."""
    found = [
        *_shadowed(table, policy),
        *_twice(table, policy),
        *_clashing(policy),
        *_kept_for_ever(table, policy),
        *_unused(table, policy),
        *_special(table, policy),
        *_service_notices(table, policy),
        *_open_lists(policy),
        *_relative_places(policy),
        *_empty(policy),
    ]
    return tuple(
        sorted(
            found, key=lambda f: (f.line or (f.sentences[0].line if f.sentences else 0), f.rule, f.message)
        )
    )


def _finding(
    about: tuple[str, str, Severity], words: tuple[str, str], promises: Iterable[str], policy: Policy
) -> Finding:
    """A finding about promises: (class, rule, severity) and (message, hint)."""
    kind, rule, severity = about
    message, hint = words
    names = list(dict.fromkeys(name for name in promises if name in policy.by_id))
    ids = dict.fromkeys(sentence for name in names for sentence in policy.by_id[name].sentences)
    sentences: tuple[Sentence, ...] = tuple(policy.by_sentence[one].sentence for one in ids)
    line = policy.by_id[names[0]].line if names else 0
    return Finding(
        kind, rule, severity, message, hint, sentences, promise=names[0] if names else "", line=line
    )


def _shadowed(table: Table, policy: Policy) -> Iterator[Finding]:
    """A permission that some prohibition takes back everywhere, or everywhere for one of the words that it lists."""
    forbids = _Forbids([norm for norm in table.norms if not norm.allow])
    seen = _Implied()
    for norm in table.norms:
        if not norm.allow or norm.condition == NEVER or _impossible(norm.condition):
            continue
        whole = next((other for other in forbids.near(norm) if _takes_back(other, norm, seen)), None)
        if whole is not None:
            message = f"`{norm.rule}` allows what `{whole.rule}` never allows"
            yield _against(message, "block", (norm, whole), policy)
            continue
        taken: dict[str, tuple[Norm, list[str]]] = {}
        for word, part in _listed(norm, table, policy):
            other = next(
                (
                    one
                    for one in forbids.near(part)
                    if one.promise != norm.promise and _takes_back(one, part, seen)
                ),
                None,
            )
            if other is not None:
                taken.setdefault(other.rule, (other, []))[1].append(f"`{word}`")
        for other, words in taken.values():
            message = f"`{norm.rule}` lists {', '.join(words)}, which `{other.rule}` never allows"
            yield _against(message, "warn", (norm, other), policy)


def _against(message: str, severity: Severity, pair: tuple[Norm, Norm], policy: Policy) -> Finding:
    """A permission and the prohibition that takes it back."""
    hint = "narrow one of them, or give the `never` a named exception"
    if pair[1].derived == "only":
        hint = "`only` refuses the rest: narrow one of them, write `may`, or put both rules into one promise"
    about: tuple[str, str, Severity] = ("contradiction", "never-against-may", severity)
    return _finding(about, (message, hint), [norm.promise for norm in pair], policy)


class _Forbids:
    """Prohibitions in their order, found by what a permission is about, so that not every pair is looked at."""

    def __init__(self, norms: Sequence[Norm]) -> None:
        self._norms = norms
        self._near: dict[tuple[str | None, str | None], list[Norm]] = {}

    def near(self, norm: Norm) -> list[Norm]:
        """Those that may hold all that a permission names: each has one of its verbs and one of its terms."""
        verb, term = _one(norm.verbs), _one(norm.data)
        found = self._near.get((verb, term))
        if found is None:
            found = [one for one in self._norms if _has(one.verbs, verb) and _has(one.data, term)]
            self._near[verb, term] = found
        return found


def _one(words: frozenset[str]) -> str | None:
    """A word of a set; None for all words."""
    return None if words == ANY else next(iter(words), "")


def _has(words: frozenset[str], word: str | None) -> bool:
    """Whether a set can hold one that has this word; the empty one is part of all."""
    return words == ANY or (word is not None and (not word or word in words))


class _Implied:
    """Whether one condition implies another, asked once for each two that differ."""

    def __init__(self) -> None:
        self._alike: dict[Condition, tuple[Condition, frozenset[str]]] = {}
        self._by_id: dict[int, tuple[Condition, frozenset[str]]] = {}  # conditions live as long as the table
        self._found: dict[tuple[int, int], bool] = {}

    def by(self, wide: Condition, narrow: Condition) -> bool:
        """Whether `narrow` holds wherever `wide` does, which can hold."""
        (first, facts), (second, others) = self._known(wide), self._known(narrow)
        if facts.isdisjoint(others):  # one tells nothing about the other
            first = ALWAYS
        pair = id(first), id(second)
        if pair not in self._found:
            self._found[pair] = beyond(first, second) is None
        return self._found[pair]

    def _known(self, condition: Condition) -> tuple[Condition, frozenset[str]]:
        """The first condition that was equal to this one, and the facts it is about."""
        found = self._by_id.get(id(condition))
        if found is None:
            facts = frozenset(test.fact for test in tests(condition))
            found = self._by_id[id(condition)] = self._alike.setdefault(condition, (condition, facts))
        return found


def _takes_back(other: Norm, norm: Norm, seen: _Implied) -> bool:
    return other.rule != norm.rule and _inside(norm, other) and _always(other, norm, seen)


def _listed(norm: Norm, table: Table, policy: Policy) -> Iterator[tuple[str, Norm]]:
    """A permission for each word of its lists alone; a list that the policy defines as its members."""
    rule = next((one for one in policy.by_id[norm.promise].rules if one.id == norm.rule), None)
    for field, name in (("data", "things"), ("purposes", "purposes"), ("recipients", "recipients")):
        words = list(_named(getattr(rule, name), policy)) if rule else []
        for word in words if len(words) > 1 else ():
            yield word, replace(norm, **{field: table.below(field, word)})  # type: ignore[arg-type]


def _inside(norm: Norm, other: Norm) -> bool:
    return (
        _within(norm.verbs, other.verbs)
        and _within(norm.data, other.data)
        and _within(norm.purposes, other.purposes)
        and _within(norm.recipients, other.recipients)
    )


def _within(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one set of words is part of another; `ANY` is part of nothing but itself."""
    return others == ANY or (words != ANY and words <= others)


def _always(other: Norm, norm: Norm, seen: _Implied) -> bool:
    """Whether the prohibition applies, and nothing lifts it, wherever the permission holds."""
    if not seen.by(norm.condition, other.condition):
        return False
    return not other.lifts or all(_unlifted(other, point) for point in _points(norm))


def _points(norm: Norm) -> Iterator[dict[str, str]]:
    """The points of a permission, as far as it names them."""
    named = {"data": norm.data, "purpose": norm.purposes, "recipient": norm.recipients}
    names = [name for name, words in named.items() if words != ANY]
    for words in product(*(sorted(named[name]) for name in names)):
        yield dict(zip(names, words, strict=True))


def _unlifted(other: Norm, point: dict[str, str]) -> bool:
    return all(partial(lift.condition, point) == NEVER for lift in other.lifts)


def _twice(table: Table, policy: Policy) -> Iterator[Finding]:
    groups: dict[object, list[Norm]] = defaultdict(list)
    for norm in table.norms:
        if not norm.derived:
            groups[same(norm)].append(norm)
    for norms in groups.values():
        promises = list(dict.fromkeys(norm.promise for norm in norms))
        if len(norms) > 1:
            message = f"{', '.join(f'`{norm.rule}`' for norm in norms)} say the same"
            hint = "keep one, and bind the other sentences to it"
            yield _finding(("duplicate", "duplicate-rule", "info"), (message, hint), promises, policy)


def _clashing(policy: Policy) -> Iterator[Finding]:
    """The same duty with two deadlines, or a longest period that ends before the shortest."""
    groups: dict[object, list[tuple[Promise, Rule]]] = defaultdict(list)
    for promise in policy.promises:
        for rule in promise.rules:
            if (
                rule.mode == "must"
                and rule.trigger
                and rule.deadline
                and rule.deadline.span
                and not _reminds(rule)
            ):
                key = (
                    rule.trigger,
                    rule.verb,
                    rule.things,
                    rule.about,
                    rule.places,
                    rule.channels,
                    rule.subjects,
                    rule.recipients,
                    rule.condition,
                    rule.deadline.kind,
                    rule.deadline.event,
                )
                groups[key].append((promise, rule))
    for owed in groups.values():
        spans = {rule.deadline.span.days for _, rule in owed if rule.deadline and rule.deadline.span}
        if len(spans) > 1:
            names = ", ".join(f"`{rule.id}` ({rule.deadline.span})" for _, rule in owed if rule.deadline)
            message = f"the same duty has two deadlines: {names}"
            yield _finding(
                ("contradiction", "deadline-conflict", "block"),
                (message, "keep the one that is meant"),
                (p.id for p, _ in owed),
                policy,
            )


def _reminds(rule: Rule) -> bool:
    """Whether a duty is a message for a day ahead of an event: several of them are several messages."""
    verb = verbs.verbs().get(rule.verb)
    about_data = verb is not None and verb.data
    return rule.deadline is not None and rule.deadline.kind == "before" and not about_data


def _kept_for_ever(table: Table, policy: Policy) -> Iterator[Finding]:
    """Data that is collected and never erased, anonymised or given a period."""
    ended: set[str] = set()
    for promise in policy.promises:
        for rule in _with_followers(promise.rules):
            ends = rule.mode == "must" and rule.verb in {"erase", "anonymise"} and _of_everybody(rule)
            if ends or (rule.verb in {"retain", "store"} and rule.until is not None):
                for thing in rule.things:
                    ended |= table.below("data", thing) if not _prefixed(thing) else set()
    # a list that the policy defines is ended when its members are
    personal = table.below("data", "personal-data") - {group.term.key for group in policy.groups}
    left: dict[str, list[str]] = {}
    for norm in table.norms:
        if norm.allow and norm.verbs == verbs.covers("collect") and norm.data != ANY:
            missing = {term for term in norm.data & personal if term not in ended}
            if missing:
                left.setdefault(norm.promise, []).extend(_broadest(missing, table)[:_SHOWN])
    if left:
        some = ", ".join(
            f"`{term}`"
            for term in list(dict.fromkeys(term for terms in left.values() for term in terms))[:_SHOWN]
        )
        message = f"data is collected that no rule erases by itself, anonymises or gives a period: {some}"
        hint = "add `may retain ... until TIME after EVENT` or `must erase ...` for it"
        yield _finding(("missing-mandatory", "retention-missing", "warn"), (message, hint), left, policy)


def _broadest(terms: set[str], table: Table) -> list[str]:
    """The terms without those that another one of them covers, sorted."""
    above = {term: {one.key for one in table.vocabulary.above("data", term)} for term in terms}
    return sorted(term for term in terms if above[term].isdisjoint(terms))


def _prefixed(thing: str) -> bool:
    return ":" in thing


def _of_everybody(rule: Rule) -> bool:
    """Whether an erasure comes to everybody's data in time: not only on request, and not only in special cases."""
    trigger = rule.trigger
    if rule.condition != ALWAYS or (trigger is not None and trigger.condition != ALWAYS):
        return False
    event = "" if trigger is None else trigger.event
    return not event.startswith(("request-", "opt-out", "consent-", "age-")) and not event.endswith(
        "-opt-out"
    )


def _with_followers(rules: Iterable[Rule]) -> Iterator[Rule]:
    """The rules, and what follows them: what comes when a hold ends (`then`) comes to nobody to whom the duty does not."""
    for rule in rules:
        yield rule
        if _of_everybody(rule):
            yield from _all_rules((*rule.held, *rule.then, *rule.otherwise))


def _all_rules(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        yield from _all_rules((*rule.held, *rule.then, *rule.otherwise))


def _unused(table: Table, policy: Policy) -> Iterator[Finding]:
    """Data that may be collected, but that nothing may be done with."""
    used: set[str] = set()
    anything = False
    for norm in table.norms:
        if norm.allow and "use" in norm.verbs | {"use"} and not norm.verbs <= verbs.covers("collect"):
            used |= norm.data
            anything = anything or norm.data == ANY
    if anything:
        return
    for norm in table.norms:
        if (
            norm.allow
            and norm.verbs == verbs.covers("collect")
            and norm.data != ANY
            and norm.data.isdisjoint(used)
        ):
            message = f"`{norm.rule}` collects data that no rule uses"
            hint = "say what it is for with `may use ... for ...`, or do not collect it"
            yield _finding(
                ("open-ended", "collected-unused", "warn"), (message, hint), (norm.promise,), policy
            )


def _special(table: Table, policy: Policy) -> Iterator[Finding]:
    """Sensitive data collected or used without explicit consent."""
    for promise in policy.promises:
        for rule in promise.rules:
            if rule.mode not in {"may", "only"} or not verbs.covers("collect") | verbs.covers("use") >= {
                rule.verb
            }:
                continue
            named = [
                t
                for t in _named(rule.things, policy)
                if table.vocabulary.get("data", t).sensitivity in SPECIAL
            ]
            if named and not _asks_consent(rule, table):
                terms = ", ".join(f"`{term}`" for term in named[:4])
                message = f"`{rule.id}` allows sensitive data ({terms}) without explicit consent"
                hint = "write `on explicit-consent`, or the basis that the law gives, and note it"
                yield _finding(
                    ("missing-mandatory", "sensitive-consent-rule", "warn"),
                    (message, hint),
                    (promise.id,),
                    policy,
                )


def _named(things: Iterable[str], policy: Policy) -> Iterator[str]:
    """The data a rule names, a list that the policy defines as its members."""
    groups = {group.term.key: group.members for group in policy.groups}
    for thing in things:
        if not _prefixed(thing):
            yield from _named(groups[thing], policy) if thing in groups else (thing,)


def _asks_consent(rule: Rule, table: Table) -> bool:
    """Whether explicit consent is the basis of a permission, or its condition."""
    based = any(consent_for(basis, table.vocabulary) == ("explicit",) for basis in rule.bases)
    return based or any(t.fact == "consent" and set(t.values) == {"explicit"} for t in tests(rule.condition))


def _service_notices(table: Table, policy: Policy) -> Iterator[Finding]:
    if table.vocabulary.find("purpose", "service-notice") is None:
        return
    notices = table.vocabulary.covers("purpose", "service-notice")
    for norm in table.norms:
        if norm.derived == "stopped" and norm.purposes != ANY and not norm.purposes.isdisjoint(notices):
            message = f"the opt-out of `{norm.rule}` also stops service notices"
            hint = "stop the marketing purposes only; notices about the service must still arrive"
            yield _finding(
                ("contradiction", "optout-stops-notices", "warn"), (message, hint), (norm.promise,), policy
            )


def _empty(policy: Policy) -> Iterator[Finding]:
    """Conditions that no case can meet, so that the rule says nothing, and holds that every case meets."""
    for promise in policy.promises:
        if promise.draft is not None:
            continue
        for rule in _all_rules(promise.rules):
            trigger = rule.trigger.condition if rule.trigger else ALWAYS
            named = [(f"`{rule.id}`", both(rule.condition, trigger))]
            named += [
                (f"the exception `{one.name}` of `{rule.id}`", one.condition) for one in rule.exceptions
            ]
            named += [(f"the hold `{one.name}` of `{rule.id}`", one.condition) for one in rule.holds]
            for what, condition in named:
                if _impossible(condition):
                    message = f"{what} never applies: no case meets its condition"
                    about: tuple[str, str, Severity] = ("contradiction", "never-applies", "warn")
                    yield _finding(about, (message, "correct the condition"), [promise.id], policy)
            for one in rule.holds:
                if one.most is None and _impossible(Not(one.condition)):
                    message = (
                        f"the hold `{one.name}` of `{rule.id}` never ends: every case meets its condition"
                    )
                    about = ("contradiction", "never-applies", "warn")
                    yield _finding(about, (message, "name the case, or a longest time"), [promise.id], policy)


def _impossible(condition: Condition) -> bool:
    """Whether no case can meet a condition; not looked at where it compares words, which cover one another."""
    if len({one.fact for one in tests(condition)}) == sum(1 for _ in tests(condition)):
        return condition == NEVER  # every fact is asked once, so that each can be as it is asked
    if any(one.fact in TERM_FACTS for one in tests(condition)):
        return False
    return beyond(condition, NEVER) is None


def _open_lists(policy: Policy) -> Iterator[Finding]:
    for promise in policy.promises:
        for rule in promise.rules:
            if rule.open:
                message = f"`{rule.id}` is an open list: the text allows more, and decisions allow only what is named"
                yield _finding(
                    ("open-ended", "open-list", "info"),
                    (message, "name everything that is meant"),
                    (promise.id,),
                    policy,
                )


def _relative_places(policy: Policy) -> Iterator[Finding]:
    """A rule for "third countries": no country is one by itself, so that a prohibition would never meet one."""
    for promise in policy.promises:
        for rule in promise.rules:
            named = [test for part in _conditions(rule) for test in tests(part) if test.fact == "place"]
            if _RELATIVE in rule.places or any(_RELATIVE in test.values for test in named):
                message = (
                    f"`{rule.id}` speaks of `{_RELATIVE}`, and no country is one by itself: "
                    "it does not meet `united-states` or `hong-kong`"
                )
                hint = 'write `unless place is european-economic-area`, or list the countries: `define "Third Countries" = ...`'
                yield _finding(
                    ("undefined-term", "place-relative", "warn"), (message, hint), (promise.id,), policy
                )


def _conditions(rule: Rule) -> Iterator[Condition]:
    yield rule.condition
    yield from (one.condition for one in rule.exceptions)
    if rule.until is not None:
        yield rule.until
