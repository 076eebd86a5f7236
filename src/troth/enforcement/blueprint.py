"""A plan as JSON in the journal, and back, so that a job goes on with the plan it began with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from troth.datamap.notation import parse_path
from troth.model.plan import Change, Citation, Pin, Plan, Skipped, Step


def written(plan: Plan) -> dict[str, Any]:
    """The plan as JSON; `read` gives it back."""
    return {**plan.shape, "policy": plan.citation.policy}


def read(value: Mapping[str, Any]) -> Plan:
    """The plan that `written` wrote."""
    policy = value["policy"]
    citation = Citation(value["promise"], tuple(value["sentences"]), policy)
    return Plan(
        value["purpose"],
        tuple(_step(one, policy) for one in value["steps"]),
        tuple(Skipped(one["place"], one["reason"]) for one in value["skipped"]),
        citation,
        deferred=value.get("deferred", False),
        searched=tuple(value.get("searched", ())),
    )


def _step(value: Mapping[str, Any], policy: str) -> Step:
    store, _, table = value["place"].partition(".")
    return Step(
        store, table, value["action"], tuple(value["key"]),
        paths=tuple(parse_path(path) for path in value["paths"]),
        changes=tuple(Change(column, mask) for column, mask in value.get("changes", {}).items()),
        columns=tuple(value.get("columns", ())),
        withheld=tuple(value.get("withheld", ())),
        cuts=tuple(value.get("cuts", ())),
        identity=value.get("identity", False),
        reference=value.get("reference", False),
        exclusive=value.get("exclusive", False),
        several=value.get("several", False),
        either=tuple(value.get("either", ())),
        about=tuple(value.get("about", ())),
        pins=tuple(map(_pin, value.get("pins", ()))),
        citation=Citation(value["promise"], tuple(value["sentences"]), policy),
        reason=value.get("reason", ""),
    )  # fmt: skip


def _pin(value: Mapping[str, Any]) -> Pin:
    return Pin(
        value["store"],
        parse_path(value["path"]),
        tuple(value.get("empties", ())),
        value.get("cascades", False),
    )
