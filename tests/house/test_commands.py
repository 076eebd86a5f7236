"""Every command is described."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from tests.house.tree import HOUSE
from troth.cli import build


def commands(command: object, name: str) -> Iterator[str]:
    """Yield the full name of every command below a group, such as `troth policy check`."""
    below = getattr(command, "commands", None)
    if below is None:
        yield name
        return
    for word in sorted(below):
        yield from commands(below[word], f"{name} {word}")


def test_commands_are_found() -> None:
    """The walk through groups of commands ends at each command, by its full name."""
    inner, outer = typer.Typer(), typer.Typer()
    inner.command("check")(lambda: None)
    inner.command("lint")(lambda: None)
    outer.add_typer(inner, name="policy")
    outer.command("init")(lambda: None)
    names = list(commands(typer.main.get_command(outer), "troth"))
    assert names == ["troth init", "troth policy check", "troth policy lint"]


def test_commands_are_described() -> None:
    """The page of the commands names every command of the command line in full."""
    page = (HOUSE / "docs" / "commands.md").read_text("utf-8")
    names = list(commands(typer.main.get_command(build()), "troth"))
    assert names
    assert [name for name in names if f"`{name}" not in page] == []
