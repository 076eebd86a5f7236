"""What is owed: the duties of two versions compared.

A duty of the old version is still owed where some duty of the new one, started by the same event and of the same act,
covers the same thing and is nowhere worse for the person; else what is worse about the nearest one is told, or that it is
gone. The other way round for what is owed anew. How a version divides its duties among rules makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf

from troth.decision.duty import KEPT, SETS, Duty, Moment, days, duties, moment, unclear
from troth.decision.footing import items, lost
from troth.decision.formula import Budget, Unsettled
from troth.decision.space import exceeding
from troth.model import verb as verbs
from troth.model.change import WEAKENING, Change, Direction
from troth.model.condition import Any_, Condition, FactValue, both, canonical, truth
from troth.model.policy import Deadline, Exemption, Policy, Rule

ENDING = frozenset({"erase", "anonymise", "aggregate"})  # their deadlines are retention periods
_OPPOSITE: dict[Direction, Direction] = {"weaker": "stronger", "stronger": "weaker"}


def owed(old: Policy, new: Policy, budget: Budget | None = None) -> tuple[Change, ...]:
    """The changes of what is owed, with a witness each; `budget` is what may still be looked at."""
    left, come = list(duties(old)), list(duties(new))
    # with the same words of their own, rules that read alike cover alike
    alike = (old.vocabulary, old.terms, old.groups) == (new.vocabulary, new.terms, new.groups)
    same = _unchanged(left, come) if alike else set[tuple[str, str, bool]]()
    left, come = _started(left, come, same), _started(come, left, same)
    before, after = ([one for one in side if one.name not in same] for side in (left, come))
    kept = {one.content() for one in before} & {one.content() for one in after}
    matching = _Matching(left, come, budget or Budget())
    found: dict[tuple[str, ...], Change] = {}
    for side, some in enumerate((before, after)):
        for duty in some:
            for change in matching.changes(duty, side) if duty.content() not in kept else ():
                found.setdefault((change.promise, change.kind, change.direction, change.message), change)
    return tuple(found.values())


def _started(some: list[Duty], others: list[Duty], same: set[tuple[str, str, bool]]) -> list[Duty]:
    """Duties whose time counts from an event, as the other version writes them: as ones that the event starts."""
    own, known = {one.key for one in some}, {one.key for one in others}
    found = []
    for duty in some:
        if duty.name in same:
            found.append(duty)
            continue
        started = duty.started()
        found.append(started if started.key == duty.key or started.key in known - own else duty)
    return found


def _unchanged(left: list[Duty], come: list[Duty]) -> set[tuple[str, str, bool]]:
    """The names of rules that both versions have and write alike: most of them, so the rest is looked at closely."""
    old, new = ({one.name: one.rule for one in side} for side in (left, come))
    return {name for name in old.keys() & new.keys() if old[name] == new[name]}


class _Matching:
    """The duties of both versions by what they are about."""

    def __init__(self, left: list[Duty], come: list[Duty], budget: Budget) -> None:
        self._budget = budget
        self._sides = tuple(defaultdict[tuple[object, ...], list[Duty]](list) for _ in range(2))
        for side, some in zip(self._sides, (left, come), strict=True):
            for duty in some:
                side[duty.key].append(duty)
        self._joined: dict[tuple[int, tuple[object, ...]], list[Duty]] = {}
        self._between: dict[tuple[int, int], tuple[Change, ...]] = {}

    def changes(self, duty: Duty, side: int) -> Iterator[Change]:
        """What became worse (better, for adverse ones) about an old duty, side 0; the other way round for a new one, 1."""
        worse = duty.adverse == (side == 1)
        whole = set(duty.sets["things"]) or {""}
        alike = [one for one in self._others(duty, side) if _uncovered(whole, duty, one) != whole]
        others = sorted(self._in_turn(duty, side, alike), key=lambda one: -_likeness(duty, one))
        uncovered, told = whole, list[tuple[Duty, list[Change]]]()
        for other in others:
            if not uncovered:
                return
            pair = (duty, other) if side == 0 else (other, duty)
            found = [one for one in self._compared(*pair) if (one.direction in WEAKENING) == worse]
            if found:
                told.append((other, found))
            else:
                uncovered = _uncovered(uncovered, duty, other)
        for other, found in told:
            rest = _uncovered(uncovered, duty, other)
            if rest != uncovered:
                yield from found
                uncovered = rest
        if uncovered:
            yield _alone(duty, side, uncovered, others)

    def _in_turn(self, duty: Duty, side: int, others: list[Duty]) -> list[Duty]:
        """The others without those that stand for another message: a reminder a month ahead is none a week ahead."""
        if not _message(duty):
            return others
        mine, yours = (
            {moment(one.rule.deadline) for one in some if _repeats(duty, one)}
            for some in (self._sides[side].get(duty.key, []), others)
        )
        both_have = mine & yours
        pairs = zip(_ahead(mine - both_have), _ahead(yours - both_have), strict=False)
        turn = {**{one: one for one in both_have}, **dict(pairs)}.get(moment(duty.rule.deadline))
        return [one for one in others if not _repeats(duty, one) or moment(one.rule.deadline) == turn]

    def _others(self, duty: Duty, side: int) -> list[Duty]:
        """The duties of the other version that may be the same one, also several rules taken together."""
        key = (1 - side, duty.key)
        if key not in self._joined:
            self._joined[key] = _joined(self._sides[1 - side].get(duty.key, []))
        return self._joined[key]

    def _compared(self, old: Duty, new: Duty) -> tuple[Change, ...]:
        key = (id(old), id(new))
        if key not in self._between:
            self._between[key] = tuple(_changes(old, new, self._budget))
        return self._between[key]


def _joined(some: list[Duty]) -> list[Duty]:
    """The duties, and what those say together that differ in one list only ("by email" and "by post")."""
    found = list(some)
    for name in SETS if len(some) > 1 else ():
        if name == "places" and _about_data(some[0]):
            continue  # a place where data is kept confines
        groups: dict[tuple[object, ...], list[Duty]] = defaultdict(list)
        for one in found:
            if one.sets[name]:
                groups[one.content(without=name)].append(one)
        for group in groups.values():
            if len(group) > 1:
                words = dict.fromkeys(word for one in group for word in getattr(one.rule, name))
                found.append(group[0].with_words(name, words))
    return found


def _message(duty: Duty) -> bool:
    """Whether a duty is a message for a day before an event: several of them are several messages."""
    deadline = duty.rule.deadline
    return deadline is not None and deadline.kind == "before" and not _about_data(duty)


def _repeats(duty: Duty, other: Duty) -> bool:
    """Whether another duty is the same message on another day: of the same event, of the same thing, in the same case."""
    one, two = duty.rule.deadline, other.rule.deadline
    return (
        one is not None
        and two is not None
        and (one.kind, one.event) == (two.kind, two.event)
        and (not duty.sets["things"] or not duty.sets["things"].isdisjoint(other.sets["things"]))
        and canonical(duty.condition) == canonical(other.condition)
    )


def _ahead(moments: Iterable[Moment]) -> list[Moment]:
    """The longest time ahead first."""
    return sorted(moments, key=lambda one: -one[3] if one else 0.0)


def _about_data(duty: Duty) -> bool:
    verb = verbs.verbs().get(duty.rule.verb)
    return verb is not None and verb.data


def _uncovered(words: set[str], duty: Duty, other: Duty) -> set[str]:
    """Those things of a duty that another version's duty does not cover; a duty that names none covers all."""
    things = other.sets["things"]
    if not things:
        return set()
    return duty.lexicon.missing(words, things, "things", other.lexicon)


