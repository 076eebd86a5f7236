"""Which marks of the map follow a word on a purpose: a consent, its withdrawal, an objection."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from troth.model.datamap import DataMap
from troth.model.mark import RESTRICTED
from troth.model.vocabulary import Vocabulary

Switches = Mapping[tuple[str, str], bool]
"""By store and name of a mark, what it says from now on."""


def switches(one: DataMap, words: Vocabulary, key: str, scope: str, *, on: bool) -> Switches:
    """The marks that follow a yes or a no to a purpose, store by store.

    Those of the purpose and of what is below it; of the scope alone where a mark names it. A no, and only a no, reaches
    further: in a store where no mark of the purpose follows it, the nearest broader one does, because it is the only switch
    there that stops the purpose.

    Args:
        one: the reviewed data map.
        words: the vocabulary of the policy.
        key: the purpose.
        scope: a channel, recipient or list; empty for all.
        on: whether it is a yes.
    """
    found: dict[tuple[str, str], bool] = {}
    levels = [words.covers("purpose", key)]
    levels += [] if on else [frozenset({term.key}) for term in words.above("purpose", key)]
    for store, names in _by_store(one):
        about = ({name for name in names if _key(words, name) in level} for level in levels)
        chosen = next((some for some in (_scoped(each, scope) for each in about) if some), set[str]())
        found |= dict.fromkeys(((store, name) for name in sorted(chosen)), on)
    return found


def switches_beside(one: DataMap, purposes: Collection[str]) -> list[str]:
    """The marks of purposes that held data does not serve.

    Args:
        one: the reviewed data map.
        purposes: those that it is held for.
    """
    every = {name for table in one.personal() for name in table.marks} - {RESTRICTED}
    return sorted(name for name in every if name.partition("@")[0] not in purposes)


def _by_store(one: DataMap) -> Iterator[tuple[str, set[str]]]:
    tables = one.personal()
    for store in sorted({table.store for table in tables}):
        marks = {name for table in tables if table.store == store for name in table.marks}
        yield store, marks - {RESTRICTED}


def _key(words: Vocabulary, name: str) -> str:
    """The purpose that a mark is about; empty where it is about none."""
    term = words.find("purpose", name.partition("@")[0])
    return term.key if term is not None else ""


def _scoped(names: set[str], scope: str) -> set[str]:
    """Of some marks those of a scope; where none names it, those of no scope."""
    narrow = {name for name in names if scope and name.partition("@")[2] == scope}
    return narrow or {name for name in names if not scope or "@" not in name}
