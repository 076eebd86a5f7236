"""Columns that follow a person's choices, and columns that show facts: proposed, written and read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from troth.datamap.check import check
from troth.datamap.mapfile import read_map
from troth.datamap.marks import check_facts, propose_marks
from troth.datamap.propose import propose
from troth.model.datamap import Column, DataMap, Table
from troth.model.errors import SourceError, TrothError
from troth.model.mark import Mark, parse_fact, parse_mark
from troth.model.schema import Field, Relation, Schema

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def proposed(*fields: Field) -> dict[str, str]:
    """The marks of a table with these columns."""
    return propose_marks(Relation("customers", fields, ("id",)))


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("newsletter_opt_in", {"newsletter": "newsletter_opt_in"}),
        ("no_newsletter", {"newsletter": "not no_newsletter"}),
        ("newsletter_and_offers", {"direct-marketing": "newsletter_and_offers"}),
        ("marketingConsent", {"direct-marketing": "marketingConsent"}),
        ("direct_marketing", {"direct-marketing": "direct_marketing"}),
        ("do_not_contact", {"direct-marketing": "not do_not_contact"}),
        ("unsubscribed", {"direct-marketing": "not unsubscribed"}),
        ("is_restricted", {"restricted": "is_restricted"}),
        ("是否订阅", {"direct-marketing": "是否订阅"}),
        ("营销同意", {"direct-marketing": "营销同意"}),
        ("退订", {"direct-marketing": "not 退订"}),
        ("限制处理", {"restricted": "限制处理"}),
        ("cookie_opt_in", {}),
        ("active", {}),
        ("restricted_by", {}),
        ("subscription_plan", {}),
    ],
)
def test_names(name: str, marks: dict[str, str]) -> None:
    """A column whose name speaks of a choice becomes a mark, in the sense of its name."""
    assert proposed(Field(name, "BOOLEAN", "boolean")) == marks


def test_types() -> None:
    """Only a type that knows yes and no can follow a choice."""
    assert proposed(Field("newsletter", kind="text")) == {}
    assert proposed(Field("newsletter", kind="integer", samples=(0, 1, None))) != {}
    assert proposed(Field("newsletter", kind="integer", samples=(3, 17))) == {}
    assert proposed(Field("unsubscribed_at", kind="time")) == {"direct-marketing": "not unsubscribed_at"}
    words = Field("subscription", labels=("subscribed", "unsubscribed"))
    assert proposed(words) == {"direct-marketing": "subscription = subscribed | unsubscribed"}
    words = Field("newsletter", labels=("n", "y"))
    assert proposed(words) == {"newsletter": "newsletter = y | n"}


def test_several_columns() -> None:
    """Two columns of one table about the same choice are told apart by their channel."""
    found = proposed(Field("opt_in", kind="boolean"), Field("sms_opt_out", kind="boolean"))
    assert found == {"direct-marketing": "opt_in", "direct-marketing@sms": "not sms_opt_out"}


def test_proposed_map() -> None:
    """A proposed map names the marks of its table of persons."""
    fields = (
        Field("id", kind="integer", nullable=False),
        Field("email"),
        Field("newsletter", kind="boolean"),
    )
    schema = Schema("shop", "sqlite", (Relation("customers", fields, ("id",)),))
    one = propose({"shop": schema}).map
    assert one.table("shop", "customers").marks == {"newsletter": "newsletter"}


def test_notation() -> None:
    """A mark names its column, its sense and its words."""
    assert parse_mark("not state = on | off") == Mark("state", negated=True, yes="on", no="off")
    for wrong in ("", "not ", "state = on", "= on | off"):
        with pytest.raises(TrothError):
            parse_mark(wrong)


def test_facts() -> None:
    """A fact translates the application's words, times and empty cells; what it does not know stays unknown."""
    plain, worded = parse_fact("state"), parse_fact("state: New, pending = open; due = unpaid")
    assert plain.read("open", NOW) == "open"
    assert [worded.read(cell, NOW) for cell in ("NEW", "due", "x", None)] == ["open", "unpaid", None, None]
    timed = parse_fact("keep_until: future = running; null = none; * = expired")
    assert [timed.read(cell, NOW) for cell in ("2030-01-01", "2020-01-01 10:00:00", None, "?")] == [
        "running", "expired", "none", None,
    ]  # fmt: skip
    for wrong in ("", "state: open", ": a = b"):
        with pytest.raises(TrothError):
            parse_fact(wrong)


def test_check() -> None:
    """The check of a map refuses a mark or fact whose column is missing, and one that can not be set."""
    fields = (
        Field("id", kind="integer", nullable=False),
        Field("email"),
        Field("mood"),
        Field("blob", kind="binary"),
    )
    relation = Relation("people", fields, ("id",))
    table = Table(
        "s", "people", "subject", ("id",), (Column("email", "contact.email"),), harmless=("id", "mood", "blob"),
        marks={"restricted": "gone", "direct-marketing": "mood", "newsletter": "blob", "a": "mood = yes | no"},
        facts={"order-status": "state"},
    )  # fmt: skip
    found = [
        one
        for one in check(DataMap((table,)), {"s": Schema("s", "sqlite", (relation,))})
        if one.rule == "broken-mark"
    ]
    assert [(one.severity, one.message.partition(" names ")[0]) for one in found] == [
        ("block", "s.people: the fact order-status"),
        ("block", "s.people: the mark direct-marketing does not say which words mood takes"),
        ("block", "s.people: the mark newsletter"),
        ("block", "s.people: the mark restricted"),
    ]


def test_wrong_mark_in_a_file() -> None:
    """A map that says what no mark can say is refused with its line."""
    text = (
        'version = 1\n[[table]]\nstore = "s"\nname = "t"\nrole = "owned"\nmarks = { restricted = "a = b" }\n'
    )
    with pytest.raises(SourceError) as error:
        read_map(text)
    assert error.value.place.line == 2


def test_values_that_tell_nothing() -> None:
    """Sampled values and words of the map that are none of the fact's values are counted; those that a map explains are not."""
    cells = ("Open", "offen", "", None)
    relation = Relation("orders", (Field("state", samples=cells),))
    choices = {"order-status": ("open", "unpaid", "completed")}

    def told(said: str) -> list[str]:
        one = Table("shop", "orders", "owned", key=("id",), facts={"order-status": said})
        return [each.message for each in check_facts(one, relation, choices)]

    assert told("state") == [
        "3 of 4 sampled values of shop.orders.state say nothing about order-status, so their rows stay"
    ]
    assert told("state: offen = open; * = completed") == []
    assert told("state: * = fertig")[0] == "shop.orders: fertig is no value of the fact order-status"


def test_table_of_newsletters() -> None:
    """A switch in a table of newsletters is for newsletters, unless its own name speaks of more."""
    fields = (Field("subscribed", "BOOLEAN", "boolean"), Field("sms_opt_in", "BOOLEAN", "boolean"))
    found = propose_marks(Relation("newsletter_subs", fields, ("id",)))
    assert found == {"newsletter": "subscribed", "direct-marketing": "sms_opt_in"}
