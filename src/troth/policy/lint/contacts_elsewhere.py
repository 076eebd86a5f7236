"""People to turn to whose address is said to stand somewhere that the reader of the text does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_WHOM = r"(?:officer|person|contact|team|office|desk|extension|(?:tele)?phone|number|e-?mail|address|mailbox|particulars|hotline)s?"
_SET = r"(?:given|listed|shown|named|printed|stated|set out|displayed|indicated)"
# Papers that some readers have. What everybody gets who has an account (a bill, the back of a card) is near enough.
_PAPER = (
    r"(?:(?:inside |front |back )?cover of|(?:enclosed|welcome) (?:card|kit|letter|leaflet|booklet|pack\w*|sheet)|(?:card|leaflet|sheet|letter) (?:that is )?enclosed|"
    r"(?:contract|customer|client) (?:folder|kit|pack)|booklet|leaflet|brochure|notice ?board|poster)\b"
)
_ELSEWHERE = Phrase(
    rf"\b{_WHOM}\b[^.;]{{0,60}}\b{_SET} (?:only )?(?:on|in|at|inside)\b[^.;]{{0,30}}\b{_PAPER}|"
    r"\b(?:person|officer|contact)s?\b[^.;]{0,50}\bwhom? (?:our |the )?(?:reception\w*|front desk|doorman)\b[^.;]{0,20}\b(?:names?|tells?|gives?|knows?)\b|"
    r"(?:负责人|联[系络](?:人|方式|途径|电话|地址|主任|信箱|邮箱)|保护专员)[^。；]{0,24}(?:见(?:于|诸)?|载于|印于|列于)[^。；，]{0,14}(?:随机|随附|附送|封面|封底|服务卡|告示板|口头)"
)
# somebody is to be reached, and not merely named
_REACHED = Phrase(
    r"\b(?:reach\w*|contact(?:ed)?|write|turn(?:ed)?|put|left with|handed|go|goes|sent|send|address(?:ed)? to|requests?|complain\w*|concerns?|grievance|questions?|officer)\b|[\u4e00-\u9fff]"
)
_PAGE = Phrase(
    r"\b(?:send|sent|write|put|using|use|contact\w*|reach\w*|questions?|requests?|complaints?)\b[^.;]{0,80}\b(?:(?<!your )(?<!your e-mail )(?<!your email )address|mailbox|contact details|form named|(?:tele)?phone number)\b"
    r"[^.;]{0,40}\b(?:at|on) the (?:top|head|beginning|start|bottom|foot|end) of (?:this|the) (?:page|policy|notice|statement)\b|"
    r"本[页頁](?:顶部|页首|上方|开头|底部|页尾|下方|末尾)(?:所示|所列|所载|列出|显示|提供|公布)的?(?:邮箱|信箱|电话|联系方式)"
)
_ANY = re.compile(
    r"[\w.+-]+@[\w-]+\.|https?://|www\.|\+?\d[\d ()-]{6,}\d|\b\d{1,4} [a-z]+ (?:street|road|st\.|rd\.|avenue)"
)
_FIRST = re.compile(r"the (?:top|head|beginning|start) of|顶部|页首|上方|开头")
_NEAR = 10  # units from the top or the bottom


def elsewhere(doc: Document) -> Iterator[Finding]:
    """An address that stands on a paper or with a person elsewhere, or not where the text says (rule contact-elsewhere)."""
    hits = [hit for hit in doc.hits(_ELSEWHERE) if _REACHED.search(hit.reading.low)]
    for hit in doc.hits(_PAGE):
        part = doc.readings[:_NEAR] if _FIRST.search(hit.reading.low) else doc.readings[-_NEAR:]
        if not any(_ANY.search(r.low) for r in part):
            hits.append(hit)
    hits = [hit for hit in hits if not _ANY.search(hit.reading.low)]
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
