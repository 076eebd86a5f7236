"""Tables in which nothing names a single row: joins of two tables, logs. They are erased by what leads to the person."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.datamap.check import check
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import write_map
from troth.datamap.propose import propose
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.model.rowset import key_statement

SITE = """
create table users (id integer not null primary key, email varchar(100) not null unique, name varchar(50));
create table projects (id integer not null primary key, owner_id integer not null, title varchar(50),
  foreign key (owner_id) references users (id));
create table projects_users (project_id integer, user_id integer, foreign key (project_id) references projects (id),
  foreign key (user_id) references users (id));
create table logins (user_id integer, ip varchar(40));
create table follows (follower integer not null, followed integer not null, since date,
  foreign key (follower) references users (id), foreign key (followed) references users (id));
create table audits (actor integer, target integer, note varchar(80));
insert into users values (1, 'ada@example.org', 'Ada'), (2, 'bob@example.org', 'Bob'), (3, 'cleo@example.org', 'Cleo');
insert into projects values (1, 1, 'a'), (2, 2, 'b');
insert into projects_users values (1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (2, 1);
insert into logins values (1, '10.0.0.1'), (1, '10.0.0.1'), (2, '10.0.0.2'), (null, '10.0.0.3');
insert into follows values (1, 2, null), (2, 1, null), (2, 3, null), (3, 2, null);
insert into audits values (1, 1, 'm'), (1, 2, 'x'), (2, 1, 'y'), (1, null, 'n'), (null, 1, 'k'), (null, 2, 'z'), (2, 3, 'w')
"""
ADA = by(email="ada@example.org")
USERS = table("main.users", "subject", email="contact.email/token", name="contact.name/null")
AUDITS = table(
    "main.audits", "owned", key=[], paths=["audits.actor => users.id", "audits.target => users.id"], note="message"
)  # fmt: skip
MAP = (
    USERS
    + AUDITS
    + table("main.projects", "owned", paths=["projects.owner_id -> users.id"], title="message")
    + table(
        "main.projects_users", "owned", key=[],
        paths=[
            "projects_users.user_id -> users.id",
            "projects_users.project_id -> projects.id ; projects.owner_id -> users.id",
        ],
    )
    + table("main.logins", "owned", key=[], paths=["logins.user_id => users.id"], ip="network")
    + table(
        "main.follows", "owned", key=[], paths=["follows.follower -> users.id", "follows.followed -> users.id"]
    )
)  # fmt: skip


def test_joins_and_logs(url: str, tmp_path: Path) -> None:
    """All rows of the person go, twins too; what only ties two people goes with either, what holds more lets go of one."""
    scene.run(url, SITE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        blocked = [one.rule for one in check(project.map, project.schemas) if one.severity == "block"]
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert blocked == []
    assert (outcome.word, outcome.reasons) == ("done", ())
    assert outcome.counts["main.projects_users"] == {"deleted": 4}
    assert outcome.counts["main.logins"] == {"deleted": 2}
    assert outcome.counts["main.audits"] == {"deleted": 3, "separated": 2}
    left = scene.state({"main": url})
    assert left["main.projects_users"] == [("2", "2"), ("2", "3")]
    assert left["main.logins"] == [("2", "10.0.0.2"), ("None", "10.0.0.3")]
    assert left["main.follows"] == [("2", "3", "None"), ("3", "2", "None")]
    assert left["main.audits"] == [
        ("2", "3", "w"), ("2", "None", "y"), ("None", "2", "x"), ("None", "2", "z"),
    ]  # fmt: skip
    assert [row[0] for row in left["main.users"]] == ["2", "3"]


def test_proposed_map(url: str, tmp_path: Path) -> None:
    """A map as it is proposed blocks nothing of it, and an erasure by it ends: links, logs and who follows whom are gone."""
    scene.run(url, SITE)
    known = propose({"main": introspect(url, store="main")}).map
    text = write_map(known)
    with scene.project(tmp_path, {"main": url}, text[text.index("[[table]]") :]) as project:
        blocked = [one.message for one in check(project.map, project.schemas) if one.severity == "block"]
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert blocked == []
    assert outcome.word == "done"
    left = scene.state({"main": url})
    assert left["main.follows"] == [("2", "3", "None"), ("3", "2", "None")]
    assert {row[1] for row in left["main.projects_users"]} <= {"2", "3"}
    assert "1" not in {row[0] for row in left["main.logins"]}


def test_join_with_a_key_of_both(url: str, tmp_path: Path) -> None:
    """A join whose key is what it ties goes with either of two people too, and neither account has to stay for it."""
    scene.run(
        url,
        SITE,
        "create table stars (user_id integer not null, project_id integer not null, primary key (user_id, project_id),"
        " foreign key (user_id) references users (id), foreign key (project_id) references projects (id))",
        "insert into stars values (1, 1), (1, 2), (2, 1), (2, 2)",
    )
    text = MAP + table(
        "main.stars", "owned", key=["user_id", "project_id"],
        paths=["stars.user_id -> users.id", "stars.project_id -> projects.id ; projects.owner_id -> users.id"],
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert (outcome.word, outcome.counts["main.stars"]) == ("done", {"deleted": 3})
    assert scene.state({"main": url})["main.stars"] == [("2", "2")]
    assert [row[0] for row in scene.rows(url, "users")] == [2, 3]


@pytest.mark.parametrize("key", ["", ", primary key (user_id, board_id)"])
def test_members_of_what_two_people_own(url: str, tmp_path: Path, key: str) -> None:
    """Members of a board that is somebody else's as well stay with it; those of a board that goes go, and so do one's own."""
    scene.run(
        url,
        SITE,
        "create table boards (id integer not null primary key, owner_id integer, maker_id integer, title varchar(20),"
        " foreign key (owner_id) references users (id), foreign key (maker_id) references users (id))",
        f"create table members (user_id integer not null, board_id integer not null{key},"
        " foreign key (user_id) references users (id), foreign key (board_id) references boards (id))",
        "insert into boards values (1, 1, 2, 'both'), (2, 1, 1, 'hers'), (3, 2, 2, 'his')",
        "insert into members values (1, 1), (2, 1), (3, 1), (1, 2), (3, 2), (1, 3), (2, 3)",
    )
    over = [f"members.board_id -> boards.id ; boards.{name} -> users.id" for name in ("owner_id", "maker_id")]
    text = MAP + (
        table(
            "main.boards", "owned", paths=["boards.owner_id -> users.id", "boards.maker_id -> users.id"], title="message"
        )
        + table(
            "main.members", "owned", key=["user_id", "board_id"] if key else [],
            paths=["members.user_id -> users.id", *over],
        )
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert (outcome.word, outcome.counts["main.members"]) == ("done", {"deleted": 4})
    left = scene.state({"main": url})
    assert left["main.members"] == [("2", "1"), ("2", "3"), ("3", "1")]
    assert [row[0] for row in left["main.boards"]] == ["1", "3"]


@pytest.mark.parametrize("key", ["", ", primary key (user_id, ticket_id)"])
def test_watchers_of_a_case_that_stays(url: str, tmp_path: Path, key: str) -> None:
    """Whoever watches a case watches it still when the one leaves whose case it is, and the one who leaves watches none."""
    scene.run(
        url,
        SITE,
        "create table tickets (id integer not null primary key, customer_id integer, title varchar(20))",
        f"create table watchers (user_id integer not null, ticket_id integer not null{key})",
        "insert into tickets values (1, 1, 'of ada'), (2, 2, 'of bob')",
        "insert into watchers values (1, 1), (2, 1), (1, 2), (2, 2), (3, 2)",
    )
    text = MAP + (
        table("main.tickets", "shared", paths=["tickets.customer_id => users.id"], title="message/null")
        + table(
            "main.watchers", "owned", key=["user_id", "ticket_id"] if key else [],
            paths=["watchers.user_id => users.id", "watchers.ticket_id => tickets.id ; tickets.customer_id => users.id"],
        )
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert (outcome.word, outcome.counts["main.watchers"]) == ("done", {"deleted": 2})
    left = scene.state({"main": url})
    assert left["main.watchers"] == [("2", "1"), ("2", "2"), ("3", "2")]
    assert [row[0] for row in left["main.users"]] == ["2", "3"]


def test_copy_of_rows_of_two(url: str, tmp_path: Path) -> None:
    """Of a log without a key that may name two people, a person gets every row that is theirs alone, also with empty cells."""
    scene.run(url, SITE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        copy = access(project, ADA, plan_access(project, CITED), tmp_path / "out")
    (file,) = (tmp_path / "out" / "data").rglob("*audits*.json")
    assert sorted(row["note"] for row in json.loads(file.read_text("utf-8"))) == ["k", "m", "n"]
    assert copy.counts["main.audits"]["shared"] == 2


def test_plan_says_how_rows_are_named(url: str, tmp_path: Path) -> None:
    """The plan names the columns, so its hash holds nothing that a database may number anew."""
    scene.run(url, SITE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        steps = {one["place"]: one for one in plan_erasure(project, CITED).as_json()["steps"]}
    assert steps["main.projects_users"]["key"] == ["user_id", "project_id"]
    assert steps["main.projects_users"]["several"]
    assert "several" not in steps["main.projects"]


def test_shared_rows_without_a_key(url: str, tmp_path: Path) -> None:
    """A row that stays lets go of the person where it may; else the account stays without a name; no row is masked twice."""
    scene.run(
        url,
        SITE,
        "create table watchers (topic varchar(20), user_id integer, nick varchar(30))",
        "create table voters (topic varchar(20), user_id integer not null, nick char(9) not null)",
        *(
            f"insert into {name} values ('a', 1, 'adi'), ('a', 1, 'adi'), ('b', 2, 'bo'), ('c', 1, '')"
            for name in ("watchers", "voters")
        ),
    )
    text = MAP + "".join(
        table(f"main.{name}", "shared", key=[], paths=[f"{name}.user_id => users.id"], nick=f"ident.username/{mask}")
        for name, mask in (("watchers", "null"), ("voters", "empty"))
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert (outcome.word, outcome.counts["main.watchers"]) == ("done", {"masked": 3})
    assert outcome.counts["main.voters"] == {"masked": 2}
    left = scene.state({"main": url})
    assert [row[1:] for row in left["main.watchers"]] == [
        ("None", "None"),
        ("None", "None"),
        ("2", "bo"),
        ("None", "None"),
    ]
    assert [(row[1], row[2].strip()) for row in left["main.voters"]] == [
        ("1", ""),
        ("1", ""),
        ("2", "bo"),
        ("1", ""),
    ]
    assert [row[2] for row in left["main.users"]] == ["None", "Bob", "Cleo"]


def test_random_text_needs_a_key(url: str, tmp_path: Path) -> None:
    """A random text tells nobody whether a row was masked, so that the plan says to add a key and the rest waits."""
    scene.run(url, SITE, "create table voters (user_id integer not null, nick varchar(30) not null)")
    voters = table(
        "main.voters", "shared", key=[], paths=["voters.user_id => users.id"], nick="ident.username/token"
    )
    with scene.project(tmp_path, {"main": url}, MAP + voters) as project:
        (skipped,) = plan_erasure(project, CITED).skipped
    assert (skipped.place, "add a primary key" in skipped.reason) == ("main.voters", True)


def test_references_of_a_log(url: str, tmp_path: Path) -> None:
    """A log without a key that is nobody's lets go of the account that is deleted."""
    scene.run(
        url,
        SITE,
        "create table imports (file varchar(20), user_id integer, foreign key (user_id) references users (id))",
        "insert into imports values ('x', 1), ('x', 1), ('y', 2)",
    )
    with scene.project(tmp_path, {"main": url}, MAP + table("main.imports", "none", key=[])) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert outcome.word == "done"
    left = scene.state({"main": url})
    assert left["main.imports"] == [("x", "None"), ("x", "None"), ("y", "2")]
    assert [row[0] for row in left["main.users"]] == ["2", "3"]


def test_statement_that_adds_a_key(url: str, tmp_path: Path) -> None:
    """The check warns of such a table with the statement that gives it a key, and that statement works."""
    scene.run(url, SITE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        said = [one for one in check(project.map, project.schemas) if one.rule == "no-key"]
        schema = project.schemas["main"]
        statement = key_statement(schema, schema.relation("audits"))
    assert {one.severity for one in said} == {"warn"}
    assert any(statement in one.hint for one in said)
    if schema.engine != "sqlite":  # which can not add a primary key to a table that is there
        scene.run(url, statement)
        assert introspect(url, sample=0, store="main").relation("audits").row_key == ("id",)


def test_letters_that_a_collation_folds(mariadb_url: str, tmp_path: Path) -> None:
    """Rows of a table without a key are told apart by their letters, whatever the collation takes for equal."""
    scene.run(
        mariadb_url,
        SITE,
        "create table mails (address varchar(100) collate utf8mb4_general_ci, topic varchar(20))",
        "insert into mails values ('ada@example.org', 'a'), ('ADA@example.org', 'b'), ('àda@example.org', 'c')",
    )
    text = MAP + table(
        "main.mails", "owned", key=[], paths=["mails.address ~> users.email"], address="contact.email"
    )
    with scene.project(tmp_path, {"main": mariadb_url}, text) as project:
        assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"
    assert [row[1] for row in scene.rows(mariadb_url, "mails")] == ["c"]


FOLDED = {
    "mariadb_url": ("varchar(50) collate utf8mb4_bin", "varchar(50) collate utf8mb4_general_ci"),
    "postgres_url": ("varchar(50)", "citext"),
    "sqlite": ("varchar(50)", "varchar(50) collate nocase"),
}


@pytest.mark.parametrize("engine", FOLDED)
def test_logins_that_differ_in_case(request: pytest.FixtureRequest, tmp_path: Path, engine: str) -> None:
    """Of a log without a key nobody gets or loses the rows of somebody whose login differs in case alone."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}" if engine == "sqlite" else str(request.getfixturevalue(engine))
    told, folded = FOLDED[engine]
    if engine == "postgres_url":
        scene.run(url, "create extension if not exists citext")
    scene.run(
        url,
        f"create table people (id integer not null primary key, email varchar(60) not null, login {told} not null unique)",
        f"create table acts (login {folded}, other {folded}, note varchar(20))",
        "insert into people values (1, 'ada@example.org', 'ada'), (2, 'bob@example.org', 'ADA')",
        "insert into acts values ('ada', null, 'hers'), ('ADA', null, 'his'), (null, 'ADA', 'his'), ('ADA', 'ADA', 'his')",
    )
    ways = [f"acts.{name} => people.login" for name in ("login", "other")]
    text = table("main.people", "subject", email="contact.email", login="ident.username")
    text += table("main.acts", "owned", key=[], paths=ways, note="message")
    with scene.project(tmp_path, {"main": url}, text) as project:
        access(project, ADA, plan_access(project, CITED), tmp_path / "out")
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    (file,) = (tmp_path / "out" / "data").rglob("*acts*.json")
    assert [row["note"] for row in json.loads(file.read_text("utf-8"))] == ["hers"]
    assert (outcome.word, outcome.counts["main.acts"]) == ("done", {"deleted": 1})
    assert sorted(scene.state({"main": url})["main.acts"]) == [
        ("ADA", "ADA", "his"), ("ADA", "None", "his"), ("None", "ADA", "his"),
    ]  # fmt: skip


KINDS = {
    "mariadb": (
        (
            "binary(16)",
            "unhex('5c273a2c20080a0d5c5c252573000000')",
            "unhex('5c273a2c20080a0d5c5c252573000001')",
        ),
        ("uuid", "'123e4567-e89b-12d3-a456-426655440000'", "'123e4567-e89b-12d3-a456-426655440001'"),
        ("decimal(30,10)", "12345678901234567890.1234567890", "12345678901234567890.1234567891"),
        ("datetime(6)", "'2020-01-01 00:00:00.123456'", "'2020-01-01 00:00:00.123457'"),
        ("enum('a b', 'c''d', '')", "'c''d'", "'a b'"),
    ),
    "postgresql": (
        ("bytea", r"'\\x00ff'", r"'\\x00fe'"),
        ("uuid", "'123e4567-e89b-12d3-a456-426655440000'", "'123e4567-e89b-12d3-a456-426655440001'"),
        ("numeric", "12345678901234567890.1234567890", "12345678901234567890.1234567891"),
        ("timestamptz", "'2020-01-01 00:00:00.123456+02'", "'2020-01-01 00:00:00.123457+02'"),
        ("inet", "'2001:db8::1'", "'2001:db8::2'"),
    ),
    "sqlite": (("blob", "x'00ff'", "x'00fe'"), ("text", "'a''b'", "'b'"), ("boolean", "1", "0")),
}


@pytest.mark.parametrize(("engine", "typed"), [(name, one) for name, some in KINDS.items() for one in some])
def test_kinds(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str, typed: tuple[str, str, str]
) -> None:
    """Whatever the type of the number by which a table without a key names its person, exactly the rows of one go."""
    kind, hers, his = typed
    (tmp_path / "main.db").touch()
    servers = {"mariadb": "mariadb_url", "postgresql": "postgres_url"}
    url = (
        str(request.getfixturevalue(servers[engine]))
        if engine in servers
        else f"sqlite:///{tmp_path / 'main.db'}"
    )
    pool = scene.database(url)
    with pool.begin() as link:
        for statement in (
            f"create table people (id {kind} not null primary key, email varchar(60) not null)",
            f"create table uses (person {kind}, lent {kind}, open boolean, note varchar(20))",
            f"insert into people values ({hers}, 'ada@example.org'), ({his}, 'bob@example.org')",
            f"insert into uses values ({hers}, null, true, 'a'), ({hers}, null, true, 'a'), ({his}, null, true, 'b')",
            f"insert into uses values ({his}, {hers}, true, 'c'), ({hers}, null, false, 'd'), (null, {hers}, true, 'e')",
        ):
            link.exec_driver_sql(statement)
    pool.dispose()
    opened = "[open in ('1','true')]"
    text = table("main.people", "subject", email="contact.email") + table(
        "main.uses", "owned", key=[],
        paths=[f"uses.{name} => people.id {opened}" for name in ("person", "lent")], note="message",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert (outcome.word, outcome.counts["main.uses"]) == ("done", {"deleted": 3, "separated": 1})
    left = scene.state({"main": url})["main.uses"]
    assert sorted(row[3] for row in left) == ["b", "c", "d"]
    assert [row[1] for row in left if row[3] == "c"] == ["None"]


def _listed(cells: tuple[int | str | None, ...]) -> str:
    return ", ".join("null" if one is None else repr(one) for one in cells)


CELLS = st.sampled_from((None, 1, 2, 3, 9))


@given(
    st.lists(st.tuples(CELLS, CELLS, st.sampled_from("ab")), max_size=8), st.sampled_from(("audits", "pairs"))
)
@settings(max_examples=40, deadline=None)
def test_what_is_left(cells: list[tuple[int | None, int | None, str]], name: str) -> None:
    """Whatever rows there are, those that are left are what one reads off them one by one."""
    people = {1, 2, 3}  # 9 is nobody
    left: Counter[tuple[str, ...]] = Counter()
    for first, second, note in cells:
        ends = {first, second} & people
        row = [first, second, *(note if name == "audits" else ())]
        if 1 in ends and (ends == {1} or name == "pairs"):
            continue
        if 1 in ends:
            row = [None if one == 1 else one for one in row]
        left[tuple(map(str, row))] += 1
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "main.db").touch()
        url = f"sqlite:///{folder / 'main.db'}"
        width = 3 if name == "audits" else 2
        said = [f"insert into {name} values ({_listed(row[:width])})" for row in cells]
        scene.run(
            url, SITE, "delete from audits", "create table pairs (actor integer, target integer)", *said
        )
        text = MAP + (
            AUDITS.replace("audits", "pairs").partition("[table.columns]")[0] if name == "pairs" else ""
        )
        with scene.project(folder, {"main": url}, text) as project:
            assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"
        assert Counter(scene.state({"main": url})[f"main.{name}"]) == left


@pytest.mark.parametrize("arrives", ["ada", "bob"])
def test_rows_that_arrive_meanwhile(url: str, tmp_path: Path, arrives: str) -> None:
    """What is written beside the erasure under the same number goes as well, and nothing of anybody else does."""
    scene.run(url, SITE)
    number, once = (1 if arrives == "ada" else 2), list[str]()

    def watch(event: str) -> None:
        if event == "+ journal keys" and not once and not url.startswith("sqlite"):
            once.append(event)
            scene.run(url, f"insert into logins values ({number}, '10.9.9.9')")

    with scene.project(tmp_path, {"main": url}, MAP, watch=watch) as project:
        assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"
    left = [row[0] for row in scene.rows(url, "logins", "2")]
    assert 1 not in left
    assert left.count(2) == (2 if once and arrives == "bob" else 1)
