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
    r"\b(?:unless|except(?!ion)|other than|without|apart from)\b(.*)|"
    r"除非(.*?)(?=[，,](?:否则|我们|we)|$)|除(?!外|非)([^，,]{1,80}?)(?:以|之)?外(?=[，,])|"
    r"但(.{1,80}?)除外|除(?!外)(.*)|未(?:经|获得?|得|取得|征得)(.{1,80}?(?:同意|授权|许可))|"
    r"非经(.{1,40}?)[，,]"
)


_FIRST = re.compile(  # an exception that the sentence begins with ends where its main clause begins
    r"(?:unless|except(?!ion)|other than|without|apart from)\b(.*?),\s*"
    r"(?=(?:[\w'-]+ ){0,4}(?:we|they|it|no|neither|nobody|never|cannot|is|are|will|may|do|does|shall)\b)"
)


_ASIDE = re.compile(r"\b(?:not|never|will|may|shall), (?:unless|except(?!ion)|other than|without)\b(.*?),\s")


@cache
def _known() -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    """Name, fact, values and pattern of each exception in the table beside this file."""
    rows = read_rows("exceptions.txt", 4)
    return tuple(
        (name, fact, values.removeprefix("-"), re.compile(pattern)) for name, fact, values, pattern in rows
    )


def excepted_part(text: str) -> str:
    """What a plain sentence names after "unless", "except" or "without"; "" where it excepts nothing."""
    return " ".join(excepted_parts(text))


def excepted_parts(text: str) -> tuple[str, ...]:
    """The pieces of a plain sentence that stand after "unless", "except" or "without", each as it stands there."""
    first = _FIRST.match(text) or _ASIDE.search(text)
    found = (first[1].strip(),) if first else ()
    rest = text[: first.start()] + text[first.end() :] if first else text
    return found + tuple(group for one in _EXCEPTS.finditer(rest) for group in one.groups() if group)


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
