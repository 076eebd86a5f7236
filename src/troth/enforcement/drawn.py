"""Random texts in place of values that must stay unique: drawn from the key of their row, and known again later."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Sequence

from troth.enforcement.anchors import Anchor
from troth.enforcement.project import Node, Project
from troth.plan.fit import TOKEN
from troth.stores.walk import Value

_DRAWN = re.compile(rf"[a-z2-7]{{{TOKEN}}}(@[a-z.]+)?")


def random_text(project: Project, place: str, column: str, key: Sequence[Value]) -> str:
    """The text that replaces a value which must stay unique or lead to nobody: drawn from the key, the same after a kill."""
    return _text(project.ring.pseudonym[max(project.ring.pseudonym)], place, column, key)


def drawn(project: Project, node: Node, anchor: Anchor) -> tuple[Value, ...]:
    """The values of a person's own row that replaced others when the person was erased: they name nobody, and nobody is there.

    Args:
        project: whose keys they were drawn with, also older ones.
        node: the table of the row.
        anchor: the row.
    """
    seen = {
        column: value
        for column, value in anchor.values.items()
        if isinstance(value, str) and _DRAWN.fullmatch(value)
    }
    if not seen:
        return ()
    secrets = project.ring.pseudonym.values()
    texts = {_text(one, ".".join(node), column, anchor.key) for one in secrets for column in seen}
    return tuple(value for value in seen.values() if value[:TOKEN] in texts)


def _text(secret: bytes, place: str, column: str, key: Sequence[Value]) -> str:
    digest = hmac.digest(secret, b"token\x00" + f"{place}/{column}/{tuple(key)}".encode(), "sha256")
    return base64.b32encode(digest).decode().lower()[:TOKEN]
