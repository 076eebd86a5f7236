"""A sentence of a published text: the unit that promises are bound to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Element = Literal["heading", "sentence", "bullet", "label", "fragment"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One unit of a text, in text order.

    Attributes:
        id: stable name of the unit in its text ("hkc-057"; "s12" where the file names none).
        line: line of the file it stands on, from 1.
        text: the exact words, white space folded to single spaces, bullet sign included.
        element: what it is in the text.
        section: the headings above it, outermost first.
        paragraph: number of the paragraph it belongs to, from 1; headings are paragraphs of their own.
        depth: how deep in lists it stands, from 1, where a page or Word file says so; otherwise 0.
    """

    id: str
    line: int
    text: str
    element: Element = "sentence"
    section: tuple[str, ...] = ()
    paragraph: int = 0
    depth: int = 0
