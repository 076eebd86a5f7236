"""What is asked, and what is answered: the request and the decision that flow through the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from troth.model.condition import FactValue

Answer = Literal["allowed", "forbidden", "unknown", "not allowed"]


@dataclass(frozen=True, slots=True)
class Request:
    """May this be done?

    Attributes:
        verb: what is to be done ("use", "disclose").
        data: categories, each of which must be allowed.
        purpose: what for.
        recipient: to whom, "" for nobody.
        facts: what is known of the case, by fact; a fact that is absent or None is unknown.
    """

    verb: str
    data: tuple[str, ...]
    purpose: str = "purpose"
    recipient: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a request for one data category.

    Attributes:
        allowed: whether it may be done; everything but `allowed` refuses.
        answer: allowed; forbidden (a `never` says so); unknown (a fact is missing); not allowed (nothing permits it).
        promise, rule, sentences: what the answer cites; empty where nothing in the policy speaks of it.
        missing: facts that would have to be known.
        needed: for a refusal, the rules that would allow it if their conditions were met.
        lifted: for a permission, names of the exceptions it passed through.
        basis: for a permission, the legal bases it rests on.
        measures: for a permission, what has to be done with it ("pseudonymisation").
    """

    allowed: bool
    answer: Answer
    promise: str = ""
    rule: str = ""
    sentences: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a decision."""
        return {
            "allowed": self.allowed,
            "answer": self.answer,
            "promise": self.promise,
            "rule": self.rule,
            "sentences": list(self.sentences),
            "missing": list(self.missing),
            "needed": list(self.needed),
            "lifted": list(self.lifted),
            "basis": list(self.basis),
            "with": list(self.measures),
        }
