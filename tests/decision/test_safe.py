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


@pytest.mark.parametrize(("age", "expected"), [(10**400, "allowed"), (-(10**400), "forbidden")])
def test_a_number_may_be_of_any_length(age: int, expected: str) -> None:
    """A whole number that no decimal fraction can hold is compared as it is."""
    rules = "  may use email-address\n  never use email-address if age < 13\n"
    assert answer(rules, "", age=age) == expected


def test_values_are_read_whatever_their_case() -> None:
    """A choice is the same in capitals; a value outside the choice is unknown."""
    rules = "  may use email-address\n  never use email-address if order-status in [open, unpaid]\n"
    assert answer(rules, order_status="OPEN") == "forbidden"
    assert answer(rules, order_status="completed") == "allowed"
    assert answer(rules, order_status="half-open") == "unknown"


@pytest.mark.parametrize(
    ("since", "expected"), [(10, "forbidden"), (900, "allowed"), ("never", "forbidden"), (None, "unknown")]
)
def test_a_prohibition_ends_when_it_says(since: FactValue, expected: str) -> None:
    """`never ... until` forbids until its time has passed, and as long as nobody knows whether it has."""
    rules = "  may use email-address\n  never use email-address until 24 months after order-completed\n"
    assert answer(rules, since_order_completed=since) == expected


def test_a_broader_word_does_not_pass_a_prohibition() -> None:
    """What a prohibition asks of a channel is not known of a broader one; an exception needs the word itself."""
    rules = "  may use email-address\n  never use email-address if channel is email\n"
    assert answer(rules, channel="post") == "allowed"
    assert answer(rules, channel="message") == "unknown"
    lifted = "  may use email-address\n  never use email-address\n    except mail: channel is email\n"
    assert answer(lifted, channel="email") == "allowed"
    assert answer(lifted, channel="message") == "forbidden"


def test_a_broader_purpose_does_not_pass_a_condition() -> None:
    """Asked for a purpose that holds the tested one and others, a prohibition is not passed, and the purpose is missing."""
    rules = 'promise p use "Use"\n  may use email-address\n  never use email-address if purpose is newsletter\n  prove timer\n'
    decisions = table(compile_file(policy_file(rules).encode(), "case").policy)
    assert decisions.decide("use", "email-address", "newsletter").answer == "forbidden"
    assert decisions.decide("use", "email-address", "customer-care").answer == "allowed"
    broad = decisions.decide("use", "email-address", "direct-marketing")
    assert (broad.answer, broad.missing) == ("unknown", ("purpose",))
    assert not decisions.decide(
        "use", "email-address", "direct-marketing", facts={"purpose": "customer-care"}
    ).allowed


def test_measures_of_a_permission_are_told() -> None:
    """Who may do something only with a measure is told which."""
    rules = 'promise p use "Use"\n  may use email-address with pseudonymisation, tls\n  prove timer\n'
    found = table(compile_file(policy_file(rules).encode(), "case").policy).decide(
        "use", "email-address", "purpose"
    )
    assert found.as_json()["with"] == ["pseudonymisation", "tls"]