def _likeness(one: Duty, other: Duty) -> float:
    mine, yours = one.rule, other.rule
    score = 1.0 * (one.promise.id == other.promise.id) + 4.0 * (one.sets["things"] == other.sets["things"])
    left, right = set(mine.things), set(yours.things)
    score += 2.0 * len(left & right) / max(len(left | right), 1)
    for name in ("recipients", "condition", "deadline", "channels", "purposes", "about"):
        score += 0.5 * (getattr(mine, name) == getattr(yours, name))
    return score


def _alone(duty: Duty, side: int, words: set[str], others: list[Duty]) -> Change:
    """A duty, or some of its things, that the other version does not have."""
    way: Direction = "weaker" if side == 0 else "stronger"
    # what is kept may be kept for the person: to keep more is worse, and no longer to keep it is a lost duty all the same
    if duty.adverse and not (side == 0 and duty.rule.verb in KEPT):
        way = _OPPOSITE[way]
    if others:
        home = others[0] if side == 0 else duty
        lost, gained = (words, set[str]()) if side == 0 else (set[str](), words)
        (change,) = _lost_and_gained(home, "duty", (lost, gained), "things", duty)
        return change if change.direction == way else _turned(change)
    described = describe(duty.rule)
    said = "no longer owed" if side == 0 else "now owed"
    sides = (described, "nothing is owed") if side == 0 else ("nothing is owed", described)
    witness = _situation(duty, old=sides[0], new=sides[1])
    return _change(duty, "duty", (way, way), f"`{duty.promise.id}`: {said}: {described}", witness)


