"""Stores that can not be reached: what is left of a project without them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from troth.enforcement.project import Node, Project
from troth.model.datamap import DataMap
from troth.plan.table import through
from troth.stores.errors import StoreBusy, StoreGone

LATER = "it can not be reached; what is to be written there follows by itself once it can"
"""Said of a store in which a choice could not be written."""


def reached(project: Project) -> Project:
    """The project with the stores that can be reached at this moment; `away` names the others."""
    gone = dict(project.away)
    for name, store in project.stores.items():
        try:
            with store.snapshot():
                pass
        except StoreGone as error:
            gone[name] = error.message
    return limited(project, gone) if gone != project.away else project


def without(project: Project, error: StoreBusy | StoreGone) -> Project:
    """The project without the stores that can not be reached now, or that were locked all the time that was waited for them."""
    left, locked = reached(project), error.store if isinstance(error, StoreBusy) else ""
    return limited(project, {**left.away, locked: error.message}) if locked else left


def limited(project: Project, gone: Mapping[str, str]) -> Project:
    """The project without some stores.

    Args:
        project: all of it.
        gone: by name of a store, why it can not be reached.
    """
    whole = project.beyond or project.map
    return replace(
        project,
        map=lacking(whole, lambda node: node[0] in gone),
        beyond=whole,
        schemas={name: one for name, one in project.schemas.items() if name not in gone},
        stores={name: one for name, one in project.stores.items() if name not in gone},
        away=dict(gone),
        shapes={},
    )


def lacking(one: DataMap, gone: Callable[[Node], bool]) -> DataMap:
    """A map without some tables and the paths that lead through them."""
    return replace(
        one,
        tables=tuple(
            replace(
                table,
                paths=tuple(path for path in table.paths if not any(map(gone, through(path, table.store)))),
                references=tuple(
                    link for link in table.references if not gone((link.store or table.store, link.target))
                ),
            )
            for table in one.tables
            if not gone((table.store, table.name))
        ),
    )


def refuse_away(project: Project, but: Collection[str] = ()) -> None:
    """Make sure that every store can be reached.

    Raises:
        StoreGone: one can not, and is not among those that need not.
    """
    for name, why in sorted(project.away.items()):
        if name not in but:
            raise StoreGone(why)
