"""What the policy says about the data in each table: purposes, legal bases, retention, recipients (GDPR Art. 15(1)).

A promise counts for a table when a rule of it is about a term that a column of the table holds, or about a wider
one. Everything is said twice, in English and Chinese, in the words that `troth policy explain` uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from troth.model import verb as verbs
from troth.model.datamap import DataMap, Table
from troth.model.policy import Policy, Promise, Rule, vocabulary_of
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary
from troth.policy.plain import Speech

_RETENTION = {"erase", "anonymise"}
AUTHORITIES = {
    "eu": (
        "the data protection authority of your country of residence or work",
        "您居住或工作所在国的数据保护机构",
    ),
    "uk": ("the Information Commissioner's Office (ICO)", "英国信息专员办公室（ICO）"),
    "hong-kong": ("the Privacy Commissioner for Personal Data, Hong Kong (PCPD)", "香港个人资料私隐专员公署"),
    "mainland-china": ("the Cyberspace Administration of China (CAC)", "国家互联网信息办公室及当地网信部门"),
    "us-ca": (
        "the California Privacy Protection Agency or the Attorney General",
        "加州隐私保护局或加州总检察长",
    ),
    "us": (
        "the Federal Trade Commission or the Attorney General of your state",
        "美国联邦贸易委员会或所在州总检察长",
    ),
    "sg": ("the Personal Data Protection Commission (PDPC)", "新加坡个人数据保护委员会"),
}
"""Whom a person can complain to, by jurisdiction, in English and Chinese."""

_SHORT = {
    "hk": "hong-kong",
    "cn": "mainland-china",
    "gdpr": "eu",
    "gb": "uk",
    "singapore": "sg",
    "california": "us-ca",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the policy: its key and its labels."""

    key: str
    en: str
    zh: str

    def as_json(self) -> dict[str, str]:
        """The JSON shape."""
        return {"key": self.key, "en": self.en, "zh": self.zh}


