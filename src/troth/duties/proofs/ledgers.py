"""The ledger itself, and whether the copy that a person gets has everything in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from troth.duties.proofs.requests import consent_ledger
from troth.duties.proofs.sight import Sight
from troth.enforcement.columns import Owner, stream
from troth.enforcement.rowsets import each
from troth.enforcement.trace import trace
from troth.evidence.bundle import export
from troth.evidence.ledger import Archive, follows
from troth.evidence.state import REQUESTS, replay
from troth.evidence.verify import UnreadableError, verify
from troth.model.datamap import Table
from troth.model.plan import Citation, Step
from troth.model.policy import Promise, Proof
from troth.model.showing import Figure, Shown
from troth.plan.access import compile_copy
from troth.stores.walk import Row, Value

_CITED = frozenset({"exported", "erased", "disclosed"})
PEOPLE = 5
"""Persons of each table of persons whose copy is compared with a direct count."""


def ledger_complete(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the ledger verifies as a whole, its tables follow from its entries, and every act cites its promise.

    The verifier is the one that stands alone: it gets the exported file and the public keys, and nothing else.
    """
    ledger = sight.project.ledger
    faults: list[str] = []
    size = ledger.size()
    if size:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.zip"
            export(cast("Archive", ledger), path)
            try:
                verdict = verify(path, keys=tuple(sight.project.ring.verifiers))
                faults = [one.message for one in verdict.findings]
            except UnreadableError:
                faults = ["the exported ledger can not be read"]
    bare = tuple(
        one.seq
        for one in sight.entries
        if (one.kind in _CITED or (one.kind == "decision" and one.outcome == "allowed"))
        and one.outcome != "nothing found"
        and not (one.policy and one.promise)
    )
    acts = sum(one.kind in _CITED or one.kind == "decision" for one in sight.entries)
    differing = consent_ledger(sight, promise, proof).figures[1].value + _requests_differ(sight)
    figures = (
        Figure("entries that verify", 0 if faults else size, size, "entries", good=size),
        Figure("acts that cite no promise", len(bare), acts, "entries", bare, good=0),
        Figure("rows of tables that do not follow from the entries", differing, unit="rows", good=0),
    )
    if faults or bare or differing:
        parts = [f"the ledger is not as it was written: {faults[0]}"] if faults else []
        parts += [f"{len(bare)} acts cite no promise"] if bare else []
        parts += (
            [f"{differing} rows of the ledger's tables do not follow from the entries"] if differing else []
        )
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, bare)
    why = (
        f"all {size:,} entries verify, and every act cites its promise"
        if size
        else "nothing has been written yet"
    )
    return Shown(promise.id, proof.check, "kept", why, figures)


def _requests_differ(sight: Sight) -> int:
    kept = sight.project.ledger
    if not follows(kept, REQUESTS):
        return 0
    should = {(one.id, one.subject, one.status, one.seq) for one in replay(sight.entries)[1]}
    rows = kept.query("select id, subject, status, seq from request_state")
    return len(should ^ {tuple(row) for row in rows})


def access_complete(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the copy reaches every table of the map that leads to a person, and leaves no row of a sample out.

    The rows that the copy of some persons has are compared with a direct count of the rows that name them by key.
    """
    project = sight.project
    plan = compile_copy(
        project.map, project.schemas, Citation(promise.id, promise.sentences, sight.policy.hash)
    )
    planned = {step.place for step in plan.steps}.union(plan.searched)
    missing = sorted({one.place for one in project.map.personal()} - planned)
    short: dict[str, int] = {}
    people = compared = 0
    for table in project.map.subjects():
        for owner in _sampled(sight, table):
            people += 1
            for place, copied, direct in _counted(sight, table, owner, plan.steps):
                compared += direct
                if copied < direct:
                    short[place] = short.get(place, 0) + direct - copied
    figures = (
        Figure(
            "tables that the copy does not reach", len(missing), len(project.map.personal()), "tables", good=0
        ),
        Figure("rows that a copy left out", sum(short.values()), compared, "rows", good=0),
        Figure("persons whose copy was compared", people, unit="persons"),
        Figure("tables only looked through for what names a person", len(plan.searched), unit="tables"),
    )
    if missing or short:
        parts = [f"not in the copy: {', '.join(missing[:4])}"] if missing else []
        parts += [f"rows left out in {', '.join(sorted(short)[:4])}"] if short else []
        places = tuple(sorted({*missing, *short}))
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, places=places)
    if not people:
        return Shown(promise.id, proof.check, "not shown", "no person stands in the stores", figures)
    why = f"the copy reaches {len(planned)} tables, and has all {compared:,} rows of {people} persons that were counted"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _sampled(sight: Sight, table: Table) -> Iterator[Owner]:
    """The first persons of a table by key, so that every run looks at the same ones."""
    names = tuple(dict.fromkeys((*table.key, *(one.name for one in table.columns))))
    if not table.key:
        return
    rows: list[Row] = sorted(
        stream(sight.project, table.store, table.name, names), key=lambda row: str(row[0])
    )
    for row in rows[:PEOPLE]:
        yield Owner(table, dict(zip(names, row, strict=True)), sight.project.map.key_words(table))


def _counted(
    sight: Sight, table: Table, owner: Owner, steps: tuple[Step, ...]
) -> Iterator[tuple[str, int, int]]:
    """For each table that names a person by one key: the rows of the copy, and the rows counted directly."""
    if owner.person is None:
        return
    found = trace(sight.project, [owner.person], steps)
    found.seek()
    for step in steps:
        other = sight.project.map.table(step.store, step.table)
        column = _direct(table, other)
        if column is None:
            continue
        near, far = column
        wanted = str(owner.values.get(far))
        direct = sum(
            1 for (cell,) in stream(sight.project, other.store, other.name, (near,)) if _same(cell, wanted)
        )
        rows = [row[1:] for row in found.rows(step)]  # without a key each stands for itself
        if step.several:
            rows = each(sight.project.stores[step.store], step, found.rows(step))
        yield step.place, len(rows if step.several or not step.key else set(rows)), direct


def _direct(table: Table, other: Table) -> tuple[str, str] | None:
    """The columns by which rows of a table name a person in one step: there, and in the table of persons."""
    for path in other.paths:
        link = path.links[0]
        plain = not (link.store or link.inside or link.conditions or link.arrow == "~>")
        near = len(path.links) == 1 and other.store == table.store and link.target == table.name
        if near and plain and len(link.columns) == 1 and link.target_columns[0] in table.key:
            return link.columns[0], link.target_columns[0]
    return None


def _same(cell: Value, wanted: str) -> bool:
    return cell is not None and str(cell) == wanted
