"""One pass over stores that can undo everything: rows go where they are found, the keys are saved, all is committed.

    search what has to be read ─▶ delete and write ─▶ keys into the journal ─▶ commit

Nothing of it lasts before its keys are saved, and no row is looked up twice. A row is deleted by the very statement that
finds it where the schema shows that it has one owner and no earlier step writes a table that its path leads through (`shape`);
all other rows are found before anything is written. When a database refuses a write, everything is undone and
`erase` goes the careful way, one table after another, so that one person holds up nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeGuard

from troth.enforcement.chunk import Chunk
from troth.enforcement.search import Search
from troth.enforcement.writing import Work, apart, changes, write_rows
from troth.model.plan import Step
from troth.stores.walk import Asked, Row, Store, Taker, Walk, Write

_Way = tuple[Walk, list[Row], list[int]]


def possible(work: Work) -> bool:
    """Whether a job can go on in one pass: nothing is left over from a kill or a refusal, every store can undo."""
    return (
        not work.careful
        and not work.failed
        and not work.plan.deferred
        and all(map(_undoes, work.project.stores.values()))
        and not (work.job and not work.settled and work.project.journal.pending(work.job))
    )


def searching(work: Work) -> Search:
    """The search of the present round, which alone says what can not be separated: an earlier one may have been early."""
    settled(work)
    return Search(
        work.project, work.job, work.plan, work.trace, work.round,
        failed=work.failed, stuck=work.stuck, held=work.held,
    )  # fmt: skip


def settled(work: Work) -> None:
    """Forget which rows could not be separated: they are searched anew, or are known to lead to nobody of ours."""
    work.stuck.clear()
    work.held.clear()


def written(work: Work) -> list[Chunk]:
    """Find and write everything inside of the transactions that the caller holds; gives the keys, not yet saved.

    Raises:
        SearchRefused: a table can not be read.
        StoreRefused: a write is refused; the caller undoes the transactions.
        StoreBusy, StoreGone: see `Store`.
    """
    search = searching(work)
    ways = dict(_ways(work))
    last = {n for n, step in work.shape.writing if step.identity and not step.reference}
    rest = {n for n, _ in work.shape.writing} - last
    # In one store the persons' own rows go in the same transaction; elsewhere when nothing else is left anywhere.
    found = list(search.of(rest - set(ways)))
    single = len(work.project.stores) == 1 and not search.far
    found += search.of(last - set(ways)) if single else ()
    if search.waiting or search.pinning:
        # Rows of somebody wait for others that can not be separated, so the rest of these tables is looked up too.
        steps = work.plan.steps
        late = {number for number in ways if search.waits(steps[number]) or search.pinned(steps[number])}
        ways = {number: way for number, way in ways.items() if number not in late}
        found += search.of(late if single else late & rest)
    if single:
        return _in_turn(work, [*sorted(rest), *sorted(last)], ways, found)
    done = _in_turn(work, sorted(rest), ways, found)
    return done or _in_turn(work, sorted(last), ways, list(search.of(last - set(ways))))


def _in_turn(work: Work, numbers: Sequence[int], ways: Mapping[int, _Way], found: list[Chunk]) -> list[Chunk]:
    """Write the rows of some steps one after another; those that need no search, and follow each other, at once."""
    done: list[Chunk] = []
    for store, some in groupby(numbers, lambda n: work.plan.steps[n].store if n in ways else None):
        if store is None:
            for number in some:
                done += _all(work, [chunk for chunk in found if chunk.step == number])
        else:
            done += _taken(work, store, [(number, ways[number]) for number in some if ways[number][1]])
    return done


def remains(work: Work) -> bool:
    """Whether a search would find anything; cheap, and True wherever only a search can tell."""
    asked: dict[str, list[Asked]] = {}
    for number, step in work.shape.writing:
        some = list(_asked(work, number, step))
        if None in some:
            return True
        asked.setdefault(step.store, []).extend(one for one in some if one is not None)
    for name in sorted(asked):
        store = work.project.stores[name]
        if not _undoes(store) or store.remain(asked[name]):
            return True
    return False


def _undoes(store: Store) -> TypeGuard[Taker]:
    """Whether a store leaves nothing behind until it commits; asking for one method is quicker than for all."""
    return hasattr(store, "take")


def _asked(work: Work, number: int, step: Step) -> Iterator[Asked | None]:
    """What shows whether rows of a step are there; None where one question can not show it."""
    if step.identity and not step.reference:
        keys = list(work.trace.anchors.keys((step.store, step.table)))
        if keys:
            yield Walk(step.table, fixed=step.key, want=step.key), keys
        return
    for place in range(len(step.paths)):
        way = _way(work, number, place)
        if way is None:
            yield None
        elif way[1]:
            yield way[0], way[1]


def _ways(work: Work) -> Iterator[tuple[int, _Way]]:
    """By number of a step, the one walk whose rows can be written where they are found."""
    for number, step in work.shape.writing:
        if number in work.shape.free and not _again(work, number):
            way = _way(work, number, 0) if step.paths else _own(work, step)
            # A row of the persons that two of them share would be counted for one of them only.
            if way is not None and len(set(way[1])) == len(way[1]):
                yield number, way


def _way(work: Work, number: int, place: int) -> _Way | None:
    """The walk of a step by one of its paths; worked out once while nothing new is known of the persons."""
    asked, changes = work.shape.queries[number, place], work.trace.anchors.changes
    if asked is None:
        return None
    known = work.ways.get((number, place))
    if known is None or known[0] != changes:
        known = work.ways[number, place] = changes, work.trace.way(asked)
    return known[1]


def _own(work: Work, step: Step) -> _Way:
    """The persons' own rows."""
    known = list(work.trace.anchors.all((step.store, step.table)))
    walk = Walk(step.table, fixed=step.key, want=step.key)
    return walk, [one.key for one in known], [one.person for one in known]


