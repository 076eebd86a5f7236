"""Passwords, keys and tokens in texts where they have no business: messages, notes, logs, letters, cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("private key", re.compile(r"-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----")),
    ("cloud key", re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])|(?<!\w)LTAI[A-Za-z0-9]{12,20}(?!\w)"
                             r"|AIza[\w-]{35}")),
    ("access token", re.compile(r"(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,}|glpat-[\w-]{20,}"
                                r"|xox[abprs]-[A-Za-z0-9-]{10,}|[sr]k_live_[A-Za-z0-9]{16,}|dop_v1_[0-9a-f]{64}"
                                r"|hf_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{36})")),
    ("signed token", re.compile(r"(?<![\w.-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}")),
    ("password in an address", re.compile(r"\b[a-z][a-z0-9+.-]{2,}://[^\s/:@]{1,64}:[^\s/@]{3,}@[\w.-]+", re.IGNORECASE)),
    ("bearer token", re.compile(r"\bbearer\s+[A-Za-z0-9._~+/-]{20,}=*", re.IGNORECASE)),
)  # fmt: skip
_SAID = re.compile(
    r"\b(?:password|passwd|passphrase|pwd|secret key|api[ _-]?key|access[ _-]?token)\b['\"]?\s*(?:is\s*)?[:=]\s*['\"]?(\S{6,})"
    r"|\b(?:my|the|your|new|root|temporary)\s+password\s+is\s*:?\s+['\"]?(\S{6,})"
    r"|(?:密码|口令)\s*(?:(?:是|为)\s*[：:=]?|[：:=])\s*(\S{6,})",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"[*•x.\[<{(]|\$\{|null|none|required|expired|changed|reset|hidden|redacted|wrong|invalid", re.IGNORECASE
)


def leaks(text: str) -> Iterator[str]:
    """What is leaked in a text, in words ("private key"); the value itself is never given."""
    if len(text) < 8:
        return
    for name, shape in _SHAPES:
        if shape.search(text):
            yield name
    for found in _SAID.finditer(text):
        value = next(one for one in found.groups() if one)
        if not _HIDDEN.match(value) and _secretive(value):
            yield "password in words"
            return


def _secretive(value: str) -> bool:
    """Whether a word after "password:" is one: people write on with plain words, and passwords have a digit or a sign."""
    word = value.rstrip(".,;:!?'\"")
    return len(word) >= 6 and (any(one.isdigit() for one in word) or bool(re.search(r"[^\w\s]", word)))
