"""Two periods for the records of one name, whatever the words are, in sentences and in rows of tables.

What is kept is read by name (`records`); two periods for the same records, and no law or exception for the longer one, can not
both hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.records import WHOLE, records
from troth.policy.lint.report import quote, report
from troth.policy.lint.spans import spans

_NEAR = 1.25

_KEPT = Phrase(
    r"\b(?:ke(?:ep|pt|eps)|retain\w*|stor(?:e|ed|es)|hold|held|sav(?:e|ed)|archiv\w+|preserv\w+|remain\w*|stays?|on file|delet\w+|eras\w+|have since|wr(?:ites|itten) down|logged|"
    r"destroy\w*|discard\w*|wiped?|purg\w+|overwritten|rotat\w+|removed|cleared|done away with|gone|dispos\w+|expires?|restored|available)\b|保存|保留|留存|存储|储存|删除|清除|销毁|[覆复]盖|存放|有效|清毁|清理"
)
# what names a limit that is no period of the records
_NO_PERIOD = Phrase(
    r"\b(?:every|each|once|per) (?:\w+ )?(?:hours?|days?|weeks?|months?|\d+)\b|\b(?:answer\w*|respon\w+|repl\w+|notif\w+|inform\w*|notice|warn\w*|remind\w*|ahead|before|in advance|renew\w*|refund\w*|invoiced)\b|"
    r"每(?!位|个|名)|(?:天|日|个月|年|小时)(?:前|备份|内(?:回复|答复|处理|通知|告知))|提前|届满前|回复|答复|通知|退款"
)
# a copy that the next one replaces
_ROUND = Phrase(r"\boverwritten (?:every|each|after)\b|\bevery\b[^.;|]{0,20}\boverwritten\b|[覆复]盖")
# records of one kind that have a period of their own
_SCOPES: tuple[Phrase, ...] = tuple(
    Phrase(words)
    for words in (
        r"\b(?:free|trial|test)\b|试用|免费版",
        r"\b(?:inactive|unused|idle|dormant)\b|闲置|未登录|未使用",
        r"\b(?:attacks?|abuse|intrusion|suspicious|fraud)\b|攻击|滥用|异常|可疑",
        r"\b(?:error|debug|failed)\b|错误|失败",
        r"\b(?:minors?|child\w*)\b|未成年|儿童",
        r"\b(?:consent|agree\w*|talent pool|opt(?:ed)? in)\b|同意",
        r"\b(?:anonym\w+|truncat\w+|shortened|pseudonym\w+|hash\w*|aggregat\w+)\b|匿名|去标识|脱敏|散列",
        r"\b(?:not confirmed|incomplete|unconfirmed|unfinished)\b|未完成",
        r"\b(?:unpaid|overdue|debts?)\b|欠费|逾期",
        r"\b(?:spam)\b|垃圾",
        r"\b(?:business|enterprise|premium|paid)\b|企业版|付费版",
        r"\b(?:snapshots?)\b|快照",
        r"\b(?:back-?ups?|archive)\b|备份|备援",
    )
)
_FREE_SCOPES = frozenset({len(_SCOPES) - 1})  # a copy in an archive, the last of them, is kept all the same
_FOR_DISPUTES = Phrase(r"\b(?:claims?|disputes?)\b|争议|诉讼")
_BY_LAW = Phrase(
    r"\b(?:laws?|legal\w*|tax|statut\w*|accounting|court|act|code|directive|directions|limitation)\b|法律|法规|《|会计|税|依法"
)
_EXCEPTED = Phrase(
    r"\b(?:unless|except|other than|longer if|longer where|customer sets|you (?:choose|set|decide)|referred to in|clause \d|section \d|configur\w+|depending|whichever|or until)\b|除非|除外|除[^。；，|]{1,16}外|您(?:可|自行)?(?:设置|选择)"
)
_WITHOUT_END = Phrase(
    r"\bindefinite(?:ly)?\b|\b(?:forever|for ever|for good|permanently|for all time)\b|\bas long as the (?:archive|company|system) exists\b|\bthroughout the (?:relationship|business|contract)\b|\b(?:have|kept|stored|keep|held)\b[^.;|]{0,16}\bsince (?:19|20)\d\d\b|"
    r"\bsince (?:19|20)\d\d\b[^.;|]{0,20}\b(?:kept|stored|held|have)\b|\b(?:never|not) (?:deleted|erased|removed)\b|\bwithout (?:any )?(?:time )?limit\b|永久(?:保存|保留|留存|存储)|长期(?:保存|保留|留存|存储)|无限期|永不删除|自20\d\d年起"
)
_AT_ONCE = Phrase(
    r"\b(?:delet|eras|wip|remov|destroy|purg|discard)\w*\b[^.;|]{0,40}\b(?:immediately|at once|instantly|without delay|straight away|right away)\b|\b(?:immediately|at once|instantly)\b[^.;|]{0,16}\b(?:delet|eras|wip|remov|destroy|purg|discard)\w*|"
    r"(?:立即|即时|即刻|立刻|马上|当即)[^。；，|]{0,8}(?:删除|销毁|清除)"
)
_ENDED = Phrase(
    r"\b(?:after|when|once|upon|on|following|of) (?:you |your |the |an? |\w+ )*(?:cancel\w*|clos\w+|end(?:s|ed)?|terminat\w+|leav\w+|delet\w+|expir\w+)\b|\bthereafter\b|\bwho have left\b|\bformer (?:customers|users|clients)\b|\bafter(?:wards)?\b[^.;|]{0,30}\b(?:contract|account|relationship|cancellation)\b|"
    r"(?:终止|结束|注销|到期|届满|关闭|解除|退租)[^。；，|]{0,8}(?:后|时|即)|自关闭起"
)
_ALIKE = 0.03  # of a period: a year and twelve months
# what is kept of them, and whose records they are
_STAYS = Phrase(
    r"\b(?:keep|keeps|kept|restor\w+|retain\w*|stored?|employees?'?|staff|servers? of)\b|保存|保留|恢复|员工|邮件服务器"
)
_GONE = Phrase(
    r"\b(?:delet|eras|remov|destroy|wip|purg|discard)\w*\b|\bcleared\b|\b(?:do|does|done|did) away with\b|\bgone\b|删除|清除|销毁|清毁|清理"
)
_CELLS = re.compile(r"^\W*\|")
_CELL = 24
_ENDLESS = 36_500.0


@dataclass(frozen=True, slots=True)
class _Kept:
    """How long some records are kept.

    Attributes:
        names: the records.
        days: the period; a very long one where there is no end.
        scopes: what sets these records apart from others of the name.
        ended: whether the period begins with the end of the contract or account.
        lawful: whether a law asks for it.
        reading: the sentence.
    """

    names: frozenset[str]
    days: float
    scopes: frozenset[int]
    ended: bool
    lawful: bool
    reading: Reading


def _period(low: str, *, row: bool) -> float | None:
    """How long the records of a sentence, or of a row of a table, are kept; None where it does not say."""
    if _WITHOUT_END.search(low):
        return _ENDLESS
    if row:
        told = [found for cell in low.split("|") if len(cell) < _CELL and (found := spans(cell))]
        low = "" if len(told) != 1 else low
        found = told[0] if len(told) == 1 else frozenset()
    else:
        found = spans(low)
    if len(found) == 1:
        return next(iter(found))
    return 0.0 if not found and _AT_ONCE.search(low) else None


def _keepings(doc: Document) -> Iterator[_Kept]:
    for reading in doc.readings:
        low = reading.low
        row = _CELLS.match(low) is not None
        if (
            (reading.heading and not row)
            or reading.told
            or _EXCEPTED.search(low)
            or not (row or _KEPT.search(low))
        ):
            continue
        if not row and _NO_PERIOD.search(low) and not _ROUND.search(low):
            continue
        days = _period(low, row=row)
        named = records(low) if days is not None else frozenset()
        if days is not None and named:
            yield _Kept(
                named,
                days,
                frozenset(n for n, words in enumerate(_SCOPES) if words.search(low)) - _FREE_SCOPES,
                _ENDED.search(low) is not None,
                _BY_LAW.search(low) is not None
                or (days < _ENDLESS and _FOR_DISPUTES.search(low) is not None),
                reading,
            )


def _differ(one: _Kept, other: _Kept) -> bool:
    """Whether two periods are for the same records and can not both hold."""
    short, long = sorted((one, other), key=lambda kept: kept.days)
    if (
        long.lawful
        or short.scopes != long.scopes
        or long.days < _NEAR * short.days
        or long.days == short.days
    ):
        return False
    if short.names == long.names == frozenset({"account data"}):
        return short.ended == long.ended
    if short.names | long.names <= WHOLE:
        return short.ended and long.ended
    return short.names <= long.names or long.names <= short.names


def _twice(one: _Kept, other: _Kept) -> bool:
    """Whether two sentences apart from each other say that the same records go after the same time."""
    return (
        one.names == other.names
        and not one.names <= WHOLE
        and one.scopes == other.scopes
        and one.ended == other.ended
        and 0 < one.days < _ENDLESS
        and abs(one.days - other.days) <= _ALIKE * one.days
        and other.reading.index - one.reading.index > 1
        and all(
            _GONE.search(r.low) and not _STAYS.search(r.low) and not _CELLS.match(r.low)
            for r in (one.reading, other.reading)
        )
    )


def compared(doc: Document) -> Iterator[Finding]:
    """Two periods for one kind of record (rule retention-conflict), or one told twice (rule duplicate-clause)."""
    kept = list(_keepings(doc))
    for place, one in enumerate(kept):
        for other in kept[place + 1 :]:
            if _twice(one, other):
                readings = (one.reading, other.reading)
                yield report(
                    "duplicate/duplicate-clause",
                    "info",
                    readings,
                    f"the same records ({' and '.join(sorted(one.names))}) go after the same time in both: {quote(r.text for r in readings)}",
                    hint="say it once: two places are changed at different times",
                    law="",
                )
        for other in kept[place + 1 :]:
            if _differ(one, other):
                readings = (one.reading, other.reading)
                what = " and ".join(sorted(one.names & other.names)) or "the same records"
                yield report(
                    "contradiction/retention-conflict",
                    "block",
                    readings,
                    f"two periods for {what}: {quote(r.text for r in readings)}",
                    hint="keep one, or say which cases each of them is for",
                    law="GDPR Art. 5(1)(e), 13(2)(a); PIPL Art. 19",
                )
