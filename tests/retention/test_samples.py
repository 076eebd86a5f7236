"""The five policies of the samples: every rule about retention becomes a step or a gap with a name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from troth.datamap.mapfile import read_map
from troth.model.condition import Facts
from troth.model.schema import Field, Index, Relation, Schema
from troth.model.sweep import SweepPlan
from troth.plan.periods import contradictions, periods_of
from troth.plan.retention import compile_sweep
from troth.plan.rowtest import Today
from troth.policy.bind import compile_file

SAMPLES = Path(__file__).parents[2] / "samples"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
TERMS = {
    "orders": ("order", "order-information", "order-completed"),
    "tickets": ("message", "support-ticket", "ticket-closed"),
    "logs": ("network", "network-information", "collection"),
    "usage": ("usage", "server-usage", "collection"),
    "cookies": ("web", "cookie-data", "collection"),
    "consents": ("log", "consent-record", "consent-withdrawn"),
    "domains": ("dns", "domain-registration", "service-ended"),
}
FACTS: Facts = {
    "dispute-status": "none", "litigation": False, "order-status": "completed", "consent": "none",
    "approved": True, "hold-reason": "none",
}  # fmt: skip
COLUMN = 'value = {{ category = "{0}", terms = ["{1}"] }}'


def planned(provider: str, *, given: bool = True) -> SweepPlan:
    """The plan of a sample for one table of each kind of data."""
    policy = compile_file((SAMPLES / provider / "policy.troth.md").read_bytes(), "policy.troth.md").policy
    text = 'version = 1\n[[table]]\nstore = "m"\nname = "people"\nrole = "subject"\nkey = ["id"]\n'
    text += 'events = { account-closed = "at" }\n[table.columns]\n'
    text += 'value = { category = "contact.email", terms = ["email-address"], mask = "null" }\n'
    for name, (category, term, event) in TERMS.items():
        text += f'[[table]]\nstore = "m"\nname = "{name}"\nrole = "owned"\nkey = ["id"]\n'
        text += f'paths = ["{name}.person => people.id"]\nevents = {{ {event} = "at", account-closed = "people.at" }}\n'
        text += f"[table.columns]\n{COLUMN.format(category, term)}\n"
    fields = (
        Field("id", "INTEGER", "integer", nullable=False), Field("person", "INTEGER", "integer"),
        Field("value", "VARCHAR(60)", "text", 60), Field("at", "DATETIME", "time"),
    )  # fmt: skip
    relations = tuple(
        Relation(name, fields, ("id",), indexes=(Index(("at",)),)) for name in ("people", *TERMS)
    )
    schemas = {"m": Schema("m", "sqlite", relations)}
    return compile_sweep(
        periods_of(policy), read_map(text), schemas, Today(NOW, given=FACTS if given else {})
    )


@pytest.mark.parametrize(
    ("provider", "tables"),
    [
        ("ccna", {"cookies"}),
        ("easycloud", {"orders", "tickets", "logs", "usage", "cookies", "consents", "people"}),
        ("hansoken", {"orders", "tickets", "cookies", "domains", "consents", "people"}),
        ("hetacloud", {"orders", "tickets", "logs", "usage", "consents", "people"}),
        ("hkcloud", {"orders", "tickets", "logs", "usage", "cookies", "consents", "domains", "people"}),
    ],
)
def test_what_each_policy_sweeps(provider: str, tables: set[str]) -> None:
    """Each policy sweeps the tables whose data it gives a period, citing its sentences."""
    plan = planned(provider)
    found = {one.table for one in plan.sweeps}
    missing = {one.place for one in plan.gaps}
    assert {name for name in tables if name in found or f"m.{name}" in missing} == tables
    assert all(one.citation.promise and one.citation.sentences and one.rule for one in plan.sweeps)
    assert plan.policy


@pytest.mark.parametrize("provider", ["ccna", "easycloud", "hansoken", "hetacloud", "hkcloud"])
def test_no_minimum_is_over_its_maximum(provider: str) -> None:
    """No sample asks to keep something longer than it may be kept."""
    policy = compile_file((SAMPLES / provider / "policy.troth.md").read_bytes(), "policy.troth.md").policy
    assert contradictions(periods_of(policy)) == ()


def test_unknown_facts_are_named() -> None:
    """Without facts the holds of a policy keep everything, and each is named."""
    plan = planned("hkcloud", given=False)
    assert any("whether dispute keeps a row" in one.reason for one in plan.gaps)


def test_plan_is_stable() -> None:
    """The same policy, map and moment give the same plan, and its hash names it."""
    assert planned("hkcloud").digest == planned("hkcloud").digest != planned("easycloud").digest
