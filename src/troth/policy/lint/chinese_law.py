"""Law that a Chinese text gets wrong: misstated, logs kept too briefly, standards replaced, consent waived where it is due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_LOGS = Phrase(
    r"日志[^。；，]{0,12}(?:保存|保留|留存|存储|储存)(?!不少于|至少|不低于)[^。；，\d一二三四五六]{0,6}(\d{1,3}|[一二三四五]|三十|六十|九十) ?(天|日|个月)"
)
_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "三十": 30, "六十": 60, "九十": 90}
_HALF_YEAR = 180
_MONTH = 30


def _days(match: re.Match[str]) -> int:
    number = int(match[1]) if match[1].isdigit() else _WORDS.get(match[1], _HALF_YEAR)
    return number * (_MONTH if match[2] == "个月" else 1)


def brief_logs(doc: Document) -> Iterator[Finding]:
    """Logs of a network deleted before the six months of the law are over (rule retention-short)."""
    if "CN" not in doc.places or not doc.chinese:
        return
    hits = [
        h
        for h in doc.hits(_LOGS)
        if (m := _LOGS.search(h.reading.low))
        and _days(m) < _HALF_YEAR
        and not re.search(r"崩溃|调试|错误日志|设备(?:本地|上)|不(?:会)?(?:记录|保存)", h.reading.low)
    ]
    if hits:
        yield report(
            "risky-promise/retention-short",
            "block",
            of(hits),
            f"logs of a network have to be kept for six months: {quoted(hits)}",
            hint="keep these logs for at least six months, or say which logs are meant",
            law="Cybersecurity Law Art. 21(3)",
        )


_OLD_STANDARD = Phrase(r"35273 ?-? ?2017")
_NEW_LAW = Phrase(r"个人信息保护法|35273 ?-? ?2020")


def replaced(doc: Document) -> Iterator[Finding]:
    """A text built on the standard of 2017, without the law of 2021 (rule law-repealed)."""
    hits = list(doc.hits(_OLD_STANDARD))
    hits += [Hit(r, m[0]) for r in doc.readings if r.heading for m in (_OLD_STANDARD.search(r.low),) if m]
    if hits and not doc.says(_NEW_LAW):
        yield report(
            "risky-promise/law-repealed",
            "warn",
            of(hits),
            f"the standard has been replaced, and the Personal Information Protection Law is not named: {quoted(hits)}",
            hint="work from the law of 2021 and GB/T 35273-2020: separate consent, grounds, rights",
            law="PIPL Art. 13, 17, 74; GB/T 35273-2020",
        )


# the office became part of the one for market regulation in 2018
_OLD_OFFICE = Phrase(
    r"(?:网信|公安|电信|通信|消费者|市场)[^。；]{0,10}工商|工商[^。；]{0,8}(?:公安|网信|消费者|税务)|工商(?:行政)?(?:管理)?(?:局|总局|部门|机关|主管)|(?:国家)?工商行政管理"
)
_FORMERLY = Phrase(r"原工商|工商登记|营业执照|工商信息|工商注册|工商银行|市场监督|市场监管")


def old_offices(doc: Document) -> Iterator[Finding]:
    """People sent to an office that no longer exists (rule stale-date)."""
    hits = [h for h in doc.hits(_OLD_OFFICE) if not _FORMERLY.search(h.reading.low)]
    if hits and "CN" in doc.places and doc.chinese:
        yield report(
            "drafting-error/stale-date",
            "info",
            of(hits),
            f"this office became the one for market regulation in 2018: {quoted(hits)}",
            hint="name the offices of today: cyberspace administration, market regulation, public security",
            law="PIPL Art. 60, 65",
        )


_WAIVED = Phrase(
    r"(?:共享|转让|公开披露|披露|提供)[^。；]{0,40}(?:无需|不需要?|无须|不必)(?:事先)?[^。；，]{0,6}(?:征得|取得|获得|经过)?[^。；，]{0,6}(?:授权|同意)"
)
# needs of the company, which free it from consent to collecting at most, not from consent to handing out
_OWN_NEED = Phrase(
    r"(?:签订|订立)[^。；，]{0,4}履行合同|(?:产品|服务)[^。；]{0,8}(?:安全)?稳定运行|(?:发现|处置)[^。；，]{0,10}故障|(?:开展|进行)?合法的?新闻报道(?:所|而)|学术研究"
)
_ITEMS = 14


def waived(doc: Document) -> Iterator[Finding]:
    """Handing out without consent for needs of the company (rule consent-waived)."""
    for hit in doc.hits(_WAIVED):
        if not hit.reading.cjk:
            continue
        items: list[Reading] = []
        for r in doc.readings[hit.reading.index + 1 : hit.reading.index + 1 + _ITEMS]:
            if r.heading:
                break
            items.append(r)
        own = [r for r in items if _OWN_NEED.search(r.low)]
        if own:
            yield report(
                "risky-promise/consent-waived",
                "warn",
                (hit.reading, *own),
                f"data is handed out or published without consent for the company's own needs: {quote(r.text for r in own)}",
                hint="hand out without consent only where the law says so; contracts and upkeep allow no publication",
                law="PIPL Art. 13, 23, 25",
            )


MISTOLD = Wording(
    "risky-promise/law-misstated",
    "warn",
    "the text says that the law says what it does not say",
    "correct it, or leave the law out",
    "PIPL Art. 4, 15, 28, 57, 73; GDPR Art. 4(1), 7(3), 28; PDPO s. 2",
    Phrase(
        r"(?:日志|ip ?地址|设备信息)[^。；]{0,24}(?:是|属于)(?:无法|不能)[^。；，]{0,10}识别[^。；，]{0,10}的?信息|(?:ip地址|设备信息|cookie|日志|加密|人脸|浏览记录|公开的个人)[^。；]{0,24}(?:不属于|并不属于|不是|不构成)(?:敏感)?(?:个人信息|个人资料|个人数据)|"
        r"去标识[^。；]{0,12}(?:即为|属于|视为|就是)匿名|去标识[^。]{0,60}不属于[^。；]{0,24}(?:共享|转让|公开披露|提供|个人信息)|"
        r"去标识[^。]{0,40}(?:无法|不能|不会|不再)识别[^。；]{0,30}(?:有权|可以|自由)[^。；]{0,60}(?:利用|使用|商业|分析)|"
        r"(?:不适用|不受|豁免遵守|豁免|无须遵守|不在)[^。；]{0,10}(?:《[^》]*(?:法|条例)》|个人信息保护法|条例(?:规管)?|管辖)|"
        r"(?:依法|法律规定|法例|法律)[^。；]{0,12}(?:无须|无需|毋须|可以永久|即不得撤回|不得撤回|视为放弃)|(?:授权|同意)不可撤(?:回|销)|"
        r"(?:无须|无需|毋须)(?:任何手续|与客户签订)|(?:法律|法例)?(?:并无|并未|没有)(?:任何)?(?:要求|规定)(?:我们|本公司)|不受法律保护|一经提供[^。；]{0,8}不得撤回|"
        r"(?:邮箱|电子邮件|邮件地址|生日|性别|头像|昵称)[^。；]{0,40}(?:基于|根据|依据|依照)[^。；，]{0,4}法律法规[^。；，]{0,6}(?:要求|规定)"
    ),
    Phrase(
        r"匿名化(?:处理)?后的(?:信息|数据)不属于个人信息|仍属于|第三方网站|现时并不收费|我们[^。]{0,6}适用《"
    ),
)
BREACHES = Wording(
    "risky-promise/breach-narrowed",
    "warn",
    "people hear of a breach in fewer cases than the law has",
    "tell the authority and the people concerned of every breach that can harm them, whoever caused it",
    "PIPL Art. 57; GDPR Art. 33-34",
    Phrase(
        r"(?:完全|纯粹|仅|唯一|直接)[^。；，]{0,2}(?:归因于|归咎于|由于|因为?|系)[^。；，]{0,12}(?:原因|过错|责任|过失)[^。；，]{0,12}(?:泄露|泄漏|外泄|丢失)[^。]{0,50}(?:通知|告知)|"
        r"(?:泄露|泄漏|安全事件)[^。]{0,60}(?:向|告知|通知)(?:您|用户)或者?(?:主管|监管|有关)(?:机关|机构|部门)|"
        r"(?:泄露|泄漏|安全事件)[^。]{0,40}(?:自行|酌情)(?:决定|判断)[^。；，]{0,6}(?:是否)?(?:通知|告知)|"
        r"(?:泄露|泄漏|安全事件)[^。]{0,70}(?:发布|刊登|张贴)[^。；，]{0,3}公告"
    ),
    Phrase(r"难以逐一|无法逐一"),
)
COOKIES_NAMELESS = Wording(
    "risky-promise/law-misstated",
    "warn",
    "cookies are said to tell nothing about a person",
    "take it out: what recognises a browser is personal data",
    "PIPL Art. 4; GDPR Art. 4(1), Rec. 30",
    Phrase(
        r"cookie[^。]{0,50}(?:不(?:表示|意味|代表)|并不|不会|不能|无法|不可)[^。；，]{0,16}(?:获悉|获取|知悉|收集|识别|了解|辨认)[^。；，]{0,10}(?:您|用户)?的?任何(?:个人|身份)(?:信息|资料|数据)?|"
        r"cookie[^。；]{0,12}不(?:含|包含|涉及|带有)任何个人(?:信息|资料|数据)"
    ),
    Phrase(r"拒绝|禁用|如果您|除非"),
)

WORDINGS = (MISTOLD, BREACHES, COOKIES_NAMELESS)
DETECTORS = (brief_logs, replaced, old_offices, waived)
