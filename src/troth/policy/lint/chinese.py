"""Chinese wordings of every class of finding, mainland and Hong Kong; one finding a rule."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import (
    chinese_choice,
    chinese_consent,
    chinese_discretion,
    chinese_duties,
    chinese_grounds,
    chinese_keeping,
    chinese_law,
    chinese_minors,
    chinese_passing,
    chinese_pointers,
    chinese_promise,
    chinese_refusals,
    chinese_rights,
    chinese_scope,
    retention,
)
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

WORDINGS: tuple[Wording, ...] = (
    *chinese_keeping.WORDINGS,
    *chinese_passing.WORDINGS,
    *chinese_choice.WORDINGS,
    *chinese_promise.WORDINGS,
    *chinese_scope.WORDINGS,
    *chinese_rights.WORDINGS,
    *chinese_minors.WORDINGS,
    *chinese_law.WORDINGS,
    *chinese_pointers.WORDINGS,
    *chinese_consent.WORDINGS,
    *chinese_duties.WORDINGS,
    *chinese_grounds.WORDINGS,
    *chinese_refusals.WORDINGS,
    *chinese_discretion.WORDINGS,
)


_NEEDED = Phrase(r"cookie[^。]{0,24}(?:必需|必要|必须)|(?:必需|必要)的? ?cookie")
_FURTHER = Phrase(r"分析|广告|统计|跟踪|追踪|个性化|归因|佣金|营销|偏好|第三方|像素|信标")


# what remembers a setting, and what reads people
_SETTING = Phrase(r"登录|偏好|语言|安全性?|会话")
_READS = Phrase(r"分析|广告|统计|跟踪|追踪|个性化|行为|兴趣|第三方|像素|信标|营销|推荐|推送|习惯|喜好")


def _harmless(doc: Document, hits: tuple[Hit, ...]) -> bool:
    """Whether the cookies are only those the service needs, and only the settings of the browser are spoken of."""
    if doc.says(_NEEDED) and not any(_FURTHER.search(h.words.lower()) for h in hits):
        return True
    told = [r.low for r in doc.body if "cookie" in r.low]
    return (
        not doc.places & {"EU", "UK"}
        and any(_SETTING.search(low) for low in told)
        and not any(_READS.search(low) for low in told)
    )


# what Taiwan's law counts as special (PDPA Art. 6)
_TAIWAN_SPECIAL = Phrase(r"病历|医疗|基因|性生活|健康|体检|犯罪")


def wordings(doc: Document) -> Iterator[Finding]:
    """What the Chinese sentences of a text say that a careful reader marks."""
    if not any(r.cjk for r in doc.body):
        return
    for wording in WORDINGS:
        if wording is chinese_keeping.VAGUE and retention.endless(doc):
            continue  # the need and the want of an end are one finding, the conflict
        hits = wording.found(doc)
        if wording is chinese_promise.COOKIES and _harmless(doc, hits):
            continue
        if wording is chinese_promise.SENSITIVE and doc.places == {"TW"}:
            hits = tuple(h for h in hits if _TAIWAN_SPECIAL.search(h.reading.low))
        if hits:
            yield report(
                wording.label,
                wording.severity,
                of(hits),
                f"{wording.wrong}: {quoted(hits)}",
                hint=wording.hint,
                law=wording.law,
            )


DETECTORS = (wordings,)
