"""Checks of decisions: each is kept by the policy's own guard, and broken by a guard that forgot or loosened one rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.duties.sighting import POLICY, hkcloud, sighted
from tests.duties.test_security import MAP, filled
from tests.enforcement.scene import NOW
from troth.duties.proofs.decisions import MOST
from troth.duties.proofs.run import checks
from troth.duties.proofs.sight import Sight
from troth.duties.proofs.witness import Trial, points, refused_cases
from troth.enforcement.guard import Guard
from troth.enforcement.record import Recorder
from troth.enforcement.roles import Role
from troth.model.entry import Entry, utc
from troth.model.policy import Policy, Proof
from troth.model.showing import Shown
from troth.policy.bind import compile_file

MARKED = MAP.replace(
    'role = "subject"', 'role = "subject"\nmarks = { personalise = "tuned", direct-marketing = "mailed" }'
)


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """What checks look at: the policy of Hong Kong Cloud, its guard, and a small database."""
    url = f"sqlite:///{tmp_path / 'main.db'}"
    filled(url)
    with sighted(tmp_path, {"main": url}, MARKED) as one:
        yield one


def changed(promise: str, rule: str, other: str = "") -> Policy:
    """The policy with one line of a promise changed, or left out."""
    lines = POLICY.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"promise {promise} "))
    at = next(number for number, line in enumerate(lines) if number > start and line.strip() == rule)
    put = [f"  {other}"] if other else []
    return compile_file("\n".join([*lines[:at], *put, *lines[at + 1 :]]).encode(), "p").policy


def ends(sight: Sight, promise: str, check: str) -> Shown:
    """How a check of a promise ends, also where the promise does not name it."""
    return checks()[check](sight, sight.policy.by_id[promise], Proof(check))


EVERY = [
    (promise.id, proof.check)
    for promise in hkcloud().promises
    for proof in promise.proofs
    if proof.check
    in {
        "refusal-test", "access-decision", "consent-required", "content-access-per-case", "no-implied-consent",
        "switch-test", "collection-refusal", "purpose-register",
    }
]  # fmt: skip


@pytest.mark.parametrize(("promise", "check"), EVERY)
def test_kept(sight: Sight, promise: str, check: str) -> None:
    """The guard of the policy keeps every check of decisions that the policy names."""
    found = ends(sight, promise, check)
    assert found.status == "kept", found.why
    assert found.figures[0].value == found.figures[0].of


BREAKS: list[tuple[str, str, str, str]] = [
    ("registration", "refusal-test", 'never collect "user registration information" if collected-how is not provided', ""),
    ("domain-use", "refusal-test", "never use domain-record for marketing", ""),
    ("payment-sharing", "refusal-test", "except payment-institution: recipient is payment-processor and purpose is payment", ""),
    ("legal-disclosure", "refusal-test", "never disclose personal-data to public-authority if not document-registered", ""),
    ("usage-use", "access-decision", "never use server-usage, usage-log for marketing",
     "may use server-usage, usage-log for marketing on contract"),
    ("domain-use", "access-decision", "may use domain-record for domain-lifecycle, expiry-reminder on contract", ""),
    ("behaviour-analysis", "consent-required", 'may collect "behaviour records" for analytics, improve on consent',
     'may collect "behaviour records" for analytics, improve on legitimate-interest'),
    ("withdrawn-consent", "consent-required",
     "never collect personal-data for analytics if consent in [withdrawn, refused, expired]", ""),
    ("dispute-use", "content-access-per-case",
     ("may use personal-data for dispute-resolution on legitimate-interest if dispute-status is open and case-open and "
     "dispute-scope"), "may use personal-data for dispute-resolution on legitimate-interest if dispute-status is open"),
    ("no-consent-by-use", "no-implied-consent", 'may collect "behaviour records" for analytics, improve on consent', ""),
    ("recommendations-off", "switch-test",
     "never use personal-data for recommendations, personalised-benefits if personalisation is off", ""),
    ("declared-only", "collection-refusal", "never collect personal-data if not declared", ""),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "check", "rule", "other"), BREAKS)
def test_broken(sight: Sight, promise: str, check: str, rule: str, other: str) -> None:
    """A guard in which one rule is missing or looser breaks the check, and the rule is named."""
    where = {"no-consent-by-use": "behaviour-analysis"}.get(promise, promise)
    if promise == "no-consent-by-use":
        other = rule.replace("on consent", "on implied-consent")
    if check == "switch-test":
        one = changed("recommendations", *_UNSWITCHED)
        text = "\n".join(
            line
            for line in POLICY.read_text("utf-8").splitlines()
            if line.strip() not in {rule, _UNSWITCHED[0]}
        )
        one = compile_file(text.replace('promise recommendations use "Recommendations in the console, for who wants them"',
                                        'promise recommendations use "R"\n  ' + _UNSWITCHED[1]).encode(), "p").policy  # fmt: skip
    else:
        one = changed(where, rule, other)
    found = ends(replace(sight, guard=Guard(one)), promise, check)
    assert found.status == "broken", found.why
    assert "/" in found.why


_UNSWITCHED = (
    (
        "may use server-usage, server-configuration, purchase, domain-order, domain-operation, domain-query, "
        "order-information, preference for recommendations, recommend, personalise on legitimate-interest if "
        "personalisation is on"
    ),
    (
        "may use server-usage, server-configuration, purchase, domain-order, domain-operation, domain-query, "
        "order-information, preference for recommendations, recommend, personalise on legitimate-interest"
    ),
)


def test_gate_refuses_what_is_not_declared(sight: Sight) -> None:
    """A policy that says nothing of declared fields is kept: the gate itself refuses what a form does not declare."""
    text = """+++
