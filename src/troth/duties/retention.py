"""Retention as a duty: what the policy says about periods, made into a plan for now, and carried out.

    promised   the plan of the moment: which rows go, which change, what keeps them, what can not be done
    due        what it would do now, table by table
    sweep      doing it; the evidence stands in the ledger

Tables of legal periods stand in the folder of the project, under the name that the policy gives them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path

from troth.enforcement.imprint import of_sweeps
from troth.enforcement.project import Project
from troth.enforcement.spared import spared
from troth.enforcement.sweep import Swept, Tally, dry_run
from troth.enforcement.sweep import sweep as carry_out
from troth.enforcement.sweepdoubt import Doubt
from troth.enforcement.sweepdoubt import doubts as doubts_of
from troth.evidence.restriction import ended, replay
from troth.model.condition import FactValue
from troth.model.errors import TrothError
from troth.model.policy import Policy
from troth.model.sweep import Sweep, SweepPlan
from troth.plan.periods import Periods, periods_of, tables_of
from troth.plan.retention import beside, compile_sweep
from troth.plan.rowtest import Today

_STOPS = frozenset({"restrict", "hold"})


def periods(policy: Policy, folder: Path | None = None) -> Periods:
    """What a policy says about retention, with the tables of legal periods that stand in a folder.

    Raises:
        TrothError: a table can not be read.
    """
    return periods_of(policy, legal_tables(policy, folder))


def legal_tables(policy: Policy, folder: Path | None) -> dict[str, str]:
    """The texts of the tables of legal periods that a policy names and a folder has, by file name.

    Raises:
        TrothError: a table can not be read.
    """
    found: dict[str, str] = {}
    for name in tables_of(policy):
        path = (folder / name) if folder is not None and "/" not in name else None
        if path is not None and path.is_file():
            try:
                found[name] = path.read_text("utf-8")
            except (OSError, ValueError) as error:
                raise TrothError(f"the table of legal periods {name} can not be read") from error
    return found


@dataclass(frozen=True, slots=True)
class Former:
    """A version of the policy that goes on for whoever has not agreed to one of those `since`, which take something away."""

    policy: Policy
    since: frozenset[str]


def planned(  # noqa: PLR0913 - what a plan is made of, by name
    project: Project,
    policy: Policy,
    *,
    zone: tzinfo = UTC,
    folder: Path | None = None,
    given: Mapping[str, FactValue] | None = None,
    formers: Sequence[Former] = (),
) -> SweepPlan:
    """The plan of what the policy asks of the stores now.

    Args:
        project: map, stores and clock.
        policy: the policy that holds.
        zone: where days begin and end.
        folder: where tables of legal periods stand.
        given: facts that are the same for every row.
        formers: versions before, whose periods go on for whoever has not agreed.

    Raises:
        TrothError: a table of legal periods can not be read, or a period leads out of the calendar.
    """
    today = Today(project.clock(), zone, given or {})
    plan = compile_sweep(periods(policy, folder), project.map, project.schemas, today)
    for one in formers:
        before = compile_sweep(periods(one.policy, folder), project.map, project.schemas, today)
        plan = beside(plan, before, one.since)
    return plan


def restricted(project: Project) -> frozenset[str]:
    """The pseudonyms of everybody whose data as a whole may not be erased now: restricted, or held by a request."""
    now = project.clock()
    return frozenset(
        one.subject
        for one in replay(project.ledger.read())
        if one.active and one.action in _STOPS and not one.purpose and not one.place
        and not (one.action == "restrict" and ended(one.until, now))
    )  # fmt: skip


def due(project: Project, plan: SweepPlan) -> tuple[Tally, ...]:
    """What every step of a plan would do now; nothing is written.

    Raises:
        StoreRefused: a table has changed since the map was made.
        StoreGone: a store can not be reached.
    """
    return dry_run(project, plan, restricted(project))


def imprints(project: Project, plan: SweepPlan) -> tuple[tuple[Sweep, int], ...]:
    """Which rows every step of a plan would touch now, see `troth.enforcement.imprint`; nothing is written.

    Raises:
        StoreGone: a store can not be reached.
    """
    return of_sweeps(project, plan, restricted(project))


def doubts(project: Project, plan: SweepPlan) -> tuple[Doubt, ...]:
    """The rows of which a plan can not say whether they have to go, counted by place; nothing is written.

    Raises:
        StoreGone: a store can not be reached.
    """
    return doubts_of(project, plan, spared(project, plan, restricted(project)))


def sweep(project: Project, plan: SweepPlan) -> tuple[Swept, ...]:
    """Carry a plan out; a sweep that a kill left open is finished first.

    Raises:
        TrothError: another process is working, or the journal does not work.
        StoreGone: a store can not be reached; the next sweep goes on.
    """
    return carry_out(project, plan, restricted(project))
