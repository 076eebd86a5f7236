"""A text as the detectors see it: its readings, who publishes it, where it applies, what it speaks about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from troth.model.sentence import Sentence
from troth.policy.hanzi import SIMPLIFIED, TRADITIONAL
from troth.policy.lint.frames import Frame
from troth.policy.lint.index import Index, places, union
from troth.policy.lint.names import Party, parties
from troth.policy.lint.phrase import Part, Phrase, leftmost
from troth.policy.lint.places import infer
from troth.policy.lint.reading import Reading, read

_CJK = Phrase(r"[\u4e00-\u9fff]")
_ITEM = Phrase(r"^\s*(?:[•●▪◦*·–—-]\s|\(?[0-9a-zA-Z]{1,3}[).]\s|（?[一二三四五六七八九十]+[）、])")


_EXPLAINED = Phrase(r"^[^。；]{1,60}[：:][\"\s]{0,2}是?指(?!定|向|示|引|令|纹)|^\W*[^，。；]{1,16}，?是指")
# a chapter that explains words
_GLOSSARY = Phrase(
    r"(?:名词|术语|用语|词语)(?:的)?(?:解释|定义|释义|说明)|^\W*[一二三四五六七八九十\d]{0,3}[、.．]?\s*(?:定义|释义)\s*$"
)
_PARAGRAPH = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording found: the sentence and the exact words."""

    reading: Reading
    words: str


