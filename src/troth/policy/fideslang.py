"""To and from the taxonomy of fideslang 3 (https://github.com/ethyca/fideslang): its keys and our terms.

It names data categories, data uses and data subjects with dotted keys ("user.contact.email"), each below the
key before its last dot. Our terms are finer and may stand below several others, so going there loses
something; `export_taxonomy` says what. Coming from there, a key nobody has a term for is broadened to the
nearest key above it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from troth.model.errors import NotFound, TrothError
from troth.model.term import Facet, Term
from troth.model.vocabulary import Vocabulary

SECTIONS: dict[Facet, str] = {"data": "data_category", "purpose": "data_use", "subject": "data_subject"}
"""Section of a fideslang file by facet."""

_CHOSEN: dict[tuple[Facet, str], str] = {
    ("data", "system.operations"): "usage-log",
    ("data", "user.device"): "device-information",
    ("data", "user.behavior"): "behavioural",
    ("data", "user.financial"): "financial",
    ("data", "user.financial.credit_card"): "payment-card",
    ("data", "user.social"): "social",
    ("data", "user.unique_id"): "uid",
    ("data", "user.content"): "communication",
    ("data", "user.content.private"): "user-communication",
    ("data", "user.account"): "account-record",
    ("data", "user.account.settings"): "user-setting",
    ("data", "user.payment"): "payment-information",
    ("data", "user.contact"): "contact",
    ("data", "user.childrens"): "child-data",
    ("data", "user.workplace"): "professional",
    ("data", "user.demographic.profile"): "profile",
    ("data", "user.behavior.browsing_history"): "website-usage",
    ("data", "user.behavior.purchase_history"): "purchase",
    ("data", "user.government_id"): "official-id",
    ("data", "user.health_and_medical.genetic"): "genetic",
    ("purpose", "essential.service"): "service-provision",
    ("purpose", "essential.service.authentication"): "identity-authentication",
    ("purpose", "essential.service.notifications"): "service-notice",
    ("purpose", "essential.service.operations"): "service-management",
    ("purpose", "essential.service.operations.support"): "support",
    ("purpose", "essential.service.security"): "enforce-security",
    ("purpose", "essential.fraud_detection"): "fraud-prevention-and-detection",
    ("purpose", "essential.legal_obligation"): "legal-compliance",
    ("purpose", "analytics"): "service-usage-analytics",
    ("purpose", "analytics.reporting"): "aggregate-statistics",
    ("purpose", "functional.service.improve"): "improve-existing-products-and-services",
    ("purpose", "sales"): "sell-products-to-data-subject",
    ("purpose", "functional.storage"): "record-management",
    ("purpose", "functional.storage.privacy_preferences"): "user-interface-personalisation",
    ("purpose", "marketing.advertising.third_party"): "marketing-third-party",
    ("purpose", "marketing.communications"): "direct-marketing",
    ("purpose", "marketing.communications.email"): "newsletter",
    ("purpose", "personalize"): "service-personalisation",
    ("purpose", "third_party_sharing"): "sell-data-to-third-parties",
    ("purpose", "third_party_sharing.legal_obligation"): "law-enforcement",
    ("purpose", "employment"): "human-resource-management",
    ("purpose", "operations"): "organisation-governance",
    ("purpose", "collect"): "declared",
    ("subject", "customer"): "customer",
    ("subject", "next_of_kin"): "dependant",
}
"""Which of several terms a key means when it comes in; without an entry, the one that covers most."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a fideslang key means here.

    Attributes:
        term: the nearest term.
        key: the fideslang key the term stands for: the one asked for, or the nearest one above it.
        exact: whether it is the key asked for; otherwise the meaning was broadened.
    """

    term: Term
    key: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A fideslang taxonomy and what it could not say.

    Attributes:
        document: the file as JSON values: section to list of entries, in order of their keys.
        losses: what was lost on the way, one sentence each, in order.
    """

    document: dict[str, list[dict[str, Any]]]
    losses: tuple[str, ...]

    def as_json(self) -> str:
        """The file as JSON text."""
        return json.dumps(self.document, ensure_ascii=False, indent=2) + "\n"

    def as_yaml(self) -> str:
        """The file as YAML text; strings are quoted, so that no YAML version reads `no` as something else."""
        lines: list[str] = []
        for section, entries in self.document.items():
            lines.append(f"{section}:")
            for entry in entries:
                pairs = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in entry.items()]
                lines += [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]
        return "\n".join(lines) + "\n"


