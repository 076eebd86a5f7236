"""Change columns of rows that are named by key: in every store at once, with a journal that survives a kill.

The keys are in the journal before the first of them is written, one transaction a store, and each cell is looked
at again before it is written: what does not hold the old value any more is left alone. So writing the same keys
twice changes nothing, and a key that was given to another row meanwhile hurts nobody.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from troth.enforcement import exactjson, rowsets
from troth.enforcement.chunk import Chunk
from troth.enforcement.journal import Job
from troth.enforcement.meaning import normal
from troth.enforcement.members import exchanged
from troth.enforcement.project import Project
from troth.enforcement.search import CHUNK
from troth.model.entry import Entry, utc
from troth.stores.errors import StoreBusy, StoreGone, StoreRefused
from troth.stores.walk import Row, Value, Walk, Write

_WORD = re.compile(r"[^\s<>\"'(){}\[\]|\\,;:=/?&!#*`]+")
_DIGITS = re.compile(r"\+?\d[\d\s().\-/]{3,}\d")
PURPOSES = ("rectification", "choice")
"""What a job of this kind is for."""


@dataclass(frozen=True, slots=True)
class Alter:
    """A change of one column.

    Attributes:
        store, table, key, column: where.
        new: what is written.
        old: what the cell must mean, in normal form; empty: nothing stands in it; None: whatever stands in it.
        kind: how values are compared: "email", "phone" or "text".
        inside: "json", "array" or "text" where the value stands inside the cell.
        what: what happens to the row, as outcomes count it ("rectified", "marked").
        several: nothing names a single row: the key, with the column in it, names all rows that are changed alike.
    """

    store: str
    table: str
    key: tuple[str, ...]
    column: str
    new: Value
    old: str | None
    kind: str = "text"
    inside: str = ""
    what: str = "rectified"
    several: bool = False

    @property
    def place(self) -> str:
        """Store, table and column in one word."""
        return f"{self.store}.{self.table}.{self.column}"

    def after(self, cell: Value) -> Value:
        """The cell once it is changed; the cell itself where it is not to be."""
        if self.old is None:
            return self.new
        if self.inside and isinstance(cell, str):
            return replaced(cell, self.inside, (self.kind, self.old), self.new)
        return self.new if normal(self.kind, cell) == self.old else cell


_Edit = tuple[Alter, Row, Value, Value]
"""A change that was written: which, the key of its row, and the cell before and afterwards."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be changed, ready to be saved.

    Attributes:
        subject: pseudonym of the person.
        alters: the columns.
        rows: for each of them the keys of its rows.
        note: JSON that the end of the job needs, sealed until then.
        digest: SHA-256 of the plan.
    """

    subject: str
    alters: tuple[Alter, ...]
    rows: tuple[tuple[Row, ...], ...]
    note: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Result:
    """How it went: the job, rows by place and what happened, and why something was not written.

    `kept` says that the job stays open and is resumed.
    """

    job: int
    counts: Mapping[str, Mapping[str, int]]
    fault: str = ""
    kept: bool = False


def _quiet(job: int) -> None:
    """Nobody has to be told."""


def carry_out(
    project: Project,
    purpose: str,
    prepare: Callable[[], Order | None],
    *,
    saved: Callable[[int], None] = _quiet,
    deferred: bool = False,
) -> Result | None:
    """Search and write in one transaction a store; None where `prepare` finds nothing to do.

    Args:
        project: the stores and the journal, which the caller holds alone.
        purpose: one of `PURPOSES`.
        prepare: searches inside the transactions.
        saved: told the number of the job once it is saved, before the first write.
        deferred: foreign keys are checked at the end.

    Raises:
        TrothError: what `prepare` raises; nothing was written.
        StoreBusy: a store stayed locked before anything was saved.
        StoreGone: a store can not be reached before anything was saved.
    """
    job: int | None = None

    def work() -> int | None:
        nonlocal job
        if job is None and (order := prepare()) is not None:
            wanted = order
            job = begin(project, purpose, wanted)
            saved(job)
        return job

    return _attempts(project, work, lambda: job, deferred=deferred)


def begin(project: Project, purpose: str, order: Order) -> int:
    """Save a job with its keys before the first write; gives its number."""
    return project.write("journal start", lambda: _save(project, purpose, order))


def go_on(project: Project, job: int, *, deferred: bool = True) -> Result:
    """Write again what a kill or an error left open."""
    result = _attempts(project, lambda: job, lambda: job, deferred=deferred)
    return result or Result(job, {})


def open_jobs(project: Project, purpose: str) -> list[Job]:
    """The jobs of a purpose that a kill or an error left open, oldest first."""
    return [job for job in project.journal.jobs() if job.purpose == purpose]


def told(project: Project, job: int, entries: Sequence[Entry]) -> tuple[int, ...]:
    """Write the evidence of a job, but for what the ledger holds of it already; the numbers of all its entries."""
    start = project.journal.job(job).start
    known = {
        (one.kind, one.action, one.subject, one.object): one.seq
        for one in project.ledger.read(start)
        if one.detail.get("job") == job
    }
    new = [one for one in entries if (one.kind, one.action, one.subject, one.object) not in known]
    if new:
        first = project.write("ledger outcome", lambda: project.ledger.append(new))
        known.update(
            {(one.kind, one.action, one.subject, one.object): first + n for n, one in enumerate(new)}
        )
    return tuple(known[one.kind, one.action, one.subject, one.object] for one in entries)


def finish(project: Project, job: int, word: str, *, kept: bool) -> None:
    """Close a job, unless it is kept to be resumed."""

    def work() -> int:
        project.journal.finish(job, word, done=not kept)
        return 1

    project.write("journal finish", work)


def _save(project: Project, purpose: str, order: Order) -> int:
    """A new job with its keys, in one transaction of the journal."""
    journal = project.journal
    details = {"alters": [_coded(one) for one in order.alters], "note": dict(order.note)}
    fixed = Job(0, purpose, "open", utc(project.clock()), order.digest, project.ledger.size(), "")

    def work(_: object) -> int:
        job = journal.start(purpose, [order.subject], details, fixed=fixed)
        journal.save(job, _chunks(order))
        return job

    return journal.write(work)


def _chunks(order: Order) -> Iterator[Chunk]:
    for number, (alter, keys) in enumerate(zip(order.alters, order.rows, strict=True)):
        for start in range(0, len(keys), CHUNK):
            rows = tuple((0, *key) for key in keys[start : start + CHUNK])
            yield Chunk(0, 1, number, alter.what, alter.place, rows)


def _attempts(
    project: Project, work: Callable[[], int | None], known: Callable[[], int | None], *, deferred: bool
) -> Result | None:
    """Try as often as a locked store allows; what is saved and could not be written stays open."""
    for left in reversed(range(project.tries)):
        written: dict[int, list[int]] = {}
        undone: list[_Edit] = []
        complete = False
        try:
            with _transactions(project, deferred=deferred):
                job = work()
                if job is not None:
                    written = _write_all(project, job, undone)
                complete = True
        except (StoreBusy, StoreGone, StoreRefused) as error:
            job = known()
            if job is None and (not left or not isinstance(error, StoreBusy)):
                raise
            if isinstance(error, StoreBusy) and left:
                time.sleep(project.patience)
                continue
            if job is None:
                raise
            # A database that refuses before anything is committed has left everything as it was, or it is put back.
            kept = complete or not isinstance(error, StoreRefused)
            if not kept:
                _put_back(project, undone)
            return Result(job, {}, error.message, kept=kept)
        if job is None:
            return None
        if written:
            project.write("journal marks", partial(_mark, project, written))
        return Result(job, project.journal.tally(job).get(0, {}))
    return None


@contextmanager
def _transactions(project: Project, *, deferred: bool) -> Iterator[None]:
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.callback(project.watch, f"- commit {name}")
            opened.enter_context(project.stores[name].transaction(deferred=deferred))
            opened.callback(project.watch, f"+ commit {name}")
        yield


def _mark(project: Project, written: Mapping[int, Iterable[int]]) -> int:
    project.journal.mark(written)
    return len(written)


def lasting(project: Project, one: Alter) -> bool:
    """Whether what is written there stays although the transaction does not."""
    return project.schemas[one.store].relation(one.table).lasting


def _put_back(project: Project, undone: Sequence[_Edit]) -> None:
    """Write what stood there before into the tables that know no transactions; what was changed since stays."""
    for one, key, before, after in reversed(undone):
        place = one.key.index(one.column) if one.column in one.key else -1
        now = (*key[:place], after, *key[place + 1 :]) if place >= 0 else key
        walk = Walk(one.table, fixed=one.key, want=(one.column,))
        store = project.stores[one.store]
        if {cell for _, cell in rowsets.find(store, walk, [now], several=one.several)} == {after}:
            write = Write(one.table, one.key, each=(one.column,), several=one.several)
            rowsets.run(store, write, [(*now, before)])


def _write_all(project: Project, job: int, undone: list[_Edit]) -> dict[int, list[int]]:
    """Write every chunk that was saved and not yet marked; notes what no rollback undoes."""
    alters = [_decoded(one) for one in project.journal.details(job)["alters"]]
    done: dict[int, list[int]] = {}
    for chunk, number, kind in project.journal.pending(job):
        alter = alters[number]
        keys = [row[1:] for row in project.journal.rows(job, chunk)]
        project.write(f"{kind} {alter.place}", partial(_write, project, alter, keys, undone))
        done[chunk] = []
    return done


def _write(project: Project, alter: Alter, keys: Sequence[Row], undone: list[_Edit]) -> int:
    """Change the cells of rows that still hold what is to be changed."""
    found = list(cells(project, alter, keys))
    edits = list(dict.fromkeys((*key, after) for key, _, after in found))
    if not edits:
        return 0
    if lasting(project, alter):
        undone += [(alter, key, before, after) for key, before, after in found]
    write = Write(alter.table, alter.key, each=(alter.column,), several=alter.several)
    return rowsets.run(project.stores[alter.store], write, edits)


def cells(project: Project, alter: Alter, keys: Sequence[Row]) -> Iterator[tuple[Row, Value, Value]]:
    """For each row that is to be changed, its key, its cell, and the cell afterwards."""
    walk = Walk(alter.table, fixed=alter.key, want=(alter.column,))
    store, keys = project.stores[alter.store], list(dict.fromkeys(keys))
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        for place, cell in list(rowsets.find(store, walk, some, several=alter.several)):
            after = alter.after(cell)
            if alter.old is None or after != cell:
                yield some[int(place or 0)], cell, after


def replaced(cell: str, inside: str, old: tuple[str, str], new: Value) -> str:
    """A cell with the old value inside it replaced; the same cell where it does not stand in it.

    Args:
        cell: JSON, a list or a text.
        inside: "json", "array" or "text".
        old: how values are compared, and the value in normal form.
        new: what is put in its place.
    """
    kind, gone = old
    if inside == "text":
        return _in_text(cell, old, "" if new is None else str(new))
    try:
        value = exactjson.read(cell)
    except ValueError:
        if inside != "array":
            return cell
        written = "" if new is None else str(new)
        return exchanged(cell, lambda member: normal(kind, member) == gone, written, kind)
    again = _in_json(value, (kind, gone), new)
    return cell if again == value else exactjson.write(again)


def _in_json(value: object, old: tuple[str, str], new: Value) -> object:
    if isinstance(value, list):
        return [_in_json(one, old, new) for one in value]
    if isinstance(value, dict):
        return {key: _in_json(one, old, new) for key, one in value.items()}
    if not isinstance(value, str) or isinstance(value, exactjson.Number) or not value:
        return value
    return new if normal(old[0], value) == old[1] else value


def _in_text(cell: str, old: tuple[str, str], new: str) -> str:
    """A text with the words that mean the value replaced, and everything else as it was."""

    def written(match: re.Match[str]) -> str:
        word = match.group().strip(".-_")
        return match.group().replace(word, new) if word and normal(old[0], word) == old[1] else match.group()

    return (_DIGITS if old[0] == "phone" else _WORD).sub(written, cell)


def _coded(alter: Alter) -> dict[str, Any]:
    return asdict(alter)


def _decoded(value: Mapping[str, Any]) -> Alter:
    return Alter(**{**value, "key": tuple(value["key"])})
