"""The way from every table to its person: the cheapest chain of believable steps."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from troth.datamap.abroad import TENANCY
from troth.datamap.edge import PRICE, Edge, in_case, own_words
from troth.datamap.groups import Groups, contact, find_groups
from troth.datamap.inclusion import confirmed, find_included, refuted
from troth.datamap.links import find_edges, is_party
from troth.datamap.lookups import find_looked_up
from troth.datamap.names import tokens
from troth.datamap.ours import of_the_house
from troth.datamap.parts import everywhere, find_parts
from troth.datamap.person import Persons
from troth.datamap.polymorphic import find_polymorphic
from troth.datamap.survey import CASES, Place, Survey, eav
from troth.datamap.way import Way
from troth.model.datamap import ELSEWHERE, Link
from troth.model.schema import Field

BACKWARDS = 4.0  # what it costs to walk a key from the row it points to
AUTHOR = 1.3  # what it costs that the column names who wrote the row, who need not be whom it is about
OWN_WORDS = 0.2  # ... unless the row is what that person said
CONTACT = 3.0  # what it costs to take a group of persons for the one whose address stands in it
RENTED = 5.0  # ... and what belongs to a project or tenant by key
REFUTED = 6.0  # what it costs that the sample speaks against it
DETOUR = 2.0  # what a way may cost more that every row takes
MAKER = 6.0  # what a user costs more where the row names a project of another store as well
SURE = 0.6  # confidence that an implied key needs to come before an address
CLOSE = 0.3  # two ways that differ by less are both worth a look
LATEST = frozenset({"last", "latest", "newest"})  # of many rows that hang on one
WORK = frozenset(
    {
        "message",
        "content",
        "service",
        "order",
        "payment",
        "log",
        "usage",
        "dns",
        "network",
        "preference",
        "web",
        "login",
    }
)
BELONGINGS = frozenset(
    {
        "preference",
        "tenancy",
        "content",
        "credential",
        "person",
        "message",
        "dns",
        "service",
        "payment",
        "order",
    }
)


@dataclass(frozen=True, slots=True)
class Owners:
    """What the search found.

    Attributes:
        ways: the ways from a table to a person, best first.
        edges: every believable step, by the table it starts at.
        doubts: steps that a name suggests and the sample speaks against.
        groups: tables whose row several persons belong to.
        parts: the ways from a row to those who have a part in it by a group of their own.
        house: tables of the house, whatever address stands in them.
    """

    ways: dict[Place, tuple[Way, ...]]
    edges: dict[Place, tuple[Edge, ...]]
    doubts: tuple[Edge, ...]
    groups: Groups
    parts: dict[Place, tuple[Way, ...]]
    house: frozenset[Place] = frozenset()


def find_owners(survey: Survey, persons: Persons) -> Owners:
    """The ways from every table to a person.

    Steps come from declared keys, names, polymorphic pairs and value inclusion; a step that the sample
    refutes is dear,
    one that it confirms is sure. A chain never walks through a table of settings that many people share, nor from
    what belongs to a group on to the one whose address the group has.
    """
    polymorphic = [*find_polymorphic(survey, persons), *find_looked_up(survey, persons)]
    typed = {(one.source, one.link.columns) for one in polymorphic if one.confidence > 0.8}
    named = [
        one
        for one in find_edges(survey, persons)
        if one.link.arrow != "=>" or (one.source, one.link.columns) not in typed
    ]
    named += polymorphic
    edges, doubts = [], []
    # A column whose values are not where its name points may be joined by them to where they are.
    believed = [one for one in named if not refuted(survey, one)]
    for one in [*named, *find_included(survey, persons, believed)]:
        if refuted(survey, one):
            doubts.append(one)
            edges.append(
                replace(
                    one,
                    price=one.price + REFUTED,
                    confidence=0.3,
                    reason=one.reason + "; the sampled values do not occur there",
                )
            )
        else:
            edges.append(confirmed(survey, one))
    edges = _by_staff(survey, persons, edges)
    owned = {one.source for one in edges if one.sense == "owner" and one.link.arrow != "~>"}
    groups = find_groups(survey, persons, edges)
    house = of_the_house(survey, persons, edges, groups.named)
    rented = _rented(survey, persons, groups, edges)
    steps = [
        replace(one, price=one.price + (RENTED if one.source in rented else CONTACT))
        if contact(survey, one) and (one.source in rented or one.source in groups.named)
        else one
        for one in edges
        if _walkable(survey, one, owned)
        and not (one.link.arrow == "~>" and (one.source in persons.staff or one.source in house))
    ]
    steps = _tenants_first(steps)
    found = _cheapest(survey, persons, groups, steps, {})
    if parts := find_parts(survey, persons, edges, found):
        # Where groups say whose the rows are, who made a row only entered it.
        known = {
            place: some for place, some in parts.items() if place not in found or everywhere(survey, some[0])
        }
        steps = [one for one in steps if one.source not in known or one.sense != "author"]
        found = _cheapest(survey, persons, groups, steps, known)
    ways = _to_main(_whole_first(survey, groups, found), persons)
    by_source: dict[Place, list[Edge]] = defaultdict(list)
    for one in edges:
        by_source[one.source].append(one)
    return Owners(
        ways, {place: tuple(some) for place, some in by_source.items()}, tuple(doubts), groups, parts, house
    )


def _by_staff(survey: Survey, persons: Persons, edges: list[Edge]) -> list[Edge]:
    """The steps, those to who did it as staff's where a log of staff says by a type which person it is about."""
    about = {
        one.source: one.link.columns
        for one in edges
        if one.link.conditions
        and one.sense == "owner"
        and one.target in persons.tables
        and survey.topic(one.source) == "staff"
    }
    return [
        replace(one, sense="staff")
        if one.source in about and one.target in persons.tables and about[one.source] != one.link.columns
        else one
        for one in edges
    ]


