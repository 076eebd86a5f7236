"""Looking up the words of a policy file in the vocabulary, and writing down what is not found."""

from __future__ import annotations

from dataclasses import dataclass, field

from lark import Token

from troth.model.condition import Condition
from troth.model.finding import Finding, Severity
from troth.model.policy import Group
from troth.model.term import Facet, Term
from troth.model.vocabulary import Vocabulary

_NAMES: dict[Facet, str] = {
    "data": "data category", "purpose": "purpose", "recipient": "recipient", "subject": "kind of person",
    "channel": "channel", "basis": "legal basis", "event": "event", "fact": "fact", "thing": "thing",
    "measure": "measure", "place": "place", "check": "check",
}  # fmt: skip
_MANY = 30
OBJECTS: tuple[Facet, ...] = (
    "data",
    "thing",
    "subject",
    "measure",
    "recipient",
    "purpose",
    "channel",
    "place",
    "event",
)


@dataclass
class Lookup:
    """The vocabulary of one policy while it is being bound, and the problems found so far.

    Attributes:
        vocabulary: shared terms and the policy's own.
        line: line of the file on which the present block begins.
        conditions: conditions that the policy has given a name.
        problems: findings, in the order met.
        promise: id of the promise being read.
        terms, groups: what the policy adds to the vocabulary.
        lost: promises of blocks that can not be parsed.
    """

    vocabulary: Vocabulary
    line: int = 1
    conditions: dict[str, Condition] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    promise: str = ""
    terms: list[Term] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    @property
    def few(self) -> bool:
        """Whether it is worth looking for the nearest words: not where nearly every word is unknown."""
        return len(self.problems) < _MANY

    def problem(
        self, rule: str, message: str, token: Token | None, *, hint: str = "", severity: Severity = "block"
    ) -> None:
        """Writes down a finding at the place of `token`."""
        line = self.line + (token.line or 1) - 1 if token is not None else 0
        column = (token.column or 1) if token is not None else 0
        finding = Finding(rule, rule, severity, message, hint, promise=self.promise, line=line, column=column)
        self.problems.append(finding)

    def term(self, facet: Facet, token: Token) -> Term | None:
        """The term of one facet that a word names; a finding and None if there is none."""
        found = self.vocabulary.find(facet, word_of(token))
        if found is None:
            self._unknown((facet,), token)
        return found

    def key(self, facets: tuple[Facet, ...], token: Token, *, prefixed: bool = False) -> str | None:
        """The key of the first facet that knows the word; with `prefixed`, "facet:key" for every facet but data."""
        for facet in facets:
            found = self.vocabulary.find(facet, word_of(token))
            if found is not None:
                return found.key if facet == "data" or not prefixed else f"{facet}:{found.key}"
        self._unknown(facets, token)
        return None

    def _unknown(self, facets: tuple[Facet, ...], token: Token) -> None:
        word = word_of(token)
        near: list[str] = []
        for facet in facets[:3] if self.few else ():
            near += [name for name in self.vocabulary.nearest(facet, word, 3) if name not in near]
        elsewhere = [
            _NAMES[f] for f in _NAMES if f not in facets and self.vocabulary.find(f, word) is not None
        ]
        kind = _NAMES[facets[0]]
        message = f"`{word}` is not a known {kind}"
        if elsewhere:
            message += f" (it is a {elsewhere[0]})"
        hint = f"did you mean {', '.join(f'`{name}`' for name in near[:4])}? " if near else ""
        hint += (
            f"or declare it: term {word}: {facets[0]} under ..." if token.type == "NAME" else "or define it"
        )
        self.problem("unknown-term", message, token, hint=hint)


def word_of(token: Token) -> str:
    """The word a token stands for: quotes removed."""
    text = str(token)
    if token.type == "STRING":
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text
