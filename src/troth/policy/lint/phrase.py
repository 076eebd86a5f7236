"""A wording that detectors look for: a lazy regular expression behind cheap substring tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from troth.policy.lint.frames import Frame
from troth.policy.lint.literals import Clauses, alternatives


class Phrase:
    """A pattern over lower-case text, compiled alternative by alternative when a text first holds its words.

    Most policies hold few of the wordings looked for, and a substring test costs a fiftieth of a search, so
    a whole policy is read in milliseconds and importing the package compiles nothing.
    """

    __slots__ = ("_parts", "_regex", "frames", "pattern")

    def __init__(self, pattern: str, *frames: Frame) -> None:
        """Name the wording.

        Args:
            pattern: regular expression over lower-case text with straight quotes.
            frames: the same thing said by kinds of words; `search` finds them too, matching and replacing do not.
        """
        self.pattern = pattern
        self.frames = frames
        self._regex: re.Pattern[str] | None = None
        self._parts: tuple[Alternative, ...] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        if self._regex is None:
            self._regex = re.compile(self.pattern)
        return self._regex

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The alternatives of the pattern, each with the words without which it can not match; no frames."""
        if self._parts is None:
            self._parts = tuple((clauses, Part(p)) for clauses, p in alternatives(self.pattern))
        return self._parts

    def search(self, low: str) -> re.Match[str] | None:
        """The first match in a lower-case text, or None."""
        found = first(self.alternatives, low)
        return leftmost(self.frames, low, found) if self.frames else found

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start of a text, or None."""
        return self.regex.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of a whole text, or None."""
        return self.regex.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text."""
        held = may_match_any(self.alternatives, text)
        return self.regex.finditer(text) if held else iter(())

    def findall(self, text: str) -> list[str]:
        """The words of every match of a pattern with at most one group."""
        return [match[match.lastindex or 0] for match in self.finditer(text)]

    def sub(self, new: str, text: str) -> str:
        """The text with every match replaced."""
        return self.regex.sub(new, text)

    def __repr__(self) -> str:
        return f"Phrase({self.pattern!r})"


class Part:
    """One alternative of a pattern, compiled when it is first searched for."""

    __slots__ = ("_regex", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._regex: re.Pattern[str] | None = None

    def search(self, low: str) -> re.Match[str] | None:
        """The first match, or None."""
        if self._regex is None:
            self._regex = re.compile(self.pattern)
        return self._regex.search(low)


Alternative = tuple[Clauses, Part]


def may_match_any(parts: tuple[Alternative, ...], text: str) -> bool:
    """Whether a text holds the words of any of several alternatives; in one loop, because nothing is asked more often."""
    for clauses, _ in parts:
        for words in clauses:
            for word in words:
                if word in text:
                    break
            else:
                break
        else:
            return True
    return False


def first(parts: tuple[Alternative, ...], low: str) -> re.Match[str] | None:
    """The leftmost match of several alternatives, the earlier alternative where two start alike."""
    best: re.Match[str] | None = None
    for clauses, part in parts:
        for words in clauses:
            for word in words:
                if word in low:
                    break
            else:
                break
        else:
            found = part.search(low)
            if found and (best is None or found.start() < best.start()):
                best = found
    return best


def leftmost(
    parts: Iterable[Part | Frame], low: str, found: re.Match[str] | None = None
) -> re.Match[str] | None:
    """The leftmost of a match and of what alternatives and frames find in a lower-case text."""
    for part in parts:
        match = part.search(low)
        if match and (found is None or match.start() < found.start()):
            found = match
    return found
