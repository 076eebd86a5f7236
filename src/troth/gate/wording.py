"""What SQL text names, as far as it can be said without reading SQL: plain words, and names however they are quoted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

EVERY = "*"
"""Stands for every column of a table."""

_WORD = re.compile(r"\w+")
_DOUBLED = re.compile(r'(["`\]%])\1+|\\:')  # how quotes, per cent signs and colons are escaped inside names
_CODED = 'u&"'  # PostgreSQL: a name whose letters may be written by number, so it may be any
_QUALIFIES = re.compile(r'["`\]]?\s*\.\s*["`\[]?')
_COMMENT = re.compile(r"\s*/\*(?!M?!)(?:(?!\*/|/\*).)*\*/\s*", re.DOTALL)  # what stands in /*! */ is run
_QUOTED = re.compile(r"""'[^']*'|"[^"]*"|`[^`]*`""")

_READS_SCHEMA = re.compile(
    r"""\s*(?:pragma|show|describe|desc)\b[^;()=]*(?:\((?:[\w.]|'[^']*'|"[^"]*"|`[^`]*`)*\))?\s*;?\s*""",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"\s*(?:create\s+(?:unique\s+)?index\b"
    r'|alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?:"[^"]*"|`[^`]*`|[\w.])+\s+add\b)'
    r"((?:(?!--|/\*)[^;#])*);?\s*",
    re.IGNORECASE,
)
_MORE_THAN_ADDS = frozenset(
    "select table insert drop alter modify change rename convert exchange truncate discard attach detach import"
    " partition order union".split()
)
_MOVES_ROWS = re.compile(
    r"\s*truncate\b|.*\b(?:select|insert\s+into|replace\s+into|merge\s+into|delete\s+from|as\s+table|update\s+\S+\s+set)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """SQL text.

    Attributes:
        text: all of it, folded, with escaped characters as they are meant.
        words: its plain words.
    """

    text: str
    words: frozenset[str]

    def names(self, name: str) -> bool:
        """Whether the text may name a table or column."""
        folded = _folded(name)
        if _CODED in self.text:
            return True
        return folded in (self.words if _WORD.fullmatch(folded) else self.text)

    def whole(self, names: Iterable[str], columns: Collection[str]) -> bool:
        """Whether one of these names of a table stands for whole rows: not in front of one of its columns.

        Args:
            names: the table and its aliases; an alias that SQLAlchemy numbers as "%(7 customer)s".
            columns: what is known to be a column of it.
        """
        known = {_folded(column) for column in columns}
        for name in names:
            numbered = re.fullmatch(r"%\(\S+ (.*)\)s", name, re.DOTALL)
            pattern = re.escape(_folded(numbered[1])) + r"_\d+" if numbered else re.escape(_folded(name))
            for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", self.text):
                dot = _QUALIFIES.match(self.text, found.end())
                if dot is None or not any(_stands(self.text, dot.end(), column) for column in known):
                    return True
        return False


def wording(texts: Iterable[str]) -> Wording:
    """The wording of pieces of SQL text."""
    text = _folded("\n".join(texts))
    return Wording(text, frozenset(_WORD.findall(text)))


def says_nothing(text: str) -> bool:
    """Whether a piece of SQL text is a comment, such as a hint, which no database runs."""
    return _COMMENT.fullmatch(text) is not None


def touches_no_rows(statement: str) -> bool:
    """Whether a statement plainly only reads the schema, or adds an index, a column or a constraint to it."""
    if _READS_SCHEMA.fullmatch(statement):
        return True
    adds = _ADDS.fullmatch(statement)
    return adds is not None and _MORE_THAN_ADDS.isdisjoint(wording([adds[1]]).words)


def moves_rows(definition: str) -> bool:
    """Whether a definition of a table, view or the like also reads or writes rows, outside of quotes."""
    bare = definition if "\\" in definition else _QUOTED.sub("x", definition)
    return _MOVES_ROWS.match(bare) is not None


def _folded(text: str) -> str:
    return _DOUBLED.sub(lambda found: found[1] or ":", text).casefold()


def _stands(text: str, at: int, name: str) -> bool:
    """Whether a name stands at a place of a text, and ends there."""
    return text.startswith(name, at) and not _WORD.match(text, at + len(name))
