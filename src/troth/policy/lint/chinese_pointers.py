"""Pointers of Chinese texts that lead nowhere: numbered parts, agreements, links, bases, another company's mailbox."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_LAW = "GDPR Art. 12(1); PIPL Art. 17(1)"
_PART = Phrase(
    r"[“\"「]\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[.、．:：]\s?([\u4e00-\u9fff][^”\"」。；]{1,24})[”\"」]|"
    r"(?:参阅|参见|详见|请见|见)\s?(\d{1,2})[.、．]\s?([\u4e00-\u9fff][^”\"」。；，）)]{1,24})"
)
_POINT = Phrase(
    r"(?:本(?:政策|声明|条款)|上述|下述)[^。；，]{0,2}第\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[点項项]"
)
_ORDER = Phrase(r"^\W*(?:第)?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:[.、．)）:：条章节点部]|\s)")


_TITLE = 40
_WORDS = 4


def _numbered(doc: Document) -> dict[str, str]:
    """The numbers of headings and of short lines that may be headings, with the words after them."""
    found: dict[str, str] = {}
    for r in doc.readings:
        match = _ORDER.match(r.low)
        if match and (r.heading or len(r.low) < _TITLE):
            found[match[1]] = found.get(match[1], "") + r.low
    return found


def parts(doc: Document) -> Iterator[Finding]:
    """Parts cited by a number that none bears (rule reference-unresolved)."""
    numbers = _numbered(doc)
    headed = {m[1] for r in doc.readings if r.heading for m in (_ORDER.match(r.low),) if m}
    titled = any(r.heading for r in doc.readings[1:])
    lost = []
    for r in doc.body:
        if not r.cjk:
            continue
        for match in _PART.finditer(r.low):
            number, title = (match[1], match[2]) if match[1] else (match[3], match[4])
            if title[:_WORDS].strip() not in numbers.get(number, ""):
                lost.append(Hit(r, match[0]))
        lost += [Hit(r, m[0]) for m in _POINT.finditer(r.low) if titled and m[1] not in headed]
    if lost:
        yield report(
            "dangling-reference/reference-unresolved",
            "block",
            of(lost),
            f"the text points to a part of itself that is not there: {quoted(lost)}",
            hint="correct the reference or add the missing part",
            law=_LAW,
        )


_AGREEMENT = Phrase(
    r"(?:通过|转至|前往|履行(?:我们)?在|与|依|违反|属于)\s?《([^》]{3,30}(?:协议|条款|规则|政策|声明|指引)(?:[（(][^》]*)?)》|"
    r"(?:按照?|依照?|依据|根据|循|适用|以)\s?《((?!中华)[^》法]{0,16}(?:用户|会员|客户|代理商|伙伴|商户)[^》法律]{0,10}(?:办法|细则|规则|守则|规范|章程|准则|政策|协议))》[^。；]{0,6}(?:执行|办理|处理|处置|为准)|"
    r"(违反(?:本(?:网站|站|平台)的?|我们的)?服务条款)|((?:履行|遵守)(?:相关|有关)?保密(?:约定|协议))(?!书)|(提供(?:进一步)?(?:说明|解释)的链接)"
)
_WHERE = Phrase(r"https?:|www\.|\.(?:com|cn|net|org)\b|@")


def agreements(doc: Document) -> Iterator[Finding]:
    """Agreements and links that rules depend on and that stand nowhere (rule reference-unresolved)."""
    lost = []
    for r in doc.body:
        match = _AGREEMENT.search(r.low) if r.cjk else None
        if match and not any(_WHERE.search(x.low) for x in doc.near(r, 0, 1)):
            name = next(g for g in match.groups() if g)
            if not any(name in x.low for x in doc.readings if x.heading):
                lost.append(Hit(r, name))
    if lost:
        yield report(
            "dangling-reference/reference-unresolved",
            "warn",
            of(lost),
            f"what this depends on is neither linked nor part of the text: {quoted(lost)}",
            hint="link the document, or say here what it says",
            law=_LAW,
        )


_BASES = Phrase(r"(?:描述|说明|介绍|阐述|告知)[^。；]{0,60}(?:法律依据|合法性基础|法律基础)")
_BASIS = Phrase(
    r"(?:处理|收集|使用)[^。；，]{0,10}(?:基于|依据)[^。；，]{0,8}同意|(?:基于|依据|根据)[^。；]{0,12}(?:合同|法定(?:义务|职责)|合法利益|第十三条)|法律依据(?:为|是|包括|[:：])|(?:无需|不需要?|不必|无须)[^。；]{0,12}(?:同意)|履行合同所必需"
)


def bases(doc: Document) -> Iterator[Finding]:
    """Legal bases announced and given nowhere (rule basis-missing)."""
    hits = list(doc.hits(_BASES))
    told = {h.reading.index for h in hits}
    if hits and not any(h.reading.index not in told for h in doc.hits(_BASIS)):
        yield report(
            "missing-mandatory/basis-missing",
            "warn",
            of(hits),
            f"legal bases are announced and none is given: {quoted(hits)}",
            hint="name the basis of each purpose",
            law="PIPL Art. 13; GDPR Art. 6(1), 13(1)(c)",
        )


# companies whose texts and mailboxes are copied; free mail of these companies has other names
_WELL_KNOWN = {
    "huawei": "华为",
    "tencent": "腾讯",
    "alibaba": "阿里",
    "alibaba-inc": "阿里",
    "aliyun": "阿里",
    "baidu": "百度",
    "google": "谷歌",
    "microsoft": "微软",
    "apple": "苹果",
    "amazon": "亚马逊",
    "bytedance": "字节",
    "jd": "京东",
    "xiaomi": "小米",
}
_BOX = Phrase(r"[\w.+-]+@(?:[\w-]+\.)*([\w-]+)\.(?:com|cn|net|com\.cn|hk)\b")


def strangers(doc: Document) -> Iterator[Finding]:
    """The mailbox of a well-known company in the text of another one (rule contact-invalid)."""
    start = "\n".join(r.low for r in doc.readings[:4])
    for r in doc.body:
        match = _BOX.search(r.low)
        name = match[1] if match else ""
        if name in _WELL_KNOWN and name not in start and _WELL_KNOWN[name] not in start and doc.chinese:
            yield report(
                "dangling-contact/contact-invalid",
                "block",
                (r,),
                f"a mailbox of another company: {quote([match[0] if match else ''])}",
                hint="give a mailbox of the company that publishes the text",
                law="PIPL Art. 17(1)(1), 50; GDPR Art. 13(1)(a)",
            )


_BY_ITSELF = Phrase(r"自动(?:收集|采集|获取|记录)")
_MACHINES = Phrase(r"自动|日志|ip ?地址|cookie|设备|浏览器|访问(?:时间|记录)|操作系统|传感器|位置")


def headings(doc: Document) -> Iterator[Finding]:
    """A heading on what is collected by itself, and nothing of that kind under it (rule heading-unanswered)."""
    for title in doc.readings[1:]:
        if not title.heading or not _BY_ITSELF.search(title.low):
            continue
        below: list[Reading] = []
        for r in doc.readings[title.index + 1 :]:
            if r.heading:
                break
            below.append(r)
        if below and not any(_MACHINES.search(r.low) for r in below):
            yield report(
                "dangling-reference/heading-unanswered",
                "info",
                (title, *below[:1]),
                f"the heading names what no sentence under it speaks of: {quote([title.text])}",
                hint="say what is collected by itself, or correct the heading",
                law=_LAW,
            )


_ANNOUNCED = Phrase(
    r"(?:增加|新增|制定|发布|另附|附上?)了?[^。；，《]{0,8}《([^》]{2,30}(?:声明|政策|规则|说明|指引|协议))》"
)
_PAGES = Phrase(
    r"(?:访问|通过|前往)[^。；，]{0,16}((?:选择)?退出(?:选项)?页面|广告偏好(?:设置)?管理器?|偏好(?:设置)?管理器)|"
    r"(?:阅读|参阅|查看|遵守)[^。；]{0,24}((?:任何)?适用的(?:最终)?(?:用户)?(?:许可)?(?:协议|条款)[^。；]{0,12}(?:条款|条件)?)"
)


def announced(doc: Document) -> Iterator[Finding]:
    """Texts announced and pages to refuse on, without a link (rule reference-unresolved)."""
    lost = []
    heads = "\n".join(r.low for r in doc.readings[1:] if r.heading)
    for hit in doc.hits(_ANNOUNCED):
        match = _ANNOUNCED.search(hit.reading.low)
        if match and match[1] not in heads and not _WHERE.search(hit.reading.low):
            lost.append(Hit(hit.reading, f"《{match[1]}》"))
    for r in doc.body:
        if not r.cjk or _WHERE.search(r.low):
            continue
        lost += [Hit(r, m[1] or m[2]) for m in _PAGES.finditer(r.low)]
    if lost:
        yield report(
            "dangling-reference/reference-unresolved",
            "warn",
            of(lost),
            f"this is announced or relied on, and neither linked nor part of the text: {quoted(lost)}",
            hint="link the page or the text, and name it in full",
            law=_LAW,
        )


_BROKEN_LINK = re.compile(r"https?(?:：\s?/*|:／／|:\s/+)\S*|(?<!\()mailto ?: ?\S+@\S+")
_BUTTON = Phrase(
    r"(?:line|微信|公众号|官方账号|官方帐号|telegram|whatsapp|qq|微博|messenger)[^。；：:]{0,8}[：:]\s*(?:加入好友|加好友|点击[^。；]{0,6}|点此|扫码[^。；]{0,4}|扫描[^。；]{0,6}|立即[^。；]{0,4}|搜索|关注)\W*$"
)


def broken_channels(doc: Document) -> Iterator[Finding]:
    """Addresses that no program opens, and a button's words instead of an account (rule contact-invalid)."""
    if not doc.chinese:
        return
    wrong = [Hit(r, m[0]) for r in doc.body for m in (_BROKEN_LINK.search(r.text),) if m]
    wrong += list(doc.hits(_BUTTON))
    if wrong:
        yield report(
            "dangling-contact/contact-invalid",
            "warn",
            of(wrong),
            f"nobody gets anywhere with this: {quoted(wrong)}",
            hint="write the address or the name of the account in full, and try it",
            law="PIPL Art. 17(1)(1), 50; PDPA (TW) Art. 8(1)(1)",
        )


