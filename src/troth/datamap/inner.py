"""What stands inside values: members of JSON, of arrays and of lists, each with the path that leads to it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LOOKED_AT = 200  # distinct values of a column that are looked into
MOST_PATHS = 40  # paths of a column that are kept, the most frequent first
LONGEST = 4096  # characters of a value that are read
ROOT = "$"  # where the members of a value stand that is a list itself

_BETWEEN = re.compile(r"\s*[,;|\r\n]\s*")
_NAMED = re.compile(r"[^<>]*<\s*(\S+@\S+)\s*>")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORD = re.compile(r"[\w.+'@-]+")
_TRAILING = re.compile(r"(?:\[(?:\*|\d+)\])+$")
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Inner:
    """A place inside the values of a column.

    Attributes:
        path: a JSON path of names and `[*]` ("$.user.email"); `$` where the value is a list itself.
        name: the last name on the path; empty at `$`.
        values: the distinct values that stand there, as text.
    """

    path: str
    name: str
    values: tuple[str, ...]

    @property
    def inside(self) -> str:
        """The path as a link writes it."""
        return "array" if self.path == ROOT else self.path


def inner_places(samples: Iterable[object]) -> tuple[Inner, ...]:
    """Where values stand inside the sampled ones, the most frequent places first."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    counts: dict[str, int] = defaultdict(int)
    for cell in distinct(samples):
        for path, value in leaves(cell):
            found[path][value] = None
            counts[path] += 1
    order = sorted(found, key=lambda one: (-counts[one], one))[:MOST_PATHS]
    return tuple(
        Inner(one, one.rpartition(".")[2].partition("[")[0].strip("$"), tuple(found[one])) for one in order
    )


def distinct(samples: Iterable[object]) -> list[str]:
    """The first different values that are not empty, as text; lists and objects as JSON."""
    seen: dict[str, None] = {}
    for one in samples:
        if one is None or isinstance(one, (bytes, bool)):
            continue
        seen[json.dumps(one, default=str) if isinstance(one, (dict, list)) else str(one)] = None
        if len(seen) >= LOOKED_AT:
            break
    return [one for one in seen if one.strip()]


def leaves(cell: str) -> Iterator[tuple[str, str]]:
    """The single values inside a cell with the path to each; nothing where it is neither JSON nor a list."""
    text = cell[:LONGEST].strip()
    if text[:1] in {"{", "["} and (read := _read(text)) is not None:
        yield from _walk(read, ROOT)
        return
    yield from ((ROOT, one) for one in parts(text))


def parts(text: str) -> list[str]:
    """The members of a list, as JSON or with something between; of `Ada <ada@example.org>` the address."""
    if text.startswith("["):
        read = _read(text)
        flat = isinstance(read, list) and all(map(_single, read))
        return [str(one) for one in read] if flat and isinstance(read, list) else []
    found = [one for one in _BETWEEN.split(text.strip("{}")) if one]
    return [named[1] if (named := _NAMED.fullmatch(one)) else one for one in found]


def standing(cell: str, inside: str) -> set[str]:
    """The values of a cell that a link with this note compares, without regard to capitals.

    Args:
        cell: the cell as text.
        inside: "array", "text", a JSON path, or nothing for the whole cell.
    """
    if not inside:
        return {cell.strip().casefold()}
    if inside == "text":
        return {one.casefold().strip(".'-") for one in _WORD.findall(cell)}
    wanted = _TRAILING.sub("", ROOT if inside == "array" else _INDEX.sub("[*]", inside))
    return {value.casefold() for path, value in leaves(cell) if _TRAILING.sub("", path) == wanted}


def _walk(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            if name and all(char.isalnum() or char in "_-" for char in name):
                yield from _walk(one, f"{path}.{name}")
    elif isinstance(value, list):
        for one in value:
            yield from [(path, str(one))] if _single(one) else _walk(one, f"{path}[*]")
    elif _single(value) and path != ROOT:
        yield path, str(value)


def _single(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def _read(text: str) -> object:
    """JSON, also where it was cut off; None where it is none."""
    try:
        return json.loads(text)
    except RecursionError:
        return None
    except ValueError:
        pass
    try:
        return json.loads(_mended(text)) if len(text) >= LONGEST // 2 else None
    except (ValueError, RecursionError):
        return None


def _mended(text: str) -> str:
    """JSON that was cut off, up to its last whole member, with the brackets closed that are open there."""
    plain = _STRING.sub(lambda found: '"' + "_" * (len(found[0]) - 2) + '"', text)
    plain = plain.rpartition('"')[0] if plain.count('"') % 2 else plain
    end = plain.rfind(",")
    still: list[str] = []
    for char in plain[: max(end, 0)]:
        if char in "{[":
            still.append("}" if char == "{" else "]")
        elif char in "}]" and still:
            still.pop()
    return text[: max(end, 0)] + "".join(reversed(still))
