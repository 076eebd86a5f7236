"""The register of recipients: who may receive data, what for, which fields, and under which agreement.

    registers/recipients.toml   [[recipient]]
                                id = "jade"
                                name = "Jade Payments"
                                kind = "payment-processor"          # a recipient of the policy's words
                                role = "processor"                  # or third-party, controller, affiliate
                                country = "HK"
                                purposes = ["payment"]
                                data = ["payment-information"]      # the necessary fields, and no other
                                transport = "tls"                   # how files reach it
                                contact = "privacy@jade.example"    # told of corrections and erasures
                                known_as = ["1"]                    # in the application's own tables
                                [recipient.agreement]
                                kind = "data-processing-agreement"
                                from = 2025-01-01
                                until = 2027-12-31
                                clauses = ["this-policy", "law", "confidentiality-agreement", "no-other-use-clause"]
                                digest = "9f86d0..."                # SHA-256 of the signed paper
                                reviewed = 2026-09-01               # when it last showed that it keeps it

Whoever is not on the register receives nothing. `faults` says what the policy does not permit of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal

from troth.duties.deeds import every_rule
from troth.model.errors import NotFound, TrothError
from troth.model.party import Agreement, Party
from troth.model.policy import Policy, Promise, Rule, vocabulary_of
from troth.model.vocabulary import Vocabulary

REGISTER = "recipients"
LEAST = ("this-policy", "law", "confidentiality-agreement", "no-other-use-clause")
"""What an agreement binds to at least: this policy, the law, confidence, no other use."""
_KEYS = frozenset(
    {
        "id",
        "name",
        "kind",
        "role",
        "country",
        "purposes",
        "data",
        "contact",
        "safeguard",
        "transport",
        "known_as",
        "agreement",
    }
)
_AGREEMENT = frozenset({"kind", "from", "until", "clauses", "digest", "reviewed"})


def parties(register: Mapping[str, Any], policy: Policy) -> tuple[Party, ...]:
    """Everybody on the register, in its order.

    Raises:
        TrothError: an entry can not be read, or two have one id.
        NotFound: the policy does not know one of the words.
    """
    found = tuple(_party(number, one, policy) for number, one in enumerate(register.get("recipient", []), 1))
    ids = [one.id for one in found]
    double = next((one for one in ids if ids.count(one) > 1), "")
    if double:
        raise TrothError(f"the register of recipients has two entries `{double[:40]}`")
    return found


def party(register: Mapping[str, Any], policy: Policy, name: str) -> Party:
    """The recipient of an id.

    Raises:
        NotFound: it is not on the register, so it receives nothing.
    """
    for one in parties(register, policy):
        if one.id == name:
            return one
    raise NotFound(
        f"no recipient `{name[:40]}` is registered, so it receives nothing",
        hint="recipients stand in registers/recipients.toml",
    )


def clauses_asked(policy: Policy) -> tuple[str, ...]:
    """The clauses that an agreement must have: the least ones, and those that the policy wants signed."""
    measures = (one.key for rule in _signing(policy) for one in rule.measures)
    return tuple(dict.fromkeys((*LEAST, *measures)))


def faults(one: Party, policy: Policy, today: date) -> tuple[str, ...]:
    """What is wrong with an entry of the register, in words; empty where nothing is.

    Every purpose must be one that some permission of the policy shares for with this kind of recipient, and every field
    one that it shares for one of those purposes.
    """
    words = vocabulary_of(policy)
    rules = [
        rule
        for rule in sharing(policy)
        if any(one.kind in words.covers("recipient", to) for to in rule.recipients)
    ]
    told = [f"the policy shares nothing with the kind `{one.kind}`"] if not rules else []
    told += [
        f"the policy does not share with it for {purpose}"
        for purpose in one.purposes
        if rules and not _among(words, "purpose", purpose, [each for rule in rules for each in rule.purposes])
    ]
    told += [
        f"the policy does not share {name} with it"
        for name in one.data
        if rules and not _among(words, "data", name, [each for rule in rules for each in rule.things])
    ]
    told += [f"no {what}" for what, there in (("purpose", one.purposes), ("field", one.data)) if not there]
    if one.role != "authority":
        state = one.agreement.state(today)
        told += [f"its agreement is {state}"] if state != "in-force" else []
        told += [f"its agreement lacks {', '.join(one.agreement.missing)}"] if one.agreement.missing else []
        told += [] if one.agreement.digest else ["its agreement has no digest of the signed paper"]
    told += [] if one.country else ["no country"]
    return tuple(told)


def sharing(policy: Policy) -> tuple[Rule, ...]:
    """The rules that permit data to leave, with a recipient each."""
    return tuple(
        rule
        for promise in policy.promises
        for rule in promise.rules
        if rule.mode in {"may", "only"} and rule.verb in {"share", "disclose", "transfer"} and rule.recipients
    )


def permitting(policy: Policy, kind: str, purpose: str, data: tuple[str, ...]) -> Promise | None:
    """The promise that permits data to go to a kind of recipient for a purpose; None where none does.

    The one that permits the most of the data, the first in the text of several.
    """
    words = vocabulary_of(policy)
    best: tuple[int, Promise | None] = (0, None)
    for promise in policy.promises:
        rules = [
            rule
            for rule in promise.rules
            if rule in sharing(policy)
            and any(kind in words.covers("recipient", to) for to in rule.recipients)
            and (not rule.purposes or any(purpose in words.covers("purpose", each) for each in rule.purposes))
        ]
        fits = sum(
            any(one in words.covers("data", thing) for rule in rules for thing in rule.things) for one in data
        )
        if fits > best[0]:
            best = fits, promise
    return best[1]


def _among(words: Vocabulary, facet: Literal["purpose", "data"], key: str, wider: list[str]) -> bool:
    return any(key in words.covers(facet, each) for each in wider)


def _signing(policy: Policy) -> Iterator[Rule]:
    return (
        rule
        for promise in policy.promises
        for rule in every_rule(promise.rules)
        if rule.mode == "must" and rule.verb == "sign" and rule.recipients
    )


def _party(number: int, one: Mapping[str, Any], policy: Policy) -> Party:
    for key in one:
        if key not in _KEYS:
            hint = f"it says {', '.join(sorted(_KEYS))}"
            raise TrothError(f"`{key[:40]}` is nothing the register of recipients can say", hint=hint)
    words = vocabulary_of(policy)
    if not one.get("id") or not one.get("kind"):
        raise TrothError(f"entry {number} of the register of recipients has no id or no kind")
    return Party(
        id=str(one["id"]),
        name=str(one.get("name") or one["id"]),
        kind=words.get("recipient", str(one["kind"])).key,
        role=str(one.get("role", "processor")),
        country=str(one.get("country", "")),
        purposes=tuple(words.get("purpose", str(each)).key for each in one.get("purposes", ())),
        data=tuple(words.get("data", str(each)).key for each in one.get("data", ())),
        contact=str(one.get("contact", "")),
        safeguard=str(one.get("safeguard", "")),
        transport=str(one.get("transport", "")),
        known_as=tuple(str(each) for each in one.get("known_as", ())),
        agreement=_agreement(number, one.get("agreement"), policy),
    )


def _agreement(number: int, one: Mapping[str, Any] | None, policy: Policy) -> Agreement:
    if not one:
        return Agreement()
    for key in one:
        if key not in _AGREEMENT:
            hint = f"it says {', '.join(sorted(_AGREEMENT))}"
            raise TrothError(f"`{key[:40]}` is nothing an agreement of the register can say", hint=hint)
    clauses = tuple(str(each) for each in one.get("clauses", ()))
    missing = tuple(each for each in clauses_asked(policy) if each not in clauses)
    days = {key: _day(number, key, one.get(key)) for key in ("from", "until", "reviewed")}
    return Agreement(
        str(one.get("kind", "")), days["from"], days["until"], clauses, missing, str(one.get("digest", "")),
        days["reviewed"],
    )  # fmt: skip


def _day(number: int, key: str, value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        message = f"`{key}` of the agreement of entry {number} of the register of recipients is no day"
        raise TrothError(message, hint="write 2026-11-30") from None
