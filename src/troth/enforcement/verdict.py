"""What is said at the end of a job, and proved: one outcome a person, one entry for each thing that happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from troth.enforcement import returning
from troth.enforcement.fullnames import shared, whole_names
from troth.enforcement.opening import durably, planned
from troth.enforcement.outsiders import numbers
from troth.enforcement.project import Project
from troth.enforcement.refresh import refresh
from troth.enforcement.residue import residue
from troth.enforcement.separate import BOUND
from troth.enforcement.writing import Work
from troth.evidence.ledger import Run
from troth.evidence.pseudonym import pseudonym, pseudonyms_of_normal
from troth.model.entry import Entry, utc
from troth.model.outcome import Outcome, Reason, Word
from troth.model.plan import Plan
from troth.plan.erasure import ELSE

NOBODY = Reason("person", "nobody is found by what the request names; look at how it is spelled")
"""Said where a table could not be searched, so that it can not be said that there is nothing."""

STANDS = "a value of the person still stands here"
"""Said of a column that holds what names somebody erased, in a row that no path leads to."""

HELD_FAST = "rows of two people point to it and can not let go"
"""Said of an account that stays as a row without a name."""
_MOST_REASONS = 20  # places named in one entry, whose detail holds 4,096 bytes


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the journal and the last search say about all persons of a job."""

    counts: Mapping[int, Mapping[str, Mapping[str, int]]]
    faults: Mapping[int, tuple[Reason, ...]]
    left: Mapping[int, Mapping[str, int]]
    found: set[int]
    stale: tuple[Reason, ...] = ()


def close(work: Work, *, residual: bool) -> tuple[Outcome, ...]:
    """The outcomes of a job, with their evidence; the job is finished unless something is left."""
    project = work.project
    # What this process did not note of a job that it began, nobody did.
    faults = project.journal.faults_by_person(work.job) if work.faults or not work.fresh else {}
    clean = not (faults or work.plan.skipped or work.trace.anchors.unasked or work.stuck)
    counts = project.journal.tally(work.job)
    views = refresh(project, {place for places in counts.values() for place in places})
    work.refreshed = views.filled
    left = _unexplained(work.plan, _standing(work)) if residual and clean else {}
    facts = _Facts(counts, faults, left, work.trace.anchors.found(), views.stale)
    common = [*(Reason(one.place, one.reason) for one in work.plan.skipped), *work.trace.anchors.reasons()]
    outcomes = [_outcome(work, number, common, facts) for number in range(len(work.subjects))]
    told = _tell(work, outcomes)
    return tuple(
        Outcome(one.word, one.subject, one.counts, one.reasons, one.residue, work.job, tuple(entries))
        for one, entries in zip(outcomes, told, strict=True)
    )


def _standing(work: Work) -> dict[int, dict[str, int]]:
    """Where values of the persons still stand, and their whole names alone in a cell, unless another account has the name too."""
    project, own = work.project, work.trace.anchors
    names = whole_names(project, own, work.gone)
    found = residue(project, work.sought, names=names)
    if names and found and (theirs := shared(project, names, own)):
        found = residue(project, work.sought, names={one: names[one] for one in names if one not in theirs})
    return found


def _unexplained(plan: Plan, left: Mapping[int, Mapping[str, int]]) -> dict[int, dict[str, int]]:
    """What was found in the texts, without the tables whose rows a hold keeps: they say themselves why they stay."""
    kept = {step.place for step in plan.steps if step.action == "keep"}
    return {
        person: {place: rows for place, rows in places.items() if place.rpartition(".")[0] not in kept}
        for person, places in left.items()
    }


def _finish(work: Work, outcomes: list[Outcome]) -> Callable[[], int]:
    """What closes a job in the journal, unless something is left."""
    done = all(one.word != "partly" for one in outcomes)
    word = (
        "partly" if not done else "done" if any(one.word == "done" for one in outcomes) else "nothing found"
    )
    erased = list(_pseudonyms(work, outcomes))

    def finish() -> int:
        work.project.journal.finish(work.job, word, erased=erased, done=done)
        return 1

    return finish


