"""Consents of persons whose account goes because its period is over: they end with it, as with an erasure that was asked for.

They are ended before the rows go: after a kill nobody could say under which names somebody had agreed. A consent under an
address or login that another account holds too stays. A no stays always, so that the address is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from troth.enforcement.anchors import identifying
from troth.enforcement.meaning import CATEGORIES, IDENTITIES, kind_of, normal
from troth.enforcement.project import Project
from troth.evidence.pseudonym import pseudonyms
from troth.evidence.state import given_by
from troth.model.datamap import Column, Table
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.sweep import Sweep, every
from troth.stores.sift import Given, Stretch, Sweeping
from troth.stores.walk import Hints, Row, Walk

_CHUNK = 100  # rows whose names are looked up at once

Name = tuple[str, str]
"""The category of a column and a value of it in normal form."""


@dataclass(slots=True)
class _Going:
    """What is known of the rows of a table of persons that are about to go.

    Attributes:
        agreed: the consents that stand under their names: pseudonym, purpose and scope.
        names: by pseudonym, the address or login it stands for; None for the key of a row, which goes with it.
        rows: how often each address and login stands in these rows.
    """

    agreed: list[tuple[str, str, str]] = field(default_factory=list)
    names: dict[str, Name | None] = field(default_factory=dict)
    rows: Counter[Name] = field(default_factory=Counter)


def lapse(project: Project, store: Sweeping, one: Sweep, given: Given) -> int:
    """End what the persons agreed to whose rows a step of a sweep is about to delete or to make nameless; gives how many.

    Args:
        project: the map, the stores and the ledger.
        store: that of the step.
        one: the step.
        given: keys that its tests ask for by name.

    Raises:
        StoreRefused: the database does not let the rows be read.
    """
    columns = _going(project, one)
    if not columns or not given_by(project.ledger):
        return 0
    found = _read(project, store, one, given, columns)
    names = {name for subject, _, _ in found.agreed if (name := found.names[subject])}
    stays = _elsewhere(project, found.rows, names) if names else set()
    over = [each for each in dict.fromkeys(found.agreed) if found.names[each[0]] not in stays]
    if over:
        cited = one.citation
        entry = Entry(
            time=utc(project.clock()), kind="consent", actor=project.actor, action="expire", policy=cited.policy,
            promise=cited.promise, sentences=cited.sentences, outcome="done",
        )  # fmt: skip
        entries = [
            replace(
                entry, subject=subject, detail={"purpose": purpose, **({"scope": scope} if scope else {})}
            )
            for subject, purpose, scope in over
        ]
        project.write("ledger lapse", lambda: project.ledger.append(entries))
    return len(over)


def _going(project: Project, one: Sweep) -> tuple[Column, ...]:
    """The columns by which the persons of a step are known and that go with it; none where it takes nobody's name."""
    try:
        table = project.map.table(one.store, one.table)
    except NotFound:
        return ()
    if table.role != "subject":
        return ()
    relation = project.schemas[one.store].relation(one.table)
    altered = {each.column for each in one.alters}
    return tuple(
        column
        for column in table.columns
        if column.category in IDENTITIES
        and relation.field(column.name) is not None
        and (not one.alters or column.name in altered)
    )


def _read(project: Project, store: Sweeping, one: Sweep, given: Given, columns: Sequence[Column]) -> _Going:
    table = project.map.table(one.store, one.table)
    named = [each for each in table.columns if each.category in IDENTITIES]
    # while an address stays, so does who is known by the number of the row
    words = project.map.key_words(table) if len(named) == len(columns) else ()
    order = (*(each.name for each in columns), *(table.key if words else ()))
    wanted = Stretch(one.table, order, every(one.due, one.free), one.alters, given=given)
    found, some = _Going(), list[str]()
    for number, row in enumerate(store.keys(wanted), 1):
        for subject, name in _names(project, columns, words, row):
            found.names.setdefault(subject, name)
            some.append(subject)
        found.rows.update({name for name in _cells(columns, row) if name})
        if number % _CHUNK == 0:
            found.agreed += given_by(project.ledger, some)
            some.clear()
    found.agreed += given_by(project.ledger, some) if some else []
    return found


def _cells(columns: Sequence[Column], row: Row) -> list[Name | None]:
    """The names in a row, by column."""
    plain = [normal(kind_of(each.category), value) for each, value in zip(columns, row, strict=False)]
    return [(each.category, text) if text else None for each, text in zip(columns, plain, strict=True)]


def _names(
    project: Project, columns: Sequence[Column], words: Sequence[str], row: Row
) -> Iterator[tuple[str, Name | None]]:
    """The pseudonyms of a row with what each stands for."""
    known: list[tuple[str, str, Name | None]] = []
    for column, value, name in zip(columns, row, _cells(columns, row), strict=False):
        if name:
            kinds = [kind for kind, category in CATEGORIES.items() if category == column.category]
            known += [(kind, str(value), name) for kind in kinds]
    if words and row[-1] is not None:
        known += [(word, str(row[-1]), None) for word in words]
    for kind, value, name in known:
        try:
            every_key = pseudonyms(project.ring.pseudonym, kind, value)
        except TrothError:  # nothing of the value is left in normal form
            continue
        yield from ((one, name) for one in every_key)


def _elsewhere(project: Project, rows: Counter[Name], names: set[Name]) -> set[Name | None]:
    """Those of some addresses and logins that stand in more rows than those which go: another account has them too."""
    seen: Counter[Name] = Counter()
    for table, column in identifying(project):
        if column.category in {category for category, _ in names} and _there(project, table, column):
            walk = Walk(table.name, fixed=(column.name,))
            for (cell,) in project.stores[table.store].guess(walk, Hints(every=True)):
                name = column.category, normal(kind_of(column.category), cell)
                if name in names:
                    seen[name] += 1
    return {name for name in names if seen[name] > rows[name]}


def _there(project: Project, table: Table, column: Column) -> bool:
    """Whether the store has the column; the map may name what is gone."""
    try:
        return project.schemas[table.store].relation(table.name).field(column.name) is not None
    except (KeyError, NotFound):
        return False
