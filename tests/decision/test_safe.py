"""What is not understood never permits and never lifts; what a fact can not be is unknown."""

from __future__ import annotations

import pytest

from tests.policies.cases import policy_file
from troth.decision.table import table
from troth.model.condition import FactValue
from troth.model.request import Request
from troth.policy.bind import compile_file


def answer(rules: str, recipient: str = "", **facts: FactValue) -> str:
    """The answer to using or sharing an e-mail address under these rules."""
    policy = compile_file(policy_file(f'promise p use "Use"\n{rules}  prove timer\n').encode(), "case").policy
    verb = "share" if recipient else "use"
    known = {name.replace("_", "-"): value for name, value in facts.items()}
    return (
        table(policy).answer(Request(verb, ("email-address",), "customer-care", recipient, known))[0].answer
    )


@pytest.mark.parametrize(
    "rule",
    [
        "if bogus",
        "for bogus",
        "on bogus",
        "by bogus",
        "at bogus",
        "from bogus",
        "inside bogus",
        "if age < 13 bogus",
        "if consent is bogus",
    ],
)
def test_a_permission_with_an_unknown_word_permits_nothing(rule: str) -> None:
    """A part that nobody understood is not left out."""
    assert answer(f"  may use email-address {rule}\n", consent="given", age=5) != "allowed"


def test_a_limit_with_an_unknown_word_stays() -> None:
    """A mistyped recipient of an `only` opens nothing, for nobody."""
    rules = "  only share email-address to bogus\n  may share email-address\n"
    assert answer(rules, "advertiser") == "forbidden"


def test_an_exception_with_an_unknown_word_lifts_nothing() -> None:
    """The prohibition stands."""
    rules = "  may use email-address\n  never use email-address\n    except one: bogus\n"
    assert answer(rules) == "forbidden"


@pytest.mark.parametrize(
    ("fact", "value"), [("age", float("nan")), ("age", float("inf")), ("age", "old"), ("minor", "perhaps")]
)
def test_a_value_a_fact_can_not_have_is_unknown(fact: str, value: FactValue) -> None:
    """Nonsense does not help who asks."""
    rules = (
        "  may use email-address\n  never use email-address if age < 13\n  never use email-address if minor\n"
    )
    known: dict[str, FactValue] = {"age": 40, "minor": False, fact: value}
    assert answer(rules, "", **known) == "unknown"


def test_values_are_read_whatever_their_case() -> None:
    """A choice is the same in capitals; a value outside the choice is unknown."""
    rules = "  may use email-address\n  never use email-address if order-status in [open, unpaid]\n"
    assert answer(rules, order_status="OPEN") == "forbidden"
    assert answer(rules, order_status="completed") == "allowed"
    assert answer(rules, order_status="half-open") == "unknown"
