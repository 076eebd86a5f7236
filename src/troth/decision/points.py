"""What became allowed and what became forbidden: two decision tables compared, completely.

Norms that both versions have decide alike, so only points that some changed norm touches can have a new answer. There,
terms that no norm tells apart are taken together, and points with the same norms are compared once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from troth.decision.formula import Budget, Formula, Unsettled, every, negated, solve, some
from troth.decision.norm import ANY, NOBODY, Norm, same
from troth.decision.program import Program, program, settle
from troth.decision.space import Space
from troth.decision.table import DIMENSIONS, Table, marks
from troth.model import verb as verbs
from troth.model.condition import ALWAYS, Condition, FactValue, Not, both, tests
from troth.model.errors import NotFound
from troth.model.request import Decision
from troth.model.term import Facet

Words = tuple[str, str, str, str]
Met = tuple[int, int, int, int]
"""The norms that meet at a point, as bits: what permits all of it in the old and the new version, what forbids any of it."""


_POINT = frozenset({"data", "purpose", "recipient"})
GLANCE = 50  # branches looked at to see whether one norm applies wherever another does
EVERYTHING = Norm(True, ANY, ANY, ANY, ANY, ALWAYS)


@dataclass(frozen=True, slots=True)
class Witness:
    """A request whose answer changed, with the norms that changed there."""

    verb: str
    data: str
    purpose: str
    recipient: str
    facts: Mapping[str, FactValue]
    old: Decision
    new: Decision


@dataclass(frozen=True, slots=True)
class Shift:
    """What two versions of a norm (one of them None for an added or removed one) changed, with witnesses.

    `silent`: no answer changed; the witnesses show what was expressly forbidden and now is merely not permitted, or the
    other way round.
    `unclear`: the directions (True for wider) in which not every case could be looked at.
    """

    old: Norm | None
    new: Norm | None
    wider: Witness | None
    narrower: Witness | None
    silent: bool = False
    unclear: frozenset[bool] = frozenset()


class Pairing:
    """The norms of two tables under common numbers, so that equal norms are equal bits.

    Args:
        old, new: the tables.
        more: what else a norm of each table says, by its place: norms with the same number say all the same.
    """

    def __init__(self, old: Table, new: Table, more: tuple[Sequence[object], Sequence[object]]) -> None:
        numbers: dict[tuple[object, ...], int] = {}
        known: dict[int, tuple[object, ...]] = {id(norm): same(norm) for norm in old.norms}
        self.old, self.new = old, new
        self.before, self.after = (
            [
                numbers.setdefault((said, *(known.get(id(norm)) or same(norm))), len(numbers))
                for norm, said in zip(one.norms, says, strict=True)
            ]
            for one, says in zip((old, new), more, strict=True)
        )
        self.compared: dict[tuple[object, ...], Witness | None] = {}
        self.norms = dict(zip((*self.after, *self.before), (*new.norms, *old.norms), strict=True))
        self.number = {
            id(norm): n
            for norms, ns in ((old.norms, self.before), (new.norms, self.after))
            for norm, n in zip(norms, ns, strict=True)
        }

    def program(self, side: int, chosen: int, point: Words) -> Program:
        """The program of a point in one version (0 old, 1 new), from the numbers of the norms that meet there."""
        norms, numbers = (self.old.norms, self.before) if side == 0 else (self.new.norms, self.after)
        met = [norm for norm, number in zip(norms, numbers, strict=True) if chosen >> number & 1]
        forbids, allows = [norm for norm in met if not norm.allow], [norm for norm in met if norm.allow]
        return program(forbids, allows, {"data": point[1], "purpose": point[2], "recipient": point[3]})

    @cached_property
    def pairs(self) -> tuple[tuple[Norm | None, Norm | None], ...]:
        """Removed and added norms that are versions of each other, and those that stand alone."""
        return tuple(_pairs(self.removed(), self.added()))

    def removed(self) -> list[Norm]:
        """Norms that only the old version has, each once."""
        kept = set(self.after)
        return [self.norms[number] for number in dict.fromkeys(self.before) if number not in kept]

    def added(self) -> list[Norm]:
        """Norms that only the new version has, each once."""
        kept = set(self.before)
        return [self.norms[number] for number in dict.fromkeys(self.after) if number not in kept]


def shifts(grid: Grid) -> tuple[Shift, ...]:
    """Every change of norms that changed some answer, or may have changed one."""
    found = []
    for gone, come in grid.pairing.pairs:
        look = _compare(gone, come, grid)
        silent = not (look.found or look.unclear or (gone or come).allow)  # type: ignore[union-attr]
        if silent:
            look = _compare(gone, come, grid, open_world=True)
        if look.found or look.unclear:
            wider, narrower = look.found.get(True), look.found.get(False)
            found.append(Shift(gone, come, wider, narrower, silent, frozenset(look.unclear)))
    return tuple(found)


def _pairs(removed: list[Norm], added: list[Norm]) -> Iterator[tuple[Norm | None, Norm | None]]:
    """Removed and added norms that are versions of each other: the same effect and verb, the nearest data and purposes."""
    left = list(added)
    for gone in removed:
        rivals = [
            norm
            for norm in left
            if norm.allow == gone.allow and norm.verbs == gone.verbs and norm.derived == gone.derived
        ]
        best = max(rivals, key=lambda norm: _likeness(gone, norm), default=None)
        if best is not None and _likeness(gone, best) >= 2:
            left.remove(best)
            yield gone, best
        else:
            yield gone, None
    yield from ((None, norm) for norm in left)


def _likeness(one: Norm, other: Norm) -> float:
    score = 2.0 * (one.promise == other.promise) + 0.5 * (one.rule == other.rule)
    for name in DIMENSIONS[1:]:
        mine, yours = getattr(one, name), getattr(other, name)
        score += len(mine & yours) / max(len(mine | yours), 1)
    return score


@dataclass(frozen=True, slots=True)
class Kind:
    """Words of one dimension that no norm of either version tells apart, by one example.

    Attributes:
        word: the example, named by a rule where one of them is.
        bits: cover and touch of the old version, cover and touch of the new, by common numbers.
        tested: which of the sets that conditions test it is in.
    """

    word: str
    bits: tuple[int, int, int, int]
    tested: int


class Grid:
    """The points that two versions can tell apart, found dimension by dimension.

    Once the verb is chosen only the norms about that verb matter, and so on: words that the norms still in play treat
    alike are one. This keeps the table complete and small.
    """

    def __init__(self, pairing: Pairing) -> None:
        self.pairing = pairing
        self.budget = Budget()
        self.vocabularies = (pairing.old.vocabulary, pairing.new.vocabulary)
        self.lists = pairing.old.lists | pairing.new.lists
        self._marks = (
            marks(pairing.old.norms, [1 << number for number in pairing.before]),
            marks(pairing.new.norms, [1 << number for number in pairing.after]),
        )
        self._spaces: dict[frozenset[str], Space] = {}
        self._tests = self._sets()
        self.kinds = {name: self._kinds(name) for name in DIMENSIONS}
        self.allowing = sum(1 << number for number, norm in pairing.norms.items() if norm.allow)
        self.within = self._inside()
        self._chosen: dict[tuple[str, int, int], list[Kind]] = {}
        self._relevant: dict[tuple[str, int], int] = {}
        self._touching: dict[tuple[str, int], list[Kind]] = {}
        # in the same words, norms that both versions have hold at the same points in both
        self.alike = self.vocabularies[0] is self.vocabularies[1]

    def _tables(self) -> tuple[Table, Table]:
        return self.pairing.old, self.pairing.new

    def space(self, unknown: frozenset[str] = frozenset()) -> Space:
        """The values of all facts that norms of either version test; those of some facts may also be missing."""
        if unknown not in self._spaces:
            conditions = [
                one for table in self._tables() for norm in table.norms for one in _conditions(norm)
            ]
            # What a condition asks of a word too broad for it stays open: narrower words are points of their own.
            self._spaces[unknown] = Space(conditions, self.vocabularies, unknown, _POINT, self.lists)
        return self._spaces[unknown]

    def _kinds(self, dimension: str) -> list[Kind]:
        seen: dict[tuple[object, ...], Kind] = {}
        for word in self._universe(dimension):
            bits = (*self._bits(0, dimension, word), *self._bits(1, dimension, word))
            tested = sum(
                1 << place for place, (values, _) in enumerate(self._tests[dimension]) if word in values
            )
            seen.setdefault((bits, tested), Kind(word, bits, tested))
        return list(seen.values())

    def _universe(self, dimension: str) -> list[str]:
        """Words that can be asked about, the ones that norms hold first: they make the clearest witnesses."""
        own = {word for table in self._tables() for norm in table.norms for word in getattr(norm, dimension)}
        own -= {"*"} | (self.lists if dimension != "verbs" else frozenset())
        if dimension == "verbs":
            return sorted(own | {key for key, verb in verbs.verbs().items() if verb.data})
        if dimension == "recipients":
            return [NOBODY, *sorted(own, key=self._breadth(dimension))]
        facet: Facet = "data" if dimension == "data" else "purpose"
        known = {term.key for table in self._tables() for term in table.vocabulary.terms(facet)} - self.lists
        return sorted(own | known, key=self._breadth(dimension))

    def _breadth(self, dimension: str) -> Callable[[str], tuple[int, str]]:
        """Broad words first: of words that are treated alike they make the clearest witness."""

        def key(word: str) -> tuple[int, str]:
            for table in self._tables():
                try:
                    return -len(table.below(dimension, word)), word
                except NotFound:
                    continue
            return 0, word

        return key

    def _sets(self) -> dict[str, list[tuple[frozenset[object], int]]]:
        """The sets of data, purposes and recipients that conditions test, with the norms whose conditions they are."""
        names = {"data": "data", "purpose": "purposes", "recipient": "recipients"}
        found: dict[str, dict[frozenset[object], int]] = {name: {} for name in DIMENSIONS}
        for table in self._tables():
            for norm in table.norms:
                bit = 1 << self.pairing.number[id(norm)]
                for condition in (norm.condition, *(lift.condition for lift in norm.lifts)):
                    for test in tests(condition):
                        if test.fact in names:
                            sets = found[names[test.fact]]
                            for values in (frozenset[object](test.values), frozenset[object](test.broader)):
                                sets[values] = sets.get(values, 0) | bit
        return {name: list(sets.items()) for name, sets in found.items()}

    def _bits(self, side: int, dimension: str, word: str) -> tuple[int, int]:
        """Cover and touch of a word in one version (0 old, 1 new), by common numbers."""
        try:
            below = self._tables()[side].below(dimension, word)
        except NotFound:
            return 0, 0  # a word that only the other version knows: nothing here speaks of it
        return self._marks[side][dimension].of(word, below)

    def exceeds(self, some: int, others: int) -> bool:
        """Whether one of `some` norms can apply where none of `others` does."""
        left = some & ~others
        while left:
            low = left & -left
            if not self.within.get(low, 0) & others:
                return True
            left ^= low
        return False

    def _inside(self) -> dict[int, int]:
        """For each changed norm, the changed norms of the other version that apply wherever it does."""
        old = {number: self.pairing.norms[number] for number in self.pairing.before}
        new = {number: self.pairing.norms[number] for number in self.pairing.after}
        found: dict[int, int] = {}
        for one, other, side in ((old, new, 0), (new, old, 1)):
            changed = [number for number in one if number not in other]
            rivals = [number for number in other if number not in one]
            for number in changed:
                wide = [r for r in rivals if self._implies(one[number], other[r], side)]
                found[1 << number] = sum(1 << r for r in wide)
        return found

    def _implies(self, one: Norm, other: Norm, side: int) -> bool:
        """Whether `other` certainly applies in every case in which `one`, of a version, does (points aside)."""
        if one.allow != other.allow or one.knowing != other.knowing:
            return False
        if one.condition == other.condition and one.lifts == other.lifts:
            return True
        narrow, wide = (
            both(norm.condition, *(Not(lift.condition) for lift in norm.lifts)) for norm in (one, other)
        )
        if any(test.fact in _POINT for test in (*tests(narrow), *tests(wide))):
            return False  # that depends on the point
        space = self.space()
        formula = every((space.holds(narrow, side), negated(space.holds(wide, 1 - side), space.full)))
        try:
            return solve(formula, space.full, Budget(GLANCE)) is None
        except Unsettled:
            return False  # too many cases to look at here: the search at the points decides

    def choose(self, dimension: str, norm: int, playing: int) -> list[Kind]:
        """One word for each way in which the norms in play treat the words that `norm` touches."""
        key = (dimension, norm, playing)
        found = self._chosen.get(key)
        if found is None:
            relevant = self._in_play(dimension, playing)
            seen: dict[tuple[int, int, int, int, int], Kind] = {}
            allowing, forbidding = playing & self.allowing, playing & ~self.allowing
            for kind in self._touched(dimension, norm):
                one, two, three, four = kind.bits
                seen.setdefault(
                    (
                        one & allowing,
                        three & allowing,
                        two & forbidding,
                        four & forbidding,
                        kind.tested & relevant,
                    ),
                    kind,
                )
            found = self._chosen[key] = list(seen.values())
        return found

    def _touched(self, dimension: str, norm: int) -> list[Kind]:
        """The words that a norm touches, those that it names first."""
        key = (dimension, norm)
        found = self._touching.get(key)
        if found is None:
            own = getattr(self.pairing.norms[norm.bit_length() - 1], dimension)
            found = [kind for kind in self.kinds[dimension] if (kind.bits[1] | kind.bits[3]) & norm]
            if own != ANY and dimension != "verbs":
                found.sort(key=lambda kind: kind.word not in own)
            self._touching[key] = found
        return found

    def _in_play(self, dimension: str, playing: int) -> int:
        """The tested sets that belong to conditions of the norms in play."""
        key = (dimension, playing)
        found = self._relevant.get(key)
        if found is None:
            found = sum(
                1 << place for place, (_, norms) in enumerate(self._tests[dimension]) if norms & playing
            )
            self._relevant[key] = found
        return found


@dataclass(slots=True)
class _Look:
    """What a comparison has found so far, by direction (True for wider)."""

    found: dict[bool, Witness] = field(default_factory=dict)
    unclear: set[bool] = field(default_factory=set)

    def open(self) -> list[bool]:
        """The directions still looked for."""
        return [wider for wider in (True, False) if wider not in self.found and wider not in self.unclear]


def _compare(gone: Norm | None, come: Norm | None, grid: Grid, *, open_world: bool = False) -> _Look:
    """Witnesses for more and for less being allowed, where these norms apply.

    With `open_world` prohibitions alone are compared, as if everything else were allowed: a prohibition that is lost is a
    promise that is lost, also where nothing permits the act today.
    """
    look = _Look()
    for norm in (come, gone):
        for point, met in points(norm, grid) if norm is not None else ():
            _at(point, met, grid, look, open_world=open_world)
            if not look.open():
                return look
    return look


def points(norm: Norm, grid: Grid) -> Iterator[tuple[tuple[Kind, ...], Met]]:
    """A point for each way in which the two versions treat what a norm is about, with the norms that meet there.

    What the norm names comes before what only touches it: "collect payment-card-number" says more than "collect data".
    Where the words chosen so far leave the same norms as others did, all that follows would be the same once more.
    """
    bit = 1 << grid.pairing.number[id(norm)]
    seen: set[tuple[object, ...]] = set()

    def fresh(*state: object) -> bool:
        known = state in seen
        seen.add(state)
        return not known

    def told(met: Met) -> bool:
        """Whether the versions differ here, or may where more is chosen."""
        return not grid.alike or met[0] != met[1] or met[2] != met[3]

    start = (grid.allowing, grid.allowing, ~grid.allowing, ~grid.allowing)
    for verb in grid.choose("verbs", bit, -1):
        one = _meet(start, verb)
        if not (told(one) and fresh("verbs", one)):
            continue
        for data in grid.choose("data", bit, _any(one)):
            two = _meet(one, data)
            if not (told(two) and fresh("data", two, data.tested)):
                continue
            for purpose in grid.choose("purposes", bit, _any(two)):
                three = _meet(two, purpose)
                if not (told(three) and fresh("purposes", three, data.tested, purpose.tested)):
                    continue
                for recipient in grid.choose("recipients", bit, _any(three)):
                    four = _meet(three, recipient)
                    if told(four) and fresh(four, data.tested, purpose.tested, recipient.tested):
                        yield (verb, data, purpose, recipient), four


def _meet(met: Met, kind: Kind) -> Met:
    """The norms that still meet when a word more is chosen."""
    one, two, three, four = kind.bits
    return met[0] & one, met[1] & three, met[2] & two, met[3] & four


def _any(met: Met) -> int:
    return met[0] | met[1] | met[2] | met[3]


def _at(point: tuple[Kind, ...], met: Met, grid: Grid, look: _Look, *, open_world: bool) -> None:
    """Witnesses at one point, for the directions still looked for."""
    old_allow, new_allow, old_forbid, new_forbid = met
    if open_world:
        old_allow = new_allow = 0
    if old_allow == new_allow and old_forbid == new_forbid:
        return
    tested = tuple(kind.tested for kind in point[1:])
    for wider in look.open():
        possible = (
            grid.exceeds(new_allow, old_allow) or grid.exceeds(old_forbid, new_forbid)
            if wider
            else grid.exceeds(old_allow, new_allow) or grid.exceeds(new_forbid, old_forbid)
        )
        if not possible:
            continue
        key = (open_world, wider, old_allow, old_forbid, new_allow, new_forbid, *tested)
        if key not in grid.pairing.compared:
            words = (point[0].word, point[1].word, point[2].word, point[3].word)
            before = grid.pairing.program(0, old_allow | old_forbid, words)
            after = grid.pairing.program(1, new_allow | new_forbid, words)
            if open_world:
                before, after = (replace(one, allows=(EVERYTHING,)) for one in (before, after))
            try:
                grid.pairing.compared[key] = _witness(words, before, after, grid, wider=wider)
            except Unsettled:
                look.unclear.add(wider)
                continue
        witness = grid.pairing.compared[key]
        if witness is not None:
            look.found[wider] = witness


def _witness(point: Words, before: Program, after: Program, grid: Grid, *, wider: bool) -> Witness | None:
    """Facts for which the answer changed in the wanted direction; None if there are none."""
    facts = _facts((before, after), grid, wider=wider)
    if facts is None:
        return None
    return Witness(*point, *facts)


_Found: TypeAlias = tuple[dict[str, FactValue], Decision, Decision]


def _facts(programs: tuple[Program, Program], grid: Grid, *, wider: bool) -> _Found | None:
    """Facts that change the answer, and both answers.

    What is only forbidden knowingly is looked at with its own facts known first, and then with them unknown.
    """
    found = _known(programs, grid, frozenset(), wider=wider)
    if found is not None:
        return found
    # one that both versions have is met by facts that keep it from applying, as well as by unknown ones
    sides = [{same(norm): norm for norm in one.forbids if norm.knowing} for one in programs]
    only = [side[key] for side in sides for key in sides[0].keys() ^ sides[1].keys() if key in side]
    unknown = frozenset(test.fact for norm in only for test in tests(norm.condition))
    return _known(programs, grid, unknown, wider=wider) if unknown else None


def _known(
    programs: tuple[Program, Program], grid: Grid, unknown: frozenset[str], *, wider: bool
) -> _Found | None:
    space = grid.space(unknown)
    more, less = (1, 0) if wider else (0, 1)
    allowed = _permitted(programs[more], space, more)
    refused = negated(_permitted(programs[less], space, less), space.full)
    domains = solve(every((allowed, refused)), space.full, grid.budget)
    if domains is None:
        return None
    named = {
        test.fact
        for one in programs
        for norm in (*one.forbids, *one.allows)
        for part in _conditions(norm)
        for test in tests(part)
    }
    for facts in space.chosen(domains, named):
        old, new = (
            settle(one.forbids, one.allows, space.seen(facts, side)) for side, one in enumerate(programs)
        )
        if (new if wider else old).allowed and (old if wider else new).answer != "unknown":
            break
    return facts, old, new


def _permitted(one: Program, space: Space, side: int) -> Formula:
    """Where a program allows: no prohibition may apply, and some permission certainly holds."""
    passed = [
        some(
            (
                negated(space.holds(norm.condition, side), space.full)
                if norm.knowing
                else space.fails(norm.condition, side),
                *(space.holds(lift.condition, side) for lift in norm.lifts),
            )
        )
        for norm in one.forbids
    ]
    return every((*passed, some(space.holds(norm.condition, side) for norm in one.allows)))


def _conditions(norm: Norm) -> Iterator[Condition]:
    yield norm.condition
    for lift in norm.lifts:
        yield lift.condition
