"""Tests of the ledger on SQLite and PostgreSQL: order, proofs, other writers, what is refused at the door."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.lines import ORIGIN, entries, entry, ring
from troth.evidence import merkle
from troth.evidence.bundle import export
from troth.evidence.errors import KeyMissing, LedgerBusy, LedgerDamaged
from troth.evidence.heads import check, parse
from troth.evidence.keyring import create, rotate
from troth.evidence.ledger import Projection, cite, prove_entry, prove_growth
from troth.evidence.open import open_ledger
from troth.evidence.sqlite import SqliteLedger
from troth.evidence.verify import verify
from troth.model.errors import NotFound, TrothError
from troth.state.link import open_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.evidence.ledger import Run
    from troth.model.entry import Entry


def statement(address: str, sql: str) -> None:
    """Change a ledger behind its back."""
    if address.startswith("postgresql"):
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql)
    else:
        direct = sqlite3.connect(address, isolation_level=None)
        direct.execute(sql)
        direct.close()


def test_append_and_read(address: str) -> None:
    """Entries get numbers in order and come back as they were, also from a second opening."""
    with open_ledger(address, signer=ring().signer) as ledger:
        assert [ledger.append(entries(n)) for n in (1, 3, 9, 2_500)] == [0, 1, 4, 13]
        assert ledger.append([]) == ledger.size() == 2_513
    with open_ledger(address) as ledger:
        read = list(ledger.read())
        assert [e.seq for e in read] == list(range(2_513))
        assert [e.counts["deleted"] for e in ledger.read(13, 16)] == [0, 1, 2]
        assert list(ledger.read(9_000)) == []


def test_percent_signs_in_a_query(address: str) -> None:
    """A pattern that stands in the statement itself finds entries on every engine, beside values and without."""
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append(entries(2))
        assert len(ledger.query("select seq from ledger_entry where body like '%kind%'")) == 2
        assert (
            len(ledger.query("select seq from ledger_entry where body like '%kind%' and seq > ?", (0,))) == 1
        )


def test_heads_are_signed_and_chained(address: str) -> None:
    """Every batch has a head that is signed, fits its entries, and names the head before."""
    with open_ledger(address, signer=ring().signer) as ledger:
        assert (ledger.head().size, ledger.head().root) == (0, merkle.EMPTY_ROOT)
        for n in (1, 2, 5):
            ledger.append(entries(n))
        leaves = [merkle.leaf_hash(body) for body in ledger.bodies()]
        heads = list(ledger.heads())
    assert [head.size for head in heads] == [1, 3, 8]
    for head in heads:
        peaks: list[bytes] = []
        for number in range(head.size):
            merkle.grow(peaks, number, [leaves[number]])
        assert merkle.fold(peaks) == head.root
        assert check(parse(head.note), ring().verifiers) == ring().verifiers[0]


def test_proofs_from_stored_hashes(address: str) -> None:
    """Inclusion and consistency proofs come from the stored hashes and hold."""
    with open_ledger(address, signer=ring().signer) as ledger:
        for _ in range(5):
            ledger.append(entries(7))
        heads, body = list(ledger.heads()), next(ledger.bodies(9, 10))
        for head in heads[1:]:
            proof = prove_entry(ledger, 9, head.size)
            assert merkle.included(merkle.leaf_hash(body), (9, head.size), proof, head.root)
        for older in heads:
            growth = prove_growth(ledger, older.size, 35)
            assert merkle.continues((older.size, older.root), (35, heads[-1].root), growth)
        evidence = cite(ledger, [9, 3, 9])
        assert (evidence.entries, evidence.size, evidence.origin) == ((3, 9), 35, ORIGIN)
        with pytest.raises(TrothError, match="no entry 35"):
            cite(ledger, [35])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_any_split_into_batches_gives_the_same_root(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
    """However entries are split into batches, the tree over them is the same."""
    folder = tmp_path_factory.mktemp("split")
    every = entries(sum(sizes))
    with SqliteLedger(folder / "a.db", signer=ring().signer) as parts:
        start = 0
        for size in sizes:
            assert parts.append(every[start : start + size]) == start
            start += size
        with SqliteLedger(folder / "b.db", signer=ring().signer) as whole:
            whole.append(every)
            assert whole.head().root == parts.head().root


def test_a_refused_entry_leaves_nothing(address: str) -> None:
    """One bad entry in a batch refuses the whole batch before anything is written."""
    with open_ledger(address, signer=ring().signer) as ledger:
        with pytest.raises(TrothError, match="e-mail"):
            ledger.append([entry(), entry(outcome="told jo@mail.example.org")])
        assert ledger.size() == 0


def _fail(run: Run, given: Sequence[Entry]) -> None:
    raise TrothError(f"{len(given)} refused")


def test_projection_and_entries_stand_or_fall_together(address: str) -> None:
    """A projection that fails takes its batch with it, and the ledger goes on."""
    failing = Projection("failing", frozenset({"finding"}), (), _fail)
    with open_ledger(address, signer=ring().signer, projections=[failing]) as ledger:
        ledger.append(entries(2))
        with pytest.raises(TrothError, match="1 refused"):
            ledger.append([entry(), entry(kind="finding")])
        assert ledger.append(entries(1)) == 2
        assert ledger.size() == 3


def test_two_openings_take_turns(address: str) -> None:
    """Two writers on one ledger give one history: each takes up what the other wrote."""
    with open_ledger(address, signer=ring().signer) as one, open_ledger(address, signer=ring().signer) as two:
        assert [ledger.append(entries(3)) for ledger in (one, two, two, one)] == [0, 3, 6, 9]
        assert one.head() == two.head()


def test_entries_in_the_transaction_of_somebody_else(address: str, tmp_path: Path) -> None:
    """Entries that join a transaction are there once it is, and gone with it when it is undone; the tree stays whole."""
    with open_ledger(address, signer=ring().signer) as ledger, closing(open_link(address)) as link:
        assert link.place == ledger.place
        ledger.append(entries(3))

        def work(run: Run, count: int) -> int:
            return ledger.join(run, entries(count, 3))

        def undone(run: Run) -> int:
            work(run, 5)
            raise KeyboardInterrupt

        assert link.write(lambda run: work(run, 2)) == 3
        with pytest.raises(KeyboardInterrupt):
            link.write(undone)
        assert ledger.size() == 5
        assert link.write(lambda run: work(run, 9)) == ledger.append(entries(1)) - 9 == 5
        assert link.write(lambda run: work(run, 0)) == 15
        export(ledger, tmp_path / "whole.zip")
    verdict = verify(tmp_path / "whole.zip")
    assert (verdict.size, verdict.findings) == (15, [])


def append_often(address: str, times: int) -> None:
    """Append from another process."""
    with open_ledger(address, signer=ring().signer) as ledger:
        for _ in range(times):
            ledger.append(entries(2))


def test_two_processes_and_a_reader(address: str) -> None:
    """Two processes that append at once lose nothing, and a reader meanwhile always sees a whole ledger."""
    open_ledger(address, signer=ring().signer).close()
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=append_often, args=(address, 25)) for _ in range(2)]
    for writer in writers:
        writer.start()
    with open_ledger(address) as reader:
        while any(writer.is_alive() for writer in writers):
            head = reader.head()
            assert sum(1 for _ in reader.read(0, head.size)) == head.size
    assert [writer.exitcode for writer in writers] == [0, 0]
    with open_ledger(address) as reader:
        assert reader.size() == 100
        assert [e.seq for e in reader.read()] == list(range(100))


def test_a_writer_that_takes_too_long(tmp_path: Path) -> None:
    """Who can not get in for too long is told so, and nothing was written."""
    path = tmp_path / "ledger.db"
    with (
        SqliteLedger(path, signer=ring().signer) as one,
        SqliteLedger(path, signer=ring().signer, patience=0.05) as two,
    ):
        inside, done = threading.Event(), threading.Event()

        def hold(_: Run) -> None:
            inside.set()
            done.wait(10)

        holder = threading.Thread(target=one.write, args=(hold,))
        holder.start()
        inside.wait(10)
        with pytest.raises(LedgerBusy, match="nothing was written"):
            two.append(entries(1))
        done.set()
        holder.join()
        assert two.append(entries(1)) == 0


def test_reading_only(address: str) -> None:
    """Without a signing key a ledger can be read and not written."""
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append(entries(1))
    with open_ledger(address) as ledger:
        assert ledger.size() == 1
        with pytest.raises(TrothError, match="reading only"):
            ledger.append(entries(1))


def test_an_entry_that_was_changed_at_the_end(address: str) -> None:
    """A last entry that was changed behind the ledger's back is noticed when it is opened."""
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append(entries(5))
    statement(address, "update ledger_entry set body = replace(body, 'erase', 'keep') where seq = 4")
    with pytest.raises(LedgerDamaged, match=r"entry 4 of .* was changed"):
        open_ledger(address)


