"""Tests of migrations: the tables that come out, what was there before, newer states, several at once."""

from __future__ import annotations

import multiprocessing
import re
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from tests.evidence.lines import entries, ring
from tests.house.tree import SOURCE, modules
from tests.state.catalog import catalog, tables
from troth.duties.docket import DOCKET
from troth.enforcement.journal import Journal
from troth.enforcement.sweepbook import SweepBook
from troth.evidence.acceptance import ACCEPTANCES
from troth.evidence.bysubject import BY_SUBJECT
from troth.evidence.keys import KEYS
from troth.evidence.open import open_ledger
from troth.evidence.restriction import RESTRICTIONS
from troth.evidence.state import CONSENTS, REQUESTS
from troth.model.errors import TrothError
from troth.state.link import open_link
from troth.state.migrate import NEWEST, migrate
from troth.state.upgrade import script

PROJECTIONS = (KEYS, CONSENTS, REQUESTS, DOCKET, RESTRICTIONS, ACCEPTANCES, BY_SUBJECT)
OF_STATE = {"alembic_version", "request_file", "task"}  # that nobody else makes


def by_themselves(address: str, count: int = 0) -> None:
    """Let ledger and journal make their tables, as before there were migrations, and write some entries."""
    with open_ledger(address, signer=ring().signer, projections=PROJECTIONS) as ledger:
        ledger.append(entries(count))
    with Journal(address, ring()) as journal:
        SweepBook(journal)


def statement(address: str, sql: str) -> None:
    """Change a state behind its back."""
    with closing(open_link(address)) as link:
        link.write(lambda run: run(sql, ()))


def test_the_same_tables(address: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Migrations make exactly the tables that ledger and journal would make by themselves, and those of state."""
    migrate(address)
    migrated = {row for row in catalog(address) if row[0] not in OF_STATE}
    assert tables(address) >= OF_STATE
    other = str(tmp_path / "other.db")
    if address.startswith("postgresql"):
        statement(address, "create schema other")
        other = f"{address}?options=-csearch_path%3Dother"
    by_themselves(other)
    made = {
        tuple(word.replace("other.", "public.") if isinstance(word, str) else word for word in row)
        for row in catalog(other)
    }
    assert migrated == made


def test_no_table_is_forgotten(address: str) -> None:
    """Every table that some room of the house makes for Troth itself is made by migrations too."""
    migrate(address)
    made = re.compile(r"create table (?:if not exists )?([a-z_]+) \(")
    named = {
        name
        for path in modules(SOURCE)
        if "stores" not in path.parts
        for name in made.findall(path.read_text("utf-8"))
    }
    assert named - tables(address) == set()


def test_ledger_and_journal_begin_in_a_migrated_state(address: str) -> None:
    """Ledger and journal work in one database that migrations made, at the same time."""
    migrate(address)
    with (
        open_ledger(address, signer=ring().signer, projections=PROJECTIONS) as ledger,
        Journal(address, ring()) as journal,
        open_ledger(address) as reader,
    ):
        for number in range(3):
            ledger.append(entries(2))
            with journal.alone():
                journal.fault(number, {(0, "main.people"): "why"})
        assert (reader.size(), ledger.size()) == (6, 6)
        assert journal.faults_by_person(2)[0][0].why == "why"
    migrate(address)


def test_a_state_from_before_is_adopted(address: str) -> None:
    """A database whose tables were made without migrations gets what is missing and loses nothing."""
    by_themselves(address, 5)
    before = catalog(address)
    migrate(address)
    assert {row for row in catalog(address) if row[0] not in OF_STATE} == before
    with open_ledger(address, signer=ring().signer) as ledger:
        assert ledger.append(entries(1)) == 5


def test_half_a_state_is_adopted(address: str) -> None:
    """A database that holds only a journal gets the other tables."""
    Journal(address, ring()).close()
    migrate(address)
    half = catalog(address)
    migrate(address)
    assert catalog(address) == half
    assert tables(address) >= OF_STATE | {"ledger_entry", "consent_state", "job"}


def test_a_newer_state_is_refused(address: str) -> None:
    """A state of a newer Troth is refused in one sentence, and nothing in it is changed."""
    migrate(address)
    statement(address, "drop table task")
    statement(address, "update alembic_version set version_num = '9999'")
    before = catalog(address)
    with pytest.raises(TrothError, match="was written by a newer Troth; nothing was changed") as refused:
        migrate(address)
    assert "update Troth" in refused.value.hint
    assert catalog(address) == before


def test_all_or_nothing(address: str) -> None:
    """A migration that fails half-way leaves the database as it was."""
    statement(address, "create table chunk (id integer primary key)")
    before = catalog(address)
    with pytest.raises(TrothError, match="does not work"):
        migrate(address)
    assert catalog(address) == before


def test_several_at_once(address: str) -> None:
    """Processes that start at the same moment all find a whole state."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        pool.map(migrate, [address] * 8, chunksize=1)
    assert tables(address) >= OF_STATE | {"ledger_entry", "job"}
    with closing(open_link(address)) as link:
        assert link.query("select version_num from alembic_version") == [(NEWEST,)]


def test_quiet_and_quick(address: str) -> None:
    """Nothing is printed, and a state that is up to date is opened without Alembic and without an engine."""
    code = (
        "import sys; from troth.state.migrate import migrate; migrate(sys.argv[1]);"
        " print(sorted({'alembic', 'sqlalchemy'} & set(sys.modules)))"
    )
    said = [
        subprocess.run([sys.executable, "-c", code, address], check=True, capture_output=True, text=True)
        for _ in range(2)
    ]
    assert [one.stdout for one in said] == ["['alembic', 'sqlalchemy']\n", "[]\n"]
    assert [one.stderr for one in said] == ["", ""]


def test_newest_is_the_last_revision() -> None:
    """The revision that a start looks for is the last of the scripts, and they stand in one line."""
    assert ScriptDirectory.from_config(script()).get_heads() == [NEWEST]


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    """A state that is made is readable by its owner only."""
    migrate(tmp_path / "state.db")
    assert stat.S_IMODE((tmp_path / "state.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("no/such/folder/state.db", "can not be made"),
        ("postgresql://ann:geheim@127.0.0.1:1/x", "does not answer"),
        ("oracle://x/y", "can not keep its own tables in `oracle`"),
        ("sqlite://", "names no file"),
    ],
)
def test_a_wrong_address(address: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place that can not be had is one sentence without the password."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TrothError, match=words) as refused:
        migrate(address)
    assert "geheim" not in f"{refused.value} {refused.value.hint}"


def test_no_state(tmp_path: Path) -> None:
    """A file that is no database is refused and left alone."""
    (tmp_path / "state.db").write_text("a letter to somebody, longer than any header of a database" * 20)
    with pytest.raises(TrothError, match="damaged or no database"):
        migrate(tmp_path / "state.db")
    assert (tmp_path / "state.db").read_text().startswith("a letter")
