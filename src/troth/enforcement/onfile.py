"""What is on file of a person: the account that a request names, and the addresses that reach them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from troth.enforcement.drawn import drawn
from troth.enforcement.known import aliases
from troth.enforcement.meaning import IDENTITIES, NAME, kind_of, normal
from troth.enforcement.project import Project
from troth.enforcement.trace import Trace, trace
from troth.evidence.pseudonym import pseudonyms
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Person


@dataclass(frozen=True, slots=True)
class Filed:
    """What is on file of a person.

    Attributes:
        person: by the identities that only this person has.
        addresses: e-mail addresses and telephone numbers; e-mail first, each once.
        accounts: the accounts by table (`store.table`), where one that nothing is above of holds several.
        keyed: the accounts by their keys (`store.table.column`), which stay when an address is corrected; empty where a
            key has several columns.
        aliases: the pseudonyms of every name of the person, under the newest key.
        traits: keyed digests of what its accounts are known by besides their keys: addresses, logins, whole names. An account
            that has none of them any more may be another's, who has got the number.
        rows: keyed digests of the keys of the accounts, also of keys with several columns.
        scattered: whether an account is several rows, each with an attribute of it; they are known by its name only.
    """

    person: Person
    addresses: tuple[Identity, ...] = field(repr=False)
    accounts: dict[str, int]
    keyed: tuple[Identity, ...] = field(default=(), repr=False)
    aliases: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    scattered: bool = False


def filed(project: Project, person: Person) -> Filed:
    """Whom a request names, and what is on file to reach them.

    Args:
        project: the stores.
        person: whom.

    Raises:
        TrothError: an identity names no column, or the identities are of different accounts.
        StoreGone: a store can not be reached.
    """
    found = trace(project, [person], ())
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.enter_context(project.stores[name].snapshot())
        try:
            found.seek()
        except TrothError:
            if not project.away:
                raise
            found = trace(
                project, [person], ()
            )  # what names them may stand in a store that can not be reached
    counted = {
        node: _accounts(project, found, node)
        for node in sorted(found.anchors.rows)
        if not project.map.table(*node).paths
    }
    accounts = {".".join(node): count for node, count in counted.items() if count > 1}
    scattered = any(len(found.anchors.rows[node]) > count for node, count in counted.items())
    keyed, names = _keyed(project, found), aliases(project, found)
    return Filed(
        found.anchors.people[0],
        _addresses(project, found),
        accounts,
        keyed,
        names,
        frozenset(_traits(project, found)),
        frozenset(_rows(project, found)),
        scattered,
    )


def _accounts(project: Project, found: Trace, node: tuple[str, str]) -> int:
    """How many accounts the rows of a table are; of attributes (`login`, `attribute`, `value`) those of one login are one."""
    table, rows = project.map.table(*node), found.anchors.rows[node].values()
    telling = [one for one in table.columns if one.category in IDENTITIES]
    if not telling or all(one.form != "eav" for one in table.columns):
        return len(rows)
    return len(
        {tuple(normal(kind_of(one.category), row.values.get(one.name)) for one in telling) for row in rows}
    )


def on_file(project: Project, person: Person) -> tuple[Identity, ...]:
    """The e-mail addresses and telephone numbers of a person, as they are on file; e-mail first, each once.

    Empty where nobody of that identity is on file. What is found is for sending only: it is never shown or logged.

    Raises:
        TrothError, StoreGone: see `filed`.
    """
    return filed(project, person).addresses


def _addresses(project: Project, found: Trace) -> tuple[Identity, ...]:
    known: dict[tuple[str, str], Identity] = {}
    for node, rows in sorted(found.anchors.rows.items()):
        for column in project.map.table(*node).columns:
            kind = kind_of(column.category)
            if kind not in {"email", "phone"} or column.form != "plain":
                continue
            for anchor in rows.values():
                value = anchor.values.get(column.name)
                plain = normal(kind, value)
                if plain and value not in drawn(project, node, anchor):
                    known.setdefault((kind, plain), Identity(kind, str(value)))
    return tuple(known[key] for key in sorted(known, key=lambda one: one[0] != "email"))


def _traits(project: Project, found: Trace) -> Iterator[str]:
    """What the rows of a person are known by besides their keys, as pseudonyms under every key of the ring."""
    keys = project.ring.pseudonym
    for node, rows in sorted(found.anchors.rows.items()):
        columns = project.map.table(*node).columns
        for anchor in rows.values():
            no = drawn(project, node, anchor)
            own = {name: value for name, value in anchor.values.items() if value not in no}
            names = [normal("text", own.get(one.name)) for one in columns if one.category == NAME]
            told = [("name", " ".join(filter(None, names)))]
            told += [
                (one.category, normal(kind_of(one.category), own.get(one.name)))
                for one in columns
                if one.category in IDENTITIES
            ]
            for kind, plain in told:
                if plain:
                    yield from pseudonyms(keys, f"trait {kind}", plain)


def _rows(project: Project, found: Trace) -> Iterator[str]:
    """The keys of the accounts, as pseudonyms under every key of the ring; none of rows that are attributes and come and go."""
    for node in _first(project, found):
        if any(one.form == "eav" for one in project.map.table(*node).columns):
            continue
        for key in found.anchors.keys(node):
            told = "\n".join(part.hex() if isinstance(part, bytes) else str(part) for part in key)
            if told.strip():
                yield from pseudonyms(project.ring.pseudonym, f"row {'.'.join(node)}", told)


def _first(project: Project, found: Trace) -> list[tuple[str, str]]:
    """The tables of the accounts that nothing is above of, else all in which somebody was found."""
    nodes = [node for node, rows in sorted(found.anchors.rows.items()) if rows]
    return [node for node in nodes if not project.map.table(*node).paths] or nodes


def _keyed(project: Project, found: Trace) -> tuple[Identity, ...]:
    """The accounts that nothing is above of, else what was found of the person, by their keys."""
    named = []
    for node in _first(project, found):
        table = project.map.table(*node)
        for key in sorted(found.anchors.keys(node), key=str):
            if len(key) > 1 or isinstance(key[0], bytes | None):
                return ()
            named.append(Identity(f"{table.place}.{table.key[0]}", str(key[0])))
    return tuple(named)
