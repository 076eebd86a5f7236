"""Small databases for tests of enforcement, the same on every engine, and projects over them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, make_url, text

from troth.datamap.introspect import introspect
from troth.datamap.mapfile import read_map
from troth.datamap.permits import apart
from troth.enforcement.journal import Journal
from troth.enforcement.project import Project
from troth.evidence import keyring
from troth.evidence.acceptance import ACCEPTANCES
from troth.evidence.bysubject import BY_SUBJECT
from troth.evidence.open import open_ledger
from troth.evidence.restriction import RESTRICTIONS
from troth.evidence.state import CONSENTS
from troth.model.datamap import DataMap
from troth.model.outcome import Identity, Person
from troth.model.plan import Citation
from troth.model.schema import Schema
from troth.stores.open import open_store

CITED = Citation("erase-on-request", ("s7", "s8"), "ab" * 32)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_DRIVERS = {"mysql": "mysql+pymysql", "postgresql": "postgresql+psycopg", "sqlite": "sqlite"}


def database(url: str) -> Engine:
    """A connection pool of the test's own, beside the store that is tested."""
    parsed = make_url(url)
    return create_engine(parsed.set(drivername=_DRIVERS[parsed.get_backend_name()]))


def run(url: str, *statements: str) -> None:
    """Run statements in one transaction."""
    engine = database(url)
    with engine.begin() as link:
        for statement in statements:
            for part in statement.split(";"):
                if part.strip():
                    link.execute(text(part.replace(":", r"\:")))
    engine.dispose()


def asked(url: str, query: str) -> Any:
    """The first value that a query gives."""
    engine = database(url)
    with engine.connect() as link:
        found = link.execute(text(query)).scalar()
    engine.dispose()
    return found


def rows(url: str, table: str, order: str = "1") -> list[tuple[Any, ...]]:
    """All rows of a table."""
    engine = database(url)
    with engine.connect() as link:
        found = [tuple(row) for row in link.execute(text(f"select * from {table} order by {order}"))]
    engine.dispose()
    return found


def described(urls: Mapping[str, str]) -> dict[str, Schema]:
    """The schemas of stores, read once by a test that opens them often."""
    return {name: introspect(url, sample=0, store=name) for name, url in urls.items()}


def state(
    urls: Mapping[str, str], schemas: Mapping[str, Schema] | None = None
) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables of all stores, as text in a fixed order."""
    found = {}
    for store, schema in sorted((schemas or described(urls)).items()):
        engine = database(urls[store])
        with engine.connect() as link:
            for relation in schema.relations:
                some = link.execute(text(f"select * from {relation.name}"))
                found[f"{store}.{relation.name}"] = sorted(tuple(map(str, row)) for row in some)
        engine.dispose()
    return found


def quiet(event: str) -> None:
    """Nobody is watching."""


@contextlib.contextmanager
def project(  # noqa: PLR0913 - each is one thing that a test may change
    folder: Path,
    urls: Mapping[str, str],
    map_text: str,
    *,
    watch: Callable[[str], None] = quiet,
    schemas: Mapping[str, Schema] | None = None,
    state: str = "",
) -> Iterator[Project]:
    """A project over databases; journal, ledger and keys stand in `folder` and are found again there.

    Args:
        folder: where its own files are.
        urls: the stores by name.
        map_text: the data map, without its version line.
        watch: told before and after every write.
        schemas: the schemas, where the test has read them already.
        state: the address of one database for ledger and journal; two files in `folder` where none is given.
    """
    place = folder / "keys.json"
    if not place.exists():
        keyring.save(keyring.create("test.example/troth"), place)
    ring = keyring.load(place, {})
    one = read_map("version = 1\n" + map_text)
    known = {name: apart(schema, one) for name, schema in (schemas or described(urls)).items()}
    with contextlib.ExitStack() as opened:
        ledger = open_ledger(
            state or str(folder / "ledger.db"),
            signer=ring.signer,
            projections=(CONSENTS, RESTRICTIONS, BY_SUBJECT, ACCEPTANCES),
        )
        opened.callback(ledger.close)
        journal = opened.enter_context(Journal(state or folder / "journal.db", ring))
        stores = {name: open_store(url, known[name], patience=1) for name, url in urls.items()}
        for store in stores.values():
            opened.callback(store.close)
        yield Project(
            map=reviewed(one, known),
            schemas=known,
            stores=stores,
            journal=journal,
            ledger=ledger,
            ring=ring,
            clock=lambda: NOW,
            watch=watch,
            patience=0.01,
        )


def reviewed(one: DataMap, schemas: Mapping[str, Schema]) -> DataMap:
    """The map with every other column of its tables as looked at and found harmless, where it names none."""
    tables = []
    for table in one.tables:
        there = {
            field.name
            for one in schemas[table.store].relations
            if one.name == table.name
            for field in one.fields
        }
        left = there - {column.name for column in table.columns}
        tables.append(table if table.harmless else replace(table, harmless=tuple(sorted(left))))
    return replace(one, tables=tuple(tables))


def by(**identities: str) -> Person:
    """A person by identities."""
    return Person(tuple(Identity(kind, value) for kind, value in identities.items()))


def table(  # noqa: PLR0913 - each is one key of the file
    place: str,
    role: str,
    *,
    key: Sequence[str] = ("id",),
    paths: Sequence[str] = (),
    marks: Mapping[str, str] | None = None,
    facts: Mapping[str, str] | None = None,
    **columns: str,
) -> str:
    """One table of a map file; a column is given as "category" or "category/mask" or "category/mask/form"."""
    store, _, title = place.partition(".")
    lines = [
        "[[table]]",
        f'store = "{store}"',
        f'name = "{title}"',
        f'role = "{role}"',
        f"key = {list(key)!r}",
    ]
    lines += [f"paths = {list(paths)!r}"] if paths else []
    for name, pairs in (("marks", marks), ("facts", facts)):
        if pairs:
            lines.append(
                f"{name} = {{ {', '.join(f'{json.dumps(k)} = {json.dumps(v)}' for k, v in pairs.items())} }}"
            )
    lines += ["[table.columns]"] if columns else []
    for column, said in columns.items():
        category, mask, form = [*said.split("/"), "", ""][:3]
        more = (f', mask = "{mask}"' if mask else "") + (f', form = "{form}"' if form else "")
        lines.append(f'{column} = {{ category = "{category}"{more} }}')
    return "\n".join(lines) + "\n"
