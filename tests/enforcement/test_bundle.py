"""What a person gets: rows, page, index, linked data, schema, receipts, cards, checksums and signature."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no stubs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.enforcement import scene
from tests.enforcement.scene import CITED, NOW, by
from tests.house.tree import HOUSE
from troth.datamap.mapfile import write_map
from troth.datamap.notation import parse_path
from troth.enforcement.access import Style, access, plan_access, plan_portability
from troth.enforcement.manifest import laid_out
from troth.enforcement.page import SIGNATURE, SUMS
from troth.enforcement.vcard import Cards, fields_of
from troth.model.datamap import Column, DataMap, Table
from troth.model.entry import Entry, utc
from troth.model.outcome import Outcome, Person
from troth.model.policy import Policy
from troth.policy.bind import compile_file

PEOPLE = """
create table customers (id integer not null primary key, email varchar(60), name varchar(60), phone varchar(20),
  secret varchar(20), risk_score integer, shard integer, company varchar(60));
create table orders (id integer not null primary key, customer_id integer, item varchar(40), total decimal(8,2),
  reseller_mail varchar(60));
insert into customers values (1, 'ada@example.org', '<b>Ada</b>/ 爱达, née L', '+852 2123 4567', 'hunter2', 7, 3, 'A & B'),
  (2, 'bob@example.org', 'Bob', null, 'x', 1, 2, null);