@dataclass(frozen=True, slots=True)
class Document:
    """A read text.

    Attributes:
        readings: every unit in text order, headings included.
        body: the units without headings.
        low: the whole text in lower case, a line a unit.
        places: codes of the regimes that apply ("EU", "UK", "US", "US-CA", "HK", "CN", "SG"), given or inferred.
        named: those of them that the text itself names.
        chinese: whether the text is mostly Chinese.
        parties: the names the text uses for its publisher, most used first.
    """

    readings: tuple[Reading, ...]
    body: tuple[Reading, ...]
    low: str
    places: frozenset[str]
    named: frozenset[str]
    chinese: bool
    parties: tuple[Party, ...]
    _index: Index = field(repr=False, compare=False)
    _found: dict[object, tuple[Reading, ...]] = field(default_factory=dict, repr=False, compare=False)
    _memo: dict[Phrase, tuple[Hit, ...]] = field(default_factory=dict, repr=False, compare=False)
    _maybe: dict[Phrase, tuple[tuple[int, Part], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def hits(self, phrase: Phrase) -> tuple[Hit, ...]:
        """Every unit of the body that holds the wording, with its exact words."""
        known = self._memo.get(phrase)
        if known is None:
            known = self._memo[phrase] = tuple(self._search(phrase))
        return known

    def _search(self, phrase: Phrase) -> Iterator[Hit]:
        parts: list[tuple[int, Part | Frame]] = [*self.may_hold(phrase)]
        parts += [(self._index.of_frame(frame), frame) for frame in phrase.frames]
        for place in places(union(units for units, _ in parts)):
            reading = self.readings[place]
            match = leftmost((part for units, part in parts if units >> place & 1), reading.low)
            if match:
                yield Hit(reading, reading.text[match.start() : match.end()].strip())

    def may_hold(self, phrase: Phrase) -> tuple[tuple[int, Part], ...]:
        """The alternatives that can be there at all, each with the units of the body that hold its words; no frames."""
        known = self._maybe.get(phrase)
        if known is None:
            held = ((self._index.of_clauses(clauses), part) for clauses, part in phrase.alternatives)
            known = self._maybe[phrase] = tuple((units, part) for units, part in held if units)
        return known

    def hold_kinds(self, kinds: Sequence[Sequence[str]]) -> int:
        """The units of the body that hold a word of each of some kinds, one number as in `index`."""
        return self._index.of_kinds(kinds)

    def once(self, find: Callable[[Document], tuple[Reading, ...]]) -> tuple[Reading, ...]:
        """What a search over the whole text finds, searched for once."""
        if find not in self._found:
            self._found[find] = find(self)
        return self._found[find]

    def bare(self, reading: Reading) -> str:
        """The words of a unit in lower case without the publisher's name, which may hold a place or a trade."""
        low = reading.low
        for party in self.parties:
            low = low.replace(party.name.lower(), " ")
        return low

    def explains(self, reading: Reading) -> bool:
        """Whether its paragraph says what a Chinese word means, which is no act of the company."""
        if not reading.cjk or "我们" in reading.low:
            return False
        if any(_GLOSSARY.search(title) for title in reading.sentence.section):
            return True
        place = reading.sentence.paragraph
        around = self.readings[max(0, reading.index - _PARAGRAPH) : reading.index + 1]
        return any(r.sentence.paragraph == place and _EXPLAINED.search(r.low) for r in around)

    def says(self, phrase: Phrase) -> bool:
        """Whether any unit of the body holds the wording."""
        return bool(self.hits(phrase))

    def of(self, sentence: Sentence) -> Reading:
        """The reading of one of its sentences."""
        return next(r for r in self.readings if r.sentence is sentence)

    def near(self, reading: Reading, before: int = 0, after: int = 2) -> tuple[Reading, ...]:
        """The units around one, itself included, without crossing a heading."""
        first = last = reading.index
        while first > reading.index - before and first > 0 and not self.readings[first - 1].heading:
            first -= 1
        while (
            last < reading.index + after
            and last + 1 < len(self.readings)
            and not self.readings[last + 1].heading
        ):
            last += 1
        return self.readings[first : last + 1]


def _read_all(sentences: Sequence[Sentence]) -> Iterable[Reading]:
    lead: Reading | None = None
    for index, sentence in enumerate(sentences):
        item = sentence.element in {"bullet", "fragment"} or bool(_ITEM.match(sentence.text))
        reading = read(sentence, index, lead if item else None)
        ends = sentence.text.rstrip()[-1:]
        if ends in {":", "："} or (not item and re.search(r"following|below|include", reading.low)):
            lead = reading if not item or lead is None else lead
        elif not item:
            lead = None
        yield reading


# words of Hong Kong, which Taiwan writes otherwise
_HONG_KONG = Phrase(r"私隱|閣下|電郵|伺服器寄存|網頁寄存|寄存服務")


# words of Taiwan and of its law
_TAIWAN = Phrase(r"蒐集|個資|網路|台灣|臺灣|利用期間|利用之期間|製給複製本|資料庫|伺服器")


def _by_script(readings: Sequence[Reading]) -> frozenset[str]:
    """The regime of a Chinese text that names none: the mainland's for simplified characters, else by its words."""
    text = "\n".join(r.text for r in readings)
    old, new = (sum(c in script for c in text) for script in (TRADITIONAL, SIMPLIFIED))
    if old <= new:
        return frozenset({"CN"})
    if _HONG_KONG.search(text):
        return frozenset({"HK"})
    return frozenset({"TW"}) if len(set(_TAIWAN.findall(text))) > 1 else frozenset()


def open_document(sentences: Sequence[Sentence], jurisdictions: Sequence[str]) -> Document:
    """Read a text.

    Args:
        sentences: its units in text order.
        jurisdictions: codes of the regimes that apply; empty: inferred from the text.
    """
    readings = tuple(_read_all(sentences))
    body = tuple(r for r in readings if not r.heading)
    low = "\n".join(r.low for r in readings)
    publishers = parties(readings)
    named, implied = infer(readings, [p.name.lower() for p in publishers])
    chinese = not low.isascii() and len(_CJK.findall(low)) * 3 > len(low)
    regimes = frozenset(jurisdictions) or named | implied | (
        _by_script(readings) if chinese and not named else frozenset()
    )
    return Document(readings, body, low, regimes, named, chinese, publishers, Index(readings, low))
