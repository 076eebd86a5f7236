"""Separate a person from a row that belongs to somebody else as well: the row stays, the person's part goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from troth.enforcement import rowsets
from troth.enforcement.anchors import number
from troth.enforcement.drawn import random_text
from troth.enforcement.meaning import NAME, Wanted, category_of, kind_of, normal
from troth.enforcement.members import lacking
from troth.enforcement.namewords import together
from troth.enforcement.project import Project
from troth.enforcement.trace import Trace
from troth.model.datamap import Link
from troth.model.plan import Step
from troth.plan.fit import fitting
from troth.stores.walk import Row, Value, Walk, Write

BOUND = "rows are shared with another person and can not be separated"
"""Said of rows that would lead to the person as before; they stay as they are."""

_FREE = (("empty", ""), ("token", ""))
"""What a value that may not be NULL becomes: nothing, or a random text where it must be unique."""
_TEXTS = frozenset({"text", "json", "array", "binary"})


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a row is our persons'.

    Attributes:
        links: what leads to them.
        held: the columns that lead to others too, and so lose single members only.
        names: their whole names, which go beside a member that goes.
        key: of the row; empty where it names several, so that no text can be drawn from it.
    """

    links: Sequence[Link]
    held: Collection[str]
    names: Collection[str]
    key: Row


def fast(project: Project, step: Step) -> frozenset[int]:
    """The paths of a step, by number, that nothing can end in a row which stays: it would lead to the person as before.

    A path through other tables may end there, so only a second search can tell of it.
    """
    relation = project.schemas[step.store].relation(step.table)
    found = set()
    for place, path in enumerate(step.paths):
        link = path.links[0]
        if len(path.links) > 1 or place in step.about or any(name in step.cuts for name in link.columns):
            continue
        if link.inside:
            free = step.several or link.columns[-1] not in step.key
        else:
            free = link.arrow == "~>" and fitting(relation, link.columns[-1], "") in _FREE
            free = free or nobody(project, step, link) is not None
        if not free:
            found.add(place)
    return frozenset(found)


def nobody(project: Project, step: Step, link: Link, key: Row = ()) -> Value:
    """What a column holds that leads to nobody, as the map says by its mask: 0, an empty or a random text. None for nothing.

    Software that has no foreign keys keeps 0 where a row belongs to nobody; where ids are texts, no row has a random one.
    """
    column = project.map.table(step.store, step.table).column(link.columns[-1])
    if column is None or column.mask not in {"zero", "empty", "token"} or link.arrow != "=>":
        return None
    relation = project.schemas[step.store].relation(step.table)
    field = relation.field(column.name)
    if field is None or fitting(relation, column.name, column.mask)[1]:
        return None
    if column.mask == "token":
        bound = any(column.name in one.columns for one in relation.foreign)
        return None if bound else random_text(project, step.place, column.name, key) + field.tail
    return 0 if field.kind == "integer" else "" if field.kind == "text" else None


def separate(project: Project, trace: Trace, step: Step, keys: Sequence[Row], wanted: Wanted) -> set[Row]:
    """Empty in each row what leads to our persons and to nobody else, and what names them; gives the keys of those that changed.

    Where nothing names a single row, one is written by what stands in the columns that change, beside its key: rows that are
    alike there change alike.

    Args:
        project: where the rows are.
        trace: whose rows they are.
        step: the step they belong to.
        keys: the rows.
        wanted: the values that name our persons.

    Raises:
        StoreRefused: the database does not let it happen.
    """
    _, ours, others = trace.owners(step, keys)
    relation = project.schemas[step.store].relation(step.table)
    mapped = project.map.table(step.store, step.table).columns
    links = [path.links[0] for path in step.paths]
    fixed = () if step.several else step.key
    texts = {field.name for field in relation.fields if field.kind in _TEXTS} - set(fixed)
    columns = tuple(
        field.name
        for field in relation.fields
        if field.name not in fixed
        and (field.name in texts or any(field.name in link.columns for link in links))
    )
    if not columns:
        return set()
    known = _names(project, trace)
    names = known if any(one.category == NAME for one in mapped) else set[str]()
    edits: dict[
        tuple[str, ...], dict[Row, None]
    ] = {}  # by the columns that change: a large cell that stays is not written
    moving: set[Row] = set()
    walk = Walk(step.table, fixed=step.key, want=columns)
    for row in rowsets.find(project.stores[step.store], walk, keys, several=step.several):
        place = number(row[0])
        cells = dict(zip(columns, row[1:], strict=True))
        mine = [link for n, link in enumerate(links) if place in ours[n] and place not in others[n]]
        mixed = [link for n, link in enumerate(links) if place in ours[n] and link.inside]
        # A column that leads to somebody else by another path is what the row is found by for them.
        held = {name for n, link in enumerate(links) if place in others[n] for name in link.columns}
        part = _Part(mine + mixed, held, known, () if step.several else keys[place])
        changed = _cut(project, trace, step, cells, part)
        changed = _silence(project, step, changed, wanted, texts)
        changed = _unnamed(project, step, changed, names) if names else changed
        if moved := tuple(name for name in columns if changed[name] != cells[name]):
            told = (cells[name] for name in _beside(step, moved))
            edits.setdefault(moved, {})[(*keys[place], *told, *(changed[name] for name in moved))] = None
            moving.add(keys[place])
    store = project.stores[step.store]
    for columns_, rows in edits.items():
        key = (*step.key, *_beside(step, columns_))
        rowsets.run(store, Write(step.table, key, each=columns_, several=step.several), list(rows))
    return moving


