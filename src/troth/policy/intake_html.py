"""The visible text of an HTML page as blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from troth.model.errors import Place, SourceError
from troth.policy.block import Block, BlockKind, Intake, words
from troth.policy.source import fold

_HIDDEN = words("""
    script style noscript template nav head svg math iframe object select textarea button audio video
    canvas datalist dialog input
    """)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = words("""
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure
    footer form header hr html legend li main menu ol p pre section summary table tbody tfoot thead tr
    ul
    """) | frozenset(_HEADINGS)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def read_html(text: str, here: Place) -> Intake:
    """The visible text of a page: what scripts, styles, navigation and hidden elements hold is left out.

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
        elif _hidden(node):
            walk.skip_subtree()
            page.hide()
        else:
            page.enter(node)
    page.flush()
    title = root.findtext(".//title") or ""
    return Intake(tuple(page.blocks), fold(title))


def _hidden(node: etree._Element) -> bool:
    """Whether a reader of the page never sees what is inside this element."""
    return (
        node.tag in _HIDDEN
        or node.get("hidden") is not None
        or _NOT_SHOWN.search(node.get("style") or "") is not None
    )


@dataclass(slots=True)
class _Page:
    """The blocks found so far and the text of the one being read."""

    blocks: list[Block] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    kinds: list[tuple[BlockKind, int]] = field(default_factory=lambda: [("paragraph", 0)])
    line: int = 1
    lists: int = 0
    preformatted: int = 0
    skipped: bool = False

    def put(self, text: str | None) -> None:
        """Adds text to the current block."""
        if text:
            self.buffer.append(text if self.preformatted else text.replace("\r", " ").replace("\n", " "))

    def hide(self) -> None:
        """Remembers that the element about to end was never entered."""
        self.skipped = True

    def enter(self, node: etree._Element) -> None:
        """Begins an element."""
        tag = str(node.tag)
        if tag in _BLOCKS or tag == "br":
            self.flush()
            line: object = node.sourceline
            self.line = line if isinstance(line, int) else self.line
        if tag in {"td", "th"}:
            self.buffer.append("\t")
        self.lists += tag in {"ul", "ol"}
        self.preformatted += tag == "pre"
        if tag in _HEADINGS:
            self.kinds.append(("heading", _HEADINGS[tag]))
        elif tag == "li":
            self.kinds.append(("bullet", max(self.lists, 1)))
        elif tag == "tr":
            self.kinds.append(("line", 0))
        self.put(node.text)

    def leave(self, node: etree._Element) -> None:
        """Ends an element; the text after it belongs to what is around it."""
        tag = str(node.tag)
        if self.skipped:
            self.skipped = False
        else:
            if tag in _BLOCKS:
                self.flush()
            if tag in _HEADINGS or tag in {"li", "tr"}:
                self.kinds.pop()
            self.lists -= tag in {"ul", "ol"}
            self.preformatted -= tag == "pre"
        self.put(node.tail)

    def flush(self) -> None:
        """Closes the current block; a preformatted one gives a block a line."""
        text = "".join(self.buffer)
        self.buffer.clear()
        kind, level = self.kinds[-1]
        for line in text.split("\n") if self.preformatted else [text]:
            if line.strip():
                self.blocks.append(Block(kind, line.strip(), self.line, level))
