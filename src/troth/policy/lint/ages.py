"""Age limits whose rules leave one age out, or hold it twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import report

_YOUNGEST, _OLDEST = 10, 21
_OF_AGE = r"(?: years?)?(?: (?:of age|old))?"
_HAN = {"十二": 12, "十三": 13, "十四": 14, "十五": 15, "十六": 16, "十七": 17, "十八": 18, "二十": 20}
_WORDS = {
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "twenty-one": 21,
}
_DIGITS = rf"(\d{{2}}|{'|'.join(_WORDS)})"
_NUMBER = r"(\d{2}|十[二三四五六七八]|二十)"

# each kind of limit: whether it lies below the age, and whether the age itself is in it
_LIMITS: tuple[tuple[bool, bool, Phrase], ...] = (
    (
        True,
        False,
        Phrase(
            rf"\b(?:under|below|younger than|less than)(?: the)?(?: age)?(?: of)? {_DIGITS}\b(?! (?:days|hours|months))|(?:不满|未满|不足|低于|小于){_NUMBER} ?(?:周岁|岁)|{_NUMBER} ?(?:周岁|岁)[（(]不含[^）)]{{0,6}}[）)]以下"
        ),
    ),
    (
        True,
        True,
        Phrase(
            rf"\b{_DIGITS}{_OF_AGE} (?:and under|or under|and younger|or younger|and below|or below)\b(?! (?:the age of )?\d)|\b(?:not older than|no older than|up to)(?: the age of)? {_DIGITS}\b(?! (?:days|hours|months|%))|{_NUMBER} ?(?:周岁|岁)(?:[（(]含[^）)]{{0,6}}[）)])?(?:及)?以下"
        ),
    ),
    (
        False,
        False,
        Phrase(
            rf"\b(?:over|above|older than|more than)(?: the)?(?: age)?(?: of)? {_DIGITS}\b(?! (?:days|hours|months|countries|million|languages))|"
            rf"(?:超过|大于|高于){_NUMBER} ?(?:周岁|岁)|{_NUMBER} ?(?:周岁|岁)[（(]不含[^）)]{{0,6}}[）)]以上"
        ),
    ),
    (
        False,
        True,
        Phrase(
            rf"\b{_DIGITS}{_OF_AGE} (?:and over|or over|and older|or older|and above|or above|and up|or up|or more|and more)\b(?! (?:the age of )?\d)|\b(?:at least|not younger than|not under|not below)(?: the age of)? {_DIGITS}\b(?! (?:days|hours|months|%))|\b(?:attain(?:ed|s)?|reach(?:ed|es)?|turn(?:ed|s)?|from)(?: the age of)? {_DIGITS}\b(?! (?:days|hours|months|%|\w+ \d{{4}}))|"
            rf"(?:已满|年满|(?<![不未])满){_NUMBER} ?(?:周岁|岁)|{_NUMBER} ?(?:周岁|岁)(?:[（(]含[^）)]{{0,6}}[）)])?(?:及)?以上"
        ),
    ),
)
_SPAN = Phrase(
    r"\b(?:between|from|aged?|ages?)(?: the)?(?: ages?)?(?: of)? (\d{2}) ?(?:and|to|-|through|until) ?(\d{2})\b"
)
_PERSON = Phrase(
    r"\bage[sd]?\b|\byears? (?:old|of age)\b|\bchild|\bminors?\b|\bkids\b|\bparent|\bguardian|\b(?:anyone|anybody|persons?|people|individuals?|users?|visitors?|somebody|nobody|no one|teens?|teenagers?) (?:\w+ ){0,3}?(?:under|over|below|above|older|younger|at least|\d)|\byou (?:are|must be|have to be|should be|need to be|represent|confirm)\b|\b(?:older|younger) than \d|周岁|岁"
)
_KEPT = Phrase(r"\b(?:retain|kept|keep|stor(?:e|ed)|archiv\w+|invoices?|backups?)\b")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: from which age, to which side, with the age itself or without, and where it stands."""

    age: int
    below: bool
    held: bool
    reading: Reading


def _limits(doc: Document) -> Iterator[Limit]:
    for below, held, phrase in _LIMITS:
        for hit in doc.hits(phrase):
            low = hit.reading.low
            if not _PERSON.search(low) or _KEPT.search(low):
                continue
            for found in phrase.finditer(low):
                if _otherwise(below, held, low, found.start()):
                    continue
                word = next(group for group in found.groups() if group)
                age = _HAN.get(word) or _WORDS.get(word) or int(word)
                if _YOUNGEST <= age <= _OLDEST:
                    yield Limit(age, below, held, hit.reading)


def _otherwise(below: bool, held: bool, low: str, start: int) -> bool:
    """Whether the words before turn the limit round: "not under 13" is from 13 on."""
    return below and not held and low[:start].endswith("not ")


def _spanned(doc: Document) -> set[int]:
    """The ages that a span of ages holds: "between 13 and 17"."""
    spans = (m.groups() for hit in doc.hits(_SPAN) for m in _SPAN.finditer(hit.reading.low))
    return {age for first, last in spans for age in range(int(first), int(last) + 1)}


def one_age(doc: Document) -> Iterator[Finding]:
    """Somebody of exactly this age falls under neither rule, or under both (rule age-gap)."""
    limits = list(_limits(doc))
    for age in sorted({limit.age for limit in limits}):
        here = [limit for limit in limits if limit.age == age]
        kinds = {(limit.below, limit.held) for limit in here}
        gap = kinds == {(True, False), (False, False)} and age not in _spanned(doc)
        twice = {(True, True), (False, True)} <= kinds
        if not gap and not twice:
            continue
        what = "in neither rule" if gap else "in both rules"
        yield report(
            "contradiction/age-gap",
            "warn",
            [limit.reading for limit in here if gap or limit.held],
            f"the limits meet at {age}, and who is exactly {age} falls {what}",
            hint=f'write "under {age}" on one side and "{age} or older" on the other',
            law="16 CFR 312.2 (COPPA); GDPR Art. 8; PIPL Art. 31",
        )


DETECTORS = (one_age,)
