"""Whether a line states something: a subject with its verb, in English or in Chinese.

A heading names what stands below it; a line that states something is a sentence, also without a full stop, and
somebody has to bind it. Where a form may be both ("Uses of data"), the line does not count as a statement.
"""

from __future__ import annotations

import re

from troth.policy.block import words
from troth.policy.roles import bullet_sign, is_question, numbering

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+|[^\sA-Za-z\d]")
# What begins a question or a clause that hangs on another one: "How we use it", "If you are under 13".
_OPENERS = words("""
    how what when where why who whom whose which whether if because as unless until while once although though
    about regarding concerning
    """)
_PRONOUNS = words("i we you they he she it there nobody everybody everyone someone anyone nothing neither")
_POINTERS = words("this that these those")
_RELATIVES = words("who whom whose which that where when why how what if as because unless until while")
_ARTICLES = words("a an the your our their its his her my any all some no each every such not")
_AUXILIARIES = words("""
    is are was were am be will would may might can could cannot must shall should do does did has have had
    isn't aren't wasn't weren't won't wouldn't can't couldn't mustn't shan't shouldn't don't doesn't didn't hasn't
    haven't hadn't
    """)
_BETWEEN = words(
    "not never only also always then therefore generally usually sometimes currently both all and or"
)
# Verbs in the third person that are hardly ever nouns.
_VERBS = words("""
    collects keeps sells provides discloses retains receives includes contains allows helps applies explains
    describes requires deletes sends gives obtains gathers reads sets erases asks shows tells makes gets takes
    becomes remains depends expires ends begins comprises enables ensures informs respects protects publishes
    """)
# Verbs that are nouns or bare forms too: only with an object behind them.
_WITH_OBJECT = words("""
    uses shares stores processes transfers records logs tracks use share store process transfer record log track
    collect keep sell provide disclose retain receive delete send give obtain gather read erase get help allow
    protect
    """)
_OBJECTS = words(
    "your our their his her its any all it them us you personal information data the these those such"
)
_FRONTED = re.compile(
    r"[,:;–—-] (?:we|you|they|it) (?!and\b|or\b)[a-z]", re.IGNORECASE
)  # "If you ask us, we ..."
_MODAL_NOUN = re.compile(
    r"\bdo not (?:track|sell|call|share)\b", re.IGNORECASE
)  # names of choices and signals

_ASKS_ZH = re.compile(r"如何|怎样|怎么|什么|哪|为何|是否|何时|多久|何种")
_OWNERS_ZH = re.compile(r"(?:我们|我們|您|你|用户|他们|他人|公司|其|本站|本网站)的")
_SUBJECT_ZH = r"(?:我们|我們|本公司|我司|本网站|本平台|您|你|用户|他们|第三方|任何人|合作伙伴)"
_VERB_ZH = (
    r"(?:收集|使用|出售|出租|共享|分享|披露|提供|保存|存储|保留|删除|处理|转让|公开|传输|保护|重视|尊重|拥有|享有|同意|"
    r"承诺|需|应|须|请|有权|可|能|要|把|将|被|向|从|与|为|对|以|会|不|已|仅|只)"
)
_SPEAKS_ZH = re.compile(rf"^(?:如有必要|必要时|目前|此外)?[，,]?{_SUBJECT_ZH}(?!的){_VERB_ZH}")
_MODAL_ZH = re.compile(
    r"[\u3400-\u9fff](?:会(?![员议话计])|将(?!来)|不(?![良同当]|可抗|动产|限于)|可以|可能(?!性)|必须|应当|绝不|从不|已经|"
    r"正在|有权|被|存储于|存放于)"
)
_NAMED_ZH = re.compile(r"的[^的，,。；：:会将不被]{1,8}$")


def is_statement(text: str) -> bool:
    """Whether a line without a final stop says something of its own: "We sell your data", "我们会出售您的信息"."""
    if is_question(text):
        return False
    text = text[len(bullet_sign(text)) :]
    text = text[len(numbering(text)[1]) :].strip()
    if len(_HAN.findall(text)) * 3 >= sum(char.isalpha() for char in text):
        return _states_zh(text)
    return _states_en(text)


def _states_zh(text: str) -> bool:
    """Chinese: a subject followed by a verb, or a modal verb, and no "的" that makes a noun of all of it."""
    bare = _OWNERS_ZH.sub("", text)
    if _ASKS_ZH.search(bare) or _NAMED_ZH.search(bare):
        return False
    return bool(_SPEAKS_ZH.search(text) or _MODAL_ZH.search(text))


def _states_en(text: str) -> bool:
    """English: a finite verb whose subject stands before it and that belongs to no relative clause."""
    said = [word.replace("’", "'") for word in _WORD.findall(_MODAL_NOUN.sub(" ", text).lower())]
    if _FRONTED.search(text):
        return True
    if not said or said[0] in _OPENERS:
        return False
    if said[0] in _PRONOUNS | _POINTERS and len(said) > 1:
        verb = said[1] in _AUXILIARIES
        if verb or (said[0] in _PRONOUNS and said[1].isalpha() and said[1] not in {"and", "or"}):
            return True
    return _has_verb(said)


def _has_verb(said: list[str]) -> bool:
    """Whether a noun phrase is followed by its verb; verbs of relative clauses are stepped over."""
    at, subject, relative = 0, False, False
    while at < len(said):
        word = said[at]
        if at and (word in _PRONOUNS or (word in _RELATIVES and not _points(said, at))):
            relative = word not in _PRONOUNS
            at += 1
            if (
                not relative
            ):  # "information we may collect": the verb behind the pronoun is that of the clause
                at = _past_verb(said, at)
            continue
        if _is_verb(said, at) and at:
            if not relative:
                return subject
            relative = False
            at = _past_verb(said, at) if word in _AUXILIARIES else at + 1
            continue
        subject = subject or (word.isalpha() and word not in _ARTICLES)
        at += 1
    return False


def _points(said: list[str], at: int) -> bool:
    """Whether "this" or "that" stands before a noun and begins no clause."""
    return said[at] == "that" and at + 1 < len(said) and said[at - 1] in {"of", "for", "to", "from", "in"}


def _past_verb(said: list[str], at: int) -> int:
    """The place behind a group of verbs ("may not be shared") that begins here."""
    while at < len(said) and (said[at] in _AUXILIARIES | _BETWEEN or said[at].endswith("ly")):
        at += 1
    return at + 1


def _is_verb(said: list[str], at: int) -> bool:
    """Whether the word is a finite verb where it stands."""
    word = said[at]
    after = said[at + 1] if at + 1 < len(said) else ""
    before = said[at - 1] if at else ""
    if word == "may" and not after.isalpha():
        return False  # the month
    if word in _AUXILIARIES:
        return word != "be" and bool(after) and (before != "to" or word not in {"have", "do"})
    if word in _VERBS:
        return before not in {"to", "and", "or"} and bool(after)
    return (
        word in _WITH_OBJECT and after in _OBJECTS and before not in {"to", "and", "or", "not", "of", "for"}
    )
