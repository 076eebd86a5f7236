"""A job under way, and how rows are written by their keys: all at once, or person by person where that is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from troth.enforcement import rowsets
from troth.enforcement.anchors import Anchor, Anchors, contested
from troth.enforcement.chunk import NO_STEP, Chunk, number_of
from troth.enforcement.drawn import drawn, random_text
from troth.enforcement.effect import ascertain
from troth.enforcement.meaning import CATEGORIES, IDENTITIES, Wanted, kind_of, normal
from troth.enforcement.outsiders import numbers
from troth.enforcement.pinned import Parting, release
from troth.enforcement.project import Project
from troth.enforcement.separate import separate
from troth.enforcement.shape import Shape, shape
from troth.enforcement.trace import Trace
from troth.enforcement.within import addresses, holding
from troth.model.datamap import Table
from troth.model.errors import TrothError
from troth.model.outcome import Identity
from troth.model.plan import Plan, Step
from troth.plan.table import through
from troth.stores.errors import StoreRefused
from troth.stores.walk import Row, Value, Walk, Write


@dataclass(slots=True)
class Work:
    """A job under way.

    Attributes:
        project, plan, trace: what is done.
        job: number of the job; 0 until it is saved.
        subjects: the pseudonyms of the persons.
        failed: by person, the places that were left as they were.
        faults: why, by person and place.
        stuck, held: rows of two people that can not be separated, and what waits for them; see `Search`.
        round: number of the search.
        noted: rows of the persons that the journal knows.
        farewell: whether the persons' own rows are written; who comes back after that is a new customer.
        careful: whether rows are written with their keys saved before, one table after another.
        fresh: whether this process began the job, so that the ledger holds nothing of it but what is written here.
        announced: whether the ledger holds the plan.
        settled: whether all keys that were saved are known to be written.
        changed: keys of rows of two people of the table at work in which something was emptied; others held nothing of ours.
        parting: which rows of the table at work were deleted instead of masked, and what was emptied for that.
        refreshed: the materialised views that were filled again, `store.view`.
        gone: rows that were the persons and are deleted, by this job before it was resumed or by one that it took over:
            what named the persons there is looked for still, and nothing is found by their keys, which may be another's now.
    """

    project: Project
    job: int
    plan: Plan
    trace: Trace
    subjects: tuple[str, ...]
    failed: dict[int, set[str]] = field(default_factory=dict)
    faults: dict[tuple[int, str], str] = field(default_factory=dict)
    stuck: set[tuple[int, str]] = field(default_factory=set)
    held: dict[tuple[int, str], str] = field(default_factory=dict)
    round: int = 0
    noted: int = 0
    farewell: bool = False
    careful: bool = False
    fresh: bool = False
    announced: bool = False
    settled: bool = False
    changed: set[Row] = field(default_factory=set)
    parting: Parting = field(default_factory=Parting)
    refreshed: tuple[str, ...] = ()
    gone: Anchors = field(default_factory=lambda: Anchors(()))
    known: tuple[int, Wanted] = (-1, Wanted())
    alone: tuple[int, Wanted] = (-1, Wanted())
    ways: dict[tuple[int, int], tuple[int, tuple[Walk, list[Row], list[int]]]] = field(default_factory=dict)

    @property
    def shape(self) -> Shape:
        """What map and schemas say of the plan."""
        return shape(self.project, self.plan)

    @property
    def wanted(self) -> Wanted:
        """The values that name the persons."""
        if self.known[0] != self.trace.anchors.changes:
            self.known = self.trace.anchors.changes, wanted(self.project, self.trace, self.gone)
        return self.known[1]

    @property
    def sought(self) -> Wanted:
        """Those of the values that nobody else's account has; to find that out may read whole columns."""
        if self.alone[0] != self.trace.anchors.changes:
            self.alone = self.trace.anchors.changes, wanted(self.project, self.trace, self.gone, alone=True)
        return self.alone[1]


def changes(work: Work, kind: str, rows: Sequence[Row]) -> dict[int, int] | None:
    """By person, how many of the rows just written really changed; None where all that are found do."""
    if kind != "separated":
        return None
    found = Counter(number_of(row) for row in rows if row[1:] in work.changed)
    work.changed.clear()
    return {person: found[person] for person in {number_of(row) for row in rows}}


