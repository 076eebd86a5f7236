"""Damage done to a text on purpose: small edits at random places, with pieces that parsers stumble over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Act = Literal[
    "insert", "delete", "repeat", "swap", "replace", "drop line", "repeat line", "swap lines", "join lines"
]
ACTS: tuple[Act, ...] = (
    "insert", "delete", "repeat", "swap", "replace", "drop line", "repeat line", "swap lines", "join lines",
)  # fmt: skip

PIECES: tuple[str, ...] = (
    # marks of the layout
    "{", "}", "{}", "{#", "{#s1}", "{#s1 p}", "{?}", "{?0.5 p}", "{i:}", "{i:aim}", "{=p}", " {x}", "\\",
    "\\{", "\\#", "+++", "\n+++\n",
    "```", "\n```\n", "\n```troth\n", "```python\n", "# ", "\n# \n", "###### ", "\n\n", "\n", "  ", "\t",
    "    ", "- ", "1) ",
    # words of the rules
    "x", "\n  may use ", "  never ", "when ", "until ", "unless ", "except x: ", "not ", "and ", "or ", "(",
    ")", "[", "]",
    ",", ",\n", "', '\\", ":", "=", "<=", "!=", "~", "~7 ", "within 30 days ", "every 0 days ", "since ",
    "means ", "define a means a\n",
    "x", "fact x: flag\n", "fact x: number days\n", "x", "y", "seal 00\n", "draft 9\n",
    "-1", "0", "1e9", "9" * 400, "٣", "²", "0.0", "1.",
    # odd characters
    "\0", "\r", "\r\n", "\v", "\f", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200e",
    "\u202e", "\u2066", "\u2028", "\u2029",
    "\ufeff", "\ufffd", "\uffff", "\U0001f512", "\U000e0041", "a\u0301", "e\u0328\u0301", "ａ", "а", "ﬁ",
    "İ", "ß", "隐私", "。", "：", "（一）", "١",
)  # fmt: skip


@dataclass(frozen=True)
class Damage:
    """One edit.

    Attributes:
        act: what is done.
        place: where, as a share of the text (0 to 1).
        other: a second place, or how much is taken, as a share.
        piece: what is put in.
    """

    act: Act
    place: float
    other: float
    piece: str


def damaged(text: str, damages: Sequence[Damage]) -> str:
    """The text after every edit."""
    for one in damages:
        text = _lines(text, one) if "line" in one.act else _characters(text, one)
    return text


def _characters(text: str, one: Damage) -> str:
    at = int(one.place * len(text))
    size = 1 + int(one.other**4 * 200)
    taken = text[at : at + size]
    match one.act:
        case "insert":
            return text[:at] + one.piece + text[at:]
        case "delete":
            return text[:at] + text[at + size :]
        case "repeat":
            return text[:at] + taken * 3 + text[at + size :]
        case "swap":
            return text[:at] + taken[::-1] + text[at + size :]
        case _:
            return text[:at] + one.piece + text[at + size :]


def _lines(text: str, one: Damage) -> str:
    rows = text.split("\n")
    at, other = int(one.place * (len(rows) - 1)), int(one.other * (len(rows) - 1))
    match one.act:
        case "drop line":
            del rows[at]
        case "repeat line":
            rows.insert(other, rows[at])
        case "join lines":
            rows[at : at + 2] = ["".join(rows[at : at + 2])]
        case _:
            rows[at], rows[other] = rows[other], rows[at]
    return "\n".join(rows)
