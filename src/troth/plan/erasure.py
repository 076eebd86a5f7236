"""Compile an erasure: which rows go, which are masked, which references are emptied, what must stay and why.

A row of a table that is `owned` is deleted, in a `shared` table its personal columns are masked, and the person's
own row goes last. A row that stays may not point to a row that goes: its reference is emptied, or, where it may
not be NULL, the person's row stays as a row without a name; the plan says what may point there (`Pin`), and a row that
nothing points to when its turn comes is deleted. Rows that may be somebody else's count as rows that stay,
whatever the database would do with them. Nothing is guessed: what can not be done stands in `skipped`, and while there
is any the person's own row survives, so that the rest can still be found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from troth.model.datamap import Column, DataMap, Link, Path, Table
from troth.model.plan import Change, Citation, Hold, Pin, Plan, Skipped, Step
from troth.model.rowset import either, link_key
from troth.model.schema import Foreign, Relation, Schema
from troth.plan.aside import aside
from troth.plan.fit import detachable, fitting
from troth.plan.order import Node, ordered
from troth.plan.reference import cuttable, ending, free, reference, to_itself, wanted
from troth.plan.table import exclusive, live, relation_of, sets, through, told, unerased
from troth.plan.tie import Tie, owned_along, pairing, parting, ties

IDENTIFYING = frozenset(
    {"contact.email", "contact.phone", "contact.name", "ident.username", "ident.official"}
)

ELSE = "; a row that nothing points to any more is deleted"
"""Said of a table that is masked against the map."""
UNNAMED = "its rows have to stay and nothing names one of them; add a primary key, `troth map check` says how"


@dataclass(slots=True)
class _Draft:
    """What is known so far: tables by what happens to them, and why."""

    tables: dict[Node, Table]
    schemas: Mapping[str, Schema]
    nobodys: frozenset[Node] = frozenset()
    deleted: set[Node] = field(default_factory=set)
    masked: set[Node] = field(default_factory=set)
    kept: dict[Node, str] = field(default_factory=dict)
    skipped: dict[Node, str] = field(default_factory=dict)
    searched: set[Node] = field(default_factory=set)
    several: set[Node] = field(default_factory=set)
    reasons: dict[Node, str] = field(default_factory=dict)
    loose: Collection[Node] = ()
    staying: _Staying | None = None


def compile_erasure(  # noqa: PLR0913 - what may go is a matter of map, schemas, holds and of whom it is about
    one: DataMap,
    schemas: Mapping[str, Schema],
    citation: Citation,
    holds: Iterable[Hold] = (),
    citations: Mapping[str, Citation] | None = None,
    *,
    loose: Collection[Node] = (),
) -> Plan:
    """The plan of an erasure.

    Args:
        one: the reviewed data map.
        schemas: the live schemas by name of store.
        citation: the sentence that asks for it.
        holds: tables whose rows must stay for now.
        citations: by `store.table` where another sentence asks for it.
        loose: tables of persons by which nothing that stays has to be found, so that their rows go although others wait.
    """
    held = {hold.place: hold for hold in holds}
    cited = {
        **(citations or {}),
        **{place: hold.citation for place, hold in held.items() if hold.citation.promise},
    }
    draft = _sorted_out(one, schemas, held)
    draft.loose = loose
    before = -1
    while before != (before := len(draft.kept) + len(draft.skipped)):
        _spare(draft, one)
        _survive(draft)
    sequence, circle = _sequence(draft)
    references = _references(draft, one)
    steps = [step for step in references if not to_itself(step)]
    for node in sequence:
        # Rows of a table that leads to itself are lost sight of without that link, so all before them is written first.
        steps += [step for step in references if to_itself(step) and (step.store, step.table) == node]
        steps.append(_step(draft, one, node))
    final = tuple(_cite(step, cited.get(step.place, citation)) for step in steps)
    skipped = tuple(Skipped(f"{store}.{name}", why) for (store, name), why in sorted(draft.skipped.items()))
    searched = tuple(sorted(f"{store}.{name}" for store, name in draft.searched))
    return Plan("erasure", final, skipped, citation, deferred=circle, searched=searched)


def _sorted_out(one: DataMap, schemas: Mapping[str, Schema], held: Mapping[str, Hold]) -> _Draft:
    """The first sorting, by the role of each table alone."""
    nobodys = frozenset((table.store, table.name) for table in one.tables if table.role == "none")
    tables = {(table.store, table.name): sets(table, live(schemas, table)) for table in one.personal()}
    draft = _Draft(tables, schemas, nobodys)
    draft.several = {node for node, table in tables.items() if table.key != one.table(*node).key}
    for node, table in draft.tables.items():
        if table.searched and live(schemas, table) is not None:
            draft.searched.add(node)
        elif problem := unerased(one.table(*node), live(schemas, table)):
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
    for tie in ties(draft.schemas, draft.nobodys, node):
        waits = _stays(draft, tie.source)
        goes = tie.source in draft.deleted and not _others(draft, tie)
        if waits or not (_silent(draft, tie) or (goes and not tie.cascades) or _loose(draft, tie)):
            if tie.cascades and not waits and tie.source not in draft.masked:
                return f"rows of {tie.source[1]} may be somebody else's and would go with a row here"
            return f"rows of {tie.source[1]} stay and must point to a row here"
    for table in one.tables:
        if (table.store, table.name) in draft.deleted:
            continue
        relation_here = live(draft.schemas, table)
        for link in _direct(table):
            target = (link.store or table.store, link.target)
            if target != node or relation_here is None or relation_here.identifies(link.columns):
                continue  # a row's own key is what others point to it by, and points nowhere itself
            loose = detachable(relation_here, link.columns) and link_key(relation_here, link)
            if not (loose or _cut(draft, table, relation_here, link)):
                return f"rows of {table.name} stay and must point to a row here"
    return ""


def _stays(draft: _Draft, node: Node) -> bool:
    """Whether nothing is written in a table for now."""
    return node in draft.kept or node in draft.skipped or node in draft.searched


def _others(draft: _Draft, tie: Tie) -> bool:
    """Whether rows that point here are other persons of their own: contacts of a customer, whom nothing ties to the customer."""
    source = draft.tables[tie.source]
    return source.role == "subject" and not source.paths and tie.source != tie.target


def _cut(draft: _Draft, table: Table, relation: Relation, link: Link) -> bool:
    """Whether the mask of a row that stays ends its link: a personal column, not held to the person by the database."""
    return (table.store, table.name) in draft.masked and bool(ending(table, relation, link))


def _pins(draft: _Draft, one: DataMap, node: Node) -> tuple[Pin, ...]:
    """What may point to a row that is masked against the map; nothing where a row to which nothing points can not go either."""
    relation = relation_of(draft.schemas, *node)
    if node not in draft.reasons or relation is None or "delete" in relation.keeps or node in draft.several:
        return ()
    found: dict[tuple[str, tuple[object, ...]], Pin] = {}
    for tie in ties(draft.schemas, draft.nobodys, node):
        waits = _stays(draft, tie.source)
        if waits or not _silent(draft, tie):
            lets_go = not waits and tie.relation.row_key and not _followed(draft, tie)
            empties = detachable(tie.relation, tie.foreign.columns) if lets_go else ()
            pin = Pin(node[0], Path(tie.links), empties, tie.cascades)
            found[node[0], tuple(map(_compared, tie.links))] = pin
    for table in one.tables:
        here = live(draft.schemas, table)
        for link in _direct(table) if (table.store, table.name) not in draft.deleted else ():
            to = (link.store or table.store, link.target)
            if to == node and here is not None and not here.identifies(link.columns):
                found.setdefault((table.store, (_compared(link),)), Pin(table.store, Path((link,))))
    for store, link in _staying(draft).links.get(node, ()):
        found.setdefault((store, (_compared(link),)), Pin(store, Path((link,))))
    return tuple(found.values())


def _bound(draft: _Draft, node: Node) -> tuple[Pin, ...]:
    """What may go on pointing to a row that goes, because it is somebody else's as well and can not let go of it.

    A domain that names two customers stays for the other one; the row of the one who leaves then stays without a name.
    """
    staying = _staying(draft)
    if node not in staying.masked:
        return ()
    found = {
        (store, _compared(link)): Pin(store, Path((link,))) for store, link in staying.links.get(node, ())
    }
    return tuple(found.values())


@dataclass(slots=True)
class _Staying:
    """Tables whose rows may stay although they go: `masked`, because rows that can not let go of them do, by these `links`."""

    links: dict[Node, list[tuple[str, Link]]] = field(default_factory=dict)
    masked: set[Node] = field(default_factory=set)


def _staying(draft: _Draft) -> _Staying:
    """Begin with tables whose rows may be of two people, and go on to what their rows, and then those of others, hold fast."""
    if draft.staying is not None:
        return draft.staying
    found = draft.staying = _Staying()
    waiting = sorted(node for node in draft.deleted if not _goes_whole(draft, node))
    while waiting:
        node = waiting.pop(0)
        table = draft.tables[node]
        for link in _tying(draft, table):
            to = (link.store or table.store, link.target)
            relation = relation_of(draft.schemas, *to)
            goes = to in draft.deleted or to in draft.reasons
            if to == node or not goes or relation is None or not _fixed(draft, table, link):
                continue
            if to in draft.several or not _onwards(draft, table, link):
                continue
            found.links.setdefault(to, []).append((table.store, link))
            if to in draft.reasons or to in found.masked or "delete" in relation.keeps:
                continue
            if not _mask_problem(draft, to):
                found.masked.add(to)
                waiting.append(to)
    return found


def _tying(draft: _Draft, table: Table) -> Iterable[Link]:
    """The links by which rows name whose they are, each once; whom they only tell of they need not let go of."""
    beside = aside(table, draft.tables, draft.schemas)
    return dict.fromkeys(path.links[0] for n, path in enumerate(table.paths) if n not in beside)


def _goes_whole(draft: _Draft, node: Node) -> bool:
    """Whether no row of a table has to stay for somebody else."""
    table = draft.tables[node]
    if exclusive(table, draft.schemas):
        return True
    # What a row hangs on may be somebody else's too, and stays then; the row stays with it.
    surely = all(
        draft.tables[end].role == "subject" or exclusive(draft.tables[end], draft.schemas)
        for path in table.paths
        if (end := (path.links[0].store or table.store, path.links[0].target)) in draft.tables
    )
    return surely and len(_either(draft, node)) == len(table.paths) > 0


def _either(draft: _Draft, node: Node) -> tuple[int, ...]:
    """The paths of a row that only ties things by which it goes with whom it leads to: to a person, or to what goes as well.

    Who watches a case that stays watches it still when the one leaves whose case it is.
    """
    table, relation = draft.tables[node], live(draft.schemas, draft.tables[node])
    if relation is None or node not in draft.deleted or len(table.paths) < 2 or not either(table, relation):
        return ()
    firsts = [path.links[0] for path in table.paths]
    ends = [(one.store or table.store, one.target) for one in firsts]
    people = {one for one, there in draft.tables.items() if there.role == "subject"}
    return tuple(
        n
        for n, (end, first) in enumerate(zip(ends, firsts, strict=True))
        if end in people or (end in draft.deleted and told(table, draft.tables[end], first, draft.schemas))
    )


def _onwards(draft: _Draft, table: Table, link: Link) -> bool:
    """Whether what a link leads to is found by itself by every path that begins with it, so that it loses its name too."""
    there = draft.tables[link.store or table.store, link.target]
    rests = [path.links[1:] for path in table.paths if path.links[0] == link]
    return all(
        there.role == "subject" if not rest else any(one.links == rest for one in there.paths)
        for rest in rests
    )


def _fixed(draft: _Draft, table: Table, link: Link) -> bool:
    """Whether a link by key can be ended neither by NULL nor by a value that is nobody's."""
    relation, column = live(draft.schemas, table), table.column(link.columns[-1])
    if relation is None or link.inside or link.arrow == "~>" or detachable(relation, link.columns):
        return False
    return link.arrow == "->" or column is None or column.mask not in {"zero", "empty", "token"}


