"""The key ring: the few secrets that give evidence its force, kept outside the ledger.

    signing     Ed25519 keys of the tree heads; the last one signs, the older ones are still believed
    pseudonym   HMAC keys by version; the newest names people in new entries
    wrapping    AES-256 keys by version; the newest wraps the data key of each person

It lives in a file that only its owner can read, or in an environment variable. Who holds a copy of the ledger
and no ring learns nothing about anybody; who holds the ring and no ledger, neither.
"""

from __future__ import annotations

import binascii
import json
import os
import stat
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from troth.evidence.errors import KeyMissing
from troth.evidence.heads import Signer
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT = "troth-keys/1"
VARIABLE = "TROTH_KEYS"
"""The environment variable that holds a ring as JSON where there is no file."""

_KEY_BYTES = 32
_NEWEST_VERSION = 255  # a pseudonym has one byte for it


@dataclass(frozen=True, repr=False)
class KeyRing:
    """The keys of one ledger; never printed.

    Attributes:
        origin: name of the ledger they belong to.
        signing: raw Ed25519 private keys, oldest first.
        pseudonym: HMAC keys by version.
        wrapping: AES-256 keys by version.
    """

    origin: str
    signing: tuple[bytes, ...]
    pseudonym: Mapping[int, bytes]
    wrapping: Mapping[int, bytes]

    def __repr__(self) -> str:
        return f"KeyRing(origin={self.origin!r}, signing={len(self.signing)} keys)"

    @cached_property
    def signer(self) -> Signer:
        """Signs with the newest key."""
        return Signer(self.origin, Ed25519PrivateKey.from_private_bytes(self.signing[-1]))

    @property
    def verifiers(self) -> tuple[str, ...]:
        """The public keys, oldest first: what auditors are given."""
        return tuple(
            Signer(self.origin, Ed25519PrivateKey.from_private_bytes(key)).verifier for key in self.signing
        )


def create(origin: str, random: Callable[[int], bytes] = os.urandom) -> KeyRing:
    """A new ring for a ledger.

    Args:
        origin: name of the ledger: one word, best a host name and path ("hetacloud.example/troth").
        random: gives so many random bytes.

    Raises:
        TrothError: the name is not one word.
    """
    signing = random(_KEY_BYTES)
    Signer(origin, Ed25519PrivateKey.from_private_bytes(signing))
    return KeyRing(origin, (signing,), {1: random(_KEY_BYTES)}, {1: random(_KEY_BYTES)})


def rotate(
    ring: KeyRing,
    which: Literal["signing", "pseudonym", "wrapping"],
    random: Callable[[int], bytes] = os.urandom,
) -> KeyRing:
    """The ring with a new key of one kind; the older ones stay until `retire` takes them away.

    Raises:
        TrothError: there have been 255 versions.
    """
    if which == "signing":
        return replace(ring, signing=(*ring.signing, random(_KEY_BYTES)))
    versions = dict(ring.pseudonym if which == "pseudonym" else ring.wrapping)
    newest = max(versions) + 1
    if newest > _NEWEST_VERSION:
        raise TrothError(f"the {which} key was replaced {_NEWEST_VERSION} times; start a new ledger")
    versions[newest] = random(_KEY_BYTES)
    return replace(ring, pseudonym=versions) if which == "pseudonym" else replace(ring, wrapping=versions)


def retire(ring: KeyRing, which: Literal["pseudonym", "wrapping"]) -> KeyRing:
    """The ring with only the newest key of a kind.

    Without the older pseudonym keys nobody can say any more whom older entries are about. Without the older
    wrapping keys every data key that was not wrapped again is lost, in backups too.
    """
    versions = ring.pseudonym if which == "pseudonym" else ring.wrapping
    newest = {max(versions): versions[max(versions)]}
    return replace(ring, pseudonym=newest) if which == "pseudonym" else replace(ring, wrapping=newest)


def load(path: Path | None, environ: Mapping[str, str]) -> KeyRing:
    """The ring from a file, or from the variable `TROTH_KEYS` where no file is named.

    Raises:
        KeyMissing: there is neither.
        TrothError: others can read the file, or it is not a key ring.
    """
    if path is None:
        if not environ.get(VARIABLE):
            raise KeyMissing("there is no key ring", hint=f"name its file, or put it into {VARIABLE}")
        return parse(environ[VARIABLE], VARIABLE)
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise TrothError(
                    f"others can read the key ring {path.name}",
                    hint=f"run chmod 600 {path.name}, then rotate",
                )
            return parse(file.read(), path.name)
    except FileNotFoundError as error:
        raise KeyMissing(
            f"there is no key ring {path.name}",
            hint="restore it from its copy; a new project gets one from `troth init`",
        ) from error
    except UnicodeDecodeError as error:
        raise TrothError(f"{path.name} is not a key ring", hint="restore it from its copy") from error
    except OSError as error:
        raise TrothError(
            f"the key ring {path.name} can not be read: {error.strerror}",
            hint="it is a file that only you can read",
        ) from error


def save(ring: KeyRing, path: Path) -> None:
    """Write the ring so that the file is whole at every moment and only its owner can read it.

    Raises:
        TrothError: the folder can not be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(dump(ring))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise TrothError(f"the key ring {path.name} can not be written", hint="look at its folder") from error


def dump(ring: KeyRing) -> str:
    """The ring as JSON: for its file, or for the environment variable."""
    text = {
        "format": FORMAT,
        "origin": ring.origin,
        "signing": [_text(key) for key in ring.signing],
        "pseudonym": {str(version): _text(key) for version, key in sorted(ring.pseudonym.items())},
        "wrapping": {str(version): _text(key) for version, key in sorted(ring.wrapping.items())},
    }
    return json.dumps(text, indent=2) + "\n"


def parse(text: str, name: str) -> KeyRing:
    """The ring that JSON text holds.

    Args:
        text: from `dump`.
        name: what to call it in a message.

    Raises:
        TrothError: it is not a key ring; nothing of its text is repeated.
    """
    try:
        given = json.loads(text)
        if given["format"] != FORMAT:
            raise TrothError(f"{name} is no key ring of this Troth", hint=f"its format is not {FORMAT}")
        ring = KeyRing(
            str(given["origin"]),
            tuple(_key(key) for key in given["signing"]),
            {int(version): _key(key) for version, key in given["pseudonym"].items()},
            {int(version): _key(key) for version, key in given["wrapping"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error):
        ring = None
    if ring is None or not (ring.signing and ring.pseudonym and ring.wrapping):
        raise TrothError(f"{name} is not a key ring", hint="restore it from its copy")
    return ring


def _text(key: bytes) -> str:
    return b64encode(key).decode()


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError
    return key
