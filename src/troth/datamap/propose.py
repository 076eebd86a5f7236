"""Propose a data map for review: what is personal, whose it is, and what the proposal could not decide alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from troth.datamap.edge import ELSEWHERE
from troth.datamap.mask import fitting_mask
from troth.datamap.owners import Owners, Way, ambiguous, find_owners
from troth.datamap.person import Persons, find_persons
from troth.datamap.roles import Standing, find_roles
from troth.datamap.settle import settle
from troth.datamap.survey import Place, Survey, survey
from troth.datamap.terms import terms_of
from troth.model.datamap import Column, DataMap, Link, Path, Table
from troth.model.schema import Schema


@dataclass(frozen=True, slots=True)
class Proposal:
    """A data map that nobody has reviewed yet, with every table of every store and open questions."""

    map: DataMap

    @property
    def questions(self) -> tuple[str, ...]:
        """What a person should answer before the map is trusted."""
        return self.map.questions

    def as_json(self) -> dict[str, Any]:
        """The shape that `troth map propose --json` prints.

        `owner_path` is the best way as text, empty where there is none; `other_paths` lists further ways.
        """
        return {
            "columns": [_column_json(table, column) for table in self.map.tables for column in table.columns],
            "tables": [_table_json(table) for table in self.map.tables],
            "questions": list(self.map.questions),
        }


def propose(schemas: Mapping[str, Schema], person: str | None = None) -> Proposal:
    """A data map for the given stores, from names, types, keys and samples alone.

    Args:
        schemas: what `introspect` read, by name of store.
        person: the table that holds the persons ("accounts.customer"), when the user names it.

    Raises:
        NotFound: there is no table of that name.
    """
    known = survey(schemas)
    persons = find_persons(known, person)
    owners = find_owners(known, persons)
    standings = find_roles(known, persons, owners)
    tables = tuple(_table(known, persons, owners, standings, place) for place in sorted(known.relations))
    return Proposal(DataMap(tables, _questions(schemas, known, persons, owners, standings)))


def _table(survey: Survey, persons: Persons, owners: Owners, standings: dict[Place, Standing], place: Place) -> Table:
    standing, relation = standings[place], survey.relations[place]
    columns = settle(survey, persons, owners, standings, place)
    masked = tuple(
        Column(one.name, one.category, one.form, terms_of(one.category, one.name), fitting_mask(relation, one.name, standing.role), one.confidence, one.reason)
        for one in columns
    )
    personal = standing.role not in {"none", "secret-store"}
    return Table(
        place.store, place.table, standing.role,
        key=_key(survey, place),
        columns=masked,
        paths=_paths(owners, standing, place) if personal else (),
        references=_references(owners, standing, place) if personal else (),
        confidence=round(standing.confidence, 2),
        reason=standing.reason,
    )  # fmt: skip


def _key(survey: Survey, place: Place) -> tuple[str, ...]:
    """What names a row: the primary key, else the shortest unique set of columns that are never NULL."""
    relation = survey.relations[place]
    if relation.key:
        return relation.key
    never_null = {one.name for one in relation.fields if not one.nullable}
    choices = sorted((one for one in relation.unique if set(one) <= never_null), key=lambda one: (len(one), one))
    return choices[0] if choices else ()


def _paths(owners: Owners, standing: Standing, place: Place) -> tuple[Path, ...]:
    """The chosen way first; other ways over other columns find rows of the person too, when they are believable."""
    if standing.way is None:
        return ()
    others = [one for one in owners.ways.get(place, ()) if one != standing.way and _worth(one, standing.way)]
    return tuple(one.path() for one in (standing.way, *others))


def _worth(other: Way, best: Way) -> bool:
    return other.confidence >= 0.4 and other.price <= best.price + 4.0 and not other.backwards


def _references(owners: Owners, standing: Standing, place: Place) -> tuple[Link, ...]:
    links = [one.link for one in owners.edges.get(place, ()) if one.sense in {"audit", "staff", "author"}]
    walked = {standing.way.edges[0].link.columns} if standing.way else set()
    return tuple(one for one in links if one.columns not in walked)


def _questions(
    schemas: Mapping[str, Schema], survey: Survey, persons: Persons, owners: Owners, standings: dict[Place, Standing]
) -> tuple[str, ...]:
    found = list(persons.questions)
    if not persons.tables:
        found.append("which table holds the persons? None looks like it; name it with --person store.table")
    for place, standing in sorted(standings.items()):
        found += _table_questions(survey, owners, place, standing)
    for store, schema in sorted(schemas.items()):
        found += [f"{store}.{one} is a materialised view: refresh it after every erasure, it keeps copies" for one in schema.copies]
        found += [f"{store}: {one}" for one in schema.problems]
    return tuple(dict.fromkeys(found))


def _table_questions(survey: Survey, owners: Owners, place: Place, standing: Standing) -> list[str]:
    name = f"{place.store}.{place.table}"
    if standing.role not in {"owned", "shared", "subject"}:
        return []
    found = []
    ways = owners.ways.get(place, ())
    if standing.role != "subject" and ambiguous(ways):
        both = list(dict.fromkeys(one.edges[0].link.columns[0] for one in ways))
        found.append(f"whose is a row of {name}: that of {both[0]} or of {both[1]}?")
    if standing.way and standing.way.end.store == ELSEWHERE:
        found.append(f"which store holds the {standing.way.end.table} that {standing.way.edges[-1].link.columns[0]} in {place.store} means? None of the given ones")
    if standing.way and any(one.link.conditions and one.confidence < 0.5 for one in standing.way.edges):
        found.append(f"which value of {standing.way.edges[0].link.conditions[0].column if standing.way.edges[0].link.conditions else 'the type'} in {name} stands for persons?")
    if standing.way is None and standing.role == "owned":
        found.append(f"how does a row of {name} lead to its person? Nothing in it points to one")
    return found


def _column_json(table: Table, column: Column) -> dict[str, Any]:
    return {
        "store": table.store, "table": table.name, "column": column.name, "category": column.category, "form": column.form,
        "confidence": column.confidence, "reason": column.reason,
    }  # fmt: skip


def _table_json(table: Table) -> dict[str, Any]:
    return {
        "store": table.store, "table": table.name, "role": table.role, "owner_path": str(table.paths[0]) if table.paths else "",
        "confidence": table.confidence, "reason": table.reason, "other_paths": [str(one) for one in table.paths[1:]],
    }  # fmt: skip
