"""What map and schemas say of the files of a copy, worked out once for everybody who is given one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from troth.enforcement.attributes import valued
from troth.enforcement.clerks import wrote
from troth.enforcement.netbytes import packed
from troth.enforcement.project import Node, Project
from troth.enforcement.trace import Query, known_columns, query
from troth.enforcement.vcard import fields_of
from troth.model.clerk import Clerk, clerk_of
from troth.model.datamap import Table
from troth.model.plan import Plan, Step
from troth.stores.walk import Walk

Form = Literal["json", "csv"]
_UNPLAIN = re.compile(r"[^\w.-]")  # what not every disk takes in the name of a file


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of rows.

    Attributes:
        step: whose rows it holds.
        file: its name in the bundle.
        table: what the map says of the table.
        columns: what each row of the file holds.
        categories: of what is given, sorted.
        addresses: by column that holds addresses as bytes, the further column with what they mean.
        attributes: whether the rows are attributes, some of which may be secrets.
        contacts: the columns of a contact card, each with its category; empty where the rows are no contacts.
        query: the one query that finds the rows; None where one is not enough.
        walk: the same query with everything that is given.
        clerk: how rows show that one of the staff wrote them; None where none does.
    """

    step: Step
    file: str
    table: Table
    columns: tuple[str, ...]
    categories: tuple[str, ...]
    addresses: Mapping[str, str] = field(default_factory=dict)
    attributes: bool = False
    contacts: tuple[tuple[str, str], ...] = ()
    query: Query | None = None
    walk: Walk | None = None
    clerk: Clerk | None = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """The files of a plan.

    Attributes:
        columns: by table of persons, the columns whose values are needed.
        each: one a step, in their order.
    """

    columns: Mapping[Node, tuple[str, ...]]
    each: tuple[Sheet, ...]


def sheets(project: Project, plan: Plan, form: Form) -> Sheets:
    """The files of a plan; one that was looked at in this project is not looked at again."""
    looked = f"{plan.digest} {form}"
    found: Sheets | None = project.shapes.get(looked)
    if found is None:
        files = names(project, plan, form)
        found = project.shapes[looked] = Sheets(
            known_columns(project, plan.steps),
            tuple(_sheet(project, step, files[step.place]) for step in plan.steps),
        )
    return found


def names(project: Project, plan: Plan, form: Form) -> dict[str, str]:
    """The file of each table; a name that two stores use carries the store too, and one that is taken a number."""
    used = Counter(step.table for step in plan.steps)
    found, taken = dict[str, str](), set[str]()
    for step in plan.steps:
        plain = _UNPLAIN.sub("_", step.table)
        name = plain if used[step.table] == 1 else f"{step.store}-{plain}"
        stem = file = f"data/{_category(project, step)}/{name}"
        number = 2
        while file.casefold() in taken:  # not every disk tells capitals from others
            file, number = f"{stem}-{number}", number + 1
        taken.add(file.casefold())
        found[step.place] = f"{file}.{form}"
    return found


def _category(project: Project, step: Step) -> str:
    """What most columns of a table are about; the first of several."""
    columns = project.map.table(step.store, step.table).columns
    counted = Counter([column.category.partition(".")[0] for column in columns])
    return max(counted, key=counted.__getitem__, default="other")


def _sheet(project: Project, step: Step, file: str) -> Sheet:
    table, relation = (
        project.map.table(step.store, step.table),
        project.schemas[step.store].relation(step.table),
    )
    given, addresses = set(step.columns), packed(project, step)
    # What the database computes of them says the same again.
    said = tuple(one for one in step.columns if not relation.sources(one) & given)
    asked = walk = None
    if step.exclusive and len(step.paths) == 1 and not step.identity:
        asked = query(project, step, step.paths[0])
    if asked is not None:
        near = asked.walk
        walk = Walk(near.table, near.joins, near.fixed, step.columns, conditions=near.conditions)
    return Sheet(
        step,
        file,
        table,
        (*step.columns, *addresses.values()),
        tuple(sorted({column.category for column in table.columns if column.name in given})),
        addresses,
        bool(valued(table)),
        fields_of(table, said),
        asked,
        walk,
        clerk_of(project.map, table, wrote),
    )
