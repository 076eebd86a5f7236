"""The fast decision table against the slow interpreter, and the rules of the game one by one."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decision.oracle import Ask, Oracle
from tests.decision.strategies import asks, facts, policies
from troth.decision.batch import Batch
from troth.decision.table import table
from troth.model.condition import FactValue
from troth.model.errors import NotFound
from troth.model.policy import Policy, vocabulary_of
from troth.model.request import Request
from troth.policy.bind import compile_file

SHOP = """+++
provider = "Shop"
version = "1"
+++

We keep our promises. {#s1 p}

```troth
promise p use "Rules"
  RULES
  prove access-decision
```
"""


@given(policies, st.lists(st.tuples(asks, facts), min_size=1, max_size=6))
@settings(max_examples=600)
def test_the_table_agrees_with_the_interpreter(
    policy: Policy, requests: list[tuple[Ask, dict[str, FactValue]]]
) -> None:
    """Random policies, random requests: the same answer and the same cited rule."""
    fast, slow = table(policy), Oracle(policy, vocabulary_of(policy))
    for ask, known in requests:
        quick, plain = fast.decide(*ask, known), slow.decide(ask, known)
        assert (quick.answer, quick.rule) == (plain.answer, plain.rule)


@given(policies, st.lists(st.tuples(asks, facts), min_size=1, max_size=12))
@settings(max_examples=150)
def test_a_batch_answers_as_one_by_one(
    policy: Policy, requests: list[tuple[Ask, dict[str, FactValue]]]
) -> None:
    """Columns of requests get exactly the decisions that single requests get."""
    one = table(policy)
    batch = Batch(one)
    columns = [
        batch.code(name, [ask[place] for ask, _ in requests]) for place, name in enumerate(batch.columns)
    ]
    known = {
        name: batch.code_fact(name, [given_.get(name) for _, given_ in requests]) for name in batch.facts
    }
    answers = batch.decide(columns[0], columns[1], columns[2], columns[3], known)
    single = [one.decide(*ask, given_) for ask, given_ in requests]
    assert [answers.decisions[code] for code in answers.codes] == single
    assert answers.allowed.dtype == np.bool_
    assert answers.allowed.tolist() == [decision.allowed for decision in single]


def test_a_batch_takes_the_words_that_single_requests_take() -> None:
    """Synonyms, values in any case and numbers that are none mean the same in columns as one by one; strange words are named."""
    text = SHOP.replace(
        "RULES",
        "may use personal-data\n  never use email-address for payment if age < 13 and consent is given",
    )
    one = table(compile_file(text.encode(), "shop.troth.md").policy)
    batch = Batch(one)
    cases: list[tuple[str, dict[str, FactValue]]] = [
        ("email", {"age": 12, "consent": "GIVEN"}), ("e-mail", {"age": 12.5, "consent": "given"}),
        ("email-address", {"age": inf, "consent": "given"}), ("email", {"age": 13, "consent": "given"}),
        ("email", {"age": "12", "consent": "given"}), ("name", {"age": 12, "consent": "given"}),
        ("email", {"age": 10**400, "consent": "given"}), ("email", {"age": nan, "consent": "no such thing"}),
    ]  # fmt: skip
    size = len(cases)
    answers = batch.decide(
        batch.code("verbs", ["read"] * size),
        batch.code("data", [data for data, _ in cases]),
        batch.code("purposes", ["payment", "payment-management"] * (size // 2)),
        batch.code("recipients", [""] * size),
        {name: batch.code_fact(name, [known[name] for _, known in cases]) for name in batch.facts},
    )
    single = [one.answer(Request("read", (data,), "payment", "", known))[0] for data, known in cases]
    assert [answers.decisions[code] for code in answers.codes] == single
    assert {decision.answer for decision in single} == {"forbidden", "unknown", "allowed"}
    for dimension in batch.columns:
        with pytest.raises(NotFound):
            batch.code(dimension, ["no such word"])


@given(policies, asks, facts)
@settings(max_examples=150)
def test_a_missing_fact_never_allows_what_knowledge_forbids(
    policy: Policy, ask: Ask, known: dict[str, FactValue]
) -> None:
    """Taking away a fact can not turn a refusal into a permission, but for what is only forbidden knowingly."""
    fast = table(policy)
    if any(norm.knowing for norm in fast.norms) or fast.decide(*ask, known).allowed:
        return
    for name in known:
        less = {fact: value for fact, value in known.items() if fact != name}
        assert not fast.decide(*ask, less).allowed


@given(policies, asks, facts)
@settings(max_examples=300)
def test_a_vague_word_never_allows_what_a_prohibition_forbids(
    policy: Policy, ask: Ask, known: dict[str, FactValue]
) -> None:
    """Naming a broader purpose or channel can not turn a prohibition without exceptions into a permission."""
    fast, words = table(policy), vocabulary_of(policy)
    if any(norm.knowing or norm.lifts for norm in fast.norms):
        return
    verb, data, purpose, recipient = ask
    if fast.decide(*ask, known).answer == "forbidden":
        for broader in words.above("purpose", purpose):
            assert not fast.decide(verb, data, broader.key, recipient, known).allowed
        if isinstance(channel := known.get("channel"), str):
            for broader in words.above("channel", channel):
                assert not fast.decide(*ask, {**known, "channel": broader.key}).allowed
