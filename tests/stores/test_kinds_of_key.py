"""Keys of every type that MariaDB has: a copy, a correction and an erasure find the same rows by them and no others."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.access import Style, access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.rectify import Correction, rectify

ADA = by(email="ada@example.org")
MAP = (
    table("main.people", "subject", email="contact.email", name="contact.name", spot="location")
    + table("main.uses", "owned", key=("id", "n"), paths=["uses.person -> people.id"], name="contact.name")
    + table("main.notes", "owned", key=("n",), paths=["notes.person_id => people.id"], extra="content//json")
)


@pytest.mark.parametrize(
    ("kind", "hers", "his"),
    [
        (
            "binary(16)",
            "unhex('5c273a2c20080a0d5c5c252573000000')",
            "unhex('5c273a2c20080a0d5c5c252573000001')",
        ),
        ("varbinary(20)", r"'a\'b%%s'", "'b'"),
        ("uuid", "'123e4567-e89b-12d3-a456-426655440000'", "'123e4567-e89b-12d3-a456-426655440001'"),
        ("inet6", "'2001:db8::1'", "'2001:db8::2'"),
        ("bigint unsigned", "18446744073709551615", "18446744073709551614"),
        ("decimal(30,10)", "12345678901234567890.1234567890", "12345678901234567890.1234567891"),
        ("datetime(6)", "'2020-01-01 00:00:00.123456'", "'2020-01-01 00:00:00.123457'"),
        ("time(6)", "'-838:59:59'", "'10:00:00.000001'"),
        ("enum('a b', 'c''d', '')", "'c''d'", "'a b'"),
        ("set('x', 'y', 'z')", "'x,z'", "'y'"),
        ("bit(9)", "b'100000001'", "b'1'"),
        ("char(20)", "'Straße  '", "'x'"),
        ("varchar(20) character set latin1", "'Zoë'", "'Zoe2'"),
        ("varchar(20) character set utf16", "'ключ🎉'", "'b'"),
        ("varchar(20) collate utf8mb4_bin", "'Abc'", "'abc'"),
        ("double", "0.1", "0.30000000000000004"),
        ("int zerofill", "7", "8"),
    ],
)
def test_keys(mariadb_url: str, tmp_path: Path, kind: str, hers: str, his: str) -> None:
    """Whatever the type of the keys, the rows of one person are given, corrected and erased, and those of another stay."""
    engine = scene.database(mariadb_url)
    with engine.begin() as link:
        for statement in (
            f"create table people (id {kind} not null primary key, email varchar(60) not null, name varchar(20), spot point)",
            f"create table uses (id {kind} not null, n integer not null, person {kind} not null, name varchar(20))",
            "alter table uses add primary key (id, n), add foreign key (person) references people (id)",
            f"create table notes (n integer not null primary key, person_id {kind} not null, extra json)",
            f"insert into people values ({hers}, 'ada@example.org', 'Ada', point(1, 2)), ({his}, 'bob@example.org', 'Bob', null)",
            f"insert into uses values ({hers}, 1, {hers}, 'Ada'), ({his}, 1, {his}, 'Bob'), ({his}, 2, {hers}, 'Ada')",
            f"""insert into notes values (1, {hers}, '{{"mail": "ada@example.org"}}'), (2, {his}, '[]')""",
        ):
            link.exec_driver_sql(statement)
    engine.dispose()
    with scene.project(tmp_path, {"main": mariadb_url}, MAP) as project:
        given = access(project, ADA, plan_access(project, CITED), tmp_path / "out.zip", Style())
        assert {place: one["collected"] for place, one in given.counts.items()} == {
            "main.people": 1, "main.uses": 2, "main.notes": 1,
        }  # fmt: skip
        fixed = rectify(project, ADA, [Correction("name", "Eva")], CITED).outcome
        assert (fixed.word, sum(one["rectified"] for one in fixed.counts.values())) == ("done", 3)
        assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith("people.json")]
        assert json.loads(archive.read(names[0]))[0]["spot"] == "POINT(1 2)"
    left = scene.state({"main": mariadb_url})
    assert [len(rows) for rows in left.values()] == [1, 1, 1]
    assert left["main.people"][0][1:3] == ("bob@example.org", "Bob")