def _changes(old: Duty, new: Duty, budget: Budget) -> Iterator[Change]:
    """What two versions of a duty make different, but for its things."""
    yield from _deadline(old, new)
    for change in (
        *_sets(old, new),
        *_exemptions(old, new, "hold", budget),
        *_exemptions(old, new, "exception", budget),
        *_longest(old, new, budget),
        *_applies(old, new, budget),
    ):
        yield _turned(change) if new.adverse else change
    yield from _ways(old, new)
    yield from _measures(old, new)


def _turned(change: Change) -> Change:
    """The same change of a duty that is not for the person: the more of it, the worse."""
    way = _OPPOSITE[change.direction]
    effect = way if change.effect in _OPPOSITE else change.effect
    return replace(change, direction=way, effect=effect)


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
    if moment(was) == moment(now):
        return
    kinds = {one.kind for one in (was, now) if one is not None}
    verb = new.rule.verb
    kind = "retention" if verb in ENDING and not kinds.isdisjoint({"after", "at-least"}) else "deadline"
    witness = _situation(new, old=said(was), new=said(now))
    way = _slower(was, now, keeping=verb in ENDING or (verb in KEPT and new.adverse))
    message = f"`{new.promise.id}`: {verb} {said(now)} (was: {said(was)})"
    yield _change(new, kind, way, message, witness)


_LATEST = ("within", "at-once", "after")  # kinds that say the latest day, the sooner the better


def _slower(was: Deadline | None, now: Deadline | None, *, keeping: bool) -> tuple[Direction, str]:
    """Whether the new deadline is worse for the person; `keeping` for duties that end or require storage."""
    if now is None:
        return "weaker", "longer"
    if was is None:
        # what was owed without a date now waits for one
        waits = now.kind in {"after", "table"} or (now.kind == "at-least" and keeping)
        return ("weaker", "longer") if waits else ("stronger", "shorter")
    before, after = days(was), days(now)
    latest = was.kind in _LATEST and now.kind in _LATEST
    if (was.event, was.table) != (now.event, now.table) or not (latest or was.kind == now.kind):
        return "weaker", "weaker"  # another event or kind: to be looked at
    if before == after:
        return ("weaker", "longer") if now.kind == "after" else ("stronger", "shorter")
    # a longer notice ahead, and a longer minimum of what is done for the person, are better
    better_long = was.kind == now.kind and (was.kind == "before" or (was.kind == "at-least" and not keeping))
    longer = after > before
    return ("stronger" if longer == better_long else "weaker"), ("longer" if longer else "shorter")


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
    ("channels", "channel"), ("recipients", "recipient"), ("purposes", "purpose"), ("about", "notice"),
    ("sources", "channel"), ("subjects", "duty"), ("inside", "channel"),
)  # fmt: skip
_LIMITS = frozenset({"recipients", "purposes", "sources", "subjects", "inside"})


def _sets(old: Duty, new: Duty) -> Iterator[Change]:
    """Lists that say how far a duty goes: what is left out of one is owed no more."""
    for name, kind in _SETS:
        if name in _LIMITS:
            yield from _lost_and_gained(new, kind, _words(old, new, name, limit=True), name)


def _ways(old: Duty, new: Duty) -> Iterator[Change]:
    """How a duty is carried out: what is left out is lost, whoever it is for. The places of data confine it."""
    for name, kind in _SETS:
        if name not in _LIMITS:
            yield from _lost_and_gained(new, kind, _words(old, new, name, limit=False), name)
    confined = _about_data(new)
    for change in _lost_and_gained(new, "channel", _words(old, new, "places", limit=confined), "places"):
        yield _turned(change) if confined else change
    for name, kind in (("tell", "notice"), ("record", "duty")):
        was, now = items(old.rule, name), items(new.rule, name)
        yield from _lost_and_gained(new, kind, (set(lost(was, now)), set(lost(now, was))), name)
    if old.rule.no_opt_out != new.rule.no_opt_out:
        way: Direction = "weaker" if new.rule.no_opt_out else "stronger"
        message = f"`{new.promise.id}`: {new.rule.verb} can {'no longer' if way == 'weaker' else 'now'} be switched off"
        sides = {"old": not old.rule.no_opt_out, "new": not new.rule.no_opt_out}
        yield _change(new, "condition", (way, way), message, _situation(new, part="opt-out", **sides))
    yield from _bases(old, new)


