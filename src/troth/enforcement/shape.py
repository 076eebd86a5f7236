"""What map and schemas say of an erasure plan, worked out once for everybody it is carried out for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from troth.enforcement.effect import kept
from troth.enforcement.project import Node, Project
from troth.enforcement.trace import Query, known_columns, query
from troth.model.plan import Plan, Step
from troth.plan.table import through


@dataclass(frozen=True, slots=True)
class Shape:
    """What does not depend on whom a plan is carried out for.

    Attributes:
        columns: by table of persons, the columns whose values are needed.
        writing: the steps that write, with their numbers.
        free: the numbers of those whose rows can be written where they are found: they have one owner, are named by one
            whole number and written alike, and no earlier step writes a table that their path leads through.
        queries: by step and path, the one query that finds the rows; None where one is not enough.
    """

    columns: Mapping[Node, tuple[str, ...]]
    writing: tuple[tuple[int, Step], ...]
    free: frozenset[int]
    queries: Mapping[tuple[int, int], Query | None]


def shape(project: Project, plan: Plan) -> Shape:
    """The shape of a plan; one that was looked at in this project is not looked at again."""
    found: Shape | None = project.shapes.get(plan.digest)
    if found is None:
        writing = tuple((n, step) for n, step in enumerate(plan.steps) if step.action in {"delete", "mask"})
        found = project.shapes[plan.digest] = Shape(
            known_columns(project, plan.steps),
            writing,
            frozenset(_free(project, writing)),
            {
                (number, place): query(project, step, path)
                for number, step in writing
                for place, path in enumerate(step.paths)
            },
        )
    return found


def _free(project: Project, writing: tuple[tuple[int, Step], ...]) -> Iterator[int]:
    before: set[Node] = set()
    for number, step in writing:
        here = {
            (step.store, step.table),
            *(node for path in step.paths for node in through(path, step.store)),
        }
        if _plain(project, step) and not here & before:
            yield number
        before.add((step.store, step.table))


def _plain(project: Project, step: Step) -> bool:
    """Whether rows of a step have one owner, are named by one whole number, and are all written alike."""
    if (
        step.reference
        or step.several
        or not step.exclusive
        or len(step.paths) > 1
        or (step.identity and step.paths)
    ):
        return False
    if step.action == "mask" and (
        step.pins or not step.changes or any(one.mask == "token" for one in step.changes)
    ):
        return False
    relation = project.schemas[step.store].relation(step.table)
    if kept(relation, "delete" if step.action == "delete" else "update"):
        return False  # it has to be looked at again by its keys
    known = relation.field(step.key[0])
    return len(step.key) == 1 and known is not None and known.kind == "integer" and not known.nullable
