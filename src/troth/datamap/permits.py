"""What the user of a store may see and write in PostgreSQL, and which tables give their rows to another one.

create policy own on sessions using (account = current_setting('app.account'))   hides the rows of everybody else
alter table phones inherit devices                                              its rows stand in devices too
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, text

from troth.model.datamap import DataMap
from troth.model.schema import Engine, Relation, Schema

_PLACE = "case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname"
_SEEN = "p.polpermissive and p.polcmd in ('r', '*') and pg_get_expr(p.polqual, p.polrelid) = 'true'"
_CUT = "not p.polpermissive and p.polcmd in ('r', '*') and pg_get_expr(p.polqual, p.polrelid) <> 'true'"
_MINE = "exists (select 1 from unnest(p.polroles) r where r = 0 or pg_has_role(r, 'usage'))"
_TABLES = f"""
    select {_PLACE},
        c.relrowsecurity and row_security_active(c.oid) and (
            not exists (select 1 from pg_policy p where p.polrelid = c.oid and {_SEEN} and {_MINE})
            or exists (select 1 from pg_policy p where p.polrelid = c.oid and {_CUT} and {_MINE})),
        has_any_column_privilege(c.oid, 'select'), has_any_column_privilege(c.oid, 'update'),
        has_table_privilege(c.oid, 'delete'),
        case when c.relkind = 'r' then (
            with recursive below (oid) as (
                select inhrelid from pg_inherits where inhparent = c.oid
                union select i.inhrelid from pg_inherits i join below b on i.inhparent = b.oid)
            select array_agg(case when m.nspname = current_schema() then '' else m.nspname || '.' end || h.relname
                order by h.oid) from below b join pg_class h on h.oid = b.oid join pg_namespace m on m.oid = h.relnamespace)
        end
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
"""  # noqa: S608 - no value in it


def closed_to(connection: Connection, kind: Engine) -> set[str]:
    """The database schemas with tables that this user may not use at all; only PostgreSQL is asked."""
    if kind != "postgresql":
        return set()
    query = (
        "select n.nspname from pg_namespace n where not has_schema_privilege(n.oid, 'usage') "
        "and exists (select 1 from pg_class c where c.relnamespace = n.oid and c.relkind in ('r', 'p'))"
    )
    return {str(row[0]) for row in connection.execute(text(query))}


def permitted(connection: Connection, kind: Engine, relations: Iterable[Relation]) -> list[Relation]:
    """The tables with what is hidden of them from this user, what the user may not do, and whether others inherit them.

    Args:
        connection: the database.
        kind: which engine it is; only PostgreSQL is asked.
        relations: the tables.
    """
    if kind != "postgresql":
        return list(relations)
    known = {str(row[0]): row for row in connection.execute(text(_TABLES))}
    found = []
    for one in relations:
        row = known.get(one.name)
        if row is not None:
            events = zip(("select", "update", "delete"), row[2:5], strict=True)
            denied = tuple(event for event, may in events if not may)
            one = replace(one, hides=bool(row[1]), denied=denied, heirs=tuple(row[5] or ()))  # noqa: PLW2901 - the same table
        found.append(one)
    return found


def apart(schema: Schema, one: DataMap) -> Schema:
    """The schema in which only such tables have heirs as the map has all heirs of: their rows are handled there.

    Rows of an heir that the map leaves out stay with the table that it inherits, so that no request misses them.
    """
    known = {table.name for table in one.tables if table.store == schema.store and table.role != "none"}
    relations = tuple(
        replace(relation, heirs=()) if set(relation.heirs) - known else relation
        for relation in schema.relations
    )
    return replace(schema, relations=relations)
