"""Sentences that are like those which reviewers marked elsewhere, and findings about sentences that are unlike any of them.

Detectors look for wordings; what they do not know, `likeness` may know. It also knows what was left alone: a wording that a detector
found in a sentence far from every marked one has another sense there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from troth.model.finding import Finding
from troth.policy.lint.denials import denies
from troth.policy.lint.document import Document
from troth.policy.lint.likeness import likeness
from troth.policy.lint.marked_kinds import REMARKS
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading, has_cjk
from troth.policy.lint.report import quote, report
from troth.policy.lint.spans import spans

MARKED = {False: -0.75, True: -1.25}
"""Odds, as a natural logarithm, from which on a sentence is marked, by whether it is Chinese: in a published policy one in eight is."""
_ABOUT_THESE = 2  # sentences that a finding of any class names for what they say, and not as examples
_CLEAR = 1.5  # between the two likeliest kinds, so that only one is said
_BROKEN = 2.5  # and from which on it is called broken: half of a list, a label and a slip look alike
_UNLIKE = {False: -2.5, True: -3.0}  # odds below which a wording has another sense
_ROWS = 4  # of a list or table that follows
_FEWEST = {False: 5, True: 8}  # words, or Chinese signs, of a sentence that says something
_OPENS = Phrase(r"[:：]\s*$")  # what follows says it
_OPEN = Phrase(r"[:：,，;；]\s*$|^\W*\||\b(?:and|or)\s*$")  # an introduction, a row, an item of a list
_ASKED = Phrase(
    r"\b(?:asks?|asking) (?:you |them |people )?(?:for )?(?:your |their )?(?:permission|consent)\b|\bwith (?:your |their )?(?:express |explicit |prior )?(?:permission|consent)\b"
)
_AHEAD = Phrase(
    r"\b(?:ahead|beforehand|in advance|prior notice|before (?:it|they|that|the|any|a) \w*|(?:write|mail|e-mail|tell|notify|inform)(?:s|es)? (?:to )?(?:you|all|every|customers|users|members|our))\b|\bservice[- ]related announcements?\b|提前|事先|预先|另行通知您|以[^。；，]{0,8}通知"
)  # what the sentence or the next one says of a change
_BINDS = Phrase(
    r"\b(?:notify|notified|inform|informed|tell|told|honou?r|bound|(?:still|remain|stay)s? (?:subject|protected)|(?:continue|keep)s? to apply|keeps? applying|(?:your|new|express|prior) consent)\b|告知|通知|继续受|继续遵守|同等"
)  # what the sentence or the next one says of a sale of the business
_ORDERED = Phrase(r"强制性?的?(?:要求|规定|命令)")
_NEEDED = Phrase(
    r"\bcookies?\b[^.;]{0,40}\b(?:order(?:ing)? process\w*|shopping (?:cart|basket)|logged in|state of your)|购物车|登录状态"
)
_GRANTS = Phrase(
    r"\bservice[- ]related\b|\b(?:transactional|administrative) (?:messages|e-?mails|notices)\b|您可以?随时(?!(?:关注|查看|登录))[^。；]{0,24}(?:取消|关闭|退订|撤回|更正|修改|拒绝)(?![^。；]*但)"
)
_ASKING = Phrase(
    r"\b(?:obtain|obtains|get|seek|seeks)\b[^.;]{0,24}\b(?:consent|permission)\b[^.;]{0,30}\b(?:before|prior to|first)\b"
)
_OF_PARENTS = Phrase(r"\bask (?:a |an |their |your )?(?:parents?|guardians?|adults?)\b")
_BOUND = Phrase(r"被要求[^。；]{0,24}保密|不得将其用于")
# a buyer that is free of it
_NOT_SO = Phrase(
    r"\b(?:not|never|nor|n't) (?:be |have to |need to )?(?:notif\w+|told|tell|bound|inform\w*|honou?r|write|mail|ask)\b|\bneed not\b|\bwithout (?:\w+ ){0,2}(?:notice|consent|permission|telling|informing|asking)\b|"
    r"不另行|不再|无需|无须|未经|不受|不(?:会)?(?:通知|告知|提前)"
)
_OFFERS = Phrase(r"\b(?:market|promot|advertis|newsletter|offer)\w*|营销|促销|推广|广告|优惠")
# by kind: what makes a sentence harmless, unless something else is said, and how many sentences before and behind it that may stand
_ANSWERED: dict[str, tuple[Phrase, Phrase | None, int, int]] = {
    "authority-informal": (_ORDERED, None, 0, 0),
    "change-unnoticed": (_AHEAD, None, 0, 1),
    "children-unsafe": (_OF_PARENTS, None, 0, 0),
    "consent-implied": (_ASKING, None, 0, 0),
    "optout-denied": (_GRANTS, _OFFERS, 1, 0),
    "recipient-open": (_BOUND, None, 0, 0),
    "succession-unlimited": (_BINDS, _NOT_SO, 0, 1),
    "tracking-unasked": (_NEEDED, None, 0, 0),
}
_DONE = frozenset(
    {
        "collection-open", "content-read", "purpose-open", "recipient-open", "retention-excess", "retention-open", "sale",
        "sensitive-unsafe", "sharing-unlimited", "source-open", "tracking-unasked", "transfer-unsafe",
    }
)  # fmt: skip
"""Kinds of things that are done: a sentence that denies one, or asks first, is none of them."""
_JUDGED = frozenset({"open-ended", "risky-promise", "undefined-term", "unenforceable"})
"""Classes of findings about single sentences."""
_SAYING = frozenset({"contradiction", "duplicate", "drafting-error", "dangling-reference"})
"""Other classes of findings about what sentences say; those about what a text lacks only show where it comes near."""
_WORDINGS = frozenset(
    {
        "absolute-claim", "anonymity-undefined", "automated-decision", "breach-narrowed", "breach-promise",
        "business-transfer-unconditional", "children-consent", "consent-by-use", "consent-silence", "content-monitoring",
        "cookie-consent-missing", "credential-collected", "credential-shown", "data-combination", "data-ownership",
        "data-sale", "disclaimer-overbroad", "disclosure-open", "encryption-scope", "friend-data", "law-misstated",
        "marketing-default", "optout-burden", "partner-marketing", "publicity-use", "purpose-open", "recipient-open",
        "recipient-undefined", "recording-without-consent", "retention-indefinite", "right-denied", "rights-fee",
        "rights-retaliation", "rights-waiver", "sole-discretion", "text-open", "transfer-undisclosed",
        "unilateral-change", "vague-timer",
    }
)  # fmt: skip
"""Rules about wordings that have more than one sense; the other ones count, compare or look at the whole text."""


def weighed(doc: Document) -> dict[str, float]:
    """How much each sentence of a text is like marked ones, by its id; none of headings and of what is too short to tell."""
    return {
        r.sentence.id: likeness(chinese=r.cjk).odds(r.low, chinese=r.cjk)
        for r in doc.body
        if r.length >= _FEWEST[r.cjk]
    }


def unlike(found: Sequence[Finding], odds: Mapping[str, float]) -> Iterator[Finding]:
    """The findings, without those about wordings in sentences that are far from every marked one.

    Args:
        found: what detectors found.
        odds: the sentences as `weighed` gives them.
    """
    for finding in found:
        if finding.kind not in _JUDGED or finding.rule not in _WORDINGS or not finding.sentences:
            yield finding
            continue
        left = tuple(s for s in finding.sentences if odds.get(s.id, 0.0) >= _UNLIKE[has_cjk(s.text)])
        if left:
            yield finding if len(left) == len(finding.sentences) else replace(finding, sentences=left)


def resembling(doc: Document, told: Sequence[Finding], odds: Mapping[str, float]) -> Iterator[Finding]:
    """Sentences that are like marked ones and that no finding about what they say names yet, each a finding of its own.

    Args:
        doc: the text.
        told: what was found.
        odds: its sentences as `weighed` gives them.
    """
    known = {
        s.id
        for finding in told
        if finding.kind in _JUDGED or (finding.kind in _SAYING and len(finding.sentences) <= _ABOUT_THESE)
        for s in finding.sentences
    }
    for reading in doc.body:
        weight = odds.get(reading.sentence.id, -math.inf)
        opens = _OPENS.search(reading.low) is not None
        if (
            weight >= MARKED[reading.cjk]
            and reading.sentence.id not in known
            and not reading.told
            and not opens
        ):
            yield from _marked(doc, reading, weight)


def _marked(doc: Document, reading: Reading, weight: float) -> Iterator[Finding]:
    learned = likeness(chinese=reading.cjk)
    (best, most), (second, less) = learned.kinds_of(reading.low, chinese=reading.cjk)[:2]
    if best == "sentence-broken" and (weight < _BROKEN or _OPEN.search(reading.low)):
        return
    if best in _DONE and (denies(reading) or _ASKED.search(f"{reading.lead} {reading.low}")):
        return
    if best in _ANSWERED:
        words, unless, before, after = _ANSWERED[best]
        near = [r.low for r in doc.near(reading, before, after)]
        if any(map(words.search, near)) and not (unless and any(map(unless.search, near))):
            return
    if best == "retention-open" and any(
        spans(r.low) for r in doc.near(reading, 0, _ROWS) if r.sentence.element == "bullet" or "|" in r.low
    ):
        return  # the periods follow in a list or table
    remark = REMARKS[best]
    # where two kinds are nearly as likely, both are said: the reader sees at once which one it is
    said = remark.said if most - less > _CLEAR else f"{remark.said}, or {REMARKS[second].said}"
    first, last = learned.telling(reading.low, chinese=reading.cjk)
    message = f"{said}: {quote([reading.text[first:last]])}"
    yield report(remark.label, "warn", (reading,), message, hint=remark.hint, law=remark.law)
