"""Which way a text counts a length of time: up to it, at least it, ahead of an event or behind it.

A rule that says "30 days" where the text does may still say the opposite: "at least 30 days before" is not within 30
days. Only where the words at a length are plain, and none of its places agrees with the rule, the two are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from troth.policy.amounts import Amount, placed, says, unplaced
from troth.policy.numbers import numerals

_GAP = r"(?:(?:an?|the|about|around|approximately|period|of|maximum|total|\() ?){0,4}$"
_BEFORE = (
    ("within", rf"\b(?:within|no later than|not later than) {_GAP}"),
    ("most", rf"\b(?:(?:no|not) (?:more|longer) than|(?:not|never) (?:to )?exceed(?:ing|s)?|up to|at most|maximum of) {_GAP}"),
    ("least", rf"\b(?:at least|(?:no|not) (?:less|fewer|shorter) than|minimum of|(?<!no )(?<!not )(?:more|longer) than) {_GAP}"),
    ("most", r"(?:不(?:得)?(?:超过|多于|长于)|最长(?:期限)?(?:为|是)?|最多|至多|不晚于)(?:为)?[（( ]*$"),
    ("least", r"(?:不(?:得)?(?:少于|低于|短于)|至少|最短(?:为)?|(?<!不)(?<!不得)超过)(?:保[存留]|提前)?[（( ]*$"),
    ("ahead", r"(?:提前|提早)(?:至少|不少于)?[（( ]*$"),
)  # fmt: skip
_AFTER = (
    ("ahead", r"[)）'’s]{0,3} ?(?:in advance|ahead|before|prior|(?:prior |advance |written )+notice)\b"),
    ("behind", r"[)）]? ?(?:after|following|from|since|of)\b"),
    ("within", r"[)）]? ?[之以]?内"),
    ("ahead", r"[)）]? ?[之以]?前"),
    ("behind", r"[)）]? ?[之以]?[后後]"),
    ("least", r"[)）]? ?(?:及)?以上|[)）]? ?or (?:more|longer)\b"),
    ("most", r"[)）]? ?(?:及)?以下|[)）]? ?(?:or less|at most|at the (?:most|latest)|maximum)\b"),
    ("least", r"[)）]? ?(?:at (?:the )?least|minimum)\b"),
)
_WINDOW = 60  # characters before a length in which its words may stand

_AGAINST: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # kind of deadline: what speaks against it, and what makes it right all the same
    "within": (frozenset({"least", "ahead"}), frozenset({"within", "most"})),
    "before": (frozenset({"within", "most", "behind"}), frozenset({"ahead"})),
    "after": (frozenset({"within", "ahead"}), frozenset({"behind", "most", "least"})),
    "at-least": (frozenset({"within", "most"}), frozenset({"least"})),
    "at-most": (frozenset({"least"}), frozenset({"within", "most"})),
}
_SAID = {
    "within": "within {}",
    "most": "at most {}",
    "least": "at least {}",
    "ahead": "{} ahead",
    "behind": "{} after",
}


@dataclass(frozen=True, slots=True)
class Directed:
    """A length that a text says, with the ways in which it counts it; none where its words do not tell."""

    amount: Amount
    ways: frozenset[str]

    def __str__(self) -> str:
        way = "ahead" if "ahead" in self.ways else min(self.ways, default="")
        least = "at least " if way == "ahead" and "least" in self.ways else ""
        return least + _SAID.get(way, "{}").format(self.amount)


def directed(text: str) -> tuple[Directed, ...]:
    """The lengths of a text, each with its ways; "thirty (30) days" is one."""
    return tuple(_directed(text))


def _directed(text: str) -> Iterator[Directed]:
    plain, places = placed(text)
    at, last = 0, -1
    while at < len(places):
        one, start = places[at], places[at].start
        while (
            at + 1 < len(places)
            and _twice(plain, places[at].end, places[at + 1].start)
            and (places[at + 1].amount == one.amount)
        ):
            at += 1
        end = places[at].end
        if one.amount.unit:
            before, after = plain[max(0, start - _WINDOW, last) : start], plain[end : end + _WINDOW]
            ways = {way for way, words in _BEFORE if re.search(words, before, re.IGNORECASE)}
            ways |= {way for way, words in _AFTER if re.match(words, after, re.IGNORECASE)}
            yield Directed(one.amount, frozenset(ways))
        at, last = at + 1, end
    yield from (Directed(amount, frozenset()) for amount in unplaced(plain))


def _twice(text: str, end: int, start: int) -> bool:
    return re.fullmatch(r"[ (（]*", text[end:start]) is not None


def otherwise(said: Iterable[Directed], number: float, unit: str, kind: str) -> Directed | None:
    """The length of a text that counts the other way than a rule does, where no place of it agrees with the rule."""
    if kind not in _AGAINST:
        return None
    against, right = _AGAINST[kind]
    same = [one for one in said if says((one.amount,), number, unit)]
    wrong = [one for one in same if _opposed(one.ways, against, right)]
    return wrong[0] if same and len(wrong) == len(same) else None


def turned_round(said: Iterable[Directed], others: Sequence[Directed]) -> tuple[Directed, Directed] | None:
    """A length that another text says too, and in each of its places the other way round: both of them."""
    for one in said:
        same = [two for two in others if says((two.amount,), one.amount.number, one.amount.unit)]
        if (
            one.ways
            and same
            and all(_apart(one.ways, two.ways) or _apart(two.ways, one.ways) for two in same)
        ):
            return one, same[0]
    return None


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    if not other:
        return False
    if "ahead" in one and "ahead" not in other:
        return True
    if not one.isdisjoint({"within", "most"}):
        return ("least" in other and other.isdisjoint({"within", "most"})) or (
            "within" in one and other == {"behind"}
        )
    return False


def _opposed(ways: Collection[str], against: frozenset[str], right: frozenset[str]) -> bool:
    return not against.isdisjoint(ways) and right.isdisjoint(ways)


_UNDER = re.compile(
    r"(?:\b(?:under|below|younger than|less than|at least|have reached)(?: the age of| age)?|未满|不满|未达|年满|已满)\s*$",
    re.IGNORECASE,
)
_OR_OLDER = re.compile(
    r"(?: years?)?(?: of age)?(?: old)?,? (?:or|and) (?:older|above|over)\b", re.IGNORECASE
)


def begins_at(texts: Iterable[str], age: float) -> bool:
    """Whether every place of the texts that names an age plainly begins with it ("under 16", "16 or older", 未满16周岁)."""
    found = []
    for text in texts:
        plain = " ".join(text.split())
        for one in numerals(plain):
            if one.value == age:
                before, after = plain[max(0, one.start - _WINDOW) : one.start], plain[one.end :]
                found.append(bool(_UNDER.search(before) or _OR_OLDER.match(after)))
    return bool(found) and all(found)
