"""Every command is described."""

from __future__ import annotations

import re
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


PAGES = ("commands.md", "running.md")
"""The pages that describe commands."""

SHARED = {"--json", "--project", "-p"}
"""Options that are described once for all commands of a project."""


def described() -> str:
    """Return the text of all pages that describe commands."""
    return "\n".join((HOUSE / "docs" / name).read_text("utf-8") for name in PAGES)


def test_commands_are_described() -> None:
    """The pages of the commands name every command of the command line in full."""
    page = described()
    names = list(commands(typer.main.get_command(build()), "troth"))
    assert names
    assert [name for name in names if f"`{name}" not in page] == []


def options(command: object, name: str) -> Iterator[tuple[str, str]]:
    """Yield the full name of every command below a group with each of its options, such as `--json`."""
    below = getattr(command, "commands", None) or {}
    for word in sorted(below):
        yield from options(below[word], f"{name} {word}")
    for parameter in [] if below else getattr(command, "params", []):
        if parameter.param_type_name == "option":
            yield from ((name, option) for option in (*parameter.opts, *parameter.secondary_opts))


def sections(page: str) -> dict[str, str]:
    """Return the text below each heading that names a command."""
    found = re.findall(r"^### `(troth [^`]+)`[^\n]*\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    return dict(found)


def test_options_are_described() -> None:
    """The part of the page about a command names every option that the command takes."""
    parts = sections(described())
    found = list(options(typer.main.get_command(build()), "troth"))
    assert ("troth policy import", "--force") in found
    missing = [(name, option) for name, option in found if f"`{option}`" not in parts.get(name, "")]
    assert [
        (name, option) for name, option in missing if option not in SHARED or name.startswith("troth policy")
    ] == []


def test_no_option_is_invented() -> None:
    """The tables of options name nothing that the command does not take."""
    parts = sections(described())
    found = set(options(typer.main.get_command(build()), "troth"))
    named = {
        (name, option)
        for name, text in parts.items()
        for row in re.findall(r"^\| (`-.*?) \|", text, re.MULTILINE)
        for option in re.findall(r"`(--?[a-z]+)`", row)
    }
    assert named
    assert named - found == set()
