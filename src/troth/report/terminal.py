"""The report for the terminal: counts, what is broken and why, what is not shown, and the kept sentences section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from troth.model.showing import GRAVITY, Figure, Status
from troth.report import labels
from troth.report.page import newest, verdict
from troth.report.report import Line, Report

SIGNS: dict[Status, tuple[str, str]] = {
    "broken": ("✗", "bold red"),
    "not shown": ("?", "yellow"),
    "attested": ("✎", "blue"),
    "kept": ("✓", "green"),
    "information": ("-", "dim"),
}
"""The sign of each status, and its style."""
_SHORT = 110
"""So many characters of a sentence are shown; the page has the whole."""
_FIGURES = 3

Clean = Callable[[str], str]


def terminal(report: Report, clean: Clean = str) -> RenderableType:
    """The report as it stands in a terminal.

    Args:
        report: the report.
        clean: makes a text that came from outside harmless for a terminal.
    """
    parts: list[RenderableType] = [_head(report, clean)]
    first: tuple[Status, ...] = ("broken", "not shown", "attested")
    for status in first:
        lines = report.having(status)
        if lines:
            parts.append(Text())
            parts.append(_lines(report, lines, clean))
    kept = list(_sections(report, clean))
    return Group(*parts, *([Text(), *kept] if kept else []))


def _head(report: Report, clean: Clean) -> Text:
    language = report.words.language
    status, said = verdict(report)
    text = Text(clean(f"{report.policy.provider} {report.policy.version}".strip()), style="bold")
    text.append(
        f", policy {report.policy.hash[:12]}, {labels.moment(report.generated)}\n", style="not bold dim"
    )
    text.append(f"{said}\n", style=SIGNS[status][1])
    counts = report.counts
    for one in GRAVITY:
        sign, style = SIGNS[one]
        text.append(f"{sign} {counts[one]} {labels.status(one, language)}   ", style=f"not bold {style}")
    text.rstrip()
    return text


def _lines(report: Report, lines: tuple[Line, ...], clean: Clean) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=False)
    for _ in range(3):
        table.add_column(overflow="fold", vertical="top")
    for line in lines:
        sign, style = SIGNS[line.status]
        text = Text(clean(line.why), style=style)
        if line.status == "broken":
            text = Text.assemble(clean(_short(line.binding.sentence.text)), "\n", text)
            for figure in line.wrong[:_FIGURES]:
                text.append(f"\n{clean(_figure(figure))}")
        label = labels.status(line.status, report.words.language)
        table.add_row(Text(f"{sign} {label}", style=style, no_wrap=True), Text(line.id, no_wrap=True), text)
    return table


def _figure(figure: Figure) -> str:
    """A figure in words, with its newest entries."""
    number = f"{figure.value:,}" + (f" of {figure.of:,}" if figure.of is not None else "")
    shown, more = newest(figure.entries, set(figure.entries))
    entries = ", ".join(map(str, shown)) + (f" and {more:,} more" if more else "")
    return f"  {figure.name}: {number}" + (f" (entry {entries})" if entries else "")


def _sections(report: Report, clean: Clean) -> Iterator[Text]:
    """A line for each part of the text that has kept sentences: its heading and their names."""
    sign, style = SIGNS["kept"]
    found: dict[str, list[str]] = {}
    for line in report.having("kept"):
        section = line.binding.sentence.section
        found.setdefault(section[0] if section else report.policy.provider, []).append(line.id)
    label = labels.status("kept", report.words.language)
    for heading, names in found.items():
        text = Text(f"{sign} {len(names)} {label}  ", style=style)
        text.append(clean(_short(heading)), style="not bold default")
        text.append(f"  {clean(', '.join(names))}", style="dim")
        yield text


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"
