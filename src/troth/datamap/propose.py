"""Propose a data map for review: what is personal, whose it is, and what nobody but a person can decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from troth.datamap.accounts import whose_secrets
from troth.datamap.doubts import doubts
from troth.datamap.edge import Edge, in_case
from troth.datamap.events import Clock, propose_events, suggest
from troth.datamap.groups import contact
from troth.datamap.lookups import unseen
from troth.datamap.marks import propose_marks
from troth.datamap.mask import fitting_mask
from troth.datamap.names import tokens
from troth.datamap.owners import Owners, ambiguous, find_owners, has_empty
from troth.datamap.person import find_persons
from troth.datamap.roles import Standing, find_roles, in_case_by_type, lends
from troth.datamap.settle import Picture, settle, spoken_about
from troth.datamap.survey import CASES, Place, survey
from troth.datamap.terms import terms_of
from troth.datamap.way import Way
from troth.model.datamap import ELSEWHERE, Column, Condition, DataMap, Link, Path, Table
from troth.model.schema import Relation, Schema

DEEP = 2  # tables in turn that hand their ways on
HOUSE = frozenset({"seller", "vendor", "merchant", "supplier"})
STAFF_FLAGS = (("is", "staff"), ("is", "agent"), ("is", "employee"), ("is", "operator"), ("staff",))
MOST_FURTHER = 3  # ways that a table takes over from those it hangs on


@dataclass(frozen=True, slots=True)
class Proposal:
    """A data map that nobody has reviewed yet, with every table of every store and open questions."""

    map: DataMap
    clocks: Mapping[str, tuple[Clock, ...]] = field(default_factory=dict)

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
            "tables": [
                _table_json(table) | _events_json(table, self.clocks.get(table.place, ()))
                for table in self.map.tables
            ],
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
    picture = Picture(known, persons, owners, standings)
    tables = _inherited(owners, tuple(_table(picture, place) for place in sorted(known.relations)))
    clocks = {table.place: suggest(known.relations[Place(table.store, table.name)]) for table in tables}
    return Proposal(DataMap(tables, _questions(schemas, picture)), clocks)


def _inherited(owners: Owners, tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables with the further ways of those they hang on: messages of a ticket that is known by its e-mail only."""
    found = {(one.store, one.name): one for one in tables}
    for _ in range(DEEP):  # what a table hangs on may itself hang on a table that is found in several ways
        known = dict(found)
        for one in tables:
            further = _further(owners, one, known) if one.paths else ()
            found[one.store, one.name] = replace(one, paths=(*one.paths, *further))
    return tuple(found.values())


def _further(owners: Owners, table: Table, known: Mapping[tuple[str, str], Table]) -> tuple[Path, ...]:
    found: list[Path] = []
    parts = {one.path().links for one in owners.parts.get(Place(table.store, table.name), ())}
    for first in table.paths:
        if first.links in parts:
            continue  # the groups of a row are of one kind, and what groups of other kinds lead to is not its
        store = table.store
        for place, link in enumerate(first.links[:-1], 1):
            store = link.store or store
            parent = known.get((store, link.target))
            group = Place(store, link.target) in owners.groups
            for path in parent.paths[1:] if parent and parent.role in {"owned", "shared"} else ():
                if group and len(path.links) == 1 and not path.links[0].inside:
                    continue  # its members are known; one more address or choice of theirs tells nothing new
                links = (*first.links[:place], *path.links)
                passed = [table.name, *(one.target for one in links if not one.store)]
                if len(set(passed)) < len(passed):
                    continue
                if all(links != one.links for one in (*table.paths, *found)):
                    confidence = round(first.confidence * path.confidence, 2)
                    found.append(Path(links, confidence, f"as {link.target}; {path.reason}"))
    return tuple(found[:MOST_FURTHER])


