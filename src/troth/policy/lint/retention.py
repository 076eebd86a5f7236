"""How long data is kept: conflicts between periods, periods without a measure, no period at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from troth.model.finding import Finding
from troth.policy.lint import english_keeping
from troth.policy.lint.chinese_words import ON_DEVICE
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.kept_rows import kept_rows
from troth.policy.lint.periods import ENDLESS, NEEDED, WHIM, keepings, opposed, same_records
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report
from troth.policy.lint.spans import spans
from troth.policy.lint.statement import said

LAW = (
    "GDPR Art. 5(1)(e), 13(2)(a); PIPL Art. 17(1)(2), 19; PDPO DPP2(2); PDPA s. 25; Cal. Civ. 1798.100(a)(3)"
)

_HAZY = Phrase(
    r"\b(?:a|some) (?:good|long|little|short|fair|decent) (?:while|time|bit)\b|\b(?:some ?time|at some (?:point|stage)|eventually|in due course|one day|sooner or later|when (?:we|it) (?:get|find|have|is|suits?)\w*)\b(?=.*)|"
    r"\b(?:a|an|any|some|the|for) (?:\w+ly )(?:reasonable|appropriate|suitable|acceptable|sensible|necessary|limited) "
    r"(?:period|amount|length|time|duration|term)s?\b|\b(?:as|so) long as (?:it is |is )?(?:deemed|considered|found|"
    r"thought) (?:necessary|appropriate|useful|fit)|"
    r"\b(?:as|so) long as (?:it is |this is |is |they are )?(?:useful|practical|appropriate|desirable|reasonable|"
    r"convenient|sensible)\b|\b(?:as|when) appropriate\b(?=.{0,20}$)|"
    r"\b(?:a|an|any|some|the|for) (?:certain|reasonable|appropriate|limited|suitable|adequate|sufficient|necessary|extended)"
    r"(?:,? (?:and|or)? ?\w+)? (?:period|amount|length|time|duration)s?\b|\bfor (?:some|a) (?:time|while)\b|"
    r"\bminimum period (?:required|prescribed|permitted)|(?:合理|一定|适当|必要)的?(?:期限|时间|期间)|"
    r"\b(?:an )?(?:unspecified|undetermined|undefined|indeterminate|unknown) (?:period|time|length|duration)",
    Frame("keeping 3 hazy-time"),
    Frame("keeping 8 period 3 we 2 see-fit"),
    Frame("hazy-time 2 keeping"),
)
_CONTEXT = Phrase(
    r"\b(?:retain|retention|keep|kept|stor(?:e|ed|age|es)|hold|held|sav(?:e|ed)|preserv|archiv|delet|eras|destroy|"
    r"anonymi[sz])|保存|保留|存储|留存|删除",
)
_STATED = Phrase(
    r"\b(?:as long as|period|until|indefinite|no longer|forever|permanent|after|upon|duration|while|lifetime|during|"
    r"perpetu)|期限|时间|期间|永久|后",
)
_HARMLESS = Phrase(
    r"anonym|aggregat|de-?identif|statistic|suppression|do[- ]not[- ]contact|non-personal|匿名|公[众共](?:领域|区域|平台)",
)
_CLOSING = Phrase(
    r"\baccount (?:closure|cancellation|termination|deletion)\b|\b(?:closure|cancellation|termination|deletion) of (?:your|"
    r"the|an) account|"
    r"\b(?:clos|cancel|terminat|delet)\w* (?:of )?(?:your|the|an) account|\baccount (?:is|be|has been|was) (?:closed|cancelled|"
    r"deleted)|注销",
)
_ANSWERING = Phrase(
    r"\brequest|\brespond|\breply|\banswer|\bnotice\b|\bnotif|\bcomplain|答复|通知",
)
_SECURITY = Phrase(r"\b(?:protect|safeguard|secur\w+) (?:\w+ ){0,6}(?:while|during)|while stored")


def _about_storage(reading: Reading) -> bool:
    return bool(reading.acts & {"retain", "erase"}) or _CONTEXT.search(reading.low) is not None


# the text that people should read now and then is no record
_REREAD = Phrase(
    r"\b(?:review|check|read|consult|visit|revisit)\b[^.;]{0,40}\b(?:policy|statement|notice|page)\b[^.;]{0,20}\b(?:periodically|from time to time|regularly|frequently|often)\b"
)


def _kept(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(h for h in hits if _about_storage(h.reading) and not _REREAD.search(h.reading.low))


# What is gone for good, a licence for ever, a secret kept for ever, somebody else's archive.
_NOT_ENDLESS = Phrase(
    r"\b(?:deleted|removed|erased|gone) (?:for good|for ever|forever|permanently)\b|\b(?:permanently|irrevocably|irretrievably) (?:and \w+ )?(?:delet|remov|eras|destroy|purg|dispos|wip)\w*|\b(?:obligation|duty|promise|licen[cs]e)\b[^.;]{0,80}\b(?:without limit|for ever|forever|perpetual)|"
    r"(?:保存|存储|保留|留)(?:在|于)(?:您|你|用户)的?[^。；，,]{0,4}(?:设备|手机|电脑|客户端|浏览器|本地)|\bwould breach\b|\b(?:by|of) the customer\b.{0,20}\bwithout limit|\bcertificate transparency\b|(?:汇总|聚合|统计)(?:后)?的?(?:数据|信息|资料)|"
    r"(?:您|用户|会员)(?:可以?|能够?)?[^。；，]{0,10}(?:设置|设定|选择|改)[^。；，]{0,6}(?:永久|永远|无限期|长期)"
)


# kept for counting, and not said to be counted: these are still the records of persons
_FOR_COUNTING = Phrase(
    r"^(?!.*(?:anonym|aggregat|de-?identif|non-personal))(?:.*\W)?(?:records?|logs?|data|information|details|entries|files)\b[^.;]{0,40}\bfor (?:\w+ )?statistic\w* (?:purposes|reasons|use|analysis)"
)


def endless(doc: Document) -> tuple[Hit, ...]:
    """Sentences that keep personal data without end."""
    found = tuple(
        h
        for h in _kept(doc.hits(ENDLESS))
        if (not _HARMLESS.search(h.reading.low) or _FOR_COUNTING.search(h.reading.low))
        and (not h.reading.refuses & {"retain", "use"} or "never" in h.words.lower())
        and not _NOT_ENDLESS.search(h.reading.low)
    )
    return found + tuple(h for h in said(doc, english_keeping.ENDLESS, found) if not spans(h.reading.low))


def limited(doc: Document) -> tuple[Hit, ...]:
    """Sentences that bound how long data is kept, by need or by number."""
    by_need = tuple(h for h in _kept(doc.hits(NEEDED)) if not ENDLESS.search(h.reading.low))
    seen = {h.reading.index for h in by_need}
    by_number = tuple(Hit(r, r.text) for r in periods(doc) if r.index not in seen and "erase" in r.acts)
    return by_need + by_number


_IDLE = Phrase(
    r"\b(?:right to|may) (?:\w+[ ,-]+){0,4}?(?:suspend|terminate|de-?activate|remove|delete|close) (?:\w+ ){0,3}?accounts?\b"
)


def _find_periods(doc: Document) -> tuple[Reading, ...]:
    return tuple(
        r
        for r in doc.body
        if spans(r.low)
        and not _IDLE.search(r.low)
        and (_about_storage(r) or "collect" in r.acts)
        and not _ANSWERING.search(r.low)
    )


def periods(doc: Document) -> tuple[Reading, ...]:
    """Sentences that keep or delete data after a number of days, months or years."""
    return doc.once(_find_periods)


_GENERAL = Phrase(
    r"\b(?:personal|your|customers?'?|users?'?|customer|user|all|any|collected|the) (?:\w+ )?(?:data|information|"
    r"details)\b|个人信息|用户信息|个人数据|您的信息",
)


def _shares_data(one: Reading, other: Reading) -> bool:
    """Whether two sentences can be about the same data: both general, one naming a kind, or a kind in common."""
    general = _GENERAL.search(one.low), _GENERAL.search(other.low)
    if all(general):
        return True
    if any(general):
        return bool(one.data or other.data)
    return bool(one.data & other.data) or one.cjk


def conflict(doc: Document) -> Iterator[Finding]:
    """The same data kept without end and only for a while (rule retention-conflict)."""
    without_end = endless(doc)
    if not without_end:
        return
    clashed = {i for g in _groups(doc) for i in (r.index for r in g)}
    bounded = [h for h in limited(doc) if any(_shares_data(e.reading, h.reading) for e in without_end)]
    if bounded:
        about = [*of(without_end), *of(bounded)]
        after = doc.readings[bounded[-1].reading.index + 1 : bounded[-1].reading.index + 2]
        about += [r for r in after if not r.heading and "retain" in r.acts and not r.told]
        yield report(
            "contradiction/retention-conflict",
            "block",
            about,
            f"data is kept without end ({quoted(without_end)}) and only for a limited time ({quoted(bounded)})",
            hint="state one period, or the criteria for it, for each kind of data",
            law=LAW,
        )
        return
    without_end = tuple(h for h in without_end if h.reading.index not in clashed)
    if not without_end:
        return
    yield report(
        "risky-promise/retention-indefinite",
        "block",
        of(without_end),
        f"personal data is kept without end: {quoted(without_end)}",
        hint="state a period, or the criteria for it, and delete afterwards",
        law=LAW,
    )


def _groups(doc: Document) -> list[list[Reading]]:
    """Statements about the same records that can not all be kept."""
    groups: list[list[Reading]] = []
    for one, other in combinations(keepings(doc), 2):
        if not (opposed(one, other) and same_records(one, other)):
            continue
        joined = next((g for g in groups if one.reading in g or other.reading in g), None)
        if joined is None:
            groups.append([one.reading, other.reading])
        else:
            joined += [one.reading, other.reading]
    return groups


def clashing(doc: Document) -> Iterator[Finding]:
    """The same records kept for two different times (rule retention-conflict)."""
    for group in _groups(doc):
        yield report(
            "contradiction/retention-conflict",
            "block",
            group,
            f"two periods for the same records: {quote(r.text for r in group)}",
            hint="keep one period for each kind of data",
            law=LAW,
        )


def closure(doc: Document) -> Iterator[Finding]:
    """Data deleted at once when the account ends, and kept after it ends (rule retention-conflict)."""
    ending = [r for r in doc.body if _CLOSING.search(r.low) and not r.exempted]
    at_once = [
        r
        for r in ending
        if "erase" in r.acts
        and ({"immediately", "instantly", "all"} & r.words or "立即" in r.low)
        and not spans(r.low)
    ]
    later = [
        r
        for r in ending
        if "retain" in r.acts and (spans(r.low) or ENDLESS.search(r.low)) and r not in at_once
    ]
    if at_once and later:
        yield report(
            "contradiction/retention-conflict",
            "block",
            (*at_once, *later),
            f"data is deleted when the account ends and also kept afterwards: {quote(r.text for r in (*at_once, *later))}",
            hint="say which data is deleted at once and which is kept, for how long and why",
            law=LAW,
        )


_AT_ONCE = Phrase(
    r"\b(?:delet|eras|remov|purg|destroy)\w*\b[^.;]{0,60}\b(?:immediate(?:ly)?|instant(?:ly)?|at once|straight ?away|right away|irrevocably and immediately)\b|\b(?:immediate(?:ly)?|instant(?:ly)?)\b[^.;]{0,20}\b(?:delet|eras|remov|purg|destroy)\w*"
)
_COPIES = Phrase(
    r"\b(?:back-?ups?|copies|archives?|snapshots?)\b[^.;]{0,100}\b(?:even after|after (?:the |your |it |its )?\w*|following|despite)\b[^.;]{0,40}\b(?:delet|eras|remov)\w*"
)


def copies(doc: Document) -> Iterator[Finding]:
    """Data deleted at once on request, and copies that stay for months (rule retention-conflict)."""
    gone = [
        h
        for h in doc.hits(_AT_ONCE)
        if not h.reading.refuses and not h.reading.exempted and "backup" not in h.reading.low
    ]
    stay = [h for h in doc.hits(_COPIES) if h.reading.does("retain") and spans(h.reading.low)]
    if gone and stay:
        yield report(
            "contradiction/retention-conflict",
            "block",
            (*of(gone), *of(stay)),
            f"data is deleted at once ({quoted(gone)}), and copies of it stay ({quoted(stay)})",
            hint="say in the same place that copies stay, and until when",
            law=LAW,
        )


_NEVER_GONE = Phrase(
    r"\b(?:never|not|cannot|n't)\b(?: \w+){0,3} (?:completely|fully|entirely|wholly|totally|truly) (?:be )?(?:removed?|deleted?|erased?|purged?|destroyed)|"
    r"\b(?:never|not|cannot) (?:be )?(?:removed|deleted|erased|purged)\b(?! (?:until|unless|before|without|immediately|by))|(?:无法|不能)(?:彻底|完全)(?:删除|清除)",
)
_ON_REQUEST = Phrase(
    r"\b(?:remove|delete|erase|purge)s?\b.{0,160}\b(?:request\w*|ask\w*|no longer want|decide)|\b(?:request\w*|ask)\b.{0,60}\b(?:remov|delet|eras)\w*|"
    r"要求.{0,10}删除",
)


def remains(doc: Document) -> Iterator[Finding]:
    """Data removed on request, and never removed (rule retention-conflict)."""
    never = [
        h
        for h in doc.hits(_NEVER_GONE)
        if not h.reading.told
        and not _HARMLESS.search(h.reading.low)
        and not {"law", "laws", "legal", "invoices", "tax", "statutory", "some"} & h.reading.words
    ]
    chosen = {h.reading.index for h in never}
    asked = [
        h
        for h in doc.hits(_ON_REQUEST)
        if h.reading.index not in chosen and h.reading.does("erase") and not h.reading.refuses
    ]
    if never and asked:
        yield report(
            "contradiction/retention-conflict",
            "block",
            (*of(asked), *of(never)),
            f"data is removed on request ({quoted(asked)}) and never removed ({quoted(never)})",
            hint="say what is removed, what stays in backups, and until when",
            law=LAW,
        )


_CRITERIA = Phrase(
    r"\b(?:because|contract|account (?:is|remains)|law|statut\w*|tax|erased? within|deleted? within|criteria|limitation|until the (?:request|ticket|dispute|order|"
    r"complaint|purchase|case)|while your account)\b|法律|法规|注销",
)


_SOMETIME = Phrase(
    r"\b(?:some ?time|at some (?:point|stage)|eventually|in due course|one day|sooner or later)\b"
)
_NEED_WORD = Phrase(
    r"minimum|reason|operational|serve|necess|need|use|requir|relevan|useful|fulfil|achiev|longer|需|必要"
)


_UNSAID = Phrase(
    r"\b(?:the|our|applicable|relevant|its) retention (?:period|term|schedule)s? (?:ends?|expires?|has|have|lapses?|runs?|is over)\b|"
    r"\b(?:retain|keep|store|hold)\w*\b.{0,60}\bfor (?:a )?longer(?: period)?s?\b|"
    r"\bretain(?: and use)?\b.{0,60}\b(?:in order to|as necessary to|if necessary|to the extent necessary)\b"
)


_EVEN_LONGER = Phrase(
    r"\b(?:might|may|could) (?:also )?be (?:kept|stored|retained|held) (?:for )?longer\b(?! than| (?:if|where|when|as) (?:\w+ )?(?:required|the law|law))"
)


# what stays when the account goes, without an end
_LEFT_OVER = Phrase(
    r"\b(?:cancel|clos|terminat|delet|deactivat|leav)\w* (?:\w+ ){0,3}?(?:accounts?|services?|membership|subscription)\b[^.;]{0,80}\b(?:may|might|will|can|shall) (?:\w+ )?(?:be |continue to be |still be )?(?:retained?|kept|keep|stored?|held|hold|archived?|remain|stay)\b|"
    r"\b(?:may|might|will|can|shall) (?:\w+ )?(?:be |continue to be |still be )?(?:retained?|kept|keep|stored?|held|hold|archived?|remain|stay)\b[^.;]{0,60}\b(?:after|even if|once|when) (?:\w+ ){0,3}?(?:cancel|clos|terminat|delet|deactivat|leav)\w*"
)
_WHY_LEFT = Phrase(
    r"\b(?:law|laws|legal\w*|tax|statut\w*|accounting|invoices?|required?|obligations?|disputes?|claims|fraud|until|as long as|period|days|months|years|necessary|anonym\w*|aggregat\w*|public\w*|posts?|cookies?|(?:your|the) (?:computer|device|hard (?:disk|drive)|browser))\b"
)


_TABLE = Phrase(
    r"\b(?:tables?|below|above|following|here|schedule|list(?:ed)?|set out|set forth|stated|shown|given|see|section)\b"
)

# APP 11.2 and s. 25 PDPA in their own words, beside a table that says when
_STATUTE = Phrase(
    r"\bno longer (?:needed|required)\b[^.;]{0,40}\b(?:destroy\w*|de-?identif\w+)\b|\b(?:destroy\w*|de-?identif\w+)\b[^.;]{0,60}\bno longer (?:needed|required)\b|"
    r"\b(?:cease to retain|stop retaining|anonymi[sz]e|remove)\b[^.;]{0,60}\bmeans by which\b"
)


def _left_by_table(doc: Document, hits: tuple[Hit, ...], spared: Phrase = _STATUTE) -> tuple[Hit, ...]:
    """The hits that a table of periods leaves: not "no longer than needed, as the table says", nor the words of a statute."""
    if not kept_rows(doc):
        return hits
    return tuple(h for h in hits if not spared.search(h.reading.low) and not _STATUTE.search(h.reading.low))


def vague(doc: Document) -> Iterator[Finding]:
    """A period that nobody can compute (rule retention-vague)."""
    hazy = _kept(doc.hits(_HAZY))
    hazy = tuple(h for h in hazy if "answer" not in h.reading.acts or h.reading.does("retain"))
    hazy = tuple(
        h
        for h in hazy
        if not _ANSWERING.search(h.reading.low) or ("retain" in h.reading.acts and not spans(h.reading.low))
    )
    hazy = tuple(
        h
        for h in hazy
        if (h.reading.does("retain") or (h.reading.does("erase") and _SOMETIME.search(h.reading.low)))
        and not spans(h.reading.low)
    )
    needed = tuple(
        h
        for h in _kept(doc.hits(NEEDED))
        if not h.reading.told
        and not _exceptional(h.reading)
        and not spans(h.reading.low)
        and not _CRITERIA.search(h.reading.low)
    )
    needed = tuple(h for h in needed if _NEED_WORD.search(h.words.lower()) and "最短" not in h.words)
    needed += tuple(
        h for h in doc.hits(WHIM) if h.reading.does("retain") and not ENDLESS.search(h.reading.low)
    )
    needed += tuple(
        h
        for h in doc.hits(_UNSAID)
        if not spans(h.reading.low) and not h.reading.told and not _CRITERIA.search(h.reading.low)
    )
    needed += tuple(h for h in said(doc, english_keeping.VAGUE, (*hazy, *needed)) if not spans(h.reading.low))
    known = {h.reading.index for h in (*hazy, *needed)}
    needed += tuple(h for h in doc.hits(_EVEN_LONGER) if h.reading.index not in known and not h.reading.told)
    known = {h.reading.index for h in (*hazy, *needed)}
    needed += tuple(
        h
        for h in doc.hits(_LEFT_OVER)
        if h.reading.index not in known
        and not spans(h.reading.low)
        and not _WHY_LEFT.search(h.reading.low)
        and not h.reading.refuses & {"retain"}
        and not h.reading.told
    )
    needed = tuple(h for h in needed if not h.words.lower().startswith("applicable terms"))
    hazy, needed = _left_by_table(doc, hazy), _left_by_table(doc, needed, _TABLE)
    if endless(doc):  # the need and the want of an end are one finding, the conflict
        needed = ()
    if not hazy and not needed:
        return
    yield report(
        "undefined-term/retention-vague",
        "block" if hazy else "warn",
        of((*hazy, *needed)),
        f"no number and no criteria for how long data is kept: {quoted((*hazy, *needed))}",
        hint="state the period in days, months or years, or the criteria that set it, for each kind of data",
        law=LAW,
    )


def _exceptional(reading: Reading) -> bool:
    """Whether it tells why a deletion request may wait, which is no retention rule."""
    return "request" in reading.words or "withdraw" in reading.words or "例如" in reading.low


_PROMISED = Phrase(
    r"\b(?:explains?|describes?|tells?|sets? out|learn|understand|informs?|covers?|know)\b[^.;]{0,120}\b(?:how long|retention periods?|period for which|storage periods?)\b|"
    r"(?:了解|知悉|说明|阐述|介绍)[^。；]{0,60}(?:保存|保留|存储)(?:的)?(?:期限|时间|多久)"
)
_EARLY = 12


_SHOWN = 3


def _near(doc: Document) -> list[Reading]:
    """Where a reader looks for the period: what promises it, or the first sentences that say that data is kept."""
    promised = [h.reading for h in doc.hits(_PROMISED) if h.reading.index < _EARLY]
    kept = [r for r in doc.body if r.does("retain") and (r.personal or r.data) and not r.told]
    return promised or kept[:_SHOWN]


# records that are none of the customers', or a small part of what is kept of them
_SPECIAL = Phrase(
    r"\b(?:applicants?|applications? (?:for|will|are|data)|unsuccessful|candidates?|cvs?|r[ée]sum[ée]s?|traffic data|(?:server |access |web )?log ?files?|logs|backups?|cookies?|recordings?|calls?|cctv|chats?|newsletters?|mailings?|(?:sending|send) (?:\w+ )?e-?mails|visitor)\b"
)
_CUSTOMERS = Phrase(
    r"\b(?:sign(?:ing)? up|register|registration|become a customer|order|accounts?|customers?|billing|credit card)\b"
)


def _special(reading: Reading) -> bool:
    title = " ".join(reading.sentence.section[-1:]).lower()
    return _SPECIAL.search(reading.low) is not None or _SPECIAL.search(title) is not None


# no number, and still an end that everybody can see
_LASTING = Phrase(
    r"\b(?:as long as|so long as|while|until|during|duration|lifetime|for the (?:whole )?(?:term|time|life|period) of)\b"
)


def _some(doc: Document) -> Iterator[Finding]:
    """Periods for applicants, logs or backups alone, and none for the customers (rule retention-missing)."""
    if doc.chinese:
        return
    told = [
        r
        for r in doc.body
        if ("retain" in r.acts or "erase" in r.acts or _KEEP_ON.search(r.low))
        and not (_ANSWERING.search(r.low) and not {"retain", "erase"} & r.acts)
        and (
            spans(r.low)
            or NEEDED.search(r.low)
            or ENDLESS.search(r.low)
            or _HAZY.search(r.low)
            or WHIM.search(r.low)
            or (_LASTING.search(r.low) and r.does("retain"))
            or (_CLOSING.search(r.low) and r.does("erase"))
        )
    ]
    # what is kept of customers stands in sentences that collect it
    told += [r for r in kept_rows(doc) if r not in told]
    taken = [
        r
        for r in doc.body
        if r.does("collect") and not r.told and (_CUSTOMERS.search(r.low) or len(r.data) > 1)
    ]
    if told and taken and all(_special(r) for r in told):
        yield report(
            "missing-mandatory/retention-missing",
            "block",
            (*told[:_SHOWN], *taken[:1]),
            f"a period is stated for some records alone, and none for the data of customers: {quote(r.text for r in told)}",
            hint="state for each kind of data how long it is kept, or the criteria that set the period",
            law=LAW,
        )


_KEEP_ON = Phrase(r"\bstop sending\b")


_FOR_A_WHILE = Phrase(
    r"(?:保存|保留|存储|储存|留存)[^。；，]{0,4}一段[^。；，]{0,4}时间|(?:有效期|存续期间?|使用期间)内?[^。；，]{0,4}(?:保存|保留|存储|储存|留存)"
)


_AS_LONG = Phrase(
    r"\b(?:keep|kept|retain\w*|stor\w+|hold|held|maintain\w*|sav\w+)\b[^.;]{0,90}\b(?:(?:as|so) long as (?:it|we|is|are|necessary|you|needed|required|there|your|this|reasonabl\w+)|no longer than)\b|\buntil (?:it|they|this|the \w+) (?:is|are) (?:no longer )?(?:needed|required)\b"
)


def _criteria(doc: Document) -> bool:
    """Whether a sentence ties the keeping of people's data to some end, however vague it is."""
    return any(
        r.does("retain")
        and r.personal
        and not {"cookie", "cookies", "backup", "backups", "logs", "application", "applicants"} & r.words
        and not r.told
        for h in doc.hits(_AS_LONG)
        for r in (h.reading,)
    )


