"""Write the rows of a person into files as they come: JSON or CSV, with contact cards beside tables of contacts.

Rows go from the database to the file one after another, so a request of 300,000 rows needs no more memory than one
of ten. The first rows of a table are remembered for the page that shows the bundle.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any, Literal

from troth.enforcement import exactjson
from troth.enforcement.attributes import valued, without_secrets
from troth.enforcement.netbytes import packed, with_addresses
from troth.enforcement.project import Project
from troth.enforcement.search import CHUNK
from troth.enforcement.sink import Sink
from troth.enforcement.trace import Trace
from troth.enforcement.vcard import Cards
from troth.model.errors import TrothError
from troth.model.plan import Plan, Step
from troth.stores.keys import nameless
from troth.stores.walk import Row, Walk

Form = Literal["json", "csv"]
SHOWN = 20  # rows of a table that the page shows
_UNPLAIN = re.compile(r"[^\w.-]")  # what not every disk takes in the name of a file
_ASKED = 5_000  # rows whose owners are looked up at a time
_WAITING = 1 << 20  # bytes of contact cards that wait in memory


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle.

    Attributes:
        step: what it holds.
        file: its name in the bundle.
        rows: how many are in it.
        shared: how many are not, because another person shares them.
        digest: SHA-256, hex.
        shown: the first rows.
        cards: the file of contact cards beside it, with its digest; empty where there is none.
        addresses: by column that holds addresses as bytes, the further column with what they mean.
        secrets: attributes whose values are not given, because they open something.
    """

    step: Step
    file: str
    rows: int
    shared: int
    digest: str
    shown: tuple[Mapping[str, Any], ...] = ()
    cards: tuple[str, str] = ("", "")
    addresses: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What each row of the file holds."""
        return *self.step.columns, *self.addresses.values()


def names(project: Project, plan: Plan, form: Form) -> dict[str, str]:
    """The file of each table; a name that two stores use carries the store too, and one that is taken a number."""
    used = Counter(step.table for step in plan.steps)
    found, taken = dict[str, str](), set[str]()
    for step in plan.steps:
        plain = _UNPLAIN.sub("_", step.table)
        name = plain if used[step.table] == 1 else f"{step.store}-{plain}"
        stem = file = f"data/{_category(project, step)}/{name}"
        number = 2
        while file.casefold() in taken:  # not every disk tells capitals from others
            file, number = f"{stem}-{number}", number + 1
        taken.add(file.casefold())
        found[step.place] = f"{file}.{form}"
    return found


def _category(project: Project, step: Step) -> str:
    """What most columns of a table are about; the first of several."""
    columns = project.map.table(step.store, step.table).columns
    counted = Counter([column.category.partition(".")[0] for column in columns])
    return max(counted, key=counted.__getitem__, default="other")


def write_table(project: Project, found: Trace, step: Step, place: tuple[Sink, str]) -> Part:
    """Write the rows of one table, as they come.

    Args:
        project: the stores and the map.
        found: whose rows.
        step: which table and columns.
        place: where the files of the bundle go, and the name of this one.

    Raises:
        TrothError: the file can not be written.
        StoreRefused: the rows can not be read.
    """
    sink, name = place
    digest, rows = hashlib.sha256(), 0
    shown: list[Mapping[str, Any]] = []
    lines, shared = rows_as_json(project, found, step)
    addresses = packed(project, step)
    lines = with_addresses(lines, addresses) if addresses else lines
    table, hidden = project.map.table(step.store, step.table), dict[str, None]()
    lines = without_secrets(lines, table, hidden) if valued(table) else lines
    first = next(lines, None)
    if first is None:
        return Part(step, name, 0, shared, "")
    columns = *step.columns, *addresses.values()
    relation = project.schemas[step.store].relation(step.table)
    # What the database computes of them says the same again.
    said = tuple(one for one in step.columns if not relation.sources(one) & set(step.columns))
    cards = Cards(table, said)
    beside = Path(name).with_suffix(".vcf").as_posix() if cards.fitting else ""
    try:
        # A zip takes one file after another, so the cards wait; a few in memory, many in a file without a name.
        with SpooledTemporaryFile(_WAITING) if beside else nullcontext() as other:
            seen = _seen(chain([first], lines), shown, cards, other)
            with sink.file(name) as file:
                for block, count in _blocks(next(seen), seen, columns, as_csv=name.endswith(".csv")):
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
        step,
        name,
        rows,
        shared,
        digest.hexdigest(),
        tuple(shown),
        (beside, cards.digest) if beside else ("", ""),
        addresses,
        tuple(hidden),
    )


def _seen(
    lines: Iterable[bytes], shown: list[Mapping[str, Any]], cards: Cards, other: Any
) -> Iterator[bytes]:
    """The same lines, the first of them remembered, each with its card where the table holds contacts."""
    lines = iter(lines)
    first = list(islice(lines, SHOWN))
    shown += json.loads(b"[%b]" % b",".join(first))
    if other is not None:
        other.write(b"".join(map(cards.card, shown)))
    yield from first
    for line in lines:
        if other is not None:
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
    if any(None in key for key in keys):
        raise nameless(step.table)  # it would stand for every other row whose key is NULL too
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
