"""Ids of persons, projects and tenants that stand in another store, or in none that was given."""

from __future__ import annotations

from collections.abc import Iterator

from troth.datamap.edge import Claim, Edge, column_sense, edge
from troth.datamap.names import tokens, word_list
from troth.datamap.person import Persons
from troth.datamap.sense import ID_WORDS
from troth.datamap.survey import Place, Survey, comparable, key_of
from troth.model.datamap import ELSEWHERE
from troth.model.schema import Field, Relation

TENANCY = frozenset({"project", "tenant", "account", "organization", "organisation", "workspace"})
RENAMED = frozenset({"tenant", "project"})  # the same thing of clouds before and after it was renamed
COUNTED = word_list("counted")


def target_column(field: Field, target: Relation) -> str | None:
    """The column that an id means: one of the same name or last word that names one row, else the key, else one named id."""
    last = tokens(field.name)[-1:]
    same = [
        one
        for one in target.fields
        if tokens(one.name) == last and target.identifies((one.name,)) and comparable(field, one)
    ]
    key = [
        one
        for name in key_of(target)
        if len(key_of(target)) == 1 and (one := target.field(name)) and comparable(field, one)
    ]
    other = [one for one in target.fields if one.name.lower() in {"id", "uuid"} and comparable(field, one)]
    named = [
        one
        for one in target.fields
        if one.name == field.name and one.name in target.key and comparable(field, one)
    ]
    counted = [
        one
        for one in target.fields
        if last[0] in COUNTED
        and tokens(one.name) == tokens(field.name)
        and target.identifies((one.name,))
        and comparable(field, one)
    ]
    chosen = [*counted, *(same if last != ("id",) else ()), *key, *same, *other, *named]
    return chosen[0].name if chosen else None


def to_elsewhere(
    survey: Survey, place: Place, field: Field, stem: tuple[str, ...], persons: Persons
) -> Iterator[Edge]:
    """The person lives in another store: in one that was given too, or in one that nobody named."""
    sense = column_sense(survey, place, field.name)
    tenancy = stem[-1] in TENANCY
    for there in _foreign_tables(survey, place, stem, persons):
        if column := target_column(field, survey.relations[there]):
            claim = Claim(
                sense, f"id of a {stem[-1]} of the store {there.store}", 1.0 if tenancy else 0.0, 0.7
            )
            yield edge((place, (field.name,)), "~>", (there, (column,)), claim)
            return
    if tokens(field.name)[-1] in ID_WORDS or tenancy:
        noun = _tenant_noun(survey, place.store, stem[-1]) if tenancy else stem[-1]
        claim = Claim(sense, f"id of a {noun} that no given store holds", 1.0 if tenancy else 0.0, 0.5)
        yield edge((place, (field.name,)), "~>", (Place(ELSEWHERE, noun), ("id",)), claim)


def _tenant_noun(survey: Survey, store: str, noun: str) -> str:
    """The word of a store for its tenants: some tables say project and others tenant, and mean one thing unless one says both."""
    if noun not in RENAMED:
        return noun
    said = [
        {
            word
            for field in relation.fields
            for word in tokens(field.name)[-2:-1]
            if tokens(field.name)[-1] in ID_WORDS
        }
        & RENAMED
        for place, relation in survey.relations.items()
        if place.store == store
    ]
    if any(len(words) > 1 for words in said):
        return noun
    return max(sorted(RENAMED), key=lambda word: sum(word in words for words in said))


def _foreign_tables(survey: Survey, place: Place, stem: tuple[str, ...], persons: Persons) -> list[Place]:
    others = [one for one in survey.relations if one.store != place.store]
    named = [one for one in others if survey.words[one] == stem[-1:]]
    people = [one for one in persons.tables if one.store != place.store and one not in persons.natural]
    tenants = [one for one in others if len(survey.words[one]) == 1 and survey.topic(one) == "tenancy"]
    if (
        stem[-1] in TENANCY
        and not named
        and any(one.store == there.store for one in tenants for there in people)
    ):
        named = tenants[:1]  # a tenant here may be called a project there
    return named or ([] if stem[-1] in TENANCY else people)
