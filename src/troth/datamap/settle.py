"""The personal columns of a table, once it is known what the table is about and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from troth.datamap.classify import Guess
from troth.datamap.edge import Edge, own_words
from troth.datamap.groups import contact
from troth.datamap.links import PARTY
from troth.datamap.names import tokens
from troth.datamap.owners import Owners
from troth.datamap.person import Persons
from troth.datamap.roles import Standing
from troth.datamap.survey import Place, Survey, eav, key_of
from troth.datamap.topical import by_switch, by_topic, by_value_column
from troth.model.datamap import Column
from troth.model.schema import Field


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that was found out about all tables, to settle the columns of each."""

    survey: Survey
    persons: Persons
    owners: Owners
    standings: dict[Place, Standing]


_POSTAL = frozenset({"postal", "home", "shipping", "billing", "delivery", "mailing", "street", "residential"})
"""Words before `address` that networks and machines do not have."""


def settle(picture: Picture, place: Place) -> tuple[Column, ...]:
    """The personal columns of one table, in table order."""
    if picture.standings[place].role == "none":
        return ()
    linked = _linked(picture, place)
    kept = _group_by_address(picture, place)
    judged = [(one, _guess(picture, place, one, linked)) for one in picture.survey.relations[place].fields]
    return tuple(
        Column(field.name, guess.category, guess.form, (), "", guess.confidence, guess.reason)
        for field, guess in judged
        if guess is not None and not (kept and guess.category == "contact.company")
    )


def _group_by_address(picture: Picture, place: Place) -> bool:
    """Whether only an address in the row leads to a person: the group keeps its name when that person leaves."""
    way = picture.standings[place].way
    return way is not None and place in picture.owners.groups.named and contact(picture.survey, way.edges[0])


def spoken_about(picture: Picture, place: Place) -> list[Edge]:
    """The steps to persons that a row's author wrote about: her words are hers, whoever they are about."""
    way = picture.standings[place].way
    if way is None or not own_words(picture.survey, way.edges[0]):
        return []
    return [
        one
        for one in picture.owners.edges.get(place, ())
        if one.link.conditions and one.sense == "owner" and one.target in picture.persons.tables
    ]


def _guess(picture: Picture, place: Place, field: Field, linked: dict[str, Guess]) -> Guess | None:
    survey, standing = picture.survey, picture.standings[place]
    if _tells_types(picture, place, field):
        return None
    own = survey.guesses[place].get(field.name)
    if field.kind == "boolean":
        return by_switch(survey, place, field)
    if own and own.topics and not set(own.topics) & set(survey.topics[place]):
        own = None
    if own and own.strength == "strong":
        return _in_context(survey, place, field, own)
    if field.name in linked:
        return linked[field.name]
    if guess := _identity(picture, place, field) or by_value_column(survey, place, field):
        return guess
    if standing.way is None and standing.role == "shared" and "pool" not in survey.topics[place]:
        return own if own and own.category == "contact.email" else None
    return _in_context(survey, place, field, own) if own else by_topic(survey, place, field)


def _tells_types(picture: Picture, place: Place, field: Field) -> bool:
    """Whether a column says what other columns point to: "domain" beside the number of a ticket or a queue is no domain."""
    return any(
        condition.column == field.name
        for one in picture.owners.edges.get(place, ())
        for condition in one.link.conditions
    )


def _linked(picture: Picture, place: Place) -> dict[str, Guess]:
    """Columns that hold the id of a person: those of the ways, and who wrote a message."""
    survey, persons = picture.survey, picture.persons
    found: dict[str, Guess] = {}
    about = spoken_about(picture, place)
    for one in picture.owners.edges.get(place, ()):
        if one in about:
            continue
        person = one.outside or one.target in _mains(survey, persons)
        if (
            not person
            or place in persons.tables
            or one.sense not in {"owner", "author"}
            or one.link.inside
            or one.confidence < 0.31
        ):
            continue
        if one.sense == "author" and (
            survey.topic(place) not in {"message", "order", "content"} or eav(survey.relations[place])
        ):
            continue
        if one.link.conditions and UNNAMED & set(tokens(one.link.columns[0])):
            continue
        if one.link.arrow == "~>" and not one.outside:
            continue
        form = "mixed" if one.link.conditions else "plain"
        name = _id_part(one.link.columns)
        found.setdefault(
            name, Guess("ident.id", form, "weak", one.confidence, f"id of a row of {one.target.table}")
        )
    return found