def missing(doc: Document) -> Iterator[Finding]:
    """Nothing on how long data is kept (rule retention-missing)."""
    stated = any(
        (spans(r.low) or _STATED.search(r.low))
        and not (spans(r.low) and _SUPPLIED.search(r.low) and not r.does("erase"))
        and not _IDLE.search(r.low)
        and not _REREAD.search(r.low)
        and (r.does("retain", "erase"))
        and _about_storage(r)
        and not _SECURITY.search(r.low)
        and not {"child", "children"} & r.words
        and "儿童" not in r.low
        and (
            spans(r.low)
            or NEEDED.search(r.low)
            or ENDLESS.search(r.low)
            or _HAZY.search(r.low)
            or WHIM.search(r.low)
            or "period" in r.words
            or _CLOSING.search(r.low)
            or "期" in r.low
        )
        for r in doc.body
    )
    held = (
        stated
        or _criteria(doc)
        or periods(doc)
        or endless(doc)
        or kept_rows(doc)
        or _kept(doc.hits(_HAZY))
        or doc.says(ON_DEVICE)
    )
    if not held and not (doc.chinese and doc.says(_FOR_A_WHILE)):
        yield report(
            "missing-mandatory/retention-missing",
            "block",
            _near(doc),
            "nothing says how long personal data is kept (storage period or retention criteria)",
            hint="state for each kind of data how long it is kept, or the criteria that set the period",
            law=LAW,
        )
    else:
        yield from _some(doc)


# a copy or an answer within some days, which keeps nothing
_SUPPLIED = Phrase(r"\b(?:provide|send|give|supply|furnish|answer|respond|reply)\w*\b[^.;]{0,120}\bwithin\b")

DETECTORS = (conflict, clashing, closure, copies, remains, vague, missing)
