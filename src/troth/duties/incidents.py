"""An incident from its first sign to the last letter: plan, scope, clocks, authority, persons, remedy.

    opened     an event `incident-detected`, with its window and what was concerned; the plan starts at once
    scope      one entry of kind `incident` for each person concerned, computed from the map and the stores
    confirmed  an event `breach-confirmed` for each region of the persons, so that each region has its own clock
    told       a letter to each person with a proof of its own, then the deeds; a draft for each authority

Everything follows from the ledger, so that whatever is killed is done again with the same call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from troth.duties.clocks import clocks
from troth.duties.deeds import event
from troth.duties.delivery import HOMES, Addressee, addressee
from troth.duties.due import due
from troth.duties.keeping import done_for, events, kept
from troth.duties.workdays import place
from troth.enforcement.columns import stream
from troth.enforcement.project import Project
from troth.enforcement.roots import roots
from troth.model.clock import Due
from troth.model.datamap import Table, clock_column
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.instant import moment_of
from troth.model.policy import Policy

DETECTED, CONFIRMED = "incident-detected", "breach-confirmed"
AFFECTED = "affected"
CODES: Mapping[str, tuple[str, ...]] = {
    "eu": ("EU",), "uk": ("UK",), "us-ca": ("US-CA",), "us": ("US-CA",), "cn": ("CN",), "hk": ("HK",), "sg": ("SG",),
}  # fmt: skip
"""The places of the table of clocks for each value of the fact `region`."""
_CHUNK = 2_000
_CLOCKS = ("-BREACH", "-BREACH-DPA", "-BREACH-DS", "-INCIDENT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as the ledger knows it.

    Attributes:
        case: its name ("INC-1").
        seq: the event that opened it.
        detected: when it was found.
        start, end: the time it covers.
        places: the tables concerned, `store.table`.
        window: only rows whose own time lies in that time count; otherwise every row does.
        actor: role or pseudonym whose access is concerned; "" where none is.
        what: what happened, in words.
        exercise: it is only tried.
    """

    case: str
    seq: int
    detected: datetime
    start: datetime
    end: datetime
    places: tuple[str, ...] = ()
    window: bool = False
    actor: str = ""
    what: str = ""
    exercise: bool = False


@dataclass(slots=True)
class Concerned:
    """What is concerned of one person."""

    rows: int = 0
    data: set[str] = field(default_factory=set)
    region: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who and what is concerned.

    Attributes:
        persons: how many persons.
        rows: how many rows.
        regions: persons by region.
        data: rows by data category.
        nobody: rows that lead to nobody.
        untimed: rows whose time is empty or can not be read: they may lie in the window, and count.
    """

    persons: int
    rows: int
    regions: Mapping[str, int]
    data: Mapping[str, int]
    nobody: int = 0
    untimed: int = 0

    def as_json(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "persons": self.persons, "rows": self.rows, "regions": dict(self.regions), "data": dict(self.data),
            "nobody": self.nobody, "untimed": self.untimed,
        }  # fmt: skip


def open_incident(
    project: Project, policy: Policy, one: Incident, *, owner: str, severity: str = "high"
) -> Incident:
    """Open an incident: the event, and the deed that starts the plan.

    Args:
        project: clock and ledger.
        policy: the policy whose duties begin.
        one: the incident; its number is given here.
        owner: role of who leads it.
        severity: "low", "medium" or "high".

    Raises:
        TrothError: it has no name or does not say what happened, there is an incident of this name, its time is turned
            round, or it concerns nothing.
    """
    if any(each.case == one.case for each in incidents(project.ledger.read())):
        raise TrothError(f"there is an incident {one.case} already", hint="give another name")
    if not one.case.strip() or not one.what.strip():
        raise TrothError(
            "the incident does not say what happened", hint="open it with a name, and --what in a few words"
        )
    if one.end < one.start:
        raise TrothError("the incident ends before it begins")
    if not one.places and not one.actor:
        raise TrothError("the incident concerns nothing", hint="name tables or an actor")
    for name in one.places:
        _table(project, name)
    detail = {
        "case": one.case, "from": utc(one.start), "to": utc(one.end), "places": list(one.places), "window": one.window,
        "actor": one.actor, "what": one.what, "severity": severity, "exercise": one.exercise,
    }  # fmt: skip
    number = project.ledger.append([event(DETECTED, at=one.detected, actor=owner, detail=detail)])
    settle(project, policy)
    return incident(project.ledger.read(), one.case) if number >= 0 else one


def settle(project: Project, policy: Policy) -> None:
    """Write the deed that starts the plan of every incident that has none yet."""
    entries = tuple(project.ledger.read())
    done = done_for(entries)
    for one in events(entries, DETECTED):
        known = {"data-breach-record": str(one.detail.get("case")), "owner": one.actor}
        made = kept(
            policy, one, ["start"], known, at=project.clock(), actor=one.actor, about=["incident-plan"]
        )
        fresh = [each for each in made if each.detail["rule"] not in done.get(one.seq, set())]
        if fresh:
            project.ledger.append(fresh)


def incidents(entries: Iterable[Entry]) -> tuple[Incident, ...]:
    """Every incident of a ledger, in order."""
    return tuple(_incident(one) for one in events(entries, DETECTED) if one.detail.get("case"))


def incident(entries: Iterable[Entry], case: str) -> Incident:
    """The incident of a name.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in incidents(entries) if one.case == case), None)
    if found is None:
        raise NotFound(f"there is no incident `{case[:40]}`", hint="troth incident list")
    return found


