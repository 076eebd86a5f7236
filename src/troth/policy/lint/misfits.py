"""Sentences in the wrong place: items that do not fit what introduces them, purposes and promises under another heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

LAW = "GDPR Art. 12(1); PIPL Art. 17(1)"
_REACH = 9

# what introduces cases, purposes or recipients, and an item that is a rule of its own
_CASES = Phrase(
    r"\b(?:may|will|can) (?:also )?(?:disclose|share|release|transfer|provide|be disclosed|be shared)\b[^.;]{0,80}(?::|,|circumstances|cases|information|data)\W*$|"
    r"\b(?:may|will|can|is|are) (?:also )?(?:be )?(?:used|collected|processed) for (?:the )?following purposes\W*$"
)
_OWN_RULE = Phrase(
    r"\b(?:you will be (?:notified|informed|told)|we will (?:notify|inform|tell|e-?mail) you|you (?:may|can) (?:choose|stop|opt|unsubscribe|contact)|we (?:will|shall) (?:use|keep|retain) your|out of respect)\b"
)
_EXCEPTIONS = Phrase(
    r"(?:以下|下列|下述)[^。；]{0,6}(?:情形|情况|例外)[^。；]{0,60}(?:无需|不需|无须|不必|除外|可能)[^。；]{0,40}[：:]\s*$"
)
_COMPONENT = Phrase(r"(?:集成|接入|嵌入|使用)[^。；]{0,20}(?:sdk|组件|插件|服务包)")
_PASSING = Phrase(r"(?:提供给|共享给|披露给|提供予|转让给|超出)[^。；]{0,60}[：:]\s*$")
_ASKING = Phrase(
    r"^\W*\d{0,2}\W*(?:查询|请求|申请|要求)[^。；，]{0,16}(?:阅览|复制|副本|更正|补充|删除|停止)?[。；]?$"
)
_RIGHTS_ITEM = Phrase(r"请求(?:删除|补充|更正|停止|制给|阅览)|查询或请求")


def _items(doc: Document, lead: Reading) -> Iterator[Reading]:
    """The units a lead-in can introduce, up to the next heading that is no item of it."""
    for reading in doc.readings[lead.index + 1 : lead.index + 1 + _REACH]:
        item = reading.text[:1].islower() or reading.low.startswith(("to ", "for ", "as ", "when ", "if "))
        if reading.heading and not item and len(reading.text.split()) < _REACH:
            return
        yield reading


def items(doc: Document) -> Iterator[Finding]:
    """An item that is no case, purpose or recipient as its lead-in announces (rule list-misfit)."""
    for lead in doc.readings:
        low = lead.low.rstrip()
        odd: list[Reading] = []
        if lead.cjk and _EXCEPTIONS.search(low):
            odd = [r for r in _items(doc, lead) if _COMPONENT.search(r.low)]
        if not odd and lead.cjk and _PASSING.search(low):
            asked = [r for r in _items(doc, lead) if _RIGHTS_ITEM.search(r.low) and _ASKING.search(r.low)]
            odd = asked if len(asked) > 1 else []
        if not lead.cjk and _CASES.search(low) and not low.endswith("."):
            below = list(_items(doc, lead))
            odd = [
                r
                for r in below
                if _OWN_RULE.search(r.low)
                and r.low.lstrip("-•* ").startswith(
                    ("if ", "in the event", "when ", "should ", "where ", "upon ")
                )
            ]
            odd = odd if any(r not in odd for r in below) else []
        if odd:
            yield report(
                "drafting-error/list-misfit",
                "warn",
                (lead, *odd),
                f"this does not complete the sentence that introduces it: {quote(r.text for r in odd)}",
                hint="give it a sentence of its own, where readers look for it",
                law=LAW,
            )


# a heading on one matter, and what does not belong to it; what it may hold makes a sentence fit
_PLACES = (
    (
        "sensitive data",
        re.compile(r"\bsensitive (?:personal )?(?:information|data)\b|\bspecial categor"),
        Phrase(
            r"^\W*(?:the |your |this )?personal (?:information|data) (?:that )?(?:we collect )?(?:may|will|is|are|can) (?:be )?used for\b|\bsubscribe to (?:our|the) newsletter|^\W*for billing\b"
        ),
        Phrase(r"\bsensitive|\bspecial categor"),
    ),
    (
        "data that names nobody",
        re.compile(
            r"\bnon-?(?: ?personal(?:ly)?)(?:[- ]identif\w+)?\b[^.;]{0,20}\b(?:information|data)\b|\banonymous (?:information|data)\b"
        ),
        Phrase(r"\b(?:testimonials?|your (?:feedback|name|photo|opinions?|comments))\b"),
        Phrase(r"\banonym|\baggregat|\bnon-?personal|\bwithout (?:your|any) name"),
    ),
    (
        "choices",
        re.compile(
            r"^\W*(?:[\d.]+\W+)?(?:your )?(?:choices?|opt[- ]?out|choice ?/ ?opt[- ]?out|unsubscrib\w+)(?: (?:policy|and opt[- ]?out|options?))?\W*$"
        ),
        Phrase(
            r"\b(?:enable|allow|let)s? you to (?:create|open|set up) (?:an? )?account\b|\bshare (?:information|messages|data)[^.;]{0,60}\bwith others\b|\bwe (?:store|retain|encrypt)\b"
        ),
        Phrase(r"\bopt|\bchoose|\bchoice|\bstop\b|\bunsubscrib|\bpreferences?\b|\bsettings?\b"),
    ),
    (
        "a kind of data",
        re.compile(r"类别|类型|种类"),
        Phrase(r"本?(?:网站|公司|平台|我们)[^。；，]{0,4}有权[^。；]{0,40}(?:停止|暂停|终止|更名|封禁|冻结)"),
        Phrase(r"收集.{0,6}有权"),
    ),
)


def headings(doc: Document) -> Iterator[Finding]:
    """A sentence under a heading on another matter (rule section-misfit)."""
    for matter, title, foreign, fits in _PLACES:
        odd = [
            h.reading
            for h in doc.hits(foreign)
            if h.reading.sentence.section
            and title.search(_low(h.reading.sentence.section[-1]))
            and not fits.search(h.reading.low)
        ]
        if odd:
            yield report(
                "drafting-error/section-misfit",
                "warn",
                odd,
                f"this stands under a heading on {matter}: {quote(r.text for r in odd)}",
                hint="move it under the heading it belongs to",
                law=LAW,
            )


def _low(title: str) -> str:
    from troth.policy.hanzi import simplified  # noqa: PLC0415

    return simplified(title.lower())


DETECTORS = (items, headings)
