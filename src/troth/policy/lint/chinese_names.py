"""Names in Chinese texts: the text under several, a short name given twice, a word spelt in two ways, who "you" is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_LAW = "GDPR Art. 12(1); PIPL Art. 17"
_OWN = Phrase(
    r"(?:(?:本|此)《?|(?:我们|flow)的|制定的?[^。；，]{0,8}|^)(隐私(?:权)?(?:保护)?(?:政策声明|政策|声明|策略|条款|制度|条约)|策略(?=[^。；，]{0,4}(?:未载明|未列明)))"
)
_OTHERS = Phrase(r"(?:第三方|运营商|开发者|合作|其|他们|该等|sdk|网站|服务)的?(?:适用的?)?$")
_STANDING = Phrase(r"^[》”\"]?(?:及|和|与|、)?(?:用户协议|服务协议)")


def document_names(doc: Document) -> Iterator[Finding]:
    """The text itself under several names (rule name-inconsistent)."""
    if not doc.chinese:
        return
    used: dict[str, Reading] = {}
    for r in doc.readings:
        for match in _OWN.finditer(r.low.replace("的隐私", "的隐私")):
            if not _OTHERS.search(r.low[: match.start(1)]) and (not r.heading or r.index < 2):
                used.setdefault(match[1], r)
    if len(used) > 1:
        yield report(
            "drafting-error/name-inconsistent",
            "info",
            used.values(),
            f"the text is called by several names: {quote(used)}",
            hint="use one name",
        )


_SHORT = Phrase(
    r"([^，。；：（(、\s]{2,16})[（(](?:以下|下)?(?:简称|统称|称|合称)(?:为)?[“\"「『']([^”\"」』']{1,10})[”\"」』']"
)


def short_names(doc: Document) -> Iterator[Finding]:
    """One short name given to two things (rule term-inconsistent)."""
    given: dict[str, dict[str, Reading]] = {}
    for r in doc.body:
        for match in _SHORT.finditer(r.low):
            given.setdefault(match[2], {}).setdefault(match[1], r)
    for name, things in given.items():
        if len(things) > 1 and name not in {"您", "我们", "你"}:
            yield report(
                "undefined-term/term-inconsistent",
                "warn",
                things.values(),
                f"one short name for several things: {quote([name])} for {quote(things)}",
                hint="give each thing a name of its own",
                law=_LAW,
            )


_LATIN = Phrase(r"(?<![A-Za-z0-9@./_:-])[A-Za-z]{4,16}(?![A-Za-z0-9@/_:-]|\.[a-z])")
_ORDINARY = frozenset(
    "cookie cookies android https http flash email web wifi login click url html java".split()
)


def spellings(doc: Document) -> Iterator[Finding]:
    """A foreign name in capitals of two kinds, as "SendKey" and "Sendkey" (rule term-inconsistent)."""
    if not doc.chinese:
        return
    forms: dict[str, dict[str, Reading]] = {}
    for r in doc.body:
        for match in _LATIN.finditer(r.text):
            word = match[0]
            if word.lower() not in _ORDINARY and not word.isupper() and "http" not in r.low[: match.start()]:
                forms.setdefault(word.lower(), {}).setdefault(word, r)
    twice = {key: held for key, held in forms.items() if len(held) > 1 and not _begun(held)}
    if twice:
        yield report(
            "undefined-term/term-inconsistent",
            "info",
            [r for held in twice.values() for r in held.values()],
            f"one name in two spellings: {quote(form for held in twice.values() for form in held)}",
            hint="write it in one way, and say once what it is",
        )


def _begun(held: dict[str, Reading]) -> bool:
    """Whether the forms differ in the first letter only and one of them begins its unit, as after a bullet."""
    return any(r.text.lstrip(' -•*"“').startswith(form) and form[0].isupper() for form, r in held.items())


_YOU = Phrase(r"([^，。；：（(、\s]{2,12})[（(](?:以下|下)?(?:简称|统称|称)(?:为)?[“\"「『']您[”\"」』']")


def addressed(doc: Document) -> Iterator[Finding]:
    """Who is called "you" is somebody else in another sentence (rule term-inconsistent)."""
    for r in doc.body:
        match = _YOU.search(r.low)
        role = re.sub(r"^.*(?:协助|向|为|作为|帮助|与)", "", match[1]) if match else ""
        if len(role) < 2:
            continue
        phrase = Phrase(
            rf"您[^。]{{0,40}}第三方{re.escape(role)}|您[^。]{{0,30}}该(?:第三方)?{re.escape(role)}"
        )
        other = [x for x in doc.body if x is not r and phrase.search(x.low)]
        if other:
            yield report(
                "undefined-term/term-inconsistent",
                "warn",
                (r, *other),
                f'"you" is the {quote([role])}, and in another sentence somebody who uses their product',
                hint="say for each part to whom it speaks, and who has which rights",
                law=_LAW,
            )
            return


_FIRM = Phrase(
    r"个人(?:信息|数据)(?:[:：]|包括|，如|，包括)\s?(?:公司|企业)(?:名称|全称)|个人(?:信息|数据)[:：][^。]{0,40}(?:统一社会信用代码|组织机构代码|纳税人识别号|发票抬头)"
)


def firms(doc: Document) -> Iterator[Finding]:
    """Data of companies called personal (rule term-inconsistent)."""
    hits = [h for h in doc.hits(_FIRM) if h.reading.cjk]
    if hits:
        yield report(
            "undefined-term/term-inconsistent",
            "info",
            of(hits),
            f"data of companies is called personal: {quoted(hits)}",
            hint="name personal data and data of companies apart; rights belong to the first",
            law="PIPL Art. 4",
        )


_FORMAL = Phrase(r"您")
_FAMILIAR = Phrase(r"你(?!们|好)")
_FEW = 5


def two_persons(doc: Document) -> Iterator[Finding]:
    """The reader addressed in two ways (rule typo)."""
    if not doc.chinese:
        return
    polite = [r for r in doc.body if _FORMAL.search(r.low)]
    plain = [Hit(r, m[0]) for r in doc.body for m in (_FAMILIAR.search(r.low),) if m]
    if plain and len(polite) >= _FEW * 1 and len(plain) < len(polite):
        yield report(
            "drafting-error/typo",
            "info",
            of(plain),
            'the reader is addressed as "你" here and as "您" elsewhere',
            hint="use one of the two",
        )


DETECTORS = (document_names, short_names, spellings, addressed, firms, two_persons)
