"""Letters that JSON writes by their number, and letters beyond ASCII, hide nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by, table
from tests.enforcement.test_probes import erased, given
from troth.enforcement.meaning import unescaped, words

PEOPLE = "create table people (id integer not null primary key, email varchar(100) not null)"
TEXT = table("main.people", "subject", email="contact.email") + table(
    "main.letters",
    "owned",
    paths=["letters.sent ~> people.email [inside JSON $[*].to]"],
    sent="contact.email//json",
)


def column(url: str) -> str:
    """A column of the engine that keeps JSON as it was written."""
    return "json" if "postgresql" in url else "varchar(400)"


def slash(url: str) -> str:
    """How the engine writes a backslash in a text."""
    return "\\\\" if "mysql" in url or "mariadb" in url else "\\"


def put(url: str, *letters: str) -> None:
    """Two people, and letters."""
    written = [f"({n}, '{one}')".replace("\\", slash(url)) for n, one in enumerate(letters, 1)]
    scene.run(
        url,
        PEOPLE,
        "insert into people values (1, 'zoë+shop@example.org'), (2, 'bob@example.org')",
        f"create table letters (id integer not null primary key, sent {column(url)})",
        "insert into letters values " + ", ".join(written),
    )


@pytest.mark.parametrize(
    "mail", ["zoë+shop@example.org", "ZOË+SHOP@EXAMPLE.ORG", "zoe\u0308+shop@example.org"]
)
@pytest.mark.parametrize("how", ["plain", "numbers", "plus"])
def test_address_in_json(url: str, tmp_path: Path, mail: str, how: str) -> None:
    """An address is found in JSON in capitals, decomposed, and with its letters or its plus written by number."""
    letter = json.dumps([{"to": mail}], ensure_ascii=how == "numbers")
    letter = letter.replace("+", "\\u002B") if how == "plus" else letter
    put(url, letter, '[{"to": "bob@example.org"}]')
    outcome, found = given(tmp_path, {"main": url}, TEXT, by(email="zoë+shop@example.org"))
    assert outcome.counts["main.letters"] == {"collected": 1, "shared": 0}, found
    assert erased(tmp_path, {"main": url}, TEXT, by(email="zoë+shop@example.org")).word == "done"
    assert [row[0] for row in scene.rows(url, "letters")] == [2]


def test_row_of_two_by_numbers(url: str, tmp_path: Path) -> None:
    """A row is not given to one person when only numbers of letters name the other one in it."""
    put(url, json.dumps([{"to": "bob@example.org"}, {"to": "zoë+shop@example.org"}]))
    outcome, _ = given(tmp_path, {"main": url}, TEXT, by(email="bob@example.org"))
    assert outcome.counts["main.letters"] == {"collected": 0, "shared": 1}


def test_last_search_reads_numbers(url: str, tmp_path: Path) -> None:
    """What the map does not know of is found by the search of every text, also where letters are numbers."""
    scene.run(
        url,
        PEOPLE,
        "insert into people values (1, 'ada+shop@example.org')",
        "create table logs (id integer not null primary key, line varchar(200))",
        f"insert into logs values (1, 'sent to ada{slash(url)}u002bshop@example.org')",
    )
    outcome = erased(
        tmp_path,
        {"main": url},
        table("main.people", "subject", email="contact.email"),
        by(email="ada+shop@example.org"),
    )
    assert (outcome.word, dict(outcome.residue)) == ("partly", {"main.logs.line": 1})


def test_what_is_no_letter_stays() -> None:
    """Quotes, backslashes, control signs and halves of letters stay numbers; pairs become one letter."""
    for cell in (r'"\u0022"', r"\u005c", r"\u000a", r"\ud83d", r"\u12"):
        assert unescaped(cell) == cell
    assert unescaped(r"\ud83d\ude00 \u738b\u5c0f\u660e") == "\U0001f600 王小明"
    assert "王小明" in set(words(r'{"to": "\u738b\u5c0f\u660e"}'))