insert into orders values (1, 1, 'server', 9.50, 'eve@example.com'), (2, 2, 'domain', 1, null), (3, 1, 'cdn', 2, null)
"""
MAPPED = DataMap(
    (
        Table(
            "main", "customers", "subject", ("id",),
            (
                Column("email", "contact.email", terms=("email-address",)),
                Column("name", "contact.name", terms=("name",)),
                Column("phone", "contact.phone", terms=("telephone-number",)),
                Column("secret", "secret"),
                Column("risk_score", "usage"),
                Column("company", "contact.company"),
            ),
            harmless=("id", "shard"),
        ),
    )
)  # fmt: skip
MAP = write_map(MAPPED).partition("version = 1\n")[2] + scene.table(
    "main.orders", "owned", paths=["orders.customer_id => customers.id"], item="order", total="order",
    reseller_mail="contact.email//third",
)  # fmt: skip
ADA = by(email="ADA@example.org")
POLICY = HOUSE / "samples" / "hkcloud" / "policy.troth.md"


def policy() -> Policy:
    """A compiled policy."""
    return compile_file(POLICY.read_bytes(), POLICY.name).policy


def entries(subject: str) -> list[Entry]:
    """What the ledger says of a person: disclosures and a consent given and taken back."""
    return [
        Entry(
            time=utc(NOW), kind="disclosed", actor="billing", action="share", subject=subject,
            detail={"recipient": "Card Bank", "purpose": "billing", "country": "US", "safeguard": "SCC"},
        ),
        Entry(time=utc(NOW), kind="disclosed", actor="billing", action="share", subject=subject,
              detail={"recipient": "Card Bank", "purpose": "fraud-prevention"}),
        Entry(time=utc(NOW), kind="consent", actor="site", action="give", subject=subject, policy="cd" * 32,
              promise="news", sentences=("s1",), detail={"purpose": "newsletter"}),
        Entry(time=utc(NOW), kind="consent", actor="site", action="withdraw", subject=subject,
              detail={"purpose": "newsletter"}),
        Entry(time=utc(NOW), kind="disclosed", actor="billing", action="share", subject="02" + "ee" * 32,
              detail={"recipient": "Nosy Ltd"}),
    ]  # fmt: skip


def made(folder: Path, url: str, *, portable: bool = False, person: Person = ADA) -> tuple[Outcome, Path]:
    """A bundle in a folder of its own."""
    scene.run(url, PEOPLE)
    out = folder / "out"
    with scene.project(folder, {"main": url}, MAP) as project:
        project.ledger.append(entries(project.pseudonym(by(id="1"))))
        plan = plan_portability(project, CITED) if portable else plan_access(project, CITED)
        return access(project, person, plan, out, Style(policy=policy())), out


def read(path: Path) -> Any:
    """The JSON of a file."""
    return json.loads(path.read_text("utf-8"))


def test_index(url: str, tmp_path: Path) -> None:
    """The index says of each file what it holds, why it is held, how long, and who may receive it."""
    outcome, out = made(tmp_path, url)
    assert outcome.word == "done"
    index = read(out / "index.json")
    customers, orders = index["files"]
    assert (customers["source"], customers["rows"], orders["rows"]) == ("main.customers", 1, 2)
    assert customers["withheld"] == ["secret"]
    assert orders["withheld"] == ["reseller_mail"]
    assert "account-management" in {one["key"] for one in customers["purposes"]}
    assert {one["key"] for one in customers["basis"]} >= {"contract", "legal-obligation"}
    assert any("24 months after account closed" in one["en"] for one in customers["retention"])
    assert all(one["zh"] for one in customers["retention"])
    assert customers["promised_recipients"]
    assert set(customers["policy_sentences"]) <= set(policy().by_sentence)
    assert index["recipients"] == [
        {
            "name": "Card Bank", "times": 2, "first": "2026-11-22T09:30:00Z", "last": "2026-11-22T09:30:00Z",
            "purposes": ["billing", "fraud-prevention"], "data": [], "countries": ["US"], "safeguards": ["SCC"],
        }
    ]  # fmt: skip
    notice = index["notice"]
    assert notice["policy"] == policy().hash
    assert "Hong Kong" in notice["complaints_to"][0]["en"]
    assert notice["rights"]


def test_nothing_of_anybody_else(url: str, tmp_path: Path) -> None:
    """No file of a bundle holds a value of another person, a secret, or a column about a third party."""
    _, out = made(tmp_path, url)
    # Bytes of a signature are as they come, and may be any three letters.
    files = (path for path in out.rglob("*") if path.is_file() and path.name != "manifest.sig")
    text = b"\n".join(path.read_bytes() for path in files)
    for value in (b"bob@", b"Bob", b"hunter2", b"eve@", b'domain"', b"Nosy"):
        assert value not in text


def test_rows_and_cards(url: str, tmp_path: Path) -> None:
    """Rows come as the database has them, and each contact as a card that keeps commas apart."""
    _, out = made(tmp_path, url)
    row = read(out / "data" / "contact" / "customers.json")[0]
    assert row == {
        "id": 1, "email": "ada@example.org", "name": "<b>Ada</b>/ 爱达, née L", "phone": "+852 2123 4567",
        "risk_score": 7, "shard": 3, "company": "A & B",
    }  # fmt: skip
    card = (out / "data" / "contact" / "customers.vcf").read_bytes().decode()
    assert card.splitlines() == [
        "BEGIN:VCARD", "VERSION:4.0", "FN:<b>Ada</b>/ 爱达\\, née L", "EMAIL:ada@example.org", "TEL:+852 2123 4567",
        "ORG:A & B", "END:VCARD",
    ]  # fmt: skip


def test_card() -> None:
    """Signs of the notation are escaped, long lines are folded between characters, and nobody gets no card."""
    table = Table(
        "s", "t", "owned", columns=(Column("name", "contact.name"), Column("street", "contact.address"))
    )
    fields = fields_of(table, ("name", "street"))
    assert fields == (("name", "contact.name"), ("street", "contact.address"))
    assert not fields_of(table, ("street",)), "nobody is named"
    cards = Cards(fields)
    text = cards.card({"name": "A;B\\C", "street": "爱" * 40 + "\nHK"}).decode()
    assert "FN:A\\;B\\\\C\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "ADR:;;" + "爱" * 40 + "\\nHK;;;;" in text.replace("\r\n ", "")
    assert cards.card({"name": None, "street": "x"}) == b""
    assert cards.digest == hashlib.sha256(text.encode()).hexdigest()


def test_page_for_people(url: str, tmp_path: Path) -> None:
    """The page says everything in English and Chinese, shows the rows as text, and links to every file."""
    _, out = made(tmp_path, url)
    page = (out / "README.html").read_text("utf-8")
    for words in (
        "Your personal data", "您的个人信息", "Card Bank", "Account Management", "账户管理", "protected by SCC",
        "Privacy Commissioner for Personal Data", "香港个人资料私隐专员公署", "&lt;b&gt;Ada&lt;/b&gt;", SUMS,
        "24 months after account closed", "在账户注销之后", "newsletter.json",
    ):  # fmt: skip
        assert words in page, words
    assert "<b>Ada" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    for path in out.rglob("*"):
        if path.is_file() and path.name not in {"README.html", "SHA256SUMS", "manifest.pem", "manifest.sig"}:
            assert f'href="{path.relative_to(out).as_posix()}"' in page, path


def test_checksums_and_signature(url: str, tmp_path: Path) -> None:
    """The commands on the page accept the bundle, and refuse it once a byte is changed."""
    _, out = made(tmp_path, url)
    listed = {line.split("  ")[1] for line in (out / "SHA256SUMS").read_text().splitlines()}
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files - listed == {"SHA256SUMS", "manifest.sig"}
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        key = load_pem_public_key((out / "manifest.pem").read_bytes())
        assert isinstance(key, Ed25519PublicKey)
        assert project.ring.signer.verifier in (out / "README.html").read_text("utf-8")
        assert next(one for one in project.ledger.read() if one.kind == "exported").digest == (
            hashlib.sha256((out / "SHA256SUMS").read_bytes()).hexdigest()
        )
    key.verify((out / "manifest.sig").read_bytes(), (out / "SHA256SUMS").read_bytes())
    commands = [command for command in (SUMS, SIGNATURE) if shutil.which(command.split()[0])]
    assert [
        subprocess.run(one.split(), cwd=out, check=False, capture_output=True).returncode for one in commands
    ] == [0] * len(commands)
    (out / "index.json").write_bytes((out / "index.json").read_bytes() + b" ")
    with (out / "SHA256SUMS").open("ab") as file:
        file.write(b" ")
    assert all(
        subprocess.run(one.split(), cwd=out, check=False, capture_output=True).returncode for one in commands
    )


def test_receipt(url: str, tmp_path: Path) -> None:
    """A consent comes as a receipt with every event, signed over its canonical form."""
    _, out = made(tmp_path, url)
    receipt = read(out / "receipts" / "newsletter.json")
    assert [one["event_state"] for one in receipt["events"]] == ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]
    assert receipt["events"][0]["sentences"] == ["s1"]
    assert receipt["processing"]["purpose"] == "newsletter"
    proof = receipt.pop("proof")
    header, empty, signature = proof["jws"].split(".")
    assert empty == ""
    key = load_pem_public_key((out / "manifest.pem").read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    raw = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    key.verify(raw, header.encode() + b"." + rfc8785.dumps(receipt))


def test_linked_data(url: str, tmp_path: Path) -> None:
    """The linked data names purposes, bases and recipients of every table with a context of its own."""
    _, out = made(tmp_path, url)
    linked = read(out / "processing.jsonld")
    customers = linked["@graph"][0]
    assert customers["@id"] == "troth:processing:main.customers"
    assert customers["dpv:hasPurpose"]
    assert customers["dpv:hasLegalBasis"]
    assert [one["rdfs:label"] for one in linked["@graph"] if one["@type"] == "dpv:Recipient"] == ["Card Bank"]
    assert all(isinstance(prefix, str) for prefix in linked["@context"].values())


def fits(value: object, schema: dict[str, Any]) -> bool:
    """Whether a value is of the type that a schema names; slow and obvious."""
    names = {int: "integer", float: "number", str: "string", bool: "boolean", type(None): "null"}
    wanted = schema.get("type")
    if wanted is None:
        return True
    kind = names[type(value)]
    return (kind in wanted or (kind == "integer" and "number" in wanted)) and (
        not isinstance(value, str) or len(value) <= schema.get("maxLength", len(value))
    )


def test_portability(url: str, tmp_path: Path) -> None:
    """To take with them, a person gets what was provided or observed, with a schema that the rows follow."""
    outcome, out = made(tmp_path, url, portable=True)
    assert outcome.word == "done"
    schema = read(out / "schema.json")["properties"]
    rows = {name: read(out / name) for name in schema}
    assert sorted(rows) == ["data/contact/customers.json", "data/order/orders.json"]
    assert sorted(rows["data/contact/customers.json"][0]) == ["company", "email", "id", "name", "phone"]
    assert sorted(rows["data/order/orders.json"][0]) == ["id", "item", "total"]
    for name, some in rows.items():
        items = schema[name]["items"]
        for row in some:
            assert set(row) == set(items["required"])
            assert all(fits(value, items["properties"][column]) for column, value in row.items())
    assert "带走" in (out / "README.html").read_text("utf-8")
    assert read(out / "index.json")["purpose"] == "portability"


def test_nobody(url: str, tmp_path: Path) -> None:
    """Who is not known gets a page that says so, and nothing of anybody."""
    outcome, out = made(tmp_path, url, person=by(email="nobody@example.org"))
    assert outcome.word == "nothing found"
    assert "We hold no data about you" in (out / "README.html").read_text("utf-8")
    assert not (out / "data").exists()


@pytest.mark.parametrize("target", ["out", "out.zip"])
def test_table_that_can_not_be_read(url: str, tmp_path: Path, target: str) -> None:
    """A table that is gone in mid-run is named as missing; everything else is there, and nothing twice."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        scene.run(url, "drop table orders")
        outcome = access(project, ADA, plan_access(project, CITED), tmp_path / target)
    assert (outcome.word, [one.place for one in outcome.reasons]) == ("partly", ["main.orders"])
    out = tmp_path / target
    if out.suffix:
        shutil.unpack_archive(out, out := tmp_path / "unpacked")
    found = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    assert found == [
        "README.html", "SHA256SUMS", "data/contact/customers.json", "data/contact/customers.vcf", "index.json",
        "manifest.pem", "manifest.sig", "processing.jsonld",
    ]  # fmt: skip
    assert [one["source"] for one in read(out / "index.json")["files"]] == ["main.customers"]


