"""Chinese sentences as claims: who does what, refused or not, only or all, under which condition, to what.

A sentence is cut into statements; each knows which acts it does and which it refuses, and which kinds of words it
holds. Contradictions are then pairs of claims (`chinese_opposites.py`), whatever the words of either are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from troth.policy.lint.chinese_acts import ACTS, KINDS
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

_STATEMENT = re.compile(r"[^。；;！!]+[。；;！!]?")
_COMMA = "，,：:（("

# "not", save where it is part of another word
_NOT = re.compile(
    r"不(?!仅|断|时|限|同|定期|少于|低于|超过|久|论|管|良|法|当|适用|含|包括|包含|可抗|足|满|相关|安|便|错|及|利|必要|可避免|得已|另行)|"
    r"没有|从未|并未|绝无|未(?!经|成年|满|来|得|获|取得|征得|必|到|完成|完善|填|登录|注册)|无(?=法|权|意|从|须|需|任何|第三方|广告|日志)|免于|禁止|避免|防止|严禁"
)
_TURNED = re.compile(r"而是|但(?!书|不限)|只会|仅会|才会|方可|不得不|不可避免")

# under which a promise holds only; an exception for whatever the company tells is none
_HOLLOW = re.compile(
    r"除(?:了)?(?:我们|本公司|本站|您)(?:自己|本人)?(?:之|以)外的?(?=任何)|，?除非[^。；]{0,40}(?:(?:发出|作出)[^。；，]{0,4}通知|已?(?:告知|通知)您)[^。；，]{0,12}"
)
_CONDITION = Phrase(
    r"除(?!此之外，(?:我们|本)|湿|草)|未经|未得|未获|未取得|未征得|(?:没有|无)[^。；，]{0,6}(?:同意|授权|许可)|不经[^。；，]{0,6}同意|如果|若|一旦|"
    r"(?:以下|下列)(?:情况|情形)|另有|例外|(?:以|之)外(?!的(?:地|国|服务|司法|其他))|范围外|超出|无关|不必要|非必要|前提|必要时"
)
# exceptions that the next sentence lists
_EXCEPTED = Phrase(
    r"除(?:以下|下列|下述|如下)|但(?:以下|下列)|(?:以下|下列)(?:情况|情形|状况)(?:除外|不在此限)"
)
_CONSENTED = Phrase(
    r"(?:征得|取得|获得|经|得到)[^。；，]{0,8}(?:同意|授权|许可)|同意(?:后|下|之后|的情况)|授权(?:后|下|的情况)|单独同意|明示同意|自愿(?:公开|参加)|您(?:主动)?选择(?!是否)|(?:主动)?开启后"
)
_LAWFUL = Phrase(r"法律|法规|法院|司法|机关|监管|依法|法定|主管部门|国家安全|公共安全|生效判决")
# what people do or must do themselves
_YOURS = re.compile(
    r"(?:您|你|用户|客户|会员|阁下|访客)(?:也|亦|均|还)?(?:可以|可|有权|能够?|应当?|须|得|不得|不应|自行|需自行|如果?|若)[^。；，,]{0,10}$|"
    r"请(?:您|你|勿|不要|及时|妥善|仔细)?[^。；，,]{0,8}$|请求[^。；，,]{0,4}$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a Chinese sentence.

    Attributes:
        reading: the unit it stands in.
        low: its words in lower case and simplified characters.
        lead: the sentence that introduces the list it is an item of.
        after: the rest of its paragraph up to the next unit.
        words: its exact words.
        does: the acts it says are done.
        refuses: the acts it says are not done.
        kinds: the kinds of things it names.
    """

    reading: Reading
    low: str
    lead: str
    after: str
    words: str
    does: frozenset[str]
    refuses: frozenset[str]
    kinds: frozenset[str]

    @property
    def conditional(self) -> bool:
        """Whether it holds under a condition, or with an exception, only."""
        low = _HOLLOW.sub("", self.low)
        return bool(_CONDITION.search(low) or _CONDITION.search(self.lead) or _EXCEPTED.search(self.after))

    @property
    def consented(self) -> bool:
        """Whether it rests on consent."""
        return bool(_CONSENTED.search(self.low) or _CONSENTED.search(self.lead))

    @property
    def lawful(self) -> bool:
        """Whether it rests on the law."""
        return bool(_LAWFUL.search(self.low) or _LAWFUL.search(self.lead))

    @property
    def hit(self) -> Hit:
        """The claim as something found."""
        return Hit(self.reading, self.words)

    def has(self, *kinds: str) -> bool:
        """Whether it names one of these kinds."""
        return not self.kinds.isdisjoint(kinds)


def _own(low: str, start: int) -> str:
    """The words before a place in the part of the sentence that commas set off."""
    head = low[:start]
    return head[max(head.rfind(c) for c in _COMMA) + 1 :]


def _refused(head: str) -> bool:
    denied = [match.end() for match in _NOT.finditer(head)]
    return bool(denied) and not _TURNED.search(head, denied[-1])


def _acts(low: str) -> tuple[frozenset[str], frozenset[str]]:
    does, refuses = set(), set()
    for act, phrase in ACTS.items():
        for match in phrase.finditer(low):
            head = _own(low, match.start())
            # the wording may begin before its verb: "向任何第三方提供"
            if act not in _ANYBODY and _YOURS.search(head):
                continue
            if act not in _DENYING and _refused(head + match[0][:-1]):
                refuses.add(act)
            else:
                does.add(act)
    return frozenset(does), frozenset(refuses)


# acts whose wording holds a "not" of its own
_DENYING = frozenset({"no-notice", "lose", "nameless", "optional", "unstoppable", "plain", "closed"})
# acts that are said of people themselves
_ANYBODY = frozenset(
    {"accept", "optional", "lose", "stop all", "unstoppable", "admitted", "closed", "nameless", "respect"}
)


def _kinds(low: str) -> frozenset[str]:
    return frozenset(kind for kind, phrase in KINDS.items() if phrase.search(low))


def _after(doc: Document, reading: Reading) -> str:
    """The next sentence of the same paragraph."""
    following = doc.readings[reading.index + 1 : reading.index + 2]
    return "".join(r.low for r in following if r.sentence.paragraph == reading.sentence.paragraph)


def claims(doc: Document) -> tuple[Claim, ...]:
    """What the Chinese units of the body claim, in text order."""
    return tuple(_claims(doc))


def _claims(doc: Document) -> Iterator[Claim]:
    for reading in doc.body:
        if not reading.cjk or doc.explains(reading):
            continue
        for part in _STATEMENT.finditer(reading.low):
            low = part[0]
            does, refuses = _acts(low)
            kinds = _kinds(low)
            if does or refuses or kinds:
                yield Claim(
                    reading,
                    low,
                    reading.lead,
                    _after(doc, reading),
                    reading.text[part.start() : part.end()].strip(),
                    does,
                    refuses,
                    kinds,
                )
