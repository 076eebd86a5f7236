"""The evidence of a sweep: what was due, what went, what stays and why, rule by rule; written once, also after a kill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from troth.enforcement.project import Project
from troth.model.entry import Entry, utc
from troth.model.outcome import Reason
from troth.model.plan import Citation
from troth.model.sweep import Gap, Sweep, SweepPlan

_LONGEST = 300  # characters of a reason in an entry


class _Tally(Protocol):
    @property
    def due(self) -> int: ...
    @property
    def overdue(self) -> int: ...
    @property
    def stays(self) -> Mapping[str, int]: ...
    @property
    def sweep(self) -> Sweep: ...


class _Likeness(Protocol):
    @property
    def rows(self) -> int: ...
    @property
    def groups(self) -> int: ...
    @property
    def smallest(self) -> int: ...
    @property
    def short(self) -> int: ...


class Doubt(Protocol):
    """Rows that a sweep could not read; see `troth.enforcement.sweepdoubt.Doubt`."""

    @property
    def place(self) -> str:
        """Where."""
        ...

    @property
    def rows(self) -> int:
        """How many."""
        ...

    @property
    def why(self) -> str:
        """Why they stay."""
        ...

    @property
    def rule(self) -> str:
        """The rule that asks for them."""
        ...

    @property
    def citation(self) -> Citation:
        """The sentences that ask for them."""
        ...


class Done(Protocol):
    """What a step has done; see `troth.enforcement.sweep.Swept`."""

    @property
    def tally(self) -> _Tally:
        """What it found."""
        ...

    @property
    def counts(self) -> Mapping[str, int]:
        """What happened."""
        ...

    @property
    def left(self) -> int:
        """Rows that should be gone and are not."""
        ...

    @property
    def why(self) -> str:
        """Why not."""
        ...

    @property
    def likeness(self) -> _Likeness | None:
        """How the anonymous rows look alike."""
        ...

    @property
    def stale(self) -> Sequence[Reason]:
        """Views that keep copies of rows, and why."""
        ...

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        ...


def planned(project: Project, job: int, plan: SweepPlan) -> Entry:
    """The entry that fixes the plan of a sweep in the ledger before it runs."""
    return Entry(
        time=utc(project.clock()), kind="plan", actor=project.actor, action="sweep", policy=plan.policy,
        counts={"steps": len(plan.sweeps), "gaps": len(plan.gaps)}, digest=plan.digest, detail={"sweep": job},
    )  # fmt: skip


def announce(project: Project, job: int, plan: SweepPlan, start: int) -> None:
    """Fix the plan in the ledger, unless it stands there already."""
    known = project.ledger.read(start)
    if not any(entry.kind == "plan" and entry.detail.get("sweep") == job for entry in known):
        project.write("ledger plan", lambda: project.ledger.append([planned(project, job, plan)]))


def untold(
    project: Project,
    job: int,
    plan: SweepPlan,
    ended: tuple[Sequence[Done], Sequence[Doubt], Sequence[str]],
    start: int,
) -> list[Entry]:
    """What each step did, what could not be done or read, and the views filled again, but for what the ledger holds already."""
    known = {
        _mark(entry)
        for entry in project.ledger.read(start)
        if entry.detail.get("sweep") == job and entry.kind != "plan"
    }
    swept, doubts, filled = ended
    entries = [
        *_entries(project, job, plan, swept),
        *(_gap(project, job, plan, one) for one in plan.gaps),
        *(_doubt(project, job, plan, one) for one in doubts),
        *(_filled(project, job, plan, view) for view in filled),
    ]
    return [entry for mark, entry in {_mark(entry): entry for entry in entries}.items() if mark not in known]


def _mark(entry: Entry) -> tuple[object, ...]:
    return (
        entry.kind,
        entry.object,
        entry.detail.get("step"),
        entry.detail.get("rule"),
        entry.detail.get("why"),
    )


def _entries(project: Project, job: int, plan: SweepPlan, swept: Sequence[Done]) -> Iterator[Entry]:
    for number, done in enumerate(swept):
        one = done.tally.sweep
        counts = {"due": done.tally.due, "overdue": done.tally.overdue, **done.tally.stays, **done.counts}
        detail: dict[str, object] = {"sweep": job, "step": number, "rule": one.rule}
        if done.left:
            counts["left"] = done.left
            detail["why"] = done.why[:_LONGEST]
        if done.stale:
            detail["views"] = {view.place: view.why[:_LONGEST] for view in done.stale[:10]}
        if done.likeness is not None:
            detail["alike"] = {
                "promised": one.k, "smallest": done.likeness.smallest, "groups": done.likeness.groups,
                "rows": done.likeness.rows, "short": done.likeness.short,
            }  # fmt: skip
        yield Entry(
            time=utc(project.clock()), kind="sweep", actor=project.actor,
            action="anonymise" if one.alters else "erase", policy=plan.policy, promise=one.citation.promise,
            sentences=one.citation.sentences, object=one.place, counts=counts,
            outcome="done" if done.kept else "partly", digest=plan.digest, detail=detail,
        )  # fmt: skip
    if left := [done for done in swept if not done.kept]:
        yield _finding(project, job, plan, left)


def _finding(project: Project, job: int, plan: SweepPlan, left: Sequence[Done]) -> Entry:
    """One finding for a sweep after which rows past their period are left: where, how many, and why."""
    by_place: dict[str, int] = {}
    for done in left:  # rows that should go and columns that should be emptied are the same rows
        place = done.tally.sweep.place
        by_place[place] = max(by_place.get(place, 0), done.left)
    rows = sum(by_place.values())
    short = sum(done.likeness.short for done in left if done.likeness is not None)
    sentences = dict.fromkeys(name for done in left for name in done.tally.sweep.citation.sentences)
    places = {
        done.tally.sweep.place: (done.why or "rows look like too few others")[:_LONGEST]
        for done in left[:10]
        if done.left or not done.stale
    }
    places |= {view.place: view.why[:_LONGEST] for done in left for view in done.stale[:10]}
    return Entry(
        time=utc(project.clock()), kind="finding", actor=project.actor, action="sweep", policy=plan.policy,
        promise=left[0].tally.sweep.citation.promise, sentences=tuple(sentences),
        counts={"rows": rows, **({"unlike": short} if short else {})}, outcome="broken",
        detail={"sweep": job, "why": "rows are past their period", "places": places},
    )  # fmt: skip


def _filled(project: Project, job: int, plan: SweepPlan, view: str) -> Entry:
    cited = plan.sweeps[0].citation
    return Entry(
        time=utc(project.clock()), kind="sweep", actor=project.actor, action="refresh", policy=plan.policy,
        promise=cited.promise, sentences=cited.sentences, object=view, counts={"refreshed": 1}, outcome="done",
        detail={"sweep": job},
    )  # fmt: skip


def _gap(project: Project, job: int, plan: SweepPlan, one: Gap) -> Entry:
    return Entry(
        time=utc(project.clock()), kind="sweep", actor=project.actor, action="look", policy=plan.policy,
        promise=one.citation.promise, sentences=one.citation.sentences, object=one.place, outcome="not shown",
        detail={"sweep": job, "rule": one.rule, "why": one.reason[:_LONGEST]},
    )  # fmt: skip


def _doubt(project: Project, job: int, plan: SweepPlan, one: Doubt) -> Entry:
    return Entry(
        time=utc(project.clock()), kind="sweep", actor=project.actor, action="look", policy=plan.policy,
        promise=one.citation.promise, sentences=one.citation.sentences, object=one.place, outcome="not shown",
        counts={"unread": one.rows}, detail={"sweep": job, "rule": one.rule, "why": one.why[:_LONGEST]},
    )  # fmt: skip
