"""A term: one word of the vocabulary, in one facet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Facet = Literal[
    "data",
    "purpose",
    "recipient",
    "subject",
    "channel",
    "basis",
    "event",
    "fact",
    "thing",
    "measure",
    "place",
    "check",
    "law",
]
FactType = Literal["flag", "choice", "number", "time", "text"]

FACETS: tuple[Facet, ...] = get_args(Facet)
FACT_TYPES: tuple[FactType, ...] = get_args(FactType)
SENSITIVITIES: tuple[str, ...] = ("normal", "financial", "credential", "sensitive", "children", "biometric")
"""Classes of data, from the least to the most protected."""
PROOFS: tuple[str, ...] = ("enforced", "monitored", "attested", "declared")
"""How a promise can be shown to be kept, from the strongest to the weakest."""
_COUNTED = frozenset(
    {"people", "person", "requests", "request", "messages", "message"}
)  # units of what has no halves
_FULL_YEARS = frozenset({"age", "child-age-limit"})  # who is 15 and a half is 15


@dataclass(frozen=True, slots=True)
class Term:
    """One word that rules are written with.

    Attributes:
        key: canonical word, kebab-case ("email-address"); unique in its facet only.
        facet: the kind of word; the same word may stand in several facets.
        iri: what it is called in linked data ("pd:EmailAddress", "troth-cloud:dns-record").
        parents: keys of the broader terms in the same facet; empty for the facet's root.
        en: English label.
        zh: Chinese label; "" for terms of the Data Privacy Vocabulary that no policy needed yet.
        definition: one sentence.
        aliases: other words for the same term, kebab-case.
        fides: keys of the fideslang taxonomy that come nearest ("user.contact.email").
        kind: what a fact is compared with; None in every other facet.
        values: what a choice can be; empty when the values are terms of the facet named like the fact.
        unit: what a number counts ("years").
        proof: class of a check, one of PROOFS; "" in every other facet.
        strength: of a basis: the higher, the better it protects the person; 0 in every other facet.
        sensitivity: of data, one of SENSITIVITIES; "normal" in every other facet.
    """

    key: str
    facet: Facet
    iri: str
    parents: tuple[str, ...]
    en: str
    zh: str
    definition: str
    aliases: tuple[str, ...] = ()
    fides: tuple[str, ...] = ()
    kind: FactType | None = None
    values: tuple[str, ...] = ()
    unit: str = ""
    proof: str = ""
    strength: int = 0
    sensitivity: str = "normal"

    @property
    def whole(self) -> bool:
        """Whether a fact is a whole number: `age < 16` and `age <= 15` ask the same of it."""
        return self.kind == "number" and (self.unit in _COUNTED or self.key in _FULL_YEARS)
