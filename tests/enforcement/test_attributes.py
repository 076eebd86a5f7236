"""Tables of attributes: a column names what another one holds, and neither says anything alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from tests.enforcement.test_probes import CUSTOMERS, PEOPLE
from troth.enforcement.access import access, plan_access, plan_portability
from troth.enforcement.attributes import secret_name
from troth.enforcement.project import Project
from troth.enforcement.rectify import Correction, rectify

ADA = by(email="ada@example.org")
META = (
    (
        "create table meta (id integer not null primary key, customer_id integer not null, editor_id integer, what varchar(30),"
        " content varchar(90))"
    ),
    (
        "insert into meta values (1, 1, 2, 'billing_email', 'ADA@Example.org'), (2, 1, 2, 'about', 'I am ada@example.org'),"
        " (3, 2, 2, 'seen', 'ada@example.org'), (4, 1, 2, 'colour', 'Ada')"
    ),
)


def described(role: str) -> str:
    """The map, with the editor of an attribute as a reference and what it is about as harmless."""
    text = table("main.meta", role, paths=["meta.customer_id => customers.id"], content="message/null/eav")
    kept = 'references = ["meta.editor_id => customers.id"]\nharmless = ["id", "customer_id", "editor_id", "what"]\n'
    return CUSTOMERS + text.replace("[table.columns]", kept + "[table.columns]")


def given(project: Project, folder: Path, *, portable: bool) -> list[dict[str, object]]:
    """The attributes in the copy of one person."""
    plan = plan_portability(project, CITED) if portable else plan_access(project, CITED)
    access(project, ADA, plan, folder)
    found: list[dict[str, object]] = json.loads(next((folder / "data").rglob("meta.json")).read_text("utf-8"))
    return found


@pytest.mark.parametrize(("role", "portable"), [("owned", True), ("shared", False), ("shared", True)])
def test_what_a_value_is_the_value_of(url: str, tmp_path: Path, role: str, portable: bool) -> None:
    """A copy says of each attribute what it is, and not who edited it."""
    scene.run(url, PEOPLE, *META)
    with scene.project(tmp_path, {"main": url}, described(role)) as project:
        found = given(project, tmp_path / "copy", portable=portable)
    first = {"id": 1, "what": "billing_email", "content": "ADA@Example.org"}
    assert found[0] == first
    assert [row["id"] for row in found] == [1, 2, 4]


@pytest.mark.parametrize("portable", [False, True])
def test_secrets_among_attributes_are_withheld(url: str, tmp_path: Path, portable: bool) -> None:
    """A value whose key says that it opens something is in no copy, and the attribute is named."""
    more = (
        "insert into meta values (5, 1, 2, 'session_tokens', 'tok-1'), (6, 1, 2, 'password_changed', '2026-01-01'),"
        " (7, 1, 2, 'api_token', '')"
    )
    scene.run(url, PEOPLE, *META, more)
    with scene.project(tmp_path, {"main": url}, described("owned")) as project:
        found = given(project, tmp_path / "copy", portable=portable)
    assert {row["what"]: row["content"] for row in found if int(str(row["id"])) > 4} == {
        "session_tokens": None,
        "password_changed": "2026-01-01",
        "api_token": "",
    }
    index = json.loads((tmp_path / "copy" / "index.json").read_text("utf-8"))
    assert next(one["withheld"] for one in index["files"] if one["source"] == "main.meta") == [
        "content (session_tokens)"
    ]
    assert "tok-1" not in "".join(file.read_text("utf-8") for file in (tmp_path / "copy").rglob("*.html"))


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("session_tokens", True), ("Cleartext-Password", True), ("NT-Password", True), ("passwordHash", True), ("api_key", True),
        ("otp_backup_codes", True), ("userPass", True), ("two_factor_secret", True), ("_application_passwords", True),
        ("登录密码", True), ("pin", True), ("token_count", False), ("default_password_nag", False), ("nickname", False),
        ("password_changed_at", False), ("hashtag", False), ("compass", False), ("public_key", False),
        ("shipping_pin_area", False),
    ],
)  # fmt: skip
def test_names_of_secrets(name: str, secret: bool) -> None:
    """The end of a name says whether its value opens something."""
    assert secret_name(name) is secret


def test_correction_of_an_attribute(url: str, tmp_path: Path) -> None:
    """An attribute that is the old value is corrected, a text that tells of it stays, and so does another person's."""
    scene.run(url, PEOPLE, *META)
    with scene.project(tmp_path, {"main": url}, described("owned")) as project:
        done = rectify(project, ADA, [Correction("email", "new@example.org")], CITED).outcome
    assert done.word == "done"
    assert done.counts["main.meta.content"] == {"rectified": 1}
    assert [row[4] for row in scene.rows(url, "meta")] == [
        "new@example.org", "I am ada@example.org", "ada@example.org", "Ada",
    ]  # fmt: skip
