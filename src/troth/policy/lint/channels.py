"""Ways to reach the publisher that are offered, while the text holds no number and no address for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from troth.model.finding import Finding
from troth.policy.lint.contacts import ADDRESS, LAW, reachable
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_WAY = r"(?:tele)?phone|post(?:al mail)?|(?:postal|surface|registered|certified) mail|fax|facsimile|letter"
_OFFERED = Phrase(
    rf"\b(?:by|via|through|per|or) (?:an? |our )?(?:{_WAY})\b(?! (?:number|address|line|calls?|provider|company|message))|"
    r"\b(?:call|phone|ring|fax|telephone) us\b|(?:拨打|致电)[^。；，,]{0,12}(?:电话|热线)|(?:发送|以|通过)传真"
)
_TO_US = Phrase(
    r"\b(?:contact(?:ing)? (?:us|our|(?:\w+ ){1,3}(?:support|service|services|team|department|staff))|reach (?:us|our)|complaints?|(?:call|phone|fax|write to|ring|telephone|notify|inform|tell) us|"
    r"you (?:can|may|could|must|should) (?:\w+ )?(?:request|apply|object|opt|withdraw|lodge|submit|ask|exercise|unsubscribe)|requests? (?:can|may|must|should|for access)|"
    r"lodged|submitted|addressed to us)\b|联系我们|与我们联系|投诉|您(?:可|可以|有权)"
)
_TO_YOU = Phrase(
    r"\b(?:contact|call|reach|inform|notify|phone|tell|send) (?:you|users|customers|them)\b|\b(?:marketing|promotion\w*|newsletter|offers|not accept|not process|"
    r"do not|will not|cannot|authority|commissioner|ombudsman|regulator|third part\w+|order|payment|collect\w*|when you|if you (?:call|phone|fax|telephone))\b|"
    r"您(?:致电|拨打)[^。]{0,20}时|收集|推广|营销|不接受"
)
_GIVEN_ELSEWHERE = Phrase(
    r"https?:|www\.|\b(?:on (?:our|the|your) (?:web ?site|invoice|bill|letterhead|home ?page|bank|card)|account manager|in (?:your|the) (?:panel|control panel|client area|contract))\b|官网|网站"
)
_DIGITS = 7
_NUMBER = Phrase(r"(?:\+|\()?\d[\d ()./ -]{5,}\d")
_DIGIT = re.compile(r"\d[\d ()./ -]{5}")
_REGISTER = Phrase(
    r"\b(?:abn|acn|vat|tax|gst|company|registration|registered|reg|hrb|kvk|licen[cs]e|number of)\b[^+]{0,12}$|(?:号|代码)[^+]{0,4}$"
)
_DATE = Phrase(r"^(?:19|20)\d\d[-/. ]|[-/. ](?:19|20)\d\d$|^\d+(?:\.\d+)+$")


def _numbers(doc: Document) -> tuple[bool, bool]:
    """Whether the text holds a telephone number, and a fax number."""
    phone = fax = False
    for reading in doc.readings:
        for match in _NUMBER.finditer(reading.text) if _DIGIT.search(reading.low) else ():
            before = reading.low[: match.start()]
            told = sum(c.isdigit() for c in match[0]) >= _DIGITS and not _REGISTER.search(before)
            if told and not _DATE.search(match[0]):
                phone = True
                fax = fax or "fax" in reading.low or "facsimile" in reading.low or "传真" in reading.low
    return phone, fax


def _kinds(words: str) -> set[str]:
    kinds = set()
    if "fax" in words or "facsimile" in words or "传真" in words:
        kinds.add("fax")
    elif any(w in words for w in ("phone", "call", "ring", "电话", "热线")):
        kinds.add("phone")
    else:
        kinds.add("post")
    return kinds


def announced(doc: Document) -> Iterator[Finding]:
    """Telephone, fax or post offered for complaints and requests without number or address (rule contact-missing)."""
    offered = [h for h in doc.hits(_OFFERED) if _fits(h)]
    if not offered or not reachable(doc):
        return
    wanted = set().union(*(_kinds(h.words.lower()) for h in offered))
    there: set[str] = set()
    if wanted & {"phone", "fax"}:
        phone, fax = _numbers(doc)
        there |= {k for k, has in (("phone", phone), ("fax", fax)) if has}
    if "post" in wanted and any(ADDRESS.search(r.low) for r in doc.readings):
        there.add("post")
    bare = [h for h in offered if not _kinds(h.words.lower()) <= there]
    if bare:
        yield report(
            "dangling-contact/contact-missing",
            "warn",
            of(bare),
            f"a way to reach the company is offered, and the text gives no number or address for it: {quoted(bare)}",
            hint="write the number and the postal address into the text, or take the channel out",
            law=LAW,
        )


def _fits(hit: Hit) -> bool:
    low = hit.reading.low
    return (
        _TO_US.search(low) is not None
        and not _TO_YOU.search(low)
        and not _GIVEN_ELSEWHERE.search(low)
        and "collect" not in hit.reading.acts
    )


_DOMAIN = re.compile(
    r"(?:@|https?://|www\.)(?:[\w-]+\.)*?([\w-]+)\.((?:com?\.|org\.|net\.|ac\.|gov\.)?[a-z]{2,})(?![\w.-]*@)",
    re.IGNORECASE,
)
_LONG = 6


def _slip(one: str, other: str) -> bool:
    """Whether two names differ by one letter left out, added, changed or exchanged with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    changed = (a[:1] + b[:1]).isalpha()
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1
    return changed and (swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:])