@dataclass(frozen=True, slots=True)
class About:
    """What the policy says of one table.

    Attributes:
        categories, purposes, basis, recipients: words of the policy, in its order.
        retention: how long, as sentences in English and Chinese.
        promises: the promises it stands in.
        sentences: ids of their sentences.
    """

    categories: tuple[Term, ...] = ()
    purposes: tuple[Term, ...] = ()
    basis: tuple[Term, ...] = ()
    recipients: tuple[Term, ...] = ()
    retention: tuple[Term, ...] = ()
    promises: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape that stands in the index of a bundle."""
        return {
            "terms": [one.as_json() for one in self.categories],
            "purposes": [one.as_json() for one in self.purposes],
            "basis": [one.as_json() for one in self.basis],
            "promised_recipients": [one.as_json() for one in self.recipients],
            "retention": [one.as_json() for one in self.retention],
            "promises": list(self.promises),
            "policy_sentences": list(self.sentences),
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """What the policy says besides: who answers, the rights, whom to complain to (GDPR Art. 15(1)(e) to (h), (2)).

    Attributes:
        provider, controller, version: of the policy; its hash in hex.
        contact, automated, transfers, source: sentences of the policy, in its own language.
        rights: titles of the promises that are rights.
        authorities: whom to complain to, English and Chinese.
        language: of the sentences.
    """

    provider: str = ""
    controller: str = ""
    version: str = ""
    hash: str = ""
    contact: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    automated: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()
    language: str = "en"

    def as_json(self) -> dict[str, Any]:
        """The JSON shape that stands in the index of a bundle."""
        return {
            "provider": self.provider, "controller": self.controller, "version": self.version, "policy": self.hash,
            "language": self.language,
            "contact": list(self.contact), "rights": list(self.rights), "automated_decisions": list(self.automated),
            "transfers": list(self.transfers), "sources": list(self.source),
            "complaints_to": [{"en": en, "zh": zh} for en, zh in self.authorities],
        }  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """A compiled policy, asked about tables of a data map."""

    policy: Policy

    @cached_property
    def words(self) -> Vocabulary:
        """The vocabulary it is written in."""
        return vocabulary_of(self.policy)

    @cached_property
    def _known(self) -> dict[Table, About]:
        """What was asked before; the answer depends on the policy and the table alone."""
        return {}

    def about(self, table: Table) -> About:
        """What the policy says of a table."""
        if table not in self._known:
            self._known[table] = self._about(table)
        return self._known[table]

    def _about(self, table: Table) -> About:
        terms = dict.fromkeys(term for column in table.columns for term in column.terms)
        if not terms:
            return About()
        speech = (Speech(self.words, "en"), Speech(self.words, "zh"))
        said = [(promise, rule) for promise, rule in self._rules if self.concerns(rule, terms)]
        allowed = [rule for _, rule in said if rule.mode in {"may", "only", "must"}]
        own = [rule for rule in allowed if not _outward(rule)]
        outward = [rule for rule in allowed if _outward(rule)]
        kept = [rule for rule in allowed if _limits(rule)]
        promises = dict.fromkeys(promise.id for promise, rule in said if rule.mode != "never")
        ids = [one for name in promises for one in self.policy.by_id[name].sentences]
        return About(
            self._labels(terms, "data"),
            self._labels((one for rule in own for one in rule.purposes), "purpose"),
            self._labels((one for rule in allowed for one in rule.bases), "basis"),
            self._labels((one for rule in outward for one in rule.recipients), "recipient", "subject"),
            tuple(
                dict.fromkeys(
                    Term(rule.id, *(" ".join(one.rule(rule)[:1]) for one in speech)) for rule in kept
                )
            ),
            tuple(promises),
            tuple(dict.fromkeys(ids)),
        )

    def every(self, one: DataMap) -> dict[str, About]:
        """What the policy says of every personal table, by place."""
        return {table.place: self.about(table) for table in one.personal()}

    def notice(self) -> Notice:
        """What the policy says besides."""
        return self._notice

    @cached_property
    def _notice(self) -> Notice:
        front, policy = self.policy.front, self.policy
        places = [_SHORT.get(str(one), str(one)) for one in front.get("jurisdictions", ())]
        return Notice(
            policy.provider, str(front.get("controller", "")), policy.version, policy.hash,
            contact=self._texts(one for one in policy.promises if one.kind == "contact"),
            rights=tuple(one.title for one in policy.promises if one.kind == "right"),
            automated=self._texts(one for one in policy.promises if self._automated(one)),
            transfers=self._texts(one for one in policy.promises if one.kind == "transfer"),
            source=self._texts(one for one in policy.promises if one.kind == "collect"),
            authorities=tuple(AUTHORITIES[one] for one in places if one in AUTHORITIES),
            language=policy.language,
        )  # fmt: skip

    @cached_property
    def _rules(self) -> list[tuple[Promise, Rule]]:
        """Every rule of every promise, with what follows from it."""
        return [
            (promise, inner)
            for promise in self.policy.promises
            for rule in promise.rules
            for inner in _all(rule)
        ]

    def concerns(self, rule: Rule, terms: Iterable[str]) -> bool:
        """Whether a rule is about one of the terms, or about a wider one."""
        return any(self._covers(thing).intersection(terms) for thing in rule.things)

    def _covers(self, thing: str) -> frozenset[str]:
        prefix, _, key = thing.rpartition(":")
        if prefix not in {"", "data"} or self.words.find("data", key) is None:
            return frozenset()
        return self.words.covers("data", key)

    def _labels(self, keys: Iterable[str], *facets: Facet) -> tuple[Term, ...]:
        found: dict[str, Term] = {}
        for word in keys:
            key = word.rpartition(":")[2]
            term = next((one for facet in facets if (one := self.words.find(facet, key))), None)
            found.setdefault(key, Term(key, term.en if term else key, (term.zh or term.en) if term else key))
        return tuple(found.values())

    def _texts(self, promises: Iterable[Promise]) -> tuple[str, ...]:
        ids = dict.fromkeys(one for promise in promises for one in promise.sentences)
        return tuple(
            self.policy.by_sentence[one].sentence.text for one in ids if one in self.policy.by_sentence
        )

    def _automated(self, promise: Promise) -> bool:
        rules = [inner for rule in promise.rules for inner in _all(rule)]
        words = {word for rule in rules for word in (*rule.things, *rule.about)} | {promise.id}
        return any("automated" in word or "profiling" in word for word in words) and promise.kind in {
            "right",
            "use",
        }


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """A policy, known by its hash and what stands before its text, which are quicker to compare than all of it."""

    policy: Policy

    def __hash__(self) -> int:
        return hash(self.policy.hash)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Named):
            return False
        return other.policy.hash == self.policy.hash and other.policy.front == self.policy.front


def facts_of(policy: Policy) -> Facts:
    """The facts of a policy; the same object for the same policy, so that nothing is worked out for each request."""
    return _facts(_Named(policy))


@lru_cache(maxsize=4)
def _facts(named: _Named) -> Facts:
    return Facts(named.policy)


def _all(rule: Rule) -> Iterator[Rule]:
    yield rule
    for inner in (*rule.then, *rule.otherwise):
        yield from _all(inner)


def _outward(rule: Rule) -> bool:
    known = verbs.find(rule.verb)
    return known is not None and known.outward


def _limits(rule: Rule) -> bool:
    """Whether a rule says how long something is kept."""
    if rule.verb in _RETENTION:
        return rule.mode == "must"
    return rule.verb in {"store", "retain"} and rule.mode in {"may", "only"}
