"""Versions, changelog, locked requirements and make targets agree with each other."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import troth
from tests.house.tree import HOUSE

HEADING = re.compile(r"## \[(?P<version>Unreleased|\d+\.\d+\.\d+)\](?: - (?P<date>\d{4}-\d{2}-\d{2}))?")
VERSIONS = re.compile(r"Library (?P<library>\d+\.\d+\.\d+), policy format (?P<format>\d+)\.")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
MOST_TARGETS = 12
LOCKS = ("core", "dev", "bench")


def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))


def changelog() -> list[str]:
    """Return the sections of the changelog, newest first, each beginning with its heading."""
    text = (HOUSE / "CHANGELOG.md").read_text("utf-8")
    return [f"## {section}" for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]


def versions(section: str) -> tuple[str, str]:
    """Return the library version and the policy format version that a section of the changelog names."""
    match = VERSIONS.search(section)
    assert match is not None, section
    return match["library"], match["format"]


def pins(lock: str) -> dict[str, list[str]]:
    """Return the versions that a lock file pins, by package; markers may need more than one of a package."""
    text = (HOUSE / "requirements" / f"{lock}.lock").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def test_one_version() -> None:
    """Package, metadata, pyproject.toml and the newest entry of the changelog name the same version."""
    named = {
        troth.__version__,
        metadata.version("troth"),
        project()["project"]["version"],
        versions(changelog()[0])[0],
    }
    assert named == {troth.__version__}


def test_changelog_form() -> None:
    """Every version of the changelog has a heading, its two version numbers and known kinds of change."""
    sections = changelog()
    assert sections
    for section in sections:
        heading = section.splitlines()[0]
        match = HEADING.fullmatch(heading)
        assert match is not None, heading
        assert (match["version"] == "Unreleased") == (match["date"] is None), heading
        assert versions(section)
        kinds = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert kinds, heading
        assert set(kinds) <= KINDS, heading
        assert len(kinds) == len(set(kinds)), heading


def test_changelog_order() -> None:
    """Versions of the changelog go down, and only the first may be unreleased."""
    sections = changelog()
    assert not any("[Unreleased]" in section.splitlines()[0] for section in sections[1:])
    numbers = [[int(part) for part in versions(section)[0].split(".")] for section in sections]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_keeps_what_the_project_asks(lock: str) -> None:
    """Every requirement of pyproject.toml is pinned to a version that it allows."""
    whole = project()
    groups = {"core": ["build"], "dev": ["build", "dev"], "bench": ["build", "dev", "bench"]}[lock]
    wanted = [
        *whole["project"]["dependencies"],
        *(word for group in groups for word in whole["dependency-groups"][group]),
    ]
    pinned = pins(lock)
    for line in wanted:
        requirement = Requirement(line)
        found = pinned.get(canonicalize_name(requirement.name), [])
        assert found, f"{line} is not in {lock}.lock: run make lock"
        assert all(requirement.specifier.contains(version) for version in found), f"{line}: run make lock"


def test_wider_locks_hold_narrower_ones() -> None:
    """One environment serves demo, tests and benchmarks, because the locks pin the same versions."""
    core, dev, bench = (pins(lock) for lock in LOCKS)
    assert core.items() <= dev.items() <= bench.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_is_hashed_and_names_no_host(lock: str) -> None:
    """A lock file hashes every package and leaves it to the installer where packages come from."""
    text = (HOUSE / "requirements" / f"{lock}.lock").read_text("utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"--(?:extra-)?index-url|--find-links|--trusted-host|https?://|file:", text) == []


def test_make_targets() -> None:
    """The Makefile has few targets, and each says in its line what it is for."""
    text = (HOUSE / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony is not None
    targets = phony[1].split()
    assert len(targets) <= MOST_TARGETS
    assert sorted(re.findall(r"^([a-z]+):.*## \w", text, re.MULTILINE)) == sorted(targets)


def test_readme_names_the_two_commands() -> None:
    """The README tells a newcomer the two commands that need nothing else."""
    readme = (HOUSE / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme
