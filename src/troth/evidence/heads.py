"""Signed tree heads: what the ledger commits to, in the form that others can check and keep.

A head is a C2SP checkpoint (https://c2sp.org/tlog-checkpoint) inside a C2SP signed note
(https://c2sp.org/signed-note): the name of the log, its size, its root, and here one extension line that
chains it to the head before, then an Ed25519 signature (RFC 8032). So one signature covers every head.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from troth.evidence.errors import KeyMissing, LedgerDamaged
from troth.evidence.merkle import EMPTY_ROOT, HASH_BYTES
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Iterable

_ED25519 = b"\x01"  # signature type of C2SP signed-note
_MARK = "\N{EM DASH} "  # starts a signature line
PREVIOUS = "previous "


@dataclass(frozen=True, slots=True)
class Head:
    """A tree head.

    Attributes:
        origin: name of the ledger, without spaces ("hetacloud.example/troth").
        size: entries it covers.
        root: their Merkle root, 32 bytes.
        note: the signed note; empty for the head of a ledger without entries.
    """

    origin: str
    size: int = 0
    root: bytes = EMPTY_ROOT
    note: str = ""

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the note: what the next head is chained to."""
        return sha256(self.note.encode()).digest()


class Signer:
    """Signs heads of one ledger with one key."""

    def __init__(self, origin: str, private: Ed25519PrivateKey) -> None:
        if not origin or "+" in origin or any(c.isspace() for c in origin):
            raise TrothError(
                "the name of a ledger is one word without `+`", hint="for example hetacloud.example/troth"
            )
        self.origin = origin
        self._private = private
        public = private.public_key().public_bytes_raw()
        self._id = _key_id(origin, public)
        self.verifier = f"{origin}+{self._id.hex()}+{b64encode(_ED25519 + public).decode()}"

    @cached_property
    def pem(self) -> bytes:
        """The public key, as OpenSSL reads it."""
        return self._private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def signature(self, data: bytes) -> bytes:
        """The raw Ed25519 signature of some bytes (RFC 8032)."""
        return self._private.sign(data)

    def __repr__(self) -> str:
        return f"Signer({self.verifier!r})"

    def sign(self, size: int, root: bytes, before: Head) -> Head:
        """The signed head of `size` entries with this root, chained to the head before."""
        text = f"{self.origin}\n{size}\n{b64encode(root).decode()}\n"
        if before.note:
            text += f"{PREVIOUS}{b64encode(before.fingerprint).decode()}\n"
        signature = b64encode(self._id + self._private.sign(text.encode())).decode()
        return Head(self.origin, size, root, f"{text}\n{_MARK}{self.origin} {signature}\n")


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def parse(note: str) -> Head:
    """The head that a note states; its signature is not looked at, see `check`.

    Raises:
        TrothError: the text is not a checkpoint note.
    """
    text, blank, _ = note.partition("\n\n")
    lines = text.split("\n")
    try:
        size, root = int(lines[1]), b64decode(lines[2], validate=True)
    except (IndexError, ValueError, binascii.Error):
        blank = ""
    if not blank or size < 0 or len(root) != HASH_BYTES:
        raise TrothError("this is not a tree head", hint="a tree head is a C2SP checkpoint note")
    return Head(lines[0], size, root, note)


def check(head: Head, verifiers: Iterable[str]) -> str:
    """The verifier key that signed a head.

    Args:
        head: from `parse`.
        verifiers: public keys, `name+id+key` as C2SP signed-note writes them.

    Raises:
        KeyMissing: none of these keys has signed it.
        LedgerDamaged: one of them should have, and the signature is wrong.
    """
    text, _, signatures = head.note.partition("\n\n")
    for verifier in verifiers:
        name, public = read_verifier(verifier)
        for line in signatures.splitlines():
            signer, _, value = line.removeprefix(_MARK).rpartition(" ")
            raw = _decoded(value)
            if signer != name or raw[:4] != _key_id(name, public):
                continue
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], f"{text}\n".encode())
            except InvalidSignature as error:
                raise LedgerDamaged(
                    f"the tree head over {head.size:,} entries has a wrong signature",
                    hint="run `troth verify` on the ledger",
                ) from error
            return verifier
    raise KeyMissing(
        f"the tree head over {head.size:,} entries is signed by a key that is not known here",
        hint="give the public key of the ledger, or the key ring that it was written with",
    )


def read_verifier(verifier: str) -> tuple[str, bytes]:
    """Name and raw Ed25519 key of a public key as C2SP signed-note writes it.

    Raises:
        TrothError: it is not such a key.
    """
    name, _, rest = verifier.strip().partition("+")
    key_id, _, value = rest.partition("+")
    raw = _decoded(value)
    if raw[:1] != _ED25519 or len(raw) != 33 or key_id != _key_id(name, raw[1:]).hex():
        raise TrothError("this is not a public key of a ledger", hint="it reads `name+id+key` on one line")
    return name, raw[1:]


def _decoded(value: str) -> bytes:
    try:
        return b64decode(value, validate=True)
    except (ValueError, binascii.Error):
        return b""
