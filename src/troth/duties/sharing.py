"""Disclosures with their duties: each starts the duties of the policy, and the entry that it asks for is written at once.

The house's own table of disclosures, where it has one, is compared with the ledger, and taken up into it:

    registers/recipients.toml   [source]
                                store = "operations"
                                table = "exports"
                                recipient = "recipient_id"      # as `known_as` of a recipient says it
                                document = "legal_request_id"   # filled where an authority received it
                                purpose = "purpose"
                                data = "categories"             # words of the policy, with commas
                                at = "exported_at"
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from troth.duties.deeds import event, moment
from troth.duties.keeping import answering, done_for, events, facts_of, kept, owes
from troth.duties.recipients import parties, permitting
from troth.enforcement.columns import Owner, stream
from troth.enforcement.guard import Guard
from troth.enforcement.project import Project
from troth.enforcement.roots import roots
from troth.enforcement.share import Shared, Target, Wish, share
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Person
from troth.model.party import Party
from troth.model.policy import Policy, Promise, vocabulary_of

MADE = "disclosure-made"
AUTHORITY = "public-authority"
_CHUNK = 2_000


def disclose(  # noqa: PLR0913 - what a disclosure needs, by name
    project: Project,
    guard: Guard,
    party: Party,
    people: Iterable[Person],
    wish: Wish,
    *,
    target: Target,
    bar: str = "none",
) -> Shared:
    """Give data of persons to a recipient, with the event that starts the duties of the policy and the log it asks for.

    Args:
        project: the stores and the ledger.
        guard: decides.
        party: the recipient.
        people: whose data.
        wish: which fields, what for.
        target: the file.
        bar: what stands against telling the person: "none", "legal-prohibition" or "emergency".

    Raises:
        NotShared: a field or the purpose is not on the recipient's list.
    """

    def beside(one: Entry) -> Sequence[Entry]:
        return (_made(one, party, bar),)

    found = share(project, guard, party, people, wish, target=target, beside=beside)
    if found.entries:
        settle(project, guard.policy, since=found.entries[0])
    return found


def _made(one: Entry, party: Party, bar: str) -> Entry:
    facts = {"recipient-kind": party.role, "bar-on-notice": bar}
    detail = {
        name: one.detail[name]
        for name in ("party", "kind", "purpose", "data", "basis", "case")
        if name in one.detail
    }
    return event(MADE, at=moment(one.time), actor=one.actor, subject=one.subject, facts=facts, detail=detail)


def settle(project: Project, policy: Policy, *, since: int = 0) -> tuple[int, ...]:
    """Write every log of a disclosure that is owed and missing; after a kill the same call goes on. Gives the entries.

    Args:
        project: clock and ledger.
        policy: the policy.
        since: number of the entry from which on the ledger is looked at.
    """
    entries = tuple(project.ledger.read(since))
    done = done_for(entries)
    made: list[Entry] = []
    for one in events(entries, MADE):
        owing = {rule.id for _, rule in answering(policy, MADE, ["log"]) if owes(rule, facts_of(one))}
        if owing - done.get(one.seq, set()):
            made += kept(policy, one, ["log"], _logged(one), at=project.clock(), actor=project.actor)
    if not made:
        return ()
    first = project.ledger.append(made)
    return tuple(range(first, first + len(made)))


def _logged(one: Entry) -> dict[str, str | int | bool]:
    detail = one.detail
    return {
        "recipient": str(detail.get("party", "")),
        "original-purpose": str(detail.get("purpose", "")),
        "data-categories": ", ".join(map(str, detail.get("data", ()))),
        "legal-basis": ", ".join(map(str, detail.get("basis", ()))),
    }


@dataclass(frozen=True, slots=True)
class Noted:
    """A row of the house's own table of disclosures.

    Attributes:
        row: keyed name of the row, 64 hex digits.
        at: when it left, as the store says it.
        party: the recipient; None where the register has none.
        kind: its kind; "" where nobody knows.
        purpose: what for, in canonical words where there is one.
        data: what left, in canonical words where there are any.
        unknown: words that the policy does not know.
        owner: whose row it is; None where nobody was asked or it leads to nobody.
    """

    row: str
    at: str
    party: Party | None
    kind: str
    purpose: str
    data: tuple[str, ...]
    unknown: tuple[str, ...]
    owner: Owner | None = None


def has_source(register: Mapping[str, Any]) -> bool:
    """Whether the register names a table of disclosures."""
    return bool(register.get("source"))


def noted(
    project: Project, register: Mapping[str, Any], policy: Policy, *, whose: bool = False
) -> Iterator[Noted]:
    """The rows of the house's own table of disclosures; none where the register names no table.

    Args:
        project: the stores.
        register: the register of recipients.
        policy: the policy.
        whose: also look up whose each row is.

    Raises:
        TrothError: the register names a table or a column that is not there.
    """
    source = register.get("source")
    if not source:
        return
    store, name = str(source.get("store", "")), str(source.get("table", ""))
    table = project.map.table(store, name)
    known = {each: one for one in parties(register, policy) for each in one.known_as}
    columns = {
        key: str(source[key]) for key in ("recipient", "document", "purpose", "data", "at") if source.get(key)
    }
    if {"purpose", "data", "at"} - columns.keys():
        raise TrothError("the register of recipients names a table without purpose, data and at")
    width = len(table.key)
    rows = stream(project, store, name, [*table.key, *columns.values()])
    if not whose:
        for row in rows:
            said = dict(zip(columns, row[width:], strict=True))
            yield _noted(policy, _row(project, f"{store}.{name}", row[:width]), said, known, None)
        return
    every = list(rows)  # a store that is being read can not be asked anything else meanwhile
    for start in range(0, len(every), _CHUNK):
        chunk = every[start : start + _CHUNK]
        found = roots(project, table, [row[:width] for row in chunk])
        for place, row in enumerate(chunk):
            said = dict(zip(columns, row[width:], strict=True))
            named = _row(project, f"{store}.{name}", row[:width])
            yield _noted(policy, named, said, known, found.get(place))


def _row(project: Project, place: str, key: tuple[Any, ...]) -> str:
    """The keyed name of a row."""
    keys = project.ring.pseudonym
    return hmac.digest(keys[min(keys)], "\0".join(["row", place, *map(str, key)]).encode(), "sha256").hex()


def _noted(
    policy: Policy, row: str, said: Mapping[str, Any], known: Mapping[str, Party], owner: Owner | None
) -> Noted:
    words = vocabulary_of(policy)
    party = known.get(str(said.get("recipient")))
    authority = said.get("document") not in (None, "")
    kind = party.kind if party else AUTHORITY if authority else ""
    purpose = words.find("purpose", str(said["purpose"] or ""))
    given = [one.strip() for one in str(said["data"] or "").split(",") if one.strip()]
    terms = [(one, words.find("data", one)) for one in given]
    unknown = [one for one, term in terms if term is None]
    unknown += [] if purpose else [str(said["purpose"] or "no purpose")]
    return Noted(
        row, str(said["at"] or ""), party, kind, purpose.key if purpose else "",
        tuple(term.key for _, term in terms if term), tuple(unknown), owner,
    )  # fmt: skip


def take_up(project: Project, register: Mapping[str, Any], policy: Policy) -> int:
    """Write an entry for every row of the house's own table of disclosures that has none; gives how many.

    The entry says that it was taken up and when the data left; who it was under another policy is not judged by it.
    After a kill the same call goes on.
    """
    there = taken(project.ledger.read())
    fresh: list[Entry] = []
    count = 0
    cited: dict[tuple[str, str, tuple[str, ...]], Promise | None] = {}
    for one in noted(project, register, policy, whose=True):
        if one.row in there or one.owner is None or one.owner.person is None:
            continue
        case = one.kind, one.purpose, one.data
        if case not in cited:
            cited[case] = permitting(policy, *case)
        fresh.append(_taken(project, policy, one, cited[case]))
        if len(fresh) >= _CHUNK:
            count += len(fresh)
            project.ledger.append(fresh)
            fresh = []
    if fresh:
        count += len(fresh)
        project.ledger.append(fresh)
    return count


def taken(entries: Iterable[Entry]) -> dict[str, int]:
    """By keyed name of a row that was taken up, the entry."""
    return {
        str(one.detail["row"]): one.seq for one in entries if one.kind == "disclosed" and "row" in one.detail
    }


def _taken(project: Project, policy: Policy, one: Noted, permits: Promise | None) -> Entry:
    person = one.owner.person if one.owner else None
    if person is None:
        raise NotFound("a disclosure leads to nobody")
    name = one.party.name if one.party else "an authority" if one.kind == AUTHORITY else "not named"
    detail: dict[str, Any] = {
        "recipient": name, "party": one.party.id if one.party else "", "kind": one.kind, "purpose": one.purpose,
        "data": list(one.data), "row": one.row, "left": one.at[:10],
    }  # fmt: skip
    if one.party and one.party.country:
        detail["country"] = one.party.country
    return Entry(
        time=utc(project.clock()), kind="disclosed", actor=project.actor, action="take up", policy=policy.hash,
        promise=permits.id if permits else "", sentences=permits.sentences if permits else (),
        subject=project.pseudonym(person), outcome="taken up", detail=detail,
    )  # fmt: skip
