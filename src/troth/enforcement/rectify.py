"""Correct what is wrong about a person, wherever the same value stands (GDPR Art. 16, PDPO s.22, PIPL Art. 46).

The new value is checked before anything is written: its format, the type, length, listed values, NOT NULL and
uniqueness of every column it goes to, and that nobody else is known by it. Then every copy of the old value in rows
of the person is changed, in one transaction a store, the columns that links of the map compare among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from troth.enforcement import alter, rowsets
from troth.enforcement.alter import Alter, Order, Result
from troth.enforcement.anchors import contested
from troth.enforcement.byvalue import named_in
from troth.enforcement.fits import held, proper, spelled
from troth.enforcement.known import every_alias
from troth.enforcement.meaning import CATEGORIES, IDENTITIES, Wanted, category_of, kind_of, normal
from troth.enforcement.project import Project
from troth.enforcement.recipients import recipients
from troth.enforcement.refresh import refresh
from troth.enforcement.search import CHUNK
from troth.enforcement.trace import Trace, trace
from troth.evidence.bysubject import entries_of
from troth.evidence.pseudonym import pseudonym, pseudonyms
from troth.model.datamap import Link
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.outcome import Outcome, Person, Reason, Word
from troth.model.plan import Citation
from troth.plan.rectify import Rectification, Spot, Target, compile_rectification
from troth.plan.table import sets
from troth.stores.walk import Row, Value, Walk

PURPOSE = "rectification"
SHARED = "rows are shared with another person"
_MOST_PLACES = 40  # named in one entry, whose detail holds 4,096 bytes


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to correct.

    Attributes:
        what: a word ("email"), a category or a column, as `troth.plan.rectify` takes it.
        new: the new value; None takes the value away.
        old: the value that is wrong, where the person has several.
    """

    what: str
    new: str | None = field(repr=False)
    old: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Rectified:
    """How a correction ended, and who has to be told of it (GDPR Art. 19)."""

    outcome: Outcome
    tell: tuple[str, ...] = ()


def plan_rectification(project: Project, whats: Sequence[str], citation: Citation) -> Rectification:
    """The plan that `rectify` carries out; see `compile_rectification`."""
    return compile_rectification(project.map, project.schemas, whats, citation)


def rectify(
    project: Project, person: Person, corrections: Sequence[Correction], citation: Citation
) -> Rectified:
    """Correct values of a person everywhere, or nowhere.

    Args:
        project: the stores, journal and ledger.
        person: whose.
        corrections: what, and the new value.
        citation: the sentence that gives the right.

    Returns:
        `done` with the rows changed by place and the recipients to tell; `nothing found` where nobody is known by
        this identity; `partly` with places where the old value had to stay.

    Raises:
        TrothError: a value or a column does not fit, several values are meant, or another process is working;
            nothing was written.
    """
    plan = plan_rectification(project, [one.what for one in corrections], citation)
    today = project.clock().date()
    pairs = [
        (target, Correction(one.what, proper(target.category, one.new, today), one.old))
        for target, one in zip(plan.targets, corrections, strict=True)
    ]
    with project.journal.alone():
        resume_open(project)
        draft = _Draft(project, plan, pairs, person)
        result = alter.carry_out(project, PURPOSE, draft.order, deferred=plan.deferred)
        if result is None:
            return _nothing(project, person, plan, draft)
        return _close(project, result)


def resume(project: Project) -> tuple[Rectified, ...]:
    """Go on with every correction that a kill or an error left open.

    Raises:
        TrothError: another process is working, or the journal does not work.
    """
    with project.journal.alone():
        return resume_open(project)


def resume_open(project: Project) -> tuple[Rectified, ...]:
    """Go on with every open correction, while the journal is held alone."""
    return tuple(_close(project, alter.go_on(project, job.id)) for job in alter.open_jobs(project, PURPOSE))


