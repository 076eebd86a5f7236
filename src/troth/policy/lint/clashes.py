"""General promises, compared with the acts that the rest of the text tells.

Both sides are read into the same form (`assertion`); which kinds of assertions can not stand in one text is said in
`clash_kinds`. What the detectors for single wordings have found already is left to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from troth.model.finding import Finding
from troth.policy.lint.assertion import ACT_KINDS, THING_KINDS, Assertion, all_assertions
from troth.policy.lint.clash import Clash
from troth.policy.lint.clash_kinds import CLASHES
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_MOST = 4


@dataclass(frozen=True, slots=True)
class _Side:
    """One line of needs, read."""

    acts: tuple[int, ...]
    denied: bool
    kinds: tuple[int, ...]
    clause: tuple[int, ...]
    around: tuple[int, ...]
    without: int
    limited: bool
    actors: frozenset[str]

    def meets(self, one: Assertion) -> bool:
        """Whether an assertion with one of the acts is of this side."""
        if self.denied is not one.denied or self.without & one.around or one.actor not in self.actors:
            return False
        if self.limited and not one.limited:
            return False
        for kinds in self.kinds:
            if not kinds & one.kinds:
                return False
        for kinds in self.clause:
            if not kinds & one.clause:
                return False
        return all(kinds & one.around for kinds in self.around)


# who may promise, and who may act
_OURS = frozenset({"", "we"})
_ANYBODY = frozenset({"", "we", "they"})


@cache
def _side(line: str, who: frozenset[str]) -> _Side:
    acts = without = 0
    kinds: list[int] = []
    clause: list[int] = []
    around: list[int] = []
    denied = limited = False
    actors = who
    for need in line.split():
        names = frozenset(need.lstrip("!+~-=@:").split("|"))
        match need[0]:
            case "!" | "+":
                acts, denied = ACT_KINDS.mask(names), need[0] == "!"
            case "=":
                limited = True
            case "@":
                actors = _actors(actors, names)
            case ":":
                clause.append(THING_KINDS.mask(names))
            case "~":
                around.append(THING_KINDS.mask(names))
            case "-":
                without |= THING_KINDS.mask(names)
            case _:
                kinds.append(THING_KINDS.mask(names))
    return _Side(
        tuple(_bits(acts)), denied, tuple(kinds), tuple(clause), tuple(around), without, limited, actors
    )


def _actors(who: frozenset[str], names: frozenset[str]) -> frozenset[str]:
    if names == {"not-we"}:
        return who - {"we"}
    return frozenset({"you"}) if names == {"only-you"} else who | names


@cache
def _bits(mask: int) -> tuple[int, ...]:
    found = []
    while mask:
        found.append(mask & -mask)
        mask &= mask - 1
    return tuple(found)


class _Told:
    """The assertions of a text by act."""

    __slots__ = ("_by_act", "_speaks", "_without")

    def __init__(self, found: Iterable[Assertion]) -> None:
        self._by_act: dict[int, list[Assertion]] = {}
        self._without: list[Assertion] = []
        self._speaks = 0
        for one in found:
            self._speaks |= one.around
            if one.acts:
                for bit in _bits(one.acts):
                    self._by_act.setdefault(bit, []).append(one)
            else:
                self._without.append(one)

    def of(self, lines: Iterable[str], who: frozenset[str]) -> list[Assertion]:
        """Those of a side, in any of its lines."""
        return [one for line in lines for one in self._line(_side(line, who))]

    def _line(self, side: _Side) -> Iterator[Assertion]:
        if not all(kinds & self._speaks for kinds in (*side.kinds, *side.clause, *side.around)):
            return
        if not side.acts:
            yield from (one for one in self._without if side.meets(one))
            return
        for bit in side.acts:
            yield from (one for one in self._by_act.get(bit, ()) if side.meets(one))


# what is said of one of these is not said of the other
_APART = tuple(
    (THING_KINDS.mask([one]), THING_KINDS.mask([other]))
    for one, other in (("paid-version", "free-version"), ("free-version", "paid-version"))
)


def _alike(clash: Clash, claim: Assertion, deed: Assertion) -> bool:
    """Whether the two speak of the same: what the claim names by kind, the deed must name."""
    if any(claim.around & one and deed.around & other for one, other in _APART):
        return False
    asked = claim.kinds & _objects(clash.alike)
    return not asked or bool(asked & deed.kinds)


@cache
def _objects(alike: str) -> int:
    return THING_KINDS.mask(alike.split())


def _worded(found: list[Assertion], words: Phrase | None) -> list[Assertion]:
    """Those whose sentence has the words, where any are asked for."""
    return found if words is None else [one for one in found if words.search(one.reading.low)]


def _sentences(found: Iterable[Assertion]) -> list[Reading]:
    return list({one.reading.index: one.reading for one in found}.values())


def clashes(doc: Document, known: Iterable[Finding] = ()) -> Iterator[Finding]:
    """Findings on promises that another sentence takes back.

    Args:
        doc: the text.
        known: the findings that stand already; a pair of sentences that one of them names is not named again.
    """
    stands = [frozenset(s.id for s in f.sentences) for f in known if f.kind == "contradiction"]
    told = _Told(
        a for a in all_assertions(doc.body) if not (a.conditional or _foreign(a) or _advised(a.reading))
    )
    named: set[tuple[str, int] | tuple[int, int]] = set()
    for clash in CLASHES:
        claims = _worded(told.of(clash.claim, _OURS), clash.promise)
        deeds = _worded(told.of(clash.deed, _ANYBODY), clash.act) if claims else []
        pairs = [
            (claim, deed)
            for claim in claims
            for deed in deeds
            if claim.reading.index != deed.reading.index
            and _short(claim.reading)
            and (claim.reading.index, deed.reading.index) not in named
            and (clash.rule, claim.reading.index) not in named
            and _alike(clash, claim, deed)
            and not _excepted(doc, claim, deed)
            and not _tariffs_differ(claim.reading, deed.reading)
            and not any({claim.reading.sentence.id, deed.reading.sentence.id} <= ids for ids in stands)
        ]
        if pairs:
            named.update((claim.reading.index, deed.reading.index) for claim, deed in pairs)
            named.update((clash.rule, claim.reading.index) for claim, _ in pairs)
            yield _finding(clash, pairs)


_THEIRS = THING_KINDS.mask(["third-site"])
_ELSEWHERE = THING_KINDS.mask(["elsewhere-site"])
_OF_SITES = THING_KINDS.mask(["site-words"])


_EXCEPTING = Phrase(
    r"^(?:however|but|of course|nevertheless|the (?:only )?exceptions?|except|apart from|in (?:some|certain|rare))\b"
)
_SOON = 2
_LONGEST = 45


def _excepted(doc: Document, claim: Assertion, deed: Assertion) -> bool:
    """Whether the act stands right behind the promise as its named exception ("However, ...")."""
    behind = deed.reading.index - claim.reading.index
    return 0 < behind <= _SOON and any(
        _EXCEPTING.search(r.low) for r in doc.readings[claim.reading.index + 1 : deed.reading.index + 1]
    )


_TARIFF = r"(?:plans?|tiers?|tariffs?|mailbox\w*|accounts?|servers?|versions?|users?|customers?|subscribers?|subscriptions?|packages?|edition)"
_PAID = Phrase(
    rf"\b(?:paid|paying|premium|pro|business) (?:\w+ )?{_TARIFF}\b|\b(?:who|customers|if you) pay\b"
)
_UNPAID = Phrase(rf"\b(?:free|trial|unpaid|basic|no-cost|gratis) (?:\w+ )?{_TARIFF}\b")


def _tariffs_differ(claim: Reading, deed: Reading) -> bool:
    """Whether one sentence is about customers who pay and the other about those who do not."""
    one, other = claim.low, deed.low
    return any(
        a.search(one) and b.search(other) and not a.search(other) and not b.search(one)
        for a, b in ((_PAID, _UNPAID), (_UNPAID, _PAID))
    )


def _short(reading: Reading) -> bool:
    """Whether a sentence is short enough to be a promise: long ones bring their exceptions with them."""
    return reading.low.count(" ") <= _LONGEST


def _foreign(one: Assertion) -> bool:
    """Whether the sentence is about websites of others."""
    return bool(one.around & _THEIRS) or bool(one.around & _ELSEWHERE and one.around & _OF_SITES)


# what a cookie is in general
_EXPLAINS = Phrase(
    r"\b(?:cookies?|beacons?|pixels?|log files?)\"? (?:is|are) (?:\w+ ){0,3}?(?:small|tiny|text|pieces?|files?|information stored|graphics?|images?|string)\b"
)


def _advised(reading: Reading) -> bool:
    return (reading.told and not reading.low.startswith("you agree")) or _EXPLAINS.search(
        reading.low
    ) is not None


def _finding(clash: Clash, pairs: list[tuple[Assertion, Assertion]]) -> Finding:
    promised = _sentences(claim for claim, _ in pairs)[:_MOST]
    kept = {reading.index for reading in promised}
    deeds = [deed for claim, deed in pairs if claim.reading.index in kept]
    done = _sentences(sorted(deeds, key=lambda deed: deed.actor != "we"))[:_MOST]
    return report(
        f"contradiction/{clash.rule}",
        clash.severity,
        (*promised, *done),
        f"{clash.says}: {quote(r.text for r in promised)} against {quote(r.text for r in done)}",
        hint="say it once, with its exceptions",
        law=clash.law,
    )
