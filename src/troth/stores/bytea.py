"""Bytes of PostgreSQL as a text that can be searched: ASCII as it is, every other byte by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from troth.stores.walk import Row

_MOST_BYTES = (
    200_000_000  # written by their numbers four times as many, and a text of PostgreSQL ends at 1 GB
)
_NUMBERED = re.compile(rb"\\(\\|[0-7]{3})")


# What is UTF-8 in such a text, and no sign that a text for people has not: PostgreSQL has no conversion that only tries.
_MORE = r"\\2[0-7][0-7]"
_LETTER = "|".join(
    (
        r"[^\\\x01-\x08\x0b\x0c\x0e-\x1f\x7f]",
        r"\\\\",
        rf"\\3(?:0[2-7]|[123][0-7]){_MORE}",
        rf"\\340\\2[4-7][0-7]{_MORE}",
        rf"\\3(?:4[1-7]|5[0-4]|5[67]){_MORE}{_MORE}",
        rf"\\355\\2[0-3][0-7]{_MORE}",
        rf"\\360\\2[2-7][0-7]{_MORE}{_MORE}",
        rf"\\36[1-3]{_MORE}{_MORE}{_MORE}",
        rf"\\364\\20[0-7]{_MORE}{_MORE}",
    )
)


def as_shown(column: str) -> str:
    """The expression of a column of bytes for people: a text in UTF-8 as this text, other bytes by their numbers."""
    whole = f"octet_length({column}) <= {_MOST_BYTES} and encode({column}, 'escape') ~ '^(?:{_LETTER})*$'"
    return f"case when {whole} then convert_from({column}, 'UTF8') else {column}::text end"


def as_text(column: str) -> str:
    """The expression of a column of bytes as text."""
    return f"encode(substring({column} from 1 for {_MOST_BYTES}), 'escape')"


def written(word: str) -> str:
    """A word as its bytes stand in such a text."""
    return "".join(chr(one) if one < 128 else f"\\{one:03o}" for one in word.replace("\\", "\\\\").encode())


def read(cell: str) -> str:
    """What such a text says, with signs for what is none."""
    return _NUMBERED.sub(_byte, cell.encode()).decode(errors="replace")


def read_rows(rows: Iterable[Row], packed: Sequence[bool]) -> Iterator[Row]:
    """Rows whose last cells are such texts where `packed` says so, with what they say."""
    first = len(packed)
    for row in rows:
        cells = zip(row[-first:], packed, strict=True)
        yield (*row[:-first], *(read(str(one)) if bare and one is not None else one for one, bare in cells))


def _byte(match: re.Match[bytes]) -> bytes:
    return b"\\" if match[1] == b"\\" else bytes([int(match[1], 8)])