provider = "Shop"
version = "2026-01"
+++

You tell us your name when you sign up. {#s1 account}

```troth
promise account collect "The account"
  may collect name for account-management by web-form
  prove collection-gate
```
"""
    policy = compile_file(text.encode(), "p").policy
    found = ends(replace(sight, policy=policy), "account", "collection-refusal")
    assert found.status == "kept", found.why


def test_purposes(sight: Sight) -> None:
    """A permission without a purpose breaks the register of purposes, and so does one that the register lacks."""
    bare = changed(
        "usage-use", "may use server-usage, usage-log for improve on legitimate-interest",
        "may use server-usage, usage-log",
    )  # fmt: skip
    assert ends(replace(sight, policy=bare), "usage-use", "purpose-register").status == "broken"
    names = {purpose for rule in hkcloud().by_id["usage-use"].rules for purpose in rule.purposes}
    whole = [{"name": one, "owner": "product"} for one in sorted(names)]
    for register, status in ((whole, "kept"), (whole[1:], "broken")):
        told = replace(sight, registers={"purposes": {"purpose": register}})
        assert ends(told, "usage-use", "purpose-register").status == status


def decided(purpose: str, data: str = "server-usage") -> Entry:
    """The entry of a decision that was allowed under the promise about metering."""
    return Entry(
        time=utc(NOW), kind="decision", actor="system", action="use", policy=hkcloud().hash, promise="usage-use",
        outcome="allowed", counts={"decisions": 3}, detail={"purpose": purpose, "data": data},
    )  # fmt: skip


def test_log_of_decisions(sight: Sight) -> None:
    """A decision of the log that the promise does not permit breaks it, and the entry is cited."""
    sight.project.ledger.append([decided("usage-billing")])
    assert ends(replace(sight), "usage-use", "access-decision").status == "kept"
    number = sight.project.ledger.append([decided("marketing")])
    for check in ("access-decision", "purpose-register"):
        found = ends(replace(sight), "usage-use", check)
        assert (found.status, found.entries) == ("broken", (number,))


def test_implied_consent_in_the_ledger(sight: Sight) -> None:
    """A consent that the ledger took from going on breaks the promise that there is none."""
    given = Entry(
        time=utc(NOW - timedelta(days=1)), kind="consent", actor="web", action="give", subject="ab" * 32,
        detail={"purpose": "service-usage-analytics", "form": "implied"},
    )  # fmt: skip
    number = sight.project.ledger.append([given])
    found = ends(replace(sight), "no-consent-by-use", "no-implied-consent")
    assert (found.status, found.entries) == ("broken", (number,))


def test_unmarked_switch(tmp_path: Path) -> None:
    """A switch that no column of the stores follows is not shown as kept."""
    url = f"sqlite:///{tmp_path / 'main.db'}"
    filled(url)
    with sighted(tmp_path, {"main": url}, MAP) as one:
        assert ends(one, "recommendations-off", "switch-test").status == "not shown"


@pytest.mark.parametrize(("data", "status"), [("email-address", "kept"), ("passport", "broken")])
def test_forms(sight: Sight, data: str, status: str) -> None:
    """A form that asks for what no rule permits breaks the promise about collection."""
    form = {"signup": {"purpose": "account-management", "fields": {"mail": [data]}}}
    told = replace(sight, registers={"forms": {"forms": form}})
    assert ends(told, "registration", "collection-refusal").status == status


def test_no_trace(sight: Sight) -> None:
    """The guard's recorder notes nothing of what is only tried."""
    with Recorder(sight.project.ledger, hkcloud().hash) as recorder:
        guard = Guard(hkcloud(), recorder=recorder)
        ends(replace(sight, guard=guard), "registration", "refusal-test")
    assert sight.project.ledger.size() == 0


def test_roles(sight: Sight) -> None:
    """Roles that limit what staff may do change nothing about what the policy refuses."""
    roles = {"clerk": Role("clerk", frozenset(), frozenset(), None, None, "support")}
    guard = Guard(hkcloud(), roles=roles)
    assert ends(replace(sight, guard=guard), "registration-use", "refusal-test").status == "kept"


def test_witnesses_are_forbidden_by_their_rule(sight: Sight) -> None:
    """Every made-up request of every prohibition is one that the policy's own decision table forbids."""
    trial = Trial(sight)
    seen = 0
    for _, rule in trial.words.rules:
        if rule.mode != "never" or ":" in "".join(rule.things):
            continue
        for point in list(points(trial.words, rule))[: MOST // 200]:
            for facts in refused_cases(trial.words, rule, point):
                decided = trial.guard.table.decide(
                    point.verb, point.data, point.purpose, point.recipient, trial.guard.table.canonical(facts)
                )
                assert decided.answer == "forbidden", (rule.id, point, facts)
                seen += 1
    assert seen > 200
