"""People to turn to whose address is said to stand somewhere that the reader of the text does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_WHOM = (
    r"(?:officer|person|contact|team|office|desk|extension|(?:tele)?phone|number|e-?mail|address|mailbox|particulars|"
    r"web form|contact form|hotline)s?(?: person| details| data| information| extension| number)?"
)
_SET = r"(?:given|listed|shown|named|printed|stated|found|set out|displayed|indicated|mentioned|written|appear\w*)"
# Papers and people that some readers have. What everybody gets who has an account (a bill, the back of a card) is near enough.
_PLACE = (
    r"(?:(?:inside |front |back )?cover of|(?:enclosed|welcome|separate|little|small|printed) \w+|card enclosed|(?:\w+ )?(?:folder|kit|booklet|"
    r"leaflet|brochure|sticker|envelope|notice ?board|wall|poster)s?\b)"
)
_ELSEWHERE = Phrase(
    rf"\b{_WHOM}\b[^.;]{{0,60}}\b{_SET} (?:only )?(?:on|in|at|inside|by)\b[^.;]{{0,30}}\b{_PLACE}|"
    rf"\b{_WHOM}\b[^.;]{{0,50}}\b(?:whom?|which|that) (?:our |the )?(?:reception\w*|front desk|doorman|staff|operator)\b[^.;]{{0,20}}\b(?:names?|tells?|gives?|knows?)\b|"
    r"(?:负责人|联系人|专员|联系(?:方式|途径|电话|地址)|邮箱|电话|资料|信箱)[^。；]{0,12}(?:见(?:于|诸)?|载于|印于|列于|写在|印在)[^。；，]{0,14}(?:随机|随附|随货|附送|封面|封底|卡片|服务卡|手册|资料袋|告示板|口头)"
)
_PAGE = Phrase(
    rf"\b{_WHOM}\b[^.;]{{0,40}}\b(?:at|on) the (?:top|head|beginning|start|bottom|foot|end) of (?:this|the) (?:page|policy|notice|statement|document|text|website)\b|"
    r"(?:本页|本頁|页面|本政策|本声明)(?:顶部|页首|上方|开头|底部|页尾|下方|末尾)(?:所示|所列|所载|列出|显示|提供|公布)?的?(?:邮箱|信箱|电话|联系方式|地址|表单)"
)
_ANY = re.compile(
    r"[\w.+-]+@[\w-]+\.|https?://|www\.|\+?\d[\d ()-]{6,}\d|\bform\b|表单|\b\d{1,4} [a-z]+ (?:street|road|st\.|rd\.|avenue)"
)
_FIRST = re.compile(r"the (?:top|head|beginning|start) of|顶部|页首|上方|开头")
_NEAR = 6  # units from the top or the bottom


def elsewhere(doc: Document) -> Iterator[Finding]:
    """An address that stands on a paper or with a person elsewhere, or not where the text says (rule contact-elsewhere)."""
    hits = [hit for hit in doc.hits(_ELSEWHERE) if not _ANY.search(hit.reading.low)]
    for hit in doc.hits(_PAGE):
        part = doc.readings[:_NEAR] if _FIRST.search(hit.reading.low) else doc.readings[-_NEAR:]
        if not any(_ANY.search(r.low) for r in part if r is not hit.reading):
            hits.append(hit)
    if hits:
        yield report(
            "dangling-contact/contact-elsewhere",
            "warn",
            of(hits),
            f"whom to turn to stands somewhere that not every reader has: {quoted(hits)}",
            hint="give the address in the text itself",
            law="GDPR Art. 13(1)(a), (b); PIPL Art. 17(1)(1); PDPO DPP1(3)(b)(ii)",
        )


DETECTORS = (elsewhere,)