def _compared(link: Link) -> tuple[object, ...]:
    return link.table, link.columns, link.target, link.target_columns


def _direct(table: Table) -> list[Link]:
    """The links by which a row of the table itself names another row."""
    firsts = [path.links[0] for path in table.paths if table.role == "shared"]
    return [link for link in (*firsts, *table.references) if not link.inside and link.arrow != "~>"]


def _silent(draft: _Draft, tie: Tie) -> bool:
    """Whether the database lets a row go although rows point to it, and no row of anybody else goes with it."""
    if tie.source in draft.masked:
        return tie.empties
    if tie.cascades:
        return tie.source in draft.nobodys or _own(draft, tie) or _pairs(draft, tie) or _part_in(draft, tie)
    return tie.empties or tie.foreign.on_delete.upper() == "SET DEFAULT"


def _pairs(draft: _Draft, tie: Tie) -> bool:
    """Whether rows only tie two things that go, neither a person, and the database lets them go with either."""
    goes = {node for node in draft.deleted if draft.tables[node].role == "owned"}
    return tie.source in draft.deleted and pairing(tie, goes)


def _part_in(draft: _Draft, tie: Tie) -> bool:
    """Whether rows only say who has a part in the row that goes, and the database lets them go with it: a guest of a server."""
    if tie.source not in draft.deleted or len(tie.links) > 1:
        return False
    hanging = any(
        not (each.empties or each.source in draft.nobodys)
        for each in ties(draft.schemas, draft.nobodys, tie.source)
    )
    return not hanging and parting(draft.tables[tie.source], tie.relation)


