"""Consents and requests as folds of the entries, so that state can not contradict evidence.

A consent follows from the entries of kind `consent`: `action` is one of `CONSENT_ACTIONS`, `detail.purpose`
says for what, `detail.scope` (optional) for which channel, recipient or list. The newest entry counts.
A request follows from the entries of kind `request`: `action` is the right ("erase"), `outcome` the step, one
of `REQUEST_STEPS`, `detail.request` its id, `detail.due` (optional) the date by which it must be answered.
The folds are pure; the same folds keep two indexed tables up to date in the transaction that appends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from troth.evidence.ledger import Kept, Projection, Row, Run, Tables
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from troth.model.entry import Entry

CONSENT_ACTIONS: Mapping[str, str] = MappingProxyType(
    {"give": "given", "refuse": "refused", "withdraw": "withdrawn", "expire": "expired"}
)
"""What can happen to a consent, and the state it is in afterwards."""

REQUEST_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "received": "received",
        "verified": "open",
        "extended": "open",
        "paused": "paused",
        "resumed": "open",
        "held": "held",
        "partly": "partly",
        "done": "done",
        "nothing found": "nothing found",
        "refused": "refused",
        "cancelled": "cancelled",
        "reopened": "open",
    }
)
"""The steps of a request, and the status it has after each."""

ENDED = frozenset({"done", "nothing found", "refused", "cancelled"})
"""The statuses in which nothing is left to do; only `reopened` leads out of them."""

_DIFFERENCES = 20  # shown of a table that does not follow from the ledger


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a person agrees, and since when.

    Attributes:
        subject: pseudonym of the person.
        purpose: for what.
        scope: for which channel, recipient or list; empty for all.
        status: "given", "refused", "withdrawn" or "expired".
        time: since when, RFC 3339 in UTC.
        policy: the policy version they agreed under, hex.
        seq: the entry that shows it.
    """

    subject: str
    purpose: str
    scope: str
    status: str
    time: str
    policy: str
    seq: int


@dataclass(frozen=True, slots=True)
class RequestState:
    """Where a request of a person stands.

    Attributes:
        id: name of the request.
        subject: pseudonym of the person.
        right: what they asked for ("erase").
        status: one of the values of `REQUEST_STEPS`.
        received: when it came in, RFC 3339 in UTC.
        due: date by which it must be answered, ISO 8601; empty where nobody said.
        seq: the newest entry about it.
    """

    id: str
    subject: str
    right: str
    status: str
    received: str
    due: str
    seq: int


def consented(entry: Entry) -> Consent | None:
    """The consent that an entry leads to; none where the entry is about something else or malformed."""
    status, purpose = CONSENT_ACTIONS.get(entry.action), entry.detail.get("purpose")
    if entry.kind != "consent" or status is None or not isinstance(purpose, str) or not entry.subject:
        return None
    scope = str(entry.detail.get("scope", ""))
    return Consent(entry.subject, purpose, scope, status, entry.time, entry.policy, entry.seq)


def requested(before: RequestState | None, entry: Entry) -> RequestState | None:
    """The state of a request after an entry about it; `before` where the entry does not move it.

    A step that can not follow (anything but `reopened` after the end, anything but `received` at the start)
    leaves the state as it is: the entry stays as evidence, and `check_step` refuses it beforehand.
    """
    request = entry.detail.get("request")
    if entry.kind != "request" or not isinstance(request, str) or not possible(before, entry.outcome):
        return before
    status = REQUEST_STEPS[entry.outcome]
    due = str(entry.detail.get("due", before.due if before else ""))
    if before is None:
        return RequestState(request, entry.subject, entry.action, status, entry.time, due, entry.seq)
    return replace(before, status=status, due=due, seq=entry.seq)


def possible(before: RequestState | None, step: str) -> bool:
    """Whether a step can follow in the life of a request."""
    if before is None:
        return step == "received"
    if before.status in ENDED:
        return step == "reopened"
    return step in REQUEST_STEPS and step not in ("received", "reopened")


