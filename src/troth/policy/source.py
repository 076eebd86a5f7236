"""A policy file as it is written: front matter, headings, sentences with tags, `troth` blocks.

    +++                      front matter, TOML
    ## Heading {#id}         headings need no tag
    A sentence. {#id name}   one sentence or bullet a line, ending in a tag group
    ```troth                 a block of rules
    ```

A tag group holds `#id` (the stable id of the sentence), `?0.86` (a suggestion that nobody has accepted), `i` or
`i:reason` (information), `=name` (repeats a bound sentence) and names of promises. A line without an id is named by its
place, in a way that nobody wrote. A backslash before a leading `#`,
`+++` or fence, or before the brace of a trailing group, makes it text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any

from troth.model.errors import Place, SourceError
from troth.model.sentence import Element, Sentence

LIMIT = 8 * 1024 * 1024  # bytes of any file; a page with its pictures inside may be large
LARGEST = 2 * 1024 * 1024  # bytes of a policy file; the longest known to us has 0.1 MiB
MOST = 5_000  # sentences; a policy of 5,000 would be a book of 250 pages
LONGEST = 10_000  # characters of a sentence or a line of rules
FENCE = "```"
_GROUP = re.compile(r"(\\?)\{([^{}]*)\}[ \t]*$")
_TAG = re.compile(
    r"#(?P<id>[\w.\-]+)|\?(?P<suggested>(?:0(?:\.\d+)?|1(?:\.0+)?)?)|i(?::(?P<reason>[\w-]+))?(?![\w:.\-])|=(?P<repeat>[\w.\-]+)|(?P<name>[^\W\d_][\w.\-]*)"
)
_ONCE = {"id": "ids", "reason": "reasons", "suggested": "suggestions"}
_BULLET = re.compile(
    r"^(?:[•◦▪‣·●○■–—\-*]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s|（[一二三四五六七八九十\d]{1,3}）)"
)
_LABEL = re.compile(r"^[^:：.!?。！？]{2,48}[:：]\s*\S[^!?。！？]{0,80}$")
_URL_ONLY = re.compile(r"^\(?https?://\S+\)?\.?$")
CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]"
)  # the others of Unicode are white space
CJK = r"\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"


@dataclass(frozen=True, slots=True)
class Tag:
    """The tag group of a line, with the column of each word for messages.

    Attributes:
        column: where the group begins, 0 when the line has none.
        id: the id it gives the sentence, "" for none.
        names: promises it names, in order, as (name, column).
        information: reason ("" for a bare `i`), None if it is not marked as information.
        repeats: the names are promises that an earlier sentence already binds.
        suggested: confidence of a suggestion (0.0 for a bare `?`), None for accepted tags.
    """

    column: int = 0
    id: str = ""
    names: tuple[tuple[str, int], ...] = ()
    information: str | None = None
    repeats: bool = False
    suggested: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose: a heading (level 1 to 6) or a sentence (level 0), with its tag."""

    sentence: Sentence
    tag: Tag
    level: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A `troth` block: its text, the line its first line stands on, and the paragraph above it."""

    text: str
    line: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Source:
    """A policy file, read but not yet understood."""

    file: str
    front: dict[str, Any]
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    front_line: int = 0


def decode(data: bytes, file: str) -> str:
    """The text of a file: UTF-8 with or without BOM, line ends as LF.

    Raises:
        SourceError: it is too large, not UTF-8, or holds control characters; the place of the first wrong byte is named.
    """
    if len(data) > LARGEST:
        raise SourceError(
            f"the file is larger than {LARGEST // 1024 // 1024} MiB",
            Place(file, 1),
            hint="split it by document",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(file, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        hint = "save the file as UTF-8, or start from it with `troth policy import`"
        raise SourceError("this byte is not UTF-8 text", place, hint=hint) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = CONTROL.search(text)
    if odd:
        at = odd.start()
        place = Place(file, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
        hint = "take it out; start from a published text with `troth policy import`"
        raise SourceError(f"there is a control character (U+{ord(odd[0]):04X}) here", place, hint=hint)
    return text


def read(text: str, file: str) -> Source:
    """The parts of a policy file.

    Raises:
        SourceError: front matter, a tag group or a fence can not be read.
    """
    rows = text.split("\n")
    front, start = _front(rows, file)
    reader = _Reader(file)
    number = start
    while number < len(rows):
        row = rows[number]
        if row.lstrip().startswith(FENCE):
            number = reader.block(rows, number)
        else:
            reader.line(row, number + 1)
        number += 1
    return Source(file, front, _with_ids(reader.lines), tuple(reader.blocks), 1 if start else 0)


def _with_ids(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with a name for each that has none: by its place, and never a name that somebody wrote."""
    written = {line.tag.id for line in lines}
    named = []
    for place, line in enumerate(lines, 1):
        if line.tag.id:
            named.append(line)
            continue
        names = chain([f"s{place}"], (f"s{place}.{number}" for number in count(2)))
        name = next(name for name in names if name not in written)
        named.append(replace(line, sentence=replace(line.sentence, id=name)))
    return tuple(named)


