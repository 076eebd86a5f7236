"""What is owed: the duties of two versions compared.

Duties of the two versions belong together when they start with the same event and owe the same act on the same thing.
Everything else about them (deadline, holds, exceptions, channels, measures, what is told and recorded) has a direction:
better or worse for the person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from troth.decision.space import beyond
from troth.model.change import Change, Direction
from troth.model.condition import ALWAYS, NEVER, Any_, Condition, Not, both, canonical
from troth.model.policy import Deadline, Exemption, Policy, Promise, Rule, Trigger, vocabulary_of
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

KEEPING = frozenset({"erase", "anonymise", "aggregate"})  # their deadlines are retention periods


@dataclass(frozen=True, slots=True)
class Duty:
    """A `must` rule with the promise it stands in."""

    promise: Promise
    rule: Rule
    vocabulary: Vocabulary

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two duties the same one: event, argument and act."""
        trigger = self.rule.trigger
        return (trigger.event if trigger else "", trigger.argument if trigger else "", self.rule.verb)


def owed(old: Policy, new: Policy) -> tuple[Change, ...]:
    """The changes of what is owed, with a witness each."""
    left = list(_duties(old))
    come = list(_duties(new))
    pairs, lost, added = _pair(left, come)
    changes = [change for before, after in pairs for change in _changes(before, after)]
    changes += [_gone(duty, come) for duty in lost]
    changes += [_new(duty) for duty in added]
    changes += _noted(old, new)
    return tuple(changes)


def _duties(policy: Policy) -> Iterator[Duty]:
    vocabulary = vocabulary_of(policy)
    for promise in policy.promises:
        if promise.draft is None:
            for rule in promise.rules:
                if rule.mode == "must":
                    yield from (Duty(promise, one, vocabulary) for one in (rule, *_followers(rule)))


def _followers(rule: Rule) -> Iterator[Rule]:
    """What is owed after the holds have ended, or instead: duties of their own, started by the same event."""
    event = rule.trigger.event if rule.trigger else ""
    condition = rule.trigger.condition if rule.trigger else ALWAYS
    for name, followers in (("then", rule.then), ("otherwise", rule.otherwise)):
        yield from (
            replace(one, trigger=Trigger(event, name, condition)) for one in followers if one.mode == "must"
        )


