"""What goes wrong around a project: one clear message, the right exit code, nothing half-done, nothing lost, no secret."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.enforcement import scene
from tests.project.permissions import PASSWORD, as_user
from tests.project.shop import Shop, make_shop
from troth.app.project import open_project
from troth.duties import intake
from troth.duties.carry import carry
from troth.duties.intake import Asked
from troth.duties.repeats import CODES_A_DAY
from troth.settings import load
from troth.stores.errors import StoreGone

ADA = ("-s", "email=ada@example.org", "--verified", "session")
ERASE = ("request", "erase", *ADA, "--no-undo", "test")
READ = {"postgresql": "select", "mysql": "select, create temporary tables"}
PERSONAL = ("ada@example.org", "Lovelace", "leave it at the door")


def kept_apart(shop: Shop, *said: str) -> None:
    """Neither what was said nor the state holds a value of a row or a password."""
    state = b"".join(path.read_bytes() for path in sorted(shop.folder.glob("state.db*")))
    for value in (*PERSONAL, PASSWORD):
        assert value.encode() not in state
        assert all(value not in text for text in said)


@pytest.fixture(params=["postgres_url", "mariadb_url"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    """A project over a shop on a server."""
    return make_shop(tmp_path, {"shop": request.getfixturevalue(request.param)})


def test_user_that_may_only_read(served: Shop) -> None:
    """An erasure by a user that may only read changes nothing, names the table, and is done once the user may write."""
    before = served.everything()
    with as_user(served, READ) as reader:
        assert reader.troth("request", "access", *ADA).code == 0
        done = reader.troth(*ERASE)
        assert (done.code, "may not read or write the table orders" in done.out) == (1, True)
        assert "shop.orders" in done.out
        again = reader.troth("keep")
        assert again.code == 1
    assert served.everything() == before
    kept_apart(served, done.out, done.err, again.out, again.err)
    assert served.troth("keep").code == 0
    assert [row[0] for row in served.rows("customers")] == [2, 3]


def test_user_that_may_nothing(served: Shop) -> None:
    """A user without any right ends every command with one message and leaves no trace of a request."""
    with as_user(served, "") as nobody:
        for words in (("request", "access", *ADA), ERASE):
            done = nobody.troth(*words)
            assert done.code == 2, done.out
            assert done.err.startswith("error: ")
            kept_apart(served, done.out, done.err)
    assert served.json("requests", "--all") == {"requests": []}


def test_user_that_may_not_read_one_table(served: Shop) -> None:
    """Where the user may not read one table, the message names that table."""
    url = served.urls["shop"]
    with as_user(served, "") as clerk:
        name = f"clerk_{urlsplit(url).path.lstrip('/')[-8:]}"
        who = f"'{name}'@'%'" if url.startswith("my") else name
        for table in ("customers", "tickets"):
            scene.run(url, f"grant select on {table} to {who}")
        scene.run(url, f"grant insert on orders to {who}")
        if url.startswith("my"):
            refused = clerk.troth("request", "access", *ADA)
            assert "may not create temporary tables" in refused.out + refused.err
            scene.run(url, f"grant create temporary tables on `{urlsplit(url).path.lstrip('/')}`.* to {who}")
        done = clerk.troth("request", "portability", *ADA)
        assert done.code != 0
        assert "may not read or write the table orders" in done.out + done.err
        kept_apart(served, done.out, done.err)


def test_no_store(little: Shop) -> None:
    """A project whose settings name no store needs somebody, and says so."""
    file = little.folder / "troth.toml"
    text = file.read_text("utf-8")
    assert little.troth("status").code == 0
    file.write_text(text.split("[stores.")[0], "utf-8")
    done = little.troth("status")
    assert (done.code, "troth.toml names no store" in done.out) == (1, True)


def test_new_column_of_rows_that_stay(shop: Shop) -> None:
    """A column that came after the review keeps an erasure open where its rows stay, until somebody has looked at it."""
    file = shop.folder / "map.toml"
    text = file.read_text("utf-8")
    assert 'name = "tickets"\nrole = "shared"' in text
    scene.run(shop.urls[shop.help], "alter table tickets add column phone varchar(40)")
    done = shop.troth(*ERASE)
    assert (done.code, "phone is new and not in the map" in done.out) == (1, True)
    assert shop.troth("map", "check").code == 1
    file.unlink()
    assert shop.troth("map", "propose", "--person", "shop.customers").code == 0
    assert shop.troth("keep").code == 0
    assert [row[0] for row in shop.rows("customers")] == [2, 3]


def test_column_that_is_gone(shop: Shop) -> None:
    """A link that was renamed since the review is named; the other tables are given, and nothing is erased half."""
    scene.run(shop.urls["shop"], "alter table orders rename column customer_id to buyer")
    done = shop.troth("request", "access", *ADA)
    assert (done.code, "shop.orders: the table has changed" in done.out) == (1, True)
    assert f"{shop.help}.tickets: 1 collected" in done.out
    done = shop.troth(*ERASE)
    assert (done.code, "shop.orders: the table has changed" in done.out) == (1, True)
    assert [row[0] for row in shop.rows("customers")] == [1, 2, 3]
    scene.run(shop.urls["shop"], "alter table orders rename column buyer to customer_id")
    assert shop.troth("keep").code == 0
    assert [row[0] for row in shop.rows("customers")] == [2, 3]


def test_plan_over_a_changed_table(little: Shop, tmp_path: Path) -> None:
    """A table that changes between plan and keep is said, and the rest of the plan is not done either."""
    asked = Asked(right="erase", person=scene.by(email="ada@example.org"), method="session")
    with open_project(load(little.folder, {}), clock=lambda: datetime.now(UTC) - timedelta(days=5)) as opened:
        assert intake.receive(opened.desk, asked).state == "waiting"
    plan = tmp_path / "plan.json"
    before = little.everything()
    assert little.troth("plan", "-o", plan).code == 0
    scene.run(little.urls["shop"], "alter table orders rename column customer_id to buyer")
    done = little.troth("keep", "--plan", plan)
    assert done.code in {1, 2}, done.out
    scene.run(little.urls["shop"], "alter table orders rename column buyer to customer_id")
    assert little.everything() == before


def test_state_that_was_lost(little: Shop) -> None:
    """A project whose ledger is gone says so, and never begins a new one."""
    (little.folder / "state.db").rename(little.folder / "away")
    for words in (("status",), ("request", "access", *ADA), ("keep",), ("evidence", little.folder / "e.zip")):
        done = little.troth(*words)
        assert (done.code, "its ledger and its requests are gone" in done.err) == (2, True)
    assert not (little.folder / "state.db").exists()
    sqlite3.connect(little.folder / "state.db").close()
    assert little.troth("status").code == 2


def test_state_of_a_newer_troth(little: Shop) -> None:
    """A state that a newer Troth wrote is refused and left as it is."""
    file = little.folder / "state.db"
    scene.run(f"sqlite:///{file}", "update alembic_version set version_num = '9999'")
    before = file.read_bytes()
    for words in (("status",), ERASE, ("keep",), ("purge",)):
        done = little.troth(*words)
        assert (done.code, "written by a newer Troth" in done.err) == (2, True)
    assert file.read_bytes() == before


def test_damaged_state(little: Shop) -> None:
    """A state that is no database is called damaged, and restoring its copy is the advice."""
    (little.folder / "state.db").write_bytes(b"this was a ledger once" * 100)
    done = little.troth("status")
    assert (done.code, "restore it from its copy" in done.err) == (2, True)


def test_keys(little: Shop) -> None:
    """Keys that are missing, open to others or no keys stop every command before anything happens."""
    file = little.folder / "keys.json"
    kept = file.read_bytes()
    file.chmod(0o644)
    done = little.troth("request", "access", *ADA)
    assert (done.code, "others can read the key ring" in done.err) == (2, True)
    file.chmod(0o600)
    file.write_bytes(b'{"a": 1}')
    done = little.troth("keep")
    assert (done.code, "is not a key ring" in done.err) == (2, True)
    file.unlink()
    done = little.troth(*ERASE)
    assert (done.code, "restore it from its copy" in done.err) == (2, True)
    file.write_bytes(kept)
    file.chmod(0o600)
    assert little.json("requests", "--all") == {"requests": []}


@pytest.mark.parametrize("change", [("{#s2 erase}", "{?}"), ("must erase all", "must erse all")])
def test_policy_that_no_longer_checks(little: Shop, change: tuple[str, str]) -> None:
    """A policy that was edited and does not check is neither adopted nor carried out."""
    file = little.folder.parent / "policy.troth.md"
    file.write_text(file.read_text("utf-8").replace(*change), "utf-8")
    adopted = sorted((little.folder / "policies").iterdir())
    for words in (("status",), ERASE, ("plan",), ("keep",), ("decide", "use", "name")):
        done = little.troth(*words)
        assert (done.code, "the policy does not check" in done.err) == (2, True)
    assert sorted((little.folder / "policies").iterdir()) == adopted


def test_map_that_is_no_toml(little: Shop) -> None:
    """A map that can not be read is named with its line, and nothing happens."""
    with (little.folder / "map.toml").open("a", encoding="utf-8") as file:
        file.write("x = [\n")
    done = little.troth(*ERASE)
    assert (done.code, "the map is not TOML" in done.err) == (2, True)
    assert len(little.rows("customers")) == 3


FULL = """
import resource, signal, sys
from troth.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
main(sys.argv[2:])
"""


def run_in(size: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """A command whose files may not grow beyond a size, as on a disk that is full."""
    given = [sys.executable, "-c", FULL, str(size), *map(str, words)]
    environ = {name: text for name, text in os.environ.items() if name != "TROTH_TRACE"}
    return subprocess.run(given, capture_output=True, text=True, check=False, env=environ)


@pytest.mark.parametrize("size", [0, 4096, 30_000, 120_000, 200_000])
def test_full_disk(little: Shop, size: int) -> None:
    """On a full disk an erasure and a copy end with a message, and succeed as a whole once there is space."""
    for words in (("request", "access", *ADA), ERASE):
        done = run_in(size, *words, "--project", little.folder)
        assert done.returncode in {0, 1, 2}, done.stderr
        assert "Traceback" not in done.stderr
        assert "fault of its own" not in done.stderr
        kept_apart(little, done.stdout, done.stderr)
    assert not list((little.folder / "answers").glob("*.part"))
    little.troth("keep")
    told = little.json(*ERASE)
    assert told["state"] in {"done", "nothing found", "joined"}
    assert [row[0] for row in little.rows("customers")] == [2, 3]
    assert little.json("verify")["verdict"] == "intact"


def test_store_that_is_gone(little: Shop) -> None:
    """A database file that is gone is named, and no empty one appears in its place."""
    file = little.folder.parent / "shop.db"
    shutil.move(file, file.with_suffix(".away"))
    for words in (("map", "check"), ("request", "access", *ADA), ERASE, ("keep",)):
        done = little.troth(*words)
        assert (done.code, "there is no such file" in done.err) == (2, True)
    assert not file.exists()


def cut(url: str) -> None:
    """End every other connection to a database, as a server does that dies."""
    engine = scene.database(url)
    maria = url.startswith("mysql")
    find = (
        "select id from information_schema.processlist where db = database() and id <> connection_id()"
        if maria
        else "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    )
    with engine.connect() as link:
        for (number,) in link.exec_driver_sql(find).fetchall():
            link.exec_driver_sql(f"kill {number}" if maria else f"select pg_terminate_backend({number})")
    engine.dispose()


@pytest.mark.parametrize("moment", ["+ journal keys", "- journal keys", "+ commit shop"])
def test_server_that_dies_in_mid_erasure(served: Shop, moment: str) -> None:
    """A server that dies while rows are written leaves all of them; the request stays open, and `keep` finishes it."""
    before = served.everything()
    seen: list[str] = []

    def watch(event: str) -> None:
        if event == moment and not seen:
            seen.append(event)
            cut(served.urls["shop"])

    asked = Asked(right="erase", person=scene.by(email="ada@example.org"), method="session", no_undo="test")
    with open_project(load(served.folder, {}), watch=watch) as opened:
        life = intake.receive(opened.desk, asked)
        try:
            outcome = carry(opened.desk, life).outcome
            said = str(outcome.reasons) if outcome else ""
        except StoreGone as error:
            said = error.message
    assert seen == [moment]
    assert "can not be reached" in said
    kept_apart(served, said)
    assert served.everything() == before
    assert [one["state"] for one in served.json("requests")["requests"]] in (["partly"], ["running"])
    assert served.troth("keep").code == 0
    assert [row[0] for row in served.rows("customers")] == [2, 3]
    assert served.json("verify")["verdict"] == "intact"


def test_locked_table(served: Shop) -> None:
    """A table that somebody else holds is waited for; the message names it, and later the request is finished."""
    before = served.everything()
    engine = scene.database(served.urls["shop"])
    with engine.connect() as link:
        transaction = link.begin()
        link.exec_driver_sql("update orders set total = 1 where id = 1")
        done = served.troth(*ERASE)
        transaction.rollback()
    engine.dispose()
    assert (done.code, "locked by somebody else" in done.out + done.err) == (1, True)
    kept_apart(served, done.out, done.err)
    assert served.everything() == before
    assert served.troth("keep").code == 0
    assert [row[0] for row in served.rows("customers")] == [2, 3]


def test_unknown_person_beside_a_gap(little: Shop) -> None:
    """Where a table can not be searched, a request for somebody unknown says both: nobody is found, and what is missing."""
    file = little.folder / "map.toml"
    scene.run(little.urls["shop"], "create table visits (id integer primary key, page varchar(80))")
    file.write_text(
        file.read_text("utf-8")
        + '\n[[table]]\nstore = "shop"\nname = "visits"\nrole = "owned"\nkey = ["id"]\n'
        + '[table.columns]\npage = { category = "web" }\n',
        "utf-8",
    )
    nobody = ("-s", "email=nobody@example.org", "--verified", "session")
    for words in (("request", "access", *nobody), ("request", "erase", *nobody, "--no-undo", "test")):
        done = little.troth(*words)
        assert (done.code, "nobody is found" in done.out, "shop.visits" in done.out) == (1, True, True)


def test_more_codes_than_one_person_is_sent(little: Shop) -> None:
    """A request beyond the codes of a day is taken down with its clock, says so, and can be confirmed another way."""
    for _ in range(CODES_A_DAY):
        assert little.json("request", "access", "-s", "email=ada@example.org")["state"] == "identity asked"
    done = little.troth("request", "access", "-s", "email=ada@example.org")
    assert (done.code, f"request {CODES_A_DAY + 1}: access, received" in done.out) == (0, True)
    assert "too many codes today" in done.out
    assert "due 2" in done.out
    assert little.troth("request", "code", str(CODES_A_DAY + 1)).code == 2
    confirmed = little.json("request", "confirm", str(CODES_A_DAY + 1), "--method", "document")
    assert confirmed["state"] == "done"


def test_request_while_a_store_is_away(little: Shop) -> None:
    """Who enters a request while a store is away is told that it was not taken down."""
    place = little.folder.parent / "shop.db"
    place.rename(little.folder.parent / "away.db")
    told = little.troth("request", "access", "-s", "email=ada@example.org")
    assert (told.code, "the request was not taken down: enter it again" in told.err) == (2, True)
    (little.folder.parent / "away.db").rename(place)
    assert little.json("requests", "--all")["requests"] == []


def run(folder: Path, command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command line of a shell in the folder of a project."""
    line = command.replace("troth", f"{sys.executable} -c 'from troth.cli import main; main()'")
    given = {**os.environ, **environ}
    return subprocess.run(["bash", "-c", line], cwd=folder, env=given, capture_output=True, text=True, check=False)  # fmt: skip


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("troth verify --json >&-", 0, ""),
        ("troth status >&-", 0, ""),
        ("troth request ask -s email=ada@example.org --text - <&-", 2, "says nothing"),
        (r"printf '\xff\xfe' | troth request ask -s email=ada@example.org --text -", 2, "text in UTF-8"),
        ("troth request ask -s email=ada@example.org --text /dev/zero", 2, "can not be read"),
        ("troth request show 9 2>&-", 2, ""),
        (r"troth request access -s $'email=\xff@example.org'", 2, "word 4 of the command is no text"),
        ("mkdir away; cd away; rmdir ../away; troth status", 2, "the folder you are in is gone"),
        (f"troth decide {'x' * 3000} name", 2, "x" * 190),
    ],
)
def test_strange_terminals(little: Shop, command: str, code: int, said: str) -> None:
    """Streams that are closed, bytes that are no text and words without an end are answered with one short message."""
    done = run(little.folder, command)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert len(done.stderr) < 1000
    assert "fault of its own" not in done.stderr


