"""A compiled policy as linked data: JSON-LD in the terms of the Data Privacy Vocabulary (DPV) 2.3.

Promises become processes, rules become permissions, prohibitions and obligations; the complete compiled rule
stands beside its DPV form, so nothing is lost. Every word that DPV does not have is described in the document
with the broader term that it does have. The context stands in the document: reading it needs no network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from troth.model import verb as verbs
from troth.model.policy import Deadline, Policy, Promise, Rule, rule_json, vocabulary_of
from troth.model.term import Facet, Term
from troth.model.vocabulary import Vocabulary

CONTEXT: dict[str, Any] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "troth": "urn:troth:",
}
"""Prefixes of the documents; Troth's own names are URNs, so that they claim no address on the web."""

_W3C = ("dpv:", "pd:", "eu-gdpr:")
_MODES = {
    "may": ("dpv:hasPermission", "dpv:Permission"),
    "only": ("dpv:hasPermission", "dpv:Permission"),
    "never": ("dpv:hasProhibition", "dpv:Prohibition"),
    "block": ("dpv:hasProhibition", "dpv:Prohibition"),
    "must": ("dpv:hasObligation", "dpv:Obligation"),
}
_PARTS: tuple[tuple[str, str, tuple[Facet, ...]], ...] = (
    ("purposes", "dpv:hasPurpose", ("purpose",)),
    ("recipients", "dpv:hasRecipient", ("recipient", "subject")),
    ("sources", "dpv:hasDataSource", ("recipient", "subject", "thing", "place", "channel", "data")),
    ("subjects", "dpv:hasDataSubject", ("subject",)),
    ("bases", "dpv:hasLegalBasis", ("basis",)),
    ("channels", "troth:byChannel", ("channel", "recipient", "subject")),
    ("places", "dpv:hasLocation", ("place", "channel", "thing")),
    ("inside", "dpv:hasContext", ("thing", "purpose", "channel")),
)
_UNITS = {"day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y", "hour": "PT{}H", "minute": "PT{}M"}


def iri(term: Term) -> str:
    """What a term is called in linked data; a word of Troth's own carries its facet."""
    return term.iri if term.iri.startswith(_W3C) else f"troth:{term.facet}:{term.key}"


def verb_iri(word: str) -> str:
    """What a verb is called in linked data."""
    known = verbs.find(word)
    return (known.iri if known else "") or f"troth:verb:{word}"


def policy_iri(policy: Policy) -> str:
    """The name of a policy: the hash that evidence cites."""
    return f"troth:policy:{policy.hash}"


def resolve(vocabulary: Vocabulary, word: str, facets: Iterable[Facet]) -> Term | None:
    """The term a key of the compiled policy stands for: bare, or as "facet:key"."""
    prefix, _, key = word.partition(":")
    for facet in facets:
        found = vocabulary.find(facet, key if key and prefix == facet else word)
        if found is not None and (not key or prefix == facet):
            return found
    return None


OBJECTS: tuple[Facet, ...] = (
    "data", "thing", "subject", "measure", "recipient", "purpose", "channel", "place", "event"
)  # fmt: skip
"""Facets that the object of a verb can be of."""


def as_dpv(policy: Policy) -> dict[str, Any]:
    """The policy as a JSON-LD document; drafts that nobody has accepted are left out."""
    vocabulary = vocabulary_of(policy)
    promises = [promise for promise in policy.promises if promise.draft is None]
    about: dict[str, Any] = {
        "@id": policy_iri(policy),
        "@type": "dpv:Policy",
        "dct:publisher": policy.provider,
        "dct:hasVersion": policy.version,
        "dct:language": policy.language,
        "dpv:hasProcess": [{"@id": f"{policy_iri(policy)}:{promise.id}"} for promise in promises],
    }
    processes = [_process(policy, promise, vocabulary) for promise in promises]
    used = [term for promise in promises for term in _terms(promise, vocabulary)]
    return {"@context": CONTEXT, "@graph": [about, *processes, *_described(vocabulary, used)]}


def things(vocabulary: Vocabulary, rule: Rule) -> tuple[Term, ...]:
    """The terms of a rule's objects."""
    found = (resolve(vocabulary, word, OBJECTS) for word in rule.things)
    return tuple(term for term in found if term is not None)


