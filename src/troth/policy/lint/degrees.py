"""Degrees that decide a duty and that nothing measures: "significant" changes, a "more prominent" notice, open cases."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.spans import spans

_LAW = "GDPR Art. 12(1); PIPL Art. 17(1)-(2)"

_CHANGE = r"(?:changes?|modifications?|amendments?|revisions?|updates?|alterations?)"
_GREAT = r"(?:significant|material|major|substantial|substantive|fundamental|important|considerable)"
_GREATER = Phrase(
    rf"\b(?:{_GREAT} (?:\w+ )?{_CHANGE}|(?:chang|modif|amend|revis|updat|alter)\w*\b[^.;]{{0,40}}\b(?:significantly|materially|substantially)|"
    rf"{_CHANGE} (?:that (?:is|are)|(?:is|are)) {_GREAT})\b|(?:重大|实质性?|重要)的?(?:变更|变化|修订|修改|调整|更新)"
)
# what somebody does only for such a change: the degree decides whether a duty exists
_OWED = Phrase(
    r"\b(?:notif\w+|notice|inform|e-?mail|tell|announce\w*|alert|advise|consent|post|highlight)\b|通知|告知|公告|提示|同意|公布"
)
_MEASURED = Phrase(
    rf"\b{_GREAT} (?:\w+ )?{_CHANGE}(?: ?[:(]|[^.;]{{0,40}}\b(?:such as|including|includes?|means?|for example|like|for instance|i\.e|e\.g|namely|which (?:affect|reduce|expand)|that (?:affect|reduce|expand|impact|adversely))\b)|"
    rf"\b(?:changes?|amendments?|it|they) (?:is|are|counts? as|qualif\w+ as) {_GREAT} (?:if|when|where)\b|"
    rf"\b(?:consider|regard|treat|count|deem)\w* [^.;]{{0,60}}\b(?:significant|material|major|substantial)\b|"
    rf"\b(?:such as|including|means) [^.;]{{3,80}}\b(?:material|significant|major|substantial) {_CHANGE}|\bwhat (?:constitutes|is|counts as) an? {_GREAT}|"
    r"(?:重大|实质性?|重要)的?(?:变更|变化|修订|修改|调整|更新)[^。；]{0,8}(?:包括|如|例如|指|是指|：|:|（|\()|[（(](?:如|例如)[^）)]{0,12}(?:重大|重要)的?(?:变更|变化)|(?:如|包括|例如)[^。；]{2,60}等?(?:重大|实质性?|重要)的?(?:变更|变化)|"
    r"(?:实质减少|重大减损|减少您[^。；]{0,12}权利)"
)
_LOUDER = Phrase(
    r"\b(?:a )?(?:more|particularly|especially) (?:prominent|conspicuous|noticeable|visible|direct|explicit|obvious) (?:notice|notification|announcement|manner|way|form)\b|"
    r"更[为加]?(?:显著|醒目|明显|突出)的?(?:方式|通知|提示|公告|形式)?"
)
_SHOWN = Phrase(
    r"\b(?:e-?mail|mail|banner|pop-?ups?|home ?page|text message|sms|dashboard|log ?in|push|letter|message|website|site)\b|[(（]|公示|邮件|短信|弹窗|站内信|横幅|首页|推送|公告形式|私信"
)


_MESSAGE = Phrase(
    r"^\W*(?:向[^。；，]{1,4})?(?:发送|寄送|推送|提供|发布)[^。；，]{0,16}(?:通知|公告|消息|信息|政策更新)"
)


def changes(doc: Document) -> Iterator[Finding]:
    """Notice or consent owed for changes of a degree that the text does not measure (rule term-undefined)."""
    # days ahead for such a change are a duty that people can count on
    hits = [
        h
        for h in doc.hits(_GREATER)
        if _OWED.search(h.reading.low)
        and not h.reading.told
        and not spans(h.reading.low)
        # a kind of message among others, sent without regard to the degree
        and not (h.reading.sentence.element == "bullet" and _MESSAGE.match(h.reading.low))
    ]
    if hits and any(_MEASURED.search(r.low) for r in doc.body):
        hits = []
    louder = [
        h
        for h in doc.hits(_LOUDER)
        if not any(_SHOWN.search(r.low.replace(h.words.lower(), " ")) for r in doc.near(h.reading, 0, 1))
    ]
    if hits or louder:
        yield report(
            "undefined-term/term-undefined",
            "warn" if louder else "info",
            of((*hits, *louder)),
            f"a duty depends on a degree that nothing in the text measures: {quoted((*hits, *louder))}",
            hint="list what counts (new purposes, recipients, countries, fewer rights), and how and how long ahead people are told",
            law=_LAW,
        )


_CASES = Phrase(
    r"\b(?:in|under) (?:certain|some|particular|limited|specific) (?:\w+ )?(?:situations|circumstances|cases|conditions),? ?[(,]? ?(?:such as|e\.g\.?|for example|for instance|including)|"
    r"(?:在|于)?(?:某些|特定|部分|一定)(?:的)?(?:情况|情形|条件)下?(?:[（(，,]?(?:例如|比如|如|包括))"
)
_RIGHT = Phrase(
    r"\byou (?:may|can|have the right to) (?:\w+ ){0,3}?(?:request|ask|demand|require|object|delete|erase|restrict)|\bright to (?:deletion|erasure|access|correct\w*|rectif\w*|restrict\w*|object\w*|portab\w*)|您(?:可以|有权)(?:要求|请求)"
)


def cases(doc: Document) -> Iterator[Finding]:
    """A right for "certain" cases of which only examples are given (rule term-undefined)."""
    hits: list[Hit] = [h for h in doc.hits(_CASES) if _RIGHT.search(h.reading.low)]
    if hits:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(hits),
            f"a right depends on cases of which only examples are given: {quoted(hits)}",
            hint="list the cases, or point to the article of the law that lists them",
            law="GDPR Art. 12(1), 13(2)(b); PIPL Art. 17(1)(3)",
        )


DETECTORS = (changes, cases)
