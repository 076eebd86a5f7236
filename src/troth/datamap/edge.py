"""A possible step from one table to another, with what it means and what it costs to believe it."""

from __future__ import annotations

from dataclasses import dataclass

from troth.datamap.names import tokens
from troth.datamap.sense import Sense, sense_of
from troth.datamap.survey import Place, Survey
from troth.model.datamap import Arrow, Condition, Link

ELSEWHERE = "elsewhere"  # the store of a person whose table none of the given stores has
CASES = frozenset({"ticket", "case", "issue", "thread", "conversation"})
TRUST: dict[Arrow, float] = {"->": 0.97, "=>": 0.8, "~>": 0.7}
PRICE: dict[Arrow, float] = {"->": 1.0, "=>": 1.25, "~>": 2.0}


@dataclass(frozen=True, slots=True)
class Edge:
    """A step that rows of `source` may take to a row of `target`.

    Attributes:
        source: the table it starts at.
        target: the table it leads to.
        link: the step as the map writes it.
        sense: what the columns mean.
        price: what believing it costs; paths add prices and the cheapest wins.
        confidence: 0 to 1.
        reason: why it is believed.
    """

    source: Place
    target: Place
    link: Link
    sense: Sense
    price: float
    confidence: float
    reason: str

    @property
    def outside(self) -> bool:
        """Whether the step leaves the store."""
        return self.source.store != self.target.store


@dataclass(frozen=True, slots=True)
class Claim:
    """Why a step is believed: the sense of its columns, an extra price, confidence and reason."""

    sense: Sense
    reason: str
    extra: float = 0.0
    confidence: float | None = None
    conditions: tuple[Condition, ...] = ()
    inside: str = ""


def edge(
    source: tuple[Place, tuple[str, ...]], arrow: Arrow, target: tuple[Place, tuple[str, ...]], claim: Claim
) -> Edge:
    """The edge from columns of one table to columns of another; the store is written when it changes."""
    (here, columns), (there, target_columns) = source, target
    store = there.store if there.store != here.store else ""
    link = Link(
        here.table, columns, arrow, there.table, target_columns, store, claim.conditions, claim.inside
    )
    sure = TRUST[arrow] if claim.confidence is None else claim.confidence
    return Edge(here, there, link, claim.sense, PRICE[arrow] + claim.extra, sure, claim.reason)


def in_case(survey: Survey, place: Place) -> bool:
    """Whether a row is an entry in a case, where agents write as well as the customer whose case it is."""
    if survey.words[place][-1:] and survey.words[place][-1] in {"cc", "watcher", "participant", "follower"}:
        return False
    return any(
        len(words) > 1 and words[-1] == "id" and words[-2] in CASES
        for words in (tokens(one.name) for one in survey.relations[place].fields)
    )


def column_sense(survey: Survey, place: Place, column: str) -> Sense:
    """What a column that points to a person means in its table."""
    names = [tokens(one.name) for one in survey.relations[place].fields]
    authored = any(
        {"creator", "requestor", "requester", "submitter", "customer", "author"} & set(one) for one in names
    )
    if in_case(survey, place) and tokens(column) in {("user", "id"), ("user",)}:
        return "author"
    return sense_of(tokens(column), working=survey.topic(place) == "message", authored=authored)