def test_entries_that_were_cut_off(address: str) -> None:
    """Missing entries at the end are noticed when it is opened."""
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append(entries(5))
    statement(address, "delete from ledger_entry where seq >= 3")
    with pytest.raises(LedgerDamaged, match="ends after 3 entries, but its signed head covers 5"):
        open_ledger(address, signer=ring().signer)


def test_hashes_that_were_changed(address: str) -> None:
    """Stored hashes that do not lead to the head are noticed when it is opened."""
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append(entries(5))
    column = "decode(repeat('00', 64), 'hex')" if "postgresql" in address else "zeroblob(64)"
    statement(address, f"update ledger_entry set hashes = {column} where seq = 3")
    with pytest.raises(LedgerDamaged, match=r"lead to the signed head|lost its hashes"):
        open_ledger(address)


def test_a_head_that_was_forged(address: str) -> None:
    """A head whose text was changed has no valid signature any more."""
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append(entries(3))
        ledger.append(entries(2))
    statement(
        address, "update ledger_head set note = replace(note, 'previous ', 'previous A') where size = 5"
    )
    with pytest.raises(LedgerDamaged, match="wrong signature"):
        open_ledger(address)


def test_a_newer_schema(address: str) -> None:
    """A ledger of a newer Troth is refused by its number, for reading and for writing."""
    open_ledger(address, signer=ring().signer).close()
    statement(address, "update ledger_meta set value = '7' where key = 'schema'")
    for signer in (None, ring().signer):
        with pytest.raises(TrothError, match=r"newer Troth \(schema 7; this one knows 1\)"):
            open_ledger(address, signer=signer)


