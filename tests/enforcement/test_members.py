"""Members of a cell: every notation is read, and what is written without some of them is the same notation."""

from __future__ import annotations

import json

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troth.enforcement import exactjson
from troth.enforcement.meaning import normal
from troth.enforcement.members import exchanged, lacking, members

A, B, C = "a@example.org", "b@example.org", "c@example.org"


def without(cell: str, inside: str = "array", kind: str = "email", gone: str = A) -> str | None:
    """The cell without one member."""
    return lacking(cell, inside, lambda one: normal(kind, one) == gone, kind)


@pytest.mark.parametrize(
    ("cell", "rest"),
    [
        (f'["{A}", "{B}"]', f'["{B}"]'),
        (f'["Ada <{A}>", "Bob <{B}>"]', f'["Bob <{B}>"]'),
        (f"{{{A},{B}}}", f"{{{B}}}"),
        (f'{{"{A}","b,\\"x\\"@example.org"}}', '{"b,\\"x\\"@example.org"}'),
        (f"{{{B},NULL,{A}}}", f"{{{B},NULL}}"),
        (f"[0:1]={{{A},{B}}}", f"{{{B}}}"),
        (f"{{{{{A},{B}}},{{{B},{C}}}}}", f"{{{{NULL,{B}}},{{{B},{C}}}}}"),
        (f"{{{A}}}", "{}"),
        (f"{A}, {B}", B),
        (f"{B},{A}", B),
        (f"{A}, {B}; {C}", f"{B}; {C}"),
        (f"{B}, {A}; {C}", f"{B}, {C}"),
        (f"{B}, {A}\n{C}", f"{B}\n{C}"),
        (f"{B} {A} {C}", f"{B} {C}"),
        (f"{B}\r\n{A}\r\n", f"{B}\r\n"),
        (f"{B} | {A} | {C}", f"{B} | {C}"),
        (f",{A},{B},", f",{B},"),
        (f"['{A}', '{B}']", f"['{B}']"),
        (f'"Ada, L" <{A}>, Bob <{B}>', f"Bob <{B}>"),
        (f'"{A},{B}"', f'"{B}"'),
        (f"{B},,{A}", B),
        (A, ""),
        (f"[{A}]", "[]"),
        (f"{B}, {C}", f"{B}, {C}"),
        ("", ""),
    ],
)
def test_without_a_member(cell: str, rest: str) -> None:
    """A member goes with what stood beside it, everything else stays as it is written."""
    assert without(cell) == rest
    left = {normal("email", one) for one in members(rest, "array", "email")}
    assert left == {normal("email", one) for one in members(cell, "array", "email")} - {A}


def test_logins_and_numbers() -> None:
    """Logins stand with blanks between or without, and numbers of telephones have blanks in them."""
    assert list(members("ada bob cy", "array")) == ["ada", "bob", "cy"]
    assert without("ada bob cy", kind="text", gone="bob") == "ada cy"
    assert without("1 2 3", kind="text", gone="3") == "1 2"
    phones = "+852 9123 4567, +852 9123 4568"
    assert list(members(phones, "array", "phone")) == ["+852 9123 4567", "+852 9123 4568"]


def test_path_of_json() -> None:
    """Only what stands at the path goes; the same value elsewhere means something else."""
    cell = '{"owners": [{"id": 1}, {"id": 2}], "count": 1}'
    assert without(cell, "$.owners[*].id", "text", "1") == '{"owners": [{"id": null}, {"id": 2}], "count": 1}'
    assert without('{"to": [1, 2], "n": 1}', "$.to", "text", "1") == '{"to": [2], "n": 1}'
    assert without('{"to": [1, 2], "n": 1}', "$.to[*]", "text", "1") == '{"to": [2], "n": 1}'
    assert without("no json", "$.to", "text", "1") is None


@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)))
def test_json_stays_json(some: list[str]) -> None:
    """Without its first member a list of JSON is the list of the others."""
    gone = some[0] if some else ""
    rest = lacking(json.dumps(some), "array", lambda one: one == gone)
    assert rest is not None
    assert json.loads(rest) == [one for one in some if one != gone]


