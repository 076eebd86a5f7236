"""Cookies and what is like them: registered, refused without consent, without secrets; and recommenders on their register.

registers/cookies.toml     table = "accounts.cookies"  name = "name"  value = "value"     # where the application keeps them
                           pages = ["site", "https://www.example.com/"]                   # folders of the project, or addresses
                           [[cookie]]  name = "session*"  kind = "cookie"  purpose = "identity-authentication"
                           data = ["session-token"]  period = "1 day"  owner = "web"
registers/profiling.toml   [[recommender]] or [[detector]]  name = "upgrade plans"  purpose = "recommendations"
                           features = ["server-usage"]  logic = "..."  significance = "..."  owner = "product"
                           until = 2027-06-01
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

from troth.decision.norm import consent_for
from troth.duties.proofs.decisions import ADVERSE, Tally
from troth.duties.proofs.leaks import leaks
from troth.duties.proofs.sight import Sight
from troth.duties.proofs.witness import Point, Trial, points, refused_cases
from troth.duties.signins import detecting
from troth.enforcement.columns import stream
from troth.model.errors import TrothError
from troth.model.policy import Promise, Proof, Rule, vocabulary_of
from troth.model.showing import Figure, Shown

PAGES = 50  # pages of one site that are read
SECONDS = 10
_LARGEST = 2_000_000  # bytes of one page that are read
_SHOWN = 5
_NONE = "there is no register of cookies: registers/cookies.toml"
_SETS = (
    re.compile(r"document\.cookie\s*=\s*[`\"']\s*([\w.\-]{1,60})\s*="),
    re.compile(r"(?:localStorage|sessionStorage)\.setItem\(\s*[`\"']([^`\"']{1,60})[`\"']"),
    re.compile(r"(?:localStorage|sessionStorage)\.([A-Za-z_][\w]{0,59})\s*=(?!=)"),
    re.compile(r"(?:localStorage|sessionStorage)\[\s*[`\"']([^`\"']{1,60})[`\"']\s*\]\s*=(?!=)"),
    re.compile(r"[Ss]et-[Cc]ookie\s*:\s*([\w.\-]{1,60})\s*="),
    re.compile(r"\bCookies\.set\(\s*[`\"']([^`\"']{1,60})[`\"']"),
)
_SECRETS = re.compile(r"(?:^|[^a-z])(?:pass(?:word|wd)?|pwd|passphrase)(?:[^a-z]|$)", re.IGNORECASE)
_NEEDS = ("purpose", "period", "owner", "data")


def cookie_register(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every entry of the register is complete, and every cookie that the stores hold stands on it."""
    register = sight.registers.get("cookies", {})
    listed = register.get("cookie", [])
    if not listed:
        return Shown(promise.id, proof.check, "not shown", _NONE)
    words = vocabulary_of(sight.policy)
    bare = [
        str(one.get("name") or "one without a name")
        for one in listed
        if not one.get("name")
        or any(not one.get(need) for need in _NEEDS)
        or words.find("purpose", str(one.get("purpose"))) is None
        or any(
            words.find("data", str(each)) is None and words.find("thing", str(each)) is None
            for each in one["data"]
        )
    ]
    held = Counter(name for name, _ in _held(sight, register))
    strange = sorted(name for name in held if not _registered(name, listed))
    rows = sum(held.values())
    bad = sum(held[name] for name in strange)
    figures = (
        Figure("cookies in the stores that are not registered", bad, rows, "rows", good=0),
        Figure("entries of the register that are not complete", len(bare), len(listed), "entries", good=0),
    )
    if bare or strange:
        parts = [f"not complete: {', '.join(bare[:_SHOWN])}"] if bare else []
        parts += [f"not registered: {', '.join(strange[:_SHOWN])}"] if strange else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures)
    why = f"{len(listed)} entries are complete, and all {rows:,} cookies of the stores are registered"
    return Shown(promise.id, proof.check, "kept", why, figures)


