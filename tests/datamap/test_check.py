"""What a request could not survive, and drift."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.datamap.check import check
from troth.datamap.mask import fitting_mask, mask_problem
from troth.datamap.notation import parse_path
from troth.model.datamap import MASKS, Column, DataMap, Mask, Table
from troth.model.finding import Finding
from troth.model.schema import Field, Foreign, Relation, Schema
from troth.plan.fit import fitting

USERS = Relation(
    "users",
    (Field("id", kind="integer", nullable=False), Field("email", length=200, nullable=False)),
    ("id",),
    unique=(("email",),),
)
ORDERS = Relation(
    "orders",
    (
        Field("id", kind="integer", nullable=False), Field("user_id", kind="integer"),
        Field("address", nullable=False), Field("size", kind="integer"),
    ),
    ("id",), foreign=(Foreign(("user_id",), "users", ("id",)),),
)  # fmt: skip
SCHEMAS = {"shop": Schema("shop", "sqlite", (ORDERS, USERS))}
GOOD = DataMap(
    (
        Table("shop", "orders", "shared", ("id",), (Column("address", "contact.address", terms=("street",), mask="empty"),),
              (parse_path("orders.user_id -> users.id"),), harmless=("id", "user_id", "size")),
        Table("shop", "users", "subject", ("id",),
              (Column("email", "contact.email", terms=("email-address",), mask="token"),), harmless=("id",)),
    )
)  # fmt: skip


def changed(name: str, **changes: object) -> DataMap:
    """The good map with one table changed."""
    tables = tuple(replace(one, **changes) if one.name == name else one for one in GOOD.tables)  # type: ignore[arg-type]  # the tests name real fields
    return DataMap(tables)


def rules(findings: tuple[Finding, ...], severity: str = "block") -> list[str]:
    """The rules that found something of a severity."""
    return [one.rule for one in findings if one.severity == severity]


def test_good_map() -> None:
    """A map that fits its stores and its policy has no finding."""
    assert check(GOOD, SCHEMAS, {"street": {"street"}, "email-address": {"email-address"}}) == ()


def test_members_of_json() -> None:
    """A column of JSON is named where its members hold what none of its terms says, and no more once a term does."""
    told = (
        '{"name": "Ada Lovelace", "size": 3}',
        '{"name": "Grace Hopper", "contact": {"email": "g@example.org"}}',
    )
    goods = ('{"name": "Web server L"}', '{"name": "Object storage"}')
    promises = {
        "name": {"name", "first-name"},
        "email-address": {"email-address"},
        "personal-data": {"personal-data"},
    }

    def found(samples: tuple[str, ...], *terms: str) -> list[str]:
        relation = replace(ORDERS, fields=(*ORDERS.fields, Field("payload", kind="json", samples=samples)))
        column = Column("payload", "blob", "json", terms=terms, mask="empty")
        one = changed("orders", columns=(*GOOD.tables[0].columns, column))
        schemas = {"shop": Schema("shop", "sqlite", (relation, USERS))}
        hints = [each.hint for each in check(one, schemas, promises) if each.rule == "members-without-term"]
        return [term for hint in hints for term in hint.partition(": ")[2].partition(";")[0].split(", ")]

    assert found(told, "personal-data") == ["email-address", "name"]
    assert found(told, "personal-data", "first-name", "email-address") == []
    assert found(goods, "personal-data") == []
    promises = {"email-address": {"email-address"}}
    assert found(told, "personal-data") == ["email-address"]


def test_unreachable() -> None:
    """A personal table without a path is refused and its columns are named."""
    found = check(changed("orders", paths=()), SCHEMAS)
    assert rules(found) == ["unreachable"]
    assert "address" in found[0].message


def test_found_by_value() -> None:
    """A table that is only looked through is let pass with a warning that names what no search sees into."""
    orders = changed("orders", paths=(), by_value=True)
    (found,) = check(orders, SCHEMAS)
    assert (found.rule, found.severity) == ("by-value", "warn")
    assert "does not see" not in found.message
    packed = replace(orders.table("shop", "orders").columns[0], form="pickle")
    columns = (packed, *orders.table("shop", "orders").columns[1:])
    (found,) = check(changed("orders", paths=(), by_value=True, columns=columns), SCHEMAS)
    assert f"does not see into {packed.name}" in found.message


def test_path_to_nowhere() -> None:
    """A path that ends at no person is refused."""
    one = changed("users", role="owned")
    assert "no-person" in rules(check(one, SCHEMAS))


@pytest.mark.parametrize(
    "path",
    [
        "orders.user_id -> gone.id",
        "orders.gone -> users.id",
        "orders.user_id -> ext:far.users.id",
        "users.id -> users.id",
    ],
)
def test_broken_path(path: str) -> None:
    """A path over tables, columns or stores that are not there is refused."""
    assert "broken-path" in rules(check(changed("orders", paths=(parse_path(path),)), SCHEMAS))


def test_missing_key() -> None:
    """A table whose rows nothing names is refused."""
    assert rules(check(changed("orders", key=()), SCHEMAS)) == ["no-key"]
    assert rules(check(changed("orders", key=("gone",)), SCHEMAS)) == ["no-key"]


@pytest.mark.parametrize(
    ("table", "column", "mask"),
    [
        ("orders", "address", "null"),
        ("orders", "address", "zero"),
        ("users", "email", "null"),
        ("users", "email", "empty"),
    ],
)
def test_mask_that_does_not_fit(table: str, column: str, mask: Mask) -> None:
    """A mask that the column can not hold is refused with one that it can."""
    kept = next(one for one in GOOD.tables if one.name == table).column(column)
    assert kept is not None
    found = check(changed(table, columns=(replace(kept, mask=mask),)), SCHEMAS)
    assert rules(found) == ["mask"]
    assert "use mask" in found[0].hint


def test_zero_is_no_row() -> None:
    """A foreign key can not be masked with zero, because there is no such row; without a key it can."""
    number = Column("user_id", "ident.id", terms=("street",), mask="zero")
    one = changed("orders", columns=(number,), harmless=("id", "address", "size"))
    (found,) = [one for one in check(one, SCHEMAS) if one.severity == "block"]
    assert found.message.endswith("it must point to a row of users, and zero points to none")
    loose = {"shop": Schema("shop", "sqlite", (replace(ORDERS, foreign=()), USERS))}
    assert rules(check(one, loose)) == []


def test_ambiguous_owner() -> None:
    """Two guesses of the same worth are refused until one is confirmed or the row is called shared."""
    two = (
        parse_path("orders.user_id -> users.id", confidence=0.8),
        parse_path("orders.size => users.id", confidence=0.8),
    )
    assert rules(check(changed("orders", role="owned", paths=two), SCHEMAS)) == ["ambiguous-owner"]
    sure = (replace(two[0], confidence=1.0), two[1])
    assert rules(check(changed("orders", role="owned", paths=sure), SCHEMAS)) == []


def test_terms() -> None:
    """A term without a promise blocks; a promise without a column warns."""
    found = check(GOOD, SCHEMAS, {"contact": {"contact", "email-address"}, "passport": {"passport"}})
    assert [(one.rule, one.severity) for one in found] == [
        ("term-without-promise", "block"),
        ("promise-without-column", "warn"),
    ]


def test_drift() -> None:
    """New and vanished tables and columns are found."""
    wider = replace(ORDERS, fields=(*ORDERS.fields, Field("phone")))
    live = {"shop": Schema("shop", "sqlite", (Relation("extra", (Field("a"),), ("a",)), wider))}
    messages = [one.message for one in check(GOOD, live) if one.rule == "drift"]
    assert messages == [
        "the column shop.orders.phone is new and not in the map",
        "the table shop.extra is new and not in the map",
        "the table shop.users is in the map but not in the database",
    ]


def test_missing_index_is_offered() -> None:
    """A big table that is searched without an index is named with the index to make."""
    big = replace(ORDERS, rows=1_000_000)
    found = check(GOOD, {"shop": Schema("shop", "sqlite", (big, USERS))})
    assert [(one.rule, one.severity, one.hint) for one in found] == [
        ("no-index", "warn", "create index on orders (user_id)")
    ]


def test_open_questions_warn() -> None:
    """A question that nobody answered is repeated as a warning."""
    found = check(DataMap(GOOD.tables, ("whose is it?",)), SCHEMAS)
    assert rules(found, "warn") == ["open-question"]


FIELDS = st.builds(
    Field,
    name=st.just("value"),
    kind=st.sampled_from(
        [
            "text",
            "integer",
            "number",
            "boolean",
            "time",
            "date",
            "json",
            "binary",
            "uuid",
            "network",
            "array",
            "vector",
            "other",
        ]
    ),
    length=st.none() | st.integers(1, 40),
    nullable=st.booleans(),
    labels=st.sampled_from([(), ("a", "b"), ("", "a")]),
)


@given(FIELDS, st.sampled_from([(), (("value",),), (("brand", "value"),)]), st.booleans())
def test_proposed_mask_fits(field: Field, unique: tuple[tuple[str, ...], ...], keyed: bool) -> None:
    """The mask that is proposed is always one that the column can hold, and that a plan takes."""
    relation = Relation("things", (field,), ("value",) if keyed else (), unique=unique)
    mask = fitting_mask(relation, "value", "shared")
    assert mask in MASKS
    assert mask
    assert mask_problem(relation, field, mask) == ""
    assert fitting(relation, "value", mask) == (mask, "")


def typed(*kinds: str, column: str = "thing") -> list[tuple[str, str]]:
    """The rules that speak against a path over an id beside a column with these types, with their hints."""
    link = f"{column}_id"
    notes = Relation(
        "notes",
        (
            Field("id", kind="integer", nullable=False),
            Field(link, kind="integer"),
            Field(f"{column}_type", samples=kinds),
        ),
        ("id",),
    )
    one = Table("shop", "notes", "owned", ("id",), (), (parse_path(f"notes.{link} => users.id"),),
                harmless=("id", link, f"{column}_type"))  # fmt: skip
    schemas = {"shop": Schema("shop", "sqlite", (notes, USERS))}
    found = check(DataMap((one, GOOD.tables[1])), schemas)
    return [(one.rule, one.hint) for one in found if one.severity == "block"]


def test_lost_condition() -> None:
    """An id beside a column of several types is refused without a condition; with one type, or its own name, it is not."""
    ((rule, hint),) = typed("User", "Team")
    assert rule == "no-condition"
    assert "[thing_type='...']" in hint
    assert typed("User", "User") == []
    assert typed("basic", "premium", column="user") == []
    assert len(typed("User", "Team", column="user")) == 1


def test_condition_that_is_there() -> None:
    """A path with its condition is taken as it is."""
    notes = Relation(
        "notes",
        (Field("object_id", kind="integer"), Field("content_type_id", kind="integer", samples=(4, 7))),
        ("object_id",),
    )
    schemas = {"shop": Schema("shop", "sqlite", (notes, USERS))}
    for condition, blocked in (("", ["no-condition"]), (" [content_type_id='4']", [])):
        way = parse_path(f"notes.object_id => users.id{condition}")
        one = Table(
            "shop", "notes", "owned", ("object_id",), (), (way,), harmless=("object_id", "content_type_id")
        )
        assert rules(check(DataMap((one, GOOD.tables[1])), schemas)) == blocked
