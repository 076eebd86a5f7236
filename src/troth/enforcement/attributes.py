"""Secrets among attributes: rows of a key and a value (form `eav`) whose key says that the value opens something.

session_tokens = a:1:{...}      withheld, like a column of category `secret`
nickname       = ada            given
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from troth.enforcement import exactjson
from troth.model.datamap import Table

_LONGEST = 120  # characters of what may be the name of an attribute
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")
# What the value is stands at the end of the name: `password_changed_at` is a time, and `token_count` a number.
_SECRET = re.compile(
    r"(?:^| )(?:(?:pass ?(?:word|wd|phrase)|secret|token|credential|passkey)s?|pass|pwd|pw|hash(?:es)?|salt|t?otp|puk|"
    r"(?:api|app|access|private|secret|auth|signing|encryption|activation|reset|recovery) ?keys?|"
    r"(?:backup|recovery|scratch|verification|activation|reset|security|pin) codes?|(?:security|secret) answers?)"
    r"(?: (?:hash|hashed|enc|encrypted|md5|sha1|sha256|value|data|\d+))*$"
    r"|^pin$|密码$|口令$|密钥$|令牌$|验证码$"
)


def secret_name(name: str) -> bool:
    """Whether an attribute of this name holds what opens something."""
    if len(name) > _LONGEST:
        return False
    words = _BETWEEN.sub(" ", _HUMP.sub(" ", name)).strip().casefold()
    return _SECRET.search(words) is not None


def valued(table: Table) -> frozenset[str]:
    """The columns of a table that hold the values of attributes."""
    return frozenset(column.name for column in table.columns if column.form == "eav")


def without_secrets(lines: Iterator[bytes], table: Table, found: dict[str, None]) -> Iterator[bytes]:
    """The rows of a table of attributes, lines of JSON, with NULL in place of secrets.

    Args:
        lines: the rows.
        table: what the map says of it.
        found: takes what was withheld, `column (name of the attribute)`.
    """
    values = valued(table)
    for line in lines:
        row = exactjson.read(line.decode())
        name = _named(row, table.harmless, values)
        if name is None:
            yield line
            continue
        for column in values & row.keys():
            if row[column] not in (None, ""):
                row[column] = None
                found[f"{column} ({name})"] = None
        yield exactjson.write(row).encode()


def _named(row: dict[str, object], harmless: Collection[str], values: Collection[str]) -> str | None:
    """What names the attribute of a row as a secret; None where nothing does."""
    for column in harmless:
        cell = row.get(column)
        if column not in values and isinstance(cell, str) and secret_name(cell):
            return cell
    return None
