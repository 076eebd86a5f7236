"""Roles of staff: what each may do for which purposes with which data, as `troth.toml` declares it.

    [roles.tier-two]
    purposes = ["support"]
    data = ["contact", "support-ticket"]
    verbs = ["use"]                # where none are named: every act
    recipients = []                # where none are named: every recipient, and nobody
    as = "support"                 # the value of the fact `role` in conditions; the name itself where none is given

A role only takes away: what the policy refuses stays refused, whoever asks (GDPR art. 25(2), 29, 32(4)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from troth.model import verb as verbs
from troth.model.errors import NotFound, TrothError
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

_KEYS = ("purposes", "data", "verbs", "recipients", "as")


@dataclass(frozen=True, slots=True)
class Role:
    """What a role may do; every set is closed downwards.

    Attributes:
        name: its name in `troth.toml`.
        purposes: purposes it may act for.
        data: data categories it may touch.
        verbs: acts it may do; None for all.
        recipients: whom it may send to; None for everybody.
        known_as: the value of the fact `role` that conditions test.
    """

    name: str
    purposes: frozenset[str]
    data: frozenset[str]
    verbs: frozenset[str] | None
    recipients: frozenset[str] | None
    known_as: str

    def limit(self, verb: str, data: str, purpose: str, recipient: str) -> str:
        """Why the role may not do this, in words; empty where it may. Words are canonical keys."""
        if purpose not in self.purposes:
            return f"the role `{self.name}` may not act for `{purpose}`"
        if self.verbs is not None and verb not in self.verbs:
            return f"the role `{self.name}` may not {verb} data"
        if data not in self.data:
            return f"the role `{self.name}` may not touch `{data}`"
        if recipient and self.recipients is not None and recipient not in self.recipients:
            return f"the role `{self.name}` may not send data to `{recipient}`"
        return ""


def read_roles(raw: Mapping[str, Mapping[str, Any]], vocabulary: Vocabulary) -> dict[str, Role]:
    """The roles of the tables `[roles.NAME]` of a `troth.toml`, by name.

    Raises:
        TrothError: a table says something a role can not say, or leaves out `purposes` or `data`.
        NotFound: the vocabulary does not know one of the words; the hint names the nearest.
    """
    return {name: _role(name, table, vocabulary) for name, table in raw.items()}


def _role(name: str, table: Mapping[str, Any], vocabulary: Vocabulary) -> Role:
    for key in table:
        if key not in _KEYS:
            raise TrothError(
                f"`{key}` is nothing the role `{name}` can say", hint="a role says " + ", ".join(_KEYS)
            )
    for key in ("purposes", "data"):
        if key not in table:
            raise TrothError(
                f"the role `{name}` does not say its {key}",
                hint=f'write {key} = ["..."] below [roles.{name}]',
            )
    known_as = table.get("as", name)
    if not isinstance(known_as, str):
        raise TrothError(f"`as` of the role `{name}` is a word", hint='for example as = "support"')
    return Role(
        name,
        _covered("purpose", _words(name, "purposes", table), vocabulary),
        _data(_words(name, "data", table), vocabulary),
        _verbs(_words(name, "verbs", table)) if "verbs" in table else None,
        _recipients(_words(name, "recipients", table), vocabulary) if "recipients" in table else None,
        known_as,
    )


def _words(name: str, key: str, table: Mapping[str, Any]) -> list[str]:
    value = table[key]
    if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
        raise TrothError(f"`{key}` of the role `{name}` is a list of words", hint=f'write {key} = ["..."]')
    return list(value)


def _covered(facet: Facet, words: list[str], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset().union(*(vocabulary.covers(facet, vocabulary.get(facet, word).key) for word in words))


def _data(words: list[str], vocabulary: Vocabulary) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        facet, _, key = word.rpartition(":")
        if facet == "thing" or (
            not facet and vocabulary.find("data", key) is None and vocabulary.find("thing", key)
        ):
            found |= {f"thing:{one}" for one in vocabulary.covers("thing", vocabulary.get("thing", key).key)}
        else:
            found |= vocabulary.covers("data", vocabulary.get("data", key).key)
    return frozenset(found)


def _verbs(words: list[str]) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        known = verbs.find(word)
        if known is None or not known.data:
            data = ", ".join(key for key, verb in verbs.verbs().items() if verb.data)
            raise NotFound(f"`{word}` is not an act on data", hint=f"acts are {data}")
        found |= verbs.covers(known.key)
    return frozenset(found)


def _recipients(words: list[str], vocabulary: Vocabulary) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        facet: Facet = (
            "subject"
            if vocabulary.find("recipient", word) is None and vocabulary.find("subject", word)
            else "recipient"
        )
        found |= vocabulary.covers(facet, vocabulary.get(facet, word).key)
    return frozenset(found)
