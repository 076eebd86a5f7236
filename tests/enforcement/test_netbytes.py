"""Addresses that a store keeps as bytes are given as people write them as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.access import Style, access, plan_access
from troth.enforcement.netbytes import readable

ADA = by(email="ada@example.org")
KINDS = {"sqlite": "blob", "postgresql": "bytea", "mysql+pymysql": "varbinary(16)", "mysql": "varbinary(16)"}
MAP = table("main.customers", "subject", email="contact.email") + table(
    "main.visits", "owned", paths=["visits.customer_id => customers.id"], ip="network", token="secret"
)


def _made(url: str) -> None:
    kind = next(one for name, one in KINDS.items() if url.startswith(name))
    given = ("c0000201", "20010db8000000000000000000000001", "00000000000000000000ffffc0000202", "0102")
    values = [f"decode('{one}', 'hex')" if kind == "bytea" else f"x'{one}'" for one in given]
    scene.run(
        url,
        "create table customers (id integer not null primary key, email varchar(60))",
        f"create table visits (id integer not null primary key, customer_id integer, ip {kind}, token {kind})",
        "insert into customers values (1, 'ada@example.org')",
        *(f"insert into visits values ({n}, 1, {one}, null)" for n, one in enumerate(values, 1)),
        "insert into visits values (5, 1, null, null)",
    )


@pytest.mark.parametrize("form", ["json", "csv"])
def test_copy(url: str, tmp_path: Path, form: str) -> None:
    """A copy has the bytes and, beside them, the address that they mean; bytes that are none mean nothing."""
    _made(url)
    wanted = ["192.0.2.1", "2001:db8::1", "192.0.2.2", None, None]
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        style = Style(form="csv") if form == "csv" else Style()
        assert access(project, ADA, plan_access(project, CITED), tmp_path / "copy", style).word == "done"
    (file,) = (tmp_path / "copy" / "data").glob(f"*/visits.{form}")
    if form == "csv":
        head, *lines = file.read_text("utf-8").split()
        assert head == "id,customer_id,ip,ip_address"
        assert [line.rpartition(",")[2] or None for line in lines] == wanted
        return
    rows = json.loads(file.read_text("utf-8"))
    assert [row["ip_address"] for row in rows] == wanted
    assert rows[0]["ip"].lower().removeprefix("\\x") == "c0000201"
    index = json.loads((tmp_path / "copy" / "index.json").read_text("utf-8"))
    visits = next(one for one in index["files"] if one["source"] == "main.visits")
    assert visits["columns"] == ["id", "customer_id", "ip", "ip_address"]
    assert "2001:db8::1" in (tmp_path / "copy" / "README.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("22C00201" + "00" * 12, "34.192.2.1"), ("00" * 16, "::"), ("00" * 15 + "01", "::1"), ("no hex", None),
        (7, None), ("", None),
    ],
)  # fmt: skip
def test_readable(cell: object, said: str | None) -> None:
    """Four bytes with zeros behind them are an address of version 4; what is no address stays without one."""
    assert readable(cell) == said
