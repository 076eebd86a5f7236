"""The parts of a person's name: words with a blank between them, or Chinese signs without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_FAMILY = 2  # signs of a Chinese family name at the most


def chinese(name: str) -> bool:
    """Whether a name is of Chinese signs only."""
    return _HAN.fullmatch(name) is not None


def together(parts: Sequence[str]) -> frozenset[str]:
    """How the parts of a name in several columns are written as one, the family name first or last."""
    ways = (parts, parts[::-1])
    found = {" ".join(one) for one in ways}
    if len(parts) > 1 and all(map(chinese, parts)):
        found |= {"".join(one) for one in ways}
    return frozenset(found)


def cuts(name: str) -> Iterator[tuple[str, str]]:
    """The two parts that a whole name may have in two columns: cut at each blank, or after a Chinese family name or before it."""
    words = name.split(" ")
    for place in range(1, len(words)):
        yield " ".join(words[:place]), " ".join(words[place:])
    if chinese(name):
        places = {place for near in range(1, _FAMILY + 1) for place in (near, len(name) - near)}
        for place in sorted(one for one in places if 0 < one < len(name)):
            yield name[:place], name[place:]
