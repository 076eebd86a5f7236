"""A wording that detectors look for: a lazy regular expression behind a cheap substring test."""

from __future__ import annotations

import re


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

    def __repr__(self) -> str:
        return f"Phrase({self.pattern!r})"
