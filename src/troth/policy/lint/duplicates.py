"""Text that stands twice: word for word, nearly so, or the same clause in other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from troth.model.finding import Finding
from troth.policy.lint.chinese_words import ADDRESS
from troth.policy.lint.counterparts import counterparts
from troth.policy.lint.document import Document
from troth.policy.lint.lexicon import STOPWORDS, stem
from troth.policy.lint.marketing import MESSAGES, OPT_OUT
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report
from troth.policy.lint.spans import spans

_SHORTEST = 5
_ALIKE = 0.66
_NEAR_WORDS = 7
_FEW_WORDS = 5
_GAP = 4
_INSIDE = 0.85
_REACH = 600  # sentences; the longest policies have fewer, and time must not grow with the square of a text
_MOST = 500  # pairs; who says everything twice is told so often enough


_NUMBERED = re.compile(r"^[(（]?\d{1,2}(?:\.\d{1,2})*[)）.、]? ?(?=\D)")


def _fold(reading: Reading) -> str:
    return " ".join(_NUMBERED.sub("", reading.low.strip(" •-–*·")).split())


def _parallel(doc: Document, one: Reading, other: Reading) -> bool:
    """Whether two units are items of two lists, each of which needs the item."""
    leads = [_lead(doc, r) for r in (one, other)]
    return all(leads) and leads[0] != leads[1]


def _lead(doc: Document, reading: Reading) -> str:
    if reading.lead and reading.sentence.element == "bullet":
        return reading.lead
    # the number of an item can stand in a unit of its own
    before = doc.readings[reading.index - 1] if reading.index else None
    return before.lead if before and len(before.text) < _BARE else ""


_BARE = 8


def _pairs(doc: Document) -> list[tuple[Reading, Reading]]:
    first: dict[str, Reading] = {}
    opened: dict[str, list[Reading]] = {}
    found = []
    for r in doc.body:
        key = _fold(r)
        if not any(c.isalpha() for c in key):
            continue  # a number of an item on a line of its own
        if (
            len(key.split()) < _SHORTEST
            and not any(c.isdigit() for c in key)
            and "@" not in key
            and not (r.cjk and len(key) > 14)
        ):
            continue
        if key in first:
            if _form(doc, r):
                opened.setdefault(key, [first[key]]).append(r)
            elif not _parallel(doc, first[key], r):
                found.append((first[key], r))
        else:
            first[key] = r
    # what opens the entries of many services alike is their form; what opens two of them is a repetition
    for same in opened.values():
        if len(same) < _ENTRIES:
            found += [(same[0], r) for r in same[1:] if not _parallel(doc, same[0], r)]
    return sorted(found, key=lambda pair: pair[1].index)


_ENTRIES = 4


def _form(doc: Document, reading: Reading) -> bool:
    """Whether a unit stands first under its heading."""
    return reading.index > 0 and doc.readings[reading.index - 1].heading


def verbatim(doc: Document) -> Iterator[Finding]:
    """The same words twice (rule duplicate-sentence)."""
    groups: list[list[tuple[Reading, Reading]]] = []
    for one, other in _pairs(doc):
        last = groups[-1][-1] if groups else None
        if last and one.index - last[0].index <= 2 and other.index - last[1].index <= 2:
            groups[-1].append((one, other))
        else:
            groups.append([(one, other)])
    for group in groups:
        yield report(
            "duplicate/duplicate-sentence",
            "info",
            [r for pair in group for r in pair],
            f"the same words stand twice: {quote(a.text for a, _ in group)}",
            hint="remove one of them",
        )


def _alike(readings: list[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Pairs whose content words are the same for two thirds."""
    for place, one in enumerate(readings):
        size = len(one.stems)
        for other in readings[place + 1 : place + _REACH]:
            length = len(other.stems)
            if length * _ALIKE > size or size * _ALIKE > length:
                continue
            both = len(one.stems & other.stems)
            if both >= _ALIKE * (size + length - both):
                yield one, other