def apart(work: Work, chunk: Chunk) -> list[Chunk]:
    """What became of rows just written that were to be masked: those deleted instead, and references emptied for that."""
    parting, work.parting = work.parting, Parting()
    people: dict[Row, set[int]] = {}
    for row in chunk.rows:
        people.setdefault(row[1:], set()).add(number_of(row))
    gone = tuple(row for row in chunk.rows if row[1:] in parting.gone)
    found = [replace(chunk, id=0, kind="deleted", rows=gone)] if gone else []
    for (place, column), pairs in sorted(parting.emptied.items()):
        also = parting.gone if place == chunk.place else ()
        rows = {(person, *row, column) for key, row in pairs if row not in also for person in people[key]}
        if rows:
            found.append(Chunk(0, chunk.round, NO_STEP, "unlinked", place, tuple(sorted(rows, key=str))))
    return found


def fail_all(work: Work, error: TrothError) -> None:
    """Note for everybody that the work could not go on; the job stays open."""
    for person in range(len(work.trace.anchors.people)):
        work.faults[person, "store"] = error.message
        work.failed.setdefault(person, set()).add("store")


def write_chunk(work: Work, step: Step, kind: str, rows: Sequence[Row], *, again: bool) -> set[int]:
    """Write the rows of one chunk, person by person where the whole is refused; gives whose rows were left."""
    left = {number_of(row) for row in rows if _waits(work, step, number_of(row))} if work.failed else set()
    free = [row for row in rows if number_of(row) not in left] if left else rows
    try:
        write_rows(work, step, kind, free, again=again)
    except StoreRefused as error:
        people = sorted({number_of(row) for row in free})
        if len(people) == 1:
            if step.pins and kind == "masked":  # it may be the deletion that is refused
                return left | write_chunk(work, replace(step, pins=()), kind, free, again=again)
            fail(work, step, people[0], error.message)
            return left | set(people)
        for person in people:
            own = [row for row in free if number_of(row) == person]
            left |= write_chunk(work, step, kind, own, again=again)
    return left


def _waits(work: Work, step: Step, person: int) -> bool:
    """Whether something of this person failed that has to go before this step."""
    failed = work.failed.get(person, set())
    return bool(failed) and (step.place in failed or (step.identity and not step.reference))


def fail(work: Work, step: Step, person: int, why: str) -> None:
    """Note a table that was left as it was, and let everything it is found by wait."""
    places = work.failed.setdefault(person, set())
    for path in step.paths:
        for store, name in through(path, step.store):
            place = f"{store}.{name}"
            places.add(place)
            work.faults.setdefault((person, place), f"it waits for {step.place}")
    hold_back(work, person, step.place, why)


def hold_back(work: Work, person: int, place: str, why: str) -> None:
    """Note a place where something of a person is left, and let the person's own rows wait for it."""
    work.faults[person, place] = why
    work.failed.setdefault(person, set()).add(place)
    for step in work.plan.steps:
        if step.identity and not step.reference:
            work.faults.setdefault((person, step.place), f"it waits for {place}")


def write_rows(work: Work, step: Step, kind: str, rows: Sequence[Row], *, again: bool | None = None) -> None:
    """Write rows by their keys, all or none.

    Args:
        work: the job.
        step: the step they belong to.
        kind: what happens to them.
        rows: the number of the person, then the key.
        again: whether the keys were saved by a process that may have written them; None where the caller undoes
            everything when this is refused.

    Raises:
        StoreRefused: the database does not let it happen.
    """
    project, store = work.project, work.project.stores[step.store]
    keys = list(dict.fromkeys(row[1:] for row in rows))
    if again and step.identity and not step.reference:
        node = (step.store, step.table)
        lost = work.gone.keys(node) - work.trace.anchors.keys(node)
        keys = [key for key in keys if key not in lost]
    if again and step.paths and (not step.reference or _to_persons(work, step)):
        # A key may have been given to somebody else's new row since it was saved.
        foreign, ours, others = work.trace.owners(step, keys)
        free = (set(range(len(keys))) - foreign) | rowsets.going(step, ours, others)
        keys = [key for place, key in enumerate(keys) if place in free or kind == "separated"]
    if not keys:
        return
    name = f"{kind} {step.place}"
    with store.savepoint() if again is not None else nullcontext():
        if kind == "separated":
            values = work.sought
            work.changed |= project.write(name, lambda: separate(project, work.trace, step, keys, values))
        elif kind == "deleted":
            write = Write(step.table, step.key, several=step.several)
            project.write(name, lambda: rowsets.run(store, write, keys))
            ascertain(store, write, keys)
        else:
            parting = _released(work, step, keys, again=bool(again)) if step.pins else Parting()
            write, masked = _masking(work, step, [key for key in keys if key not in parting.gone])
            if masked and not write.deletes:
                project.write(name, lambda: rowsets.run(store, write, masked))
                ascertain(store, write, masked)
            work.parting.add(parting)


