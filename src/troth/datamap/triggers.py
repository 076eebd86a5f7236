"""What a database may do instead of a write and say nothing: triggers, rules and row policies that keep a row as it was.

create trigger soft before delete on orders begin update orders set gone = 1 …; select raise(ignore); end
create rule soft as on delete to orders do instead update orders set gone = true …
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from troth.model.schema import Engine

_PLACE = "case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname"
_TRIGGERS = (
    f"select {_PLACE}, c.relname, t.tgtype, l.lanname, p.prosrc from pg_trigger t "  # noqa: S608 - no value in it
    # A trigger of one partition is one of its table.
    "join pg_class c on c.oid = coalesce(pg_partition_root(t.tgrelid), t.tgrelid) "
    "join pg_namespace n on n.oid = c.relnamespace "
    "join pg_proc p on p.oid = t.tgfoid join pg_language l on l.oid = p.prolang "
    "where not t.tgisinternal and t.tgenabled <> 'D'"
)
_RULES = (
    f"select {_PLACE}, case r.ev_type when '2' then 'update' else 'delete' end from pg_rewrite r "  # noqa: S608
    "join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace "
    "where c.relkind in ('r', 'p') and r.is_instead and r.ev_enabled <> 'D' and r.ev_type in ('2', '4')"
)
_POLICIES = (
    f"select {_PLACE} from pg_class c join pg_namespace n on n.oid = c.relnamespace "  # noqa: S608
    "where c.relkind in ('r', 'p') and c.relrowsecurity and row_security_active(c.oid)"
)
_ROW, _BEFORE, _DELETE, _UPDATE = 1, 2, 8, 16  # bits of pg_trigger.tgtype
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_NOTHING = re.compile(r"\breturn\s+null\b")
_OLD = re.compile(r"\breturn\s+(\(*\s*old\b|coalesce\s*\(\s*new\s*,\s*old\b)")
_NEW = re.compile(r"\breturn\s+(\(*\s*new\b|coalesce\s*\(\s*new\b)")
_RESTORED = re.compile(r"(?:^|;|\bbegin|\bthen|\belse|\bset)\s*new\.\S+\s*:?=[^;]*\bold\.")
_EVENT = re.compile(r"\b(delete|insert|update)(?:\s+of\s.+?)?\s+on\s", re.DOTALL)
_IGNORED = re.compile(r"\braise\s*\(\s*ignore\b")
_SET_BACK = re.compile(r"\bset\b(?:(?!\bwhere\b)[^;])*=\s*old\.")


def keeping(connection: Connection, kind: Engine) -> dict[str, tuple[str, ...]]:
    """By table, the writes ("delete", "update") that the database may leave undone without an error.

    Read from the text of triggers and rules; where it can not be told, as of a function in C, the answer is that it may.

    Args:
        connection: the database.
        kind: which engine it is.
    """
    found: dict[str, set[str]] = {}
    asked = {"sqlite": _sqlite, "mariadb": _mariadb, "postgresql": _postgres}
    for table, event in asked[kind](connection):
        found.setdefault(table, set()).add(event)
    return {table: tuple(sorted(events)) for table, events in found.items()}


def _postgres(connection: Connection) -> Iterator[tuple[str, str]]:
    for place, name, bits, language, source in connection.execute(text(_TRIGGERS)):
        if not bits & _ROW:
            continue
        words, before = _words(source), bits & _BEFORE
        known = language == "plpgsql"
        if bits & _DELETE and (
            _again(name, words)
            or (before and not (known and _OLD.search(words) and not _NOTHING.search(words)))
        ):
            yield place, "delete"
        if bits & _UPDATE and before and (not known or _undone(words)):
            yield place, "update"
    for place, event in connection.execute(text(_RULES)):
        yield place, event
    for (place,) in connection.execute(text(_POLICIES)):
        yield from ((place, "delete"), (place, "update"))


def _sqlite(connection: Connection) -> Iterator[tuple[str, str]]:
    query = (
        "select m.name, t.sql from sqlite_master t join sqlite_master m "
        "on m.type = 'table' and lower(m.name) = lower(t.tbl_name) where t.type = 'trigger'"
    )
    for table, source in connection.execute(text(query)):
        words = _words(source)
        event = _EVENT.search(words)
        if event is None or event.group(1) == "insert":
            continue
        back = _again(table, words) if event.group(1) == "delete" else _SET_BACK.search(words)
        if back or _IGNORED.search(words):
            yield table, event.group(1)


def _mariadb(connection: Connection) -> Iterator[tuple[str, str]]:
    """A delete happens there or is an error; an update may be given the old values again.

    Whoever lacks the privilege TRIGGER sees that there is one and not its text.
    """
    query = (
        "select event_object_table, action_statement from information_schema.triggers "
        "where trigger_schema = database() and action_timing = 'BEFORE' and event_manipulation = 'UPDATE'"
    )
    for table, source in connection.execute(text(query)):
        if source is None or _RESTORED.search(_words(source)):
            yield table, "update"


def _words(source: str) -> str:
    """The text of a trigger in lower case, without comments and quotes of names."""
    return re.sub(r'["`]', "", _COMMENT.sub(" ", source).lower())


def _undone(words: str) -> bool:
    """Whether a trigger before an update may leave the row as it was."""
    return bool(_NOTHING.search(words) or not _NEW.search(words) or _RESTORED.search(words))


def _again(table: str, words: str) -> bool:
    """Whether a trigger puts a row into its own table, which may be the one that was deleted."""
    return bool(re.search(rf"\binto\s+(?:\w+\.)?{re.escape(table.lower())}\b", words))
