"""Rights that Chinese texts give smaller than the law, refuse on grounds of their own, or swallow by an exception."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

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


_EXCEPT = Phrase(
    r"(?:除外|例外|不予|不适用|无法)[^。；]{0,8}[：:]?$|(?:以下|下列)[^。；，]{0,4}(?:情况|情形)[^。；]{0,6}(?:除外|例外)"
)
_SWALLOWS = Phrase(
    r"(?:用于|为|对)?(?:提供|运营|使用|改进)[^。；，]{0,6}(?:服务|产品|功能)[^。；，]{0,8}(?:必要|必需|所需|需要)(?:的)?(?:信息|数据|资料)?[。；]?$|(?:我们|平台)认为[^。；]{0,10}(?:需要|必要|应)|(?:业务|商业|运营)(?:需要|原因)"
)


def swallowed(doc: Document) -> Iterator[Finding]:
    """Exceptions to erasure that leave nothing of it (rule right-narrowed)."""
    for lead in doc.body:
        if not lead.cjk or not _EXCEPT.search(lead.low):
            continue
        before = doc.readings[max(0, lead.index - 2) : lead.index + 1]
        if not any("删除" in r.low for r in before if not r.heading):
            continue
        own = [r for r in doc.near(lead, 0, _ITEMS)[1:] if _SWALLOWS.search(r.low)]
        if own:
            yield report(
                "risky-promise/right-narrowed",
                "warn",
                (*before, *own),
                f"an exception that leaves nothing of the right to erasure: {quote(r.text for r in own)}",
                hint="keep the exceptions that the law has: a duty to keep, or what can not be deleted technically",
                law=_LAW,
            )


REFUSED = Wording(
    "open-ended/refusal-broad",
    "warn",
    "requests are refused on grounds that the law does not know",
    "name the exceptions of the law, and give the reason with every refusal",
    "GDPR Art. 12(4)-(5); PIPL Art. 44-50; PDPO s. 20",
    Phrase(
        r"(?:由于|因|基于|出于)[^。]{0,24}(?:技术(?:所限|限制|可行性|原因|能力|条件)|运营需要|成本)[^。]{0,40}(?:无法|不能|不予|拒绝|限制)[^。；，]{0,10}(?:响应|满足|处理|访问|删除|更正|限制|实现|$|。)|"
        r"等(?:正当|合理|其他)(?:的)?(?:事由|理由|原因)[^。；]{0,20}(?:无法|不能|不予|拒绝)|"
        r"(?:请求|申请)[^。；]{0,10}(?:将|会|可能)?被?(?:驳回|拒绝)[^。；]{0,6}包括但不限于|(?:权利|请求)[^。；]{0,10}因[^。；]{0,12}技术(?:可行性|限制|原因)[^。；]{0,20}限制"
    ),
    Phrase(
        r"付款|服务(?:中断|暂停)|网站|页面|链接|不承担|cookie|浏览器|(?:承诺|保证|担保)[^。；，]{0,8}安全"
    ),
)
PARTS = Wording(
    "risky-promise/right-narrowed",
    "warn",
    "the right is smaller here than in the law",
    "state the right with the conditions of the law, no further ones",
    "PIPL Art. 44-48; GDPR Art. 15-17; PDPO DPP6",
    Phrase(
        r"(?:访问|查阅|更正|更新|修改|删除|取得|获取|导出)[^。；，]{0,12}(?:部分|某些|若干|有限的)(?!服务)[^。；，]{0,8}(?:信息|资料|数据)(?:的副本)?[，。；]?$|"
        r"(?:如果?我们|在我们)(?:决定|同意)(?:响应|接受|批准)您的[^。；，]{0,6}(?:请求|申请)|"
        r"(?<!更正或)(?<!更正、)删除[^。；]{0,24}(?:错误|不正确|不准确)(?:或|、|及)不完整的?(?:个人)?(?:信息|资料|数据)"
    ),
    Phrase(
        r"我们会(?:删除|更正)|未成年|安全|不会删除|您可以?(?:自行)?(?:登录|通过[^。；]{0,10}(?:页面|中心))"
    ),
)
HOLLOW_WITHDRAWAL = Wording(
    "risky-promise/right-narrowed",
    "warn",
    "consent is taken back by leaving, which takes nothing back",
    "give a switch for each consent, and say what ends with it",
    "PIPL Art. 15-16; GDPR Art. 7(3)",
    Phrase(
        r"(?:撤回|收回|撤销)[^。；，]{0,4}(?:同意|授权)(?!后)[^。；]{0,24}(?:退出登录|登出|卸载|停止使用|清除缓存|删除(?:应用|app))"
    ),
    Phrase(r"关闭[^。；，]{0,8}(?:权限|开关|授权)|联系|邮件|@|隐私(?:设置|中心)"),
)

WORDINGS = (REFUSED, PARTS, HOLLOW_WITHDRAWAL)
DETECTORS = (narrowed, swallowed)
