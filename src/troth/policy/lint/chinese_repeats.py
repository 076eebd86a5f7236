"""What stands twice in a Chinese text: enumerations of data, items of two lists, promises side by side, clauses in two sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from troth.model.finding import Finding
from troth.policy.lint.chinese_words import ADDRESS
from troth.policy.lint.counterparts import counterparts
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_HINT = "keep one, so that the two can not drift apart"
_ASIDE = Phrase(r"[（(][^（）()]{0,12}[）)]")
_LEAD = Phrase(r"^.*(?:[:：(（]|包括但不限于|包括|例如|譬如|比如|诸如|您的|(?<!例)如(?!果|何|下))")
_SIZES = range(2, 13)
_SAME_ITEMS, _SHARE = 4, 0.5
_MOST = 400  # pairs; a text that repeats itself more often is told so often enough


def _enumerated(reading: Reading) -> frozenset[str]:
    """The items of an enumeration of Chinese words."""
    if reading.low.count("、") < _SAME_ITEMS - 1:
        return frozenset()
    items = set()
    for clause in re.split(r"[。；;]", _ASIDE.sub("", reading.low)):
        for item in re.split(r"[、，]|以及|和", clause):
            word = _LEAD.sub("", item).strip(' 等"”“）)').removesuffix("信息")
            if len(word) in _SIZES and not word.isdigit():
                items.add(word)
    return frozenset(items)


_PASSED = Phrase(r"共享|披露|转让|委托|接收方|出境|跨境|第三方")
_OCCASION = Phrase(r"在?(?:您|你|用户)([^，。；：]{2,20})时")
_COMMON = frozenset("申请 使用 需要 我们 您在 提交 服务 进行 选择 和申 在您".split())


def _parallel(one: Reading, other: Reading) -> bool:
    """Whether one says what is collected and the other what is passed on, which each need their list."""
    if counterparts(one, other):
        return True
    titles = [" ".join((*r.sentence.section[-1:], r.lead, r.low[:30])) for r in (one, other)]
    return len({_PASSED.search(title) is not None for title in titles}) > 1


def _same_occasion(one: Reading, other: Reading) -> bool:
    """Whether both say on which occasion the data is given, and it is the same one."""
    held = [
        {m[1][n : n + 2] for m in _OCCASION.finditer(r.low[:40]) for n in range(len(m[1]) - 1)} - _COMMON
        for r in (one, other)
    ]
    return bool(held[0] & held[1])


def enumerations(doc: Document) -> Iterator[Finding]:
    """The same kinds of data enumerated in two places (rule duplicate-clause)."""
    listed = [(r, items) for r in doc.body if r.cjk and len(items := _enumerated(r)) >= _SAME_ITEMS]
    for count, ((one, first), (other, second)) in enumerate(combinations(listed, 2)):
        if count > _MOST:
            return
        both = len(first & second)
        if both < _SAME_ITEMS or other.index - one.index < 2:
            continue
        enough = both >= _SHARE * min(len(first), len(second)) or _same_occasion(one, other)
        if enough and one.sentence.paragraph != other.sentence.paragraph:
            if _parallel(one, other) or one.low == other.low or one.refuses != other.refuses:
                continue
            yield report(
                "duplicate/duplicate-clause",
                "info",
                (one, other),
                f"the same data is enumerated twice: {quote(sorted(first & second))}",
                hint="keep one list of each kind of data, so that the two can not drift apart",
            )


_ITEM = 10
_ROWS = 3


def _core(reading: Reading) -> str:
    return re.sub(r"^[\W\d①-⑳]+|[\W]+$", "", reading.low)


def rows(doc: Document) -> Iterator[Finding]:
    """Several items of one list again in another list (rule duplicate-item)."""
    sections: dict[tuple[str, ...], dict[str, Reading]] = {}
    for r in doc.body:
        if r.cjk and len(_core(r)) >= _ITEM and (r.sentence.element == "bullet" or r.lead):
            sections.setdefault(tuple(r.sentence.section), {})[_core(r)] = r
    for (_, one), (_, other) in combinations(sections.items(), 2):
        both = [key for key in one if key in other]
        if len(both) >= _ROWS:
            yield report(
                "duplicate/duplicate-item",
                "info",
                [held[key] for key in both for held in (one, other)],
                f"{len(both)} items stand in two lists: {quote(both)}",
                hint="write the cases down once, and refer to them",
            )
            return


_TAIL = 7
_WITHIN = 12


def _common(one: str, other: str) -> int:
    """The length of the longest run of characters that both end with."""
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def grounds(doc: Document) -> Iterator[Finding]:
    """One ground twice in a list: "to comply with the law", "we believe that we have to comply with the law" (rule duplicate-item)."""
    items = [
        r for r in doc.body if r.cjk and r.low.lstrip("-• ①②③④⑤⑥").startswith(("遵守", "为遵守", "我们有"))
    ]
    for one, other in combinations(items, 2):
        if not 0 < other.index - one.index <= _WITHIN or one.sentence.section != other.sentence.section:
            continue
        first, second = _core(one), _core(other)
        shorter = min(first, second, key=len)
        if first != second and _common(first, second) >= max(_TAIL, 0.7 * (len(shorter) - 2)):
            yield report(
                "duplicate/duplicate-item",
                "info",
                (one, other),
                f"the same ground stands twice in a list: {quote([one.text, other.text])}",
                hint="keep one",
            )
            return


_PAIRS = 16
_NEAR, _BESIDE = 0.82, 0.5
_NEAR_LONG = 0.74
_LONG, _SAME_TAIL = 30, 0.4  # of sentences that end alike


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[n : n + 2] for n in range(len(text) - 1))


def _alike(one: str, other: str) -> float:
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def promises(doc: Document) -> Iterator[Finding]:
    """Nearly the same sentence again, far away or as the next one (rule duplicate-clause)."""
    if not doc.chinese:
        return
    said = [
        (r, ADDRESS.sub("", _core(r)))
        for r in doc.body
        if r.cjk and len(r.low) >= _PAIRS and not _rows_alike(r)
    ]
    long = [(r, core) for r, core in said if len(core) > _TAIL]
    ends: dict[str, list[tuple[Reading, str]]] = {}
    for reading, core in long:
        ends.setdefault(core[-_TAIL:], []).append((reading, core))
    for held in ends.values():
        for (one, first), (other, second) in combinations(held[:6], 2):
            likeness = _alike(first, second)
            # the next sentence begins and ends as the one before: the same promise in other words
            next_one = other.index - one.index == 1
            beside = next_one and (
                (first[:4] == second[:4] and likeness >= _BESIDE)
                or (
                    min(len(first), len(second)) >= _LONG
                    and likeness >= _SAME_TAIL
                    and _same_names(one, other)
                )
            )
            near = _NEAR_LONG if min(len(first), len(second)) >= _LONG else _NEAR
            again = beside or (likeness >= near and other.index - one.index > 1)
            same = (
                one.refuses == other.refuses and one.lead == other.lead and _subjects(one) == _subjects(other)
            )
            if first != second and again and same and not counterparts(one, other):
                yield report(
                    "duplicate/duplicate-clause",
                    "info",
                    (one, other),
                    f"nearly the same sentence twice: {quote([one.text, other.text])}",
                    hint=_HINT,
                )


# what says of itself that it says a thing once more
_ONCE_MORE = re.compile(
    r"^\W*(?:为明确起见|为清楚起见|换言之|换句话说|也就是说|重申|再次(?:说明|声明|强调))[：:，,]?"
)
_IN_OTHER_WORDS = 0.45


def once_more(doc: Document) -> Iterator[Finding]:
    """A sentence of the same part again in other words, "to be clear" (rule duplicate-clause)."""
    for r in doc.body:
        opened = _ONCE_MORE.match(r.low) if r.cjk else None
        if opened is None:
            continue
        rest = r.low[opened.end() :]
        for before in doc.near(r, 4, 0)[:-1]:
            if _alike(_core(before), rest) >= _IN_OTHER_WORDS and before.refuses == r.refuses:
                yield report(
                    "duplicate/duplicate-clause",
                    "info",
                    (before, r),
                    f"the same thing twice, in other words: {quote([before.text, r.text])}",
                    hint=_HINT,
                )
                break


_SUBJECT = re.compile(r"敏感|儿童|未成年|设备|位置|日志|订单|支付|交易|员工|图片|文件|聊天|搜索|账户")


def _subjects(reading: Reading) -> frozenset[str]:
    """What a sentence is about; one about sensitive data is not the one about data."""
    return frozenset(_SUBJECT.findall(reading.low))


_LATIN = re.compile(r"[a-z]{4,}")


def _same_names(one: Reading, other: Reading) -> bool:
    """Whether two running sentences name the same foreign companies, at least one."""
    names = [set(_LATIN.findall(r.low)) - {"cookie", "cookies"} for r in (one, other)]
    return names[0] == names[1] != set() and "bullet" not in {one.sentence.element, other.sentence.element}


def _rows_alike(reading: Reading) -> bool:
    return "|" in reading.low or reading.low.rstrip().endswith(("：", ":"))


_THEMES = (
    (
        "helpers and their duties",
        Phrase(
            r"委托[^。；，]{0,10}(?:单位|厂商|第三方|机构|公司)[^。]{0,60}(?:监督|保密|要求其|管理)|委外[^。；]{0,20}监督"
        ),
    ),
    (
        "texts and sites of others, to which this one does not apply",
        Phrase(
            r"本[^。；，]{0,6}不适用于(?:以下|下列)[^。；，]{0,4}(?:情况|情形)|(?:不适用|并不适用)于?[^。；]{0,24}(?:第三方|以外的|其他网站|其他公司|连结|链接)|(?:链接|第三方)[^。；]{0,10}(?:网站|服务)[^。；，]{0,6}(?:不适用|不受)[^。；，]{0,6}本[^。；，]{0,8}(?:政策|声明)?"
        ),
    ),
)


def themes(doc: Document) -> Iterator[Finding]:
    """One clause in two sections (rule duplicate-clause)."""
    if not doc.chinese:
        return
    for name, phrase in _THEMES:
        found: dict[tuple[str, ...], Reading] = {}
        for r in doc.readings:
            if phrase.search(r.low) and r.cjk:
                found.setdefault(tuple(r.sentence.section), r)
        if len(found) > 1:
            yield report(
                "duplicate/duplicate-clause",
                "info",
                found.values(),
                f"{name} stand in several sections: {quote(r.text for r in found.values())}",
                hint=_HINT,
            )


DETECTORS = (enumerations, rows, grounds, promises, once_more, themes)
