"""Carry out what a policy says about retention: dry run, sweep in short transactions, evidence.

    plan ─▶ partitions that are past ─▶ count ─▶ chunks of the rest ─▶ is any left? ─▶ looks alike? ─▶ evidence

Rows are found by what they hold, chunk by chunk in the order of an index; each chunk is a transaction of its own
that takes some milliseconds, so that nobody waits for long. A kill loses nothing: what is still there is found again,
and `resume` goes on. A row that is held, excepted, within its minimum or pointed to is left, and counted.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from statistics import median

from troth.enforcement import sweepcode, sweepproof
from troth.enforcement.effect import kept
from troth.enforcement.lapse import lapse
from troth.enforcement.project import Project
from troth.enforcement.refresh import refresh
from troth.enforcement.spared import spared
from troth.enforcement.sweepbook import Progress, SweepBook
from troth.enforcement.sweepdoubt import doubts
from troth.evidence.ledger import Run
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.outcome import Reason
from troth.model.sweep import Alter, Clause, Sweep, SweepPlan, every, neither
from troth.stores.errors import StoreBusy, StoreRefused
from troth.stores.sift import Likeness, Stretch, Sweeping
from troth.stores.walk import Row

LEAST, FIRST, MOST = 500, 2_000, 20_000
"""Rows of a chunk."""
_WRITTEN = ("deleted", "altered", "dropped", "suppressed", "unlike")
_GROWTH = 3  # how many times larger than the last chunk the next one may be
_MEMORY = 3  # chunks by whose pace the next one is cut: one that was held up says nothing
_SAVE_SECONDS = 1.0  # between two notes of how many rows are done
_SPARSE = 3  # numbers for each row, above which the keys of the rows are looked for
_ROUNDS = 5  # passes over a table; rows that still become due after so many do so faster than they are swept


@dataclass(frozen=True, slots=True)
class Tally:
    """What one step of a plan would do now.

    Attributes:
        sweep: the step.
        due: rows whose period is over; `overdue`: those that should be gone already.
        free: rows that nothing keeps.
        stays: rows that stay, by why: held, excepted, minimum, waits (a row may count in several).
    """

    sweep: Sweep
    due: int
    overdue: int
    free: int
    stays: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Swept:
    """What one step of a plan has done.

    Attributes:
        tally: what it found before.
        counts: rows by what happened: deleted, altered, dropped (with their partition), suppressed.
        left: rows that nothing keeps and that are still there; `why` says why.
        likeness: how the anonymous rows look alike, where a k is promised.
        stale: materialised views that keep copies of rows of its table, and why; told once for a store.
    """

    tally: Tally
    counts: dict[str, int]
    left: int = 0
    why: str = ""
    likeness: Likeness | None = None
    stale: tuple[Reason, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the promise is kept: nothing is left, in no view either, and the rest looks alike often enough."""
        return not (self.left or self.stale) and (self.likeness is None or not self.likeness.short)


@dataclass(slots=True)
class _Work:
    """A sweep under way."""

    project: Project
    book: SweepBook
    job: int
    plan: SweepPlan
    progress: Progress
    given: dict[str, list[Row]]
    saved: float = 0.0
    size: int = FIRST
    rates: deque[float] = field(default_factory=lambda: deque(maxlen=_MEMORY))
    spread: tuple[int, int] | None = None

    @property
    def sweep(self) -> Sweep:
        """The present step."""
        return self.plan.sweeps[self.progress.step]

    @property
    def store(self) -> Sweeping:
        """The store of the present step."""
        return store_of(self.project, self.sweep.store)

    def save(self, *, lasting: bool = True) -> None:
        """Save the progress now; see `SweepBook.save`."""
        self.project.write("journal sweep", lambda: self.book.save(self.job, self.progress, lasting=lasting))
        self.saved = time.monotonic()


def dry_run(project: Project, plan: SweepPlan, restricted: Collection[str] = ()) -> tuple[Tally, ...]:
    """What every step of a plan would do now, without doing it.

    Args:
        project: the stores.
        plan: from `compile_sweep`.
        restricted: pseudonyms of the persons whose data may not be erased now.

    Raises:
        StoreRefused: a table has changed since the plan was made.
        StoreGone: a store can not be reached.
    """
    given = spared(project, plan, restricted)
    return tuple(_tally(store_of(project, one.store), one, given) for one in plan.sweeps)


