"""A small shop as a project, on every kind of store and on two at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.shop import Shop, make_shop


@pytest.fixture(params=["sqlite", "postgres", "mariadb", "two"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    """A project over an empty-handed shop with three customers; its stores are of the kind the test is run for."""
    urls = {"shop": f"sqlite:///{tmp_path / 'shop.db'}"}
    if request.param in {"postgres", "two"}:
        urls["shop"] = request.getfixturevalue("postgres_url")
    if request.param in {"mariadb", "two"}:
        urls["help" if request.param == "two" else "shop"] = request.getfixturevalue("mariadb_url")
    return make_shop(tmp_path, urls)


@pytest.fixture
def little(tmp_path: Path) -> Shop:
    """The same on SQLite alone, for what does not depend on the store."""
    return make_shop(tmp_path, {"shop": f"sqlite:///{tmp_path / 'shop.db'}"})
