"""Groups that give persons a part in a row of another table: the requestors of a ticket, the holders of a device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from troth.datamap.edge import Edge
from troth.datamap.names import tokens
from troth.datamap.person import Persons
from troth.datamap.sense import PEOPLE, sense_of
from troth.datamap.survey import Place, Survey
from troth.datamap.way import Way
from troth.model.datamap import Condition, Link
from troth.model.schema import Field

MOST = 12  # different words for parts that a table of groups may have
AGAIN = 2  # rows that each of them must have on the average
PART = 2.5  # what such a way costs: type and part say more than each of its steps
FEWER = 0.1  # share of the rows that may have nobody yet
SURE = 0.6  # confidence that a typed link needs
BACK = 2.5  # what it costs to walk from a row to the group that points to it


def find_parts(
    survey: Survey, persons: Persons, edges: Sequence[Edge], ways: Mapping[Place, tuple[Way, ...]]
) -> dict[Place, tuple[Way, ...]]:
    """The ways from rows to the persons who have a part in them, by the table of the rows.

    A group points to the row by a typed link, a second column says which part its members have, and a table of
    memberships ties them to it. Parts of those who work on the row lead to nobody.
    """
    found: dict[Place, list[Way]] = {}
    for one in edges:
        there = one.target
        typed = one.link.conditions and one.sense == "part" and not one.link.inside and not one.outside
        if one.confidence < SURE:
            continue
        if (
            not typed
            or there not in survey.relations
            or {there, one.source} & {*persons.tables, *persons.staff}
        ):
            continue
        said = _part(survey, one)
        ties = _ties(survey, one.source, edges, ways) if said else []
        if said and ties:
            found.setdefault(there, []).append(_way(one, said, ties[0], ways[ties[0].source][0]))
    return {place: tuple(some) for place, some in found.items()}


def everywhere(survey: Survey, way: Way) -> bool:
    """Whether the sample shows a member for every row, so that who made a row need not say whose it is."""
    first, second, member = way.edges[:3]
    rows, group = survey.relations[first.source], survey.relations[first.target]
    own, back = rows.field(first.link.columns[0]), group.field(first.link.target_columns[0])
    number = group.field(second.link.columns[0])
    tied = survey.relations[member.source].field(second.link.target_columns[0])
    kinds = [group.field(one.column) for one in second.link.conditions]
    if own is None or back is None or number is None or tied is None or not (rows.exact and group.exact):
        return False
    members = set(tied.samples)
    marks = zip(*(one.samples for one in kinds if one is not None), strict=False)
    said = [tuple(map(str, one)) for one in marks]
    wanted = [one.values for one in second.link.conditions]
    found = {
        row
        for row, group_id, mark in zip(back.samples, number.samples, said, strict=False)
        if group_id in members and all(one in some for one, some in zip(mark, wanted, strict=True))
    }
    return bool(found) and len(set(own.samples) - found) <= FEWER * len(set(own.samples))


def _ties(
    survey: Survey, group: Place, edges: Sequence[Edge], ways: Mapping[Place, tuple[Way, ...]]
) -> list[Edge]:
    """The steps from memberships to a group, the plainest table first: a copy of memberships has more words in its name."""
    found = [
        one
        for one in edges
        if one.target == group
        and one.sense == "part"
        and not one.link.conditions
        and survey.topic(one.source) == "membership"
        and (way := ways.get(one.source, (None,))[0]) is not None
        and way.edges[0].sense == "owner"
        and one.source not in survey.twins
    ]
    return sorted(found, key=lambda one: (one.price, len(survey.words[one.source]), one.source))


def _part(survey: Survey, one: Edge) -> Condition | None:
    """Which parts make a row a person's, with the column that names them; None where no column does."""
    relation = survey.relations[one.source]
    kind = relation.field(one.link.conditions[0].column)
    working = survey.topic(one.target) == "message"
    best: Condition | None = None
    for field in relation.fields if kind is not None else ():
        if field.kind != "text" or kind is None or field.name == kind.name:
            continue
        labels = [
            label
            for label in _repeated(field, kind, one.link.conditions[0].values)
            if _role(tokens(label)) and sense_of(tokens(label), working=working, authored=True) == "owner"
        ]
        if labels and (best is None or len(labels) > len(best.values)):
            best = Condition(field.name, tuple(labels))
    return best


def _repeated(field: Field, kind: Field, types: tuple[str, ...]) -> list[str]:
    """The words of a column in the rows of some types; none where they are no list of words that rows repeat."""
    if len(field.samples) != len(kind.samples):
        return []
    said = [
        str(value)
        for value, label in zip(field.samples, kind.samples, strict=True)
        if value and str(label) in types
    ]
    labels = sorted(set(said))
    return labels if len(labels) <= MOST and len(said) >= AGAIN * len(labels) else []


def _role(words: tuple[str, ...]) -> bool:
    """Whether a label is a word for a person: a requestor, a customer, whom a thing is held by."""
    return bool(words) and (words[-1] in PEOPLE or (len(words) > 1 and words[-1] == "by"))


def _way(one: Edge, said: Condition, tie: Edge, member: Way) -> Way:
    """From a row back to its groups of one part, and on to their members."""
    link = one.link
    reason = f"{said.column} of {one.source.table} names who takes part in a row"
    first = _back(one, reason, ())
    second = _back(tie, f"the key of {tie.source.table} points here", (*link.conditions, said))
    return Way((first, second, *member.edges), PART)


def _back(one: Edge, reason: str, conditions: tuple[Condition, ...]) -> Edge:
    """A step walked backwards, for rows of some types."""
    link = Link(
        one.target.table, one.link.target_columns, "=>", one.source.table, one.link.columns, "", conditions
    )
    return Edge(one.target, one.source, link, "part", BACK + one.price, one.confidence, reason)
