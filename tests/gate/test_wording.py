"""What SQL text names, and which definitions touch no rows."""

from __future__ import annotations

import time

import pytest

from troth.gate.wording import moves_rows, says_nothing, touches_no_rows, wording

HARMLESS = [
    'PRAGMA main.table_info("order details")',
    "pragma foreign_keys",
    "SHOW CREATE TABLE `order details`;",
    "describe customer",
    "create index ix on customer (email)",
    "CREATE UNIQUE INDEX IF NOT EXISTS ix ON customer USING btree (lower(email)) WHERE email IS NOT NULL;",
    "alter table customer add column since date default now()",
    'alter table if exists only shop."order details" add since date',
    "alter table customer add constraint fk foreign key (boss) references customer (id) on delete set null",
]
TOUCHING = [
    "pragma x = (select email from customer)",
    "pragma x; select * from customer",
    "create index ix on customer (email); delete from customer",
    "create index ix on customer (email) -- ; delete",
    "create index ix on customer (email) /*! ; delete from customer */",
    "create table copy as select * from customer",
    "create table copy as table customer",
    "create view everybody as select email from customer",
    "alter table customer add column a text, drop column email",
    "alter table customer add column a text default (select email from customer)",
    "alter table customer drop column email",
    "alter table customer rename to other",
    "drop table customer",
    "truncate customer",
    "delete from customer",
]


@pytest.mark.parametrize("statement", HARMLESS)
def test_schema_that_is_read_or_added_to(statement: str) -> None:
    """Reading the schema, and adding an index, a column or a constraint, touches no rows."""
    assert touches_no_rows(statement)


@pytest.mark.parametrize("statement", TOUCHING)
def test_what_touches_rows(statement: str) -> None:
    """Whatever reads, copies, changes or deletes rows is not taken for that, also behind something harmless."""
    assert not touches_no_rows(statement)


@pytest.mark.parametrize(
    ("definition", "moves"),
    [
        (
            "CREATE TABLE customer (id INTEGER, \"select\" TEXT DEFAULT 'delete from x', copy TEXT, truncate TEXT)",
            False,
        ),
        ("CREATE TABLE a (b INTEGER REFERENCES customer (id) ON DELETE CASCADE ON UPDATE SET NULL)", False),
        ("ALTER TABLE customer ALTER COLUMN email TYPE VARCHAR(80)", False),
        ("COMMENT ON TABLE customer IS 'we select from it'", False),
        ("CREATE TABLE a AS SELECT * FROM customer", True),
        ("CREATE TABLE a AS\nTABLE customer", True),
        ('CREATE RULE a AS ON UPDATE TO b DO ALSO UPDATE "customer" SET email = 1', True),
        ("TRUNCATE customer", True),
        ("DO $$ begin delete from customer; end $$", True),
        ("COMMENT ON TABLE customer IS 'a\\' select b'", True),
    ],
)
def test_definitions_that_move_rows(definition: str, moves: bool) -> None:
    """A definition moves rows where it selects, inserts, updates or deletes outside of quotes."""
    assert moves_rows(definition) is moves


def test_comments() -> None:
    """A comment says nothing, unless a database runs what stands in it or something follows."""
    assert says_nothing(" /*+ SeqScan(customer)\n */ ")
    for text in (
        "/*! email */",
        "/*M! email */",
        "/* a */ email",
        "/* a */ email /* b */",
        "'/*' || email || '*/'",
    ):
        assert not says_nothing(text)


def test_names() -> None:
    """A plain name is a word of the text, another one stands in it as it is, whatever its quotes and cases are."""
    said = wording(['select Email, "e-mail 2" from [Order Details]', 'where "a""b%%" = 1'])
    for name in ("EMAIL", "e-mail 2", "e-mail", "order details", 'a"b%', "ORDER"):
        assert said.names(name)
    for name in ("mai", "order  details", "customer"):
        assert not said.names(name)
    assert wording(['select * from U&"c\\0075stomer"']).names("customer")
    assert not wording(["select U&'c\\0075stomer'"]).names("customer")


def test_whole_rows() -> None:
    """The name of a table stands for whole rows unless a column of it follows."""
    columns = {"id", "e-mail 2"}
    for text in ("to_json(c)", "(c).id", "c.to_json", 'to_json("c")', "c . id_more", "x.c", "c"):
        assert wording([text]).whole(["c"], columns), text
    for text in ("c.id", '"c"."id"', "[C] . [ID]", 'c."e-mail 2"', "cc", "c1", "a_c"):
        assert not wording([text]).whole(["c"], columns), text
    assert wording(["customer_12"]).whole(["%(7f customer)s"], columns)
    assert not wording(["customer_12.id + customer"]).whole(["%(7f customer)s"], columns)


def test_long_text_is_read_at_once() -> None:
    """Long statements take time in proportion to their length only."""
    start = time.process_time()
    for text in (
        " " * 300_000,
        "/*" * 150_000,
        "pragma " + "x" * 300_000 + ";",
        "alter table " + "x " * 150_000,
        '"' * 300_001,
    ):
        for judge in (touches_no_rows, moves_rows, says_nothing):
            judge(text)
        wording([text]).names("order details")
    assert time.process_time() - start < 5
