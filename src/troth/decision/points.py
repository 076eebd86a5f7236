"""What became allowed and what became forbidden: two decision tables compared, completely.

Norms that both versions have decide alike, so only points that some changed norm touches can have a new answer. There,
terms that no norm tells apart are taken together, and points with the same norms are compared once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod

from troth.decision.norm import ANY, NOBODY, Norm, same
from troth.decision.program import Program, program, settle
from troth.decision.space import beyond, regions
from troth.decision.table import DIMENSIONS, Table, marks
from troth.model import verb as verbs
from troth.model.condition import ALWAYS, Condition, FactValue, Not, both, tests
from troth.model.errors import NotFound
from troth.model.request import Decision
from troth.model.term import Facet

CASES = 50_000  # branches looked at for one pair of programs; policies that people write need some dozens
FEW = 512  # combinations of facts for which comparing two conditions outright is quicker than searching


Words = tuple[str, str, str, str]


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
    """

    old: Norm | None
    new: Norm | None
    wider: Witness | None
    narrower: Witness | None
    silent: bool = False


class _Pairing:
    """The norms of two tables under common numbers, so that equal norms are equal bits."""

    def __init__(self, old: Table, new: Table) -> None:
        numbers: dict[tuple[object, ...], int] = {}
        self.old, self.new = old, new
        self.before = [numbers.setdefault(same(norm), len(numbers)) for norm in old.norms]
        self.after = [numbers.setdefault(same(norm), len(numbers)) for norm in new.norms]
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

    def removed(self) -> list[Norm]:
        """Norms that only the old version has, each once."""
        kept = set(self.after)
        return [self.norms[number] for number in dict.fromkeys(self.before) if number not in kept]

    def added(self) -> list[Norm]:
        """Norms that only the new version has, each once."""
        kept = set(self.before)
        return [self.norms[number] for number in dict.fromkeys(self.after) if number not in kept]


def shifts(old: Table, new: Table) -> tuple[Shift, ...]:
    """Every change of norms that changed some answer."""
    pairing = _Pairing(old, new)
    removed, added = pairing.removed(), pairing.added()
    if not removed and not added:
        return ()
    grid = _Grid(pairing)
    found = []
    for gone, come in _pairs(removed, added):
        wider, narrower = _compare(gone, come, grid)
        silent = not (wider or narrower or (gone or come).allow)  # type: ignore[union-attr]
        if silent:
            wider, narrower = _compare(gone, come, grid, open_world=True)
        if wider or narrower:
            found.append(Shift(gone, come, wider, narrower, silent))
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
class _Kind:
    """Words of one dimension that no norm of either version tells apart, by one example.

    Attributes:
        word: the example, named by a rule where one of them is.
        bits: cover and touch of the old version, cover and touch of the new, by common numbers.
        tested: which of the sets that conditions test it is in.
    """

    word: str
    bits: tuple[int, int, int, int]
    tested: int

    @property
    def touch(self) -> int:
        """The norms of either version that have to do with it."""
        return self.bits[1] | self.bits[3]