def _again(work: Work, number: int) -> bool:
    """Whether rows of a step were masked before: they may still be found, and must not be written and counted again."""
    step = work.plan.steps[number]
    if not work.job or (step.action != "mask" and not step.pins):
        return False
    kind = "" if step.action == "mask" else "masked"
    return next(work.project.journal.handled(work.job, number, kind), None) is not None


def _taken(work: Work, name: str, some: Sequence[tuple[int, _Way]]) -> list[Chunk]:
    store, watch = work.project.stores[name], work.project.watch
    if not some or not _undoes(store):
        return []
    steps = [work.plan.steps[number] for number, _ in some]
    kinds = ["deleted" if step.action == "delete" else "masked" for step in steps]
    for step, kind in zip(steps, kinds, strict=True):
        watch(f"+ {kind} {step.place}")
    taken = store.take(
        [
            (Write(step.table, step.key, () if step.action == "delete" else step.changes), *way)
            for step, (_, way) in zip(steps, some, strict=True)
        ]
    )
    for step, kind in zip(steps, kinds, strict=True):
        watch(f"- {kind} {step.place}")
    return [
        Chunk(0, work.round, number, kind, step.place, taken=tuple(rows))
        for (number, _), step, kind, rows in zip(some, steps, kinds, taken, strict=True)
        if rows
    ]


def _all(work: Work, chunks: list[Chunk]) -> list[Chunk]:
    done = []
    for chunk in chunks:
        step = work.plan.steps[chunk.step]
        write_rows(work, step, chunk.kind, chunk.rows)
        others = apart(work, chunk) if step.pins and chunk.kind == "masked" else []
        gone = {row for one in others if one.kind == "deleted" for row in one.rows}
        rows = tuple(row for row in chunk.rows if row not in gone) if gone else chunk.rows
        done += others
        if rows:
            done.append(replace(chunk, rows=rows, changed=changes(work, chunk.kind, rows)))
    return done
