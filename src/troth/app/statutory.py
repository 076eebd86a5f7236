"""Duties of a policy that give themselves more time than the law of the places it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from troth.duties.clocks import clock, clocks_for
from troth.model.clock import Clock, Part
from troth.model.finding import Finding
from troth.model.policy import Policy, Promise, Rule, Span

_ANSWERS = frozenset({"give", "show", "export", "correct", "erase", "restrict", "answer", "refuse", "stop"})
_LONGEST = {
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "business-day": 1.4, "week": 7.0, "month": 31.0,
    "quarter": 92.0, "year": 366.0,
}  # fmt: skip
_AUTHORITY = {"EU": "EU-BREACH-DPA", "UK": "UK-BREACH-DPA"}


def late(policy: Policy, places: Sequence[str]) -> tuple[Finding, ...]:
    """A finding for each answer to a request, or notice of a breach to an authority, that may come later than the law has it.

    Args:
        policy: the compiled policy.
        places: codes of the laws that count ("EU", "HK").
    """
    return tuple(
        _finding(policy, promise, rule, one, part)
        for promise in policy.promises
        if promise.draft is None
        for rule in promise.rules
        for one, part in _clocks(rule, places)
        if rule.deadline is not None and rule.deadline.span is not None and _longer(rule.deadline.span, part)
    )


def _clocks(rule: Rule, places: Sequence[str]) -> Iterator[tuple[Clock, Part]]:
    """The parts of the law's clocks that run for a duty and have a number that binds."""
    event = rule.trigger.event if rule.trigger else ""
    if rule.mode != "must" or rule.deadline is None or rule.deadline.kind != "within":
        return
    found: list[Clock] = []
    if event.startswith("request-") and rule.verb in _ANSWERS:
        found = [one for code in places for one in clocks_for(event.removeprefix("request-"), code)]
    elif event.startswith("breach") and any("authority" in thing for thing in rule.things):
        found = [clock(_AUTHORITY[code]) for code in places if code in _AUTHORITY]
    for one in found:
        for part in one.parts:
            if part.kind == "within" and part.firm and part.number and (part.answers or not one.rights):
                yield one, part


def _longer(span: Span, part: Part) -> bool:
    """Whether a length is longer than the law's, at its longest: a month may have 31 days."""
    if span.unit == part.unit:
        return span.number > (part.number or 0)
    return span.number * _LONGEST[span.unit] > (part.number or 0) * _LONGEST[part.unit]


def _finding(policy: Policy, promise: Promise, rule: Rule, one: Clock, part: Part) -> Finding:
    span = rule.deadline.span if rule.deadline else None
    allowed = Span(part.number or 0, part.unit)
    sentences = tuple(policy.by_sentence[name].sentence for name in promise.sentences)
    return Finding(
        "risky-promise",
        "deadline-over-law",
        "warn",
        f"`{rule.id}` takes {span}, and {one.jurisdiction} law gives {allowed}",
        "promise the time of the law or less",
        sentences,
        law=one.law.split(" (")[0],
        promise=promise.id,
        line=promise.line,
    )
