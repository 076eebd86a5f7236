"""The bytes of a published text (plain text, HTML, DOCX) as blocks of text."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from troth.model.errors import Place, SourceError
from troth.policy.block import Block, BlockKind, Intake
from troth.policy.intake_bytes import decode
from troth.policy.roles import bullet_sign, is_markdown_heading, is_row, numbering
from troth.policy.source import CONTROL, guard

__all__ = ["LIMIT_BYTES", "Block", "BlockKind", "Intake", "read_text"]

LIMIT_BYTES = 8 * 1024 * 1024
"""Largest file that is read, in bytes; the longest published policies are below 1 MiB."""

_ZIP = b"PK\x03\x04"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "is a PDF", "export the policy as text, HTML or DOCX and import that"),
    (b"\xd0\xcf\x11\xe0", "is an old Word file (.doc)", "save it as .docx or as plain text and import that"),
    (b"{\\rtf", "is an RTF file", "save it as .docx or as plain text and import that"),
    (b"\x1f\x8b", "is compressed (gzip)", "unpack it first"),
    (b"\x89PNG", "is an image", "import the text itself, not a picture of it"),
    (b"\xff\xd8\xff", "is an image", "import the text itself, not a picture of it"),
    (b"GIF8", "is an image", "import the text itself, not a picture of it"),
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_NAMES = (".html", ".htm", ".xhtml")
_WRAP_WIDTH = 120


def read_text(data: bytes, name: str) -> Intake:
    """Reads a published text.

    Args:
        data: the bytes of the file.
        name: name of the file; its ending and the first bytes say what it is. Markdown is read as plain text.

    Returns:
        The blocks of the visible text. A list item of HTML or DOCX carries no bullet sign: the sign is
        drawn by the reader's program and is no part of the text.

    Raises:
        SourceError: the file is too big, empty, no text, damaged, or in a format that is not read.
    """
    here = Place(name, 1)
    _refuse(data, here)
    if data.startswith(_ZIP):
        from troth.policy.intake_docx import read_docx  # noqa: PLC0415 - slow to load, only for Word files

        intake = read_docx(data, here)
    else:
        if name.lower().endswith(".docx"):
            raise SourceError(
                "is named .docx and is not a Word file", here, hint="save it again as .docx, or rename it"
            )
        text = decode(data, here)
        is_html = name.lower().endswith(_HTML_NAMES) or _HTML_START.match(text) is not None
        intake = _page(text, here) if is_html else Intake(_lines(text, here))
    if not intake.blocks:
        raise SourceError("the file holds no text", here, hint="give the published text of the policy")
    return replace(intake, blocks=tuple(_clean(block) for block in intake.blocks))


def _clean(block: Block) -> Block:
    """The block without control characters, which no policy file may hold."""
    return replace(block, text=CONTROL.sub(" ", block.text)) if CONTROL.search(block.text) else block


def _page(text: str, here: Place) -> Intake:
    from troth.policy.intake_html import read_html  # noqa: PLC0415 - slow to load, only for pages

    return read_html(text, here)


def _refuse(data: bytes, here: Place) -> None:
    """Raises for what can be refused from its size and first bytes."""
    if len(data) > LIMIT_BYTES:
        size = f"{len(data) / 1048576:.1f} MiB"
        raise SourceError(
            f"the file has {size}, more than the {LIMIT_BYTES // 1048576} MiB that are read",
            here,
            hint="import the text of the policy alone, without pictures or appendices",
        )
    for magic, what, hint in _REFUSED:
        if data.startswith(magic):
            raise SourceError(f"the file {what}, not a text", here, hint=hint)


def _lines(text: str, here: Place) -> tuple[Block, ...]:
    """The lines of a plain text; lines that the file only wrapped are put together again."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    width = _wrap_width(lines)
    parts: list[list[str]] = []  # the rows of each block
    heads: list[tuple[int, bool]] = []
    gap = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            gap = True
            continue
        if width and not gap and parts and _continues(lines[number - 2], line, width):
            parts[-1].append(line.strip())
        else:
            guard("", len(parts), Place(here.file, number))  # a block is one sentence at least
            parts.append([line.strip()])
            heads.append((number, gap))
        gap = False
    return tuple(
        Block("line", "\n".join(rows), number, 0, gap)
        for rows, (number, gap) in zip(parts, heads, strict=True)
    )


def _wrap_width(lines: list[str]) -> int:
    """Column at which the file was wrapped: most lines inside paragraphs reach it; 0 where there is none."""
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not 40 <= width <= _WRAP_WIDTH:
        return 0
    inner = [(a, b) for a, b in itertools.pairwise(lines) if a.strip() and b.strip() and not _starts_anew(b)]
    full = sum(_continues(a, b, width) for a, b in inner)
    return width if full >= 4 and full >= 0.6 * len(inner) else 0


_BROKEN_ANYWHERE = 2  # a character and the sign behind it, which may not begin a line


def _continues(line: str, following: str, width: int) -> bool:
    """Whether the next line carries on this one: its first word had no room here."""
    if _starts_anew(following) or is_markdown_heading(line.strip()):
        return False
    word = following.split(maxsplit=1)[0]
    # Chinese has no spaces and breaks after any character
    room = _BROKEN_ANYWHERE if "\u4e00" <= word[0] <= "\u9fff" else len(word)
    return len(line.rstrip()) + 1 + room > width * 0.93


def _starts_anew(line: str) -> bool:
    """Whether a line begins something of its own: a bullet, a number, a heading, a row of a table."""
    text = line.strip()
    return bool(bullet_sign(text) or numbering(text)[0] or is_markdown_heading(text) or is_row(text))
