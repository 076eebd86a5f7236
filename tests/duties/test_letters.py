"""Tests of the texts that people get."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.duties.letters import KINDS, LANGUAGES, Facts, letter, remedy
from troth.duties.life import Hold
from troth.duties.messages import TEMPLATES
from troth.duties.rights import GROUNDS, RIGHTS
from troth.duties.workdays import place
from troth.model.errors import NotFound, TrothError

FACTS = Facts(
    request="r-7",
    right="erase",
    provider="Hong Kong Cloud",
    received=datetime(2026, 11, 22, 17, tzinfo=UTC),
    place=place("HK"),
    due=date(2027, 1, 2),
    holds=(
        Hold("open order", "2027-01-15", "the order is delivered", ("order fulfilment",)),
        Hold("dispute"),
    ),
    ground="law",
    why="invoices are kept for seven years",
    code="012345",
)
HOLES = re.compile(r"\{|\}|\(\)|（）| ,|\.\.|。。|  +\S|None")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_whole(kind: str, language: str) -> None:
    """Every letter names the request, the house, what was asked and when, in one language, without holes."""
    found = letter(kind, language, FACTS)
    text = f"{found.subject}\n{found.body}"
    assert "r-7" in found.subject
    assert FACTS.provider in text
    assert RIGHTS["erase"][language == "zh"] in text
    assert kind == "code" or ("23 November 2026" if language == "en" else "2026年11月23日") in text
    assert not HOLES.search(text.replace("    012345", ""))
    assert (re.search(r"[\u4e00-\u9fff]", found.subject) is not None) == (language == "zh")
    assert kind == "code" or "012345" not in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["open order: expected to end on 15 January 2027 (when the order is delivered)", "only for: order fulfilment",
                "dispute: when it ends is not known yet"]),
        ("zh", ["open order：预计于2027年1月15日结束", "仅用于：order fulfilment", "dispute：结束时间尚未确定"]),
    ],
)  # fmt: skip
def test_a_hold_has_its_name_and_end(language: str, said: list[str]) -> None:
    """Who must wait reads why, until when, and what the data is used for meanwhile."""
    body = letter("held", language, FACTS).body
    assert all(words in body for words in said)


@pytest.mark.parametrize("code", ["EU", "UK", "US", "US-CA", "HK", "SG", "CN"])
@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_a_refusal_says_why_and_where_to_complain(ground: str, code: str) -> None:
    """A refusal has the reason, the article of the law that holds there and of no other, and the authority."""
    where = place(code)
    facts = replace(FACTS, ground=ground, place=where)
    for language, reason in (("en", GROUNDS[ground].en), ("zh", GROUNDS[ground].zh)):
        body = letter("refused", language, facts).body
        assert reason in body
        assert where.authority[language] in body
        assert remedy(where, language) in body
        article = GROUNDS[ground].basis.get(code)
        assert (article or "") in body
        assert ("basis" in body or "依据：" in body) == bool(article)


def test_times_are_the_times_there() -> None:
    """The end of the undo window is given in the time of the place, and a standing clock is explained."""
    facts = replace(FACTS, undo=datetime(2026, 11, 25, 17, tzinfo=UTC), standing=True)
    assert "26 November 2026 01:00 (Asia/Hong_Kong)" in letter("received", "en", facts).body
    assert "runs on once you have answered" in letter("received", "en", facts).body
    assert "without delay" in letter("received", "en", replace(FACTS, due=None)).body


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("code", {"code": ""}),
        ("extended", {"why": ""}),
        ("held", {"holds": ()}),
        ("refused", {"ground": ""}),
        ("partly", {"why": ""}),
        ("refused", {"ground": "mood"}),
        ("done", {"right": "forget"}),
    ],
)
def test_letters_that_would_say_too_little(kind: str, change: dict[str, Any]) -> None:
    """A letter that could not say what it must is refused."""
    with pytest.raises(TrothError):
        letter(kind, "en", replace(FACTS, **change))


def test_unknown_letters() -> None:
    """A letter or language that does not exist is answered with those that do."""
    with pytest.raises(NotFound) as found:
        letter("love", "en", FACTS)
    assert "refused" in found.value.hint
    with pytest.raises(NotFound):
        letter("done", "fr", FACTS)


@given(st.text(min_size=1), st.sampled_from(LANGUAGES))
def test_nothing_typed_makes_a_line(typed: str, language: str) -> None:
    """Text from elsewhere can not begin a line of its own or add a line to a header."""
    plain = letter("refused", language, FACTS)
    told = letter("refused", language, replace(FACTS, why=f"x{typed}x", request=f"x{typed}x"))
    assert len(told.body.splitlines()) == len(plain.body.splitlines())
    assert len(told.subject.splitlines()) == 1


def test_every_letter_has_a_class() -> None:
    """Whatever letter ships with Troth, in either language, is of a class that says whether it may be sent."""
    folder = files("troth.duties") / "templates"
    for language in LANGUAGES:
        names = {
            one.name.partition(".")[0] for one in (folder / language).iterdir() if one.name.endswith(".j2")
        }
        assert names == set(TEMPLATES), language
