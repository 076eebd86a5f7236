"""What a permission rests on and asks for besides its conditions: legal basis, way out, measures, records and notices.

None of it changes an answer, so it is compared where permissions of both versions meet: there the new one may not rest on
less, take a way out away, open a list, ask for weaker measures or record and tell less than every old one did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from troth.decision.formula import Budget, Unsettled, every, negated, solve
from troth.decision.norm import Norm
from troth.decision.points import GLANCE, Grid, Kind, points
from troth.decision.program import partial
from troth.decision.table import Table
from troth.model.condition import canonical
from troth.model.policy import Exemption, Policy, Rule


@dataclass(frozen=True, slots=True)
class Footing:
    """What a rule says that changes no answer.

    Attributes:
        bases: the legal bases, each of them enough.
        strength: of the weakest of them; None where none is named, so that any would do.
        fixed: it can not be switched off (`no opt-out`).
        open: one of its lists is open (`and similar`).
        measures: what has to be done with it (`with tls`, `with k-anonymity 10`), each with its number, 0 for none.
        record, tell: what is recorded and told, also in an exception or a hold, as `items` says it.
    """

    bases: frozenset[str] = frozenset()
    strength: int | None = None
    fixed: bool = False
    open: bool = False
    measures: tuple[tuple[str, float], ...] = ()
    record: frozenset[tuple[str, str]] = frozenset()
    tell: frozenset[tuple[str, str]] = frozenset()


NOTHING = Footing()


@dataclass(frozen=True, slots=True)
class Step:
    """What became worse or better about the footing of a norm.

    Attributes:
        norm: the new norm where it became worse, the old one where it became better; of a prohibition the new one.
        part: basis, opt-out, list, measure, record or tell.
        worse: its direction.
        old, new: what it was and is; for measures, records and notices what was lost and came.
        verb, data: where it shows.
    """

    norm: Norm
    part: str
    worse: bool
    old: frozenset[str]
    new: frozenset[str]
    verb: str
    data: str


def footings(policy: Policy, table: Table) -> tuple[Footing, ...]:
    """The footing of each norm of a table, in its order."""
    rules = {rule.id: rule for promise in policy.promises for rule in promise.rules if promise.draft is None}
    own = {"", "blocked until released"}  # what duties and the rest of an `only` forbid is told elsewhere
    found: dict[str, Footing] = {}
    for norm in table.norms:
        rule = rules.get(norm.rule)
        if norm.derived in own and rule is not None and norm.rule not in found:
            found[norm.rule] = _footing(rule, table)
    return tuple(found.get(norm.rule, NOTHING) if norm.derived in own else NOTHING for norm in table.norms)


def _footing(rule: Rule, table: Table) -> Footing:
    strengths = [table.vocabulary.get("basis", key).strength for key in rule.bases]
    record, tell = (frozenset(items(rule, name)) for name in ("record", "tell"))
    measures = tuple(sorted((one.key, one.number or 0.0) for one in rule.measures))
    weakest = min(strengths, default=None)
    return Footing(frozenset(rule.bases), weakest, rule.no_opt_out, rule.open, measures, record, tell)


def items(rule: Rule, name: str) -> set[tuple[str, str]]:
    """What is told or recorded, each with the case of the exception or hold it belongs to, "" for none.

    "2 approvers" are one and a second one. A case is there also where nothing is told or recorded of it.
    """
    found = {(what, "") for what in _said_of(rule, name)}
    for one in (*rule.exceptions, *rule.holds):
        case = repr(canonical(one.condition))
        found |= {("", case), *((f"{what} in an exception", case) for what in _said_of(one, name))}
    return found


def lost(was: Iterable[tuple[str, str]], now: Iterable[tuple[str, str]]) -> frozenset[str]:
    """What one rule tells or records and another does not.

    Nothing is lost with an exception that is taken back, where no new one can stand for it.
    """
    was, now = set(was), set(now)
    kept, cases = {what for what, _ in now}, {case for _, case in now}
    taken_back = cases <= {case for _, case in was} | {""}
    gone = {
        what for what, case in was if what not in kept and not (case and taken_back and case not in cases)
    }
    return frozenset(gone)


def _said_of(one: Rule | Exemption, name: str) -> set[str]:
    if name == "tell":
        return {f"{notice.who}: {what}" for notice in one.tell for what in notice.what}
    more = {f"{number} of {item.what}" for item in one.record for number in range(2, int(item.count) + 1)}
    return {item.what for item in one.record} | more


def steps(grid: Grid, said: tuple[Sequence[Footing], Sequence[Footing]]) -> Iterator[Step]:
    """Every step, worse and better, with a point that shows it."""
    pairing = grid.pairing
    by_number = dict(zip((*pairing.before, *pairing.after), (*said[0], *said[1]), strict=True))
    meeting = _Meeting(grid)
    for side, norms in ((0, pairing.added()), (1, pairing.removed())):
        for norm in norms:
            if norm.allow:
                yield from _permission(norm, side, meeting, by_number)
            elif side == 0 and norm.lifts:
                yield from _prohibition(norm, grid, by_number)


class _Meeting:
    """Whether two norms can both apply at a point; asked once for each pair and way in which their conditions see it."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.before = {id(one): other for pair in grid.pairing.pairs for one, other in (pair, pair[::-1])}
        self._known: dict[tuple[object, ...], bool] = {}

    def others(self, norm: Norm, side: int, point: tuple[Kind, ...], bits: int) -> Iterator[int]:
        """Those of the norms of a version (0 old, 1 new) that can apply where `norm` of the other one does."""
        number = self.grid.pairing.number[id(norm)]
        tested = tuple(kind.tested for kind in point[1:])
        while bits:
            low = bits & -bits
            other = low.bit_length() - 1
            key = (number, other, *tested)
            if key not in self._known:
                words = {"data": point[1].word, "purpose": point[2].word, "recipient": point[3].word}
                self._known[key] = self._together((norm, self.grid.pairing.norms[other]), side, words)
            if self._known[key]:
                yield other
            bits ^= low

    def _together(self, pair: tuple[Norm, Norm], side: int, words: dict[str, str]) -> bool:
        space = self.grid.space()
        mine, theirs = (
            negated(space.fails(partial(one.condition, words), where), space.full)
            for one, where in zip(pair, (1 - side, side), strict=True)
        )
        try:
            return solve(every((mine, theirs)), space.full, Budget(GLANCE)) is not None
        except Unsettled:
            return True


