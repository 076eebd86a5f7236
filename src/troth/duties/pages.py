"""The published policy, looked at where people read it: a file or an address, its text against the text that holds.

registers/pages.toml    [[page]]
                        place = "policy-page"                   # a place of the policy's words
                        at = "http://127.0.0.1:8000/privacy"    # or a file, from the folder of the project
"""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from troth.model.errors import TrothError
from troth.model.policy import Policy

REGISTER = "pages"
SECONDS = 20
MOST = 8 << 20  # bytes of a page
_BLANK = re.compile(r"\s+")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was found.

    Attributes:
        place: which page, in the policy's words.
        sentences: how many sentences of the policy it must hold.
        missing: ids of those that it does not hold in their order.
    """

    place: str
    sentences: int
    missing: tuple[str, ...]


def crawl(register: Mapping[str, Any], policy: Policy, folder: Path) -> tuple[Page, ...]:
    """Every page of the register, against the text of a policy.

    Args:
        register: the register of pages.
        policy: the policy whose sentences must stand there, in their order.
        folder: where files are named from.

    Raises:
        TrothError: a page can not be read; the message names its place.
    """
    return tuple(_page(one, policy, folder) for one in register.get("page", []))


def _page(one: Mapping[str, Any], policy: Policy, folder: Path) -> Page:
    place, at = str(one.get("place", "policy-page")), str(one.get("at", ""))
    text = _plain(_fetched(place, at, folder))
    missing, start = [], 0
    for binding in policy.sentences:
        wanted = _squeezed(binding.sentence.text)
        found = text.find(wanted, start)
        if found < 0:
            missing.append(binding.sentence.id)
        else:
            start = found + len(wanted)
    return Page(place, len(policy.sentences), tuple(missing))


def _fetched(place: str, at: str, folder: Path) -> str:
    parts = urlsplit(at)
    try:
        if parts.scheme in {"http", "https"}:
            with urllib.request.urlopen(at, timeout=SECONDS) as answer:  # noqa: S310 - the scheme was looked at
                return str(
                    answer.read(MOST).decode(answer.headers.get_content_charset() or "utf-8", "replace")
                )
        if parts.scheme:
            raise TrothError(
                f"the page `{place}` is at no address that can be read",
                hint="write http://, https:// or a file",
            )
        with (folder / at).open("rb") as file:
            return file.read(MOST).decode("utf-8", "replace")
    except (OSError, urllib.error.URLError, ValueError) as error:
        raise TrothError(
            f"the page `{place}` can not be read", hint="is it there, and can it be reached?"
        ) from error


class _Text(HTMLParser):
    """What a reader of a page sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as the parser calls it
        """A tag begins."""
        self._hidden += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        self._hidden -= tag in _UNSEEN and self._hidden > 0

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._hidden:
            self.parts.append(data)


def _plain(text: str) -> str:
    if "<" not in text:
        return _squeezed(html.unescape(text))
    reader = _Text()
    reader.feed(text)
    return _squeezed(" ".join(reader.parts))


def _squeezed(text: str) -> str:
    """A text without blanks, so that the layout of a page does not count."""
    return _BLANK.sub("", text)
