"""The report as one HTML page: the policy itself, with a mark at each sentence. It fetches nothing and runs nothing."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from troth.model.showing import GRAVITY, Figure, Status
from troth.report import drawing, labels
from troth.report.records import Record
from troth.report.report import Kept, Line, Report, once

LINKS = 6
"""So many entries are linked from a figure, the newest."""
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence on the page.

    Attributes:
        line: the sentence with its status.
        level: of its heading, 0 for what is none.
        told: the promises that are explained here.
        seen: promises that were explained at an earlier sentence, with that sentence.
    """

    line: Line
    level: int
    told: tuple[Kept, ...]
    seen: tuple[tuple[Kept, str], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason for which sentences are broken, with the figures that are not as they should be."""

    why: str
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("troth.report"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.filters["ticked"] = _ticked
    found.filters["moment"] = labels.moment
    return found


def page(report: Report, record: Record | None = None) -> str:
    """The HTML page of a report.

    Args:
        report: the report.
        record: the record of processing, whose purposes are listed under the flows; none where it is left out.
    """
    language = report.words.language
    style = files("troth.report").joinpath("templates", "report.css").read_text("utf-8")
    said = labels.words(language)
    given = set(report.book.entries)
    outside = {flow.purpose for flow in report.pictures.flows}
    return (
        _templates()
        .get_template("report.html.j2")
        .render(
            report=report,
            language=language,
            original=_tag(report.policy.language),
            words=said,
            style=Markup(style),  # noqa: S704 - a file of this package
            policy_of_content=_content_policy(style),
            names={one: labels.status(one, language) for one in GRAVITY},
            icons={one: one.replace(" ", "-") for one in GRAVITY},
            rows=rows(report),
            verdict=verdict(report),
            parts=drawing.parts(report),
            chart=drawing.chart(report.pictures.flows),
            width=drawing.WIDTH,
            bars=drawing.bars(report.pictures.ages, report.generated, language),
            reach=drawing.REACH,
            tracks=drawing.tracks(report.pictures.courses, report.generated),
            in_time=sum(not one.late(report.generated) for one in report.pictures.courses),
            inside=[one for one in record.activities if one.purpose not in outside] if record else [],
            faults=faults(report),
            links=lambda figure: links(figure, given),
            evidence=lambda entries: newest(entries, given),
        )
    )


def rows(report: Report) -> tuple[Row, ...]:
    """The sentences of the page; a promise is explained at the first sentence that it binds."""
    first: dict[str, str] = {}
    found = []
    for line in report.lines:
        sentence = line.binding.sentence
        level = min(len(sentence.section) + 3, _DEEPEST) if sentence.element == "heading" else 0
        told = tuple(one for one in line.promises if one.promise.id not in first)
        seen = tuple((one, first[one.promise.id]) for one in line.promises if one.promise.id in first)
        first |= {one.promise.id: line.id for one in told}
        found.append(Row(line, level, told, seen))
    return tuple(found)


def verdict(report: Report) -> tuple[Status, str]:
    """The gravest status that occurs, and the report in one sentence."""
    said, lines = labels.words(report.words.language), report.operational
    broken = sum(one.status == "broken" for one in lines)
    hidden = sum(one.status == "not shown" for one in lines)
    if not lines:
        return "information", said["verdict_none"]
    if broken:
        key = "verdict_one" if broken == 1 else "verdict_broken"
        return "broken", said[key].format(n=broken, all=len(lines))
    if hidden:
        return "not shown", said["verdict_open"].format(n=hidden, all=len(lines))
    return "kept", said["verdict_kept"]


def faults(report: Report) -> tuple[Fault, ...]:
    """What is broken, each reason once with the sentences that it breaks, in text order."""
    found: dict[str, list[Line]] = {}
    for line in report.broken:
        found.setdefault(line.why, []).append(line)
    return tuple(
        Fault(why, tuple(lines), once(one for line in lines for one in line.wrong))
        for why, lines in found.items()
    )


def links(figure: Figure, given: set[int]) -> tuple[Sequence[int], int]:
    """The entries that a figure links to, the newest of those on the page, and how many more there are."""
    return newest(figure.entries, given)


def newest(entries: Iterable[int], given: set[int]) -> tuple[Sequence[int], int]:
    """The newest entries of those on the page, ascending, and how many more there are."""
    every = sorted(set(entries))
    shown = [number for number in every if number in given][-LINKS:]
    return shown, len(every) - len(shown)


def _content_policy(style: str) -> str:
    """What the page may do: show its own style, and nothing else (CSP level 3)."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _ticked(text: str) -> Markup:
    """The text with words between backticks set as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


def _tag(language: str) -> str:
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) else "en"
