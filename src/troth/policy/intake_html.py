"""The visible text of an HTML page as blocks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from troth.model.errors import Place, SourceError
from troth.policy.block import Block, BlockKind, Intake, table_row, words
from troth.policy.ordinal import ordinal
from troth.policy.source import CJK, fold

_SILENT = words("""
    script style noscript template head svg math select textarea button audio video canvas datalist input
    """)
_HIDDEN = _SILENT | words("nav iframe object dialog")
_EMBEDDED = words("iframe object embed")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = words("""
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure
    footer form header hr html label legend li main menu ol option p pre section summary table tbody td tfoot th
    thead tr ul
    """) | frozenset(_HEADINGS)
_BOLD = words("b strong")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NO_MARKS = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NAVIGATION = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|pagination)(?:$|[-_ ])", re.IGNORECASE
)
_MENU_ROLES = words("navigation menu menubar")
_WRAPPED_HAN = re.compile(rf"(?<=[{CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{CJK}])")
_NOTE_ROLES = words("doc-noteref doc-backlink")
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})[\])]?", re.IGNORECASE)
_BACK = re.compile(r"[↩↑⤴⇑^︎️\s]+")
_MENU_NODES = 2_000  # elements and ends of elements that a menu has at most
_NAMED = 10  # hidden passages that are named one by one
_SHOWN = 40  # characters of a hidden passage that a message shows


def read_html(text: str, here: Place) -> Intake:
    """The visible text of a page: what scripts, styles, navigation and hidden elements hold is left out.

    Numbers of an ordered list are words that its readers see and refer to, so they stand before its items. Hidden
    passages, which a page may show on a click, menus and embedded pages are named in `lost`.

    Args:
        text: the page.
        here: the file, for messages.

    Raises:
        SourceError: the page can not be read as HTML.
    """
    # No network, no external entities; size is bounded by the caller, so the depth limit of libxml2 may go.
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(_DECLARATION.sub("", text, count=1), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(
            "the page can not be read as HTML", here, hint="save the page again, or give its text"
        ) from error
    # What lies deeper than the parser goes would be lost in silence.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError("the page is nested too deeply", here, hint="give the text of the page")
    page = _Page()
    for event, node in (walk := etree.iterwalk(root, events=("start", "end", "comment"))):
        if event == "comment":
            page.put(node.tail)
        elif event == "end":
            page.leave(node)
        elif _marks_note(node):
            walk.skip_subtree()
            page.unmark(node)
        elif _hidden(node):
            walk.skip_subtree()
            page.hide(node)
        else:
            page.enter(node)
    page.flush()
    title = root.findtext(".//title") or ""
    return Intake(tuple(page.blocks), fold(title), tuple(page.lost()))


def _hidden(node: etree._Element) -> bool:
    """Whether a reader of the page never sees what is inside this element, or finds only the way around in it."""
    return (
        node.tag in _HIDDEN
        or node.get("hidden") is not None
        or _NOT_SHOWN.search(node.get("style") or "") is not None
        or _is_menu(node)
    )


def _marks_note(node: etree._Element) -> bool:
    """Whether an element only leads from a word to its footnote, or back: Word files have these as marks, too."""
    if node.get("role") in _NOTE_ROLES:
        return True
    if node.tag not in {"a", "sup"}:
        return False
    links = [node] if node.tag == "a" else node.findall(".//a")
    if not any((link.get("href") or "").startswith("#") for link in links):
        return False
    shown = "".join(map(str, node.itertext())).strip()
    if _BACK.fullmatch(shown):
        return True
    raised = node.tag == "sup" or _called_note(node)
    return raised and _MARK.fullmatch(shown) is not None


def _called_note(node: etree._Element) -> bool:
    called = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('href') or ''}"
    return re.search(r"(?:foot|end)note|\bfn(?:ref)?\b|#fn", called, re.IGNORECASE) is not None


def _is_menu(node: etree._Element) -> bool:
    """Whether an element is called a menu, or stands above or below the page, and holds nothing but links."""
    if node.get("role") in _MENU_ROLES:
        return True
    called = f"{node.get('class') or ''} {node.get('id') or ''}"
    aside = node.tag in {"header", "footer"} or _NAVIGATION.search(called)
    if node.tag in {"html", "body", "main", "article"} or not aside:
        return False
    linked = False
    for count, (event, one) in enumerate(walk := etree.iterwalk(node, events=("start", "end", "comment"))):
        if count > _MENU_NODES or ((one is not node or event == "start") and _says(_beside(one, event))):
            return False
        if event == "start" and one.tag == "a":
            linked = True
            walk.skip_subtree()
    return linked


def _beside(one: etree._Element, event: str) -> str | None:
    """The text that stands behind this point of a walk and outside links."""
    return (None if one.tag == "a" else one.text) if event == "start" else one.tail


def _says(text: str | None) -> bool:
    return text is not None and any(char.isalnum() for char in text)


def _is_bold(node: etree._Element) -> bool:
    return node.tag in _BOLD or _BOLD_STYLE.search(node.get("style") or "") is not None


@dataclass(slots=True)
class _List:
    """A list being read: the number of its next item, None where its items have no numbers."""

    number: int | None = None
    step: int = 1
    kind: str = "1"


def _list(node: etree._Element) -> _List:
    """The list that begins at an element (HTML Standard, 4.4.5)."""
    if node.tag != "ol" or _NO_MARKS.search(node.get("style") or ""):
        return _List()
    backwards = node.get("reversed") is not None
    items = sum(1 for child in node if child.tag == "li")
    first = _whole(node.get("start"), items if backwards else 1)
    return _List(first, -1 if backwards else 1, node.get("type") or "1")


def _whole(text: str | None, default: int) -> int:
    """The whole number an attribute holds, or the default."""
    found = re.match(r"\s*-?\d{1,6}", text or "")
    return int(found[0]) if found else default


@dataclass(slots=True)
class _Row:
    """A row of a table being read: the blocks of its cells."""

    line: int
    cells: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """The blocks found so far and the text of the one being read."""

    blocks: list[Block] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    kinds: list[tuple[BlockKind, int]] = field(default_factory=lambda: [("paragraph", 0)])
    line: int = 1
    lists: list[_List] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    preformatted: int = 0
    bold: int = 0
    plain: bool = False  # whether the current block has words that are not bold
    mark: str = ""  # the number of the list item that begins
    skipped: bool = False
    hidden: list[str] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)

    def put(self, text: str | None) -> None:
        """Adds text to the current block."""
        if text:
            self.buffer.append(text)
            self.plain = self.plain or (not self.bold and not text.isspace())

    def hide(self, node: etree._Element) -> None:
        """Remembers that the element about to end was never entered, and what is lost with it."""
        self.skipped = True
        if node.tag in _SILENT:
            return
        if node.tag in _EMBEDDED:
            self.unread["embedded page"] += 1
        elif node.tag != "nav" and (words_ := fold(" ".join(map(str, node.itertext())))):
            self.hidden.append(words_)

    def unmark(self, node: etree._Element) -> None:
        """Remembers that a mark of a footnote was never entered."""
        self.skipped = True
        if not _BACK.fullmatch("".join(map(str, node.itertext())).strip() or "^"):
            self.unread["mark of a footnote"] += 1

    def lost(self) -> list[str]:
        """What was left out, in words."""
        found = [
            f"{count} {what.replace('mark', 'marks', 1) if count > 1 and ' of ' in what else what + 's' * (count > 1)}"
            for what, count in self.unread.items()
        ]
        found += [f'hidden or a menu: "{_short(text)}"' for text in self.hidden[:_NAMED]]
        more = len(self.hidden) - _NAMED
        return [*found, f"{more} more hidden passages"] if more > 0 else found

    def enter(self, node: etree._Element) -> None:
        """Begins an element."""
        tag = str(node.tag)
        if tag in _BLOCKS or tag == "br":
            self.flush()
            line: object = node.sourceline
            self.line = line if isinstance(line, int) else self.line
        if tag == "tr":
            self.rows.append(_Row(self.line))
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].cells.append([])
        elif tag in {"ul", "ol", "menu"}:
            self.lists.append(_list(node))
        self.preformatted += tag == "pre"
        self.bold += _is_bold(node)
        if level := _level(node):
            self.kinds.append(("heading", level))
        elif tag == "li":
            self.kinds.append(("bullet", max(len(self.lists), 1)))
            self.mark = self._number(node)
        elif tag in {"td", "th"}:
            self.kinds.append(("paragraph", 0))
        self.put(node.text)

    def _number(self, node: etree._Element) -> str:
        """The number of a list item as it is shown, and the space behind it."""
        if not self.lists or self.lists[-1].number is None:
            return ""
        home = self.lists[-1]
        number = _whole(node.get("value"), home.number or 0)
        home.number = number + home.step
        return f"{ordinal(number, node.get('type') or home.kind)}. "

    def leave(self, node: etree._Element) -> None:
        """Ends an element; the text after it belongs to what is around it."""
        tag = str(node.tag)
        if self.skipped:
            self.skipped = False
        else:
            if tag in _BLOCKS:
                self.flush()
            if _level(node) or tag in {"li", "td", "th"}:
                self.kinds.pop()
            if tag == "li":
                self.mark = ""
            if tag in {"ul", "ol", "menu"}:
                self.lists.pop()
            if tag == "tr":
                self._end_row()
            self.preformatted -= tag == "pre"
            self.bold -= _is_bold(node)
        self.put(node.tail)

    def _end_row(self) -> None:
        row = self.rows.pop()
        self._add(table_row(row.cells, row.line))

    def _add(self, blocks: tuple[Block, ...]) -> None:
        """Adds blocks to the page, or to the cell of the table that is being read."""
        home = self.rows[-1].cells[-1] if self.rows and self.rows[-1].cells else self.blocks
        home.extend(blocks)

    def flush(self) -> None:
        """Closes the current block; a preformatted one gives a block a line."""
        text = "".join(self.buffer)
        self.buffer.clear()
        plain, self.plain = self.plain, False
        if not text.strip():
            return
        kind, level = self.kinds[-1]
        if kind == "paragraph" and not plain:
            kind = "bold"
        if not self.preformatted:
            text = re.sub(r"[\r\n]+", " ", _WRAPPED_HAN.sub("", text))
        for line in text.split("\n"):
            if line.strip():
                self._add((Block(kind, self.mark + line.strip(), self.line, level),))
                self.mark = ""


def _level(node: etree._Element) -> int:
    """Level of a heading, by its element or by its role (WAI-ARIA 1.2); 0 where it is none."""
    if node.get("role") == "heading":
        return min(max(_whole(node.get("aria-level"), 2), 1), 6)
    return _HEADINGS.get(str(node.tag), 0)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + " …"
