"""Erase persons: every row of theirs in every store, and nothing of anybody else's, whatever breaks in between.

    search ─▶ journal ─▶ write ─▶ commit ─▶ search again ─▶ … nothing left ─▶ the person's own row ─▶ evidence

Each search finds what is there now; its keys are in the journal before the first of them is written. A kill leaves
each store before or after its transaction, never in between, and `resume` goes on from the journal. The search that
finds nothing more is the second reading of everything that was done.
"""

from __future__ import annotations

import base64
import hmac
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from troth.enforcement import blueprint, verdict
from troth.enforcement.anchors import packed, unpacked
from troth.enforcement.journal import Job
from troth.enforcement.meaning import CATEGORIES, IDENTITIES, Wanted, kind_of
from troth.enforcement.project import Project
from troth.enforcement.search import Search, SearchRefused, number_of
from troth.enforcement.separate import separate
from troth.enforcement.trace import Trace, trace
from troth.model.entry import utc
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Outcome, Person
from troth.model.plan import Citation, Hold, Plan, Step
from troth.plan.erasure import compile_erasure
from troth.plan.fit import TOKEN
from troth.plan.table import through
from troth.stores.errors import StoreBusy, StoreGone, StoreRefused
from troth.stores.walk import Row, Write

MOST_ROUNDS = 50  # searches; rows that still arrive after so many come faster than they can be erased


@dataclass(slots=True)
class Work:
    """A job under way."""

    project: Project
    job: int
    plan: Plan
    trace: Trace
    subjects: tuple[str, ...]
    failed: dict[int, set[str]] = field(default_factory=dict)
    faults: dict[tuple[int, str], str] = field(default_factory=dict)
    stuck: set[tuple[int, str]] = field(default_factory=set)
    round: int = 0
    farewell: bool = False

    @property
    def wanted(self) -> Wanted:
        """The values that name the persons."""
        return wanted(self.project, self.trace)


def plan_erasure(
    project: Project,
    citation: Citation,
    holds: Iterable[Hold] = (),
    citations: Mapping[str, Citation] | None = None,
) -> Plan:
    """The plan that `erase` carries out: what, where, in which order, why, and what it will not do."""
    return compile_erasure(project.map, project.schemas, citation, holds, citations)


def erase(
    project: Project, people: Sequence[Person], plan: Plan, *, residual: bool = True
) -> tuple[Outcome, ...]:
    """Erase one or many persons in one go.

    Unfinished work on one of them is finished first, so that nothing is ever called complete too early.

    Args:
        project: the stores, journal and ledger.
        people: whom; each needs at least one identity.
        plan: from `plan_erasure`.
        residual: whether every text of every store is searched for what is left of them.

    Returns:
        One outcome for each person, in the order given.

    Raises:
        TrothError: an identity names no column, another process is working, or the journal does not work. Nothing
            was written to a store.
    """
    with project.journal.alone():
        asked = [project.pseudonym(person) for person in people]
        named = dict(zip(asked, people, strict=True))
        earlier: dict[str, Outcome] = {}
        for job in project.journal.jobs():
            if not named.keys().isdisjoint(project.journal.subjects(job.id)):
                earlier.update({one.subject: one for one in _resume(project, job.id, residual=residual)})
        trial = trace(project, list(named.values()), plan.steps)
        job_id = _start(project, named, plan)
        outcomes = _carry_out(Work(project, job_id, plan, trial, tuple(named)), residual=residual)
        by_subject = {one.subject: _joined(one, earlier.get(one.subject)) for one in outcomes}
        _supersede(project, {one.subject for one in outcomes if one.word == "done"})
        return tuple(by_subject[subject] for subject in asked)


def resume(project: Project, *, residual: bool = True) -> tuple[Outcome, ...]:
    """Go on with every job that a kill or an error left open; the outcomes of all their persons.

    Raises:
        TrothError: another process is working, or the journal does not work.
    """
    with project.journal.alone():
        found: list[Outcome] = []
        for job in project.journal.jobs():
            found += _resume(project, job.id, residual=residual)
        return tuple(found)


def _start(project: Project, named: Mapping[str, Person], plan: Plan) -> int:
    fixed = Job(0, "erasure", "open", utc(project.clock()), plan.digest, project.ledger.size(), "")
    details = _details(list(named.values()), plan, ())
    start = partial(project.journal.start, "erasure", list(named), details, fixed=fixed)
    return project.write("journal start", start)


