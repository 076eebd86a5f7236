"""The compiled policy: what a `policy.troth.md` means, without its layout.

Everything is frozen and made of canonical vocabulary keys. `Policy.hash` is what evidence cites.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import rfc8785

from troth.model.condition import ALWAYS, Condition, as_json
from troth.model.sentence import Sentence
from troth.model.term import Term
from troth.model.vocabulary import Vocabulary, load

FORMAT = 1  # version of the policy format; raised when the meaning of a file changes

Kind = Literal[
    "collect", "use", "share", "transfer", "retain", "erase", "protect", "right",
    "consent", "choice", "notify", "cookie", "child", "publish", "contact",
]  # fmt: skip
KINDS: tuple[str, ...] = (
    "collect", "use", "share", "transfer", "retain", "erase", "protect", "right",
    "consent", "choice", "notify", "cookie", "child", "publish", "contact",
)  # fmt: skip
Mode = Literal["may", "only", "never", "must", "block"]

REASONS: dict[str, str] = {
    "": "nothing to carry out",
    "heading": "a heading",
    "aim": "the aim of the text or a statement of value",
    "define": "a definition",
    "limit": "a limit of what is promised",
    "contact": "introduces or names a contact",
    "duty": "a duty of the reader, not of the company",
    "advice": "advice to the reader",
    "consequence": "tells what follows from a choice",
    "link": "about other people's sites or a pointer to a text",
    "duplicate": "repeats another sentence",
    "statement": "a statement of fact",
    "greeting": "a greeting",
    "example": "an example of a sentence that is bound",
    "intro": "introduces a list",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time or a count as the policy gives it.

    Attributes:
        number: how many.
        unit: singular unit ("day", "business-day", "month", "year", "hour").
        chosen: true when the house chose it because the text gives none (`~`).
    """

    number: float
    unit: str
    chosen: bool = False

    @property
    def days(self) -> float:
        """Length in days, for comparing spans: a month counts 30.4375, a year 365.25, a business day 1.4."""
        return self.number * UNITS[self.unit]

    def __str__(self) -> str:
        number = int(self.number) if self.number == int(self.number) else self.number
        return f"{number} {self.unit.replace('-', ' ')}{'' if self.number == 1 else 's'}"


