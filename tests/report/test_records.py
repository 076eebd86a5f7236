"""The record of processing activities: what it says, and its three forms."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from tests.report import sample
from troth.report.linked import as_dpv
from troth.report.records import as_csv, harmless, rows
from troth.report.sheet import workbook

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def test_every_purpose() -> None:
    """Every purpose that a rule permits for data has one row, and no row is without data and sentence."""
    found = sample.processing()
    purposes = {
        purpose
        for promise in sample.policy().promises
        for rule in promise.rules
        if rule.mode == "may" and rule.things
        for purpose in rule.purposes
    }
    assert {one.key for one in found.activities} <= purposes
    assert len(found.activities) == len({one.key for one in found.activities}) > 30
    assert all(one.data and one.cells[-1] for one in found.activities)


def test_payment() -> None:
    """The row of payments names basis, recipient, country, limit, measures and sentence."""
    found = next(one for one in sample.processing().activities if one.key == "payment-management")
    row = dict(zip(sample.processing().heads, found.row, strict=True))
    assert "contract" in row["legal basis"]
    assert row["categories of recipients"] == "payment institutions; Example Pay"
    assert row["transfers to third countries"] == "Example Pay: HK"
    assert "payment card number" in row["categories of personal data"]
    assert "6 months after account closed" in row["time limits for erasure"]
    assert row["security measures"].endswith("four eyes")
    assert "hkc-046" in row["sentences of the policy"]


def test_persons_of_the_map() -> None:
    """Where no rule names a kind of person, the tables of persons stand there."""
    found = next(one for one in sample.processing().activities if one.key == "expiry-reminder")
    assert found.cells[1] == ("accounts.customers",)


def test_chinese() -> None:
    """In Chinese, heads and labels are Chinese."""
    found = sample.processing("zh")
    assert found.heads[0] == "处理目的"
    assert any("个月" in one.row[6] for one in found.activities)


def test_csv() -> None:
    """The CSV gives the same cells again."""
    found = sample.processing()
    read = list(csv.reader(io.StringIO(as_csv(found))))
    assert read == [[harmless(cell) for cell in row] for row in rows(found)]


@given(st.text(max_size=6))
def test_no_formula(text: str) -> None:
    """No cell begins like a formula, and a cell that does not is left as it is."""
    found = harmless(text)
    assert found[:1] not in ("=", "+", "-", "@", "\t", "\r") or not found
    assert found in (text, f"'{text}")


@given(st.lists(st.lists(st.text(max_size=8), max_size=30), max_size=6))
def test_workbook(table: list[list[str]]) -> None:
    """A workbook holds the cells in their places, is the same file each time, and is well-formed for any text."""
    made = workbook("Art. 30 [x]", table, head=0)
    assert made == workbook("Art. 30 [x]", table, head=0)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 - made here
    cells = {
        cell.attrib["r"]: "".join(text.text or "" for text in cell.iter(f"{{{_NS['m']}}}t"))
        for cell in parts["xl/worksheets/sheet1.xml"].iter(f"{{{_NS['m']}}}c")
    }
    assert len(cells) == sum(map(len, table))
    for number, row in enumerate(table, start=1):
        for place, cell in enumerate(row):
            name = chr(65 + place) if place < 26 else "A" + chr(65 + place - 26)
            plain = cell.isprintable() and "\r" not in cell
            assert not plain or cells[f"{name}{number}"] == cell
    assert not any(cell.iter("f") and list(cell.iter(f"{{{_NS['m']}}}f")) for cell in parts.values())


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # rdflib uses it itself
def test_linked_data() -> None:
    """The JSON-LD is linked data in the words of DPV, with a process a purpose, and needs no network to be read."""
    found = sample.processing()
    graph = Graph().parse(data=json.dumps(as_dpv(found, sample.policy())), format="json-ld")
    dpv = "https://w3id.org/dpv#"
    record = list(graph.subjects(None, URIRef(f"{dpv}DataProcessingRecord")))
    assert len(record) == 1
    assert len(list(graph.objects(record[0], URIRef(f"{dpv}hasProcess")))) == len(found.activities)
    purposes = set(graph.objects(None, URIRef(f"{dpv}hasPurpose")))
    assert URIRef(f"{dpv}PaymentManagement") in purposes
