"""Styles of a Word file: which paragraphs are headings or list items, which words are bold or hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING = re.compile(r"(?:heading|标题|標題)\s*(\d)", re.IGNORECASE)
_LIST = re.compile(r"list|列表|清單", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "標題"})
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*\d", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off"})
_BODY_LEVEL = 9  # the outline level of text that is no heading
_LONGEST_CHAIN = 20  # styles that are based on each other; Word itself allows 10


@dataclass(frozen=True, slots=True)
class WordStyles:
    """The styles of a file by their ids, and the numbered lists.

    Attributes:
        styles: the element of each style.
        numbered: the lists whose items have a number and no bullet sign, as (list, level).
    """

    styles: dict[str, etree._Element]
    numbered: frozenset[tuple[str, str]] = frozenset()

    def heading(self, paragraph: etree._Element) -> int:
        """Level of the heading that a paragraph is, from 1; 0 where it is none."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        chain = self._chain(paragraph.find(f"{W}pPr/{W}pStyle"))
        for level in (own, *(style.find(f"{W}pPr/{W}outlineLvl") for style in chain)):
            if level is not None and value(level).isdigit():
                return int(value(level)) + 1 if int(value(level)) < _BODY_LEVEL else 0
        for name in map(_name, chain):
            found = _HEADING.search(name)
            if found:
                return int(found[1])
            if name.lower() in _TITLES:
                return 1
        return 0

    def listed(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is an item of a list."""
        chain = self._chain(paragraph.find(f"{W}pPr/{W}pStyle"))
        return self._numbering(paragraph) is not None or any(_LIST.search(_name(style)) for style in chain)

    def counted(self, paragraph: etree._Element) -> bool:
        """Whether Word shows a number before a paragraph that does not stand in its text."""
        found = self._numbering(paragraph)
        if found is None:
            return False
        level = found.find(f"{W}ilvl")
        key = (value(found.find(f"{W}numId")), value(level) if level is not None else "0")
        return key in self.numbered

    def of_contents(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        return any(_CONTENTS.match(_name(one)) for one in self._chain(paragraph.find(f"{W}pPr/{W}pStyle")))

    def has(self, name: str, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether a run has a property that is on or off ("b", "vanish"): its own, else that of its styles."""
        own = run.find(f"{W}rPr/{W}{name}")
        styles = (
            *self._chain(run.find(f"{W}rPr/{W}rStyle")),
            *self._chain(paragraph.find(f"{W}pPr/{W}pStyle")),
        )
        for found in (own, *(style.find(f"{W}rPr/{W}{name}") for style in styles)):
            if found is not None:
                return is_on(found)
        return False

    def _numbering(self, paragraph: etree._Element) -> etree._Element | None:
        """The list that a paragraph stands in, by itself or by its style."""
        styles = self._chain(paragraph.find(f"{W}pPr/{W}pStyle"))
        for one in (paragraph, *styles):
            found = one.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found if value(found.find(f"{W}numId")) != "0" else None
        return None

    def _chain(self, named: etree._Element | None) -> list[etree._Element]:
        """A style and those that it is based on, nearest first."""
        chain: list[etree._Element] = []
        name = value(named)
        while name in self.styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self.styles[name])
            name = value(chain[-1].find(f"{W}basedOn"))
        return chain


def styles_of(styles: etree._Element, numbering: etree._Element | None) -> WordStyles:
    """The styles of a file from its parts `styles` and `numbering`."""
    named = {style.get(f"{W}styleId") or "": style for style in styles.iter(f"{W}style")}
    counted: set[tuple[str, str]] = set()
    if numbering is not None:
        levels = {
            one.get(f"{W}abstractNumId"): one.findall(f"{W}lvl") for one in numbering.iter(f"{W}abstractNum")
        }
        for one in numbering.iter(f"{W}num"):
            for level in levels.get(value(one.find(f"{W}abstractNumId")), []):
                if value(level.find(f"{W}numFmt")) not in {"bullet", "none", ""}:
                    counted.add((one.get(f"{W}numId") or "", level.get(f"{W}ilvl") or "0"))
    return WordStyles(named, frozenset(counted))


def value(element: etree._Element | None) -> str:
    """The attribute `val` of an element, "" where either is missing."""
    return "" if element is None else (element.get(f"{W}val") or "")


def is_on(element: etree._Element) -> bool:
    """Whether a property is switched on (ECMA-376-1, 17.17.4): it is where it says nothing else."""
    return value(element).lower() not in _OFF


def _name(style: etree._Element) -> str:
    return value(style.find(f"{W}name"))
