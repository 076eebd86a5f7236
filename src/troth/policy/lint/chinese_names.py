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


_TERMS_OF = Phrase(r"(?<!《)(?:使用者|用户者|使用|服务|用户|会员|网站)(?:服务)?条款(?!》)")


def terms_names(doc: Document) -> Iterator[Finding]:
    """The terms of the site under several names (rule term-inconsistent)."""
    used: dict[str, list[Reading]] = {}
    for r in doc.body:
        for match in _TERMS_OF.finditer(r.low):
            used.setdefault(match[0], []).append(r)
    if doc.chinese and len(used) > 1:
        yield report(
            "undefined-term/term-inconsistent",
            "info",
            [r for rs in used.values() for r in rs],
            f"several names for the terms: {quote(used)}",
            hint="use one name throughout, and link the text",
            law="PIPL Art. 17(1); PDPA (TW) Art. 8",
        )


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


_TITLED = Phrase(r"《([^》]{0,16}?)(隐私(?:权)?(?:保护)?(?:政策|协议|声明|条款))》")


def titles(doc: Document) -> Iterator[Finding]:
    """One document of this company under two titles in book marks (rule name-inconsistent)."""
    used: dict[str, dict[str, Reading]] = {}
    for r in doc.body:
        for match in _TITLED.finditer(r.low):
            used.setdefault(match[1], {}).setdefault(match[2], r)
    for name, kinds in used.items():
        beside = re.search(rf"《{re.escape(name)}[^》]*》[和及与、或以]{{1,2}}《{re.escape(name)}", doc.low)
        if len(kinds) > 1 and not beside:
            yield report(
                "drafting-error/name-inconsistent",
                "info",
                kinds.values(),
                f"the text is called by several names: {quote(name + kind for kind in kinds)}",
                hint="use one name",
            )


_CALLED = Phrase(r"(?:称为|简称(?:为)?|统称为)[“\"「『']([\u4e00-\u9fff]{3,8})[”\"」』']")
_SUBJECT = r"(?:不会|将|可能|会|有权|网站|公司|尊重|承诺|收集|使用)"


def halves(doc: Document) -> Iterator[Finding]:
    """Half of a defined name that acts as somebody else (rule term-inconsistent)."""
    low = doc.low
    told: set[str] = set()
    for name in dict.fromkeys(m[1] for r in doc.body for m in _CALLED.finditer(r.low)):
        for size in range(2, len(name) - 1):
            half = re.compile(
                rf"(?<![\u4e00-\u9fff]){name[:size]}(?!{name[size:]})(?={_SUBJECT})|(?:访问|在){name[:size]}网站"
            )
            held = [r for r in doc.body if half.search(r.low)]
            defined = re.search(rf"[“\"「]{name[:size]}[”\"」]", low)
            if len(held) > 1 and not defined and name[:size] not in told:
                told.add(name[:size])
                yield report(
                    "undefined-term/term-inconsistent",
                    "info",
                    held,
                    f"half of a defined name acts, and nothing says who that is: {quote([name[:size], name])}",
                    hint="name the company once, and its product apart",
                    law=_LAW,
                )
                break


_MERGED = Phrase(
    r"(?:去标识化?[/／、或及和与]匿名化?|匿名化?[/／、或及和与]去标识化?)[^。；，]{0,3}[：:]?[”\"]?(?:是|均)?指"
)


def merged(doc: Document) -> Iterator[Finding]:
    """De-identified and anonymous defined as one (rule term-undefined)."""
    hits = list(doc.hits(_MERGED))
    if hits:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(hits),
            f"two things of the law are defined as one, and only anonymous data leaves it: {quoted(hits)}",
            hint="define the two apart, and say which is done where",
            law="PIPL Art. 4, 73",
        )


_RARE = (
    "指纹",
    "面部特征",
    "人脸",
    "身份证件号码",
    "身份证号",
    "通讯录",
    "虚拟货币",
    "收货地址",
    "精准定位",
    "精确定位",
)
_GLOSSARY = Phrase(r"^本?(?:隐私)?(?:政策|声明)中?涉及的(?:个人)?(?:敏感)?(?:个人)?信息包括|是指")


def unused(doc: Document) -> Iterator[Finding]:
    """Sensitive data listed among the definitions, and nothing that uses it (rule term-undefined)."""
    if not doc.chinese:
        return
    glossary = [r for r in doc.body if _GLOSSARY.search(r.low)]
    rest = "\n".join(r.low for r in doc.body if r not in glossary and not doc.explains(r))
    named = {w: r for r in glossary for w in _RARE if w in r.low and w not in rest}
    if len(named) > 1:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            named.values(),
            f"sensitive data stands in the definitions, and no sentence collects or uses it: {quote(named)}",
            hint="define only what the text uses, and say for each item why it is taken",
            law="PIPL Art. 6, 17(1)(2)",
        )


_HASH = r"(?:argon2|bcrypt|scrypt|pbkdf2|sha-?\d+|md5|哈希|散列|杂湊)"
_CIPHER = Phrase(rf"{_HASH}[^。；，]{{0,16}}加密|加密[^。；，]{{0,10}}{_HASH}")
_SEALED = Phrase(r"密码[^。；，]{0,2}[（(][^）)]{0,6}加密")


def hashed(doc: Document) -> Iterator[Finding]:
    """A hash called encryption (rule term-inconsistent)."""
    hits = [h for h in doc.hits(_CIPHER) if "密码" in h.reading.low or "口令" in h.reading.low]
    sealed = [h for h in doc.hits(_SEALED) if h.reading.cjk]
    if hits and sealed:
        yield report(
            "undefined-term/term-inconsistent",
            "info",
            (*of(sealed), *of(hits)),
            f"hashing is called encryption, which can be undone: {quoted([*sealed, *hits])}",
            hint="say that passwords are hashed, with which method, and what is encrypted besides",
            law="PIPL Art. 51; GDPR Art. 32",
        )


DETECTORS = (
    document_names,
    terms_names,
    titles,
    short_names,
    halves,
    merged,
    unused,
    hashed,
    spellings,
    addressed,
    firms,
    two_persons,
)
