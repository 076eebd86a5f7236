"""What people may ask for, how they show who they are, and why a request may be refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

RIGHTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "access": ("a copy of your data", "查阅您的个人数据"),
        "portability": ("your data in a form to take elsewhere", "以可携带的格式取得您的数据"),
        "rectify": ("the correction of your data", "更正您的个人数据"),
        "erase": ("the erasure of your data", "删除您的个人数据"),
        "restrict": ("a restriction: your data is kept but not used", "限制对您个人数据的使用"),
        "object": ("an end to the use of your data for a purpose", "反对我们为某一目的使用您的数据"),
        "opt-out": ("an end to marketing, sale or sharing of your data", "停止营销、出售或共享您的数据"),
        "withdraw": ("the withdrawal of a consent", "撤回同意"),
        "complaint": ("an answer to your complaint", "处理您的投诉"),
        "question": ("an answer to your question", "答复您的咨询"),
    }
)
"""What a person may ask for, in English and Chinese."""

METHODS: Mapping[str, str] = MappingProxyType(
    {
        "code": "a one-time code to an address on file",
        "session": "signed in to the account",
        "data points": "two matching details on file",
        "document": "a document, looked at and deleted",
        "agent": "an authorised agent with a checked authority",
        "not needed": "no check of identity is needed for this",
    }
)
"""How a person showed who they are; the method is recorded, never what was shown."""

UNCHECKED = frozenset({"opt-out", "withdraw", "complaint", "question"})
"""Requests that harm nobody when a stranger makes them and must be easy: no check of identity is needed.

GDPR 7(3): withdrawing is as easy as giving; 11 CCR 7026(d): an opt-out need not be a verifiable request.
"""

JUDGED = frozenset({"complaint", "question"})
"""Requests that a person answers in their own words."""

UNDO_HOURS = 72
"""How long an erasure of an active account waits unless the house says otherwise, so that it can be taken back."""


def undo_until(at: datetime, hours: int = UNDO_HOURS) -> datetime:
    """Until when an erasure that was confirmed at a moment can be taken back."""
    return at + timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a request is refused.

    Attributes:
        en: the reason in English, to follow "because".
        zh: the reason in Chinese.
        basis: the article that knows it, by jurisdiction; from knowledge, check before you rely on it.
        judged: a person must decide it and say why; no job refuses on it by itself.
    """

    en: str
    zh: str
    basis: Mapping[str, str]
    judged: bool = True


def _basis(**articles: str) -> Mapping[str, str]:
    return MappingProxyType({place.replace("_", "-"): article for place, article in articles.items()})


GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        "identity": Ground(
            "we could not confirm that the request comes from you",
            "我们无法确认该请求由您本人提出",
            _basis(
                EU="GDPR 12(2), 12(6)", UK="UK GDPR 12(2), 12(6)", US_CA="11 CCR 7060", HK="PDPO s.20(1)(a)"
            ),
            judged=False,
        ),
        "unfounded": Ground(
            "the request is manifestly unfounded",
            "该请求明显没有依据",
            _basis(EU="GDPR 12(5)(b)", UK="UK GDPR 12(5)(b), 12A", US_CA="Civ. 1798.145(h)(3)"),
        ),
        "excessive": Ground(
            "the same was asked so often that the request is excessive",
            "同样的请求提出过于频繁",
            _basis(
                EU="GDPR 12(5)(b)", UK="UK GDPR 12(5)(b), 12A", US_CA="Civ. 1798.130(b)", HK="PDPO s.20(3)(c)"
            ),
        ),
        "law": Ground(
            "a law obliges us to keep the data",
            "法律要求我们保留这些数据",
            _basis(EU="GDPR 17(3)(b)", UK="UK GDPR 17(3)(b)", HK="PDPO s.26(1)(a)", CN="PIPL art. 47"),
        ),
        "claims": Ground(
            "the data is needed for a legal claim or its defence",
            "这些数据是提出或抗辩法律请求所必需的",
            _basis(EU="GDPR 17(3)(e), 18(2)", UK="UK GDPR 17(3)(e), 18(2)"),
        ),
        "others": Ground(
            "it would disclose the data of another person",
            "这会披露他人的个人数据",
            _basis(EU="GDPR 15(4)", UK="UK GDPR 15(4)", HK="PDPO s.20(1)(b)"),
        ),
        "correct": Ground(
            "we are satisfied that the data is correct as it is",
            "我们认为这些数据目前是准确的",
            _basis(HK="PDPO s.24(3)(b)", SG="PDPA s.22(6)"),
        ),
        "outside": Ground(
            "no law and no promise of ours grants it",
            "法律及我们的承诺均未规定这一权利",
            _basis(),
        ),
    }
)
"""The grounds on which a request may be refused, by name."""
