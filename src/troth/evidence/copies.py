"""Check a copy of somebody's data: every file is as it was written, none is missing or added, the list of them is signed.

The same can be done without Troth, by `sha256sum -c SHA256SUMS` and OpenSSL, as the page of the copy says.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from troth.evidence.heads import read_verifier
from troth.model.errors import TrothError

SUMS, SIGNATURE, KEY = "SHA256SUMS", "manifest.sig", "manifest.pem"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class CopyVerdict:
    """What came out.

    Attributes:
        files: how many files are listed.
        key_given: whether the key is one that the caller named; otherwise it came with the copy, whoever's it is.
        findings: what is wrong, in words that name files only.
    """

    files: int
    key_given: bool
    findings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was touched."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of the verdict."""
        return {
            "verdict": "intact" if self.ok else "broken",
            "files": self.files,
            "key_given": self.key_given,
            "findings": [{"message": one} for one in self.findings],
        }


class _Files(Protocol):
    def names(self) -> list[str]: ...
    def open(self, name: str) -> IO[bytes]: ...


class _Zipped:
    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def names(self) -> list[str]:
        return [one for one in self._file.namelist() if not one.endswith("/")]

    def open(self, name: str) -> IO[bytes]:
        return self._file.open(name)


class _Unpacked:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        return [one.relative_to(self._folder).as_posix() for one in self._folder.rglob("*") if one.is_file()]

    def open(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("rb")


def is_copy(path: Path) -> bool:
    """Whether a zip or a folder is a copy of somebody's data."""
    try:
        with _files(path) as files:
            return files is not None and {SUMS, SIGNATURE} <= set(files.names())
    except (OSError, zipfile.BadZipFile):
        return False


def check_copy(path: Path, keys: Sequence[str] = ()) -> CopyVerdict:
    """Check a copy, in its zip or unpacked.

    Args:
        path: the zip or the folder.
        keys: public keys to believe (`name+id+key`); without any the one that came with it.

    Raises:
        TrothError: it can not be read, or a key is none.
    """
    try:
        with _files(path) as files:
            if files is None:
                raise TrothError(f"{path.name} is no copy of somebody's data")
            return _checked(files, keys)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        # The last two are what `zipfile` raises for a packing it does not know and for a file under a password.
        hint = "take the copy as it was handed over"
        raise TrothError(f"{path.name} can not be read: it is damaged or cut short", hint=hint) from error


def describe(path: Path, verdict: CopyVerdict) -> str:
    """The verdict in words."""
    state = "nothing was touched" if verdict.ok else "NOT as it was written"
    where = "given by you" if verdict.key_given else "came with the copy: compare it with one you trust"
    return "\n".join([*verdict.findings, f"{path.name}: {verdict.files:,} files, {state}", f"key {where}"])


@contextmanager
def _files(path: Path) -> Iterator[_Files | None]:
    if path.is_dir():
        yield _Unpacked(path)
    elif path.is_file() and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            yield _Zipped(file)
    else:
        yield None


def _checked(files: _Files, keys: Sequence[str]) -> CopyVerdict:
    names = files.names()
    listed = _whole(files, SUMS) if SUMS in names else b""
    sums = dict(_sums(listed))
    found = [f"{name} stands there {count} times" for name, count in Counter(names).items() if count > 1]
    found += [f"{name} was added" for name in sorted(set(names) - set(sums) - {SUMS, SIGNATURE})]
    for name, digest in sorted(sums.items()):
        if name not in names:
            found.append(f"{name} is missing")
        elif _digest(files, name) != digest:
            found.append(f"{name} was changed")
    signature = _whole(files, SIGNATURE) if SIGNATURE in names else b""
    if not any(_signed(key, signature, listed) for key in _keys(files, names, keys)):
        whose = "a key that you named" if keys else "the key that came with it"
        found.append(f"the list of checksums is not signed with {whose}")
    return CopyVerdict(len(sums), bool(keys), tuple(found))


def _keys(files: _Files, names: Iterable[str], keys: Sequence[str]) -> Iterator[Ed25519PublicKey]:
    if keys:
        for one in keys:
            yield Ed25519PublicKey.from_public_bytes(read_verifier(one)[1])
    elif KEY in names:
        try:
            known = load_pem_public_key(_whole(files, KEY))
        except ValueError:
            return
        if isinstance(known, Ed25519PublicKey):
            yield known


def _signed(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _sums(text: bytes) -> Iterator[tuple[str, str]]:
    for line in text.decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        if name:
            yield name, digest


def _digest(files: _Files, name: str) -> str:
    """The SHA-256 of a file, hex; empty where its bytes can not be read."""
    found = sha256()
    try:
        with files.open(name) as file:
            while block := file.read(_BLOCK):
                found.update(block)
    except (zipfile.BadZipFile, EOFError):
        return ""
    return found.hexdigest()


def _whole(files: _Files, name: str) -> bytes:
    try:
        with files.open(name) as file:
            return file.read()
    except (zipfile.BadZipFile, EOFError):
        return b""
