"""The beginning of a job: in the journal with all that is needed to go on with it, and its plan in the ledger.

Where journal and ledger stand in one database, a job begins in the transaction that saves its first keys: job, plan
and keys are there together, before anything that is written to a store can last. Elsewhere the job is saved first and
the plan goes into the ledger on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from troth.enforcement import blueprint
from troth.enforcement.journal import Job
from troth.enforcement.stowed import coded, packed
from troth.enforcement.writing import Work
from troth.evidence.ledger import Run, T
from troth.model.entry import Entry, utc
from troth.model.outcome import Person


def begin(work: Work) -> int:
    """Save a job; gives its number. Inside of `Journal.write` it is part of that transaction."""
    project = work.project
    fixed = Job(0, "erasure", "open", utc(project.clock()), work.plan.digest, project.ledger.size(), "")
    return project.journal.start("erasure", work.subjects, _details(work), fixed=fixed)


def durably(work: Work, saving: Callable[[Run], T]) -> T:
    """Save something of a job in one durable transaction, with the job itself and its plan where they are not yet there.

    The plan comes last, because the ledger is locked for everybody else from then on.

    Args:
        work: the job; its number is set.
        saving: saves it; what it gives is passed on. It may write the plan itself.
    """
    project, journal, changes = work.project, work.project.journal, work.trace.anchors.changes
    job, announced = work.job, work.announced

    def whole(run: Run) -> T:
        if not work.job:
            work.job = begin(work)
        elif work.noted != changes:
            journal.update(work.job, _details(work))
        done = saving(run)
        if not work.announced:
            project.ledger.join(run, [planned(work)])
        return done

    try:
        done = journal.write(whole)
    except BaseException:  # nothing of it is there
        work.job, work.announced = job, announced
        raise
    work.noted, work.announced = changes, True
    return done


def planned(work: Work) -> Entry:
    """The entry that fixes the plan of a job in the ledger."""
    project, plan = work.project, work.plan
    return Entry(
        time=utc(project.clock()), kind="plan", actor=project.actor, action="erase",
        policy=plan.citation.policy, promise=plan.citation.promise, sentences=plan.citation.sentences,
        counts={"people": len(work.trace.anchors.people), "steps": len(plan.steps)}, digest=plan.digest,
        detail={"job": work.job},
    )  # fmt: skip


def announce(work: Work) -> None:
    """Fix the plan in the ledger on its own; once for a job, however often it is resumed."""
    project = work.project
    if work.fresh or not _told(work):
        project.write("ledger plan", lambda: project.ledger.append([planned(work)]))
    work.announced = True


def _told(work: Work) -> bool:
    """Whether the ledger holds the plan of a job."""
    start = work.project.journal.job(work.job).start
    found = work.project.ledger.read(start)
    return any(entry.kind == "plan" and entry.detail.get("job") == work.job for entry in found)


def _details(work: Work) -> dict[str, object]:
    """What is needed to go on with a job: whom, the plan it began with, and the rows found of them."""
    anchors = work.trace.anchors
    return {
        "people": _named(anchors.people),
        "plan": blueprint.written(work.plan),
        "anchors": packed(anchors),
        # Apart, because their keys may be another's by now, and another job has deleted them.
        "gone": packed(work.gone),
        "spared": [[*node, coded(key)] for node, key in sorted(anchors.spared, key=str)],
    }


def _named(people: Sequence[Person]) -> list[list[list[str]]]:
    return [[[one.kind, one.value] for one in person.identities] for person in people]