def _to_persons(work: Work, step: Step) -> bool:
    """Whether every path of a step ends at persons, so that it can be asked whose a row is."""
    ends = [through(path, step.store)[-1] for path in step.paths]
    return all(work.project.map.table(*end).role == "subject" for end in ends)


def _released(work: Work, step: Step, keys: Sequence[Row], *, again: bool) -> Parting:
    """Delete those of the rows that nothing points to; what a process deleted before it was killed counts as well."""
    project, store, parting = work.project, work.project.stores[step.store], Parting()
    there = (
        {row[1:] for row in store.find(Walk(step.table, fixed=step.key, want=step.key), keys)}
        if again
        else set(keys)
    )
    parting.gone.update(key for key in keys if key not in there)
    delete = Write(step.table, step.key)
    for some in release(project, step, [key for key in keys if key in there], parting):
        project.write(f"deleted {step.place}", partial(store.run, delete, some))
        ascertain(store, delete, some)
        parting.gone.update(some)
    return parting


def _masking(work: Work, step: Step, keys: Sequence[Row]) -> tuple[Write, Sequence[Row]]:
    """The write that masks rows; a text that must stay unique is drawn from the key, the same after a kill."""
    random = tuple(change.column for change in step.changes if change.mask == "token")
    fixed = tuple(change for change in step.changes if change.mask != "token")
    write = Write(step.table, step.key, fixed, random, several=step.several)
    if not random:
        return write, keys
    relation = work.project.schemas[step.store].relation(step.table)
    tails = {one.name: one.tail for one in relation.fields}
    return write, [
        (*key, *(random_text(work.project, step.place, name, key) + tails[name] for name in random))
        for key in keys
    ]


def wanted(project: Project, found: Trace, gone: Anchors | None = None, *, alone: bool = False) -> Wanted:
    """The values that name the persons of a trace: those they were asked by, those of their own rows, and of rows gone.

    Args:
        project: where they were found.
        found: the trace.
        gone: rows gone.
        alone: without the values of rows that somebody else's account has as well: they name the other too, so nobody's
            texts may be searched for them.
    """
    values = Wanted()
    for number, person in enumerate(found.anchors.people):
        for identity in person.identities:
            category = CATEGORIES.get(identity.kind)
            if category and not (
                alone and found.anchors.left(number) and _taken(project, found, category, identity)
            ):
                values.add(number, kind_of(category), identity.value)
        for _, outside in numbers(project.map, person):
            if not outside.isdecimal():  # a mere number stands in many texts and means something else there
                values.add(number, "text", outside)
    # A value that one table of accounts has of somebody else names them in all others.
    theirs: dict[str, set[str]] = {}
    known: list[tuple[str, int, Value]] = []
    for node, rows in chain(found.anchors.rows.items(), gone.rows.items() if gone else ()):
        own = [(anchor, drawn(project, node, anchor)) for anchor in rows.values()]
        for name, kind, cells in _naming(project.map.table(*node), own):
            plain = {normal(kind, cell) for _, cell in cells} - {""} if alone else set()
            if plain:
                theirs.setdefault(kind, set()).update(contested(project, found.anchors, (node, name), plain))
            known += [(kind, owner, cell) for owner, cell in cells]
    for kind, owner, cell in known:
        if not theirs.get(kind) or normal(kind, cell) not in theirs[kind]:
            values.add(owner, kind, cell)
    return values


def _naming(
    table: Table, own: Sequence[tuple[Anchor, Collection[Value]]]
) -> Iterator[tuple[str, str, list[tuple[int, Value]]]]:
    """By column of a table of persons: how its values are compared, and those that name the person of each row.

    Args:
        table: the table.
        own: the rows, each with the random texts that a mask has put into it.
    """
    for column in table.columns:
        if column.category in IDENTITIES:
            name = column.name
            cells = [(one.person, one.values.get(name)) for one, no in own if one.values.get(name) not in no]
            yield name, kind_of(column.category), cells
    for name in holding(table):
        inside = [(one.person, mail) for one, _ in own for mail in addresses(one.values.get(name))]
        yield name, "email", list[tuple[int, Value]](inside)


def _taken(project: Project, found: Trace, category: str, identity: Identity) -> bool:
    """Whether an account has by now what somebody was asked for by whose own rows are gone."""
    value = {normal(kind_of(category), identity.value)}
    return any(
        contested(project, found.anchors, ((table.store, table.name), column.name), value)
        for table in project.map.subjects()
        for column in table.columns
        if column.category == category and (table.store, table.name) in found.columns
    )
