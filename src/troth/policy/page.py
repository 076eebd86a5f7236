"""Pages: the published policy with an anchor at each sentence, and the two-column explanation. Self-contained, printable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from troth.model.policy import Policy
from troth.policy.explain import Reading, Row
from troth.policy.plain import MODES
from troth.policy.publish import gap
from troth.policy.source import Line as SourceLine
from troth.policy.source import Source

_WORDS = {
    "en": {
        "contents": "Contents",
        "sentence": "What the policy says",
        "understood": "What the machine understood",
        "information": "Information only",
        "shown": "Shown by",
        "version": "Version",
        "policy": "Privacy policy",
        "colon": ": ",
        "note": "Note",
        "hash": "Policy",
        "name": "Name",
        "date": "Date",
        "sign": "Every rule above says what the sentence beside it says.",
        "counts": "{sentences} sentences and headings, {bound} bound to {promises} promises, {informing} information",
    },
    "zh": {
        "contents": "目录",
        "sentence": "政策原文",
        "understood": "机器的理解",
        "information": "仅供说明",
        "shown": "证明方式",
        "version": "版本",
        "policy": "隐私政策",
        "colon": "：",
        "note": "注",
        "hash": "政策",
        "name": "姓名",
        "date": "日期",
        "sign": "以上每条规则均与其旁的句子一致。",
        "counts": "{sentences} 个句子和标题，{bound} 个绑定到 {promises} 项承诺，{informing} 个仅供说明",
    },
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents."""

    id: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence in its row; `gap` stands between it and the one before."""

    id: str
    text: str
    gap: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the page: a heading of some level (0: none), or rows of sentences."""

    level: int
    rows: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A rule for the page: its words before, in and after the modal ("We never"), and the lines below it."""

    mode: str
    lead: str
    modal: str
    rest: str
    below: tuple[str, ...]


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("troth.policy"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["words"] = _ticked
    return found


def _ticked(text: str) -> Markup:
    """The text with words between backticks set as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


def published(source: Source, policy: Policy) -> str:
    """The HTML page of the published policy, or of a translation of it: then it still names the policy's hash."""
    language = str(source.front.get("language", "")) or policy.language
    provider = str(source.front.get("provider", "")) or policy.provider
    blocks = paragraphs(source.lines)
    headings = [Heading(one.rows[0][0].id, one.rows[0][0].text, one.level) for one in blocks if one.level]
    head = _head(policy, language, provider) | {"headings": _contents(headings)}
    return _templates().get_template("published.html.j2").render(**head, blocks=blocks, width="46rem")


def explained(policy: Policy, rows: Sequence[Row], language: str) -> str:
    """The HTML page with sentences on the left and what the machine understood on the right."""
    shown = [_row(row, language) for row in rows]
    headings = [Heading(row["id"], row["text"], row["level"]) for row in shown if row["level"]]
    head = _head(policy, language) | {
        "headings": _contents(headings),
        "original": _tag(policy.language),
        "titles": {promise.id: promise.title for promise in policy.promises},
    }
    counts = _words(language)["counts"].format(
        sentences=len(policy.sentences),
        bound=sum(1 for one in policy.sentences if one.promises),
        promises=len(policy.promises),
        informing=sum(1 for one in policy.sentences if one.reason is not None and not one.promises),
    )
    head["subtitle"] = f"{head['subtitle']} · {counts}"
    return _templates().get_template("explained.html.j2").render(**head, rows=shown, width="80rem")


def _row(row: Row, language: str) -> dict[str, Any]:
    sentence = row.binding.sentence
    level = min(len(sentence.section) + 2, 6) if sentence.element == "heading" else 0
    return {
        "id": sentence.id,
        "text": sentence.text,
        "level": level,
        "why": "" if level else row.why,
        "readings": [_reading(reading, language) for reading in row.readings],
        "seen": row.seen,
    }


def _reading(reading: Reading, language: str) -> dict[str, Any]:
    ways: dict[str, list[str]] = {}
    for check, way in reading.proofs:
        ways.setdefault(way, []).append(check)
    return {
        "promise": reading.promise,
        "title": reading.title,
        "rules": [
            _line(rule, mode, language) for rule, mode in zip(reading.rules, reading.modes, strict=True)
        ],
        "notes": reading.notes,
        "shown": [(way, ", ".join(checks)) for way, checks in ways.items()],
    }


def _line(rule: tuple[str, ...], mode: str, language: str) -> Line:
    modal = MODES[mode][language == "zh"]
    first = rule[0]
    at = max(first.find(modal), first.find(modal[:1].lower() + modal[1:]))
    size = len(modal) if at >= 0 else 0
    at = max(at, 0)
    return Line(mode, first[:at], first[at : at + size], first[at + size :], rule[1:])


def _contents(headings: Sequence[Heading]) -> list[Heading]:
    return [heading for heading in headings if heading.level <= 3]


def _words(language: str) -> dict[str, str]:
    return _WORDS["zh" if language.startswith("zh") else "en"]


def _tag(language: str) -> str:
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) else "en"


def _head(policy: Policy, language: str, provider: str = "") -> dict[str, Any]:
    words = _words(language)
    return {
        "language": _tag(language),
        "title": words["colon"].join(part for part in (provider or policy.provider, words["policy"]) if part),
        "subtitle": f"{words['version']} {policy.version}".strip(),
        "hash": policy.hash,
        "words": words,
    }


def paragraphs(lines: Sequence[SourceLine]) -> list[Paragraph]:
    """The paragraphs of a text; headings start at level 2, the page's own title is level 1."""
    lowest = min((line.level for line in lines if line.level), default=1)
    found: list[tuple[int, int, list[list[Piece]]]] = []
    for line in lines:
        sentence = line.sentence
        piece = Piece(sentence.id, sentence.text, "")
        if line.level or not found or found[-1][0] != sentence.paragraph:
            level = min(line.level - lowest + 2, 6) if line.level else 0
            found.append((sentence.paragraph, level, [[piece]]))
        elif sentence.element in {"bullet", "label"}:
            found[-1][2].append([piece])
        else:
            row = found[-1][2][-1]
            row.append(replace(piece, gap=gap(row[-1].text, piece.text)))
    return [Paragraph(level, tuple(map(tuple, rows))) for _, level, rows in found]
