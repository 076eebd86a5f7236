"""Substrings that every match of a pattern holds, so that most texts need no search at all."""

from __future__ import annotations

_SHORTEST = 2
_ZERO_WIDTH = frozenset("bBAZ")
_CLASSES = frozenset("wWsSdD")


def split(pattern: str) -> tuple[str, ...]:
    """The alternatives of a pattern at its top level; the whole pattern where it has groups that are read or flags."""
    if pattern.startswith("(?i)") or _captures(pattern):
        return (pattern,)
    parts, depth, start, place = [], 0, 0, 0
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            place += 1
        elif char == "[":
            place = _class_end(pattern, place)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            parts.append(pattern[start:place])
            start = place + 1
        place += 1
    return (*parts, pattern[start:])


def _captures(pattern: str) -> bool:
    place = 0
    while place < len(pattern):
        if pattern[place] == "\\":
            place += 1
        elif pattern[place] == "[":
            place = _class_end(pattern, place)
        elif pattern[place] == "(" and pattern[place + 1 : place + 2] != "?":
            return True
        place += 1
    return False


def _class_end(pattern: str, place: int) -> int:
    """The place of the bracket that closes a character class."""
    place += 2 if pattern[place + 1] != "\\" else 1
    while pattern[place] != "]":
        place += 2 if pattern[place] == "\\" else 1
    return place


def required(pattern: str) -> tuple[str, ...]:
    """Substrings of which every match holds at least one; empty where none can be told.

    Args:
        pattern: a regular expression without back references.
    """
    if pattern.startswith("(?i)"):
        return ()
    return tuple(sorted(_Reader(pattern).branches() or ()))


def _weight(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set that excludes more texts: its shortest word is longer, or it has fewer words."""
    if not one or not other:
        return one or other
    mine, its = min(map(_weight, one)), min(map(_weight, other))
    return one if (mine, -len(one)) >= (its, -len(other)) else other


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0

    def branches(self) -> frozenset[str] | None:
        """The union over the alternatives up to the closing bracket, or None where one has no word."""
        found: frozenset[str] | None = frozenset()
        while True:
            best = self._sequence()
            found = found | best if found is not None and best else None
            if self.place >= len(self.pattern) or self.pattern[self.place] == ")":
                return found
            self.place += 1

    def _sequence(self) -> frozenset[str] | None:
        best: frozenset[str] | None = None
        run = ""
        while self.place < len(self.pattern) and self.pattern[self.place] not in "|)":
            piece, inner = self._piece()
            optional, repeated = self._quantified()
            if piece and not optional:
                run += piece
            if not piece or optional or repeated:
                best = _better(best, frozenset({run}) if _weight(run) >= _SHORTEST else None)
                run = ""
                best = _better(best, inner if inner and not optional else None)
        return _better(best, frozenset({run}) if _weight(run) >= _SHORTEST else None)

    def _piece(self) -> tuple[str, frozenset[str] | None]:
        """One literal character, or what a group requires; both empty for anything else."""
        char = self.pattern[self.place]
        self.place += 1
        if char == "\\":
            escaped = self.pattern[self.place]
            self.place += 1
            plain = escaped not in _ZERO_WIDTH and escaped not in _CLASSES and not escaped.isalnum()
            return (escaped, None) if plain else ("", None)
        if char == "[":
            self.place = _class_end(self.pattern, self.place - 1) + 1
            return "", None
        if char == "(":
            return "", self._group()
        return ("", None) if char in ".^$" else (char, None)

    def _group(self) -> frozenset[str] | None:
        looking = self.pattern.startswith(("?=", "?!", "?<=", "?<!"), self.place)
        if self.pattern.startswith("?", self.place):
            self.place += 3 if self.pattern.startswith("?<", self.place) else 2
        inner = self.branches()
        self.place += 1
        return None if looking else inner

    def _quantified(self) -> tuple[bool, bool]:
        """Whether what was read may be left out, and whether it may stand more than once."""
        rest = self.pattern[self.place : self.place + 1]
        if rest and rest in "?*+":
            self.place += 1
        elif rest == "{":
            end = self.pattern.index("}", self.place)
            optional = self.pattern[self.place + 1] in "0,"
            self.place = end + 1
            rest = "*" if optional else "+"
        else:
            return False, False
        if self.pattern[self.place : self.place + 1] == "?":
            self.place += 1
        return rest in "?*", True
