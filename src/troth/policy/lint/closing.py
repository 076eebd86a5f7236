"""Accounts that only the company can close, and what happens to the data once they are closed."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.spans import spans

_CLOSE = (
    r"(?:clos(?:e|ing)|delet(?:e|ing)|cancel(?:ling)?|deactivat(?:e|ing)|terminat(?:e|ing)|remov(?:e|ing))"
)
# no button: people have to ask
_ASK = Phrase(
    rf"\b(?:you|users?|customers?|members?)\b[^.;]{{0,20}}\b(?:can ?not|can't|are (?:not|un)(?: currently)? ?able to|unable to|may not|do not have the (?:option|ability) to)\b[^.;]{{0,24}}\b{_CLOSE}\b[^.;]{{0,24}}\baccounts?\b|"
    rf"\baccounts? (?:can ?not|can't) be (?:closed|deleted|cancelled|deactivated|removed) (?:by (?:you|users|customers|members)|(?:by )?yourself|online|from within|in the (?:app|panel|portal))|"
    rf"\b(?:there is|we (?:offer|provide|have)) (?:currently |at present )?no (?:\w+ )?(?:way|button|option|function|possibility|self-service)\b[^.;]{{0,24}}\b{_CLOSE}\b[^.;]{{0,16}}\baccounts?\b|"
    r"(?:用户|您|客户|会员)?(?:现|目前|暂|尚|暂时)?(?:不能|无法|不支持|未提供|未开放)[^。；，]{0,8}(?:自行|自主|主动|自助|在线|直接)[^。；，]{0,10}(?:注销|销毁|关闭|删除)|(?:注销|销毁|关闭)(?:账号|账户|帐号|帐户)[^。；]{0,8}(?:只能|仅能|须|必须)[^。；，]{0,8}(?:联系|联络|致电|书面|邮寄)"
)
_SAFE = Phrase(
    r"\b(?:while|until|unless|if you (?:have|owe)|outstanding|unpaid|open (?:orders?|invoices?)|active (?:services?|domains?)|other (?:users?|people)|someone else|other than your own)\b|未结清|欠费|他人|未到期"
)
# closed, and the data is only used less
_LESS = Phrase(
    r"\b(?:after|once|when|following|upon)\b[^.;]{0,30}\b(?:(?:clos|delet|cancel|deactivat|terminat)\w*\b[^.;]{0,30}\baccounts?|accounts?\b[^.;]{0,20}\b(?:clos|delet|cancel|deactivat|terminat)\w*)\b[^.;]{0,60}\b(?:no longer|not|stop|cease)\b[^.;]{0,16}\b(?:us(?:e|ing)|process(?:ing)?|exploit|market)\b[^.;]{0,60}\b(?:commercial\w*|marketing|advertis\w+|promotion\w*|business purposes?)\b|"
    r"\b(?:no longer|not|stop|cease)\b[^.;]{0,16}\b(?:us(?:e|ing)|exploit)\b[^.;]{0,40}\b(?:commercial\w*|marketing|advertis\w+|promotion\w*)\b[^.;]{0,40}\b(?:after|once|when|following|upon)\b[^.;]{0,30}\b(?:clos|delet|cancel|deactivat|terminat)\w*\b[^.;]{0,20}\baccounts?\b|"
    r"(?:账户|账号|帐户|帐号)?(?:注销|销毁|关闭|终止)(?:之?后|完成后)[^。；]{0,24}(?:不(?:会|再|得)|停止)[^。；]{0,16}(?:商业|营销|推广|广告|商用)"
)
_GONE = Phrase(
    r"\b(?:delet|eras|destroy|anonymi[sz]|purg)\w*\b[^.;]{0,80}\b(?:data|information|records|details|content)\b|\b(?:data|information|records|details|content)\b[^.;]{0,60}\b(?:delet|eras|destroy|anonymi[sz]|purg)\w*|(?:删除|匿名化|清除|销毁)[^。；，]{0,10}(?:信息|资料|数据)|(?:信息|资料|数据)[^。；，]{0,16}(?:删除|匿名化|清除)"
)


# an account that is deleted is no data that is deleted
_ACCOUNT = Phrase(
    r"\b(?:clos|delet|cancel|deactivat|terminat)\w*\b[^.;]{0,20}?\baccounts?\b|\baccounts?\b[^.;]{0,20}?\b(?:clos|delet|cancel|deactivat|terminat)\w*"
)


def by_hand(doc: Document) -> Iterator[Finding]:
    """Accounts that people can not close themselves (rule optout-burden)."""
    hits = [h for h in doc.hits(_ASK) if not _SAFE.search(h.reading.low)]
    if hits:
        yield report(
            "risky-promise/optout-burden",
            "warn",
            of(hits),
            f"people can not close their account themselves: {quoted(hits)}",
            hint="let people close it where they opened it, as easily",
            law="PIPL Art. 15, 47, 50; GDPR Art. 7(3), 12(2), 25",
        )


def left(doc: Document) -> Iterator[Finding]:
    """After the account is closed the data is used less, and nothing says when it goes (rule retention-indefinite)."""
    hits = [
        h
        for h in doc.hits(_LESS)
        if not spans(h.reading.low)
        and not any(_GONE.search(_ACCOUNT.sub(" ", r.low)) for r in doc.near(h.reading, 1, 1))
    ]
    if hits:
        yield report(
            "risky-promise/retention-indefinite",
            "warn",
            of(hits),
            f"after the account is closed the data stays, without a term, and only some uses end: {quoted(hits)}",
            hint="delete or anonymise it, or say which records the law keeps and for how long",
            law="PIPL Art. 19, 47; GDPR Art. 5(1)(e), 17",
        )


DETECTORS = (by_hand, left)
