"""Which terms of the vocabulary a sentence names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from troth.model.term import FACETS, Facet
from troth.policy.block import words
from troth.policy.draft.table import read_rows

if TYPE_CHECKING:
    from troth.model.vocabulary import Vocabulary

_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile("[\u3400-\u9fff]{2,}")
# "IP 地址", "电子邮件地址"
_OTHER_WORD = re.compile(r"(?:[a-z][）)]? ?|邮件|網絡|网络|网页|钱包)$")
_LONGEST = 5
_LONGEST_HAN = 10
# Single words of the vocabulary that mean their term in prose too; others ("sale", "like") mean anything.
_SINGLE = words(
    """
    username password passport birthday gender nationality fingerprint biometric imei uuid isp telemetry
    testimonial metadata cvv iban geolocation religion ethnicity income salary photograph avatar nickname fax
    """
)
# Longer labels that mean something else in prose.
_ELSEWHERE = frozenset(
    {
        *(
            "personal data",
            "personal information",
            "customer data",
            "user data",
            "collected data",
            "account data",
        ),
        *("cloud server", "service usage", "domain name", "third party", "privacy policy"),
    }
)


@dataclass(frozen=True, slots=True)
class TermIndex:
    """The labels and aliases of a vocabulary, and the lexicon, ready to be found in prose.

    Attributes:
        vocabulary: the vocabulary.
        phrases: words of a data label or alias, singular, to key.
        han: Chinese data label to key.
        lexicon: for each facet the patterns and the key each stands for.
    """

    vocabulary: Vocabulary
    phrases: dict[str, str]
    han: dict[str, str]
    lexicon: dict[Facet, tuple[tuple[re.Pattern[str], str], ...]]

    def found(self, facet: Facet, text: str) -> tuple[str, ...]:
        """Keys of the terms of a facet that a plain text names, in its order, broader ones dropped."""
        places: dict[str, int] = {}
        for pattern, key in self.lexicon.get(facet, ()):
            hit = pattern.search(text)
            if hit and hit.start() < places.get(key, len(text)):
                places[key] = hit.start()
        if facet == "data":
            for key, at in (*self._in_words(text), *self._in_han(text)):
                places[key] = min(at, places.get(key, at))
        ordered = sorted(places, key=lambda key: (places[key], key))
        return tuple(key for key in ordered if not self._covers_another(facet, key, ordered))

    def key(self, facet: Facet, *words: str) -> str:
        """Key of the first word that the facet knows, "" if it knows none."""
        terms = (self.vocabulary.find(facet, word) for word in words)
        return next((term.key for term in terms if term is not None), "")

    def _covers_another(self, facet: Facet, key: str, keys: list[str]) -> bool:
        covered = self.vocabulary.covers(facet, key)
        return any(other != key and other in covered for other in keys)

    def _in_words(self, text: str) -> list[tuple[str, int]]:
        """Data terms named by English words; the longest label at each place wins."""
        said = [(_singular(word.group()), word.start()) for word in _WORD.finditer(text)]
        found: list[tuple[str, int]] = []
        at = 0
        while at < len(said):
            for length in range(min(_LONGEST, len(said) - at), 0, -1):
                key = self.phrases.get(" ".join(word for word, _ in said[at : at + length]))
                if key:
                    found.append((key, said[at][1]))
                    at += length - 1
                    break
            at += 1
        return found

    def _in_han(self, text: str) -> list[tuple[str, int]]:
        """Data terms named by Chinese characters; the longest label at each place wins."""
        found: list[tuple[str, int]] = []
        for run in _HAN.finditer(text):
            at = run.start()
            while at < run.end():
                lengths = range(min(_LONGEST_HAN, run.end() - at), 1, -1)
                length = next((n for n in lengths if text[at : at + n] in self.han), 0)
                # what stands before belongs to the word: neither is a postal address
                if length and not _OTHER_WORD.search(text, 0, at):
                    found.append((self.han[text[at : at + length]], at))
                at += length or 1
        return found


def _singular(word: str) -> str:
    """The word without a plural s and in one of the two English spellings."""
    word = word.replace("isation", "ization").replace("licence", "license").replace("behaviour", "behavior")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return (
        word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word
    )


@cache
def _patterns() -> tuple[tuple[Facet, str, re.Pattern[str]], ...]:
    """The lexicon beside this file."""
    facets = {str(facet): facet for facet in FACETS}
    rows = read_rows("lexicon.txt", 3)
    return tuple((facets[facet], word, re.compile(pattern)) for facet, word, pattern in rows)


def term_index(vocabulary: Vocabulary) -> TermIndex:
    """The index of a vocabulary; phrases whose word it does not have are left out."""
    phrases: dict[str, str] = {}
    han: dict[str, str] = {}
    for term in vocabulary.terms("data"):
        for name in (term.key, term.en.lower(), *term.aliases):
            label = " ".join(_singular(word) for word in _WORD.findall(name))
            if label in _SINGLE or (" " in label and label not in _ELSEWHERE):
                phrases.setdefault(label, term.key)
        if len(term.zh) > 1 and term.zh not in {"数据", "个人信息"}:
            han.setdefault(term.zh, term.key)
    lexicon: dict[Facet, list[tuple[re.Pattern[str], str]]] = {}
    for facet, word, pattern in _patterns():
        known = vocabulary.find(facet, word)
        if known is not None:
            lexicon.setdefault(facet, []).append((pattern, known.key))
    return TermIndex(vocabulary, phrases, han, {facet: tuple(rows) for facet, rows in lexicon.items()})