def _own(draft: _Draft, tie: Tie) -> bool:
    """Whether every row that goes by a reference is the person's own, or is found to be somebody else's before."""
    if tie.source not in draft.deleted:
        return False
    return owned_along(tie, draft.tables[tie.source], draft.tables[tie.target])


def _loose(draft: _Draft, tie: Tie) -> bool:
    """Whether a reference can be emptied before its target goes."""
    if not detachable(tie.relation, tie.foreign.columns):
        return False
    # A row that is found by this very reference is lost sight of when it is emptied; rows masked here end it themselves.
    if _followed(draft, tie) and tie.source != tie.target:
        return tie.source not in draft.deleted
    return bool(link_key(tie.relation, tie.links[0]))


def _followed(draft: _Draft, tie: Tie) -> bool:
    table = draft.tables.get(tie.source)
    return table is not None and any(
        (path.links[0].columns, path.links[0].target) == (tie.foreign.columns, tie.foreign.relation)
        for path in table.paths
    )


def _mask_problem(draft: _Draft, node: Node) -> str:
    """Why the rows of a table can not be masked, in words; empty where they can."""
    table, relation = draft.tables[node], live(draft.schemas, draft.tables[node])
    if relation is None:
        return "the table is not in the database"
    known = {*table.key, *table.harmless, *(column.name for column in table.columns)}
    if table.harmless and (new := [one.name for one in relation.fields if one.name not in known]):
        return f"the column {new[0]} is new and not in the map, so nobody knows what it keeps of the person"
    for column in table.columns:
        mask, problem = fitting(relation, column.name, wanted(table, column))
        if problem and mask == "keep":
            why = draft.reasons.get(node, "its row stays")
            return f"{why}, and no mask fits its column {column.name}"
        if problem:
            return f"the column {column.name} can not hold the mask {mask}: {problem}"
        if _follows(table, relation, column):
            continue
        if mask == "keep" and column.category in IDENTIFYING and table.role != "shared":
            return f"the column {column.name} names the person, keeps its value, and the row has to stay"
    return _unnamed(draft, node, relation) if node in draft.several else ""