def _table(picture: Picture, place: Place) -> Table:
    standing, relation = picture.standings[place], picture.survey.relations[place]
    columns = settle(picture, place)
    if standing.role == "shared" and _all_key(picture, place, columns):
        reason = "nothing of a row would be left without what names it"
        standing = replace(standing, role="owned", reason=reason)
    masked = tuple(
        Column(
            one.name,
            one.category,
            one.form,
            terms_of(one.category, one.name),
            "keep" if lends(picture.survey, place, one) else fitting_mask(relation, one.name, standing.role),
            round(one.confidence, 2),
            one.reason,
        )
        for one in columns
    )
    personal_names = {one.name for one in masked}
    personal = standing.role not in {"none", "secret-store"}
    paths = _paths(picture, standing, place) if personal else ()
    table = Table(
        place.store, place.table, standing.role,
        key=relation.row_key,
        columns=masked,
        paths=paths,
        harmless=tuple(one.name for one in relation.fields if one.name not in personal_names),
        references=_references(picture, standing, place) if personal else (),
        confidence=round(standing.confidence, 2),
        reason=standing.reason,
        marks=propose_marks(relation) if standing.role in {"subject", "owned"} else {},
        events=_events(picture, place, paths) if personal else {},
    )  # fmt: skip
    return table if table.key else replace(table, key=relation.led_key(table.led))


def _all_key(picture: Picture, place: Place, columns: tuple[Column, ...]) -> bool:
    """Whether a row is a word of the person beside a number, such as a tag: no mask fits what is part of the key."""
    relation = picture.survey.relations[place]
    pointed = any(one.target == place for edges in picture.owners.edges.values() for one in edges)
    said = [one for one in columns if one.category != "ident.id" and one.name in relation.key]
    return bool(said) and not pointed and len(relation.key) == len(relation.fields)


def _events(picture: Picture, place: Place, paths: tuple[Path, ...]) -> dict[str, str]:
    """When the clocks of a table start: its own columns, and those of tables of its store that its path leads to."""
    onward: dict[str, Relation] = {}
    for link in paths[0].links if paths else ():
        target = picture.survey.relations.get(Place(place.store, link.target))
        if link.store or link.inside or target is None:
            break
        onward[link.target] = target
    return propose_events(picture.survey.relations[place], onward)


def _paths(picture: Picture, standing: Standing, place: Place) -> tuple[Path, ...]:
    """The chosen way first; further ways only where they name the person herself, or rows of another type take them."""
    if standing.way is None:
        return ()
    parts = [one for one in picture.owners.parts.get(place, ()) if one != standing.way]
    parts += standing.further
    others = (*_others(picture, standing, place), *_writers(picture, standing, place), *parts)
    return tuple(one.path() for one in (standing.way, *others))


def _writers(picture: Picture, standing: Standing, place: Place) -> list[Way]:
    """Who wrote an entry of a case, where the persons say which of them are staff.

    Another customer's words in a ticket are that customer's; what an agent wrote there goes with the ticket.
    """
    found = []
    for one in picture.owners.edges.get(place, ()) if standing.role == "shared" else ():
        flag = _staff_flag(picture, one) if one.sense == "author" and in_case(picture.survey, place) else ""
        if flag and standing.way is not None and one.link.columns != standing.way.edges[0].link.columns:
            customers = replace(one.link, conditions=(Condition(flag, ("0", "false")),))
            found.append(
                Way((replace(one, link=customers, reason=f"{one.reason}, who wrote it"),), one.price)
            )
    return found


def _staff_flag(picture: Picture, one: Edge) -> str:
    """The column of a table of persons that says who of them is staff; empty where there is none."""
    if one.target not in picture.persons.tables or one.link.arrow == "~>" or one.link.conditions:
        return ""
    names = {
        tokens(each.name): each.name
        for each in picture.survey.relations[one.target].fields
        if each.kind == "boolean"
    }
    return next((names[words] for words in STAFF_FLAGS if words in names), "")


def _others(picture: Picture, standing: Standing, place: Place) -> list[Way]:
    if (best := standing.way) is None:
        return []
    about = spoken_about(picture, place)
    found = picture.owners.ways.get(place, ())
    # Choices are no group: those of a membership are other rows than those of the person.
    grouped = place in picture.owners.groups and picture.survey.topic(place) != "preference"
    members = _members(found) if grouped else []
    return [
        one
        for one in found
        if one != best
        and one.edges[0] not in about
        and (
            one in members
            or (_worth(picture, one, best) and not _told(one, members))
            or _entry(picture, place, best, one)
        )
    ]


