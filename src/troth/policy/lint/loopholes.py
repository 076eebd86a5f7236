"""Items that open a list which the text calls closed."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.purposes import LAW
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

CLOSED = Phrase(
    r"\b(?:not|never|n't)\b[^.;]{0,30}\b(?:use|process|handle)\b[^.;]{0,60}\b(?:other than|except|beyond|besides|apart from)\b[^.;]{0,60}(?:below|following|:$)|"
    r"\b(?:only|solely|exclusively|strictly)\b[^.;]{0,60}\b(?:for|to)\b[^.;]{0,60}\b(?:following|below|these)\b[^.;]{0,40}(?:purposes?|reasons?|ways)|"
    r"\b(?:limited|restricted|confined) to (?:the )?(?:following|these|those)\b[^.;]{0,40}(?:purposes?|reasons?|uses)|"
    r"(?:仅|只)(?:会|将)?[^。；，]{0,10}(?:为|在|用于|出于|基于)[^。；]{0,20}(?:以下|下列|下述)[^。；]{0,8}(?:目的|用途)|不会?[^。；]{0,30}(?:用于|用作)[^。；]{0,20}(?:以下|下列|下述|本政策)[^。；]{0,10}(?:以外|之外)"
)
_LOOSE = Phrase(
    r"\b(?:(?:market |product |internal |statistical )?research(?: and (?:development|analysis))?|data analy(?:sis|tics)|internal (?:purposes|operations|audits?|business|use|administration)|"
    r"(?:other )?business (?:purposes|operations|needs|interests|analysis|intelligence|(?:operational )?efficiency)|(?:operational )?efficiency|market share|industry (?:standards|practices?)|"
    r"legitimate (?:purposes|interests)|quality (?:assurance|control)|development of (?:our )?business|general (?:administration|management|business)|trend analysis)\b|"
    r"数据分析|(?:市场|内部)?(?:研究|调研)|内部(?:审计|管理|用途|使用)|行业(?:标准|惯例)|商业(?:分析|目的|用途)|业务(?:分析|需要|发展)|运营(?:效率|需要|分析)|市场份额"
)
_SPARED = Phrase(
    r"\b(?:participate|invite|take part|surveys?|anonymi[sz]ed|aggregated?|de-identified)\b|邀请|参加|参与|匿名|去标识"
)
_PURPOSE = Phrase(r"\bpurposes?\b|\bus(?:e|es|ed|ing)\b|用途|目的|用于")
_FEW = 2
_REACH = 40


def items_of(doc: Document, lead: Reading) -> list[Reading]:
    """The items under a lead-in, sentences that run on inside an item left out."""
    found = []
    for reading in doc.readings[lead.index + 1 : lead.index + _REACH]:
        if reading.heading or (reading.low[-1:] in {":", "："} and not _PURPOSE.search(reading.low)):
            break
        if reading.sentence.element == "bullet" or (reading.lead and reading.lead == lead.low):
            found.append(reading)
    return found


def loose_items(doc: Document) -> Iterator[Finding]:
    """Purposes that can be anything in a list said to be closed (rule purpose-open)."""
    for hit in doc.hits(CLOSED):
        if hit.reading.told:
            continue
        items = items_of(doc, hit.reading)
        loose = [
            Hit(r, m[0]) for r in items for m in (_LOOSE.search(r.low),) if m and not _SPARED.search(r.low)
        ]
        if loose and len(items) > _FEW:
            yield report(
                "open-ended/purpose-open",
                "warn",
                (hit.reading, *of(loose)),
                f"the list is said to be closed ({quoted([hit])}), and some of its items can hold anything: {quoted(loose)}",
                hint="say for what the research, analysis or standard is, and with which data",
                law=LAW,
            )


DETECTORS = (loose_items,)
