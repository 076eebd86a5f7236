"""Erase persons: every row of theirs in every store, and nothing of anybody else's, whatever breaks in between.

    search ─▶ journal ─▶ write ─▶ commit ─▶ search again ─▶ … nothing left ─▶ the person's own row ─▶ evidence

Each search finds what is there now; its keys are in the journal before the first write can last (`swift`), or before
it is made, where a store may not be able to undo it or has refused something. A kill leaves
each store before or after its transaction, never in between, and `resume` goes on from the journal. The search that
finds nothing more is the second reading of everything that was done.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from types import MappingProxyType

from troth.enforcement import along, blueprint, opening, swift, unfinished, verdict
from troth.enforcement.byvalue import look_through
from troth.enforcement.chunk import NO_STEP, Chunk, number_of
from troth.enforcement.journal import WARM, Job
from troth.enforcement.project import Node, Project
from troth.enforcement.search import SearchRefused
from troth.enforcement.shape import shape
from troth.enforcement.trace import trace
from troth.enforcement.writing import Work, apart, changes, fail, fail_all, write_chunk
from troth.evidence.ledger import Run
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Outcome, Person
from troth.model.plan import Citation, Hold, Plan, Step
from troth.plan.erasure import compile_erasure
from troth.stores.errors import StoreBusy, StoreGone, StoreRefused
from troth.stores.walk import Row

_NONE: Mapping[int, Mapping[int, int]] = MappingProxyType({})
MOST_ROUNDS = 50  # searches; rows that still arrive after so many come faster than they can be erased


def plan_erasure(
    project: Project,
    citation: Citation,
    holds: Iterable[Hold] = (),
    citations: Mapping[str, Citation] | None = None,
    *,
    loose: Collection[Node] = (),
) -> Plan:
    """The plan that `erase` carries out: what, where, in which order, why, and what it will not do."""
    return compile_erasure(project.map, project.schemas, citation, holds, citations, loose=loose)


def erase(
    project: Project,
    people: Sequence[Person],
    plan: Plan,
    *,
    residual: bool = True,
    spared: Collection[tuple[Node, Row]] = (),
) -> tuple[Outcome, ...]:
    """Erase one or many persons in one go.

    Unfinished work on one of them is finished first, so that nothing is ever called complete too early.

    Args:
        project: the stores, journal and ledger.
        people: whom; each needs at least one identity.
        plan: from `plan_erasure`.
        residual: whether every text of every store is searched for what is left of them.
        spared: rows of persons that are somebody else's, though the same names lead to them.

    Returns:
        One outcome for each person, in the order given.

    Raises:
        TrothError: an identity names no column, another process is working, or the journal does not work. Nothing
            was written to a store.
    """
    with project.journal.alone():
        unfinished.renew(project, people)
        asked = [project.pseudonym(person) for person in people]
        named = dict(zip(asked, people, strict=True))
        mine = unfinished.of(project, named)
        outcomes, current = _gone_on(project, mine, (plan.digest, list(named)), residual=residual)
        if not current:
            trial = trace(project, list(named.values()), plan.steps, shape(project, plan).columns)
            trial.anchors.spared = frozenset(spared)
            gone = trial.gone = unfinished.inherited(project, mine, tuple(named), trial.anchors)
            work = Work(project, 0, plan, trial, tuple(named), fresh=True, gone=gone)
            outcomes, current = _carry_out(work, residual=residual), work.job
        unfinished.supersede(project, mine, but=current, by=named)
        by_subject = {one.subject: one for one in outcomes}
        return tuple(by_subject[subject] for subject in asked)


def _gone_on(
    project: Project, mine: Sequence[Job], wanted: tuple[str, list[str]], *, residual: bool
) -> tuple[tuple[Outcome, ...], int]:
    """Finish what a kill stopped, and go on with the job of this very plan and these people, where there is one.

    The plan of any other job that stayed open is not carried out again: since it was made a hold may have begun, or a
    table that it left out may have been mended.

    Args:
        project: the project.
        mine: the open jobs of these people.
        wanted: digest of the plan, and the pseudonyms of the people in their order.
        residual: as in `erase`.

    Returns:
        The outcomes of that job and its number; nothing and 0 where there is none.
    """
    current, outcomes = unfinished.same(project, mine, *wanted), tuple[Outcome, ...]()
    for job in mine:
        if job.id == current or unfinished.stopped(project, job):
            done = _resume(project, job.id, residual=residual)
            outcomes = done if job.id == current else outcomes
    return outcomes, current


def resume(project: Project, *, residual: bool = True) -> tuple[Outcome, ...]:
    """Go on with every job that a kill or an error left open; the outcomes of all their persons.

    Raises:
        TrothError: another process is working, or the journal does not work.
    """
    with project.journal.alone():
        found: list[Outcome] = []
        for job in unfinished.every(project):
            if unfinished.answered(project, job):
                unfinished.close(project, job)
            else:
                found += _resume(project, job.id, residual=residual)
        return tuple(found)


def _resume(project: Project, job: int, *, residual: bool) -> tuple[Outcome, ...]:
    """Go on with one job."""
    details = project.journal.details(job)
    people = [Person(tuple(Identity(kind, value) for kind, value in some)) for some in details["people"]]
    plan = blueprint.read(details["plan"])
    found = trace(project, people, plan.steps)
    found.anchors, gone = unfinished.parted(project, job, plan, tuple(people), details)
    found.gone, numbers = gone, {number: number for number in range(len(people))}
    found.anchors.closed = unfinished.closed(project, [(job, plan, numbers)], found.anchors, gone, whole=True)
    project.write("journal retry", lambda: _retry(project, job))
    subjects = tuple(project.journal.subjects(job))
    work = Work(project, job, plan, found, subjects, noted=found.anchors.changes, gone=gone)
    return _carry_out(work, residual=residual)


def _retry(project: Project, job: int) -> int:
    project.journal.retry(job)
    return 1


def _carry_out(work: Work, *, residual: bool) -> tuple[Outcome, ...]:
    project = work.project
    if not work.fresh or not project.together:  # else job and plan are saved with the first keys
        work.job = work.job or project.write("journal start", lambda: opening.begin(work))
        opening.announce(work)
    while work.round < MOST_ROUNDS:
        work.round += 1
        try:
            if not _attempt(work):
                break
        except SearchRefused as error:
            for person in range(len(work.trace.anchors.people)):
                fail(work, error.step, person, error.message)
        except (StoreBusy, StoreGone, StoreRefused) as error:
            fail_all(work, error)
            break
    else:
        fail_all(work, TrothError("new rows arrive faster than they are erased"))
    if work.faults:
        project.write("journal faults", lambda: _note(work))
    return verdict.close(work, residual=residual)


def _note(work: Work) -> int:
    def note(_: Run) -> int:
        work.project.journal.fault(work.job, work.faults)
        return len(work.faults)

    return opening.durably(work, note)


def _attempt(work: Work) -> int:
    """One search and its writes, tried again where a store is locked; gives the number of rows."""
    for left in reversed(range(work.project.tries)):
        try:
            return _round(work)
        except StoreBusy:
            if not left:
                raise
            time.sleep(work.project.patience)
    return 0


def _round(work: Work) -> int:
    """Search, save the keys, write, commit; everything a store does is one transaction."""
    if work.plan.searched and work.round == 1:
        look_through(work)
    if swift.possible(work):
        try:
            return _swift(work)
        except StoreRefused:
            work.careful = True  # everything is undone; now table by table and person by person
    return _careful(work)


def _swift(work: Work) -> int:
    """One round in one pass; the keys are saved before anything of it lasts."""
    project = work.project
    if work.farewell and not swift.remains(work):
        swift.settled(work)
        return 0
    with _transactions(work):
        if not work.farewell:
            work.trace.seek()
        chunks = swift.written(work)
        work.settled = False
        rows = project.write("journal keys", lambda: _save(work, chunks)) if chunks else 0
    if rows:
        work.farewell = work.farewell or any(_parts(work.plan.steps[chunk.step]) for chunk in chunks)
        _mark(work, {number: set() for number, _, _ in project.journal.pending(work.job)})
    work.settled = work.fresh
    return rows


def _careful(work: Work) -> int:
    """One round in which the keys are saved before the first of them is written, and a table may be left out."""
    project, journal = work.project, work.project.journal
    with _transactions(work):
        again = _own(work, journal.pending(work.job))
        rows = len(again)
        if again:
            along.settle(project, work.job)
        if not again:
            if not work.farewell:
                work.trace.seek()
            search = swift.searching(work)
            rows = project.write("journal keys", lambda: _save(work, search.chunks()))
        # Not of those just saved: what they are was told by this very search.
        chunks = again or [one for one in journal.pending(work.job) if one[1] != NO_STEP]
        changed: dict[int, dict[int, int]] = {}
        others: list[Chunk] = []
        written = _write_all(work, chunks, (changed, others), again=bool(again))
        if beside := [one for one in others if one.step == NO_STEP]:
            project.write("journal keys", lambda: _save(work, beside))
            others = [one for one in others if one.step != NO_STEP]
    if written:
        written.update((number, set()) for number in along.saved(project, work.job))
        _mark(work, written, changed, others)
    return rows


def _own(work: Work, chunks: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Chunks of steps, each with its number, step and kind, as they are written after a kill may have undone them.

    Rows of other tables that were written along with theirs are found again with them; and what nothing pointed to when it
    was deleted may be pointed to again, so that it is looked at anew.
    """
    steps = work.plan.steps
    return [
        (one, number, "masked" if kind == "deleted" and steps[number].pins else kind)
        for one, number, kind in chunks
        if number != NO_STEP
    ]


