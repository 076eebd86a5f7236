"""Signs that a wrong encoding broke: "donâ€™t", "clientÃ©le", "company?s", "&nbsp;"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.policy.lint.document import Document, Hit

# UTF-8 read as a Western code page: a lead byte as a letter, and the next byte as the sign it has there.
_BROKEN = re.compile(
    r"â[€‚„\u0080-\u009f][™˜œ\u0080-\u009f“”¢¦\"'`]?|Ã[©¨¼¶¤Ÿ±³¡­§ª«¢¥¦¯®²´¹º»½¾¿\u0080-\u00bf]|Â[\u00a0®©·«»£°§´`]|â„¢|ï¿½|ï»¿|\ufffd|"
    # characters that HTML writes by name or number
    r"&(?:nbsp|amp|quot|apos|lt|gt|rsquo|lsquo|rdquo|ldquo|ndash|mdash|copy|reg|trade|#\d{2,5}|#x[\da-f]{2,4});|"
    # an apostrophe that became a question mark
    r"(?<![\w/.=])[A-Za-z]{2,}\?(?:s|t|re|ve|ll)(?= [a-z])|"
    r"锟斤拷|烫烫烫|屯屯屯"
)


_TRACES = "âãï\ufffd&?锟烫屯"


def broken_signs(doc: Document) -> Iterator[Hit]:
    """Every unit, headings included, that shows such signs."""
    traces = [sign for sign in _TRACES if sign in doc.low]
    for reading in doc.readings:
        low = reading.low
        match = _BROKEN.search(reading.text) if any(sign in low for sign in traces) else None
        if match:
            start = max(0, match.start() - 12)
            yield Hit(reading, reading.text[start : match.end() + 8].strip())
