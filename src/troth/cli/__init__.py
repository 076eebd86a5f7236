"""The command line."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from troth.cli.policy import policy
from troth.model.errors import TrothError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A privacy policy as the source code of what a company does with personal data.",
)
app.add_typer(policy, name="policy")


@app.callback()
def troth() -> None:
    """Exit codes: 0 fine, 1 findings, 2 unusable input."""


def main() -> None:
    """The `troth` command: errors in the user's words, never a traceback."""
    try:
        app()
    except TrothError as error:
        console = Console(stderr=True, soft_wrap=True, highlight=False)
        console.print(f"[red]error:[/] {_plain(str(error))}")
        if error.hint:
            console.print(f"  [dim]{_plain(error.hint)}[/]")
        sys.exit(2)


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