def sweep(project: Project, plan: SweepPlan, restricted: Collection[str] = ()) -> tuple[Swept, ...]:
    """Carry out a plan; unfinished sweeps are finished first.

    Args:
        project: the stores, journal and ledger.
        plan: from `compile_sweep`.
        restricted: pseudonyms of the persons whose data may not be erased now.

    Returns:
        what each step did, in order, those of unfinished sweeps first; the evidence is in the ledger.

    Raises:
        TrothError: another process is working, or the journal does not work.
        StoreGone: a store can not be reached; `resume` goes on later.
    """
    with project.journal.alone():
        book = SweepBook(project.journal)
        before: list[Swept] = []
        for job in book.open():
            before += _carry_out(_Work(
                project, book, job.id, sweepcode.read(job.plan), job.progress,
                spared(project, sweepcode.read(job.plan), restricted),
            ), job.start)  # fmt: skip
        start = project.ledger.size()
        number = project.write("journal start", lambda: _begin(project, book, plan, start))
        work = _Work(project, book, number, plan, Progress(), spared(project, plan, restricted))
        return (*before, *_carry_out(work, start))


def resume(project: Project, restricted: Collection[str] = ()) -> tuple[Swept, ...]:
    """Go on with every sweep that a kill or an error left open.

    Raises:
        TrothError: another process is working, or the journal does not work.
    """
    with project.journal.alone():
        book = SweepBook(project.journal)
        found: list[Swept] = []
        for job in book.open():
            plan = sweepcode.read(job.plan)
            work = _Work(project, book, job.id, plan, job.progress, spared(project, plan, restricted))
            found += _carry_out(work, job.start)
        return tuple(found)


def store_of(project: Project, name: str) -> Sweeping:
    """The store of a name, if it can be swept.

    Raises:
        TrothError: it can not.
    """
    store = project.stores.get(name)
    if not isinstance(store, Sweeping):
        raise TrothError(f"the store {name} can not be swept", hint="give its address in the project")
    return store


def _begin(project: Project, book: SweepBook, plan: SweepPlan, start: int) -> int:
    """A new sweep; its plan goes into the ledger with it where both stand in one database, and later elsewhere."""

    def begin(run: Run) -> int:
        number = book.start(utc(project.clock()), start, plan.digest, sweepcode.written(plan))
        if project.together:
            project.ledger.join(run, [sweepproof.planned(project, number, plan)])
        return number

    return project.journal.write(begin)


def _end(work: _Work, entries: Sequence[Entry]) -> None:
    """The evidence of a sweep, and that it is over; at once where both stand in one database."""
    project = work.project

    def end(run: Run) -> int:
        if entries:
            project.ledger.join(run, entries)
        return work.book.finish(work.job)

    if project.together:
        project.write("journal finish", lambda: project.journal.write(end))
        return
    if entries:
        project.write("ledger sweep", lambda: project.ledger.append(entries))
    project.write("journal finish", lambda: work.book.finish(work.job))


def _carry_out(work: _Work, start: int) -> tuple[Swept, ...]:
    """Every step from the present one on, then the evidence of all."""
    progress = work.progress
    sweepproof.announce(work.project, work.job, work.plan, start)
    while progress.step < len(work.plan.sweeps):
        _step(work)
        progress.step, progress.base, progress.part, progress.rows = progress.step + 1, -1, "", 0
        progress.unlike, progress.late = -1, 0
        work.size, work.spread = FIRST, None
        work.rates.clear()
        work.save(lasting=False)  # a step that is over has nothing to do when it is taken up again
    swept, filled = _views(work, [_outcome(work, number) for number in range(len(work.plan.sweeps))])
    unread = doubts(work.project, work.plan, work.given, progress.gone)
    _end(work, sweepproof.untold(work.project, work.job, work.plan, (swept, unread, filled), start))
    return swept