def check_step(before: RequestState | None, step: str) -> None:
    """Refuse a step that can not follow, before there is an entry of it.

    Raises:
        TrothError: it can not.
    """
    if not possible(before, step):
        stands = f"a request that is `{before.status}`" if before else "a request that never came in"
        raise TrothError(f"`{step[:40]}` can not follow on {stands}")


def _project_consents(run: Run, entries: Sequence[Entry]) -> None:
    for entry in entries:
        consent = consented(entry)
        if consent is not None:
            run(
                """insert into consent_state values (?, ?, ?, ?, ?, ?, ?)
                on conflict (subject, purpose, scope) do update set status = excluded.status,
                time = excluded.time, policy = excluded.policy, seq = excluded.seq
                where excluded.seq > consent_state.seq""",
                _consent_row(consent),
            )


def _project_requests(run: Run, entries: Sequence[Entry]) -> None:
    for entry in entries:
        request = entry.detail.get("request")
        if not isinstance(request, str):
            continue
        rows = run(f"{_REQUEST} where id = ?", (request,))
        before = RequestState(*rows[0]) if rows else None
        if before is not None and before.seq >= entry.seq:
            continue  # taken up before
        after = requested(before, entry)
        if after is not None and after != before:
            run(
                """insert into request_state values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                set status = excluded.status, due = excluded.due, seq = excluded.seq""",
                _request_row(after),
            )


_CONSENT = "select subject, purpose, scope, status, time, policy, seq from consent_state"
_REQUEST = 'select id, subject, "right", status, received, due, seq from request_state'

CONSENTS = Projection(
    name="consents",
    kinds=frozenset({"consent"}),
    tables=(
        """create table if not exists consent_state (subject text not null, purpose text not null,
            scope text not null, status text not null, time text not null, policy text not null,
            seq bigint not null, primary key (subject, purpose, scope))""",
        "create index if not exists consent_state_purpose on consent_state (purpose, status)",
    ),
    apply=_project_consents,
)
"""The table of consents."""

REQUESTS = Projection(
    name="requests",
    kinds=frozenset({"request"}),
    tables=(
        """create table if not exists request_state (id text primary key, subject text not null,
            "right" text not null, status text not null, received text not null, due text not null,
            seq bigint not null)""",
        "create index if not exists request_state_subject on request_state (subject)",
        "create index if not exists request_state_due on request_state (status, due)",
    ),
    apply=_project_requests,
)
"""The table of requests."""


def consent_of(tables: Tables, subjects: Sequence[str], purpose: str, scope: str = "") -> Consent | None:
    """What a person last said on a purpose.

    A word on the scope counts before a word on all scopes; but who later took back everything has taken back
    this scope too.

    Args:
        tables: a ledger opened with the projection `CONSENTS`.
        subjects: the person's pseudonyms under every key of the ring.
        purpose: for what.
        scope: a channel, recipient or list; empty for all.
    """
    marks = ",".join("?" * len(subjects))
    sql = f"{_CONSENT} where subject in ({marks}) and purpose = ? and scope in (?, '') order by seq"
    words = {row[2]: Consent(*row) for row in tables.query(sql, (*subjects, purpose, scope))}
    narrow, wide = words.get(scope), words.get("")
    if narrow and wide and wide.seq > narrow.seq and wide.status != "given":
        return wide
    return narrow or wide


def refused_since(tables: Tables, since: str) -> list[Consent]:
    """The consents that were refused or taken back since a time, RFC 3339 in UTC, and not given again, of everybody."""
    rows = tables.query(f"{_CONSENT} where status in ('withdrawn', 'refused') and time >= ?", (since,))
    return [Consent(*row) for row in rows]


def given_by(tables: Tables, subjects: Sequence[str] | None = None) -> list[tuple[str, str, str]]:
    """The consents that stand under some pseudonyms: pseudonym, purpose and scope; one of anybody where none are named."""
    sql = "select subject, purpose, scope from consent_state where status = 'given'"
    if subjects is None:
        return [(str(row[0]), str(row[1]), str(row[2])) for row in tables.query(f"{sql} limit 1", ())]
    marks = ",".join("?" * len(subjects))
    rows = tables.query(f"{sql} and subject in ({marks}) order by seq", tuple(subjects))
    return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]


