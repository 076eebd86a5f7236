"""Customers' data that goes to others for money or for offers, beside a promise that it goes to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_GIVE = r"(?:giv(?:e|en|ing)|shar(?:e|ed|ing)|disclos(?:e|ed|ing)|pass(?:ed|ing)?|provid(?:e|ed|ing)|transfer(?:red)?|hand(?:ed)?)"
_DATA = r"(?:data|information|details|lists?|names|addresses|records|files)"
_SOLD = Phrase(
    rf"\b(?:not|never|no|n't|nor)\b[^.;]{{0,40}}\b(?:sell|sold|rent|rented|trade|traded)\b[^.;]{{0,60}}\b{_DATA}\b|(?:不(?:会)?|绝不|从不)[^。；，]{{0,10}}(?:出售|售卖|贩卖|买卖|出租)[^。；，]{{0,14}}(?:信息|资料|数据)"
)
_MARKETED = Phrase(
    rf"\b(?:not|never|n't)\b[^.;]{{0,20}}\b{_GIVE}\b[^.;]{{0,60}}\bfor (?:their (?:own )?|direct )?(?:marketing|advertising|promotion\w*)|\b(?:not|never|n't)\b[^.;]{{0,20}}\b{_GIVE}\b[^.;]{{0,60}}\bfor gain\b"
)
_CLOSED = Phrase(
    rf"\b(?:not|never|n't)\b[^.;]{{0,20}}\b{_GIVE}\b[^.;]{{0,50}}\b(?:to|with) (?:any(?:body|one)?|other|third|outside\w*|others)\b|\b(?:nobody|no one|no third party)\b[^.;]{{0,30}}\b(?:gets|receives|sees|learns|obtains)\b|\bpassed only to\b|\bonly to the\b|"
    r"不(?:会)?向[^。；，]{0,16}(?:第三方|他人|处理者|任何人|其他)[^。；，]{0,6}(?:提供|披露|共享)|(?:只会|仅)(?:会)?提供给"
)
_SPARED = Phrase(
    r"\b(?:unless|except|other than|apart from|save for|free of|knowingly|actual knowledge|under 1[36]|children|minors)\b|除非|除[^。；，]{1,20}外|儿童|未成年"
)
_OTHERS = (
    r"(?:partners?|partner brands?|brands|sister compan\w+|affiliates?|sponsors?|brokers?|other (?:hosters|hosts|companies|firms|providers|registrars)|advertisers|"
    r"preferred associates|agenc\w+|lead generation \w+|marketing \w+|insurers?|resellers|dealers)"
)
_SUM = r"\b(?:fees?|credits?|commission|in return|in exchange|in consideration|revenue|payment|paid)\b"
_OFFERS = r"\b(?:offers?|introduce|their (?:own )?(?:plans|products|services|offers|marketing)|reach out|(?:may|can|will) (?:contact|call|write|e-?mail|approach)|lead generation|promot\w+)\b"
_PAID = Phrase(
    rf"\b(?:lists?|{_DATA[3:-1]})\b[^.;]*\b{_OTHERS}\b[^.;]*{_SUM}|\b{_OTHERS}\b[^.;]*\b(?:receives?|gets?|obtains?)\b[^.;]*\b{_DATA}\b[^.;]*{_SUM}|"
    r"(?:伙伴|经纪|推广公司|姊妹公司|关联公司|保险公司)[^。；]{0,30}(?:费用|报酬|佣金|返点|推荐费)|(?:费用|报酬|佣金|返点)[^。；]{0,20}(?:伙伴|推广公司)"
)
_OFFERED = Phrase(
    rf"\b{_OTHERS}\b[^.;]*{_OFFERS}[^.;]*\b{_DATA}\b|\b{_DATA}\b[^.;]*\b(?:made available|passed|given|receives?|shared|handed|go|goes|sent)\b[^.;]*\b{_OTHERS}\b[^.;]*{_OFFERS}|\b{_DATA}\b[^.;]*\b(?:passed|given|handed|sent)\b[^.;]*\b(?:lead generation|marketing) (?:firm|agency|company|partner)s?\b|"
    r"(?:同步|提供|共享|交换|转交|交给|分享)[^。；]{0,6}(?:给|至|予)?[^。；，]{0,6}(?:生态伙伴|合作伙伴|推广公司|保险经纪|姊妹公司|关联公司)[^。；]{0,4}，[^。；]{0,10}(?:联系|推广|推介|介绍|营销)|(?:交给|提供给|转交)[^。；，]{0,6}(?:推广|营销)公司"
)
_SWAPPED = Phrase(
    rf"\b(?:lists?|{_DATA[3:-1]})\b[^.;]*\b(?:exchang\w+|swapp\w+|pool\w*|traded)\b[^.;]*\b(?:with|among)\b[^.;]*\b{_OTHERS}\b|\b(?:exchange|swap|pool|trade)\b[^.;]*\b(?:lists?|{_DATA[3:-1]})\b[^.;]*\bwith\b[^.;]*\b{_OTHERS}\b|"
    r"与[^。；，]{0,8}(?:同行|其他(?:主机商|服务商|公司))[^。；，]{0,8}(?:交换|互换)"
)
_HARMLESS = Phrase(
    r"\b(?:consent\w*|if you|opt(?:ed)?[- ]in|agree\w*|with your|not|never|no|n't|aggregat\w+|anonym\w+|statistic\w*|on our behalf|by contract|registr(?:y|ies)|ask us|pays? (?:for|us)|payment (?:processor|provider)s?|receive (?:offers|newsletters))\b|同意|匿名|统计|不(?:会)?|注册局"
)


def _done(doc: Document, *phrases: Phrase) -> list[Hit]:
    hits = {
        hit.reading.index: hit
        for phrase in phrases
        for hit in doc.hits(phrase)
        if not hit.reading.told and not _HARMLESS.search(hit.reading.low)
    }
    return [hits[index] for index in sorted(hits)]


def lists_given(doc: Document) -> Iterator[Finding]:
    """Sold to nobody or given to nobody, and given for money or offers (rule confidentiality-conflict)."""
    for promised, acts, says in (
        (_SOLD, (_PAID,), "not sold, and given for something in return"),
        (_MARKETED, (_PAID, _OFFERED), "given to nobody for marketing, and given for offers"),
        (_CLOSED, (_PAID, _OFFERED, _SWAPPED), "given to nobody else, and given to others for their ends"),
    ):
        done = _done(doc, *acts)
        if not done:
            continue
        known = {hit.reading.index for hit in done}
        claims = [
            hit
            for hit in doc.hits(promised)
            if hit.reading.index not in known and not hit.reading.told and not _SPARED.search(hit.reading.low)
        ]
        if claims:
            yield report(
                "contradiction/confidentiality-conflict",
                "block",
                of([*claims, *done]),
                f"{says}: {quoted(claims)} against {quoted(done)}",
                hint="name who gets the data, for what, and with whose consent",
                law="GDPR Art. 13(1)(e); PIPL Art. 23; PDPO 35J-35K; FTC Act s. 5",
            )
            return
