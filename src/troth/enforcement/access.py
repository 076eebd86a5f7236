"""Give a person a copy of their data: one zip with a file a table, a page that explains it, and its checksums.

    README.html                        for people, English and Chinese, without a network
    index.json                         for programs: rows, checksum, categories, purposes, basis, retention, recipients
    data/<category>/<table>.json       one object a row; .csv where asked; .vcf beside tables of contacts
    processing.jsonld, schema.json, receipts/
    SHA256SUMS, manifest.sig           checksums of all files, signed with the key of the ledger

A row that another person shares is counted and not given; columns about third parties and secrets are withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from troth.enforcement.about import About, Notice, facts_of
from troth.enforcement.bundle import Part, write_table
from troth.enforcement.byvalue import named_in
from troth.enforcement.known import every_alias
from troth.enforcement.manifest import Said, seal
from troth.enforcement.project import Project
from troth.enforcement.sheet import Form, Sheet, sheets
from troth.enforcement.sink import Sink, open_sink
from troth.enforcement.trace import Trace, trace
from troth.enforcement.verdict import NOBODY
from troth.enforcement.writing import wanted
from troth.evidence.bysubject import entries_of
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.outcome import Outcome, Person, Reason, Word
from troth.model.plan import Citation, Plan
from troth.model.policy import Policy
from troth.plan.access import UNKNOWN, compile_copy
from troth.stores.errors import StoreRefused

BEHIND = "what the request names here belongs to an account that it does not name; ask by that one too, such as its number"
"""Said of an account that is not given."""
OTHERS = (
    "what the request names stands only in rows of somebody else, which are not given; where it is an address of the same "
    "person, ask by their account too, else refuse it (`--ground others`)"
)
"""Said of every table where nothing at all could be given."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a bundle is written.

    Attributes:
        form: JSON, or tables for a spreadsheet.
        policy: the compiled policy; the bundle says what it promises about each table (GDPR Art. 15(1)).
        about: by `store.table`, further members of its entry in the index.
    """

    form: Form = "json"
    policy: Policy | None = None
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def plan_access(
    project: Project, citation: Citation, citations: Mapping[str, Citation] | None = None
) -> Plan:
    """The plan that `access` carries out: everything that is held."""
    return compile_copy(project.map, project.schemas, citation, citations)


def plan_portability(
    project: Project, citation: Citation, citations: Mapping[str, Citation] | None = None
) -> Plan:
    """The plan that `access` carries out for GDPR Art. 20: what was provided or observed, with a schema."""
    return compile_copy(project.map, project.schemas, citation, citations, "portability")


def access(project: Project, person: Person, plan: Plan, target: Path, style: Style | None = None) -> Outcome:
    """Write everything about a person into one zip file, or into a folder.

    Args:
        project: the stores and the ledger; nothing is written to a store.
        person: who asks.
        plan: from `plan_access` or `plan_portability`.
        target: the name of a zip file, which is replaced; or an empty or missing folder.
        style: how the files are written and which policy they cite.

    Raises:
        TrothError: the folder is not empty or can not be written, or an identity names no column.
        StoreGone: a store can not be reached.
    """
    style = style or Style()
    with open_sink(target) as sink:
        found, parts, reasons = _written(project, person, plan, (sink, style.form))
        subject, subjects = project.pseudonym(person), every_alias(project, found)
        reasons += named_in(project, wanted(project, found), plan.searched) if plan.searched else []
        word: Word = "partly" if reasons else "done" if parts else "nothing found"
        if reasons and not parts and not found.anchors.found():
            reasons.append(NOBODY)
        about, notice = _promised(parts, style.policy)
        entries = tuple(entries_of(project.ledger, subjects, {"disclosed", "consent"}))
        said = Said(subject, entries, word, parts, reasons, about, style.about, notice)
        digest = seal(project, plan, sink, said)
        counts = {one.step.place: {"collected": one.rows, "shared": one.shared} for one in parts}
        entry = Entry(
            time=utc(project.clock()), kind="exported", actor=project.actor, action=plan.purpose, subject=subject,
            policy=plan.citation.policy, promise=plan.citation.promise, sentences=plan.citation.sentences,
            counts={"rows": sum(one.rows for one in parts), "tables": len(parts)}, outcome=word, digest=digest,
        )  # fmt: skip
        number = project.write("ledger access", lambda: project.ledger.append([entry]))
    return Outcome(word, subject, counts, tuple(reasons), entries=(number,))


def _written(
    project: Project, person: Person, plan: Plan, place: tuple[Sink, Form]
) -> tuple[Trace, list[Part], list[Reason]]:
    """Write the files of rows; where a table refuses to be read everything is read again without it, in one moment."""
    sink, form = place
    files, refused = sheets(project, plan, form), dict[str, str]()
    while True:
        found = trace(project, [person], plan.steps, files.columns)
        parts: list[Part] = []
        try:
            with ExitStack() as opened:
                for name in sorted(project.stores):
                    opened.enter_context(project.stores[name].snapshot())
                found.seek()
                for sheet in files.each:
                    if sheet.step.place not in refused:
                        part = _table(project, found, sheet, sink)
                        parts += [part] if part.rows or part.shared else []
        except _UnreadError as error:
            refused[error.place] = error.message
            sink.restart()
            continue
        given = {part.step.place for part in parts}
        reasons = [
            Reason(one.place, one.reason)
            for one in plan.skipped
            if one.reason != UNKNOWN or one.place.rpartition(".")[0] in given
        ]
        reasons += found.anchors.reasons()
        named = {f"{store}.{name}" for store, name in found.anchors.named}
        # The account itself, which leads to one that the request does not name.
        reasons += [
            Reason(part.step.place, BEHIND)
            for part in parts
            if part.shared and not part.rows and part.step.place in named
        ]
        if not reasons and not any(part.rows for part in parts):
            reasons += [Reason(part.step.place, OTHERS) for part in parts]
        return found, parts, reasons + [Reason(*one) for one in refused.items()]


class _UnreadError(TrothError):
    """A table that can not be read."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place


def _table(project: Project, found: Trace, sheet: Sheet, sink: Sink) -> Part:
    try:
        return write_table(project, found, sheet, sink)
    except StoreRefused as error:
        raise _UnreadError(sheet.step.place, error.message) from error


def _promised(parts: list[Part], policy: Policy | None) -> tuple[Mapping[str, About], Notice]:
    """What the policy says of the tables that are given, and besides."""
    if policy is None:
        return {}, Notice()
    facts = facts_of(policy)
    about = {part.step.place: facts.about(part.sheet.table) for part in parts}
    return about, facts.notice()
