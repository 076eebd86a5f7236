"""What tells one person from others, called nameless in a Chinese text; and one kind of record under two periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_LAW = "PIPL Art. 4, 73; GDPR Art. 4(1), Rec. 26"
_NAMELESS_PART = Phrase(r"非个人(?:身份)?(?:识别)?(?:信息|资料|数据)")
_UNIQUE = Phrase(
    r"ip ?地址|(?:internet|互联网|网际) ?协议地址|唯一(?:标识|识别)|cookie ?id|设备(?:标识|识别码|序列号)|imei|mac ?地址|android ?id|idfa"
)
_PERSONAL_PART = Phrase(r"(?<!非)个人(?:身份)?(?:识别)?(?:信息|资料|数据)")


def nameless_parts(doc: Document) -> Iterator[Finding]:
    """Addresses and identifiers under a heading that calls them no personal data (rule definition-conflict)."""
    titles = [r for r in doc.readings if r.heading and r.cjk and _NAMELESS_PART.search(r.low)]
    for title in titles:
        own = [r for r in doc.body if r.sentence.section[-1:] == (title.text,) and _UNIQUE.search(r.low)]
        other = [
            r
            for r in doc.body
            if "ip" in r.low
            and _UNIQUE.search(r.low)
            and any(_PERSONAL_PART.search(t) for t in r.sentence.section[-1:])
            and r not in own
        ]
        if own:
            words = [m[0] for r in own for m in (_UNIQUE.search(r.low),) if m]
            yield report(
                "contradiction/definition-conflict",
                "block",
                (title, *own, *other),
                f"what tells one visitor from others stands under a heading that calls it nameless: {quote(words)}",
                hint="treat addresses and identifiers as personal data throughout",
                law=_LAW,
            )


_UNKNOWN = Phrase(
    r"(?:上述|前述|该等?|此类|这些|仅根据该)[^。；，]{0,6}(?:信息|资料|数据)[^。；]{0,60}(?:不能|无法|不会|不足以)[^。；，]{0,10}识别[^。；，]{0,8}(?:自然人|个人|身份|您|用户)|"
    r"(?:不能|无法)(?:仅?根据(?:该|上述|此类)[^。；，]{0,4}(?:信息|资料))[^。]{0,30}(?:不能|无法)?识别[^。；，]{0,8}(?:自然人|个人|身份|您)"
)
_KNOWN = Phrase(
    r"银行卡|卡号|open ?id|user ?id|union ?id|手机号|身份证|imei|mac ?地址|android ?id|idfa|邮箱|姓名"
)
_BEFORE = 2


def nameless_sentences(doc: Document) -> Iterator[Finding]:
    """Numbers of cards, accounts or devices, and in the next sentence they identify nobody (rule definition-conflict)."""
    for hit in doc.hits(_UNKNOWN):
        r = hit.reading
        named = [
            x
            for x in doc.readings[max(0, r.index - _BEFORE) : r.index]
            if x.sentence.paragraph == r.sentence.paragraph and _KNOWN.search(x.low) and not x.refuses
        ]
        if r.cjk and named:
            words = [m[0] for x in named for m in _KNOWN.finditer(x.low)]
            yield report(
                "contradiction/definition-conflict",
                "block",
                (*named, r),
                f"these identify a person and are said to identify nobody: {quote(words)}",
                hint="take the sentence out, or say that the company alone can not find the name behind them",
                law=_LAW,
            )


_PERIOD = Phrase(
    r"^\W*([\u4e00-\u9fff]{2,8})[：:][^。；]{0,10}(?:保存|保留|存储|留存)[^。；\d]{0,4}(\d+ ?(?:天|日|个月|年))"
)
_PARTS = Phrase(r"^\W*([\u4e00-\u9fff]{2,8})[：:](.{4,})")
_KIND = 2


def parts_of_records(doc: Document) -> Iterator[Finding]:
    """A kind of record that holds another one, and each has its own period (rule retention-conflict)."""
    kept: dict[str, tuple[Reading, str]] = {}
    for r in doc.body:
        match = _PERIOD.match(r.low) if r.cjk else None
        if match:
            kept[match[1][:_KIND]] = (r, match[2].replace(" ", ""))
    if len(kept) < 2:
        return
    holds: dict[str, list[Reading]] = {}
    for r in doc.body:
        match = _PARTS.match(r.low) if r.cjk else None
        if match and re.search(r"[、，]", match[2]) and match[1][:_KIND] in kept:
            holds.setdefault(match[1][:_KIND], []).append(r)
    for one, other in combinations(kept, 2):
        for whole, part in ((one, other), (other, one)):
            inside = [r for r in holds.get(whole, ()) if part in r.low.split("：", 1)[-1].split(":", 1)[-1]]
            (first, span), (second, span2) = kept[whole], kept[part]
            inside = [r for r in inside if r not in (first, second)]
            if inside and span != span2:
                yield report(
                    "contradiction/retention-conflict",
                    "block",
                    (*inside, first, second),
                    f"the first of these holds the second, and they are kept for {span} and {span2}: {quote([whole, part])}",
                    hint="say which period holds for what is part of both",
                    law="PIPL Art. 19; GDPR Art. 5(1)(e), 13(2)(a)",
                )


DETECTORS = (nameless_parts, nameless_sentences, parts_of_records)
