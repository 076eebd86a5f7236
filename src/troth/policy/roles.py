"""What an unmarked line is: a heading, a bullet, a label or running text.

Published policies often come as plain text without any markup. The role of a line shows in its form
(numbering, capitals, length, final stop) and in its neighbours (a lead-in that ends in a colon, a longer
paragraph below it).
"""

from __future__ import annotations

import re

from troth.policy.block import words

HEADING_CHARACTERS = 110
HEADING_HAN = 40

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_BULLET = re.compile(r"(?:[•·●▪◦‣⁃∙○■□◆◇►▶➢✓]\s*|[–—\-*+]\s+)(?=\S)")
_HASHES = re.compile(r"#{1,6}\s+\S")
_ROW = re.compile(r"\|.+\|\s*$", re.DOTALL)
_BORDER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$")
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("第章", re.compile(r"第[一二三四五六七八九十百零〇\d]+[章编部分节]")),
    ("第条", re.compile(r"第[一二三四五六七八九十百零〇\d]+[条條款]")),
    ("一、", re.compile(r"[一二三四五六七八九十]+\s*[、.．]")),
    ("（一）", re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
    ("(I)", re.compile(r"[（(](?:[IVX]+)[）)]")),
    ("I.", re.compile(r"(?:[IVX]+)[.、．]\s")),
    (
        "Section",
        re.compile(r"(?:Section|Article|Part|Chapter|Clause)\s+(?:\d+|[IVX]+|[A-Z])\b", re.IGNORECASE),
    ),
    ("1.1.1", re.compile(r"\d+\.\d+\.\d+\.?\s")),
    ("1.1", re.compile(r"\d+\.\d+\.?\s")),
    ("1.", re.compile(r"\d{1,2}\s*(?:\.\s|、|．)")),
    ("(1)", re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[)）]|[①-⑳]")),
    ("A.", re.compile(r"[A-Z][.)]\s")),
    ("(a)", re.compile(r"[（(][a-z]{1,4}[)）]|[a-z][.)]\s|[ivx]+\)\s")),
)
_LIST_ONLY = frozenset({"(1)", "(a)"})
ARTICLES = frozenset({"第章", "第条", "Section"})
"""Styles that number the parts of a document: two in a row are two articles and no list."""
_MINOR = words("""
    a an and are as at be by do does for from how in is it its may of on or our that the their this to
    under us use used vs we what when where which who why will with you your
    """)
_LABEL = re.compile(r"([^:：]{1,60})\s*[:：]\s*(\S.*)", re.DOTALL)
_CONTACT_VALUE = re.compile(
    r"\S+@\S+|\[email|https?://|www\.|\+?\d[\d\s()./-]{5,}|\d{4}年|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)|^\s*[\[［]",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"\b(?:we|you|will|may|can|is|are|please|include[sd]?|collect|use|share)\b|我们|您|可以|包括",
    re.IGNORECASE,
)
_FINAL = tuple(".!。！;；,，、…")


def bullet_sign(text: str) -> str:
    """The bullet sign a line begins with ("• ", "- "), or nothing."""
    sign = _BULLET.match(text)
    return sign.group() if sign else ""


def numbering(text: str) -> tuple[str, str]:
    """Style of the numbering a line begins with ("I.", "(1)") and the number as written, or empty texts."""
    for style, pattern in _STYLES:
        number = pattern.match(text)
        if number:
            return style, number.group().strip()
    return "", ""


def list_style(style: str) -> bool:
    """Whether a numbering style is used for list items and hardly ever for headings."""
    return style in _LIST_ONLY


def is_markdown_heading(text: str) -> bool:
    """Whether a line is a heading by Markdown's number signs."""
    return _HASHES.match(text) is not None


def is_row(text: str) -> bool:
    """Whether a line is a row of a Markdown table: cells between upright strokes."""
    return _ROW.match(text) is not None


def is_border(text: str) -> bool:
    """Whether a line only parts the head of a Markdown table from its rows."""
    return _BORDER.match(text) is not None


def is_question(text: str) -> bool:
    """Whether a line asks something, as many headings do."""
    return text.rstrip("\"'”’」 ").endswith(("?", "？"))


def can_head(text: str) -> bool:
    """Whether a line is short and unfinished enough to be a heading at all."""
    if not text or len(text) > (HEADING_HAN if _HAN.search(text) else HEADING_CHARACTERS):
        return False
    if text.endswith(_FINAL) or text.endswith((":", "：")):
        return False
    return any(char.isalpha() for char in text) and not is_label(text) and "@" not in text


def is_titled(text: str) -> bool:
    """Whether a line is capitalised as titles are; small words count only where there are no others."""
    every = re.findall(r"[A-Za-z][\w’'&-]*", text)
    weighty = [word for word in every if word.lower() not in _MINOR] or every
    return bool(weighty) and sum(word[0].isupper() for word in weighty) >= 0.75 * len(weighty)


def is_label(text: str) -> bool:
    """Whether a line names one fact: "Customer Service Email: a@b.example", "Update Date: May 14, 2025"."""
    if len(text) > 140:
        return False
    parts = _LABEL.fullmatch(text)
    if parts is None:
        return False
    name, value = parts.group(1), parts.group(2)
    if _SPEAKING.search(name) or len(name.split()) > 6:
        return False
    if _CONTACT_VALUE.search(value) and len(value.split()) <= 14:
        return True
    return (
        not text.endswith(_FINAL)
        and len(value.split()) <= 6
        and len(value) <= 60
        and not _SPEAKING.search(value)
    )


def is_fragment(text: str) -> bool:
    """Whether a unit is no sentence: an address of the web alone, in brackets or not, or no word at all."""
    bare = text.strip("()（）[]<>《》 .。,;")
    if re.fullmatch(r"(?:https?://|www\.)\S+", bare, re.IGNORECASE):
        return True
    return not any(char.isalpha() for char in text)