@dataclass(slots=True)
class _Draft:
    """What a search finds: the changes, and what can not be changed."""

    project: Project
    plan: Rectification
    pairs: Sequence[tuple[Target, Correction]]
    person: Person
    reasons: list[Reason] = field(default_factory=list)
    known: bool = False

    def order(self) -> Order | None:
        """Search for everything, check it, and put it in order; None where nothing is to be written."""
        project = self.project
        spots = [spot for target, _ in self.pairs for spot in (*target.origins, *target.copies)]
        found = trace(project, [self.person], [spot.step for spot in spots])
        found.seek()
        self.reasons = [*found.anchors.reasons()]
        changes = [change for target, one in self.pairs for change in self._target(found, target, one)]
        self.known = self.known or bool(found.anchors.found())
        if not changes:
            return None
        depth = {spot.place: spot.depth for spot in spots}
        # Rows that others must point to first, and a key after everything that is found by it. What no rollback undoes
        # comes last, when nothing else can be refused any more.
        changes.sort(
            key=lambda change: (
                alter.lasting(project, change[0]), depth[change[0].place], change[0].column in _fixed(project, change[0]),
            )
        )  # fmt: skip
        _check(project, found, changes)
        changes = _followed(project, changes)
        renamed = [list(pair) for pair in self._renamed(changes)]
        note = {
            "reasons": [[one.place, one.why] for one in dict.fromkeys(self.reasons)],
            "renamed": renamed,
            "tell": [
                one.name
                for one in recipients(entries_of(project.ledger, every_alias(project, found), {"disclosed"}))
            ],
            "what": sorted({one.what for _, one in self.pairs}),
            "citation": [
                self.plan.citation.promise,
                list(self.plan.citation.sentences),
                self.plan.citation.policy,
            ],
        }
        alters, rows = zip(*changes, strict=True)
        return Order(project.pseudonym(self.person), alters, rows, note, self.plan.digest)

    def _target(
        self, found: Trace, target: Target, one: Correction
    ) -> Iterator[tuple[Alter, tuple[Row, ...]]]:
        """The changes of one thing to correct, with the keys of their rows."""
        kind = kind_of(target.category)
        own: dict[Spot, list[Row]] = {}
        values: set[str] = set()
        for spot in target.origins:
            rows = list(self._cells(found, spot))
            self.known = self.known or bool(rows)
            own[spot] = [key for key, _, _ in rows]
            values |= {normal(kind, cell) for _, cell, _ in rows}
        old = _meant(self.person, target, one, values)
        if old is None:
            return
        self.reasons += [Reason(skip.place, skip.reason) for skip in target.skipped]
        for spot in target.origins:
            yield from self._change(spot, own[spot], (old, one.new, kind))
        if old and target.searched:
            sought = Wanted()
            sought.add(0, kind, old)
            self.reasons += named_in(self.project, sought, target.searched)
        for spot in target.copies if old else ():
            kept = [key for key, free, _ in self._copied(found, spot, old, kind) if free]
            yield from self._change(spot, kept, (old, one.new, kind))

    def _cells(self, found: Trace, spot: Spot) -> Iterator[tuple[Row, Value, bool]]:
        """The rows of the person at a spot that is theirs alone, with what stands in them."""
        for key, cell, free in self._rows(found, spot):
            if free:
                yield key, cell, free
            else:
                self.reasons.append(Reason(spot.place, SHARED))

    def _copied(self, found: Trace, spot: Spot, old: str, kind: str) -> Iterator[tuple[Row, bool, Value]]:
        """The rows at a spot that hold the old value, and whether they may be changed."""
        meant = Alter(
            spot.step.store, spot.step.table, spot.step.key, spot.column, "\x00", old, kind, spot.inside
        )
        for key, cell, free in self._rows(found, spot):
            if meant.after(cell) != cell:
                self.known = True
                if not free:
                    self.reasons.append(Reason(spot.place, SHARED))
                yield key, free, cell

    def _rows(self, found: Trace, spot: Spot) -> Iterator[tuple[Row, Value, bool]]:
        """The rows of the person at a spot, each once: key, cell, and whether nobody else shares it."""
        step = spot.step
        keys = sorted({row[1:] for row in found.rows(step)}, key=str)
        walk = Walk(step.table, fixed=step.key, want=(spot.column,))
        for start in range(0, len(keys), CHUNK):
            some = keys[start : start + CHUNK]
            shared = _shared(found, spot, some)
            store = self.project.stores[step.store]
            for row in list(rowsets.find(store, walk, some, several=step.several)):
                place = int(row[0] or 0)
                yield some[place], row[1], place not in shared

    def _change(
        self, spot: Spot, keys: Sequence[Row], said: tuple[str, str | None, str]
    ) -> Iterator[tuple[Alter, tuple[Row, ...]]]:
        old, new, kind = said
        step = spot.step
        relation = self.project.schemas[step.store].relation(step.table)
        column = relation.field(spot.column)
        if not keys or column is None:
            return
        spelled(column, new, spot.place)
        value: Value = new if spot.inside else held(column, new, spot.place)
        one = Alter(
            step.store, step.table, step.key, spot.column, value, old, kind, spot.inside, several=step.several
        )
        changed = tuple(key for key, _, _ in alter.cells(self.project, one, keys))
        if changed:
            yield one, changed

    def _renamed(self, changes: Sequence[tuple[Alter, tuple[Row, ...]]]) -> Iterator[tuple[str, str]]:
        """The pseudonyms that change with an identity: old and new."""
        keys = self.project.ring.pseudonym
        said = {(one.kind, one.old, one.new) for one, _ in changes}
        for target, one in self.pairs:
            if target.category not in IDENTITIES or one.new is None:
                continue
            words = [word for word, category in CATEGORIES.items() if category == target.category]
            new = normal(kind_of(target.category), one.new)
            for word, after in (*((word, one.new) for word in words), *([("value", new)] if new else ())):
                for kind, old, _ in sorted(said, key=str):
                    if old and kind == kind_of(target.category):
                        for before in pseudonyms(keys, word, old):
                            yield before, pseudonym(keys, word, after)


