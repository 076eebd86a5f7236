"""What the checks of a database would refuse of the masks of a column: asked of the database itself, without writing.

check (email like '%@%')    a random text is none, with an end like that of an address it is one
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from troth.datamap.sample import quoted
from troth.model.schema import Engine, Field, Relation

TAIL = "@erased.invalid"
"""The end of a random text where a check wants an address; `.invalid` is nobody's (RFC 2606)."""
_RANDOM = ("abcdefghijk2", "~0a1b2c3d4e5f60718293a4b5c6d7e8f9")  # as an erasure and a sweep write it
_DOMAINS = """
    select case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname, a.attname,
        format_type(a.atttypid, a.atttypmod)
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_type t on t.oid = a.atttypid and t.typtype = 'd'
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
"""


def domains_of(connection: Connection, kind: Engine) -> dict[tuple[str, str], str]:
    """The domains of columns, by table and column; only PostgreSQL has any."""
    if kind != "postgresql":
        return {}
    return {(row[0], row[1]): row[2] for row in connection.execute(text(_DOMAINS))}


def checks_of(connection: Connection, kind: Engine) -> dict[str, list[str]]:
    """The checks by table, where the inspector does not read all of them (MariaDB)."""
    if kind != "mariadb":
        return {}
    query = (
        "select table_name, check_clause from information_schema.check_constraints "
        "where constraint_schema = database()"
    )
    found: dict[str, list[str]] = {}
    with suppress(DBAPIError):  # a server that does not tell
        for name, clause in connection.execute(text(query)):
            found.setdefault(str(name), []).append(str(clause))
    return found


def refusing(
    connection: Connection,
    kind: Engine,
    relation: Relation,
    checks: Sequence[str],
    domains: Mapping[tuple[str, str], str],
) -> Relation:
    """The table with the masks that checks of one column alone refuse, and the end that a random text needs.

    A check of several columns is not asked: nobody knows what stands in the others.

    Args:
        connection: the database.
        kind: which engine it is.
        relation: the table.
        checks: the texts of its checks.
        domains: from `domains_of`.
    """
    found = []
    for field in relation.fields:
        tests = list(_tests(kind, relation, field, checks, domains)) if _asked(field) else []
        found.append(_tested(connection, field, tests) if tests else field)
    return replace(relation, fields=tuple(found))


def _asked(field: Field) -> bool:
    return field.kind == "text" and not field.labels


def _tests(
    kind: Engine,
    relation: Relation,
    field: Field,
    checks: Sequence[str],
    domains: Mapping[tuple[str, str], str],
) -> Iterator[str]:
    """Queries that say of a value `:v` whether the column takes it."""
    if domain := domains.get((relation.name, field.name)):
        yield f"select cast(cast(:v as text) as {_plain(domain)}) is not null"
    column = quoted(field.name, kind) if kind == "mariadb" else '"' + field.name.replace('"', '""') + '"'
    value = "cast(:v as text)" if kind == "postgresql" else ":v"
    for check in checks:
        if [one.name for one in relation.fields if _speaks(check, one.name)] == [field.name]:
            yield f"select ({_plain(check)}) from (select {value} as {_plain(column)}) as one"  # noqa: S608 - catalogue


def _speaks(check: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", check, re.IGNORECASE) is not None


def _tested(connection: Connection, field: Field, tests: Sequence[str]) -> Field:
    refuses = () if _takes(connection, tests, [""]) else ("empty",)
    if _takes(connection, tests, _RANDOM):
        return replace(field, refuses=refuses)
    if _takes(connection, tests, [one + TAIL for one in _RANDOM]):
        return replace(field, refuses=refuses, tail=TAIL)
    return replace(field, refuses=(*refuses, "token"))


def _takes(connection: Connection, tests: Sequence[str], values: Sequence[str]) -> bool:
    for test in tests:
        for value in values:
            try:
                with connection.begin_nested() if connection.dialect.name == "postgresql" else nullcontext():
                    told = connection.execute(text(test), {"v": value}).scalar()
            except DBAPIError:
                if " as one" in test:
                    continue  # a check that can not be asked alone says nothing
                return False
            if told is not None and not told:
                return False
    return True


def _plain(words: str) -> str:
    """A text in which a colon is no parameter."""
    return words.replace(":", r"\:")
