"""The page of a bundle: whatever stands in the data and in the policy is text there, and never markup."""

from __future__ import annotations

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from troth.enforcement.bundle import Part
from troth.enforcement.page import page

HOSTILE = "\"><script>alert(1)</script>'&amp;<!--{who}{0}%s"
HARMLESS = "plain"


class _Tags(HTMLParser):
    """The elements of a page with the names of their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _index(word: str, many: int, purpose: str) -> tuple[dict[str, Any], list[Part]]:
    """An index in which every text that a house, a person or a policy can choose is the given word."""
    words, term = [word] * many, {"key": word, "en": word, "zh": word}
    terms = [term] * many
    about = {
        "terms": terms,
        "purposes": terms,
        "basis": terms,
        "promised_recipients": terms,
        "retention": terms,
    }
    file = {
        "file": word, "cards": word, "rows": 2, "source": word, "categories": words, "withheld": words, "shared": many,
        "columns": ["one", word], **about,
    }  # fmt: skip
    notice = {
        "provider": word, "controller": word, "version": word, "language": "en", "contact": words, "rights": words,
        "automated_decisions": words, "transfers": words, "sources": words, "complaints_to": terms,
    }  # fmt: skip
    went = {
        "name": word, "times": 1, "first": word, "last": word, "purposes": words, "data": words, "countries": words,
        "safeguards": words,
    }  # fmt: skip
    index = {
        "purpose": purpose, "created": word, "notice": notice, "files": [file], "recipients": [went] * many,
        "receipts": words, "reasons": [{"place": word, "why": word}] * many,
    }  # fmt: skip
    rows = ({"one": word, word: 1},) * many
    part = SimpleNamespace(
        step=SimpleNamespace(place=word), sheet=SimpleNamespace(columns=("one", word)), shown=rows
    )
    return index, [cast("Part", part)]


def _read(text: str) -> _Tags:
    tags = _Tags()
    tags.feed(text)
    return tags


@given(st.integers(0, 3), st.sampled_from(["access", "portability"]))
def test_what_stands_in_it_is_text(many: int, purpose: str) -> None:
    """A page full of hostile words has the elements and attributes of one with harmless words, and shows them as they are."""
    hostile = _read(page(*_index(HOSTILE, many, purpose), HOSTILE))
    harmless = _read(page(*_index(HARMLESS, many, purpose), HARMLESS))
    assert hostile.seen == harmless.seen
    assert hostile.text.replace(HOSTILE, HARMLESS) == harmless.text
