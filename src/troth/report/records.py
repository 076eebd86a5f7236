"""The record of processing activities of GDPR Art. 30(1), computed from rules, map and registers: one row a purpose.

Art. 30(1)(a) controller, contact   of the policy's front matter and its promises of contact
          (b) purposes              of the rules that permit something
          (c) subjects, data        of these rules; tables and persons of the map
          (d) recipients            of the rules by which data leave the house, and the register of recipients
          (e) transfers             countries of the registers of recipients and locations
          (f) time limits           of the rules of storage
          (g) security measures     of the promises of protection, and the register of measures
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from troth.model.datamap import DataMap, Table
from troth.model.entry import utc
from troth.model.policy import Policy, Promise, Rule, Span
from troth.report.naming import SHARING, Names, names_of

Registers = Mapping[str, Mapping[str, Any]]
COLUMNS: tuple[tuple[str, str], ...] = (
    ("purpose", "处理目的"),
    ("legal basis", "合法性基础"),
    ("categories of data subjects", "数据主体类别"),
    ("categories of personal data", "个人数据类别"),
    ("categories of recipients", "接收方类别"),
    ("transfers to third countries", "向第三国传输"),
    ("time limits for erasure", "删除期限"),
    ("security measures", "安全措施"),
    ("where the data are", "数据所在"),
    ("sentences of the policy", "政策语句"),
)
"""Heads of the table, in English and Chinese."""

_UNITS = {
    "second": "秒", "minute": "分钟", "hour": "小时", "day": "天", "business-day": "个工作日", "week": "周", "month": "个月",
    "quarter": "个季度", "year": "年",
}  # fmt: skip
_CONTINUED = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be carried out as a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What is done with personal data for one purpose.

    Attributes:
        key: the purpose in the policy's words; `purpose`: its label.
        data: keys of the categories of data.
        recipients: keys of the recipients.
        cells: what the columns after the purpose say, each as a list of words.
    """

    key: str
    purpose: str
    data: tuple[str, ...]
    recipients: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]

    @property
    def row(self) -> tuple[str, ...]:
        """The cells as text, in the order of `COLUMNS`."""
        return (self.purpose, *("; ".join(cell) for cell in self.cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The record of a controller.

    Attributes:
        controller: who decides, as the policy says; `contact`: where the policy says they are reached.
        provider, version, policy: the policy it is computed from, and its hash.
        generated: when.
        language: of the labels.
        activities: one for each purpose, by label.
    """

    controller: str
    contact: tuple[str, ...]
    provider: str
    version: str
    policy: str
    generated: datetime
    language: str
    activities: tuple[Activity, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of the columns."""
        return tuple(head[self.language == "zh"] for head in COLUMNS)

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """What the record is of: name and value."""
        zh = self.language == "zh"
        return (
            ("控制者" if zh else "controller", self.controller),
            ("联系方式" if zh else "contact", "; ".join(self.contact)),
            ("政策" if zh else "policy", f"{self.provider} {self.version}".strip()),
            ("哈希" if zh else "hash", self.policy),
            ("生成时间" if zh else "computed", utc(self.generated)),
        )


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a record is computed from."""

    policy: Policy
    map: DataMap
    registers: Registers
    names: Names


def record(
    policy: Policy, one: DataMap, registers: Registers, *, generated: datetime, language: str = "en"
) -> Record:
    """The record of what a policy permits, where the map says the data are.

    Args:
        policy: the policy; drafts that nobody accepted are left out.
        one: the data map.
        registers: the registers of the project; `recipients`, `locations` and `measures` are read.
        generated: the time.
        language: "en" or "zh".
    """
    sources = _Sources(policy, one, registers, names_of(policy, language))
    rules: dict[str, list[tuple[Promise, Rule]]] = {}
    for promise in policy.promises:
        for rule in promise.rules if promise.draft is None else ():
            if rule.mode in {"may", "only"} and sources.names.data(rule):
                for purpose in rule.purposes:
                    rules.setdefault(purpose, []).append((promise, rule))
    activities = [_activity(sources, purpose, found) for purpose, found in rules.items()]
    return Record(
        controller=str(policy.front.get("controller") or policy.provider), contact=tuple(_contact(policy)),
        provider=policy.provider, version=policy.version, policy=policy.hash, generated=generated,
        language=language, activities=tuple(sorted(activities, key=lambda each: each.purpose)),
    )  # fmt: skip


def _activity(sources: _Sources, purpose: str, found: Sequence[tuple[Promise, Rule]]) -> Activity:
    names = sources.names
    rules = [rule for _, rule in found]
    data = _once(key for rule in rules for key in names.data(rule))
    terms = frozenset(term for key in data for term in names.vocabulary.covers("data", key))
    leaving = [rule for rule in rules if rule.verb in SHARING]
    recipients = _once(key for rule in leaving for key in rule.recipients)
    tables = [
        table
        for table in sources.map.personal()
        if any(terms & set(column.terms) for column in table.columns)
    ]
    subjects = _once(key for rule in rules for key in rule.subjects)
    cells = (
        names.labels((key for rule in rules for key in rule.bases), "basis"),
        names.labels(subjects, "subject") or _persons(tables),
        names.labels(data, "data"),
        (*names.labels(recipients, "recipient", "subject"), *_registered(sources, purpose, recipients)),
        _countries(sources, purpose, recipients),
        tuple(_limits(sources, terms)),
        _measures(sources),
        tuple(table.place for table in tables),
        _once(sentence for promise, _ in found for sentence in promise.sentences),
    )
    return Activity(
        key=purpose, purpose=names.label(purpose, "purpose"), data=data, recipients=recipients, cells=cells
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _persons(tables: Iterable[Table]) -> tuple[str, ...]:
    """The tables whose rows are the persons of these tables."""
    found = []
    for table in tables:
        if table.role == "subject":
            found.append(table.place)
        elif table.paths:
            store, name = table.paths[0].person
            found.append(f"{store or table.store}.{name}")
    return _once(found)


def _entries(sources: _Sources, register: str, kind: str) -> list[Mapping[str, Any]]:
    found = sources.registers.get(register, {}).get(kind, [])
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _receiving(sources: _Sources, purpose: str, recipients: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """The registered recipients of a kind that receives something for the purpose."""
    covers = sources.names.vocabulary.covers
    for one in _entries(sources, "recipients", "recipient"):
        kind, purposes = str(one.get("kind", "")), one.get("purposes")
        fits = any(
            kind == key or kind in covers("recipient", key) for key in recipients if _known(sources, key)
        )
        if fits and (not isinstance(purposes, list) or purpose in purposes):
            yield one


def _known(sources: _Sources, key: str) -> bool:
    return sources.names.vocabulary.find("recipient", key) is not None


def _registered(sources: _Sources, purpose: str, recipients: Sequence[str]) -> tuple[str, ...]:
    return _once(
        str(one.get("name", "")) for one in _receiving(sources, purpose, recipients) if one.get("name")
    )


def _countries(sources: _Sources, purpose: str, recipients: Sequence[str]) -> tuple[str, ...]:
    found = []
    for one in _receiving(sources, purpose, recipients):
        if one.get("country"):
            guard = f" ({one['safeguard']})" if one.get("safeguard") else ""
            found.append(f"{one.get('name', '')}: {one['country']}{guard}")
    stored = _once(
        str(one["country"]) for one in _entries(sources, "locations", "location") if one.get("country")
    )
    return (*_once(found), *stored)


def _limits(sources: _Sources, terms: frozenset[str]) -> Iterator[str]:
    """How long the data may be kept, in words."""
    names = sources.names
    for promise in sources.policy.promises:
        for rule in promise.rules:
            deadline = rule.deadline
            if (
                rule.mode not in {"may", "only"}
                or rule.verb != "store"
                or deadline is None
                or deadline.span is None
            ):
                continue
            hit = [key for key in names.data(rule) if names.vocabulary.covers("data", key) & terms]
            if hit and deadline.event:
                what = ", ".join(names.labels(hit, "data"))
                event = names.label(deadline.event, "event")
                if names.language == "zh":
                    yield f"{what}：{event}后{_span(deadline.span, zh=True)}"
                else:
                    yield f"{what}: {_span(deadline.span, zh=False)} after {event}"


def _span(span: Span, *, zh: bool) -> str:
    return f"{span.number:g}{_UNITS[span.unit]}" if zh else str(span)


def _measures(sources: _Sources) -> tuple[str, ...]:
    keys = (
        measure.key
        for promise in sources.policy.promises
        if promise.kind == "protect"
        for rule in promise.rules
        for measure in rule.measures
    )
    own = (str(one.get("name", "")).replace("-", " ") for one in _entries(sources, "measures", "measure"))
    return _once((*sources.names.labels(keys, "measure", "thing"), *(name for name in own if name)))


def _contact(policy: Policy) -> Iterator[str]:
    for promise in policy.promises:
        if promise.kind == "contact":
            yield from (words for _, words in promise.covers)


def as_csv(one: Record) -> str:
    """The record as CSV (RFC 4180): a few lines about it, an empty one, the heads, a row an activity."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows(one):
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()


def rows(one: Record) -> Iterator[tuple[str, ...]]:
    """The rows of the table: what it is of, an empty row, the heads, the activities."""
    yield from one.about
    yield ()
    yield one.heads
    yield from (activity.row for activity in one.activities)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet carries out: one that begins like a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_CONTINUED) else cell
