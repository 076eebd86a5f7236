"""A change that needs consent in one sentence, and in another only somebody who goes on using the service."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.consent import LAW, UNWEAKENED
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_PROMISED = Phrase(
    UNWEAKENED.pattern
    + r"|\b(?:not|never|\w+n't)\b[^.;]{0,40}\b(?:material|retroactive|substantial|significant)(?:ly)?\b[^.;]{0,30}\bchang\w+\b[^.;]{0,60}\bwithout\b[^.;]{0,30}\b(?:consent|agreement|approval)\b|"
    r"\b(?:ask for|obtain|seek|request|require)\b[^.;]{0,16}\b(?:your )?(?:\w+ )?consent\b[^.;]{0,40}\b(?:before|prior to|to)\b[^.;]{0,20}\b(?:changes?|changing|updates?|amend\w*)\b|"
    r"(?:未经|没有|未获|未取得|在未)[^。；，]{0,12}(?:同意|许可|授权)[^。；]{0,24}(?:不会|不得|绝不)[^。；]{0,16}(?:削减|限制|减损|降低|减少|缩减|减轻|损害)[^。；]{0,24}(?:权利|权益)|"
    r"不会[^。；]{0,6}(?:未经|没有|未获|未取得|在未)[^。；]{0,20}同意[^。；]{0,24}(?:削减|限制|减损|降低|减少|缩减)[^。；]{0,24}(?:权利|权益)"
)
_GOES_ON = Phrase(
    r"\b(?:continu\w+|keep|keeps|keeping|further|subsequent|ongoing|still|carry on|go on)\b[^.;]{0,30}\b(?:us(?:e|es|ing|age)|access\w*|visit\w*|brows\w+)\b[^.;]{0,160}\b(?:accept\w*|agree\w*|consent\w*|bound|assent|acknowledg\w+)|"
    r"\b(?:us(?:e|es|ing)|access\w*|visit\w*)\b[^.;]{0,60}\b(?:after|following|once)\b[^.;]{0,60}\b(?:chang|updat|revis|amend|modif|post|effect)\w*[^.;]{0,90}\b(?:accept\w*|agree\w*|consent\w*|bound|assent)|"
    r"(?:继续|仍然?|持续|再次)[^。；，]{0,6}(?:使用|访问|登录|浏览|接受)[^。；]{0,60}(?:同意|接受|认可|受[^。；]{0,20}约束)"
)
_CHANGED = Phrase(
    r"\b(?:chang|updat|revis|amend|modif|new version|effective|post(?:ed|ing))\w*|修订|更新|变更|修改|调整|生效|新版"
)
_HEADED = Phrase(r"chang|updat|revis|amend|modif|修订|更新|变更|修改")
_ASKED = Phrase(
    r"\b(?:unless|if you (?:tick|click|confirm)|not (?:mean|constitute|be (?:deemed|taken)))\b|不(?:代表|视为|意味|表示|构成)"
)


def by_going_on(doc: Document) -> Iterator[Finding]:
    """Rights that only consent may reduce, and use taken as consent to a change (rule change-consent-conflict)."""
    promised = doc.hits(_PROMISED)
    if not promised:
        return
    chosen = {h.reading.index for h in promised}
    places = {tuple(h.reading.sentence.section) for h in promised}
    taken = [
        h
        for h in doc.hits(_GOES_ON)
        if h.reading.index not in chosen
        and not _ASKED.search(h.reading.low)
        and (
            _CHANGED.search(h.reading.low)
            or (h.reading.sentence.section and tuple(h.reading.sentence.section) in places)
            or _HEADED.search(" ".join(h.reading.sentence.section[-1:]).lower())
        )
    ]
    if taken:
        yield report(
            "contradiction/change-consent-conflict",
            "block",
            (*of(promised), *of(taken)),
            f"nothing is taken away without consent ({quoted(promised)}), and who goes on using the service has consented ({quoted(taken)})",
            hint="ask for a clear act of consent before a change that takes something away",
            law=LAW,
        )


DETECTORS = (by_going_on,)