def _outcome(work: Work, number: int, common: list[Reason], facts: _Facts) -> Outcome:
    reasons = [*common, *facts.faults.get(number, ())]
    reasons += [Reason(place, BOUND) for person, place in sorted(work.stuck) if person == number]
    reasons += [
        Reason(place, f"it waits for {other}")
        for (person, place), other in sorted(work.held.items())
        if person == number
    ]
    left = facts.left.get(number, {})
    reasons += [Reason(place, _stands(work.project, place)) for place in sorted(left)]
    counts = facts.counts.get(number, {})
    reasons += facts.stale if counts else ()
    reasons += [
        Reason(step.place, step.reason)
        for step in work.plan.steps
        if step.action == "keep" and number in facts.found
    ]
    subject = work.subjects[number]
    # Who was erased up to a rest by an earlier job was found: without a row now, and without one of this job.
    erased = bool(counts) or work.project.journal.begun(subject, work.job)
    # A search that broke off tells nothing of how a name is spelled.
    looked = all(one.place != "store" for one in reasons)
    if reasons and looked and not erased and number not in facts.found:
        reasons.append(NOBODY)
    word: Word = "partly" if reasons else "done" if erased else "nothing found"
    return Outcome(word, subject, counts, tuple(dict.fromkeys(reasons)), left)


def _stands(project: Project, place: str) -> str:
    """Why a column holds a value of somebody erased."""
    store, _, rest = place.partition(".")
    table = rest.rpartition(".")[0]
    found = next((one for one in project.schemas[store].relations if one.name == table), None)
    if found is not None and found.versioned:
        return f"{STANDS}, or in the history of the table: delete history from {table}"
    return STANDS


def _tell(work: Work, outcomes: list[Outcome]) -> list[list[int]]:
    """Write the evidence of a job, but for what it holds already, and close it; the numbers of each person's entries.

    Where journal and ledger stand in one database, both are one transaction.
    """
    project, finish = work.project, _finish(work, outcomes)
    known = {} if work.fresh else _known(work)

    def both(run: Run) -> tuple[list[Entry], list[int]]:
        plan = [] if work.announced else [planned(work)]  # nothing was found, so nothing was written
        entries = _entries(work, outcomes)
        numbers = _numbered(known, entries, lambda new: project.ledger.join(run, plan + new) + len(plan))
        work.announced = True
        finish()
        return entries, numbers

    def apart() -> tuple[list[Entry], list[int]]:
        entries = _entries(work, outcomes)
        numbers = _numbered(
            known, entries, lambda new: project.write("ledger outcome", lambda: project.ledger.append(new))
        )
        project.write("journal finish", finish)
        return entries, numbers

    if project.together:
        entries, numbers = project.write("journal finish", lambda: durably(work, both))
    else:
        entries, numbers = apart()
    shared = [number for entry, number in zip(entries, numbers, strict=True) if entry.kind == "step"]
    own: dict[str, list[int]] = {}
    for entry, number in zip(entries, numbers, strict=True):
        if entry.kind != "step":
            own.setdefault(entry.subject, []).append(number)
    return [[*shared, *own[one.subject]] for one in outcomes]


def _numbered(
    known: Mapping[tuple[object, ...], int], entries: list[Entry], append: Callable[[list[Entry]], int]
) -> list[int]:
    """Append the entries that are not known yet; the numbers of all of them."""
    if not known:
        first = append(entries)
        return list(range(first, first + len(entries)))
    marks = [_mark(entry) for entry in entries]
    new = [entry for entry, mark in zip(entries, marks, strict=True) if mark not in known]
    first = append(new) if new else 0
    numbers = dict(
        zip((mark for mark in marks if mark not in known), range(first, first + len(new)), strict=True)
    )
    return [known[mark] if mark in known else numbers[mark] for mark in marks]


def _entries(work: Work, outcomes: list[Outcome]) -> list[Entry]:
    """The whole evidence of a job."""
    at = utc(work.project.clock())
    return [
        *_steps(work, outcomes, at),
        *(_erased(work, one, at) for one in outcomes),
        *_findings(work, outcomes, at),
    ]


def _mark(entry: Entry) -> tuple[object, ...]:
    """What makes an entry the same as one that was written before a kill."""
    return entry.kind, entry.subject, entry.object, entry.outcome, tuple(sorted(entry.counts.items()))


def _known(work: Work) -> dict[tuple[object, ...], int]:
    start = work.project.journal.job(work.job).start
    return {
        _mark(entry): entry.seq
        for entry in work.project.ledger.read(start)
        if entry.detail.get("job") == work.job and entry.kind != "plan"
    }


