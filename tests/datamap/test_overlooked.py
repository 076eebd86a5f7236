"""Personal tables that names alone do not show, and harmless ones that look personal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stdnum.cn import ric

from tests.datamap.test_owners import path, proposed, table
from troth.datamap.check import check
from troth.datamap.classify import classify
from troth.datamap.propose import propose
from troth.model.datamap import DataMap
from troth.model.schema import Field, Relation, Schema

COUNT = 20
NUMBERS = tuple(range(1, COUNT + 1))
KEHU = Relation(
    "kehu",
    (
        Field("id", kind="integer", nullable=False, samples=NUMBERS),
        Field("youxiang", samples=tuple(f"p{n}@example.org" for n in NUMBERS)),
        Field("xingming"),
    ),
    ("id",),
    rows=COUNT,
)


def numbered(name: str, column: str, *more: Field) -> Relation:
    """A table with a column that holds numbers of customers."""
    return table(name, Field(column, kind="integer", samples=NUMBERS), *more)


@pytest.mark.parametrize(
    "column",
    [
        "tijiaoren",
        "suoshu_kehu",
        "suoshukehu",
        "kehu_id",
        "kehubianhao",
        "客户编号",
        "所属客户",
        "发起人",
        "申请人ID",
        "yaoqingren_id",
    ],
)
def test_owners_in_pinyin_and_chinese(column: str) -> None:
    """An owner that is named in pinyin or Chinese leads to the table of persons."""
    one = proposed(KEHU, numbered("baobiao", column, Field("neirong")))
    assert path(one, "baobiao") == f"baobiao.{column} => kehu.id"
    assert one.table("s", "baobiao").column("neirong") is not None


def test_who_works_on_it_is_no_owner() -> None:
    """Whoever handles a row in pinyin is no owner of it."""
    assert path(proposed(KEHU, numbered("baobiao", "chuliren", Field("neirong"))), "baobiao") == ""


def test_inviter_and_invited() -> None:
    """Who invited whom is a row of two persons."""
    fields = Field("yaoqingren", kind="integer"), Field("beiyaoqingren", kind="integer")
    assert proposed(KEHU, table("yaoqing", *fields)).table("s", "yaoqing").role == "shared"


def asked(one: DataMap, name: str) -> list[str]:
    """The questions about numbers of a table."""
    return [question for question in one.questions if f"row of s.{name} belong to somebody" in question]


def test_numbers_that_nobody_named_are_asked_about() -> None:
    """Numbers under an unknown name that all occur as keys of persons are an open question, which the check repeats."""
    people, rows = KEHU, numbered("baobiao", "zzrxq", Field("wenben"))
    one = proposed(people, rows)
    assert one.table("s", "baobiao").role == "none"
    (question,) = asked(one, "baobiao")
    schemas = {"s": Schema("s", "sqlite", (rows, people))}
    assert f"open question: {question}" in {finding.message for finding in check(one, schemas)}


def test_numbers_that_mean_something_else_are_not() -> None:
    """Counters, positions, keys of other tables, and numbers that are no keys of persons are not asked about."""
    assert asked(proposed(KEHU, numbered("baobiao", "position")), "baobiao") == []
    beyond = Field("zzrxq", kind="integer", samples=tuple(range(10, 10 + COUNT)))
    assert asked(proposed(KEHU, table("baobiao", beyond)), "baobiao") == []
    racks = Relation(
        "racks", (Field("id", kind="integer", samples=NUMBERS), Field("height")), ("id",), rows=COUNT
    )
    assert asked(proposed(KEHU, racks, numbered("baobiao", "rack_id")), "baobiao") == []


def official(number: int) -> str:
    """An invented identity number with its right check digit."""
    start = f"110105199001{1 + number % 28:02}{number:03}"
    return start + str(ric.calc_check_digit(start + "0"))


@pytest.mark.parametrize("key", ["field_id", "name", "attribute"])
def test_checked_numbers_among_attributes(key: str) -> None:
    """Identity numbers among other values of an attribute table are personal, and the table is asked about."""
    mixed = tuple(one for n in range(12) for one in (official(n), f"blue {n}", f"size {n}"))
    one = proposed(KEHU, table("extras", Field(key), Field("value", samples=mixed)))
    value = one.table("s", "extras").column("value")
    assert value is not None
    assert (value.category, value.form) == ("ident.official", "eav")
    assert any("s.extras" in question for question in one.questions)


def test_wrong_numbers_among_attributes() -> None:
    """Numbers of eighteen digits whose check digits are wrong do not make attributes personal."""
    wrong = tuple(
        official(n)[:-1] + str((n + 3) % 10) for n in range(12) if official(n)[-1] != str((n + 3) % 10)
    )
    mixed = (*wrong, *(f"blue {n}" for n in range(12)))
    assert (
        proposed(KEHU, table("extras", Field("field_id"), Field("value", samples=mixed)))
        .table("s", "extras")
        .columns
        == ()
    )


def test_codes_among_attributes() -> None:
    """The value column of attributes is no telephone number because codes of goods are written like one."""
    codes = tuple(f"020-7946-{n:04}" for n in range(15))
    rows = table("thing_meta", Field("meta_key"), Field("meta_value", samples=(*codes, "1", "1")))
    guess = classify(rows.fields[2], rows)
    assert guess is not None
    assert guess.category == "contact.phone"
    kept = table("kehu_meta", Field("kehu_id", kind="integer"), *rows.fields[1:])
    value = proposed(KEHU, kept).table("s", "kehu_meta").column("meta_value")
    assert value is not None
    assert (value.category, value.form) == ("blob", "eav")


@pytest.mark.parametrize(
    ("name", "column", "category"),
    [
        ("shangpin", "bianma", ""),
        ("products", "sku", ""),
        ("products", "code", ""),
        ("parts", "item_number", ""),
        ("lines", "order_no", ""),
        ("things", "code", "contact.phone"),
        ("orders", "phone_number", "contact.phone"),
        ("products", "hotline", "contact.phone"),
    ],
)
def test_codes_of_goods(name: str, column: str, category: str) -> None:
    """A name that numbers goods beats values that are written like telephone numbers; other names do not."""
    field = Field(column, samples=tuple(f"1380013{n:04}" for n in range(20)))
    guess = classify(field, Relation(name, (field,)))
    assert (guess.category if guess and guess.strength == "strong" else "") == category


def test_composite_values() -> None:
    """A composite value is what its parts name, and an address by its name in any table of a person."""
    home = Field("home", kind="other", type="POSTAL", parts=("street", "city", "zip"))
    known = classify(home, table("t", home))
    assert known is not None
    assert (known.category, known.strength) == ("contact.address", "strong")
    span = Field("span", kind="other", type="SPAN", parts=("low", "high"))
    assert classify(span, table("t", span)) is None


def test_address_of_devices_by_its_type() -> None:
    """The type of a column says that it holds addresses of devices or of networks, where its name does not."""
    for kind, category in (("MACADDR", "device"), ("MACADDR8", "device"), ("INET", "network")):
        field = Field("addr1", kind="network", type=kind)
        known = classify(field, table("t", field))
        assert known is not None
        assert (known.category, known.strength) == (category, "weak")


def test_billing_address_beside_a_card() -> None:
    """A billing address is one in a table of cards too, where no other contact stands beside it."""
    cards = table(
        "cards", Field("kehu_id", kind="integer", samples=NUMBERS), Field("billing_address"), Field("last4")
    )
    column = proposed(KEHU, cards).table("s", "cards").column("billing_address")
    assert column is not None
    assert column.category == "contact.address"


def test_numbers_that_are_keys_of_another_table() -> None:
    """A number that is the key of the table it is named after leads there, also into another store and past its accounts."""
    kept = Relation(
        "customers",
        (
            Field("customer_no", kind="integer", nullable=False, samples=NUMBERS),
            Field("email", samples=tuple(f"p{n}@example.org" for n in NUMBERS)),
            Field("full_name"),
        ),
        ("customer_no",),
        rows=COUNT,
    )
    accounts = Relation(
        "accounts",
        (
            Field("id", kind="integer", nullable=False, samples=tuple(500 + n for n in NUMBERS)),
            Field("customer_no", kind="integer", samples=NUMBERS),
            Field("login", samples=tuple(f"login{n}" for n in NUMBERS)),
            Field("email", samples=tuple(f"p{n}@example.org" for n in NUMBERS)),
        ),
        ("id",),
        rows=COUNT,
        exact=True,
    )
    panel = (accounts, numbered("metering", "customer_no", Field("mb", kind="integer")))
    one = proposed(kept, numbered("changes", "customer_no", Field("op")), panel=panel)
    ways = {each.place: [str(way) for way in each.paths] for each in one.personal()}
    assert ways["s.changes"] == ["changes.customer_no => customers.customer_no"]
    assert ways["panel.accounts"][0] == "accounts.customer_no => ext:s.customers.customer_no"
    assert ways["panel.metering"][0] == "metering.customer_no => ext:s.customers.customer_no"


def test_numbers_that_name_one_row() -> None:
    """A number that names one row leads to it also where it is not the key, and whatever few rows there are."""
    customers = Relation(
        "customers",
        (
            Field("id", kind="integer", nullable=False),
            Field("customer_no", nullable=False),
            Field("email"),
            Field("full_name"),
        ),
        ("id",),
        unique=(("customer_no",),),
    )
    bills = Relation("bills", (Field("id", kind="integer", nullable=False), Field("customer_no")), ("id",))
    one = proposed(customers, bills)
    assert [str(way) for way in one.table("s", "bills").paths] == [
        "bills.customer_no => customers.customer_no"
    ]
    one = proposed(replace(customers, name="accounts"), bills)
    assert [str(way) for way in one.table("s", "bills").paths] == [
        "bills.customer_no => accounts.customer_no"
    ]


def test_key_of_one_word() -> None:
    """A column with the very name of the key of persons (`uid`) leads to them, beside a login that may be empty."""
    users = Relation(
        "users", (Field("uid", kind="integer", nullable=False), Field("login"), Field("email")), ("uid",)
    )
    log = Relation(
        "sign_ins",
        (
            Field("id", kind="integer", nullable=False),
            Field("uid", kind="integer"),
            Field("login"),
            Field("ip"),
        ),
        ("id",),
    )
    ways = [str(way) for way in proposed(users, log).table("s", "sign_ins").paths]
    assert ways == ["sign_ins.uid => users.uid", "sign_ins.login ~> users.login"]


def test_telephone_is_no_key() -> None:
    """Telephone numbers that occur in another table lead there as people write them, and not as a key does."""
    phones = tuple(f"+49301234{n:02d}" for n in range(COUNT))
    accounts = Relation(
        "accounts",
        (
            Field("id", kind="integer", nullable=False),
            Field("email", samples=tuple(f"p{n}@example.org" for n in range(COUNT))),
            Field("phone", samples=phones),
        ),
        ("id",),
        unique=(("phone",),),
        rows=COUNT,
        exact=True,
    )
    calls = Relation(
        "calls", (Field("id", kind="integer"), Field("phone", samples=phones)), ("id",), rows=COUNT
    )
    paths = proposed(accounts, calls).table("s", "calls").paths
    assert [str(way) for way in paths] == ["calls.phone ~> accounts.phone"]


def test_contacts_have_names() -> None:
    """The name in a table of contacts is that of a person, whatever the contacts are of."""
    contacts = Relation(
        "domain_contacts", (Field("domain"), Field("role"), Field("name"), Field("email")), ("domain", "role")
    )
    column = proposed(KEHU, contacts).table("s", "domain_contacts").column("name")
    assert column is not None
    assert column.category == "contact.name"


def test_addresses_of_networks_in_logs_are_asked_about() -> None:
    """A log of network addresses that nothing leads out of is a question; a list of machines is none."""
    users = Relation(
        "users", (Field("id", kind="integer", nullable=False), Field("email"), Field("login")), ("id",)
    )
    log = Relation(
        "dns_log",
        (Field("id", kind="integer"), Field("at", kind="time"), Field("client", "INET", "network")),
        ("id",),
    )
    asked = [
        question
        for relation in (log, replace(log, name="subnets"))
        for question in propose({"s": Schema("s", "postgresql", (users, relation))}).questions
    ]
    told = "whose are the addresses of the network in s.dns_log.client? Nothing in a row points to a person, so that"
    assert [one for one in asked if told in one] == [f"{told} neither requests nor periods reach it"]


def test_address_of_an_invoice() -> None:
    """The address on an invoice is where somebody lives, also where no name stands beside it."""
    bills = Relation(
        "invoices", (Field("id", kind="integer"), Field("kehu_id", kind="integer"), Field("address")), ("id",)
    )
    column = proposed(KEHU, bills).table("s", "invoices").column("address")
    assert column is not None
    assert column.category == "contact.address"
