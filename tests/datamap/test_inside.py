"""Persons that are named inside of values: members of JSON, lists, texts."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tests.datamap.test_owners import path, proposed, table
from troth.datamap.check import check
from troth.datamap.inner import LONGEST, inner_places, leaves, standing
from troth.datamap.notation import parse_path
from troth.enforcement.members import members
from troth.model.datamap import Column, DataMap, Table
from troth.model.schema import Field, Relation, Schema

COUNT = 12
ADDRESSES = tuple(f"pat{n}@example.org" for n in range(COUNT))
PEOPLE = Relation(
    "members",
    (
        Field("id", kind="integer", nullable=False, samples=tuple(range(1, COUNT + 1))),
        Field("login", length=40, samples=tuple(f"pat-{n:03}" for n in range(COUNT))),
        Field("email", length=200, samples=ADDRESSES),
    ),
    ("id",),
    rows=COUNT,
)


def holding(name: str, *cells: object) -> Relation:
    """A table with one column of these values."""
    ids = Field("id", kind="integer", nullable=False, samples=tuple(range(1, len(cells) + 1)))
    return Relation(name, (ids, Field("filled", samples=cells)), ("id",), rows=len(cells))


def found(*cells: object) -> str:
    """The path proposed for a table with one column of these values, without its two ends."""
    way = path(proposed(PEOPLE, holding("readings", *cells)), "readings")
    return way.removeprefix("readings.filled ")


@pytest.mark.parametrize(
    ("shape", "inside"),
    [
        ('{{"visitor": {{"email": "{0}"}}, "step": 1}}', "$.visitor.email"),
        ('{{"kind": "open", "by": "{0}"}}', "$.by"),
        ('[{{"role": "owner", "mail": "{0}"}}, {{"role": "tech", "mail": "{1}"}}]', "$[*].mail"),
        ('{{"to": ["{0}", "{1}"]}}', "$.to"),
        ('{{"rows": [{{"who": {{"at": "{0}"}}}}]}}', "$.rows[*].who.at"),
    ],
)
def test_members_by_their_path(shape: str, inside: str) -> None:
    """Addresses in JSON are reached by the path at which they stand, whatever it is called, and the engine finds them there."""
    cells = [shape.format(one, other) for one, other in zip(ADDRESSES, reversed(ADDRESSES), strict=True)]
    assert found(*cells) == f"~> members.email [inside JSON {inside}]"
    assert ADDRESSES[3] in set(members(cells[3], inside, "email"))


def test_addresses_in_brackets() -> None:
    """An address in angle brackets is an address."""
    assert found(*(f"<{one}>" for one in ADDRESSES)) == "~> members.email [inside array]"


def test_lists_of_logins_and_ids() -> None:
    """Lists of logins lead by their values; lists of ids where the name says whose they are; neither is a key as it stands."""
    logins = Field("folk", samples=tuple(f'["pat-{n:03}", "pat-{(n + 1) % COUNT:03}"]' for n in range(COUNT)))
    assert (
        path(proposed(PEOPLE, table("crews", logins)), "crews")
        == "crews.folk ~> members.login [inside array]"
    )
    ids = Field("member_ids", samples=tuple(f"[{n}, {n % COUNT + 1}]" for n in range(1, COUNT + 1)))
    assert (
        path(proposed(PEOPLE, table("crews", ids)), "crews")
        == "crews.member_ids => members.id [inside array]"
    )
    sizes = Field("sizes", samples=ids.samples)
    assert path(proposed(PEOPLE, table("crews", sizes)), "crews") == ""


def test_names_of_members_that_lie() -> None:
    """A member called email that holds no address is no way."""
    assert found(*(json.dumps({"email": f"weekly {n}"}) for n in range(COUNT))) == ""


def test_addresses_in_texts() -> None:
    """A table whose texts name persons is found by the addresses in them, where most hold one and some lead to a person."""
    lines = [f"550 no such box <{one}>, given up" for one in ADDRESSES]
    one = proposed(PEOPLE, holding("refusals", *lines))
    assert path(one, "refusals") == "refusals.filled ~> members.email [inside text]"
    assert one.table("s", "refusals").role == "owned"
    assert found(*(f"line {n} went well" for n in range(COUNT)), lines[0]) == ""


def test_addresses_of_nobody() -> None:
    """Texts with addresses of strangers lead nowhere and are asked about."""
    one = proposed(PEOPLE, holding("refusals", *(f"box <x{n}@example.net> is gone" for n in range(COUNT))))
    assert path(one, "refusals") == ""
    assert [question for question in one.questions if "s.refusals.filled" in question]


def test_settings_with_contacts() -> None:
    """A table of settings whose values list persons is personal, and its rows stay."""
    contacts = (f'[{{"role": "admin", "email": "{one}"}}]' for one in ADDRESSES)
    one = proposed(PEOPLE, holding("sites", *contacts)).table("s", "sites")
    assert (one.role, len(one.paths)) == ("shared", 1)


def test_json_that_was_cut_off() -> None:
    """A value that was read only in part gives the members that were read."""
    text = json.dumps({"user": {"email": ADDRESSES[0]}, "rest": ["x" * 60] * 200})
    assert len(text) > LONGEST
    assert ("$.user.email", ADDRESSES[0]) in set(leaves(text))


@pytest.mark.parametrize(
    ("cell", "inside"),
    [
        ('{"a": {"b": ["X@example.org", "y@example.org"]}}', "$.a.b"),
        ('[{"a": "X@example.org"}, {"a": 3}]', "$[*].a"),
        ('[{"a": "X@example.org"}]', "$[0].a"),
        ("X@example.org, y@example.org;z@example.org", "array"),
        ("{X@example.org,y@example.org}", "array"),
        ('["X@example.org", 4]', "array"),
        ('{"a": "X@example.org"}', "$.b"),
        ("1", "$.b"),
    ],
)
def test_reads_as_the_engine_does(cell: str, inside: str) -> None:
    """What is judged to stand at a place is what the engine finds there."""
    assert standing(cell, inside) == {one.casefold() for one in members(cell, inside, "email")}


def test_odd_member_names() -> None:
    """Members whose names the notation can not write are left out."""
    assert [one.path for one in inner_places(['{"a b": "x", "c.d": "y", "e-f": "z", "": "w"}'])] == ["$.e-f"]


def mapped(way: str) -> DataMap:
    """A map with this path for the readings."""
    return DataMap(
        (
            Table("s", "members", "subject", ("id",), (Column("email", "contact.email", mask="token"),),
                  harmless=("id", "login")),
            Table("s", "readings", "owned", ("id",), (Column("filled", "blob"),), (parse_path(way),), harmless=("id",)),
        )
    )  # fmt: skip


def dead(way: str, *cells: object, people: Relation = PEOPLE) -> list[tuple[str, str]]:
    """What the check says about paths that no sampled value takes: message and hint."""
    schemas = {"s": Schema("s", "sqlite", (people, holding("readings", *cells)))}
    return [(one.message, one.hint) for one in check(mapped(way), schemas) if one.rule == "dead-path"]


def test_dead_paths() -> None:
    """A path that no sampled value takes is warned about, with where the values stand."""
    cells = [json.dumps({"user": {"email": one}}) for one in ADDRESSES]
    assert dead("readings.filled ~> members.email [inside JSON $.email]", *cells) == [
        (
            "none of 12 sampled values of readings.filled leads to a row of members: nothing stands at $.email",
            "write readings.filled ~> members.email [inside JSON $.user.email]",
        )
    ]
    assert dead("readings.filled ~> members.email [inside JSON $.user.email]", *cells) == []
    commas = [f"{one},{other}" for one, other in pairwise(ADDRESSES)]
    ((_, hint),) = dead("readings.filled ~> members.email", *commas)
    assert hint == "write readings.filled ~> members.email [inside array]"


def test_samples_too_small_to_judge() -> None:
    """Nothing is said of a handful of values, nor of a few out of a table that is far bigger than its sample."""
    strangers = [f"x{n}@example.net" for n in range(COUNT)]
    way = "readings.filled ~> members.email"
    assert len(dead(way, *strangers)) == 1
    assert dead(way, *strangers[:4]) == []
    big = Relation(PEOPLE.name, PEOPLE.fields, PEOPLE.key, rows=1_000_000, exact=False)
    assert dead(way, *strangers, people=big) == []
