"""Values inside texts that a program wrote in base64, as sessions often are: found by pieces, then read and compared.

How a value looks in base64 depends on where among the bytes it begins, so there are three spellings of its middle. A
line may end anywhere in it, so each is looked for in two halves.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator

FORMS = frozenset({"serialized", "pickle"})
"""The forms of columns, as the map calls them, that a program may have written in base64."""
_SHORTEST = 12  # letters of a spelling; a shorter one is met by chance
_SKIPPED = (0, 2, 3)  # letters that bytes before the value have a part in, by their number
_RUN = re.compile(r"[A-Za-z0-9+/\s]{12,}={0,2}")


def pieces(words: Iterable[str]) -> tuple[str, ...]:
    """What stands in base64 where one of some words does, in lower case."""
    found: dict[str, None] = {}
    for word in words:
        for before, skipped in enumerate(_SKIPPED):
            raw = b"\0" * before + word.encode()
            spelled = base64.b64encode(raw).decode()[skipped : len(raw) * 8 // 6]
            if len(spelled) >= _SHORTEST:
                half = len(spelled) // 2
                found |= dict.fromkeys((spelled[:half].lower(), spelled[half:].lower()))
    return tuple(found)


def plain(cell: str) -> Iterator[str]:
    """The texts that stand in base64 in a cell; signs that are no letters become blanks."""
    for run in _RUN.findall(cell):
        letters = "".join(run.split()).rstrip("=")
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        try:
            raw = base64.b64decode(letters + "=" * (-len(letters) % 4))
        except (binascii.Error, ValueError):
            continue
        yield raw.decode("utf-8", "replace")