@contextmanager
def _transactions(work: Work) -> Iterator[None]:
    """A transaction in every store, committed one after another."""
    project = work.project
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.callback(project.watch, f"- commit {name}")
            opened.enter_context(project.stores[name].transaction(deferred=work.plan.deferred))
            opened.callback(project.watch, f"+ commit {name}")
        yield


def _save(work: Work, chunks: Iterable[Chunk]) -> int:
    """Save the rows that are the persons, where new ones were found, and the keys of everything to be written.

    Where journal and ledger stand in one database the plan goes into the ledger in the same transaction, unless it is
    there already; so it stands there before anything is written that can last.
    """
    journal, left, first, rows = work.project.journal, iter(chunks), list[Chunk](), 0
    # Searched before the state is written: a search may wait for a lock of a store, and nobody else writes to the state then.
    for chunk in left:
        first.append(chunk)
        rows += chunk.size()
        if rows >= WARM:  # as many as stay in memory until they are written
            break
    if not first:
        return 0
    return opening.durably(work, lambda _: journal.save(work.job, chain(first, left)))


def _mark(
    work: Work,
    written: Mapping[int, Iterable[int]],
    changed: Mapping[int, Mapping[int, int]] = _NONE,
    others: Sequence[Chunk] = (),
) -> None:
    def mark() -> int:
        work.project.journal.mark(written, changed, (work.job, others))
        return len(written)

    work.project.write("journal marks", mark)


