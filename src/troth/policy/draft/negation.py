"""What a sentence denies and how far the denial reaches: its main clauses, each allowing, limiting or denying.

A denial that is not seen makes a draft say the opposite of the text, so everything that is not certain (two denials in
one clause, "rarely", "does not include") has no mode, and no rule is drafted from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Mode = Literal["may", "only", "never", ""]

_HAN = re.compile("[\u3400-\u9fff]")
_AUX = r"(?:do|does|did|is|are|was|were|am|be|been|being|will|would|shall|should|can|could|may|might|must|has|have|had)"
_ALONE = r"(?:only|solely)(?! (?:with|for|to|on|if|when|as|by|in|after|where)\b)"
_ADVERB = r"(?:\w+ly|also|however|in turn|otherwise|generally)"
# Turns of phrase with "not" or "no" that deny nothing.
_IDIOMS = re.compile(
    r"\bnot (?:only|just|merely|simply|limited|necessarily limited|be limited)\b|\bwhether or not\b|\bor not\b"
    r"|\b(?:no|not) (?:later|earlier|sooner|less|fewer|more|longer) than\b(?= (?:\w+ ){0,2}(?:\d|one|two|three|six|ten|thirty))"
    r"|\bno (?:charge|costs?|fees?|matter|doubt|problems?)\b|\bno\."
    r"|(?<!we )(?<!they )\bdo not (?:track|hesitate|sell or share my|sell my)\b"
    r"|\bif not\b|\bno longer (?:necessary|needed|required|relevant|valid|wish|want|have|has|exists?|a|an|our)\b"
)
_TWICE = re.compile(  # "do not and will never": one denial said with force
    rf"\b{_AUX} (?:not|never),? (?:and|or|nor) (?:we )?(?:{_AUX} (?:not|never)|never {_AUX}|(?:not|never))\b,?"
)
_NEVER_AT_ALL = re.compile(
    r"\b(?:at no (?:time|point)|under no circumstances?|in no (?:event|case|way|circumstances?)|on no account|"
    r"by no means|not under any circumstances?|not at any time)\b"
)
_HANGING = re.compile(  # a denial inside a clause that hangs on another: "data that does not identify you"
    r"\b(?<!ensure )(?<!sure )(?<!guarantee )(?<!promise )(?<!confirm )(?<!agree )(?<!undertake )"
    rf"(?:that|which|who|if|when|where|because|since|unless|until|so that|whether|to the extent)"
    rf"(?: (?:you|we|they|it|he|she|users?|customers?|(?:the|your|such|this|that|a|an) \w+))?"
    rf"(?: (?:{_AUX}|{_ADVERB}))* (?:not|never|no longer|cannot)\b"
)
_CONDITION_FIRST = re.compile(  # up to the first comma behind which a clause with a subject begins
    r"^(?:if|when|where|once|unless|except|without|should|in the event|in cases?|although|though|while|until|"
    r"other than|apart from|save|to the extent|even if|insofar)\b.*?,\s*"
    rf"(?=(?:[\w'-]+ ){{0,4}}(?:we|you|they|it|no|neither|nobody|never|cannot|{_AUX})\b)"
)
_CONDITION_LAST = re.compile(
    r",? (?<!not )\b(?:if|unless|except|without|because|so that|so as|in order|until|when|where|save as|apart from|to the extent|"
    r"as long as|other than)\b(?:(?!\bbut\b|\band (?:we|will|never|not|do|may|only)\b|, (?:we|and we|never)\b).)*"
)
_CUT = re.compile(
    r"\s*[;:] (?=we\b|it\b|they\b|you\b|no\b|never\b|not\b|neither\b)|; |\. (?=[a-z])"
    r"|,? (?:but|however|yet|whereas|nonetheless|nevertheless),? "
    rf"|,? and (?=(?:(?:we|they|it|you) )?(?:{_AUX} )?(?:{_ADVERB} )?(?:never|not|no|{_ALONE})\b)"
    rf"|,? and (?=(?:we|they|it) |(?:will|may|can|shall|do|does) )"
    rf"|, (?=(?:never|not|nor|we|{_ALONE})\b(?! nor))|,? nor (?=do|does|will|shall|may|can|is|are)"
)
_OPEN = re.compile(r"\b(?:unless|except|if|when|where|because|until)\b")
_DENIES = re.compile(
    rf"\b{_AUX}(?: {_ADVERB})? not\b|\bcannot\b|\bnever\b|\bneither\b|\bnor\b|\bnone of\b|\bnobody\b|\bno[ -]one\b|\bnothing\b"
    r"|\bno (?!longer\b)(?=[a-z])|\bno longer\b|\b(?:refrains?|abstains?) from\b|\bavoids? \w+ing\b"
    r"|(?<!us to )(?<!we to )(?<!you to )\bceases? (?:to|\w+ing)\b"
    r"|\b(?:refuses?|declines?) to\b|\bwe (?:strictly )?(?:prohibit|forbid|ban)\b"
    r"|\b(?:is|are) (?:strictly )?(?:prohibited|forbidden)\b(?! from)|^not\b"
)
_CONTRAST = re.compile(
    r"^(?:not|never) (?:for|to|with|by|in|on|as|your|our|their|its|his|her|any|the|other|personal|sensitive)\b"
)
_UNSURE = re.compile(
    r"\b(?:rarely|hardly|seldom|scarcely|barely)\b|\b(?:stop|discontinue)(?:s|d|ped)? (?:\w+ing|the)\b"
    rf"|\b{_AUX} not (?:\w+ly )?(?:include|contain|cover|apply|mean|constitute|require|need|affect|prevent|preclude|"
    r"prohibit|refuse|exclude|always|all|every|hesitate|object|stop|limit|restrict)\b|\bnot (?:all|every|always|usually)\b"
    r"|\bnot (?:be )?able\b|\bunable to\b|\b(?:ensure|make sure|guarantee|verify|confirm)s?\b[^,;]{0,200}\b(?:not|never|no)\b"
)
_ONLY = re.compile(
    r"(?<!not )\b(?:only|solely|exclusively)\b|\blimit\w* (?:the |our |its )?(?:use|collection)\b|\blimiting its use\b"
)
_OTHER_THAN = re.compile(r"\bother than\b")
_WITHOUT_CONSENT = re.compile(
    r"\bwithout (?:\w+ ){0,5}(?:consent|permission|authori[sz]ation|approval)\b|"
    r"(?:无须|无需|毋须|不需要?|不必)(?:再)?[^，,。；]{0,8}(?:同意|授权|许可)|未经[^，,。；]{0,10}(?:同意|授权|许可)"
)

_IDIOMS_ZH = re.compile(
    "不仅|不但|不只|不限于|不超过|不少于|不多于|不早于|不晚于|不迟于|不断|不可避免|不可抗力|不时|不良|不法|不当|不论|不管|不同|"
    "不必要|不再需要|不需要的|不得不|是否|不合理|不正当|不准确|不完整|不满|未成年|未满|未来|并非只|不动产"
)
_DENIES_ZH = re.compile(
    "不会|不得|绝不|决不|从不|从未|概不|永不|永远不|均不|并不|也不|都不|不再|不予|不允许|不能|不可|禁止|拒绝|避免|杜绝|不应|"
    "没有(?:任何|收集|使用)|无权|无意|无任何|勿|未(?:曾|向|将|对)|不(?=[向将对以为与把被因在]|主动|直接|单独)|"
    "不(?=收集|使用|出售|出租|共享|分享|披露|提供|保存|存储|保留|留存|传输|转让|公开|泄露|处理|获取|读取|访问|记录|采集|用于|用作|删除|通知)"
)
_UNSURE_ZH = re.compile(
    "不(?:包括|包含|含有|涉及|属于|影响)|很少|尽量|尽可能不|无(?:须|需)|毋须|不必|停止|无法(?!识别|关联|退订)"
)
_BOTH_ZH = re.compile("既不(.+?)[也又]不")
_OTHER_THAN_ZH = re.compile("以外(?!的?(?:地方|地区|国家|司法))|之外")
_ONLY_ZH = re.compile("(?<!不)仅(?!限于)|(?<!不)(?<!并非)只(?:会|在|有|将|用|收集|向|能|为)|唯一")
_CONDITION_ZH = re.compile(
    "^(?:如果?|若|倘若|当|除非?|未经|非经|未获|未得|在.{1,30}(?:前|后|时|情况下|情形下)$|经.{1,12}后?$|为了?|只有|仅[在当]|只在)"
)
_CUT_ZH = re.compile("[；;。，,：:]|(?=但(?!不限于)|不过|然而)")
_LATER_EXCEPTION_ZH = re.compile("^但.{0,80}除外$|^除外$|^但(?:法律|依法|依照|根据)")

_DEEDS = {
    "collect": r"\b(?:collect|gather|obtain|receiv|record|log|captur|request|ask|keep|process|hold|solicit|track)|"
    "收集|采集|获取|记录|读取|接收|索取",
    "use": r"\b(?:us(?:e|es|ed|ing)|process|analy|combin|send|contact|market|read|access|view|profil|utili)|"
    "用于|用作|使用|处理|分析|发送|推送|读取|访问|利用",
    "share": r"\b(?:shar|disclos|sell|sold|sale|rent|trad|provid(?:e|es|ed|ing)\b|giv|pass|transfer|releas|reveal|"
    r"made available|make available|"
    "leas|lend|divulg|furnish|communicat|distribut|expos)|共享|分享|披露|出售|出租|提供|转让|公开|透露|泄露|传输|交易|买卖",
    "retain": r"\b(?:retain|retention|keep|kept|stor|sav|held|hold|preserv|archiv|maintain)|保存|保留|存储|留存|储存",
}
"""What the verbs of a kind of promise begin with; kinds that are not here speak in every clause."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A main clause of a plain sentence.

    Attributes:
        text: its words.
        mode: `may` allows, `only` allows nothing else, `never` denies; "" where that is not certain.
        contrast: whether it has no verb of its own and denies a part of the clause before ("not for marketing").
    """

    text: str
    mode: Mode
    contrast: bool = False


def clauses(text: str) -> tuple[Clause, ...]:
    """The main clauses of a plain sentence, in order, without the conditions and exceptions that hang on them."""
    if _HAN.search(text):
        found = [_clause_zh(part) for part in _parts_zh(text)]
    else:
        found = [_clause_en(part) for part in _parts_en(text)]
    unasked = _WITHOUT_CONSENT.search(text) and not any(one.mode == "never" for one in found)
    if unasked:  # "may share without your consent": no rule that asks for consent says that
        found = [Clause(one.text, "", one.contrast) for one in found]
    return tuple(found)


def speaking(kind: str, found: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses that have a verb of the kind, with the contrasts that follow them; all where none has."""
    verbs = _DEEDS.get(kind)
    if verbs is None:
        return found
    kept: list[Clause] = []
    near = False
    for one in found:
        near = near if one.contrast else re.search(verbs, one.text) is not None
        if near:
            kept.append(one)
    return tuple(kept) or found


