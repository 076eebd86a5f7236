"""What one sentence says, read once: who does what to which data, refused or not, with which exceptions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from troth.model.sentence import Sentence
from troth.policy.hanzi import simplified
from troth.policy.lint.lexicon import ACT_OF, CJK_ACTS, CJK_DATA, DATA_OF, NEGATIONS, STOPWORDS, stem
from troth.policy.lint.phrase import Phrase

_STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-", "‑": "-"}
)
_TOKENS = Phrase(r"[a-z][a-z'-]*|\d+|[.,;:()]")
_BREAKS = frozenset(".;:(")
_REACH = 6
_JOINS = frozenset({",", "or", "nor"})
# where somebody else acts, or an exception begins
_TURNS = frozenset(
    "but however unless except other we they it you which who that and if when where only although provided".split()
)

_EXCEPTION = Phrase(
    r"\b(?:unless|except(?:ions?)?|excluding|other than|otherwise(?! (?:transfer|disclos|shar|distribut|mak|provid|us|"
    r"convey|releas))|without your|without the (?:user|customer)|"
    r"only (?:if|when|where|with|to the extent|as)|subject to|save (?:for|as|where))\b|除非|除.{0,20}外|除了?(?:以下|下列|下述|如下)|但",
)
_CONSENT = Phrase(
    r"\bconsent(?:s|ed)?\b|\bopt(?:ed)?[ -]in\b|\bpermission\b|\b(?:if|where|unless|"
    r"when) you (?:have )?(?:agreed?|allow|"
    r"choose|accept|subscribed?|signed up|asked)|\bsigned up\b|\bsubscribed\b|\b(?:at )?your request\b|同意|授权",
)
_PERSONAL = Phrase(
    r"\b(?:personal(?:ly)?|private|your|customers?'?s?|users?'?|user|customer|client|collected|the|this|"
    r"such)\b[\w ,'&-]{0,30}"
    r"\b(?:data|information|details|records?|content|particulars)\b|\bpii\b|\b(?:personal|your) (?:data|information)\b|个人信息|"
    r"用户信息|个人数据|您的信息",
)
_USER_TOLD = Phrase(
    r"^\W*(?:(?:for (?:this|that|these) reasons?|therefore|in addition|also|however),? )?(?:please(?! (?:note|be (?:aware|advised|informed)|remember|understand) that (?:we|our|the|in|although|while|all|any|some|certain|this|your))|you (?:should|must|shall(?: also)? not|(?:will )?(?:need|have) to|ought to|are (?:required|expected|advised|encouraged) to|are (?:solely )?responsible|agree)|we (?:encourage|advise|recommend|ask|urge|request|remind|"
    r"suggest) (?:you|our|users|visitors|customers|that you|that users)|"
    r"keep|always|be (?:cautious|aware|careful)|make sure)\b|^\W*请",
)
_GIVING = Phrase(
    r"\b(?:data|figures|details|records|information|statistics|files?|lists?|profiles?|metadata|logs) (?:\w+ )?goe?s? to\b|"
    r"\b(?:hand(?:s|ed|ing)?|turn(?:s|ed|ing)?) (?:\w+ ){0,4}?over\b|\bpass(?:es|ed|"
    r"ing)? (?:\w+ ){0,3}?(?:on|along)\b|"
    r"\bgo(?:es)? (?:on )?to the\b|\b(?:make|makes|made|making) (?:[\w-]+ ){0,12}?available to\b|\bgiv(?:e|es|en|ing) (?:\w+ "
    r"){0,4}?access to\b|"
    r"\bsuppl(?:y|ies|ied) (?:\w+ ){0,4}?to\b",
)
_CJK_NEGATED = Phrase(
    r"(?:不会|不得|绝不|从不|不再|未经|不(?!时|定期|断|同|仅|久|少))[^。，；,;]{0,14}?(?:收集|获取|采集|获得|读取|使用|共享|分享|披露|提供|转让|出售|保存|公开|传输|传送|转移|发送|储存|存储)",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as the detectors see it.

    Attributes:
        sentence: the sentence.
        index: its place in the text, from 0.
        low: its words in lower case with straight quotes; as long as the original, so places agree, save for headings.
        words: its words.
        stems: the stems of its content words.
        acts: what is done ("collect", "share", ...), the lead-in of its list included.
        refuses: what is said not to be done.
        data: the kinds of data named.
        lead: the sentence that introduces the list it is an item of.
        cjk: whether it holds Chinese characters.
    """

    sentence: Sentence
    index: int
    low: str
    words: frozenset[str]
    stems: frozenset[str]
    acts: frozenset[str]
    refuses: frozenset[str]
    data: frozenset[str]
    lead: str
    cjk: bool

    @property
    def heading(self) -> bool:
        """Whether it is a heading."""
        return self.sentence.element == "heading"

    @property
    def text(self) -> str:
        """The exact words."""
        return self.sentence.text

    @property
    def length(self) -> int:
        """How many words it has, or Chinese signs."""
        return len(self.low) if self.cjk else len(self.low.split())

    @property
    def exempted(self) -> bool:
        """Whether it names an exception."""
        return _EXCEPTION.search(self.low) is not None

    @property
    def consented(self) -> bool:
        """Whether it rests on the person's choice."""
        return _CONSENT.search(self.low) is not None

    @property
    def personal(self) -> bool:
        """Whether it is about data of persons."""
        return _PERSONAL.search(self.low) is not None

    @property
    def told(self) -> bool:
        """Whether it tells the user what to do, and so is no duty of the provider."""
        return _USER_TOLD.search(self.low) is not None

    def does(self, *acts: str) -> bool:
        """Whether it says that one of these is done and does not refuse it."""
        return any(act in self.acts and act not in self.refuses for act in acts)


