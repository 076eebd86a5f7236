"""Where one sentence ends and the next begins, in English and in Chinese.

A stop ends a sentence unless it belongs to an abbreviation, a number, an address of the web, or a
bracket or quotation that is still open. What a stop may be part of is decided from the words on both
sides of it, so the same words are always split the same way.
"""

from __future__ import annotations

import re

from troth.policy.block import words

_CLOSERS = "\"'”’»)]）】」』》〉］"
_PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "「": "」", "『": "』", "《": "》", "“": "”"}
_OPEN_OF = {close: start for start, close in _PAIRS.items()}
_CARRIES_ON = tuple(",;:，；：、)]）】。！？.!?")
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# The numbers of notes behind a stop belong to it ("as long as necessary.[1]").
_STOP = re.compile(rf"(?:[。！？…]+|[.!?．]+)[{re.escape(_CLOSERS)}]*(?:\[\d{{1,3}}\])*")
_HAN = re.compile(f"[{_CJK}]")
_WORD_BEFORE = re.compile(r"[^\s(（\[“\"'‘/]+$")
_NUMERAL_START = re.compile(
    r"\s*(?:[-–—*+•·●▪◦‣]\s+)?[(（]?(?:[IVXLCivxlc]{1,6}|\d{1,3}(?:\.\d{1,3})*|[A-Za-z])$"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$|\S+@\S*$", re.IGNORECASE)

# Words that keep their stop and are followed by more of the same sentence.
_ABBREVIATIONS = words("""
    e.g i.e eg ie cf viz vs art arts no nos sec sect ch para paras p pp fig figs vol ed eds mr mrs ms dr
    prof st messrs jan feb mar apr jun jul aug sep sept oct nov dec approx dept est ext tel fax incl
    excl resp reg regs cal civ bus rev stat tit hon gen gov rep sen cap al ca op
    """)
# Words that keep their stop and may also be the last of a sentence: the next word decides.
_MAY_END = words("""
    inc ltd corp co llc llp plc etc u.s u.k e.u u.s.a p.r.c d.c n.v s.a b.v pty pte sdn bhd pvt gmbh jr sr ph.d a.m
    p.m
    """)
_STARTERS = words("""
    the we you our your this that these those if in for it they when where while however although such
    please to as by with any all some no each most personal information data users customers
    additionally therefore furthermore moreover also at on from under upon after before because once see
    there their its
    """)

_DEEPEST = 32  # brackets inside each other that are looked through for the one that is closed


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one paragraph.

    Args:
        text: a paragraph; line breaks in it count as spaces.

    Returns:
        Start and end of every sentence in text order, without white space at the ends. Together the
        spans hold every character of the text that is not white space.
    """
    closed = _closed(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if stop.start() >= start and not closed[end] and _ends(text, start, stop):
            _keep(text, start, end, spans)
            start = end
    _keep(text, start, len(text), spans)
    return spans


def _keep(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Adds the span without the white space at its ends, if anything is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    body = piece.strip()
    if body:
        spans.append((start + left, start + left + len(body)))


def _closed(text: str) -> bytearray:
    """For each position whether it lies inside a pair of brackets or curly quotes that is closed again."""
    inside = bytearray(len(text) + 1)
    open_at: list[tuple[str, int]] = []
    reach = -1
    pairs: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            open_at.append((char, at))
        elif char in _OPEN_OF and open_at:
            depth = next(
                (
                    n
                    for n in range(len(open_at) - 1, max(-1, len(open_at) - 1 - _DEEPEST), -1)
                    if open_at[n][0] == _OPEN_OF[char]
                ),
                None,
            )
            if depth is not None:
                pairs.append((open_at[depth][1], at))
                del open_at[depth:]
    for start, end in sorted(pairs):
        first = max(start, reach) + 1
        if end + 1 > first:
            inside[first : end + 1] = b"\x01" * (end + 1 - first)
            reach = max(reach, end)
    return inside


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether this stop ends the sentence that began at `start`."""
    sign = text[stop.start()]
    after = text[stop.end() : stop.end() + 1]
    if not after:
        return True
    if sign in "。！？":
        return text[stop.end() : stop.end() + 20].lstrip()[:1] not in _CARRIES_ON
    if sign == "…":
        return bool(after.isspace() and _opens(text, stop.end()))
    before = text[stop.start() - 1 : stop.start()]
    han_before, han_after = bool(_HAN.match(before)), bool(_HAN.match(after))
    if han_before and han_after:
        return True
    if not after.isspace():
        return _glued(text, start, stop)
    if not _opens(text, stop.end()):
        return False
    return sign != "." or not _abbreviates(text, start, stop)


def _opens(text: str, at: int) -> bool:
    """Whether what follows can begin a sentence: a capital, a digit, a Chinese character, an opening sign."""
    rest = text[at : at + 200].lstrip()
    bare = rest.lstrip("\"'“‘(（[「『【《«")
    first = bare[:1] or rest[:1]
    if bare != rest and bare.startswith(("http", "www.")):
        return True
    return bool(first) and not first.islower() and first not in _CARRIES_ON


def _glued(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a space is missing after the stop: the next letters are a word that begins sentences."""
    if stop.group() not in {".", "!", "?"}:
        return False
    word = re.match(r"[A-Z][a-z]*(?=[\s,’'])", text[stop.end() : stop.end() + 20])
    before = _WORD_BEFORE.search(text[max(start, stop.start() - 60) : stop.start()])
    if word is None or before is None or _ADDRESS.search(before.group()) or "." in before.group():
        return False
    return before.group()[-1:].islower() and len(before.group()) > 2 and word.group().lower() in _STARTERS


def _abbreviates(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a full stop belongs to the word before it and does not end the sentence."""
    head = text[max(start, stop.start() - 60) : stop.start()]
    if stop.start() - start <= 12 and _NUMERAL_START.fullmatch(text[start : stop.start()]):
        return True
    if stop.group().startswith(".."):
        return False
    before = _WORD_BEFORE.search(head)
    if before is None:
        return False
    word = before.group().lower()
    following = re.match(r"\s+[\"“(]?([A-Za-z]+)", text[stop.end() : stop.end() + 40])
    starter = following is not None and following.group(1).lower() in _STARTERS
    if word in _ABBREVIATIONS:
        return not (word in {"no", "art", "al"} and starter)
    bracket = stop.group()[1:2] in {")", "]", "）"} and stop.group() != "."
    if word in _MAY_END:
        return bracket or (word != "etc" and not starter)
    return len(word) == 1 and before.group().isupper() and not starter
