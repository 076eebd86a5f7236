"""All that one look at the tables of all stores gives: words, topics, twins and a guess for every column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from troth.datamap.classify import Guess, classify
from troth.datamap.names import tokens
from troth.datamap.topic import main_words, ranked, shared_prefix, twin_of
from troth.datamap.values import Verdict, judge
from troth.model.schema import Field, Kind, Relation, Schema

EVENT_TIMES = (
    "created",
    "creation",
    "timestamp",
    "date",
    "time",
    "sent",
    "posted",
    "inserted",
    "occurred",
    "logged",
    "happened",
)
UPDATE_WORDS = frozenset(
    {"updated", "update", "modified", "modify", "changed", "edited", "lastupdated", "gengxinshijian"}
)
MONEY = frozenset({"amount", "total", "price", "currency", "fee", "balance", "cost", "sum", "gross", "net"})
NUMERIC: frozenset[Kind] = frozenset({"integer", "number"})
LETTERS: frozenset[Kind] = frozenset({"text", "uuid"})
TIMES: frozenset[Kind] = frozenset({"time", "date"})
KEY_WORDS = frozenset(
    {
        "key",
        "attribute",
        "field",
        "option",
        "kind",
        "custom field",
        "property",
        "keyword",
        "meta key",
        "field name",
        "option name",
        "option id",
    }
)
VALUE_WORDS = frozenset(
    {
        "value",
        "content",
        "meta value",
        "option value",
        "val",
        "field value",
        "data",
        "large content",
        "zhi",
        "值",
    }
)


KNOWN = 5  # addresses of a store that others are compared with
_BRACKETS = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")


LENT = frozenset(
    "allocated|is allocated|leased|reserved|is reserved|assigned|is assigned|auto assigned|available|is available|in use"
    "|free|is free|used|is used".split("|")
)
NAMING = frozenset(
    {"name", "key", "attribute", "field", "property", "label", "jian", "mingcheng", "键", "名称"}
)
CASES = frozenset({"ticket", "case", "issue", "thread", "conversation"})
PUBLISHED = frozenset(
    {"article", "page", "post", "announcement"}
)  # what staff publish, where it stands by itself
ADDRESSES = frozenset({"ip", "address", "addr", "ipv4", "ipv6"})  # of networks
MATES = frozenset({"user", "member", "membership", "person", "login"})  # who belongs to an account of several
BY_CHANCE = frozenset({"contact.phone", "device"})  # formats that numbers of any attribute may have


class Place(NamedTuple):
    """A table: its store and its name."""

    store: str
    table: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of every table before anybody asks whose it is.

    Attributes:
        relations: every table.
        words: the words of its name.
        topics: what it is about, the most telling first.
        twins: shadow, archive and history tables with the table they repeat.
        guesses: what single columns may say about a person.
        verdicts: what the sampled values of single columns are.
    """

    relations: dict[Place, Relation]
    words: dict[Place, tuple[str, ...]]
    topics: dict[Place, tuple[str, ...]]
    twins: dict[Place, Place]
    guesses: dict[Place, dict[str, Guess]]
    verdicts: dict[Place, dict[str, Verdict]]

    def topic(self, place: Place) -> str:
        """What the table is about; empty when its name does not tell."""
        found = self.topics[place]
        return found[0] if found else ""

    def named(self, store: str, words: tuple[str, ...]) -> Place | None:
        """The table of the store whose name is made of exactly these words; never a twin.

        Of several it is the one with the plainest name: an `order_id` is of `orders`, and not of `order_details`.
        """
        found = [
            place
            for place, own in self.words.items()
            if place.store == store and own == words and place not in self.twins
        ]
        return min(found, key=lambda one: len(tokens(one.table)), default=None)

    def strong(self, place: Place) -> list[str]:
        """The columns that are personal in any table, in table order."""
        found = self.guesses[place]
        return [
            one.name
            for one in self.relations[place].fields
            if one.name in found and found[one.name].strength == "strong"
        ]

    def having(self, place: Place, category: str) -> list[str]:
        """The columns that speak for a category by themselves, in table order."""
        found = self.guesses[place]
        return [
            one.name
            for one in self.relations[place].fields
            if one.name in found and found[one.name].category == category
        ]


