"""The command line: groups of commands, each loaded only when it is asked for, so that `troth --help` is quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from troth.model.errors import TrothError

GROUPS = {
    "policy": "Write, check, explain and compare policies.",
}
"""Name of a group, which is also its module here and the name of the Typer app in it, and its help."""


def build(words: Sequence[str] | None = None) -> typer.Typer:
    """The command line for these words; with None, with every group loaded."""
    wanted = GROUPS.keys() if words is None else {word for word in words[:1] if word in GROUPS}
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="A privacy policy as the source code of what a company does with personal data.",
        epilog="Exit codes: 0 fine, 1 findings, 2 unusable input.",
    )
    app.callback()(_root)
    for name, text in GROUPS.items():
        group = getattr(import_module(f"troth.cli.{name}"), name) if name in wanted else typer.Typer()
        if name not in wanted:
            group.callback()(_root)
        app.add_typer(group, name=name, help=text)
    return app


def _root() -> None:
    pass


def main() -> None:
    """The `troth` command: errors in the user's words, never a traceback."""
    try:
        build(sys.argv[1:])()
    except TrothError as error:
        sys.stderr.write(f"error: {error}\n")
        if error.hint:
            sys.stderr.write(f"  {error.hint}\n")
        sys.exit(2)
    except BrokenPipeError:
        # the reader of our output (head, less) has gone: nothing is wrong with us
        sys.stderr.close()
        sys.exit(0)
