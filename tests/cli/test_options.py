"""The pages of the commands name the options that each command has, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import typer

from tests.house.tree import HOUSE
from troth.cli import build

RUNNING = (HOUSE / "docs" / "running.md").read_text("utf-8")
PAGE = (HOUSE / "docs" / "commands.md").read_text("utf-8") + "\n## \n" + RUNNING
SHARED = {"--project", "-p", "--json"}
"""Options that the page on running a project describes once, for all of its commands."""


def options(command: object, name: str) -> Iterator[tuple[str, set[str]]]:
    """Every command below a group with its options, short forms included, `--help` left out."""
    below = getattr(command, "commands", None)
    if below is not None:
        for word in sorted(below):
            yield from options(below[word], f"{name} {word}")
        return
    named = {option for one in getattr(command, "params", ()) for option in (*one.opts, *one.secondary_opts)}
    yield name, {option for option in named if option.startswith("-")} - {"--help"}


COMMANDS = dict(options(typer.main.get_command(build()), "troth"))


def described(name: str) -> set[str]:
    """The options in the table below the heading of a command."""
    section = re.search(rf"^### `{name}`.*?(?=^##)|^### `{name}`.*", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None, name
    cells = re.findall(r"^\| (`-[^|]*)\|", section[0], re.MULTILINE)
    return {option for cell in cells for option in re.findall(r"`(--?[a-z][a-z-]*)`", cell)}


@pytest.mark.parametrize("name", COMMANDS)
def test_options_are_described(name: str) -> None:
    """Each option of a command stands in its table, and each option in the table is one of the command."""
    shared = SHARED if f"### `{name}`" in RUNNING else set()
    assert described(name) - shared == COMMANDS[name] - shared


def test_shared_options_are_described() -> None:
    """The options that all commands of a project share stand on its page."""
    assert all(f"`{option}" in RUNNING for option in SHARED)


def test_options_are_found() -> None:
    """The search finds long and short options."""
    assert {"--format", "-f", "--lang", "--output", "-o"} == COMMANDS["troth policy publish"]
