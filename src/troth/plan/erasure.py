"""Compile an erasure: which rows go, which are masked, which references are emptied, what must stay and why.

A row of a table that is `owned` is deleted, in a `shared` table its personal columns are masked, and the person's
own row goes last. A row that stays may not point to a row that goes: its reference is emptied, or, where it may
not be NULL, the person's row stays as a row without a name. Nothing is guessed: what can not be done stands in
`skipped`, and while there is any the person's own row survives, so that the rest can still be found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from troth.model.datamap import Column, DataMap, Link, Mask, Path, Table
from troth.model.plan import Change, Citation, Hold, Plan, Skipped, Step
from troth.model.schema import Foreign, Relation, Schema
from troth.plan.fit import detachable, fitting
from troth.plan.order import Node, ordered
from troth.plan.table import exclusive, live, relation_of, through, unfit

IDENTIFYING = frozenset(
    {"contact.email", "contact.phone", "contact.name", "ident.username", "ident.official"}
)


@dataclass(slots=True)
class _Draft:
    """What is known so far: tables by what happens to them, and why."""

    tables: dict[Node, Table]
    schemas: Mapping[str, Schema]
    deleted: set[Node] = field(default_factory=set)
    masked: set[Node] = field(default_factory=set)
    kept: dict[Node, str] = field(default_factory=dict)
    skipped: dict[Node, str] = field(default_factory=dict)
    reasons: dict[Node, str] = field(default_factory=dict)


def compile_erasure(
    one: DataMap,
    schemas: Mapping[str, Schema],
    citation: Citation,
    holds: Iterable[Hold] = (),
    citations: Mapping[str, Citation] | None = None,
) -> Plan:
    """The plan of an erasure.

    Args:
        one: the reviewed data map.
        schemas: the live schemas by name of store.
        citation: the sentence that asks for it.
        holds: tables whose rows must stay for now.
        citations: by `store.table` where another sentence asks for it.
    """
    held = {hold.place: hold for hold in holds}
    cited = {
        **(citations or {}),
        **{place: hold.citation for place, hold in held.items() if hold.citation.promise},
    }
    draft = _sorted_out(one, schemas, held)
    before = -1
    while before != (before := len(draft.kept) + len(draft.skipped)):
        _spare(draft, one)
        _survive(draft)
    sequence, circle = _sequence(draft)
    steps = [*_references(draft, one), *(_step(draft, node) for node in sequence)]
    final = tuple(_cite(step, cited.get(step.place, citation)) for step in steps)
    skipped = tuple(Skipped(f"{store}.{name}", why) for (store, name), why in sorted(draft.skipped.items()))
    return Plan("erasure", final, skipped, citation, deferred=circle)


def _sorted_out(one: DataMap, schemas: Mapping[str, Schema], held: Mapping[str, Hold]) -> _Draft:
    """The first sorting, by the role of each table alone."""
    draft = _Draft({(table.store, table.name): table for table in one.personal()}, schemas)
    for node, table in draft.tables.items():
        if problem := unfit(table, live(schemas, table)):
            draft.skipped[node] = problem
        elif table.place in held:
            draft.kept[node] = held[table.place].reason
        elif table.role == "shared":
            draft.masked.add(node)
        else:
            draft.deleted.add(node)
    return draft


def _spare(draft: _Draft, one: DataMap) -> None:
    """Mask instead of deleting what a row that stays must go on pointing to; until nothing changes."""
    changed = True
    while changed:
        changed = False
        for node in sorted(draft.deleted):
            if why := _pinned(draft, one, node):
                draft.deleted.remove(node)
                draft.masked.add(node)
                draft.reasons[node] = why
                changed = True
    for node in sorted(draft.masked):
        if problem := _mask_problem(draft, node):
            draft.masked.remove(node)
            draft.skipped[node] = problem


def _pinned(draft: _Draft, one: DataMap, node: Node) -> str:
    """Why a row of this table can not be deleted, in words; empty where it can."""
    for source, relation, foreign in _pointing(draft.schemas, node):
        waits = source in draft.kept or source in draft.skipped
        if source in draft.deleted or (not waits and detachable(relation, foreign.columns)):
            continue
        silent = foreign.on_delete.upper() in {"CASCADE", "SET NULL", "SET DEFAULT"}
        if not silent or waits or source in draft.masked:
            return f"rows of {source[1]} stay and must point to a row here"
    for table in one.tables:
        if (table.store, table.name) in draft.deleted:
            continue
        relation_here = live(draft.schemas, table)
        for link in _direct(table):
            target = (link.store or table.store, link.target)
            if target != node or relation_here is None or relation_here.identifies(link.columns):
                continue  # a row's own key is what others point to it by, and points nowhere itself
            if not (detachable(relation_here, link.columns) or _cut(draft, table, relation_here, link)):
                return f"rows of {table.name} stay and must point to a row here"
    return ""


def _cut(draft: _Draft, table: Table, relation: Relation, link: Link) -> bool:
    """Whether the mask of a row that stays ends its link: a personal column, not held to the person by the database."""
    if (table.store, table.name) not in draft.masked or link.arrow != "=>":
        return False
    masks = [
        fitting(relation, one.name, _wanted(table, one)) for one in table.columns if one.name in link.columns
    ]
    return any(mask != "keep" and not problem for mask, problem in masks)


def _direct(table: Table) -> list[Link]:
    """The links by which a row of the table itself names another row."""
    firsts = [path.links[0] for path in table.paths if table.role == "shared"]
    return [link for link in (*firsts, *table.references) if not link.inside and link.arrow != "~>"]


def _pointing(schemas: Mapping[str, Schema], node: Node) -> Iterable[tuple[Node, Relation, Foreign]]:
    """The declared foreign keys that point to a table."""
    store, name = node
    if store not in schemas:
        return
    for relation in schemas[store].relations:
        for foreign in relation.foreign:
            if foreign.relation == name:
                yield (store, relation.name), relation, foreign


def _mask_problem(draft: _Draft, node: Node) -> str:
    """Why the rows of a table can not be masked, in words; empty where they can."""
    table, relation = draft.tables[node], live(draft.schemas, draft.tables[node])
    if relation is None:
        return "the table is not in the database"
    known = {*table.key, *table.harmless, *(column.name for column in table.columns)}
    if table.harmless and (new := [one.name for one in relation.fields if one.name not in known]):
        return f"the column {new[0]} is new and not in the map, so nobody knows what it keeps of the person"
    for column in table.columns:
        mask, problem = fitting(relation, column.name, _wanted(table, column))
        if problem:
            return f"the column {column.name} can not hold the mask {mask}: {problem}"
        if mask == "keep" and column.category in IDENTIFYING and table.role != "shared":
            return f"the column {column.name} names the person, keeps its value, and the row has to stay"
    return ""


def _wanted(table: Table, column: Column) -> Mask:
    return column.mask if table.role in {"shared", "subject"} else ""


def _survive(draft: _Draft) -> None:
    """Keep whatever leads from a row that stays for now to its person, and the person's own row."""
    waiting = sorted({*draft.kept, *draft.skipped})
    for node in waiting:
        for path in draft.tables[node].paths:
            for parent in through(path, node[0]):
                _wait(draft, parent, f"{node[0]}.{node[1]} is found by it and stays for now")
    if waiting:
        store, name = waiting[0]
        for node, table in draft.tables.items():
            if table.role == "subject":
                _wait(draft, node, f"it is how the rest of {store}.{name} is found")


