"""The search for facts that meet one condition and not another, against looking at every case."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings

from tests.decision.strategies import conditions
from troth.decision.formula import Budget, Unsettled
from troth.decision.norm import expand
from troth.decision.possible import stated
from troth.decision.space import beyond, cases, exceeding
from troth.model.condition import All, Any_, Condition, Test, truth
from troth.model.errors import TrothError
from troth.model.vocabulary import load

WORDS = load()


@given(conditions, conditions)
@settings(max_examples=300)
def test_the_search_agrees_with_looking_at_every_case(one: Condition, other: Condition) -> None:
    """Facts are found exactly where some case of all has them, and they are such a case."""
    wide, narrow = expand(one, WORDS), expand(other, WORDS)
    # a word broader than what is tested leaves a condition open: it does not hold there
    every = [case for case in cases((wide, narrow)) if truth(wide, case) and not truth(narrow, case)]
    found = exceeding(wide, narrow)
    assert (found is None) == (not every)
    if found is not None:
        assert truth(wide, found) is True
        assert truth(narrow, found) is not True


def test_a_fact_with_a_list_has_no_other_value() -> None:
    """All values that the vocabulary lists for a fact are all values it has; a word of another kind always has one more."""
    values = WORDS.get("fact", "order-status").values
    always, both = All(()), (WORDS, WORDS)
    assert exceeding(always, Test("order-status", "in", values), both) is None
    found = exceeding(always, Test("source", "in", ("data-subject",)), both)
    assert found is not None
    assert any(WORDS.find(facet, str(found["source"])) for facet in ("recipient", "subject"))


def test_no_time_passes_before_its_event() -> None:
    """A length of time since an event is never below zero, and the event may not have happened."""
    happened = Test("since-account-closed", ">=", (0,))
    assert exceeding(All(()), happened) == {"since-account-closed": "never"}


def test_a_search_that_is_given_up_says_so() -> None:
    """With too many cases there is no answer, and nothing is claimed of the two conditions."""
    rooms = [[Test(f"{guest} {room}", "in", (True,)) for room in range(8)] for guest in range(9)]
    placed = All(tuple(Any_(tuple(own)) for own in rooms))
    shared = Any_(tuple(All(pair) for one in zip(*rooms, strict=True) for pair in combinations(one, 2)))
    with pytest.raises(Unsettled):
        exceeding(placed, shared)
    assert beyond(placed, shared) == {}
    with pytest.raises(Unsettled):
        exceeding(placed, Any_((rooms[0][0],)), budget=Budget(0))


def test_ages_and_people_are_whole_numbers() -> None:
    """Nobody is between 15 and 16 for a condition, and half a person is refused; days have fractions."""
    both = (WORDS, WORDS)
    assert exceeding(Test("age", "<", (16,)), Test("age", "<=", (15,)), both) is None
    assert exceeding(Test("approvals", ">", (1,)), Test("approvals", ">=", (2,)), both) is None
    assert exceeding(All(()), Test("age", ">=", (0,)), both) is None
    assert exceeding(Test("age", "<", (16,)), Test("age", "<=", (14,)), both) == {"age": 15}
    assert exceeding(Test("account-age", "<", (16,)), Test("account-age", "<=", (15,)), both) == {
        "account-age": 15.5
    }
    assert stated(WORDS, {"age": 15.0, "account-age": 15.5}) == {"age": 15.0, "account-age": 15.5}
    with pytest.raises(TrothError, match="can not be"):
        stated(WORDS, {"age": 15.5})
