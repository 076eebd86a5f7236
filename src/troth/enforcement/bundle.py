"""Write the rows of a person into files as they come: JSON or CSV, with contact cards beside tables of contacts.

Rows go from the database to the file one after another, so a request of 300,000 rows needs no more memory than one
of ten. The first rows of a table are remembered for the page that shows the bundle.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any

from troth.enforcement import exactjson, rowsets
from troth.enforcement.attributes import without_secrets
from troth.enforcement.clerks import without_clerks
from troth.enforcement.netbytes import with_addresses
from troth.enforcement.project import Project
from troth.enforcement.search import CHUNK
from troth.enforcement.sheet import Sheet
from troth.enforcement.sink import Sink
from troth.enforcement.trace import Trace
from troth.enforcement.vcard import Cards
from troth.model.errors import TrothError
from troth.model.plan import Step
from troth.stores.keys import nameless
from troth.stores.walk import Row, Walk

SHOWN = 20  # rows of a table that the page shows
_ASKED = 5_000  # rows whose owners are looked up at a time
_WAITING = 1 << 20  # bytes of contact cards that wait in memory


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle, as it was written.

    Attributes:
        sheet: what it holds.
        rows: how many are in it.
        shared: how many are not, because another person shares them.
        digest: SHA-256, hex.
        shown: the first rows.
        cards: the file of contact cards beside it, with its digest; empty where there is none.
        secrets: attributes whose values are not given, because they open something, and columns of rows that staff wrote.
    """

    sheet: Sheet
    rows: int
    shared: int
    digest: str
    shown: tuple[Mapping[str, Any], ...] = ()
    cards: tuple[str, str] = ("", "")
    secrets: tuple[str, ...] = ()

    @property
    def step(self) -> Step:
        """Whose rows it holds."""
        return self.sheet.step

    @property
    def file(self) -> str:
        """Its name in the bundle."""
        return self.sheet.file


def write_table(project: Project, found: Trace, sheet: Sheet, sink: Sink) -> Part:
    """Write the rows of one table, as they come.

    Args:
        project: the stores and the map.
        found: whose rows.
        sheet: which table and columns.
        sink: where the files of the bundle go.

    Raises:
        TrothError: the file can not be written.
        StoreRefused: the rows can not be read.
    """
    digest, rows, name = hashlib.sha256(), 0, sheet.file
    shown: list[Mapping[str, Any]] = []
    hidden = dict[str, None]()
    lines, shared = _lines(project, found, sheet)
    lines = with_addresses(lines, sheet.addresses) if sheet.addresses else lines
    lines = without_secrets(lines, sheet.table, hidden) if sheet.attributes else lines
    lines = without_clerks(lines, sheet.clerk, hidden) if sheet.clerk else lines
    first = next(lines, None)
    if first is None:
        return Part(sheet, 0, shared, "")
    cards, beside = None, ""
    if sheet.contacts:
        cards, beside = Cards(sheet.contacts), Path(name).with_suffix(".vcf").as_posix()
    try:
        # A zip takes one file after another, so the cards wait; a few in memory, many in a file without a name.
        with SpooledTemporaryFile(_WAITING) if cards else nullcontext() as other:
            seen = _seen(chain([first], lines), shown, cards, other)
            with sink.file(name) as file:
                for block, count in _blocks(next(seen), seen, sheet.columns, as_csv=name.endswith(".csv")):
                    digest.update(block)
                    file.write(block)
                    rows += count
            if other is not None and not other.tell():
                beside = ""  # no row of them names anybody
            elif other is not None:
                other.seek(0)
                with sink.file(beside) as file:
                    copyfileobj(other, file)
    except OSError as error:
        raise TrothError(f"the file {name} can not be written", hint="is the disk full?") from error
    return Part(
        sheet,
        rows,
        shared,
        digest.hexdigest(),
        tuple(shown),
        (beside, cards.digest) if cards and beside else ("", ""),
        tuple(hidden),
    )


def _lines(project: Project, found: Trace, sheet: Sheet) -> tuple[Iterator[bytes], int]:
    """See `rows_as_json`."""
    if sheet.query is None or sheet.walk is None:
        return rows_as_json(project, found, sheet.step)
    _, given, _ = found.way(sheet.query)
    return project.stores[sheet.step.store].stream(sheet.walk, given) if given else iter(()), 0


def _seen(
    lines: Iterable[bytes], shown: list[Mapping[str, Any]], cards: Cards | None, other: Any
) -> Iterator[bytes]:
    """The same lines, the first of them remembered, each with its card where the table holds contacts."""
    lines = iter(lines)
    first = list(islice(lines, SHOWN))
    shown += json.loads(b"[%b]" % b",".join(first))
    if cards is None:
        yield from first
        yield from lines
        return
    other.write(b"".join(map(cards.card, shown)))
    yield from first
    for line in lines:
        other.write(cards.card(json.loads(line)))
        yield line


def _blocks(
    first: bytes, lines: Iterator[bytes], columns: tuple[str, ...], *, as_csv: bool
) -> Iterator[tuple[bytes, int]]:
    """The bytes of a file in pieces, each with its number of rows."""
    if as_csv:
        yield _csv(columns), 0
        yield _csv(map(_cell, exactjson.read(first.decode()).values())), 1
        for line in lines:
            yield _csv(map(_cell, exactjson.read(line.decode()).values())), 1
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


def _cell(value: Any) -> Any:
    """A value of JSON as a cell of a table: what has parts stays JSON."""
    return exactjson.write(value) if isinstance(value, dict | list | bool) else value


def _csv(values: Any) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue().encode()


def rows_as_json(project: Project, found: Trace, step: Step) -> tuple[Iterator[bytes], int]:
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
    if any(None in key for key in keys) and not step.several:
        raise nameless(step.table)  # it would stand for every other row whose key is NULL too
    foreign: set[Row] = set()
    if not step.exclusive and step.paths:
        for start in range(0, len(keys), _ASKED):
            some = keys[start : start + _ASKED]
            foreign |= {some[place] for place in found.owners(step, some)[0]}
    own = [key for key in keys if key not in foreign]
    return _by_key(project, step, own), _counted(project, step, sorted(foreign, key=str))


def _counted(project: Project, step: Step, keys: list[Row]) -> int:
    """How many rows the keys name: one each, but where nothing names a single row."""
    if not step.several:
        return len(keys)
    walk = Walk(step.table, fixed=step.key, want=step.key[:1])
    return sum(1 for _ in rowsets.find(project.stores[step.store], walk, keys, several=True))


def _by_key(project: Project, step: Step, keys: list[Row]) -> Iterator[bytes]:
    walk = Walk(step.table, fixed=step.key, want=step.columns)
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        yield from rowsets.stream(project.stores[step.store], walk, some, several=step.several)
