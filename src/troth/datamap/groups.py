"""Tables whose row several persons belong to: organisations, teams, and what memberships and lists show to be one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from troth.datamap.edge import Edge
from troth.datamap.links import is_party
from troth.datamap.names import plural
from troth.datamap.person import NATURAL, Persons
from troth.datamap.sense import PEOPLE
from troth.datamap.survey import Place, Survey

NOUNS = frozenset(
    {"club", "association", "family", "household", "firm", "agency", "school", "community", "crew"}
)
TIES = frozenset({"member", "membership", "participant"})


@dataclass(frozen=True, slots=True)
class Groups:
    """Which tables are groups of persons.

    Attributes:
        named: tables whose name says so.
        joined: tables whose members keys, a table of memberships or a list of persons show.
        ties: the tables of memberships.
        worked: named ones whose members are the operator's own people by a table of memberships: workspaces of agents.
    """

    named: frozenset[Place]
    joined: frozenset[Place]
    ties: frozenset[Place]
    worked: frozenset[Place] = frozenset()

    def __contains__(self, place: Place) -> bool:
        return place in self.named or place in self.joined


def find_groups(survey: Survey, persons: Persons, edges: Iterable[Edge]) -> Groups:
    """The groups among all tables, by name and by the steps that lead to and from them."""
    steps = [one for one in edges if one.source in survey.relations and one.target in survey.relations]
    others = [one for one in survey.relations if one not in persons.tables and one not in persons.staff]
    named = frozenset(one for one in others if _named(survey, one))
    members = {
        one.source
        for one in steps
        if (one.target in persons.tables or is_party(survey, one.target)) and one.sense in {"owner", "author"}
    }
    into = [
        one
        for one in steps
        if one.sense == "part" and one.target in others and not is_party(survey, one.target)
    ]
    joined = {one.target for one in into if one.source in persons.tables and one.target in named}
    tying = [one for one in into if one.source in members and _ties(survey, one, named)]
    joined |= {one.target for one in tying}
    joined |= {
        one.source
        for one in steps
        if one.link.inside == "array"
        and one.target in persons.tables
        and one.source not in persons.tables
        and plural(one.link.columns[0])
    }
    agents = {one.source for one in steps if one.target in persons.staff and not one.link.conditions}
    worked = {
        one.target
        for one in into
        if one.target in named and one.source in agents and _ties(survey, one, named)
    }
    worked -= {one.target for one in tying}
    return Groups(
        named, frozenset(joined - worked), frozenset(one.source for one in tying), frozenset(worked)
    )


def _named(survey: Survey, place: Place) -> bool:
    return survey.topic(place) == "tenancy" or bool(NOUNS & set(survey.words[place][-1:]))


def _ties(survey: Survey, one: Edge, named: frozenset[Place]) -> bool:
    """Whether rows of the step's table tie persons to a group: members of a team, each with a row of their own.

    A table called after the team and its people, `team_users`, is one as well.
    """
    words = set(survey.words[one.source])
    if one.source in survey.twins or survey.topic(one.target) == "config":
        return False
    own = set(survey.words[one.target])
    return bool(TIES & set(survey.words[one.source][-1:])) or (
        one.target in named and bool(words & own) and words <= own | PEOPLE
    )


def contact(survey: Survey, one: Edge) -> bool:
    """Whether a step only compares an address or login that stands in the row."""
    guess = survey.guesses.get(one.source, {}).get(one.link.columns[0])
    return one.link.arrow == "~>" and not one.link.inside and guess is not None and guess.category in NATURAL