def _details(people: Sequence[Person], plan: Plan, anchors: Sequence[object]) -> dict[str, object]:
    """What is needed to go on with a job: whom, the plan it began with, and the rows found of them."""
    named = [[[one.kind, one.value] for one in person.identities] for person in people]
    return {"people": named, "plan": blueprint.written(plan), "anchors": list(anchors)}


def _resume(project: Project, job: int, *, residual: bool) -> tuple[Outcome, ...]:
    """Go on with one job."""
    details = project.journal.details(job)
    people = [Person(tuple(Identity(kind, value) for kind, value in some)) for some in details["people"]]
    plan = blueprint.read(details["plan"])
    found = trace(project, people, plan.steps)
    found.anchors = unpacked(found.anchors.people, details["anchors"])
    project.write("journal retry", lambda: _retry(project, job))
    subjects = tuple(project.journal.subjects(job))
    return _carry_out(Work(project, job, plan, found, subjects), residual=residual)


def _retry(project: Project, job: int) -> int:
    project.journal.retry(job)
    return 1


def _carry_out(work: Work, *, residual: bool) -> tuple[Outcome, ...]:
    project = work.project
    verdict.announce(project, work.job, work.plan, len(work.trace.anchors.people))
    while work.round < MOST_ROUNDS:
        work.round += 1
        try:
            if not _attempt(work):
                break
        except SearchRefused as error:
            for person in range(len(work.trace.anchors.people)):
                _fail(work, error.step, person, error.message)
        except (StoreBusy, StoreGone, StoreRefused) as error:
            _fail_all(work, error)
            break
    else:
        _fail_all(work, TrothError("new rows arrive faster than they are erased"))
    if work.faults:
        project.write("journal faults", lambda: _note(work))
    return verdict.close(work, residual=residual)


def _note(work: Work) -> int:
    work.project.journal.fault(work.job, work.faults)
    return len(work.faults)


def _finish(project: Project, job: int, outcome: str, erased: Iterable[tuple[str, str]]) -> int:
    project.journal.finish(job, outcome, erased=erased, done=True)
    return 1


def _supersede(project: Project, subjects: set[str]) -> None:
    """Close earlier jobs that stayed open, where everybody in them has been erased by a later one."""
    for job in project.journal.jobs():
        if subjects.issuperset(project.journal.subjects(job.id)):
            project.write("journal finish", partial(_finish, project, job.id, "superseded", ()))


def _joined(one: Outcome, earlier: Outcome | None) -> Outcome:
    """The outcome of a person of whom an earlier job was finished first."""
    return earlier if earlier is not None and one.word == "nothing found" else one


def _fail_all(work: Work, error: TrothError) -> None:
    """Note for everybody that the work could not go on; the job stays open."""
    for person in range(len(work.trace.anchors.people)):
        work.faults[person, "store"] = error.message
        work.failed.setdefault(person, set()).add("store")


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
    project, journal = work.project, work.project.journal
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.callback(project.watch, f"- commit {name}")
            opened.enter_context(project.stores[name].transaction(deferred=work.plan.deferred))
            opened.callback(project.watch, f"+ commit {name}")
        again = journal.pending(work.job)
        rows = len(again)
        if not again:
            found = 0 if work.farewell else work.trace.seek()
            rows = project.write("journal keys", lambda: journal.write(lambda _: _save(work, found)))
        chunks = journal.pending(work.job)
        written = _write_all(work, chunks, again=bool(again))
    if written:
        project.write("journal marks", lambda: _mark(work, written))
    return rows


def _save(work: Work, found: int) -> int:
    """Save the rows that are the persons, where new ones were found, and the keys of everything to be written."""
    journal = work.project.journal
    if found:
        people = work.trace.anchors.people
        journal.update(work.job, _details(people, work.plan, packed(work.trace.anchors)))
    search = Search(
        work.project, work.job, work.plan, work.trace, work.round, failed=work.failed, stuck=work.stuck
    )
    return journal.save(work.job, search.chunks())


def _mark(work: Work, written: Mapping[int, Iterable[int]]) -> int:
    work.project.journal.mark(written)
    return len(written)


