"""Tests of the files of requests: sealed, replaced only by who saw the last one, gone for good in the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.evidence.lines import OTHER, SUBJECT, ring
from troth.duties.requestfile import RequestFiles
from troth.evidence.errors import KeyMissing, LedgerDamaged
from troth.evidence.keyring import rotate
from troth.evidence.keys import SubjectKeys
from troth.evidence.open import open_ledger
from troth.model.errors import NotFound
from troth.state.migrate import migrate

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FILE = {"person": [["email", "jo@mail.example.org"]], "text": "请删除我的资料", "channel": "portal"}


@pytest.fixture(params=["sqlite", "postgresql"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RequestFiles]:
    """The files of a state that is up to date, on each engine in turn."""
    address = str(tmp_path / "state.db")
    if request.param == "postgresql":
        address = str(request.getfixturevalue("postgres_url"))
    migrate(address)
    with open_ledger(address, signer=ring().signer) as ledger:
        yield RequestFiles(ledger, ring())


def test_a_file_comes_back(files: RequestFiles) -> None:
    """What was saved comes back, and a name that is taken is refused and changes nothing."""
    assert files.save("1", SUBJECT, NOW, FILE)
    assert not files.save("1", OTHER, NOW, {"text": "another"})
    assert files.open("1") == FILE
    assert files.save("2", SUBJECT, NOW - timedelta(days=1), {})
    assert files.save("3", OTHER, NOW, {})
    assert files.of([SUBJECT]) == ["2", "1"]
    files.write("1", FILE | {"sent": 1})
    assert files.open("1")["sent"] == 1


def test_nothing_is_readable(files: RequestFiles) -> None:
    """The tables hold nothing of a file in clear, and a file that is moved to another request does not open."""
    files.save("1", SUBJECT, NOW, FILE)
    files.save("2", SUBJECT, NOW, {})
    rows = [
        *files.tables.query("select * from request_file"),
        *files.tables.query("select * from subject_key"),
    ]
    assert "mail.example" not in str(rows)
    assert "portal" not in str(rows)
    moved = files.sealed("1")
    files.tables.write(lambda run: run("update request_file set sealed = ? where request = '2'", (moved,)))
    with pytest.raises((LedgerDamaged, KeyMissing)):
        files.open("2")
    assert "jo@" not in repr(files)


def test_swap(files: RequestFiles) -> None:
    """Of two who replace the same file one is told that the other was faster."""
    files.save("1", SUBJECT, NOW, {"tries": 0})
    seen = files.sealed("1")
    assert files.swap("1", seen, {"tries": 1})
    assert not files.swap("1", seen, {"tries": 2})
    assert files.open("1") == {"tries": 1}


def test_destroyed(files: RequestFiles) -> None:
    """A destroyed file is gone with its key, twice is no error, and nothing brings it back."""
    files.save("1", SUBJECT, NOW, FILE)
    files.save("2", SUBJECT, NOW, FILE)
    left = files.destroy("1")
    assert left == files.destroy("1")
    assert bool(left) == ("server" in left)
    assert files.tables.query("select subject from subject_key") == [("request-2",)]
    for work in (lambda: files.open("1"), lambda: files.write("1", {}), lambda: files.swap("1", "", {})):
        with pytest.raises(NotFound, match="no file of request `1`"):
            work()
    assert files.tables.query("select subject from subject_key") == [("request-2",)]
    assert files.open("2") == FILE


def test_all_together(files: RequestFiles) -> None:
    """All files are read together; one that is damaged or without a key is told apart and hides no other."""
    for name in ("1", "2", "3", "4"):
        files.save(name, SUBJECT, NOW, {"number": name})
    files.tables.write(lambda run: run("update request_file set sealed = 'x' where request = '2'", ()))
    files.tables.write(lambda run: run("delete from subject_key where subject = 'request-3'", ()))
    found = files.all_open()
    assert (found["1"], found["4"]) == ({"number": "1"}, {"number": "4"})
    assert isinstance(found["2"], LedgerDamaged)
    assert isinstance(found["3"], KeyMissing)


def test_a_wrapping_key_is_replaced(files: RequestFiles) -> None:
    """Files stay readable when their keys are wrapped again under a new key of the ring."""
    files.save("1", SUBJECT, NOW, FILE)
    newer = rotate(ring(), "wrapping")
    assert SubjectKeys(files.tables, newer).rewrap() == 1
    assert RequestFiles(files.tables, newer).open("1") == FILE
