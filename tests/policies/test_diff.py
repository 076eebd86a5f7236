"""Two versions of a policy compared: the expected changes, each with a witness that the interpreter confirms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decision.oracle import Ask, Oracle
from tests.decision.strategies import asks, facts, policies
from tests.policies.cases import Case, cases, policy_file
from troth.decision.compare import Comparison, compare
from troth.model.change import WEAKENING, Change
from troth.model.condition import FactValue
from troth.model.policy import Policy, vocabulary_of
from troth.policy.bind import compile_file

ALL = cases("diff.cases")


def versions(case: Case) -> tuple[Policy, Policy]:
    """The two policies of a case."""
    old, new = (compile_file(policy_file(part).encode(), "case.troth.md") for part in case.parts[:2])
    for one in (old, new):
        bad = [f.message for f in one.problems if f.rule != "unknown-promise"]
        assert not bad
    return old.policy, new.policy


def confirmed(change: Change, old: Policy, new: Policy) -> bool:
    """Whether the interpreter gives the two answers that the witness of a permission claims."""
    witness = change.witness
    if "old_rule" not in witness:
        return bool(witness["old"] != witness["new"])
    if "not expressly forbidden" in (witness["old"], witness["new"]):
        return {"forbidden", "unknown"} & {witness["old"], witness["new"]} != set()
    ask: Ask = (witness["verb"], witness["data"], witness["purpose"], witness["recipient"])
    answers = []
    for policy in (old, new):
        vocabulary = vocabulary_of(policy)
        if vocabulary.find("data", ask[1]) is None and ":" not in ask[1]:
            answers.append("not allowed")
        else:
            answers.append(Oracle(policy, vocabulary).decide(ask, witness["facts"]).answer)
    return answers == [witness["old"], witness["new"]] and (answers[0] == "allowed") != (
        answers[1] == "allowed"
    )


@pytest.mark.parametrize("case", ALL, ids=[case.title for case in ALL])
def test_changes(case: Case) -> None:
    """The changes are exactly the expected ones; every witness holds."""
    old, new = versions(case)
    found = compare(old, new)
    wanted = [row for row in case.parts[2].split("\n") if row.strip()]
    flags = {"weakens", "material"}
    assert sorted(f"{c.kind} {c.direction} {c.promise}" for c in found.changes) == sorted(
        w for w in wanted if w not in flags
    )
    assert found.weakens == ("weakens" in wanted)
    assert found.material == ("material" in wanted)
    assert all(confirmed(change, old, new) for change in found.changes)
    assert all(change.sentences and change.message for change in found.changes)


@given(policies, policies, st.lists(st.tuples(asks, facts), min_size=3, max_size=8))
@settings(max_examples=120)
def test_no_changed_answer_is_missed(
    old: Policy, new: Policy, requests: list[tuple[Ask, dict[str, FactValue]]]
) -> None:
    """Where random requests are answered differently by the two versions, the comparison says so, in that direction."""
    found = compare(old, new)
    permissions = [change for change in found.changes if "old_rule" in change.witness]
    before, after = Oracle(old, vocabulary_of(old)), Oracle(new, vocabulary_of(new))
    for ask, known in requests:
        was, now = before.decide(ask, known).answer, after.decide(ask, known).answer
        if was != "allowed" and now == "allowed":
            assert any(change.direction in WEAKENING for change in permissions)
        if was == "allowed" and now not in {"allowed", "unknown"}:
            assert any(change.direction not in WEAKENING for change in permissions)
    assert all(confirmed(change, old, new) for change in permissions)


@given(policies)
@settings(max_examples=60)
def test_a_policy_does_not_differ_from_itself(policy: Policy) -> None:
    """No change, not material, weakens nobody."""
    assert compare(policy, policy) == Comparison((), material=False, weakens=False)