def mode_of(found: tuple[Clause, ...]) -> Mode:
    """The mode that all clauses share, "" where they differ or one of them is uncertain."""
    modes = {one.mode for one in found}
    return modes.pop() if len(modes) == 1 else ""


def _parts_en(text: str) -> list[str]:
    """The main clauses of an English sentence."""
    text = text.replace("can not", "cannot")
    text = _IDIOMS.sub(" ", text)
    text = _NEVER_AT_ALL.sub("never", _TWICE.sub("never", text))
    text = _CONDITION_FIRST.sub("", text, count=1)
    text = _HANGING.sub(lambda found: found[0].rsplit(" ", 1)[0].removesuffix(" no"), text)
    parts: list[str] = []
    at = 0
    for cut in _CUT.finditer(text):
        # a comma in an exception goes on with it: "unless we must, we are told, or ..."
        if cut[0] != ", " or not _OPEN.search(text[at : cut.start()]):
            parts.append(text[at : cut.start()])
            at = cut.end()
    parts.append(text[at:])
    return [bare for part in parts if (bare := part.strip(" ,.;:"))] or [text]


def _clause_en(part: str) -> Clause:
    """An English clause with its mode."""
    core = _CONDITION_LAST.sub("", part)
    core = core if len(core.split()) > 1 else part
    contrast = _CONTRAST.match(core) is not None
    denials = len(_DENIES.findall(re.sub(r"\bneither\b(.{0,120}?)\bnor\b", r"neither\1or", core)))
    only = _ONLY.search(core) is not None
    if _UNSURE.search(core) or denials > 1 or (denials and only):
        return Clause(part, "", contrast)
    if denials:
        return Clause(part, "only" if _OTHER_THAN.search(part) else "never", contrast)
    return Clause(part, "only" if only else "may")