def _incident(one: Entry) -> Incident:
    detail = one.detail
    return Incident(
        case=str(detail["case"]), seq=one.seq, detected=datetime.fromisoformat(one.time),
        start=datetime.fromisoformat(str(detail["from"])), end=datetime.fromisoformat(str(detail["to"])),
        places=tuple(map(str, detail.get("places", ()))), window=bool(detail.get("window")),
        actor=str(detail.get("actor", "")), what=str(detail.get("what", "")), exercise=bool(detail.get("exercise")),
    )  # fmt: skip


def concerned(
    project: Project,
    one: Incident,
    log: Mapping[str, Any] | None = None,
    untimed: Counter[str] | None = None,
) -> tuple[dict[str, Concerned], int]:
    """Who is concerned, by pseudonym, and how many rows lead to nobody; nothing is written.

    Args:
        project: map, stores and ledger.
        one: the incident.
        log: the register `access-log`, where the house notes who of its staff read whose data.
        untimed: is given the number of rows by table whose time is not known; they count.

    Raises:
        TrothError: a table is not in the map, has no time of its own though the window asks for one, or can not be read.
    """
    found: dict[str, Concerned] = {}
    lost, untimed = 0, Counter() if untimed is None else untimed
    for name in one.places:
        table = _table(project, name)
        data = {term for column in table.columns for term in column.terms}
        lost += _from_rows(project, table, _keys(project, table, one, untimed), data, found)
    if one.actor:
        for entry in _acts(project, one):
            mine = found.setdefault(entry.subject, Concerned())
            mine.rows += 1
            mine.data |= set(str(entry.detail.get("data", "")).split(", ")) - {""}
        if log and log.get("table"):
            table = _table(project, f"{log.get('store')}.{log.get('table')}")
            lost += _from_rows(
                project, table, _read_by(project, table, one, log, untimed), {"account-record"}, found
            )
    return found, lost


def _acts(project: Project, one: Incident) -> Iterator[Entry]:
    """What the actor of an incident did with data of persons in its time, as the ledger says it."""
    for entry in project.ledger.read():
        mine = (
            entry.actor == one.actor and entry.subject and entry.kind in {"decision", "exported", "disclosed"}
        )
        if mine and one.start <= datetime.fromisoformat(entry.time) <= one.end:
            yield entry


def _from_rows(
    project: Project,
    table: Table,
    keys: Iterator[tuple[Any, ...]],
    data: set[str],
    found: dict[str, Concerned],
) -> int:
    lost, every = 0, list(keys)  # a store that is being read can not be asked anything else meanwhile
    for start in range(0, len(every), _CHUNK):
        chunk = every[start : start + _CHUNK]
        owners = roots(project, table, chunk)
        lost += len(chunk) - len(owners)
        for owner in owners.values():
            who = addressee(project, owner)
            if who is not None:
                mine = found.setdefault(who.subject, Concerned())
                mine.rows += 1
                mine.data |= data
                mine.region = mine.region or who.region
    return lost


def _keys(project: Project, table: Table, one: Incident, untimed: Counter[str]) -> Iterator[tuple[Any, ...]]:
    if not table.key:
        raise TrothError(f"rows of {table.place} have no key, so nobody can say whose they are")
    column = clock_of(table) if one.window else ""
    if one.window and not column:
        hint = "write it into the map: events = { collection = ... }, or leave out the window"
        raise TrothError(f"the map names no time of rows of {table.place}", hint=hint)
    wanted = (*table.key, column) if column else table.key
    width = len(table.key)
    for row in stream(project, table.store, table.name, wanted):
        if not column or _within(row[width], one, table.place, untimed):
            yield row[:width]


