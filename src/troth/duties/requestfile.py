"""The file of a request: who asked, for what, by which channel; sealed with a key of the request's own.

The ledger knows a person only by pseudonym, so what is needed to answer them stands here, and goes for good when
the request has ended: the key `request-<id>` is destroyed and the row is gone. The table is made by the first
revision of `troth.state`.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from troth.evidence.errors import LedgerDamaged
from troth.evidence.keyring import KeyRing
from troth.evidence.keys import SubjectKeys
from troth.evidence.ledger import Run, Tables
from troth.model.entry import utc
from troth.model.errors import NotFound, TrothError

_TABLE = "request_file"


@dataclass(frozen=True, slots=True)
class RequestFiles:
    """The files of all requests.

    Args:
        tables: the ledger or journal of a state that was migrated.
        ring: wraps the keys of the files.
        random: gives so many random bytes.
    """

    tables: Tables
    ring: KeyRing = field(repr=False)
    random: Callable[[int], bytes] = os.urandom

    def save(self, request: str, subject: str, at: datetime, fields: Mapping[str, Any]) -> bool:
        """Begin the file of a request; False where there is one of that name, which stays as it is.

        Args:
            request: the name of the request.
            subject: pseudonym of the person.
            at: when the request came in.
            fields: JSON values.
        """
        row = (request, subject, utc(at), self._seal(request, fields))
        sql = (
            "insert into request_file values (?, ?, ?, ?) on conflict (request) do nothing returning request"
        )
        return bool(self.tables.write(lambda run: run(sql, row)))

    def known(self, request: str) -> bool:
        """Whether a request has a file."""
        return bool(self.tables.query("select 1 from request_file where request = ?", (request,)))

    def open(self, request: str) -> dict[str, Any]:
        """What the file holds.

        Raises:
            NotFound: there is none: the request never came in, or it has ended and its file was destroyed.
            LedgerDamaged: it was changed behind our back.
        """
        return self._keys.open(_key(request), _TABLE, _bytes(self.sealed(request)))

    def all_open(self) -> dict[str, dict[str, Any] | TrothError]:
        """What every file holds, by request, read together; or why one can not be read."""
        sealed: dict[str, bytes] = {}
        damaged: dict[str, dict[str, Any] | TrothError] = {}
        for request, text in self.tables.query("select request, sealed from request_file"):
            try:
                sealed[_key(str(request))] = _bytes(str(text))
            except TrothError as error:
                damaged[str(request)] = error
        opened = self._keys.open_all(_TABLE, sealed)
        return {name.removeprefix(_key("")): one for name, one in opened.items()} | damaged

    def write(self, request: str, fields: Mapping[str, Any]) -> None:
        """Replace what the file holds.

        Raises:
            NotFound: there is none.
        """
        self.sealed(request)  # so that no key is made for a file that is not there
        sql = "update request_file set sealed = ? where request = ? returning request"
        values = (self._seal(request, fields), request)
        if not self.tables.write(lambda run: run(sql, values)):
            raise _absent(request)

    def amend(self, run: Run, request: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Replace what the file holds inside of a transaction that somebody else began on the same database.

        Args:
            run: runs the statements of that transaction, which holds the lock of the writer.
            request: the name of the request.
            change: makes what it shall hold of what it holds.

        Raises:
            NotFound: there is none.
        """
        rows = run("select sealed from request_file where request = ?", (request,))
        if not rows:
            raise _absent(request)
        fields = change(self._keys.open(_key(request), _TABLE, _bytes(str(rows[0][0]))))
        run("update request_file set sealed = ? where request = ?", (self._seal(request, fields), request))

    def every(self) -> dict[str, str]:
        """The requests that have a file, oldest first, each with the time it came in, RFC 3339 in UTC."""
        sql = "select request, created from request_file order by created, request"
        return {str(request): str(created) for request, created in self.tables.query(sql)}

    def sealed(self, request: str) -> str:
        """The file as it is kept; for `swap`.

        Raises:
            NotFound: there is none.
        """
        rows = self.tables.query("select sealed from request_file where request = ?", (request,))
        if not rows:
            raise _absent(request)
        return str(rows[0][0])

    def swap(self, request: str, before: str, fields: Mapping[str, Any]) -> bool:
        """Replace what the file holds if it is still what it was; False where somebody else was faster.

        Args:
            request: the name of the request.
            before: what `sealed` gave.
            fields: JSON values.

        Raises:
            NotFound: there is none.
        """
        if self.sealed(request) != before:
            return False
        sql = "update request_file set sealed = ? where request = ? and sealed = ? returning request"
        values = (self._seal(request, fields), request, before)
        return bool(self.tables.write(lambda run: run(sql, values)))

    def of(self, subjects: Sequence[str]) -> list[str]:
        """The requests of a person that have a file, oldest first; `subjects` are the person's pseudonyms."""
        marks = ",".join("?" * len(subjects))
        sql = f"select request from request_file where subject in ({marks}) order by created, request"  # noqa: S608 - only marks
        return [row[0] for row in self.tables.query(sql, tuple(subjects))]

    def destroy(self, request: str) -> str:
        """Destroy the file and its key for good; says what may still hold bytes of them, empty where nothing does.

        Doing it twice is no error.
        """

        def work(run: Run) -> None:
            run("delete from request_file where request = ?", (request,))
            run("delete from subject_key where subject = ?", (_key(request),))

        self.tables.write(work)
        return self.tables.scrub()

    @property
    def _keys(self) -> SubjectKeys:
        return SubjectKeys(self.tables, self.ring, self.random)

    def _seal(self, request: str, fields: Mapping[str, Any]) -> str:
        return b64encode(self._keys.seal(_key(request), _TABLE, fields)).decode()


def _key(request: str) -> str:
    return f"request-{request}"


def _absent(request: str) -> NotFound:
    return NotFound(
        f"there is no file of request `{request[:20]}`",
        hint="it never came in, or it has ended and its file was destroyed",
    )


def _bytes(sealed: str) -> bytes:
    """The bytes of a file as the state keeps them.

    Raises:
        LedgerDamaged: they were changed behind our back.
    """
    try:
        return b64decode(sealed)
    except ValueError:
        raise LedgerDamaged("the file of this request was changed or is damaged") from None