def _meant(person: Person, target: Target, one: Correction, values: set[str]) -> str | None:
    """The old value that is to be corrected, in normal form, empty where there is none yet; None for no row at all.

    Raises:
        TrothError: the person has several values and the correction does not say which.
    """
    kind = kind_of(target.category)
    if one.old is not None:
        wanted = normal(kind, one.old)
        if values and wanted not in values:
            raise TrothError(
                f"the old value of `{target.what}` is not what is on file", hint="look at the spelling"
            )
        return wanted or None
    full = values - {""}
    if len(full) > 1:
        raise TrothError(
            f"`{target.what}` has several values here: ask again for one column, such as {target.origins[0].place}",
            hint="or give the old value that is wrong",
        )
    if full:
        return next(iter(full))
    if values:
        return ""
    asked = [one for one in person.identities if CATEGORIES.get(one.kind) == target.category]
    return normal(kind, asked[0].value) if asked else None


def fitting(project: Project, target: Target, new: str | None) -> None:
    """Refuse a value that none of the columns it is kept in can hold, before anybody is looked for.

    Raises:
        TrothError: why the first of them can not; the message names the column and never the value.
    """
    refused: list[TrothError] = []
    for spot in target.origins:
        column = project.schemas[spot.step.store].relation(spot.step.table).field(spot.column)
        try:
            if not spot.inside and column is not None:
                held(column, new, spot.place)
        except TrothError as error:
            refused.append(error)
    if refused and len(refused) == len(target.origins):
        raise refused[0]


def _shared(found: Trace, spot: Spot, keys: Sequence[Row]) -> set[int]:
    """The positions of rows whose cell at a spot is not the person's alone."""
    step = spot.step
    if step.exclusive or not step.paths:
        return set()
    foreign, ours, others = found.owners(step, keys)
    if spot.linked and not spot.inside:
        # The column that leads to this person and to nobody else is theirs, whoever else the row belongs to.
        for number, path in enumerate(step.paths):
            if path.links[0].columns == (spot.column,):
                foreign = foreign - (ours[number] - others[number])
    if spot.inside == "array":
        # So is the member of a list, whoever else stands in it.
        for number, path in enumerate(step.paths):
            if path.links[0].columns == (spot.column,) and not _contested(found, path.links[0], step.store):
                foreign = foreign - ours[number]
    return foreign


def _contested(found: Trace, link: Link, store: str) -> bool:
    """Whether another account has a value by which a link leads to the person."""
    node = (link.store or store, link.target)
    kind = kind_of(category_of(found.project.map, node, link.target_columns[0]))
    values = {normal(kind, value) for value in found.ends(link, store)}
    return bool(found.contested((node, link.target_columns[0]), values))


def _fixed(project: Project, one: Alter) -> tuple[str, ...]:
    """The columns that name a row, where the column that changes need not be one of them."""
    if not one.several:
        return one.key
    table = project.map.table(one.store, one.table)
    return sets(table, project.schemas[one.store].relation(one.table)).key


def _followed(
    project: Project, changes: Sequence[tuple[Alter, tuple[Row, ...]]]
) -> list[tuple[Alter, tuple[Row, ...]]]:
    """The changes in their order, the keys of rows that are named together as the changes before them leave these."""
    found: list[tuple[Alter, tuple[Row, ...]]] = []
    for one, keys in changes:
        fixed = _fixed(project, one)
        now = list(keys)
        for before, written in found if one.several else ():
            if (before.store, before.table) != (one.store, one.table) or before.column not in fixed:
                continue
            place, moved = fixed.index(before.column), set(written)
            now = [
                (*key[:place], before.after(key[place]), *key[place + 1 :])
                if key[: len(fixed)] in moved
                else key
                for key in now
            ]
        found.append((one, tuple(now)))
    return found