def clock_of(table: Table) -> str:
    """The column of a table that says when a row came, as the map names it; "" where it names none of its own."""
    own = {name: clock_column(text) for name, text in table.events.items()}
    columns = {name: column for name, (far, column) in own.items() if not far}
    return columns.get("collection") or next(
        (columns[name] for name in sorted(columns) if name != "account-closed"), ""
    )


def _read_by(
    project: Project, table: Table, one: Incident, log: Mapping[str, Any], untimed: Counter[str]
) -> Iterator[tuple[Any, ...]]:
    width = len(table.key)
    for row in stream(project, table.store, table.name, (*table.key, str(log["actor"]), str(log["at"]))):
        if str(row[width]) == one.actor and _within(row[width + 1], one, table.place, untimed):
            yield row[:width]


def _within(value: object, one: Incident, place: str, untimed: Counter[str]) -> bool:
    """Whether a row may be of the time of an incident; where nobody can say, it counts, and is told."""
    moment = moment_of(value)
    if moment is None:
        untimed[place] += 1
        return True
    return one.start <= moment <= one.end


def _table(project: Project, name: str) -> Table:
    store, _, table = name.partition(".")
    return project.map.table(store, table)


def record_scope(
    project: Project, policy: Policy, case: str, log: Mapping[str, Any] | None = None, home: str = "other"
) -> Scope:
    """Compute the scope of an incident, and write an entry for each person that has none yet.

    Args:
        project: map, stores and ledger.
        policy: the policy.
        case: the incident.
        log: the register `access-log`.
        home: region of persons of whom no country is on file.

    Raises:
        NotFound: there is no such incident.
    """
    one = incident(project.ledger.read(), case)
    untimed = Counter[str]()
    found, lost = concerned(project, one, log, untimed)
    known = affected(project.ledger.read(), case)
    fresh: list[Entry] = []
    for subject, mine in found.items():
        before = known.get(subject)
        if before is not None and before.counts.get("rows") == mine.rows:
            continue
        detail = {"case": case, "data": sorted(mine.data), "region": mine.region or home, "of": one.seq}
        fresh.append(
            Entry(
                time=utc(project.clock()), kind="incident", actor=project.actor, action=AFFECTED, subject=subject,
                policy=policy.hash, counts={"rows": mine.rows}, outcome="concerned", detail=detail,
            )
        )  # fmt: skip
        if len(fresh) >= _CHUNK:
            project.ledger.append(fresh)
            fresh = []
    total = Entry(
        time=utc(project.clock()), kind="incident", actor=project.actor, action="scope", policy=policy.hash,
        counts={"persons": len(found), "rows": sum(each.rows for each in found.values()), **_untimed(untimed)},
        outcome="computed",
        detail={"case": case, "of": one.seq},
    )  # fmt: skip
    project.ledger.append([*fresh, total])
    return replace(
        summed(affected(project.ledger.read(), case).values(), lost), untimed=sum(untimed.values())
    )


def _untimed(untimed: Counter[str]) -> dict[str, int]:
    return {"untimed": sum(untimed.values())} if untimed else {}


def affected(entries: Iterable[Entry], case: str) -> dict[str, Entry]:
    """The newest entry about each person concerned, by pseudonym."""
    return {
        one.subject: one
        for one in entries
        if one.kind == "incident" and one.action == AFFECTED and one.detail.get("case") == case
    }


def summed(entries: Iterable[Entry], lost: int = 0) -> Scope:
    """The scope that entries about persons amount to."""
    regions, data, rows, persons = Counter[str](), Counter[str](), 0, 0
    for one in entries:
        persons += 1
        rows += one.counts.get("rows", 0)
        regions[str(one.detail.get("region", "other"))] += 1
        data.update(map(str, one.detail.get("data", ())))
    return Scope(persons, rows, dict(sorted(regions.items())), dict(sorted(data.items())), lost)


def confirm(project: Project, policy: Policy, case: str, *, actor: str, home: str = "") -> tuple[int, ...]:
    """Confirm a breach: an event for each region of the persons concerned that has none yet; gives their numbers.

    Args:
        project: clock and ledger.
        policy: the policy.
        case: the incident, whose scope was computed.
        actor: role of who confirms it.
        home: region that counts where nobody is concerned; that of the policy where none is given.

    Raises:
        TrothError: the scope was not computed yet.
    """
    one, entries = incident(project.ledger.read(), case), tuple(project.ledger.read())
    scoped(entries, case)
    scope = summed(affected(entries, case).values())
    known = {str(each.detail["facts"]["region"]) for each in confirmed(entries, case)}
    regions = scope.regions or {home or home_of(policy): 0}
    made = [
        event(
            CONFIRMED, at=project.clock(), actor=actor, facts={"affected": count > 0, "region": region},
            detail={"case": case, "persons": count, "of": one.seq},
        )
        for region, count in regions.items()
        if region not in known
    ]  # fmt: skip
    first = project.ledger.append(made) if made else 0
    return tuple(range(first, first + len(made)))


