"""Give a person a copy of their data: a folder with one file a table, an index that explains it, and its checksums.

    index.json                         what each file is: rows, hash, categories, purpose, where it comes from
    data/<category>/<table>.json       one object a row
    SHA256SUMS                         checksums of all files

Rows go from the database to the file one after another, so a request of 300,000 rows needs no more memory than one
of ten. A row that another person shares is counted and not given.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from troth.enforcement.project import Project
from troth.enforcement.search import CHUNK
from troth.enforcement.trace import Trace, trace
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.outcome import Outcome, Person, Reason, Word
from troth.model.plan import Citation, Plan, Step
from troth.plan.access import compile_access
from troth.stores.errors import StoreRefused
from troth.stores.walk import Row, Walk

Form = Literal["json", "csv"]
_ASKED = 5_000  # rows whose owners are looked up at a time
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file knows; the same data give the same zip


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle."""

    step: Step
    file: str
    rows: int
    shared: int
    digest: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a bundle is written.

    Attributes:
        form: JSON, or tables for a spreadsheet.
        about: by `store.table`, what the index says of it: purpose, legal basis, retention, recipients
            (GDPR Art. 15(1)).
    """

    form: Form = "json"
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def plan_access(
    project: Project, citation: Citation, citations: Mapping[str, Citation] | None = None
) -> Plan:
    """The plan that `access` carries out."""
    return compile_access(project.map, project.schemas, citation, citations)


def access(project: Project, person: Person, plan: Plan, folder: Path, style: Style | None = None) -> Outcome:
    """Write everything about a person into a folder.

    Args:
        project: the stores and the ledger; nothing is written to a store.
        person: who asks.
        plan: from `plan_access`.
        folder: an empty or missing folder.
        style: how the files are written and what the index says of them.

    Raises:
        TrothError: the folder is not empty or can not be written, or an identity names no column.
        StoreGone: a store can not be reached.
    """
    style = style or Style()
    _prepare(folder)
    found = trace(project, [person], plan.steps)
    parts: list[Part] = []
    reasons = [Reason(one.place, one.reason) for one in plan.skipped]
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.enter_context(project.stores[name].snapshot())
        found.seek()
        reasons += found.anchors.reasons()
        names = _names(project, plan, style.form)
        for step in plan.steps:
            try:
                part = _table(project, found, step, (folder, names[step.place]))
            except StoreRefused as error:
                (folder / names[step.place]).unlink(missing_ok=True)
                reasons.append(Reason(step.place, error.message))
            else:
                parts += [part] if part.rows or part.shared else []
    subject = project.pseudonym(person)
    word: Word = "partly" if reasons else "done" if parts else "nothing found"
    digest = _index(project, plan, folder, (subject, word, parts, reasons, style.about))
    counts = {one.step.place: {"collected": one.rows, "shared": one.shared} for one in parts}
    entry = Entry(
        time=utc(project.clock()), kind="exported", actor=project.actor, action="access", subject=subject,
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
                info = zipfile.ZipInfo(str(path.relative_to(folder)), _EPOCH)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                with path.open("rb") as source, archive.open(info, "w") as sink:
                    while block := source.read(1 << 20):
                        sink.write(block)
    except OSError as error:
        raise TrothError(f"the bundle {target.name} can not be written", hint="look at its folder") from error


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.iterdir()):
            raise TrothError(f"the folder {folder.name} is not empty", hint="name a new one")
    except OSError as error:
        raise TrothError(f"the folder {folder.name} can not be made", hint="look at its parent") from error


def _names(project: Project, plan: Plan, form: Form) -> dict[str, str]:
    """The file of each table; a name that two stores use carries the store too."""
    used = Counter(step.table for step in plan.steps)
    found = {}
    for step in plan.steps:
        plain = "".join(c if c.isalnum() or c in "-_." else "_" for c in step.table)
        name = plain if used[step.table] == 1 else f"{step.store}-{plain}"
        found[step.place] = f"data/{_category(project, step)}/{name}.{form}"
    return found


def _category(project: Project, step: Step) -> str:
    """What most columns of a table are about; the first of several."""
    columns = project.map.table(step.store, step.table).columns
    counted = Counter(column.category.partition(".")[0] for column in columns)
    return counted.most_common(1)[0][0] if counted else "other"


def _table(project: Project, found: Trace, step: Step, place: tuple[Path, str]) -> Part:
    """Write the rows of one table, as they come."""
    folder, name = place
    path, digest, rows = folder / name, hashlib.sha256(), 0
    lines, shared = _lines(project, found, step)
    first = next(lines, None)
    if first is None:
        return Part(step, name, 0, shared, "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("wb") as file:
            for block, count in _blocks(first, lines, step.columns, as_csv=name.endswith(".csv")):
                digest.update(block)
                file.write(block)
                rows += count
    except OSError as error:
        raise TrothError(f"the file {name} can not be written", hint="is the disk full?") from error
    return Part(step, name, rows, shared, digest.hexdigest())


def _blocks(
    first: bytes, lines: Iterator[bytes], columns: tuple[str, ...], *, as_csv: bool
) -> Iterator[tuple[bytes, int]]:
    """The bytes of a file in pieces, each with its number of rows."""
    if as_csv:
        yield _csv(columns), 0
        yield _csv(json.loads(first).values()), 1
        for line in lines:
            yield _csv(json.loads(line).values()), 1
        return
    yield b"[\n" + first, 1
    gathered, size = [], 0
    for line in lines:
        gathered.append(line)
        size += len(line)
        if size > 1 << 18:
            yield b",\n" + b",\n".join(gathered), len(gathered)
            gathered, size = [], 0
    yield (b",\n" + b",\n".join(gathered) if gathered else b"") + b"\n]\n", len(gathered)


def _csv(values: Any) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue().encode()


def _lines(project: Project, found: Trace, step: Step) -> tuple[Iterator[bytes], int]:
    """The rows of a table as lines of JSON, and how many are left out because somebody else shares them."""
    store = project.stores[step.store]
    walk = found.walk(step)
    if walk is not None:
        asked, given, _ = walk
        if not given:
            return iter(()), 0
        whole = Walk(asked.table, asked.joins, asked.fixed, step.columns, conditions=asked.conditions)
        return store.stream(whole, given), 0
    keys = sorted({row[1:] for row in found.rows(step)}, key=str)
    foreign: set[Row] = set()
    if not step.exclusive and step.paths:
        for start in range(0, len(keys), _ASKED):
            some = keys[start : start + _ASKED]
            foreign |= {some[place] for place in found.owners(step, some)[0]}
    own = [key for key in keys if key not in foreign]
    return _by_key(project, step, own), len(foreign)


def _by_key(project: Project, step: Step, keys: list[Row]) -> Iterator[bytes]:
    walk = Walk(step.table, fixed=step.key, want=step.columns)
    for start in range(0, len(keys), CHUNK):
        yield from project.stores[step.store].stream(walk, keys[start : start + CHUNK])


def _index(
    project: Project,
    plan: Plan,
    folder: Path,
    said: tuple[str, str, list[Part], list[Reason], Mapping[str, Mapping[str, Any]]],
) -> str:
    """Write the index and the checksums; gives the SHA-256 of the checksums, hex."""
    subject, word, parts, reasons, about = said
    index = {
        "format": "troth-bundle/1",
        "subject": subject,
        "created": utc(project.clock()),
        "outcome": word,
        "promise": plan.citation.promise,
        "sentences": list(plan.citation.sentences),
        "files": [_file(project, part, about) for part in parts],
        "reasons": [{"place": one.place, "why": one.why} for one in reasons],
    }
    text = (json.dumps(index, indent=2, ensure_ascii=False) + "\n").encode()
    sums = {part.file: part.digest for part in parts if part.rows}
    sums["index.json"] = hashlib.sha256(text).hexdigest()
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
    try:
        (folder / "index.json").write_bytes(text)
        (folder / "SHA256SUMS").write_bytes(listed)
    except OSError as error:
        raise TrothError("the index of the bundle can not be written", hint="is the disk full?") from error
    return hashlib.sha256(listed).hexdigest()


def _file(project: Project, part: Part, about: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    table = project.map.table(part.step.store, part.step.table)
    given = set(part.step.columns)
    return {
        "file": part.file if part.rows else "",
        "rows": part.rows,
        "sha256": part.digest,
        "source": part.step.place,
        "categories": sorted({column.category for column in table.columns if column.name in given}),
        "withheld": list(part.step.withheld),
        "shared": part.shared,
        "promise": part.step.citation.promise,
        "sentences": list(part.step.citation.sentences),
        **about.get(part.step.place, {}),
    }
