"""A compiled policy as an ODRL 2.2 Set (https://www.w3.org/TR/odrl-model/), and what ODRL could not say.

Rules become permissions, prohibitions and obligations. Conditions become constraints: `not` is pushed down to
the comparisons, because ODRL has `and` and `or` but no `not`. A `never` with exceptions becomes a prohibition
that does not hold in the exceptional cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from troth.model.condition import ALWAYS, NEVER, All, Any_, Condition, Not, Test
from troth.model.policy import Policy, Rule, vocabulary_of
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary
from troth.policy.jsonld import CONTEXT, duration, iri, policy_iri, resolve, things, verb_iri

_LISTS = {
    "may": "odrl:permission",
    "only": "odrl:permission",
    "never": "odrl:prohibition",
    "block": "odrl:prohibition",
    "must": "odrl:obligation",
}
_TYPES = {
    "odrl:permission": "odrl:Permission",
    "odrl:prohibition": "odrl:Prohibition",
    "odrl:obligation": "odrl:Duty",
}
_OPERATORS = {"in": "odrl:isAnyOf", "<": "odrl:lt", "<=": "odrl:lteq", ">": "odrl:gt", ">=": "odrl:gteq"}
_OPPOSITE = {"in": "odrl:isNoneOf", "<": "odrl:gteq", "<=": "odrl:gt", ">": "odrl:lteq", ">=": "odrl:lt"}
_PARTS: tuple[tuple[str, str, tuple[Facet, ...]], ...] = (
    ("purposes", "odrl:purpose", ("purpose",)),
    ("recipients", "odrl:recipient", ("recipient", "subject")),
    ("places", "odrl:spatial", ("place", "channel", "thing")),
    ("channels", "odrl:deliveryChannel", ("channel", "recipient", "subject")),
    ("bases", "troth:fact:basis", ("basis",)),
    ("sources", "troth:fact:source", ("recipient", "subject", "thing", "place", "channel", "data")),
    ("subjects", "troth:fact:subject", ("subject",)),
    ("inside", "troth:fact:inside", ("thing", "purpose", "channel")),
)
# Facts whose values are terms: the same operand whether a part or a condition of a rule names them.
_TERMS = {
    name.removesuffix("s").replace("base", "basis"): (operand, facets) for name, operand, facets in _PARTS
} | {"data": ("troth:fact:data", ("data", "thing"))}


@dataclass(frozen=True, slots=True)
class Odrl:
    """An ODRL policy and what it could not say.

    Attributes:
        document: the policy as JSON-LD values, with its context.
        losses: what was lost, one sentence each: of all promises, then in the order of the rules.
    """

    document: dict[str, Any]
    losses: tuple[str, ...]


def as_odrl(policy: Policy) -> Odrl:
    """The policy as an ODRL Set; drafts that nobody has accepted are left out."""
    vocabulary = vocabulary_of(policy)
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": policy_iri(policy),
        "@type": "odrl:Set",
        "odrl:conflict": {"@id": "odrl:prohibit"},
    }
    losses = ["the sentences, and the titles, notes and proofs of the promises"] if policy.promises else []
    for promise in policy.promises:
        if promise.draft is not None:
            losses.append(f"{promise.id}: a draft that nobody has accepted")
            continue
        for rule in promise.rules:
            relation = _LISTS[rule.mode]
            node = _rule(policy, rule, vocabulary) | {"@type": _TYPES[relation]}
            document.setdefault(relation, []).append(node)
            losses += [f"{rule.id}: {lost}" for lost in _lost(rule)]
    return Odrl(document, tuple(losses))


def _rule(policy: Policy, rule: Rule, vocabulary: Vocabulary) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": f"{policy_iri(policy)}:{rule.id}",
        "odrl:action": {"@id": verb_iri(rule.verb)},
    }
    targets = [{"@id": iri(term)} for term in things(vocabulary, rule)]
    if targets:
        node["odrl:target"] = targets
    constraints = [*_parts(rule, vocabulary), *_timing(rule, vocabulary)]
    condition = _when(rule)
    if condition != ALWAYS:
        constraints.append(_constraint(condition, vocabulary, holds=True))
    if constraints:
        node["odrl:constraint"] = constraints
    return node


def _when(rule: Rule) -> Condition:
    """The condition under which the rule holds, exceptions and end included."""
    parts: list[Condition] = [rule.condition]
    if rule.trigger is not None:
        parts.append(rule.trigger.condition)
    if rule.mode in {"may", "only", "never"}:
        parts += [Not(exception.condition) for exception in rule.exceptions]
    if rule.until is not None:
        parts.append(Not(rule.until))
    stated = tuple(part for part in parts if part != ALWAYS)
    return stated[0] if len(stated) == 1 else All(stated)


def _parts(rule: Rule, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    for name, operand, facets in _PARTS:
        terms = [resolve(vocabulary, word, facets) for word in getattr(rule, name)]
        values = [{"@id": iri(term)} for term in terms if term is not None]
        if values:
            yield _compared(operand, "odrl:isAnyOf", values)


def _timing(rule: Rule, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    if rule.trigger and rule.trigger.event:
        event = vocabulary.get("event", rule.trigger.event)
        yield _compared("odrl:event", "odrl:gt", {"@id": iri(event)})
    length = duration(rule.deadline) if rule.deadline else ""
    if length and rule.deadline and rule.deadline.kind in {"within", "every"}:
        operand = "odrl:delayPeriod" if rule.deadline.kind == "within" else "odrl:timeInterval"
        yield _compared(operand, "odrl:lteq", {"@value": length, "@type": "xsd:duration"})


def _compared(operand: str, operator: str, value: Any) -> dict[str, Any]:
    return {
        "@type": "odrl:Constraint",
        "odrl:leftOperand": {"@id": operand},
        "odrl:operator": {"@id": operator},
        "odrl:rightOperand": value,
    }


def _constraint(condition: Condition, vocabulary: Vocabulary, *, holds: bool) -> dict[str, Any]:
    """A constraint that is satisfied when the condition is `holds`."""
    match condition:
        case Test():
            operators = _OPERATORS if holds else _OPPOSITE
            values = list(condition.values)
            if condition.fact in _TERMS and condition.op == "in":
                operand, facets = _TERMS[condition.fact]
                found = [resolve(vocabulary, str(value), facets) for value in values]
                said = [
                    {"@id": iri(term)} if term else value for term, value in zip(found, values, strict=True)
                ]
                return _compared(operand, operators["in"], said)
            value = values if condition.op == "in" else values[0]
            return _compared(f"troth:fact:{condition.fact}", operators[condition.op], value)
        case Not():
            return _constraint(condition.part, vocabulary, holds=not holds)
        case All() | Any_():
            joint = isinstance(condition, All) == holds
            parts = [_constraint(part, vocabulary, holds=holds) for part in condition.parts]
            operator = "odrl:and" if joint else "odrl:or"
            return {"@type": "odrl:LogicalConstraint", operator: {"@list": parts}}


def _lost(rule: Rule) -> Iterator[str]:
    if rule.mode == "only":
        yield "that everything else of this verb on this data is refused"
    yield from _lost_exceptions(rule)
    if rule.knowingly:
        yield "that only what is known counts"
    if rule.about:
        yield f"what it is about ({', '.join(rule.about)})"
    if rule.trigger and rule.trigger.argument:
        yield f"which `{rule.trigger.event}` starts it ({rule.trigger.argument})"
    yield from _lost_times(rule)
    if rule.holds or rule.held or rule.then:
        yield "the holds, and what happens while they last and after"
    if rule.otherwise:
        yield "what applies otherwise"
    if rule.record or rule.tell or any(one.record or one.tell for one in rule.exceptions):
        yield "what is recorded and told"
    if rule.measures:
        yield "the protective measures"
    if rule.open:
        yield "that the list is open"
    if rule.no_opt_out:
        yield "that nobody can opt out"
    if NEVER in (rule.condition, rule.until):
        yield "a condition that can not come true"


def _lost_exceptions(rule: Rule) -> Iterator[str]:
    if not rule.exceptions:
        return
    names = ", ".join(one.name for one in rule.exceptions)
    if rule.mode not in {"may", "only", "never"}:
        yield f"the exceptions ({names})"
    elif rule.mode == "never":
        yield "the names of the exceptions, and that an unknown fact does not lift the prohibition"
    else:
        yield "the names of the exceptions"


def _lost_times(rule: Rule) -> Iterator[str]:
    due = rule.deadline
    if due and rule.until is not None and due.kind == "after":
        due = None  # `until 24 months after EVENT`: a constraint says it
    if due and (not duration(due) or due.kind not in {"within", "every"}):
        yield f"the deadline ({due.kind})"
    elif due and due.event:
        yield f"the event from which the deadline counts ({due.event})"
    numbers = (rule.deadline.span if rule.deadline else None, *_tests(_when(rule)))
    if any(one is not None and one.chosen for one in numbers):
        yield "that the house chose a number"


def _tests(condition: Condition) -> Iterator[Test]:
    match condition:
        case Test():
            yield condition
        case Not():
            yield from _tests(condition.part)
        case All() | Any_():
            for part in condition.parts:
                yield from _tests(part)