def _views(work: _Work, swept: Sequence[Swept]) -> tuple[tuple[Swept, ...], tuple[str, ...]]:
    """Fill the views again that are made from what was swept: the steps with the views that keep copies, and those filled."""
    places = {one.tally.sweep.place for one in swept if any(one.counts.get(what) for what in _WRITTEN)}
    before = work.book.stale(work.job)
    if not places and not before:
        return tuple(swept), ()
    views = refresh(work.project, places, before)
    if views.stale:
        work.progress.views = [one.place for one in views.stale]
        work.save()
    found: list[Swept] = []
    untold = list(views.stale)
    for one in swept:
        mine = tuple(view for view in untold if view.place.startswith(f"{one.tally.sweep.store}."))
        untold = [view for view in untold if view not in mine]
        found.append(replace(one, stale=mine) if mine else one)
    return tuple(found), views.filled


def _step(work: _Work) -> None:
    """One step: partitions, chunks, and how the rest looks."""
    progress, one = work.progress, work.sweep
    if progress.part:
        _drop(work)
    if one.place in progress.gone:
        return
    if progress.base < 0:
        lapse(work.project, work.store, one, work.given)
        if one.whole and one.before:
            _parts(work)
        if one.place in progress.gone:
            return
        found = _survey(work, exact=False)
        counted = {"due": found.due, "overdue": found.overdue, "free": found.free, **found.stays}
        for name, rows in counted.items():
            progress.add(name, rows)
        progress.base = found.free
        work.save(lasting=found.free > 0)
    else:
        _lost(work)
    try:
        _rows(work)
        if one.measure:
            _suppress(work)
    except StoreBusy as error:
        progress.left[str(progress.step)] = error.message
        progress.counts[str(progress.step)]["still"] = _tally(work.store, one, work.given).free


def _lost(work: _Work) -> None:
    """Count what went between the last note and a kill."""
    done = sum(work.progress.count(what) for what in ("deleted", "altered"))
    still = _survey(work).free
    what = "altered" if work.sweep.alters else "deleted"
    if (lost := work.progress.base - done - still) > 0:
        work.progress.add(what, lost)
        work.save()


def _stretch(one: Sweep, given: dict[str, list[Row]], where: Clause | None = None) -> Stretch:
    order = (one.order, *one.key) if one.order and one.order not in one.key else one.key
    return Stretch(
        one.table, order, every(one.due, one.free) if where is None else where, one.alters, given=given
    )


def _tally(store: Sweeping, one: Sweep, given: dict[str, list[Row]]) -> Tally:
    """The rows of a step now."""
    return _told(one, store.tally(_stretch(one, given, one.due), _asked(one)))


def _survey(work: _Work, *, exact: bool = True) -> Tally:
    """As `_tally`; where the key is a whole number, it is noted too between which keys the rows lie.

    Not `exact`, these may be the keys of the first and the last row by the clock, and others lie beyond.
    """
    one = work.sweep
    if not _numbered(work):
        return _tally(work.store, one, work.given)
    stretch = Stretch(one.table, one.key, one.due, one.alters, given=work.given)
    near = one.order if one.whole and not one.alters and not exact else ""
    counts, *spread = work.store.extent(stretch, _asked(one), near)
    work.spread = (spread[0], spread[1])
    return _told(one, counts)


def _kinds(one: Sweep) -> list[str]:
    return list(dict.fromkeys(each.kind for each in one.obstacles))


def _asked(one: Sweep) -> list[Clause]:
    """What is counted of the rows that are due: overdue, kept by anything, kept by each kind of obstacle."""
    if not one.obstacles:
        return [one.overdue]
    by_kind = (
        every(*(neither(each.clause) for each in one.obstacles if each.kind == kind)) for kind in _kinds(one)
    )
    free = every(*(neither(each.clause) for each in one.obstacles))
    return [one.overdue, neither(free), *map(neither, by_kind)]


def _told(one: Sweep, counts: Sequence[int]) -> Tally:
    """The counts of what was `_asked`, after the number of rows that are due."""
    due, overdue, *kept = counts
    stays: dict[str, int] = dict(zip(_kinds(one), kept[1:], strict=True))
    return Tally(one, due, overdue, due - (kept[0] if kept else 0), stays)