class _Grid:
    """The points that two versions can tell apart, found dimension by dimension.

    Once the verb is chosen only the norms about that verb matter, and so on: words that the norms still in play treat
    alike are one. This keeps the table complete and small.
    """

    def __init__(self, pairing: _Pairing) -> None:
        self.pairing = pairing
        self._marks = (
            marks(pairing.old.norms, [1 << number for number in pairing.before]),
            marks(pairing.new.norms, [1 << number for number in pairing.after]),
        )
        self._tests = self._sets()
        self.kinds = {name: self._kinds(name) for name in DIMENSIONS}
        self.allowing = sum(1 << number for number, norm in pairing.norms.items() if norm.allow)
        self.within = self._inside()
        self._chosen: dict[tuple[str, int, int], list[_Kind]] = {}
        self._relevant: dict[tuple[str, int], int] = {}

    def _tables(self) -> tuple[Table, Table]:
        return self.pairing.old, self.pairing.new

    def _kinds(self, dimension: str) -> list[_Kind]:
        seen: dict[tuple[object, ...], _Kind] = {}
        for word in self._universe(dimension):
            bits = (*self._bits(0, dimension, word), *self._bits(1, dimension, word))
            tested = sum(
                1 << place for place, (values, _) in enumerate(self._tests[dimension]) if word in values
            )
            seen.setdefault((bits, tested), _Kind(word, bits, tested))
        return list(seen.values())

    def _universe(self, dimension: str) -> list[str]:
        """Words that can be asked about, the ones that norms hold first: they make the clearest witnesses."""
        lists = self.pairing.old.lists | self.pairing.new.lists
        own = {word for table in self._tables() for norm in table.norms for word in getattr(norm, dimension)}
        own -= {"*"} | (lists if dimension != "verbs" else frozenset())
        if dimension == "verbs":
            return sorted(own | {key for key, verb in verbs.verbs().items() if verb.data})
        if dimension == "recipients":
            return [NOBODY, *sorted(own, key=self._breadth(dimension))]
        facet: Facet = "data" if dimension == "data" else "purpose"
        known = {term.key for table in self._tables() for term in table.vocabulary.terms(facet)} - lists
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
        for one, other in ((old, new), (new, old)):
            changed = [number for number in one if number not in other]
            rivals = [number for number in other if number not in one]
            for number in changed:
                wide = [r for r in rivals if _implies(one[number], other[r])]
                found[1 << number] = sum(1 << r for r in wide)
        return found

    def choose(self, dimension: str, norm: int, playing: int) -> list[_Kind]:
        """One word for each way in which the norms in play treat the words that `norm` touches."""
        key = (dimension, norm, playing)
        found = self._chosen.get(key)
        if found is None:
            relevant = self._in_play(dimension, playing)
            seen: dict[tuple[int, int, int, int, int], _Kind] = {}
            for kind in self.kinds[dimension]:
                if kind.touch & norm:
                    one, two, three, four = kind.bits
                    signature = (
                        one & playing,
                        two & playing,
                        three & playing,
                        four & playing,
                        kind.tested & relevant,
                    )
                    seen.setdefault(signature, kind)
            found = self._chosen[key] = list(seen.values())
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


def _implies(one: Norm, other: Norm) -> bool:
    """Whether `other` applies in every case in which `one` does (their points compared elsewhere)."""
    if one.allow != other.allow or one.knowing != other.knowing:
        return False
    if one.condition == other.condition and one.lifts == other.lifts:
        return True
    narrow, wide = (
        both(norm.condition, *(Not(lift.condition) for lift in norm.lifts)) for norm in (one, other)
    )
    if prod(len(values) for values in regions((narrow, wide)).values()) > FEW:
        return False  # too many cases to look at here: the search at the points decides
    return beyond(narrow, wide) is None


def _compare(
    gone: Norm | None, come: Norm | None, grid: _Grid, *, open_world: bool = False
) -> tuple[Witness | None, Witness | None]:
    """Witnesses for more and for less being allowed, where these norms apply.

    With `open_world` prohibitions alone are compared, as if everything else were allowed: a prohibition that is lost is a
    promise that is lost, also where nothing permits the act today.
    """
    wider: Witness | None = None
    narrower: Witness | None = None
    for norm in (come, gone):
        if norm is None:
            continue
        for point in _points(norm, grid):
            more, less = _at(point, grid, (wider is None, narrower is None), open_world=open_world)
            wider, narrower = wider or more, narrower or less
            if wider and narrower:
                return wider, narrower
    return wider, narrower


def _points(norm: Norm, grid: _Grid) -> Iterator[tuple[_Kind, ...]]:
    bit = 1 << grid.pairing.number[id(norm)]
    for verb in grid.choose("verbs", bit, -1):
        for data in grid.choose("data", bit, verb.touch):
            about = verb.touch & data.touch
            for purpose in grid.choose("purposes", bit, about):
                for recipient in grid.choose("recipients", bit, about & purpose.touch):
                    yield verb, data, purpose, recipient


def _at(
    point: tuple[_Kind, ...], grid: _Grid, wanted: tuple[bool, bool], *, open_world: bool
) -> tuple[Witness | None, Witness | None]:
    """Witnesses at one point, for the directions still looked for."""
    old_cover = old_touch = new_cover = new_touch = -1
    for kind in point:
        old_cover &= kind.bits[0]
        old_touch &= kind.bits[1]
        new_cover &= kind.bits[2]
        new_touch &= kind.bits[3]
    old_allow, new_allow = old_cover & grid.allowing, new_cover & grid.allowing
    old_forbid, new_forbid = old_touch & ~grid.allowing, new_touch & ~grid.allowing
    if open_world:
        old_allow = new_allow = 0
    if old_allow == new_allow and old_forbid == new_forbid:
        return None, None
    tested = tuple(kind.tested for kind in point[1:])
    found: list[Witness | None] = []
    for asked, wider in zip(wanted, (True, False), strict=True):
        possible = (
            grid.exceeds(new_allow, old_allow) or grid.exceeds(old_forbid, new_forbid)
            if wider
            else grid.exceeds(old_allow, new_allow) or grid.exceeds(new_forbid, old_forbid)
        )
        if not asked or not possible:
            found.append(None)
            continue
        key = (open_world, wider, old_allow, old_forbid, new_allow, new_forbid, *tested)
        if key not in grid.pairing.compared:
            words = (point[0].word, point[1].word, point[2].word, point[3].word)
            before = grid.pairing.program(0, old_allow | old_forbid, words)
            after = grid.pairing.program(1, new_allow | new_forbid, words)
            if open_world:
                before, after = (replace(one, allows=(EVERYTHING,)) for one in (before, after))
            grid.pairing.compared[key] = _witness(words, before, after, wider=wider)
        found.append(grid.pairing.compared[key])
    return found[0], found[1]


