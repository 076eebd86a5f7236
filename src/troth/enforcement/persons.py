"""The standings of persons, read from the ledger's tables and kept until the ledger says something new of them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from troth.enforcement.standing import Limit, Reader, Standing, Word, form_of, newest
from troth.evidence.ledger import Kept
from troth.evidence.pseudonym import former, pseudonyms
from troth.model.entry import Entry, decode
from troth.model.errors import TrothError
from troth.model.outcome import Person

MOST = 20_000  # standings kept in memory
_FEW = 2_000  # entries read to see who changed; after more, everything is read anew
_SELECTS: Mapping[str, str] = MappingProxyType(
    {
        "consent_state": """select 'consent', purpose, scope, status, time, policy, seq,
            case when status = 'given' then (select body from ledger_entry e where e.seq = consent_state.seq) else '' end
            from consent_state where subject in """,
        "request_state": """select 'request', "right", '', status, received, '', seq, ''
            from request_state where subject in """,
        "acceptance_state": """select 'acceptance', action, '', '', time, policy, seq, ''
            from acceptance_state where subject in """,
        "restriction_state": """select 'restriction', purpose, place, action, "until", reason, seq, allowed
            from restriction_state where active = 1 and subject in """,
    }
)
"""What is read of a person, by table."""
_NEEDED = ("consent_state", "request_state", "restriction_state")
_CONFIRMED = frozenset({"open", "held", "partly"})  # nobody is restricted because a stranger asked for it

Subjects = tuple[str, ...]


class Persons:
    """Where persons stand now.

    Every question looks at the size of the ledger first, so an entry counts from its commit on, whoever wrote it.
    Safe to share between threads.

    Args:
        ledger: a ledger opened with the projections of consents, requests and restrictions, and best of acceptances.
        keys: the pseudonym keys of its ring, by version.
        reader: reads words and facts.

    Raises:
        TrothError: one of the tables is not kept.
    """

    def __init__(self, ledger: Kept, keys: Mapping[int, bytes], reader: Reader) -> None:
        self._ledger, self._keys, self._reader = ledger, keys, reader
        self._lock = threading.Lock()
        self._size = 0
        self._found: dict[Subjects, Standing] = {}
        self._of: dict[str, set[Subjects]] = {}
        self._before: dict[Subjects, Subjects] = {}
        there = [table for table in _SELECTS if self._has(table)]
        absent = [table for table in _NEEDED if table not in there]
        if absent:
            raise TrothError(
                f"the ledger keeps no table {absent[0]}",
                hint="open it with the projections of consents, requests and restrictions",
            )
        self._selects = tuple(_SELECTS[table] for table in there)

    def subjects(self, person: Person) -> Subjects:
        """The pseudonyms of a person under every key of the ring.

        Raises:
            TrothError: an identity is empty, or none is given.
        """
        found: list[str] = []
        before: list[str] = []
        for one in person.identities:
            found += pseudonyms(self._keys, one.kind, one.value)
            if earlier := former(one.kind, one.value):
                before += pseudonyms(self._keys, one.kind, earlier)
        if not found:
            raise TrothError(
                "the person has no identity", hint="name them by e-mail, phone or customer number"
            )
        subjects = tuple(found)
        if before:
            if len(self._before) >= MOST:
                self._before.clear()
            self._before[subjects] = tuple(before)
        return subjects

    def standing(self, subjects: Subjects) -> Standing:
        """Where a person stands, as of this moment."""
        size = self._ledger.query("select max(size) from ledger_head")[0][0] or 0
        if size != self._size:
            self._follow(size)
        found = self._found.get(subjects)
        if found is not None:
            return found
        made = self._read(subjects)
        with self._lock:
            if (
                self._size == size
            ):  # else somebody followed the ledger meanwhile; the next question reads again
                self._keep(subjects, made)
        return made

    def _keep(self, subjects: Subjects, standing: Standing) -> None:
        if len(self._found) >= MOST:
            self._found.clear()
            self._of.clear()
        self._found[subjects] = standing
        for subject in (*subjects, *self._before.get(subjects, ())):
            self._of.setdefault(subject, set()).add(subjects)

    def _follow(self, size: int) -> None:
        """Forget whoever the newest entries are about."""
        with self._lock:
            if size <= self._size:  # another thread was faster
                return
            if size > self._size + _FEW:
                self._found.clear()
                self._of.clear()
            elif self._found:
                for entry in self._ledger.read(self._size, size):
                    for subject in _about(entry):
                        for subjects in self._of.pop(subject, ()):
                            self._found.pop(subjects, None)
            self._size = size

    def _read(self, subjects: Subjects) -> Standing:
        """The standing under these names; under an older form of them, which may be somebody else's, only what says no."""
        own = self._read_under(subjects)
        if not (before := self._before.get(subjects)):
            return own
        other = self._read_under(before)
        no = tuple(word for word in other.words if word.status != "given")
        return replace(
            own,
            words=newest([*no, *own.words]),
            limits=own.limits + other.limits,
        )

    def _read_under(self, subjects: Subjects) -> Standing:
        words: list[Word] = []
        asked: list[tuple[str, str]] = []
        limits: list[Limit] = []
        seen: dict[str, tuple[int, str]] = {}
        marks = f"({','.join('?' * len(subjects))})"
        sql = " union all ".join(select + marks for select in self._selects)
        for row in self._ledger.query(sql, subjects * len(self._selects)):
            kind, one, other, status, time, policy, seq, more = row
            match kind:
                case "consent":
                    words.append(self._word(one, other, status, (time, policy, seq, more)))
                case "request":
                    asked.append((one, status))
                    limits += _asked(one, status)
                case "acceptance":
                    seen[one] = max(seen.get(one, (-1, "")), (seq, policy))
                case _:
                    limits.append(self._limit(one, other, status, (time, policy, seq, more)))
        shown = max(seen.values(), default=(-1, ""))[1]
        accepted = seen.get("accept", (-1, ""))[1]
        return Standing(newest(words), tuple(asked), tuple(limits), accepted, shown)

    def _word(self, purpose: str, scope: str, status: str, rest: tuple[str, str, int, str]) -> Word:
        time, policy, seq, body = rest
        form = form_of(decode(body).detail) if body and '"form":' in body else ""
        reader = self._reader
        scope = reader.key("channel", scope) if reader.vocabulary.find("channel", scope) else scope
        return Word(reader.key("purpose", purpose), scope, status, time, policy, seq, form)

    def _limit(self, purpose: str, place: str, action: str, rest: tuple[str, str, int, str]) -> Limit:
        until, reason, seq, allowed = rest
        return Limit(
            action,
            self._reader.key("purpose", purpose) if purpose else "",
            place,
            reason,
            tuple(allowed.split("\n")) if allowed else (),
            datetime.fromisoformat(until) if until else None,
            seq,
        )

    def _has(self, table: str) -> bool:
        try:
            self._ledger.query(f"select 1 from {table} limit 1")  # noqa: S608 - a name of this file
        except TrothError:
            return False
        return True


def _about(entry: Entry) -> set[str]:
    """Every pseudonym whose standing an entry may change."""
    found = {entry.subject, *map(str, entry.detail.get("also", ()))}
    for pair in entry.detail.get("renamed", ()):
        found.update(map(str, pair))
    return found


def _asked(right: str, status: str) -> list[Limit]:
    """The limits that follow from a request alone."""
    if status == "held":
        return [Limit("hold", reason="an erasure waits")]
    asked = right == "restrict" and status in _CONFIRMED
    return [Limit("restrict", reason="the person asked for it")] if asked else []
