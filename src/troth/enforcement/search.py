"""Collect what a job will write: the keys of every row of its persons, sorted by what happens to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from troth.enforcement import rowsets
from troth.enforcement.chunk import Chunk, number_of
from troth.enforcement.loose import leaving
from troth.enforcement.project import Node, Project
from troth.enforcement.separate import fast
from troth.enforcement.trace import Found, Trace
from troth.model.datamap import Link, Path
from troth.model.errors import TrothError
from troth.model.plan import Plan, Step
from troth.plan.table import through
from troth.stores.errors import StoreRefused
from troth.stores.walk import Row

CHUNK = 20_000  # rows in one statement; more in one would hold locks and memory for longer
_ASKED = 5_000  # rows whose owners are looked up at a time


class SearchRefused(TrothError):  # noqa: N818 - reads as the sentence it is
    """The rows of one table can not be read: it is left out, and the search begins again."""

    def __init__(self, step: Step, message: str) -> None:
        super().__init__(message)
        self.step = step


@dataclass(slots=True)
class Search:
    """One search of a job, the numbers it counts, and what it could not separate.

    Attributes:
        project, job, plan, trace: what is searched for.
        round: number of the search.
        failed: by person, the places that were left as they were.
        stuck: by person and place, rows of two people that can not be separated.
        held: by person and place, the place of such rows: where rows were left for them to be found by.
        waiting: as `held`, whether there are rows or not.
        pinning: tables of which rows may have to stay, masked, because rows of two people can not let go of them.
        emptied: by place and columns, the rows in which references are emptied.
        far: whether rows of two people lead to ours through other tables: only the next search tells whether they are separated.
        found: rows found by store, without those of the persons themselves.
    """

    project: Project
    job: int
    plan: Plan
    trace: Trace
    round: int
    failed: dict[int, set[str]] = field(default_factory=dict)
    stuck: set[tuple[int, str]] = field(default_factory=set)
    held: dict[tuple[int, str], str] = field(default_factory=dict)
    waiting: dict[tuple[int, str], str] = field(default_factory=dict)
    pinning: set[Node] = field(default_factory=set)
    emptied: dict[tuple[str, frozenset[str]], set[Found]] = field(default_factory=dict)
    far: bool = False
    found: dict[str, int] = field(default_factory=dict)

    def chunks(self) -> Iterator[Chunk]:
        """Every row to be written that was not written before; the persons' own rows when nothing else is left.

        Where all rows lie in one store, the persons' own rows come in the same search, because one transaction
        holds everything.
        """
        for number, step in self._steps(identity=False):
            for chunk in self._step(number, step):
                self.found[step.store] = self.found.get(step.store, 0) + len(chunk.rows)
                yield chunk
        stores = {step.store for _, step in self._steps(identity=True)}
        if not self.found or (set(self.found) == stores and len(self.project.stores) == 1 and not self.far):
            for number, step in self._steps(identity=True):
                yield from self._step(number, step)

    def of(self, numbers: Iterable[int]) -> Iterator[Chunk]:
        """Every row to be written by the steps of these numbers, in the order of the plan."""
        for number in sorted(numbers):
            yield from self._step(number, self.plan.steps[number])

    def every(self) -> Iterator[Chunk]:
        """Every row that would be written, those of the persons themselves too."""
        for identity in (False, True):
            for number, step in self._steps(identity=identity):
                yield from self._step(number, step)

    def _steps(self, *, identity: bool) -> Iterator[tuple[int, Step]]:
        for number, step in enumerate(self.plan.steps):
            if step.action in {"delete", "mask"} and (step.identity and not step.reference) == identity:
                yield number, step

    def _step(self, number: int, step: Step) -> Iterator[Chunk]:
        people = range(len(self.trace.anchors.people))
        if all(step.place in self.failed.get(person, ()) for person in people):
            return
        try:
            yield from self._sorted(number, step)
        except StoreRefused as error:
            raise SearchRefused(step, error.message) from None

    def _sorted(self, number: int, step: Step) -> Iterator[Chunk]:
        """The rows of a step, those of two people apart from the others."""
        kind = "deleted" if step.action == "delete" else "unlinked" if step.reference else "masked"
        kind = "masked" if self.pinned(step) else kind
        if step.exclusive and kind == "deleted" and not step.pins:
            mine = self._free(step, self._allowed(step, self.trace.rows(step)))
            # Where one row may be found by two paths it counts once.
            yield from self._cut(number, step, kind, self._each(step, set(mine) if step.either else mine))
            return
        rows = set(self._allowed(step, self.trace.rows(step)))
        # Rows that are named together show by themselves which of them are masked; others came since.
        if (step.action == "mask" or step.pins) and not step.several:
            what = "" if step.action == "mask" else "masked"
            for handled in self.project.journal.handled(self.job, number, what):
                rows.difference_update(handled)
        if step.reference and rows:
            rows = leaving(self.project, self.trace, self.plan, step, rows) - self._emptied_before(step)
            self.emptied.setdefault(_emptying(step), set()).update(rows)
        # A mask that changes nothing is no write; without changes a write would be a deletion.
        written = step.action == "delete" or bool(step.changes or step.pins)
        if written:
            rows = set(self._free(step, rows))
        if step.exclusive or not step.paths:
            yield from self._cut(number, step, kind, self._each(step, rows) if written else ())
            return
        shared, stuck, alike = self._shared(step, rows)
        done: set[Found] = set()
        for handled in self.project.journal.handled(self.job, number, "separated"):
            done |= shared.intersection(handled)  # it was separated and is still found
        # What leads to others by whatever it leads to ours by ends with the person's own row.
        stuck |= done - alike
        shared_left = shared - stuck - done
        self.far = self.far or (bool(shared_left) and any(len(path.links) > 1 for path in step.paths))
        if stuck:
            self._hold(step, {number_of(row) for row in stuck})
        # These first: what they let go of in the same table may go then.
        yield from self._cut(number, step, "separated", self._each(step, shared_left))
        yield from self._cut(number, step, kind, self._each(step, rows - shared) if written else ())

    def _each(self, step: Step, rows: Iterable[Found]) -> Iterable[Found]:
        """The rows in a fixed order where they are a set; what names several of them comes as often as it does."""
        if step.several:
            return rowsets.each(self.project.stores[step.store], step, rows)
        return sorted(rows, key=str) if isinstance(rows, set) else rows

    def _emptied_before(self, step: Step) -> set[Found]:
        """Rows in which another step of this search empties the same columns: the number of a user is that of a principal too."""
        same = (
            rows
            for key, rows in self.emptied.items()
            if key[0] == step.place and _emptying(step)[1] <= key[1]
        )
        return set[Found]().union(*same)

    def _hold(self, step: Step, people: Iterable[int]) -> None:
        """Let the person's own row wait for rows that can not be separated, and what these are found by."""
        places = {other.place for other in self.plan.steps if other.identity and not other.reference}
        places |= {f"{store}.{name}" for path in step.paths for store, name in through(path, step.store)}
        for person in people:
            self.stuck.add((person, step.place))
            for place in places - {step.place}:
                self.waiting.setdefault((person, place), step.place)

    def _free(self, step: Step, rows: Iterable[Found]) -> Iterable[Found]:
        """The rows without those that wait for rows which can not be separated."""
        if not self.waiting:
            return rows
        rows = set(rows)
        waiting = [row for row in rows if (number_of(row), step.place) in self.waiting]
        for row in waiting:
            who = number_of(row), step.place
            self.held[who] = self.waiting[who]
        return rows.difference(waiting)

    def waits(self, step: Step) -> bool:
        """Whether rows of somebody wait in this step."""
        return any((person, step.place) in self.waiting for person, _ in self.stuck)

    def _allowed(self, step: Step, rows: Iterable[Found]) -> Iterable[Found]:
        """The rows without those of persons for whom this table failed, or who have to wait."""
        if not self.failed:
            return rows
        return (row for row in rows if not self._waits(step, number_of(row)))

    def _waits(self, step: Step, person: int) -> bool:
        failed = self.failed.get(person, set())
        return step.place in failed or (step.identity and not step.reference and bool(failed))

    def _shared(self, step: Step, rows: set[Found]) -> tuple[set[Found], set[Found], set[Found]]:
        """The rows that lead to others as well, those of them that can not be separated, and those that only share a value."""
        keys = sorted({row[1:] for row in rows}, key=str)
        foreign: set[Row] = set()
        bound: set[Row] = set()
        own: set[Row] = set()
        # What a row of ours may be pointed to by is nameless when that row is; it ties nobody any more.
        loose = {
            place: node
            for place, path in enumerate(step.paths)
            if place not in step.about and (node := self._pinning(step, path))
        }
        ties = fast(self.project, step) - loose.keys()
        for start in range(0, len(keys), _ASKED):
            some = keys[start : start + _ASKED]
            others, ours, theirs = self.trace.owners(step, some)
            goes = rowsets.going(step, ours, theirs)
            others -= goes
            foreign |= {some[place] for place in others}
            for path, node in loose.items():
                if others & ours[path]:
                    self._hold_fast(node)
            held = set().union(*(ours[path] - theirs[path] for path in ties))
            bound |= {some[place] for place in others & held}
            own |= {
                some[place]
                for place in set().union(
                    *(
                        ours[path] - theirs[path]
                        for path in ours
                        if path not in loose and path not in step.about
                    )
                )
            }
        return (
            {row for row in rows if row[1:] in foreign},
            {row for row in rows if row[1:] in bound},
            {row for row in rows if row[1:] not in own},
        )

    def _pinning(self, step: Step, path: Path) -> Node | None:
        """The first table on a path whose rows are masked instead of deleted where a row on it still points to them.

        An entry of a case is found by the case for as long as the case names the account, which is nameless then.
        """
        store = step.store
        for link in path.links:
            node = (link.store or store, link.target)
            if self._pins(store, link, node):
                return node
            store = node[0]
        return None

    def _pins(self, store: str, link: Link, node: Node) -> bool:
        """Whether a row that a link leads to is masked instead of deleted where it is still pointed to by it."""
        return any(
            pin.store == store and pin.path.links == (link,)
            for other in self.plan.steps
            if (other.store, other.table) == node
            for pin in other.pins
        )

    def _hold_fast(self, node: Node) -> None:
        """Note that rows of a table may have to stay, and so those that they can not let go of."""
        if node in self.pinning:
            return
        self.pinning.add(node)
        for step in self.plan.steps:
            if any((pin.store, pin.path.links[0].table) == node for pin in step.pins):
                self._hold_fast((step.store, step.table))

    def pinned(self, step: Step) -> bool:
        """Whether rows of a step that deletes may have to stay, masked, because of rows that were found."""
        return bool(step.pins) and (step.store, step.table) in self.pinning

    def _cut(self, number: int, step: Step, kind: str, rows: Iterable[Found]) -> Iterator[Chunk]:
        left = iter(rows)
        while some := tuple(islice(left, CHUNK)):
            yield Chunk(0, self.round, number, kind, step.place, some)


def _emptying(step: Step) -> tuple[str, frozenset[str]]:
    """Where a step empties which columns."""
    return step.place, frozenset(change.column for change in step.changes)
