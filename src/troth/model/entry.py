"""An entry: one line of evidence, the only thing a ledger holds.

An entry says who did what, when, to which rows, because of which sentence of which policy, and how it ended.
It never holds personal data in clear: a person is a keyed pseudonym, and `encode` refuses text that looks
like an e-mail address, a phone number or an IP address. The bytes of an entry are canonical JSON (RFC 8785),
so its hash is the same everywhere.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring as quote
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from troth.model.cleartext import looks_personal
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "acceptance": "a person accepted or was shown a version of the policy",
        "attest": "a person attests what no system can show",
        "check": "a check of a promise ran",
        "collected": "data was let in, with its source, channel and purpose",
        "complaint": "a complaint or question and what became of it",
        "consent": "a consent was given, refused, withdrawn or ran out",
        "deed": "a duty of the policy was carried out",
        "decision": "a request was allowed or refused",
        "disclosed": "data went to a recipient",
        "erased": "rows were erased or anonymised: logically gone",
        "event": "something happened that starts a duty of the policy",
        "exported": "a person received a copy of their data",
        "finding": "something was found that a promise does not allow",
        "hold": "a reason to keep data began or ended",
        "incident": "a breach or an abnormal event and its steps",
        "key-destroyed": "a person's data key was destroyed: what it sealed can not be read again",
        "key-rotated": "a signing, pseudonym or wrapping key was replaced",
        "map": "the data map changed",
        "notice": "people were told something",
        "plan": "a plan was made and its hash fixed before it ran",
        "policy": "a policy version was published or came into force",
        "purged": "the bytes are physically gone",
        "rectified": "data was corrected",
        "released": "a restriction ended",
        "request": "a step in the life of a person's request",
        "restored": "a backup was restored and what was replayed on it",
        "restricted": "data may only be kept, not used",
        "statistic": "an aggregate was released",
        "step": "one step of a plan ran",
        "sweep": "a retention sweep ran",
    }
)
"""Every kind of entry with its meaning; any other is refused, so that a misspelt kind is never lost."""

_LARGEST = 2**53 - 1  # RFC 8785 section 3.2.2.3: numbers are IEEE 754 doubles
_DETAIL_LIMIT = 4096  # bytes; a longer record is kept elsewhere, with its hash in `digest`


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of evidence.

    Attributes:
        time: when it happened, RFC 3339 in UTC ("2026-11-22T09:30:00Z"); see `utc`.
        kind: one of `KINDS`.
        actor: role, job or keyed pseudonym of who acted ("keep", "dpo"); never a name.
        action: what was done ("erase", "give", "refuse").
        subject: keyed pseudonym of the person, lower-case hex; empty where it is about nobody.
        policy: SHA-256 of the compiled policy, hex; empty where none applies.
        promise: name of the promise that asks for it.
        sentences: ids of the sentences behind it, in text order.
        object: `store.table` it touched.
        counts: rows by what happened to them ({"deleted": 12}).
        outcome: how it ended ("done", "nothing found", "partly", "refused").
        digest: SHA-256 of a record kept elsewhere, hex.
        detail: small JSON without personal data; whole numbers only, at most 4,096 bytes.
        seq: number in the ledger, from 0; -1 before it is appended.
    """

    time: str
    kind: str
    actor: str
    action: str
    subject: str = ""
    policy: str = ""
    promise: str = ""
    sentences: tuple[str, ...] = ()
    object: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    outcome: str = ""
    digest: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    seq: int = -1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the evidence for a statement stands: the numbers of its entries under one signed tree head.

    Attributes:
        origin: name of the ledger.
        entries: numbers of the entries, ascending.
        size: entries covered by the head.
        root: Merkle root of the head, hex (RFC 9162 section 2.1).
    """

    origin: str
    entries: tuple[int, ...]
    size: int
    root: str


def utc(moment: datetime) -> str:
    """The time of an entry: RFC 3339 in UTC, microseconds only where there are any.

    Raises:
        TrothError: the moment has no time zone, so nobody knows when it was.
    """
    if moment.tzinfo is None:
        raise TrothError("the time has no zone", hint="give a time with a zone, such as datetime.now(UTC)")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def encode(entry: Entry) -> tuple[str, str]:
    """The canonical text (RFC 8785) of an entry that has no number yet, in the two parts around the number.

    Fields that are empty are left out. `numbered` puts the parts together.

    Raises:
        TrothError: a field is malformed, has no canonical form, or looks like personal data in clear; the
            message names the field and never repeats its value.
    """
    opening, middle = _frame(
        entry.kind,
        entry.actor,
        entry.action,
        entry.object,
        entry.outcome,
        entry.policy,
        entry.promise,
        entry.sentences,
    )
    if not _TIME(entry.time):
        raise TrothError("`time` is not RFC 3339 in UTC", hint="for example 2026-11-22T09:30:00Z")
    if entry.counts:
        opening += _counts(entry.counts)
    if entry.detail:
        opening += _detail(entry.detail)
    if entry.digest:
        opening += f',"digest":"{_hash("digest", entry.digest)}"'
    if entry.subject:
        return opening + middle, f',"subject":"{_hash("subject", entry.subject)}","time":"{entry.time}"}}'
    return opening + middle, f',"time":"{entry.time}"}}'


def guard(entry: Entry) -> None:
    """Refuse early what no ledger would take; `encode` refuses the same.

    Raises:
        TrothError: see `encode`.
    """
    encode(entry)


def numbered(parts: tuple[str, str], seq: int) -> bytes:
    """The canonical bytes of the entry whose parts `encode` gave, at number `seq` of the ledger."""
    return f'{parts[0]},"seq":{seq}{parts[1]}'.encode()


def decode(body: bytes | str) -> Entry:
    """The entry that canonical bytes stand for.

    What `encode` would refuse today is read all the same: a net made finer later must not hide old evidence.

    Raises:
        TrothError: the bytes are not an entry.
    """
    try:
        given = json.loads(body)
        given["sentences"] = tuple(given.get("sentences", ()))
        return Entry(**given)
    except (ValueError, TypeError, AttributeError) as error:
        hint = "run `troth verify` on the ledger"
        raise TrothError("these bytes are not an entry of a ledger", hint=hint) from error


_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z").fullmatch
_HEX = re.compile(r"[0-9a-f]{32,128}").fullmatch
_encoder = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


@lru_cache(maxsize=4096)
def _frame(*words: str | tuple[str, ...]) -> tuple[str, str]:
    """The parts of the bytes that repeat from entry to entry, checked and written once.

    A refusal is not cached, so no personal data stays in memory.
    """
    kind, actor, action, place, outcome, policy, promise = (str(word) for word in words[:-1])
    sentences = words[-1]
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else "the kinds are " + ", ".join(KINDS)
        raise TrothError("the ledger knows no entries of this kind", hint=hint)
    if not actor or not action:
        raise TrothError("an entry needs an `actor` and an `action`")
    listed = ",".join(_word("sentences", sentence) for sentence in sentences)
    optional = (
        ("object", place and _word("object", place)),
        ("outcome", outcome and _word("outcome", outcome)),
        ("policy", policy and quote(_hash("policy", policy))),
        ("promise", promise and _word("promise", promise)),
        ("sentences", listed and f"[{listed}]"),
    )
    middle = "".join(f',"{name}":{value}' for name, value in optional if value)
    opening = f'{{"action":{_word("action", action)},"actor":{_word("actor", actor)}'
    return opening, f',"kind":"{kind}"{middle}'


def _word(name: str, text: str) -> str:
    """The text as a JSON string, once it is known to be harmless."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise TrothError(f"`{name}` holds characters that are not Unicode text") from error
    if what := looks_personal(text):
        raise TrothError(
            f"`{name}` looks like {what}; the ledger holds no personal data in clear",
            hint="use the keyed pseudonym of the person, or seal the value with the person's key",
        )
    return quote(text)


