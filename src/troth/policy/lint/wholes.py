"""The whole of something promised, and taken back far away: complete access, only what the site collects."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_WHOLE = Phrase(
    r"\b(?:have|has|enjoy|given|give you|grant(?:s|ed)? you|offer you|provide you(?: with)?|retain)\b[^.;]{0,20}\b(?:complete|full|unrestricted|unlimited|total|unconditional|unhindered|permanent) (?:and \w+ )?(?:access|control)\b[^.;]{0,40}\b(?:personal|your|their|own)\b|"
    r"(?:完全|完整|全部|不受限制|无限制)(?:地)?(?:的)?(?:查阅|访问|控制)[^。；，]{0,10}(?:信息|资料|数据)"
)
_BUT = Phrase(
    r"\b(?:access|cop(?:y|ies)|correct\w*|delet\w+|requests?)\b[^.;]{0,200}\b(?:except (?:where|when|in|if|that)|unless|subject to (?:certain |some |the following )?(?:exceptions|limitations|conditions)|may (?:be )?(?:refuse|decline|deny|limit|denied|refused|limited|reject)\w*|with the exception of)\b|"
    r"\b(?:refuse|decline|deny|limit|restrict)\w*\b[^.;]{0,40}\b(?:access|requests? (?:for|to) (?:access|cop))|"
    r"(?:查阅|访问|复制|更正|删除)[^。；]{0,60}(?:除外|可以拒绝|有权拒绝|可拒绝|不予)|(?:拒绝|限制)[^。；，]{0,16}(?:查阅|访问)[^。；，]{0,8}(?:请求|申请|要求)"
)
_OTHER_ACCESS = Phrase(
    r"\b(?:unauthori[sz]ed|staff|employees?|third[- ]part\w+|servers?|premises|account of|services? (?:unless|except)|physical|our systems)\b|未经授权|员工|第三方"
)


def access(doc: Document) -> Iterator[Finding]:
    """Complete access against access with exceptions (rule access-conflict)."""
    whole = [
        h for h in doc.hits(_WHOLE) if not h.reading.exempted and not _OTHER_ACCESS.search(h.reading.low)
    ]
    if not whole:
        return
    known = {h.reading.index for h in whole}
    less = [
        h
        for h in doc.hits(_BUT)
        if h.reading.index not in known and not _OTHER_ACCESS.search(h.words.lower()) and not h.reading.told
    ]
    if less:
        yield report(
            "contradiction/access-conflict",
            "warn",
            (*of(whole), *of(less)),
            f"people have the whole of their data ({quoted(whole)}), and not in some cases ({quoted(less)})",
            hint="promise what the law gives, and name its exceptions in the same place",
            law="GDPR Art. 12(1), 15; PDPO s. 18-20; PIPL Art. 45",
        )


_NOT_COVERED = Phrase(
    r"\b(?:policy|notice|statement|it)\b (?:does not|doesn't|shall not|will not) (?:apply to|cover|extend to|govern|concern)\b[^.;]{0,30}\b(?:information|data)\b[^.;]{0,40}\b(?:channels?|sources?|means|methods?|ways?|offline|elsewhere|third[- ]part\w+)\b(?! (?:web ?)?sites?)|"
    r"\b(?:policy|notice|statement|it)\b (?:only applies|applies only|applies solely|covers only|only covers|is limited|is restricted) (?:to )?(?:the )?(?:\w+ )?(?:information|data)\b[^.;]{0,40}\b(?:through|via|on|by|from|using|at)\b (?:the|our|this) (?:\w+ )?(?:site|website|web site|app|services?|platform)\b(?![^.;]{0,40}\b(?:and|or) (?:from|by) (?:third|other))|"
    r"(?:本(?:政策|声明|协议))[^。；，]{0,6}(?:不适用于|不涵盖|不包括)[^。；，]{0,16}(?:其他|其它|线下|第三方)(?:渠道|途径|方式|来源)[^。；，]{0,12}(?:信息|资料)|本(?:政策|声明)(?:仅|只)适用于[^。；，]{0,8}(?:通过|经由)[^。；，]{0,6}(?:网站|本站|平台)[^。；，]{0,6}(?:收集|取得)"
)
_OPEN = Phrase(r"\b(?:unless|except|where we|if we)\b|除非")
_FROM_OTHERS = Phrase(
    r"\b(?:collect|receive|obtain|get|gather|acquire|combine)\w*\b[^.;]{0,60}\b(?:from|by) (?:[\w ,]{0,30}\b)?(?:third[- ]part(?:y|ies)|other (?:sources|companies)|outside sources|public(?:ly available)? sources|credit (?:bureaus?|reference \w+|agencies)|data (?:brokers|providers)|social (?:media|networks?)|our (?:business )?partners)\b|"
    r"(?:从|向|自|通过)[^。；，]{0,8}(?:第三方|其他来源|公开渠道|合作(?:伙伴|方)|关联公司)[^。；，]{0,12}(?:收集|获取|取得|获得|接收)"
)


def scope(doc: Document) -> Iterator[Finding]:
    """A text for what comes through the site alone, that also speaks of data from others (rule scope-conflict)."""
    narrow = [h for h in doc.hits(_NOT_COVERED) if not _OPEN.search(h.reading.low)]
    if not narrow:
        return
    known = {h.reading.index for h in narrow}
    wide = [
        h
        for h in doc.hits(_FROM_OTHERS)
        if h.reading.index not in known
        and h.reading.does("collect")
        and not h.reading.refuses
        and not h.reading.told
    ]
    if wide:
        yield report(
            "contradiction/scope-conflict",
            "warn",
            (*of(narrow), *of(wide)),
            f"the text covers only what comes through the site ({quoted(narrow)}), and speaks of data from others ({quoted(wide)})",
            hint="cover every source from which data is collected",
            law="GDPR Art. 12(1), 14; PIPL Art. 17",
        )


DETECTORS = (access, scope)
