"""What may not be done with a person's data at present, as a fold of the entries: restrictions, objections, holds.

It follows from entries of three kinds. `restricted`: `action` is "restrict", "object", "hold" or "suppress";
`detail.purpose` says which purpose stops (empty: every purpose), `detail.allowed` which purposes go on,
`detail.reason` why, `detail.until` (optional) when it ends by itself, `object` which table it is about (empty:
all), `detail.also` further pseudonyms of the same person. `released`: ends what was restricted for the same
subject, purpose, reason and table. `rectified`: `detail.renamed` lists pairs of pseudonyms, old and new; what is
restricted under the old one is restricted under the new one too.

An entry with the outcome "nothing found" restricts nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from troth.evidence.ledger import Projection, Row, Run, Tables
from troth.model.entry import Entry

ACTIONS = ("restrict", "object", "hold", "suppress")
"""What an entry of kind `restricted` can be: asked by the person, an objection, a hold, an address to leave alone."""

_AGREED = "give"  # in the place of an action, where a row is a consent

Key = tuple[str, str, str, str]
"""Subject, purpose, table and reason: what is ended together."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a person's data is to be used for.

    Attributes:
        purpose: what for.
        wider: the terms above the purpose, which stop it and allow it too.
        place: `store.table` that is to be used; empty asks about the person as a whole, which a restriction of
            one table is not.
    """

    purpose: str
    wider: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Restriction:
    """That a person's data may only be kept, or not be used for one purpose.

    Attributes:
        subject: pseudonym of the person.
        purpose: what stops; empty for everything.
        place: `store.table` it is about; empty for all.
        reason: why, in one word or a few ("accuracy", "objection", name of a hold).
        since, until: RFC 3339 in UTC; `until` is empty where nothing but a release ends it. For a hold it is the
            expected end, and only a release ends it.
        allowed: purposes that go on all the same, sorted.
        action: one of `ACTIONS`.
        active: False once it was released.
        seq: the newest entry about it.
    """

    subject: str
    purpose: str
    place: str
    reason: str
    since: str
    until: str
    allowed: tuple[str, ...]
    action: str
    active: bool
    seq: int

    @property
    def key(self) -> Key:
        """What names it."""
        return self.subject, self.purpose, self.place, self.reason

    def stops(self, use: Use, now: datetime) -> bool:
        """Whether it stops a use at a moment, which has a zone."""
        meant = {use.purpose, *use.wider}
        if not self.active or (self.purpose and self.purpose not in meant):
            return False
        if self.place and self.place != use.place:
            return False
        # The end of a hold is only expected: what is held stays restricted until somebody has looked.
        over = self.action != "hold" and ended(self.until, now)
        return not over and meant.isdisjoint(self.allowed)


def ended(until: str, now: datetime) -> bool:
    """Whether a time, RFC 3339 in UTC, has come; an empty one never does."""
    return bool(until) and datetime.fromisoformat(until) <= now


def folded(before: dict[Key, Restriction], entry: Entry) -> None:
    """Take one entry into the restrictions known so far; entries come in order."""
    detail = entry.detail
    if entry.kind == "restricted" and entry.action in ACTIONS and entry.outcome != "nothing found":
        for subject in _subjects(entry):
            one = _restriction(entry, subject)
            before[one.key] = one
    elif entry.kind == "released":
        for subject in _subjects(entry):
            key = (subject, str(detail.get("purpose", "")), entry.object, str(detail.get("reason", "")))
            if key in before:
                before[key] = replace(before[key], active=False, seq=entry.seq)
    elif entry.kind == "rectified":
        for old, new in _renamed(entry):
            for one in [one for one in before.values() if one.subject == old]:
                again = replace(one, subject=new, seq=entry.seq)
                before.setdefault(again.key, again)


def replay(entries: Iterable[Entry]) -> list[Restriction]:
    """Everything restricted that follows from entries in order, released ones too, in the order of their keys."""
    found: dict[Key, Restriction] = {}
    for entry in entries:
        folded(found, entry)
    return [found[key] for key in sorted(found)]


def restrictions_of(tables: Tables, subjects: Sequence[str]) -> list[Restriction]:
    """What was restricted for a person and not released, oldest first; one whose time has come is among it.

    Args:
        tables: a ledger opened with the projection `RESTRICTIONS`.
        subjects: the person's pseudonyms: one for each of their identities under every key of the ring.
    """
    if not subjects:
        return []
    marks = ",".join("?" * len(subjects))
    sql = f"{_SELECT} where subject in ({marks}) and active = 1 order by seq, subject, purpose, place, reason"
    return [_read(row) for row in tables.query(sql, tuple(subjects))]


def beside(tables: Tables, ones: Sequence[Restriction]) -> list[Restriction]:
    """Some restrictions that stand, and the same under every other name that their entries give the person."""
    entries = sorted({one.seq for one in ones})
    if not entries:
        return []
    marks = ",".join("?" * len(entries))
    rows = tables.query(
        f"{_SELECT} where active = 1 and seq in ({marks}) order by seq, subject", tuple(entries)
    )
    keys = {(one.seq, one.purpose, one.place, one.reason) for one in ones}
    return [one for row in rows if ((one := _read(row)).seq, one.purpose, one.place, one.reason) in keys]


def standing_of(
    tables: Tables, subjects: Sequence[str]
) -> tuple[list[Restriction], tuple[tuple[str, str, str], ...]]:
    """What was restricted for a person and not released, and what they agreed to: subject, purpose and scope. One question.

    Args:
        tables: a ledger opened with the projections `RESTRICTIONS` and `CONSENTS`.
        subjects: the person's pseudonyms: one for each of their identities under every key of the ring.
    """
    if not subjects:
        return [], ()
    marks = ",".join("?" * len(subjects))
    sql = f"""{_SELECT} where subject in ({marks}) and active = 1
        union all select subject, purpose, scope, '', time, '', '', '{_AGREED}', 1, seq from consent_state
        where subject in ({marks}) and status = 'given' order by 10, 1, 2, 3, 4"""  # noqa: S608 - only marks
    rows = list(tables.query(sql, (*subjects, *subjects)))
    yes = tuple((str(row[0]), str(row[1]), str(row[2])) for row in rows if row[7] == _AGREED)
    return [_read(row) for row in rows if row[7] != _AGREED], yes


def standing_since(tables: Tables, since: str) -> list[Restriction]:
    """What was restricted since a time, RFC 3339 in UTC, and not released, of everybody; one whose time has come is among it."""
    return [_read(row) for row in tables.query(f"{_SELECT} where active = 1 and since >= ?", (since,))]


def restricted(tables: Tables, subjects: Sequence[str], use: Use, now: datetime) -> Restriction | None:
    """What stops a use of a person's data at this moment; None where nothing does.

    An address that is not to be written to is asked for in the same way, by its own pseudonyms.

    Args:
        tables: a ledger opened with the projection `RESTRICTIONS`.
        subjects: the person's pseudonyms under every key of the ring.
        use: what for.
        now: the moment, with its zone.
    """
    return next((one for one in restrictions_of(tables, subjects) if one.stops(use, now)), None)


def _subjects(entry: Entry) -> tuple[str, ...]:
    also = entry.detail.get("also", ())
    return tuple(dict.fromkeys(one for one in (entry.subject, *also) if one))


def _renamed(entry: Entry) -> list[tuple[str, str]]:
    return [(str(old), str(new)) for old, new in entry.detail.get("renamed", ())]


def _restriction(entry: Entry, subject: str) -> Restriction:
    detail: Any = entry.detail
    return Restriction(
        subject, str(detail.get("purpose", "")), entry.object, str(detail.get("reason", "")),
        entry.time, str(detail.get("until", "")), tuple(sorted(map(str, detail.get("allowed", ())))),
        entry.action, True, entry.seq,
    )  # fmt: skip


_COLUMNS = 'subject, purpose, place, reason, since, "until", allowed, action, active, seq'
_SELECT = f"select {_COLUMNS} from restriction_state"  # noqa: S608 - only names
_NEWER = "where excluded.seq > restriction_state.seq"


def _project(run: Run, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.kind == "restricted" and entry.action in ACTIONS and entry.outcome != "nothing found":
            for subject in _subjects(entry):
                _put(run, _restriction(entry, subject), _NEWER)
        elif entry.kind == "released":
            for subject in _subjects(entry):
                run(
                    """update restriction_state set active = 0, seq = ?
                    where subject = ? and purpose = ? and place = ? and reason = ? and seq < ?""",
                    (entry.seq, subject, str(entry.detail.get("purpose", "")), entry.object,
                     str(entry.detail.get("reason", "")), entry.seq),
                )  # fmt: skip
        elif entry.kind == "rectified":
            for old, new in _renamed(entry):
                for row in run(f"{_SELECT} where subject = ? and seq < ?", (old, entry.seq)):
                    _put(run, replace(_read(row), subject=new, seq=entry.seq), "")


def _put(run: Run, one: Restriction, newer: str) -> None:
    update = (
        f"""do update set since = excluded.since, "until" = excluded."until", allowed = excluded.allowed,
        action = excluded.action, active = excluded.active, seq = excluded.seq {newer}"""
        if newer
        else "do nothing"
    )
    run(
        f"""insert into restriction_state ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (subject, purpose, place, reason) {update}""",  # noqa: S608 - only names
        row_of(one),
    )


def row_of(one: Restriction) -> Row:
    """The row of the table that holds a restriction."""
    return (
        one.subject, one.purpose, one.place, one.reason, one.since, one.until, "\n".join(one.allowed), one.action,
        int(one.active), one.seq,
    )  # fmt: skip


def _read(row: Row) -> Restriction:
    subject, purpose, place, reason, since, until, allowed, action, active, seq = row
    return Restriction(
        subject, purpose, place, reason, since, until, tuple(allowed.split("\n")) if allowed else (),
        action, bool(active), seq,
    )  # fmt: skip


RESTRICTIONS = Projection(
    name="restrictions",
    kinds=frozenset({"restricted", "released", "rectified"}),
    tables=(
        """create table if not exists restriction_state (subject text not null, purpose text not null,
            place text not null, reason text not null, since text not null, "until" text not null,
            allowed text not null, action text not null, active bigint not null, seq bigint not null,
            primary key (subject, purpose, place, reason))""",
        'create index if not exists restriction_state_until on restriction_state (active, "until")',
    ),
    apply=_project,
)
"""The table of restrictions; a ledger that decides or restricts is opened with it."""


def running(tables: Tables, action: str = "") -> list[Restriction]:
    """Everything that is restricted and not released, of everybody, the one that ends first at the front."""
    sql = f"""{_SELECT} where active = 1 and (? = '' or action = ?) order by "until" = '', "until", seq, subject, place"""
    return [_read(row) for row in tables.query(sql, (action, action))]