def test_marks_and_bytes_of_files(little: Shop) -> None:
    """A mark of UTF-8 before the first line changes nothing; a settings file that is no text is called that."""
    for name in ("troth.toml", "map.toml"):
        file = little.folder / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert little.troth("request", "access", *ADA).code == 0
    (little.folder / "troth.toml").write_bytes(b"\xff\xfe\x00")
    done = little.troth("status")
    assert (done.code, "save the file as UTF-8" in done.err) == (2, True)


def test_a_wrong_variable(little: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that a variable gives wrong is told of the variable, not of the file."""
    monkeypatch.setenv("TROTH_UNDO_HOURS", "-3")
    done = little.troth("status")
    assert (done.code, "the variable TROTH_UNDO_HOURS" in done.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--at", "0001-01-01T00:00:00+14:00"),
        ("plan", "--at", "9999-12-31T23:59:59-14:00"),
        ("replay", "--since", "0001-01-01T00:00:00+14:00"),
        ("deed", "erase/1", "--of", "9223372036854775808"),
        ("request", "show", ""),
    ],
)
def test_ends_of_the_calendar_and_of_numbers(little: Shop, words: tuple[str, ...]) -> None:
    """Times and numbers that nobody means are refused in words."""
    done = little.troth(*words)
    assert (done.code, done.err.count("\n")) == (2, 2)
    assert "fault of its own" not in done.err


@pytest.mark.parametrize(
    ("change", "command", "code"),
    [
        ("update request_file set sealed = 'x'", "status", 1),
        ("update ledger_entry set hashes = zeroblob(length(hashes))", "verify", 1),
        ("update task set done = 'x'", "keep", 0),
    ],
)
def test_damage_inside_the_state(little: Shop, change: str, command: str, code: int) -> None:
    """A cell of the state that was changed is a finding of the command that meets it, never a fault."""
    little.json("request", "access", "-s", "email=ada@example.org")
    assert little.troth("keep").code == 0
    scene.run(f"sqlite:///{little.folder / 'state.db'}", change)
    done = little.troth(command)
    assert (done.code, done.err) == (code, "")
    assert "fault of its own" not in done.out
