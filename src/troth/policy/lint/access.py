"""Promises that nobody can look inside, against sentences in which somebody does."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_LOOK = r"(?:see|read|view|open|inspect|look|decrypt|search|scan|access|monitor|examine|listen|watch|retrieve|copy|analy[sz]e)"
_BLIND = Phrase(
    r"\b(?:no|not have|never have|without|do not have|does not have|have no|has no) (?:\w+ ){0,2}?access (?:to|into)?|\bno \w+ access\b|"
    rf"\b(?:not|never|n't|cannot|unable to|impossible for us to|nor)(?: \w+){{0,5}}? {_LOOK}\b.{{0,60}}\b(?:content|data|files?|inside|stor\w+|mail\w*|"
    r"messages?|servers?|tickets?|disks?|databases?|calls?|volumes?|websites?|traffic|backups?|sets?|it|them)\b|"
    rf"\b(?:nobody|no one|no-one|no (?:employee|person|staff|human|member|engineer)|only you)\b.{{0,50}}\b(?:can|could|may|will|ever|is able to|able|has|"
    r"have|holds?|hold)\b.{0,50}"
    rf"\b(?:{_LOOK[3:-1]}|access|key|keys|inside)\b|(?:无法|不能|不会|不得|无权)(?:访问|查看|读取|接触).{{0,16}}(?:数据|内容|信息)",
    "access|see|read|view|open|inspect|look|decrypt|search|scan|monitor|examine|key|inside|listen|watch|retriev|cop|analy|访问|查看|读取|接触",
)
_SEEING = Phrase(
    r"\b(?:we|our \w+|staff|employees|engineers?|technicians?|agents?|support|team|operators?|administrators?|contractors?|analysts?|moderators?|"
    r"colleagues?|reviewers?|they|he|she|who)\b[^.;]{0,60}?\b(?:may|can|could|might|will|regularly|sometimes|routinely|occasionally|do|does|to|and|"
    rf"also)\b[^.;]{{0,50}}?\b{_LOOK}\b.{{0,80}}\b(?:content|data|files?|inside|displayed|stor\w+|mail\w*|messages?|servers?|screens?|disks?|"
    r"databases?|calls?|volumes?|websites?|traffic|backups?|sets?|console|machines?|instances?|it|them)\b|"
    r"\b(?:escrow|master|spare|backup|duplicate|recovery)(?: \w+)? (?:copy of|keys?|passwords?)\b|\b(?:are|is|be) (?:\w+ )?(?:read|opened|scanned|"
    r"inspected|searched|viewed|analy[sz]ed|reviewed) (?:by|for|to|in order)\b|(?:可以|会|可能|有权)(?:访问|查看|读取|扫描|检查|分析).{0,16}(?:数据|内容|文件)",
    "see|read|view|open|inspect|look|decrypt|search|scan|access|monitor|examine|listen|watch|retriev|copy|analy|escrow|master|spare|backup|"
    "duplicate|recovery|review|访问|查看|读取|扫描|检查|分析",
)
_CONTENT = Phrase(
    r"\b(?:content|contents|inside|customer data|your data|files?|messages?|mails?|e-?mails?|servers?|stored|hosted|backup|backups|set|sets|volumes?|"
    r"disks?|databases?|tickets?|calls?|traffic|keys?|console|virtual machines?|instances?|websites?)\b|数据|内容|文件",
    "",
)
_RIGHTS = frozenset({"request", "right", "rights", "unauthorized", "unauthorised", "cookies", "children", "browser", "you"})


def looks(doc: Document) -> Iterator[Finding]:
    """Nobody looks inside, and somebody does (rule access-conflict)."""
    blind = [
        h
        for h in doc.hits(_BLIND)
        if _CONTENT.search(h.reading.low)
        and not h.reading.told
        and not {"unauthorized", "unauthorised", "card", "payment", "cookies", "guarantee", "linked", "which"} & h.reading.words - {"which"}
        and not h.reading.exempted
        and not _limits_others(h.reading.low)
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
    ]
    if blind:
        about = frozenset().union(*(h.reading.stems for h in blind))
        seeing = [h for h in seeing if len(h.reading.stems & about) > 1 or _KEYS.search(h.reading.low)]
    if blind and seeing:
        yield report(
            "contradiction/access-conflict",
            "block",
            (*of(blind), *of(seeing)),
            f"nobody is said to look inside ({quoted(blind)}), and somebody does ({quoted(seeing)})",
            hint="say who can see what, in which case, and how it is recorded",
            law="GDPR Art. 5(1)(a), 28, 32; PIPL Art. 7, 51; FTC Act s. 5",
        )


_KEYS = Phrase(r"\b(?:escrow|master) |whatever is|\bconsole\b", "escrow|master|whatever|console")
_OTHERS = Phrase(r"\b(?:these|those|other|they|processors?|partners?|providers?|advertisers?|websites?) (?:\w+ ){0,3}?(?:not|never|no)\b")


def _limits_others(low: str) -> bool:
    return _OTHERS.search(low) is not None


DETECTORS = (looks,)