def to_fides(term: Term) -> tuple[str, ...]:
    """The fideslang keys that come nearest to a term; empty when its definition names none."""
    return term.fides


def from_fides(vocabulary: Vocabulary, key: str, facet: Facet = "data") -> Match | None:
    """The term a fideslang key means, broadened to the nearest known key above it; None when nothing is near.

    Args:
        vocabulary: where the term is looked up.
        key: a dotted key ("user.contact.email"), also one of the user's own below a known one.
        facet: data for data categories, purpose for data uses, subject for data subjects.
    """
    known = _keys(vocabulary, facet)
    wanted = key.strip().lower()
    while wanted:
        if wanted in known:
            return Match(vocabulary.get(facet, known[wanted]), wanted, wanted == key.strip().lower())
        wanted = wanted.rpartition(".")[0]
    return None


@lru_cache(maxsize=32)
def _keys(vocabulary: Vocabulary, facet: Facet) -> Mapping[str, str]:
    """Each key of fideslang with the key of the one term that stands for it."""
    candidates: dict[str, list[str]] = {}
    for term in vocabulary.terms(facet):
        for key in term.fides:
            candidates.setdefault(key, []).append(term.key)
    return {
        key: _CHOSEN.get((facet, key))
        or max(terms, key=lambda term: (len(vocabulary.covers(facet, term)), term))
        for key, terms in sorted(candidates.items())
    }


def export_taxonomy(vocabulary: Vocabulary, keys: Mapping[Facet, Iterable[str]] | None = None) -> Taxonomy:
    """Entries for the terms that fideslang does not have, each below the nearest key that it has.

    Args:
        vocabulary: the terms.
        keys: which terms to export, by facet; all terms of Troth's own and of the policy when not given.

    Raises:
        NotFound: the vocabulary does not know one of the keys.
    """
    document: dict[str, list[dict[str, Any]]] = {}
    losses: list[str] = []
    for facet, section in SECTIONS.items():
        chosen = (
            [vocabulary.get(facet, key) for key in keys.get(facet, ())] if keys else _own(vocabulary, facet)
        )
        entries: dict[str, dict[str, Any]] = {}
        for term in sorted(set(chosen), key=lambda term: term.key):
            entry, lost = _entry(vocabulary, term)
            losses += lost
            if entry:
                entries[entry["fides_key"]] = entry
        if entries:
            document[section] = [entries[key] for key in sorted(entries)]
    if document:
        losses.append("fideslang has no place for Chinese labels, aliases and sensitivity")
    return Taxonomy(document, tuple(losses))


def _own(vocabulary: Vocabulary, facet: Facet) -> list[Term]:
    return [term for term in vocabulary.terms(facet) if not term.iri.startswith(("dpv:", "pd:", "eu-gdpr:"))]