def _steps(work: Work, outcomes: list[Outcome], at: str) -> Iterable[Entry]:
    """One entry for each table that was written, with the sentence that asks for it."""
    totals: dict[str, dict[str, int]] = {}
    for one in outcomes:
        for place, counts in one.counts.items():
            for what, rows in counts.items():
                some = totals.setdefault(place, {})
                some[what] = some.get(what, 0) + rows
    alone = outcomes[0].subject if len(outcomes) == 1 else ""
    cited = {step.place: step.citation for step in reversed(work.plan.steps)}
    pinned = {
        f"{pin.store}.{pin.path.links[0].table}": step.citation
        for step in work.plan.steps
        for pin in step.pins
    }
    for place in sorted(totals):
        citation = cited.get(place) or pinned[place]
        yield Entry(
            time=at, kind="step", actor=work.project.actor, action="erase", subject=alone,
            policy=citation.policy, promise=citation.promise, sentences=citation.sentences, object=place,
            counts=totals[place], outcome="done",
            detail={"job": work.job, **({"stays": why} if (why := _staying(work.plan, place, totals[place])) else {})},
        )  # fmt: skip

    citation = work.plan.citation
    for place in work.refreshed:
        yield Entry(
            time=at, kind="step", actor=work.project.actor, action="erase", subject=alone,
            policy=citation.policy, promise=citation.promise, sentences=citation.sentences, object=place,
            counts={"refreshed": 1}, outcome="done", detail={"job": work.job},
        )  # fmt: skip


def _staying(plan: Plan, place: str, counts: Mapping[str, int]) -> str:
    """Why rows that are the persons are still there without a name, in words; empty where they are not."""
    step = next(
        (one for one in plan.steps if one.place == place and one.identity and not one.reference), None
    )
    if step is None or not step.pins or not counts.get("masked"):
        return ""
    return step.reason.removesuffix(ELSE) if step.action == "mask" else HELD_FAST


def _erased(work: Work, one: Outcome, at: str) -> Entry:
    totals: dict[str, int] = {}
    for counts in one.counts.values():
        for what, rows in counts.items():
            totals[what] = totals.get(what, 0) + rows
    citation = work.plan.citation
    places = sorted({reason.place for reason in one.reasons})[:_MOST_REASONS]
    return Entry(
        time=at, kind="erased", actor=work.project.actor, action="erase", subject=one.subject,
        policy=citation.policy, promise=citation.promise, sentences=citation.sentences, counts=totals,
        outcome=one.word, digest=work.plan.digest,
        detail={"job": work.job, **({"left": places} if places else {})},
    )  # fmt: skip


def _findings(work: Work, outcomes: list[Outcome], at: str) -> Iterable[Entry]:
    """One entry for each column where a value of a person still stands: the sentence is broken."""
    citation = work.plan.citation
    for one in outcomes:
        for place, rows in sorted(one.residue.items()):
            yield Entry(
                time=at, kind="finding", actor=work.project.actor, action="search",
                subject=one.subject, policy=citation.policy, promise=citation.promise, sentences=citation.sentences,
                object=place, counts={"rows": rows}, outcome="broken", detail={"job": work.job},
            )  # fmt: skip


def _pseudonyms(work: Work, outcomes: list[Outcome]) -> Iterable[tuple[str, str]]:
    """The pseudonyms of everything that names an erased person, to know them again in a restored backup.

    What names them is noted under every key of the ring: a correction from before the newest one names them by an older one.
    Who is still held or waits for a table is not among them: what names them stands where it should until they are done.
    """
    project, at, keys = work.project, utc(work.project.clock()), work.project.ring.pseudonym
    named = work.wanted
    known = {number for number, one in enumerate(outcomes) if one.word == "done"}
    for number in sorted(known):
        yield outcomes[number].subject, at
        person = work.trace.anchors.people[number]
        for name in project.pseudonyms(person) if len(keys) > 1 else ():
            yield name, at
    values = [
        plain
        for plain, people in (*named.words.items(), *named.phones.items())
        if not people.isdisjoint(known)
    ]
    for version, key in keys.items():
        for name in pseudonyms_of_normal({version: key}, "value", values):
            yield name, at
    # Whoever has the same address in a row of another key is a new customer, and is not erased after a restored backup.
    for one in project.map.subjects():
        rows = [*work.trace.anchors.all((one.store, one.name)), *work.gone.all((one.store, one.name))]
        names = (returning.key_name(one, row.key) for row in rows if row.person in known)
        for known_by in filter(None, names):
            yield pseudonym(keys, *known_by), at
        if known:
            yield pseudonym(keys, returning.KEYED, one.place), at
    for number in sorted(known):
        for table, value in numbers(project.map, work.trace.anchors.people[number]):
            yield pseudonym(keys, f"{table.place}.{table.key[0]}", value), at