def _unnamed(draft: _Draft, node: Node, relation: Relation) -> str:
    """Why rows that nothing names can not be masked, in words; empty where a row shows by itself whether it was."""
    masks = {one.column: one.mask for one in _changes(draft, node, relation)}
    ended = all(masks.keys() & set(path.links[0].columns) for path in draft.tables[node].paths)
    shown = {"null", "empty", *(("zero",) if ended else ())}
    return "" if shown.issuperset(masks.values()) else UNNAMED


def _follows(table: Table, relation: Relation, column: Column) -> bool:
    """Whether the database computes a column from one that is masked, so that its value goes as well."""
    sources = [one for one in table.columns if one.name in relation.sources(column.name)]
    return any(fitting(relation, one.name, wanted(table, one))[0] != "keep" for one in sources)


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
            if table.role == "subject" and node not in draft.loose:
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
    hopes: dict[Node, frozenset[Node]] = {}
    for node in nodes:
        relation = live(draft.schemas, draft.tables[node])
        foreign = relation.foreign if relation else ()
        targets = {(node[0], one.relation) for one in foreign if not _let_go(draft, node, relation, one)}
        needs[node] = frozenset(targets & draft.deleted)
        hopes[node] = frozenset(
            targets & draft.reasons.keys()
        )  # a row goes where nothing points to it any more
        wishes[node] = frozenset(
            parent for path in draft.tables[node].paths for parent in through(path, node[0])
        )
    rest = [node for node in nodes if draft.tables[node].role != "subject"]
    people = [node for node in nodes if draft.tables[node].role == "subject"]
    first, one_circle = ordered(rest, needs, wishes, hopes)
    last, other_circle = ordered(people, needs, wishes, hopes)
    return (*first, *last), one_circle or other_circle


