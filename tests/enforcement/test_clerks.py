"""Copies of rows that staff wrote: the customer gets the words, not the network that they came from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by, table
from tests.enforcement.test_probes import CUSTOMERS, PEOPLE, given

CASES = (
    "create table cases (id integer not null primary key, customer_id integer)",
    "insert into cases values (1, 1), (2, 2)",
    "create table agents (id integer not null primary key, email varchar(60))",
    "insert into agents values (5, 'agent@desk.example')",
)
PLACES = CUSTOMERS + (
    table("main.cases", "shared", paths=["cases.customer_id => customers.id"], customer_id="ident.id")
    + table("main.agents", "staff", email="contact.email")
)
OVER = "answers.case_id => cases.id ; cases.customer_id => customers.id"


def answers(role: str, *paths: str, references: str) -> str:
    """What the map says of answers in cases."""
    text = table("main.answers", role, paths=paths, body="message", ip="network")
    columns = {
        "id",
        "case_id",
        "customer_id",
        *(one.partition(".")[2].split(" ")[0] for one in (*paths, references)),
    }
    more = f"harmless = {[*sorted(columns), 'kind']!r}\nreferences = [{references!r}]\n"
    return text.replace("[table.columns]", f"{more}[table.columns]")


@pytest.mark.parametrize(
    ("role", "paths"), [("owned", ["answers.customer_id => customers.id", OVER]), ("shared", [OVER])]
)
def test_network_of_staff(url: str, tmp_path: Path, role: str, paths: list[str]) -> None:
    """The address of the network in an answer of staff is withheld and named; the customer's own is given."""
    scene.run(
        url,
        PEOPLE,
        *CASES,
        "create table answers (id integer not null primary key, case_id integer, customer_id integer, agent_id integer,"
        " kind varchar(10), body varchar(40), ip varchar(40))",
        "insert into answers values (1, 1, 1, null, 'web', 'it is broken', '203.0.113.9'),"
        " (2, 1, null, 5, 'web', 'we mend it', '198.51.100.5'), (3, 1, null, 0, 'mail', 'thanks', '203.0.113.8')",
    )
    text = PLACES + answers(role, *paths, references="answers.agent_id => agents.id")
    outcome, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert outcome.word == "done"
    rows = {row["id"]: (row["body"], row["ip"]) for row in found["answers"]}  # type: ignore[attr-defined]
    assert rows == {
        1: ("it is broken", "203.0.113.9"),
        2: ("we mend it", None),
        3: ("thanks", "203.0.113.8"),
    }
    index = json.loads((tmp_path / "bundle" / "index.json").read_text("utf-8"))
    assert "ip (of staff)" in json.dumps(index)


def test_who_wrote_by_a_type(url: str, tmp_path: Path) -> None:
    """Where one column names writers of several types, the type says whose the network is."""
    scene.run(
        url,
        PEOPLE,
        *CASES,
        "create table answers (id integer not null primary key, case_id integer, customer_id integer, agent_id integer,"
        " kind varchar(10), body varchar(40), ip varchar(40))",
        "insert into answers values (1, 1, null, 1, 'Customer', 'it is broken', '203.0.113.9'),"
        " (2, 1, null, 5, 'Agent', 'we mend it', '198.51.100.5')",
    )
    way = "answers.agent_id => customers.id [kind='Customer']"
    text = PLACES + answers("owned", way, OVER, references="answers.agent_id => agents.id [kind='Agent']")
    _, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    rows = {row["id"]: row["ip"] for row in found["answers"]}  # type: ignore[attr-defined]
    assert rows == {1: "203.0.113.9", 2: None}


@pytest.mark.parametrize("column", ["assigned_agent_id", "updated_by"])
def test_who_dealt_with_it_later(url: str, tmp_path: Path, column: str) -> None:
    """Whoever of the staff dealt with a row later did not write it, so the network is the customer's."""
    scene.run(
        url,
        PEOPLE,
        *CASES,
        f"create table answers (id integer not null primary key, case_id integer, customer_id integer, {column} integer,"
        " kind varchar(10), body varchar(40), ip varchar(40))",
        "insert into answers values (1, 1, null, 5, 'web', 'it is broken', '203.0.113.9')",
    )
    text = PLACES + answers("owned", OVER, references=f"answers.{column} => agents.id")
    _, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert [row["ip"] for row in found["answers"]] == ["203.0.113.9"]  # type: ignore[attr-defined]


def test_who_wrote_by_a_switch(url: str, tmp_path: Path) -> None:
    """A switch that says whether staff wrote a row is read as every database shows it."""
    scene.run(
        url,
        PEOPLE,
        *CASES,
        "create table answers (id integer not null primary key, case_id integer, customer_id integer, agent_id integer,"
        " kind boolean, body varchar(40), ip varchar(40))",
        "insert into answers values (1, 1, null, 1, false, 'it is broken', '203.0.113.9'),"
        " (2, 1, null, 5, true, 'we mend it', '198.51.100.5')",
    )
    text = PLACES + answers("owned", OVER, references="answers.agent_id => agents.id [kind in ('1','true')]")
    _, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    rows = {row["id"]: row["ip"] for row in found["answers"]}  # type: ignore[attr-defined]
    assert rows == {1: "203.0.113.9", 2: None}
