"""Pages that anybody may read: without an account, without a form first, without a cookie that knows the reader.

registers/cookies.toml    pages = ["web", "https://www.example.com/"]    # folders of the project, or addresses; read, not run
"""

from __future__ import annotations

import re

from troth.duties.proofs.cookies import pages_of
from troth.duties.proofs.sight import Sight
from troth.model.policy import Promise, Proof
from troth.model.showing import Figure, Shown

_TAG = re.compile(r"<[^>]+>")
_LOCKED = re.compile(
    r"<input[^>]+type\s*=\s*[\"']?password|http-equiv\s*=\s*[\"']?refresh[^>]+(?:login|signin|sign-in)",
    re.IGNORECASE,
)
_STAMPED = re.compile(r"^set-cookie:", re.IGNORECASE | re.MULTILINE)
_LEAST = 40  # letters of a page that has something to read
_SHOWN = 5


def public_pages_test(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every page of the site can be read by a stranger who refuses cookies.

    A page is none of these: a form for a password, a forward to a sign-in, an answer that sets a cookie, an empty page.
    """
    sites = sight.registers.get("cookies", {}).get("pages", [])
    if not sites:
        why = "no site is configured: `pages` of registers/cookies.toml"
        return Shown(promise.id, proof.check, "not shown", why)
    bad: list[str] = []
    unread = read = 0
    for page, text in pages_of(sight, sites):
        if not page.lower().endswith((".html", ".htm", "/")) and "<html" not in (text or "").lower():
            continue
        if text is None:
            unread += 1
            continue
        read += 1
        words = _TAG.sub(" ", text).split()
        if _LOCKED.search(text) or _STAMPED.search(text) or sum(map(len, words)) < _LEAST:
            bad.append(page)
    figures = (
        Figure("pages that a stranger can not read", len(bad), read, "pages", good=0),
        Figure("pages read", read, read + unread, "pages"),
    )
    if bad:
        why = f"a stranger without cookies can not read {', '.join(bad[:_SHOWN])}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(bad))
    if not read or unread:
        return Shown(promise.id, proof.check, "not shown", f"{unread} pages could not be read", figures)
    why = f"all {read} pages can be read without an account, a form or a cookie"
    return Shown(promise.id, proof.check, "kept", why, figures)


PUBLISHED = {"public-pages-test": public_pages_test}
"""The checks of pages that anybody may read, by name."""