def _let_go(draft: _Draft, node: Node, relation: Relation | None, foreign: Foreign) -> bool:
    """Whether a foreign key of a table is emptied by a step of its own before its target is deleted."""
    target = (node[0], foreign.relation)
    link = Link(node[1], foreign.columns, "->", foreign.relation, foreign.target)
    return relation is not None and _emptied(draft, Tie(node, target, relation, foreign, (link,)))


def _emptied(draft: _Draft, tie: Tie) -> bool:
    """Whether rows that may stay point to rows that go, so that the reference is emptied by a step of its own before."""
    if tie.target not in draft.deleted or _stays(draft, tie.source):
        return False
    if tie.foreign.on_delete.upper() == "SET DEFAULT" or _silent(draft, tie) or not _loose(draft, tie):
        return False
    # A row that is masked ends the reference it is found by in the same write.
    return not (tie.source in draft.masked and _followed(draft, tie))


def _references(draft: _Draft, one: DataMap) -> list[Step]:
    """Steps that empty references of rows that stay: declared keys, and what the map calls references."""
    found: dict[tuple[Node, tuple[str, ...], str], Step] = {}
    for node in sorted(draft.deleted):
        for tie in ties(draft.schemas, draft.nobodys, node):
            if _emptied(draft, tie):
                paths = _onward(draft, tie)
                found[tie.source, tie.foreign.columns, node[1]] = reference(tie.relation, tie.source, paths)
    for table in one.tables:
        relation_here = live(draft.schemas, table)
        for link in table.references:
            target = (link.store or table.store, link.target)
            here = (table.store, table.name)
            going = target in draft.deleted or target in draft.masked
            if relation_here is None or not going or here in draft.deleted or here in draft.kept:
                continue
            masks = ending(table, relation_here, link) if here in draft.masked else ()
            loose = free(relation_here, link) or (masks and relation_here.row_key)
            if loose and (here, link.columns, link.target) not in found:
                step = reference(relation_here, here, (Path((link,)),), link, masks)
                found[here, link.columns, link.target] = step
    return [found[key] for key in sorted(found)]


def _onward(draft: _Draft, tie: Tie) -> tuple[Path, ...]:
    """The paths from a reference on to the person, through the paths of the table it points to."""
    table = draft.tables[tie.target]
    onward = [Path((*tie.links, *path.links)) for path in table.paths]
    return tuple([Path(tie.links)] if table.role == "subject" else onward)


