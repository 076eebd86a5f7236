"""Two versions of a policy compared: the expected changes, each with a witness that the interpreter confirms."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decision.oracle import Ask, Oracle
from tests.decision.strategies import asks, facts, policies
from tests.policies.cases import Case, cases, policy_file
from troth.decision.compare import Comparison, compare
from troth.decision.table import table, tables
from troth.model.change import WEAKENING, Change
from troth.model.condition import FactValue
from troth.model.errors import NotFound
from troth.model.policy import Policy, vocabulary_of
from troth.model.request import Request
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
            answers.append(Oracle(policy, vocabulary).decide(ask, declared(policy, witness["facts"])).answer)
    return answers == [witness["old"], witness["new"]] and (answers[0] == "allowed") != (
        answers[1] == "allowed"
    )


def declared(policy: Policy, facts: dict[str, FactValue]) -> dict[str, FactValue]:
    """The facts without values that the policy does not list for them: to it they are unknown."""
    terms = {name: vocabulary_of(policy).find("fact", name) for name in facts}
    return {
        name: value
        for name, value in facts.items()
        if (term := terms[name]) is None or not term.values or value in term.values
    }


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


@pytest.mark.parametrize("case", ALL, ids=[case.title for case in ALL])
def test_witnesses_can_be_asked(case: Case) -> None:
    """Who asks the two versions what a witness of a permission says gets the two answers that it claims."""
    old, new = versions(case)
    for change in compare(old, new).changes:
        one = change.witness
        if "old_rule" in one and "not expressly forbidden" not in (one["old"], one["new"]):
            ask = Request(one["verb"], (one["data"],), one["purpose"], one["recipient"], one["facts"])
            answers = []
            for policy in (old, new):
                try:
                    answers.append(table(policy).answer(ask)[0].answer)
                except NotFound:  # a word that only the other version knows
                    answers.append("not allowed")
            assert answers == [one["old"], one["new"]]


FLAGS = "".join(f"fact f{number}: flag\n" for number in range(72))


def one_rule(condition: str) -> Policy:
    """A policy that permits one thing under a condition, and calls nothing but a change of sharing material."""
    text = f'{FLAGS}define material means changed-kind in [share]\npromise p use "Use"\n  may use name if {condition}\n'
    return compile_file(policy_file(text + "  prove timer\n").encode(), "case.troth.md").policy


@pytest.mark.parametrize("number", [8, 11, 13, 30])
def test_a_case_among_very_many_is_found(number: int) -> None:
    """A permission that grew by the one case in which every fact is false is told, however many facts there are."""
    pairs = [(f"f{one}", f"f{one + number}") for one in range(number)]
    base = " or ".join(f"({one} and {other})" for one, other in pairs)
    more = " and ".join(f"not {one} and not {other}" for one, other in pairs)
    (change,) = compare(one_rule(base), one_rule(f"{base} or ({more})")).changes
    assert change.direction == "wider"
    assert set(change.witness["facts"].values()) == {False}


def test_what_can_not_be_compared_completely_is_told() -> None:
    """Where too many cases would have to be looked at, the rule is named and the change counts as material and weakening."""
    # nine guests in eight rooms: two must share, but to see it takes very many cases
    rooms = [[f"f{8 * guest + room}" for room in range(8)] for guest in range(9)]
    shared = " or ".join(
        f"({one[room]} and {other[room]})" for one, other in combinations(rooms, 2) for room in range(8)
    )
    placed = " and ".join(f"({' or '.join(own)})" for own in rooms)
    found = compare(one_rule(shared), one_rule(f"{shared} or ({placed})"))
    (change,) = found.changes
    assert (change.effect, found.weakens, found.material) == ("unclear", True, True)
    assert "`p/1`" in change.message
    assert "not be compared completely" in change.message


def test_many_holds_are_compared() -> None:
    """One hold more among two dozen is told with the one case in which the duty waits now."""
    holds = [f"      hold h{number}: f{number}" for number in range(25)]
    rule = ['promise p erase "Erase"', "  when request-erase", "    must erase name within 30 days"]
    old, new = (
        compile_file(policy_file(FLAGS + "\n".join([*rule, *some, "  prove timer\n"])).encode(), "c").policy
        for some in (holds[:24], holds)
    )
    (change,) = compare(old, new).changes
    assert (change.kind, change.direction) == ("hold", "weaker")
    assert [name for name, value in change.witness["facts"].items() if value] == ["f24"]


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


@given(policies, policies, st.data())
@settings(max_examples=60)
def test_tables_of_two_versions(old: Policy, new: Policy, data: st.DataObject) -> None:
    """What is read once for both versions is what each says alone, whatever they share and wherever it stands."""
    kept = data.draw(st.lists(st.sampled_from(old.promises), unique_by=id)) if old.promises else []
    others = [one for one in new.promises if one.id not in {each.id for each in kept}]
    mixed = replace(new, promises=tuple(data.draw(st.permutations([*kept, *others]))))
    if (old.vocabulary, old.terms, old.groups) == (new.vocabulary, new.terms, new.groups):
        assert tables(old, mixed)[1].norms == table(mixed).norms
    assert tables(old, new)[1].norms == table(new).norms


def test_a_hold_that_is_gone_lasts_no_time() -> None:
    """Where a hold without end goes and a short one stays, the duty waits less: the lost hold is not said to last."""
    rules = 'promise p erase "P"\n  when request-erase\n    must erase name within 30 days\n'
    long, short = (
        "      hold a: dispute-status is open\n",
        "      hold b: order-status is open at-most ~60 days\n",
    )
    old, new = (
        compile_file(policy_file(f"{rules}{holds}  prove timer\n").encode(), "p").policy
        for holds in (long + short, short)
    )
    told = [one.message for one in compare(old, new).changes]
    assert "`p`: erase may wait 60 days (was: without end)" in told
    assert not any("hold a may last" in one for one in told)