def _parts(work: _Work) -> None:
    """Drop the partitions that are past as a whole; what is locked too long or may not be dropped goes row by row."""
    one, store = work.sweep, work.store
    stretch = _stretch(one, work.given)
    with contextlib.suppress(StoreBusy):
        for part in store.parts(one.table, one.order or _column(one)):
            if not _not_later(part.before, one.before):
                continue
            rows, staying, late = store.part_tally(stretch, part.name, [one.overdue])
            if staying:
                continue  # its rows that may go are swept one by one
            work.progress.part, work.progress.rows, work.progress.late = part.name, rows, late
            work.save()
            if not _drop(work):
                return


def _column(one: Sweep) -> str:
    """The column of the clock of a step that one moment decides."""
    return getattr(one.due, "column", "")


def _not_later(part: str, before: str) -> bool:
    """Whether a partition ends by a moment; both RFC 3339."""
    return datetime.fromisoformat(part) <= datetime.fromisoformat(before)


def _drop(work: _Work) -> bool:
    """Drop the partition that was noted, as soon as nobody works on its table; False where the database refuses."""
    progress, one = work.progress, work.sweep
    tries = max(50, work.project.tries)
    for left in reversed(range(tries)):
        try:
            drop = partial(work.store.drop_part, one.table, progress.part)
            work.project.write(f"dropped {one.place}", drop)
            break
        except StoreBusy:
            if not left:
                progress.part = ""
                return True  # its rows are swept one by one, and the next one may be free
            time.sleep(work.project.patience)
        except StoreRefused:
            # Deleting rows takes less than dropping a partition, which belongs to whoever may alter the table.
            if all(
                part.name != progress.part for part in work.store.parts(one.table, one.order or _column(one))
            ):
                raise  # it is no part of the table any more, so its rows would not be met there
            progress.part = ""
            return False
    counted = {
        "due": progress.rows,
        "overdue": progress.late,
        "free": progress.rows,
        "dropped": progress.rows,
    }
    for name, rows in {**counted, "partitions": 1}.items():
        progress.add(name, rows)
    if progress.part == one.table:
        progress.gone.append(one.place)
    progress.part = ""
    work.save(lasting=False)  # what was noted before says it too
    return True


def _rows(work: _Work) -> None:
    """Sweep the rows in chunks, until none is found any more."""
    base = _stretch(work.sweep, work.given)
    still = work.progress.base
    for _ in range(_ROUNDS):
        if not still:
            break
        with work.store.eased():
            done = _pass(work, base, still)
        refused = str(work.progress.step) in work.progress.left
        if (
            done >= still and not refused
        ):  # all that were counted; what came in meanwhile is for the next sweep
            still = 0
            break
        # Only what is left has to be counted.
        still = _survey(work).free if work.store.remains(base) else 0
        if not done:
            break
    work.progress.counts[str(work.progress.step)]["still"] = still


def _pass(work: _Work, base: Stretch, rows: int) -> int:
    """One pass over so many rows in the order of an index; gives how many it changed."""
    if (total := _ranges(work, base, rows)) is not None:
        return total
    total, after = 0, base.after
    while True:
        upto = work.store.edge(_between(base, after, None), work.size)
        total += _chunk(work, _between(base, after, upto))
        if upto is None:
            return total
        after = upto


def _numbered(work: _Work) -> bool:
    """Whether one whole number names a row."""
    one = work.sweep
    known = work.project.schemas[one.store].relation(one.table).field(one.key[0])
    return len(one.key) == 1 and known is not None and known.kind == "integer"


def _ranges(work: _Work, base: Stretch, rows: int) -> int | None:
    """One pass by ranges of a key of whole numbers, which never hold more rows than numbers; None where that is not apt.

    Nothing has to be looked for here: where the rows that are due lie close together, this is the fastest way.
    """
    if work.spread is None or work.spread[1] - work.spread[0] >= _SPARSE * rows:
        return None
    keyed = Stretch(base.table, work.sweep.key, base.where, base.alters, given=base.given)
    total, (start, most) = 0, work.spread
    while start <= most:
        upto = start + work.size - 1
        total += _chunk(work, _between(keyed, (start - 1,), (upto,)))
        start = upto + 1
    return total


def _between(one: Stretch, after: Row | None, upto: Row | None) -> Stretch:
    return Stretch(one.table, one.order, one.where, one.alters, after, upto, one.given)