def _step(draft: _Draft, one: DataMap, node: Node) -> Step:
    table = draft.tables[node]
    relation = relation_of(draft.schemas, *node)
    if relation is None:  # a table that is not there was skipped before
        raise AssertionError(node)
    identity = table.role == "subject"
    if node in draft.kept:
        return Step(
            *node, "keep", table.key, paths=table.paths, identity=identity,
            exclusive=exclusive(table, draft.schemas), several=node in draft.several, reason=draft.kept[node],
        )  # fmt: skip
    pins = _pins(draft, one, node) if node in draft.masked else _bound(draft, node)
    masks = bool(pins) or node in draft.masked
    goes = () if masks else _either(draft, node)
    return Step(
        *node, "mask" if node in draft.masked else "delete", table.key,
        paths=table.paths,
        changes=_changes(draft, node, relation) if masks else (),
        cuts=cuttable(_held(draft, table), relation),
        identity=identity,
        exclusive=_goes_whole(draft, node),
        several=node in draft.several,
        either=goes,
        about=aside(table, draft.tables, draft.schemas),
        pins=pins,
        reason=draft.reasons.get(node, table.reason) + (ELSE if pins and node in draft.masked else ""),
    )  # fmt: skip


def _changes(draft: _Draft, node: Node, relation: Relation) -> tuple[Change, ...]:
    table = draft.tables[node]
    found: dict[str, Change] = {}
    others = _others_columns(draft, table, relation)
    for column in table.columns:
        mask, _ = fitting(relation, column.name, wanted(table, column))
        if mask != "keep" and column.name not in others:
            found[column.name] = Change(column.name, mask)
    # A row that stays against the map lets go of what it would hold, and of what would take it along.
    ends = _held(draft, table) if table.role == "shared" else _leaving(draft, table)
    for column_name in cuttable(ends, relation):
        found.setdefault(column_name, Change(column_name, "null"))
    return tuple(found.values())


def _others_columns(draft: _Draft, table: Table, relation: Relation) -> set[str]:
    """Columns that may name somebody else in a row of the person: a step of their own empties them where they name the person."""
    if table.role != "shared" or (table.store, table.name) not in draft.masked:
        return set()
    walked = {name for path in table.paths for name in path.links[0].columns}
    return {
        name
        for link in table.references
        if (link.store or table.store, link.target) in draft.deleted | draft.masked
        and (free(relation, link) or ending(table, relation, link))
        for name in link.columns
    } - walked


def _held(draft: _Draft, table: Table) -> tuple[Path, ...]:
    """The paths of a table that a row which stays has to end itself.

    An entry of a ticket goes on being one where the ticket stays: the number of the ticket is nobody's, and the ticket
    lets go of its person itself. So does what somebody else wrote in it, where entries go with their writers.
    """
    return tuple(
        path
        for path in table.paths
        if not _stays_there(draft, table, path.links[0]) or not _reached(table, path)
    )


def _reached(table: Table, path: Path) -> bool:
    """Whether a row of the same table that a path begins with is found by itself, and so lets go of its person itself."""
    rest = path.links[1:]
    return path.links[0].target != table.name or any(one.links == rest for one in table.paths)


def _stays_there(draft: _Draft, table: Table, link: Link) -> bool:
    """Whether a link leads to rows of several people, which stay without the part of the one who leaves."""
    node = (link.store or table.store, link.target)
    if link.arrow == "~>" or link.inside or node not in draft.masked:
        return False
    return draft.tables[node].role == "shared"


def _leaving(draft: _Draft, table: Table) -> tuple[Path, ...]:
    """The paths of a table that begin with a step to a row that goes, or to a value that a mask takes away."""
    firsts = [(path, path.links[0]) for path in table.paths]
    return tuple(
        path
        for path, link in firsts
        if (link.store or table.store, link.target) in draft.deleted or _taken(draft, table, link)
    )


def _taken(draft: _Draft, table: Table, link: Link) -> bool:
    """Whether a declared key points to a column, such as a login, that is masked in the row it leads to."""
    node = (link.store or table.store, link.target)
    if link.arrow != "->" or node not in draft.masked:
        return False
    there, relation = draft.tables[node], live(draft.schemas, draft.tables[node])
    columns = [one for one in there.columns if one.name in link.target_columns]
    return relation is not None and any(
        fitting(relation, one.name, wanted(there, one))[0] != "keep" for one in columns
    )


def _cite(step: Step, citation: Citation) -> Step:
    return replace(step, citation=citation)
