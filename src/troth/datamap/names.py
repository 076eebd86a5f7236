"""Cut names of tables and columns into words: snake case, camel case, glued lower case, pinyin, Chinese."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

from troth.model.errors import TrothError

_PARTS = re.compile(r"ipv[46]|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[\u4e00-\u9fff]+")
# The only words of data names that end in a digit they can not lose.
_IPV = re.compile(r"ipv[46]", re.IGNORECASE)
# The mark of a table of hosting software, glued to a name that need not be a known word: tblaffiliates.
_TABLE = re.compile(r"^tbl(?=[a-z])", re.IGNORECASE)
_UNCUT = 2.2  # cost of a letter that no word covers, against 1 for a word
_SHORT = 1.6  # cost of a word of two letters, which turns up inside other words by chance


@lru_cache(maxsize=1)
def lexicon() -> tuple[dict[str, object], ...]:
    """The rules of `lexicon.toml`, as they stand in the file."""
    return tuple(load("lexicon.toml")["rule"])


@lru_cache(maxsize=1)
def topics() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of `topics.toml`, cut into words, by topic."""
    return {
        topic: tuple(tuple(one.split()) for one in str(names).split("|"))
        for topic, names in load("topics.toml").items()
    }


@lru_cache(maxsize=32)
def word_list(name: str) -> frozenset[str]:
    """A list of words of `words.toml`."""
    return frozenset(str(_words_file()[name]).split())


@lru_cache(maxsize=1)
def _words_file() -> dict[str, Any]:
    return load("words.toml")


def load(name: str) -> dict[str, Any]:
    """A data file of this package.

    Raises:
        TrothError: the file is missing from the installation.
    """
    try:
        text = resources.files("troth.datamap").joinpath(name).read_text("utf-8")
    except FileNotFoundError:
        raise TrothError(
            f"the installation is not complete: {name} is missing", hint="install troth again"
        ) from None
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def words() -> frozenset[str]:
    """Every word that names are cut into."""
    listed = {
        word for rule in lexicon() for phrase in str(rule["names"]).split("|") for word in phrase.split()
    }
    tabled = {word for phrases in topics().values() for phrase in phrases for word in phrase}
    return frozenset(word for word in {*listed, *tabled, *word_list("more")} if len(word) > 1)


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case and singular, in their order.

    `calledStationId`, `called_station_id` and `calledstationid` all give `called station id`.
    """
    found: list[str] = []
    for part in _PARTS.findall(_IPV.sub(_spaced, _TABLE.sub("tbl_", name))):
        low = part.lower()
        found += [low] if low.isdigit() else _cut(low)
    return tuple(singular(one) for one in found)


def _spaced(match: re.Match[str]) -> str:
    return f"_{match.group(0).lower()}_"


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """An English word without its plural ending."""
    if word in {"ids", "ips"}:
        return word[:-1]
    if word.isascii() and len(word) > 3 and word not in word_list("singular"):
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith(("sses", "xes", "ches", "shes", "uses")) and not word.endswith("ouses"):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
            return word[:-1]
    return word


def plural(name: str) -> bool:
    """Whether the last word of a name is an English plural: "visitors" and "member_ids", not "address"."""
    found = tokens(name)
    return name[-1:] in {"s", "S"} and bool(found) and not found[-1].endswith("s")


@lru_cache(maxsize=16384)
def _cut(word: str) -> list[str]:
    """Cut glued lower case into known words; a word that is known, or that no words cover, stays whole."""
    known = words()
    if word in known or singular(word) in known or len(word) < (6 if word.isascii() else 3):
        return [word]
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        choices = [(best[end - 1][0] + _UNCUT, [*best[end - 1][1], "?" + word[end - 1]])]
        for start in range(max(0, end - 14), end - 1):
            piece = word[start:end]
            if piece in known or (len(piece) > 3 and singular(piece) in known):
                cost = best[start][0] + (_SHORT if end - start == 2 else 1.0)
                choices.append((cost, [*best[start][1], piece]))
        best.append(min(choices, key=lambda one: one[0]))
    return _joined(word, best[-1][1])


def _joined(word: str, pieces: list[str]) -> list[str]:
    """Join the letters that no word covers; keep the cut only when words cover enough of them."""
    out: list[str] = []
    loose = ""
    for piece in [*pieces, ""]:
        if piece.startswith("?"):
            loose += piece[1]
            continue
        if loose:
            out.append(loose)
            loose = ""
        if piece:
            out.append(piece)
    covered = sum(len(piece) for piece in pieces if not piece.startswith("?"))
    least = 3 if word.isascii() else 1
    chopped = any(len(piece) < least and piece not in words() for piece in out)
    return out if covered * 2 >= len(word) and not chopped else [word]


def ends_with(name: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether the words of `phrase` are the last words of `name`."""
    return len(phrase) <= len(name) and name[len(name) - len(phrase) :] == phrase


def within(name: tuple[str, ...], phrase: tuple[str, ...]) -> int:
    """Where `phrase` ends in `name`, counted from the end (0 is the last word); -1 when it is not there."""
    for back in range(len(name) - len(phrase) + 1):
        stop = len(name) - back
        if name[stop - len(phrase) : stop] == phrase:
            return back
    return -1