def _beside(step: Step, moved: Sequence[str]) -> tuple[str, ...]:
    """The columns that name a row beside its key: where that names several, those that change."""
    return tuple(name for name in moved if name not in step.key) if step.several else ()


def _cut(
    project: Project, trace: Trace, step: Step, cells: dict[str, Value], part: _Part
) -> dict[str, Value]:
    """The cells without what leads to our persons."""
    changed = dict(cells)
    relation = project.schemas[step.store].relation(step.table)
    for link in part.links:
        column = link.columns[-1]
        if link.inside and column in changed:
            node = (link.store or step.store, link.target)
            category = category_of(project.map, node, link.target_columns[0])
            kind = kind_of(category)
            gone = {normal(kind, value) for value in trace.ends(link, step.store)}
            # What names another account as well stays.
            gone -= trace.contested((node, link.target_columns[0]), gone)
            cell = changed[column]
            if isinstance(cell, str) and link.inside != "text":
                rest = lacking(cell, link.inside, partial(_means, kind, gone), kind, part.names)
                changed[column] = cell if rest is None else rest
            continue
        cuts = [name for name in step.cuts if name in link.columns and name not in part.held]
        if cuts:
            for name in relation.bound_with(cuts[-1]) or cuts[-1:]:
                changed[name] = None
        elif link.arrow == "~>" and column in changed and column not in part.held:
            mask, problem = fitting(relation, column, "")
            if mask == "empty" and not problem:
                changed[column] = ""
            elif mask == "token" and not problem and part.key:
                field = relation.field(column)
                changed[column] = random_text(project, step.place, column, part.key) + (
                    field.tail if field else ""
                )
        elif (
            column in changed
            and column not in part.held
            and (nil := nobody(project, step, link, part.key)) is not None
            and (part.key or nil in {"", 0})
        ):
            changed[column] = nil
    return changed


def _means(kind: str, values: Collection[str], member: str) -> bool:
    """Whether a member is one of some values in normal form."""
    return normal(kind, member) in values


def _names(project: Project, trace: Trace) -> set[str]:
    """The whole names of our persons in normal form; the parts of a name in several columns in either order."""
    found: set[str] = set()
    for node in trace.anchors.rows:
        columns = [one.name for one in project.map.table(*node).columns if one.category == NAME]
        for anchor in trace.anchors.all(node):
            parts = [part for name in columns if (part := normal("text", anchor.values.get(name)))]
            found.update(together(parts))
    return {name for name in found if name and (" " in name or not name.isascii())}


def _unnamed(project: Project, step: Step, cells: dict[str, Value], names: set[str]) -> dict[str, Value]:
    """The cells without the names of our persons, where one holds nothing else, or several together."""
    relation = project.schemas[step.store].relation(step.table)
    columns = [
        one
        for one in project.map.table(step.store, step.table).columns
        if one.category == NAME and one.name in cells
    ]
    parts = [part for one in columns if (part := normal("text", cells[one.name]))]
    whole = not names.isdisjoint(together(parts))
    changed = dict(cells)
    for one in columns:
        if whole or normal("text", cells[one.name]) in names:
            mask, problem = fitting(relation, one.name, "" if one.mask == "keep" else one.mask)
            if problem or mask not in {"null", "empty"}:
                mask, problem = fitting(relation, one.name, "")
            if not problem and mask in {"null", "empty"}:
                changed[one.name] = None if mask == "null" else ""
    return changed


def _silence(
    project: Project, step: Step, cells: dict[str, Value], wanted: Wanted, texts: set[str]
) -> dict[str, Value]:
    """The cells without values that name our persons."""
    relation = project.schemas[step.store].relation(step.table)
    changed = dict(cells)
    for name in sorted(texts & set(cells)):
        field = relation.field(name)
        packed = field is not None and field.kind == "binary"
        cell = _unpacked(changed[name]) if packed else changed[name]
        if not isinstance(cell, str) or not wanted.inside(cell):
            continue
        if wanted.whole(cell):
            mask, problem = fitting(relation, name, "")
            if not problem and mask in {"null", "empty"}:
                changed[name] = None if mask == "null" else ""
            continue
        if field is not None and field.kind == "array":
            changed[name] = lacking(cell, "array", lambda one: bool(wanted.whole(one)))
            continue
        spared = wanted.without(cell)
        new: str | bytes = spared.encode() if packed and cell != changed[name] else spared
        if field is not None and (field.length is None or len(new) <= field.length):
            changed[name] = new
    return changed


def _unpacked(cell: Value) -> str | None:
    """The text that a cell of bytes is; None where it is something else, such as an image."""
    if isinstance(cell, str) and not cell.startswith("\\x"):
        return cell  # SQLite keeps a text in any column
    try:
        if isinstance(cell, str):
            cell = bytes.fromhex(cell[2:])  # as PostgreSQL shows bytes
        return cell.decode() if isinstance(cell, bytes) else None
    except ValueError:
        return None
