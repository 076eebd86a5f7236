"""Direct marketing under Part 6A of the Hong Kong ordinance: what people must be told before they say yes."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.marketing import OPT_OUT
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_SENT = Phrase(
    r"\bdirect marketing\b|\b(?:send\w*|e-?mail\w*|provid\w*|receiv\w*|contact\w*|inform\w*|market\w*|promot\w+)\b[^.;]{0,60}\b(?:newsletters?|promotion\w*|promotional|marketing|special offers|advertis\w+|product (?:news|information)|other (?:products|services))\b|直接促销|直销|(?:发送|推送|提供)[^。；]{0,12}(?:推广|促销|优惠|广告|营销)"
)
_NOT_SENT = Phrase(
    r"\b(?:cease|stop|object\w*|opt(?:ing)?[- ]?out|unsubscrib\w*|withdraw\w*|refuse|no longer)\b|停止|拒绝|退订|撤回|\b(?:not|never|no|n't)\b[^.;]{0,90}\b(?:market|promot|newsletter|advertis)|\bthird[- ]part\w+ (?:for|may)\b|\bcookies?\b|不(?:会|作|用于)"
)
# which data serves it
_DATA = Phrase(
    r"\b(?:use|using|your|with the|by means of)\b[^.;]{0,40}\b(?:names?|e-?mail(?: address(?:es)?)?|telephone numbers?|phone numbers?|contact (?:details|data|information)|address(?:es)?|particulars)\b|姓名|电邮|电邮地址|电话号码|联络资料|联系方式|邮箱"
)
# what is marketed
_GOODS = Phrase(
    r"\b(?:hosting|cloud|domain|server|vps|web|internet|e-?mail|network\w*|security|software|it|our|telecom\w*|data cent\w+)\b[\w ,]{0,30}\b(?:products?|services?|plans?|goods|solutions)\b|(?:云|主机|域名|服务器|网络)[^。；，]{0,10}(?:产品|服务)|(?:产品|服务)(?:类别|种类|资讯|信息)"
)
_FREE = Phrase(
    r"\bfree(?: of charge)?\b|\bwithout (?:any )?(?:charge|cost|fee)|\bno (?:charge|cost|fee)\b|\bat no\b|免费|不收(?:取)?(?:任何)?费"
)
_WHERE_ASKED = Phrase(
    r"\b(?:where|if|when|to the extent|as) (?:it is |this is |so )?(?:required|necessary|needed|applicable)(?: by (?:\w+ ){0,2}law)?\b|(?:在)?法律(?:要求|规定)[^。；，]{0,6}(?:时|情况下|征得)"
)


def marketing(doc: Document) -> Iterator[Finding]:
    """Direct marketing in Hong Kong without the particulars of section 35C (rules marketing-particulars, consent-undefined)."""
    if "HK" not in doc.named:
        return
    sent = [h for h in doc.hits(_SENT) if not _NOT_SENT.search(h.reading.low) and not h.reading.told]
    if not sent:
        return
    maybe = [h for h in sent if h.reading.consented and _WHERE_ASKED.search(h.reading.low)]
    if maybe:
        yield report(
            "undefined-term/consent-undefined",
            "warn",
            of(maybe),
            f"consent to marketing is asked only where it is required, and in Hong Kong it always is: {quoted(maybe)}",
            hint="ask for consent to all direct marketing, and say how it is given",
            law="PDPO s. 35C-35F",
        )
    around = " ".join(r.low for h in sent for r in doc.near(h.reading, 1, 2))
    lacking = [
        name
        for name, there in (
            ("the kinds of data", _DATA.search(around)),
            ("the classes of goods and services", _GOODS.search(around)),
            ("a channel to answer free of charge", _FREE.search(around) or doc.says(OPT_OUT)),
        )
        if not there
    ]
    if len(lacking) >= _FEW:
        yield report(
            "missing-mandatory/marketing-particulars",
            "warn",
            of(sent),
            f"before direct marketing in Hong Kong people must be told {', '.join(lacking)}: {quoted(sent)}",
            hint="say which data is used, for which classes of goods and services, and how to say yes or no free of charge",
            law="PDPO s. 35C, 35F; Cap. 486 Part 6A",
        )


_FEW = 2
DETECTORS = (marketing,)
