"""Draw a data map: stores, tables, their personal columns by category, and the paths to the person.

A small layered layout: the persons stand on the left, every table one layer further than the table its path
goes to.
Boxes of one layer stand in stacks below each other, so they can not overlap; paths are curves from box to
box.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from xml.sax.saxutils import escape as _escape
from xml.sax.saxutils import quoteattr

from troth.model.datamap import DataMap, Role, Table

WIDTH, GAP, LINE, PAD, LETTERS = 240, 14, 15, 8, 28
STACK = 1500  # height at which a layer goes on in a further stack
LANE = 70  # room between stacks for the paths
COLOURS: dict[Role, tuple[str, str]] = {
    "subject": ("#fde9d9", "#9a3412"), "owned": ("#e6f0fb", "#1d4f91"), "shared": ("#efe8fa", "#5b3a9b"),
    "staff": ("#eeeeee", "#444444"), "secret-store": ("#fbe6ea", "#9b1c3a"), "none": ("#f7f7f7", "#666666"),
}  # fmt: skip


_UNDRAWN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def escape(text: str) -> str:
    """Text for SVG; characters that XML can not hold at all become the replacement character."""
    return _escape(_UNDRAWN.sub("\ufffd", text))


@dataclass(frozen=True, slots=True)
class Box:
    """Where a table stands, in pixels from the top left corner."""

    table: Table
    x: int
    y: int
    height: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines below the name: categories with the number of columns."""
        return category_lines(self.table)


def category_lines(table: Table) -> tuple[str, ...]:
    """What the table holds, one category a line ("contact.name 3"), in the order of its columns."""
    counts = Counter(one.category for one in table.columns)
    return tuple(f"{category} {count}" if count > 1 else category for category, count in counts.items())


def layout(one: DataMap) -> tuple[Box, ...]:
    """Where every table that is not harmless stands; no two boxes overlap."""
    layers = _layers(one)
    boxes: list[Box] = []
    x = GAP
    for layer in sorted(layers):
        y = top = 70
        for table in sorted(layers[layer], key=lambda table: (table.store, table.name)):
            height = 2 * PAD + LINE * (2 + len(category_lines(table)))
            if y + height > STACK and y > top:
                x, y = x + WIDTH + LANE, top
            boxes.append(Box(table, x, y, height))
            y += height + GAP
        x += WIDTH + LANE
    return tuple(boxes)


def _layers(one: DataMap) -> dict[int, list[Table]]:
    """Tables by their distance from the person; staff and key stores, which have none, come last."""
    layers: dict[int, list[Table]] = defaultdict(list)
    for table in one.tables:
        if table.role == "subject":
            layers[0].append(table)
        elif table.role in {"owned", "shared"}:
            layers[len(table.paths[0].links) if table.paths else 90].append(table)
        elif table.role != "none":
            layers[91].append(table)
    return layers


