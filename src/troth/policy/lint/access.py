"""Promises that nobody can look inside, against sentences in which somebody does."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_opposites as kinds
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.lexicon import stem
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

_LOOK = r"(?:peeks?|pry|snoop|opens?|reads?|stores?|keeps?|stud(?:y|ies)|looks?|see|read|view|open|inspect|look|decrypt|search|scan|access|monitor|examine|listen|watch|retrieve|copy|analy[sz]e)"
_BLIND = Phrase(
    r"\b(?:no|not have|never have|without|do not have|does not have|have no|has no) (?:\w+ ){0,2}?access (?:to|into)?|\bno \w+ access\b|"
    rf"\b(?:not|never|n't|cannot|unable to|impossible for us to|nor)(?: \w+){{0,5}}? {_LOOK}\b.{{0,60}}\b(?:content|data|files?|inside|stor\w+|mail\w*|"
    r"messages?|servers?|tickets?|disks?|databases?|calls?|volumes?|websites?|traffic|backups?|sets?|it|them)\b|"
    rf"\b(?:nobody|no one|no-one|no (?:employee|person|staff|human|member|engineer)|only you)\b.{{0,50}}\b(?:can|could|may|will|ever|is able to|able|has|"
    r"have|holds?|hold)\b.{0,50}"
    rf"\b(?:{_LOOK[3:-1]}|access|key|keys|inside)\b|(?:无法|不能|不会|不得|无权)(?:访问|查看|读取|接触).{{0,16}}(?:数据|内容|信息)",
)
_SEEING = Phrase(
    r"\b(?:engineers?|staff|employees|technicians?|team|administrators?|we|analysts?|operators?)\b.{0,20}\b(?:copy|copies|open|opens|read|reads|view|views|inspect|inspects|look|looks|sample|samples|check|checks)\b.{0,40}\b(?:datasets?|weights|models?|workloads?|prompts?|content|contents|files?|messages?|mails?|databases?|code|volumes?|disks?)\b|"
    r"\b(?:we|our \w+|staff|employees|engineers?|technicians?|agents?|support|team|operators?|administrators?|contractors?|analysts?|moderators?|"
    r"colleagues?|reviewers?|company|provider|system|they|he|she|who)\b[^.;]{0,60}?\b(?:may|can|could|might|will|regularly|sometimes|routinely|occasionally|do|does|to|and|"
    rf"also)\b[^.;]{{0,50}}?\b{_LOOK}\b.{{0,80}}\b(?:content|data|files?|inside|displayed|stor\w+|mail\w*|messages?|servers?|screens?|disks?|"
    r"databases?|calls?|volumes?|websites?|traffic|backups?|sets?|console|machines?|instances?|it|them)\b|"
    r"\b(?:stud(?:y|ies)|analy[sz]es?|scans?|rummage\w*|browses?|looks? (?:at|into|through)|peek\w*|keeps?|stores?) (?:\w+ ){0,4}?(?:messages?|contents?|databases?|files?|mail\w*|texts?|traffic)\b|\b(?:message|mail|file) (?:text|contents?|bodies)\b.{0,60}\b(?:kept|stored|deleted|retained|saved)\b|\b(?:escrow|master|spare|backup|duplicate|recovery)(?: \w+)? (?:copy of|keys?|passwords?)\b|\b(?:are|is|be) (?:\w+ )?(?:read|opened|scanned|"
    r"inspected|searched|viewed|analy[sz]ed|reviewed) (?:by|for|to|in order)\b|(?:可以|会|可能|有权)(?:访问|查看|读取|扫描|检查|分析).{0,16}(?:数据|内容|文件)",
)
_CONTENT = Phrase(
    r"\b(?:datasets?|weights|models?|workloads?|prompts?|outputs?|code|repositor\w+|mailbox\w*|bodies|texts?)\b|"
    r"\b(?:content|contents|inside|customer data|your data|files?|messages?|mails?|e-?mails?|servers?|stored|hosted|backup|backups|set|sets|volumes?|"
    r"disks?|databases?|tickets?|calls?|traffic|keys?|console|virtual machines?|instances?|websites?)\b|数据|内容|文件",
)
_RIGHTS = frozenset(
    {"request", "right", "rights", "unauthorized", "unauthorised", "cookies", "children", "browser", "you"}
)

# a picture of somebody's papers is no look into his files
_PAPERS = Phrase(
    r"\b(?:scans?|cop(?:y|ies)|photos?|pictures?|images?) of (?:\w+,? ){0,3}?(?:passports?|driving|driver'?s?|identity|ids?|id cards?|licen[cs]es?|permits?|utility bills?)\b"
)


def looks(doc: Document) -> Iterator[Finding]:
    """Nobody looks inside, and somebody does (rule access-conflict)."""
    blind = [
        h
        for h in doc.hits(_BLIND)
        if _CONTENT.search(h.reading.low)
        and not h.reading.told
        and not {"unauthorized", "unauthorised", "card", "payment", "cookies", "guarantee", "linked", "which"}
        & h.reading.words - {"which"}
        and not h.reading.exempted
        and not _limits_others(h.reading.low)
        and not _things(h.reading.low)
        and not _of_cookies(doc, h.reading)
    ]
    blind += [
        h
        for h in said(doc, kinds.UNSEEN, blind)
        if not _things(h.reading.low) and not _of_cookies(doc, h.reading)
    ]
    chosen = {h.reading.index for h in blind}
    seeing = [
        h
        for h in doc.hits(_SEEING)
        if h.reading.index not in chosen
        and _CONTENT.search(h.reading.low)
        and not h.reading.refuses
        and not h.reading.told
        and not h.reading.consented
        and not (_RIGHTS - {"you"}) & h.reading.words
        and not _PAPERS.search(h.reading.low)
    ]
    if blind:
        seeing += said(doc, kinds.SEEN, (*blind, *seeing))
        about = frozenset().union(*(h.reading.stems for h in blind))
        seeing = [
            h
            for h in seeing
            if len(h.reading.stems & about & _NOUNS) > 0
            or len(h.reading.stems & about) > 1
            or _KEYS.search(h.reading.low)
        ]
    if blind and seeing:
        yield report(
            "contradiction/access-conflict",
            "block",
            (*of(blind), *of(seeing)),
            f"nobody is said to look inside ({quoted(blind)}), and somebody does ({quoted(seeing)})",
            hint="say who can see what, in which case, and how it is recorded",
            law="GDPR Art. 5(1)(a), 28, 32; PIPL Art. 7, 51; FTC Act s. 5",
        )


_NOUNS = frozenset(
    stem(w)
    for w in "datasets weights models workloads prompts files messages mails mailboxes databases code volumes disks contents content tickets calls "
    "machines servers backups traffic".split()
)
_KEYS = Phrase(r"\b(?:escrow|master) |whatever is|\bconsole\b")
_OTHERS = Phrase(
    r"\b(?:these|those|other|they|processors?|partners?|providers?|advertisers?|websites?) (?:\w+ ){0,3}?(?:not|never|no)\b|"
    r"\b(?:housing|co-?location|data cent\w+|operators|landlords?|carriers?|power and space)\b[^.;]{0,80}\bno (?:\w+ )?access\b"
)


# a file can not read a disk; that is no promise of people
_THINGS = Phrase(
    r"\bnot encrypted\b|\bweb ?servers? (?:does|do|will) not (?:collect|record|log)\b|\b(?:cookies?|web beacons?|pixels?|local storage|scripts?|tags?|files?) (?:\w+ ){0,2}?(?:cannot|can ?not|can't|do(?:es)? not|don't|doesn't|never|is unable|are unable|will not)\b"
)


def _of_cookies(doc: Document, reading: Reading) -> bool:
    """Whether an item stands in a list of what cookies can not do."""
    if reading.sentence.element != "bullet":
        return False
    above = next((r for r in reversed(doc.readings[: reading.index]) if r.sentence.element != "bullet"), None)
    return above is not None and "cookie" in above.low


def _things(low: str) -> bool:
    return _THINGS.search(low) is not None


def _limits_others(low: str) -> bool:
    return _OTHERS.search(low) is not None


_NO_LOGS = Phrase(
    r"\b(?:keep|store|have|retain|hold|make|write|save|maintain)s? (?:absolutely )?no (?:\w+ )?(?:logs?|records?)\b|\b(?:not|never|n't) (?:\w+ )?(?:keep|store|log|record|retain|save|track)\b.{0,40}\b(?:logs?|traffic|activity|ip|"
    r"connections?|sessions?|visits?)\b|\b(?:zero|no)[- ]?logs?(?:ging)?\b|\blog-?less\b|不(?:记录|保存|保留|留存).{0,8}日志|无日志",
)
_LOGS = Phrase(
    r"\b(?:log-?ins?|traffic|netflow|flows?|connections?|sessions?|ip address\w*|ips?|activity|requests?|access|visits?|logs?|queries)\b.{0,60}\b(?:are|is|get|gets) (?:\w+ )?(?:logged|recorded|saved|stored|kept|retained|written)\b|"
    r"\bcount(?:s|ing|ed)? (?:the |all )?(?:number of )?(?:requests|queries|connections|visits)\b[^.;]{0,60}\b(?:ip|address|customer|user|person)\w*\b|\b(?:we|it|servers?|system|panel) (?:\w+ )?(?:log|logs|record|records|save|saves|store|stores|keep|keeps)\b.{0,60}\b(?:log-?ins?|traffic|netflow|connections?|sessions?|ip|activity|logs?|queries)\b|(?:记录|保存|留存).{0,12}(?:日志|ip|访问)",
)


# what a provider further up logs is not what the company logs
_OTHERS_LOGS = Phrase(
    r"\b(?:(?:our|the|'s?|s') (?:\w+ )?(?:hosting provider|isp|data cent(?:er|re)|upstream|carriers?|suppliers?|partners?|providers?)|third part(?:y|ies)|isps?)\b[^.;]{0,30}\b(?:not|never|no)\b"
)


# who keeps no contents may well keep the times
_CONTENTS = Phrase(r"\b(?:contents? of|passwords?)\b")


def logs(doc: Document) -> Iterator[Finding]:
    """No logs, and logs (rule logging-conflict)."""
    none = [
        h
        for h in doc.hits(_NO_LOGS)
        if not h.reading.exempted
        and not h.reading.told
        and not h.reading.consented
        and not _OTHERS_LOGS.search(h.reading.low)
        and not _CONTENTS.search(h.words.lower())
    ]
    chosen = {h.reading.index for h in none}
    kept = [
        h
        for h in doc.hits(_LOGS)
        if h.reading.index not in chosen and not h.reading.refuses and not h.reading.told
    ]
    if none and kept:
        yield report(
            "contradiction/logging-conflict",
            "block",
            (*of(none), *of(kept)),
            f"no logs are kept ({quoted(none)}), and logs are kept ({quoted(kept)})",
            hint="say exactly which events are recorded, with which fields, and for how long",
            law="GDPR Art. 5(1)(a), 13(1)(c); FTC Act s. 5; PIPL Art. 7, 17",
        )


_PREVAILS = Phrase(
    r"\b(english|chinese|german|french|malay|japanese|hindi|spanish|original|translated)\b.{0,40}\b(?:prevail|govern|control|conclusive|binding|authoritative|take precedence|decisive|be final)\w*|"
    r"(中文|英文|英语|汉语)(?:版|版本|文本)?.{0,8}(?:为准|优先)",
)


# the language of another text is no rule for this one
_OTHER_TEXT = Phrase(r"\b(?:our|the) (?:terms (?:of|and)|(?:\w+ )?agreement|(?:\w+ )?contract)\b")


def languages(doc: Document) -> Iterator[Finding]:
    """Two language versions that each prevail (rule language-conflict)."""
    found: dict[str, Hit] = {}
    for hit in doc.hits(_PREVAILS):
        match = _PREVAILS.search(hit.reading.low)
        if match and not _OTHER_TEXT.search(hit.reading.low):
            found.setdefault(match[1] or match[2], hit)
    if len(found) > 1:
        yield report(
            "contradiction/language-conflict",
            "block",
            of(found.values()),
            f"two language versions each prevail: {quoted(list(found.values()))}",
            hint="let one version prevail",
            law="GDPR Art. 12(1)",
        )


_RECORDING = Phrase(
    r"\b(?:we|company|staff|system|servers?)\b.{0,30}\b(?:record|tape|monitor|capture|listen to)s?\b.{0,30}\b(?:calls?|voice|conversations?|chats?|audio|screens?|keystrokes?|meetings?|sessions? on video)\b|\b(?:calls?|voice channels?|conversations?|meetings?|"
    r"keystrokes?) (?:\w+ )?(?:may be |are |is |will be )(?:\w+ )?(?:recorded|taped|monitored)\b|(?:通话|语音).{0,6}录音",
)
_ANNOUNCED = Phrase(
    r"\b(?:consent\w*|announce\w*|tell|told|inform\w*|notif\w*|notice|sign|signs|beep|permission|agree\w*|object|choose|ask|asked|if you|refuse|decline|when you switch|recordings? (?:is|are) (?:kept|deleted|erased))\b|同意|告知|提示",
)


# when and for how long somebody called is no talk
_CALL_DATA = Phrase(
    r"\brecords? (?:the |only )?(?:date|time|length|duration|number|start|volume)\b[^.;]{0,60}\b(?:calls?|conversations?|sessions?)\b"
)


def recorded(doc: Document) -> Iterator[Finding]:
    """Talk recorded without a word to those who talk (rule recording-without-consent)."""
    hits = [
        h
        for h in doc.hits(_RECORDING)
        if not h.reading.refuses
        and not h.reading.told
        and not _CALL_DATA.search(h.reading.low)
        and not any(_ANNOUNCED.search(r.low) for r in doc.near(h.reading, 1, 2))
    ]
    if hits:
        yield report(
            "risky-promise/recording-without-consent",
            "warn",
            of(hits),
            f"talk is recorded, and nobody is told or asked: {quoted(hits)}",
            hint="announce the recording at its start and let people refuse",
            law="GDPR Art. 6, 13; Cal. Penal Code 632; PIPL Art. 13; PDPO DPP1(3)",
        )


DETECTORS = (looks, logs, languages, recorded)
