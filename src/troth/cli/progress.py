"""Long work shows that it goes on: a line on the terminal, nothing where nobody looks."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from troth.cli.visible import visible


def _quiet(event: str) -> None:
    """Nobody is watching."""


def watched() -> bool:
    """Whether somebody looks at the terminal."""
    return sys.stderr.isatty() and not os.environ.get("CI")


@contextlib.contextmanager
def working(what: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """Show that work goes on; what it yields is told the name of each step.

    A name that starts with `+ ` begins a step and one with `- ` ends it, as `Project.watch` tells them; any other name is
    a step that begins.

    Args:
        what: the work, in a few words.
        total: how many steps there are, where that is known.
    """
    if not watched():
        yield _quiet
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=total)

        def tell(event: str) -> None:
            if event.startswith("- "):
                return
            shown.update(task, advance=1, description=f"{what}: {visible(event.removeprefix('+ '))}")

        yield tell
