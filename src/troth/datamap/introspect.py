"""Read the shape of a store: tables, columns, keys, indexes, sizes, and a bounded sample of every table."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Inspector, inspect, text
from sqlalchemy import types as sql
from sqlalchemy.engine.interfaces import (
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
)
from sqlalchemy.engine.reflection import ObjectKind
from sqlalchemy.exc import DBAPIError, SAWarning

from troth.datamap.composites import composed
from troth.datamap.connect import cause, closed, engine_of, reading
from troth.datamap.folding import folded
from troth.datamap.permits import closed_to, permitted
from troth.datamap.pragmas import Pragmas, read_pragmas
from troth.datamap.refusals import checks_of, domains_of, refusing
from troth.datamap.sample import read_sample
from troth.datamap.triggers import keeping
from troth.model.errors import TrothError
from troth.model.schema import SHAPES, Engine, Field, Foreign, Index, Kind, Relation, Schema

SYSTEM_SCHEMAS = re.compile(r"information_schema|pg_.*|performance_schema|mysql|sys")
_CHECK_IN = re.compile(r"""["`\[]?(\w+)["`\]]?\s+in\s*\(([^()]*)\)""", re.IGNORECASE)
_CHECK_ANY = re.compile(
    r"""\(?\(?["]?(\w+)["]?\)?(?:::[\w ]+)?\)?\s*=\s*any\s*\(\(?array\[([^\]]*)\]""", re.IGNORECASE
)
_PIECE = re.compile(r"'(?:[^']|'')*'|[()]")
_WORD = re.compile(r'"[^"]+"|\w+')
_LABEL = re.compile(r"'((?:[^']|'')*)'")
_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (sql.ARRAY, "array"), (sql.Boolean, "boolean"), (sql.JSON, "json"), (sql.Uuid, "uuid"),
    (sql.Enum, "text"),
    (sql.LargeBinary, "binary"), (sql.DateTime, "time"), (sql.Date, "date"), (sql.Integer, "integer"),
    (sql.Numeric, "number"), (sql.Float, "number"), (sql.String, "text"),
    (sql.Time, "other"), (sql.Interval, "other"),
)  # fmt: skip
_NAMED_KINDS: dict[str, Kind] = {
    "INET": "network", "CIDR": "network", "MACADDR": "network", "MACADDR8": "network", "INET4": "network",
    "INET6": "network", "TSVECTOR": "vector", "BINARY": "binary", "VARBINARY": "binary", "BIT": "other",
    "CITEXT": "text", "HSTORE": "json", "TINYBLOB": "binary", "BLOB": "binary", "MEDIUMBLOB": "binary",
    "LONGBLOB": "binary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the inspector answered about all tables of one database schema, by table name."""

    columns: dict[str, list[ReflectedColumn]]
    keys: dict[str, tuple[str, ...]]
    foreign: dict[str, list[ReflectedForeignKeyConstraint]]
    indexes: dict[str, list[ReflectedIndex]]
    unique: dict[str, list[tuple[str, ...]]]
    checks: dict[str, list[str]]
    comments: dict[str, str]


def introspect(url: str, sample: int = 2000, *, store: str = "store") -> Schema:
    """Read the schema of a database, and up to `sample` rows of every table.

    Nothing is written. The sample is spread over the table and the same on every run while the rows stay
    the same;
    long values are cut after 4,096 characters.

    Args:
        url: `postgresql://`, `mysql://`, `mariadb://` or `sqlite:///`.
        sample: rows a table; 0 reads no rows at all.
        store: the name of the store in the project.

    Returns:
        the schema, its tables sorted by name.

    Raises:
        TrothError: wrong URL, dead server, missing permission, a lock that lasts; the message never holds the password.
    """
    kind, _ = engine_of(url)
    with reading(url) as connection:
        inspector = inspect(connection)
        relations: list[Relation] = []
        copied: list[Relation] = []
        problems: list[str] = []
        shut = closed_to(connection, kind)
        for space in _spaces(inspector, kind):
            if space in shut:
                problems.append(
                    f"the user of the store may not use the schema {space}: grant usage on schema {space}"
                )
                continue
            relations += _relations(inspector, connection, kind, space, problems)
            copied += _copied(inspector, connection, kind, space)
        kept = keeping(connection, kind)
        relations = [replace(one, keeps=kept.get(one.name, ())) for one in relations]
        relations = composed(connection, kind, permitted(connection, kind, relations))
        relations = folded(connection, kind, relations)
        sizes = _sizes(connection, kind)
        filled = []
        for one in relations:
            read, problem = _filled(connection, kind, one, sizes.get(one.name, 0), sample)
            filled.append(read)
            problems += [problem] if problem else []
    return Schema(
        store,
        kind,
        tuple(sorted(filled, key=lambda one: one.name)),
        tuple(sorted(one.name for one in copied)),
        tuple(problems),
        tuple(sorted(copied, key=lambda one: one.name)),
        tuple(sorted(shut)),
    )


def _spaces(inspector: Inspector, kind: Engine) -> list[str | None]:
    """The database schemas to read; None is the default one, whose tables go without a prefix."""
    if kind != "postgresql":
        return [None]
    default = inspector.default_schema_name
    others = [
        one for one in inspector.get_schema_names() if one != default and not SYSTEM_SCHEMAS.fullmatch(one)
    ]
    return [None, *sorted(others)]


def _copied(inspector: Inspector, connection: Connection, kind: Engine, space: str | None) -> list[Relation]:
    """The materialised views of a database schema, with their columns; one that was never filled can not be read."""
    if kind != "postgresql":
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        found = inspector.get_multi_columns(schema=space, kind=ObjectKind.MATERIALIZED_VIEW)
    query = (
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'm' "
        "and n.nspname = coalesce(:space, current_schema()) "
        "and c.relispopulated and has_table_privilege(c.oid, 'select')"
    )
    readable = {str(row[0]) for row in connection.execute(text(query), {"space": space})}
    return [
        Relation(
            str(name) if space is None else f"{space}.{name}",
            tuple(_field(column, {}) for column in columns),
            readable=str(name) in readable,
        )
        for (_, name), columns in found.items()
    ]


def _relations(
    inspector: Inspector, connection: Connection, kind: Engine, space: str | None, problems: list[str]
) -> list[Relation]:
    hidden = _hidden(connection, kind)
    names = [one for one in inspector.get_table_names(schema=space) if (space, one) not in hidden]
    if not names:
        return []
    try:
        with warnings.catch_warnings():
            # A type that the inspector does not know in full ("INTEGER(11)" on SQLite) is still a column.
            warnings.simplefilter("ignore", SAWarning)
            parts = _parts(inspector, names, space)
    except DBAPIError as error:
        what = f"the tables of {space or 'the database'} can not be described: {cause(error)}"
        if not closed(error):  # whoever went on would take these tables for gone
            hint = "a table is locked by a running transaction, or the server is busy: try again"
            raise TrothError(what, hint=hint) from None
        problems.append(what)
        connection.rollback()
        return []
    domains, checks = domains_of(connection, kind), checks_of(connection, kind)
    relations = [
        refusing(
            connection,
            kind,
            _relation(one, parts, space),
            (*parts.checks.get(one, ()), *checks.get(one, ())),
            domains,
        )
        for one in sorted(names)
    ]
    if kind == "mariadb":
        versioned, lasting = _versioned(connection), _lasting(connection)
        told = _told(connection)
        return [
            replace(
                one,
                versioned=one.name in versioned,
                lasting=one.name in lasting,
                fields=tuple(
                    _spelled(each, *told.get((one.name, each.name), ("", ""))) for each in one.fields
                ),
            )
            for one in relations
        ]
    if kind != "sqlite":
        return relations
    pragmas = read_pragmas(connection)
    return [_corrected(one, pragmas) for one in relations]


def _versioned(connection: Connection) -> set[str]:
    """The tables of which MariaDB keeps every earlier version of a row."""
    query = (
        "select table_name from information_schema.tables "
        "where table_schema = database() and table_type = 'SYSTEM VERSIONED'"
    )
    return {str(row[0]) for row in connection.execute(text(query))}


def _lasting(connection: Connection) -> set[str]:
    """The tables whose engine knows no transactions: a rollback leaves there what was written."""
    query = (
        "select t.table_name from information_schema.tables t join information_schema.engines e on e.engine = t.engine "
        "where t.table_schema = database() and e.transactions = 'NO'"
    )
    return {str(row[0]) for row in connection.execute(text(query))}


def _told(connection: Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """What the inspector does not say of columns, by table and column: letters other than all of Unicode, and shapes."""
    query = (
        "select table_name, column_name, lower(character_set_name), upper(data_type) from information_schema.columns "
        "where table_schema = database()"
    )
    return {
        (str(table), str(column)): (
            "" if charset in (None, "utf8mb4", "binary") else str(charset),
            str(kind) if kind in {*SHAPES, "INET4", "INET6"} else "",
        )
        for table, column, charset, kind in connection.execute(text(query))
    }


def _spelled(field: Field, charset: str, named: str) -> Field:
    """A column with what the inspector does not say of it; it does not know every type."""
    kind = _NAMED_KINDS.get(named, field.kind)
    return replace(field, charset=charset, type=named or field.type, kind=kind) if charset or named else field


def _corrected(relation: Relation, pragmas: Pragmas) -> Relation:
    """A table of SQLite with what the inspector reads from the text of its statement, or not at all."""
    return replace(
        relation,
        fields=tuple(
            replace(one, nullable=False)
            if one.name in pragmas.never_null(relation.name, relation.key)
            else one
            for one in relation.fields
        ),
        foreign=pragmas.foreign.get(relation.name, ()),
        sparse=pragmas.sparse.get(relation.name, ()),
    )


def _hidden(connection: Connection, kind: Engine) -> set[tuple[str | None, str]]:
    """Tables that are parts of another one: partitions, and the inner tables of SQLite's full-text search."""
    if kind == "postgresql":
        rows = connection.execute(
            text(
                "select nullif(n.nspname, current_schema()), c.relname from pg_class c "
                "join pg_namespace n on n.oid = c.relnamespace where c.relispartition"
            )
        )
        return {(row[0], row[1]) for row in rows}
    if kind == "sqlite":
        virtual = connection.execute(
            text("select name from sqlite_master where sql like 'CREATE VIRTUAL%'")
        ).scalars()
        inner = (
            "data",
            "idx",
            "content",
            "docsize",
            "config",
            "segments",
            "segdir",
            "stat",
            "node",
            "parent",
            "rowid",
        )
        return {(None, f"{one}_{part}") for one in virtual for part in inner}
    return set()


def _parts(inspector: Inspector, names: list[str], space: str | None) -> _Parts:
    def by_name(answer: Any) -> dict[str, Any]:
        return {name: value for (_, name), value in answer.items()}

    unique = by_name(inspector.get_multi_unique_constraints(schema=space, filter_names=names))
    checks = by_name(inspector.get_multi_check_constraints(schema=space, filter_names=names))
    keys = by_name(inspector.get_multi_pk_constraint(schema=space, filter_names=names))
    # SQLite keeps UNIQUE constraints as indexes of its own making; its SQL text is no reliable source.
    extra: Any = {"include_auto_indexes": True} if inspector.dialect.name == "sqlite" else {}
    comments: dict[str, Any] = {}
    if inspector.dialect.supports_comments:
        comments = by_name(inspector.get_multi_table_comment(schema=space, filter_names=names))
    return _Parts(
        columns=by_name(inspector.get_multi_columns(schema=space, filter_names=names)),
        keys={name: tuple(key["constrained_columns"]) for name, key in keys.items() if key},
        foreign=by_name(inspector.get_multi_foreign_keys(schema=space, filter_names=names)),
        indexes=by_name(inspector.get_multi_indexes(schema=space, filter_names=names, **extra)),
        unique={name: [tuple(one["column_names"]) for one in some] for name, some in unique.items()},
        checks={name: [str(one["sqltext"]) for one in some] for name, some in checks.items()},
        comments={name: str(value.get("text") or "") for name, value in comments.items()},
    )


def _relation(name: str, parts: _Parts, space: str | None) -> Relation:
    labels = _labels(parts.checks.get(name, []))
    indexes = [
        Index(tuple(column for column in one["column_names"] if column), bool(one["unique"]))
        for one in parts.indexes.get(name, [])
        if all(one["column_names"])
        and not any(str(key).endswith("_where") for key in one.get("dialect_options", {}))
    ]
    return Relation(
        name if space is None else f"{space}.{name}",
        tuple(_field(column, labels) for column in parts.columns.get(name, [])),
        key=parts.keys.get(name, ()),
        unique=tuple(sorted({*parts.unique.get(name, []), *(one.columns for one in indexes if one.unique)})),
        sparse=tuple(sorted(_sparse(parts.indexes.get(name, []), parts.columns.get(name, [])))),
        foreign=tuple(
            _foreign(one, space) for one in sorted(parts.foreign.get(name, []), key=_foreign_order)
        ),
        indexes=tuple(sorted(indexes, key=lambda one: one.columns)),
        comment=parts.comments.get(name, ""),
    )


def _sparse(indexes: list[ReflectedIndex], columns: list[ReflectedColumn]) -> Iterator[str]:
    """The columns of unique indexes on an expression or with a condition, read from the words of the expression."""
    for one in indexes:
        partial = any(str(key).endswith("_where") for key in one.get("dialect_options", {}))
        if not one["unique"] or (all(one["column_names"]) and not partial):
            continue
        words = {str(name) for name in one["column_names"] if name}
        for text_ in one.get("expressions", []):
            words |= {word.strip('"') for word in _WORD.findall(str(text_))}
        yield from (column["name"] for column in columns if column["name"] in words)


def _foreign_order(one: ReflectedForeignKeyConstraint) -> tuple[str, ...]:
    return (*one["constrained_columns"], one["referred_table"])


def _foreign(one: ReflectedForeignKeyConstraint, space: str | None) -> Foreign:
    target = one["referred_table"]
    place = one.get("referred_schema")
    if place and place not in (space, "public"):
        target = f"{place}.{target}"
    elif space is not None and place == space:
        target = f"{space}.{target}"
    options: Any = one.get("options") or {}
    return Foreign(
        tuple(one["constrained_columns"]),
        target,
        tuple(one["referred_columns"]),
        options.get("ondelete") or "",
        options.get("match") == "FULL",
        options.get("onupdate") or "",
    )


def _field(column: ReflectedColumn, labels: dict[str, tuple[str, ...]]) -> Field:
    kind = _base(column["type"])
    try:
        written = str(kind.compile())
    except Exception:  # noqa: BLE001 - a type of an extension may have no text; its class name says it
        written = type(kind).__name__
    written += " ZEROFILL" if getattr(kind, "zerofill", False) else ""
    own = tuple(str(one) for one in getattr(kind, "enums", None) or ())
    return Field(
        column["name"],
        type=written,
        kind=kind_of(kind),
        length=getattr(kind, "length", None)
        if isinstance(kind, sql.String) and type(kind).__name__ != "SET"
        else None,
        nullable=bool(column["nullable"]),
        default=str(column.get("default") or ""),
        comment=str(column.get("comment") or ""),
        labels=own or labels.get(column["name"].lower(), ()),
        counted=column.get("autoincrement") is True or bool(column.get("identity")),
        computed=_expression(column["computed"]["sqltext"]) if column.get("computed") else "",
    )


def _expression(text_: str) -> str:
    """An expression without what stands behind the bracket that closes it: of SQLite's the rest of the table is given."""
    depth = 0
    for piece in _PIECE.finditer(text_):
        depth += {"(": 1, ")": -1}.get(piece.group(), 0)
        if depth < 0:
            return text_[: piece.start()]
    return text_


def _base(kind: sql.TypeEngine[Any]) -> sql.TypeEngine[Any]:
    """The type that a domain of PostgreSQL stands for, however many domains lie between."""
    while (inner := getattr(kind, "data_type", None)) is not None and type(kind).__name__ == "DOMAIN":
        kind = inner
    return kind


def kind_of(kind: sql.TypeEngine[Any]) -> Kind:
    """The family of an SQL type; TINYINT(1) is MariaDB's and MySQL's boolean."""
    name = type(kind).__name__.upper()
    if name == "TINYINT" and getattr(kind, "display_width", None) == 1:
        return "boolean"
    if name in _NAMED_KINDS:
        return _NAMED_KINDS[name]
    return next((family for base, family in _KINDS if isinstance(kind, base)), "other")


def _labels(checks: list[str]) -> dict[str, tuple[str, ...]]:
    """The values that CHECK (column IN ('a', 'b')) allows, by column in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for check in checks:
        for match in (*_CHECK_IN.finditer(check), *_CHECK_ANY.finditer(check)):
            values = tuple(one.replace("''", "'") for one in _LABEL.findall(match.group(2)))
            if values:
                found[match.group(1).lower()] = values
    return found


def _sizes(connection: Connection, kind: Engine) -> dict[str, int]:
    """Estimated rows by table; only what the database knows without counting."""
    if kind == "postgresql":
        query = (
            "select case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname, "
            "greatest(c.reltuples, coalesce(s.n_live_tup, 0))::bigint from pg_class c "
            "join pg_namespace n on n.oid = c.relnamespace "
            "left join pg_stat_user_tables s on s.relid = c.oid "
            "where c.relkind in ('r', 'p')"
        )
    elif kind == "mariadb":
        query = (
            "select table_name, coalesce(table_rows, 0) from information_schema.tables "
            "where table_schema = database()"
        )
    else:
        return {}
    return {str(row[0]): max(int(row[1]), 0) for row in connection.execute(text(query))}


def _filled(
    connection: Connection, kind: Engine, relation: Relation, estimate: int, sample: int
) -> tuple[Relation, str]:
    """The relation with its sample, or without one and the reason in words."""
    try:
        return read_sample(connection, kind, relation, estimate=estimate, limit=sample), ""
    except DBAPIError as error:
        connection.rollback()
        return _unreadable(relation, estimate), f"the rows of {relation.name} can not be read: {cause(error)}"


def _unreadable(relation: Relation, rows: int) -> Relation:
    return replace(relation, rows=rows, exact=False, readable=False)