def front_rows(rows: Sequence[str]) -> int:
    """How many rows of a file its front matter takes, with empty lines above it; 0 where it has none or does not close it."""
    start = next((number for number, row in enumerate(rows) if row.strip()), 0)
    if not rows or rows[start].strip() != "+++":
        return 0
    return next((end + 1 for end in range(start + 1, len(rows)) if rows[end].strip() == "+++"), 0)


def _front(rows: list[str], file: str) -> tuple[dict[str, Any], int]:
    start = next((number for number, row in enumerate(rows) if row.strip()), 0)
    if rows[start].strip() != "+++":
        return {}, 0
    end = front_rows(rows)
    if not end:
        raise SourceError(
            "the front matter is not closed", Place(file, start + 1), hint="end it with a line of `+++`"
        )
    try:
        return tomllib.loads("\n".join(rows[start + 1 : end - 1]) + "\n"), end
    except (ValueError, RecursionError) as error:
        where = re.search(r"at line (\d+), column (\d+)", str(error))
        line, column = (int(where[1]), int(where[2])) if where else (1, 1)
        if "end of document" in str(error):
            line = end - start - 2
        what = str(error).split(" (at")[0] if not isinstance(error, RecursionError) else "nested too deeply"
        hint = 'write `name = "value"` lines between the two `+++`'
        if re.search("[“”„‟「」＂＇‘’]", "".join(rows[start + line : start + line + 1])):
            hint += ", with the plain quotes of the keyboard"
        raise SourceError(
            f"the front matter is not TOML: {what.lower()}", Place(file, start + 1 + line, column), hint=hint
        ) from None


