"""What became allowed and what became forbidden: two decision tables compared, completely.

Norms that both versions have decide alike, so only points that some changed norm touches can have a new answer. There,
terms that no norm tells apart are taken together, and points with the same norms are compared once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from troth.decision.norm import NOBODY, Norm, same
from troth.decision.program import Program, program, settle
from troth.decision.space import regions
from troth.decision.table import Table
from troth.model import verb as verbs
from troth.model.condition import Condition, FactValue, tests
from troth.model.errors import NotFound
from troth.model.request import Decision

CASES = (
    50_000  # combinations of facts looked at for one pair of programs; beyond it the most telling ones are
)
DIMENSIONS = ("verbs", "data", "purposes", "recipients")


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
    """What two versions of a norm (one of them None for an added or removed one) changed, with witnesses."""

    old: Norm | None
    new: Norm | None
    wider: Witness | None
    narrower: Witness | None


@dataclass
class _Pairing:
    """The norms of two tables under common numbers, so that equal norms are equal bits."""

    old: Table
    new: Table
    numbers: dict[tuple[object, ...], int] = field(default_factory=dict)
    compared: dict[tuple[object, ...], tuple[Witness | None, Witness | None]] = field(default_factory=dict)

    def number(self, norm: Norm) -> int:
        return self.numbers.setdefault(same(norm), len(self.numbers))


def shifts(old: Table, new: Table) -> tuple[Shift, ...]:
    """Every change of norms that changed some answer."""
    pairing = _Pairing(old, new)
    before = {pairing.number(norm): norm for norm in old.norms}
    after = {pairing.number(norm): norm for norm in new.norms}
    removed = [norm for number, norm in before.items() if number not in after]
    added = [norm for number, norm in after.items() if number not in before]
    if not removed and not added:
        return ()
    grid = _Grid(pairing)
    found = []
    for gone, come in _pairs(removed, added):
        wider, narrower = _compare(gone, come, grid)
        if wider or narrower:
            found.append(Shift(gone, come, wider, narrower))
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


class _Grid:
    """Representative points: for each dimension, the words that the norms of both versions tell apart."""

    def __init__(self, pairing: _Pairing) -> None:
        self.pairing = pairing
        self.words = {name: self._universe(name) for name in DIMENSIONS}
        self._tested = self._sets()
        self._old = [1 << pairing.number(norm) for norm in pairing.old.norms]
        self._new = [1 << pairing.number(norm) for norm in pairing.new.norms]
        self._bits: dict[tuple[str, str], tuple[int, int, int, int, tuple[bool, ...]]] = {}

    def _universe(self, dimension: str) -> list[str]:
        """Words that can be asked about, the ones named by rules first: they make the clearest witnesses."""
        if dimension == "verbs":
            return [key for key, verb in verbs.verbs().items() if verb.data or self._named(key)]
        own = {
            word
            for table in self._tables()
            for norm in table.norms
            for word in getattr(norm, dimension)
            if word != "*"
        }
        if dimension == "recipients":
            return [NOBODY, *sorted(own)]
        facet = "data" if dimension == "data" else "purpose"
        known = (term.key for table in self._tables() for term in table.vocabulary.terms(facet))  # type: ignore[arg-type]
        return list(dict.fromkeys([*sorted(own), *known]))

    def _named(self, verb: str) -> bool:
        return any(verb in norm.verbs for table in self._tables() for norm in table.norms)

    def _tables(self) -> tuple[Table, Table]:
        return self.pairing.old, self.pairing.new

    def _sets(self) -> dict[str, list[frozenset[object]]]:
        """The sets of data, purposes and recipients that conditions test."""
        found: dict[str, dict[frozenset[object], None]] = {name: {} for name in DIMENSIONS}
        names = {"data": "data", "purpose": "purposes", "recipient": "recipients"}
        for table in self._tables():
            for norm in table.norms:
                for condition in (norm.condition, *(lift.condition for lift in norm.lifts)):
                    for test in tests(condition):
                        if test.fact in names:
                            found[names[test.fact]][frozenset(test.values)] = None
        return {name: list(sets) for name, sets in found.items()}

    def bits(self, dimension: str, word: str) -> tuple[int, int, int, int, tuple[bool, ...]]:
        """Cover and touch masks of a word in both versions, by common numbers, and the tested sets it is in."""
        key = (dimension, word)
        found = self._bits.get(key)
        if found is None:
            old = self._renumber(self.pairing.old, self._old, dimension, word)
            new = self._renumber(self.pairing.new, self._new, dimension, word)
            found = self._bits[key] = (
                *old,
                *new,
                tuple(word in values for values in self._tested[dimension]),
            )
        return found

    @staticmethod
    def _renumber(table: Table, numbers: list[int], dimension: str, word: str) -> tuple[int, int]:
        try:
            cover, touch = table.masks(dimension, word)
        except NotFound:
            return 0, 0  # a word that only the other version knows: nothing here speaks of it
        return _spread(cover, numbers), _spread(touch, numbers)

    def classes(
        self, dimension: str, norm: Norm
    ) -> list[tuple[str, tuple[int, int, int, int, tuple[bool, ...]]]]:
        """One word for each way the norms treat the words that `norm` touches."""
        bit = 1 << self.pairing.number(norm)
        seen: dict[tuple[int, int, int, int, tuple[bool, ...]], str] = {}
        for word in self.words[dimension]:
            bits = self.bits(dimension, word)
            if bits[1] & bit or bits[3] & bit:
                seen.setdefault(bits, word)
        return [(word, bits) for bits, word in seen.items()]


def _spread(mask: int, numbers: list[int]) -> int:
    spread = 0
    while mask:
        low = mask & -mask
        spread |= numbers[low.bit_length() - 1]
        mask ^= low
    return spread


def _compare(gone: Norm | None, come: Norm | None, grid: _Grid) -> tuple[Witness | None, Witness | None]:
    """Witnesses for more and for less being allowed, where these norms apply."""
    wider: Witness | None = None
    narrower: Witness | None = None
    for norm in (come, gone):
        if norm is None:
            continue
        for point, bits in _points(norm, grid):
            more, less = _at(point, bits, grid.pairing)
            wider, narrower = wider or more, narrower or less
            if wider and narrower:
                return wider, narrower
    return wider, narrower


Bits = tuple[int, int, int, int, tuple[bool, ...]]


def _points(norm: Norm, grid: _Grid) -> Iterator[tuple[tuple[str, str, str, str], tuple[Bits, ...]]]:
    classes = [grid.classes(name, norm) for name in DIMENSIONS]
    for verb, data, purpose in product(*classes[:3]):
        for recipient in classes[3]:
            yield (verb[0], data[0], purpose[0], recipient[0]), (verb[1], data[1], purpose[1], recipient[1])


def _at(
    point: tuple[str, str, str, str], bits: tuple[Bits, ...], pairing: _Pairing
) -> tuple[Witness | None, Witness | None]:
    old_cover = bits[0][0] & bits[1][0] & bits[2][0] & bits[3][0]
    old_touch = bits[0][1] & bits[1][1] & bits[2][1] & bits[3][1]
    new_cover = bits[0][2] & bits[1][2] & bits[2][2] & bits[3][2]
    new_touch = bits[0][3] & bits[1][3] & bits[2][3] & bits[3][3]
    if old_cover == new_cover and old_touch == new_touch:
        return None, None
    key = (old_cover, old_touch, new_cover, new_touch, bits[1][4], bits[2][4], bits[3][4])
    found = pairing.compared.get(key)
    if found is None:
        found = pairing.compared[key] = _witnesses(point, pairing)
    return found


def _witnesses(point: tuple[str, str, str, str], pairing: _Pairing) -> tuple[Witness | None, Witness | None]:
    before, after = _program(pairing.old, point), _program(pairing.new, point)
    wider = narrower = None
    for facts in _cases(before, after):
        old, new = settle(before.forbids, before.allows, facts), settle(after.forbids, after.allows, facts)
        if old.allowed == new.allowed:
            continue
        witness = Witness(*point, facts, old, new)
        if new.allowed:
            wider = wider or witness
        else:
            narrower = narrower or witness
        if wider and narrower:
            break
    return wider, narrower


def _program(table: Table, point: tuple[str, str, str, str]) -> Program:
    try:
        return table.program(point)
    except NotFound:
        return program((), (), {})


def _cases(before: Program, after: Program) -> Iterator[dict[str, FactValue]]:
    conditions: list[Condition] = []
    for one in (before, after):
        conditions += [norm.condition for norm in (*one.forbids, *one.allows)]
        conditions += [lift.condition for norm in one.forbids for lift in norm.lifts]
    space = regions(conditions)
    names = list(space)
    for count, values in enumerate(product(*space.values())):
        if count >= CASES:
            return
        yield dict(zip(names, values, strict=True))
