"""Bytes of PostgreSQL as a text that can be searched: ASCII as it is, every other byte by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from troth.stores.walk import Row

_MOST_BYTES = (
    200_000_000  # written by their numbers four times as many, and a text of PostgreSQL ends at 1 GB
)
_NUMBERED = re.compile(rb"\\(\\|[0-7]{3})")


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