def draw(one: DataMap, title: str = "Data map") -> str:
    """The map as SVG text, readable by screen readers: every box and path has a title.

    Args:
        one: the map.
        title: the title of the drawing.
    """
    boxes = layout(one)
    places = {(box.table.store, box.table.name): box for box in boxes}
    harmless = [table for table in one.tables if table.role == "none"]
    width = max([box.x + WIDTH for box in boxes] or [600]) + GAP
    bottom = max([box.y + box.height for box in boxes] or [60])
    foot = _foot(harmless, bottom + 40, max(width, 600))
    height = bottom + 60 + LINE * len(foot)
    width = max(width, 600)
    parts = [
        _opening(width, height),
        f'<title id="map-title">{escape(title)}</title>',
        f'<desc id="map-desc">{escape(_summary(one))}</desc>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{GAP}" y="24" font-size="18" font-weight="600" fill="#222222">{escape(title)}</text>',
        *_legend(),
        *_paths(one, places),
        *(line for box in boxes for line in _box(box)),
        *foot,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _opening(width: int, height: int) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = (
        'role="img" aria-labelledby="map-title map-desc" font-family="system-ui, sans-serif" font-size="12"'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>'


def _summary(one: DataMap) -> str:
    roles = Counter(table.role for table in one.tables)
    columns = sum(len(table.columns) for table in one.tables)
    persons = ", ".join(table.place for table in one.subjects()) or "none"
    stores = len({table.store for table in one.tables})
    listed = ", ".join(f"{count} {role}" for role, count in sorted(roles.items()))
    return f"{len(one.tables)} tables in {stores} stores ({listed}), {columns} personal columns; persons: {persons}"


def _legend() -> list[str]:
    parts, x = [], GAP
    for role, (fill, line) in COLOURS.items():
        if role == "none":
            continue
        parts.append(f'<rect x="{x}" y="38" width="12" height="12" fill="{fill}" stroke="{line}"/>')
        parts.append(f'<text x="{x + 17}" y="48" fill="#222222">{role}</text>')
        x += 30 + 8 * len(role)
    return parts


def _box(box: Box) -> list[str]:
    fill, line = COLOURS[box.table.role]
    said = f"{box.table.place}: {box.table.role}" + (
        f", path {box.table.paths[0]}" if box.table.paths else ""
    )
    parts = [
        f"<g><title>{escape(said)}</title>",
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="4" fill="{fill}" stroke="{line}"/>',
        _line(box, 0, box.table.store, 'fill="#555555" font-size="10"'),
        _line(box, 1, box.table.name, f'font-weight="600" fill="{line}"'),
    ]
    parts += [_line(box, number, text, 'fill="#222222"') for number, text in enumerate(box.lines, 2)]
    return [*parts, "</g>"]


def _line(box: Box, number: int, text: str, style: str) -> str:
    return f'<text x="{box.x + PAD}" y="{box.y + PAD + 10 + LINE * number}" {style}>{escape(_short(text))}</text>'


def _short(name: str) -> str:
    """A name that fits its box; the whole name is in the box's title."""
    return name if len(name) <= LETTERS else name[: LETTERS - 1] + "…"


def _paths(one: DataMap, places: dict[tuple[str, str], Box]) -> list[str]:
    """The first step of every path; the further steps are those of the tables it goes through."""
    parts = []
    for table in one.tables:
        box = places.get((table.store, table.name))
        for path in table.paths[:1] if box else ():
            link = path.links[0]
            target = places.get((link.store or table.store, link.target))
            if box and target and target is not box:
                dashes = {"->": "", "=>": ' stroke-dasharray="6 3"', "~>": ' stroke-dasharray="2 3"'}[
                    link.arrow
                ]
                drawn = f'<path d={quoteattr(_curve(box, target))} fill="none" stroke="#888888"{dashes}>'
                parts.append(f"{drawn}<title>{escape(str(link))}</title></path>")
    return parts


def _curve(box: Box, target: Box) -> str:
    """From the left side of a box to the right side of the one its path goes to."""
    x1, y1 = box.x, box.y + PAD + LINE
    x2, y2 = target.x + WIDTH, target.y + PAD + LINE
    if target.x >= box.x:
        x2 = target.x
        return f"M{x1} {y1} C{x1 - LANE // 2} {y1} {x2 - LANE // 2} {y2} {x2} {y2}"
    return f"M{x1} {y1} C{x1 - LANE // 2} {y1} {x2 + LANE // 2} {y2} {x2} {y2}"


def _foot(harmless: list[Table], y: int, width: int) -> list[str]:
    """The names of the tables without personal data, in lines that fit the drawing."""
    if not harmless:
        return []
    room = max(40, width // 7)
    lines, current = [], f"{len(harmless)} tables without personal data:"
    for table in harmless:
        if len(current) + len(table.place) + 2 > room:
            lines.append(current)
            current = ""
        current = f"{current} {table.place}".strip()
    return [
        f'<text x="{GAP}" y="{y + LINE * number}" fill="#666666">{escape(text)}</text>'
        for number, text in enumerate([*lines, current])
    ]
