"""What would happen, without doing it: the plan with the rows it would touch now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from troth.enforcement import rowsets, unfinished
from troth.enforcement.byvalue import named_in
from troth.enforcement.imprint import both, imprint, key_of
from troth.enforcement.project import Project
from troth.enforcement.search import Search
from troth.enforcement.separate import BOUND
from troth.enforcement.trace import trace
from troth.enforcement.writing import wanted
from troth.model.outcome import Person, Reason
from troth.model.plan import Plan, Step
from troth.stores.walk import Row


@dataclass(frozen=True, slots=True)
class Preview:
    """A step with the rows it would touch.

    Attributes:
        step: the step.
        rows: rows it would delete, mask or unlink; kept rows for a step that keeps.
        shared: rows of two people from which the person would be separated.
        imprint: which rows they are, see `troth.enforcement.imprint`; 0 where nobody asked.
        shared_imprint: the same of the shared ones.
    """

    step: Step
    rows: int
    shared: int
    imprint: int = 0
    shared_imprint: int = 0


def dry_run(
    project: Project, people: Sequence[Person], plan: Plan, *, exact: bool = False
) -> tuple[tuple[Preview, ...], tuple[Reason, ...]]:
    """The steps of an erasure with the rows they would touch now, and what it would not do; nothing is written.

    Where the job of this plan and these people is open, what it has masked and what it could not separate is no more to be done.

    Args:
        project: the stores.
        people: whose.
        plan: the steps.
        exact: also say which rows they are, by a keyed digest.

    Raises:
        TrothError: an identity names no column.
        StoreGone: a store can not be reached.
    """
    found = trace(project, people, plan.steps)
    rows = [0] * len(plan.steps)
    shared = [0] * len(plan.steps)
    imprints = {"": [0] * len(plan.steps), "separated": [0] * len(plan.steps)}
    key = key_of(project) if exact else b""
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.enter_context(project.stores[name].snapshot())
        found.seek()
        subjects = [project.pseudonym(person) for person in people]
        job = unfinished.same(project, unfinished.of(project, subjects), plan.digest, subjects)
        search = Search(project, job, plan, found, 1)
        for chunk in search.every():
            counted = shared if chunk.kind == "separated" else rows
            counted[chunk.step] += len(chunk.rows)
            if exact:
                label = f"{plan.steps[chunk.step].action} {chunk.place} {chunk.kind}"
                some = imprints["separated" if chunk.kind == "separated" else ""]
                some[chunk.step] = both(some[chunk.step], imprint(key, label, chunk.rows))
        for number, step in enumerate(plan.steps):
            if step.action == "keep":
                kept: Collection[Row] = set(found.rows(step))
                if step.several:
                    kept = rowsets.each(project.stores[step.store], step, kept)
                rows[number] = len(kept)
                if exact:
                    imprints[""][number] = imprint(key, f"keep {step.place}", kept)
    reasons = [Reason(one.place, one.reason) for one in plan.skipped]
    reasons += named_in(project, wanted(project, found), plan.searched) if plan.searched else []
    reasons += found.anchors.reasons()
    reasons += [Reason(place, BOUND) for place in sorted({place for _, place in search.stuck})]
    steps = tuple(
        Preview(step, rows[n], shared[n], imprints[""][n], imprints["separated"][n])
        for n, step in enumerate(plan.steps)
    )
    return steps, tuple(reasons)