def test_arrays_of_postgresql(postgres_url: str) -> None:
    """What PostgreSQL writes is read whole, and it reads what is left as the array without the member."""
    texts = st.text(st.sampled_from("ab,;{}\"\\ 'NUL@<>\n"), max_size=6)
    with psycopg.connect(postgres_url) as link:

        @settings(max_examples=300, deadline=None)
        @given(st.lists(texts, min_size=1, max_size=5))
        def check(some: list[str]) -> None:
            ((written,),) = link.execute("select (%s::text[])::text", (some,)).fetchall()
            assert list(members(written, "array")) == [one for one in some if one]
            rest = lacking(written, "array", lambda one: one == some[0])
            ((back,),) = link.execute("select (%s::text)::text[]", (rest,)).fetchall()
            assert back == [one for one in some if one != some[0] or not one]

        check()


@pytest.mark.parametrize(
    ("cell", "again"),
    [
        (f"{{{A},{B}}}", f'{{"{C}",{B}}}'),
        (f'{{NULL,"Ada, L <{A}>",{B}}}', f'{{NULL,"Ada, L <{C}>",{B}}}'),
        (f"{{{{{A},{B}}},{{{B},{A}}}}}", f'{{{{"{C}",{B}}},{{{B},"{C}"}}}}'),
        (f"Ada <{A}>; Bob <{B}>", f"Ada <{C}>; Bob <{B}>"),
        (f"['{A}', '{B}']", f"['{C}', '{B}']"),
        (f"{B} {A}\n{B}", f"{B} {C}\n{B}"),
        (f" {B} | {A} ", f" {B} | {C} "),
        (f"{{{B}}}", f"{{{B}}}"),
        (f"{B}, x", f"{B}, x"),
        ("", ""),
    ],
)
def test_another_member(cell: str, again: str) -> None:
    """A member is exchanged where it stands, and everything else stays as it is written."""
    assert exchanged(cell, lambda one: normal("email", one) == A, C, "email") == again
    assert exchanged(cell, lambda one: normal("email", one) == A, "", "email") == without(cell)


def test_member_that_has_to_be_quoted() -> None:
    """A value that would be read as several members is written in quotes, and read back as one."""
    cell = exchanged("Ada Lee, Bob", lambda one: one == "Ada Lee", 'Lee, "Ada"')
    assert list(members(cell, "array")) == ['Lee, "Ada"', "Bob"]


def test_exchange_in_arrays_of_postgresql(postgres_url: str) -> None:
    """PostgreSQL reads what is left as the array with the other value wherever the first one stood."""
    texts = st.text(st.sampled_from("ab,;{}\"\\ 'NUL@<>\n"), max_size=6)
    with psycopg.connect(postgres_url) as link:

        @settings(max_examples=300, deadline=None)
        @given(st.lists(texts, min_size=1, max_size=5), texts.filter(bool))
        def check(some: list[str], new: str) -> None:
            ((written,),) = link.execute("select (%s::text[])::text", (some,)).fetchall()
            again = exchanged(written, lambda one: one == some[0], new)
            ((back,),) = link.execute("select (%s::text)::text[]", (again,)).fetchall()
            assert back == [new if one and one == some[0] else one for one in some]

        check()


def test_numbers_keep_their_digits() -> None:
    """JSON that is written again has every number with the digits that it had."""
    cell = '{"to": ["a@example.org"], "n": [1.10, 1e400, -0.0, 12345678901234567890.1234567890, 7, true]}'
    assert without(cell, "$.to") == cell.replace('["a@example.org"]', "[]")
    assert json.loads(exactjson.write(exactjson.read('{"a": "1.5"}'))) == {"a": "1.5"}


def test_chinese_name_beside_a_member() -> None:
    """Where an address goes from JSON the person's Chinese name beside it goes along, in one member or in two."""
    cell = (
        '{"cc": [{"mail": "wang@example.org", "family": "王", "given": "小明"}, {"mail": "b@example.org", "name": "王大明"}],'
        ' "by": "王小明"}'
    )
    rest = lacking(cell, "$.cc[*].mail", {"wang@example.org"}.__contains__, "email", {"王小明", "小明王"})
    assert rest is not None
    assert json.loads(rest) == {
        "cc": [
            {"mail": None, "family": None, "given": None},
            {"mail": "b@example.org", "name": "王大明"},
        ],
        "by": "王小明",
    }
