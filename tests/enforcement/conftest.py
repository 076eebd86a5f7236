"""The engines that tests of enforcement run on."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        (tmp_path / "main.db").touch()
        return f"sqlite:///{tmp_path / 'main.db'}"
    return str(request.getfixturevalue("postgres_url" if request.param == "postgresql" else "mariadb_url"))


@pytest.fixture
def other_url(tmp_path: Path) -> str:
    """The URL of a second empty database, on SQLite."""
    (tmp_path / "other.db").touch()
    return f"sqlite:///{tmp_path / 'other.db'}"