def misspelt(doc: Document) -> Iterator[Finding]:
    """Two addresses of one domain, one of them a letter off (rule contact-invalid)."""
    found: dict[tuple[str, str], list[Reading]] = {}
    for reading in doc.body if "@" in doc.low else ():
        for match in _DOMAIN.finditer(reading.low) if "." in reading.low else ():
            found.setdefault((match[1], match[2]), []).append(reading)
    for (one, end), (other, tail) in combinations(sorted(found), 2):
        if end == tail and min(len(one), len(other)) >= _LONG and _slip(one, other):
            yield report(
                "dangling-contact/contact-invalid",
                "block",
                (*found[one, end], *found[other, end]),
                f"two spellings of one domain: {quote([f'{one}.{end}', f'{other}.{end}'])}",
                hint="test both addresses and keep the one that works",
                law=LAW,
            )


_TRADE = re.compile(
    r"\b(?:sales(?:[-._]?team|[-._]?dept)?|marketing(?:[-._]?team)?|advertising|billing|orders?|accounts?|accounting|webmaster|noc)@[\w.-]+\.[a-z]{2,}",
    re.IGNORECASE,
)
_ANY_BOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FOR_PRIVACY = Phrase(
    r"\b(?:privacy (?:practices|policy|statement|notice|questions?|concerns?|matters?|issues?|requests?)|(?:access|deletion|data) requests?|delet\w+ of your|personal (?:data|information)|your rights|data protection)\b"
)


def trade(doc: Document) -> Iterator[Finding]:
    """Questions on privacy go to the box of the sales people, and to no other (rule contact-unfit)."""
    boxes = {m.lower() for r in doc.readings for m in _ANY_BOX.findall(r.text)}
    if not boxes or not all(_TRADE.fullmatch(box) for box in boxes):
        return
    hits = [r for r in doc.body if _TRADE.search(r.text) and _FOR_PRIVACY.search(r.low)]
    if hits:
        yield report(
            "dangling-contact/contact-unfit",
            "info",
            hits,
            f"questions on privacy go to the sales people: {quote(sorted(boxes))}",
            hint="give a box that somebody reads who may answer requests",
            law="GDPR Art. 12(2), 13(1)(b)",
        )


DETECTORS = (trade, announced, misspelt)
