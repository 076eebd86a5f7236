"""The rights of people in words that no law uses: "have its use put on hold", "say no to it", "ask what we know"."""

from __future__ import annotations

from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

# Australian law knows no right to erasure
AUSTRALIAN = ("APP 1.4(d), 12, 13", ("access", "correction"))
PRINCIPLES = Phrase(r"\baustralian privacy principles?\b|\bprivacy act 1988\b")

IN_OTHER_WORDS: dict[str, Phrase] = {
    "access": Phrase(
        r"\bask (?:us )?(?:if|whether) we (?:hold|have|keep|store|process)\b|\b(?:ask|learn|find out|see|tell|told|know|summary of|list of)\b[^.;]{0,40}\b(?:what|which)\b[^.;]{0,40}\b(?:we|us)\b[^.;]{0,10}\b(?:know|hold|have|store|keep)\b|\bask (?:us )?for (?:a copy of )?(?:the |your )?personal data\b|\bsummary of (?:your |the )?personal data\b|\bright to (?:be )?inform(?:ed|ation)\b|(?<!right to )\binformation, rectif\w+|(?:查看|查询|下载|获取)[^。；]{0,12}(?:资料|信息|数据)"
    ),
    "correction": Phrase(
        r"\b(?:mistakes?|errors?|wrong \w+|inaccura\w+)\b[^.;]{0,30}\b(?:fixed|put right|corrected|amended|mended|changed)\b|\b(?:see|view),? (?:and |or )?change,? (?:or )?(?:\w+,? )?(?:your|the) data\b|\bchange your (?:\w+ )?(?:data|details|information)\b|\b(?:download|see|view|access)[^.;]{0,30}\bchange your data\b"
    ),
    "erasure": Phrase(
        r"\bright to be forgotten\b|\b(?:data|information|details)\b[^.;]{0,12}\b(?:wiped|erased|deleted)\b|抹去|抹除"
    ),
    "restriction": Phrase(
        r"\b(?:pause|suspend|freeze|block|put (?:\w+ )?on hold)\b[^.;]{0,30}\b(?:use|processing|handling)\b|\b(?:use|processing|handling)\b[^.;]{0,24}\b(?:put on hold|paused|suspended|frozen|blocked|limited|restricted)\b|\b(?:block|limit|restrict\w*) (?:its|the|our) (?:use|processing)\b"
    ),
    "objection": Phrase(
        r"\b(?:say no to|refuse|oppose|resist|stop)\b[^.;]{0,40}\b(?:use|processing|handling|interests?)\b|\b(?:refuse it|stop using it)\b[^.;]{0,60}\b(?:interests?|reasons?|situation)\b"
    ),
    "portability": Phrase(
        r"\b(?:file|copy|export|archive)\b[^.;]{0,24}\b(?:take|carry|bring|move|load|use)\b[^.;]{0,16}\b(?:elsewhere|with you|away|(?:in)?to (?:another|a new|some other))\b|\b(?:take|move|moving|carry)\b[^.;]{0,20}\b(?:data|it|them)\b[^.;]{0,20}\b(?:with you|elsewhere|to another|format)\b|\bmoving your data\b|\b(?:download|export|hand)\b[^.;]{0,40}\b(?:your|the|it)\b[^.;]{0,30}(?:\bdata\b|\bformat\b|\bjson\b|\bcsv\b)|\bdownload your data\b|\bdownload\b[^.;]{0,30}\byour data\b"
    ),
    "withdrawal of consent": Phrase(
        r"\b(?:consent|permission|agreement)\b[^.;]{0,30}\b(?:taken back|cancel\w*|revoked|ended|undone)\b|\b(?:end|cancel|undo|take back) (?:your |the |a |this )?(?:consent|permission|it)\b|(?:改变|变更|更改|调整)[^。；，]{0,6}授权|取消授权|收回同意"
    ),
    "complaint to an authority": Phrase(
        r"\b(?:turn|appeal|go|write|report|address\w*|bring|contact|tell|approach|complain\w*)\b[^.;]{0,60}\b(?:supervisory |data protection |privacy )?(?:authorit(?:y|ies)|commissioner(?:'s office)?|ombuds\w+|ico|cnil|regulator)\b[^.;]{0,60}(?:\b(?:if|when|where|unhappy|unlawful|infring\w+|at any time|complain\w*|responsible|of your country)\b|$)|\b(?:commissioner's office|ico|authority|cnil)\b[^.;]{0,20}\b(?:takes|hears|receives|handles) complaints\b|\bbring the matter before\b|\bif\b[^.;]{0,60}\b(?:unlawful\w*|infring\w+|unhappy|let you down)\b[^.;]{0,60}\b(?:authority|commissioner|ico|cnil)\b"
    ),
    "opt-out of sale or sharing": Phrase(
        r"\b(?:nothing|no need|not needed|no reason|no opt-?out)\b[^.;]{0,30}\bopt[- ]?out\b|\bno opt-?out is needed\b|\b(?:not|neither) (?:sell|share)(?: (?:or|nor) (?:sell|share))? (?:your |any )?personal (?:information|data)\b[^.;]{0,60}\b(?:ccpa|cpra|california\w*|past 12 months|preceding 12 months|as (?:these|those) words)\b|\bneither sell nor share\b"
    ),
    "closing the account": Phrase(r"销户|注销"),
}


def headed(reading: Reading, right: str) -> bool:
    """Whether a sentence on a right stands under a heading that names it: "Correction is free." under "Access and correction"."""
    return (
        any(right in title.lower() for title in reading.sentence.section)
        and right in reading.words
        and not reading.refuses
    )
