"""JSON that is read and written again without rounding: a number keeps the digits that it was written with."""

from __future__ import annotations

import json
import re
from typing import Any

_MARK = "\ue0f0"  # a letter of nobody; stands around a number until it is written
_MARKED = re.compile(f'"{_MARK}([^"]*){_MARK}"')


class Number(str):
    """A number with a point or an exponent, as it is written."""

    __slots__ = ()


def read(text: str) -> Any:
    """The value of a JSON text; numbers that Python would round are `Number`.

    Raises:
        ValueError: the text is no JSON.
    """
    return json.loads(text, parse_float=Number)


def write(value: object) -> str:
    """A value as JSON, every `Number` as it was read."""
    return _MARKED.sub(r"\1", json.dumps(_marked(value), ensure_ascii=False))


def _marked(value: object) -> object:
    if isinstance(value, Number):
        return f"{_MARK}{value}{_MARK}"
    if isinstance(value, list):
        return [_marked(one) for one in value]
    if isinstance(value, dict):
        return {name: _marked(one) for name, one in value.items()}
    return value