def _parts_zh(text: str) -> list[str]:
    """The main clauses of a Chinese sentence; conditions stay with the clause that they belong to."""
    parts: list[str] = []
    waiting = ""
    for piece in (part.strip() for part in _CUT_ZH.split(text)):
        if not piece:
            continue
        if _LATER_EXCEPTION_ZH.search(piece) and parts:
            parts[-1] += "，" + piece
        elif _CONDITION_ZH.search(piece) and not _DENIES_ZH.search(_after_condition(piece)):
            waiting += piece + "，"
        else:
            parts.append(waiting + piece)
            waiting = ""
    if waiting and parts and waiting.startswith("除非"):
        parts[-1] += "，" + waiting.rstrip("，")  # an exception that follows belongs to what it excepts from
    elif waiting:
        parts.append(waiting.rstrip("，"))
    return parts


def _after_condition(piece: str) -> str:
    """What stands behind the condition that a piece begins with, where no comma sets it apart: "未经同意不得出售"."""
    found = re.match(r"(?:未经|非经|未获|未得|除非?)[^不绝概]{1,20}?(?:同意|授权|许可|外)", piece)
    return _IDIOMS_ZH.sub("", piece[found.end() :]) if found else ""


def _clause_zh(part: str) -> Clause:
    """A Chinese clause with its mode."""
    said = [piece for piece in part.split("，") if not _CONDITION_ZH.search(piece) or _after_condition(piece)]
    core = _IDIOMS_ZH.sub("", "，".join(one for one in said if not _LATER_EXCEPTION_ZH.search(one)) or part)
    denials = len(_DENIES_ZH.findall(_BOTH_ZH.sub(r"不\1", core)))
    only = _ONLY_ZH.search(part) is not None
    if _UNSURE_ZH.search(core) or denials > 1 or (denials and only):
        return Clause(part, "")
    if denials:
        return Clause(part, "only" if _OTHER_THAN_ZH.search(core) else "never")
    return Clause(part, "only" if only else "may")
