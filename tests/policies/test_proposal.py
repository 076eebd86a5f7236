"""The hardest promises that people write, as they would write them: every one is understood and decides."""

from __future__ import annotations

from pathlib import Path

from troth.decision.table import table
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


def answer(verb: str, data: str, purpose: str, recipient: str = "", **facts: object) -> str:
    """The answer to one request, with everything known that only other promises ask for."""
    known: dict[str, object] = {
        "held": False,
        "since-opt-out": "never",
        "opt-out": False,
        "opt-out.recommendations": False,
    }
    known |= {"age": 40, "minor": False, "inside": "newsletter-message"}
    known |= {name.replace("_", "-"): value for name, value in facts.items()}
    asked = Request(verb, (data,), purpose, recipient, known)  # type: ignore[arg-type]
    return table(hardest().policy).answer(asked)[0].answer


def test_they_decide() -> None:
    """Children, opt-outs, holds, contents and agreements, each both ways."""
    assert answer("collect", "email-address", "account-management", age=12) == "forbidden"
    assert answer("use", "email-address", "direct-marketing", consent="given") == "allowed"
    assert answer("use", "email-address", "direct-marketing", consent="refused") == "not allowed"
    assert (
        answer("use", "email-address", "direct-marketing", consent="given", **{"opt-out": True})
        == "forbidden"
    )
    assert answer("use", "server-usage", "recommendations") == "allowed"
    assert (
        answer("use", "server-usage", "recommendations", **{"opt-out.recommendations": True}) == "forbidden"
    )
    assert answer("use", "server-usage", "recommendations", held=True) == "forbidden"
    assert (
        answer("share", "payment-card-number", "payment", "payment-processor", agreement="in-force")
        == "allowed"
    )
    assert answer("share", "payment-card-number", "payment", "payment-processor") == "unknown"
    assert (
        answer("share", "payment-card-number", "direct-marketing", "payment-processor", agreement="in-force")
        == "forbidden"
    )
    contents = "customer-communications-content"
    secret = {
        "recipient_agreement": "missing",
        "document": "none",
        "legal_review": "pending",
        "obtained": "knowingly",
    }
    assert (
        answer(
            "disclose", contents, "marketing", "third-party", balancing="failed", suspicion="none", **secret
        )
        == "forbidden"
    )
