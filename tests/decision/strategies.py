"""Random policies, requests and facts, over a small part of the vocabulary so that rules meet often."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st

from troth.model.condition import ALWAYS, All, Any_, Condition, FactValue, Not, Test
from troth.model.policy import Deadline, Exemption, Policy, Promise, Rule, Span, Trigger

DATA = (
    "personal-data",
    "contact",
    "email-address",
    "telephone-number",
    "name",
    "payment-card-number",
    "thing:aggregate-statistics",
)
PURPOSES = (
    "purpose",
    "direct-marketing",
    "newsletter",
    "account-management",
    "create-account",
    "service-notice",
)
RECIPIENTS = (
    "recipient",
    "data-processor",
    "payment-processor",
    "law-enforcement-organisation",
    "account-holder",
)
VERBS = ("process", "use", "analyse", "share", "disclose", "collect", "retain")
FACTS: dict[str, tuple[FactValue, ...]] = {
    "minor": (True, False),
    "consent": ("given", "explicit", "refused", "withdrawn"),
    "age": (5, 12, 13, 14, 40),
    "held": (True, False),
    "opt-out": (True, False),
    "opt-out.newsletter": (True, False),
    "channel": ("email", "post", "account-settings", "message", "channel"),
    "since-account-closed": (0, 10, 30, 31, 700, "never"),
}

keys = st.sampled_from


def some(values: tuple[str, ...], most: int = 2, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of the values, in their order."""
    return keys([chosen for size in range(least, most + 1) for chosen in combinations(values, size)])


def tests() -> st.SearchStrategy[Condition]:
    """One comparison."""
    number = st.builds(
        Test, keys(("age", "since-account-closed")), keys(("<", "<=", ">", ">=")), keys(((13,), (30,)))
    )
    flag = st.builds(Test, keys(("minor", "opt-out", "held")), st.just("in"), keys(((True,), (False,))))
    choice = st.builds(
        Test, st.just("consent"), st.just("in"), keys((("given",), ("given", "explicit"), ("refused",)))
    )
    purpose = st.builds(Test, st.just("purpose"), st.just("in"), some(PURPOSES, 2, 1))
    recipient = st.builds(Test, st.just("recipient"), st.just("in"), some(RECIPIENTS, 2, 1))
    return st.one_of(number, flag, choice, purpose, recipient)


conditions: st.SearchStrategy[Condition] = st.one_of(
    st.just(ALWAYS),
    st.recursive(
        tests(),
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(Any_, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        ),
        max_leaves=4,
    ),
)
exemptions = st.lists(conditions, max_size=2).map(
    lambda found: tuple(Exemption(f"e{number}", condition) for number, condition in enumerate(found))
)
seldom = st.one_of(st.just(ALWAYS), st.just(ALWAYS), conditions)
triggers = st.one_of(st.none(), st.builds(Trigger, keys(("opt-out",)), keys(("", "newsletter")), conditions))
spans = st.one_of(
    st.none(), st.builds(Deadline, st.just("within"), st.builds(Span, keys((7, 30, 60)), st.just("day")))
)

permissions = st.builds(
    Rule, st.just(""), keys(("may", "only")), keys(VERBS), some(DATA), purposes=some(PURPOSES), recipients=some(RECIPIENTS, 1),
    bases=keys(((), (), (), ("consent",), ("explicitly-expressed-consent",), ("contract",), ("consent", "contract"))),
    condition=seldom, channels=keys(((), (), ("email",))), until=st.one_of(st.none(), st.none(), conditions),
    trigger=st.one_of(st.none(), st.none(), triggers), exceptions=st.one_of(st.just(()), exemptions),
)  # fmt: skip
prohibitions = st.builds(
    Rule, st.just(""), keys(("never", "block")), keys(VERBS), some(DATA), purposes=some(PURPOSES), recipients=some(RECIPIENTS, 1),
    condition=conditions, until=st.one_of(st.none(), st.none(), conditions), trigger=triggers, exceptions=exemptions,
    knowingly=st.booleans(), channels=keys(((), (), ("email",))),
)  # fmt: skip
stops = st.builds(
    Rule, st.just(""), st.just("must"), st.just("stop"), some(tuple(f"purpose:{p}" for p in PURPOSES)), condition=conditions,
    trigger=triggers, exceptions=exemptions, deadline=spans,
)  # fmt: skip
holds = st.builds(
    lambda erase, held: replace(erase, held=(replace(held, id=""),)),
    st.builds(
        Rule,
        st.just(""),
        st.just("must"),
        st.just("erase"),
        st.just(("personal-data",)),
        trigger=triggers,
        holds=exemptions,
        deadline=spans,
    ),
    st.builds(
        Rule, st.just(""), keys(("only", "never")), st.just("use"), some(DATA), purposes=some(PURPOSES)
    ),
)
rules = st.one_of(permissions, permissions, permissions, permissions, prohibitions, stops, holds)


def _named(promise: Promise) -> Promise:
    named = []
    for number, rule in enumerate(promise.rules, 1):
        name = f"{promise.id}/{number}"
        held = tuple(replace(one, id=f"{name}.held{place}") for place, one in enumerate(rule.held, 1))
        named.append(replace(rule, id=name, held=held))
    return replace(promise, rules=tuple(named))


def _policy(groups: list[list[Rule]], drafts: list[bool]) -> Policy:
    promises = tuple(
        _named(
            Promise(
                f"p{number}",
                "use",
                "",
                (f"s{number}",),
                rules=tuple(group),
                draft=0.5 if drafts[number % len(drafts)] else None,
            )
        )
        for number, group in enumerate(groups)
    )
    return Policy("Random", "1", "en", ("dpv-2.3", "troth-cloud-1"), (), promises)


policies = st.builds(
    _policy,
    st.lists(st.lists(rules, min_size=1, max_size=3), min_size=1, max_size=5),
    st.lists(keys((False, False, False, True)), min_size=1, max_size=4),
)
asks = st.tuples(keys(VERBS), keys(DATA), keys(PURPOSES), keys(("", *RECIPIENTS)))
facts = st.fixed_dictionaries(
    {}, optional={name: st.one_of(st.none(), keys(values)) for name, values in FACTS.items()}
)