# half-width signs behind a Chinese character, as many authors type them, part clauses as the full-width ones do
_HALF = re.compile(r"(?<=[\u4e00-\u9fff）」』》])[,;](?=[\u4e00-\u9fff「『《])")
_WIDE = {",": "，", ";": "；"}


def lower(text: str) -> str:
    """The text in lower case with straight quotes and simplified characters, as long as it was."""
    straight = text.translate(_STRAIGHT)
    if not straight.isascii():
        straight = _HALF.sub(lambda found: _WIDE[found[0]], simplified(straight))
    low = straight.lower()
    if len(low) == len(straight):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in straight)


def _refused(tokens: list[str]) -> set[str]:
    found: set[str] = set()
    for place, token in enumerate(tokens):
        if token not in NEGATIONS or tokens[place + 1 : place + 2] == ["only"]:
            continue
        near = tokens[place + 1 : place + 1 + _REACH]
        for word in near:
            if word in _BREAKS:
                break
            found.update(ACT_OF.get(word, ()))
        else:
            found |= _listed(tokens[place + 1 + _REACH - 1 :])
    return found


def _listed(tokens: list[str]) -> set[str]:
    """The acts that go on a refused list: "not keep your list, sell your list, or share it"."""
    found: set[str] = set()
    for before, word in pairwise(tokens):
        if word in _BREAKS or word in _TURNS:
            break
        if before in _JOINS:
            found.update(ACT_OF.get(word, ()))
    return found


def _cjk_labels(low: str, table: dict[str, tuple[str, ...]]) -> set[str]:
    return {label for label, words in table.items() if any(word in low for word in words)}


def has_cjk(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return not text.isascii() and any("\u4e00" <= c <= "\u9fff" for c in text)


def read(sentence: Sentence, index: int, lead: Reading | None = None) -> Reading:
    """Read one sentence.

    Args:
        sentence: the sentence.
        index: its place in the text, from 0.
        lead: the reading of the sentence that introduces the list it is an item of.
    """
    low = lower(sentence.text)
    if sentence.element == "heading":
        low = low.lstrip("# ")  # a mark of Markdown
    tokens = _TOKENS.findall(low)
    words = frozenset(tokens)
    acts = {act for word in words for act in ACT_OF.get(word, ())}
    refuses = _refused(tokens)
    data = {kind for word in words for kind in DATA_OF.get(word, ())}
    cjk = has_cjk(low)
    if cjk:
        acts |= _cjk_labels(low, CJK_ACTS)
        data |= _cjk_labels(low, CJK_DATA)
        negated = _CJK_NEGATED.search(low)
        if negated:
            refuses |= _cjk_labels(negated[0], CJK_ACTS)
    if _GIVING.search(low):
        acts.add("share")
    if lead is not None:
        acts |= lead.acts
    stems = frozenset(stem(w) for w in words if len(w) > 1 and w not in STOPWORDS)
    return Reading(
        sentence,
        index,
        low,
        words,
        stems,
        frozenset(acts),
        frozenset(refuses),
        frozenset(data),
        lead.low if lead is not None else "",
        cjk,
    )
