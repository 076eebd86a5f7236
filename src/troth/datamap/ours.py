"""What is the house's own although an address stands in it: gateways, help desks, directories, mailboxes."""

from __future__ import annotations

from troth.datamap.edge import Edge
from troth.datamap.owners import Owners
from troth.datamap.person import Persons
from troth.datamap.survey import Place, Survey, key_of
from troth.model.schema import Relation


def of_the_house(survey: Survey, persons: Persons, owners: Owners, place: Place) -> bool:
    """Whether only an address or login leads from a table, and the sample shows rows of different persons pointing to one row.

    Gateways, help desks and directories are the house's, also where somebody of the house is a customer under their address.
    """
    return _by_address(owners, place) and _pointed_to(survey, persons, owners, place)


def mailbox_of_nobody(survey: Survey, owners: Owners, place: Place) -> bool:
    """Whether a table holds addresses with the passwords of mailboxes, and no person has one of them: nothing leads from it."""
    known = bool(survey.having(place, "secret")) and _by_address(owners, place)
    return known and all(_nobodys(survey, one.edges[0]) for one in owners.ways[place])


def _by_address(owners: Owners, place: Place) -> bool:
    """Whether every way from a table begins and ends with an address or login that stands in its rows."""
    natural = all(len(one.edges) == 1 and one.edges[0].link.arrow == "~>" for one in owners.ways[place])
    return natural and place not in owners.groups.named


def _nobodys(survey: Survey, one: Edge) -> bool:
    """Whether the sample is whole on both sides and no address of the one stands in the other."""
    source, target = survey.relations[one.source], survey.relations.get(one.target)
    field = source.field(one.link.columns[0])
    other = target.field(one.link.target_columns[0]) if target is not None else None
    if (
        field is None
        or other is None
        or target is None
        or not (source.exact and target.exact)
        or one.link.inside
    ):
        return False
    values, known = (
        {str(cell).strip().casefold() for cell in each.samples if cell} for each in (field, other)
    )
    return bool(values and known) and not values & known


def _pointed_to(survey: Survey, persons: Persons, owners: Owners, place: Place) -> bool:
    """Whether the sample shows rows of different persons that point to one row of a table."""
    for source, edges in owners.edges.items():
        onto = (
            one for one in edges if one.target == place and one.sense == "part" and len(one.link.columns) == 1
        )
        for one in onto:
            column = one.link.columns[0] if not one.link.conditions and not one.link.inside else ""
            whose = _whose_column(survey, persons, owners, source, column) if column else ""
            if whose and _shared_by(survey.relations[source], column, whose):
                return True
    return False


def _whose_column(survey: Survey, persons: Persons, owners: Owners, source: Place, column: str) -> str:
    """The column that says whose the rows of a table are: the key of a person, or that of the person's own rows."""
    if source in persons.tables:
        return next(iter(key_of(survey.relations[source])), "")
    first = owners.ways[source][0].edges[0] if source in owners.ways else None
    if first is None or first.link.arrow == "~>" or first.link.columns == (column,) or first.sense != "owner":
        return ""
    return first.link.columns[-1] if first.target in persons.tables else ""


def _shared_by(relation: Relation, column: str, whose: str) -> bool:
    """Whether sampled rows with one value in a column are those of different persons."""
    field, owner = relation.field(column), relation.field(whose)
    if field is None or owner is None or len(field.samples) != len(owner.samples):
        return False
    of: dict[str, set[str]] = {}
    for value, person in zip(field.samples, owner.samples, strict=True):
        if value not in (None, 0, "", "0") and person not in (None, 0, "", "0"):
            of.setdefault(str(value), set()).add(str(person))
    return any(len(some) > 1 for some in of.values())