def _bases(old: Duty, new: Duty) -> Iterator[Change]:
    before, after = (
        min((one.lexicon.vocabulary.get("basis", key).strength for key in one.rule.bases), default=0)
        for one in (old, new)
    )
    if before != after:
        way: Direction = "weaker" if after < before else "stronger"
        was, now = (", ".join(one.rule.bases) or "no basis named" for one in (old, new))
        message = f"`{new.promise.id}`: {new.rule.verb} rests on {now} (was: {was})"
        yield _change(new, "basis", (way, way), message, _situation(new, old=was, new=now))


def _words(old: Duty, new: Duty, name: str, *, limit: bool) -> tuple[set[str], set[str]]:
    """What a list lost and gained; where it is a limit, naming none is no limit."""
    was, now = old.sets[name], new.sets[name]
    if was == now:
        return set(), set()
    lost = old.lexicon.missing(was, now, name, new.lexicon)
    gained = new.lexicon.missing(now, was, name, old.lexicon)
    if limit:
        lost = (lost if was else {"anything else"}) if now else set()
        gained = (gained if now else {"anything else"}) if was else set()
    return lost, gained


def _lost_and_gained(
    duty: Duty, kind: str, sides: tuple[set[str], set[str]], name: str, named: Duty | None = None
) -> Iterator[Change]:
    """A change for what is lost and one for what is gained; `named` is the duty whose words they are."""
    ways: tuple[tuple[set[str], Direction, str], ...] = (
        (sides[0], "weaker", "no longer"),
        (sides[1], "stronger", "now also"),
    )
    for some, direction, verb in ways:
        if some:
            words = (named or duty).lexicon.broadest(some, name) if name in SETS else sorted(some)
            shown = ", ".join(words).strip() or "anything else"
            message = f"`{duty.promise.id}`: {duty.rule.verb} {verb} covers {shown} ({name})"
            lost = direction == "weaker"
            witness = _situation(duty, part=name, old=shown if lost else "", new="" if lost else shown)
            yield _change(duty, kind, (direction, direction), message, witness)


def _exemptions(old: Duty, new: Duty, kind: str, budget: Budget) -> Iterator[Change]:
    """Holds or exceptions: one case more in which the duty waits or falls away is weaker."""
    was: tuple[Exemption, ...] = old.rule.holds if kind == "hold" else old.rule.exceptions
    now: tuple[Exemption, ...] = new.rule.holds if kind == "hold" else new.rule.exceptions
    ways: tuple[tuple[tuple[Exemption, ...], tuple[Exemption, ...], Direction], ...] = (
        (now, was, "weaker"),
        (was, now, "stronger"),
    )
    for mine, theirs, direction in ways:
        added = direction == "weaker"
        how = "added or widened" if added else "removed or narrowed"
        names = [one.name for one in mine if one.name not in {two.name for two in theirs}]
        what = f"{kind} {', '.join(names or [one.name for one in mine])} {how}"
        pair = (new, old) if added else (old, new)
        try:
            case = _beyond(_any(mine), _any(theirs), pair, budget)
        except Unsettled:
            yield unclear(new.promise, kind, direction, f"whether {what}")
            continue
        if case is not None:
            free = "waits" if kind == "hold" else "does not apply"
            sides = ("is owed", free) if added else (free, "is owed")
            witness = _situation(new, facts=case, old=sides[0], new=sides[1])
            yield _change(new, kind, (direction, direction), f"`{new.promise.id}`: {what}", witness)


