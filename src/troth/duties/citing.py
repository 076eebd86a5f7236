"""Which promise of the policy a person's request rests on: what evidence cites and by when it must be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from troth.duties.deadlines import Source
from troth.model.plan import Citation
from troth.model.policy import Policy, Promise, Rule

EVENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "access": ("request-access", "request"),
        "portability": ("request-portability", "request-access", "request"),
        "rectify": ("request-rectify", "request"),
        "erase": ("request-erase", "request"),
        "restrict": ("request-restrict", "request"),
        "object": ("request-object", "opt-out", "request"),
        "opt-out": ("marketing-opt-out", "opt-out"),
        "withdraw": ("consent-withdrawn",),
        "complaint": ("complaint-received", "request"),
        "question": ("question-received", "request"),
    }
)
"""By right, the events of the vocabulary that a rule about it waits for, the closest first."""

VERBS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "access": ("give", "disclose", "export", "show"),
        "portability": ("give", "export", "transfer"),
        "rectify": ("correct",),
        "erase": ("erase", "anonymise"),
        "restrict": ("restrict",),
        "object": ("stop",),
        "opt-out": ("stop",),
        "withdraw": ("stop", "erase"),
        "complaint": ("answer",),
        "question": ("answer",),
    }
)
"""By right, the verbs that carry it out, the closest first."""


def rules_for(policy: Policy, right: str) -> Iterator[tuple[Promise, Rule]]:
    """The duties that a request of this right starts, the closest event first, in text order."""
    for event in EVENTS[right]:
        for promise in policy.promises:
            for rule in promise.rules:
                if rule.mode == "must" and rule.trigger is not None and rule.trigger.event == event:
                    yield promise, rule


def rule_for(policy: Policy, right: str) -> tuple[Promise, Rule] | None:
    """The duty that carries a right out; None where the policy promises none."""
    found = list(rules_for(policy, right))
    for verb in VERBS[right]:
        for promise, rule in found:
            if rule.verb == verb:
                return promise, rule
    return next((one for one in found if one[1].verb == "answer"), None)


def citation_for(policy: Policy, right: str) -> Citation:
    """What evidence cites for a request: the promise and its sentences, or the policy alone where it promises nothing."""
    found = rule_for(policy, right)
    if found is None:
        return Citation(policy=policy.hash)
    return Citation(found[0].id, found[0].sentences, policy.hash)


def sources_for(policy: Policy, right: str) -> tuple[Source, ...]:
    """The promises that say by when a request is answered: those of the verbs that carry it out, and of answering it."""
    verbs = {*VERBS[right], "answer"}
    return tuple(
        Source(rule.id, promise.sentences, rule.deadline)
        for promise, rule in rules_for(policy, right)
        if rule.verb in verbs and rule.deadline is not None
    )
