"""A wording that detectors look for: a lazy regular expression behind a cheap substring test."""

from __future__ import annotations

import re
from collections.abc import Iterator


class Phrase:
    """A pattern over lower-case text that is compiled when a text first holds one of its triggers.

    Most policies hold few of the wordings looked for, and a substring test costs a fiftieth of a search, so
    a whole policy is read in milliseconds and importing the package compiles nothing.
    """

    __slots__ = ("_regex", "pattern", "triggers")

    def __init__(self, pattern: str, triggers: str = "") -> None:
        """Name the wording.

        Args:
            pattern: regular expression over lower-case text with straight quotes.
            triggers: substrings parted by "|"; every match holds at least one. Empty: always search.
        """
        self.pattern = pattern
        self.triggers = tuple(triggers.split("|")) if triggers else ()
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        if self._regex is None:
            self._regex = re.compile(self.pattern)
        return self._regex

    def search(self, low: str) -> re.Match[str] | None:
        """The first match in a lower-case text, or None."""
        for trigger in self.triggers:
            if trigger in low:
                return self.regex.search(low)
        return None if self.triggers else self.regex.search(low)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start of a text, or None."""
        return self.regex.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of a whole text, or None."""
        return self.regex.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text."""
        return self.regex.finditer(text)

    def findall(self, text: str) -> list[str]:
        """The words of every match of a pattern with at most one group."""
        return [match[match.lastindex or 0] for match in self.regex.finditer(text)]

    def sub(self, new: str, text: str) -> str:
        """The text with every match replaced."""
        return self.regex.sub(new, text)

    def __repr__(self) -> str:
        return f"Phrase({self.pattern!r})"
