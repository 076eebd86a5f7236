"""Seals: the hash of the words a promise was reviewed against.

A seal is the first 16 hex digits of SHA-256 over the sentences bound to the promise (the covered part where `covers`
names one), Unicode NFC, white space folded, one a line. When the prose changes afterwards, `check` says so.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from troth.model.policy import Policy, Promise

LENGTH = 16  # hex digits: 64 bits; a chance match among 10,000 promises is under 1 in 10^11
SHORTEST = 8  # older files carry 8


def digest(policy: Policy, promise: Promise) -> str:
    """The seal that the promise would carry if it were reviewed now."""
    parts: dict[str, list[str]] = {}
    for where, words in promise.covers:
        parts.setdefault(where, []).append(words)
    rows = []
    for name in promise.sentences:
        text = policy.by_sentence[name].sentence.text
        rows += parts.get(name, [text])
    folded = "\n".join(" ".join(unicodedata.normalize("NFC", row).split()) for row in rows)
    return hashlib.sha256(folded.encode()).hexdigest()[:LENGTH]


def holds(policy: Policy, promise: Promise) -> bool | None:
    """Whether the words are still those of the review; None where the promise was never sealed."""
    if promise.seal is None:
        return None
    given = promise.seal.digest
    return len(given) >= SHORTEST and digest(policy, promise).startswith(given[:LENGTH])


def seal_text(text: str, digests: Mapping[str, str], by: str = "", on: str = "") -> str:
    """The file's text with the seals of these promises written in (one line below each promise's items).

    Args:
        text: the whole policy file.
        digests: seal by promise id.
        by: who reviewed, "" to leave it out.
        on: the date of the review (YYYY-MM-DD), "" to leave it out.
    """
    rows = text.split("\n")
    written: list[str] = []
    number = 0
    while number < len(rows):
        head = re.match(r"(\s*)promise\s+(\S+)\s", rows[number])
        if not head or head[2] not in digests:
            written.append(rows[number])
            number += 1
            continue
        end = _end(rows, number, len(head[1]))
        body = [row for row in rows[number:end] if not re.match(rf"{head[1]}\s+seal\s", row)]
        while body and not body[-1].strip():
            body.pop()
        written += [*body, f"{head[1]}  seal {digests[head[2]]}{_signed(by, on)}"]
        written += [""] * (1 if end < len(rows) and not rows[end - 1].strip() else 0)
        number = end
    return "\n".join(written)


def _end(rows: list[str], start: int, depth: int) -> int:
    for number in range(start + 1, len(rows)):
        row = rows[number]
        if row.startswith("```") or (
            row.strip() and len(row) - len(row.lstrip()) <= depth and not row.lstrip().startswith("#")
        ):
            return number
    return len(rows)


def _signed(by: str, on: str) -> str:
    name = by.replace("\\", "\\\\").replace('"', '\\"')
    return (f' by "{name}"' if by else "") + (f" on {on}" if on else "")