def _longest(old: Duty, new: Duty, budget: Budget) -> Iterator[Change]:
    """Cases in which the duty waited before and may wait longer now, or less long."""
    was, now = old.rule.holds, new.rule.holds
    if {one.most for one in was} == {one.most for one in now} and len({one.most for one in was}) < 2:
        return
    for mine, theirs, longer in ((now, was, True), (was, now, False)):
        direction: Direction = "weaker" if longer else "stronger"
        pair = (new, old) if longer else (old, new)
        for least in sorted({_length(one) for one in mine}, reverse=True):
            longest = [one for one in mine if _length(one) >= least]
            wide = both(_any(longest), _any(theirs))
            try:
                case = _beyond(wide, _any(one for one in theirs if _length(one) >= least), pair, budget)
            except Unsettled:
                yield unclear(new.promise, "hold", direction, "how long a hold may last")
                break
            if case is not None:
                sides = (_lasts(was, case), _lasts(now, case))
                stays = {one.name for one in was} & {one.name for one in now}
                met = [one.name for one in longest if truth(one.condition, case) is not False]
                names = ", ".join(name for name in met if name in stays)
                # a hold that is gone or new lasts nothing on its other side: what waits is the duty
                what = f"hold {names} may last" if names else f"{new.rule.verb} may wait"
                message = f"`{new.promise.id}`: {what} {sides[1]} (was: {sides[0]})"
                witness = _situation(new, facts=case, old=sides[0], new=sides[1])
                yield _change(new, "hold", (direction, "longer" if longer else "shorter"), message, witness)
                break


def _length(one: Exemption) -> float:
    return one.most.days if one.most else inf


def _lasts(holds: Iterable[Exemption], case: dict[str, FactValue]) -> str:
    """How long the duty may wait in a case."""
    met = [one for one in holds if truth(one.condition, case) is True]
    longest = max(met, key=_length, default=None)
    return "no time" if longest is None else str(longest.most or "without end")


def _beyond(
    wide: Condition, narrow: Condition, pair: tuple[Duty, Duty], budget: Budget
) -> dict[str, FactValue] | None:
    """Facts for which the condition of one duty holds and that of another does not."""
    if wide == narrow:
        return None
    words = (pair[0].lexicon.vocabulary, pair[1].lexicon.vocabulary)
    return exceeding(wide, narrow, words, budget)


def _any(exemptions: Iterable[Exemption]) -> Condition:
    return Any_(tuple(one.condition for one in exemptions))


def _applies(old: Duty, new: Duty, budget: Budget) -> Iterator[Change]:
    """The condition under which the duty exists: fewer cases is weaker."""
    ways: tuple[tuple[Duty, Duty, Direction], ...] = ((old, new, "weaker"), (new, old, "stronger"))
    for wide, narrow, direction in ways:
        what = f"{new.rule.verb} is owed in {'fewer' if direction == 'weaker' else 'more'} cases"
        try:
            case = _beyond(wide.condition, narrow.condition, (wide, narrow), budget)
        except Unsettled:
            yield unclear(new.promise, "condition", direction, f"whether {what}")
            continue
        if case is not None:
            sides = ("is owed", "is not owed") if direction == "weaker" else ("is not owed", "is owed")
            witness = _situation(new, facts=case, old=sides[0], new=sides[1])
            yield _change(new, "condition", (direction, direction), f"`{new.promise.id}`: {what}", witness)


def _measures(old: Duty, new: Duty) -> Iterator[Change]:
    was = {measure.key: measure.number for measure in old.rule.measures}
    now = {measure.key: measure.number for measure in new.rule.measures}
    yield from _lost_and_gained(
        new, "measure", (was.keys() - now.keys(), now.keys() - was.keys()), "measures"
    )
    for key in sorted(set(was) & set(now)):
        before, after = was[key] or 0, now[key] or 0
        if before != after:
            direction: Direction = "weaker" if after < before else "stronger"
            message = f"`{new.promise.id}`: {key} {after:g} (was: {before:g})"
            yield _change(
                new, "measure", (direction, direction), message, _situation(new, old=before, new=after)
            )


def describe(rule: Rule) -> str:
    """A duty in a few words, for messages."""
    things = ", ".join(thing.rpartition(":")[2] for thing in rule.things)
    to = f" to {', '.join(rule.recipients)}" if rule.recipients else ""
    when = f" when {rule.trigger.event.replace('-', ' ')}" if rule.trigger and rule.trigger.event else ""
    due = f" {said(rule.deadline)}" if rule.deadline else ""
    return f"{rule.verb} {things}{to}{due}{when}".replace("  ", " ")