def _entry(vocabulary: Vocabulary, term: Term) -> tuple[dict[str, Any] | None, list[str]]:
    parent, by_itself = _nearest(vocabulary, term)
    if not parent:
        return None, [f'{term.facet} "{term.key}": fideslang has nothing like it']
    match = from_fides(vocabulary, parent, term.facet)
    if match is not None and match.term == term:
        return None, []
    flat = term.facet == "subject"
    own = term.key.replace("-", "_")
    entry: dict[str, Any] = {
        "fides_key": own if flat else f"{parent}.{own}",
        "name": term.en,
        "description": term.definition,
        "parent_key": parent,
    }
    lost = (
        []
        if by_itself
        else [f'{term.facet} "{term.key}": placed below "{parent}", the key of a broader term']
    )
    if flat:
        del entry["parent_key"]
        lost = [f'{term.facet} "{term.key}": that it is a kind of "{parent}"']
    elif len(term.parents) > 1:
        lost.append(f'{term.facet} "{term.key}": that it stands below {" and ".join(term.parents)}')
    return entry, lost


def _nearest(vocabulary: Vocabulary, term: Term) -> tuple[str, bool]:
    if term.fides:
        return term.fides[0], True
    for broader in vocabulary.above(term.facet, term.key):
        if broader.fides:
            return broader.fides[0], False
    return "", False


def import_taxonomy(
    vocabulary: Vocabulary, document: Mapping[str, Any]
) -> tuple[Vocabulary, tuple[str, ...]]:
    """The vocabulary with the categories, uses and subjects that a fideslang file adds, and what was lost.

    Entries that fideslang ships itself (`is_default`) and keys that a term stands for add nothing.

    Args:
        vocabulary: what the new terms stand on.
        document: a parsed fideslang file: sections with lists of entries.

    Raises:
        TrothError: the file has no such form, or a term of that name means something else already.
    """
    losses: list[str] = []
    for facet, section in SECTIONS.items():
        ours = _exported(vocabulary, facet)
        for entry in _listed(document, section):
            key = str(entry.get("fides_key") or "")
            if not key:
                raise TrothError(f"an entry of {section} has no fides_key", hint="each entry needs one")
            known = _keys(vocabulary, facet).get(key)
            if known is None and key not in ours and not entry.get("is_default"):
                vocabulary, lost = _added(vocabulary, facet, key, entry)
                losses += lost
    return vocabulary, tuple(losses)


def _exported(vocabulary: Vocabulary, facet: Facet) -> frozenset[str]:
    """The keys under which our own terms are exported: coming back, they add nothing."""
    entries = (_entry(vocabulary, term)[0] for term in _own(vocabulary, facet))
    return frozenset(str(entry["fides_key"]) for entry in entries if entry is not None)


def _listed(document: Mapping[str, Any], section: str) -> list[Mapping[str, Any]]:
    entries = document.get(section) or []
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise TrothError(
            f"{section} is not a list of entries", hint="a fideslang file has sections with lists"
        )
    return entries


def _added(
    vocabulary: Vocabulary, facet: Facet, key: str, entry: Mapping[str, Any]
) -> tuple[Vocabulary, list[str]]:
    above = str(entry.get("parent_key") or key.rpartition(".")[0])
    match = from_fides(vocabulary, above, facet) if above else None
    if match is None and facet != "subject":
        return vocabulary, [f'{facet} "{key}": nothing here is like "{above or key}"']
    parent = match.term if match else vocabulary.root(facet)
    word = key.rpartition(".")[2].replace("_", "-").lower()
    name = str(entry.get("name") or word)
    term = Term(
        key=word,
        facet=facet,
        iri=f"fides:{key}",
        parents=(parent.key,),
        en=name,
        zh="",
        definition=str(entry.get("description") or name),
        fides=(key,),
        sensitivity=parent.sensitivity,
    )
    lost = [] if match is None or match.exact else [f'{facet} "{key}": "{above}" broadened to "{parent.key}"']
    if vocabulary.find(facet, word) is not None:
        raise NotFound(
            f'{section_of(facet)} "{key}" would be called "{word}", which means something else here',
            hint=f'give it another last part, such as "{key}_own"',
        )
    return vocabulary.extend([term]), lost


def section_of(facet: Facet) -> str:
    """How fideslang calls an entry of a facet, in words ("data category")."""
    return SECTIONS[facet].replace("_", " ")
