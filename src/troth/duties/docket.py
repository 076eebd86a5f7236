"""The docket: every request with the numbers of its entries, so that one life is read without the whole ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from troth.duties.course import follow
from troth.duties.life import Life
from troth.duties.steps import PARTLY
from troth.evidence.ledger import Kept, Projection, Run
from troth.evidence.state import open_requests, requests_of
from troth.model.entry import Entry, decode, utc
from troth.model.errors import NotFound


def _apply(run: Run, entries: Sequence[Entry]) -> None:
    for entry in entries:
        request = entry.detail.get("request")
        if isinstance(request, str):
            run(
                "insert into request_entry values (?, ?) on conflict (id, seq) do nothing",
                (request, entry.seq),
            )


DOCKET = Projection(
    name="docket",
    kinds=frozenset({"request"}),
    tables=(
        "create table if not exists request_entry (id text not null, seq bigint not null, primary key (id, seq))",
    ),
    apply=_apply,
)
"""The table of entries by request."""


def entries_of(kept: Kept, request: str) -> Iterator[Entry]:
    """The entries of a request, oldest first."""
    for (seq,) in kept.query("select seq from request_entry where id = ? order by seq", (request,)):
        yield from kept.read(seq, seq + 1)


def life_of(kept: Kept, request: str) -> Life:
    """Where a request stands.

    Args:
        kept: a ledger opened with the projection `DOCKET`.
        request: its name.

    Raises:
        NotFound: there is no such request.
    """
    life: Life | None = None
    for entry in entries_of(kept, request):
        life = follow(life, entry)
    if life is None:
        raise NotFound(f"there is no request `{request[:20]}`", hint="`troth requests` lists them")
    return life


@dataclass(frozen=True, slots=True)
class Sending:
    """What became of a letter about a request.

    Attributes:
        time: when, RFC 3339 in UTC.
        kind: which letter.
        outcome: "sent", "failed", "not sent", "no address" or "told another way".
        why: why it did not leave, or how the person was told.
    """

    time: str
    kind: str
    outcome: str
    why: str

    def __str__(self) -> str:
        return f"{self.time}: letter `{self.kind}`: {self.outcome}" + (f" ({self.why})" if self.why else "")


def sendings_of(kept: Kept, request: str) -> tuple[Sending, ...]:
    """What became of the letters about a request, oldest first; from its own entries on, so that a new one costs nothing."""
    since = kept.query("select min(seq) from request_entry where id = ?", (request,))[0][0]
    sql = "select body from ledger_entry where seq > ? and body like ? and body like ? order by seq"
    marks = (-1 if since is None else since, '%"kind":"notice"%', f'%"about":"request {request}"%')
    found = [decode(body) for (body,) in kept.query(sql, marks)]
    return tuple(Sending(one.time, one.action, one.outcome, str(one.detail.get("why", ""))) for one in found)


def lives_of(kept: Kept, subjects: Sequence[str]) -> tuple[Life, ...]:
    """The requests of one person, oldest first; `subjects` are their pseudonyms."""
    return tuple(life_of(kept, one.id) for one in requests_of(kept, subjects))


def open_lives(kept: Kept) -> tuple[Life, ...]:
    """The requests in which something is left to do, the most urgent first."""
    return tuple(life_of(kept, one.id) for one in open_requests(kept))


def every_life(kept: Kept) -> tuple[Life, ...]:
    """All requests, the newest first."""
    rows = kept.query("select id from request_state order by received desc, seq desc")
    return tuple(life_of(kept, request) for (request,) in rows)


def corrected_since(kept: Kept, since: str) -> tuple[str, ...]:
    """The requests for a correction that were carried out, wholly or in part, since a time, RFC 3339 in UTC; the oldest first."""
    rows = kept.query("select id from request_state where \"right\" = 'rectify' order by seq")
    known = (life_of(kept, request) for (request,) in rows)
    return tuple(one.id for one in known if one.state in {"done", PARTLY} and utc(one.changed) >= since)


def next_number(kept: Kept) -> int:
    """A number that no request has yet."""
    rows = kept.query("select id from request_state")
    return max((int(request) for (request,) in rows if request.isdecimal()), default=0) + 1