ELSEWHERE = frozenset(
    {(one, "id") for one in ("external", "foreign", "legacy", "remote", "alternative", "crm", "erp")}
    | {("identifier",), ("external", "identifier"), ("external", "reference")}
)
"""Columns of a table of persons by which another system knows them."""
UNNAMED = frozenset({"object", "target", "resource", "item", "entity"})


def _mains(survey: Survey, persons: Persons) -> set[Place]:
    """The main person table of every store, its twin and the table of parties that shares its ids."""
    found = set(persons.mains())
    twins = {twin for twin, base in survey.twins.items() if base in found}
    parties = {one for one, words in survey.words.items() if words[-1:] and words[-1] in PARTY}
    return found | twins | parties


def _id_part(columns: tuple[str, ...]) -> str:
    """Of a composite key the column that tells persons apart: the one named after people, else the first."""
    return next(
        (one for one in columns if {"user", "customer", "member", "client", "person"} & set(tokens(one))),
        columns[0],
    )


def _identity(picture: Picture, place: Place, field: Field) -> Guess | None:
    """The keys by which other tables and systems name the person."""
    survey, persons = picture.survey, picture.persons
    if place not in persons.tables or place in persons.natural:
        own = survey.words[place]
        if field.kind == "uuid" and tokens(field.name) == (*own[-1:], "id"):
            return Guess("ident.id", "plain", "weak", 0.6, "an own id of the row")
        return None
    words = tokens(field.name)
    relation = survey.relations[place]
    if words in ELSEWHERE and field.kind in {"text", "integer", "uuid"}:
        return Guess("ident.id", "plain", "weak", 0.6, "what another system calls the person")
    named = any(
        tokens(one.name) == (*survey.words[place][-1:], "id") and (one.name,) != key_of(relation)
        for one in relation.fields
    )
    if (
        (key_of(relation) == (field.name,) and place in _mains(survey, persons) and not named)
        or (words[-1:] in {("uuid",), ("guid",)} and len(words) <= 2)
        or words == (*survey.words[place][-1:], "id")
    ):
        return Guess("ident.id", "plain", "weak", 0.75, "the key of the person")
    return None


def _in_context(survey: Survey, place: Place, field: Field, own: Guess) -> Guess | None:
    """What a column means inside its table: an address among networks is one of a network."""
    topic = survey.topic(place)
    words = tokens(field.name)
    if (
        own.category == "contact.address"
        and words[-1] in {"address", "addr", "1", "2"}
        and topic in {"network", "pool", "dns"}
        and not (topic == "dns" and _contact_beside(survey, place, field))  # a registrant lives somewhere
    ):
        return replace(own, category="network")
    if (
        own.category == "contact.address"
        and words[-1] in {"address", "addr"}
        and topic != "person"
        and not _POSTAL.intersection(words)
        and not field.parts
        and topic not in {"order", "payment"}  # an invoice goes to somebody's address
        and not _contact_beside(survey, place, field)
    ):
        return None
    if own.category == "login" and topic in {"dns", "service", "order"} and "registration" in words:
        return None
    if own.category == "device" and words == ("device", "name") and topic in {"service", "config"}:
        return None
    if own.category == "blob" and words == ("data",) and topic in {"dns", "message"} and field.kind == "text":
        return replace(own, category=topic, form="free" if topic == "message" else "plain")
    if (
        own.category == "contact.name"
        and words[-2:] == ("display", "name")
        and topic in {"service", "network", "content", "tenancy", "message"}
    ):
        return (
            replace(own, category="service" if topic != "message" else "message")
            if topic != "message"
            else None
        )
    if (
        own.category == "secret"
        and words[-1] in {"password", "pass"}
        and own.form == "hash"
        and topic in {"login", "log", "message"}
    ):
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
    return any(
        name != field.name and one.category.startswith("contact.") and one.strength == "strong"
        for name, one in survey.guesses[place].items()
    )
