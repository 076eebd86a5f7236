"""Columns of an application that follow what a person chose, proposed from their names: English, Chinese, pinyin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime

from troth.datamap.names import tokens
from troth.model.datamap import Table
from troth.model.finding import Finding
from troth.model.mark import RESTRICTED, Fact, parse_fact, parse_mark
from troth.model.schema import Field, Relation

DIRECT = "direct-marketing"
NEWSLETTER = "newsletter"
"""The narrower purpose, for a column that speaks of newsletters and of no other marketing."""
_SETTABLE = frozenset({"text", "boolean", "integer", "number", "time", "date"})
PERSONAL = "personalise"
_OUT = re.compile(
    r"\b(do not (contact|mail|call|email|disturb)|dnc|no (marketing|newsletter|promo\w*|ads?)|opt(ed)? out|optout"
    r"|unsubscribed?|tuiding|jushou)\b|退订|拒收|拒绝(营销|推广|接收)|勿扰|免打扰|不再联系|不接收"
)
_IN = re.compile(
    r"^(direct )?marketing$|\b(newsletters?|opt(ed)? in|optin|subscribed?|subscription consent|mailing list|dingyue"
    r"|(marketing|promo\w*|advertis\w*) (consent|allowed|permission|agree\w*|ok|opt\w*|subscribed|enabled|email)"
    r"|(accept\w*|allow\w*|receive|consent|agree\w*|wants?) (to )?(marketing|newsletters?|promo\w*|ads?|offers?))\b"
    r"|订阅|(营销|推广|促销|广告).*(同意|许可|接收)|(同意|接收|允许).*(营销|推广|促销|广告)"
)
_TAILORED = re.compile(
    r"^(is |show |allow |use )*(personali[sz](ed|ation)|recommend(ation|er|ations)?|tailored)"
    r"( (content|recommendation|offer|enabled|on|switch|opt in|consent|allowed))*$|个性化|推荐"
)
_LETTERS = re.compile(r"\b(newsletters?|mailing list)\b")
_WIDER = re.compile(r"\b(marketing|promo\w*|advertis\w*|ads?|offers?|contact|call|sms|phone)\b")
_STOP = re.compile(
    r"^(is |processing |gdpr |data )*(restricted|restriction)( processing| flag)?$|限制处理|处理受限|是否受限"
)
_OTHER = re.compile(
    r"\b(cookies?|analytics|tracking|terms|plan|tariff|service|topic|webhook|events?|id)\b|套餐|服务"
)
_CHANNELS = {"sms": "sms", "短信": "sms", "email": "email", "mail": "email", "邮件": "email", "phone": "phone", "call": "phone",
             "电话": "phone", "post": "post", "newsletter": "newsletter", "订阅": "newsletter"}  # fmt: skip
_SUBSCRIBED = {"subscribed", "unsubscribed"}
_YES = {"yes", "y", "true", "t", "on", "1", "subscribed", "opted-in", "granted", "allowed", "是"}


def propose_marks(relation: Relation) -> dict[str, str]:
    """The marks of a table of persons or of their rows, by what they follow; written as `troth.model.mark` says.

    A column counts when its type knows yes and no: a boolean, a number that holds only 0 and 1, a time, or a text
    of two listed words of which one says yes.
    """
    found: dict[str, str] = {}
    for column, sense, text in _named(relation):
        name = sense
        if name in found:
            channel = next(
                (one for word, one in _CHANNELS.items() if word in column.name.lower()), column.name
            )
            name = f"{sense}@{channel}"
        found.setdefault(name, text)
    return found


def check_marks(table: Table, relation: Relation) -> Iterator[Finding]:
    """What a choice or a hold could not survive: a mark or fact whose column is missing, or that can not be set."""
    for name, said in table.marks.items():
        mark = parse_mark(said)
        column = relation.field(mark.column)
        if column is None:
            yield _found(table, f"the mark {name} names {mark.column}, which is not there")
        elif column.kind == "text" and not mark.yes and len(column.labels) != 2:
            yield _found(table, f"the mark {name} does not say which words {mark.column} takes")
        elif column.computed:
            yield _found(table, f"the mark {name} names {mark.column}, which the database computes")
        elif column.kind not in _SETTABLE:
            yield _found(table, f"the mark {name} names {mark.column}, whose type knows no yes and no")
    for name, said in table.facts.items():
        column_name = parse_fact(said).column
        if relation.field(column_name) is None:
            yield _found(table, f"the fact {name} names {column_name}, which is not there")


def check_facts(
    table: Table, relation: Relation, choices: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """Sampled values, and words of the map, that say nothing about the fact that their column shows."""
    for name, said in table.facts.items():
        fact = parse_fact(said)
        field = relation.field(fact.column)
        values = {one.casefold() for one in choices.get(name, ())}
        if values and (ours := sorted({one for one in fact.words.values() if one.casefold() not in values})):
            message = f"{table.place}: {', '.join(ours)} is no value of the fact {name}"
            yield Finding("data-map", "unknown-word", "warn", message, f"write {', '.join(sorted(values))}")
        cells = field.samples if field is not None else ()
        if bad := sum(not _tells(fact, cell, values) for cell in cells):
            share, place = f"{bad:,} of {len(cells):,} sampled values", f"{table.place}.{fact.column}"
            message = f"{share} of {place} say nothing about {name}, so their rows stay"
            hint = f'say what they mean: {name} = "{fact.column}: their word = our word; null = ...; * = ..."'
            yield Finding("data-map", "unknown-word", "warn", message, hint)


def _tells(fact: Fact, cell: object, values: Collection[str]) -> bool:
    """Whether a cell shows a value of a fact, now or at another time."""
    read = [
        fact.read(cell, now) for now in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    ]
    return any(one is not None and (not values or str(one) in values) for one in read)


def _found(table: Table, message: str) -> Finding:
    hint = "name a column, `not column`, or `column = allowed word | other word`"
    return Finding("data-map", "broken-mark", "block", f"{table.place}: {message}", hint)


def _named(relation: Relation) -> Iterator[tuple[Field, str, str]]:
    title = " ".join(tokens(relation.name.rpartition(".")[2]))
    for column in relation.fields:
        words = " ".join(tokens(column.name))
        said = _said(column)
        if said is None or column.computed or _OTHER.search(words):
            continue
        if _STOP.search(words):
            yield column, RESTRICTED, f"{column.name}{said}"
        elif _OUT.search(words):
            yield column, _purpose(words, title), f"not {column.name}{said}"
        elif _IN.search(words) or {one.lower() for one in column.labels} == _SUBSCRIBED:
            yield column, _purpose(words, title), f"{column.name}{said}"
        elif _TAILORED.search(words) and column.kind not in {"time", "date"}:
            yield column, PERSONAL, f"{column.name}{said}"


def _purpose(words: str, title: str) -> str:
    """What a switch is for by its own name, or, where that says nothing but yes or no, by that of its table."""
    letters = _LETTERS.search(words) or (_LETTERS.search(title) and not _WIDER.search(title))
    return NEWSLETTER if letters and not _WIDER.search(words) else DIRECT


def _said(column: Field) -> str | None:
    """How a column says yes and no: empty where its type knows it, two words otherwise; None where it can not."""
    known = {str(one).strip().lower() for one in column.samples if one is not None}
    if column.kind == "boolean" or (column.kind == "integer" and known <= {"0", "1", "true", "false"}):
        return ""
    if column.kind in {"time", "date"}:
        return "" if column.nullable else None
    if column.kind == "text" and len(column.labels) == 2:
        yes = [one for one in column.labels if one.lower() in _YES]
        no = [one for one in column.labels if one.lower() not in _YES]
        return f" = {yes[0]} | {no[0]}" if len(yes) == len(no) == 1 else None
    return None
