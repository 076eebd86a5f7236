"""Exceptions and conditions that a sentence names, as tests of declared facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from troth.policy.draft.table import read_rows

if TYPE_CHECKING:
    from troth.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Exempted:
    """A named exception: "legal-duty: required-by-law"."""

    name: str
    condition: str


_EXCEPTS = re.compile(
    r"\b(?:unless|except(?!ion)|other than|without|apart from)\b(.*)|除非(.*)|但(.{1,80}?)除外|除(?!外)(.*)|未经(.{1,80}?同意)"
)


@cache
def _known() -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    """Name, fact, values and pattern of each exception in the table beside this file."""
    rows = read_rows("exceptions.txt", 4)
    return tuple(
        (name, fact, values.removeprefix("-"), re.compile(pattern)) for name, fact, values, pattern in rows
    )


def excepted_part(text: str) -> str:
    """What a plain sentence names after "unless", "except" or "without"; "" where it excepts nothing."""
    return " ".join(group for found in _EXCEPTS.finditer(text) for group in found.groups() if group)


def exceptions_in(text: str, vocabulary: Vocabulary) -> tuple[Exempted, ...]:
    """The exceptions a plain text names, in a fixed order, without facts the vocabulary does not have."""
    found: list[Exempted] = []
    for name, fact, values, pattern in _known():
        doubled = name == "consent" and any(one.name == "explicit-consent" for one in found)
        if doubled or not pattern.search(text):
            continue
        condition = _condition(fact, values, vocabulary)
        if condition:
            found.append(Exempted(name, condition))
    return tuple(found)


def _condition(fact: str, values: str, vocabulary: Vocabulary) -> str:
    """The test of a fact, with the values that the vocabulary knows; "" if it does not know the fact."""
    term = vocabulary.find("fact", fact)
    if term is None:
        return ""
    if not values:
        return term.key if term.kind == "flag" else ""
    known = [value for value in values.split(", ") if value in term.values]
    if not known:
        return ""
    return f"{term.key} is {known[0]}" if len(known) == 1 else f"{term.key} in [{', '.join(known)}]"
