"""Coarser values: the same on every engine, their own result, and nothing where there is nothing to make coarser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.retention import shop
from tests.retention.oracle import coarse_network
from troth.enforcement.sweep import dry_run, sweep
from troth.stores import coarse

ADDRESSES = (
    "10.1.2.3", "255.255.255.255", "10.1.2.0", "2001:db8:1:2::5", "2001:db8::", "fe80::1", "::1",
    "2001:db8:1:2:3:4:5:6",
)  # fmt: skip
NONSENSE = ("host.example", "1.2.3", "1.2.3.4.5", "unknown", "10.1.2.", ":::", "")
RULES = """\
  may store server-usage until ~13 months after collection
  when storage-period-end
    must anonymise server-usage with drop-identifiers, k-anonymity ~1 within ~24 hours
"""


def test_networks(url: str, tmp_path: Path) -> None:
    """Addresses become the first address of their network, everything else becomes empty, and once is enough."""
    scene.run(url, shop.tables(url))
    for number, text in enumerate((*ADDRESSES, *NONSENSE)):
        scene.run(url, f"insert into samples values ({number}, 1, '{text}', 1, 'x', '2020-02-03 04:05:06')")
    with scene.project(tmp_path, {"main": url}, shop.MAP) as project:
        found = sweep(project, shop.plan(project, RULES))
        again = dry_run(project, shop.plan(project, RULES))
    wanted = [*(coarse_network(one) for one in ADDRESSES), *([None] * len(NONSENSE))]
    assert [row[2] for row in scene.rows(url, "samples", "id")] == wanted
    assert {str(row[5])[:19] for row in scene.rows(url, "samples")} == {"2020-02-01 00:00:00"}
    assert found[0].counts["altered"] == len(wanted)
    assert found[0].likeness is not None
    assert again[0].due == 0


@pytest.mark.parametrize(
    ("value", "month", "year"),
    [
        ("2026-11-22 09:30:00", "2026-11-01 00:00:00", "2026-01-01 00:00:00"),
        ("2026-11-22T09:30:00.5+08:00", "2026-11-01T00:00:00.0+00:00", "2026-01-01T00:00:00.0+00:00"),
        ("2026-11-22", "2026-11-01", "2026-01-01"),
        (1_763_800_000, 1_761_955_200, 1_735_689_600),
        (1_763_800_000_000, 1_761_955_200_000, 1_735_689_600_000),
        ("soon", None, None),
        (None, None, None),
    ],
)
def test_moments(value: object, month: object, year: object) -> None:
    """A moment becomes the beginning of its month or year in its own writing, and stays that."""
    assert (coarse.month(value), coarse.year(value)) == (month, year)
    assert (coarse.month(month), coarse.year(year)) == (month, year)