def _permission(norm: Norm, side: int, meeting: _Meeting, said: dict[int, Footing]) -> Iterator[Step]:
    """What is worse about a new permission (`side` 0), or better without an old one (1), than about all it meets."""
    grid = meeting.grid
    own = said[grid.pairing.number[id(norm)]]
    earlier = meeting.before.get(id(norm))
    before = None if earlier is None else grid.pairing.number[id(earlier)]
    found: dict[str, Step] = {}
    for point, here in points(norm, grid):
        if not here[1 - side] >> grid.pairing.number[id(norm)] & 1:
            continue
        rivals = list(meeting.others(norm, side, point, here[side]))
        # what it was before is compared for itself: a rule that got worse is told, whatever another rule allows besides
        alone = [one for one in rivals if one == before]
        for some in (alone, rivals):
            for part, theirs, mine in _worse(own, [said[one] for one in some]) if some else ():
                old, new = (theirs, mine) if side == 0 else (mine, theirs)
                _add(found, Step(norm, part, side == 0, old, new, point[0].word, point[1].word))
    yield from found.values()


def _add(found: dict[str, Step], step: Step) -> None:
    """One step for each part and direction, with all that is lost or comes somewhere."""
    key = f"{step.part} {step.worse}"
    one = found.setdefault(key, step)
    if step.part != "basis":
        found[key] = replace(one, old=one.old | step.old, new=one.new | step.new)


def _worse(own: Footing, rivals: list[Footing]) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """The parts in which a footing is worse than every rival: the part, what they have and what it has."""
    strengths = [one.strength for one in rivals]
    known = [one for one in strengths if one is not None]
    if len(known) == len(strengths) and (own.strength is None or min(known) > own.strength):
        yield "basis", frozenset().union(*(one.bases for one in rivals)), own.bases
    if own.fixed and not any(one.fixed for one in rivals):
        yield "opt-out", frozenset(("opt-out",)), frozenset()
    if own.open and not any(one.open for one in rivals):
        yield "list", frozenset(("closed",)), frozenset(("open",))
    was, now = _less(own, rivals)
    if was:
        yield "measure", was, now
    parts: tuple[tuple[str, Callable[[Footing], frozenset[tuple[str, str]]]], ...] = (
        ("record", lambda one: one.record), ("tell", lambda one: one.tell),
    )  # fmt: skip
    for part, said in parts:
        gone = reduce(frozenset.intersection, (lost(said(one), said(own)) for one in rivals))
        if gone:
            yield part, gone, frozenset()


def _less(own: Footing, rivals: list[Footing]) -> tuple[frozenset[str], frozenset[str]]:
    """The measures that every rival asks for and this footing does not, or with a smaller number only."""
    mine, theirs = dict(own.measures), [dict(one.measures) for one in rivals]
    was, now = set[str](), set[str]()
    for key in frozenset.intersection(*map(frozenset, theirs)):
        least = min(one[key] for one in theirs)
        if key not in mine or mine[key] < least:
            was.add(_numbered(key, least))
            now |= {_numbered(key, mine[key])} if key in mine else set()
    return frozenset(was), frozenset(now)


def _numbered(key: str, number: float) -> str:
    return f"{key} {number:g}" if number else key


def _prohibition(norm: Norm, grid: Grid, said: dict[int, Footing]) -> Iterator[Step]:
    """What is recorded and told when a prohibition is lifted: whoever passes has passed all that meet there."""
    found: dict[str, Step] = {}
    for point, (_, _, old, new) in points(norm, grid):
        if not old or not new >> grid.pairing.number[id(norm)] & 1:
            continue
        for part in ("record", "tell"):
            was, now = (_all(bits, part, said) for bits in (old, new))
            for worse, words in ((True, lost(was, now)), (False, lost(now, was))):
                if words:
                    sides = (words, frozenset[str]()) if worse else (frozenset[str](), words)
                    _add(found, Step(norm, part, worse, *sides, point[0].word, point[1].word))
    yield from found.values()


def _all(bits: int, part: str, said: dict[int, Footing]) -> frozenset[tuple[str, str]]:
    found: frozenset[tuple[str, str]] = frozenset()
    while bits:
        low = bits & -bits
        found |= getattr(said[low.bit_length() - 1], part)
        bits ^= low
    return found
