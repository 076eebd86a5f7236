"""What a Chinese text announces or owes and does not give: contacts, purposes, subjects of headings; dates no calendar has."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.contacts import ADDRESS, EMAIL
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_DATE = Phrase(r"(?<!\d)((?:19|20)\d\d) ?[年./-] ?(\d{1,2}) ?[月./-] ?(\d{1,2})(?: ?日|(?!\d))")
_DECEMBER = 12


def _real(match: re.Match[str]) -> bool:
    year, month, day = (int(g) for g in match.groups())
    return 1 <= month <= _DECEMBER and 1 <= day <= calendar.monthrange(year, month)[1]


def dates(doc: Document) -> Iterator[Finding]:
    """A date that no calendar has (rule date-impossible)."""
    if not doc.chinese:
        return
    hits = [Hit(r, m[0]) for r in doc.readings for m in _DATE.finditer(r.low) if not _real(m)]
    if hits:
        yield report(
            "drafting-error/date-impossible",
            "warn",
            of(hits),
            f"a date that no calendar has: {quoted(hits)}",
            hint="correct the date",
        )


_WAYS = Phrase(
    r"(?:通过|按|使用|以)(?:以下|下列|如下|下述)(?:的)?(?:任一|任何)?(?:联系)?(?:方式|途径|渠道)[^。；]{0,12}(?:联系|联络|反馈|沟通)[^。；]{0,8}[：:]?\s*$"
)
_BY_MAIL = Phrase(
    r"(?:以|通过|用|发送?)(?:电子邮件|电邮|邮件|email)[^。；，]{0,10}(?:与我们|与本公司|联系我们|联络我们|联系|给我们|至我们)|(?:来信|写信)(?:给|至)我们"
)
_BY_POST = Phrase(r"(?:请|可)?(?:致函|书面致)[^。；，]{0,10}(?:本公司|我们)")
_NUMBER = re.compile(r"\d{3,4}[- ]?\d{3,4}[- ]?\d{3,4}|\d{7,}|微信|qq|https?:|www\.")


def contacts(doc: Document) -> Iterator[Finding]:
    """Ways to write that are offered, and the address of which stands nowhere (rule contact-missing)."""
    if not doc.chinese:
        return
    mailbox = any(EMAIL.search(r.low) for r in doc.readings)
    hits = []
    if not mailbox:
        hits += [
            h
            for h in doc.hits(_BY_MAIL)
            if not h.reading.refuses and not re.search(r"订阅|验证|垃圾|推广|营销", h.reading.low)
        ]
        hits += [h for h in doc.hits(_WAYS) if not any(_NUMBER.search(r.low) for r in doc.readings)]
    if not any(ADDRESS.search(r.low) for r in doc.readings):
        hits += [h for h in doc.hits(_BY_POST) if not mailbox or "邮" not in h.reading.low]
    if hits:
        yield report(
            "dangling-contact/contact-missing",
            "warn",
            of(hits),
            f"a way to reach the company is offered, and the text gives no address for it: {quoted(hits)}",
            hint="write the mailbox, the number or the postal address into the text",
            law="PIPL Art. 17(1)(1), 50; PDPO DPP1(3)(b)(ii); PDPA (TW) Art. 8",
        )


_AIM = Phrase(
    r"用于|用来|用作|以便|目的|用途|为了|(?:使用|利用|处理)[^。；，]{0,8}(?:信息|资料|数据)[^。；，]{0,4}(?:来|以|为)|为(?:您|用户|会员|阁下)?(?:提供|实现|完成|开通|开立|处理|验证|保障)|以(?:提供|完成|改进|验证|实现|确认)|帮助我们"
)
# keeping, changes of the text, refusals and cookies tell no purpose of the data as a whole
_NO_AIM = Phrase(r"cookie|保存|保留|存储|变更|修订|不(?:会|得|再)|符合《|统计|未成年|儿童|如需将|无法为您")


def purposes(doc: Document) -> Iterator[Finding]:
    """No sentence of a Chinese text says what data is for (rule purposes-missing)."""
    taken = [r for r in doc.body if r.cjk and r.does("collect") and not r.told]
    titled = any(r.heading and re.search(r"使用|用途|目的|利用", r.low) for r in doc.readings[1:])
    if not doc.chinese or not taken or titled:
        return
    if any(_AIM.search(r.low) and not _NO_AIM.search(r.low) for r in doc.body):
        return
    yield report(
        "missing-mandatory/purposes-missing",
        "block",
        taken[:2],
        f"data is taken, and no sentence says what for: {quote(r.text for r in taken[:1])}",
        hint="name each purpose with the data it needs",
        law="PIPL Art. 17(1)(2); PDPA (TW) Art. 8(1)(2); PDPO DPP1(3)(b)(i)",
    )


# an act that a heading lists, and the words one of which a part that speaks of it can not do without
_ACTS = (
    ("转让", r"转让|合并|收购|转移|承继|移转"),
    ("公开披露", r"公开|公布|公示"),
    ("共享", r"共享|分享|提供|第三方|合作"),
    ("委托处理", r"委托|受托|代为"),
    ("保护", r"保护|安全|加密|防火墙|访问|权限|https|ssl|措施|泄露"),
    ("国际传输", r"国际|境外|国外|海外|跨境|国家|境内|地区"),
    ("跨境传输", r"境外|跨境|国外|海外|境内|国家"),
    ("网络信标", r"信标|像素|beacon"),
    ("删除", r"删除|清除|销毁|注销"),
)
_LISTED = re.compile(r"[、和与及]|以及")
_LEAST = 2


def _part(doc: Document, title: Reading) -> list[Reading]:
    found = []
    for r in doc.readings[title.index + 1 :]:
        if r.heading and len(r.sentence.section) <= len(title.sentence.section):
            break
        found.append(r)
    return found


def headings(doc: Document) -> Iterator[Finding]:
    """A heading lists several acts, and its part is silent on one (rule heading-unanswered)."""
    if not doc.chinese:
        return
    for title in doc.readings[1:]:
        if not title.heading or not _LISTED.search(title.low):
            continue
        body = _part(doc, title)
        low = "\n".join(r.low for r in body)
        if not body or len(low) < 12:
            continue
        named = [(act, words) for act, words in _ACTS if act in title.low]
        silent = [act for act, words in named if not re.search(words, low)]
        acts = len(named) + len(re.findall(r"收集|使用|存储|保存|储存|处理|利用", title.low))
        if silent and acts >= _LEAST:
            yield report(
                "dangling-reference/heading-unanswered",
                "info",
                (title,),
                f"the heading announces what its part does not speak of: {quote(silent)}",
                hint="write that part, or take the word out of the heading",
                law="PIPL Art. 17; GDPR Art. 12(1)",
            )


_CODES = re.compile(
    r"(?<![a-z])(?:oaid|idfa|idfv|imei|imsi|iccid|ssid|bssid|gaid|aaid|vaid|meid|mac|openid|unionid)(?![a-z])"
)
_EXPLAINED = re.compile(r"标识|识别码|地址|编号|是指|即|（")
_FEWEST = 3


def codes(doc: Document) -> Iterator[Finding]:
    """Identifiers by their abbreviations alone (rule term-undefined)."""
    if not doc.chinese:
        return
    bare = [
        r
        for r in doc.body
        if r.cjk
        and len(set(_CODES.findall(r.low))) >= _FEWEST
        and not _EXPLAINED.search(r.low)
        and not r.refuses
    ]
    if bare:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            bare,
            f"identifiers that only an expert can read: {quote(m for r in bare for m in _CODES.findall(r.low))}",
            hint="say what each one identifies, and what it is used for",
            law="PIPL Art. 7, 17; GDPR Art. 12(1)",
        )


DETECTORS = (dates, contacts, purposes, headings, codes)
