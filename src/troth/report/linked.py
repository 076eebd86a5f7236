"""The record of processing as JSON-LD, in the terms of the Data Privacy Vocabulary (DPV) 2.3; the context stands inside."""

from __future__ import annotations

from typing import Any

from troth.model.entry import utc
from troth.model.policy import Policy, vocabulary_of
from troth.model.term import Facet
from troth.report.records import Activity, Record

CONTEXT: dict[str, Any] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "troth": "urn:troth:",
}
"""Prefixes; Troth's own names are URNs, so that they claim no address on the web."""
_W3C = ("dpv:", "pd:", "eu-gdpr:")


def as_dpv(one: Record, policy: Policy) -> dict[str, Any]:
    """The record as a JSON-LD document: one `dpv:Process` a purpose.

    Args:
        one: the record.
        policy: the policy it was computed from, whose words it uses.
    """
    name = f"troth:record:{one.policy}"
    about = {
        "@id": name,
        "@type": "dpv:DataProcessingRecord",
        "dct:publisher": one.provider,
        "dct:hasVersion": one.version,
        "dct:created": {"@value": utc(one.generated), "@type": "xsd:dateTime"},
        "dct:source": {"@id": f"troth:policy:{one.policy}"},
        "dpv:hasDataController": {"@type": "dpv:DataController", "dct:title": one.controller},
        "dpv:hasContact": list(one.contact),
        "dpv:hasProcess": [{"@id": f"{name}:{each.key}"} for each in one.activities],
    }
    return {"@context": CONTEXT, "@graph": [about, *(_process(one, each, policy) for each in one.activities)]}


def _process(one: Record, each: Activity, policy: Policy) -> dict[str, Any]:
    bases, subjects, _, _, countries, limits, measures, places, sentences = each.cells
    node: dict[str, Any] = {
        "@id": f"troth:record:{one.policy}:{each.key}",
        "@type": "dpv:Process",
        "dct:title": {"@value": each.purpose, "@language": one.language},
        "dpv:hasPurpose": {"@id": _iri(policy, each.key, "purpose")},
        "dpv:hasPersonalData": [{"@id": _iri(policy, key, "data")} for key in each.data],
        "dpv:hasRecipient": [{"@id": _iri(policy, key, "recipient", "subject")} for key in each.recipients],
        "troth:legalBasis": list(bases),
        "troth:dataSubjects": list(subjects),
        "troth:transfers": list(countries),
        "troth:timeLimits": list(limits),
        "troth:securityMeasures": list(measures),
        "troth:storedIn": list(places),
        "troth:sentences": list(sentences),
    }
    return {key: value for key, value in node.items() if value != []}


def _iri(policy: Policy, key: str, *facets: Facet) -> str:
    vocabulary = vocabulary_of(policy)
    for facet in facets:
        term = vocabulary.find(facet, key.rpartition(":")[2])
        if term is not None:
            return term.iri if term.iri.startswith(_W3C) else f"troth:{facet}:{term.key}"
    return f"troth:{facets[0]}:{key}"
