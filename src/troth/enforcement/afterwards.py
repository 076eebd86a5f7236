"""What comes after an erasure: the bytes disappear, and a restored backup brings nobody back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack

from troth.enforcement.anchors import identifying
from troth.enforcement.erase import erase
from troth.enforcement.meaning import CATEGORIES, IDENTITIES, kind_of, normal
from troth.enforcement.project import Node, Project
from troth.enforcement.returning import anew, before_corrections, names_of
from troth.enforcement.trace import Trace, trace
from troth.evidence.pseudonym import pseudonyms, unreadable
from troth.model.datamap import Table
from troth.model.entry import Entry, decode, utc
from troth.model.errors import NotFound
from troth.model.outcome import Identity, Outcome, Person, Reason
from troth.model.plan import Citation, Plan
from troth.stores.walk import Hints, Row, Walk

_Place = tuple[Node, Row]

ANEW = (
    "an account that is none of those erased has the same name: it is left, and what the backup may have brought back under"
    " the name has to be looked at by hand"
)
"""Said where a name leads to an account that is none of those erased."""

UNKNOWN = (
    "people are noted under a pseudonym key that the ring has no more, so they are not known again: put the key back from its"
    " copy, or look for them by hand"
)
"""Said where what the journal or the ledger knows of people can not be compared with what a backup brought back."""

_WROTE = frozenset(
    {"deleted", "masked", "unlinked", "separated", "altered", "dropped", "cells", "rows", "refreshed"}
)
"""Counts of an entry that tell of rows whose old bytes may still be there."""


def unpurged(project: Project) -> dict[str, tuple[str, ...]]:
    """By store, the tables (`store.table`) rows were erased from or changed in since their bytes were last made to go."""
    last = dict.fromkeys(project.stores, -1)
    for entry in _noted(project, ("purged",)):
        last[entry.object] = entry.seq
    found: dict[str, set[str]] = {}
    for entry in _noted(project, ("step", "sweep")):
        store, dot, _ = entry.object.partition(".")
        wrote = any(entry.counts.get(what) for what in _WROTE)
        if dot and wrote and entry.seq > last.get(store, entry.seq):
            found.setdefault(store, set()).add(entry.object)
    return {store: tuple(sorted(places)) for store, places in sorted(found.items())}


def _noted(project: Project, kinds: Iterable[str]) -> Iterator[Entry]:
    """The entries of some kinds, without reading all the others."""
    marks = [f'%"kind":"{kind}"%' for kind in kinds]
    wanted = " or ".join("body like ?" for _ in marks)
    rows = project.ledger.query(f"select body from ledger_entry where {wanted} order by seq", marks)  # noqa: S608
    for (body,) in rows:
        entry = decode(body)
        if entry.kind in kinds:
            yield entry


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
    erased = project.journal.erased_by_job(since)
    corrections = [one for one in _noted(project, ("rectified",)) if one.time >= since] if erased else []
    lost = [
        names for names in erased.values() if all(unreadable(project.ring.pseudonym, one) for one in names)
    ]
    former = before_corrections(project, erased, corrections)
    doubted = set().union(*former.values()) - set().union(*erased.values())
    erased = {job: names | former.get(job, set()) for job, names in erased.items()}
    gone = set().union(*erased.values())
    found = list(returned(project, gone, alike=True)) if gone else []
    named, trial = _looked_up(project, plan, found)
    led = _led(trial)
    fresh = _anew(project, erased, named, led, doubted)
    left = {named[number] for number in fresh}
    groups = _people(project, plan, [(one, known) for one, known in found if one not in left]) if gone else []
    people = [Person((one,)) for group in groups for one in group]
    spared = {row for rows in fresh.values() for row in rows}
    outcomes = erase(project, people, plan, spared=spared) if people else ()
    stayed: dict[str, set[_Place]] = {}
    asked = {one for one, known in found if known}
    for number, rows in fresh.items():
        # What only stood in rows of somebody erased, and leads to one of them still, another account had all along.
        if named[number] in asked or led[number] == rows:
            stayed.setdefault(project.pseudonym(Person((named[number],))), set()).update(rows)
    outcomes += tuple(Outcome("partly", one, reasons=_anew_reasons(rows)) for one, rows in stayed.items())
    outcomes += (Outcome("partly", "", reasons=(Reason("key ring", UNKNOWN),)),) if lost else ()
    entry = Entry(
        time=utc(project.clock()), kind="restored", actor=project.actor, action="replay",
        policy=plan.citation.policy, promise=plan.citation.promise, sentences=plan.citation.sentences,
        counts={"known": len(gone), "returned": len(groups)},
        outcome="partly" if any(one.word == "partly" for one in outcomes) else "done",
    )  # fmt: skip
    project.ledger.append([entry])
    return outcomes


def _looked_up(
    project: Project, plan: Plan, found: Iterable[tuple[Identity, bool]]
) -> tuple[list[Identity], Trace]:
    """The identities found, and the rows of persons that each of them leads to."""
    named = list(dict.fromkeys(one for one, *_ in found))
    trial = trace(project, [Person((one,)) for one in named], plan.steps)
    with ExitStack() as opened:
        for store in sorted(project.stores):
            opened.enter_context(project.stores[store].snapshot())
        trial.seek()
    return named, trial


def _led(trial: Trace) -> dict[int, set[_Place]]:
    """By number of an identity, the rows of persons it leads to."""
    rows: dict[int, set[_Place]] = {}
    for node, anchors in trial.anchors.rows.items():
        for person, key in anchors:
            rows.setdefault(person, set()).add((node, key))
    return rows


def _anew(
    project: Project,
    erased: Mapping[int, set[str]],
    named: Sequence[Identity],
    led: Mapping[int, set[_Place]],
    doubted: set[str],
) -> dict[int, set[_Place]]:
    """By number of an identity, the rows it leads to of somebody who was erased and is a customer again."""
    found: dict[int, set[_Place]] = {}
    for number, places in sorted(led.items()):
        names = names_of(project, named[number])
        found[number] = anew(project, erased, names, places, doubted=not names.isdisjoint(doubted))
    return {number: places for number, places in found.items() if places}


def _anew_reasons(rows: Iterable[_Place]) -> tuple[Reason, ...]:
    return tuple(Reason(".".join(node), ANEW) for node in sorted({node for node, _ in rows}))


def _people(project: Project, plan: Plan, found: Iterable[tuple[Identity, bool]]) -> list[list[Identity]]:
    """For each person the fewest identities that lead to all of their rows, nearly always one.

    Identities are of one person where they name the same row of a table of persons that hangs on no other; several persons
    may share one that does. The identity that the erasure was asked by comes first, so that the evidence knows who it is.
    What only stood in the rows of somebody erased and names several accounts leads nowhere: another account had it too.
    """
    asked: dict[Identity, bool] = {}
    for identity, known in found:
        asked[identity] = known or asked.get(identity, False)
    named = sorted(asked, key=lambda one: (not asked[one], one.kind, one.value))
    trial = trace(project, [Person((one,)) for one in named], plan.steps)
    with ExitStack() as opened:
        for store in sorted(project.stores):
            opened.enter_context(project.stores[store].snapshot())
        trial.seek()
    rows: list[set[_Place]] = [set() for _ in named]
    owners: dict[_Place, list[int]] = {}
    for node, anchors in trial.anchors.rows.items():
        for person, key in anchors:
            rows[person].add((node, key))
            if not project.map.table(*node).paths:
                owners.setdefault((node, key), []).append(person)
    accounts = Counter(person for some in owners.values() for person in some)
    shared = {person for person, count in accounts.items() if count > 1 and not asked[named[person]]}
    owners = {place: [one for one in some if one not in shared] for place, some in owners.items()}
    # Accounts that hang on one which did not come back, because it stands in a store that was not restored.
    alone = {place for places in rows if not places & owners.keys() for place in places}
    for number, places in enumerate(rows):
        for place in places & alone if not places & owners.keys() else ():
            owners.setdefault(place, []).append(number)
    group = list(range(len(named)))
    for some in filter(None, owners.values()):
        least = min(group[one] for one in some)
        joined = {group[one] for one in some}
        group = [least if one in joined else one for one in group]
    chosen: dict[int, list[int]] = {}
    covered: dict[int, set[_Place]] = {}
    for number, one in enumerate(group):
        if number in shared:
            continue
        if number == one or not rows[number] <= covered[one]:
            chosen.setdefault(one, []).append(number)
            covered.setdefault(one, set()).update(rows[number])
    return [[named[number] for number in some] for some in chosen.values()]


def returned(project: Project, gone: set[str], *, alike: bool = False) -> Iterator[tuple[Identity, bool]]:
    """The identities of the stores whose pseudonym is on a list, and whether it stands there for this very one.

    Args:
        project: the stores.
        gone: the list.
        alike: look also where rows lead to a person by an equal value, as a log does by a login.
    """
    keys = project.ring.pseudonym
    kinds = {
        category: [kind for kind, one in CATEGORIES.items() if one == category] for category in IDENTITIES
    }
    own = [
        (table, column.name, column.category)
        for table, column in identifying(project)
        if _has(project, table, column.name)
    ]
    for table, name, category in (*own, *(_alike(project) if alike else ())):
        numbered = category not in kinds
        kind, words = ("text", [category]) if numbered else (kind_of(category), kinds[category])
        seen: set[str] = set()
        walk = Walk(table.name, fixed=(name,))
        for (cell,) in project.stores[table.store].guess(walk, Hints(every=True)):
            plain = normal(kind, cell)
            if not plain or plain in seen:
                continue
            if (table, name, category) not in own:
                seen.add(plain)  # of tables of persons each cell counts, however it is spelled
            named = [] if numbered else [("value", plain)]
            named += [(one, str(cell)) for one in words]
            known = [one in gone for what, value in named for one in pseudonyms(keys, what, value)]
            if any(known):
                yield Identity(words[0], str(cell)), any(known if numbered else known[len(keys) :])


def _alike(project: Project) -> Iterator[tuple[Table, str, str]]:
    """The columns that lead to a person by an equal value, with what it is there: its category, or the whole name of a key.

    Where only their store was restored, no row of the person themselves came back.
    """
    for table in project.map.tables:
        found: dict[tuple[str, str], None] = {}
        for path in table.paths:
            link = path.links[0]
            if link.arrow != "~>" or link.inside or len(link.columns) > 1 or len(path.links) > 1:
                continue
            target = project.map.table(link.store or table.store, link.target)
            column = target.column(link.target_columns[0])
            if column is not None and column.category in IDENTITIES:
                found[link.columns[0], column.category] = None
            elif link.target_columns == target.key:
                found[link.columns[0], f"{target.place}.{target.key[0]}"] = None
        for name, what in found:
            if _has(project, table, name):
                yield table, name, what


def _has(project: Project, table: Table, column: str) -> bool:
    """Whether the store has the column; the map may name what is gone."""
    try:
        return project.schemas[table.store].relation(table.name).field(column) is not None
    except (KeyError, NotFound):
        return False
