"""Words that a text explains twice and not alike, and words that it explains and never uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

LAW = "GDPR Art. 12(1); PIPL Art. 17(1)"
_CJK = re.compile(
    r"^\W*(?:\d{1,2}\s?[.、．)）]\s*)?[\"“「]?([\u4e00-\u9fff]{2,10}?)[\"”」]?(?:[（(][^（）()]{1,60}[）)])?\s?[:：，,]?\s?(?:是)?指(?!定|向|示|引|令|纹|标|导|南|派)(.{8,})"
)
_EN = re.compile(
    r"(?:^|\. )\W*[\"“]([A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})[\"”] (?:means|shall mean|refers to|is defined as) (.{8,})"
)
_OPENING = ("本", "该", "此", "上述", "前述", "其", "这", "您", "我们", "用户的")
_ALIKE = 0.8


def _defined(reading: Reading) -> Iterator[tuple[str, str]]:
    match = (_CJK if reading.cjk else _EN).search(reading.low if reading.cjk else reading.text)
    if match and not match[1].startswith(_OPENING):
        yield match[1], match[2]


def _pairs(text: str) -> frozenset[str]:
    plain = re.sub(r"\W+", "", text.lower())
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))


def _like(one: str, other: str) -> bool:
    first, second = _pairs(one), _pairs(other)
    return len(first & second) >= _ALIKE * min(len(first), len(second))


def twice(doc: Document) -> Iterator[Finding]:
    """One word explained in two ways (rule definition-conflict)."""
    held: dict[str, list[tuple[Reading, str]]] = {}
    for reading in doc.body:
        for word, meaning in _defined(reading):
            held.setdefault(word, []).append((reading, meaning))
    for word, told in held.items():
        odd = [(r, m) for r, m in told[1:] if not _like(told[0][1], m)]
        if odd:
            yield report(
                "contradiction/definition-conflict",
                "warn",
                (told[0][0], *(r for r, _ in odd)),
                f"one word is explained in two ways: {quote([word])}",
                hint="explain it once, in the words of the law",
                law="GDPR Art. 4(1), 12(1); PIPL Art. 4, 17",
            )


# words whose meaning the reader needs in any case, and the company's names for itself and its goods
_ANYWAY = frozenset(
    ("我们", "用户", "本公司", "平台", "关联公司", "关联方", "We", "Us", "You", "Company", "Services")
)
_FEWEST = 2


def unused(doc: Document) -> Iterator[Finding]:
    """Words that are explained and stand nowhere else (rule term-unused)."""
    told = [(r, word) for r in doc.body for word, _ in _defined(r) if word not in _ANYWAY]
    if len(told) < _FEWEST:
        return
    idle = [
        (r, word)
        for r, word in told
        if not any(word.lower() in other.low for other in doc.readings if other.index != r.index)
    ]
    if idle and len(idle) < len(told):
        yield report(
            "undefined-term/term-unused",
            "info",
            [r for r, _ in idle],
            f"a word is explained, and the text never uses it: {quote(word for _, word in idle)}",
            hint="say what the text has to say about it, or leave the explanation out",
            law=LAW,
        )


DETECTORS = (twice, unused)
