"""Rules for a group of sentences of one kind, as a person would begin to write them.

Every word comes from the vocabulary; what the text does not give gets a house-chosen number with `~`. Nothing
here is right by itself: a person reads, corrects and accepts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.policy.draft import data_rules, duty_rules
from troth.policy.draft.reading import reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.policy.draft.finds import Finds


NOTE = 'note "no rule could be drafted with certainty: write it by hand"'
"""What stands in a promise for the rule that was not drafted."""


def draft_rules(kind: str, finds: Finds) -> tuple[tuple[str, ...], bool]:
    """The rule lines of a promise of this kind, one step in for what stands below another line, and whether they are sure.

    Where a rule could say the opposite of the text, or the vocabulary has no words for it, there is a note and no rule.
    """
    read = reading(kind, finds)
    lines = [line for part in read.parts for line in _DRAFTERS[kind](part) if line]
    if not lines:
        return (NOTE,), False
    return tuple(dict.fromkeys(lines)) if len(read.parts) > 1 else tuple(lines), read.sure


def proofs(kind: str, finds: Finds) -> tuple[str, ...]:
    """The checks that would show that a promise of this kind is kept."""
    special = (check for of, check, pattern in _SPECIAL_PROOFS if of == kind and finds.says(pattern))
    wanted = (next(special, ""), *_PROOFS[kind])
    keys = [key for key in (finds.index.key("check", word) for word in wanted if word) if key]
    return tuple(keys[:1] if wanted[0] else keys)


_DRAFTERS: dict[str, Callable[[Finds], tuple[str, ...]]] = {
    "collect": data_rules.collect,
    "use": data_rules.use,
    "share": data_rules.share,
    "transfer": data_rules.transfer,
    "retain": data_rules.retain,
    "erase": data_rules.erase,
    "protect": duty_rules.protect,
    "right": duty_rules.right,
    "consent": duty_rules.consent,
    "choice": duty_rules.choice,
    "notify": duty_rules.notify,
    "cookie": data_rules.cookie,
    "child": duty_rules.child,
    "publish": data_rules.publish,
    "contact": duty_rules.contact,
}
_SPECIAL_PROOFS = (
    ("protect", "training-register", r"\btrain\w*|培训"),
    ("protect", "encryption-scan", r"\bencrypt\w*|加密"),
    ("transfer", "transfer-manifest", data_rules.BUSINESS),
    ("notify", "breach-timeline", r"\bincident|\bbreach|安全事件|泄露"),
    ("notify", "publication-crawl", r"\b(?:post|publish)\w*\b|公布|发布"),
    ("consent", "withdrawal-effective", r"\bwithdr\w+|撤回"),
)
_PROOFS: dict[str, tuple[str, ...]] = {
    "collect": ("data-map-complete",),
    "use": ("access-decision",),
    "share": ("refusal-test", "recipient-register-complete"),
    "transfer": ("location-check",),
    "retain": ("no-rows-past-period",),
    "erase": ("erasure-search",),
    "protect": ("security-attestation",),
    "right": ("request-timeline",),
    "consent": ("consent-ledger",),
    "choice": ("opt-out-timeline",),
    "notify": ("notice-delivery",),
    "cookie": ("cookie-scan",),
    "child": ("age-gate",),
    "publish": ("release-gate",),
    "contact": ("contact-probe",),
}