def test_the_ledger_of_another_name(address: str) -> None:
    """A key ring of another ledger is refused."""
    open_ledger(address, signer=ring().signer).close()
    with pytest.raises(TrothError, match=r"is the ledger of `test.example/troth`, not of `other`"):
        open_ledger(address, signer=create("other").signer)


def test_another_key_of_the_same_name(address: str) -> None:
    """A stranger's key ring with the right name can not go on where the real one stopped."""
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append(entries(1))
    with pytest.raises(KeyMissing, match="signed by a key that is not known"):
        open_ledger(address, signer=create(ORIGIN).signer)


def test_a_new_signing_key(address: str) -> None:
    """After a rotation the old heads are still believed and the new key signs."""
    older, newer = ring(), rotate(ring(), "signing")
    with open_ledger(address, signer=older.signer) as ledger:
        ledger.append(entries(1))
    with open_ledger(address, signer=newer.signer, verifiers=newer.verifiers) as ledger:
        ledger.append(entries(1))
        assert ledger.verifiers() == newer.verifiers
        assert check(ledger.head(), ledger.verifiers()) == newer.verifiers[1]


def test_a_file_that_is_cut_short(tmp_path: Path) -> None:
    """A file that lost its end is refused when it is opened."""
    path = tmp_path / "ledger.db"
    with SqliteLedger(path, signer=ring().signer) as ledger:
        ledger.append(entries(500))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(LedgerDamaged, match=r"ledger.db is (cut short|damaged)"):
        SqliteLedger(path)


@pytest.mark.parametrize(
    "content", [b"hello, I am a text file\n" * 50, b"SQLite format 3\x00" + b"\x07" * 4096]
)
def test_a_file_that_is_no_ledger(tmp_path: Path, content: bytes) -> None:
    """A file that is something else is refused in words and left as it is."""
    path = tmp_path / "ledger.db"
    path.write_bytes(content)
    for signer in (None, ring().signer):
        with pytest.raises(LedgerDamaged, match=r"ledger\.db is"):
            SqliteLedger(path, signer=signer)
    assert path.read_bytes() == content


def test_a_database_that_holds_something_else(address: str) -> None:
    """A database without a ledger is refused for reading."""
    statement(address, "create table cats (name text)")
    with pytest.raises(LedgerDamaged, match="ledger of Troth"):
        open_ledger(address)


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    """Reading a ledger that does not exist makes none."""
    with pytest.raises(NotFound, match=r"no ledger nowhere.db"):
        open_ledger(str(tmp_path / "nowhere.db"))
    assert list(tmp_path.iterdir()) == []


def test_addresses(tmp_path: Path) -> None:
    """A ledger is found by its file or URL, and an engine that it can not be kept in is named."""
    with open_ledger(f"sqlite:///{tmp_path}/a.db", signer=ring().signer) as ledger:
        ledger.append(entries(1))
    assert Path(tmp_path / "a.db").exists()
    with pytest.raises(TrothError, match="can not be kept in `mysql`"):
        open_ledger("mysql://root@localhost/x")


def test_a_server_that_is_not_there() -> None:
    """A dead server gives one sentence that does not repeat the address or password."""
    with pytest.raises(TrothError, match="does not answer") as error:
        open_ledger("postgresql://jo:secret@127.0.0.1:1/db", signer=ring().signer)
    assert "secret" not in str(error.value) + error.value.hint
    assert error.value.__cause__ is None


def test_durable_and_private(tmp_path: Path) -> None:
    """The writer waits for the disk, overwrites what it deletes, and the file is its owner's alone."""
    path = tmp_path / "ledger.db"
    with SqliteLedger(path, signer=ring().signer) as ledger:
        read = ledger.write(
            lambda run: [
                run(f"pragma {name}", ())[0][0] for name in ("synchronous", "secure_delete", "journal_mode")
            ]
        )
        assert read == [2, 1, "wal"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
