"""Where the company of a text is at home, as far as the text tells it."""

from __future__ import annotations

import re

from troth.policy.lint.document import Document
from troth.policy.lint.gazetteer import countries, place_alone
from troth.policy.lint.names import ENTITY

_LINES = 5
_SEATED = re.compile(
    r"\b(?:incorporated|registered|established|organi[sz]ed|domiciled|located|based|headquartered|seated)\b[^.;]{0,40}\b(?:in|under the laws? of)\b([^.;()]{3,60})"
)


def seat(doc: Document) -> frozenset[str]:
    """The codes of the countries in the company's own address or in the sentence that introduces it."""
    found: set[str] = set()
    for reading in doc.readings:
        code = place_alone(reading.low)
        if code:
            above = doc.readings[max(0, reading.index - _LINES) : reading.index]
            if any(ENTITY.search(r.text) for r in above) and any(any(map(str.isdigit, r.low)) for r in above):
                found.add(code)
        elif ENTITY.search(reading.text):
            match = _SEATED.search(reading.low)
            if match:
                found |= countries(match[1])
    return frozenset(found)
