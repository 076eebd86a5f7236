"""Classes of messages: what may be sent about an order or a service, and what the policy wants refused.

    registers/messages.toml     [source]                    # where the application notes what it sent
                                store = "accounts"
                                table = "messages_sent"
                                class = "message_class"
                                at = "sent_at"
                                [classes]                   # the application's words, in those of the policy
                                order = "transactional"

The letters of Troth have a class each (`TEMPLATES`); one without a class can not be sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from troth.model.condition import truth
from troth.model.errors import TrothError
from troth.model.policy import Policy, Rule, vocabulary_of

FACT = "message-class"
BEFORE = "before-send"
TEMPLATES: Mapping[str, str] = {
    **dict.fromkeys(
        "received code extended held refused done nothing-found partly withdrawn released".split(),
        "service",
    ),
    **dict.fromkeys(("strange-sign-in", "breach", "policy-change", "disclosure"), "important-notice"),
    **dict.fromkeys(("breach-authority", "recipient"), "transactional"),
    **dict.fromkeys(("expiring", "expired"), "service"),
}
"""The class of each letter that ships with Troth."""
LANGUAGES = ("en", "zh")
_PROMOTION = re.compile(
    r"\b(?:discounts?|coupons?|vouchers?|promo(?:tion(?:al|s)?)?|special offers?|limited[- ]time|sale ends|on sale|buy now|"
    r"order now|sign up today|upgrade (?:now|today)|free trial|cashback|bestsellers?|best price|save up to|\d+ ?% off|"
    r"recommended for you|you may also like|newsletter|refer a friend|don't miss|exclusive deal)\b"
    r"|优惠|促销|折扣|特价|限时|抢购|立减|红包|秒杀|返现|代金券|满减|免费试用|立即购买|马上升级|推荐给您|猜你喜欢|邀请好友|新品上市|特惠",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)


def refused(policy: Policy) -> tuple[tuple[str, Rule], ...]:
    """The classes of messages that the policy wants refused before they are sent, with the rule."""
    words = vocabulary_of(policy)
    term = words.find("fact", FACT)
    found = []
    for promise in policy.promises:
        for rule in promise.rules:
            if (
                rule.mode != "must"
                or rule.verb != "refuse"
                or rule.trigger is None
                or rule.trigger.event != BEFORE
            ):
                continue
            for value in term.values if term else ():
                facts = {FACT: value}
                if truth(rule.trigger.condition, facts) is True and truth(rule.condition, facts) is not False:
                    found.append((value, rule))
    return tuple(found)


def classes(policy: Policy) -> tuple[str, ...]:
    """Every class of message that there is."""
    term = vocabulary_of(policy).find("fact", FACT)
    return term.values if term else ()


def admit(policy: Policy, message: str) -> None:
    """Let a message of a class leave, or not.

    Raises:
        TrothError: it has no class, or the policy wants messages of this class refused; the rule is named.
    """
    if message not in classes(policy):
        raise TrothError("the message has no class", hint=f"the classes are {', '.join(classes(policy))}")
    for value, rule in refused(policy):
        if value == message:
            raise TrothError(f"messages of the class `{message}` are not sent: {rule.id}")


def templates(own: Path | None = None) -> Iterator[tuple[str, str, str]]:
    """Language, name and text of every letter: those of Troth, then those of the house below `own` (`en/NAME.txt.j2`)."""
    shipped = files("troth.duties").joinpath("templates")
    for language in LANGUAGES:
        for one in sorted(shipped.joinpath(language).iterdir(), key=lambda each: each.name):
            if one.name.endswith(".j2"):
                yield language, one.name.partition(".")[0], one.read_text("utf-8")
        for path in sorted((own / language).glob("*.j2")) if own else ():
            yield language, path.name.partition(".")[0], path.read_text("utf-8")


def promoting(text: str) -> tuple[str, ...]:
    """The words of a text that promote something, in lower case, each once; comments of a template do not count."""
    return tuple(dict.fromkeys(one.group().lower() for one in _PROMOTION.finditer(_COMMENT.sub(" ", text))))
