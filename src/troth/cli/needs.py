"""What of requests waits for a person, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from troth.app.requests import Card
from troth.cli import show
from troth.cli.visible import visible


def say_needs(cards: Iterable[Card]) -> None:
    """Say what of these requests waits for a person, one line each."""
    for card in cards:
        for need in card.needs:
            show.console().print(Text(f"  {visible(need)}", style="yellow"))
