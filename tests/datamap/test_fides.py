"""fideslang datasets, both ways."""

from __future__ import annotations

import json

import pytest
import yaml

from tests.datamap.test_check import GOOD, SCHEMAS
from troth.datamap.fides import parse_fides, write_fides
from troth.datamap.notation import parse_path
from troth.datamap.terms import all_terms, terms_of
from troth.model.datamap import CATEGORIES, Column, DataMap, Table
from troth.model.errors import SourceError
from troth.model.vocabulary import load

DATASET = """
dataset:
  - fides_key: shop_db
    name: shop
    data_uses: [essential.service]
    collections:
      - name: users
        fields:
          - name: id
            data_categories: [user.unique_id]
            fides_meta: {primary_key: true}
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {identity: email, data_type: string, length: 200}
          - name: born
            data_categories: [user.demographic.date_of_birth]
          - name: flag
            data_categories: [system.operations]
      - name: lines
        fields:
          - name: order_id
            fides_meta:
              references: [{dataset: shop_db, field: orders.id, direction: to}]
          - name: text
            data_categories: [user.content.private]
      - name: orders
        fields:
          - name: id
            fides_meta: {primary_key: true}
          - name: user_id
            fides_meta:
              references: [{dataset: shop_db, field: users.id, direction: to}]
          - name: shipping
            fields: [{name: street, data_categories: [user.contact.address.street]}]
"""


def test_import() -> None:
    """Categories, keys, identities and chains of references are read; what has no place is listed."""
    read = parse_fides(DATASET)
    users, lines, orders = (
        read.map.table("shop", "users"),
        read.map.table("shop", "lines"),
        read.map.table("shop", "orders"),
    )
    assert (users.role, users.key, users.harmless) == ("subject", ("id",), ("flag",))
    assert [column.category for column in users.columns] == ["ident.id", "contact.email", "ident.birthdate"]
    assert str(lines.paths[0]) == "lines.order_id => orders.id ; orders.user_id => users.id"
    assert [(column.name, column.category, column.form) for column in orders.columns] == [
        ("shipping", "contact.address", "json")
    ]
    assert read.lost == (
        "shop.orders.shipping: nested fields are read as one value",
        "shop_db: data_uses",
        "roles: shop.lines, shop.orders are read as owned, so rows go with their person; call shared or staff what was so",
    )


def test_import_lists_lost_conditions() -> None:
    """A condition that the file can not say is named on the way back, with the column that it was about."""
    fields = tuple(Column(one, "contact.name") for one in ("owner_id", "owner_type"))
    way = parse_path("notes.owner_id => users.id [owner_type='User']")
    notes = Table("shop", "notes", "shared", ("owner_id",), fields, (way,))
    back = parse_fides(write_fides(DataMap((notes, GOOD.tables[1])), {}).text)
    assert str(back.map.table("shop", "notes").paths[0]) == "notes.owner_id => users.id"
    said = " | ".join(back.lost)
    assert "shop.notes: which values of owner_type mean a row of users" in said
    assert "roles: shop.notes is read as owned" in said


def test_export_is_yaml() -> None:
    """The exported text is YAML with keys, types, lengths, references and identities."""
    raw = yaml.safe_load(write_fides(GOOD, SCHEMAS).text)
    orders, users = raw["dataset"][0]["collections"]
    by_name = {field["name"]: field for field in orders["fields"]}
    assert by_name["user_id"]["fides_meta"]["references"] == [
        {"dataset": "shop", "field": "users.id", "direction": "to"}
    ]
    assert users["fields"][1] == {
        "name": "email", "data_categories": ["user.contact.email"],
        "fides_meta": {"data_type": "string", "length": 200, "identity": "email"},
    }  # fmt: skip


def test_export_lists_losses() -> None:
    """Tuples, conditions, further paths, masks and roles are listed as lost."""
    path = parse_path("t.(a,b) => users.(a,b) [kind='x']")
    table = Table(
        "s", "t", "shared", ("a",), (Column("a", "contact.name", "hash", mask="null"),), (path, path)
    )
    lost = " | ".join(write_fides(DataMap((table,), ("open?",)), {}).lost)
    for word in (
        "the role shared",
        "1 further paths",
        "masks",
        "the forms hash",
        "joins as a tuple",
        "the condition of",
        "1 open questions",
    ):
        assert word in lost


def test_there_and_back() -> None:
    """Personal columns, keys and paths come back from an export."""
    back = parse_fides(write_fides(GOOD, SCHEMAS).text).map
    assert [(one.name, one.key, [column.category for column in one.columns]) for one in back.tables] == [
        (one.name, one.key, [column.category for column in one.columns]) for one in GOOD.tables
    ]
    assert str(back.table("shop", "orders").paths[0]) == "orders.user_id => users.id"


def test_odd_texts_survive() -> None:
    """Texts that YAML would read as another type, or that need escapes, stay texts."""
    table = Table("no", "on: yes", "owned", (), (Column('1e3 # "q"\n', "contact.name"),), reason="- null")
    raw = yaml.safe_load(write_fides(DataMap((table,)), {}).text)
    collection = raw["dataset"][0]["collections"][0]
    assert (raw["dataset"][0]["name"], collection["name"], collection["fields"][0]["name"]) == (
        "no",
        "on: yes",
        '1e3 # "q"\n',
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "not YAML"),
        ("a: 1", "no fideslang datasets"),
        (json.dumps({"dataset": 3}), "no fideslang datasets"),
    ],
)
def test_refusals(text: str, said: str) -> None:
    """What is no dataset file is refused with a place."""
    with pytest.raises(SourceError, match=said):
        parse_fides(text, "dataset.yml")


def test_terms_are_in_the_vocabulary() -> None:
    """Every term that a column may count as is a data term of the vocabulary."""
    known = load()
    for term in sorted(all_terms()):
        assert known.get("data", term).key == term


def test_every_category_has_a_term() -> None:
    """No category of the map is without a vocabulary term."""
    assert all(terms_of(category, "x") for category in CATEGORIES)
