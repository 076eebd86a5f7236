"""Data maps and schemas with a planted truth, for property tests."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from troth.model.datamap import CATEGORIES, FORMS, MASKS, ROLES, Column, Condition, DataMap, Link, Path, Table
from troth.model.schema import Field, Foreign, Kind, Relation, Schema

NAMES = st.text(alphabet="abcxyz_-AB019客户", min_size=1, max_size=12) | st.text(
    alphabet="ab .,;()[]\"'=<>~-:x\n", min_size=1, max_size=8
)
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
SHARES = st.sampled_from([0.0, 0.25, 0.5, 0.97, 1.0])
VALUES = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8)
CONDITIONS = st.builds(Condition, NAMES, st.lists(VALUES, min_size=1, max_size=3).map(tuple))
INSIDE = st.sampled_from(["", "", "array", "text", "$.email"])


@st.composite
def links(draw: st.DrawFn, table: str, target: str) -> Link:
    """A step between two tables."""
    width = draw(st.integers(1, 3))
    here = draw(st.lists(NAMES, min_size=width, max_size=width))
    there = draw(st.lists(NAMES, min_size=width, max_size=width))
    conditions = draw(st.lists(CONDITIONS, max_size=2))
    return Link(
        table, tuple(here), draw(st.sampled_from(["->", "=>", "~>"])), target, tuple(there), draw(st.sampled_from(["", "other"])),
        tuple(conditions), draw(INSIDE),
    )  # fmt: skip


@st.composite
def paths(draw: st.DrawFn, table: str) -> Path:
    """A path of up to four steps from a table."""
    stops = [table, *draw(st.lists(NAMES, min_size=1, max_size=4))]
    steps = [draw(links(here, there)) for here, there in pairwise(stops)]
    return Path(tuple(steps), draw(SHARES), draw(TEXTS))


COLUMNS = st.builds(
    Column,
    name=TEXTS.filter(bool),
    category=st.sampled_from(CATEGORIES),
    form=st.sampled_from(FORMS),
    terms=st.lists(NAMES, max_size=2).map(tuple),
    mask=st.sampled_from(MASKS),
    confidence=SHARES,
    reason=TEXTS,
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of a map, harmless or not."""
    store, name = draw(NAMES), draw(TEXTS.filter(bool))
    role = draw(st.sampled_from(ROLES))
    key, harmless = (tuple(draw(st.lists(NAMES, max_size=2))) for _ in range(2))
    if role == "none":
        return Table(store, name, role, key, harmless=harmless, confidence=draw(SHARES), reason=draw(TEXTS))
    word = draw(NAMES)
    columns = tuple({one.name: one for one in draw(st.lists(COLUMNS, max_size=4))}.values())
    ways = tuple(draw(st.lists(paths(word), max_size=2)))
    references = tuple(draw(st.lists(links(word, word), max_size=2)))
    return Table(
        store, name, role, key, columns, ways, references,
        harmless, draw(SHARES), draw(TEXTS),
        marks=draw(st.dictionaries(TEXTS, st.sampled_from(("agreed", "not blocked", "state = yes | no")), max_size=2)),
        facts=draw(st.dictionaries(TEXTS, st.sampled_from(("state", "state: new, due = open; * = none")), max_size=2)),
        events=draw(st.dictionaries(TEXTS, st.sampled_from(("ended_at", "customers.closed_at")), max_size=2)),
        by_value=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def maps(draw: st.DrawFn) -> DataMap:
    """A data map with tables in order."""
    found = {(one.store, one.name): one for one in draw(st.lists(tables(), max_size=6))}
    return DataMap(tuple(found[place] for place in sorted(found)), tuple(draw(st.lists(TEXTS, max_size=3))))


NOUNS = (
    "servers",
    "volumes",
    "snapshots",
    "backups",
    "domains",
    "mailboxes",
    "certificates",
    "invoices",
    "contracts",
    "licenses",
)
KEYS: tuple[Kind, ...] = ("integer", "uuid", "text")
PERSON = ("customers", "users", "clients", "members", "accounts")


@st.composite
def planted(draw: st.DrawFn) -> tuple[Schema, dict[str, str]]:
    """A schema where every table hangs on one other by a declared or an implied key, and the true path of each table."""
    person = draw(st.sampled_from(PERSON))
    key = draw(st.sampled_from(KEYS))
    relations = [_person(person, key)]
    truth = {person: ""}
    for name in draw(st.lists(st.sampled_from(NOUNS), unique=True, min_size=1, max_size=8)):
        parent = draw(st.sampled_from(sorted(truth)))
        declared = draw(st.booleans())
        column = f"{parent[:-1] if not parent.endswith('xes') else parent[:-2]}_id"
        step = f"{name}.{column} {'->' if declared else '=>'} {parent}.id"
        truth[name] = f"{step} ; {truth[parent]}" if truth[parent] else step
        relations.append(_child(name, column, parent if declared else "", key))
    return Schema("s", "sqlite", tuple(sorted(relations, key=lambda one: one.name))), truth


def _person(name: str, kind: Kind) -> Relation:
    fields = (
        Field("id", kind=kind, nullable=False),
        Field("email", length=200),
        Field("full_name"),
        Field("note"),
    )
    return Relation(name, fields, ("id",))


def _child(name: str, column: str, declared: str, kind: Kind) -> Relation:
    fields = (
        Field("id", kind=kind, nullable=False),
        Field(column, kind=kind),
        Field("ip_address"),
        Field("size", kind="integer"),
    )
    foreign = (Foreign((column,), declared, ("id",)),) if declared else ()
    return Relation(name, fields, ("id",), foreign=foreign)
