"""Items that stand twice in one list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_GROUPED = re.compile(r"\([^()]*\)|（[^（）]*）")
_CUT = re.compile(r"[;:：；。]|\.(?=\s|$)")
_SPLIT = re.compile(r",|、|，|\band/or\b|\band\b|\bor\b|以及|及|和|或")
_LEADING = re.compile(
    r"^(?:(?:(?:the|a|an|your|their|his|her|our|any|such|as well as|including|also|its)\b|您的?|你的|用户的?)\s*)+"
)
_SPACE = re.compile(r"\s*-\s*|\s+")
_MOST_WORDS, _LEAST = 3, 6
_CLAUSE = re.compile(r"[;:：；。，]|\.(?=\s|$)")
_LEAST_CHINESE = 4
_LIST = Phrase(r",[^.;:]{1,60},[^.;:]{1,60},[^.;:]{1,60},|、[^。；]{1,30}、[^。；]{1,30}、")
# words that say nothing alone
_EMPTY = frozenset(
    "information data details content contents type other others name names number address date time etc services service products product device third parties "
    "use time version model customers users law website site 信息 资料 数据 内容 名称 类型 时间 版本 型号 服务 产品 状态 地址 号码 编号 日期".split()
)


def _items(segment: str) -> list[str]:
    found = []
    for part in _SPLIT.split(segment):
        bare = _LEADING.sub("", _SPACE.sub(" ", part.strip(" \"“”‘’'/"))).strip()
        found.append(_SPACE.sub(" ", bare).replace("e mail", "email"))
    return found


def _twice(low: str) -> list[str]:
    """The items that stand twice in a run of at least six, brackets left out."""
    flat = low
    while (less := _GROUPED.sub(" ", flat)) != flat:
        flat = less
    found = []
    # a Chinese list parts its items by 、 and the comma ends it
    chinese = "、" in flat
    for segment in (_CLAUSE if chinese else _CUT).split(flat):
        items = _items(segment)
        if len(items) < (_LEAST_CHINESE if chinese else _LEAST):
            continue
        seen: dict[str, int] = {}
        for place, item in enumerate(items):
            if (
                not item
                or item in _EMPTY
                or len(item.split()) > _MOST_WORDS
                or (item.isascii() and len(item) < 4)
            ):
                continue
            halves = max(
                flat.count(f"{item}或"), flat.count(f"{item} or ")
            )  # "home or work address, home or work number"
            if len(item) > 1 and item in seen and item not in found and place - seen[item] > 1 and halves < 2:
                found.append(item)
            seen.setdefault(item, place)
    return found


def within(doc: Document) -> Iterator[Finding]:
    """An item twice in the list of one sentence (rule duplicate-item)."""
    about: list[Reading] = []
    words: list[str] = []
    for hit in doc.hits(_LIST):
        if not (hit.reading.data or hit.reading.acts or hit.reading.lead):
            continue
        double = _twice(hit.reading.low)
        if double:
            about.append(hit.reading)
            words += double
    if about:
        yield report(
            "duplicate/duplicate-item",
            "info",
            about,
            f"named twice in one list: {quote(words)}",
            hint="name each item once; where two persons are meant, say which list is whose",
        )


_FEWEST_STEMS = 4
_MARKS = " •-–*·;,.；，。"
_AUTHORITY = Phrase(
    r"^\W*(?:to |with )?(?:any |the |other |relevant |competent |local )*(?:government(?:al|s)?|law[- ]enforcement|regulat\w+|police|public authorit\w+|courts?|judicial)\b[^.:,;]{0,40}"
)
_RECIPIENT_LEAD = Phrase(
    r"\b(?:shar|disclos|provid|transfer|recipient|releas|pass|with whom)\w*|披露|共享|提供"
)


def _lists(doc: Document) -> Iterator[list[Reading]]:
    """The items of each list, in text order."""
    run: list[Reading] = []
    for r in doc.readings:
        listed = bool(r.lead) and r.sentence.element == "bullet"
        again = not listed and r.low.rstrip().endswith(":")  # the same words lead in another list
        if run and (
            again or ((not listed or r.lead != run[-1].lead) and r.heading | (r.sentence.element == "bullet"))
        ):
            yield run
            run = []
        if listed:
            run.append(r)
    if run:
        yield run


def _inside(run: list[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Items whose words all stand in another item of the list, in text order."""
    full = [r for r in run if len(r.stems) >= _FEWEST_STEMS]
    for place, one in enumerate(full):
        for other in full[place + 1 :]:
            short, long = (one, other) if len(one.stems) <= len(other.stems) else (other, one)
            if short.stems <= long.stems and short.refuses == long.refuses and not short.cjk:
                yield one, other


# the title of a part stands in the table of contents and again before the part
_TITLE = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章条节部])\s*[^，。；]{2,30}$"
)


def between(doc: Document) -> Iterator[Finding]:
    """The same item, or the same kind of recipient, twice in one list (rules duplicate-item, duplicate-clause)."""
    for run in _lists(doc):
        seen: dict[str, Reading] = {}
        for r in run:
            key = r.low.strip(_MARKS)
            if key in seen and len(key) > 1 and not _TITLE.match(r.low):
                yield report(
                    "duplicate/duplicate-item",
                    "info",
                    (seen[key], r),
                    f"the same item stands twice in one list: {quote([r.text])}",
                    hint="keep one",
                )
            seen.setdefault(key, r)
        for one, other in _inside(run):
            if one.low.strip(_MARKS) != other.low.strip(_MARKS):
                yield report(
                    "duplicate/duplicate-item",
                    "info",
                    (one, other),
                    f"one item of a list says what another one says with more words: {quote([one.text, other.text])}",
                    hint="keep the longer one",
                )
        public = [r for r in run if _AUTHORITY.search(r.low)]
        if len(public) > 1 and _RECIPIENT_LEAD.search(run[0].lead):
            after = [n for r in public for n in doc.near(r, 0, 1)[1:] if n.sentence.element != "bullet"]
            yield report(
                "duplicate/duplicate-clause",
                "info",
                (*public, *after),
                f"authorities stand twice among the recipients: {quote(r.text for r in public)}",
                hint="keep one item, with the conditions under which they receive data",
            )


DETECTORS = (within, between)
