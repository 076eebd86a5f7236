"""The members that stand inside one cell, however it is written: read, and taken out so that the rest stays valid.

["a", "b"]       JSON, also {"to": ["a", "b"]} with the path $.to
{a,"b c",NULL}   an array as PostgreSQL writes it
a, b; c          a list with commas, semicolons, bars, lines or blanks between, mixed too, in brackets or without
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from troth.enforcement import exactjson
from troth.enforcement.meaning import normal, words
from troth.enforcement.namewords import cuts
from troth.stores.walk import Value

Named = Callable[[str], bool]
"""Whether a member is one of those that go."""

_STEP = re.compile(r"\.([^.\[\]]+)|\[(\*|\d+)\]")
_ARRAY = re.compile(r"\s*(?:(?:\[-?\d+:-?\d+\])+=)?\{(.*)\}\s*", re.DOTALL)
_BRACES = re.compile(r'("(?:\\.|[^"\\])*"|[^"{}])*', re.DOTALL)
_ELEMENT = re.compile(r'\s*("(?:\\.|[^"\\])*"|(?:\\.|[^",{}\\])+)\s*(,|\Z)', re.DOTALL)
_LEAF = re.compile(r'"(?:\\.|[^"\\])*"|(?:\\.|[^",{}\\\s])(?:\\.|[^",{}\\])*', re.DOTALL)
_BRACKETS = re.compile(r"(\s*[\[({]\s*)(.*?)(\s*[\])}]\s*)", re.DOTALL)
_ITEM = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^,;|\r\n\t])+', re.DOTALL)
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r".*<\s*([^<>\s]+@[^<>\s]+)\s*>\s*", re.DOTALL)
_PARTING = re.compile(r'[,;|\r\n\t"\\]')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Line:
    """A list as text: what stands before, the members as they are written, what stands between, what stands behind."""

    head: str
    items: tuple[str, ...]
    gaps: tuple[str, ...]
    tail: str


def members(cell: Value, inside: str, kind: str = "text") -> Iterator[str]:
    """The values that stand inside a cell, where the map says they stand.

    Args:
        cell: the cell as text.
        inside: a JSON path ("$.email", "$.owners[*].id"), "array" or "text".
        kind: how values are compared: of an e-mail address with a name before it, the address is meant.
    """
    if not isinstance(cell, str):
        return
    if inside == "text":
        yield from words(cell)
        return
    try:
        value = exactjson.read(cell)
    except ValueError:
        if inside == "array":
            yield from _listed(cell, kind)
        return
    if inside == "array" and isinstance(value, str):
        yield from _listed(value, kind)
        return
    for one in [value] if inside == "array" else _picked([value], inside):
        for leaf in one if isinstance(one, list) else [one]:
            if _is_leaf(leaf):
                yield _plain(str(leaf), kind)


def lacking(
    cell: str, inside: str, gone: Named, kind: str = "text", names: Collection[str] = ()
) -> str | None:
    """A cell without some of its members, in the notation that it has; None where they can not be taken out.

    Args:
        cell: JSON, an array or a list as text.
        inside: where the members stand, as in `members`.
        gone: tells of a member whether it goes.
        kind: as in `members`.
        names: whole names in normal form; beside a member that goes, in the same object, they become null.
    """
    try:
        value = exactjson.read(cell)
    except ValueError:
        return _without(cell, gone, kind) if inside == "array" else None
    if inside == "array" and isinstance(value, str):
        rest = _without(value, gone, kind)
        return cell if rest == value else exactjson.write(rest)

    def named(one: object) -> bool:
        return _is_leaf(one) and gone(_plain(str(one), kind))

    if inside == "array" and named(value):
        return ""
    left = _pruned(value, _STEP.findall(inside) if inside != "array" else [], named, names)
    return cell if left == value else exactjson.write(left)


def _is_leaf(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _plain(member: str, kind: str) -> str:
    """A member as it is compared: of `Ada <ada@example.org>` the address."""
    found = _ADDRESS.fullmatch(member) if kind == "email" else None
    return found[1] if found else member


def _picked(values: list[object], path: str) -> Iterator[object]:
    """The values at a JSON path made of members, indexes and `[*]`."""
    for name, place in _STEP.findall(path):
        found: list[object] = []
        for value in values:
            if name and isinstance(value, dict) and name in value:
                found.append(value[name])
            elif place == "*" and isinstance(value, list):
                found += value
            elif place.isdigit() and isinstance(value, list) and int(place) < len(value):
                found.append(value[int(place)])
        values = found
    yield from values


def _pruned(
    value: object, steps: Sequence[tuple[str, str]], gone: Callable[[object], bool], names: Collection[str]
) -> object:
    """JSON without the members at a path: members of a list go, what stands under a name becomes null."""
    if not steps:
        return [one for one in value if not gone(one)] if isinstance(value, list) else value
    (name, place), rest = steps[0], steps[1:]

    def inner(one: object) -> object:
        return None if not rest and gone(one) else _pruned(one, rest, gone, names)

    if name and isinstance(value, dict) and name in value:
        left = {**value, name: inner(value[name])}
        return _nameless(left, names) if left != value and not rest else left
    if place == "*" and isinstance(value, list):
        return [_pruned(one, rest, gone, names) for one in value if rest or not gone(one)]
    if place.isdigit() and isinstance(value, list) and int(place) < len(value):
        return [inner(one) if n == int(place) else one for n, one in enumerate(value)]
    return value


def _nameless(value: dict[str, object], names: Collection[str]) -> dict[str, object]:
    """An object without the names: a whole one, or the parts of one that stand in two members."""
    plain: dict[str, set[str]] = {}
    for key, one in value.items():
        if isinstance(one, str):
            plain.setdefault(normal("text", one), set()).add(key)
    found: set[str] = set()
    for name in names:
        found |= plain.get(name, set())
        for one, other in cuts(name):
            first, last = plain.get(one), plain.get(other)
            if first and last:
                found |= first | last
    return {key: None if key in found else one for key, one in value.items()}


def _listed(cell: str, kind: str) -> Iterator[str]:
    """The members of a list that is not JSON."""
    array = _ARRAY.fullmatch(cell)
    if array and not _BRACES.fullmatch(array[1]):  # arrays in the array
        yield from (_plain(one, kind) for leaf in _LEAF.findall(array[1]) if (one := _element(leaf)))
        return
    elements = _elements(array[1]) if array else None
    if elements is not None:
        yield from (_plain(one, kind) for raw in elements if (one := _element(raw)))
        return
    yield from (one for item in _line(cell, kind).items if (one := _member(item, kind)))


def _without(cell: str, gone: Named, kind: str) -> str:
    """A list that is not JSON without some of its members."""
    array = _ARRAY.fullmatch(cell)

    def named(raw: str) -> bool:
        value = _element(raw)
        return bool(value) and gone(_plain(value, kind))

    if array and not _BRACES.fullmatch(array[1]):
        # Each array inside has the same length, so a member that goes leaves a NULL.
        body = _LEAF.sub(lambda found: "NULL" if named(found[0]) else found[0], array[1])
        return cell[: array.start(1)] + body + cell[array.end(1) :]
    elements = _elements(array[1]) if array else None
    if elements is not None:
        rest = [raw for raw in elements if not named(raw)]
        return cell if len(rest) == len(elements) else "{" + ",".join(rest) + "}"
    return _shortened(cell, _line(cell, kind), lambda item: gone(_member(item, kind)))


def exchanged(cell: str, named: Named, new: str, kind: str = "text") -> str:
    """A list that is not JSON with another value for some of its members, in the notation that it has.

    Args:
        cell: an array or a list as text.
        named: tells of a member whether it is exchanged.
        new: what is written instead; without anything the members are taken out. Of `Ada <ada@example.org>` only the
            address is exchanged where that is what is compared.
        kind: as in `members`.
    """
    if not new:
        return _without(cell, named, kind)
    array = _ARRAY.fullmatch(cell)

    def element(raw: str) -> str:
        value = _element(raw)
        plain = _plain(value, kind)
        return _quoted(value.replace(plain, new)) if value and named(plain) else raw

    if array and not _BRACES.fullmatch(array[1]):
        body = _LEAF.sub(lambda found: element(found[0]), array[1])
        return cell[: array.start(1)] + body + cell[array.end(1) :]
    elements = _elements(array[1]) if array else None
    if elements is not None:
        again = [element(raw) for raw in elements]
        return cell if again == elements else "{" + ",".join(again) + "}"
    line = _line(cell, kind)
    items = [_rewritten(item, new, kind) if named(_member(item, kind)) else item for item in line.items]
    return line.head + "".join(map("".join, zip_longest(items, line.gaps, fillvalue=""))) + line.tail


def _rewritten(item: str, new: str, kind: str) -> str:
    """A member of a list with another value, in quotes where it has them or would be taken for several."""
    plain = _member(item, kind)
    if plain in item and not _PARTING.search(new):
        return item.replace(plain, new)
    return _quoted(new)


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _elements(body: str) -> list[str] | None:
    """The elements between the braces of an array, as they are written; None where it is not one."""
    found: list[str] = []
    place, more = 0, bool(body.strip())
    while more:
        element = _ELEMENT.match(body, place)
        if element is None or not element[1].strip():
            return None
        found.append(element[1].strip())
        place, more = element.end(), element[2] == ","
    return found if place == len(body) or not found else None


def _element(raw: str) -> str:
    """The value of an element; empty for NULL."""
    if raw.startswith('"'):
        return _ESCAPED.sub(r"\1", raw[1:-1])
    return "" if raw.strip().upper() == "NULL" else _ESCAPED.sub(r"\1", raw.strip())


def _member(item: str, kind: str) -> str:
    """The value of a member of a list, without quotes."""
    plain = _plain(item, kind)
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'":
        plain = _ESCAPED.sub(r"\1", plain[1:-1]).strip()
    return plain


def _line(cell: str, kind: str) -> _Line:
    """A list of members with something between."""
    brackets = _BRACKETS.fullmatch(cell)
    start, end = (brackets.start(2), brackets.end(2)) if brackets else (0, len(cell))
    spans = [span for found in _ITEM.finditer(cell, start, end) if (span := _stripped(cell, found.span()))]
    if kind == "text" and len(spans) == 1 and '"' not in cell:
        spans = _words(cell, spans[0])
    if kind == "email":
        spans = [one for span in spans for one in _addresses(cell, span)]
    if not spans:
        return _Line(cell, (), (), "")
    gaps = tuple(cell[one[1] : other[0]] for one, other in pairwise(spans))
    return _Line(cell[: spans[0][0]], tuple(cell[a:b] for a, b in spans), gaps, cell[spans[-1][1] :])


def _stripped(cell: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """A span without the blanks around it; None where nothing else is in it."""
    text = cell[span[0] : span[1]]
    start = span[0] + len(text) - len(text.lstrip())
    return (start, start + len(text.strip())) if text.strip() else None


def _words(cell: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(cell, *span)]


def _addresses(cell: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """The addresses of an item, where there is nothing but several of them."""
    parts = _words(cell, span)
    return parts if all("@" in cell[a:b] and cell[a] != "<" for a, b in parts) else [span]


def _shortened(cell: str, line: _Line, gone: Named) -> str:
    """A list without some of its members; between two that stay, a line's end is kept rather than a comma."""
    stay = [n for n, item in enumerate(line.items) if not gone(item)]
    if len(stay) == len(line.items):
        return cell
    if not stay:
        return line.head.strip() + line.tail.strip() if _BRACKETS.fullmatch(cell) else ""
    text = line.head + line.items[stay[0]]
    for one, other in pairwise(stay):
        gaps = line.gaps[one:other]
        text += next((gap for gap in gaps if "\n" in gap), gaps[0]) + line.items[other]
    return text + line.tail
