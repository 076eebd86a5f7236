"""A data key for each person: details sealed with it are unreadable everywhere once it is destroyed.

The key of a person is random, wrapped (AES key wrap, RFC 3394) under the ring's wrapping key, and one row of
`subject_key`. Sealed details (AES-256-GCM, NIST SP 800-38D) can then stand in files, backups and lakes:
deleting that one row takes them all away at once. The row goes in the transaction of the `key-destroyed`
entry, as a projection of it, so evidence and deed can not contradict each other; a second entry, `purged`,
says when the bytes of the row are physically gone.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from troth.evidence.errors import KeyMissing, LedgerDamaged
from troth.evidence.ledger import Kept, Projection, Run, Tables
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from troth.evidence.keyring import KeyRing

Seal: TypeAlias = "Callable[[str, Mapping[str, Any]], bytes]"
"""Seals fields, given the name of the table they belong to."""

_INSERT = "insert into subject_key values (?, ?, ?) on conflict (subject) do nothing returning version"
_SEALED = b"\x01"  # AES-256-GCM under a wrapped key of the person
_ID_BYTES, _NONCE_BYTES, _KEY_BYTES = 8, 12, 32
_MOST = 500  # rows in one statement
_plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_NO_KEY = "the key of this person is destroyed or was never made; nobody can read this"


def _delete(run: Run, entries: Sequence[Entry]) -> None:
    for entry in entries:
        run("delete from subject_key where subject = ?", (entry.subject,))


KEYS = Projection(
    name="keys",
    kinds=frozenset({"key-destroyed"}),
    tables=(
        """create table if not exists subject_key
            (subject text primary key, version bigint not null, wrapped text not null)""",
    ),
    apply=_delete,
    folds=False,  # an entry from long ago must not destroy the key that a person was given since
)
"""The table of wrapped keys; every ledger that seals details is opened with it."""


@dataclass(frozen=True, slots=True, repr=False)
class SubjectKeys:
    """The data keys of people, beside the ledger of the same database.

    Args:
        tables: the ledger, opened with the projection `KEYS`.
        ring: holds the wrapping keys.
        random: gives so many random bytes.
    """

    tables: Tables
    ring: KeyRing
    random: Callable[[int], bytes] = os.urandom

    def make(self, subjects: Iterable[str]) -> None:
        """Make the keys that these people have not got yet, in one transaction."""
        made = [self._made(subject) for subject in sorted(set(subjects))]

        def work(run: Run) -> None:
            for _, row in made:
                run(_INSERT, row)

        self.tables.write(work)

    def _made(self, subject: str) -> tuple[bytes, tuple[str, int, str]]:
        """A new key, and the row that keeps it."""
        key, version, wrapped = self.made()
        return key, (subject, version, wrapped)

    def made(self) -> tuple[bytes, int, str]:
        """A new key for the caller to keep: itself, and what may be stored of it, the version of the ring and the wrapped key."""
        version, key = max(self.ring.wrapping), self.random(_KEY_BYTES)
        return key, version, aes_key_wrap(self.ring.wrapping[version], key).hex()

    def seal(self, subject: str, table: str, fields: Mapping[str, Any]) -> bytes:
        """Seal the fields of one person's rows in one table; only `open` with the same two names reads them.

        Args:
            subject: pseudonym of the person.
            table: what they belong to (`store.table`).
            fields: JSON values.
        """
        return self.sealing(subject)(table, fields)

    def sealing(self, subject: str) -> Seal:
        """`seal` for many rows of one person, whose key is looked up once; it must not be destroyed meanwhile."""
        return self.sealing_with(self._find(subject) or self._make(subject), subject)

    def sealing_with(self, key: bytes, subject: str) -> Seal:
        """The same under a key that the caller keeps."""
        cipher, head = AESGCM(key), _SEALED + _key_id(key)

        def seal(table: str, fields: Mapping[str, Any]) -> bytes:
            nonce = self.random(_NONCE_BYTES)
            plain = _plain(fields).encode()
            return head + nonce + cipher.encrypt(nonce, plain, _bound(subject, table))

        return seal

    def _make(self, subject: str) -> bytes:
        """The key of one person who had none a moment ago; somebody else's where they were quicker."""
        key, row = self._made(subject)
        return key if self.tables.write(lambda run: run(_INSERT, row)) else self._key(subject)

    def open(self, subject: str, table: str, sealed: bytes) -> dict[str, Any]:
        """The fields that were sealed.

        Raises:
            KeyMissing: the key was destroyed: nobody can read them again.
            LedgerDamaged: they were changed, or belong to another person or table.
        """
        return self.open_with(self._key(subject), (subject, table), sealed)

    def open_all(self, table: str, sealed: Mapping[str, bytes]) -> dict[str, dict[str, Any] | TrothError]:
        """The fields that were sealed of many persons, whose keys are looked up together; or why one can not be read.

        Args:
            table: what they belong to.
            sealed: by pseudonym.
        """
        names, keys = sorted(sealed), dict[str, tuple[int, str]]()
        for start in range(0, len(names), _MOST):
            some = names[start : start + _MOST]
            marks = ",".join("?" * len(some))
            sql = f"select subject, version, wrapped from subject_key where subject in ({marks})"  # noqa: S608 - only marks
            keys |= {
                subject: (version, wrapped) for subject, version, wrapped in self.tables.query(sql, some)
            }
        found: dict[str, dict[str, Any] | TrothError] = {}
        for subject, text in sealed.items():
            try:
                if subject not in keys:
                    raise KeyMissing(_NO_KEY)
                found[subject] = self.open_with(self.unwrap(*keys[subject]), (subject, table), text)
            except TrothError as error:
                found[subject] = error
        return found

    def open_with(self, key: bytes, bound: tuple[str, str], sealed: bytes) -> dict[str, Any]:
        """`open` under a key that the caller keeps; `bound` are person and table."""
        used = sealed[1 : 1 + _ID_BYTES]
        if used != _key_id(key):
            raise KeyMissing("these details were sealed with a key that is destroyed; nobody can read them")
        nonce = sealed[1 + _ID_BYTES : 1 + _ID_BYTES + _NONCE_BYTES]
        try:
            rest = sealed[1 + _ID_BYTES + _NONCE_BYTES :]
            plain = AESGCM(key).decrypt(nonce, rest, _bound(*bound))
        except (InvalidTag, ValueError) as error:
            raise LedgerDamaged(
                "sealed details were changed, or belong to another person or table"
            ) from error
        fields: dict[str, Any] = json.loads(plain)
        return fields

    def rewrap(self) -> int:
        """Wrap every key again that is not under the newest wrapping key; gives how many."""
        newest = max(self.ring.wrapping)

        def work(run: Run) -> int:
            rows = run("select subject, version, wrapped from subject_key where version <> ?", (newest,))
            for subject, version, wrapped in rows:
                again = aes_key_wrap(self.ring.wrapping[newest], self.unwrap(version, wrapped)).hex()
                sql = "update subject_key set version = ?, wrapped = ? where subject = ?"
                run(sql, (newest, again, subject))
            return len(rows)

        return self.tables.write(work)

    def _find(self, subject: str) -> bytes | None:
        rows = self.tables.query("select version, wrapped from subject_key where subject = ?", (subject,))
        return self.unwrap(*rows[0]) if rows else None

    def _key(self, subject: str) -> bytes:
        key = self._find(subject)
        if key is None:
            raise KeyMissing(_NO_KEY)
        return key

    def unwrap(self, version: int, wrapped: str) -> bytes:
        """The key that `made` gave.

        Raises:
            KeyMissing: the ring has no wrapping key of this version.
            LedgerDamaged: it was changed, or belongs to another ring.
        """
        if version not in self.ring.wrapping:
            raise KeyMissing(
                f"the key ring has no wrapping key of version {version}", hint="use the right ring"
            )
        try:
            return aes_key_unwrap(self.ring.wrapping[version], bytes.fromhex(wrapped))
        except (InvalidUnwrap, ValueError) as error:
            raise LedgerDamaged("a wrapped key was changed, or belongs to another key ring") from error