def confirmed(entries: Iterable[Entry], case: str) -> list[Entry]:
    """The events that confirmed a breach, one for each region."""
    return [one for one in events(entries, CONFIRMED) if one.detail.get("case") == case]


def home_of(policy: Policy) -> str:
    """The region that the policy names first."""
    named = policy.front.get("jurisdictions") or ["other"]
    return HOMES.get(str(named[0]), "other")


def law(region: str, detected: datetime, told: datetime | None = None) -> tuple[Due, ...]:
    """What the law of a region asks for, with its dates, from the table of clocks.

    Args:
        region: a value of the fact `region`.
        detected: when the house became aware.
        told: when persons were told, which starts some clocks.
    """
    found = []
    for code in CODES.get(region, ()):
        where = place(code).calendar
        for one in clocks().values():
            if one.jurisdiction == code and one.id.endswith(_CLOCKS):
                for part in one.parts:
                    begun = told if part.starts == "notifying residents" else detected
                    found.append(due(one, begun or detected, where, part=part.name))
    return tuple(found)


def scoped(entries: Iterable[Entry], case: str) -> None:
    """Make sure that somebody has computed whom an incident concerns.

    Raises:
        TrothError: the scope was not computed yet.
    """
    if not any(
        each.kind == "incident" and each.action == "scope" and each.detail.get("case") == case
        for each in entries
    ):
        raise TrothError(f"the scope of {case} is not known yet", hint=f"troth incident scope {case}")


def remedied(  # noqa: PLR0913 - what a remedy says, by name
    project: Project, policy: Policy, case: str, *, what: str, result: str, actor: str
) -> tuple[int, ...]:
    """Note a remedy; gives the entries of the deeds.

    Raises:
        NotFound: there is no such incident.
        TrothError: it does not say what was done, or the words look like personal data.
    """
    if not what.strip():
        raise TrothError("it does not say what was done", hint='say it: --what "the keys were changed"')
    one = incident(project.ledger.read(), case)
    started = next(iter(project.ledger.read(one.seq, one.seq + 1)))
    known = {"remedial-measure": what, "result": result}
    made = kept(
        policy, started, ["start"], known, at=project.clock(), actor=actor, about=["remedial-measure"]
    )
    noted = Entry(
        time=utc(project.clock()), kind="incident", actor=actor, action="remedy", policy=policy.hash, outcome=result,
        detail={"case": case, "what": what, "of": one.seq},
    )  # fmt: skip
    every = [*made, noted]
    first = project.ledger.append(every)
    return tuple(range(first, first + len(every)))


def remedies(entries: Iterable[Entry], case: str) -> list[str]:
    """What was done about an incident, in words, in order."""
    return [
        str(one.detail.get("what", ""))
        for one in entries
        if one.kind == "incident" and one.action == "remedy" and one.detail.get("case") == case
    ]


def authority_told(  # noqa: PLR0913 - what a report says, by name
    project: Project, policy: Policy, case: str, region: str, *, actor: str, digest: str = ""
) -> tuple[int, ...]:
    """Note that the authority of a region was told; gives the entries.

    Args:
        project: clock and ledger.
        policy: the policy.
        case: the incident.
        region: a value of the fact `region`.
        actor: role of who told it.
        digest: SHA-256 of what was handed in, hex.

    Raises:
        NotFound: the breach was not confirmed for this region.
    """
    started = next(
        (one for one in confirmed(project.ledger.read(), case) if one.detail["facts"]["region"] == region),
        None,
    )
    if started is None:
        raise NotFound(f"no breach of {case[:40]} was confirmed for `{region[:10]}`")
    made = kept(
        policy, started, ["notify"], {"time": utc(project.clock())}, at=project.clock(), actor=actor,
        about=["data-protection-authority"], digest=digest,
    )  # fmt: skip
    noted = Entry(
        time=utc(project.clock()), kind="incident", actor=actor, action="authority told", policy=policy.hash,
        outcome="told", digest=digest, detail={"case": case, "region": region, "of": started.seq},
    )  # fmt: skip
    every: Sequence[Entry] = [*made, noted]
    first = project.ledger.append(list(every))
    return tuple(range(first, first + len(every)))


def waiting(people: Iterable[Addressee], who: Mapping[str, Entry]) -> Iterator[tuple[Addressee, Entry]]:
    """Of many people those who are concerned, each with the entry that says what of theirs."""
    for one in people:
        found = who.get(one.subject)
        if found is not None:
            yield one, found
