"""What the documents show is what happens: their commands are run and their output is compared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.house.tree import HOUSE

GAP = "..."
"""The line that stands for any lines of output."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a page and the lines that the page shows below it."""

    line: int
    command: str
    shown: tuple[str, ...]


def fences(page: Path) -> list[tuple[str, int, str]]:
    """Return the fenced blocks of a page: what they are, their first line, their text."""
    tokens = MarkdownIt("commonmark").parse(page.read_text("utf-8"))
    return [
        (token.info.strip(), (token.map or [0])[0] + 2, token.content)
        for token in tokens
        if token.type == "fence"
    ]


def steps(text: str, line: int) -> list[Step]:
    """Return the commands of a console block with what is shown below each."""
    found: list[Step] = []
    for number, content in enumerate(text.splitlines(), line):
        if content.startswith("$ "):
            found.append(Step(number, content[2:], ()))
        else:
            last = found.pop()
            found.append(Step(last.line, last.command, (*last.shown, content)))
    return found


def agrees(shown: tuple[str, ...], output: list[str]) -> bool:
    """Tell whether the output is what the page shows, where a line of dots stands for any lines."""
    if not shown:
        return True
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == GAP:
            parts.append([])
        else:
            parts[-1].append(line.rstrip())
    lines = [line.rstrip() for line in output]
    first, *later = parts
    if not later:
        return lines == first
    place = len(first)
    if lines[:place] != first:
        return False
    for part in later[:-1]:
        starts = [at for at in range(place, len(lines) - len(part) + 1) if lines[at : at + len(part)] == part]
        if not starts:
            return False
        place = starts[0] + len(part)
    last = later[-1]
    return len(lines) - len(last) >= place and lines[len(lines) - len(last) :] == last


def folder(tmp_path: Path, page: Path) -> Path:
    """Return a folder as the reader of a page has it: the samples, and the files that the page tells to save."""
    shutil.copytree(HOUSE / "samples", tmp_path / "samples")
    shutil.copytree(HOUSE / "tests" / "data" / "intake", tmp_path / "tests" / "data" / "intake")
    for source in (HOUSE / "docs" / "first-policy.md", page):
        for info, _, text in fences(source):
            language, _, name = info.partition(" ")
            if name:
                assert language
                (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def run(command: str, where: Path) -> list[str]:
    """Return the lines that a command prints in a terminal of 80 columns."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=where,
        env={"PATH": path, "COLUMNS": "80", "LANG": "C.UTF-8", "HOME": str(where)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    return done.stdout.decode().splitlines()


@pytest.mark.parametrize("name", ["README.md", "docs/first-policy.md", "docs/commands.md", "docs/running.md"])
def test_console_blocks(name: str, tmp_path: Path) -> None:
    """Every command that a page shows gives the output that the page shows, in the order of the page."""
    page = HOUSE / name
    where = folder(tmp_path, page)
    shown = [step for info, line, text in fences(page) if info == "console" for step in steps(text, line)]
    assert [step for step in shown if step.shown]
    for step in shown:
        output = run(step.command, where)
        assert agrees(step.shown, output), f"{name}:{step.line}: $ {step.command}\n" + "\n".join(output)


@pytest.mark.parametrize(
    ("shown", "output", "same"),
    [
        ("a b", "a b", True),
        ("a b", "a b c", False),
        ("a ... c", "a b b c", True),
        ("a ... c", "a b b d", False),
        ("... b ... d", "a b c d", True),
        ("... b ... d", "a c d", False),
        ("... b ...", "a b c", True),
        ("a ...", "b a", False),
        ("a ... a", "a", False),
    ],
)
def test_shown_output(shown: str, output: str, same: bool) -> None:
    """Dots stand for any lines; every other line must be there, in order, and nothing besides."""
    assert agrees(tuple(shown.split()), output.split()) is same
