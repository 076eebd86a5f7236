"""Mainland law that a Chinese text gets wrong: logs kept too briefly, standards replaced, consent waived where it is due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
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


DETECTORS = (brief_logs, replaced, waived)