def _check(project: Project, found: Trace, changes: Sequence[tuple[Alter, tuple[Row, ...]]]) -> None:
    """Refuse what the databases would refuse, and a value that another person is known by."""
    for one, _ in changes:
        table = project.map.table(one.store, one.table)
        column = table.column(one.column)
        if table.role == "subject" and column and column.category in IDENTITIES and not one.inside:
            new = normal(one.kind, one.new)
            place = ((one.store, one.table), one.column)
            if new and new != one.old and contested(project, found.anchors, place, {new}):
                raise TrothError(
                    f"another person is known by the new value of {one.place}",
                    hint="ask the person for another one",
                )
    for one, keys in changes:
        relation = project.schemas[one.store].relation(one.table)
        for columns in (relation.key, *relation.unique):
            if one.column in columns:
                _unique(project, one, keys, columns)


def _unique(project: Project, one: Alter, keys: Sequence[Row], columns: Sequence[str]) -> None:
    """Refuse a value that would stand twice in unique columns."""
    if one.new is None:
        return
    store = project.stores[one.store]
    rows = rowsets.find(store, Walk(one.table, fixed=one.key, want=tuple(columns)), keys, several=one.several)
    place = list(columns).index(one.column)
    new = [(*row[1 : 1 + place], one.new, *row[2 + place :]) for row in list(rows)]
    taken = {row[1:] for row in store.find(Walk(one.table, fixed=tuple(columns), want=one.key), new)}
    if len(set(new)) < len(new) or not taken <= set(keys):
        raise TrothError(f"the values of {one.place} must be unique, and the new one is taken already")


def _nothing(project: Project, person: Person, plan: Rectification, draft: _Draft) -> Rectified:
    """Nothing was written: nobody is there, or everything is right already, or all of it is shared."""
    subject = project.pseudonym(person)
    reasons = tuple(dict.fromkeys(draft.reasons)) if draft.known else ()
    word: Word = "nothing found" if not draft.known else "partly" if reasons else "done"
    entry = replace(
        _entry(project, subject, plan.citation, word),
        detail={"what": sorted({one.what for _, one in draft.pairs})},
    )
    number = project.write("ledger outcome", lambda: project.ledger.append([entry]))
    return Rectified(Outcome(word, subject, reasons=reasons, entries=(number,)))


def _close(project: Project, result: Result) -> Rectified:
    """The outcome of a job with its evidence; the job is finished unless it is kept."""
    note: Mapping[str, Any] = project.journal.details(result.job)["note"]
    subject = project.journal.subjects(result.job)[0]
    promise, sentences, policy = note["citation"]
    reasons = [Reason("store", result.fault)] if result.fault else []
    reasons += [Reason(place, why) for place, why in note["reasons"]]
    views = refresh(project, {place.rpartition(".")[0] for place in result.counts})
    reasons += views.stale
    word: Word = "partly" if reasons else "done"
    tell = tuple(note["tell"]) if result.counts else ()
    entries: tuple[int, ...] = ()
    if not result.kept:
        detail: dict[str, Any] = {"job": result.job, "what": note["what"]}
        detail["places"] = sorted(result.counts)[:_MOST_PLACES]
        detail |= {"renamed": note["renamed"]} if result.counts and note["renamed"] else {}
        detail |= {"tell": list(tell)[:_MOST_PLACES]} if tell else {}
        cells = sum(sum(counts.values()) for counts in result.counts.values())
        entry = _entry(project, subject, Citation(promise, tuple(sentences), policy), word)
        counted = replace(entry, counts={"cells": cells, "places": len(result.counts)}, detail=detail)
        filled = [
            replace(
                counted,
                kind="step",
                object=view,
                counts={"refreshed": 1},
                outcome="done",
                detail={"job": result.job},
            )
            for view in views.filled
        ]
        entries = alter.told(project, result.job, [counted, *filled])
    alter.finish(project, result.job, word, kept=result.kept)
    outcome = Outcome(word, subject, result.counts, tuple(reasons), job=result.job, entries=entries)
    return Rectified(outcome, tell)


def _entry(project: Project, subject: str, citation: Citation, word: Word) -> Entry:
    return Entry(
        time=utc(project.clock()), kind="rectified", actor=project.actor, action="rectify", subject=subject,
        policy=citation.policy, promise=citation.promise, sentences=citation.sentences, outcome=word,
    )  # fmt: skip