def _parts(vocabulary: Vocabulary, rule: Rule) -> Iterator[tuple[str, Term]]:
    """Relation and term of every part of a rule that names terms."""
    for term in things(vocabulary, rule):
        yield "dpv:hasPersonalData" if term.facet == "data" else "troth:about", term
    for name, relation, facets in _PARTS:
        found = (resolve(vocabulary, word, facets) for word in getattr(rule, name))
        yield from ((relation, term) for term in found if term is not None)
    for measure in rule.measures:
        measured = resolve(vocabulary, measure.key, ("measure", "thing"))
        if measured is not None:
            yield "dpv:hasTechnicalOrganisationalMeasure", measured
    if rule.trigger and rule.trigger.event:
        yield "troth:when", vocabulary.get("event", rule.trigger.event)


def _terms(promise: Promise, vocabulary: Vocabulary) -> Iterator[Term]:
    for rule in promise.rules:
        yield from (term for _, term in _parts(vocabulary, rule))
    yield from (vocabulary.get("check", proof.check) for proof in promise.proofs)


def _process(policy: Policy, promise: Promise, vocabulary: Vocabulary) -> dict[str, Any]:
    texts = [policy.by_sentence[name].sentence.text for name in promise.sentences]
    node: dict[str, Any] = {
        "@id": f"{policy_iri(policy)}:{promise.id}",
        "@type": "dpv:Process",
        "dct:identifier": promise.id,
        "dct:title": promise.title,
        "dct:description": [{"@value": text, "@language": policy.language} for text in texts],
        "troth:provedBy": [{"@id": iri(vocabulary.get("check", one.check))} for one in promise.proofs],
    }
    for rule in promise.rules:
        node.setdefault(_MODES[rule.mode][0], []).append(_rule(policy, rule, vocabulary))
    return node


def _rule(policy: Policy, rule: Rule, vocabulary: Vocabulary) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": f"{policy_iri(policy)}:{rule.id}",
        "@type": _MODES[rule.mode][1],
        "dpv:hasProcessing": {"@id": verb_iri(rule.verb)},
    }
    for relation, term in _parts(vocabulary, rule):
        node.setdefault(relation, []).append({"@id": iri(term)})
    if rule.deadline and rule.deadline.span:
        length = duration(rule.deadline)
        typed = {"@value": length, "@type": "xsd:duration"} if length else str(rule.deadline.span)
        node["dpv:hasDuration"] = typed
    node["troth:rule"] = {"@type": "@json", "@value": rule_json(rule)}
    return node


def duration(deadline: Deadline) -> str:
    """The length of a deadline as an ISO 8601 duration ("P30D"); empty for none and for business days."""
    span = deadline.span
    if span is None or span.unit not in {*_UNITS, "quarter", "second"} or span.number != int(span.number):
        return ""
    if span.unit == "quarter":
        return f"P{int(span.number) * 3}M"
    return _UNITS.get(span.unit, "PT{}S").format(int(span.number))


def _described(vocabulary: Vocabulary, used: Iterable[Term]) -> list[dict[str, Any]]:
    """Concepts for the words that DPV does not have, with all that stand between them and one it has."""
    wanted = {term.iri + term.facet: term for term in used}
    for term in list(wanted.values()):
        wanted |= {above.iri + above.facet: above for above in vocabulary.above(term.facet, term.key)}
    own = (term for term in wanted.values() if not term.iri.startswith(_W3C))
    return [_concept(vocabulary, term) for term in sorted(own, key=lambda term: (term.facet, term.key))]


def _concept(vocabulary: Vocabulary, term: Term) -> dict[str, Any]:
    labels = [{"@value": term.en, "@language": "en"}]
    if term.zh:
        labels.append({"@value": term.zh, "@language": "zh"})
    return {
        "@id": iri(term),
        "@type": "skos:Concept",
        "skos:prefLabel": labels,
        "skos:definition": {"@value": term.definition, "@language": "en"},
        "skos:broader": [{"@id": iri(vocabulary.get(term.facet, parent))} for parent in term.parents],
    }
