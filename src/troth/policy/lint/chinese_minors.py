"""Minors in Chinese texts: rules for children that lack, and ages that do not fit each other."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_MINOR = Phrase(r"未成年|监护人|\b(?:minors?|guardians?)\b")
_FOURTEEN = Phrase(r"14|十四|儿童|\bchild(?:ren)?\b")
_NOBODY = Phrase(
    r"(?:不|仅|只|均不)[^。；]{0,10}(?:向|面向|为|供|适用于)[^。；]{0,6}(?:未成年|18|十八|企业|单位|法人|成年)|(?:须|应|必须)(?:已)?(?:年满|成年|满)[^。；]{0,4}(?:18|十八|成年)|未成年人?(?:不得|请勿|不可|不应|禁止)"
)


def under_fourteen(doc: Document) -> Iterator[Finding]:
    """Minors, and no rule for children under 14 (rule children-incomplete)."""
    if "CN" not in doc.places or not doc.chinese:
        return
    told = list(doc.hits(_MINOR))
    handled = [h for h in told if h.reading.acts & {"collect", "use", "share"} or "同意" in h.reading.low]
    if handled and not any(_FOURTEEN.search(h.reading.low) for h in told) and not doc.says(_NOBODY):
        yield report(
            "missing-mandatory/children-incomplete",
            "warn",
            of(handled),
            f"minors are spoken of, and nothing is said of children under 14: {quoted(handled)}",
            hint="treat their data as sensitive: rules of their own, consent of a parent, a person in charge",
            law="PIPL Art. 28, 31",
        )


_YEARS = {"十三": 13, "十四": 14, "十六": 16, "十八": 18, "二十": 20, "未成年": 18, "儿童": 14}
_AGE = r"(\d{2}|十三|十四|十六|十八|二十) ?(?:周)?岁|(未成年)人?|(儿童)"
# who may use the service, from which age
_FOR = Phrase(
    r"(?:适用于|面向|供|提供给)(?:年满|满)?[^。；，]{0,6}?(\d{2}|十三|十四|十六|十八|二十) ?(?:周)?岁(?:及)?(?:以上)?[^。；，]{0,6}(?:用户|人士|使用者|的人|成年)|"
    r"(?:须|应|必须)(?:年满|满) ?(\d{2}|十三|十四|十六|十八|二十) ?(?:周)?岁"
)
_NOT_TAKEN = Phrase(
    rf"不(?:会)?(?:故意|有意|主动|蓄意)?(?:收集|获取|索取)(?:任何)?(?:来自|未满|不满)?[^。；，]{{0,3}}?(?:{_AGE})(?:以下|以内)?[^。；，]{{0,8}}(?:信息|资料|数据)"
)
_ADMITTED = Phrase(
    rf"(?:若|如|如果)?(?:您|用户)?[^。；，]{{0,6}}(?:未满|不满|是|为)? ?(?:{_AGE})[^。；]{{0,24}}(?:同意|指导|陪同|监护)(?:下|后)?[^。；，]{{0,10}}(?:使用|注册|访问|提供)"
)
_MAINLY = Phrase(r"主要(?:面向|针对|供)[^。；，]{0,6}(\d{2}|十四|十六|十八) ?(?:周)?岁")
_BARRED = Phrase(
    r"(?:未满|不满) ?(\d{2}|十四|十六|十八) ?(?:周)?岁[^。；，]{0,10}(?:不得|禁止|不能|不可|请勿)"
)


def _years(words: tuple[str | None, ...]) -> int:
    word = next((w for w in words if w), "0")
    return int(word) if word.isdigit() else _YEARS.get(word, 0)


def _aged(doc: Document, phrase: Phrase) -> list[tuple[int, Hit]]:
    """The sentences of a kind with the age that each names."""
    found = []
    for hit in doc.hits(phrase):
        match = phrase.search(hit.reading.low) if hit.reading.cjk else None
        if match:
            found.append((_years(match.groups()), hit))
    return found


_SAID = (
    (
        _ADMITTED,
        _NOT_TAKEN,
        "people of this age may come in with consent ({}), and no data of theirs is taken ({})",
        0,
    ),
    (_FOR, _NOT_TAKEN, "the service is for one age ({}), and data is refused below another ({})", 1),
    (_MAINLY, _BARRED, "the service is mainly for an age ({}), and nobody below it may use it ({})", 0),
)


def ages(doc: Document) -> Iterator[Finding]:
    """Who is admitted and whose data is not taken; two ages; "mainly" and "only" (rules children-conflict, children-age-conflict)."""
    if not doc.chinese:
        return
    for one, other, wrong, apart in _SAID:
        first, second = _aged(doc, one), _aged(doc, other)
        pairs = [(a, b) for m, a in first for n, b in second if (m > n if apart else m == n) and n]
        if pairs:
            ones, others = [a for a, _ in pairs], [b for _, b in pairs]
            yield report(
                "contradiction/children-age-conflict" if apart else "contradiction/children-conflict",
                "warn",
                (*of(ones), *of(others)),
                wrong.format(quoted(ones), quoted(others)),
                hint="set one age, and say what holds below it and how it is checked",
                law="PIPL Art. 28, 31; PDPA (TW) Art. 7",
            )


CHILDREN = Wording(
    "risky-promise/children-consent",
    "warn",
    "children's data is used or published on any one of several grounds, the consent of parents only one of them",
    "ask a parent each time, publish nothing of children, and write rules of their own",
    "PIPL Art. 28, 31; COPPA",
    Phrase(
        r"(?:法律|法规)(?:所)?允许、[^。；]{0,24}(?:或者?)[^。；]{0,16}(?:必要|需要)[^。；]{0,10}(?:使用|公开|披露)[^。；]{0,12}(?:信息|资料|披露)"
    ),
    Phrase(r"不(?:会)?(?:公开|披露)"),
)

WORDINGS = (CHILDREN,)
DETECTORS = (under_fourteen, ages)
