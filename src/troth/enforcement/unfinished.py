"""Erasures that stayed open: which of them is gone on with, what a later one takes over, and when one is closed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from troth.enforcement import blueprint
from troth.enforcement.anchors import Anchors
from troth.enforcement.journal import Job
from troth.enforcement.project import Project
from troth.enforcement.stowed import unpacked
from troth.model.outcome import Identity, Person
from troth.model.plan import Plan

SUPERSEDED = "superseded"
"""Outcome of a job that a later one of the same people took over."""


def every(project: Project) -> list[Job]:
    """All erasures that are open, oldest first."""
    return [job for job in project.journal.jobs() if job.purpose == "erasure"]


def of(project: Project, subjects: Collection[str]) -> list[Job]:
    """The open erasures of any of some persons, oldest first."""
    journal = project.journal
    return [job for job in every(project) if not set(subjects).isdisjoint(journal.subjects(job.id))]


def stopped(project: Project, job: Job) -> bool:
    """Whether a kill or an error ended a job before its outcome was told, or between its keys and its writes."""
    return not job.outcome or bool(project.journal.pending(job.id))


def inherited(project: Project, jobs: Sequence[Job], subjects: Sequence[str], anchors: Anchors) -> Anchors:
    """What earlier jobs know of the same persons: rows still there are added to `anchors`, those gone are given.

    A row that was masked is not found by what a request names, and a value of a row that is gone may still stand in a
    text.
    """
    gone, numbers = Anchors(anchors.people), {subject: number for number, subject in enumerate(subjects)}
    for job in jobs:
        if project.journal.job(job.id).state != "open":
            continue
        details = project.journal.details(job.id)
        people = tuple(
            Person(tuple(Identity(kind, value) for kind, value in some)) for some in details["people"]
        )
        before = project.journal.subjects(job.id)
        known = unpacked(people, details["anchors"])
        for one, into in zip(
            parted(project, job.id, blueprint.read(details["plan"]), known), (anchors, gone), strict=True
        ):
            for node, rows in one.rows.items():
                for anchor in rows.values():
                    if (number := numbers.get(before[anchor.person])) is not None:
                        into.add(node, replace(anchor, person=number))
    return gone


def parted(project: Project, job: int, plan: Plan, anchors: Anchors) -> tuple[Anchors, Anchors]:
    """The rows of the persons of a job that are there, and those that it has deleted: their keys may be another's now."""
    there, gone = Anchors(anchors.people), Anchors(anchors.people)
    deleted = {
        (step.store, step.table, row)
        for number, step in enumerate(plan.steps)
        if step.identity and not step.reference and step.action == "delete"
        for rows in project.journal.handled(job, number)
        for row in rows
    }
    for node, rows in anchors.rows.items():
        for (person, key), anchor in rows.items():
            (gone if (*node, (person, *key)) in deleted else there).add(node, anchor)
    return there, gone


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