def _entry(picture: Picture, place: Place, best: Way, other: Way) -> bool:
    """Whether a row that its author leads to hangs on entries of cases, so that it is in the case of whoever opened that."""
    survey, first = picture.survey, other.edges[0]
    if best.edges[0].sense != "author" or first.sense != "part" or other.backwards or other.confidence < 0.4:
        return False
    onward = picture.owners.ways.get(first.target, ())
    return survey.topic(place) == "message" and any(in_case_by_type(survey, one) for one in onward)


def _members(found: tuple[Way, ...]) -> list[Way]:
    """The ways that find the members of a group: its memberships, or, where there are none, the persons' own rows."""
    back = [one for one in found if one.backwards and len(one.edges) <= 2 and one.confidence >= 0.4]
    return [one for one in back if len(one.edges) == 2] or back


def _told(way: Way, members: list[Way]) -> bool:
    """Whether memberships tell already what the persons' own rows say of their group."""
    return bool(members) and way.backwards and len(way.edges) == 1 and way not in members


def _worth(picture: Picture, other: Way, best: Way) -> bool:
    if other.confidence < 0.3 or any(told(picture, other, best) for told in (_abroad, _repeated, _answered)):
        return other.confidence >= 0.3
    first = other.edges[0]
    if _of_the_house(other, best):
        return False
    direct = len(other.edges) == 1 and (first.sense == "owner" or first.link.arrow == "~>")
    shorter = other.edges == best.edges[: len(other.edges)]
    kinds = {one for edges in (other.edges, best.edges) for one in edges[0].link.conditions}
    other_kind = len(kinds) > 1 and first.link.columns == best.edges[0].link.columns and not other.backwards
    own_pointer = best.backwards and other.backwards and len(other.edges) <= 2
    return (
        other.confidence >= 0.4
        and other.price <= best.price + 4.0
        and (direct or shorter or own_pointer or other_kind)
    )


def _of_the_house(other: Way, best: Way) -> bool:
    """Whether an address is the seller's of what was sold to the customer whose key stands beside it."""
    first, own = other.edges[0].link, best.edges[0]
    keyed = len(best.edges) == 1 and own.link.arrow != "~>" and own.sense == "owner"
    return keyed and first.arrow == "~>" and not first.store and bool(HOUSE & set(tokens(first.columns[0])))


def _answered(picture: Picture, other: Way, best: Way) -> bool:
    """Whether entries that name no customer, such as an agent's, are found by the case that they stand in."""
    first, own = other.edges[0], best.edges[0]
    survey = picture.survey
    field = survey.relations[own.source].field(own.link.columns[0])
    return (
        len(best.edges) == 1
        and own.link.arrow != "~>"
        and field is not None
        and field.nullable
        and first.sense == "part"
        and first.link.arrow != "~>"
        and not other.backwards
        and not first.link.conditions
        and in_case(survey, own.source)
        and bool(CASES & set(survey.words[first.target][-1:]))
        and other.end == best.end
    )


def _abroad(_: Picture, other: Way, best: Way) -> bool:
    """Whether a row names a second user, project or tenant of another store."""
    first = other.edges[0]
    return first.outside and first.sense == "owner" and first.link.arrow == "~>" and best.edges[0].outside


def _repeated(picture: Picture, other: Way, best: Way) -> bool:
    """Whether rows without a project or tenant of their own hang on a row that has one, and can be taken off it.

    Where both stand there, the row's own counts: somebody may have made it in the zone of somebody else.
    """
    first, own = other.edges[0], best.edges[0]
    relation = picture.survey.relations[own.source]
    fields = [relation.field(one.link.columns[0]) for one in (own, first)]
    return (
        own.outside
        and first.sense == "part"
        and first.link.arrow == "->"
        and not other.backwards
        and len(other.edges) > 1
        and other.edges[1].outside
        and other.end == best.end
        and "pool" not in picture.survey.topics[first.target]
        and all(one is not None and one.nullable for one in fields)
        and fields[0] is not None
        and has_empty(fields[0])
    )