EXTRAS = Wording(
    "open-ended/text-open",
    "warn",
    "other texts, unlisted, become part of this one",
    "list them with their dates, and say which text prevails",
    "GDPR Art. 12(1); PIPL Art. 17",
    Phrase(
        r"(?:faq|常见问题|提示|功能页|帮助页|公告|通知|说明)[^。]{0,50}(?:构成|视为|属于|作为)[^。；，]{0,2}本(?:隐私)?(?:政策|声明|条款)[^。；，]{0,3}(?:补充|一部分|组成部分)"
    ),
    Phrase(r"附件|附录|以下|下列|修订"),
)
SELECTED = Wording(
    "dangling-reference/reference-unresolved",
    "warn",
    "special rules prevail, and nothing says which and where",
    "list the services and link their rules",
    "GDPR Art. 12(1); PIPL Art. 17",
    Phrase(
        r"(?:特定|部分|某些|个别)(?:的)?(?:服务|产品|功能)[^。；]{0,10}(?:适用|另有|具有|拥有)(?:单独|特定|独立|专门|其)的?[^。；，]{0,6}(?:隐私)?(?:政策|条款|声明|规则)"
    ),
    Phrase(r"https?:|《[^》]*》[^。]{0,4}(?:及|、|和)《|如下|以下|附"),
)

WORDINGS = (EXTRAS, SELECTED)
DETECTORS = (parts, agreements, announced, broken_channels, bases, strangers, headings)
