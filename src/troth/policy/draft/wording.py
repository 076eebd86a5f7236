"""The words of a sentence in a plain form: the provider is "we", quotes are straight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from troth.policy.hanzi import simplified
from troth.policy.roles import bullet_sign, numbering

_HAN = re.compile("[\u3400-\u9fff]")
_SPEAKER = re.compile(
    r"(?<![\w.])((?:the )?[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2})[’'‘]?(?:s)? "
    r"(?:may|will|does|do not|shall|cannot|has|collects|uses|shares|limits|retains|provides|stores|keeps|"
    r"processes|employs|takes|reserves|tries|strives|discloses)\b"
)
_NOT_SPEAKERS = re.compile(
    r"^(?:We|You|They|It|This|These|Those|That|Such|Users?|Customers?|If|When|Where|Cookies?|Personal|Your|"
    r"Our|The (?:information|data|user|customer|data subject)|Third|Children|Who|What|How|Information|Data|"
    r"Google|Each|Any|I)\b",
    re.IGNORECASE,
)
_MOST_NAMES = 8
_READ = 8000  # characters of a sentence that are looked at; what it promises does not stand later
_CONTRACTED = re.compile(r"\b([a-z]+)n't\b")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_MAINLAND = (
    ("阁下", "您"), ("资料当事人", "个人"), ("隐私权政策", "隐私政策"),
    ("电邮地址", "电子邮箱"), ("电邮", "电子邮件"), ("户口", "账户"), ("改正", "更正"), ("保安", "安全"),
    ("工作天", "工作日"), ("直接促销", "营销"), ("直销", "营销"), ("惟", "但"), ("账户资料", "账户信息"),
    ("账号资料", "账号信息"), ("注册资料", "注册信息"), ("登记资料", "注册信息"), ("付款资料", "付款信息"),
)  # fmt: skip
_CONCESSION = re.compile(
    r"^(?:however, |please note that )?"
    r"(?:although|though|even though|while|whilst|despite|notwithstanding)\b[^,]*"
    r"(?:,(?! (?:and|or|we|you|they|it|there|the|please|our)\b)[^,]*)*,\s*"
)
_CONCESSION_ZH = re.compile(r"^(?:虽然|尽管|儘管|雖然)[^，,]*[，,]\s*")
_CONDITION = re.compile(
    r"^(?:for example, |in addition, |however, |by default, )?(?:if|when|where|once|should|in the event|upon|"
    r"in order to)\b.{8,400}?,\s+(?=(?:we|you|they|it|there|please|the|this|your|a|an|our|some|certain|parts|"
    r"all|any|no|such|these|those)\b)|^(?:如果?|当|當|若)[^，,]{2,60}[，,]\s*"
)
_ASIDE = re.compile(r", (?:except|unless|to the extent|where) [^,]{3,60},")
_EXCEPTION = re.compile(
    r",? (?:unless|except(?! \()|other than as|to the extent|as long as we (?:is|are) not|in accordance with)"
    r"\b.*$|[，,]?(?:除非|但).*$"
)
_LEAD_LABEL = re.compile(r"^[^.:：]{3,90}[:：]\s+(?=\S+\s+\S+)")


def is_chinese(text: str) -> bool:
    """Whether a text is mainly Chinese: a third of its letters are."""
    letters = sum(char.isalpha() for char in text)
    return letters > 0 and len(_HAN.findall(text)) * 3 >= letters


def speakers(texts: Iterable[str]) -> tuple[str, ...]:
    """Names by which a text speaks of its own company ("Example Cloud will ..."), longest first."""
    counts = Counter(
        name for text in texts for name in _SPEAKER.findall(text) if not _NOT_SPEAKERS.match(name)
    )
    often = [name for name, count in counts.most_common(_MOST_NAMES) if count >= 2]
    return tuple(sorted(often, key=lambda name: (-len(name), name)))


def plain(text: str, names: tuple[str, ...] = ()) -> str:
    """The sentence in lower case with the company as "we" and "not" in full, without bullet sign and number."""
    text = text[:_READ].translate(_SIGNS)
    text = text[len(bullet_sign(text)) :]
    text = text[len(numbering(text)[1]) :].lstrip()
    for name in names:
        text = re.sub(rf"\b{re.escape(name)}(?: ?'s?)?(?!\w)", "we", text)
    text = re.sub(r"\b[Tt]he (?:[Cc]ompany|[Pp]rovider|[Cc]ontroller)\b|\b(?:本公司|我司|我們)", "we", text)
    if _HAN.search(text):
        text = _mainland(re.sub(r"本公司|我司|我們|(?<![a-z])we(?![a-z])", "我们", text))
    text = text.lower().replace("e-mail", "email").replace("e- mail", "email")
    return _CONTRACTED.sub(
        r"\1 not", text.replace("won't", "will not").replace("can't", "cannot").replace("shan't", "shall not")
    )


def _mainland(text: str) -> str:
    """Chinese words as the mainland writes them, so that Hong Kong and Taiwan share its turns of phrase."""
    text = simplified(text)
    for word, other in _MAINLAND:
        text = text.replace(word, other)
    return text


def main_clause(text: str) -> str:
    """The plain sentence without a leading "although ..." clause: what it concedes, it does not say."""
    rest = _CONCESSION.sub("", text, count=1)
    return _CONCESSION_ZH.sub("", rest, count=1) or text


def core(text: str) -> str:
    """The main clause without its leading condition ("if you ...,") and its exceptions ("unless ...").

    What a sentence promises stands in its core; a condition says when, an exception when not.
    """
    head = _CONDITION.match(text)
    rest = text[head.end() :] if head else text
    rest = _EXCEPTION.sub("", _ASIDE.sub("", rest)) if len(rest) > 40 else rest
    return rest if len(rest) > 12 else text


def lead_label(text: str) -> str:
    """The title a sentence begins with ("Cookies and similar technologies: ..."), or nothing."""
    found = _LEAD_LABEL.match(text)
    return found.group() if found else ""
