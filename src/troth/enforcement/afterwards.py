"""What comes after an erasure: the bytes disappear, and a restored backup brings nobody back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from troth.enforcement.anchors import identifying
from troth.enforcement.erase import erase
from troth.enforcement.meaning import CATEGORIES, IDENTITIES, kind_of, normal
from troth.enforcement.project import Project
from troth.evidence.pseudonym import pseudonyms
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound
from troth.model.outcome import Identity, Outcome, Person
from troth.model.plan import Citation, Plan
from troth.stores.walk import Hints, Walk


def purge(project: Project, places: Iterable[str], citation: Citation) -> dict[str, str]:
    """Make the bytes of erased rows disappear, with evidence of its own: "logically erased" is not "physically gone".

    Args:
        project: the stores and the ledger.
        places: the tables rows were erased from, `store.table`.
        citation: the sentence that asks for it.

    Returns:
        By store, what may still hold some of the bytes; empty where nothing does.

    Raises:
        StoreRefused: the database does not let it happen.
    """
    by_store: dict[str, list[str]] = {}
    for place in sorted(set(places)):
        store, _, table = place.partition(".")
        by_store.setdefault(store, []).append(table)
    left = {}
    for store, tables in by_store.items():
        left[store] = project.stores[store].purge(tables)
        entry = Entry(
            time=utc(project.clock()), kind="purged", actor=project.actor, action="purge",
            policy=citation.policy, promise=citation.promise, sentences=citation.sentences, object=store,
            counts={"tables": len(tables)}, outcome="partly" if left[store] else "done",
            detail={"left": left[store]} if left[store] else {},
        )  # fmt: skip
        project.ledger.append([entry])
    return left


def replay(project: Project, plan: Plan, *, since: str = "") -> tuple[Outcome, ...]:
    """Erase again whoever a restored backup brought back.

    Args:
        project: the stores, as they were restored.
        plan: the plan of an erasure.
        since: time of the backup, RFC 3339; who was erased before is not in it. Empty: everybody ever erased, which
            includes people who have come back of their own will since.

    Raises:
        TrothError: see `erase`.
    """
    gone = project.journal.erased(since)
    people = sorted(set(_returned(project, gone)), key=lambda one: (one.kind, one.value)) if gone else []
    outcomes = erase(project, [Person((one,)) for one in people], plan) if people else ()
    entry = Entry(
        time=utc(project.clock()), kind="restored", actor=project.actor, action="replay",
        policy=plan.citation.policy, promise=plan.citation.promise, sentences=plan.citation.sentences,
        counts={"known": len(gone), "returned": len(people)},
        outcome="partly" if any(one.word == "partly" for one in outcomes) else "done",
    )  # fmt: skip
    project.ledger.append([entry])
    return outcomes


def _returned(project: Project, gone: set[str]) -> Iterator[Identity]:
    """The identities whose pseudonym is on the list."""
    keys = project.ring.pseudonym
    kinds = {
        category: [kind for kind, one in CATEGORIES.items() if one == category] for category in IDENTITIES
    }
    for table, column in identifying(project):
        try:
            relation = project.schemas[table.store].relation(table.name)
        except (KeyError, NotFound):  # the map names a table that this store does not have
            continue
        if relation.field(column.name) is None:
            continue
        kind = kind_of(column.category)
        walk = Walk(table.name, fixed=(column.name,))
        for (cell,) in project.stores[table.store].guess(walk, Hints(every=True)):
            if plain := normal(kind, cell):
                named = [("value", plain), *((one, str(cell)) for one in kinds[column.category])]
                if any(one in gone for what, value in named for one in pseudonyms(keys, what, value)):
                    yield Identity(kinds[column.category][0], str(cell))
