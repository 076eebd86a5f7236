"""A wording that detectors look for: a lazy regular expression behind cheap substring tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.policy.lint.literals import required, split


class Phrase:
    """A pattern over lower-case text, compiled alternative by alternative when a text first holds its words.

    Most policies hold few of the wordings looked for, and a substring test costs a fiftieth of a search, so
    a whole policy is read in milliseconds and importing the package compiles nothing.
    """

    __slots__ = ("_parts", "_regex", "pattern", "triggers")

    def __init__(self, pattern: str, triggers: str = "") -> None:
        """Name the wording.

        Args:
            pattern: regular expression over lower-case text with straight quotes.
            triggers: substrings parted by "|"; every match holds at least one. Empty: always search.
        """
        self.pattern = pattern
        self.triggers = tuple(triggers.split("|")) if triggers else ()
        self._regex: re.Pattern[str] | None = None
        self._parts: tuple[_Part, ...] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        if self._regex is None:
            self._regex = re.compile(self.pattern)
        return self._regex

    def parts(self, low: str) -> tuple[_Part, ...]:
        """The alternatives that a text can hold at all."""
        if self._parts is None:
            self._parts = tuple(_Part(p) for p in split(self.pattern))
        return tuple(p for p in self._parts if p.possible(low))

    def search(self, low: str) -> re.Match[str] | None:
        """The first match in a lower-case text, or None."""
        if self.triggers and not any(trigger in low for trigger in self.triggers):
            return None
        return first(self.parts(low), low)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start of a text, or None."""
        return self.regex.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of a whole text, or None."""
        return self.regex.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text."""
        return self.regex.finditer(text) if self.parts(text) else iter(())

    def findall(self, text: str) -> list[str]:
        """The words of every match of a pattern with at most one group."""
        return [match[match.lastindex or 0] for match in self.finditer(text)]

    def sub(self, new: str, text: str) -> str:
        """The text with every match replaced."""
        return self.regex.sub(new, text)

    def __repr__(self) -> str:
        return f"Phrase({self.pattern!r})"


class _Part:
    """One alternative of a pattern."""

    __slots__ = ("_regex", "pattern", "words")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.words = required(pattern)
        self._regex: re.Pattern[str] | None = None

    def possible(self, low: str) -> bool:
        """Whether the text holds a word without which there is no match."""
        return not self.words or any(word in low for word in self.words)

    def search(self, low: str) -> re.Match[str] | None:
        """The first match, or None."""
        if self._regex is None:
            self._regex = re.compile(self.pattern)
        return self._regex.search(low)


def first(parts: tuple[_Part, ...], low: str) -> re.Match[str] | None:
    """The leftmost match of several alternatives, the earlier alternative where two start alike."""
    best: re.Match[str] | None = None
    for part in parts:
        if part.possible(low):
            found = part.search(low)
            if found and (best is None or found.start() < best.start()):
                best = found
    return best
