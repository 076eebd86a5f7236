"""Pages: the published policy with an anchor at each sentence, and the two-column explanation. Self-contained, printable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from troth.model.policy import Policy
from troth.model.sentence import Sentence
from troth.policy.explain import Row
from troth.policy.source import Line, Source

_WORDS = {
    "en": {"contents": "Contents", "sentence": "What the policy says", "understood": "What the machine understood",
           "information": "Information only", "shown": "Shown by", "version": "Version", "policy": "Privacy policy"},
    "zh": {"contents": "目录", "sentence": "政策原文", "understood": "机器的理解",
           "information": "仅供说明", "shown": "证明方式", "version": "版本", "policy": "隐私政策"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the page: a heading of some level, or rows of sentences; `gap` stands between sentences."""

    level: int
    rows: tuple[tuple[Sentence, ...], ...]
    gap: str


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("troth.policy"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def published(source: Source, policy: Policy) -> str:
    """The HTML page of the published policy."""
    headings = [line for line in source.lines if line.level and line.level <= 3]
    return (
        _templates()
        .get_template("published.html.j2")
        .render(
            **_head(policy),
            headings=headings,
            blocks=paragraphs(source.lines, policy.language),
            width="46rem",
        )
    )


def explained(policy: Policy, rows: Sequence[Row], language: str) -> str:
    """The HTML page with sentences on the left and what the machine understood on the right."""
    titles = {promise.id: promise.title for promise in policy.promises}
    head = _head(policy) | {"words": _words(language)}
    return (
        _templates().get_template("explained.html.j2").render(**head, rows=rows, titles=titles, width="76rem")
    )


def _words(language: str) -> dict[str, str]:
    return _WORDS["zh" if language.startswith("zh") else "en"]


def _head(policy: Policy) -> dict[str, object]:
    words = _words(policy.language)
    language = (
        policy.language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", policy.language) else "en"
    )
    return {
        "language": language,
        "title": f"{policy.provider}: {words['policy']}" if policy.provider else words["policy"],
        "subtitle": f"{words['version']} {policy.version}".strip(),
        "hash": policy.hash,
        "words": words,
    }


def paragraphs(lines: Sequence[Line], language: str) -> list[Paragraph]:
    """The paragraphs of a text; headings start at level 2, the page's own title is level 1."""
    gap = "" if language.startswith("zh") else " "
    lowest = min((line.level for line in lines if line.level), default=1)
    found: list[tuple[int, int, list[list[Sentence]]]] = []
    for line in lines:
        sentence = line.sentence
        if line.level or not found or found[-1][0] != sentence.paragraph:
            found.append(
                (sentence.paragraph, min(line.level - lowest + 2, 6) if line.level else 0, [[sentence]])
            )
        elif sentence.element in {"bullet", "label"}:
            found[-1][2].append([sentence])
        else:
            found[-1][2][-1].append(sentence)
    return [Paragraph(level, tuple(map(tuple, rows)), gap) for _, level, rows in found]