def _rented(survey: Survey, persons: Persons, groups: Groups, edges: list[Edge]) -> set[Place]:
    """Tables that have no person's key and name the project or tenant that a row belongs to: an address in it is a contact."""
    personal = {one.source for one in edges if one.target in persons.tables and one.link.arrow != "~>"}
    return {
        one.source
        for one in edges
        if one.target in groups.named
        and one.sense in {"owner", "part"}
        and one.source not in personal
        and TENANCY & set(tokens(one.link.columns[0]))
        and not refuted(survey, one)
    } - set(persons.tables)


def _tenants_first(steps: list[Edge]) -> list[Edge]:
    """The steps, those to a user dearer where the project stands in the row too, and neither in the store.

    Who made a server need not own it: it stays with the project when she leaves the company.
    """
    abroad = [one for one in steps if one.outside and one.sense == "owner" and one.link.arrow == "~>"]
    owned = {one.source for one in abroad if _tenancy(one)}
    makers = {one for one in abroad if one.source in owned and not _tenancy(one)}
    return [replace(one, price=one.price + MAKER) if one in makers else one for one in steps]


def _tenancy(one: Edge) -> bool:
    """Whether a step leads to a project or tenant by its number."""
    return bool(TENANCY & set(tokens(one.link.columns[0])))


def _whole_first(
    survey: Survey, groups: Groups, ways: dict[Place, tuple[Way, ...]]
) -> dict[Place, tuple[Way, ...]]:
    """Ways that every row takes before a cheapest one that rows with an empty cell do not take."""
    return {place: _whole(survey, groups, place, found) for place, found in ways.items()}


def _whole(survey: Survey, groups: Groups, place: Place, ways: tuple[Way, ...]) -> tuple[Way, ...]:
    best = ways[0]
    if hanging := _of_its_row(survey, place, ways):
        return (hanging, *(one for one in ways if one is not hanging))
    part = len(best.edges) > 1 and best.edges[0].sense == "part"
    address = len(best.edges) == 1 and contact(survey, best.edges[0]) and place not in groups
    if not (part or address) or not _may_be_empty(survey, place, best):
        return ways
    whole = [
        one
        for one in ways[1:]
        if one.end == best.end
        and one.price <= best.price + DETOUR
        and not one.backwards
        and _every_row(survey, place, one)
        and (part or _hangs_on_hers(survey, one))
    ]
    return (whole[0], *(one for one in ways if one is not whole[0])) if whole else ways


