"""The hook in SQLAlchemy: every statement that touches personal columns needs a purpose, and the guard's yes.

    watch(engine, guard, data_map, store="accounts")
    with purpose("support", actor="support"):
        session.scalars(select(Customer))          # refused where a column may not be read for support

It stands before each statement of an engine, Core and ORM alike, and refuses before anything is sent. It protects from
mistakes and from code that forgot its purpose, not from somebody who opens a connection of their own: grants, views
and row security of the database are for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.sql.compiler import Compiled, SQLCompiler
from sqlalchemy.sql.ddl import DDL

from troth.enforcement.guard import Guard
from troth.enforcement.ruling import Refused, Told
from troth.gate.errand import Errand, current
from troth.gate.touched import Touched, touched
from troth.gate.wording import EVERY, moves_rows, touches_no_rows, wording
from troth.model.datamap import Column, DataMap, Table

_CATALOGUES = ("information_schema.", "pg_catalog.", "sqlite_", "mysql.", "performance_schema.")
_SAMPLES = frozenset(
    "pg_statistic pg_stats pg_statistic_ext_data pg_stats_ext pg_stats_ext_exprs column_stats sqlite_stat3 sqlite_stat4".split()
)
"""Tables of the databases themselves that hold values of columns of all others."""
VERBS: Mapping[str, str] = {"shown": "read", "used": "use", "written": "record"}
"""The act that each way to touch a column is."""

_SQL = object()  # a value that is no parameter, but SQL


@dataclass(frozen=True, slots=True)
class Need:
    """What a statement needs to be allowed: an act on the data terms of one table.

    Attributes:
        verb: the act; "" where the table is only named.
        place: `store.table`.
        terms: the data terms; none where only keys are touched.
        parameter: the name of the parameter that gives the value, of which NULL is none; "" where it always arises.
        refusal: what is wrong with the column, raised where the need arises.
    """

    verb: str
    place: str
    terms: tuple[str, ...] = ()
    parameter: str = ""
    refusal: Refused | None = None


class Watch:
    """The hook of one engine; `close` takes it off.

    Args:
        engine: the engine; of an asynchronous one its `sync_engine`.
        guard: decides.
        data_map: says which columns are personal.
        store: the name of this database in the map.
    """

    def __init__(self, engine: Engine, guard: Guard, data_map: DataMap, store: str) -> None:
        self._engine, self._guard, self._store = engine, guard, store
        self._tables = {table.name.casefold(): table for table in data_map.tables if table.store == store}
        if not self._tables:
            raise Refused(
                Told(f"the data map has no store `{store}`", "", (), "name a store as the map does")
            )
        self._personal = {name: table for name, table in self._tables.items() if table.columns}
        self._links = {name: frozenset(_links(table)) for name, table in self._tables.items()}
        self._needs: WeakKeyDictionary[SQLCompiler, tuple[Need, ...]] = WeakKeyDictionary()
        event.listen(engine, "before_cursor_execute", self._before)

    def close(self) -> None:
        """Take the hook off the engine."""
        event.remove(self._engine, "before_cursor_execute", self._before)

    def _before(self, *seen: Any) -> None:
        """Stand before a statement; `seen` is connection, cursor, statement, parameters, context, whether many."""
        statement, context = seen[2], seen[4]
        compiled = getattr(context, "compiled", None)
        if compiled is None:
            self._text(statement)
        elif isinstance(compiled, SQLCompiler):
            needs = self._needs.get(compiled)
            if needs is None:
                if compiled.schema_translate_map:  # one form is sent to several schemas, each of its own
                    needs = self._look(compiled, context.execution_options.get("schema_translate_map"))
                else:
                    needs = self._needs[compiled] = self._look(compiled)
            if needs:
                self._ask(needs, context.compiled_parameters)
        else:
            self._define(compiled, statement)

    def _define(self, compiled: Compiled, statement: str) -> None:
        """Stand before a definition; what fills a table or view is judged as the select it is."""
        definition: Any = compiled.statement
        filled = getattr(definition, "selectable", None)
        if filled is not None:
            needs = self._look(filled.compile(dialect=compiled.dialect))
            if needs:
                self._ask(needs, ({},))
        elif isinstance(definition, DDL) or moves_rows(statement):
            self._text(statement)

    def _look(
        self, compiled: SQLCompiler, schemas: Mapping[str | None, str | None] | None = None
    ) -> tuple[Need, ...]:
        found = touched(compiled)
        own = getattr(compiled.dialect, "default_schema_name", None)
        found.rename(lambda name: self._called(name, own, schemas or {}))
        if found.kind == "text":
            self._text(compiled.string)
            return ()
        for name in found.tables:
            if name.casefold() in self._tables:
                continue
            self._sampled({_last(name).casefold()})
            if not name.casefold().startswith(_CATALOGUES):
                raise _refused(
                    f"the data map does not know the table `{name[:80]}`",
                    "run `troth map propose` and review what it says of the table",
                )
        self._inner(found)
        return tuple(self._told(found))

    def _called(self, name: str, own: str | None, schemas: Mapping[str | None, str | None]) -> str:
        """A table as the map calls it: the schema that is used where none is named is not part of its name.

        Args:
            name: as the statement has it, with its schema if that is named.
            own: the schema that is used where none is named.
            schemas: the schemas by which the engine replaces others (`schema_translate_map`).
        """
        schema, _, bare = name.rpartition(".")
        sent = schemas.get(schema or None, schema) or ""
        for one in (f"{sent}.{bare}" if sent and sent != own else bare, name):
            if one.casefold() in self._tables:
                return one
        return name

    def _told(self, found: Touched) -> Iterable[Need]:
        for way in ("shown", "used"):
            by_table: dict[str, set[str]] = {}
            for table, column in getattr(found, way):
                known = self._personal.get(table.casefold())
                if known is not None:
                    linked = way == "used" and column in self._links[table.casefold()]
                    by_table.setdefault(known.place, set()).update(
                        () if linked else self._terms(known, column)
                    )
            for place, terms in sorted(by_table.items()):
                yield Need(VERBS[way], place, tuple(sorted(terms)))
        for (table, column), parameter in sorted(found.written.items()):
            known = self._personal.get(table.casefold())
            if known is not None:
                yield self._written(known, column, parameter)
        for name in sorted(found.tables):
            known = self._personal.get(name.casefold())
            if known is not None:
                yield Need("", known.place)

    def _written(self, table: Table, column: str, parameter: str) -> Need:
        """The need of a column that is written; an ORM also writes NULL where nothing was said, which collects nothing."""
        try:
            terms = tuple(self._terms(table, column))
        except Refused as error:
            return Need(VERBS["written"], table.place, (), parameter, error)
        return Need(VERBS["written"], table.place, terms, parameter)

    def _terms(self, table: Table, name: str) -> Iterable[str]:
        """The data terms of a column; those of every column for `EVERY`."""
        if name == EVERY:
            return [term for column in table.columns for term in _terms_of(table, column)]
        folded = name.casefold()
        column = next((one for one in table.columns if one.name.casefold() == folded), None)
        if column is not None:
            return _terms_of(table, column)
        if folded in {
            one.casefold() for one in (*table.harmless, *table.key, *self._links[table.name.casefold()])
        }:
            return ()
        raise _refused(
            f"the data map does not know the column `{table.place}.{name[:80]}`",
            "run `troth map propose` and review what it says of the column",
        )

    def _inner(self, found: Touched) -> None:
        """SQL text inside a statement: what it may touch counts as shown, a table it adds is refused."""
        if not found.texts:
            return
        said = wording(found.texts)
        within = {name.casefold(): name for name in found.tables}
        for name, table in self._personal.items():
            if name in within:
                called = (_last(name), *found.aliases.get(within[name], ()))
                known = {one.name for one in table.columns} | {
                    *table.harmless,
                    *table.key,
                    *self._links[name],
                }
                every = EVERY in said.text or said.whole(called, known)
                columns = {one.name for one in table.columns if said.names(one.name)}
                found.shown |= {(table.name, one) for one in ({EVERY} if every else columns)}
            elif said.names(_last(name)):
                raise _refused(*_plain(table))

    def _text(self, statement: str) -> None:
        if touches_no_rows(statement):
            return
        said = wording([statement])
        for name, table in self._personal.items():
            if said.names(_last(name)):
                raise _refused(*_plain(table))
        self._sampled(said.words)

    def _sampled(self, names: AbstractSet[str]) -> None:
        if self._personal:
            for name in sorted(_SAMPLES.intersection(names).difference(map(_last, self._tables))):
                raise _refused(
                    f"`{name}` holds values of personal columns, which the database keeps to plan with",
                    "read it over a connection without the hook",
                )

    def _ask(self, needs: tuple[Need, ...], rows: Sequence[Mapping[str, Any]]) -> None:
        errand = current()
        if errand is None:
            raise _refused(
                f"nobody said what `{needs[0].place}` is touched for",
                'run the code inside `with purpose("...", actor="...")`',
            )
        for need in needs:
            if need.parameter and all(row.get(need.parameter, _SQL) is None for row in rows):
                continue
            if need.refusal is not None:
                raise _refused(need.refusal.message, need.refusal.hint)
            if need.terms:
                self._check(need, errand)

    def _check(self, need: Need, errand: Errand) -> None:
        facts = errand.told if errand.person is None else {**errand.told, "table": need.place}
        self._guard.check(
            errand.actor,
            need.verb,
            need.terms,
            errand.purpose,
            errand.recipient,
            person=errand.person,
            facts=facts,
        )


def watch(engine: Engine, guard: Guard, data_map: DataMap, store: str) -> Watch:
    """Put the hook on an engine; see `Watch`.

    Raises:
        Refused: the map has no such store.
    """
    return Watch(engine, guard, data_map, store)


def _refused(error: str, hint: str) -> Refused:
    return Refused(Told(error, "", (), hint))


def _plain(table: Table) -> tuple[str, str]:
    return (
        f"a statement in SQL text names `{table.place}`, which holds personal data",
        "write it with SQLAlchemy's constructs, so that its columns can be seen",
    )


def _terms_of(table: Table, column: Column) -> tuple[str, ...]:
    if not column.terms:
        raise _refused(
            f"the data map names no data term for `{table.place}.{column.name}`",
            "write the terms of the column into the map",
        )
    return column.terms


def _links(table: Table) -> Iterable[str]:
    """The columns by which rows are found and joined."""
    yield from table.key
    for link in (*(path.links[0] for path in table.paths), *table.references):
        if link.arrow != "~>":  # a natural value, such as an e-mail address, says more than which row it is
            yield from link.columns


def _last(name: str) -> str:
    return name.rpartition(".")[2]
