"""The map file: exact round trip, and plain refusals."""

from __future__ import annotations

import contextlib
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.datamap.strategies import maps, paths
from troth.datamap.mapfile import read_map, write_map
from troth.datamap.notation import parse_link, parse_path
from troth.model.datamap import DataMap, Path
from troth.model.errors import SourceError, TrothError


@given(maps())
def test_round_trip(one: DataMap) -> None:
    """Whatever a map says, its file says the same, and writing it again changes nothing."""
    text = write_map(one)
    assert read_map(text) == one
    assert write_map(read_map(text)) == text


@given(maps())
def test_one_line_a_column(one: DataMap) -> None:
    """Every personal column stands on exactly one line of valid TOML."""
    text = write_map(one)
    raw = tomllib.loads(text)
    counted = sum(len(table.get("columns", {})) for table in raw.get("table", []))
    assert sum(" = { category = " in line for line in text.splitlines()) >= counted


@given(paths("start"))
def test_path_notation(path: Path) -> None:
    """A path reads back from its text."""
    assert parse_path(str(path), confidence=path.confidence, reason=path.reason) == path


@pytest.mark.parametrize(
    "text",
    [
        "", "a.b", "a.b -> c", "a.b c.d", "a.(x,y) -> b.z", "a.b -> c.d ; e.f -> g.h", "a.b -> ext:c.d", "a.b -> c.d [x > 3]",
    ],
)  # fmt: skip
def test_wrong_notation(text: str) -> None:
    """A path that is not in the notation is refused."""
    with pytest.raises(TrothError):
        parse_path(text)


def test_quotes_in_conditions() -> None:
    """Quotes, semicolons and brackets inside a condition are part of the value."""
    text = "a.b => c.d [kind='it''s ; [odd]']"
    assert str(parse_link(text)) == text
    assert parse_path(f"{text} ; c.e -> f.g").links[0].conditions[0].values == ("it's ; [odd]",)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("version = 1\nquestions = [\n", 3, "not TOML"),
        ("version = 2\n", 1, "not a map of version"),
        ("version = 1\nextra = 1\n", 2, "no part named extra"),
        ('version = 1\n\n[[table]]\nstore = "s"\nname = "t"\nrole = "owner"\n', 3, "role is 'owner'"),
        (
            'version = 1\n[[table]]\nstore = "s"\nname = "t"\nrole = "owned"\n[table.columns]\na = { category = "mail" }\n',
            2,
            "category of a",
        ),
        (
            'version = 1\n[[table]]\nstore = "s"\nname = "t"\nrole = "owned"\npaths = ["t.a > b.c"]\n',
            2,
            "not a step",
        ),
        ('version = 1\n[[table]]\nstore = "s"\nrole = "owned"\n', 2, "no name"),
        (
            'version = 1\n[[table]]\nstore = "s"\nname = "t"\nrole = "owned"\nconfidence = 2\n',
            2,
            "from 0 to 1",
        ),
        (
            'version = 1\n[none.s]\nt = { reason = "a" }\n[[table]]\nstore = "s"\nname = "t"\nrole = "owned"\n',
            6,
            "stands twice",
        ),
        ("version = 1\ntable = 3\n", 1, "a list is expected"),
    ],
)
def test_refusals(text: str, line: int, said: str) -> None:
    """A wrong map is refused with the line and the word."""
    with pytest.raises(SourceError) as caught:
        read_map(text, "map.toml")
    assert said in str(caught.value)
    assert (caught.value.place.file, caught.value.place.line) == ("map.toml", line)


@given(maps(), st.data())
def test_damaged_file(one: DataMap, data: st.DataObject) -> None:
    """A damaged file is read or refused as what it is, never with another error."""
    text = write_map(one)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    damaged = text[:start] + data.draw(st.sampled_from(["", "3", "[", '"', "=", "{}", "\n"])) + text[end:]
    with contextlib.suppress(SourceError):
        read_map(damaged)
