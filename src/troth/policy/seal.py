"""Seals: the hashes of the words and the rules of a promise as somebody reviewed them side by side.

The first is 16 hex digits of SHA-256 over the sentences bound to the promise (the covered part where `covers` names
one), Unicode NFC, white space folded, one a line. The second is that of its compiled rules, so that another layout or a
synonym keeps it, and another number, word, condition or list of the policy's own does not. When either changes
afterwards, `check` says so. A seal that holds is the record of a review: nobody else's name gets on it without a review
of that promise. Files sealed before rules had a hash carry the first alone; then only the words are compared.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from troth.model.policy import Policy, Promise, rule_json
from troth.policy.outline import outline
from troth.policy.source import Source

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


def rules_digest(policy: Policy, promise: Promise) -> str:
    """The hash that the rules of a promise would carry in a seal written now; their order and names mean nothing."""
    lists = {group.term.key: sorted(group.members) for group in policy.groups}
    rules = sorted(_plain(_bare(rule_json(rule))) for rule in promise.rules)
    used = {name for name in lists if any(f'"{name}"' in rule for rule in rules)}
    while more := {one for name in used for one in lists[name] if one in lists} - used:
        used |= more
    meaning = _plain([rules, {name: lists[name] for name in used}])
    return hashlib.sha256(meaning.encode()).hexdigest()[:LENGTH]


def _bare(value: Any) -> Any:
    """A compiled rule without the names of rules, which follow from their place, its lists in one order."""
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key != "id"}
    return sorted(map(_bare, value), key=_plain) if isinstance(value, list) else value


def _plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def rules_hold(policy: Policy, promise: Promise) -> bool | None:
    """Whether the rules are still those of the review; None where its seal does not say which they were."""
    given = promise.seal.rules if promise.seal else ""
    if not given:
        return None
    return len(given) >= SHORTEST and rules_digest(policy, promise).startswith(given[:LENGTH])


@dataclass(frozen=True, slots=True)
class Due:
    """What sealing does with the promises of a policy.

    Attributes:
        digests: the promises to be sealed, each with its seal.
        kept: promises whose seal holds and stays as it is, with the name and day of its review.
        waiting: promises that rest on suggestions nobody has accepted, each with those sentences; they are not sealed.
    """

    digests: dict[str, str]
    kept: tuple[str, ...]
    waiting: dict[str, tuple[str, ...]]


def due(policy: Policy, names: Collection[str], *, again: bool = False) -> Due:
    """What is to be sealed: of these promises, the new ones and those whose words or rules changed since their review.

    Args:
        policy: the policy.
        names: ids of the promises.
        again: whether a seal that holds is written anew, because somebody has reviewed the promise again.
    """
    digests, kept, waiting = {}, [], {}
    for promise in policy.promises:
        if promise.id not in names:
            continue
        undecided = tuple(
            name for name in promise.sentences if policy.by_sentence[name].suggested is not None
        )
        if undecided:
            waiting[promise.id] = undecided
        elif holds(policy, promise) and rules_hold(policy, promise) is not False and not again:
            kept.append(promise.id)
        else:
            digests[promise.id] = f"{digest(policy, promise)} {rules_digest(policy, promise)}"
    return Due(digests, tuple(kept), waiting)


def seal_text(source: Source, text: str, digests: Mapping[str, str], by: str = "", on: str = "") -> str:
    """The file's text with the seals of these promises written in, as the last line of each.

    Args:
        source: the file as it was read.
        text: the whole policy file.
        digests: seal by promise id.
        by: who reviewed, "" to leave it out.
        on: the date of the review (YYYY-MM-DD), "" to leave it out.

    Raises:
        SourceError: a block can not be parsed.
    """
    rows: list[str | None] = list(text.split("\n"))
    for one in outline(source):
        if one.promise not in digests:
            continue
        first = rows[one.item - 1] or ""
        indent = first[: len(first) - len(first.lstrip())]
        for line in one.seals:
            rows[line - 1] = None
        above = [rows[one.last - 1]] if one.last not in one.seals else []
        seal = f"{indent}seal {digests[one.promise]}{_signed(by, on)}"
        rows[one.last - 1] = "\n".join([*(row for row in above if row is not None), seal])
    return "\n".join(row for row in rows if row is not None)


def _signed(by: str, on: str) -> str:
    name = by.replace("\\", "\\\\").replace('"', '\\"')
    return (f' by "{name}"' if by else "") + (f" on {on}" if on else "")
