"""Tests of the table of statutory clocks and of its page."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from troth.duties.clocks import clocks, clocks_for, read_clocks, version
from troth.duties.rights import RIGHTS
from troth.duties.workdays import place
from troth.model.clock import Clock
from troth.model.errors import TrothError

PAGE = Path(__file__).parents[2] / "docs" / "requests.md"
LENGTH = re.compile(r"(\d+) (?:(business|working|calendar) )?(hour|day|week|month|year)s?")
WORDS = {"yearly": (1, "year"), "once per calendar year": (1, "year")}


def lengths(words: str) -> set[tuple[int, str]]:
    """The lengths that the words of a row name: (number, unit)."""
    found = {
        (int(number), "business-day" if kind in ("business", "working") else unit)
        for number, kind, unit in LENGTH.findall(words)
    }
    return found | {length for word, length in WORDS.items() if word in words}


def test_there_are_72() -> None:
    """The table holds every clock of the specification, by jurisdiction."""
    counted = Counter(one.jurisdiction for one in clocks().values())
    assert counted == {
        "EU": 17,
        "US-CA": 9,
        "HK": 8,
        "CN": 8,
        "SG": 6,
        "gTLD": 5,
        "UK": 11,
        "KR": 2,
        "BR": 1,
        "CA-QC": 1,
        "US": 2,
        "cards": 2,
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", version())


@pytest.mark.parametrize("one", clocks().values(), ids=list(clocks()))
def test_parts_say_what_the_words_say(one: Clock) -> None:
    """Every length in the words of a row is a part of it, and every part stands in the words."""
    named = {(part.number, part.unit) for part in one.parts if part.number and part.kind != "age"}
    said = lengths(one.words)
    if one.id == "HK-DCR":
        said |= {(12, "month")}  # "of last 12 months" stands in the duty
    assert named == said
    assert place(one.jurisdiction).code == one.jurisdiction
    assert set(one.rights) <= set(RIGHTS)
    assert not one.refusal or one.refusal in clocks()


@pytest.mark.parametrize("one", clocks().values(), ids=list(clocks()))
def test_confidence_is_said(one: Clock) -> None:
    """Every row says how far it can be trusted, in one of three ways, and who stops or moves a clock says by which law."""
    assert one.confidence.startswith(("verified by look-up", "from knowledge", "unsure - check the statute"))
    assert one.counting or not (one.stops or one.roll)


def test_extensions_are_in_the_words() -> None:
    """A row that can be made longer by a number says that number."""
    for one in clocks().values():
        if one.extends:
            number = one.extends[0]
            assert f"+{number}" in f"{one.extension} {one.words}", one.id


@pytest.mark.parametrize(
    ("right", "jurisdiction", "named"),
    [
        ("access", "EU", ["EU-DSR"]),
        ("opt-out", "EU", ["EU-OBJECT-DM"]),
        ("withdraw", "EU", ["EU-WITHDRAW"]),
        ("erase", "US-CA", ["CA-KNOW", "CA-RESPOND"]),
        ("opt-out", "HK", ["HK-DM", "HK-UEMO"]),
        ("erase", "HK", ["HK-ERASE"]),
        ("rectify", "SG", ["SG-CORRECT"]),
        ("erase", "CN", ["CN-RIGHTS"]),
        ("complaint", "UK", ["UK-COMPLAINT"]),
        ("opt-out", "UK", ["UK-OBJECT-DM"]),
        ("withdraw", "UK", ["UK-WITHDRAW"]),
        ("access", "BR", ["BR-DSR"]),
        ("erase", "KR", ["KR-DSR"]),
        ("rectify", "CA-QC", ["QC-DSR"]),
        ("question", "EU", []),
    ],
)
def test_clocks_of_a_request(right: str, jurisdiction: str, named: list[str]) -> None:
    """A request finds the clocks that run for it."""
    assert [one.id for one in clocks_for(right, jurisdiction)] == named


def test_malformed_rows_are_named() -> None:
    """A row that can not be read is refused by its name."""
    good: dict[str, Any] = {
        "id": "X", "jurisdiction": "EU", "duty": "d", "clock": "1 day", "starts": "receipt",
        "extension": "none", "law": "l", "confidence": "c", "parts": [{"kind": "within", "number": 1}],
    }  # fmt: skip
    assert read_clocks([good])[0].parts[0].starts == "receipt"
    changes: list[dict[str, Any]] = [
        {"parts": [{"kind": "soon"}]},
        {"parts": [{"kind": "within"}]},
        {"parts": []},
        {"parts": [{"kind": "within", "number": 1, "unit": "moon"}]},
        {"colour": "red"},
    ]
    for change in changes:
        with pytest.raises(TrothError, match="the clock `X`"):
            read_clocks([good | change])


def test_the_page_shows_the_table() -> None:
    """docs/requests.md lists every clock as the table has it, in its order, and names the table's version."""
    text = PAGE.read_text("utf-8")
    rows = [
        line.split(" | ")[0].removeprefix("| ")
        for line in text.splitlines()
        if re.match(r"\| [A-Z]+(-[A-Z0-9]+)* \|", line)
    ]
    assert rows == list(clocks())
    for one in clocks().values():
        cells = (
            one.id,
            one.jurisdiction,
            one.duty,
            one.words,
            one.starts,
            one.extension,
            one.law,
            one.confidence,
        )
        assert f"| {' | '.join(cells)} |" in text, one.id
    assert f"version {version()}" in text
