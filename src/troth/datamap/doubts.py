"""What the proposal leaves out and a person should look at: numbers and texts that may name somebody after all."""

from __future__ import annotations

from collections.abc import Iterator

from troth.datamap.edge import WRITERS
from troth.datamap.inner import distinct
from troth.datamap.names import tokens, words
from troth.datamap.owners import Owners
from troth.datamap.person import Persons
from troth.datamap.reach import FEW, known_there
from troth.datamap.roles import Standing
from troth.datamap.survey import NUMERIC, TIMES, Place, Survey, key_of
from troth.datamap.values import MOST
from troth.model.schema import Field

LOGS = frozenset({"log", "login", "web", "access", "query", "hit", "visit", "request", "connection", "flow"})
"""What a table of somebody's doings speaks of, and a table of machines does not."""

PROSE = frozenset({"text", "content", "body", "prose", "markdown"})
"""What long texts that somebody wrote are called."""

BARRED = frozenset(
    {
        "ban",
        "banned",
        "blacklist",
        "blocklist",
        "denylist",
        "blocked",
        "suppression",
        "suppressed",
        "unsubscribe",
    }
    | {"unsubscribed", "unsubscription", "optout", "heimingdan", "黑名单", "退订"}
)
"""What a table is called whose rows keep somebody out, or keep mail from them."""


def doubts(
    survey: Survey, persons: Persons, owners: Owners, standings: dict[Place, Standing]
) -> Iterator[str]:
    """One question a table that is proposed as harmless and whose sampled values may name persons."""
    for place, standing in sorted(standings.items()):
        near = [one for one in persons.of(place.store) if one not in survey.twins]
        name = f"{place.store}.{place.table}"
        if standing.role == "owned" and near and (column := _own_address(survey, place, near[0])):
            yield (
                f"is a row of {name} a person of its own? Hardly an address of its {column} is one of {near[0].table};"
                f' with role = "subject" and no path such people are answered, else only those whom they belong to'
            )
        if standing.role == "owned" and (host := _guests_of(survey, owners, standings, place)):
            yield (
                f"may a row of {name} go with its row of {host} when whoever owns that leaves? It names somebody else as well;"
                f' role = "shared" keeps both, and the request stays open'
            )
        if standing.role == "owned" and _bars(survey, place):
            yield (
                f"does a row of {name} outlive its person? It goes with an erasure, and whoever it keeps out may come back,"
                f' or is written to again; role = "none" lets it stay'
            )
        if (
            place in owners.house
            and standing.role == "none"
            and (column := _of_a_person(survey, owners, place))
        ):
            yield (
                f"is the address in {name}.{column} a person's own? One has it, and rows of several persons point to one row,"
                f" so that it is taken for the house's; an erasure of whoever has it names the column"
            )
        if standing.role != "none" or place in owners.ways:
            continue
        if near and (said := _written(survey, owners, place, near[0])):
            yield (
                f"is what stands in {name}.{said[0]} its writer's? {said[1]} says who wrote it; as proposed it is the house's,"
                f" is not given to them and stays when they leave"
            )
        for there in near[:1]:
            joined = {column for one in owners.edges.get(place, ()) for column in one.link.columns}
            columns = [
                one.name
                for one in survey.relations[place].fields
                if one.name not in joined and _may_be_key(survey, place, one, there)
            ]
            if columns:
                yield (
                    f"does a row of {name} belong to somebody? All sampled numbers of {' and '.join(columns)}"
                    f" occur as keys of {there.table}, and no name says so"
                )
        if near and (column := _network_log(survey, place)):
            yield (
                f"whose are the addresses of the network in {name}.{column}? Nothing in a row points to a person,"
                f" so that neither requests nor periods reach it"
            )
        texts = [one.name for one in survey.relations[place].fields if _mentions(survey, place, one)]
        if near and texts and survey.topic(place) != "config":
            yield (
                f"whose addresses stand in {name}.{texts[0]}? Most of its sampled values hold one,"
                f" and none leads to a row of {near[0].table}"
            )