def _of_its_row(survey: Survey, place: Place, ways: tuple[Way, ...]) -> Way | None:
    """The way by the row that an attribute is one of, where its value leads to somebody at less cost: most values name nobody."""
    first = ways[0].edges[0].link
    if first.arrow != "~>" or first.columns[0] not in eav(survey.relations[place]):
        return None
    onward = (one for one in ways[1:] if one.edges[0].sense == "part" and one.edges[0].link.arrow == "->")
    return next((one for one in onward if not one.backwards or len(one.edges) > 1), None)


def _hangs_on_hers(survey: Survey, way: Way) -> bool:
    """Whether a row is part of an order or case that is a person's by key: an address of an order, not a list's reader."""
    parent = way.edges[0].target
    if survey.topic(parent) not in {"order", "payment"} and not CASES & set(
        survey.words.get(parent, ())[-1:]
    ):
        return False
    return (
        len(way.edges) > 1
        and way.edges[0].sense == "part"
        and way.edges[-1].sense == "owner"
        and all(one.link.arrow != "~>" for one in way.edges)
    )


def _may_be_empty(survey: Survey, place: Place, way: Way) -> bool:
    """Whether rows need not take the first step: its column may be NULL, or cells that were looked at are empty."""
    link = way.edges[0].link
    fields = [field for name in link.columns if (field := survey.relations[place].field(name)) is not None]
    return any(field.nullable or has_empty(field) for field in fields)


def _every_row(survey: Survey, place: Place, way: Way) -> bool:
    """Whether rows can not but take the first step."""
    link, relation = way.edges[0].link, survey.relations[place]
    fields = [field for name in link.columns if (field := relation.field(name)) is not None]
    sure = link.arrow == "->" or (link.arrow == "=>" and way.confidence >= SURE and not link.inside)
    return sure and not link.conditions and not any(field.nullable or has_empty(field) for field in fields)


def has_empty(field: Field) -> bool:
    """Whether sampled cells are empty; a zero or an empty text stands for NULL where that is not allowed."""
    return any(one in (None, 0, "", "0") and not isinstance(one, bool) for one in field.samples)


def _walkable(survey: Survey, one: Edge, owned: set[Place]) -> bool:
    """Whether a step says whose the row is: never by who touched it last or wrote in it last, never through shared settings."""
    if one.sense in {"audit", "staff", "self"} or one.source == one.target:
        return False
    if one.sense == "part" and LATEST & set(tokens(one.link.columns[-1])):
        return False
    if (
        one.sense == "author"
        and survey.topic(one.source) not in WORK | {"staff"}
        and not own_words(survey, one)
    ):
        return False
    return not (one.sense == "part" and survey.topic(one.target) == "config" and one.target not in owned)


def _cheapest(
    survey: Survey,
    persons: Persons,
    groups: Groups,
    steps: list[Edge],
    known: Mapping[Place, tuple[Way, ...]],
) -> dict[Place, tuple[Way, ...]]:
    """Dijkstra's search from all persons at once, and from rows whose way is known, against the direction of the steps."""
    into: dict[Place, list[Edge]] = defaultdict(list)
    for one in [*steps, *_reversed(survey, persons, groups, steps)]:
        into[one.target].append(one)
    ends = {*persons.tables, *(one.target for one in steps if one.target.store == ELSEWHERE)}
    done: dict[Place, list[Way]] = {}
    heap: list[tuple[float, int, int, Place, Way | None]] = [
        (0.0, 0, 0, place, None) for place in sorted(ends)
    ]
    heap += [(way.price, 0, 0, place, way) for place, some in sorted(known.items()) for way in some[:1]]
    heapq.heapify(heap)
    count = 0
    while heap:
        price, _, _, place, way = heapq.heappop(heap)
        found = done.setdefault(place, [])
        if way is not None:
            if len(found) >= 4 or any(one.edges[0] == way.edges[0] for one in found):
                continue
            found.append(way)
            onward = [one for one in found if place not in groups or not contact(survey, one.edges[0])]
            if place in ends or onward[:1] != [way]:
                continue
        for one in into[place]:
            rest = way.edges if way else ()
            if one.source in persons.tables and one.target in persons.tables and one.sense == "part":
                continue
            if (
                one.source == place
                or any(other.source == one.source for other in rest)
                or (one.source in ends and rest)
            ):
                continue
            extra = _author_price(survey, one)
            count += 1
            new = Way(
                (one, *rest),
                price + one.price + extra,
                (one.link.arrow in PRICE and _is_back(one)) or bool(way and way.backwards),
            )
            heapq.heappush(heap, (round(new.price, 3), _position(survey, one), count, one.source, new))
    return {place: tuple(ways) for place, ways in done.items() if ways}


