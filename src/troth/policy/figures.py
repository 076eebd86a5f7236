"""The numbers in the rules of a promise, for the check against the words of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lark import Token

from troth.model.policy import UNITS
from troth.model.vocabulary import Vocabulary
from troth.policy.conditions import singular
from troth.policy.lookup import word_of
from troth.policy.rules import Node

_ASIDE = frozenset(
    {"prove", "draft", "seal", "note", "covers", "accept"}
)  # they say nothing that a sentence must say
_WAYS = {
    "within": "within",
    "before_by": "before",
    "after_by": "after",
    "at_least": "at-least",
    "hold": "at-most",
}
_TESTS = frozenset({"compare", "is_", "is_not"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a rule.

    Attributes:
        promise: the promise whose rule it stands in.
        value: the number, `chosen`: whether the house chose it (`~`).
        unit: its unit of time, "" where it counts something else.
        bare: it is compared with a fact, so that a text may say it without its unit ("under 13").
        way: the kind of deadline whose length it is ("within", "before", "after", "at-least", "at-most"), or
            the sign with which an age is compared, else "".
        line, column: where it stands in the file.
    """

    promise: str
    value: float
    chosen: bool
    unit: str
    bare: bool
    line: int
    column: int
    way: str = ""

    def __str__(self) -> str:
        number = f"{'~' if self.chosen else ''}{self.value:.15g}"
        return f"{number} {self.unit}{'' if self.value == 1 else 's'}" if self.unit else number


def figures(node: Node, vocabulary: Vocabulary, line: int) -> Iterator[Figure]:
    """The numbers of a promise's syntax tree in the order they stand in.

    Args:
        node: the promise.
        vocabulary: the words of the policy; facts have their units there.
        line: line of the file on which the block of the promise begins.
    """
    promise = str(node.children[0])
    for token, unit, bare, way in _numbers(node, vocabulary):
        value, chosen = float(str(token).lstrip("~")), str(token).startswith("~")
        yield Figure(promise, value, chosen, unit, bare, line + (token.line or 1) - 1, token.column or 1, way)


def _numbers(node: Node, vocabulary: Vocabulary, way: str = "") -> Iterator[tuple[Token, str, bool, str]]:
    """Number, unit of time, whether a fact is compared with it, and its way, for every number below a node."""
    if node.data in _ASIDE:
        return
    if node.data in {"time", "measured", "counted"}:
        number = next((one for one in node.children if isinstance(one, Token) and one.type == "NUMBER"), None)
        unit = _time(str(node.children[1])) if node.data == "time" else ""
        if number is not None and (unit or node.data != "time"):  # an unknown unit has a finding of its own
            yield number, unit, False, way
        return
    for child in node.children:
        if isinstance(child, Token):
            continue
        if node.data in _TESTS and child.data == "amount":
            amount, *word = cast("list[Token]", child.children)
            subject = cast("Node", node.children[0])
            fact = "day" if subject.data == "since" else _fact_unit(subject, vocabulary)
            unit = _time(str(word[0]) if word else fact)
            if unit and not float(str(amount).lstrip("~")):
                continue  # "since ... >= 0 days", "domain-days-left > 0": that something has happened, or not yet
            sign = next(
                (str(one) for one in node.children if isinstance(one, Token) and one.type == "OP"), ""
            )
            aged = unit == "year" and subject.data != "since"
            yield amount, unit, subject.data != "since", sign if aged else ""
        else:
            yield from _numbers(child, vocabulary, _WAYS.get(str(node.data), ""))


def _fact_unit(subject: Node, vocabulary: Vocabulary) -> str:
    fact = vocabulary.find("fact", word_of(cast("Token", subject.children[0])))
    return fact.unit if fact else ""


def _time(unit: str) -> str:
    name = singular(unit)
    return name if name in UNITS else ""
