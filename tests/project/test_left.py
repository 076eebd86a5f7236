"""How much time a request has left, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from troth.app.requests import Card
from troth.duties.life import Life
from troth.model.clock import Due

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (-0.1, "less than a day late"), (-23, "less than a day late"), (-25, "1 day late"), (-49, "2 days late"),
        (1, "less than a day"), (25, "1 day"), (240, "10 days"),
    ],
)  # fmt: skip
def test_left(hours: float, said: str) -> None:
    """What is due at once is not a day late on the same day, and one day is one day."""
    life = Life(id="1", right="object", about="", state="open", subject="", received=NOW, changed=NOW)
    first = replace(DUE, moment=NOW + timedelta(hours=hours))
    assert Card(life=life, first=first, entries=(), now=NOW).left == said


DUE = Due(name="x", kind="within", moment=NOW, date=NOW.date(), cites=(), steps=())
