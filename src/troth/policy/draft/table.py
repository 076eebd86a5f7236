"""Tables of patterns that stand as text files beside the modules that read them."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def read_rows(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """The rows of a table.

    Args:
        name: name of the file in this package; empty lines and lines that begin with "#" are left out.
        columns: number of columns, set apart by " | "; only the last one, the pattern, may hold that sign.
    """
    table = resources.files("troth.policy.draft").joinpath(name).read_text("utf-8")
    lines = (line for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(line.split(" | ", columns - 1)) for line in lines)
