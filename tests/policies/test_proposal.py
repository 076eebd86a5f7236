"""The hardest promises that people write, as they would write them: every one is understood and decides."""

from __future__ import annotations

from pathlib import Path

from troth.decision.table import table
from troth.model.condition import FactValue
from troth.model.request import Request
from troth.policy.bind import Compiled, compile_file
from troth.policy.check import check


def hardest() -> Compiled:
    """The compiled file of hard promises."""
    return compile_file((Path(__file__).parent / "hardest.troth.md").read_bytes(), "hardest.troth.md")


def test_the_hardest_promises_are_understood() -> None:
    """No word is unknown, no line is refused; only the table of periods is not there."""
    found = [f for f in check(hardest()) if f.severity != "info" and f.rule != "missing-table"]
    assert [(f.rule, f.message) for f in found] == []


KNOWN: dict[str, FactValue] = {
    "held": False, "since-opt-out": "never", "opt-out": False, "opt-out.recommendations": False,
    "age": 40, "minor": False, "inside": "newsletter-message",
}  # fmt: skip


def answer(
    verb: str, data: str, purpose: str, recipient: str = "", more: dict[str, FactValue] | None = None
) -> str:
    """The answer to one request, with everything known that only other promises ask for."""
    asked = Request(verb, (data,), purpose, recipient, KNOWN | (more or {}))
    return table(hardest().policy).answer(asked)[0].answer


def test_children_and_marketing() -> None:
    """A child's data is not collected; marketing needs consent and ends with the opt-out."""
    assert answer("collect", "email-address", "account-management", "", {"age": 12}) == "forbidden"
    marketing = ("use", "email-address", "direct-marketing", "")
    assert answer(*marketing, {"consent": "given"}) == "allowed"
    assert answer(*marketing, {"consent": "refused"}) == "not allowed"
    assert answer(*marketing, {"consent": "given", "opt-out": True}) == "forbidden"


def test_recommendations() -> None:
    """They are allowed until the opt-out, which may be called by its synonym, and not while data is held."""
    wanted = ("use", "server-usage", "recommendations", "")
    assert answer(*wanted) == "allowed"
    assert answer(*wanted, {"opt-out.recommendations": True}) == "forbidden"
    assert answer(*wanted, {"held": True}) == "forbidden"


def test_processors_and_contents() -> None:
    """Payment data goes to the payment processor under agreement and nowhere else; contents need one of four grounds."""
    payment = ("share", "payment-card-number", "payment", "payment-processor")
    assert answer(*payment, {"agreement": "in-force"}) == "allowed"
    assert answer(*payment) == "unknown"
    assert (
        answer(
            "share", "payment-card-number", "direct-marketing", "payment-processor", {"agreement": "in-force"}
        )
        == "forbidden"
    )
    contents = ("disclose", "customer-communications-content", "marketing", "third-party")
    none: dict[str, FactValue] = {
        "recipient-agreement": "missing",
        "document": "none",
        "legal-review": "pending",
    }
    none |= {"obtained": "knowingly", "balancing": "failed", "suspicion": "none"}
    assert answer(*contents, none) == "forbidden"
