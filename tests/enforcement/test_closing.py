"""Closing an account writes its moment in the form that the column has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, NOW, by
from troth.enforcement.agree import already_closed, close

MAP = """
[[table]]
store = "main"
name = "people"
role = "subject"
key = ["id"]
events = { account-closed = "closed_at" }
[table.columns]
email = { category = "contact.email", terms = ["email-address"], mask = "token" }
"""
ADA = by(email="ada@example.org")
SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("kind", "other", "form"),
    [
        ("bigint", "1577836800", str(SECONDS)),
        ("bigint", "1577836800000", str(SECONDS * 1000)),
        ("bigint", "", str(SECONDS)),
        ("varchar(40)", "2020-01-01T00:00:00Z", "2026-11-22T09:30:00Z"),
        ("varchar(40)", "2020-01-01", "2026-11-22"),
        ("varchar(40)", "1577836800", str(SECONDS)),
        ("varchar(40)", "", "2026-11-22 09:30:00"),
    ],
)
def test_form_of_the_column(url: str, tmp_path: Path, kind: str, other: str, form: str) -> None:
    """Seconds, milliseconds, days and times are written as the other rows have them, and read back as closed."""
    scene.run(
        url, f"create table people (id integer not null primary key, email varchar(60), closed_at {kind} null)",
        f"insert into people values (1, 'ada@example.org', null), (2, 'bob@example.org', {repr(other) if other else 'null'})",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert not already_closed(project, ADA)
        assert close(project, ADA, CITED).word == "done"
        assert already_closed(project, ADA)
    assert str(scene.rows(url, "people")[0][2]) == form
