"""An encrypted file for handing a bundle over: a passphrase opens it, and nothing of it can be changed unnoticed.

    8 bytes   "TROTHBX1"
    1         log2 of the scrypt cost N; then r and p, one byte each
    16        salt
    7         nonce prefix
    then      chunks of 64 KiB of the plain file, each AES-256-GCM with its 16-byte tag

The key is scrypt(passphrase, salt, N, r, p), 32 bytes (RFC 7914). The nonce of a chunk is the prefix, its number as
four bytes, big end first, and one byte that is 1 for the last chunk (the STREAM construction). The 34 bytes of the
head are the associated data of every chunk. So chunks can not be reordered, left out or cut off at the end. It is
written and read as a stream.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from troth.model.errors import TrothError

MAGIC = b"TROTHBX1"
CHUNK = 1 << 16  # bytes of plain text in one piece
SHORTEST = 12  # characters of a passphrase
_COST, _R, _P = 15, 8, 1  # 32 MiB of memory for one guess
_MOST_COST = 20  # 1 GiB: a file that asks for more is refused
_TAG, _SALT, _PREFIX = 16, 16, 7
_HEAD = len(MAGIC) + 3 + _SALT + _PREFIX


def seal_file(
    source: Path, target: Path, passphrase: str, random: Callable[[int], bytes] = os.urandom
) -> None:
    """Encrypt a file with a passphrase; what was in the target is replaced.

    Args:
        source: the file, such as the zip of a bundle.
        target: where the encrypted file goes.
        passphrase: at least 12 characters; the same in every way to write it (Unicode NFKC).
        random: gives so many random bytes.

    Raises:
        TrothError: the passphrase is too short, or a file can not be read or written.
    """
    if len(passphrase) < SHORTEST:
        raise TrothError(
            f"a passphrase has at least {SHORTEST} characters", hint="four or five random words do well"
        )
    head = MAGIC + bytes([_COST, _R, _P]) + random(_SALT) + random(_PREFIX)
    cipher = AESGCM(_key(head, passphrase))
    try:
        with source.open("rb") as plain, target.open("wb") as sealed:
            sealed.write(head)
            for number, (block, last) in enumerate(_blocks(plain, CHUNK)):
                sealed.write(cipher.encrypt(_nonce(head, number, last=last), block, head))
    except OSError as error:
        raise TrothError(f"the file {target.name} can not be written", hint="look at its folder") from error


def open_file(source: Path, target: Path, passphrase: str) -> None:
    """Decrypt a file that `seal_file` wrote; nothing is left in the target unless all of it is right.

    Raises:
        TrothError: it is no such file, the passphrase is wrong, or something was changed or cut off.
    """
    part = target.with_name(target.name + ".part")
    try:
        with source.open("rb") as sealed:
            head = sealed.read(_HEAD)
            if len(head) < _HEAD or not head.startswith(MAGIC) or not 10 <= head[len(MAGIC)] <= _MOST_COST:
                raise TrothError(f"{source.name} is not an encrypted bundle")
            if head[len(MAGIC) + 1] != _R or head[len(MAGIC) + 2] != _P:
                raise TrothError(f"{source.name} is encrypted in a way that this version does not know")
            cipher = AESGCM(_key(head, passphrase))
            with part.open("wb") as plain:
                for number, (block, last) in enumerate(_blocks(sealed, CHUNK + _TAG)):
                    plain.write(cipher.decrypt(_nonce(head, number, last=last), block, head))
        part.replace(target)
    except InvalidTag as error:
        raise TrothError(
            f"{source.name} does not open",
            hint="the passphrase is wrong, or the file was changed or cut short",
        ) from error
    except OSError as error:
        raise TrothError(f"the file {target.name} can not be written", hint="look at its folder") from error
    finally:
        part.unlink(missing_ok=True)


def _blocks(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The blocks of a file, and which is the last; an empty file has one empty block."""
    block = file.read(size)
    while True:
        following = file.read(size) if len(block) == size else b""
        yield block, not following
        if not following:
            return
        block = following


def _nonce(head: bytes, number: int, *, last: bool) -> bytes:
    return head[-_PREFIX:] + number.to_bytes(4, "big") + bytes([last])


def _key(head: bytes, passphrase: str) -> bytes:
    start = len(MAGIC)
    plain = unicodedata.normalize("NFKC", passphrase).encode()
    salt = head[start + 3 : start + 3 + _SALT]
    return Scrypt(salt=salt, length=32, n=1 << head[start], r=head[start + 1], p=head[start + 2]).derive(
        plain
    )
