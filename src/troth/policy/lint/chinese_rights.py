"""Rights that Chinese texts give smaller than the law, and minors without the rule for children under 14."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

# consent can be taken back for what is collected beyond need; the law knows no such limit
_EXTRA = r"(?:额外|超出[^，。；]{0,14}|附加|非必要|非必需|非核心|扩展|可选|增值)"
_WITHDRAWN = r"(?:收回|撤回|撤销|取消|改变)"
_NARROW_CONSENT = Phrase(
    rf"{_WITHDRAWN}(?:对)?(?:某些|部分|一些)?(?:非基本|非必要|非核心|附加|额外|可选)[^。；]{{0,20}}(?:同意|授权)|"
    rf"(?:对于?|针对|就|关于|仅(?:对|就)?)[^，。；]{{0,4}}{_EXTRA}[^。；]{{0,30}}(?:您|你|用户)?(?:可以|可|有权)[^。；]{{0,12}}{_WITHDRAWN}[^。；]{{0,12}}(?:同意|授权)|"
    rf"(?:只能|仅可|仅能|只可)[^。；]{{0,6}}{_WITHDRAWN}[^。；]{{0,8}}{_EXTRA}[^。；]{{0,20}}(?:同意|授权)|"
    rf"{_WITHDRAWN}[^。；]{{0,6}}(?:同意|授权)[^。；]{{0,6}}(?:仅|只)(?:限于?|适用于)[^。；]{{0,10}}(?:{_EXTRA}|营销|推送|推广)"
)
_ALL_CONSENT = Phrase(
    rf"(?:您|你|用户)(?:可以|可|有权|也可)(?:随时)?[^。；，]{{0,20}}{_WITHDRAWN}(?:您|你|其|对[^。；，]{{0,10}})?(?:的)?(?:全部|任何|所有|先前|此前|已)?[^。；，]{{0,8}}(?:同意|授权)"
)
_ASKED_ERASURE = Phrase(
    r"(?:以下|下列|如下)(?:任一|之一)?(?:的)?(?:情形|情况|条件)[^。；]{0,20}(?:删除)|删除[^。；]{0,30}(?:以下|下列|如下)(?:任一|之一)?(?:的)?(?:情形|情况|条件)"
)
# the cases of the law: purpose reached, service or period over, consent withdrawn
_CASES = (
    (
        "purpose reached or no longer needed",
        Phrase(r"目的(?:已|无法|不再|未能)|(?:不再|无)(?:必要|需要|为实现)|不再必需"),
    ),
    ("consent withdrawn", Phrase(r"(?:撤回|收回|撤销|取消)[^。；]{0,8}(?:同意|授权)")),
    (
        "service or period of storage over",
        Phrase(
            r"(?:停止|不再|终止)[^。；]{0,10}(?:提供|运营|使用|服务)|(?:保存|存储|保留)期限[^。；]{0,4}(?:届满|已满|到期)|注销"
        ),
    ),
)
_CATCH_ALL = Phrase(
    r"(?:法律|行政法规|法规)[^。；]{0,10}(?:其他|其它)情[形况]|(?:其他|其它)[^。；]{0,8}(?:法律|法规|应当删除)"
)
_ITEMS = 12
_LAW = "PIPL Art. 15, 44-47"


def _cases_named(doc: Document, lead: Reading) -> list[Reading]:
    """The cases under the sentence that introduces them, up to the next heading or number of the same rank."""
    items: list[Reading] = []
    for reading in doc.readings[lead.index + 1 : lead.index + 1 + _ITEMS]:
        if reading.heading or (items and not _CASE.match(reading.low)):
            break
        items.append(reading)
    return items


_CASE = Phrase(
    r"^\W*(?:[（(]?[\da-z一二三四五六七八九十]{1,3}[)）、.．]|\d+(?:\.\d+)+|[•●·-]|如果?|若|当|我们|您)"
)


def narrowed(doc: Document) -> Iterator[Finding]:
    """Withdrawal for surplus data only, erasure in fewer cases than the law has (rule right-narrowed)."""
    consent = [h for h in doc.hits(_NARROW_CONSENT) if h.reading.cjk]
    if any(not _NARROW_CONSENT.search(h.reading.low) and h.reading.cjk for h in doc.hits(_ALL_CONSENT)):
        consent = []
    about: list[Reading] = list(of(consent))
    words = list(consent)
    lacking: list[str] = []
    for hit in doc.hits(_ASKED_ERASURE):
        if not hit.reading.cjk or not re.search(r"[：:]\s*$", hit.reading.low) or _ours(hit):
            continue
        items = _cases_named(doc, hit.reading)
        low = "\n".join(r.low for r in items)
        absent = [name for name, phrase in _CASES if not phrase.search(low)]
        if len(items) > 1 and absent and not _CATCH_ALL.search(low):
            about += [hit.reading, *items]
            words.append(hit)
            lacking += absent
    if about:
        missing = (
            f"; cases of the law that are not named: {', '.join(dict.fromkeys(lacking))}" if lacking else ""
        )
        yield report(
            "risky-promise/right-narrowed",
            "warn",
            about,
            f"the right is smaller here than in the law: {quoted(words)}{missing}",
            hint="state the right with the conditions of the law, no further ones",
            law=_LAW,
        )


def _ours(hit: Hit) -> bool:
    """Whether the cases are those in which the company deletes, or in which it refuses to."""
    return re.search(r"(?:无法|不予|拒绝|不能|无需|不会|除外)", hit.reading.low) is not None


_MINOR = Phrase(r"未成年|监护人|\b(?:minors?|guardians?)\b")
_FOURTEEN = Phrase(r"14|十四|儿童|\bchild(?:ren)?\b")
_NOBODY = Phrase(
    r"(?:不|仅|只|均不)[^。；]{0,10}(?:向|面向|为|供|适用于)[^。；]{0,6}(?:未成年|18|十八|企业|单位|法人|成年)|(?:须|应|必须)(?:已)?(?:年满|成年|满)[^。；]{0,4}(?:18|十八|成年)|未成年人?(?:不得|请勿|不可|不应|禁止)"
)


def under_fourteen(doc: Document) -> Iterator[Finding]:
    """Minors, and no rule for children under 14 (rule children-incomplete)."""
    if "CN" not in doc.places or not doc.chinese:
        return
    told = list(doc.hits(_MINOR))
    handled = [h for h in told if h.reading.acts & {"collect", "use", "share"} or "同意" in h.reading.low]
    if handled and not any(_FOURTEEN.search(h.reading.low) for h in told) and not doc.says(_NOBODY):
        yield report(
            "missing-mandatory/children-incomplete",
            "warn",
            of(handled),
            f"minors are spoken of, and nothing is said of children under 14: {quoted(handled)}",
            hint="treat their data as sensitive: rules of their own, consent of a parent, a person in charge",
            law="PIPL Art. 28, 31",
        )


DETECTORS = (narrowed, under_fourteen)