def survey(schemas: Mapping[str, Schema]) -> Survey:
    """Look at every table of every store once.

    Args:
        schemas: the schemas by name of store.
    """
    out = Survey({}, {}, {}, {}, {}, {})
    for store, schema in sorted(schemas.items()):
        names = [one.name for one in schema.relations]
        prefix = shared_prefix(names)
        for relation in schema.relations:
            place = Place(store, relation.name)
            twin = twin_of(relation.name, names)
            twin = twin if twin and _repeats(relation, schema.relation(twin)) else ""
            words = main_words(twin or relation.name, prefix)
            out.relations[place] = relation
            out.words[place] = words
            topics = _topics(words, relation)
            out.topics[place] = (*topics, "pool") if not twin and _pooled(words, relation) else topics
            verdicts = {one.name: judge(one.samples) for one in relation.fields}
            out.verdicts[place] = verdicts
            found = {one.name: _guess(one, relation, verdicts[one.name]) for one in relation.fields}
            out.guesses[place] = {name: guess for name, guess in found.items() if guess}
            if twin:
                out.twins[place] = Place(store, twin)
    _mail_ids(out)
    _workspaces(out)
    return out


def _workspaces(out: Survey) -> None:
    """Take accounts that users belong to by a table of pairs, and by which nobody signs in, for workspaces of several."""
    for place, words in out.words.items():
        if words[-1:] != ("account",) or place in out.twins:
            continue
        if out.having(place, "secret") or out.having(place, "ident.username"):
            continue
        if any(_pairs(out, other, words) for other in out.relations if other.store == place.store):
            out.topics[place] = ("tenancy", *(one for one in out.topics[place] if one != "tenancy"))


def _pairs(out: Survey, place: Place, group: tuple[str, ...]) -> bool:
    """Whether a table is called after a group and its users and has the number of both: one user may belong to several."""
    words = set(out.words[place])
    names = {tokens(one.name) for one in out.relations[place].fields}
    mates = {one for one in MATES if (one, "id") in names}
    return (*group[-1:], "id") in names and bool(mates) and bool(words & MATES) and words <= {*group, *MATES}


def _mail_ids(out: Survey) -> None:
    """Take ids of mails, which look like addresses in angle brackets, for what they are where none is an address elsewhere."""
    known = {
        str(value).strip().casefold()
        for place, relation in out.relations.items()
        for field in relation.fields
        if (guess := out.guesses[place].get(field.name)) and guess.category == "contact.email"
        for value in field.samples
        if value and "<" not in str(value)
    }
    if len(known) < KNOWN:
        return
    for place, relation in out.relations.items():
        for field in relation.fields:
            said = [str(one).strip().casefold() for one in field.samples if one]
            if out.verdicts[place][field.name].listed != "contact.email" or not all(
                map(_BRACKETS.fullmatch, said)
            ):
                continue
            if known.isdisjoint(one.strip("<>") for one in said):
                verdict = Verdict("message", "plain", 1.0, "ids of mails")
                guess = Guess("message", "plain", "weak", 0.7, "the sampled values are ids of mails")
                out.verdicts[place][field.name], out.guesses[place][field.name] = verdict, guess


def _repeats(relation: Relation, original: Relation) -> bool:
    """Whether a table has most columns of another, so that it keeps its rows and not what happened to them."""
    own, others = ({one.name.lower() for one in each.fields} for each in (relation, original))
    return 2 * len(own & others) >= min(len(own), len(others))


def _guess(field: Field, relation: Relation, verdict: Verdict) -> Guess | None:
    """What a column says; the value column of attributes by the numbers with check digits among its values."""
    if tokens(field.name) == ("address",) and field.kind == "text" and _of_mail(relation):
        told = classify(field, relation, verdict)
        if told is not None and told.category != "contact.address":
            return told
        return Guess("contact.email", "plain", "strong", 0.8, "the address in a table of mail addresses")
    if not _holds_values(field, relation):
        return classify(field, relation, verdict)
    if verdict.telling and field.kind in {"text", "binary"}:
        said = "some of the sampled values are numbers with right check digits"
        return Guess(verdict.telling, "eav", "strong", 0.75, said)
    chance = verdict.category in BY_CHANCE and field.name in eav(relation)
    return classify(field, relation, Verdict() if chance else verdict)


def _of_mail(relation: Relation) -> bool:
    """Whether a table is one of mail addresses by its name, and holds no other part of an address."""
    words = tokens(relation.name.rpartition(".")[2])
    parts = {one for field in relation.fields for one in tokens(field.name)}
    return (
        "address" in words
        and bool({"email", "mail"} & set(words))
        and parts.isdisjoint({"street", "city", "zip", "postcode"})
    )


