"""Whether a text can be a value of a type of PostgreSQL: asked before, because one that can not ends the statement."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_interface

from troth.model.schema import Field
from troth.stores.walk import Value

INTEGERS = frozenset({"smallint", "integer", "bigint"})
_WHOLE = re.compile(r"-*[0-9]{1,18}")
_DAY = r"\d{4,6}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])"
_WRITTEN = {
    "uuid": re.compile(r"\{?(?:[0-9a-f]{4}-?){7}[0-9a-f]{4}\}?", re.IGNORECASE),
    "numeric": re.compile(
        r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?|nan|[+-]?inf(?:inity)?", re.IGNORECASE
    ),
    "boolean": re.compile(r"true|false|yes|no|on|off|[tfyn01]", re.IGNORECASE),
    "macaddr": re.compile(r"[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){5}", re.IGNORECASE),
    "date": re.compile(rf"{_DAY}(?: BC)?|-?infinity", re.IGNORECASE),
    "timestamp": re.compile(rf"{_DAY}(?:[ T].+)?|-?infinity", re.IGNORECASE),
}
_LIKE = {"real": "numeric", "double precision": "numeric"}
_CALENDAR = re.compile(r"\d{4}-\d\d-\d\d(?!.* BC)")


def castable(value: Value, kind: str) -> bool:
    """Whether a value can be one of this type; one that can not equals nothing.

    Args:
        value: as a person or another column gives it.
        kind: the type, as `format_type` writes it; of a type that is not known here everything is let through.
    """
    if value is None or (isinstance(value, int) and kind in INTEGERS):
        return True
    text = str(value).strip()
    if kind in INTEGERS:
        return _WHOLE.fullmatch(text) is not None
    if kind.endswith("[]"):
        return text.startswith(("{", "[")) and text.endswith("}")
    if kind in {"inet", "cidr"}:
        with suppress(ValueError):
            return bool(ip_interface(text))
        return False
    name = _LIKE.get(kind, kind.partition(" ")[0] if kind.startswith("timestamp") else kind)
    pattern = _WRITTEN.get(name)
    if pattern is None:
        return True
    return pattern.fullmatch(text) is not None and (name not in {"date", "timestamp"} or _dated(text))


def braced(field: Field) -> bool:
    """Whether braces are the empty value of a column: of JSON and arrays, not of pairs (hstore), whose is an empty text."""
    return field.kind in {"json", "array"} and field.type != "HSTORE"


def _dated(text: str) -> bool:
    """Whether a date of four digits is one of the calendar, and what stands behind it a time."""
    if not _CALENDAR.match(text):
        return True  # years before 1 and beyond 9999, which only the database itself writes
    with suppress(ValueError):
        return bool(datetime.fromisoformat(text))
    return False