def _wait(draft: _Draft, node: Node, why: str) -> None:
    if node in draft.deleted or node in draft.masked:
        draft.deleted.discard(node)
        draft.masked.discard(node)
        draft.kept[node] = why


def _sequence(draft: _Draft) -> tuple[tuple[Node, ...], bool]:
    """The tables in the order they are worked on; those of the person last."""
    nodes = draft.deleted | draft.masked | set(draft.kept)
    needs: dict[Node, frozenset[Node]] = {}
    wishes: dict[Node, frozenset[Node]] = {}
    for node in nodes:
        relation = live(draft.schemas, draft.tables[node])
        foreign = relation.foreign if relation else ()
        targets = {(node[0], one.relation) for one in foreign if not _let_go(draft, node, one)}
        needs[node] = frozenset(targets & draft.deleted)
        wishes[node] = frozenset(
            parent for path in draft.tables[node].paths for parent in through(path, node[0])
        )
    rest = [node for node in nodes if draft.tables[node].role != "subject"]
    people = [node for node in nodes if draft.tables[node].role == "subject"]
    first, one_circle = ordered(rest, needs, wishes)
    last, other_circle = ordered(people, needs, wishes)
    return (*first, *last), one_circle or other_circle


def _let_go(draft: _Draft, node: Node, foreign: Foreign) -> bool:
    """Whether a foreign key of a table is emptied by a step of its own before its target is deleted."""
    relation = live(draft.schemas, draft.tables[node])
    return relation is not None and _needs_reference(draft, node, relation, foreign)


