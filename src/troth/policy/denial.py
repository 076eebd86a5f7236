"""Sentences that plainly deny an act which their rules permit: "We do not sell your data" beside `may sell`.

Only a denial without a limit, an exception or a condition is plain: "We do not keep logs longer than 30 days" permits.
"""

from __future__ import annotations

import re

from troth.model import verb as verbs
from troth.model.condition import ALWAYS
from troth.model.policy import Promise, Rule

_SAID = {
    "sell": "sell", "rent": "sell", "lease": "sell", "trade": "sell", "share": "share", "disclose": "disclose", "use": "use",
    "collect": "collect", "store": "store", "keep": "retain", "retain": "retain", "transfer": "transfer", "release": "release",
    "analyse": "analyse", "analyze": "analyse", "profile": "profile", "出售": "sell", "出租": "sell", "贩卖": "sell",
    "共享": "share", "分享": "share", "披露": "disclose", "使用": "use", "收集": "collect", "存储": "store", "保存": "retain",
    "转让": "transfer", "公开": "release",
}  # fmt: skip
_DENIES = re.compile(
    r"\bwe (?:(?:do|will|shall|can) ?not|don[’']t|won[’']t|never|will never|shall never)(?: (?:ever|knowingly|and will not))? "
    r"(?P<en>[a-z]+(?:(?:,| or|, or|,? nor) (?:sell|rent|lease|trade|share|disclose))*)\b"
    r"|我们(?:承诺)?(?:绝不会?|绝对不会|从不|从未|不会|不得)(?P<zh>[^，。；]{2,30})",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(?:without|unless|except|excluding|other than|more|longer|only|beyond|until|before|after|but|if|when|where|while|"
    r"save|apart|any further|outside|for|in|to)\b|未经|未获|除|仅|只|超过|超出|更|若|如|但|用于|之外|以外|前|后|时",
    re.IGNORECASE,
)


def denied(text: str) -> frozenset[str]:
    """The acts that a sentence denies plainly, as verbs of rules; none where it limits the denial in any way."""
    if _LIMITS.search(text):
        return frozenset()
    found = set[str]()
    for one in _DENIES.finditer(text):
        if one["en"]:
            found |= {_SAID[word] for word in re.findall(r"[a-z]+", one["en"].lower()) if word in _SAID}
        else:
            places = sorted(
                (one["zh"].index(word), verb) for word, verb in _SAID.items() if word in one["zh"]
            )
            turned = one["zh"][0] in "将把"  # the object stands before its verb
            found |= {verb for _, verb in (places[-1:] if turned else places[:1])}
    return frozenset(found)


def permitting(promise: Promise, acts: frozenset[str]) -> Rule | None:
    """The first rule that permits one of the acts without any condition, in a promise that forbids nothing."""
    if any(rule.mode != "may" for rule in promise.rules):
        return None
    plain = (rule for rule in promise.rules if rule.condition == ALWAYS and rule.until is None)
    return next(
        (rule for rule in plain if not rule.exceptions and not rule.trigger and _covers(rule.verb, acts)),
        None,
    )


def _covers(verb: str, acts: frozenset[str]) -> bool:
    known = verbs.verbs().get(verb)
    return known is not None and any(known.key in verbs.covers(act) or act == known.key for act in acts)
