"""Numbers of days in Chinese texts that do not fit each other: answers to requests, deletion and keeping after the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from troth.model.finding import Finding
from troth.policy.lint.chinese_refusals import number
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_COUNT = r"(\d{1,3}|[一二三四五六七八九两]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_DONE = r"(?:答复|回复|响应|回应|准驳|处理|完成|办理|注销|删除|清除|通知|告知|予以|给予)"
_DEADLINE = Phrase(rf"{_COUNT}\s?个?(工作|自然)?(?:日|天|小时)(?:之)?(?:内|以内)?[^。；，\d]{{0,10}}{_DONE}")
# what is done in time; the first that a sentence names
_DUTIES = (
    ("breach", r"安全事件|泄露|泄漏|事故"),
    ("account", r"注销"),
    ("access", r"查询|查阅|阅览|复制|副本"),
    ("correction", r"更正|改正|补充"),
    ("erasure", r"删除"),
    ("complaint", r"投诉|举报"),
    ("request", r"请求|要求|申请|反馈|问题"),
)
_OTHER = re.compile(
    r"延长|延期|冷静期|反悔|备份|日志|保存|保留|最长|或(?:者)?\d|至|退款|发票|提前|生效|公告|备案|如(?:我们)?发现|复杂"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """How many days one duty takes."""

    duty: str
    days: int
    working: bool
    hit: Hit


def _deadlines(doc: Document) -> Iterator[Deadline]:
    for hit in doc.hits(_DEADLINE):
        low = hit.reading.low
        found = list(_DEADLINE.finditer(low))
        if not hit.reading.cjk or len(found) != 1 or _OTHER.search(low) or hit.reading.told:
            continue
        duty = next((name for name, words in _DUTIES if re.search(words, low)), "")
        if duty:
            match = found[0]
            days = number(match[1].replace("两", "二"))
            days = days if "小时" not in match[0] else -days
            yield Deadline(duty, days, match[2] == "工作", hit)


def deadlines(doc: Document) -> Iterator[Finding]:
    """Two deadlines for one duty (rule period-conflict)."""
    if not doc.chinese:
        return
    found = list(_deadlines(doc))
    pairs = [
        (one, other)
        for place, one in enumerate(found)
        for other in found[place + 1 :]
        if one.duty == other.duty
        and one.days != other.days
        and one.hit.reading.index != other.hit.reading.index
        # an answer within working days and the act itself within calendar days are two duties
        and (one.duty != "erasure" or one.working == other.working)
    ]
    if pairs:
        hits = [d.hit for pair in pairs for d in pair]
        yield report(
            "contradiction/period-conflict",
            "block",
            of(hits),
            f"two deadlines for the same duty: {quoted(hits)}",
            hint="keep one deadline, or say which applies when",
            law="PIPL Art. 50, 57; PDPA (TW) Art. 13; PDPO s. 19",
        )


_END = r"(?:终止|结束|注销|到期|届满|关闭|停止使用|解除|停用|退出|退订)[^。；，]{0,8}后"
_GONE = Phrase(
    rf"{_END}[^。；]{{0,12}}(?:立即|即时|即刻|立刻|马上|当日|{_COUNT}\s?个?(?:工作)?(?:日|天)内)[^。；，]{{0,8}}(?:删除|销毁|清除|清空)|(?:信息|资料|数据)[^。；，]{{0,6}}(?:会|将)?(?:在|于)[^。；，]{{0,10}}{_END}[^。；，]{{0,3}}(?:立即|即时)?(?:删除|销毁|清除)"
)
_STAYS = Phrase(rf"{_END}[^。；]{{0,30}}(?:保存|保留|留存)[^。；]{{0,24}}?{_COUNT}\s?个?(年|个月|月|日|天)")
_BY_LAW = re.compile(r"法律|法规|会计|税|发票|账簿|条例|诉讼|争议|依法|法定|日志|备份|电子商务|交易")
_UNITS = {"年": 365, "个月": 30, "月": 30, "日": 1, "天": 1}
_LONG = 5 * 365
_ALL = re.compile(
    r"全部|所有|一切|个人(?:信息|资料)|(?:您|会员|用户|阁下)的?(?:个人)?(?:信息|资料|数据)|录音"
)


def _days(match: re.Match[str]) -> int:
    if not match.lastindex:
        return 0
    words = [g for g in match.groups() if g]
    return number(words[0].replace("两", "二")) * _UNITS.get(words[1] if len(words) > 1 else "日", 1)


def _found(doc: Document, phrase: Phrase) -> list[tuple[int, Hit]]:
    return [
        (_days(match), hit)
        for hit in doc.hits(phrase)
        if hit.reading.cjk
        and (match := phrase.search(hit.reading.low))
        and not _BY_LAW.search(hit.reading.low)
        and not re.search(r"不(?:会)?(?:保留|保存)|无法", match[0])
    ]


def after_the_end(doc: Document) -> Iterator[Finding]:
    """Deleted soon after the end and kept after it; kept for many years (rules retention-conflict, retention-excess)."""
    if not doc.chinese:
        return
    gone, stays = _found(doc, _GONE), _found(doc, _STAYS)
    pairs = [
        (a, b) for days, a in gone for more, b in stays if more > days and a.reading.index != b.reading.index
    ]
    if pairs:
        hits = [hit for pair in pairs for hit in pair]
        yield report(
            "contradiction/retention-conflict",
            "block",
            of(hits),
            f"deleted soon after the end, and kept after it: {quoted(hits)}",
            hint="state one period for each kind of data, and the law that asks for a longer one",
            law="PIPL Art. 19, 47; GDPR Art. 5(1)(e); PDPO DPP2(2)",
        )
    kept = {b.reading.index for _, b in pairs}
    long = [
        h for days, h in stays if days >= _LONG and h.reading.index not in kept and _ALL.search(h.reading.low)
    ]
    if long:
        yield report(
            "risky-promise/retention-excess",
            "warn",
            of(long),
            f"everything is kept for years after the end, and no law or claim is named: {quoted(long)}",
            hint="keep what a law or a claim needs, name it, and delete the rest",
            law="PIPL Art. 19; GDPR Art. 5(1)(c), (e); PDPO DPP2(2)",
        )


DETECTORS = (deadlines, after_the_end)