def _contained(readings: list[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Pairs where one says nearly all that the other says, and more."""
    for place, one in enumerate(readings):
        for other in readings[place + 1 :]:
            short, long = (one, other) if len(one.stems) <= len(other.stems) else (other, one)
            if len(short.stems) >= _NEAR_WORDS and len(short.stems & long.stems) >= _INSIDE * len(
                short.stems
            ):
                yield one, other


def _of_its_own(reading: Reading) -> bool:
    """Whether the heading is one name, and the sentence is about it."""
    title = reading.sentence.section[-1].strip() if reading.sentence.section else ""
    return bool(title) and " " not in title and title[:1].isupper() and title.lower() in reading.low


def nearly(doc: Document) -> Iterator[Finding]:
    """Nearly the same sentence twice (rule duplicate-clause)."""
    long = [
        r
        for r in doc.body
        if len(r.stems) >= _NEAR_WORDS or (len(r.stems) >= _FEW_WORDS and len(r.words) > _NEAR_WORDS)
    ]
    for one, other in islice(_alike(long), _MOST):
        if other.index - one.index < 2 or _fold(one) == _fold(other):
            continue
        if _lists(doc, one) and _lists(doc, other):
            continue
        if (one.words & _RIGHTS) ^ (other.words & _RIGHTS):
            continue  # two rights may be used in the same way
        if _labelled(one) and _labelled(other) and _labelled(one) != _labelled(other):
            continue  # "Facebook: ...", "Twitter: ..." are rows of one list
        if _of_its_own(one) and _of_its_own(other) and one.sentence.section != other.sentence.section:
            continue  # what each of several services does stands under its name
        if _CITED.search(one.low) and _CITED.search(other.low):
            continue  # each processing names its basis, in the words of the law
        if _clauses(one) and _clauses(other) and _clauses(one) != _clauses(other):
            continue  # the same rule for what two clauses list, with a figure of its own
        if one.refuses == other.refuses and (
            spans(one.low) == spans(other.low) or not (spans(one.low) and spans(other.low))
        ):
            yield report(
                "duplicate/duplicate-clause",
                "info",
                (one, other),
                f"nearly the same sentence twice: {quote([one.text, other.text])}",
                hint="keep one, so that the two can not drift apart",
            )


_CLAUSE_NUMBER = re.compile(r"\b(?:clause|section|article|paragraph|item|point|annex)s? (\d[\d.]*)")


def _clauses(reading: Reading) -> list[str]:
    """The clauses that a sentence points at."""
    return [m[1].rstrip(".") for m in _CLAUSE_NUMBER.finditer(reading.low)]


_LABEL = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*[.)]? )?([^\s:|][^:|.;]{0,39}?) ?[:|] \S")


def _labelled(reading: Reading) -> str:
    """The word before the colon of a row, empty where it has none."""
    label = _LABEL.match(reading.low)
    return label[1] if label else ""


_RIGHTS = frozenset(
    "access erasure rectification correction restriction portability object objection withdraw".split()
)


def _lists(doc: Document, reading: Reading) -> bool:
    """Whether a sentence introduces a list; two lists may be introduced alike."""
    after = doc.readings[reading.index + 1 : reading.index + 2]
    announced = "following" in reading.words or reading.low.rstrip().endswith(":")
    return announced and bool(after) and after[0].sentence.element == "bullet"


_CITED = Phrase(
    r"\bart(?:icle|\.)? ?\d+\b.{0,40}\b(?:gdpr|dsgvo|regulation)|\b(?:gdpr|dsgvo)\b.{0,20}\bart(?:icle|\.)? ?\d+|第\s?\d+\s?条"
)
_LINKED = Phrase(
    r"\blink(?:s|ing|ed)?\b.{0,60}\b(?:not|no)\b.{0,40}\b(?:answer|responsib\w+|liab\w+|accountable|control|stand)|\b(?:other|these|those|external|linked|their) (?:\w+ )?(?:sites?|websites?|pages?)\b.{0,90}\b(?:not (?:our|under)|no (?:control|responsib\w+)|own risk)|\blinks? to (?:and from )?(?:\w+ ){0,5}(?:sites?|websites?|apps?|partners)\b|\b(?:not|"
    r"any) (?:accept \w+ )?(?:responsib|liab)\w*.{0,70}\b(?:sites?|websites?|polic\w+|practices)|"
    r"\b(?:review|read|check) (?:their|the|such|these) .{0,30}(?:polic|statements)|\b(?:separate|"
    r"own) (?:\w+ ){0,3}(?:privacy )?(?:polic|practices)",
)
_PROCESSED = Phrase(
    r"\bthird[- ]part\w*\b.{0,160}\b(?:on (?:our|its) behalf|perform\w* services|preserve|analy[sz]e|store|"
    r"process|manipulate)|\bthird[- ]part\w*\b.{0,80}\b(?:contractually|required|bound|"
    r"obliged)\b.{0,60}\b(?:same level|confidential|treat)",
)
_LEGAL = Phrase(
    r"\b(?:disclose|release|cooperate|share|provide)\b.{0,140}\b(?:law enforcement|court orders?|"
    r"legal process(?:es)?|subpoenas?|required by law|authorities|claims|protect (?:our|the) rights)\b",
)
# who settles complaints gets no customer's data by a clause on disclosure
_SUPERVISORS = Phrase(
    r"\b(?:cooperat\w+|comply)\b[^.;]{0,60}\b(?:data protection|privacy|supervisory) (?:authorit|commissioner|regulator|agenc)\w*|\bdpas?\b"
)
_ALTERED = Phrase(
    r"\b(?:right|may|can),? (?:\w+,? ){0,6}?(?:change|modify|amend|update|revise|alter)\b.{0,60}\b(?:privacy )?(?:policy|statement|notice)\b",
)
_THEMES = (
    ("changes of the policy", _ALTERED),
    ("links to other sites", _LINKED),
    ("processing by third parties", _PROCESSED),
    ("disclosure to authorities", _LEGAL),
)


def clusters(found: list[Reading]) -> list[list[Reading]]:
    """Readings in text order, put together where they stand near each other in one section."""
    groups: list[list[Reading]] = []
    for r in found:
        if (
            groups
            and r.index - groups[-1][-1].index < _GAP
            and r.sentence.section == groups[-1][-1].sentence.section
        ):
            groups[-1].append(r)
        else:
            groups.append([r])
    return groups


def restated(doc: Document) -> Iterator[Finding]:
    """The same clause in two places (rule duplicate-clause)."""
    for theme, phrase in _THEMES:
        found = [
            h.reading
            for h in doc.hits(phrase)
            if not h.reading.refuses & {"share"}
            and "right" not in h.reading.words
            and "defend" not in h.reading.words
            and not (theme != "links to other sites" and h.reading.sentence.element == "bullet")
            and not (phrase is _LEGAL and _SUPERVISORS.search(h.words.lower()))
        ]
        groups = clusters(found)
        if theme == "links to other sites":
            groups = [g for g in groups if any("link" in r.low and "cookie" not in r.low for r in g)]
        if len(groups) > 1:
            yield report(
                "duplicate/duplicate-clause",
                "info",
                [r for g in groups for r in g],
                f"the clause about {theme} stands {len(groups)} times: {quote(g[0].text for g in groups)}",
                hint="keep one clause; two with different limits contradict each other sooner or later",
            )


_SAME_WORDS = 4
_NEAR_BY = 8
_AIM = re.compile(r"\b(?:purposes? of|in order to|to) ((?:[a-z'-]+ ){3,9}[a-z'-]+)")


def purpose_twice(doc: Document) -> Iterator[Finding]:
    """The same purpose in two sentences of one section, in the same words (rule duplicate-clause)."""
    held: dict[tuple[str, ...], Reading] = {}
    for r in doc.body:
        if not {"use", "used", "uses", "using"} & r.words or r.told or r.sentence.element == "bullet":
            continue
        for match in _AIM.finditer(r.low):
            words = [stem(w) for w in match[1].split() if w not in STOPWORDS][:_SAME_WORDS]
            one = held.setdefault(tuple(words), r)
            near = 1 <= r.index - one.index <= _NEAR_BY and one.sentence.section == r.sentence.section
            if len(words) == _SAME_WORDS and near and _fold(one) != _fold(r):
                yield report(
                    "duplicate/duplicate-clause",
                    "info",
                    (one, r),
                    f"the same purpose stands twice: {quote([one.text, r.text])}",
                    hint="keep one",
                )
                break


_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_CLAUSES = re.compile(r"[，。；：,;:！？\s“”\"]+")
_CLAUSE = 8
_TOTAL = 20
_SAME = 0.75


_LONG_CLAUSES, _PAIRS_ALIKE = 16, 0.8


def _again(one: Reading, other: Reading, both: int) -> bool:
    """Whether two long sentences share clauses, and nearly all pairs of characters in the others."""
    if both < _LONG_CLAUSES:
        return False
    first, second = ({r.low[n : n + 2] for n in range(len(r.low) - 1)} for r in (one, other))
    return 2 * len(first & second) >= _PAIRS_ALIKE * (len(first) + len(second))


def chinese_alike(doc: Document) -> Iterator[Finding]:
    """Nearly the same Chinese sentence twice, what stands in brackets aside (rule duplicate-clause)."""
    if not doc.chinese:
        return
    holders: dict[str, list[int]] = {}
    lengths: dict[int, int] = {}
    for r in doc.body:
        # an address given twice is no sentence given twice
        clauses = set(_CLAUSES.split(ADDRESS.sub("", _ASIDE.sub("", r.low))))
        lengths[r.index] = sum(map(len, clauses))
        if lengths[r.index] < _TOTAL:
            continue
        shared: Counter[int] = Counter()
        for clause in clauses:
            if len(clause) >= _CLAUSE:
                known = holders.setdefault(clause, [])
                shared.update(dict.fromkeys(known, len(clause)))
                known.append(r.index)
        for index, both in shared.items():
            one = doc.readings[index]
            if (
                (both >= _SAME * max(lengths[index], lengths[r.index]) or _again(one, r, both))
                and r.index - index > 1
                and one.refuses == r.refuses
                and _fold(one) != _fold(r)
                and not _parallel(doc, one, r)
                and not counterparts(one, r)
            ):
                yield report(
                    "duplicate/duplicate-clause",
                    "info",
                    (one, r),
                    f"nearly the same sentence twice: {quote([one.text, r.text])}",
                    hint="keep one, so that the two can not drift apart",
                )


_NO_CHOICE = Phrase(r"\b(?:may|can|could|will)(?: ?not|n't) (?:be able to )?(?:opt|unsubscribe)")


_WAY = Phrase(
    r"\bby (?:\w+ing|following|logging|e-?mail)\b[^.;]{0,120}\b(?:e-?mail|account|link|settings?|instructions|us)\b"
)
_ASIDE_UNITS = 2


def stopped_twice(doc: Document) -> Iterator[Finding]:
    """The opt-out from messages offered in two places (rule duplicate-clause)."""
    offers = [
        h.reading
        for h in doc.hits(OPT_OUT)
        if ({"you", "option", "users", "user", "customers", "members", "subscribers"} & h.reading.words)
        and not {
            "cannot",
            "object",
            "cookies",
            "advertising",
            "analytics",
            "sale",
            "sharing",
            "must",
            "should",
            "ever",
        }
        & h.reading.words
        and not h.reading.told
        and (
            MESSAGES.search(h.reading.low)
            or "communications" in h.reading.words
            or "communication" in h.reading.words
            or {"emails", "e-mails"} & h.reading.words
            or "mailings" in h.reading.words
        )
        and not h.reading.refuses - {"collect"}
        and not _NO_CHOICE.search(h.reading.low)
    ]
    groups = clusters(offers)
    if len(groups) == 1:
        # one way told, other matters, and the way told again
        ways = [r for r in offers if _WAY.search(r.low)]
        groups = [[r] for r in ways] if ways and ways[-1].index - ways[0].index > _ASIDE_UNITS else groups
    if len(groups) > 1:
        yield report(
            "duplicate/duplicate-clause",
            "info",
            [r for g in groups for r in g],
            f"the way to stop messages is described {len(groups)} times: {quote(g[0].text for g in groups)}",
            hint="describe it once, with every channel",
        )


_BY_ITSELF = Phrase(
    r"\bautomatic(?:ally)? (?:\w+ ){0,2}?(?:collect|gather|record|log|receiv|obtain|captur|track)\w*|\b(?:collect|gather|record|log|receiv|obtain|captur|track)\w*\b[^.;]{0,60}\bautomatically\b|"
    r"\b(?:server|web) logs? (?:files? )?(?:record|collect|contain)\w*|自动(?:收集|记录|采集|获取)"
)
_KINDS = (
    ("address", Phrase(r"\bip\b|\binternet protocol\b|ip ?地址")),
    (
        "browser",
        Phrase(r"\bbrowser (?:type|version|software|name)|\btype of browser|浏览器(?:的)?(?:类型|版本)"),
    ),
    ("system", Phrase(r"\boperating systems?\b|操作系统")),
    (
        "pages",
        Phrase(
            r"\breferr?(?:ing|er)|\bexit pages?\b|\bpages? (?:you )?(?:view|visit)\w*|访问(?:的)?页面|来源页"
        ),
    ),
    (
        "time",
        Phrase(
            r"\btime stamps?|\bdate (?:and|/) ?time|\btimestamps?|\btime (?:and date )?of (?:access|your visit|the visit)|访问时间"
        ),
    ),
    ("provider", Phrase(r"\binternet service provider|\bisp\b|运营商")),
    ("device", Phrase(r"\bdevice (?:type|id|model|identifiers?)|设备(?:型号|标识|信息)")),
)
_TOLD_TWICE = 2


def collected_twice(doc: Document) -> Iterator[Finding]:
    """What is collected by itself, listed in two places (rule duplicate-clause)."""
    found = [
        h.reading for h in doc.hits(_BY_ITSELF) if not h.reading.refuses & {"collect"} and not h.reading.told
    ]
    told = [(g, _listed(doc, g)) for g in clusters(found)]
    for place, (one, first) in enumerate(told):
        for other, second in told[place + 1 :]:
            if len(set(first) & set(second)) >= _TOLD_TWICE:
                about = {r.index: r for r in (*one, *other, *first.values(), *second.values())}
                yield report(
                    "duplicate/duplicate-clause",
                    "info",
                    about.values(),
                    f"what is collected automatically is listed twice: {quote([one[0].text, other[0].text])}",
                    hint="keep one list; two lists drift apart",
                )
                return


def _listed(doc: Document, group: list[Reading]) -> dict[str, Reading]:
    """The kinds of data that a group of sentences and the two after it name, each with its sentence."""
    near = doc.readings[group[0].index : group[-1].index + 3]
    listed: dict[str, Reading] = {}
    for reading in near:
        if reading.heading:
            break
        for kind, phrase in _KINDS:
            if phrase.search(reading.low):
                listed.setdefault(kind, reading)
    return listed


DETECTORS = (verbatim, nearly, purpose_twice, chinese_alike, restated, stopped_twice, collected_twice)