UNITS: dict[str, float] = {
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "business-day": 1.4, "week": 7.0,
    "month": 30.4375, "quarter": 91.3125, "year": 365.25,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty is due.

    Attributes:
        kind: within | after | at-least (spans from `event`, or from the trigger where it is ""),
            before (span before `event`; no span: at any time before it), every (a period), at-once, table (spans by
            category in `table`).
        span: the length, None for at-once, table and a bare before/after.
        event: the event it is counted from or to; "" for the trigger of the duty.
        table: file of a table of legal periods, for `table`.
    """

    kind: Literal["within", "after", "at-least", "before", "every", "at-once", "table"]
    span: Span | None = None
    event: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A named exception of a `never` or a duty, or a hold of a duty (`most`: its longest length)."""

    name: str
    condition: Condition
    record: tuple[Item, ...] = ()
    tell: tuple[Notice, ...] = ()
    most: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to record, with how many of it ("~2 approvers")."""

    what: str
    count: float = 1
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom to tell what."""

    who: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A protective measure, with its number where it has one (k-anonymity 10)."""

    key: str
    number: float | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a duty: an event, its argument ("opt-out recommendations") and a condition."""

    event: str
    argument: str = ""
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a promise; terms are canonical keys, empty tuples mean "any".

    Attributes:
        id: promise and number ("hk-31/2"), unique in the policy.
        things: objects: data categories for data verbs; for duties `facet:key` of anything the vocabulary knows.
        open: the list of things, purposes or recipients is open ("and similar").
        trigger: what starts the duty, None for standing rules.
        until: end of a permission or of a block.
        then: what follows when the holds end; `held`: what is allowed meanwhile; `otherwise`: what applies instead.
    """

    id: str
    mode: Mode
    verb: str
    things: tuple[str, ...] = ()
    open: bool = False
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    places: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    condition: Condition = ALWAYS
    until: Condition | None = None
    trigger: Trigger | None = None
    knowingly: bool = False
    no_opt_out: bool = False
    deadline: Deadline | None = None
    exceptions: tuple[Exemption, ...] = ()
    holds: tuple[Exemption, ...] = ()
    held: tuple[Rule, ...] = ()
    then: tuple[Rule, ...] = ()
    otherwise: tuple[Rule, ...] = ()
    record: tuple[Item, ...] = ()
    tell: tuple[Notice, ...] = ()

    @property
    def starts(self) -> Trigger | None:
        """What starts the duty: its trigger, else the event its time counts from ("within 3 days of a complaint")."""
        if self.trigger is None and self.deadline is not None and self.deadline.kind in {"within", "at-once"}:
            return Trigger(self.deadline.event) if self.deadline.event else None
        return self.trigger


@dataclass(frozen=True, slots=True)
class Proof:
    """A check that shows that a promise is kept."""

    check: str
    arguments: tuple[str, ...] = ()
    proof: str = ""  # enforced | monitored | attested | declared


@dataclass(frozen=True, slots=True)
class Seal:
    """The last review of a promise: the hash of the bound sentences, who reviewed and when, and the hash of the rules.

    `rules` is empty in files sealed before rules had one.
    """

    digest: str
    by: str = ""
    on: str = ""
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A term that the policy defines as a list of others ("Server Information")."""

    term: Term
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A lint finding that the house has looked at and decided on: it stays visible and no longer fails.

    Attributes:
        rule: the detector ("retention-conflict").
        why: the decision, in words.
        promise: the promise it stands in; "" for the whole policy.
    """

    rule: str
    why: str
    promise: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise: what one or more sentences oblige the company to do, allow or forbid.

    Attributes:
        sentences: ids of the sentences it keeps, in text order.
        covers: parts of sentences it covers, as (sentence id, words); a sentence not named is covered whole.
        limits: ids of sentences that qualify it ("we can not guarantee ...").
        draft: confidence of a drafted promise that nobody has accepted yet; None for accepted ones.
    """

    id: str
    kind: str
    title: str
    sentences: tuple[str, ...] = ()
    covers: tuple[tuple[str, str], ...] = ()
    limits: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    proofs: tuple[Proof, ...] = ()
    notes: tuple[str, ...] = ()
    seal: Seal | None = None
    draft: float | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Binding:
    """A sentence with what binds it.

    Attributes:
        promises: the promises that keep it.
        reason: why it is information only (key of REASONS); None if it is bound.
        limits: promises that it qualifies.
        repeats: the promises were bound by an earlier sentence that says the same.
        suggested: confidence of a tag that nobody has accepted; None for accepted tags.
    """

    sentence: Sentence
    promises: tuple[str, ...] = ()
    reason: str | None = None
    limits: tuple[str, ...] = ()
    repeats: bool = False
    suggested: float | None = None


@dataclass(frozen=True)
class Policy:
    """A compiled policy: sentences, promises and the terms it adds to the vocabulary.

    `lexicon` is that vocabulary where it is at hand from compiling; it follows from the other fields.
    """

    provider: str
    version: str
    language: str
    vocabulary: tuple[str, ...]
    sentences: tuple[Binding, ...]
    promises: tuple[Promise, ...]
    terms: tuple[Term, ...] = ()
    groups: tuple[Group, ...] = ()
    material: Condition | None = None
    accepted: tuple[Acceptance, ...] = ()
    front: dict[str, Any] = field(default_factory=dict, compare=False)
    lexicon: Vocabulary | None = field(default=None, compare=False, repr=False)

    @cached_property
    def by_id(self) -> dict[str, Promise]:
        """Promises by id."""
        return {promise.id: promise for promise in self.promises}

    @cached_property
    def by_sentence(self) -> dict[str, Binding]:
        """Bindings by sentence id."""
        return {binding.sentence.id: binding for binding in self.sentences}

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON (RFC 8785), in hex: the name of this policy in evidence."""
        return hashlib.sha256(self.canonical).hexdigest()

    @cached_property
    def canonical(self) -> bytes:
        """The compiled form: canonical JSON (RFC 8785); equal policies give equal bytes."""
        return rfc8785.dumps(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """The compiled form as JSON values; line numbers, seals and drafts are not part of it."""
        return {
            "format": FORMAT,
            "provider": self.provider,
            "version": self.version,
            "language": self.language,
            "vocabulary": list(self.vocabulary),
            "sentences": [_binding_json(binding) for binding in self.sentences],
            "promises": [_promise_json(promise) for promise in self.promises],
            "terms": [_term_json(term) for term in self.terms],
            "groups": [_term_json(group.term) | {"members": list(group.members)} for group in self.groups],
            "accepted": [{"rule": one.rule, "why": one.why, "promise": one.promise} for one in self.accepted],
        }


def vocabulary_of(policy: Policy) -> Vocabulary:
    """The vocabulary a policy is written in, with its own terms."""
    if policy.lexicon is not None:
        return policy.lexicon
    vocabulary = load(policy.vocabulary)
    if policy.terms:
        vocabulary = vocabulary.extend(policy.terms)
    for group in policy.groups:
        vocabulary = vocabulary.group(group.term, group.members)
    return vocabulary


def choices_of(words: Vocabulary) -> dict[str, tuple[str, ...]]:
    """By fact that is a choice with values of its own, the values that it can have."""
    return {one.key: one.values for one in words.terms("fact") if one.kind == "choice" and one.values}


def _binding_json(binding: Binding) -> dict[str, Any]:
    sentence = binding.sentence
    return {
        "id": sentence.id,
        "text": sentence.text,
        "element": sentence.element,
        "section": list(sentence.section),
        "operational": bool(binding.promises),
        "promises": list(binding.promises),
        "information": binding.reason,
        "limits": list(binding.limits),
    }


def _promise_json(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.id,
        "kind": promise.kind,
        "title": promise.title,
        "sentences": list(promise.sentences),
        "covers": [list(part) for part in promise.covers],
        "limits": list(promise.limits),
        "rules": [rule_json(rule) for rule in promise.rules],
        "proofs": [
            {"check": p.check, "arguments": list(p.arguments), "class": p.proof} for p in promise.proofs
        ],
        "notes": list(promise.notes),
    }


def _term_json(term: Term) -> dict[str, Any]:
    value = {
        "key": term.key,
        "facet": term.facet,
        "parents": list(term.parents),
        "en": term.en,
        "zh": term.zh,
    }
    if term.kind:
        value |= {"kind": term.kind, "values": list(term.values), "unit": term.unit}
    return value


def rule_json(rule: Rule) -> dict[str, Any]:
    """The JSON shape of a rule: only the parts it has."""
    value: dict[str, Any] = {"id": rule.id, "mode": rule.mode, "verb": rule.verb}
    for name in (
        "things",
        "purposes",
        "recipients",
        "sources",
        "subjects",
        "about",
        "bases",
        "channels",
        "places",
        "inside",
    ):
        if getattr(rule, name):
            value[name] = list(getattr(rule, name))
    for name in ("open", "knowingly", "no_opt_out"):
        if getattr(rule, name):
            value[name] = True
    if rule.measures:
        value["measures"] = [
            {"measure": m.key, "number": m.number, "chosen": m.chosen} for m in rule.measures
        ]
    if rule.condition != ALWAYS:
        value["if"] = as_json(rule.condition)
    if rule.until is not None:
        value["until"] = as_json(rule.until)
    if rule.trigger:
        trigger = rule.trigger
        value["when"] = {
            "event": trigger.event,
            "argument": trigger.argument,
            "if": as_json(trigger.condition),
        }
    if rule.deadline:
        value["deadline"] = deadline_json(rule.deadline)
    for name in ("exceptions", "holds"):
        if getattr(rule, name):
            value[name] = [_exemption_json(one) for one in getattr(rule, name)]
    for name in ("held", "then", "otherwise"):
        if getattr(rule, name):
            value[name] = [rule_json(one) for one in getattr(rule, name)]
    if rule.record:
        value["record"] = [_item_json(item) for item in rule.record]
    if rule.tell:
        value["tell"] = [{"who": notice.who, "what": list(notice.what)} for notice in rule.tell]
    return value


def deadline_json(deadline: Deadline) -> dict[str, Any]:
    """The JSON shape of a deadline."""
    value: dict[str, Any] = {"kind": deadline.kind, "event": deadline.event}
    if deadline.span:
        value["span"] = _span_json(deadline.span)
    if deadline.table:
        value["table"] = deadline.table
    return value


def _span_json(span: Span) -> dict[str, Any]:
    return {"number": span.number, "unit": span.unit, "chosen": span.chosen}


def _item_json(item: Item) -> dict[str, Any]:
    return {"what": item.what, "count": item.count, "chosen": item.chosen}


def _exemption_json(one: Exemption) -> dict[str, Any]:
    value: dict[str, Any] = {"name": one.name, "if": as_json(one.condition)}
    if one.record:
        value["record"] = [_item_json(item) for item in one.record]
    if one.tell:
        value["tell"] = [{"who": notice.who, "what": list(notice.what)} for notice in one.tell]
    if one.most:
        value["at-most"] = _span_json(one.most)
    return value
