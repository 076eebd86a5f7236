"""What foreign keys say of rows that go or change, done by hand where the server does not look at them.

MariaDB can not check foreign keys at the end of a transaction. Where they run in a circle, or both of their ends change, they
are switched off, and with them `on delete` and `on update`, so that rows would go on pointing to what is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from troth.model.plan import Change
from troth.model.schema import Foreign, Relation, Schema
from troth.stores.errors import StoreRefused
from troth.stores.walk import Row, Value, Walk, Write

Moved = tuple[Relation, Foreign, dict[Row, Row | None]]
"""A key, the table that has it, and the values that it may point to: what each becomes, None where nobody knows."""
Find = Callable[[Walk, Sequence[Row]], Iterator[Row]]
Run = Callable[[Write, Sequence[Row]], int]


@dataclass(slots=True)
class Unchecked:
    """One transaction without checks of foreign keys.

    Attributes:
        schema: the tables, with what their keys say.
        find, run: how rows are found and written.
        owed: keys that let no row go to which one points, with the values that nothing may hold at the end.
    """

    schema: Schema
    find: Find
    run: Run
    owed: list[tuple[str, Foreign, list[Row]]] = field(default_factory=list)

    def before(self, write: Write, rows: Sequence[Row]) -> None:
        """Let rows that point to rows which are about to go do what their keys say; call it before each deletion."""
        self._before(write, rows, set())

    def moving(self, write: Write, rows: Sequence[Row]) -> list[Moved]:
        """What a write is about to change that keys point to; call it before each change, and `follow` after it."""
        written = {*(one.column for one in write.changes), *write.each}
        width, found = len(write.key), list[Moved]()
        for relation, key in self._pointing(write.table):
            if written.isdisjoint(key.target):
                continue
            walk = Walk(write.table, fixed=write.key, want=key.target, blank=write.blank, exact=write.several)
            moved: dict[Row, Row | None] = {}
            for place, *cells in list(self.find(walk, [row[:width] for row in rows])):
                held, new = tuple(cells), _after(write, rows[int(place or 0)], key.target, cells)
                if None not in held and new != held:
                    moved[held] = new
            if moved:
                found.append((relation, key, moved))
        return found

    def follow(self, moved: Sequence[Moved]) -> None:
        """Let rows that point to what was changed do what their keys say."""
        for relation, key, values in moved:
            action, gone = key.on_update.upper(), list(values)
            if action not in {"CASCADE", "SET NULL"} or None in values.values():
                self.owed.append((relation.name, key, gone))
                continue
            near = Walk(relation.name, fixed=key.columns, want=key.columns)
            spelled = dict.fromkeys((row[1:], gone[int(row[0] or 0)]) for row in list(self.find(near, gone)))
            below = Write(relation.name, key.columns, each=key.columns, several=True)
            rows = [(*here, *(values[held] or ())) for here, held in spelled]
            if action == "SET NULL":
                below = Write(relation.name, key.columns, _nulls(key), several=True)
                rows = [here for here, _ in spelled]
            if rows:
                further = self.moving(below, rows)
                self.run(below, rows)
                self.follow(further)

    def end(self) -> None:
        """See that nothing points to a row that is gone; call it before the transaction is committed.

        Raises:
            StoreRefused: something does; the caller undoes everything.
        """
        for table, key, values in self.owed:
            gone = set(values)
            there = self.find(Walk(key.relation, fixed=key.target, want=key.target), values)
            gone -= {row[1:] for row in list(there)}
            left = [one for one in values if one in gone]
            if left and list(self.find(Walk(table, fixed=key.columns, want=key.columns), left)):
                raise StoreRefused(f"rows of {table} still point to rows of {key.relation} that would go")

    def _before(self, write: Write, rows: Sequence[Row], done: set[tuple[str, Foreign, Row]]) -> None:
        for relation, key in self._pointing(write.table):
            walk = Walk(write.table, fixed=write.key, want=key.target, blank=write.blank, exact=write.several)
            found = dict.fromkeys(row[1:] for row in list(self.find(walk, rows)) if None not in row[1:])
            gone = [row for row in found if (relation.name, key, row) not in done]
            if not gone:
                continue
            done.update((relation.name, key, row) for row in gone)
            action = key.on_delete.upper()
            if action not in {"CASCADE", "SET NULL"}:
                self.owed.append((relation.name, key, gone))
                continue
            # A key points to what its collation takes for equal, and rows are written by their very letters.
            near = Walk(relation.name, fixed=key.columns, want=key.columns, distinct=True)
            spelled = list(dict.fromkeys(row[1:] for row in list(self.find(near, gone))))
            below = Write(relation.name, key.columns, several=True)
            if action == "CASCADE":
                self._before(below, spelled, done)
            else:
                below = replace(below, changes=_nulls(key))
            if spelled:
                self.run(below, spelled)

    def _pointing(self, table: str) -> Iterator[tuple[Relation, Foreign]]:
        for relation in self.schema.relations:
            for key in relation.foreign:
                if key.relation == table and len(key.target) == len(key.columns):
                    yield relation, key


def _nulls(key: Foreign) -> tuple[Change, ...]:
    return tuple(Change(name, "null") for name in key.columns)


def _after(write: Write, row: Row, columns: Sequence[str], cells: Sequence[Value]) -> Row | None:
    """What columns of a row hold after a write; None where a mask is put there that only the database knows."""
    new = dict(zip(columns, cells, strict=True))
    masks = {one.column: one.mask for one in write.changes}
    if any(masks.get(name, "null") != "null" for name in columns):
        return None
    new |= dict.fromkeys(masks.keys() & set(columns))
    new |= {name: row[len(write.key) + n] for n, name in enumerate(write.each) if name in columns}
    return tuple(new[name] for name in columns)
