"""Titles of sections under several numbers: in the table of contents, in a reference, above the section itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_NUMBERED = re.compile(
    rf"^\W*(?:第({_NUMBER})[章条节部]分?[、.:： ]*|({_NUMBER})、\s*|(?:section|article|part)?\s*(\d{{1,2}})[.):]\s+)(?=\D)(.+?)[;；。.？?！!：:]?$"
)
_CITED = re.compile(
    rf"第({_NUMBER})(?:条|部分|章|节|款)的?[\"「『《（(]([^\"」』》）)]{{2,40}})[\"」』》）)]|"
    r"\b(?:section|article|clause|part|paragraph) (\d{1,2})[,:]? ?[(\"-] ?([^)\".;]{6,60})[)\"]|"
    r"\"([^\"]{6,60})\" \((?:section|article|clause|part|paragraph) (\d{1,2})\)"
)
_SHORTEST = 4  # characters of a title that says what a section is about
_FEWEST = 3  # numbered headings that make a numbering


def _value(word: str) -> int:
    """A number in digits or Chinese characters, to 99."""
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _split(low: str) -> tuple[int, str]:
    """The number before a title, 0 where it has none, and the title without it."""
    match = _NUMBERED.match(low)
    if match:
        return _value(match[1] or match[2] or match[3]), _plain(match[4])
    return 0, _plain(low)


def _plain(title: str) -> str:
    return re.sub(r"[^\w]+", " ", title).strip()


def _headings(doc: Document) -> dict[str, tuple[int, Reading]]:
    """The titles of the text with their numbers; one that stands twice is left out."""
    found: dict[str, tuple[int, Reading]] = {}
    twice: set[str] = set()
    for reading in doc.readings:
        if reading.heading:
            number, title = _split(reading.low)
            if title in found:
                twice.add(title)
            found[title] = (number, reading)
    return {title: one for title, one in found.items() if title not in twice and len(title) > 1}


def _cited(doc: Document, heads: dict[str, tuple[int, Reading]]) -> Iterator[Hit]:
    """References by number and title where the title has another number."""
    for reading in doc.body:
        for match in _CITED.finditer(reading.low):
            number = _value(match[1] or match[3] or match[6])
            title = _plain(match[2] or match[4] or match[5])
            there = heads.get(title)
            if there and there[0] and there[0] != number:
                yield Hit(reading, match[0])


def misnumbered(doc: Document) -> Iterator[Finding]:
    """A section cited by the number of another one (rule reference-unresolved); contents and sections numbered apart (rule numbering)."""
    heads = _headings(doc)
    if sum(number > 0 for number, _ in heads.values()) < _FEWEST:
        return
    wrong = list(_cited(doc, heads))
    if wrong:
        yield report(
            "dangling-reference/reference-unresolved",
            "warn",
            of(wrong),
            f"the section of this title has another number: {quoted(wrong)}",
            hint="correct the number or the title",
            law="GDPR Art. 12(1); PIPL Art. 17(1)",
        )
    listed = [(r, *_split(r.low)) for r in doc.body if r.sentence.element != "sentence"]
    listed = [one for one in listed if one[1] and one[2] in heads]
    apart = [(r, heads[title][1]) for r, number, title in listed if heads[title][0] != number]
    if len(listed) >= _FEWEST and apart:
        yield report(
            "drafting-error/numbering",
            "info",
            [r for pair in apart for r in pair],
            f"the table of contents numbers sections otherwise than the text: {quote(r.text for r, _ in apart)}",
            hint="number again, and check every reference to a section",
        )


# titles of parts of chapters, which stand once in each
_PLAIN_TITLES = frozenset(
    (
        "general",
        "overview",
        "introduction",
        "purpose",
        "purposes",
        "storage",
        "retention",
        "details",
        "examples",
        "other",
        "contact",
    )
) | {"一般", "概述", "总则", "其他", "其它", "目的", "说明", "例外"}


def repeated(doc: Document) -> Iterator[Finding]:
    """One title over two sections of one parent (rule duplicate-clause)."""
    seen: dict[tuple[object, str], Reading] = {}
    for reading in doc.readings:
        if not reading.heading:
            continue
        above = tuple(title for title in reading.sentence.section if title != reading.text)
        place = (above, _split(reading.low)[1])
        first = seen.setdefault(place, reading)
        if first is not reading and len(place[1]) >= _SHORTEST and place[1].strip() not in _PLAIN_TITLES:
            yield report(
                "duplicate/duplicate-clause",
                "info",
                (first, reading),
                f"one heading stands over two sections: {quote([reading.text])}",
                hint="join the sections, or name what each is about",
            )


def absent(doc: Document) -> Iterator[Finding]:
    """A chapter that the contents name and the text does not have (rule reference-unresolved)."""
    heads = _headings(doc)
    here = [_split(r.low) for r in doc.readings]
    run: list[tuple[Reading, int, str]] = []
    for reading, (number, title) in zip(doc.readings, here, strict=True):
        if number and number == len(run) + 1 and reading.sentence.element != "sentence":
            run.append((reading, number, title))
        elif len(run) > _FEWEST:
            break
        else:
            run = [(reading, number, title)] if number == 1 and reading.sentence.element != "sentence" else []
    if len(run) <= _FEWEST:
        return
    after = run[-1][0].index
    later = [one for place, one in enumerate(here) if place > after]
    titles = {title for _, title in later} | set(heads)
    numbers = {number for number, reading in heads.values() if reading.index > after}
    gone = [r for r, number, title in run if title not in titles and number not in numbers]
    if gone and len(gone) * 2 < len(run):
        yield report(
            "dangling-reference/reference-unresolved",
            "warn",
            gone,
            f"the contents name a chapter that the text does not have: {quote(r.text for r in gone)}",
            hint="write the chapter, or take it out of the contents",
            law="GDPR Art. 12(1); PIPL Art. 17(1)",
        )


DETECTORS = (misnumbered, repeated, absent)