def _needs_reference(draft: _Draft, node: Node, relation: Relation, foreign: Foreign) -> bool:
    """Whether rows that may stay point with `foreign` to rows that go, so that the reference is emptied first."""
    target = (node[0], foreign.relation)
    if target not in draft.deleted or foreign.on_delete.upper() in {"SET NULL", "SET DEFAULT"}:
        return False
    if not detachable(relation, foreign.columns):
        return False
    if foreign.on_delete.upper() == "CASCADE" and node not in draft.masked and node not in draft.kept:
        return False
    table = draft.tables.get(node)
    owned = node in draft.deleted and table is not None
    followed = table is not None and any(
        (path.links[0].columns, path.links[0].target) == (foreign.columns, foreign.relation)
        for path in table.paths
    )
    # A row found by this very reference goes with its target; a row of a circle has to let go all the same.
    return not (owned and followed and target != node) and not (node in draft.masked and followed)


def _references(draft: _Draft, one: DataMap) -> list[Step]:
    """Steps that empty references of rows that stay: declared keys, and what the map calls references."""
    found: dict[tuple[Node, tuple[str, ...], str], Step] = {}
    for node in sorted(draft.deleted):
        for source, relation, foreign in _pointing(draft.schemas, node):
            waits = source in draft.kept or source in draft.skipped
            if not waits and _needs_reference(draft, source, relation, foreign):
                link = Link(source[1], foreign.columns, "->", node[1], foreign.target)
                paths = _onward(draft, link, node)
                found[source, foreign.columns, node[1]] = _reference(relation, source, paths)
    for table in one.tables:
        relation_here = live(draft.schemas, table)
        for link in table.references:
            target = (link.store or table.store, link.target)
            here = (table.store, table.name)
            going = target in draft.deleted or target in draft.masked
            if relation_here is None or not going or here in draft.deleted or here in draft.kept:
                continue
            if _free(relation_here, link) and (here, link.columns, link.target) not in found:
                step = _reference(relation_here, here, (Path((link,)),), link)
                found[here, link.columns, link.target] = step
    return [found[key] for key in sorted(found)]


def _free(relation: Relation, link: Link) -> bool:
    if detachable(relation, link.columns):
        return True
    return bool(link.inside) or (link.arrow == "~>" and not fitting(relation, link.columns[-1], "")[1])


def _onward(draft: _Draft, link: Link, node: Node) -> tuple[Path, ...]:
    """The paths from a reference on to the person, through the paths of the table it points to."""
    table = draft.tables[node]
    onward = [Path((link, *path.links)) for path in table.paths]
    return tuple([Path((link,))] if table.role == "subject" else onward)


def _reference(relation: Relation, node: Node, paths: tuple[Path, ...], link: Link | None = None) -> Step:
    first = link or paths[0].links[0]
    column = detachable(relation, first.columns)
    change = (
        Change(column, "null")
        if column
        else Change(first.columns[-1], fitting(relation, first.columns[-1], "")[0])
    )
    key = relation.key or next(iter(relation.unique), ())
    return Step(
        node[0], node[1], "mask", key,
        paths=paths,
        changes=(change,),
        reference=True,
        exclusive=True,
        reason=f"it points to a row of {first.target} that goes",
    )  # fmt: skip


def _step(draft: _Draft, node: Node) -> Step:
    table = draft.tables[node]
    relation = relation_of(draft.schemas, *node)
    if relation is None:  # a table that is not there was skipped before
        raise AssertionError(node)
    identity = table.role == "subject"
    if node in draft.kept:
        return Step(
            *node, "keep", table.key, paths=table.paths, identity=identity,
            exclusive=exclusive(table, draft.schemas), reason=draft.kept[node],
        )  # fmt: skip
    return Step(
        *node, "delete" if node in draft.deleted else "mask", table.key,
        paths=table.paths,
        changes=_changes(draft, node, relation) if node in draft.masked else (),
        cuts=_cuts(table, relation),
        identity=identity,
        exclusive=exclusive(table, draft.schemas),
        reason=draft.reasons.get(node, table.reason),
    )  # fmt: skip


def _changes(draft: _Draft, node: Node, relation: Relation) -> tuple[Change, ...]:
    table = draft.tables[node]
    found: dict[str, Change] = {}
    for column in table.columns:
        mask, _ = fitting(relation, column.name, _wanted(table, column))
        if mask != "keep":
            found[column.name] = Change(column.name, mask)
    if table.role == "shared":
        for column_name in _cuts(table, relation):
            found.setdefault(column_name, Change(column_name, "null"))
    return tuple(found.values())


def _cuts(table: Table, relation: Relation) -> tuple[str, ...]:
    """The columns by which a row names its person and which may be emptied."""
    firsts = [path.links[0] for path in table.paths if not path.links[0].inside]
    return tuple(dict.fromkeys(name for link in firsts if (name := detachable(relation, link.columns))))


def _cite(step: Step, citation: Citation) -> Step:
    return Step(
        step.store, step.table, step.action, step.key, step.paths, step.changes, step.columns, step.withheld,
        step.cuts, step.identity, step.reference, step.exclusive, citation, step.reason,
    )  # fmt: skip
