"""Materialised views after rows have gone or changed: they keep copies until they are filled again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from troth.enforcement.project import Project
from troth.model.errors import TrothError
from troth.model.outcome import Reason
from troth.stores.walk import Copier


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of the views.

    Attributes:
        filled: those that were filled again, `store.view`.
        stale: those that still hold copies, and why.
    """

    filled: tuple[str, ...] = ()
    stale: tuple[Reason, ...] = ()


def refresh(project: Project, places: Collection[str], stale: Collection[str] = ()) -> Refreshed:
    """Fill the views again that are made from tables which were written; a store without views costs nothing.

    Args:
        project: the stores.
        places: the tables, `store.table`.
        stale: views that could not be filled before, `store.view`.
    """
    filled: list[str] = []
    left: list[Reason] = []
    for name in sorted(project.stores):
        store = project.stores[name]
        if not store.schema.copies or not isinstance(store, Copier):
            continue
        tables = [place.partition(".")[2] for place in places if place.partition(".")[0] == name]
        views = dict.fromkeys(store.copies_of(sorted(tables)) if tables else ())
        views |= dict.fromkeys(
            view for view in store.schema.copies if f"{name}.{view}" in stale
        )  # one that was dropped since holds nothing
        for view in views:
            try:
                store.refresh(view)
            except TrothError as error:
                why = f"the view keeps copies of rows and can not be refreshed: {error.message}"
                left.append(Reason(f"{name}.{view}", why))
            else:
                filled.append(f"{name}.{view}")
    return Refreshed(tuple(filled), tuple(left))
