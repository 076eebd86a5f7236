"""What a table is about, by the nouns of its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from troth.datamap.names import tokens, topics, within

# Endings of table names that say nothing: "user_info" is about users.
EMPTY = frozenset(
    {
        "table",
        "tbl",
        "info",
        "data",
        "master",
        "entity",
        "base",
        "detail",
        "details",
        "list",
        "map",
        "xref",
        "rel",
        "t",
        "tb",
        "biao",
        "表",
    }
)
TWINS = (
    "shadow",
    "archive",
    "archived",
    "history",
    "hist",
    "deleted",
    "backup",
    "bak",
    "old",
    "copy",
    "audit",
    "arch",
    "arc",
)


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every phrase of every topic but `mirror`, cut like a name."""
    return tuple(
        (topic, tokens(" ".join(phrase)))
        for topic, phrases in topics().items()
        if topic != "mirror"
        for phrase in phrases
    )


@lru_cache(maxsize=8192)
def ranked(words: tuple[str, ...]) -> tuple[str, ...]:
    """The topics of a table name, the most telling first: the last noun counts most, then a longer phrase."""
    best: dict[str, tuple[int, int]] = {}
    for topic, phrase in _phrases():
        back = within(words, phrase)
        if back >= 0 and (topic not in best or (back, -len(phrase)) < best[topic]):
            best[topic] = (back, -len(phrase))
    return tuple(sorted(best, key=lambda topic: (*best[topic], list(topics()).index(topic))))


def main_words(name: str, prefix: str = "") -> tuple[str, ...]:
    """The words of a table name without schema, shared prefix and empty endings."""
    words = tokens(name.rpartition(".")[2])
    if prefix and len(words) > 1 and words[0] == prefix:
        words = words[1:]
    while len(words) > 1 and (words[-1] in EMPTY or words[-1].isdigit()):
        words = words[:-1]
    return words


def shared_prefix(names: Iterable[str]) -> str:
    """The first word that most tables share ("wp" of wp_posts and wp_users); empty when there is none."""
    cut = [tokens(name.rpartition(".")[2]) for name in names]
    firsts = Counter(words[0] for words in cut if len(words) > 1)
    if len(cut) < 4 or not firsts:
        return ""
    word, count = min(firsts.items(), key=lambda pair: (-pair[1], pair[0]))
    return word if count > 0.6 * len(cut) and not ranked((word,)) else ""


def twin_of(name: str, names: Iterable[str]) -> str:
    """The table that `name` is a shadow, archive or history of; empty when it is none.

    `shadow_instances` and `instances_history` are both twins of `instances`.
    """
    space, dot, bare = name.rpartition(".")
    low = bare.lower()
    known = {one.lower(): one for one in names}
    for word in TWINS:
        for original in (low.removeprefix(word).lstrip("_"), low.removesuffix(word).rstrip("_")):
            if original in ("", low):
                continue
            for guess in (original, original + "s", original.removesuffix("s"), original + "es"):
                if (found := known.get(f"{space}{dot}{guess}".lower())) and found != name:
                    return found
    return ""
