"""Erasures that stayed open: which of them is gone on with, what a later one takes over, and when one is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from troth.enforcement import blueprint
from troth.enforcement.anchors import Anchors, by_key
from troth.enforcement.chunk import NO_STEP, number_of
from troth.enforcement.journal import Job
from troth.enforcement.meaning import IDENTITIES, NAME
from troth.enforcement.project import Node, Project
from troth.enforcement.stowed import decoded, unpacked
from troth.model.outcome import Identity, Person
from troth.model.plan import Plan
from troth.stores.walk import Row, Walk

SUPERSEDED = "superseded"
"""Outcome of a job that a later one of the same people took over."""


def every(project: Project) -> list[Job]:
    """All erasures that are open, oldest first."""
    return [job for job in project.journal.jobs() if job.purpose == "erasure"]


def of(project: Project, subjects: Collection[str]) -> list[Job]:
    """The open erasures of any of some persons, oldest first."""
    journal = project.journal
    return [job for job in every(project) if not set(subjects).isdisjoint(journal.subjects(job.id))]


def renew(project: Project, people: Iterable[Person]) -> None:
    """Name people in open erasures by the newest pseudonym key, so that these are known as theirs when they ask again."""
    keys, newest = project.ring.pseudonym, dict[str, str]()
    for person in people if len(keys) > 1 else ():
        new, *older = project.pseudonyms(person)
        newest.update(dict.fromkeys(older, new))
    for job in every(project) if newest else ():
        known = project.journal.subjects(job.id)
        if not newest.keys().isdisjoint(known):
            project.journal.rename(job.id, [newest.get(one, one) for one in known])


def same(project: Project, jobs: Iterable[Job], plan: str, subjects: Sequence[str]) -> int:
    """The number of the newest of some open jobs that has this very plan and these people; 0 for none.

    Args:
        project: the project.
        jobs: the jobs.
        plan: digest of the plan.
        subjects: the pseudonyms of the people in their order.
    """
    wanted = (plan, list(subjects))
    return max(
        (job.id for job in jobs if (job.digest, project.journal.subjects(job.id)) == wanted), default=0
    )


def stopped(project: Project, job: Job) -> bool:
    """Whether a kill or an error ended a job before its outcome was told, or between its keys and its writes."""
    return not job.outcome or bool(project.journal.pending(job.id))


def inherited(project: Project, jobs: Sequence[Job], subjects: Sequence[str], anchors: Anchors) -> Anchors:
    """What earlier jobs know of the same persons: rows still there are added to `anchors`, those gone are given.

    A row that was masked is not found by what a request names, and a value of a row that is gone may still stand in a
    text.
    """
    gone, numbers = Anchors(anchors.people), {subject: number for number, subject in enumerate(subjects)}
    before_it: list[tuple[int, Plan, Mapping[int, int]]] = []
    for job in jobs:
        if project.journal.job(job.id).state != "open":
            continue
        details = project.journal.details(job.id)
        people = tuple(
            Person(tuple(Identity(kind, value) for kind, value in some)) for some in details["people"]
        )
        before = project.journal.subjects(job.id)
        plan = blueprint.read(details["plan"])
        mine = {number: numbers[one] for number, one in enumerate(before) if one in numbers}
        before_it.append((job.id, plan, mine))
        for one, into in zip(parted(project, job.id, plan, people, details), (anchors, gone), strict=True):
            for node, rows in one.rows.items():
                for anchor in rows.values():
                    if (number := numbers.get(before[anchor.person])) is not None:
                        into.add(node, replace(anchor, person=number))
    anchors.closed = closed(project, before_it, anchors, gone, whole=False)
    return gone


def parted(
    project: Project, job: int, plan: Plan, people: tuple[Person, ...], details: Mapping[str, Any]
) -> tuple[Anchors, Anchors]:
    """The rows of the persons of a job that are there, and those that it or an earlier one has deleted.

    The keys of the latter may be another's now.

    Args:
        project: the stores.
        job: its number.
        plan: its plan.
        people: its persons.
        details: what the journal holds of it besides.
    """
    there, gone = Anchors(people), unpacked(people, details.get("gone", ()))
    there.spared = frozenset(((store, name), decoded(key)) for store, name, key in details.get("spared", ()))
    deleted = {
        (step.store, step.table, row)
        for number, step in enumerate(plan.steps)
        if step.identity and not step.reference and step.action in {"delete", "mask"}
        for rows in project.journal.handled(job, number, "deleted")
        for row in rows
    }
    deleted |= _another(project, job, plan, unpacked(people, details["anchors"]))
    for node, rows in unpacked(people, details["anchors"]).rows.items():
        for (person, key), anchor in rows.items():
            (gone if (*node, (person, *key)) in deleted else there).add(node, anchor)
    return there, gone


def _another(project: Project, job: int, plan: Plan, known: Anchors) -> set[tuple[Any, ...]]:
    """Rows that a killed process was about to delete, and whose keys somebody else has got since.

    Nobody knows whether the deletion lasted, but a row that shares nothing with the one that was found is another's: databases
    give the number of a deleted row again.
    """
    found: set[tuple[Any, ...]] = set()
    for chunk, number, kind in project.journal.pending(job):
        step = plan.steps[number] if number != NO_STEP else None
        if step is None or not step.identity or step.reference or kind != "deleted" or step.pins:
            continue
        node = (step.store, step.table)
        table = project.map.table(*node)
        names = [one.name for one in table.columns if one.category in IDENTITIES | {NAME}]
        there = {(person, *key) for person, key in known.rows.get(node, {})}
        rows = [row for row in project.journal.rows(job, chunk) if row in there]
        for now in by_key(project, node, tuple(names), rows):
            then = known.rows[node][now.person, now.key].values
            told = [name for name in names if then.get(name) not in (None, "")]
            if told and all(str(then[name]) != str(now.values.get(name)) for name in told):
                found.add((*node, (now.person, *now.key)))
    return found


def closed(
    project: Project,
    jobs: Sequence[tuple[int, Plan, Mapping[int, int]]],
    there: Anchors,
    gone: Anchors,
    *,
    whole: bool,
) -> frozenset[tuple[Node | None, int]]:
    """Whose own rows jobs have erased: whoever is found by the same name after that is a new customer.

    A person of whom another row is still there, as one that a hold keeps, is a customer still.

    Args:
        project: the stores.
        jobs: number and plan of each, and by number of a person in it the number in `there`.
        there: the rows of the persons that are not deleted.
        gone: those that are.
        whole: whether nothing but what was left is looked for in a table that a job has been through.
    """
    handled: dict[Node, set[Row]] = {
        node: {(one.person, *one.key) for one in rows.values()} for node, rows in gone.rows.items()
    }
    for job, plan, numbers in jobs:
        for place, step in enumerate(plan.steps):
            if step.identity and not step.reference and step.action in {"delete", "mask"}:
                rows = handled.setdefault((step.store, step.table), set())
                for some in project.journal.handled(job, place):
                    rows |= {(numbers[number_of(row)], *row[1:]) for row in some if number_of(row) in numbers}
    staying = {
        number_of(row)
        for node, rows in there.rows.items()
        for row in _present(project, node, [(one.person, *one.key) for one in rows.values()])
        if row not in handled.get(node, ())
    }
    erased = {(node, number_of(row)) for node, rows in handled.items() for row in rows}
    over: set[tuple[Node | None, int]] = {(None, person) for _, person in erased if person not in staying}
    return frozenset(over.union(erased) if whole else over)


def _present(project: Project, node: Node, rows: Sequence[Row]) -> Iterator[Row]:
    """Those of the rows, each with the number of its person before its key, that are in their table."""
    if rows:
        key = project.map.table(*node).key
        walk, people = Walk(node[1], fixed=key, want=key), [number_of(row) for row in rows]
        yield from project.stores[node[0]].find(walk, [row[1:] for row in rows], people)


def supersede(project: Project, jobs: Sequence[Job], *, but: int, by: Collection[str]) -> None:
    """Close open jobs that a later one has taken over: of people all of whom it is about."""
    for job in jobs:
        if job.id != but and set(by).issuperset(project.journal.subjects(job.id)):
            close(project, job)


def abandon(project: Project, subject: str, outcome: str) -> None:
    """Close the open erasures of a person alone, whose request was taken back or refused: nothing more is erased."""
    with project.journal.alone():
        for job in of(project, {subject}):
            if project.journal.subjects(job.id) == [subject]:
                close(project, job, outcome)


def close(project: Project, job: Job, outcome: str = SUPERSEDED) -> None:
    """Close a job that nobody goes on with; its keys and identities are destroyed."""
    if project.journal.job(job.id).state == "open":
        project.write("journal finish", lambda: _finish(project, job.id, outcome))


def _finish(project: Project, job: int, outcome: str) -> int:
    project.journal.finish(job, outcome, done=True)
    return 1


def answered(project: Project, job: Job) -> bool:
    """Whether every person of an open job was erased by a later one to the end."""
    return project.journal.ended(after=job.id).issuperset(project.journal.subjects(job.id))
