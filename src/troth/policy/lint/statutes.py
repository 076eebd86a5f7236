"""Laws and dates of the text itself that are given twice and not alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_ACT = re.compile(
    r"\b((?:[A-Z][\w'’&-]+ (?:\(\w+\) |and |of |on |for |the )*){1,6}(?:Act|Ordinance|Regulations?|Directive|Law))"
    r"(?: of|,)? \(?((?:19|20)\d\d)\b"
)
# Two countries have a law of this name, two years apart.
_SHARED_NAMES = frozenset({"personal data protection act"})
_EARLIER = Phrase(r"\b(?:repeal\w*|replac\w+|supersed\w+|former\w*|previous\w*|amend\w*)\b")
_LEADING = frozenset({"the", "under", "see", "and", "of", "in", "this", "by", "our"})


def _name(words: str) -> str:
    kept = words.lower().split()
    while kept and kept[0] in _LEADING:
        kept.pop(0)
    return " ".join(kept)


def years(doc: Document) -> Iterator[Finding]:
    """One law with two years, a slip of one digit apart (rule name-inconsistent)."""
    found: dict[str, dict[str, list[Reading]]] = {}
    for reading in doc.body:
        for match in _ACT.finditer(reading.text) if " 19" in reading.low or " 20" in reading.low else ():
            if not _EARLIER.search(reading.low):
                found.setdefault(_name(match[1]), {}).setdefault(match[2], []).append(reading)
    for name, dated in found.items():
        for one, other in combinations(sorted(dated), 2):
            # laws are passed anew under an old name, but seldom so that a single digit of the year differs
            if name not in _SHARED_NAMES and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
                yield report(
                    "drafting-error/name-inconsistent",
                    "info",
                    [*dated[one], *dated[other]],
                    f"one law with two years: {quote([f'{name} {one}', f'{name} {other}'])}",
                    hint="look the law up and cite it alike everywhere",
                )


# What well-known laws are cited by.
_KNOWN = (
    (Phrase(r"\bgeneral data protection regulation\b[^.;]{0,40}?\b(20\d\d/\d{2,4})\b"), "2016/679"),
    (
        Phrase(
            r"\bregulation \(eu\) (?:no\.? ?)?(20\d\d/\d{2,4})[^.;]{0,80}\b(?:general data protection|gdpr)\b"
        ),
        "2016/679",
    ),
    (Phrase(r"\bpersonal data \(privacy\) ordinance\b[^.;]{0,12}\bcap\.? ?(\d+)"), "486"),
    (Phrase(r"\bprivacy act (?:of )?((?:19|20)\d\d)[^.;]{0,4}\(?cth\b"), "1988"),
    (Phrase(r"\bdata protection act (?:of )?((?:19|20)\d\d)[^.;]{0,30}\buk gdpr\b"), "2018"),
    (Phrase(r"个人(?:资料|信息)[(（](?:私隐|隐私)[)）]条例》?[^。；]{0,8}第 ?(\d+) ?章"), "486"),
)


# The years of laws that are passed once, or anew under an old name.
_YEARS = (
    (
        Phrase(r"\bdata protection acts,? (?:of )?1988(?:,| and| to| &|-| –) ?((?:19|20)\d\d)\b"),
        ("2003", "2018"),
    ),
    (Phrase(r"\bchildren'?s'? online privacy protection act,? (?:of )?((?:19|20)\d\d)\b"), ("1998",)),
    (Phrase(r"\bcalifornia consumer privacy act,? (?:of )?((?:19|20)\d\d)\b"), ("2018",)),
    (Phrase(r"\bcan-spam act,? (?:of )?((?:19|20)\d\d)\b"), ("2003",)),
    (Phrase(r"\bdigital personal data protection act,? (?:of )?((?:19|20)\d\d)\b"), ("2023",)),
    (Phrase(r"\bdata privacy act,? (?:of )?((?:19|20)\d\d)\b"), ("2012",)),
    (Phrase(r"\bprotection of personal information act,? (?:of )?((?:19|20)\d\d)\b"), ("2013",)),
    (Phrase(r"\belectronic communications and transactions act,? (?:of )?((?:19|20)\d\d)\b"), ("2002",)),
)


def known(doc: Document) -> Iterator[Finding]:
    """A well-known law under a wrong number or year (rule name-inconsistent)."""
    for phrase, right in (*((p, (one,)) for p, one in _KNOWN), *_YEARS):
        wrong = [
            h for h in doc.hits(phrase) for m in (phrase.search(h.reading.low),) if m and m[1] not in right
        ]
        if wrong:
            yield report(
                "drafting-error/name-inconsistent",
                "info",
                of(wrong),
                f"the law is cited by {' or '.join(right)}, not as in {quoted(wrong)}",
                hint="correct the citation",
            )


# A whole code or title where one section is meant: "under California Civil Code 1798", without what follows the dot.
_WHOLE_CODE = Phrase(
    r"\b(?:california )?civil code,? (?:sections?|§+|art(?:icle|\.))? ?1798\b(?!\.\d| ?et seq| ?(?:-|to|through|ff))|"
    r"\bcal(?:ifornia|\.)? (?:bus(?:iness|\.)? (?:and|&) prof(?:essions|\.)? code|b&p code),? (?:sections?|§+)? ?(?:division|title|chapter) \d+\b|"
    r"\b(?:title|chapter) \d+ of the (?:united states|u\.?s\.?) code\b(?![^.;]{0,20}\b(?:section|§))"
)


def whole_code(doc: Document) -> Iterator[Finding]:
    """A right under a part of a code that holds dozens of sections (rule reference-unresolved)."""
    hits = [h for h in doc.hits(_WHOLE_CODE) if not re.search(r"\b1798\.\d", h.reading.low)]
    if hits:
        yield report(
            "dangling-reference/reference-unresolved",
            "info",
            of(hits),
            f"the law is cited without the section that is meant: {quoted(hits)}",
            hint="cite the section that gives the right, such as Cal. Civ. 1798.83 for disclosures to direct marketers",
            law="GDPR Art. 12(1); Cal. Civ. 1798.83, 1798.130(a)(5)",
        )


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH}),? (?P<y1>(?:19|20)\d\d)|"
    rf"(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>(?:19|20)\d\d)|"
    r"(?P<y3>(?:19|20)\d\d) ?[-/.年] ?(?P<m3>\d{1,2}) ?[-/.月] ?(?P<d3>\d{1,2})|"
    r"(?P<a4>\d{1,2})[-/.](?P<b4>\d{1,2})[-/.](?P<y4>(?:19|20)\d\d)"
)
_CHANGED = Phrase(
    r"\b(?:last|most recently|latest)\W+(?:\w+\W+)?(?:amend|updat|revis|modif|chang|review)\w*\b|\blast (?:amendment|update|revision)\b|\b(?:updated|revised) on\b|"
    r"(?:更新|修订|修改)(?:日期|时间|于)|最近(?:更新|修订)"
)
_FORCE = Phrase(
    r"\beffective (?:date|as of|from|since)\b|\b(?:in force|valid) (?:since|from)\b|生效(?:日期|时间)"
)
_OTHER = Phrase(
    r"\b(?:previous|earlier|prior|archiv\w+|history|until|act|law|regulation|shield)\b|上一版|历史|旧版"
)


def _dates(low: str) -> frozenset[tuple[int, int, int]]:
    """The dates a text can mean by the first date it gives; two, where day and month can be exchanged."""
    match = _DATE.search(low)
    if not match:
        return frozenset()
    if match["a4"]:
        one, other, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
        return frozenset((year, m, d) for m, d in ((one, other), (other, one)) if m <= 12)
    for n in "12":
        if match[f"d{n}"]:
            month = _MONTHS.index(match[f"m{n}"][:3]) + 1
            return frozenset({(int(match[f"y{n}"]), month, int(match[f"d{n}"]))})
    return frozenset({(int(match["y3"]), int(match["m3"]), int(match["d3"]))})


def dated(doc: Document) -> Iterator[Finding]:
    """The date of the text twice: differently (rule date-conflict) or in two places (rule duplicate-sentence)."""
    for kind in (_CHANGED, _FORCE):
        given = [
            (r, _dates(r.low))
            for r in doc.readings
            if kind.search(r.low) and not _OTHER.search(r.low) and len(r.text) < 160
        ]
        given = [(r, d) for r, d in given if d]
        if len(given) < 2:
            continue
        about = [r for r, _ in given]
        if not frozenset.intersection(*(d for _, d in given)):
            yield report(
                "drafting-error/date-conflict",
                "warn",
                about,
                f"the text carries two dates of one kind: {quote(r.text for r in about)}",
                hint="give the date once, where readers look for it",
                law="PIPL Art. 17(2)",
            )
        elif len({r.low for r in about}) > 1:
            yield report(
                "duplicate/duplicate-sentence",
                "info",
                about,
                f"the date of the text stands twice, worded differently: {quote(r.text for r in about)}",
                hint="give the date once",
            )


DETECTORS = (years, known, whole_code, dated)
