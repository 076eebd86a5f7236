"""Marketing that goes only to those who chose it, and marketing that nobody may refuse, in one Chinese text."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_ADVERT = r"(?:营销|推广|促销|优惠|广告|电子报|直销)"
_CHOSEN = Phrase(
    rf"{_ADVERT}[^。；，]{{0,12}}(?:仅|只)(?:会|在)?[^。；，]{{0,20}}(?:勾选|订阅|同意)|(?:仅|只)(?:会|在)?[^。；，]{{0,16}}(?:勾选|订阅|同意)[^。；，]{{0,12}}(?:才|方|后|时|者|的)[^。；，]{{0,14}}{_ADVERT}"
)
_FORCED = Phrase(
    rf"(?:注册|开户|登录|下单)[^。；]{{0,10}}(?:即|视为|便)[^。；，]{{0,3}}同意[^。；]{{0,50}}{_ADVERT}|{_ADVERT}[^。；]{{0,16}}(?:不得|不能|不可|无法)(?:拒绝|退订|取消|拒收)"
)
_NONE = Phrase(rf"(?:不|没有|非|不属于?)[^。；，]{{0,6}}{_ADVERT}|可(?:以)?随时")


def chosen_and_forced(doc: Document) -> Iterator[Finding]:
    """Marketing after a yes, and marketing that comes with the account (rule optout-vs-consent)."""
    forced = [h for h in doc.hits(_FORCED) if h.reading.cjk and not _NONE.search(h.reading.low)]
    places = {h.reading.index for h in forced}
    chosen = [h for h in doc.hits(_CHOSEN) if h.reading.cjk and h.reading.index not in places]
    if chosen and forced:
        yield report(
            "contradiction/optout-vs-consent",
            "warn",
            (*of(chosen), *of(forced)),
            f"marketing with consent ({quoted(chosen)}) and without ({quoted(forced)})",
            hint="send it only to those who chose it, and let them stop it",
            law="PIPL Art. 14, 16, 24; PDPA (TW) Art. 20; PDPO s. 35C-35G",
        )


DETECTORS = (chosen_and_forced,)