def _parts(step: Step) -> bool:
    """Whether a step takes the person's own row: who comes back after that is a new customer."""
    return step.identity and not step.reference


def _write_all(
    work: Work,
    chunks: Sequence[tuple[int, int, str]],
    told: tuple[dict[int, dict[int, int]], list[Chunk]],
    *,
    again: bool,
) -> dict[int, set[int]]:
    """Write the rows of chunks, step by step; by chunk, the persons whose rows were left as they were.

    Into `told` comes, by chunk, how many rows of each person changed, where fewer were than found, and what was deleted
    instead of masked. What a killed process may have written counts as found.
    """
    found: dict[int, set[int]] = {}
    changed, others = told
    for chunk, number, kind in chunks:
        step = work.plan.steps[number]
        rows = work.project.journal.rows(work.job, chunk)
        work.farewell = work.farewell or _parts(step)
        found[chunk] = write_chunk(work, step, kind, rows, again=again)
        moved = changes(work, kind, rows)
        if moved is not None and not again and sum(moved.values()) < len(rows):
            changed[chunk] = moved
        if step.pins and kind == "masked":
            one = Chunk(chunk, work.round, number, kind, step.place, tuple(rows))
            others += (parted := apart(work, one))
            if gone := Counter(number_of(row) for new in parted if new.kind == "deleted" for row in new.rows):
                changed[chunk] = {who: count - gone[who] for who, count in one.counts().items()}
    return found