def _hash(name: str, text: str) -> str:
    if not _HEX(text) or len(text) % 2:
        raise TrothError(
            f"`{name}` is not a hash in lower-case hex",
            hint="the ledger takes keyed pseudonyms and hashes here, never the value itself",
        )
    return text


def _counts(counts: Mapping[str, int]) -> str:
    for count in counts.values():
        if type(count) is not int or not 0 <= count <= _LARGEST:
            raise TrothError("`counts` holds something that is not a number of rows")
    return _counted(*counts.items())


@lru_cache(maxsize=1024)
def _counted(*counts: tuple[str, int]) -> str:
    """The numbers of rows as JSON; they repeat from person to person."""
    rows = (f"{_key('counts', key)}:{count}" for key, count in sorted(counts, key=lambda one: str(one[0])))
    return f',"counts":{{{",".join(rows)}}}'


def _detail(detail: Mapping[str, Any]) -> str:
    if len(detail) == 1:
        ((key, value),) = detail.items()
        if type(value) is int:
            return _number(key, value)
    return _written(detail)


@lru_cache(maxsize=256)
def _number(key: str, value: int) -> str:
    """A detail that is one number, such as that of a job, which all of its entries have."""
    return _written({key: value})


def _written(detail: Mapping[str, Any]) -> str:
    _walk("detail", detail)
    text = _encoder.encode(dict(detail))
    if len(text.encode()) > _DETAIL_LIMIT:
        raise TrothError(
            f"`detail` is longer than {_DETAIL_LIMIT:,} bytes",
            hint="keep the record elsewhere and put its SHA-256 into `digest`",
        )
    return f',"detail":{text}'


def _walk(name: str, value: object) -> None:
    if isinstance(value, str):
        _word(name, value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _key(name, key)
            _walk(f"{name}.{key}", inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _walk(name, inner)
    elif value is not None and not (isinstance(value, int) and abs(value) <= _LARGEST):
        raise TrothError(
            f"`{name}` holds a value that canonical JSON can not carry exactly",
            hint="use text, true, false, null, whole numbers up to 2^53 - 1, lists and objects",
        )


@lru_cache(maxsize=1024)
def _key(name: str, key: object) -> str:
    # RFC 8785 sorts keys by UTF-16 units; within the basic plane that is Python's own order
    if not isinstance(key, str) or any(ord(c) > 0xFFFF for c in key):
        raise TrothError(f"`{name}` has a key that is not plain text")
    return _word(name, key)
