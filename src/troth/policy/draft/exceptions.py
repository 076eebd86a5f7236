"""Exceptions and conditions that a sentence names, as tests of declared facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troth.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Exempted:
    """A named exception: "legal-duty: required-by-law"."""

    name: str
    condition: str


# name, pattern over the plain sentence, fact, values of a choice ("" for a flag)
_KNOWN: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    ("legal-duty", re.compile(r"\b(?:required|mandated|requires|obliged)\b[^.;]{0,30}\b(?:by|law)\b|法律(?:法规)?(?:的)?(?:要求|规定)"),
     "required-by-law", ""),
    ("legal-bar", re.compile(r"\b(?:prohibited|forbidden)\b[^.;]{0,12}\bby (?:applicable )?law\b|法律禁止"), "prohibited-by-law", ""),
    ("emergency", re.compile(r"\bemergenc(?:y|ies)\b|紧急"), "emergency", ""),
    ("explicit-consent", re.compile(r"\b(?:explicit|express|specific) (?:consent|permission)|明示同意|单独同意"), "consent", "explicit"),
    ("consent", re.compile(r"\b(?:consent|permission|authori[sz]ation)\b|同意|授权"), "consent", "given"),
    ("legal-process", re.compile(r"\b(?:court orders?|warrants?|subpoenas?|legal process|interception)\b|司法机关|法院"),
     "document", "court-order, warrant, subpoena, legal-process"),
    ("business-transfer", re.compile(r"\b(?:merger|acquisition|asset transfer|bankruptcy)\b|合并|收购"),
     "business-event", "merger, acquisition, asset-transfer, bankruptcy, sale"),
    ("protect-interests", re.compile(r"\b(?:protect|legitimate interests|harm\w*|interfering)\b[^.;]{0,40}\b(?:interests|rights|property|company|we)\b"),
     "balancing", "passed"),
    ("service-delivery", re.compile(r"\bnecessary\b[^.;]{0,30}\bprovide (?:the )?service\b"), "purpose-necessary", ""),
    ("crime-report", re.compile(r"\b(?:commission of a crime|criminal)\b"), "suspicion", "crime"),
)  # fmt: skip
_EXCEPTS = re.compile(r"\b(?:unless|except(?!ion)|other than|without|apart from)\b(.*)|(?:除非|除)(.*)|未经(.*?同意)")


def excepted_part(text: str) -> str:
    """What a plain sentence names after "unless", "except" or "without"; "" where it excepts nothing."""
    found = _EXCEPTS.search(text)
    return next((group for group in found.groups() if group), "") if found else ""


def exceptions_in(text: str, vocabulary: Vocabulary) -> tuple[Exempted, ...]:
    """The exceptions a plain text names, in a fixed order; facts that the vocabulary does not have are left out."""
    found: list[Exempted] = []
    for name, pattern, fact, values in _KNOWN:
        if not pattern.search(text) or (name == "consent" and any(one.name == "explicit-consent" for one in found)):
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
