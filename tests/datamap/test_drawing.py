"""The drawing of a map: well-formed, accessible, without overlaps."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

from hypothesis import given, settings

from tests.datamap.strategies import maps
from troth.datamap.drawing import GAP, WIDTH, Box, draw, layout
from troth.datamap.notation import parse_path
from troth.model.datamap import Column, DataMap, Table

SVG = "{http://www.w3.org/2000/svg}"


def big() -> DataMap:
    """A map of a hundred tables with a chain of paths."""
    tables = [Table("s", "person", "subject", ("id",), (Column("email", "contact.email"),))]
    for number in range(1, 100):
        parent = "person" if number < 40 else f"t{number - 39:03}"
        way = f"t{number:03}.p -> {parent}.id" + (f" ; {parent}.p -> person.id" if number >= 40 else "")
        columns = tuple(
            Column(f"c{at}", category)
            for at, category in enumerate(("usage", "login", "network", "device")[: number % 5])
        )
        tables.append(Table("s", f"t{number:03}", "owned", ("id",), columns, (parse_path(way),)))
    return DataMap(tuple(tables))


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any point."""
    return abs(one.x - other.x) < WIDTH and one.y < other.y + other.height and other.y < one.y + one.height


def test_hundred_tables_do_not_overlap() -> None:
    """A hundred tables stand apart with a gap between them."""
    boxes = layout(big())
    assert len(boxes) == 100
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert all(
        abs(one.x - other.x) >= WIDTH + GAP or one.x == other.x for one, other in combinations(boxes, 2)
    )


def test_hundred_tables_stay_readable() -> None:
    """A drawing of a hundred tables is neither a tape nor a tower."""
    root = ET.fromstring(draw(big()))  # noqa: S314 - our own text
    width, height = int(root.attrib["width"]), int(root.attrib["height"])
    assert 0.3 < width / height < 4


def test_accessible() -> None:
    """The drawing has a role, a title and a description, and every table and path has a title of its own."""
    root = ET.fromstring(draw(big(), title="Our <map>"))  # noqa: S314 - our own text
    assert root.attrib["role"] == "img"
    ids = root.attrib["aria-labelledby"].split()
    named = {one.attrib["id"]: one.text for one in root if "id" in one.attrib}
    assert named[ids[0]] == "Our <map>"
    assert "100 tables in 1 stores" in str(named[ids[1]])
    groups, paths = root.findall(f"{SVG}g"), root.findall(f"{SVG}path")
    assert (len(groups), len(paths)) == (100, 99)
    assert all(one.find(f"{SVG}title") is not None for one in [*groups, *paths])


@settings(max_examples=50)
@given(maps())
def test_any_map_is_drawn(one: DataMap) -> None:
    """Any map gives well-formed SVG whose boxes do not overlap."""
    boxes = layout(one)
    assert not any(overlap(first, second) for first, second in combinations(boxes, 2))
    ET.fromstring(draw(one))  # noqa: S314 - our own text
