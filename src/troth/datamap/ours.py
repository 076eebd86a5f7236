"""What is the house's own although an address stands in it: gateways, help desks, directories, mailboxes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from troth.datamap.edge import SPOKEN, Edge
from troth.datamap.names import tokens
from troth.datamap.person import Persons
from troth.datamap.survey import CASES, Place, Survey, key_of
from troth.datamap.way import Way
from troth.model.schema import Field, Relation

OPENING = {("password",), ("passwd",), ("pass",), ("secret",)}  # behind a login
MACHINES = frozenset({"host", "hostname", "server"})
SENDERS = frozenset({"from", "sender"})
MAILINGS = frozenset({"massmailer", "massmail", "mailing", "campaign", "broadcast", "mailshot"})


def own_login(relation: Relation, field: Field) -> bool:
    """Whether a login has its password beside it, called after it: it signs the row itself in somewhere, such as a directory."""
    words = tokens(field.name)
    return any(
        (said := tokens(one.name))[: len(words)] == words and said[len(words) :] in OPENING
        for one in relation.fields
    )


def of_house(survey: Survey, place: Place, field: Field) -> bool:
    """Whether an address or login is the house's by its table: of a connection to a machine, or the sender of a mailing."""
    names = {tokens(one.name)[-1:] for one in survey.relations[place].fields}
    guess = survey.guesses[place].get(field.name)
    login = guess is not None and guess.category == "ident.username" and bool(survey.having(place, "secret"))
    connection = ("port",) in names and bool({(one,) for one in MACHINES} & names)
    mailing = bool(MAILINGS & set(survey.words[place])) and bool(SENDERS & set(tokens(field.name)))
    return (login and connection) or mailing


def of_the_house(
    survey: Survey, persons: Persons, edges: Sequence[Edge], named: Collection[Place]
) -> frozenset[Place]:
    """The tables from which only addresses and logins lead, and to one row of which rows of different persons point.

    Gateways, help desks and directories are the house's, also where somebody of the house is a customer under their address.
    Cases and what is said in them stay those of whoever's address stands there, though others answer.

    Args:
        survey: the look at all tables.
        persons: who the persons are.
        edges: every believable step.
        named: groups of persons by their name, which are never the house's alone.
    """
    whose = _whose(survey, persons, edges)
    keyed = {
        one.source
        for one in edges
        if one.link.arrow != "~>" and one.target in persons.tables and one.sense in {"owner", "author"}
    }
    natural = {
        one.source
        for one in edges
        if one.link.arrow == "~>" and not (SPOKEN | CASES) & set(survey.words[one.source][-1:])
    } - keyed
    natural -= {*persons.tables, *named}
    plain = (
        one
        for one in edges
        if one.target in natural
        and one.sense == "part"
        and len(one.link.columns) == 1
        and not one.link.conditions
        and not one.link.inside
        and whose.get(one.source, "") not in {"", one.link.columns[0]}
    )
    return frozenset(
        one.target
        for one in plain
        if _shared_by(survey.relations[one.source], one.link.columns[0], whose[one.source])
    )


def mailbox_of_nobody(survey: Survey, place: Place, ways: Sequence[Way]) -> bool:
    """Whether a table holds addresses with the passwords of mailboxes, and no person has one of them: nothing leads from it."""
    natural = all(len(one.edges) == 1 and one.edges[0].link.arrow == "~>" for one in ways)
    return (
        natural
        and bool(survey.having(place, "secret"))
        and all(_nobodys(survey, one.edges[0]) for one in ways)
    )


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


def _whose(survey: Survey, persons: Persons, edges: Sequence[Edge]) -> dict[Place, str]:
    """By table the column that says whose its rows are: the key of a person, or that of the person's own rows."""
    found = {one: next(iter(key_of(survey.relations[one])), "") for one in persons.tables}
    for one in edges:
        if (
            one.link.arrow != "~>"
            and one.sense == "owner"
            and one.target in persons.tables
            and not one.link.conditions
        ):
            found.setdefault(one.source, one.link.columns[-1])
    return found


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