def _witness(point: Words, before: Program, after: Program, *, wider: bool) -> Witness | None:
    """Facts for which the answer changed in the wanted direction; None if there are none."""
    facts = _Search(before, after, wider).run()
    if facts is None:
        return None
    old = settle(before.forbids, before.allows, facts)
    new = settle(after.forbids, after.allows, facts)
    return Witness(*point, facts, old, new)


_POINT = frozenset({"data", "purpose", "recipient"})


class _Search:
    """Looks for facts that change the answer, fact by fact, leaving out what can no longer change.

    An answer that is settled while facts are still open stays settled whatever they turn out to be (Kleene), so most
    branches end early. What is only forbidden knowingly is the exception: it is looked at as an ordinary prohibition
    first, and then with its own facts unknown.
    """

    def __init__(self, before: Program, after: Program, wider: bool) -> None:
        self.real = (before, after)
        self.plain = (_unknowing(before), _unknowing(after))
        self.wider = wider
        # What a condition asks of a word too broad for it stays open: narrower words are points of their own.
        space = regions(_conditions(before) + _conditions(after))
        self.space = {fact: values for fact, values in space.items() if fact not in _POINT}
        self.left = CASES
        # one that both versions have is met by facts that keep it from applying, as well as by unknown ones
        sides = [{same(norm): norm for norm in one.forbids if norm.knowing} for one in self.real]
        self.knowing = [
            side[key] for side in sides for key in sides[0].keys() ^ sides[1].keys() if key in side
        ]

    def run(self) -> dict[str, FactValue] | None:
        """The facts found, or None."""
        return self._from({})

    def _from(self, facts: dict[str, FactValue]) -> dict[str, FactValue] | None:
        self.left -= 1
        if self.left < 0:
            return None
        old, new = (settle(one.forbids, one.allows, facts) for one in self.plain)
        less, more = (old, new) if self.wider else (new, old)
        if less.allowed or more.answer in {"forbidden", "not allowed"}:
            return self._unknowing_of(facts) if self.knowing else None
        missing = less.missing or more.missing if more.allowed else more.missing or less.missing
        fact = next((name for name in missing if name in self.space), None)
        if more.allowed and less.answer != "unknown":
            return facts
        if fact is None:
            return self._as_it_is(facts)
        for value in self.space.get(fact, ()) if fact else ():
            found = self._from({**facts, fact: value})
            if found is not None:
                return found
        return None

    def _as_it_is(self, facts: dict[str, FactValue]) -> dict[str, FactValue] | None:
        """The same facts, if they change the answer although something stays open that nothing can close."""
        old, new = (settle(one.forbids, one.allows, facts) for one in self.real)
        return facts if old.allowed != new.allowed and new.allowed == self.wider else None

    def _unknowing_of(self, facts: dict[str, FactValue]) -> dict[str, FactValue] | None:
        """The same facts, but those of what is only forbidden knowingly unknown: does that change the answer?"""
        for norm in self.knowing:
            own = {test.fact for test in tests(norm.condition)}
            left = {name: value for name, value in facts.items() if name not in own}
            old, new = (settle(one.forbids, one.allows, left) for one in self.real)
            if old.allowed != new.allowed and new.allowed == self.wider:
                return left
        return None


def _unknowing(one: Program) -> Program:
    return replace(one, forbids=tuple(replace(norm, knowing=False) for norm in one.forbids))


def _conditions(one: Program) -> list[Condition]:
    found = [norm.condition for norm in (*one.forbids, *one.allows)]
    return found + [lift.condition for norm in one.forbids for lift in norm.lifts]
