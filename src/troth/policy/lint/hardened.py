"""Rights that are harder to use than the law makes them: own forms and procedures, keys, a part of the data only."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_RIGHT = r"(?:access|cop(?:y|ies)|deletion|erasure|correction|portability|request|receive|data)"
_HARD = Phrase(
    # tools that few people have
    rf"\b(?:provide|send|supply|include|submit|enclose|attach) (?:us )?(?:with )?(?:your|a|an) (?:\w+ )?(?:pgp|gpg|openpgp|s/mime)\b[^.;]{{0,60}}\b(?:key|certificate)\b[^.;]{{0,60}}\b(?:to|in order to|before)\b[^.;]{{0,20}}\b(?:receive|get|obtain|access)\b|"
    # one record, and nothing of the rest
    r"\b(?:ability|able|right|can|may) (?:to )?(?:access|view|see|obtain|request)\b[^.;]{0,20}\b(?:personal )?(?:data|information)\b[^.;]{0,12}\b(?:held|stored|contained|kept) (?:only )?in (?:their|your|the) (?:customer|billing|account|user|order|payment) (?:record|profile|section|data|page)s?\b(?![^.;]{0,60}\b(?:all|other) (?:data|information)\b)|"
    # corrections or deletions of what is wrong alone
    r"\brequests? (?:for )?(?:corrections? (?:or|and) )?(?:deletions?|erasure) of (?:only )?(?:inaccurate|incorrect|false|outdated|wrong)\b|"
    # the company's own rules before those of the law
    rf"\b(?:rights?|requests?)\b[^.;]{{0,40}}\b(?:subject to|limited by|depends? on|in accordance with|only (?:in|under)) (?:our|the company's|its) (?:\w+ )?(?:procedures?|rules|policies|approval|conditions|requirements)\b|"
    rf"\b(?:notari[sz]ed|certified|registered) (?:\w+ )?(?:letter|mail|copy|copies|request|identification)\b[^.;]{{0,80}}\b{_RIGHT}|\b{_RIGHT}\b[^.;]{{0,80}}\b(?:only )?(?:by|via|through|in) (?:a )?(?:notari[sz]ed|certified|registered) (?:letter|mail|form)\b|"
    # never a word on orders, whatever the law allows
    r"\b(?:not|never) (?:disclose|tell|reveal|inform|confirm)\b[^.;]{0,40}\b(?:any|the) (?:user|customer|person|body)?\b[^.;]{0,30}\b(?:existence|nonexistence|receipt)\b[^.;]{0,30}\b(?:of (?:any|an|such|the) (?:court )?(?:order|request|warrant|subpoena)s?)\b|"
    r"不符合[^。；，]{0,8}(?:申请)?(?:程序|流程|条件|要求|规定)[^。；]{0,24}(?:限制|拒绝|不予|无法|不受理)|(?:权利|请求|申请)[^。；]{0,20}(?:须|应|需)(?:当)?(?:经|符合)(?:本公司|我们|本网站|平台)[^。；，]{0,8}(?:同意|审核|批准|程序)|"
    r"(?:保留|留存|存档)[^。；]{0,40}(?:并且?|且)?(?:无法|不能|不会|不予)(?:按|依|应)(?:照)?(?:您|用户)的?(?:要求|请求|申请)[^。；，]{0,4}(?:删除|清除)"
)
_FAIR = Phrase(
    r"\b(?:or by|alternatively|also|if you (?:wish|prefer|like)|optional\w*|you may also|unencrypted if)\b|法律(?:另有|明确)规定除外"
)


def hardened(doc: Document) -> Iterator[Finding]:
    """Conditions on rights that the law does not know (rule right-narrowed)."""
    hits = [h for h in doc.hits(_HARD) if not _FAIR.search(h.reading.low)]
    if hits:
        yield report(
            "risky-promise/right-narrowed",
            "warn",
            of(hits),
            f"the right is harder to use, or smaller, than in the law: {quoted(hits)}",
            hint="grant it for all data, in any form, within the time of the law; name the exceptions of the law and no others",
            law="GDPR Art. 12(2)-(3), 15-20; PIPL Art. 44-50; PDPA (TW) Art. 3; PIPEDA 4.9; PDPO s. 18-22",
        )


DETECTORS = (hardened,)
