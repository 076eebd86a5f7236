"""Materialised views after an erasure: they keep copies of rows that are gone until they are filled again."""

from __future__ import annotations

from troth.enforcement.writing import Work
from troth.model.errors import TrothError
from troth.model.outcome import Reason
from troth.stores.walk import Copier


def refresh(work: Work, places: set[str]) -> list[Reason]:
    """Fill the views again that are made from tables which a job has written; a store without views costs nothing.

    Args:
        work: the job; the views that were filled are noted in it.
        places: the tables, `store.table`.

    Returns:
        The views that still hold copies, and why.
    """
    left: list[Reason] = []
    for name in sorted(work.project.stores):
        store = work.project.stores[name]
        tables = [place.partition(".")[2] for place in places if place.partition(".")[0] == name]
        if not tables or not store.schema.copies or not isinstance(store, Copier):
            continue
        for view in store.copies_of(sorted(tables)):
            try:
                store.refresh(view)
            except TrothError as error:
                why = f"the view keeps copies of rows and can not be refreshed: {error.message}"
                left.append(Reason(f"{name}.{view}", why))
            else:
                work.refreshed += (f"{name}.{view}",)
    return left
