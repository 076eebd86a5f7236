"""Give a person a copy of their data: a folder with one file a table, a page that explains it, and its checksums.

    README.html                        for people, English and Chinese, without a network
    index.json                         for programs: rows, checksum, categories, purposes, basis, retention, recipients
    data/<category>/<table>.json       one object a row; .csv where asked; .vcf beside tables of contacts
    processing.jsonld, schema.json, receipts/
    SHA256SUMS, manifest.sig           checksums of all files, signed with the key of the ledger

A row that another person shares is counted and not given; columns about third parties and secrets are withheld.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from troth.enforcement.about import About, Notice, facts_of
from troth.enforcement.bundle import Form, Part, names, prepare, write_table
from troth.enforcement.known import every_alias
from troth.enforcement.manifest import Said, seal
from troth.enforcement.project import Project
from troth.enforcement.recipients import recipients
from troth.enforcement.trace import trace
from troth.enforcement.verdict import NOBODY
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.outcome import Outcome, Person, Reason, Word
from troth.model.plan import Citation, Plan
from troth.model.policy import Policy
from troth.plan.access import compile_access
from troth.stores.errors import StoreRefused

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file knows; the same data give the same zip


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
    return compile_access(project.map, project.schemas, citation, citations)


def plan_portability(
    project: Project, citation: Citation, citations: Mapping[str, Citation] | None = None
) -> Plan:
    """The plan that `access` carries out for GDPR Art. 20: what was provided or observed, with a schema."""
    return compile_access(project.map, project.schemas, citation, citations, "portability")


def access(project: Project, person: Person, plan: Plan, folder: Path, style: Style | None = None) -> Outcome:
    """Write everything about a person into a folder.

    Args:
        project: the stores and the ledger; nothing is written to a store.
        person: who asks.
        plan: from `plan_access` or `plan_portability`.
        folder: an empty or missing folder.
        style: how the files are written and which policy they cite.

    Raises:
        TrothError: the folder is not empty or can not be written, or an identity names no column.
        StoreGone: a store can not be reached.
    """
    style = style or Style()
    prepare(folder)
    found = trace(project, [person], plan.steps)
    parts: list[Part] = []
    reasons = [Reason(one.place, one.reason) for one in plan.skipped]
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.enter_context(project.stores[name].snapshot())
        found.seek()
        reasons += found.anchors.reasons()
        files = names(project, plan, style.form)
        for step in plan.steps:
            try:
                with project.stores[step.store].savepoint():  # a table that refuses takes no other with it
                    part = write_table(project, found, step, (folder, files[step.place]))
            except StoreRefused as error:
                for name in (files[step.place], str(Path(files[step.place]).with_suffix(".vcf"))):
                    (folder / name).unlink(missing_ok=True)
                reasons.append(Reason(step.place, error.message))
            else:
                parts += [part] if part.rows or part.shared else []
    subject, subjects = project.pseudonym(person), every_alias(project, found)
    word: Word = "partly" if reasons else "done" if parts else "nothing found"
    if reasons and not parts and not found.anchors.found():
        reasons.append(NOBODY)
    about, notice = _promised(project, parts, style.policy)
    went = recipients(project.ledger, subjects)
    digest = seal(
        project, plan, folder, Said(subject, subjects, word, parts, reasons, about, style.about, notice, went)
    )
    counts = {one.step.place: {"collected": one.rows, "shared": one.shared} for one in parts}
    entry = Entry(
        time=utc(project.clock()), kind="exported", actor=project.actor, action=plan.purpose, subject=subject,
        policy=plan.citation.policy, promise=plan.citation.promise, sentences=plan.citation.sentences,
        counts={"rows": sum(one.rows for one in parts), "tables": len(parts)}, outcome=word, digest=digest,
    )  # fmt: skip
    number = project.write("ledger access", lambda: project.ledger.append([entry]))
    return Outcome(word, subject, counts, tuple(reasons), entries=(number,))


def zipped(folder: Path, target: Path) -> None:
    """Put a bundle into one zip file; the same bundle gives the same bytes.

    Raises:
        TrothError: the file can not be written.
    """
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as sink:
                    while block := source.read(1 << 20):
                        sink.write(block)
    except OSError as error:
        raise TrothError(f"the bundle {target.name} can not be written", hint="look at its folder") from error


def _promised(
    project: Project, parts: list[Part], policy: Policy | None
) -> tuple[Mapping[str, About], Notice]:
    """What the policy says of the tables that are given, and besides."""
    if policy is None:
        return {}, Notice()
    facts = facts_of(policy)
    about = {
        part.step.place: facts.about(project.map.table(part.step.store, part.step.table)) for part in parts
    }
    return about, facts.notice()