def words_of(tables: Tables, subjects: Sequence[str]) -> list[Consent]:
    """Everything that was said on any purpose under some pseudonyms, the oldest first."""
    marks = ",".join("?" * len(subjects))
    return [
        Consent(*row)
        for row in tables.query(f"{_CONSENT} where subject in ({marks}) order by seq", tuple(subjects))
    ]


def requests_of(tables: Tables, subjects: Sequence[str]) -> list[RequestState]:
    """The requests of a person, oldest first; `subjects` are their pseudonyms under every key of the ring."""
    marks = ",".join("?" * len(subjects))
    sql = f"{_REQUEST} where subject in ({marks}) order by received, id"
    return [RequestState(*row) for row in tables.query(sql, tuple(subjects))]


def request_of(tables: Tables, request: str) -> RequestState | None:
    """The state of one request, by its id."""
    rows = tables.query(f"{_REQUEST} where id = ?", (request,))
    return RequestState(*rows[0]) if rows else None


def open_requests(tables: Tables) -> list[RequestState]:
    """The requests in which something is left to do, the most urgent first."""
    marks = ",".join("?" * len(ENDED))
    sql = f"""{_REQUEST} where status not in ({marks})
        order by due = '', due, received, id"""
    return [RequestState(*row) for row in tables.query(sql, sorted(ENDED))]


def replay(entries: Iterable[Entry]) -> tuple[list[Consent], list[RequestState]]:
    """All consents and requests that follow from entries in order; in the order of their keys."""
    consents: dict[tuple[str, str, str], Consent] = {}
    requests: dict[str, RequestState] = {}
    for entry in entries:
        consent = consented(entry)
        if consent is not None:
            consents[consent.subject, consent.purpose, consent.scope] = consent
        if entry.kind == "request" and isinstance(entry.detail.get("request"), str):
            request = str(entry.detail["request"])
            state = requested(requests.get(request), entry)
            if state is not None:
                requests[request] = state
    return [consents[key] for key in sorted(consents)], [requests[key] for key in sorted(requests)]


def differences(kept: Kept) -> list[str]:
    """Where the tables do not say what the entries say, at most 20 of each table; empty where they agree.

    Nobody else must be appending meanwhile.
    """
    consents, requests = replay(kept.read())
    return [
        *_differing("consent_state", map(_consent_row, consents), kept.query(_CONSENT)),
        *_differing("request_state", map(_request_row, requests), kept.query(_REQUEST)),
    ]


def rebuild(kept: Kept) -> list[str]:
    """Write the tables anew from the entries, in one transaction; gives what was different before."""
    found = differences(kept)
    consents, requests = replay(kept.read())

    def work(run: Run) -> None:
        run("delete from consent_state", ())
        run("delete from request_state", ())
        for consent in consents:
            run("insert into consent_state values (?, ?, ?, ?, ?, ?, ?)", _consent_row(consent))
        for request in requests:
            run("insert into request_state values (?, ?, ?, ?, ?, ?, ?)", _request_row(request))

    kept.write(work)
    return found


def _differing(table: str, should: Iterable[Row], stands: Iterable[Row]) -> Iterator[str]:
    expected, actual = set(should), set(stands)
    notes = [(row[-1], "is missing") for row in expected - actual]
    notes += [(row[-1], "does not follow from the entries") for row in actual - expected]
    for seq, what in sorted(notes)[:_DIFFERENCES]:
        yield f"{table}: the row of entry {seq} {what}"


def _consent_row(c: Consent) -> Row:
    return (c.subject, c.purpose, c.scope, c.status, c.time, c.policy, c.seq)


def _request_row(r: RequestState) -> Row:
    return (r.id, r.subject, r.right, r.status, r.received, r.due, r.seq)
