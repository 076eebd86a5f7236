"""The personal columns of a table, once it is known what the table is about and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from troth.datamap.classify import Guess
from troth.datamap.links import PARTY
from troth.datamap.names import tokens
from troth.datamap.owners import Owners
from troth.datamap.person import Persons
from troth.datamap.roles import Standing
from troth.datamap.survey import EVENT_TIMES, NUMERIC, TIMES, Place, Survey, eav, keeps_books, key_of
from troth.model.datamap import Column
from troth.model.schema import Field

EVENTS = {"log": "log", "message": "login", "usage": "usage", "order": "order", "payment": "payment", "web": "web"}
NAMES = {"tenancy": "contact.company", "dns": "dns", "service": "service", "network": "service", "content": "content", "order": "order",
         "payment": "payment", "pool": "", "usage": "usage", "preference": "preference", "log": "log"}  # fmt: skip
VALUES = {"credential": "secret", "preference": "preference", "message": "message", "service": "service", "network": "network", "order": "order"}
MAILISH = frozenset({"alias", "whitelist", "blacklist", "ban", "suppression"})


def settle(survey: Survey, persons: Persons, owners: Owners, standings: dict[Place, Standing], place: Place) -> tuple[Column, ...]:
    """The personal columns of one table, in table order."""
    standing = standings[place]
    if standing.role in {"none"}:
        return ()
    linked = _linked(survey, persons, owners, standing, place)
    found = []
    for field in survey.relations[place].fields:
        guess = _guess(survey, persons, standing, place, field, linked)
        if guess is not None:
            found.append(Column(field.name, guess.category, guess.form, confidence=guess.confidence, reason=guess.reason))
    return tuple(found)


def _guess(
    survey: Survey, persons: Persons, standing: Standing, place: Place, field: Field, linked: dict[str, Guess]
) -> Guess | None:
    own = survey.guesses[place].get(field.name)
    if field.kind == "boolean":
        return _switch(survey, place, field)
    if own and own.topics and not set(own.topics) & set(survey.topics[place]):
        own = None
    if own and own.strength == "strong":
        return _in_context(survey, place, field, own)
    if field.name in linked:
        return linked[field.name]
    if guess := _identity(survey, persons, place, field):
        return guess
    if guess := _value(survey, place, field):
        return guess
    if standing.way is None and standing.role == "shared" and "pool" not in survey.topics[place]:
        return own if own and own.category == "contact.email" else None
    if own:
        return _in_context(survey, place, field, own)
    return _by_topic(survey, standing, place, field)


def _linked(survey: Survey, persons: Persons, owners: Owners, standing: Standing, place: Place) -> dict[str, Guess]:
    """Columns that hold the id of a person: those of the ways, and who wrote a message."""
    found: dict[str, Guess] = {}
    for one in owners.edges.get(place, ()):
        person = one.target in _mains(survey, persons) or one.target not in survey.relations
        if not person or place in persons.tables or one.sense not in {"owner", "author"} or one.link.inside or one.confidence < 0.31:
            continue
        if one.sense == "author" and (survey.topic(place) not in {"message", "order", "content"} or eav(survey.relations[place])):
            continue
        if one.link.conditions and UNNAMED & set(tokens(one.link.columns[0])):
            continue
        if one.link.arrow == "~>" and not one.outside:
            continue
        form = "mixed" if one.link.conditions else "plain"
        name = _id_part(one.link.columns)
        found.setdefault(name, Guess("ident.id", form, "weak", one.confidence, f"id of a row of {one.target.table}"))
    return found


UNNAMED = frozenset({"object", "target", "resource", "item", "entity"})


def _mains(survey: Survey, persons: Persons) -> set[Place]:
    """The main person table of every store, its twin and the table of parties that shares its ids."""
    found = set(persons.mains())
    twins = {twin for twin, base in survey.twins.items() if base in found}
    parties = {one for one, words in survey.words.items() if words[-1:] and words[-1] in PARTY}
    return found | twins | parties


def _id_part(columns: tuple[str, ...]) -> str:
    """Of a composite key the column that tells persons apart: the one named after people, else the first."""
    return next((one for one in columns if {"user", "customer", "member", "client", "person"} & set(tokens(one))), columns[0])


def _identity(survey: Survey, persons: Persons, place: Place, field: Field) -> Guess | None:
    """The keys by which other tables and systems name the person."""
    if place not in persons.tables or place in persons.natural:
        own = survey.words[place]
        if field.kind == "uuid" and tokens(field.name) == (*own[-1:], "id"):
            return Guess("ident.id", "plain", "weak", 0.6, "an own id of the row")
        return None
    words = tokens(field.name)
    relation = survey.relations[place]
    named = any(tokens(one.name) == (*survey.words[place][-1:], "id") and (one.name,) != key_of(relation) for one in relation.fields)
    if (key_of(relation) == (field.name,) and place in _mains(survey, persons) and not named) or (words[-1:] in {("uuid",), ("guid",)} and len(words) <= 2) or words in {(*survey.words[place][-1:], "id")}:
        return Guess("ident.id", "plain", "weak", 0.75, "the key of the person")
    return None


def _in_context(survey: Survey, place: Place, field: Field, own: Guess) -> Guess | None:
    """What a column means inside its table: an address among networks is one of networks, a display name of a server its name."""
    topic = survey.topic(place)
    words = tokens(field.name)
    if own.category == "contact.address" and words[-1] in {"address", "addr", "1", "2"} and topic in {"network", "pool", "dns"}:
        return replace(own, category="network")
    if own.category == "contact.address" and words[-1] in {"address", "addr"} and topic != "person" and not _contact_beside(survey, place, field):
        return None
    if own.category == "device" and words == ("device", "name") and topic in {"service", "config"}:
        return None
    if own.category == "blob" and words == ("data",) and topic in {"dns", "message"} and field.kind == "text":
        return replace(own, category=topic, form="free" if topic == "message" else "plain")
    if own.category == "contact.name" and words[-2:] == ("display", "name") and topic in {"service", "network", "content", "tenancy", "message"}:
        return replace(own, category="service" if topic != "message" else "message") if topic != "message" else None
    if own.category == "secret" and words[-1] in {"password", "pass"} and own.form == "hash" and topic in {"login", "log", "message"}:
        return replace(own, form="plain")
    if own.category == "blob" and words[-1] in {"data", "payload"} and topic == "credential":
        return replace(own, category="secret")
    if own.category == "message" and words == ("reply",) and topic == "login":
        return replace(own, category="login", form="plain")
    if own.category == "login" and own.form == "plain" and "unique" in words:
        return replace(own, form="hash")
    if own.category == "secret" and "encrypted" in words:
        return replace(own, form="enc")
    if own.category == "secret" and words[-1] == "hash":
        return replace(own, form="hash")
    if own.category == "message" and field.name in eav(survey.relations[place]):
        return replace(own, form="eav")
    if own.category == "message" and words[-1] == "hash":
        return replace(own, form="hash")
    return own


def _contact_beside(survey: Survey, place: Place, field: Field) -> bool:
    """Whether the table holds another contact detail: a bare "address" elsewhere is one of a machine."""
    return any(name != field.name and one.category.startswith("contact.") for name, one in survey.guesses[place].items())


def _value(survey: Survey, place: Place, field: Field) -> Guess | None:
    """The value column of an attribute-value table: it holds whatever the attribute says."""
    if field.name not in eav(survey.relations[place]) or field.kind not in {"text", "json", "binary"}:
        return None
    category = VALUES.get(survey.topic(place), "blob")
    if tokens(field.name)[0] == "large":
        category = "content"
    if category == "secret" and not survey.having(place, "ident.username"):
        category = "blob"
    return Guess(category, "eav", "weak", 0.6, "holds what the attribute column names")


def _switch(survey: Survey, place: Place, field: Field) -> Guess | None:
    if survey.topic(place) == "preference" and not tokens(field.name)[:1] == ("is",):
        return Guess("preference", "plain", "weak", 0.6, "a choice of the person")
    return None


def _by_topic(survey: Survey, standing: Standing, place: Place, field: Field) -> Guess | None:
    """Names that mean something only in a table about something: name, date, content, counters."""
    return next((guess for rule in (_time, _name, _counter, _text) if (guess := rule(survey, place, field))), None)


def _time(survey: Survey, place: Place, field: Field) -> Guess | None:
    words = tokens(field.name)
    if field.kind not in TIMES or not words:
        return None
    topic = survey.topic(place)
    if topic in {"login", "web"} and UPDATED & set(words):
        return Guess("login", "plain", "weak", 0.6, "when the person was there")
    if "pool" in survey.topics[place] and {"expiry", "expire", "lease"} & set(words) and survey.having(place, "ident.username"):
        return Guess("login", "plain", "weak", 0.55, "when the person's lease ends")
    event = set(words) & set(EVENT_TIMES) or {"start", "stop", "end", "started", "finished"} & set(words)
    rest = set(words) - set(EVENT_TIMES) - AROUND - set(survey.words[place])
    if rest:
        return None
    ends = {"expire", "expires", "expiration", "expiry", "due", "deleted", "valid", "before", "until", "scheduled", "updated", "modified"} & set(words)
    if not event or ends or keeps_books(survey.relations[place]):
        return None
    return Guess(EVENTS.get(topic, "login"), "plain", "weak", 0.55, "when something happened to the person")


AROUND = frozenset(
    {"at", "on", "gmt", "utc", "by", "start", "stop", "end", "started", "finished", "action", "event", "entry", "request", "session", "update", "acct"}
)
UPDATED = frozenset({"updated", "accessed", "changed"})


def _name(survey: Survey, place: Place, field: Field) -> Guess | None:
    words = tokens(field.name)
    if field.kind != "text" or words not in {("name",), ("tag",), ("alias",), ("label",), (*survey.words[place][-1:], "name")}:
        return None
    topic = survey.topic(place)
    if words == ("alias",):
        return Guess("contact.email", "mixed", "weak", 0.5, "another address") if MAILISH & set(survey.words[place]) else None
    if topic == "person":
        other = survey.having(place, "contact.name")
        first = survey.relations[place].name
        category = "ident.username" if other or _extends(survey, place) else "contact.name"
        return Guess(category, "plain", "strong", 0.7, f"the name in {first}")
    category = NAMES.get(topic, "message") if "pool" not in survey.topics[place] else ""
    if topic == "tenancy" and survey.words[place][-1] == "tag":
        category = "message"
    form = "free" if category == "message" else "mixed" if category == "contact.company" else "plain"
    return Guess(category, form, "weak", 0.55, "a name that the person chose") if category else None


def _extends(survey: Survey, place: Place) -> bool:
    """Whether the table adds a login to persons that stand in another table."""
    return len(survey.words[place]) > 1


def _counter(survey: Survey, place: Place, field: Field) -> Guess | None:
    """Counters of usage records are about the person."""
    words = tokens(field.name)
    if survey.topic(place) != "usage" or field.kind not in NUMERIC or words[-1] in {"id", "deleted", "version"}:
        return None
    return Guess("usage", "plain", "weak", 0.55, "a counter of a usage record") if field.name not in survey.relations[place].key else None


def _text(survey: Survey, place: Place, field: Field) -> Guess | None:
    words = tokens(field.name)
    topic = survey.topic(place)
    if topic == "log" and field.kind in {"text", "integer"} and words[-1] in {"action", "event", "result", "context", "reason", "activity", "status code"}:
        return Guess("log", "plain", "weak", 0.55, "what happened, in a log of the person")
    if words == ("key",) and field.kind == "text" and topic == "credential" and not eav(survey.relations[place]):
        return Guess("secret", "plain", "weak", 0.6, "a key given to the person")
    if words == ("content",) and topic == "vault":
        return Guess("secret", "plain", "weak", 0.6, "a key of the system")
    if words == ("content",) and field.kind in {"text", "binary", "json"}:
        category = {"message": "message", "dns": "dns", "content": "content", "staff": "message"}.get(topic, "blob")
        return Guess(category, "free" if category == "message" else "plain", "weak", 0.6, "the content of the row")
    if topic == "dns" and field.kind == "text" and words in {("name",), ("content",), ("data",), ("domain",), ("account",)}:
        return Guess("dns", "plain", "weak", 0.6, "part of a DNS record")
    if topic == "network" and words[-1] in {"address", "host"} and field.kind in {"text", "network"}:
        return Guess("network", "plain", "weak", 0.6, "an address in a network")
    if topic in {"login", "web"} and field.name in survey.relations[place].key and field.kind == "text":
        return Guess("web", "plain", "weak", 0.6, "the key of the session")
    return None


def references(survey: Survey, persons: Persons, owners: Owners, place: Place) -> Iterator[object]:
    """Further columns that point to persons: who touched, works on or approved the row."""
    for one in owners.edges.get(place, ()):
        if one.sense in {"audit", "staff"} or (one.sense == "self"):
            yield one.link