def _position(survey: Survey, one: Edge) -> int:
    """Where the column stands in its table: of two ways of one price the one that comes first there wins."""
    return next(
        (
            at
            for at, field in enumerate(survey.relations[one.source].fields)
            if field.name == one.link.columns[0]
        ),
        0,
    )


def _author_price(survey: Survey, one: Edge) -> float:
    """Who wrote a row need not be whom it is about; who typed the value of an attribute hardly ever is."""
    if one.sense != "author":
        return 0.0
    if own_words(survey, one):
        return OWN_WORDS
    return 3 * AUTHOR if eav(survey.relations[one.source]) or in_case(survey, one.source) else AUTHOR


def _to_main(ways: dict[Place, tuple[Way, ...]], persons: Persons) -> dict[Place, tuple[Way, ...]]:
    """Ways that end at a further person table (an address) go on to its own person; the short way stays.

    The short way finds rows of a person that stands in the further table only.
    """
    longer: dict[Place, tuple[Way, ...]] = {}
    mains = persons.mains()
    for place, found in ways.items():
        if place in mains:
            if abroad := tuple(one for one in found if _account_abroad(one, mains)):
                longer[place] = abroad[:1]
            continue
        out: list[Way] = []
        for way in found:
            further = way.end in persons.tables and way.end not in mains and place not in persons.tables
            rest = ways.get(way.end, ()) if further and way.edges[-1].link.arrow != "~>" else ()
            if rest and rest[0].end != place:
                out.append(Way((*way.edges, *rest[0].edges), way.price, way.backwards))
            out.append(way)
        longer[place] = tuple(out)
    return longer


def _account_abroad(way: Way, mains: frozenset[Place]) -> bool:
    """Whether an account names, by number, the person of another store that it belongs to."""
    first = way.edges[0]
    return len(way.edges) == 1 and first.outside and first.link.arrow == "=>" and first.target in mains


def _is_back(one: Edge) -> bool:
    return one.reason.startswith("the key of ")


def _reversed(survey: Survey, persons: Persons, groups: Groups, steps: list[Edge]) -> list[Edge]:
    """Rows that a person's own row points to (its preferences) or that a membership ties to a person."""
    owned = {
        one.source
        for one in steps
        if one.target in persons.tables or one.target.store == ELSEWHERE or is_party(survey, one.target)
    } | set(persons.tables)
    personal = {one.source for one in steps if one.sense == "owner"} | set(persons.tables)
    found = []
    for one in steps:
        there = one.target
        if (
            one.outside
            or there in persons.tables
            or there not in survey.relations
            or is_party(survey, there)
            or there in groups.worked
            or one.source not in owned & personal
        ):
            continue
        member = survey.topic(one.source) == "membership" or one.source in groups.ties
        tied = one.source in persons.tables or member
        if not tied or not _belongs(survey, there) or one.sense == "author" or refuted(survey, one):
            continue
        link = one.link
        arrow = "=>" if link.arrow == "->" else link.arrow
        back = Link(there.table, link.target_columns, arrow, one.source.table, link.columns)
        reason = f"the key of {one.source.table} that points here"
        found.append(
            Edge(
                there,
                one.source,
                back,
                "part",
                BACKWARDS - (1.5 if member else 0.0) + one.price - PRICE[link.arrow],
                0.6,
                reason.replace("that points", "points", 1),
            )
        )
    return found


def _belongs(survey: Survey, place: Place) -> bool:
    """Whether rows of the table may belong to one person, so that a key may be walked backwards to them."""
    if survey.topic(place) == "config":
        return False
    return survey.topic(place) in BELONGINGS or bool(survey.strong(place))


def ambiguous(ways: tuple[Way, ...]) -> bool:
    """Whether two ways are nearly as good and lead over different columns."""
    others = [one for one in ways[1:] if one.edges[0].link.columns != ways[0].edges[0].link.columns]
    return bool(others) and others[0].price - ways[0].price < CLOSE
