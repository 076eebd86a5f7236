"""Changes of the policy itself, its dates, and dates in it that have passed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_company as kinds
from troth.policy.lint import english_opposites
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.spans import spans
from troth.policy.lint.statement import said

_POLICY = (
    r"(?:policy|notice|statement|page|terms|changes|revisions|amendments?|modifications|updates?|it|document|agreement|本政策|"
    r"政策|声明)"
)
_CHANGED = Phrase(
    r"\b(?:page|policy|notice|statement|manual|text)\b.{0,12}\bchange|\b(?:each|any|every|such) (?:revision|change|amendment|update|version)\b|\brevisions? (?:bind|apply|take)|\b(?:manual|charter|guidelines)\b.{0,40}\b(?:revis|chang|amend|updat|alter)\w*|(?:政策|声明|条款|指引|规则).{0,10}(?:调整|修改|更新|修订|变更|修正)|"
    r"\b(?:rewrite|reword|edit|adapt|adjust|vary|alter|supplement|modif\w+|chang\w+|updat\w+) (?:this|the|our) (?:page|"
    r"text|document|policy|notice|statement|terms)\b|"
    rf"\b(?:tweak|edit|alter|rework|redo)\w*\b.{{0,40}}\b{_POLICY}|\b(?:modify|change|amend|update|revise|alter|replace|revised|updated|changed|modified|"
    rf"amended)\b.{{0,60}}\b{_POLICY}|\b{_POLICY}\b.{{0,40}}\b(?:may|might|can|will|be) (?:\w+ ){{0,3}}(?:modified|changed|"
    rf"amended|updated|revised|altered)|"
    r"\b(?:polic(?:y|ies)|notice|statement|(?:data protection|privacy) (?:information|rules|practices|principles))\b[^.;]{0,40}\b(?:(?:may|can|will|might) (?:also )?(?:change|vary)\b|(?:is|are) subject to change|(?:may|can|might|will) be (?:\w+ )?(?:changed|modified|amended|updated|altered|revised))|"
    rf"\b(?:revisions|changes|amendments|updates|modifications)\b.{{0,50}}\b(?:policy|notice|statement|effective|posted|"
    rf"posting|effect|announced|communicated)|(?:修改|更新|修订|变更).{{0,8}}(?:政策|声明|条款)|(?:政策|"
    rf"声明).{{0,10}}(?:修改|更新|修订|变更)",
)
_ANYTIME = Phrase(
    r"\bas (?:we|it|\w+) (?:may )?(?:deems?|considers?|thinks?|finds?) (?:it )?(?:appropriate|necessary|fit|proper|advisable)\b|"
    r"\bwhenever (?:we|it)\b|\bwhen(?:ever)? (?:we|it) (?:fancy|fancies|likes?|want|choose)|不再(?:另行)?(?:通知|告知)|恕不(?:另行)?(?:通知|告知)|(?:无须|无需|不必)(?:另行)?(?:通知|告知)|"
    r"\bwhenever\b|\banytime\b|\bwithout (?:any )?(?:intimation|ado|announcement|word)\b|\b(?:don'?t|do not) (?:have|need) to (?:tell|inform|notify|ask)|\bany time\b|\bat any (?:moment|point|given time)\b|\bany time we\b|"
    r"\b(?:do|will|need) not (?:tell|notify|inform|warn)\b|\bwithout (?:telling|warning|announcing)\b|\bas (?:we|it) "
    r"(?:sees?|likes?|wish(?:es)?) ?(?:fit)?\b|"
    r"\bat any time\b|\bwithout (?:any )?(?:prior |further |advance )?(?:notice|notif\w+|informing|telling|warning|"
    r"announcement)|\bat (?:our|its) (?:sole |own |absolute )?discretion|\bin (?:our|its) sole discretion|\bfrom time to "
    r"time without|\bwhenever we|随时|无需.{0,6}通知",
)
_AT_ONCE = Phrase(
    r"\bfrom the (?:minute|moment|second|hour|day) (?:that )?(?:they|it|we|we have) (?:\w+ )?(?:posted?|publish\w*|upload\w*|put)|(?:公布|发布)之日(?:起)?(?:即)?生效|(?:公布|发布)(?:后)?(?:即|立即|马上)?生效|"
    r"\b(?:binds|bind|binding on) (?:you|users|customers) (?:from|upon|as of|with)\b|\bfrom (?:the (?:moment|date|day|"
    r"time) of )?(?:its )?publication\b|"
    r"\b(?:effective|binding|in force|take effect|apply|applies)\b.{0,15}\b(?:immediately|upon|when|as soon as|"
    r"once)\b.{0,20}\b(?:post|publi|upload)\w*|\beffective (?:immediately|upon)|\bimmediately effective|一经.{0,8}(?:公布|"
    r"发布).{0,8}(?:生效)|立即生效|发布即生效",
)
_AHEAD = Phrase(
    r"\b(?:before|prior to|in advance|ahead of|not less than|at least)\b.{0,60}\b(?:effect|implement|chang|appl|force|days|"
    r"weeks|notice|transferred)|\b(?:days|weeks|week|fortnight|month)\b.{0,20}\b(?:before|prior|in advance|notice|after)|\badvance "
    r"notice\b|\bnotice\b.{0,60}\bnot less than|(?:生效|变更|修改)(?:日)?(?:[0-9]{1,3}|[一二三四五六七八九十]+)?(?:日|天)?前.{0,14}(?:通知|公告|告知)|提前.{0,10}(?:通知|公告)",
)
LAW = "GDPR Art. 12(1), 13(3); PIPL Art. 14, 17(2); Cal. Bus. & Prof. 22575(b)(3); PDPO DPP1(3)"


def _clauses(doc: Document) -> list[Reading]:
    own = [
        h.reading for h in doc.hits(_CHANGED) if not _about_data(h.reading) and " | " not in h.reading.text
    ]
    seen = {r.index for r in own}
    near = [
        r
        for o in own
        for r in doc.near(o, 0, 2)
        if r.index not in seen and r.sentence.paragraph == o.sentence.paragraph
    ]
    titled = [
        r
        for r in doc.body
        if any(
            re.search(r"chang|updat|amend|revis|更新|变更|修订", s, re.IGNORECASE)
            for s in r.sentence.section[-1:]
        )
        and "policy" not in r.sentence.section[-1].lower().split()[:1]
        and not re.search(
            r"\b(?:information|data|details|correct\w*|account|profile)\b",
            r.sentence.section[-1],
            re.IGNORECASE,
        )
    ]
    return sorted({r.index: r for r in (*own, *near, *titled)}.values(), key=lambda r: r.index)


def _about_data(reading: Reading) -> bool:
    edits = {"access", "correct", "edit", "profile", "account", "rectify"} & reading.words
    return bool(edits) and not {"policy", "notice", "statement"} & reading.words


def _elsewhere(doc: Document, told: list[Reading]) -> Iterator[Finding]:
    """Changes in words of their own, where no clause was found that announces them."""
    hits = said(doc, kinds.CHANGED)
    if hits and not any(_TOLD.search(r.low) for r in told):
        yield report(
            "risky-promise/unilateral-change",
            "warn",
            of(hits),
            f"the text can change, and people have to find out for themselves: {quoted(hits)}",
            hint="announce changes to the people concerned before they apply, and ask for consent where a purpose is new",
            law=LAW,
        )


# one rule: any day, and so many days after it was announced
_ANYTIME_WITH_NOTICE = Phrase(
    r"\bat any time,? (?:(?:but )?only )?(?:with|upon|on|by giving|after giving|subject to|provided)\b[^.;]{0,40}\bnotice\b"
)


def notice(doc: Document) -> Iterator[Finding]:
    """Changes at any time, against notice ahead (rules notice-conflict, unilateral-change)."""
    clauses = _clauses(doc)
    free = [
        r
        for r in clauses
        if (_ANYTIME.search(r.low) and _CHANGED.search(r.low) and not r.told) or _AT_ONCE.search(r.low)
    ]
    ahead = [
        r
        for r in clauses
        if _AHEAD.search(r.low)
        and (spans(r.low) or "advance" in r.low or "prior" in r.words or "前" in r.low)
        and not _ANYTIME_ONLY.search(r.low)
    ]
    ahead += [h.reading for h in said(doc, english_opposites.AHEAD, ahead) if h.reading in clauses]
    free = [
        r
        for r in free
        if r not in ahead or not ({"discretion"} & r.words or _ANYTIME_WITH_NOTICE.search(r.low))
    ]
    if not free:
        found = tuple(_posted_only(clauses, ahead)) or (() if ahead else tuple(_elsewhere(doc, clauses)))
        yield from found
        return
    ahead = ahead or [r for r in clauses if r not in free and _CHOICE.search(r.low) and not r.told]
    words = [m[0] for r in free for m in (_ANYTIME.search(r.low) or _AT_ONCE.search(r.low),) if m]
    if ahead:
        about = [
            *free,
            *ahead,
            *(r for r in clauses if min(x.index for x in free) < r.index < max(x.index for x in ahead)),
        ]
        yield report(
            "contradiction/notice-conflict",
            "warn",
            about,
            f"the text can change {', '.join(dict.fromkeys(words))}, and changes are announced ahead: two rules for one thing",
            hint="say which changes are announced, how, and how many days before they apply",
            law=LAW,
        )
        return
    told = any(
        {"notify", "inform", "email", "e-mail"} & r.words
        and not r.told
        and "without" not in r.words
        and not _WRITES.search(r.low)
        for r in clauses
    )
    if not told or any(
        _AT_ONCE.search(r.low) or "without" in r.words or "discretion" in r.words for r in free
    ):
        yield report(
            "risky-promise/unilateral-change",
            "warn",
            free,
            f"the company changes the text alone and without notice: {', '.join(dict.fromkeys(words))}",
            hint="announce changes to the people concerned before they apply, and ask for consent where a purpose is new",
            law=LAW,
        )


_WRITES = Phrase(
    r"\be-?mail us\b|\b(?:contact|write to) us\b|\bby (?:posting|publishing|uploading|placing|updating)\b"
)
_CHOICE = Phrase(
    r"\b(?:notif\w+|notice|inform)\b.{0,120}\b(?:opt[- ]?out|choice|choose|object|accept or)\b|\b(?:not|never)\b.{0,40}\b(?:reduce|weaken|"
    r"diminish|limit|restrict)\w*\b.{0,40}\brights\b|(?:不会|不得)(?:削减|限制|减损|降低|减少).{0,16}(?:权利|权益)|"
    r"\b(?:materially|significantly|substantially) (?:different|differs?|changed?)\b.{0,160}\bnotify\b|"
    r"\b(?:not|never)\b.{0,100}\bwithout (?:\w+ )?(?:notice|notif\w+|telling|consent)\b"
    r"|\bless protect\w+\b.{0,60}\bnotice\b",
)
_POSTED = Phrase(
    r"\b(?:place|put|set out|note|show) (?:any|all|these|such|the|our)?\b.{0,24}\b(?:on|in) (?:this|our|the)\b|"
    r"\b(?:post(?:ed|ing)?|publish\w*|reflect(?:ed)?|appear|uploaded|placed|shown|made available|seen|viewed|found) (?:\w+ )?(?:on|by|in|at|to|here)\b|"
    r"\bposting (?:such|the|any|these|those)\b|\bcheck (?:back|this|our|the|for)\b|\b(?:review|revisit|visit|consult|read) (?:this|our|the) (?:page|policy|statement|"
    r"notice|site|website)\b|关注|查看|查阅|(?:公布|发布|公示)",
)
_UPDATES = Phrase(r"\b(?:updates?|changes?|revisions?|amendments?|new version)\b|更新|修改|变更")
_REACHED = Phrase(
    r"\b(?:by|via|through) e-?mail\b|\be-?mail(?:ing)? you\b|\bprominent|\bbanner|\bdays\b|\bpop-?up"
)
_TOLD = Phrase(
    r"\b(?:notif\w+|inform|e-?mail\w*|tell|announc\w+|alert|advise you (?!to)|ask|consent|prominent\w*|banner|pop-?up|notice on|days)\b|通知|告知|公告|提示|同意",
)


# "posted and, where appropriate, notified to you": nobody has to be told
_WHERE_FIT = Phrase(
    r"(?:,? (?:and|or),? )?\b(?:where|if|when) (?:we (?:\w+ )?(?:consider|deem|think|find|believe) (?:it )?)?(?:appropriate|necessary|possible|practicable|suitable|feasible|needed)\b,? (?:\w+ ){0,3}?(?:notif|inform|told|sen[dt]|communicat|announc|e-?mail)\w*[^.;]*"
)


def _tells(reading: Reading) -> bool:
    """Whether it says that people are told, without a reserve."""
    return _TOLD.search(_WHERE_FIT.regex.sub(" ", reading.low)) is not None


def _posted_only(clauses: list[Reading], ahead: list[Reading]) -> Iterator[Finding]:
    """Changes that people have to look for themselves."""
    posted = [r for r in clauses if _POSTED.search(r.low) and not r.heading]
    changed = any(_CHANGED.search(r.low) or _UPDATES.search(r.low) for r in posted) or len(clauses) > len(
        posted
    )
    if (
        posted
        and changed
        and not ahead
        and not any(
            _tells(r) and not r.told and not (_WRITES.search(r.low) and not _REACHED.search(r.low))
            for r in clauses
        )
    ):
        yield report(
            "risky-promise/unilateral-change",
            "warn",
            clauses,
            "changes are only put on a page, and nobody is told of them",
            hint="announce changes to the people concerned before they apply, and ask for consent where a purpose is new",
            law=LAW,
        )
    elif not posted and not ahead:
        silent = [
            r for r in clauses if _CHANGED.search(r.low) and not r.heading and not _OUTSIDE.search(r.low)
        ]
        if silent and not any(_TOLD.search(r.low) for r in clauses):
            yield report(
                "risky-promise/unilateral-change",
                "warn",
                silent,
                "the text can change, and nothing says how people learn of it",
                hint="announce changes to the people concerned before they apply, and ask for consent where a purpose is new",
                law=LAW,
            )


_OUTSIDE = Phrase(
    r"\b(?:settings?|preferences|profile|browser|password|their)\b|\bchanges? (?:in|to) (?:your|the law)\b"
)


_ANYTIME_ONLY = Phrase(r"\bwithout (?:any )?(?:prior|advance) notice|无需")

_DATE = Phrase(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})\b|\d{4}年|(?:民国)?\d{2,3}年\d{1,2}月",
)
_DATED = Phrase(
    r"\b(?:effective|in force|last (?:updated|revised|modified|changed|reviewed|amended|edited)|amended|updated?|version|as of|date|valid from|"
    r"status|revised|dated|published|posted|drawn up|written on|last (?:touched|seen to|changes?|update|revision|amendment|review))\b|\bv\. ?\d|生效|更新|版本|发布|修订日期",
)
_EFFECT = Phrase(
    r"\beffective\b|\bin force\b|\bversion\b|\bvalid from\b|\bas of\b|\bapplies from\b|生效|版本(?!更新)|版(?!本更新)",
)


_BEGAN = Phrase(
    r"\b(?:commenced|in effect|took effect|takes effect|(?:has|have) effect|effect from|posted|drawn up|replaces the|starts|started|begins|began|applies|has applied|comes into force|came into force|issued|current)\b|施行|实施",
)
_UNFILLED = Phrase(
    r"^\W*(?:last |version|date|effective|updated|revised|生效|更新|版本).{0,30}(?:\[[^\]]*\]|_{3,}|\btb[dca]\b|<[^>]*>|x{2,}|【[^】]*】)",
)


_BARE = Phrase(
    r"^\W*(?:january|february|march|april|may|june|july|august|september|october|november|december|\d{1,2}) [\w, ]{0,14}(?:19|20)\d\d\W*$|^\W*(?:19|20)\d\d ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?\W*$"
)
_VERSION = Phrase(r"^\W*v(?:ersion|er)?\.? ?\d+(?:\.\d+)*\b")


# the year of a standard or a law, and the day a company was founded
_STANDARD = Phrase(
    r"(?:gb/t|gb|iso(?:/iec)?) ?\d+(?:-(?:19|20)\d\d)?|\b\d{5}-(?:19|20)\d\d\b|成立于(?:19|20)\d\d年"
)


# the day of the last change says nothing on the day from which the text applies
_REVISED = Phrase(r"\b(?:revis(?:ed|ion)|last (?:updated|modified|changed|edited|reviewed))\b")


def dates(doc: Document) -> Iterator[Finding]:
    """No date, or a date without a meaning (rule effective-date)."""
    empty = [r for r in doc.readings if _UNFILLED.search(r.low)]
    dated = [
        r
        for r in doc.readings
        for low in (r.low.replace("_", " "),)  # a date on a line to be filled in
        if (_DATED.search(low) or _BEGAN.search(low) or _BARE.match(low))
        and (
            (_DATE.search(low) and _DATE.search(_STANDARD.regex.sub(" ", low)))
            or ("version" in r.words and any(c.isdigit() for c in r.low))
        )
        and len(r.words) < 40
        and "gdpr" not in r.words
        and not r.refuses
    ]
    dated = [r for r in dated if len(r.words) < 14 or r.index < 4 or r.index > len(doc.readings) - 4]
    clauses = _clauses(doc)
    lead = any(_AHEAD.search(r.low) for r in clauses)
    if (
        dated
        and not empty
        and (
            any(_VERSION.search(r.low) for r in doc.readings)
            or any(_EFFECT.search(r.low) or _BEGAN.search(r.low) for r in dated)
            or lead
            or (not clauses and not all(_REVISED.search(r.low) for r in dated))
            or any(_EFFECT.search(b.low) for r in dated for b in doc.readings[max(0, r.index - 1) : r.index])
        )
    ):
        return
    what = (
        "an update date but no effective date or version, and no lead time for changes"
        if dated
        else "no effective date and no version"
    )
    yield report(
        "missing-mandatory/effective-date",
        "warn",
        (*empty, *dated, *(r for r in clauses if not r.told and not r.heading)),
        f"the text has {what}",
        hint="state the version and the day from which it applies, and keep older versions available",
        law="Cal. Bus. & Prof. 22575(b)(4); GDPR Art. 5(2), 12(1); PIPL Art. 17(2)",
    )


_STALE = Phrase(
    r"\b(?:gdpr|general data protection regulation|ccpa|cpra|pipl|pdpa|personal information protection law|"
    r"dsgvo)\b.{0,80}\b(?:enters? (?:into )?force|will (?:come|enter|apply|take)|comes? into (?:force|effect)|becomes "
    r"effective|new regulation)|"
    r"\bnew regulation\b|(?<!repealing )\bdirective 95/46|\bdata protection act 1998",
)
_OLD_DIRECTIVE = Phrase(r"\bdirective (?:95/46|1995/46)|\b95/46/ec\b")
_TO_COME = Phrase(
    r"\b(?:law|laws|legislation|regulation|rules|act|gdpr|ccpa|cpra|pipl)\b.{0,60}\b(?:will|shall|is to|are to|is going to|is about to|are changing|is changing|changes?) "
    r"(?:(?:be )?(?:chang\w+|replaced?|come|enter|apply|take|start|begin|becom\w+)\b.{0,40}|)(?:on|from|in|of) (?:the )?"
    r"(?:25(?:th)?(?: of)? may,? 2018|may 25(?:th)?,? 2018|may 2018|(?:1(?:st)?(?: of)? january|january 1(?:st)?),? (?:2020|2023)|"
    r"(?:1(?:st)? november|november 1(?:st)?),? 2021)|"
    r"(?:将于|将在|将自|即将于) ?(?:2021 ?年 ?11 ?月 ?1 ?日|2017 ?年 ?6 ?月 ?1 ?日|2021 ?年 ?9 ?月 ?1 ?日)[^。]{0,12}(?:施行|实施|生效)"
)
# national acts that ended in 2018, where nothing newer is named
_IN_FORCE = Phrase(r"\bgdpr\b|\bgeneral data protection regulation\b|\bdsgvo\b|\brgpd\b|\b2016/679\b")
_REPEALED = (
    (
        Phrase(r"\bpersonal data (?:act|regulations?)\b|\bpersonopplysningsloven\b"),
        Phrase(r"\bnorw(?:ay|egian)\b|\bswed(?:en|ish)\b|\bfinland\b|\bfinnish\b"),
    ),
    (Phrase(r"\bact on (?:the )?processing of personal data\b"), Phrase(r"\bdenmark\b|\bdanish\b")),
    (
        Phrase(
            r"\bwet bescherming persoonsgegevens\b|\bwbp\b|\b(?:dutch )?(?:personal )?data protection act\b"
        ),
        Phrase(r"\bnetherlands\b|\bdutch\b"),
    ),
    (Phrase(r"\bdata protection acts? (?:of )?1988\b"), Phrase(r"\bireland\b|\birish\b")),
)
_NO_LONGER = Phrase(
    r"\b(?:invalid|no longer|former|replaced|repealed|not rely)",
)
_IMPOSSIBLE = Phrase(
    r"\b(?:3[01] february|february 3[01]|31 (?:april|june|september|november)|(?:april|june|september|november) 31|3[2-9] "
    r"(?:january|march|may|july|august|october|december)|(?:january|march|may|july|august|october|december) 3[2-9])\b"
)


def stale(doc: Document) -> Iterator[Finding]:
    """Laws spoken of as future, repealed laws, impossible dates (rule stale-date)."""
    hits = [h for h in doc.hits(_STALE) if not _NO_LONGER.search(h.reading.low)]
    known = {h.reading.index for h in hits}
    # Headings too: "the law will change on" is often the headline of the whole text.
    hits += [
        Hit(r, m[0]) for r in doc.readings if r.index not in known for m in (_TO_COME.search(r.low),) if m
    ]
    hits += [
        Hit(r, m[0])
        for r in doc.readings
        if r.heading and not _NO_LONGER.search(r.low)
        for m in (_OLD_DIRECTIVE.search(r.low),)
        if m
    ]
    if hits:
        yield report(
            "drafting-error/stale-date",
            "warn",
            of(hits),
            f"this was overtaken by time: {quoted(hits)}",
            hint="speak of the law in force, and remove mechanisms that no longer exist",
            law="GDPR Art. 5(1)(a), 12(1)",
        )
    if not _IN_FORCE.search(doc.low):
        old = [
            Hit(r, m[0])
            for law, country in _REPEALED
            if country.search(doc.low)
            for r in doc.body
            for m in (law.search(r.low),)
            if m and not _NO_LONGER.search(r.low)
        ]
        if old:
            yield report(
                "risky-promise/law-repealed",
                "block",
                of(old),
                f"the text rests on a law that the GDPR has replaced: {quoted(old)}",
                hint="rest on the GDPR and the national act beside it, and look every duty of the old law up anew",
                law="GDPR Art. 94, 99",
            )
    wrong = [r for r in doc.readings if _IMPOSSIBLE.search(r.low)]
    if wrong:
        yield report(
            "drafting-error/date-impossible",
            "warn",
            wrong,
            "a date that no calendar has",
            hint="correct the date",
        )


DETECTORS = (notice, dates, stale)
