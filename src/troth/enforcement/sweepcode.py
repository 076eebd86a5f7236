"""A sweep plan as JSON in the journal, and back, so that a sweep goes on with the plan it began with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from troth.model.datamap import Condition
from troth.model.plan import Citation
from troth.model.sweep import (
    Alter,
    Among,
    Cell,
    Clause,
    Either,
    Every,
    Gap,
    Hop,
    Known,
    Neither,
    Number,
    Obstacle,
    Past,
    Referred,
    Sweep,
    SweepPlan,
    Way,
    clause_json,
)

_LEAVES: dict[str, Callable[..., Clause]] = {
    "past": Past, "cell": Cell, "number": Number, "among": Among,
}  # fmt: skip


def written(plan: SweepPlan) -> dict[str, Any]:
    """The plan as JSON; `read` gives it back."""
    return {
        "policy": plan.policy,
        "moment": plan.moment,
        "sweeps": [
            {
                **asdict(one), "due": clause_json(one.due), "overdue": clause_json(one.overdue),
                "obstacles": [
                    {**asdict(each), "clause": clause_json(each.clause)} for each in one.obstacles
                ],
            }
            for one in plan.sweeps
        ],
        "gaps": [asdict(one) for one in plan.gaps],
    }  # fmt: skip


def read(value: Mapping[str, Any]) -> SweepPlan:
    """The plan that `written` wrote."""
    gaps = tuple(Gap(**{**one, "citation": _citation(one["citation"])}) for one in value["gaps"])
    return SweepPlan(tuple(map(_sweep, value["sweeps"])), gaps, value["policy"], value["moment"])


def _sweep(value: Mapping[str, Any]) -> Sweep:
    obstacles = tuple(Obstacle(**{**one, "clause": clause(one["clause"])}) for one in value["obstacles"])
    return Sweep(**{
        **value,
        "key": tuple(value["key"]),
        "due": clause(value["due"]),
        "overdue": clause(value["overdue"]),
        "obstacles": obstacles,
        "alters": tuple(Alter(**one) for one in value["alters"]),
        "measure": tuple(value["measure"]),
        "citation": _citation(value["citation"]),
    })  # fmt: skip


def _citation(value: Mapping[str, Any]) -> Citation:
    return Citation(value["promise"], tuple(value["sentences"]), value["policy"])


def clause(value: Mapping[str, Any]) -> Clause:
    """The clause that `clause_json` wrote."""
    [(name, inner)] = value.items()
    match name:
        case "neither":
            return Neither(clause(inner))
        case "every":
            return Every(tuple(map(clause, inner)))
        case "either":
            return Either(tuple(map(clause, inner)))
        case "known":
            return Known(inner)
        case "referred":
            pairs = tuple((one[0], one[1]) for one in inner["pairs"])
            return Referred(inner["table"], pairs, _conditions(inner["conditions"]))
    given = {key: tuple(one) if isinstance(one, list | tuple) else one for key, one in inner.items()}
    return _LEAVES[name](**{**given, "way": _way(inner["way"])})


def _way(value: Any) -> Way:
    return tuple(
        Hop(
            one["table"],
            tuple((pair[0], pair[1]) for pair in one["pairs"]),
            _conditions(one["before"]),
            _conditions(one["here"]),
        )
        for one in value
    )


def _conditions(value: Any) -> tuple[Condition, ...]:
    return tuple(Condition(one["column"], tuple(one["values"])) for one in value)
