"""Characters that change how a terminal shows the others, made visible.

A policy, or the name of its file, may come from a stranger: an escape sequence could hide a finding, and a
bidirectional control could show a rule in another order than the one that is executed (CVE-2021-42574).
"""

from __future__ import annotations

_CONTROLS = (*range(9), *range(11, 32), *range(127, 160))  # all but tab and line feed
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN = {code: f"\\x{code:02x}" for code in _CONTROLS} | {code: f"\\u{code:04x}" for code in _DIRECTIONS}


def visible(text: str) -> str:
    """The text with control characters as escapes, such as U+001B as a backslash and `x1b`."""
    return text.translate(_SHOWN)