def _write_all(work: Work, chunks: Sequence[tuple[int, int, str]], *, again: bool) -> dict[int, set[int]]:
    """Write the rows of chunks, step by step; by chunk, the persons whose rows were left as they were."""
    found: dict[int, set[int]] = {}
    for chunk, number, kind in chunks:
        step = work.plan.steps[number]
        rows = work.project.journal.rows(work.job, chunk)
        # Who comes back after this is a new customer, and is not looked for any more.
        work.farewell = work.farewell or (step.identity and not step.reference)
        found[chunk] = _write_chunk(work, step, kind, rows, again=again)
    return found


def _write_chunk(work: Work, step: Step, kind: str, rows: Sequence[Row], *, again: bool) -> set[int]:
    """Write the rows of one chunk, person by person where the whole is refused; gives whose rows were left."""
    left = {number_of(row) for row in rows if _waits(work, step, number_of(row))} if work.failed else set()
    free = [row for row in rows if number_of(row) not in left] if left else rows
    try:
        _write_rows(work, step, kind, free, again=again)
    except StoreRefused as error:
        people = sorted({number_of(row) for row in free})
        if len(people) == 1:
            _fail(work, step, people[0], error.message)
            return left | set(people)
        for person in people:
            own = [row for row in free if number_of(row) == person]
            left |= _write_chunk(work, step, kind, own, again=again)
    return left


def _waits(work: Work, step: Step, person: int) -> bool:
    """Whether something of this person failed that has to go before this step."""
    failed = work.failed.get(person, set())
    return bool(failed) and (step.place in failed or (step.identity and not step.reference))


def _fail(work: Work, step: Step, person: int, why: str) -> None:
    """Note a table that was left as it was, and let everything it is found by wait."""
    work.faults[person, step.place] = why
    places = work.failed.setdefault(person, set())
    places.add(step.place)
    for path in step.paths:
        for store, name in through(path, step.store):
            place = f"{store}.{name}"
            places.add(place)
            work.faults.setdefault((person, place), f"it waits for {step.place}")
    for other in work.plan.steps:
        if other.identity and not other.reference:
            work.faults.setdefault((person, other.place), f"it waits for {step.place}")


def _write_rows(work: Work, step: Step, kind: str, rows: Sequence[Row], *, again: bool) -> None:
    """Write rows by their keys, all or none."""
    project, store = work.project, work.project.stores[step.store]
    keys = list(dict.fromkeys(row[1:] for row in rows))
    if again and step.paths and not step.reference:
        # A key may have been given to somebody else's new row since it was saved.
        foreign, _, _ = work.trace.owners(step, keys)
        keys = [key for place, key in enumerate(keys) if place not in foreign or kind == "separated"]
    if not keys:
        return
    name = f"{kind} {step.place}"
    with store.savepoint():
        if kind == "separated":
            values = work.wanted
            project.write(name, lambda: separate(project, work.trace, step, keys, values))
        elif step.action == "delete":
            project.write(name, lambda: store.run(Write(step.table, step.key), keys))
        else:
            project.write(name, lambda: store.run(*_masking(work, step, keys)))


def _masking(work: Work, step: Step, keys: Sequence[Row]) -> tuple[Write, Sequence[Row]]:
    """The write that masks rows; a text that must stay unique is drawn from the key, the same after a kill."""
    random = tuple(change.column for change in step.changes if change.mask == "token")
    fixed = tuple(change for change in step.changes if change.mask != "token")
    write = Write(step.table, step.key, fixed, random)
    if not random:
        return write, keys
    secret = work.project.ring.pseudonym[max(work.project.ring.pseudonym)]
    return write, [(*key, *(_token(secret, f"{step.place}/{name}/{key}") for name in random)) for key in keys]


def _token(secret: bytes, text: str) -> str:
    digest = hmac.digest(secret, b"token\x00" + text.encode(), "sha256")
    return base64.b32encode(digest).decode().lower()[:TOKEN]


def wanted(project: Project, found: Trace) -> Wanted:
    """The values that name the persons of a trace: those they were asked by, and those of their own rows."""
    values = Wanted()
    for number, person in enumerate(found.anchors.people):
        for identity in person.identities:
            category = CATEGORIES.get(identity.kind)
            if category:
                values.add(number, kind_of(category), identity.value)
    for node, rows in found.anchors.rows.items():
        for column in project.map.table(*node).columns:
            if column.category in IDENTITIES:
                for anchor in rows.values():
                    values.add(anchor.person, kind_of(column.category), anchor.values.get(column.name))
    return values
