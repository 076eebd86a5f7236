"""A short policy from lines: a heading begins with `# `, an item of a list with `- `, anything else is a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from troth.model.finding import Finding
from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def sentences(texts: Sequence[str], *above: str) -> tuple[Sentence, ...]:
    """The units of a text whose first part stands under these headings."""
    units, here = list[Sentence](), above
    for n, text in enumerate(texts, 1):
        if text.startswith("# "):
            here = (text[2:],)
            units.append(Sentence(f"s{n}", n, text[2:], "heading", (), n))
        else:
            bullet = text.startswith("- ")
            units.append(Sentence(f"s{n}", n, text, "bullet" if bullet else "sentence", here, n))
    return tuple(units)


def linted(*texts: str, places: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """What lint says of lines under the laws of some places."""
    return lint_text(sentences(texts, "Part"), jurisdictions=places)


def rules(text: str) -> set[str]:
    """The rules that find something in a Chinese text, its lines parted by `//`."""
    return {one.rule for one in lint_text(sentences(text.split("//")))}


def rules_of(lines: tuple[str, ...], places: tuple[str, ...]) -> set[str]:
    """The rules that find something in lines under the laws of some places."""
    return {one.rule for one in linted(*lines, places=places)}


def called(value: object) -> str:
    """What a case is called by: its rule, or the beginning of its first line."""
    if isinstance(value, str):
        return value
    return str(value[0])[:48] if isinstance(value, tuple) and value else ""