def test_tables_whose_names_are_nearly_the_same(tmp_path: Path) -> None:
    """Each table has a file of its own, also where names differ only in what a file can not tell."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    tables = ("my orders", "my_orders", "my/orders")
    scene.run(
        url, PEOPLE, *(f'create table "{n}" (id integer primary key, customer_id integer)' for n in tables)
    )
    scene.run(url, *(f'insert into "{name}" values ({n}, 1)' for n, name in enumerate(tables)))
    owned = [
        Table(
            "main", name, "owned", ("id",), (Column("customer_id", "order"),),
            paths=(parse_path(f'"{name}".customer_id => customers.id'),),
        )
        for name in tables
    ]  # fmt: skip
    mapped = write_map(DataMap((*MAPPED.tables, *owned))).partition("version = 1\n")[2]
    with scene.project(tmp_path, {"main": url}, mapped) as project:
        outcome = access(project, ADA, plan_access(project, CITED), tmp_path / "out.zip")
    assert outcome.word == "done"
    shutil.unpack_archive(tmp_path / "out.zip", tmp_path / "out")
    files = {one["source"]: one["file"] for one in read(tmp_path / "out" / "index.json")["files"]}
    assert sorted(files.values()) == [
        "data/contact/customers.json", "data/order/my_orders-2.json", "data/order/my_orders-3.json",
        "data/order/my_orders.json",
    ]  # fmt: skip
    found = [read(tmp_path / "out" / files[f"main.{name}"])[0]["id"] for name in tables]
    assert found == [0, 1, 2]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everybody_can_use_the_page(colours: Any, tmp_path: Path, browser_page: Page) -> None:
    """Axe finds no obstacle, and on a small telephone nobody scrolls the page sideways."""
    (tmp_path / "main.db").touch()
    _, out = made(tmp_path, f"sqlite:///{tmp_path / 'main.db'}")
    browser_page.emulate_media(color_scheme=colours)
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto((out / "README.html").as_uri())
    browser_page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(browser_page).response
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]] == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") == 360


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), _JSON))
def test_texts_for_programs(value: dict[str, Any]) -> None:
    """The index and the linked data are JSON that says what was meant, one member a line."""
    text = laid_out(value)
    assert json.loads(text) == value
    assert all(f"\n{json.dumps(name, ensure_ascii=False)}: " in text for name in value)
