"""A possible step from one table to another, with what it means and what it costs to believe it."""

from __future__ import annotations

from dataclasses import dataclass

from troth.datamap.names import tokens
from troth.datamap.sense import Sense, sense_of
from troth.datamap.survey import CASES, Place, Survey
from troth.model.datamap import Arrow, Condition, Link

WRITERS = frozenset({"author", "writer", "poster", "creator"})
SPOKEN = frozenset(
    {
        "comment",
        "message",
        "post",
        "review",
        "note",
        "reply",
        "ticket",
        "feedback",
        "answer",
        "complaint",
        "testimonial",
        "评论",
        "消息",
        "留言",
    }
)  # tables that hold a person's own words
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
    relation = survey.relations[place]
    if any(
        CASES & set(survey.words.get(Place(place.store, key.relation), ())[-1:]) for key in relation.foreign
    ):
        return True
    return any(
        len(words) > 1 and words[-1] == "id" and words[-2] in CASES
        for words in (tokens(one.name) for one in relation.fields)
    )


def own_words(survey: Survey, one: Edge) -> bool:
    """Whether a step leads from what a person wrote to its author; what the row is about is another matter.

    A column that notes who made a row counts only where it is never empty.
    """
    if (
        one.sense != "author"
        or not SPOKEN & set(survey.words[one.source][-1:])
        or in_case(survey, one.source)
    ):
        return False
    field = survey.relations[one.source].field(one.link.columns[-1])
    written = any(WRITERS & set(tokens(name)) for name in one.link.columns)
    return one.link.arrow != "~>" and field is not None and (written or not field.nullable)


def key_sense(survey: Survey, place: Place, columns: tuple[str, ...]) -> Sense:
    """What a key of several columns means: its tenant or brand says nothing, the column beside it does."""
    found = [column_sense(survey, place, one) for one in columns]
    return next((one for one in found if one != "owner"), "owner")


def column_sense(survey: Survey, place: Place, column: str) -> Sense:
    """What a column that points to a person means in its table."""
    names = [tokens(one.name) for one in survey.relations[place].fields]
    authored = any(
        {"creator", "requestor", "requester", "submitter", "customer", "author"} & set(one) for one in names
    )
    written = any({"creator", "author"} & set(one) for one in names)
    # Beside who entered it the user is whom the row is about: who worked on a case, whoever noted the hours.
    if not written and in_case(survey, place) and tokens(column) in {("user", "id"), ("user",)}:
        return "author"
    return sense_of(tokens(column), working=survey.topic(place) == "message", authored=authored)
