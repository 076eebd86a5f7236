"""Order of things that are counted: sections, list items, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_ROMAN = {
    r: n
    for n, r in enumerate(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), 1
    )
}
_CJK = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {
    f"十{c}": 10 + n for n, c in enumerate("一二三四五六七八九", 1)
}
_ROMAN_HEAD = Phrase(r"^\s*(?:section |article |part |chapter )?([ivx]{1,5})[.):、 ]")
_DIGIT_HEAD = Phrase(r"^\s*(?:section |article |part |chapter |clause )?(\d{1,2})[.):、 ](?!\d)")
_CJK_HEAD = Phrase(r"^第?([一二三四五六七八九十]{1,3})[、章条节. ]")
_CJK_CHAPTER = Phrase(r"^[（(]([一二三四五六七八九十]{1,3})[)）]")
_LETTER = Phrase(r"^\W*\(?([a-z])[.)] ")
_ITEM_DIGIT = Phrase(r"^\W*\(?(\d{1,2})[.)] (?!\d)")
_CJK_ITEM = Phrase(r"^\W*[（(]([一二三四五六七八九十]{1,3})[)）]")
_CJK_DIGIT = Phrase(r"^\W*[（(]?(\d{1,2})(?:[)）、．]|[.] ?(?=[\u4e00-\u9fff]))")
_SHORTEST = 3


def _value(kind: str, word: str) -> int:
    if kind == "roman":
        return _ROMAN.get(word, 0)
    if kind == "cjk":
        return _CJK.get(word, 0)
    return int(word) if kind == "digit" else ord(word) - ord("a") + 1


def _numbered(readings: Sequence[Reading], kind: str, phrase: Phrase) -> list[tuple[int, Reading]]:
    found = []
    for r in readings:
        match = phrase.match(r.low)
        if match and _value(kind, match[1]):
            found.append((_value(kind, match[1]), r))
    return found


def _gaps(counted: Sequence[tuple[int, Reading]]) -> Iterator[tuple[Reading, Reading]]:
    """Neighbours where a number is left out or stands twice."""
    for (one, first), (other, second) in pairwise(counted):
        if other == one + 2 or (other == one and second.index - first.index > 1):
            yield first, second


def _between(doc: Document, kind: str, phrase: Phrase, first: Reading, second: Reading) -> bool:
    """Whether the number left out stands before a paragraph that has no heading of its own."""
    between = doc.readings[first.index + 1 : second.index]
    start, end = (_value(kind, m[1]) if (m := phrase.match(r.low)) else 0 for r in (first, second))
    return end == start + 2 and any(
        (m := phrase.match(r.low)) and _value(kind, m[1]) == start + 1 for r in between
    )


def sections(doc: Document) -> Iterator[Finding]:
    """Sections whose numbers leave one out or repeat one (rule numbering)."""
    heads = [r for r in doc.readings if r.heading]
    about: list[Reading] = []
    shown: list[str] = []
    for kind, phrase in (("roman", _ROMAN_HEAD), ("digit", _DIGIT_HEAD), ("cjk", _CJK_HEAD)):
        by_depth: dict[int, list[Reading]] = {}
        for r in heads:
            by_depth.setdefault(len(r.sentence.section), []).append(r)
        for level in by_depth.values():
            counted = _numbered(level, kind, phrase)
            # Chinese chapters may begin with two, after a preface without a number
            if len(counted) < _SHORTEST or counted[0][0] not in ((1, 2) if kind == "cjk" else (1,)):
                continue
            for first, second in _gaps(counted):
                if _between(doc, kind, phrase, first, second):
                    continue
                about += [second, *doc.readings[second.index + 1 : second.index + 2]]
                shown += [first.text, second.text]
    if about:
        yield report(
            "drafting-error/numbering",
            "info",
            about,
            f"the numbers of sections leave one out or repeat one: {quote(shown)}",
            hint="number again, and check every reference to a section",
        )


def items(doc: Document) -> Iterator[Finding]:
    """List items whose letters or numbers leave one out (rule list-numbering)."""
    about: list[Reading] = []
    kinds: tuple[tuple[str, Phrase], ...] = (("letter", _LETTER), ("digit", _ITEM_DIGIT))
    if doc.chinese:
        kinds = (("cjk", _CJK_ITEM), ("digit", _CJK_DIGIT), *kinds[:1])
    for kind, phrase in kinds:
        run: list[tuple[int, Reading]] = []
        for r in (*doc.readings, None):
            match = phrase.match(r.low) if r is not None and not r.heading else None
            value = _value(kind, match[1]) if match else 0
            if (
                r is not None
                and match
                and value
                and (not run or value >= run[-1][0] > 1 or value > run[-1][0])
            ):
                run.append((value, r))
                continue
            if r is not None and run and not match and r.sentence.paragraph == run[-1][1].sentence.paragraph:
                continue  # the item goes on
            if len({n for n, _ in run}) >= _SHORTEST and run[0][0] == 1:
                about += [second for _, second in _gaps(run)]
                about += [
                    b for (one, a), (other, b) in pairwise(run) if one == other and b.index == a.index + 1
                ]
            run = [(value, r)] if match and r is not None and value == 1 else []
    if about:
        yield report(
            "drafting-error/list-numbering",
            "info",
            about,
            f"a letter or number of the list is left out or stands twice before: {quote(r.text for r in about)}",
            hint="number again, and check whether an item was lost",
        )


_NESTED = Phrase(r"^\W*(\d{1,2})\.(\d{1,2})(?:\.(\d{1,2}))?(?!\d)")


def nested(doc: Document) -> Iterator[Finding]:
    """Items like 5.7.1 that stand under 5.8 (rule numbering)."""
    parent: tuple[str, str] | None = None
    about: list[Reading] = []
    for r in doc.readings:
        match = _NESTED.match(r.low)
        if not match:
            continue
        if match[3] is None:
            parent = (match[1], match[2])
        elif (
            parent
            and parent[0] == match[1]
            and parent != (match[1], match[2])
            and int(match[2]) <= int(parent[1])
        ):
            about.append(r)
    if about:
        yield report(
            "drafting-error/numbering",
            "info",
            about,
            f"the number of the item does not fit the paragraph above it: {quote(r.text for r in about)}",
            hint="number again, and check every reference to a section",
        )


_STEPS = Phrase(r"^\W*(\d{1,2}(?:\.\d{1,2}){1,2})(?![\d.%]|\s?(?:gb|mb|ghz|tb|km|million))")


def repeated(doc: Document) -> Iterator[Finding]:
    """One number for two paragraphs of a section (rule numbering)."""
    about: dict[int, Reading] = {}
    open_: dict[str, Reading] = {}
    chapter = ""
    for r in doc.readings:
        match = _STEPS.match(r.low)
        if not match:
            continue
        number = match[1]
        if number.split(".")[0] != chapter or _starts_over(number, open_):
            # a second part of the text counts from the beginning again
            chapter, open_ = number.split(".")[0], {}
        first = open_.get(number)
        if first and first.sentence.section == r.sentence.section and first.low != r.low:
            about |= {first.index: first, r.index: r}
        open_.setdefault(number, r)
    if about:
        yield report(
            "drafting-error/numbering",
            "info",
            about.values(),
            f"one number stands before two paragraphs: {quote(r.text for r in about.values())}",
            hint="number again, and check every reference to a section",
        )


def _starts_over(number: str, known: dict[str, Reading]) -> bool:
    return number.endswith(".1") and number in known


_MONTHS = {
    m: n
    for n, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|"
        "december dec".split("|"),
        1,
    )
    for m in names.split()
}
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(_MONTHS)})\.?,? (\d{{4}})\b|\b({'|'.join(_MONTHS)})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b|"
    r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b|(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日"
)
_UPDATED = Phrase(
    r"\b(?:last )?(?:updated?|revised?|modified|amended|published|issued|released|reviewed)\b|更新|修订|发布|公布",
)
_EFFECTIVE = Phrase(r"\b(?:effective|in force|in effect|applies|valid)\b|生效|施行")


def _dated(low: str) -> tuple[int, int, int] | None:
    match = _DATE.search(low)
    if not match:
        return None
    g = match.groups()
    if g[0]:
        return int(g[2]), _MONTHS[g[1]], int(g[0])
    if g[3]:
        return int(g[5]), _MONTHS[g[3]], int(g[4])
    year, month, day = g[6:9] if g[6] else g[9:12]
    return int(year), int(month), int(day)


def order(doc: Document) -> Iterator[Finding]:
    """A version that applied before it was written (rule date-conflict)."""
    edges = [r for r in doc.readings[:8] + doc.readings[-4:] if len(r.words) < 14]
    updated = [
        (d, r)
        for r in edges
        if _UPDATED.search(r.low) and not _EFFECTIVE.search(r.low) and (d := _dated(r.low))
    ]
    effective = [
        (d, r)
        for r in edges
        if _EFFECTIVE.search(r.low) and not _UPDATED.search(r.low) and (d := _dated(r.low))
    ]
    for written, one in updated[:1]:
        for applied, other in effective[:1]:
            if applied < written:
                yield report(
                    "drafting-error/date-conflict",
                    "warn",
                    (one, other),
                    f"the text applies from a day before it was written: {quote([one.text, other.text])}",
                    hint="correct the dates; nobody can follow a text that did not exist yet",
                    law="GDPR Art. 5(1)(a), 12(1); PIPL Art. 17(2)",
                )


_DEEP = Phrase(r"^\W*(\d{1,2})\.(\d{1,2})\.1(?![\d.])")
_PLAIN = Phrase(r"^\W*\d{1,2}(?:\.\d{1,2})*(?!\d)")


def beginnings(doc: Document) -> Iterator[Finding]:
    """Numbers without what they count from: 2.2.1 without 2.2, a first section called 7.1 (rule numbering)."""
    about: list[Reading] = []
    numbers = {m[0].strip(" .、)") for r in doc.readings for m in (_PLAIN.match(r.low),) if m}
    parents = {tuple(n.split(".")[:2]) for n in numbers if n.count(".") == 1}
    for r in doc.readings:
        match = _DEEP.match(r.low)
        # Only where the sister has a number of its own: other texts number paragraphs without headings.
        if (
            match
            and int(match[2]) > 1
            and (match[1], str(int(match[2]) - 1)) in parents
            and (match[1], match[2]) not in parents
        ):
            about.append(r)
    counted = [(m, r) for r in doc.readings for m in (_NESTED.match(r.low),) if m]
    if len(counted) >= _SHORTEST:
        first, reading = counted[0]
        if int(first[1]) > 2 and first[2] == "1" and reading.heading and not _chaptered(doc, reading):
            about.append(reading)
    if about:
        yield report(
            "drafting-error/numbering",
            "info",
            about,
            f"the number has nothing to count from: {quote(r.text for r in about)}",
            hint="number again; a part of a larger document or a heading was lost",
        )


def _chaptered(doc: Document, reading: Reading) -> bool:
    """Whether a chapter with a number stands before it, in whatever figures."""
    return any(
        (match := phrase.match(r.low)) and _value(kind, match[1])
        for r in doc.readings[: reading.index]
        for kind, phrase in (
            ("digit", _DIGIT_HEAD),
            ("roman", _ROMAN_HEAD),
            ("cjk", _CJK_HEAD),
            ("cjk", _CJK_CHAPTER),
        )
    )


DETECTORS = (sections, items, nested, beginnings, repeated, order)
