"""The encrypted file of a bundle: it opens with its passphrase, and no change to it goes unnoticed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from troth.enforcement.container import CHUNK, open_file, seal_file
from troth.model.errors import TrothError

PHRASE = "correct horse battery"


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_round_trip(tmp_path: Path, size: int) -> None:
    """A file of any size comes back as it was, also with the passphrase typed in full width."""
    plain = os.urandom(size)
    (tmp_path / "a.zip").write_bytes(plain)
    seal_file(tmp_path / "a.zip", tmp_path / "a.sealed", PHRASE)
    wide = "".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in PHRASE)
    open_file(tmp_path / "a.sealed", tmp_path / "b.zip", wide)
    assert (tmp_path / "b.zip").read_bytes() == plain
    assert size < 16 or plain[:16] not in (tmp_path / "a.sealed").read_bytes()


def test_every_change_is_noticed(tmp_path: Path) -> None:
    """A changed, missing, doubled or swapped piece, a cut end and a wrong passphrase open nothing and leave nothing."""
    (tmp_path / "a.zip").write_bytes(os.urandom(2 * CHUNK + 5))
    seal_file(tmp_path / "a.zip", tmp_path / "a.sealed", PHRASE)
    sealed = (tmp_path / "a.sealed").read_bytes()
    head, piece = sealed[:34], CHUNK + 16
    first, second, last = (
        sealed[34 : 34 + piece],
        sealed[34 + piece : 34 + 2 * piece],
        sealed[34 + 2 * piece :],
    )
    wrong = [
        head + second + first + last, head + first + last, head + first + second, head + first, head,
        head + first + first + last, sealed + b"x", sealed[:-1], b"", b"PK\x03\x04" + sealed[4:],
        *(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :] for place in (9, 10, 12, 30, 40, len(sealed) - 1)),
    ]  # fmt: skip
    for number, content in enumerate(wrong):
        (tmp_path / "wrong").write_bytes(content)
        with pytest.raises(TrothError):
            open_file(tmp_path / "wrong", tmp_path / "out", PHRASE)
        assert not (tmp_path / "out").exists(), number
        assert not (tmp_path / "out.part").exists(), number
    with pytest.raises(TrothError, match="does not open"):
        open_file(tmp_path / "a.sealed", tmp_path / "out", "another phrase")


def test_short_passphrase(tmp_path: Path) -> None:
    """A passphrase that is guessed in no time is refused before anything is written."""
    (tmp_path / "a.zip").write_bytes(b"x")
    with pytest.raises(TrothError, match="at least 12 characters"):
        seal_file(tmp_path / "a.zip", tmp_path / "a.sealed", "short")
    assert not (tmp_path / "a.sealed").exists()