def _pair(left: list[Duty], come: list[Duty]) -> tuple[list[tuple[Duty, Duty]], list[Duty], list[Duty]]:
    """Each old duty with the new one most like it; duties that did not change are set aside first."""
    before, after = [_content(duty) for duty in left], [_content(duty) for duty in come]
    kept = Counter(before) & Counter(after)
    left = list(_without(left, before, kept.copy()))
    come = list(_without(come, after, kept.copy()))
    scored = sorted(
        (-_likeness(one, other), place, where)
        for place, one in enumerate(left)
        for where, other in enumerate(come)
        if one.key == other.key
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for score, place, where in scored:
        if place not in taken and where not in used and score < 0:
            taken[place] = where
            used.add(where)
    pairs = [(left[place], come[where]) for place, where in sorted(taken.items())]
    lost = [duty for place, duty in enumerate(left) if place not in taken]
    return pairs, lost, [duty for where, duty in enumerate(come) if where not in used]


def _without(duties: list[Duty], contents: list[str], kept: Counter[str]) -> Iterator[Duty]:
    for duty, content in zip(duties, contents, strict=True):
        if kept[content] > 0:
            kept[content] -= 1
        else:
            yield duty


def _content(duty: Duty) -> str:
    """All that the duty says, without the name it has in its promise."""
    return repr(replace(duty.rule, id="", held=(), then=(), otherwise=()))


def _likeness(one: Duty, other: Duty) -> float:
    mine, yours = one.rule, other.rule
    score = 1.0 * (one.promise.id == other.promise.id) + 4.0 * (mine.things == yours.things)
    left, right = set(mine.things), set(yours.things)
    shared = len(_below(left, "things", one.vocabulary) & _below(right, "things", other.vocabulary))
    score += 2.0 * len(left & right) / max(len(left | right), 1)
    for name in ("recipients", "condition", "deadline", "channels", "purposes", "about"):
        score += 0.5 * (getattr(mine, name) == getattr(yours, name))
    return score if shared or mine.things == yours.things else 0.0


def _changes(old: Duty, new: Duty) -> Iterator[Change]:
    yield from _deadline(old, new)
    yield from _sets(old, new)
    yield from _exemptions(old, new, "hold")
    yield from _exemptions(old, new, "exception")
    yield from _applies(old, new)
    yield from _measures(old, new)


def _change(
    duty: Duty, kind: str, way: tuple[Direction, str], message: str, witness: dict[str, object]
) -> Change:
    """A change of a duty; `way` is its direction and its effect."""
    promise = duty.promise
    direction, effect = way
    return Change(kind, direction, effect, promise.id, promise.sentences, message, witness, promise.kind)


def _situation(duty: Duty, **more: object) -> dict[str, object]:
    trigger = duty.rule.trigger
    event = f"{trigger.event} {trigger.argument}".strip() if trigger else "at any time"
    return {"situation": event, "duty": f"{duty.rule.verb} {', '.join(duty.rule.things)}".strip(), **more}


def _deadline(old: Duty, new: Duty) -> Iterator[Change]:
    was, now = old.rule.deadline, new.rule.deadline
    if was == now or (was and now and _moment(was) == _moment(now)):
        return
    kinds = {one.kind for one in (was, now) if one is not None}
    keeping = new.rule.verb in KEEPING and not kinds.isdisjoint({"after", "at-least"})
    kind = "retention" if keeping else "deadline"
    witness = _situation(new, old=said(was), new=said(now))
    direction, effect = _slower(
        was, now, keeping=new.rule.verb in KEEPING or new.rule.verb in {"retain", "store"}
    )
    message = f"`{new.promise.id}`: {new.rule.verb} {said(now)} (was: {said(was)})"
    yield _change(new, kind, (direction, effect), message, witness)


def _moment(deadline: Deadline) -> tuple[str, str, str, float]:
    """What a deadline comes to: 30 days are 720 hours, at once is within no time."""
    kind = "within" if deadline.kind == "at-once" else deadline.kind
    return kind, deadline.event, deadline.table, round(_days(deadline), 6)


def _slower(was: Deadline | None, now: Deadline | None, *, keeping: bool) -> tuple[Direction, str]:
    """Whether the new deadline is worse for the person; `keeping` for duties that end or require storage."""
    if now is None:
        return "weaker", "longer"
    if was is None:
        return "stronger", "shorter"
    before, after = _days(was), _days(now)
    if before == after:
        return "weaker", "weaker"  # another event or kind: to be looked at
    # a longer notice ahead, and a longer minimum of what is done for the person, are better
    better_long = was.kind == now.kind and (was.kind == "before" or (was.kind == "at-least" and not keeping))
    longer = after > before
    return ("stronger" if longer == better_long else "weaker"), ("longer" if longer else "shorter")


def _days(deadline: Deadline) -> float:
    return deadline.span.days if deadline.span else 0.0


def said(deadline: Deadline | None) -> str:
    """A deadline in words."""
    if deadline is None:
        return "no deadline"
    span = str(deadline.span) if deadline.span else ""
    event = deadline.event.replace("-", " ")
    match deadline.kind:
        case "within":
            return f"within {span}" + (f" of {event}" if event else "")
        case "before":
            return f"{span} before {event}".strip()
        case "after":
            return f"{span} after {event}".strip()
        case "at-least":
            return f"at least {span}" + (f" after {event}" if event else "")
        case "every":
            return f"every {span}"
        case "at-once":
            return "at once"
        case _:
            return f"after {event} from {deadline.table}"


_SETS = (
    ("things", "duty"), ("channels", "channel"), ("recipients", "recipient"), ("purposes", "purpose"),
    ("about", "notice"), ("sources", "channel"), ("subjects", "duty"),
)  # fmt: skip


def _sets(old: Duty, new: Duty) -> Iterator[Change]:
    """Lists of a duty: what is left out of one is owed no more. An empty list is no limit, but for channels and about."""
    for name, kind in _SETS:
        was, now = set(getattr(old.rule, name)), set(getattr(new.rule, name))
        if was == now:
            continue
        lost = was - _below(now, name, new.vocabulary)
        gained = now - _below(was, name, old.vocabulary)
        if name in {"recipients", "purposes", "sources", "subjects"}:
            # naming none is no limit
            lost = ({"anything else"} if not was else lost) if now else set()
            gained = ({"anything else"} if not now else gained) if was else set()
        yield from _lost_and_gained(new, kind, lost, gained, name)
    for name, kind in (("tell", "notice"), ("record", "duty")):
        was, now = _items(old.rule, name), _items(new.rule, name)
        yield from _lost_and_gained(new, kind, was - now, now - was, name)


_FACETS: dict[str, tuple[Facet, ...]] = {
    "channels": ("channel", "recipient", "subject"), "recipients": ("recipient", "subject"), "purposes": ("purpose",),
    "sources": ("recipient", "subject", "thing", "place", "channel", "data"), "subjects": ("subject",),
}  # fmt: skip


def _below(words: set[str], name: str, vocabulary: Vocabulary) -> set[str]:
    """The words and everything they cover: a duty for a wider term is also one for the narrower."""
    found = set(words)
    for word in words:
        prefix, _, key = word.rpartition(":")
        facets: tuple[Facet, ...] = _FACETS.get(name, ("data",) if not prefix else (prefix,))  # type: ignore[arg-type]
        facet = next((one for one in facets if vocabulary.find(one, key) is not None), None)
        if facet is not None:
            lead = f"{prefix}:" if prefix else ""
            found |= {f"{lead}{one}" for one in vocabulary.covers(facet, key)}
    return found


def _items(rule: Rule, name: str) -> set[str]:
    """What is told or recorded, also in an exception or a hold; "2 approvers" are one and a second one."""
    found = _said_of(rule, name)
    for one in (*rule.exceptions, *rule.holds):
        found |= {f"{what} in an exception" for what in _said_of(one, name)}
    return found


def _said_of(one: Rule | Exemption, name: str) -> set[str]:
    if name == "tell":
        return {f"{notice.who}: {what}" for notice in one.tell for what in notice.what}
    more = {f"{number} of {item.what}" for item in one.record for number in range(2, int(item.count) + 1)}
    return {item.what for item in one.record} | more


def _noted(old: Policy, new: Policy) -> Iterator[Change]:
    """What must be recorded or told when something is done that a rule permits or an exception lets through."""
    left, come = _ruled(old), _ruled(new)
    kept = {key for key in left.keys() & come.keys() if left[key].rule == come[key].rule}
    before, after = (_by_core(one for key, one in side.items() if key not in kept) for side in (left, come))
    for core, was in before.items():
        now = after.get(core)
        if now is not None:
            for name, kind in (("tell", "notice"), ("record", "duty")):
                mine, yours = _items(was.rule, name), _items(now.rule, name)
                yield from _lost_and_gained(now, kind, mine - yours, yours - mine, name)


def _ruled(policy: Policy) -> dict[tuple[str, str], Duty]:
    """The rules that oblige nobody by themselves, by their promise and name."""
    vocabulary = vocabulary_of(policy)
    return {
        (promise.id, rule.id): Duty(promise, rule, vocabulary)
        for promise in policy.promises
        for rule in (promise.rules if promise.draft is None else ())
        if rule.mode != "must"
    }


def _by_core(duties: Iterable[Duty]) -> dict[str, Duty]:
    """Rules by what they are about; of several that say the same, one with all that they record and tell."""
    found: dict[str, Duty] = {}
    for one in duties:
        core = _core(one)
        same = found.get(core)
        if same is not None:
            record, tell = (*same.rule.record, *one.rule.record), (*same.rule.tell, *one.rule.tell)
            found[core] = replace(same, rule=replace(same.rule, record=record, tell=tell))
        else:
            found[core] = one
    return found


def _core(duty: Duty) -> str:
    """What a rule is about, without what is recorded and told, its name, its basis and its notes."""
    rule = duty.rule
    cases = sorted(repr(canonical(one.condition)) for one in (*rule.exceptions, *rule.holds))
    trigger = (
        (rule.trigger.event, rule.trigger.argument, canonical(rule.trigger.condition)) if rule.trigger else ()
    )
    lists = [
        sorted(getattr(rule, name))
        for name in ("things", "purposes", "recipients", "channels", "places", "inside")
    ]
    until = canonical(rule.until) if rule.until is not None else None
    return repr((rule.mode, rule.verb, lists, trigger, canonical(rule.condition), until, cases))


def _lost_and_gained(duty: Duty, kind: str, lost: set[str], gained: set[str], name: str) -> Iterator[Change]:
    ways: tuple[tuple[set[str], Direction, str], ...] = (
        (lost, "weaker", "no longer"),
        (gained, "stronger", "now also"),
    )
    for words, direction, verb in ways:
        if words:
            shown = ", ".join(sorted(words))
            message = f"`{duty.promise.id}`: {duty.rule.verb} {verb} covers {shown} ({name})"
            sides = {
                "old": shown if direction == "weaker" else "",
                "new": "" if direction == "weaker" else shown,
            }
            yield _change(duty, kind, (direction, direction), message, _situation(duty, part=name, **sides))


def _exemptions(old: Duty, new: Duty, kind: str) -> Iterator[Change]:
    """Holds or exceptions: one case more in which the duty waits or falls away is weaker."""
    was: tuple[Exemption, ...] = old.rule.holds if kind == "hold" else old.rule.exceptions
    now: tuple[Exemption, ...] = new.rule.holds if kind == "hold" else new.rule.exceptions
    before, after = _any(was), _any(now)
    ways: tuple[tuple[Condition, Condition, Direction, tuple[Exemption, ...]], ...] = (
        (after, before, "weaker", now),
        (before, after, "stronger", was),
    )
    for wide, narrow, direction, names in ways:
        case = beyond(wide, narrow)
        if case is not None:
            other = {one.name for one in (was if names is now else now)}
            which = [one.name for one in names if one.name not in other] or [one.name for one in names]
            how = "added or widened" if direction == "weaker" else "removed or narrowed"
            message = f"`{new.promise.id}`: {kind} {', '.join(which)} {how}"
            free = "waits" if kind == "hold" else "does not apply"
            sides = ("is owed", free) if direction == "weaker" else (free, "is owed")
            yield _change(
                new,
                kind,
                (direction, direction),
                message,
                _situation(new, facts=case, old=sides[0], new=sides[1]),
            )
    yield from _longest(was, now, new, kind)


def _longest(was: Iterable[Exemption], now: Iterable[Exemption], duty: Duty, kind: str) -> Iterator[Change]:
    before = {one.name: one.most for one in was}
    for one in now:
        if one.name in before and one.most != before[one.name]:
            old = before[one.name]
            longer = one.most is None or (old is not None and one.most.days > old.days)
            message = f"`{duty.promise.id}`: {kind} {one.name} may last {one.most or 'without end'} (was: {old or 'without end'})"
            direction: Direction = "weaker" if longer else "stronger"
            yield _change(
                duty,
                kind,
                (direction, "longer" if longer else "shorter"),
                message,
                _situation(duty, old=str(old), new=str(one.most)),
            )


def _any(exemptions: Iterable[Exemption]) -> Condition:
    conditions = tuple(one.condition for one in exemptions)
    return Any_(conditions) if conditions else NEVER


def _applies(old: Duty, new: Duty) -> Iterator[Change]:
    """The condition under which the duty exists: fewer cases is weaker."""
    before, after = _condition(old.rule), _condition(new.rule)
    ways: tuple[tuple[Condition, Condition, Direction], ...] = (
        (before, after, "weaker"),
        (after, before, "stronger"),
    )
    for wide, narrow, direction in ways:
        case = beyond(wide, narrow)
        if case is not None:
            message = f"`{new.promise.id}`: {new.rule.verb} is owed in {'fewer' if direction == 'weaker' else 'more'} cases"
            sides = ("is owed", "is not owed") if direction == "weaker" else ("is not owed", "is owed")
            witness = _situation(new, facts=case, old=sides[0], new=sides[1])
            yield _change(new, "condition", (direction, direction), message, witness)


def _condition(rule: Rule) -> Condition:
    parts = [rule.condition]
    if rule.trigger:
        parts.append(rule.trigger.condition)
    if rule.until is not None:
        parts.append(Not(rule.until))
    return both(*parts)


def _measures(old: Duty, new: Duty) -> Iterator[Change]:
    was = {measure.key: measure.number for measure in old.rule.measures}
    now = {measure.key: measure.number for measure in new.rule.measures}
    yield from _lost_and_gained(new, "measure", set(was) - set(now), set(now) - set(was), "measures")
    for key in sorted(set(was) & set(now)):
        before, after = was[key] or 0, now[key] or 0
        if before != after:
            direction: Direction = "weaker" if after < before else "stronger"
            message = f"`{new.promise.id}`: {key} {after:g} (was: {before:g})"
            yield _change(
                new, "measure", (direction, direction), message, _situation(new, old=before, new=after)
            )


def _gone(duty: Duty, come: Iterable[Duty]) -> Change:
    del come
    message = f"`{duty.promise.id}`: no longer owed: {describe(duty.rule)}"
    witness = _situation(duty, old=describe(duty.rule), new="nothing is owed")
    return _change(duty, "duty", ("weaker", "weaker"), message, witness)


def _new(duty: Duty) -> Change:
    message = f"`{duty.promise.id}`: now owed: {describe(duty.rule)}"
    witness = _situation(duty, old="nothing is owed", new=describe(duty.rule))
    return _change(duty, "duty", ("stronger", "stronger"), message, witness)


def describe(rule: Rule) -> str:
    """A duty in a few words, for messages."""
    things = ", ".join(thing.rpartition(":")[2] for thing in rule.things)
    when = f" when {rule.trigger.event.replace('-', ' ')}" if rule.trigger and rule.trigger.event else ""
    due = f" {said(rule.deadline)}" if rule.deadline else ""
    return f"{rule.verb} {things}{due}{when}".replace("  ", " ")