def _references(picture: Picture, standing: Standing, place: Place) -> tuple[Link, ...]:
    about = spoken_about(picture, place)
    links = [
        one.link
        for one in picture.owners.edges.get(place, ())
        if one.sense in {"audit", "staff", "author"} or one in about
    ]
    walked = standing.way.edges[0].link if standing.way else None
    return tuple(
        one
        for one in links
        if walked is None
        or one.columns != walked.columns
        or (
            one.conditions and one.conditions != walked.conditions
        )  # the same column names staff in rows of another type
    )


def _questions(schemas: Mapping[str, Schema], picture: Picture) -> tuple[str, ...]:
    found = list(picture.persons.questions)
    if not picture.persons.tables:
        found.append("which table holds the persons? None looks like it; name it with --person store.table")
    for place, standing in sorted(picture.standings.items()):
        found += _table_questions(picture, place, standing)
    found += [*unseen(picture.survey), *whose_secrets(picture.survey, picture.persons)]
    found += doubts(picture.survey, picture.persons, picture.owners, picture.standings)
    for store, schema in sorted(schemas.items()):
        found += [
            f"{store}.{one} is a materialised view with copies: an erasure fills it again, a sweep does not"
            for one in schema.copies
        ]
        found += [
            f"{store}.{relation.name}.{field.name} may number large objects: requests do not reach their contents"
            for relation in schema.relations
            for field in relation.fields
            if field.type == "OID" and picture.standings[Place(store, relation.name)].role != "none"
        ]
        found += [f"{store}: {one}" for one in schema.problems]
    return tuple(dict.fromkeys(found))


def _table_questions(picture: Picture, place: Place, standing: Standing) -> list[str]:
    owners = picture.owners
    name = f"{place.store}.{place.table}"
    if standing.role not in {"owned", "shared", "subject"}:
        return []
    found = []
    way = standing.way
    ways = (way, *_others(picture, standing, place)) if way else ()
    if standing.role == "owned" and ambiguous(ways):
        both = list(dict.fromkeys(one.edges[0].link.columns[0] for one in ways))
        found.append(f"whose is a row of {name}: that of {both[0]} or of {both[1]}?")
    if about := spoken_about(picture, place):
        column = standing.way.edges[0].link.columns[-1] if standing.way else ""
        found.append(
            f"is a row of {name} that of {column}, who wrote it, or that of {about[0].link.columns[0]}?"
        )
    if place in owners.groups and way and all(contact(picture.survey, one.edges[0]) for one in ways):
        column = way.edges[0].link.columns[0]
        found.append(
            f"who belongs to a row of {name}? Only the address in {column} says so; what hangs on it has no way"
        )
    if standing.way and standing.way.end.store == ELSEWHERE:
        column = standing.way.edges[-1].link.columns[0]
        noun = standing.way.end.table
        found.append(
            f"which store holds the {noun} that {column} in {place.store} means? None of the given ones"
        )
    guessed = (
        [one for one in standing.way.edges if one.link.conditions and one.confidence < 0.5]
        if standing.way
        else []
    )
    if guessed:
        found.append(f"which value of {guessed[0].link.conditions[0].column} in {name} stands for persons?")
    if standing.way is None and standing.role == "owned":
        found.append(f"how does a row of {name} lead to its person? Nothing in it points to one")
    return found


def _column_json(table: Table, column: Column) -> dict[str, Any]:
    return {
        "store": table.store, "table": table.name, "column": column.name, "category": column.category,
        "form": column.form,
        "confidence": column.confidence, "reason": column.reason,
    }  # fmt: skip


def _events_json(table: Table, clocks: tuple[Clock, ...]) -> dict[str, Any]:
    """When the clocks of a table start, each with its reason; a clock of another table stands there."""
    own = {one.event: one for one in clocks}
    return {
        "events": [
            {
                "event": event, "column": column,
                "confidence": own[event].confidence if event in own else 0.5,
                "reason": own[event].reason if event in own else "the row hangs on that table",
            }
            for event, column in table.events.items()
        ]
    }  # fmt: skip


def _table_json(table: Table) -> dict[str, Any]:
    return {
        "store": table.store, "table": table.name, "role": table.role,
        "owner_path": str(table.paths[0]) if table.paths else "",
        "confidence": table.confidence, "reason": table.reason,
        "other_paths": [str(one) for one in table.paths[1:]],
    }  # fmt: skip