def destroy(
    kept: Kept, subjects: Iterable[str], template: Entry, clock: Callable[[], datetime]
) -> tuple[int, str]:
    """Destroy the keys of people, with evidence of the deed and of the bytes being gone.

    Args:
        kept: the ledger, opened with the projection `KEYS`.
        subjects: pseudonyms; who has no key gets an entry with the outcome `nothing found`.
        template: the entry to write for each: actor, policy, promise, sentences.
        clock: gives the time of the second entry.

    Returns:
        Number of the first entry, and what may still hold bytes of the keys; empty where nothing does.
    """
    people = sorted(set(subjects))
    there = _existing(kept, people)
    entries = [
        replace(
            template,
            kind="key-destroyed",
            subject=subject,
            object="subject_key",
            outcome="done" if subject in there else "nothing found",
        )
        for subject in people
    ]
    first = kept.append(entries)
    left = kept.scrub()
    gone = replace(
        template,
        time=utc(clock()),
        kind="purged",
        object="subject_key",
        counts={"keys": len(there)},
        outcome="partly" if left else "done",
        detail={"entries": [first, first + len(entries) - 1], **({"left": left} if left else {})},
    )
    kept.append([gone])
    return first, left


def _existing(tables: Tables, subjects: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(subjects), _MOST):
        some = subjects[start : start + _MOST]
        marks = ",".join("?" * len(some))
        sql = f"select subject from subject_key where subject in ({marks})"  # noqa: S608 - only marks
        found.update(row[0] for row in tables.query(sql, some))
    return found


def _key_id(key: bytes) -> bytes:
    return sha256(b"troth data key\x00" + key).digest()[:_ID_BYTES]


def _bound(subject: str, table: str) -> bytes:
    return f"{subject}\n{table}".encode()
