"""Where sign-ins are logged, found through the data map, and the log as the model of habits reads it."""

from __future__ import annotations

import ipaddress
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from troth.duties.habits import SignIn
from troth.enforcement.columns import stream
from troth.enforcement.project import Project
from troth.model.datamap import Column, Table
from troth.model.errors import NotFound
from troth.model.mark import parse_fact
from troth.stores.walk import Row, Value

EVENT = "sign-in"
AUTHENTICATED = "authenticated"
_GOOD = frozenset(
    {"ok", "success", "successful", "succeeded", "passed", "granted", "true", "t", "yes", "1", "accept"}
)
_MISSING = 0


@dataclass(frozen=True, slots=True)
class Log:
    """A table of sign-ins and which column says what; empty where none does.

    Attributes:
        table: the table.
        at: when.
        account: the column that leads to the person.
        login: the name that was typed.
        device: what names the device.
        agent: the User-Agent.
        address: the network address.
        operator: who runs the network.
        country: ISO 3166 code of where the network is.
        city: the city.
        result: how it ended.
    """

    table: Table
    at: str
    account: str = ""
    login: str = ""
    device: str = ""
    agent: str = ""
    address: str = ""
    operator: str = ""
    country: str = ""
    city: str = ""
    result: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that there are."""
        named = (
            self.account, self.login, self.at, self.device, self.agent, self.address, self.operator, self.country,
            self.city, self.result,
        )  # fmt: skip
        return tuple(dict.fromkeys(one for one in named if one))

    @property
    def parts(self) -> int:
        """How much it says of an origin."""
        return sum(
            map(bool, (self.device, self.agent, self.address, self.operator, self.country, self.result))
        )


def logs(project: Project) -> tuple[Log, ...]:
    """The tables of sign-ins that say something of device and network, those that say most first.

    A table counts when the map gives it the event `sign-in` and a column of category `network`.

    Raises:
        NotFound: the map has none.
    """
    found = []
    for table in project.map.personal():
        clock = table.events.get(EVENT, "")
        if clock and "." not in clock and any(one.category == "network" for one in table.columns):
            found.append(_log(table, clock))
    rich = [one for one in found if one.device or one.agent] or found
    if not rich:
        raise NotFound(
            "the data map has no table of sign-ins with networks",
            hint='give its table events = { sign-in = "COLUMN" } and a column of category network',
        )
    return tuple(sorted(rich, key=lambda one: (-one.parts, one.table.place)))


def _log(table: Table, clock: str) -> Log:
    harmless = tuple(Column(name, "none") for name in table.harmless)
    every = (*table.columns, *harmless)

    def first(*wanted: str, category: str = "", but: Sequence[str] = ()) -> str:
        """The first column with one of these terms, else with one of these words in its name."""
        taken = {clock, *but}
        for column in every:
            if set(column.terms) & set(wanted) and column.name not in taken:
                return column.name
        for column in every:
            words = set(column.name.lower().replace("-", "_").split("_"))
            if words & set(wanted) and column.name not in taken and category in {"", column.category}:
                return column.name
        return ""

    links = table.paths[0].links if table.paths else ()
    account = links[0].columns[0] if links and len(links[0].columns) == 1 and not links[0].inside else ""
    login = next((c.name for c in table.columns if c.category in {"ident.username", "contact.email"}), "")
    address = first("ip-address", "ip", "address", category="network")
    fact = table.facts.get(AUTHENTICATED, "")
    result = (
        parse_fact(fact).column if fact else first("result", "success", "successful", "outcome", "status")
    )
    agent = first("user-agent", "agent")
    return Log(
        table, clock, account, login, first("device-identifier", "device", but=(agent,)), agent, address,
        first("internet-provider", "operator", "isp", "asn"), first("country", "country-code"), first("city"), result,
    )  # fmt: skip


@dataclass(slots=True)
class Read:
    """A log in memory, one number a cell: about 70 bytes a row.

    Attributes:
        log: where it comes from.
        keys: the keys of the rows.
    """

    log: Log
    keys: list[Row] = field(default_factory=list)
    at: array[float] = field(default_factory=lambda: array("d"))
    cells: array[int] = field(default_factory=lambda: array("q"))
    names: dict[str, int] = field(default_factory=dict)
    countries: list[str] = field(default_factory=lambda: [""])
    accounts: dict[str, int] = field(default_factory=dict)
    logins: dict[str, int] = field(default_factory=dict)

    def number(self, kind: str, value: Value) -> int:
        """The number that stands for a value; 0 for an empty one."""
        text = "" if value is None else str(value).strip()
        return self.names.setdefault(kind + text, len(self.names) + 1) if text else _MISSING


_WIDTH = 7  # account, login, device, network, operator, country, ok


def read(project: Project, log: Log) -> Read:
    """Read a log once, in the order in which the store gives it.

    Raises:
        TrothError: the table can not be read any more.
    """
    found = Read(log)
    key = log.table.key
    places = {name: place for place, name in enumerate((*key, *log.columns))}
    fact = log.table.facts.get(AUTHENTICATED, "")
    words = parse_fact(fact).words if fact else {}
    countries = {"": 0}

    def cell(row: Row, name: str) -> Value:
        return row[places[name]] if name else None

    for row in stream(project, log.table.store, log.table.name, tuple(places)):
        at = moment(cell(row, log.at))
        if at is None:
            continue
        account, login = cell(row, log.account), str(cell(row, log.login) or "").strip().casefold()
        number = -1
        if account is not None:
            number = found.accounts.setdefault(str(account), len(found.accounts))
            if login:
                found.logins.setdefault(login, number)
        place = str(cell(row, log.country) or "").strip().upper()
        if place not in countries:
            countries[place] = len(found.countries)
            found.countries.append(place)
        device = found.number("d", cell(row, log.device)) or found.number("a", cell(row, log.agent))
        found.keys.append(row[: len(key)])
        found.at.append(at)
        found.cells.extend((
            number, found.number("l", login), device, found.number("n", network(cell(row, log.address))),
            found.number("o", cell(row, log.operator)), countries[place],
            succeeded(cell(row, log.result), words) if log.result else 1,
        ))  # fmt: skip
    return found


def in_order(found: Read) -> Iterator[SignIn]:
    """The sign-ins of a log in the order of time; `row` is the place of the row in `keys`.

    An attempt without an account belongs to the account whose owner typed the same name before or after.
    """
    cells = np.frombuffer(found.cells, dtype=np.int64).reshape(-1, _WIDTH)
    by_login = {found.names["l" + login]: number for login, number in found.logins.items()}
    for place in np.argsort(np.frombuffer(found.at), kind="stable").tolist():
        account, login, device, net, operator, country, good = cells[place].tolist()
        if account < 0:
            account = by_login.get(login, -1)
        yield SignIn(
            str(place), account, found.at[place], device, net, operator, found.countries[country], bool(good)
        )


def succeeded(value: Value, words: dict[str, str] | object = ()) -> int:
    """Whether a result says that somebody is in: 1 or 0. An empty one says yes, as a log of successes has none."""
    text = "" if value is None else str(value).strip().casefold()
    if isinstance(words, dict) and words:
        return int(words.get(text, words.get("*", "false")) == "true")
    return int(not text or text in _GOOD)


def network(value: Value) -> str:
    """The network of an address: its first 24 bits, or 48 of IPv6; empty where it is no address."""
    text = "" if value is None else str(value).partition("/")[0].strip()
    if text.count(".") == 3 and ":" not in text:
        return text.rpartition(".")[0]
    try:
        one = ipaddress.ip_address(text)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((int(one) >> 80 << 80, 48))) if one.version == 6 else ""


def moment(value: Value) -> float | None:
    """Seconds since 1970 of a time as a store gives it; without a zone it is UTC. None where it is no time."""
    if isinstance(value, int | float):
        return value / 1000 if value > 1e11 else float(value)
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
