"""Texts inside of bytes, and texts whose length stands beside them: taken out of rows of two people, and nothing else broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by, table
from tests.enforcement.test_probes import CUSTOMERS, PEOPLE, erased, given

ADA = "ada@example.org"
TALK = CUSTOMERS + table(
    "main.talk", "shared", paths=["talk.a -> customers.id", "talk.b -> customers.id"], body="message"
)


def bytes_of(url: str) -> str:
    """The type of bytes of an engine."""
    return "bytea" if "postgresql" in url else "longblob" if "mariadb" in url or "mysql" in url else "blob"


def packed(url: str, text: bytes) -> str:
    """Bytes as a value of SQL."""
    return f"'\\x{text.hex()}'" if "postgresql" in url else f"x'{text.hex()}'"


def test_bytes_in_a_row_of_two(url: str, tmp_path: Path) -> None:
    """A mail that is kept as bytes loses the address of who leaves; an image beside it stays as it was."""
    mail, image = "Grüße, Ada@example.org wrote to bob@example.org".encode(), b"\x89PNG\x00\xff\xfe"
    scene.run(
        url, PEOPLE,
        "create table talk (id integer not null primary key, a integer references customers (id),"
        f" b integer references customers (id), body {bytes_of(url)})",
        f"insert into talk values (1, 1, 2, {packed(url, mail)}), (2, 2, 1, {packed(url, image)})",
    )  # fmt: skip
    outcome = erased(tmp_path, {"main": url}, TALK, by(email=ADA))
    assert (outcome.word, outcome.residue) == ("done", {})
    left = [(one, two, bytes(body)) for _, one, two, body in scene.rows(url, "talk")]
    assert left == [(None, 2, "Grüße, [erased] wrote to bob@example.org".encode()), (2, None, image)]


def test_packed_bytes_in_a_row_of_two(url: str, tmp_path: Path) -> None:
    """What a program packed is left as it is, because nobody could read it afterwards, and named."""
    body = b"\x80\x04]\x94(\x8c\x0f" + ADA.encode() + b"\x94e."
    scene.run(
        url, PEOPLE,
        "create table talk (id integer not null primary key, a integer references customers (id),"
        f" b integer references customers (id), body {bytes_of(url)})",
        f"insert into talk values (1, 1, 2, {packed(url, body)})",
    )  # fmt: skip
    outcome = erased(tmp_path, {"main": url}, TALK, by(email=ADA))
    assert (outcome.word, outcome.residue) == ("partly", {"main.talk.body": 1})
    assert bytes(scene.rows(url, "talk")[0][3]) == body


def test_texts_of_php(url: str, tmp_path: Path) -> None:
    """PHP can read its array after an address in it was taken out: every text has the length that stands before it."""
    body = 'a:2:{s:4:"from";s:15:"ada@example.org";s:2:"to";s:15:"bob@example.org";}'
    letter = "chr" if "postgresql" in url else "char"
    scene.run(
        url, PEOPLE,
        "create table talk (id integer not null primary key, a integer references customers (id),"
        " b integer references customers (id), body varchar(200))",
        f"insert into talk values (1, 1, 2, replace('{body.replace(';', '#')}', '#', {letter}(59)))",
    )  # fmt: skip
    assert erased(tmp_path, {"main": url}, TALK, by(email=ADA)).word == "done"
    assert scene.rows(url, "talk") == [(1, None, 2, body.replace(ADA, "[erased]......."))]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (
            "Grüße,\n\tda ist \\ '100 %' €𝄞 \u0800\ud7ff".encode(),
            "Grüße,\n\tda ist \\ '100 %' €𝄞 \u0800\ud7ff",
        ),
        (b"", ""),
        (b"\x89PNG\x00", "89504E4700"),
        (b"a\xed\xa0\x80", "61EDA080"),
        (b"\xc0\xaf", "C0AF"),
        (b"a\x07", "6107"),
    ],
)
def test_bytes_in_the_copy(url: str, tmp_path: Path, cell: bytes, shown: str) -> None:
    """A mail that is kept as bytes is given as the text that it is; other bytes by their numbers."""
    scene.run(
        url, PEOPLE,
        f"create table mails (id integer not null primary key, customer_id integer, body {bytes_of(url)})",
        f"insert into mails values (1, 1, {packed(url, cell)})",
    )  # fmt: skip
    text = CUSTOMERS + table(
        "main.mails", "owned", paths=["mails.customer_id => customers.id"], body="message"
    )
    outcome, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert outcome.word == "done"
    body = found["mails"][0]["body"]  # type: ignore[index]
    assert (body if body == shown else body.removeprefix("\\x").upper()) == shown