def _holds_values(field: Field, relation: Relation) -> bool:
    """Whether a column holds whatever another one names: of an attribute-value table, or beside a name."""
    if field.name in eav(relation):
        return True
    said = " ".join(tokens(field.name))
    return (said in VALUE_WORDS or _value_like(said)) and any(
        set(tokens(one.name)[-1:]) & NAMING for one in relation.fields if one.name != field.name
    )


def _topics(words: tuple[str, ...], relation: Relation) -> tuple[str, ...]:
    """The topics of the name; a "transaction" without money is one of correspondence, not of payment."""
    found = ranked(words)
    money = any(MONEY & set(tokens(one.name)) for one in relation.fields)
    if found[:1] == ("payment",) and words[-1] == "transaction" and not money:
        return ("message", *found[1:])
    if found[:1] == ("staff",) and words[-1] in PUBLISHED and _on_a_case(relation):
        return ("message", *found[1:])
    return found


def _on_a_case(relation: Relation) -> bool:
    """Whether a row names the case it stands in: an article there is a mail of it, and no page that staff wrote."""
    keyed = any(CASES & set(tokens(one.relation)[-1:]) for one in relation.foreign)
    return keyed or any(
        len(words) > 1 and words[-1] == "id" and words[-2] in CASES
        for words in (tokens(one.name) for one in relation.fields)
    )


def _pooled(words: tuple[str, ...], relation: Relation) -> bool:
    """Whether the rows are addresses that are lent: each stands there whether somebody has it or not, and a column says so."""
    if _slots(relation):
        return True
    names = [tokens(one.name) for one in relation.fields]
    lent = any((" ".join(one) in LENT or one[-1:] == ("pool",)) for one in names)
    return bool(words) and words[-1] in {"ip", "ips", "address", "ipv4", "ipv6"} and lent and any(
        one.kind == "network" or set(tokens(one.name)[-1:]) & ADDRESSES
        for one in relation.fields
    )  # fmt: skip


def _slots(relation: Relation) -> bool:
    """Whether an address is part of what may stand only once, and the key to what has it is emptied when that goes."""
    keys = [*relation.unique, *(one.columns for one in relation.indexes if one.unique)]
    lent = {name for one in relation.foreign if one.on_delete.upper() == "SET NULL" for name in one.columns}
    return bool(lent) and any(
        lent.isdisjoint(key)
        and any(
            field is not None and (field.kind == "network" or set(tokens(name)[-1:]) & ADDRESSES)
            for name in key
            for field in (relation.field(name),)
        )
        for key in keys
        if len(key) > 1
    )


def comparable(one: Field, other: Field) -> bool:
    """Whether values of the two columns can be equal: numbers with numbers, text with text and UUIDs."""
    return one.kind == other.kind or {one.kind, other.kind} <= NUMERIC or {one.kind, other.kind} <= LETTERS


def key_of(relation: Relation) -> tuple[str, ...]:
    """The columns that other tables name a row by: the primary key, or one named id where none is declared."""
    if relation.key:
        return relation.key
    return tuple(one.name for one in relation.fields if one.name.lower() == "id")[:1]


def eav(relation: Relation) -> tuple[str, ...]:
    """The value columns of an attribute-value table; empty when it is none.

    Such a table has one column that names the attribute and one that holds the value as text.
    """
    words = {one.name: " ".join(tokens(one.name)) for one in relation.fields}
    if any(said in {"old value", "new value"} for said in words.values()):
        return ()  # a history of changes, not attributes
    keys = [
        name
        for name, said in words.items()
        if said in KEY_WORDS or said.endswith((" field", "field id", "meta key", "attr key"))
    ]
    values = tuple(
        one.name for one in relation.fields
        if one.kind in {"text", "json", "binary"}
        and (words[one.name] in VALUE_WORDS or _value_like(words[one.name]))
    )  # fmt: skip
    return values if keys and values and len(relation.fields) <= 20 and not set(keys) & set(values) else ()


def _value_like(said: str) -> bool:
    return said.endswith(" value") and not said.startswith(("old ", "new ", "default "))


def keeps_books(relation: Relation) -> bool:
    """Whether the table notes when a row was changed: then its creation time is bookkeeping, not an event."""
    return any(one.kind in TIMES and UPDATE_WORDS & set(tokens(one.name)) for one in relation.fields)
