"""The table of statutory clocks: 72 duties with their times, as data beside the code (`law/clocks.toml`)."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from troth.model.clock import KINDS, UNITS, Clock, Part
from troth.model.errors import NotFound, TrothError

UNSURE = "unsure"
"""How the confidence of a row begins that nobody has checked against the statute."""


@cache
def version() -> str:
    """The day the table was made, ISO 8601."""
    return str(_table()["version"])


@cache
def clocks() -> Mapping[str, Clock]:
    """All clocks by id, in the order of the table."""
    return MappingProxyType({clock.id: clock for clock in read_clocks(_table()["clock"])})


def clock(name: str) -> Clock:
    """The clock of an id.

    Raises:
        NotFound: the table has none of that name.
    """
    found = clocks().get(name)
    if found is None:
        near = difflib.get_close_matches(name, clocks(), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "docs/requests.md lists them"
        raise NotFound(f"there is no clock `{name[:40]}`", hint=hint)
    return found


def part_of(one: Clock, name: str = "") -> Part:
    """The part of a clock with a name; the first where none is given.

    Raises:
        NotFound: the clock has no such part.
    """
    if not name:
        return one.parts[0]
    for part in one.parts:
        if part.name == name:
            return part
    hint = "its parts are " + ", ".join(part.name for part in one.parts if part.name)
    raise NotFound(f"the clock `{one.id}` has no part `{name[:40]}`", hint=hint)


def clocks_for(right: str, jurisdiction: str) -> tuple[Clock, ...]:
    """The clocks that run for a person's request in a jurisdiction, in the order of the table."""
    return tuple(one for one in clocks().values() if one.jurisdiction == jurisdiction and right in one.rights)


def read_clocks(rows: list[dict[str, Any]]) -> tuple[Clock, ...]:
    """The clocks that rows of the table stand for.

    Raises:
        TrothError: a row is malformed; the message names it.
    """
    return tuple(_clock(row) for row in rows)


def _clock(row: Mapping[str, Any]) -> Clock:
    given = dict(row)
    name = str(given.get("id", "without a name"))
    try:
        parts = tuple(_part(part, str(given["starts"])) for part in given.pop("parts"))
        extends = given.pop("extends", None)
        made = Clock(
            parts=parts,
            words=given.pop("clock"),
            rights=tuple(given.pop("rights", ())),
            stops=frozenset(given.pop("stops", ())),
            extends=tuple(extends) if extends else None,
            **given,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TrothError(f"the clock `{name}` of the table can not be read: {error}") from error
    if not parts:
        raise TrothError(f"the clock `{name}` of the table has no parts")
    return made


def _part(row: Mapping[str, Any], starts: str) -> Part:
    part = Part(**({"name": "", "starts": starts} | dict(row)))
    if part.kind not in KINDS or part.unit not in UNITS:
        raise ValueError(f"`{part.kind}` or `{part.unit}` is unknown")
    numbered = part.kind in ("within", "at-least", "every", "back", "age")
    if numbered and (part.number is None or part.number < 1):
        raise ValueError("a number is missing")
    return part


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("troth.duties").joinpath("law", "clocks.toml").read_text("utf-8"))