def _written(survey: Survey, owners: Owners, place: Place, there: Place) -> tuple[str, str] | None:
    """The text of a table and the column that names its writer, where the sample shows that persons wrote what stands in it."""
    if survey.topic(place) in {"config", "staff", "vault"}:
        return None
    text = next(
        (
            one.name
            for one in survey.relations[place].fields
            if one.kind == "text" and tokens(one.name)[-1] in PROSE
        ),
        None,
    )
    for one in owners.edges.get(place, ()):
        seen = survey.relations[place].field(one.link.columns[0])
        many = seen is not None and len(distinct(seen.samples)) >= FEW
        written = bool(WRITERS & set(tokens(one.link.columns[0])))
        if (
            text
            and written
            and many
            and one.target == there
            and one.sense == "author"
            and one.link.arrow != "~>"
        ):
            return text, one.link.columns[0]
    return None


def _guests_of(survey: Survey, owners: Owners, standings: dict[Place, Standing], place: Place) -> str:
    """The table of somebody's rows that others go with by the word of the database, though these name a person of their own."""
    ways = owners.ways.get(place, ())
    if not ways or len(ways[0].edges) > 1 or survey.guesses[place]:
        return ""
    for key in survey.relations[place].foreign:
        there = standings.get(Place(place.store, key.relation))
        own = key.columns == ways[0].edges[0].link.columns
        if key.on_delete.upper() == "CASCADE" and not own and there is not None and there.role == "owned":
            return key.relation
    return ""


def _of_a_person(survey: Survey, owners: Owners, place: Place) -> str:
    """The column of a table of the house that a sampled row shares with a person."""
    for one in owners.edges.get(place, ()):
        field = survey.relations[place].field(one.link.columns[0])
        there = survey.relations.get(one.target) if one.link.arrow == "~>" and not one.link.inside else None
        other = there.field(one.link.target_columns[0]) if there is not None else None
        if field is not None and other is not None:
            known = {one.casefold() for one in distinct(other.samples)}
            if any(cell.casefold() in known for cell in distinct(field.samples)):
                return field.name
    return ""


def _bars(survey: Survey, place: Place) -> bool:
    """Whether a table lists who is kept out, or who wants no mail, by an address or a number."""
    said = set(survey.words[place]) | {"".join(survey.words[place][-2:])}
    known = ("contact.email", "contact.phone", "network")
    return bool(BARRED & said) and any(survey.having(place, one) for one in known)


def _network_log(survey: Survey, place: Place) -> str:
    """The column of a log that holds addresses of networks, of whoever was there; "" where it is none."""
    relation, about = survey.relations[place], {*survey.topics[place], *survey.words[place]}
    if not about & LOGS or not any(one.kind in TIMES for one in relation.fields):
        return ""
    return next(iter(survey.having(place, "network")), "")


def _own_address(survey: Survey, place: Place, there: Place) -> str:
    """The unique address column of a table of names whose sampled addresses are of nobody in the table of persons."""
    relation, theirs = survey.relations[place], survey.having(there, "contact.email")
    if not theirs or not survey.having(place, "contact.name"):
        return ""
    for column in survey.having(place, "contact.email"):
        field = relation.field(column)
        seen = [one for one in distinct(field.samples) if "@" in one] if field else []
        far = known_there(survey.relations[there], theirs[0], len(seen))
        known = far is None or 2 * sum(one.casefold() in far for one in seen) > len(seen)
        if len(seen) >= FEW and not known and relation.identifies((column,)):
            return column
    return ""


def _may_be_key(survey: Survey, place: Place, field: Field, there: Place) -> bool:
    """Whether the numbers of a column with a name that says nothing are all keys of a table of persons."""
    relation, target, key = survey.relations[place], survey.relations[there], key_of(survey.relations[there])
    if field.kind not in NUMERIC or len(key) != 1 or relation.key == (field.name,) or place == there:
        return False
    if any(field.name in one.columns for one in relation.foreign) or not _unknown(field.name):
        return False
    stem = tokens(field.name)[:-1][-1:]
    if stem and any(own[-1:] == stem for one, own in survey.words.items() if one not in (place, there)):
        return False  # named after a table
    values = [one for one in distinct(field.samples) if one != "0"]
    far = known_there(target, key[0], len(values))
    return far is not None and len(values) >= FEW and all(one in far for one in values)


def _unknown(name: str) -> bool:
    """Whether a name has a word that no list knows, or numbers something."""
    said = tokens(name)
    return any(not one.isdigit() and one not in words() for one in said) or said[-1:] in {("id",), ("ref",)}


def _mentions(survey: Survey, place: Place, field: Field) -> bool:
    return (
        field.kind in {"text", "json"}
        and survey.verdicts[place][field.name].mentions >= MOST
        and len(distinct(field.samples)) >= FEW
    )