class _Reader:
    """Collects lines and blocks; knows the section and paragraph it is in."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: list[Line] = []
        self.blocks: list[Block] = []
        self._section: list[tuple[int, str]] = []
        self._paragraph = 0
        self._open = False

    def block(self, rows: list[str], at: int) -> int:
        language = rows[at].strip()[len(FENCE) :].strip()
        if language != "troth":
            hint = "rules stand in a block that begins with ```troth; write \\``` if this is text"
            raise SourceError(
                f"a block of `{language or 'plain text'}` is not part of a policy",
                Place(self.file, at + 1),
                hint=hint,
            )
        for end in range(at + 1, len(rows)):
            if rows[end].strip() == FENCE:
                long = next((number for number in range(at + 1, end) if len(rows[number]) > LONGEST), None)
                if long is not None:
                    message = f"this line is longer than {LONGEST} characters"
                    raise SourceError(
                        message, Place(self.file, long + 1), hint="write the list over several lines"
                    )
                text = "\n".join(rows[at + 1 : end]) + "\n"
                self.blocks.append(Block(text, at + 2, self._paragraph))
                return end
        raise SourceError(
            "this block is not closed", Place(self.file, at + 1), hint="end it with a line of ```"
        )

    def line(self, row: str, number: int) -> None:
        stripped = row.strip()
        if not stripped:
            self._open = False
            return
        words, tag = self._tag(row.rstrip(), number)
        words = words.strip()
        level = len(words) - len(words.lstrip("#"))
        if 1 <= level <= 6 and not words[level : level + 1].strip():
            self._heading(words[level:], tag, number, level)
            return
        if not self._open:
            self._paragraph += 1
            self._open = True
        self._add(words, tag, number, 0)

    def _heading(self, words: str, tag: Tag, number: int, level: int) -> None:
        text = fold(unescape(words.strip()))
        if not text:
            raise SourceError(
                "this heading is empty", Place(self.file, number), hint="give it words or remove the line"
            )
        while self._section and self._section[-1][0] >= level:
            self._section.pop()
        self._paragraph += 1
        self._open = False
        self._add(words, tag, number, level)
        self._section.append((level, text))

    def _add(self, words: str, tag: Tag, number: int, level: int) -> None:
        text = fold(unescape(words.strip()))
        if not text:
            hint = "put the tag at the end of the sentence it belongs to"
            raise SourceError("this line has a tag but no words", Place(self.file, number), hint=hint)
        element = "heading" if level else element_of(text)
        section = tuple(title for _, title in self._section)
        guard(text, len(self.lines), Place(self.file, number))
        self.lines.append(Line(Sentence(tag.id, number, text, element, section, self._paragraph), tag, level))

    def _tag(self, row: str, number: int) -> tuple[str, Tag]:
        group = _GROUP.search(row)
        if not group:
            return row, Tag()
        if group[1]:
            return row, Tag()
        tag = read_tag(group[2], Place(self.file, number, group.start() + 1))
        words = row[: group.start()].rstrip()
        other = _GROUP.search(words)
        if other and not other[1] and other[2].startswith("#"):
            at = Place(self.file, number, other.start() + 1)
            hint = "a line ends in one tag: put all into one, or write `\\{` if the braces are text"
            raise SourceError("this line has two tags", at, hint=hint)
        return words, tag


def read_tag(inside: str, place: Place) -> Tag:
    """The tag group whose inside is given.

    Raises:
        SourceError: a word in it is not a tag, or the group has two ids, reasons or suggestions.
    """
    hint = (
        "a tag is `#id`, a promise name, `=name`, `i`, `i:reason` or `?`; write `\\{` if the braces are text"
    )
    names: list[tuple[str, int]] = []
    identity, information, repeats, suggested = "", None, False, None
    seen: set[str] = set()
    for word in re.finditer(r"\S+", inside):
        at = Place(place.file, place.line, place.column + 1 + word.start())
        found = _TAG.fullmatch(word[0])
        if not found:
            raise SourceError(f"`{word[0]}` is not a tag", at, hint=hint)
        kind = found.lastgroup or "reason"
        if kind in seen and kind in _ONCE:
            hint = f"keep one: take `{word[0]}` out, or the one before it"
            raise SourceError(f"this tag has two {_ONCE[kind]}", at, hint=hint)
        seen.add(kind)
        match kind:
            case "id":
                identity = found["id"]
            case "suggested":
                suggested = float(found["suggested"] or 0)
            case "repeat":
                repeats = True
                names.append((found["repeat"], at.column + 1))
            case "name":
                names.append((found["name"], at.column))
            case _:
                information = found["reason"] or ""
    return Tag(place.column, identity, tuple(names), information, repeats, suggested)


def guard(text: str, before: int, place: Place) -> None:
    """Refuses what is no policy: a sentence without end, sentences without number.

    Args:
        text: the words of the next sentence.
        before: how many sentences stand above it.
        place: where it stands.

    Raises:
        SourceError: the sentence is longer than `LONGEST` characters, or the `MOST` sentences are used up.
    """
    if len(text) > LONGEST:
        message = f"this sentence has {len(text)} characters, more than {LONGEST}"
        raise SourceError(message, place, hint="put each sentence on a line of its own")
    if before >= MOST:
        raise SourceError(f"the text has more than {MOST} sentences", place, hint="split it by document")


def element_of(text: str) -> Element:
    """What a line of prose is: a bullet, a label ("Phone: 123"), a lone link, or a sentence."""
    if _BULLET.match(text):
        return "bullet"
    if _URL_ONLY.match(text):
        return "fragment"
    return "label" if _LABEL.match(text) and not text.endswith((":", "：")) else "sentence"


def fold(text: str) -> str:
    """The text with white space folded to single spaces."""
    return " ".join(text.split())


def unescape(words: str) -> str:
    """The words of a prose line without the backslashes that kept them from being markup."""
    if words.startswith("\\") and words[1:2] in {"#", "+", "`", "\\"}:
        words = words[1:]
    group = _GROUP.search(words)
    if group and group[1]:
        words = words[: group.start()] + words[group.start() + 1 :]
    return words


def escape(text: str) -> str:
    """The line that reads back as `text`: the inverse of `unescape`."""
    group = _GROUP.search(text)
    if group:
        text = text[: group.start()] + "\\" + text[group.start() :]
    starts = text.startswith(("#", "+++", FENCE)) or bool(re.match(r"\\[#+`\\]", text))
    return "\\" + text if starts else text
