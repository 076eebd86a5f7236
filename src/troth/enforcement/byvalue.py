"""Tables from whose rows nothing leads to a person: they are looked through for the values that name one.

What stands there keeps the person's own row, because only that still says whose it is, until somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack

from troth.enforcement.meaning import Wanted
from troth.enforcement.project import Project
from troth.enforcement.residue import residue
from troth.enforcement.writing import Work, hold_back
from troth.model.outcome import Reason

NAMED = "a value of the person stands here and no path tells whose row it is; look at it, then go on"


def look_through(work: Work) -> None:
    """Let the own rows of persons wait whom a table of the plan names that is only looked through.

    Raises:
        SearchRefused, StoreBusy, StoreGone: a store can not be read.
    """
    project = work.project
    # A reference of the map to the person is emptied by a step of its own; the search of every text looks at it afterwards.
    emptied = {
        f"{step.place}.{change.column}"
        for step in work.plan.steps
        if step.reference and step.paths[0].links[0].arrow == "~>"
        for change in step.changes
    }
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.enter_context(project.stores[name].snapshot())
        work.trace.seek()
        found = residue(project, work.sought, work.plan.searched)
    for person, places in sorted(found.items()):
        for place in sorted(places):
            if place not in emptied:
                hold_back(work, person, place, NAMED)


def named_in(project: Project, values: Wanted, places: Collection[str]) -> list[Reason]:
    """The columns of some tables in which values stand, each with what to do about it."""
    found = residue(project, values, places)
    return [Reason(place, NAMED) for place in sorted({one for some in found.values() for one in some})]