def cookie_scan(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the pages of the house set only what the register names: headers, scripts, local storage.

    The pages are read, not run: what a script makes up while it runs is not seen. A folder is read as a whole, an address
    with the pages of the same host that it links to.
    """
    register = sight.registers.get("cookies", {})
    listed, sites = register.get("cookie", []), register.get("pages", [])
    if not sites:
        why = "no site is configured: `pages` of registers/cookies.toml"
        return Shown(promise.id, proof.check, "not shown", why)
    found: dict[str, set[str]] = {}
    read = unread = 0
    for page, text in pages_of(sight, sites):
        if text is None:
            unread += 1
            continue
        read += 1
        for pattern in _SETS:
            for match in pattern.finditer(text):
                found.setdefault(match[1], set()).add(page)
    strange = sorted(name for name in found if not _registered(name, listed))
    places = tuple(sorted({page for name in strange for page in found[name]}))
    figures = (
        Figure("names that pages set and nobody registered", len(strange), len(found), "names", good=0),
        Figure("pages read", read, read + unread, "pages"),
    )
    if strange:
        why = f"set and not registered: {', '.join(strange[:_SHOWN])}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=places)
    if not read or unread:
        return Shown(promise.id, proof.check, "not shown", f"{unread} pages could not be read", figures)
    why = f"{read} pages set {len(found)} names, all of them registered"
    return Shown(promise.id, proof.check, "kept", why, figures)


def cookie_content_scan(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where no cookie that the stores hold has a password or another credential in it, also in an encoded form."""
    register = sight.registers.get("cookies", {})
    if not register.get("table"):
        return Shown(promise.id, proof.check, "not shown", _NONE)
    bad: Counter[str] = Counter()
    rows = 0
    for name, value in _held(sight, register):
        rows += 1
        if any(_secret(name, text) for text in _decoded(value)):
            bad[name] += 1
    figures = (Figure("cookies with a credential in them", sum(bad.values()), rows, "rows", good=0),)
    if bad:
        why = f"{sum(bad.values()):,} cookies hold a credential: {', '.join(sorted(bad)[:_SHOWN])}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=(str(register["table"]),))
    return Shown(promise.id, proof.check, "kept", f"none of {rows:,} cookies holds a credential", figures)


def cookie_gate(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the guard lets in no cookie that the promise ties to a choice, without that choice and after it was refused."""
    trial, found = Trial(sight), Tally()
    words = vocabulary_of(sight.policy)
    for rule in promise.rules:
        if rule.verb not in {"collect", "use", "store"}:
            continue
        if rule.mode == "never":
            for point in list(points(trial.words, rule))[:200]:
                for facts in refused_cases(trial.words, rule, point):
                    found.note(rule.id, right=trial.refuses(point, facts))
        elif (
            rule.mode in {"may", "only"} and rule.bases and all(consent_for(one, words) for one in rule.bases)
        ):
            for point in _named(trial, rule):
                for value in (*ADVERSE, "none"):
                    facts_ = trial.opening(point, {"consent": value})
                    found.note(
                        rule.id, right=facts_ is None or trial.ask(point, facts_).decisive.rule != rule.id
                    )
    figures = (
        Figure(
            "requests without a choice that were refused",
            found.right,
            found.tried,
            "requests",
            good=found.tried,
        ),
    )
    if not found.tried:
        return Shown(promise.id, proof.check, "not shown", "the promise ties no cookie to a choice", figures)
    if found.wrong:
        why = f"let in without a choice: {found.words}"
        return Shown(promise.id, proof.check, "broken", why, figures)
    return Shown(
        promise.id, proof.check, "kept", f"all {found.tried} requests without a choice were refused", figures
    )


def profiling_register_complete(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each recommender and detector stands on the register with logic, effect, owner and a current review.

    Its features have to be data that the policy permits for its purpose; each thing that the policy detects or recommends has
    at least one entry.
    """
    register = sight.registers.get("profiling", {})
    listed = [*register.get("recommender", []), *register.get("detector", [])]
    if not listed:
        why = "there is no register of profiling: registers/profiling.toml"
        return Shown(promise.id, proof.check, "not shown", why)
    trial, today = Trial(sight), sight.now.astimezone(sight.where.tz).date()
    faults = {
        str(one.get("name") or "one without a name"): fault
        for one in listed
        if (fault := _fault(trial, one, today))
    }
    missing = (
        [] if register.get("detector") or not any(True for _ in detecting(sight.policy)) else ["a detector"]
    )
    if _recommends(sight) and not register.get("recommender"):
        missing.append("a recommender")
    figures = (
        Figure("entries that are not complete", len(faults), len(listed), "entries", good=0),
        Figure("kinds that the policy speaks of and the register lacks", len(missing), unit="kinds", good=0),
    )
    if faults or missing:
        parts = [f"{name}: {fault}" for name, fault in sorted(faults.items())[:_SHOWN]]
        parts += [f"the register lacks {', '.join(missing)}"] if missing else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures)
    why = f"{len(listed)} recommenders and detectors are registered with logic, effect, owner and review"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _recommends(sight: Sight) -> bool:
    return any(
        rule.mode == "may" and "recommendations" in rule.purposes
        for promise in sight.policy.promises
        for rule in promise.rules
    )


def _fault(trial: Trial, one: Mapping[str, Any], today: date) -> str:
    lacking = [
        key for key in ("name", "purpose", "features", "logic", "significance", "owner") if not one.get(key)
    ]
    if lacking:
        return f"lacks {', '.join(lacking)}"
    until = one.get("until")
    if not isinstance(until, date) or until < today:
        return "its review is overdue" if isinstance(until, date) else "says no day of the next review"
    words = trial.words.vocabulary
    purpose = words.find("purpose", str(one["purpose"]))
    if purpose is None:
        return "names a purpose that nobody knows"
    for feature in one["features"]:
        term = words.find("data", str(feature))
        if term is None:
            return "names a feature that nobody knows"
        if not any(trial.words.permits(Point(verb, term.key, purpose.key)) for verb in ("use", "analyse")):
            return f"uses {term.key}, which no rule permits for it"
    return ""


def _named(trial: Trial, rule: Rule) -> list[Point]:
    return [
        Point(rule.verb, data, purpose, "")
        for data in dict.fromkeys(trial.words.members(rule.things))
        if ":" not in data
        for purpose in trial.words.members(rule.purposes)
    ]


def _registered(name: str, listed: list[Mapping[str, Any]]) -> bool:
    return any(fnmatch(name, str(one.get("name", ""))) for one in listed)


def _held(sight: Sight, register: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and value of every cookie that the application keeps."""
    store, _, table = str(register.get("table", "")).partition(".")
    if not table:
        return
    columns = [
        str(register.get("name", "name")),
        *([str(register["value"])] if register.get("value") else []),
    ]
    for row in stream(sight.project, store, table, columns):
        if row[0]:  # a row that was emptied at the end of its period is no cookie any more
            yield str(row[0]), str(row[1] or "") if len(row) > 1 else ""


def _secret(name: str, text: str) -> bool:
    return bool(any(leaks(text)) or (_SECRETS.search(name) and text) or _SECRETS.search(text))


def _decoded(value: str) -> Iterator[str]:
    """A value as it is, without percent signs, and what Base64 hides."""
    yield value
    plain = unquote(value)
    if plain != value:
        yield plain
    for part in re.findall(r"[A-Za-z0-9+/_-]{8,}={0,2}", plain):
        try:
            found = base64.b64decode(
                part.replace("-", "+").replace("_", "/") + "=" * (-len(part) % 4), validate=True
            )
            text = found.decode("utf-8")
        except (binascii.Error, ValueError):
            continue
        if text.isprintable():
            yield text


def pages_of(sight: Sight, sites: list[str]) -> Iterator[tuple[str, str | None]]:
    """Every page with its headers as one text; None for one that could not be read."""
    for site in sites:
        if site.startswith(("http://", "https://")):
            yield from _crawled(site)
            continue
        folder = (sight.folder / site).resolve()
        if not folder.is_dir():
            raise TrothError(
                f"the folder of pages {site} is not there", hint="look at `pages` of the register"
            )
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in {
                ".html",
                ".htm",
                ".js",
                ".mjs",
                ".php",
                ".txt",
                ".conf",
            }:
                yield str(path.relative_to(folder)), _file(path)


def _file(path: Path) -> str | None:
    try:
        return path.read_bytes()[:_LARGEST].decode("utf-8", "replace")
    except OSError:
        return None


class _Links(HTMLParser):
    """The pages and scripts that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag."""
        wanted = {"a": "href", "script": "src", "iframe": "src"}.get(tag)
        self.found += [value for name, value in attrs if name == wanted and value]


def _crawled(start: str) -> Iterator[tuple[str, str | None]]:
    host, queue, seen = urlsplit(start).netloc, [start], {start}
    while queue and len(seen) <= PAGES + len(queue):
        page = queue.pop(0)
        text = _fetched(page)
        yield urlsplit(page).path or "/", text
        links = _Links()
        links.feed(text or "")
        for link in links.found:
            url = urldefrag(urljoin(page, link))[0]
            if urlsplit(url).netloc == host and url not in seen and len(seen) < PAGES:
                seen.add(url)
                queue.append(url)


def _fetched(url: str) -> str | None:
    request = Request(url, headers={"User-Agent": "troth"})  # noqa: S310 - only addresses of pages come here
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            headers = "".join(f"Set-Cookie: {one}\n" for one in answer.headers.get_all("Set-Cookie") or [])
            return headers + str(answer.read(_LARGEST).decode("utf-8", "replace"))
    except (URLError, OSError, ValueError):
        return None
