"""The proposal for a whole database, the same on all three engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.datamap import hosting
from troth.datamap.check import check
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import read_map, write_map
from troth.datamap.propose import Proposal, propose
from troth.model.schema import Schema


@pytest.fixture(params=["sqlite", "postgres_url", "mariadb_url"])
def schema(request: pytest.FixtureRequest, tmp_path: Path) -> Schema:
    """The hosting database, read from each engine in turn."""
    url = (
        f"sqlite:///{tmp_path / 'hosting.db'}"
        if request.param == "sqlite"
        else str(request.getfixturevalue(request.param))
    )
    hosting.build(url)
    return introspect(url, store="shop")


@pytest.fixture
def proposal(schema: Schema) -> Proposal:
    """What is proposed for it."""
    return propose({"shop": schema})


def test_roles(proposal: Proposal) -> None:
    """Every table gets the role that a reviewer would give it."""
    assert {table.name: table.role for table in proposal.map.tables} == hosting.ROLES


def test_paths(proposal: Proposal) -> None:
    """Declared, composite, implied, polymorphic and natural keys lead to the customer, never to the agent."""
    found = {table.name: str(table.paths[0]) for table in proposal.map.tables if table.paths}
    assert {name: path for name, path in found.items() if name in hosting.PATHS} == hosting.PATHS


def test_columns(proposal: Proposal) -> None:
    """The personal columns are found with their category."""
    found = {
        (table.name, column.name): column.category
        for table in proposal.map.tables
        for column in table.columns
    }
    assert {place: found.get(place) for place in hosting.PERSONAL} == hosting.PERSONAL


def test_second_type(proposal: Proposal) -> None:
    """A polymorphic table keeps the way of its other type too when that type leads to the person as well."""
    notes = proposal.map.table("shop", "notes")
    assert all("notable_type=" in str(path) for path in notes.paths)


def test_serialized_forms(proposal: Proposal) -> None:
    """JSON text and serialized PHP are told apart by their values."""
    forms = {
        (table.name, column.name): column.form for table in proposal.map.tables for column in table.columns
    }
    assert (forms["customers", "extra"], forms["carts", "contents"]) == ("json", "php")


def test_map_file_round_trip(proposal: Proposal) -> None:
    """The written map reads back exactly."""
    assert read_map(write_map(proposal.map)) == proposal.map


def test_proposal_survives_check(schema: Schema, proposal: Proposal) -> None:
    """What is proposed for this database has nothing a request could not survive."""
    blocking = [one.message for one in check(proposal.map, {"shop": schema}) if one.severity == "block"]
    assert blocking == []


def test_sample_counts(schema: Schema) -> None:
    """Small tables are counted exactly and their samples are row by row."""
    customers = schema.relation("customers")
    assert (customers.rows, customers.exact) == (8, True)
    assert all(len(one.samples) == 8 for one in customers.fields)
    assert customers.identifies(("brand", "number"))
    assert not customers.identifies(("brand",))


def test_json_shape(proposal: Proposal) -> None:
    """The JSON answer has columns, tables and questions with exactly the promised keys."""
    answer = proposal.as_json()
    assert set(answer) == {"columns", "tables", "questions"}
    assert set(answer["columns"][0]) == {
        "store",
        "table",
        "column",
        "category",
        "form",
        "confidence",
        "reason",
    }
    assert {"store", "table", "role", "owner_path", "confidence", "reason"} <= set(answer["tables"][0])


def test_named_person_wins(schema: Schema) -> None:
    """The table that the user names is the person, whatever speaks for others."""
    named = propose({"shop": schema}, person="shop.employees").map
    assert named.table("shop", "employees").role == "subject"


def test_no_values_in_reasons(proposal: Proposal) -> None:
    """No reason, question or path repeats a value of the database."""
    text = write_map(proposal.map)
    assert not any(leak in text for leak in ("person1@", "Lovelace", "192.0.2.", "Main Street"))
