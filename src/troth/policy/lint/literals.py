"""Substrings that every match of a pattern holds, so that most texts need no search at all."""

from __future__ import annotations

import re

Clause = tuple[str, ...]
Clauses = tuple[Clause, ...]
# The weight of the shortest word, how many words there are below zero, and the words: the greater, the fewer texts.
_Need = tuple[int, int, tuple[str, ...]]

_SHORTEST = 2
_MOST = 3
_TAIL = 3
_LONGEST = 1000
_LOOKING = frozenset({"(?=", "(?!", "(?<=", "(?<!"})
_OPENING = _LOOKING | {"(?:", "("}
_TOKEN = re.compile(
    r"[^\\\[\](){}|*+?.^$]+|\(\?:[^\\\[\](){}*+?.^$]+\)|\\.|\[\^?\]?(?:\\.|[^\\\]])*\]|"
    r"\(\?(?:<?[=!]|:)?|[*+?]\??|\{\d*,?\d*\}\??|.",
    re.DOTALL,
)


def alternatives(pattern: str) -> tuple[tuple[Clauses, str], ...]:
    """The alternatives of a pattern, those of a group that is all of one taken apart, with the words they need.

    A match of an alternative holds a word of each of its clauses, the best clause first; there are none where none can
    be told. The whole pattern is one alternative where it has groups that are read, or flags.

    Args:
        pattern: a regular expression without back references to what is not read.
    """
    if pattern.startswith("(?i)"):
        return (((), pattern),)
    tokens = _TOKEN.findall(pattern)
    if "(?" in tokens:
        return (((), pattern),)
    if "(" in tokens:
        return ((_needed(tokens), pattern),)
    pieces = [piece for branch in _split(tokens) for piece in _pieces(branch)]
    return tuple((_needed(piece), "".join(piece)) for piece in pieces)


def _split(tokens: list[str]) -> list[list[str]]:
    """The alternatives at the top level."""
    found: list[list[str]] = [[]]
    depth = 0
    for one in tokens:
        if one == "|" and not depth:
            found.append([])
            continue
        if one == ")":
            depth -= 1
        elif one in _OPENING:
            depth += 1
        found[-1].append(one)
    return found


def _pieces(tokens: list[str]) -> list[list[str]]:
    """The alternatives of a choice at a border of words: a text that holds one of many needs the others not compiled."""
    start = 1 if tokens[:1] == [r"\b"] else 0
    if tokens[start : start + 1] != ["(?:"]:
        return [tokens]
    depth, end = 1, start + 1
    while depth:
        if tokens[end] == ")":
            depth -= 1
        elif tokens[end] in _OPENING:
            depth += 1
        end += 1
    tail = tokens[end:]
    if len(tail) > _TAIL or (tail and tail[0][0] in "*+?{"):
        return [tokens]
    return [[*tokens[:start], *inner, *tail] for inner in _split(tokens[start + 1 : end - 1])]


def _needed(tokens: list[str]) -> Clauses:
    return _kept(_either(_Reader(tokens).branches()))


def _weight(text: str) -> int:
    return len(text) if text.isascii() else sum(1 if c.isascii() else 2 for c in text)


def _kept(needs: list[_Need]) -> Clauses:
    """The clauses that exclude the most texts, the best first."""
    return tuple(
        words if len(words) == 1 else tuple(sorted(set(words)))
        for _, _, words in sorted(needs, reverse=True)[:_MOST]
    )


def _either(branches: list[list[_Need]]) -> list[_Need]:
    """What a choice requires: a word of the best clause of each branch."""
    if len(branches) == 1:
        return branches[0]
    words: list[str] = []
    shortest, count = _LONGEST, 0
    for branch in branches:
        if not branch:
            return []
        weight, fewer, its = max(branch)
        shortest = min(shortest, weight)
        count += fewer
        words += its
    return [(shortest, count, tuple(words))]


class _Reader:
    """Reads the tokens of a pattern from left to right."""

    __slots__ = ("place", "tokens")

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def branches(self) -> list[list[_Need]]:
        """What each alternative requires, up to the closing bracket."""
        tokens = self.tokens
        found = [self._sequence()]
        while self.place < len(tokens) and tokens[self.place] == "|":
            self.place += 1
            found.append(self._sequence())
        self.place += 1
        return found

    def _sequence(self) -> list[_Need]:
        tokens, count = self.tokens, len(self.tokens)
        found: list[_Need] = []
        run = ""
        while self.place < count:
            token = tokens[self.place]
            char = token[0]
            if char in "|)":
                break
            self.place += 1
            inner: list[_Need] = []
            piece = ""
            if char == "(":
                inner = self._group(token)
            elif char == "\\":
                piece = "" if token[1].isalnum() else token[1]
            elif char not in "[.^$":
                piece = token
            quantifier = tokens[self.place] if self.place < count else ""
            if quantifier and quantifier[0] in "*+?{":
                self.place += 1
                if quantifier[0] in "?*" or quantifier[1:2] in {"0", ","}:
                    inner = []
                    piece = piece[:-1]
                run += piece
            elif piece:
                run += piece
                continue
            if run:
                _add(found, run)
                run = ""
            found += inner
        if run:
            _add(found, run)
        return found

    def _group(self, token: str) -> list[_Need]:
        if len(token) > len("(?<="):
            words = token[len("(?:") : -1].split("|")
            weights = [_weight(word) for word in words]
            return [(min(weights), -len(words), tuple(words))] if min(weights) >= _SHORTEST else []
        inner = _either(self.branches())
        return [] if token in _LOOKING else inner


def _add(found: list[_Need], run: str) -> None:
    weight = _weight(run)
    if weight >= _SHORTEST:
        found.append((weight, -1, (run,)))