def _chunk(work: _Work, one: Stretch) -> int:
    """One transaction, tried again where a row is locked, in smaller pieces where the database refuses it."""
    what = "altered" if one.alters else "deleted"
    for left in reversed(range(work.project.tries)):
        began = time.perf_counter()
        try:
            rows = work.project.write(f"{what} {work.sweep.place}", lambda: work.store.sweep(one))
            break
        except StoreBusy:
            if not left:
                raise
            time.sleep(work.project.patience)
        except StoreRefused as error:
            return _pieces(work, one, error)
    took = time.perf_counter() - began
    work.rates.append(max(took, 1e-6) / work.size)
    fitting = int(work.store.pace / median(work.rates))
    work.size = min(MOST, work.size * _GROWTH, max(LEAST, fitting))
    work.progress.add(what, rows)
    if time.monotonic() - work.saved > _SAVE_SECONDS:
        work.save(lasting=False)  # the rows that are left tell the same
    if pause := work.store.rest(took):
        time.sleep(pause)
    return rows


def _pieces(work: _Work, one: Stretch, error: StoreRefused) -> int:
    """A chunk that the database refuses, row by row in the end, so that only what it refuses is left."""
    rows = work.store.tally(one, ())[0]
    if rows <= 1:
        work.progress.left[str(work.progress.step)] = error.message
        return 0
    middle = work.store.edge(one, (rows + 1) // 2)
    if middle is None:
        return 0
    return _chunk(work, _between(one, one.after, middle)) + _chunk(work, _between(one, middle, one.upto))


def _suppress(work: _Work) -> None:
    """Rows that look like fewer than k others are deleted where a rule says so, else emptied further."""
    one, progress = work.sweep, work.progress
    base = _stretch(one, work.given)
    bare = Stretch(base.table, base.order, base.where, given=base.given)
    short = work.store.likeness(bare, one.measure, one.k).short if one.k else 0
    what = "unlike" if one.fallback else "suppressed"
    if progress.unlike > short:  # a kill came between the write and its count
        progress.add(what, progress.unlike - short)
    progress.unlike = -1
    alters = () if one.fallback else _emptier(work, one)
    if not short or not (one.fallback or alters):
        return
    progress.unlike = short
    work.save()
    target = Stretch(base.table, base.order, base.where, alters, given=base.given)
    name = f"{what} {one.place}"
    rows = work.project.write(name, lambda: work.store.sweep_unlike(target, one.measure, one.k))
    progress.add(what, rows)
    progress.unlike = -1
    work.save()


def _emptier(work: _Work, one: Sweep) -> tuple[Alter, ...]:
    """What rows that are too rare lose: the year is enough of a moment, everything else that may be empty is emptied."""
    relation = work.project.schemas[one.store].relation(one.table)
    found = []
    for name in one.measure:
        known = relation.field(name)
        if known is None:
            continue
        if known.kind in {"time", "date"}:
            found.append(Alter(name, "year"))
        elif known.nullable:
            found.append(Alter(name, "null"))
    return tuple(found)


def _outcome(work: _Work, number: int) -> Swept:
    """What a step did, and what is left of it now."""
    one, counts = work.plan.sweeps[number], dict(work.progress.counts.get(str(number), {}))
    stays: dict[str, int] = {
        kind: counts.pop(kind) for kind in ("held", "excepted", "minimum", "waits") if kind in counts
    }
    before = Tally(one, counts.pop("due", 0), counts.pop("overdue", 0), counts.pop("free", 0), stays)
    if one.place in work.progress.gone:
        return Swept(before, counts)
    store = store_of(work.project, one.store)
    left = counts.pop("still", 0)
    why = work.progress.left.get(str(number), _kept(work.project, one)) if left else ""
    likeness = None
    if one.measure and one.k:
        base = _stretch(one, work.given)
        bare = Stretch(base.table, base.order, base.where, given=base.given)
        likeness = store.likeness(bare, one.measure, one.k)
    return Swept(before, counts, left, why, likeness)


def _kept(project: Project, one: Sweep) -> str:
    event = "update" if one.alters else "delete"
    relation = project.schemas[one.store].relation(one.table)
    return kept(relation, event) or "rows become due faster than they are swept"
