"""Kinds of defects in small policies with numbered parts: contacts, pointers, discretion, consent, what copying leaves behind."""

from __future__ import annotations

import pytest

from tests.lint.framed import Framed, cases, found


@pytest.mark.parametrize("case", [c for c in cases() if c.wrong], ids=str)
def test_found(case: Framed) -> None:
    """What a privacy lawyer marks is found under one of its rules."""
    assert found(case)


@pytest.mark.parametrize("case", [c for c in cases() if not c.wrong], ids=str)
def test_left_alone(case: Framed) -> None:
    """What looks like it and is harmless is left alone by these rules."""
    assert found(case) == ()
